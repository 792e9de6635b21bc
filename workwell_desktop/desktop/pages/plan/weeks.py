"""Step 3: going back bit by bit, as a picture and as the table under it, which is the input; warnings never block."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Columns,
    DateField,
    Field,
    Fixed,
    NumberField,
    TextField,
    WeekFacts,
    WeeksPicture,
    Words,
    column,
    long_day,
    outlined,
    quiet,
    row,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.plan.body import StepBody
from workwell_desktop.desktop.pages.plan.reading import DaysField, TimesField
from workwell_desktop.desktop.pages.plan.rows import CellField, FieldRow, HeadRow, MoreButton, Share, level
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.plans import Plan
from workwell_desktop.domain.returning import DAYS
from workwell_desktop.domain.sessions import Advice
from workwell_desktop.services.person import going_back
from workwell_desktop.services.planning import plans
from workwell_desktop.services.planning.plan_views import PlanView, WeekRow, WeekWarning

FIRST = 126
SHARES: tuple[tuple[str, Share], ...] = (
    ("from", Fixed(FIRST)),
    ("days", 1),
    ("times", Fixed(140)),
    ("hours", Fixed(66)),
    ("share", Fixed(66)),
    ("more", Fixed(48)),
)
FILLED = 4
"""Steps that are offered first; returns usually take two to six weeks."""
DEFAULT_DAYS = ("mon", "wed", "fri")
DEFAULT_TIMES = ("09:00", "13:00")


class ReturnStep(StepBody):
    """Picture 07-plan-return."""

    def build(self) -> None:
        self._checking: set[str] = set()
        view = self.view
        note = text("plan.weeks_note", employer=self.employer)
        card = Card(text("plan.weeks_title"), note, gap=3)
        self._picture = WeeksPicture(self._facts(view))
        self._shares: dict[str, Words] = {}
        self._hours: dict[str, NumberField] = {}
        if view.weeks:
            card.add(self._picture).rule()
            heads = [(text(f"plan.week.{name}"), share) for name, share in SHARES]
            card.add(HeadRow(heads))
        else:
            card.add(Words(text("plan.no_weeks"), "note", "soft"))
            if self.may and view.usual_hours:
                card.add(self._filler())
        for one in view.weeks:
            card.add(self._week(one))
        card.add(self._below())
        card.add(Words(text("plan.pay_note"), "note", "soft"))
        self._warned = column(None, (0, 0, 0, 0), 6)
        card.body.addLayout(self._warned)
        self._show_warnings(view)
        self.box.addWidget(card)
        self.box.addWidget(self._review())
        self.box.addWidget(self._for_gp())
        self.box.addStretch(1)

    def shape(self, view: PlanView) -> object:
        return [(one.week, one.number, one.on_call) for one in view.weeks]

    def update_view(self, view: PlanView) -> None:
        super().update_view(view)
        self._picture.show_weeks(self._facts(view))
        for one in view.weeks:
            self._shares[str(one.week)].say(_share(one))
            hours = self._hours[str(one.week)]
            if not hours.hasFocus():
                hours.set_number(_plain(one.hours))
        for saving in self._savings:
            if not saving.dirty:
                saving.known()
        self._show_warnings(view)

    def _facts(self, view: PlanView) -> list[WeekFacts]:
        usual = (view.usual_hours or Decimal(0)) / 5
        return [self._fact(one, usual) for one in view.weeks]

    def _fact(self, one: WeekRow, usual: Decimal) -> WeekFacts:
        daily = (one.hours / len(one.days)).quantize(Decimal("0.1")) if one.hours and one.days else Decimal(0)
        length = 7 if {"sat", "sun"} & set(one.days) else 5
        start = short_day(one.starts_on, self.page.context.today()) if one.starts_on else ""
        return WeekFacts(
            text("plan.week_title", number=one.number, hours=f"{_plain(one.hours) or 0}"),
            text("plan.week_from", day=start) if start else "",
            [daily if day in one.days else Decimal(0) for day in DAYS[:length]],
            usual,
        )

    def _week(self, one: WeekRow) -> Clear:
        desk, today, number = self.desk, self.page.context.today(), one.number
        starts = DateField(one.starts_on, today=today, width=126)
        days = DaysField(one.days)
        times = TimesField(one.start, one.finish)
        hours = NumberField(_plain(one.hours), low=0, high=168, places=2, width=66)
        duties = TextField(one.duties or "")
        share = Words(_share(one), wrap=False)
        self._shares[str(one.week)], self._hours[str(one.week)] = share, hours
        cells = {
            "starts_on": CellField(text("plan.week.from"), starts, text("plan.name.starts", number=number)),
            "days": CellField(text("plan.week.days"), days, text("plan.name.days", number=number)),
            "times": CellField(text("plan.week.times"), times, text("plan.name.times", number=number)),
            "hours": CellField(text("plan.week.hours"), hours, text("plan.name.hours", number=number)),
        }
        doing = CellField(text("plan.week.duties", name=self.called), duties, text("plan.name.duties", number=number))
        holder = Clear()
        box = column(holder, (0, 0, 0, 6), 0)
        check, asks = DateField(one.check_in, today=today), TextField(one.check_in_by or "")
        left_out, place = TextField(one.duties_out or ""), TextField(one.place or "")
        checked = Field(text("plan.check_in", number=number), check)
        who_asks = Field(text("plan.check_in_by", number=number), asks)
        checking = Columns([(checked, 1), (who_asks, 1)])
        without = Field(text("plan.duties_out", number=number), left_out)
        where = Field(text("plan.place", number=number), place, hint=text("plan.place_hint"))
        shown = {**cells, "start": cells["times"], "duties": doing, "check_in": checked, "check_in_by": who_asks}
        for name, field in {**shown, "duties_out": without, "place": where}.items():
            field.belongs_to(one.week, name)
        extra = ((checking, one.check_in or one.check_in_by), (without, one.duties_out), (where, one.place))
        on_call = text("plan.week_not_on_call" if one.on_call else "plan.week_on_call")
        more = MoreButton(
            text("plan.more_about", action=text("plan.week_number", number=number)),
            [
                (text("plan.week_check_in"), lambda: _reveal(checking, checked)),
                (text("plan.week_duties_out"), lambda: _reveal(without, without)),
                (text("plan.week_place"), lambda: _reveal(where, where)),
                (on_call, lambda: self.do(lambda: going_back.change_week(desk, one.week, on_call=not one.on_call))),
                (text("plan.week_remove"), lambda: self.do(lambda: going_back.remove_week(desk, one.week))),
            ],
        )
        if not self.may:
            more.hide()
        widgets = [*cells.values(), level(share), level(more)]
        box.addWidget(FieldRow([(each, width) for each, (_name, width) in zip(widgets, SHARES, strict=True)]))
        box.addWidget(
            FieldRow(
                [(level(Words(text("plan.week.duties", name=self.called), "note", "soft")), Fixed(FIRST)), (doing, 1)]
            )
        )
        if one.on_call:
            box.addWidget(Words(text("plan.on_call", number=number), "note", "soft"))
        for widget, said in extra:
            box.addWidget(widget)
            widget.setVisible(bool(said))
        for control in (starts, days, times, hours, duties, check, asks, left_out, place):
            control.set_read_only(not self.may)
        errors = {**cells, "start": cells["times"], "finish": cells["times"]}

        def change(**given: Any) -> Callable[[], Any]:
            return lambda: going_back.change_week(desk, one.week, **given)

        def save_start() -> Callable[[], Any] | None:
            return None if starts.fault() else change(starts_on=starts.day())

        def save_times() -> Callable[[], Any] | None:
            if days.fault() or times.fault():
                return None
            start, finish = times.times()
            return change(days=days.days(), start=start, finish=finish)

        def save_hours() -> Callable[[], Any] | None:
            return None if hours.fault() else change(hours=hours.number())

        def save_rest() -> Callable[[], Any] | None:
            given = {"duties": duties, "duties_out": left_out, "place": place, "check_in_by": asks}
            words = {name: control.value() for name, control in given.items()}
            return None if check.fault() else change(check_in=check.day(), **words)

        if self.may:
            self.saves([starts], save_start, errors)
            self.saves([days, times], save_times, errors)
            self.saves([hours], save_hours, errors)
            self.saves([duties, check, asks, left_out, place], save_rest, errors)
        return holder

    def _filler(self) -> Clear:
        """One act fills the grid in even steps up to the usual week; each week is then changed as it has to be."""
        today = self.page.context.today()
        weeks = NumberField(Decimal(FILLED), low=1, high=going_back.MOST_STEPS, width=90)
        starts = DateField(today + timedelta(7 - today.weekday()), today=today)
        fields = {
            "weeks": Field(text("plan.fill_weeks"), weeks, hint=text("plan.fill_hint")),
            "starts_on": Field(text("plan.fill_from"), starts),
        }
        desk, who = self.desk, self.view.participant

        def fill() -> None:
            count, first = weeks.number(), starts.day()
            if first is None:
                fields["starts_on"].show_error(text("errors.field.date_missing"))
            if count is None:
                fields["weeks"].show_error(text("errors.field.weeks_impossible"))
            if first is not None and count is not None:
                self.do(lambda: going_back.fill_weeks(desk, who, starts_on=first, weeks=int(count)))

        holder = Clear()
        box = column(holder, (0, 6, 0, 6), 8)
        box.addWidget(Columns([(fields["weeks"], 1), (fields["starts_on"], 1)]))
        line = row(None, (0, 0, 0, 0), 8)
        line.addWidget(outlined(text("plan.fill"), fill, "calendar-days"))
        line.addStretch(1)
        box.addLayout(line)
        return holder

    def _below(self) -> Clear:
        line = Clear()
        box = row(line, (0, 2, 0, 2), 8)
        if self.may:
            box.addWidget(quiet(text("plan.add_week"), self.add_week, "plus"))
            if len(self.view.weeks) > 2:
                desk, who = self.desk, self.view.participant
                box.addWidget(quiet(text("plan.smaller"), lambda: self.do(lambda: going_back.smaller_steps(desk, who))))
        usual = self.view.usual_hours
        said = text("plan.usual", hours=f"{_plain(usual)}") if usual else text("plan.usual_unknown")
        box.addStretch(1)
        box.addWidget(Words(said, "note", "soft", wrap=False))
        return line

    def add_week(self) -> None:
        """One week after the last, with its days and times; the first begins on the next Monday."""
        desk, who = self.desk, self.view.participant
        last = self.view.weeks[-1] if self.view.weeks else None
        today = self.page.context.today()
        starts = (last.starts_on if last and last.starts_on else today - timedelta(days=today.weekday())) + timedelta(7)
        days = last.days if last else DEFAULT_DAYS
        start, finish = (last.start, last.finish) if last else DEFAULT_TIMES
        hours = last.hours if last and not start else None
        duties = last.duties if last else None
        self.do(
            lambda: going_back.add_week(
                desk, who, starts_on=starts, days=days, hours=hours, start=start, finish=finish, duties=duties
            )
        )

    def _show_warnings(self, view: PlanView) -> None:
        while self._warned.count():
            item = self._warned.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if view.warnings:
            lines = [warning_words(one, self.page.context.today()) for one in view.warnings]
            words = " ".join([*lines[1:], text("plan.check_not_block")])
            self._warned.addWidget(Alert(lines[0], words, "due"))

    def _review(self) -> Card:
        card = Card(text("plan.after_title"))
        review = DateField(self.view.review_on, today=self.page.context.today())
        review.set_read_only(not self.may)
        field = Field(text("plan.review_on"), review, hint=text("plan.review_hint"))
        field.belongs_to(self.view.plan, "review_on")
        desk, plan = self.desk, self.view.plan

        def save() -> Callable[[], Any] | None:
            day = review.day()
            return None if day is None else lambda: plans.set_review(desk, plan, day)

        if self.may:
            self.saves([review], save, {"": field})
        card.add(field, self.plan_text("strengths"), self.plan_text("if_worse"))
        return card

    def _for_gp(self) -> Card:
        card = Card(text("plan.gp_title"), text("plan.gp_note"))
        card.add(self.plan_text("gp_problem"), self.plan_text("gp_request"))
        card.add(self.plan_text("gp_risk", may=self.desk.may(Act.SIGN_AS_CLINICIAN, Plan)))
        if self.desk.may(Act.READ, Advice):
            who = str(self.view.participant)
            card.add_left(quiet(text("advice.open"), lambda: self.page.go("advice", participant=who), "pen-line"))
        return card


def warning_words(one: WeekWarning, today: date) -> str:
    """The sentence of a check, with the weeks it is about."""
    numbers = [str(number) for number in one.weeks]
    first, last = ", ".join(numbers[:-1]), numbers[-1]
    weeks = text("plan.weeks_and", first=first, last=last) if first else last
    named = text("plan.week_named", count=len(one.weeks), weeks=weeks)
    said = {"day": long_day(one.on, today)} if one.on is not None else {}
    return text(f"plan.warning.{one.code}", weeks=named, **said)


def _reveal(holder: QWidget, field: Field) -> None:
    holder.show()
    field.focus()


def _share(one: WeekRow) -> str:
    return text("plan.percent", percent=round(one.share * 100)) if one.share is not None else ""


def _plain(hours: Decimal | None) -> Decimal | None:
    """12.00 as 12, 7.50 as 7.5."""
    if hours is None:
        return None
    return hours.quantize(Decimal(1)) if hours == hours.to_integral() else hours.normalize()
