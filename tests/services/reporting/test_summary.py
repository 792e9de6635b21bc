"""The service summary against a caseload that was counted by hand; small numbers; and nothing about a person."""

import csv
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.summary_people import ELSEWHEN, FIRST, LAST, SOUTH, Group, fill, filled
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Mode, ReferralSource
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, NoPermission, ReadOnlyFolder
from workwell_desktop.services.assessing import assessments, library
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.reporting import summary, summary_files
from workwell_desktop.services.reporting._summary_cases import Case
from workwell_desktop.services.reporting.summary_hiding import FEWEST, Shown, given_away
from workwell_desktop.services.reporting.summary_views import ALL, Period, Summary, SummaryTable


def counts(table: SummaryTable, column: str = ALL) -> dict[str, int | None]:
    """What is shown, without noughts."""
    return {row: line[column].value for row, line in table.rows.items() if line[column].value != 0}


def test_the_numbers_are_those_counted_by_hand(desk: Desk) -> None:
    north, south = filled(desk)
    found = summary.summarise(desk, FIRST, LAST)
    tables = found.tables
    assert found.people.value == 8 + 6 + 6 + 7 + 5
    assert [name for _id, name in found.teams] == ["Calder Valley team", "South"]
    people = tables["people"].rows[ALL]
    assert (people[north].value, people[south].value) == (20, 12)
    assert counts(tables["status"]) == {"active": 26, "closed": 6}
    assert counts(tables["came_in"]) == {"in_period": 26, "before": 6}
    assert counts(tables["source"]) == {"gp": 15, "self": 11}
    assert counts(tables["source"], north) == {"gp": 8, "self": 6}
    assert counts(tables["source"], south) == {"gp": 7, "self": 5}
    assert counts(tables["meeting"]) == {"met": 21, "waiting": 5}
    assert counts(tables["wait"]) == {"week": 8, "fortnight": 7, "month": 6}
    assert counts(tables["month"]) == {"2026-10": 21}
    assert counts(tables["work_start"]) == {"off_sick": 19, "struggling": 6, "out_of_work": 7}
    assert counts(tables["work_now"]) == {"returned": 14, "struggling": 6, "out_of_work": 7, "off_sick": 5}
    assert counts(tables["reason"]) == {"returned_to_work": 6}
    assert counts(tables["closed_from"]) == {"away": 6}
    assert counts(tables["closed_to"]) == {"in_work": 6}
    assert counts(tables["obstacle"]) == {"person": 32}
    assert counts(tables["action_self"]) == {"done": 8, "open": 24}
    assert counts(tables["age"]) == {"25_34": 7, "35_49": 25}
    assert counts(tables["plan"]) == {"none": 32}
    assert found.hidden_few == found.hidden_more == 0


def test_the_middle_wait_is_that_of_the_days_counted_by_hand(desk: Desk) -> None:
    """8 people waited 5 days, 7 waited 10, 6 waited 20."""
    north, south = filled(desk)
    averages = summary.summarise(desk, FIRST, LAST).averages
    assert averages["meeting", "met", "median_wait", ALL] == Decimal("10.0")
    assert averages["meeting", "met", "median_wait", north] == Decimal("5.0")
    assert averages["meeting", "met", "median_wait", south] == Decimal("10.0")
    assert averages["month", "2026-10", "median_wait", ALL] == Decimal("10.0")
    assert averages["age", "25_34", "median_wait", ALL] == Decimal("10.0")


def test_shares_are_of_those_who_could_be_in_the_row(desk: Desk) -> None:
    filled(desk)
    source = summary.summarise(desk, FIRST, LAST).tables["source"]
    assert source.share("gp", ALL) == Decimal("57.7")


def test_another_period_counts_what_was_known_then(desk: Desk) -> None:
    """Before 20 October nobody had told that they were back, and who finished on the 15th was still there."""
    filled(desk)
    tables = summary.summarise(desk, date(2026, 9, 1), date(2026, 10, 12)).tables
    assert tables["people"].rows[ALL][ALL].value == 8 + 6 + 6 + 3 + 7
    work = counts(tables["work_now"])
    assert work == {"off_sick": 14, "returned": None, "struggling": None, "out_of_work": 7}
    assert counts(tables["status"]) == {"active": None, "closed": None}


def test_a_small_number_is_left_out_and_nothing_below_it_is_told(desk: Desk) -> None:
    filled(desk)
    fill(desk, Group(3, ReferralSource.PHARMACIST, date(2026, 10, 8), WorkStatus.WORKING, met=date(2026, 10, 9)),
         team=Id(min(desk.person.teams)))  # fmt: skip
    found = summary.summarise(desk, FIRST, LAST)
    source = found.tables["source"]
    assert source.figure("pharmacist", ALL).mark is Shown.FEW
    assert source.figure("self", ALL).mark is Shown.HIDDEN
    assert source.figure("gp", ALL).value == 15
    assert found.hidden_few >= 1
    assert found.hidden_more >= 1
    assert found.tables["work_now"].figure("working", ALL).mark is Shown.FEW


def test_few_people_have_no_numbers_at_all(desk: Desk) -> None:
    fill(desk, ELSEWHEN[1])
    found = summary.summarise(desk, date(2026, 11, 1), date(2026, 11, 24))
    assert found.people.mark is Shown.FEW
    shown = {
        figure.value for table in found.tables.values() for line in table.rows.values() for figure in line.values()
    }
    assert shown <= {None, 0}


def test_nobody_is_nought(desk: Desk) -> None:
    assert summary.summarise(desk, FIRST, LAST).people.value == 0


def test_measures_in_and_out_with_what_is_missing(
    desk: Desk, refer: Callable[..., Referred], clock: FixedClock
) -> None:
    """Sixteen people: six answer twice, five once, five never. 3 to 8 became 5 to 10."""
    library.bring_in_shipped(desk)
    form = "https://workwell-desktop.example/forms/work-ability-ruler"
    for number in range(16):
        case = refer(given=f"Person{number}", family=f"Of{number}")
        for value in (3 + number, 5 + number) if number < 6 else (4,) if number < 11 else ():
            filling = assessments.start(desk, case.participant, form, Mode.INTERVIEW)
            assessments.answer(desk, filling, "ability", value)
            assessments.complete(desk, filling)
            clock.set(clock.moment + timedelta(minutes=1))
    found = summary.summarise(desk, date(2026, 11, 1), date(2026, 11, 30))
    assert counts(found.tables["measure_work_ability_ruler"]) == {"both": 6, "first": 5, "none": 5}
    assert found.averages["measure_work_ability_ruler", "both", "mean_first", ALL] == Decimal("5.5")
    assert found.averages["measure_work_ability_ruler", "both", "mean_last", ALL] == Decimal("7.5")


def test_a_total_is_scored_by_its_form(desk: Desk, refer: Callable[..., Referred]) -> None:
    library.bring_in_shipped(desk)
    url = "https://workwell-desktop.example/forms/phq-9"
    for number in range(5):
        case = refer(given=f"Person{number}", family=f"Of{number}")
        filling = assessments.start(desk, case.participant, url, Mode.INTERVIEW)
        for row in filling.run.rows():
            if row.link_id.startswith("phq9-") and row.options and row.link_id != "phq9-9":
                assessments.answer(desk, filling, row.link_id, row.options[1].value)
        nine = next(row for row in filling.run.rows() if row.link_id == "phq9-9")
        assessments.answer(desk, filling, "phq9-9", nine.options[0].value)
        assessments.complete(desk, filling)
    with desk.read() as reader:
        from workwell_desktop.services.reporting._summary_cases import read_cases

        cases = read_cases(reader, date(2026, 11, 1), date(2026, 11, 30), desk.clock.now())
    assert [case.measured["phq9"] for case in cases] == [(Decimal(8), None)] * 5


def made_up(draw: random.Random, people: int) -> list[Case]:
    """People of three teams with everything at random."""
    work = ["", *(one.value for one in WorkStatus)]
    return [
        Case(
            team=draw.choice("aaabbc"),
            since=f"2026-{draw.randint(7, 10):02}-05",
            came_in=draw.random() < 0.7,
            closed=draw.random() < 0.4,
            source=draw.choice(["gp", "gp", "self", "employer", ""]),
            wait=draw.choice([None, 3, 9, 9, 40]),
            work_start=draw.choice(work),
            work_now=draw.choice(work),
            reason=draw.choice(["plan_complete", "other"]),
            plan=draw.choice(["", "seek_work", "?"]),
            years=draw.choice([None, 19, 30, 44, 70]),
            obstacles=draw.choices(["person", "context"], k=draw.randint(0, 3)),
            actions=[(draw.choice(["self", "referral"]), draw.choice(["open", "done"]))] * draw.randint(0, 2),
            changes=draw.choices(["agreed", "", "refused"], k=draw.randint(0, 1)),
        )
        for _ in range(people)
    ]


def summaries() -> Iterator[tuple[list[Case], Summary]]:
    draw = random.Random(11)
    period = Period(date(2026, 7, 1), date(2026, 10, 31))
    for people in (4, 9, 17, 30, 60, 120, 400):
        for _ in range(4):
            cases = made_up(draw, people)
            yield cases, summary.tabulate(cases, period, (("a", "A"), ("b", "B"), ("c", "C")))


def test_no_summary_shows_a_number_from_one_to_four() -> None:
    for _cases, found in summaries():
        for table in found.tables.values():
            for line in table.rows.values():
                assert all(one.value is None or one.value == 0 or one.value >= FEWEST for one in line.values())
        for cross in found.crosses:
            assert all(value == 0 or value >= FEWEST for value in (cross.counts or {}).values())


def test_nothing_is_told_of_the_people_of_a_row_that_is_not_shown() -> None:
    for _cases, found in summaries():
        for table in found.tables.values():
            if table.of is None:
                continue
            parent = found.tables[table.of[0]].rows[table.of[1]]
            if not parent[ALL].is_shown:
                assert table.not_shown
            if any(not one.is_shown for one in parent.values()):
                assert not table.by_team


PRIME = 2_147_483_629


def test_no_hidden_number_follows_from_all_that_is_shown() -> None:
    """All tables at once: sums of rows, sums of columns, parents and crosses, solved as one system of equations."""
    hidden = 0
    for _cases, found in summaries():
        unknown, equations = _system(found)
        hidden += len(unknown)
        assert _solved(unknown, equations) == set()
    assert hidden > 500


def test_the_system_finds_what_can_be_worked_out() -> None:
    """One number of three with their total is known; two are not."""
    assert _solved({"a"}, [{"a": 1}]) == {"a"}
    assert _solved({"a", "b"}, [{"a": 1, "b": 1}]) == set()
    assert _solved({"a", "b"}, [{"a": 1, "b": 1}, {"a": 1, "b": 2}]) == {"a", "b"}


def _system(found: Summary) -> tuple[set[object], list[dict[object, int]]]:
    """Hidden cells, and the sums that join them; what is shown is a constant and drops out."""
    teams = [team for team, _name in found.teams]
    unknown: set[object] = set()
    equations: list[dict[object, int]] = []

    def cell(table: str, row: str, column: str) -> object | None:
        if found.tables[table].rows[row][column].is_shown:
            return None
        unknown.add((table, row, column))
        return (table, row, column)

    def equation(plus: list[object | None], minus: list[object | None]) -> None:
        made: dict[object, int] = {}
        for sign, cells in ((1, plus), (-1, minus)):
            for one in cells:
                if one is not None:
                    made[one] = made.get(one, 0) + sign
        equations.append(made)

    for code, table in found.tables.items():
        for row in table.rows:
            equation([cell(code, row, team) for team in teams], [cell(code, row, ALL)])
        for column in (*teams, ALL):
            if table.of is not None:
                equation([cell(code, row, column) for row in table.rows], [cell(*table.of, column)])
    for cross in found.crosses:
        if cross.counts is not None:
            for row in found.tables[cross.cut].rows:
                equation([cell(cross.cut, row, ALL)], [])
            for row in found.tables[cross.table].rows:
                equation([cell(cross.table, row, ALL)], [])
    return unknown, [one for one in equations if one]


def _solved(unknown: set[object], equations: list[dict[object, int]]) -> set[object]:
    """What a reader can work out: unknowns that stand alone when the system is reduced."""
    reduced: dict[object, dict[object, int]] = {}
    for equation in equations:
        line = {key: value % PRIME for key, value in equation.items()}
        for pivot in [key for key in line if key in reduced]:
            _take(line, reduced[pivot], line[pivot])
        line = {key: value for key, value in line.items() if value}
        if not line:
            continue
        lead = next(iter(line))
        inverse = pow(line[lead], -1, PRIME)
        line = {key: value * inverse % PRIME for key, value in line.items()}
        for other in reduced.values():
            if other.get(lead):
                _take(other, line, other[lead])
        reduced[lead] = line
    return {lead for lead, line in reduced.items() if not any(value for key, value in line.items() if key != lead)}


def _take(line: dict[object, int], other: dict[object, int], times: int) -> None:
    for key, value in other.items():
        line[key] = (line.get(key, 0) - times * value) % PRIME
    for key in [key for key, value in line.items() if not value]:
        del line[key]


def test_each_table_stands_the_exact_test_too() -> None:
    """The range of each mark counts as known: tried on work at the start, whose counts are known here."""
    checked = 0
    for cases, found in summaries():
        table = found.tables["work_start"]
        if table.by_team:
            teams = [team for team, _name in found.teams]
            full = [
                [sum(one.team == team and (one.work_start or "not_known") == row for one in cases) for team in teams]
                for row in table.rows
            ]
            marks = [[line[column].mark for column in (*teams, ALL)] for line in table.rows.values()]
            assert given_away([[*line, sum(line)] for line in full], marks) == []
            checked += 1
    assert checked > 3


def test_who_may_not_report_is_refused_and_no_file_is_made(colleague: Callable[..., Desk], tmp_path: Path) -> None:
    other = colleague("Owen Reid", Profession.COACH, "coach", None)
    with pytest.raises(NoPermission):
        summary.summarise(other, FIRST, LAST)
    with pytest.raises(NoPermission):
        summary_files.report(other, FIRST, LAST, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_period_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput):
        summary.summarise(desk, LAST, FIRST)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_says_the_same_numbers(desk: Desk, tmp_path: Path) -> None:
    filled(desk)
    summary_files.report(desk, FIRST, LAST, tmp_path / "new" / "place")
    rows = read(tmp_path / "new" / "place" / summary_files.NUMBERS)
    found = {(row["team"], row["table"], row["row"], row["number"]): row for row in rows}
    gp = found["South", "source", "gp", "count"]
    assert (gp["value"], gp["shown"], gp["percent"], gp["from"], gp["to"]) == (
        "7", "shown", "58.3", "2026-10-01", "2026-10-31",
    )  # fmt: skip
    assert found["All teams", "meeting", "met", "median_wait"]["value"] == "10.0"
    assert found["All teams", "age_by_status", "25_34/active", "count"]["value"] == "7"


def test_every_number_of_the_file_has_its_meaning(desk: Desk, tmp_path: Path) -> None:
    filled(desk)
    summary_files.report(desk, FIRST, LAST, tmp_path)
    numbers = {(row["table"], row["number"]) for row in read(tmp_path / summary_files.NUMBERS)}
    meanings = read(tmp_path / summary_files.DICTIONARY)
    assert numbers <= {(row["table"], row["number"]) for row in meanings}
    for row in meanings:
        assert all(row.values()), row


def test_nothing_about_a_person_leaves(desk: Desk, tmp_path: Path) -> None:
    """No name, number, birth date, id or word of a record, and no name of who works here."""
    filled(desk)
    summary_files.report(desk, FIRST, LAST, tmp_path)
    assert {path.name for path in tmp_path.glob("*.csv")} == {summary_files.NUMBERS, summary_files.DICTIONARY}
    for name in (summary_files.NUMBERS, summary_files.DICTIONARY):
        said = (tmp_path / name).read_text("utf-8-sig")
        for word in ("Quentin", "Zebrowski", "Xavier", "Yarrow", "Panic", "bus", "9990000018", "999 000", "Maya"):
            assert word not in said
        assert not re.search(r"[0-9a-f]{32}", said)
        assert set(re.findall(r"\d{4}-\d{2}-\d{2}", said)) <= {FIRST.isoformat(), LAST.isoformat()}
        assert "1986" not in said


def test_a_team_with_a_name_like_a_formula_stays_a_name(desk: Desk, tmp_path: Path) -> None:
    from workwell_desktop.services.administration import teams

    filled(desk)
    teams.change(desk, Id(min(desk.person.teams)), name="=cmd()")
    summary_files.report(desk, FIRST, LAST, tmp_path)
    assert "'=cmd()" in {row["team"] for row in read(tmp_path / summary_files.NUMBERS)}


def test_a_place_that_is_a_file_is_refused_and_kept(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(BadInput):
        summary_files.report(desk, FIRST, LAST, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


def test_a_place_that_takes_no_file_is_said(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_all: object, **_more: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(summary_files.whole_files, "write", refused)
    with pytest.raises(ReadOnlyFolder):
        summary_files.report(desk, FIRST, LAST, tmp_path)


def test_progress_is_told_to_its_end(desk: Desk) -> None:
    filled(desk)
    told: list[tuple[int, int]] = []
    summary.summarise(desk, FIRST, LAST, lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _of in told] == sorted({done for done, _of in told})


def test_a_change_of_a_record_is_counted_at_once(desk: Desk) -> None:
    filled(desk)
    before = summary.summarise(desk, FIRST, LAST).people.value
    fill(desk, *SOUTH)
    assert summary.summarise(desk, FIRST, LAST).people.value == (before or 0) + 12
