"""Handing on what somebody brought: seen and agreed by the person for one party, written down, never to an employer."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.conftest import OFF_SICK
from tests.services.person import test_attachments
from tests.services.person.test_attachments import LETTER, photo
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import AuditKind, Release, ReleaseHow
from workwell_desktop.domain.participants import AgreementKind, Party
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, NotApproved
from workwell_desktop.services.coming_in import agreements
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import brought_on
from workwell_desktop.services.person import attachments, record
from workwell_desktop.services.travel import bundle, case_import

Refer = Callable[..., Referred]
GP = (Party.GP, "Hebble Street Surgery")
elsewhere = test_attachments.elsewhere


@pytest.fixture
def who(refer: Refer) -> Id:
    return refer(work=OFF_SICK).participant


@pytest.fixture
def letter(desk: Desk, who: Id) -> Id:
    return attachments.attach(desk, who, attachments.look_into(desk, photo()), LETTER)


def refused(desk: Desk, letter: Id, party: Party, name: str) -> str:
    with pytest.raises(BadInput) as wrong:
        brought_on.answer(desk, letter, party, name, True)
    return wrong.value.reason


def test_nothing_goes_to_anybody_before_the_person_agreed_to_this_file_for_them(
    desk: Desk, who: Id, letter: Id, tmp_path: Path
) -> None:
    place = tmp_path / "letter.jpg"
    with pytest.raises(NotApproved):
        brought_on.save_as(desk, letter, *GP, place)
    assert not place.exists()
    brought_on.answer(desk, letter, *GP, True)
    for other in ((Party.SERVICE, "Calder Talking Group"), (Party.JOBCENTRE, GP[1]), (Party.GP, "Another Surgery")):
        with pytest.raises(NotApproved):
            brought_on.give(desk, letter, *other)
    brought_on.save_as(desk, letter, *GP, place)
    with desk.read() as reader:
        (gone,) = reader.list(Release, scope=who)
        seen = [one.record for one in reader.events(participant=who) if one.kind is AuditKind.RELEASED]
        (kept,) = [one.file for one in reader.list(Attachment, scope=who)]
        assert kept is not None
        assert place.read_bytes() == reader.blob(kept)
    assert (gone.document, gone.recipient_name, gone.basis, gone.how) == (letter, GP[1], "approval", ReleaseHow.SAVED)
    assert seen == [letter]
    (given,) = agreements.already_given(desk, who, Party.GP)
    assert (given.brought, given.content) == ("oh_letter", kept.sha256)
    assert {one.kind for one in record.everything(desk, who)} >= {"brought_agreed", "brought_given"}


def test_the_person_has_a_copy_of_their_own_without_being_asked(desk: Desk, letter: Id) -> None:
    assert brought_on.give(desk, letter, Party.PARTICIPANT, "")
    (gone,) = brought_on.view(desk, letter).gone
    assert (gone.name, gone.by_name) == ("Danielle Marsh", "Maya Okafor")


def test_error_10_an_employer_has_nothing_from_here_by_whatever_name(desk: Desk, letter: Id) -> None:
    for party, name in ((Party.EMPLOYER, "Northgate Parcels"), (Party.SERVICE, "northgate parcels ltd")):
        assert refused(desk, letter, party, name) == "not_to_an_employer"
        with pytest.raises(NotApproved):
            brought_on.give(desk, letter, party, name)


def test_an_answer_of_no_counts_and_a_later_yes_takes_its_place(desk: Desk, letter: Id, clock: FixedClock) -> None:
    brought_on.answer(desk, letter, *GP, False, reason="Not that page")
    with pytest.raises(NotApproved):
        brought_on.give(desk, letter, *GP)
    clock.set(clock.moment + timedelta(minutes=5))
    brought_on.answer(desk, letter, *GP, True)
    assert brought_on.give(desk, letter, *GP)


def test_an_answer_runs_out(desk: Desk, letter: Id, clock: FixedClock) -> None:
    brought_on.answer(desk, letter, *GP, True)
    clock.set(clock.moment + timedelta(days=desk.site.pace.approval_days + 1))
    assert [one.state for one in brought_on.view(desk, letter).answers] == ["run_out"]
    with pytest.raises(NotApproved):
        brought_on.give(desk, letter, *GP)


def test_an_agreement_taken_back_in_the_middle_stops_it(desk: Desk, who: Id, letter: Id, clock: FixedClock) -> None:
    share = AgreementDetails(AgreementKind.SHARE, Party.GP, given=True, how="in_room")
    agreement = agreements.record(desk, who, share)
    brought_on.answer(desk, letter, *GP, True)
    clock.set(clock.moment + timedelta(minutes=5))
    assert agreements.withdraw(desk, agreement) == ()
    with pytest.raises(NotApproved):
        brought_on.give(desk, letter, *GP)
    assert refused(desk, letter, *GP) == "agreement_taken_back"
    assert brought_on.view(desk, letter).gone == ()


def test_what_was_taken_away_goes_nowhere(desk: Desk, letter: Id) -> None:
    brought_on.answer(desk, letter, *GP, True)
    attachments.remove(desk, letter, "Wrong person")
    assert refused(desk, letter, *GP) == "attachment_gone"
    with pytest.raises(BadInput):
        brought_on.give(desk, letter, *GP)


def test_nobody_is_no_recipient(desk: Desk, letter: Id) -> None:
    assert refused(desk, letter, Party.SERVICE, "  ") == "no_recipient"


def test_answers_and_what_was_given_travel_with_the_case(desk: Desk, letter: Id, who: Id, elsewhere: Desk) -> None:
    brought_on.answer(desk, letter, *GP, True)
    brought_on.give(desk, letter, *GP)
    sent = json.dumps(bundle.export_case(desk, who)).encode()
    assert case_import.import_case(elsewhere, sent).problems == ()
    here, there = brought_on.view(desk, letter), brought_on.view(elsewhere, letter)
    assert there.answers == here.answers
    assert [(one.name, one.how, one.at) for one in there.gone] == [(one.name, one.how, one.at) for one in here.gone]
