"""The waiting list: everybody whom nobody has taken on, who has waited longest first; a row opens what is known."""

from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Card,
    Cell,
    Change,
    Clear,
    Column,
    Columns,
    DropDown,
    Empty,
    Fixed,
    Flow,
    Page,
    PageAct,
    Params,
    Table,
    TableRow,
    Words,
    date_words,
    outlined,
    row,
    short_day,
    text,
)
from workwell_desktop.domain.coming_in import Helper
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in import waiting
from workwell_desktop.services.coming_in.eligibility import State
from workwell_desktop.services.coming_in.tries import Reach
from workwell_desktop.services.coming_in.waiting import Line, Show, Sort, Waiting

KINDS = frozenset({"referral", "episode", "agreement", "participant", "contact", "eligibility_answer", "triage"})


class ReferralsPage(Page):
    """Up and Down move, Return opens; filters and order stay as they were on the way back."""

    route = "referrals"
    nav = "today"
    help_topic = "referral"

    def build(self) -> None:
        self._asked = 0
        bring_in = outlined(text("referrals.bring_in"), self._bring_in, "upload")
        new = outlined(text("today.new_referral"), lambda: self.go("referral"), "plus")
        self.set_title(text("referrals.title"), "", bring_in, new)
        self.showing = DropDown([(one.value, text(f"referrals.show.{one.value}")) for one in Show], Show.ALL.value)
        self.order = DropDown([(one.value, text(f"referrals.sort.{one.value}")) for one in Sort], Sort.AGE.value)
        self.team = DropDown([], empty=text("referrals.every_team"))
        self.filters: dict[str, QWidget] = {}
        self.card = Card(flush=True, gap=0)
        self.said = Words("", "section")
        self.card.add(self._head())
        columns = [
            Column(text("referrals.column.person"), 24, 190),
            Column(text("referrals.column.waiting"), 18, 150),
            Column(text("referrals.column.source"), 18, 140),
            Column(text("referrals.column.tries"), 16, 130),
            Column(text("referrals.column.state"), 22, 170),
        ]
        self.table = Table(columns, name=text("referrals.title"))
        self.table.opened.connect(lambda key: self.go("coming-in", participant=key))
        self.nothing = Empty(text("referrals.none"), text("referrals.none_line"), icon_name="inbox")
        self.card.add(self.table, stretch=1)
        self.nothing_so = Empty(text("referrals.none_so"), text("referrals.none_so_line"), icon_name="search")
        self.card.add(self.nothing, self.nothing_so)
        self.nothing.hide()
        self.nothing_so.hide()
        self.add(self.card, stretch=1)

    def enter(self, params: Params) -> None:
        self._ask(first=True)

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in KINDS for kind, _record, _scope in records):
            self._ask()

    def first_focus(self) -> QWidget:
        return self.table if self.table.isVisible() else self.showing

    def remember(self) -> dict[str, Any]:
        return {"show": self.showing.value(), "sort": self.order.value()}

    def recall(self, memory: dict[str, Any]) -> None:
        self.showing.set_value(memory.get("show") or Show.ALL.value)
        self.order.set_value(memory.get("sort") or Sort.AGE.value)
        self._ask()

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("today.new_referral"), lambda: self.go("referral"), "Ctrl+N"),
            PageAct(text("referrals.bring_in"), self._bring_in, "Ctrl+O", menu="file"),
        )

    def _bring_in(self) -> None:
        self.go("referral-import")

    def _head(self) -> QWidget:
        holder = Clear()
        box = row(holder, (16, 0, 12, 6), 10)
        filters = Clear()
        flow = Flow(filters, 10)
        for name, control in (("showing", self.showing), ("order", self.order), ("team", self.team)):
            label = Words(text(f"referrals.{name}"), "note", "soft", wrap=False)
            label.setBuddy(control)
            control.setAccessibleName(text(f"referrals.{name}"))
            control.done.connect(self._ask)
            pair = Clear()
            line = row(pair, (0, 0, 0, 0), 10)
            line.addWidget(label)
            line.addWidget(control)
            self.filters[name] = pair
            flow.addWidget(pair)
        box.addWidget(Columns([(self.said, 1), (filters, Fixed(700))], gap=10))
        return holder

    def _ask(self, *, first: bool = False) -> None:
        """An answer that a later question has overtaken is not shown."""
        self._asked += 1
        asked, desk = self._asked, self.context.desk
        show, sort = Show(self.showing.value() or Show.ALL), Sort(self.order.value() or Sort.AGE)
        chosen = self.team.value()
        team = Id(chosen) if chosen else None

        def read() -> tuple[Waiting, list[TableRow]]:
            """The words of 500 lines are put together here, off the window's thread."""
            found = waiting.view(desk, show, sort, team)
            return found, self.rows_of(found)

        def shown(made: tuple[Waiting, list[TableRow]]) -> None:
            if asked == self._asked:
                self._show(*made)
            if first:
                self.ready()

        self.run(read, shown)

    def rows_of(self, found: Waiting) -> list[TableRow]:
        """The lines as the table shows them."""
        return [self._row(one, found.tries) for one in found.lines]

    def _show(self, found: Waiting, rows: list[TableRow]) -> None:
        chosen = self.team.value()
        self.team.set_options([(str(own), name) for own, name in found.teams], chosen)
        self.filters["team"].setVisible(len(found.teams) > 1)
        self.said.say(text("referrals.shown", count=len(found.lines), of=found.of))
        self.table.show_rows(rows)
        self.table.setVisible(bool(found.lines))
        self.nothing.setVisible(not found.of)
        self.nothing_so.setVisible(bool(found.of) and not found.lines)

    def _row(self, line: Line, most: int) -> TableRow:
        one, today = line.one, self.context.today()
        born = text("referral.born", day=date_words(one.birth_date)) if one.birth_date else ""
        source = text(f"referral.source_of.{one.source.value}") if one.source else ""
        days = text("referrals.days", count=line.days) if line.days else text("referrals.came_today")
        when, tint = first_talk_words(line, short_day(one.by, today, weekday=True) if one.by else "")
        tried = tried_words(line.tries, most)
        state, second, second_tint = state_words(line)
        cells = [
            Cell(one.name, ". ".join(part for part in (born, one.address) if part), strong=True),
            Cell(days, when, tint=tint),
            Cell(source, line.organisation or one.referrer_name),
            Cell(tried, text("referrals.reach.tried_all") if line.reach is Reach.TRIED_ALL else ""),
            Cell(state, second, tint=second_tint),
        ]
        return TableRow(one.participant, cells)


def tried_words(count: int, most: int) -> str:
    """How often somebody was tried, of how often the partnership tries while that is not done."""
    if not count:
        return text("referrals.not_tried")
    return text("referrals.tried", count=count, of=most) if count < most else text("referrals.tried_all", count=count)


def first_talk_words(line: Line, day: str) -> tuple[str, str]:
    """Whether the first talk was, is to come or is late; always words, with a tint beside them."""
    if line.reach is Reach.REACHED:
        return text("referrals.reach.reached"), "done"
    if line.late:
        return text("referrals.late", count=line.late), "due"
    return (text("referrals.talk_by", day=day), "info") if day else ("", "")


def state_words(line: Line) -> tuple[str, str, str]:
    """Who helps from here, and below it what of the questions is still to do."""
    first = text("referrals.helper.none")
    if line.helper is Helper.COACH:
        first = text("referrals.helper.coach", name=line.coach)
    elif line.helper is not None:
        first = text(f"referrals.helper.{line.helper.value}")
    if line.person_knows is False:
        return first, text("referrals.does_not_know"), "due"
    if line.questions in (State.OPEN, State.ELSEWHERE):
        tint = "info" if line.questions is State.ELSEWHERE else ""
        return first, text(f"referrals.asked.{line.questions.value}"), tint
    return first, "", ""
