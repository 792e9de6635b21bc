"""The service summary: counts, waits, sources, work, what was done and how it ended, for a period, by team.

    records ──▶ one row a person (_summary_cases) ──▶ tables (_summary_specs) ──▶ marks (summary_hiding) ──▶ Summary

Tables form a tree: each tells apart the people of one row of another. Its totals are therefore numbers that are shown
already, so each table can be hidden by itself and nothing can be worked out from two of them. Where a row is not shown,
the tables below it are not shown either; where it is shown for all teams together alone, so are they.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.duties import EqualityAnswers, MainCondition
from workwell_desktop.domain.episodes import Contact, Episode, Referral, Response
from workwell_desktop.domain.participants import Agreement, Participant, WorkSituation
from workwell_desktop.domain.people import Partnership, Team
from workwell_desktop.domain.plans import Action, Adjustment, Obstacle, Plan
from workwell_desktop.domain.records import Record
from workwell_desktop.domain.sessions import Discussion, Funding
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.reporting._summary_cases import Case, Progress, read_cases, team_codes
from workwell_desktop.services.reporting._summary_specs import (
    ACTIONS,
    CHANGES,
    OBSTACLES,
    PEOPLE,
    Spec,
    measured,
    specs,
)
from workwell_desktop.services.reporting.summary_cuts import BESIDE, CUTS
from workwell_desktop.services.reporting.summary_hiding import FEWEST, Shown, few, hide
from workwell_desktop.services.reporting.summary_views import ALL, Column, Cross, Figure, Period, Summary, SummaryTable
from workwell_desktop.store.collecting import seldom_collecting

Member = tuple[Column, Any]
"""The team that somebody or something counts for, and what its row is found from."""

Averages = dict[tuple[str, str, str, Column], Decimal | None]

_NOT_SHOWN = Figure(None, Shown.HIDDEN)
_KINDS: tuple[type[Record], ...] = (
    *(Participant, Referral, Episode, WorkSituation, Contact, Response, Agreement, Obstacle, Action, Adjustment, Plan),
    *(Discussion, Funding, Team, Partnership, MainCondition, EqualityAnswers),
)


def summarise(desk: Desk, first: date, last: date, progress: Progress | None = None) -> Summary:
    """The summary of the days from ``first`` to ``last``, of every team. Raises BadInput for a period that ends before
    it begins."""
    desk.allow(Act.REPORT)
    if last < first:
        raise BadInput("ends_before_start")
    return desk.kept(("summary", first, last), _KINDS, lambda: _made(desk, first, last, progress))


def _made(desk: Desk, first: date, last: date, progress: Progress | None) -> Summary:
    with seldom_collecting(), desk.read() as reader:
        names: dict[str, str] = {team.id: team.name or "" for team in reader.list(Team, order_by="name")}
        partnership = next((one.name or "" for one in reader.list(Partnership, order_by="id")), "")
        cases = read_cases(reader, first, last, desk.clock.now(), progress)
        teams = tuple((code, names.get(code, "")) for code in team_codes(cases, names))
        return tabulate(cases, Period(first, last), teams, partnership)


def tabulate(
    cases: Sequence[Case], period: Period, teams: tuple[tuple[Column, str], ...], partnership: str = ""
) -> Summary:
    """Counts the rows and hides what is too small."""
    maker = _Maker([code for code, _name in teams])
    maker.population(PEOPLE, [(case.team, case) for case in cases])
    maker.population(OBSTACLES, [(case.team, one) for case in cases for one in case.obstacles])
    maker.population(ACTIONS, [(case.team, one) for case in cases for one in case.actions])
    maker.population(CHANGES, [(case.team, one) for case in cases for one in case.changes])
    for spec in specs(cases, period.first, period.last):
        maker.tell_apart(spec)
    averages = _averages(maker, cases)
    crosses = tuple(maker.cross(cut.code, table) for cut in CUTS if cut.crossed for table in BESIDE)
    told = [table for table in maker.tables.values() if not table.not_shown]
    marks = Counter(row[ALL].mark for table in told for row in table.rows.values())
    return Summary(period, partnership, teams, maker.tables, averages, crosses, marks[Shown.FEW], marks[Shown.HIDDEN])


class _Maker:
    """Makes the tables one after the other. Of each it keeps whom it tells apart and, in the same order, their rows;
    who is in one row is gathered when something asks for it."""

    def __init__(self, teams: Sequence[Column]) -> None:
        self._teams = teams
        self.tables: dict[str, SummaryTable] = {}
        self._whole: dict[str, list[Member]] = {}
        self._codes: dict[str, list[str]] = {}
        self._grouped: dict[str, dict[str, list[Member]]] = {}

    def population(self, code: str, members: list[Member]) -> None:
        """How many there are in all, and of each team."""
        by_team = Counter(team for team, _one in members)
        total = len(members)
        figures = dict.fromkeys(self._teams, _NOT_SHOWN)
        figures[ALL] = Figure(None, Shown.FEW) if few(total) else Figure(total, Shown.YES)
        marks = hide([[by_team[team]] for team in self._teams]) if not few(total) else None
        for team, line in zip(self._teams, marks or (), strict=False):
            figures[team] = _figure(by_team[team], line[0])
        self.tables[code] = SummaryTable(
            code, code, None, {ALL: figures}, figures, by_team=all(one.is_shown for one in figures.values())
        )
        self._grouped[code] = {ALL: members}

    def members(self, table: str, row: str) -> list[Member]:
        """Who is in one row."""
        if table not in self._grouped:
            found: dict[str, list[Member]] = {}
            for code, member in zip(self._codes[table], self._whole[table], strict=True):
                found.setdefault(code, []).append(member)
            self._grouped[table] = found
        return self._grouped[table].get(row, [])

    def tell_apart(self, spec: Spec) -> None:
        """One table, and who is in its rows."""
        of = spec.of if isinstance(spec.of, tuple) else (spec.of, ALL)
        members, way = self.members(*of), spec.way
        codes = [way(one) for _team, one in members]
        self._whole[spec.code], self._codes[spec.code] = members, codes
        counts: dict[str, Counter[Column]] = {row: Counter() for row in spec.rows}
        for (team, row), count in Counter(zip([team for team, _one in members], codes, strict=True)).items():
            counts[row][team] = count
        self.tables[spec.code] = self._table(spec, of, counts)

    def _table(self, spec: Spec, of: tuple[str, str], counts: Mapping[str, Counter[Column]]) -> SummaryTable:
        totals = self.tables[of[0]].rows[of[1]]
        words = spec.words or spec.code

        def made(teams: Sequence[Column], marks: Sequence[Sequence[Shown]]) -> SummaryTable:
            shown = {
                row: {team: _figure(counts[row][team], mark) for team, mark in zip(teams, line, strict=False)}
                | {ALL: _figure(counts[row].total(), line[-1])}
                for row, line in zip(spec.rows, marks, strict=True)
            }
            whole = {row: {team: shown[row].get(team, _NOT_SHOWN) for team in (*self._teams, ALL)} for row in spec.rows}
            here = {team: totals[team] if team in (*teams, ALL) else _NOT_SHOWN for team in (*self._teams, ALL)}
            return SummaryTable(spec.code, words, of, whole, here, by_team=bool(teams))

        if all(one.is_shown for one in totals.values()) and self._teams:
            marks = hide([[counts[row][team] for team in self._teams] for row in spec.rows])
            if marks is not None:
                return made(self._teams, marks)
        if totals[ALL].is_shown:
            marks = hide([[counts[row].total()] for row in spec.rows])
            if marks is not None:
                return made((), marks)
        nothing = dict.fromkeys((*self._teams, ALL), _NOT_SHOWN)
        return SummaryTable(
            spec.code, words, of, dict.fromkeys(spec.rows, nothing), nothing, by_team=False, not_shown=True
        )

    def cross(self, cut: str, table: str) -> Cross:
        """Shown only where every cell is nought or at least 5, and every row and column total is shown already."""
        rows, columns = self.tables[cut].rows, self.tables[table].rows
        if not all(line[ALL].is_shown for line in (*rows.values(), *columns.values())):
            return Cross(cut, table, None)
        filled = [row for row, line in rows.items() if line[ALL].value]
        if len(filled) == 1:
            # everybody is in one row, such as a question that nobody asked: the other table says it all
            alone = {(row, column): 0 for row in rows for column in columns}
            return Cross(
                cut, table, alone | {(filled[0], column): line[ALL].value or 0 for column, line in columns.items()}
            )
        # both tell apart all people, in one order
        counts = Counter(zip(self._codes[cut], self._codes[table], strict=True))
        if any(few(count) for count in counts.values()):
            return Cross(cut, table, None)
        return Cross(cut, table, {(row, column): counts[row, column] for row in rows for column in columns})

    def average(
        self, table: str, row: str, among: Callable[[Case], Any], of: Callable[[Iterable[Any]], Any]
    ) -> dict[Column, Decimal | None]:
        """For every column whose count is shown and at least 5."""
        values: dict[Column, list[Any]] = defaultdict(list)
        for team, case in self.members(table, row):
            value = among(case)
            if value is not None:
                values[team].append(value)
                values[ALL].append(value)
        shown = self.tables[table].rows[row]
        return {
            column: Decimal(str(of(values[column]))).quantize(Decimal("0.1"))
            if figure.is_shown and len(values[column]) >= FEWEST
            else None
            for column, figure in shown.items()
        }


def _averages(maker: _Maker, cases: Sequence[Case]) -> Averages:
    found: Averages = {}

    def put(table: str, row: str, what: str, by_column: Mapping[Column, Decimal | None]) -> None:
        found.update({(table, row, what, column): value for column, value in by_column.items()})

    def wait(case: Case) -> int | None:
        return case.wait if case.came_in and case.wait is not None and case.wait >= 0 else None

    put("meeting", "met", "median_wait", maker.average("meeting", "met", wait, median))
    for row in maker.tables["month"].rows:
        put("month", row, "median_wait", maker.average("month", row, wait, median))
    everybody = maker.tables[PEOPLE].rows[ALL][ALL].value
    of_everybody = maker.average(PEOPLE, ALL, wait, median)[ALL]
    for cut in (one for one in CUTS if one.crossed):
        for row, figures in maker.tables[cut.code].rows.items():
            whole = figures[ALL].value == everybody
            all_teams = of_everybody if whole else maker.average(cut.code, row, wait, median)[ALL]
            put(cut.code, row, "median_wait", {ALL: all_teams})
    for entry in measured(cases):
        table = f"measure_{entry.code}"
        put(table, "both", "mean_first", maker.average(table, "both", _taken(entry.code, 0), _mean))
        put(table, "both", "mean_last", maker.average(table, "both", _taken(entry.code, 1), _mean))
    return found


def _taken(code: str, place: int) -> Callable[[Case], Decimal | None]:
    return lambda case: case.measured[code][place]


def _mean(values: Iterable[Decimal]) -> Decimal:
    all_values = list(values)
    return sum(all_values, Decimal(0)) / len(all_values)


def _figure(count: int, mark: Shown) -> Figure:
    return Figure(count if mark is Shown.YES else None, mark)
