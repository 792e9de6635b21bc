"""The decision at the right: what, why, the outcome, who tells the person, actions; and the one filled button."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Choice,
    Clear,
    DateField,
    DropDown,
    Field,
    LongText,
    Page,
    Region,
    Scroll,
    Words,
    column,
    filled,
    long_day,
    rule,
    text,
    theme,
)
from workwell_desktop.desktop.pages.session.actions import Actions
from workwell_desktop.desktop.pages.session.bar import lacking_words
from workwell_desktop.desktop.pages.session.commitments import Commitments
from workwell_desktop.desktop.pages.session.naming import Naming
from workwell_desktop.desktop.pages.session.order import drop
from workwell_desktop.desktop.pages.session.saving import Saving
from workwell_desktop.domain.dates import working_days_after
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Lane, Outcome
from workwell_desktop.errors import BadInput
from workwell_desktop.services.meeting import discussions
from workwell_desktop.services.meeting.session_views import CaseView, SessionView

TELL_HOW = ("room", "home", "phone", "video", "text", "letter")


class Decision(Region):
    """The fields stay from case to case; each case has its own watch over what is typed in them."""

    def __init__(
        self, page: Page, saved: Callable[[Any], Any], agree: Callable[[], Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(text("session.decision"))
        self.setParent(parent)
        self.setProperty("part", "side_right")
        self._page, self._saved = page, saved
        self._case: CaseView | None = None
        self._people: list[tuple[str, str]] = []
        self._allowed: list[Outcome] | None = None
        self._saving: list[Saving] = []
        outer = column(self)
        scroll = Scroll((18, 12, 18, 8), 6, name="clear")
        scroll.setObjectName("side")
        self._sheet = scroll
        outer.addWidget(scroll, 1)
        self._box = column(None, (0, 0, 0, 0), 6)
        scroll.body.addLayout(self._box)
        self.steps = Actions(page, saved)
        scroll.body.addWidget(rule())
        scroll.body.addWidget(self.steps)
        self._after = column(None, (0, 0, 0, 0), 6)
        scroll.body.addLayout(self._after)
        self._make()
        scroll.body.addWidget(rule())
        self.more = Commitments(page, saved)
        scroll.body.addWidget(self.more)
        self.below = Words("", "note", "soft")
        scroll.body.addWidget(self.below)
        scroll.body.addStretch(1)
        foot = Clear()
        outer.addWidget(rule())
        last = column(foot, (18, 8, 18, 12), 6)
        self.button = filled(text("session.agree_last"), agree, "check")
        self.button.setSizePolicy(self.button.sizePolicy().Policy.Expanding, self.button.sizePolicy().Policy.Fixed)
        last.addWidget(self.button)
        self.hint = Words("", "note", "soft")
        last.addWidget(self.hint)
        outer.addWidget(foot)

    def show_case(self, view: CaseView, session: SessionView, staff: Sequence[Person], *, may: bool) -> None:
        """Another case fills the fields; the same one brings the outcome choices and the bars up to date."""
        other = self._case is None or self._case.item != view.item
        people = [(str(one.person), one.name) for one in session.attendees if one.person and not one.left_us]
        before, self._case = self._case, view
        may = may and view.visible and not view.locked
        if other:
            self._fill(view, people, may=may)
            self._sheet.verticalScrollBar().setValue(0)
        elif before is not None and before.allowed_outcomes != view.allowed_outcomes:
            self._offer(view, self.outcome.value())
        if not other:
            self._refresh(view, people)
        self._show_bars(view, session)
        self.steps.show_case(view, people, may=may)
        self.steps.setVisible(view.visible)
        self.more.show_case(view, staff, may=may)
        self.more.setVisible(view.visible)
        chair = next((one.name for one in session.attendees if one.chair), "")
        self.hint.say(text("session.agree_hint", chair=chair) if chair and may else "")
        self.below.say(" ".join(part for part in (self.hint.plain(), text("session.keys")) if part))

    def stand_alone(self, alone: bool) -> None:
        """Where the decision is the only part in sight the keys stand at its end, and not in the room that is left."""
        self.hint.setVisible(not alone)
        self.below.setVisible(alone)

    def restyle(self) -> None:
        for field in (self.tell_by, self.review):
            field.setMinimumWidth(theme().px(128))

    def say_next(self, number: int | None, lane: Lane) -> None:
        """What the filled button leads to."""
        key = "session.noted_next" if lane is Lane.NOTE else "session.agree_next"
        self.button.say(text(key, number=number) if number else text("session.agree_last"))

    def flush(self) -> None:
        """Saves what is being typed."""
        for one in self._saving:
            one.flush()
        self.steps.flush()

    def settled(self) -> None:
        """What stands in the fields has just been saved with the decision."""
        for one in self._saving:
            one.known()

    def given(self) -> dict[str, Any]:
        """What stands in the fields, as the services take it."""
        outcome = self.outcome.value()
        return {
            "decision": self.decision.value(),
            "rationale": self.why.value(),
            "outcome": Outcome(outcome) if outcome else None,
            "options": self.options.value(),
            "dissent": self.dissent.value(),
            "next_review": self.review.day(),
        }

    def complete(self) -> bool:
        """Names what still lacks, at the fields and in the summary."""
        outcome = self.outcome.value()
        for field, missing in (
            (self.fields["decision"], "" if self.decision.value() else "decision"),
            (self.fields["outcome"], "" if outcome else "outcome"),
            (self.fields["why"], "" if self.why.value() or outcome == Outcome.INFORMATION.value else "why"),
        ):
            field.show_error(text(f"session.needs.{missing}") if missing else "")
        return self._page.errors.show_fields([*self.fields.values()])

    def refused(self, error: Exception) -> None:
        """At the field where there is one."""
        places = {"decision_missing": "decision", "rationale_missing": "why", "below_quorum": "outcome"}
        name = places.get(error.reason) if isinstance(error, BadInput) else None
        if name is None:
            self._page.fail(error)
            return
        self.fields[name].show_error(text(f"session.needs.{name if name != 'outcome' else 'quorum'}"))
        self._page.errors.show_fields([self.fields[name]])

    def _make(self) -> None:
        today = self._page.context.today()
        self.decision, self.why = LongText(lines=2), LongText(lines=2)
        self.dissent, self.options = LongText(lines=2), LongText(lines=2)
        self.review, self.tell_by = DateField(today=today), DateField(today=today)
        self.tell_who = DropDown([], empty=True)
        self.tell_how = DropDown([(code, text(f"session.tell_how.{code}")) for code in TELL_HOW])
        self.bars = Clear()
        self._bars = column(self.bars, (0, 0, 0, 0), 6)
        self.fields: dict[str, Field] = {
            "decision": Field(text("session.decision"), self.decision),
            "why": Field(text("session.why"), self.why),
        }
        self.outcome = Choice([], None)
        self._outcomes = Clear()
        column(self._outcomes)
        for above in (self.fields["decision"], self.fields["why"], self._outcomes, self.bars):
            self._box.addWidget(above)
        self._tell_who = Field("", self.tell_who)
        dissent = Field(text("session.dissent"), self.dissent, hint=text("session.dissent_hint"))
        options = Field(text("session.options"), self.options)
        for below in (
            rule(),
            self._tell_who,
            Field(text("session.tell_how_label"), self.tell_how),
            Field(text("session.tell_by"), self.tell_by),
            rule(),
            Field(text("session.next_review"), self.review),
            dissent,
            options,
        ):
            self._after.addWidget(below)
        self._shows = {"decision": self.fields["decision"], "rationale": self.fields["why"]}
        self._shows |= {"dissent": dissent, "options": options, "tell_owner": self._tell_who}
        self._naming = Naming(self._page, lambda: self._case.discussion if self._case else None)
        for field in (*self.fields.values(), dissent, options):
            self._naming.watch(field)
        self.restyle()

    def _fill(self, view: CaseView, people: list[tuple[str, str]], *, may: bool) -> None:
        """What the record holds of another case; nothing of the last one stays, no words and no fault."""
        for saving in self._saving:
            saving.end()
        self._saving = []
        self._naming.forget()
        for control, value in (
            (self.decision, view.decision),
            (self.why, view.rationale),
            (self.dissent, view.dissent),
            (self.options, view.options),
        ):
            control.set_value(value or "")
        if view.discussion is not None:
            for name, field in self._shows.items():
                field.belongs_to(view.discussion, name)
        today = self._page.context.today()
        self.review.set_day(view.next_review)
        self._tell_who.rename(text("session.tell_who", name=view.called))
        self._offer_people(view, people, str(view.tell_owner or self._presenter(people) or ""))
        self.tell_how.set_value(str(view.tell_how or "phone"))
        pace = self._page.context.desk.site.pace
        self.tell_by.set_day(view.tell_by or working_days_after(today, pace.tell_back_working_days))
        self._offer(view, view.outcome.value if view.outcome else None, may=may, building=True)
        for field in self.fields.values():
            if field.wrong:
                field.show_error("")
        self._watch(view, may=may)

    def _offer_people(self, view: CaseView, people: list[tuple[str, str]], chosen: str) -> None:
        """Those asked to this session, and whoever was to tell the person before, also when they work here no more."""
        offered = list(people)
        if chosen and chosen not in {code for code, _name in people} and str(view.tell_owner) == chosen:
            offered.append((chosen, text("session.owner_left", name=view.tell_owner_name or "")))
        if offered != self._people:
            self._people = offered
            self.tell_who.set_options(offered)
        self.tell_who.set_value(chosen or None)

    def _presenter(self, people: Sequence[tuple[str, str]]) -> str | None:
        lines = getattr(self._page, "agenda_lines", ())
        found = next((str(one.presenter) for one in lines if self._case and one.item == self._case.item), None)
        return found if found in {code for code, _name in people} else None

    def _offer(self, view: CaseView, chosen: str | None, *, may: bool = True, building: bool = False) -> None:
        """Only what this meeting may reach, and what was reached already."""
        if not building:
            self.flush()
        allowed = [one for one in Outcome if one in view.allowed_outcomes or one.value == chosen]
        if allowed == self._allowed:
            self.outcome.set_value(chosen)
        else:
            self._allowed = allowed
            holder = self._outcomes.layout()
            assert holder is not None  # noqa: S101 - it was made with one
            drop(holder)
            words = [(one.value, text(f"session.outcome.{one.value}")) for one in allowed]
            self.outcome = Choice(words, chosen, columns=2)
            self.fields["outcome"] = Field(text("session.outcome_label"), self.outcome)
            holder.addWidget(self.fields["outcome"])
        self.outcome.set_read_only(not may)
        if self._saving and not building:
            self._watch(view, may=may)

    def _watch(self, view: CaseView, *, may: bool) -> None:
        for one in self._saving:
            one.end()
        typed: list[Any] = [self.decision, self.why, self.outcome, self.options, self.dissent, self.review]
        telling: list[Any] = [self.tell_who, self.tell_how, self.tell_by]
        for control in (*typed, *telling):
            control.set_read_only(not may)
        if not may:
            self._saving = []
            return
        self._saving = [
            Saving(self._page, typed, lambda: self._note(view), self._saved, self.refused),
            Saving(self._page, telling, lambda: self._tell(view), self._saved),
        ]

    def _refresh(self, view: CaseView, people: list[tuple[str, str]]) -> None:
        """What came from elsewhere, or went by undo, field by field; one that somebody is writing in stays as it is.

        What was not touched here has to follow: all of it is saved together, and would take back what a colleague
        wrote meanwhile."""
        if not self._saving:
            return
        words: list[tuple[Any, Any]] = [
            (self.decision, view.decision),
            (self.why, view.rationale),
            (self.outcome, view.outcome.value if view.outcome else None),
            (self.options, view.options),
            (self.dissent, view.dissent),
        ]
        noting, telling = self._saving
        for control, value in words:
            if (control.value() or None) != (value or None) and noting.untouched(control):
                control.set_value(value)
                noting.knows(control)
        if self.review.day() != view.next_review and noting.untouched(self.review):
            self.review.set_day(view.next_review)
            noting.knows(self.review)
        if telling.dirty:
            return
        self._offer_people(view, people, str(view.tell_owner or self.tell_who.value() or ""))
        if view.tell_by is not None and self.tell_by.day() != view.tell_by:
            self.tell_by.set_day(view.tell_by)
        telling.known()

    def _note(self, view: CaseView) -> Callable[[], Any] | None:
        given, desk = self.given(), self._page.context.desk
        if self.review.fault():
            return None
        return lambda: discussions.note_decision(desk, view.discussion, **given)

    def _tell(self, view: CaseView) -> Callable[[], Any] | None:
        who, how, by = self.tell_who.value(), self.tell_how.value(), self.tell_by.day()
        if not who or not how or by is None:
            return None
        desk = self._page.context.desk
        return lambda: discussions.plan_to_tell(desk, view.discussion, Id(who), Code(how), by)

    def _show_bars(self, view: CaseView, session: SessionView) -> None:
        drop(self._bars)
        if view.locked or not view.visible:
            return
        if view.allowed_outcomes == (Outcome.INFORMATION,):
            words = text("session.information_only_words")
            if not session.quorum.met:
                words = f"{lacking_words(session.quorum)} {words}"
            self._bars.addWidget(Alert(text("session.information_only"), words, "info"))
        if view.told_at is None and str(view.view_how or "") not in discussions.HEARD:
            by, owner = self.tell_by.day(), self.tell_who.currentText().split(" ")[0]
            day = long_day(by, self._page.context.today()) if by else ""
            words = text("session.provisional_short", name=view.called)
            if day and self.tell_who.value():
                words = text("session.provisional_words", owner=owner, name=view.called, day=day)
            self._bars.addWidget(Alert(text("session.provisional"), words, "due", icon_name="circle-dashed"))
