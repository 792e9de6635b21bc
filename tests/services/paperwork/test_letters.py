"""A letter goes to a service under an agreement that stands; the card of an appointment says nothing of health."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from tests.services.person.test_appointments import AT, MEET
from tests.services.signposting.test_directory import TALK
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.directory import Way
from workwell_desktop.domain.papers import ApprovalHow, PaperKind, ReleaseHow
from workwell_desktop.domain.participants import PaperFormat, Participant, Party
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, NotApproved
from workwell_desktop.services.coming_in import agreements
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import letters, register
from workwell_desktop.services.person import appointments
from workwell_desktop.services.signposting import directory, service_loops
from workwell_desktop.services.signposting.directory_views import OWN
from workwell_desktop.services.signposting.service_loops import Chosen

Refer = Callable[..., Referred]


@pytest.fixture
def who(refer: Refer) -> Id:
    return refer().participant


@pytest.fixture
def loop(desk: Desk, who: Id) -> Id:
    with desk.unit() as unit:
        unit.set(Participant, who, phone="07700 900123", needs=frozenset({"interpreter"}), language="Polish")
    talk = OWN + directory.add(desk, TALK)
    return service_loops.choose(desk, who, talk, Chosen(Way.REFERRAL, "A place in the group on Thursdays"))


def said(pdf: bytes) -> str:
    """The words of every page, without line ends."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in file))
    finally:
        file.close()


def yes(desk: Desk, loop: Id) -> None:
    letters.agree(desk, loop, letters.letter(desk, loop).content, given=True, how=ApprovalHow.IN_ROOM)


def test_a_letter_says_who_what_is_asked_and_what_is_needed_and_nothing_else_of_the_record(
    desk: Desk, loop: Id
) -> None:
    words = said(letters.letter(desk, loop).pdf)
    for part in (TALK.name, "Danielle Marsh", "A place in the group on Thursdays", "07700 900123", "Polish"):
        assert part in words
    for part in ("999 000 0018", "Northgate", "back", "Off work"):
        assert part not in words


def test_nothing_goes_out_before_the_person_said_yes_to_this_very_letter(desk: Desk, who: Id, loop: Id) -> None:
    assert letters.letter(desk, loop).state == "not_asked"
    with pytest.raises(NotApproved):
        letters.give(desk, loop, ReleaseHow.PRINTED)
    assert register.list_papers(desk, who) == []
    yes(desk, loop)
    assert letters.letter(desk, loop).state == "agreed"
    service_loops.ask(desk, loop, "Something else")
    assert letters.letter(desk, loop).state == "changed"
    with pytest.raises(NotApproved):
        letters.give(desk, loop, ReleaseHow.PRINTED)


def test_an_old_showing_is_no_yes(desk: Desk, loop: Id) -> None:
    before = letters.letter(desk, loop).content
    service_loops.ask(desk, loop, "Something else")
    with pytest.raises(BadInput) as refused:
        letters.agree(desk, loop, before, given=True, how=ApprovalHow.IN_ROOM)
    assert refused.value.reason == "paper_changed"


def test_a_letter_that_goes_out_is_in_the_register_and_moves_the_loop_to_sent(
    desk: Desk, who: Id, loop: Id, tmp_path: Path
) -> None:
    yes(desk, loop)
    place = tmp_path / "letter.pdf"
    letters.save(desk, loop, place)
    assert TALK.name in said(place.read_bytes())
    (line,) = register.list_papers(desk, who)
    assert (line.kind, line.recipient, line.recipient_name) == (PaperKind.REFERRAL_LETTER, Party.SERVICE, TALK.name)
    assert [one.how for one in line.releases] == [ReleaseHow.SAVED]
    assert service_loops.of_participant(desk, who)[0].loop.sent_on == desk.clock.today()


def test_an_agreement_taken_back_stops_the_letter_and_says_what_was_given(desk: Desk, who: Id, loop: Id) -> None:
    yes(desk, loop)
    letters.give(desk, loop, ReleaseHow.PRINTED)
    (standing,) = (one for one in agreements.current(desk, who) if one.party is Party.SERVICE)
    assert standing.agreement is not None
    given = agreements.withdraw(desk, standing.agreement)
    assert len(given) == 1
    with pytest.raises(NotApproved):
        letters.give(desk, loop, ReleaseHow.PRINTED)


def test_a_no_is_written_down_and_nothing_goes_out(desk: Desk, loop: Id) -> None:
    content = letters.letter(desk, loop).content
    letters.agree(desk, loop, content, given=False, how=ApprovalHow.IN_ROOM, reason="Wants to call first")
    assert letters.letter(desk, loop).state == "refused"
    with pytest.raises(NotApproved):
        letters.give(desk, loop, ReleaseHow.PRINTED)


def test_who_asks_for_a_service_themselves_has_no_letter(desk: Desk, who: Id) -> None:
    own = OWN + directory.add(desk, TALK)
    loop = service_loops.choose(desk, who, own, Chosen(Way.SELF, ""))
    with pytest.raises(BadInput) as refused:
        letters.letter(desk, loop)
    assert refused.value.reason == "no_letter"


# --- the card -----------------------------------------------------------------------------------------------------

HEALTH = re.compile(r"\b(health|clinic|pain|mood|sick|medical|therap\w*|workwell)\b", re.IGNORECASE)
PINNED = "Mental health crisis, at any time"


def test_the_card_says_when_where_and_with_whom_with_the_crisis_lines_and_no_word_of_health(
    desk: Desk, who: Id
) -> None:
    talk = appointments.book(desk, who, replace(MEET, purpose="Pain and low mood", interpreter=True, language="Polish"))
    pdf, pages = letters.card(desk, talk)
    words = said(pdf)
    assert pages == 1
    for part in ("Tuesday 1 December 2026, 10am", "45 minutes", "Room 4", "Maya Okafor", "Polish", "116 123", "999"):
        assert part in words
    assert not HEALTH.search(words.replace(PINNED, ""))


def test_the_card_is_in_the_persons_own_format(desk: Desk, who: Id) -> None:
    talk = appointments.book(desk, who, MEET)
    plain, _pages = letters.card(desk, talk)
    with desk.unit() as unit:
        unit.set(Participant, who, paper_format=PaperFormat.LARGE)
    large, _pages = letters.card(desk, talk)
    assert len(large) != len(plain)
    assert "Tuesday 1 December" in said(large)


def test_the_card_can_be_in_another_language_with_the_crisis_lines_in_english_too(desk: Desk, who: Id) -> None:
    talk = appointments.book(desk, who, replace(MEET, mode="phone"))
    words = said(letters.card(desk, talk, "pl")[0])
    for part in ("Twoja wizyta", "zadzwonimy do Ciebie", "wtorek 1 grudnia 2026", "Life in danger", "Zagrożenie życia"):
        assert part in words
    assert "Your appointment" not in words
    assert "By phone" in said(letters.card(desk, talk)[0])
    with pytest.raises(BadInput) as refused:
        letters.card(desk, talk, "fr")
    assert refused.value.reason == "language_not_offered"


def test_the_card_follows_the_appointment_and_the_register_says_that_it_was_given(
    desk: Desk, who: Id, clock: FixedClock
) -> None:
    talk = appointments.book(desk, who, MEET)
    letters.give_card(desk, talk, ReleaseHow.PRINTED)
    clock.set(clock.moment + timedelta(hours=1))
    appointments.move(desk, talk, AT + timedelta(days=1))
    assert "Wednesday 2 December" in said(letters.give_card(desk, talk, ReleaseHow.PRINTED))
    appointments.cancel(desk, talk)
    assert "is cancelled" in said(letters.card(desk, talk)[0])
    (line,) = register.list_papers(desk, who)
    assert (line.kind, line.version, len(line.releases)) == (PaperKind.APPOINTMENT, 2, 2)
