"""Appointments: who, when, how long; who knows of a home visit; two places at once; a calendar file without health."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.conftest import CHEAP, PASSPHRASE
from workwell_desktop.domain.appointments import Appointment, Block, BlockOutcome
from workwell_desktop.domain.clock import LONDON, FixedClock
from workwell_desktop.domain.directory import NotStarted, ServiceLoop, Stage, Way
from workwell_desktop.domain.episodes import Contact, ContactStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import appointments, blocks, calendar_files, contacts, follow_up
from workwell_desktop.services.person.appointments import Booking
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.services.signposting import service_loops
from workwell_desktop.services.signposting.service_loops import Chosen
from workwell_desktop.services.travel import bundle, case_import

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
AT = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)
MEET = Booking("Look at the plan", AT, 45, "room", "Room 4")
NO_HEALTH = re.compile(r"health|clinic|sick|medical|nhs|therap|ill\b|surgery|hospital|workwell", re.IGNORECASE)


@pytest.fixture
def who(refer: Refer) -> Id:
    return refer().participant


def unfolded(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


def field(file: bytes, name: str) -> str:
    """A field of the event itself."""
    lines = unfolded(file)
    event = lines[lines.index("BEGIN:VEVENT") :] if name != "METHOD" else lines
    return next(line.partition(":")[2] for line in event if re.split("[:;]", line)[0] == name)


# --- booking ------------------------------------------------------------------------------------------------------


def test_an_appointment_is_the_talk_of_its_moment_and_moves_with_it(desk: Desk, who: Id) -> None:
    talk = appointments.book(desk, who, MEET)
    found = appointments.view(desk, talk)
    assert found is not None
    assert (found.contact.at, found.ends, found.owner) == (AT, AT + timedelta(minutes=45), "Maya Okafor")
    appointments.move(desk, talk, AT + timedelta(days=1), 30)
    found = appointments.view(desk, talk)
    assert found is not None
    assert (found.contact.due, found.appointment.minutes, found.appointment.sequence) == (
        (AT + timedelta(days=1)).date(),
        30,
        1,
    )
    assert [one.contact.id for one in appointments.of_participant(desk, who)] == [talk]
    appointments.cancel(desk, talk, "Bus strike")
    assert appointments.of_participant(desk, who) == ()
    with pytest.raises(Locked):
        appointments.move(desk, talk, AT + timedelta(days=2))


@pytest.mark.parametrize(
    ("given", "field_"),
    [
        ({"purpose": ""}, "purpose"),
        ({"at": AT - timedelta(days=30)}, "at"),
        ({"minutes": 4}, "minutes"),
        ({"mode": "pigeon"}, "mode"),
        ({"place": " "}, "place"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_booked(desk: Desk, who: Id, given: dict[str, Any], field_: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        appointments.book(desk, who, replace(MEET, **given))
    assert [name for name, _reason in refused.value.problems] == [field_]
    assert contacts.of_participant(desk, who) == ()


def test_an_interpreter_is_offered_where_the_person_needs_one(desk: Desk, who: Id) -> None:
    assert appointments.needs(desk, who) == (False, "")
    with desk.unit() as unit:
        unit.set(Participant, who, needs=frozenset({"interpreter"}), language="Polish")
    assert appointments.needs(desk, who) == (True, "Polish")
    talk = appointments.book(desk, who, replace(MEET, interpreter=True, language="Polish"))
    appointments.interpreter_booked(desk, talk)
    found = appointments.view(desk, talk)
    assert found is not None
    assert (found.needs_interpreter, found.language, found.appointment.interpreter_booked) == (True, "Polish", True)


# --- two places at once -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "meets"), [(-30, False), (-29, True), (0, True), (44, True), (45, False)])
def test_two_appointments_at_once_are_warned_of_and_allowed(
    desk: Desk, who: Id, refer: Refer, minutes: int, meets: bool
) -> None:
    appointments.book(desk, who, MEET)
    other = refer("Samuel", "Field").participant
    at = AT + timedelta(minutes=minutes)
    found = appointments.clashes(desk, other, at, 30)
    assert [(one.name, one.own, one.minutes) for one in found] == ([("Danielle Marsh", True, 45)] if meets else [])
    assert appointments.book(desk, other, replace(MEET, at=at))


def test_the_persons_other_appointment_with_somebody_else_is_warned_of_too(
    desk: Desk, who: Id, colleague: Join
) -> None:
    priya = colleague()
    talk = appointments.book(desk, who, replace(MEET, owner=priya.me))
    (found,) = appointments.clashes(desk, who, AT, 30)
    assert not found.own
    assert appointments.clashes(desk, who, AT, 30, besides=talk) == ()
    appointments.cancel(desk, talk)
    assert appointments.clashes(desk, who, AT, 30) == ()


# --- home visits --------------------------------------------------------------------------------------------------


@pytest.fixture
def visit(desk: Desk, who: Id, colleague: Join) -> tuple[Id, Desk]:
    priya = colleague()
    home = replace(MEET, mode="home", place="7 Mill Lane", knows=priya.me, back_by=AT + timedelta(hours=2))
    return appointments.book(desk, who, home), priya


def test_a_home_visit_says_who_knows_of_it_and_when_somebody_is_back(desk: Desk, who: Id, colleague: Join) -> None:
    priya = colleague().me
    late = AT + timedelta(hours=2)
    for said, at in [
        ({"knows": None, "back_by": late}, "knows"),
        ({"knows": desk.me, "back_by": late}, "knows"),
        ({"knows": priya, "back_by": None}, "back_by"),
        ({"knows": priya, "back_by": AT + timedelta(minutes=44)}, "back_by"),
    ]:
        with pytest.raises(FieldsInvalid) as refused:
            appointments.book(desk, who, replace(MEET, mode="home", place="7 Mill Lane", **said))  # type: ignore[arg-type]
        assert [name for name, _reason in refused.value.problems] == [at]


def test_who_was_to_be_back_and_is_not_is_called_to_mind_for_both_until_i_am_back(
    desk: Desk, clock: FixedClock, visit: tuple[Id, Desk]
) -> None:
    talk, priya = visit
    clock.set(AT + timedelta(hours=2) - timedelta(minutes=1))
    assert appointments.reminders(desk) == appointments.reminders(priya) == ()
    clock.set(AT + timedelta(hours=2))
    (mine,), (theirs,) = appointments.reminders(desk), appointments.reminders(priya)
    assert (mine.kind, mine.mine, theirs.mine, theirs.owner) == ("back", True, False, "Maya Okafor")
    contacts.done(desk, talk, "Talked.")
    assert appointments.reminders(priya), "that the talk was recorded does not say that they are back"
    appointments.back(priya, talk)
    assert appointments.reminders(desk) == appointments.reminders(priya) == ()


def test_a_visit_that_was_moved_or_called_off_asks_later_or_not_at_all(
    desk: Desk, clock: FixedClock, visit: tuple[Id, Desk]
) -> None:
    talk, _priya = visit
    appointments.move(desk, talk, AT + timedelta(hours=5))
    clock.set(AT + timedelta(hours=6))
    assert appointments.reminders(desk) == ()
    clock.set(AT + timedelta(hours=7))
    assert [one.kind for one in appointments.reminders(desk)] == ["back"]
    appointments.cancel(desk, talk)
    assert appointments.reminders(desk) == ()


def test_what_begins_soon_is_called_to_mind_a_quarter_of_an_hour_before(desk: Desk, who: Id, clock: FixedClock) -> None:
    appointments.book(desk, who, MEET)
    clock.set(AT - timedelta(minutes=16))
    assert appointments.reminders(desk) == ()
    clock.set(AT - timedelta(minutes=15))
    assert [(one.kind, one.name) for one in appointments.reminders(desk)] == [("soon", "Danielle Marsh")]
    clock.set(AT + timedelta(minutes=2))
    assert appointments.reminders(desk) == ()


# --- the calendar file --------------------------------------------------------------------------------------------


def test_a_calendar_file_says_when_and_with_whom_and_no_word_of_health(desk: Desk, who: Id) -> None:
    talk = appointments.book(desk, who, replace(MEET, purpose="Pain clinic and low mood", place="Calder Health Centre"))
    file = calendar_files.make(desk, talk)
    said = "\n".join(unfolded(file))
    assert not NO_HEALTH.search(said)
    assert "Danielle" not in said
    assert "mood" not in said
    assert field(file, "SUMMARY") == "Appointment with The support team"
    assert field(file, "DTSTART") == "20261201T100000"
    assert field(file, "DTEND") == "20261201T104500"
    assert "LOCATION" not in said
    again = appointments.book(desk, who, MEET)
    assert field(calendar_files.make(desk, again), "LOCATION") == "Room 4"


def test_a_pack_whose_name_speaks_of_health_gives_a_file_that_does_not(desk: Desk, who: Id) -> None:
    found = appointments.view(desk, appointments.book(desk, who, MEET))
    assert found is not None
    file = calendar_files.as_calendar(found, "Calder Health and Work", "01632 960 100", AT)
    assert field(file, "SUMMARY") == "Appointment"


def test_one_appointment_keeps_its_uid_when_it_moves_and_when_it_is_called_off(desk: Desk, who: Id) -> None:
    talk = appointments.book(desk, who, MEET)
    first = calendar_files.make(desk, talk)
    appointments.move(desk, talk, AT + timedelta(days=1))
    second = calendar_files.make(desk, talk)
    contacts.move(desk, talk, at=AT + timedelta(days=2))
    third = calendar_files.make(desk, talk)
    contacts.cancel(desk, talk)
    last = calendar_files.make(desk, talk)
    files = (first, second, third, last)
    assert len({field(one, "UID") for one in files}) == 1
    assert [field(one, "SEQUENCE") for one in files] == ["0", "1", "2", "3"]
    assert [field(one, "METHOD") for one in files] == ["PUBLISH"] * 3 + ["CANCEL"]
    assert (field(last, "STATUS"), field(first, "STATUS")) == ("CANCELLED", "CONFIRMED")


def test_times_in_summer_and_winter_are_londons_with_the_rules_in_the_file(desk: Desk, who: Id) -> None:
    summer = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
    file = calendar_files.make(desk, appointments.book(desk, who, replace(MEET, at=summer)))
    assert field(file, "DTSTART") == "20270701T100000"
    lines = unfolded(file)
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE") + 1]
    assert "TZID:Europe/London" in zone
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in zone
    assert "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU" in zone


@given(st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), max_size=200))
@settings(max_examples=80, deadline=None)
def test_long_lines_are_folded_between_letters_and_read_back(words: str) -> None:
    folded = calendar_files._folded("SUMMARY:" + calendar_files._escaped(words))
    assert folded.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in folded.split(b"\r\n"))
    (line,) = unfolded(folded)[:-1]
    plain = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line.removeprefix("SUMMARY:"))
    assert plain == words


def test_a_talk_without_a_moment_has_no_calendar_file(desk: Desk, who: Id) -> None:
    talk = contacts.plan(desk, who, ContactDetails("Call", "phone", due=AT.date()))
    with pytest.raises(BadInput) as refused:
        calendar_files.make(desk, talk)
    assert refused.value.reason == "no_moment"


# --- blocks of sessions -------------------------------------------------------------------------------------------


def test_a_block_counts_the_sessions_that_took_place(desk: Desk, who: Id) -> None:
    block = blocks.offer(desk, who, "Pain and pacing", 6)
    (found,) = blocks.of_participant(desk, who)
    assert (found.attended, found.block.offered, found.block.started_on) == (0, 6, None)
    blocks.attended(desk, block, came=False)
    assert blocks.of_participant(desk, who)[0].block.started_on is None
    blocks.attended(desk, block)
    blocks.attended(desk, block, note="Tried the step test")
    (found,) = blocks.of_participant(desk, who)
    assert (found.attended, found.missed, found.block.started_on) == (2, 1, desk.clock.today())
    blocks.end(desk, block, BlockOutcome.STOPPED_BETTER, "Walks every day")
    (found,) = blocks.of_participant(desk, who)
    assert (found.open, found.block.effect) == (False, "Walks every day")
    for act in (lambda: blocks.attended(desk, block), lambda: blocks.end(desk, block, BlockOutcome.COMPLETED)):
        with pytest.raises(Locked):
            act()


@pytest.mark.parametrize(("what", "sessions", "at"), [(" ", 6, "what"), ("Pacing", 0, "sessions")])
def test_a_block_says_of_what_and_how_many(desk: Desk, who: Id, what: str, sessions: int, at: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        blocks.offer(desk, who, what, sessions)
    assert [name for name, _reason in refused.value.problems] == [at]


def test_a_case_with_appointments_services_and_blocks_comes_back_as_it_was(
    desk: Desk, who: Id, tmp_path: Path, clock: FixedClock
) -> None:
    talk = appointments.book(desk, who, replace(MEET, interpreter=True, language="Polish"))
    contacts.cancel(desk, talk)
    appointments.book(desk, who, MEET)
    follow_up.tried(desk, who, contacts.plan(desk, who, ContactDetails("Call", "phone", due=AT.date())), tries=2)
    block = blocks.offer(desk, who, "Pacing", 6)
    blocks.attended(desk, block)
    blocks.end(desk, block, BlockOutcome.MOVED_ON, "More sure")
    loop = service_loops.choose(desk, who, "national:acas", Chosen(Way.SELF, ""))
    service_loops.record(desk, loop, Stage.NOT_STARTED, why=NotStarted.OTHER, note="Moved")
    made = json.dumps(bundle.export_case(desk, who))
    first = opening.FirstRun("Low Moor partnership", "Low Moor team", "Ann Bell", Profession.COACH, PASSPHRASE)
    other, _code = opening.create(tmp_path / "elsewhere.workwell", first, clock=clock, profile=CHEAP)
    try:
        assert case_import.import_case(other, made.encode()).problems == ()
        for cls in (Appointment, Block, ServiceLoop, Contact):
            with desk.read() as here, other.read() as there:
                before = [vars(one) for one in here.list(cls, order_by="id", scope=who)]
                assert before
                assert [vars(one) for one in there.list(cls, order_by="id", scope=who)] == before
    finally:
        other.store.close()


# --- with the case ------------------------------------------------------------------------------------------------


def test_an_appointment_travels_as_one(desk: Desk, who: Id) -> None:
    talk = appointments.book(desk, who, replace(MEET, interpreter=True, language="Polish"))
    made = json.loads(json.dumps(bundle.export_case(desk, who)))
    (one,) = (entry["resource"] for entry in made["entry"] if entry["resource"]["resourceType"] == "Appointment")
    get_fhir_model_class("Appointment").model_validate(one)
    assert (one["status"], one["minutesDuration"]) == ("booked", 45)
    contacts.done(desk, talk)
    made = bundle.export_case(desk, who)
    (one,) = (entry["resource"] for entry in made["entry"] if entry["resource"]["resourceType"] == "Appointment")
    assert one["status"] == "fulfilled"
    assert contacts.of_participant(desk, who)[0].status is ContactStatus.DONE
