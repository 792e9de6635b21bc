"""The service directory: found at once, marked and never hidden, and the crisis lines always first."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workwell_desktop import assets
from workwell_desktop.catalogue import text
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.directory import OWN_HELPS, Access, Capacity, LocalService, NationalCheck, Way
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.reference import CRISIS
from workwell_desktop.errors import BadInput, FieldsInvalid, NoPermission
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.signposting import directory, directory_files
from workwell_desktop.services.signposting.directory_files import HEADER, as_csv, read_rows, take_in
from workwell_desktop.services.signposting.directory_views import NATIONAL, OWN, Entry, Mark, ServiceDetails

TALK = ServiceDetails(
    name="Calder Talking Group",
    helps=frozenset({"mood", "company"}),
    code="calder-talk",
    area="Calder Valley",
    phone="01632 960 201",
    wait_weeks=3,
    checked_on=date(2026, 11, 2),
)
EXAMPLE = assets.resource("schemas", "examples", "services.csv")
CRISIS_KEYS = [NATIONAL + code for code in CRISIS]


def named(desk: Desk, name: str) -> Entry:
    return next(one for one in directory.find(desk).entries if one.name == name)


def marks(desk: Desk, name: str) -> list[Mark]:
    return [one.mark for one in named(desk, name).marks]


# --- looking ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("looked_for", [{}, {"words": "nothing has these words"}, {"need": "jobs"}, {"place": "Leeds"}])
def test_the_crisis_lines_stand_first_whatever_is_looked_for(desk: Desk, looked_for: dict[str, Any]) -> None:
    directory.add(desk, TALK)
    found = directory.find(desk, **looked_for).entries
    assert [one.key for one in found[:4]] == CRISIS_KEYS
    assert all(one.phone for one in found[:4])


def test_a_service_is_found_by_need_place_wait_and_words(desk: Desk) -> None:
    directory.add(desk, TALK)
    directory.add(desk, replace(TALK, code="far", name="Far Group", area="Hull", wait_weeks=20))

    def own(**looked_for: object) -> set[str]:
        found = directory.find(desk, **looked_for).entries  # type: ignore[arg-type]
        return {one.name for one in found if one.own}

    assert own() == {"Calder Talking Group", "Far Group"}
    assert own(need="company") == {"Calder Talking Group", "Far Group"}
    assert own(need="jobs") == set()
    assert own(place="calder") == {"Calder Talking Group"}
    assert own(most_wait=4) == {"Calder Talking Group"}
    assert own(words="TALKING 960") == {"Calder Talking Group"}
    assert own(words="mood and worries hull") == {"Far Group"}


def test_a_wait_that_nobody_knows_is_not_held_against_a_service(desk: Desk) -> None:
    directory.add(desk, replace(TALK, wait_weeks=None))
    assert named(desk, TALK.name) in directory.find(desk, most_wait=0).entries


def test_what_is_near_stands_before_what_is_national_and_what_takes_nobody_on_stands_last(desk: Desk) -> None:
    directory.add(desk, TALK)
    directory.add(desk, replace(TALK, code="full", name="A Full One", capacity=Capacity.FULL))
    names = [one.name for one in directory.find(desk).entries[4:]]
    assert names[0] == TALK.name
    assert names[-1] == "A Full One"


def test_to_look_for_something_in_two_thousand_services_reads_the_store_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.unit() as unit:
        scope = unit.reader.list(Partnership)[0].id
        for number in range(2000):
            unit.add(LocalService(id=new_id(), scope=scope, name=f"Service {number}", area="Calder"))
    assert directory.find(desk).of > 2000
    monkeypatch.setattr(desk, "read", lambda: pytest.fail("the store was read again"))
    for words in ("s", "se", "service 19", "service 1999"):
        found = directory.find(desk, words, place="calder", most_wait=4)
    assert [one.name for one in found.entries[4:]] == ["Service 1999"]


# --- marks: by words, and nothing is hidden -----------------------------------------------------------------------


def test_an_old_entry_says_how_many_months_ago_somebody_looked(desk: Desk) -> None:
    today = desk.clock.today()
    directory.add(desk, replace(TALK, checked_on=date(today.year - 1, today.month - 2, today.day)))
    (old,) = named(desk, TALK.name).marks
    assert old.mark is Mark.OLD
    assert "14 months ago" in text("directory.mark.old", count=old.words["count"])


def test_an_entry_turns_old_in_the_month_that_the_pack_says(desk: Desk, clock: FixedClock) -> None:
    directory.add(desk, replace(TALK, checked_on=desk.clock.today()))
    begun = clock.moment
    clock.set(begun + timedelta(days=360))
    assert marks(desk, TALK.name) == []
    clock.set(begun + timedelta(days=366))
    assert marks(desk, TALK.name) == [Mark.OLD]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"expires_on": -1}, [Mark.EXPIRED]),
        ({"expires_on": 0}, []),
        ({"capacity": Capacity.FULL}, [Mark.FULL]),
        ({"capacity": Capacity.CLOSED}, [Mark.CLOSED]),
        ({"capacity": Capacity.CLOSED, "closed_until": 1}, [Mark.CLOSED_UNTIL]),
        ({"capacity": Capacity.CLOSED, "closed_until": 0}, []),
        ({"checked_on": None}, [Mark.OLD]),
    ],
)
def test_a_service_that_ended_or_is_closed_or_full_stays_and_says_so(
    desk: Desk, given: dict[str, object], expected: list[Mark]
) -> None:
    today = desk.clock.today()
    days = {name: today + timedelta(days=value) if type(value) is int else value for name, value in given.items()}
    directory.add(desk, replace(TALK, **{"checked_on": today, **days}))  # type: ignore[arg-type]
    assert marks(desk, TALK.name) == expected


# --- keeping ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", CRISIS_KEYS)
def test_a_crisis_line_can_be_neither_removed_nor_changed(desk: Desk, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        directory.remove(desk, key)
    assert refused.value.reason == "crisis_line_stays"
    with pytest.raises(BadInput) as refused:
        directory.correct(desk, key, number="0", web="", how="")
    assert refused.value.reason == "crisis_line_stays"
    with pytest.raises(BadInput):
        directory.change(desk, key, TALK)
    assert [one.key for one in directory.find(desk).entries[:4]] == CRISIS_KEYS


def test_a_national_number_is_corrected_with_the_day_and_the_list_stays_as_it_is(desk: Desk) -> None:
    key = NATIONAL + "mind"
    before = directory.entry(desk, key)
    assert [one.mark for one in before.marks] == [Mark.UNSURE]
    directory.correct(desk, key, number="0300 999 9999", web=before.web, how=before.how)
    now = directory.entry(desk, key)
    assert (now.phone, now.web, now.corrected, now.checked_on) == (
        "0300 999 9999",
        before.web,
        True,
        desk.clock.today(),
    )
    assert now.marks == ()
    directory.correct(desk, key, number=before.phone, web=before.web, how=before.how)
    assert directory.entry(desk, key).phone == before.phone
    assert not directory.entry(desk, key).corrected
    with desk.read() as reader:
        assert reader.count(NationalCheck) == 1
    with pytest.raises(FieldsInvalid):
        directory.correct(desk, key, number="", web=" ", how="")


def test_to_look_again_takes_the_mark_away(desk: Desk) -> None:
    own = directory.add(desk, replace(TALK, checked_on=None))
    assert marks(desk, TALK.name) == [Mark.OLD]
    directory.looked_at(desk, OWN + own)
    directory.looked_at(desk, NATIONAL + "mind")
    assert marks(desk, TALK.name) == []
    assert marks(desk, "Mind") == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"helps": frozenset()}, "helps"),
        ({"helps": frozenset({"danger"})}, "helps"),
        ({"access": frozenset({"lift"})}, "access"),
        ({"phone": ""}, "phone"),
        ({"wait_weeks": -1}, "wait_weeks"),
        ({"wait_weeks": 261}, "wait_weeks"),
        ({"closed_until": date(2027, 1, 1)}, "closed_until"),
        ({"checked_on": date(2099, 1, 1)}, "checked_on"),
        ({"email": "a@b@c"}, "email"),
        ({"area": "one\ntwo"}, "area"),
        ({"how": "x" * 1001}, "how"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_kept(desk: Desk, given: dict[str, object], field: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        directory.add(desk, replace(TALK, **given))  # type: ignore[arg-type]
    assert [name for name, _reason in refused.value.problems] == [field]
    assert all(text(f"errors.field.{reason}") for _name, reason in refused.value.problems)
    assert not [one for one in directory.find(desk).entries if one.own]


def test_who_may_not_manage_services_reads_them(desk: Desk) -> None:
    directory.add(desk, TALK)
    desk.person.roles = frozenset({"coach"})
    assert named(desk, TALK.name)
    with pytest.raises(NoPermission):
        directory.add(desk, TALK)
    desk.person.roles = frozenset({"observer"})
    with pytest.raises(NoPermission):
        directory.find(desk)


# --- as a file ----------------------------------------------------------------------------------------------------


def test_the_example_comes_in_goes_out_and_comes_in_as_it_was(desk: Desk, tmp_path: Path) -> None:
    first = take_in(desk, EXAMPLE)
    assert (first.new, first.changed, first.same, first.problems, first.done) == (3, 0, 0, (), True)
    out = tmp_path / "out.csv"
    assert directory_files.write(desk, out) == 3
    again = take_in(desk, out)
    assert (again.new, again.changed, again.same, again.problems) == (0, 0, 3, ())
    assert marks(desk, "Mill Moves") == [Mark.CLOSED_UNTIL, Mark.OLD]


BAD = [
    ("calder-talk,Calder", ",Calder", 2, "code"),
    ("Calder Talking Group", "", 2, "name"),
    ("mood company", "mood friends", 2, "helps"),
    (",both,", ",either,", 2, "way"),
    (",3,open", ",three,open", 2, "wait_weeks"),
    ("2027-01-11", "11/01/2027", 4, "closed_until"),
    ("2026-10-12", "2099-10-12", 3, "checked_on"),
    ("talk@calder.example", "talk at calder", 2, "email"),
    ("mill-moves", "calder-talk", 4, "code"),
    ("Rowan Ellis", "Rowan\u202eEllis", 2, "contact"),
    ("name,helps", "title,helps", 1, "name"),
    (",2026-11-02,2027-03-31", ",2026-11-02", 2, "expires_on"),
]


@pytest.mark.parametrize(("old", "new", "line", "field"), BAD)
def test_a_bad_line_is_named_by_file_line_and_field_and_nothing_changes(
    desk: Desk, tmp_path: Path, old: str, new: str, line: int, field: str
) -> None:
    written = EXAMPLE.read_text(encoding="utf-8")
    assert old in written
    path = tmp_path / "own.csv"
    path.write_text(written.replace(old, new, 1), encoding="utf-8")
    found = take_in(desk, path)
    assert not found.done
    assert [(one.file, one.line, one.field) for one in found.problems] == [("own.csv", line, field)]
    assert "own.csv" in found.problems[0].words()
    assert not [one for one in directory.find(desk).entries if one.own]


def test_the_good_lines_come_in_where_that_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("mood company", "friends"), encoding="utf-8")
    assert take_in(desk, path, good_only=True).new == 2
    assert {one.name for one in directory.find(desk).entries if one.own} == {"Calder Money Advice", "Mill Moves"}


def test_to_look_at_a_file_changes_nothing(desk: Desk) -> None:
    assert take_in(desk, EXAMPLE, look=True).new == 3
    assert not [one for one in directory.find(desk).entries if one.own]


def test_services_that_a_file_does_not_name_stay(desk: Desk) -> None:
    directory.add(desk, replace(TALK, code="other", name="Another"))
    take_in(desk, EXAMPLE)
    assert named(desk, "Another")


@pytest.mark.parametrize(("content", "reason"), [(b"\xff\xfe\x00", "unreadable_file"), (None, "file_missing")])
def test_a_file_that_is_none_says_so(desk: Desk, tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "own.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        take_in(desk, path)
    assert refused.value.reason == reason


def test_an_empty_file_lacks_its_header() -> None:
    _rows, (problem,) = read_rows("own.csv", b"", date(2026, 11, 24))
    assert (problem.line, problem.field) == (1, "code")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30).map(str.strip)
SOME = st.text(st.sampled_from("aé ,\"'=+-@\nŵ8"), max_size=40).map(str.strip)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2026, 11, 1))
ROWS = st.builds(
    ServiceDetails,
    name=WORDS.filter(bool),
    helps=st.frozensets(st.sampled_from(OWN_HELPS), min_size=1),
    code=st.uuids().map(str),
    area=WORDS,
    way=st.sampled_from(Way),
    how=SOME.filter(bool),
    eligibility=SOME,
    wait_weeks=st.none() | st.integers(0, 260),
    capacity=st.sampled_from(Capacity),
    closed_until=st.none(),
    access=st.frozensets(st.sampled_from([one.value for one in Access])),
    contact=WORDS,
    phone=WORDS,
    email=st.sampled_from(["", "a@b.example"]),
    web=WORDS,
    note=SOME,
    checked_on=DAYS,
    expires_on=DAYS,
)


@given(st.lists(ROWS, max_size=4, unique_by=lambda one: one.code))
@settings(max_examples=60, deadline=None)
def test_what_goes_out_comes_in_as_it_was_whatever_it_says(rows: list[ServiceDetails]) -> None:
    written = as_csv(rows)
    assert read_rows("own.csv", written, date(2026, 11, 24)) == (rows, [])
    cells = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in cells for cell in line)


SCHEMA = json.loads(assets.resource("schemas", "services.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_the_published_schema_and_the_reader_agree_on_every_line(data: st.DataObject) -> None:
    """A cell of a good line is put into another column: both take the line or both refuse it."""
    cells = {name: directory_files._cell(data.draw(ROWS), name) for name in HEADER}
    other = ["", "3", "999", "open", "self", "mood", "step_free online", "2026-02-01", "words", "a@b.example", "mood x"]
    cells[data.draw(st.sampled_from([one for one in HEADER if one != "closed_until"]))] = data.draw(
        st.sampled_from(other)
    )
    line = ServiceDetails()
    found = directory_files._row("own.csv", 2, [directory_files._guarded(cells[name]) for name in HEADER], date.max)
    fits = not list(VALIDATOR.iter_errors(cells))
    takes = isinstance(found, type(line))
    too_long = cells["wait_weeks"].isdigit() and int(cells["wait_weeks"]) > 260
    assert takes == (fits and not too_long), (cells, found)


def test_the_published_header_is_that_of_the_schema_and_the_example() -> None:
    assert tuple(SCHEMA["properties"]) == HEADER
    assert EXAMPLE.read_text(encoding="utf-8").splitlines()[0] == ",".join(HEADER)


# --- what is easily got wrong: notes that are data ----------------------------------------------------------------


@pytest.mark.parametrize("key", ["atw-mental-health", "able-futures", "maximus"])
def test_the_note_says_that_civil_servants_are_not_taken_by_the_mental_health_service_of_access_to_work(
    desk: Desk, key: str
) -> None:
    assert "Not open to civil servants" in directory.entry(desk, NATIONAL + key).note


def test_the_offer_of_supported_employment_is_connect_to_work_and_its_note_says_what_it_is(desk: Desk) -> None:
    found = directory.entry(desk, NATIONAL + "connect-to-work")
    assert found.name == "Connect to Work"
    assert "supported employment" in found.note
    assert not [one for one in directory.find(desk, "universal support").entries if not one.pinned]


def test_places_are_words_and_no_list_of_pilot_areas(desk: Desk) -> None:
    """The service is for all of England: an entry may be for any place."""
    directory.add(desk, replace(TALK, area="A town that no pilot had"))
    assert named(desk, TALK.name) in directory.find(desk, place="town that no pilot").entries
    assert not [one for one in directory.find(desk).entries if one.national and one.area]
