"""Who comes to a team's sessions, for its chair: a pattern over the last ones, without a word of blame."""

from dataclasses import dataclass
from functools import partial

from workwell_desktop.desktop.kit import (
    Card,
    Cell,
    Change,
    Column,
    DropDown,
    Empty,
    Field,
    Page,
    PageAct,
    Params,
    TableRow,
    Words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person.measures import WholeTable
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Session
from workwell_desktop.services.administration import teams
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import meeting_history
from workwell_desktop.services.meeting.meeting_history import LOOK_BACK, Pattern

_COLUMNS = (("name", 3, 170), ("came", 2, 130), ("apologies", 2, 120), ("absent", 2, 140), ("missed", 2, 140))


@dataclass(frozen=True, slots=True)
class _Shown:
    teams: tuple[Team, ...]
    team: Id | None
    patterns: tuple[Pattern, ...]


class AttendancePage(Page):
    """Who missed most sessions in a row stands first."""

    route = "attendance"
    nav = "sessions"
    help_topic = "sessions"

    def build(self) -> None:
        self._team: Id | None = None

    def enter(self, params: Params) -> None:
        self._team = Id(params["team"]) if params.get("team") else None
        self._read(first=True)

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in ("session", "attendance", "person") for kind, _record, _scope in records):
            self._read()

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(text("signoff.all_sessions"), self._back, menu="session"),)

    def _back(self) -> None:
        self.go("sessions")

    def _read(self, *, first: bool = False) -> None:
        desk, team = self.context.desk, self._team
        if not desk.may(Act.LOCK_SESSION, Session):
            self._refuse()
            return

        def show(found: _Shown) -> None:
            self._show(found)
            if first:
                self.ready()

        self.run(lambda: _patterns(desk, team), show)

    def _refuse(self) -> None:
        self._begin()
        card = Card(flush=True)
        card.add(Empty(text("sessions.for_the_chair"), text("sessions.for_the_chair_words"), icon_name="lock"))
        self.add(card.end(), stretch=1)
        self.ready()

    def _begin(self) -> None:
        self.clear_body()
        self.set_title(text("sessions.who_came"), "", outlined(text("signoff.all_sessions"), self._back, "arrow-left"))

    def _show(self, found: _Shown) -> None:
        self._begin()
        if len(found.teams) > 1:
            which = DropDown([(str(one.id), one.name or "") for one in found.teams], str(found.team), width=320)
            which.done.connect(partial(self._choose, which))
            self.add(Field(text("sessions.team"), which))
        held = max((one.asked for one in found.patterns), default=LOOK_BACK)
        card = Card(text("sessions.last", count=held), gap=8)
        if not found.patterns:
            card.add(Empty(text("sessions.none_held"), text("sessions.none_held_words"), icon_name="calendar-days"))
            self.add(card)
            self.add_end()
            return
        columns = [Column(text(f"sessions.column.{name}"), share, least) for name, share, least in _COLUMNS]
        table = WholeTable(columns)
        table.setAccessibleName(text("sessions.who_came"))
        table.show_rows([_row(one) for one in found.patterns])
        card.add(Words(text("sessions.who_came_words"), "note", "soft"), table)
        self.add(card)
        self.add_end()

    def _choose(self, which: DropDown) -> None:
        self._team = Id(which.value() or "")
        self._read()


def _patterns(desk: Desk, team: Id | None) -> _Shown:
    """On the worker."""
    found = teams.mine(desk)
    chosen = team or (found[0].id if found else None)
    return _Shown(found, chosen, meeting_history.attendance_patterns(desk, chosen) if chosen else ())


def _row(one: Pattern) -> TableRow:
    """Each cell says what it counts: in large print the columns have no heads."""
    counts = (
        ("apologies_count", one.apologies),
        ("absent_count", one.absent),
        ("missed_in_a_row", one.missed_in_a_row),
    )
    said = [
        text("sessions.came_of", came=one.came, asked=one.asked),
        *(text(f"sessions.{name}", count=count) if count else "" for name, count in counts),
    ]
    spoken = ", ".join(part for part in (one.name, *said) if part)
    return TableRow(str(one.person), (Cell(one.name, strong=True), *map(Cell, said)), spoken=spoken)
