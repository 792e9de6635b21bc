"""Closing a session: one reason for what was not reached, who stands by the record, the papers that may follow."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import AtWork, focus, press, write
from tests.desktop.pages.meeting import go_on, open_page
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import AdviceKind, Outcome, SessionStatus, Topics, Withdrawn
from workwell_desktop.services.meeting import agenda, discussions, sessions, sign_off
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.planning import commitments


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("closing") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        yield found


def decide(work: AtWork, discussion: Id) -> None:
    discussions.decide(work.desk, discussion, decision="Half days.", rationale="It fits.", outcome=Outcome.CARRY_ON)


def locked(work: AtWork) -> Id:
    """A session that its chair has locked and signed; Maya was there too."""
    session = meeting.session(work)
    for one in meeting.cases(work, session):
        decide(work, one.discussion)
    sign_off.sign_off(work.desk, session, PASSPHRASE)
    return session


def test_one_reason_carries_every_case_that_is_open(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "signoff", session=session)
    fields = {one.accessibleName() for one in find_all(page, Role.EditableText)}
    assert fields == {"Why not today, all of them"}
    assert focus().accessibleName() == "Why not today, all of them"
    go_on()
    assert "Say why it was not reached." in says(page)
    assert meeting.view(work, session).undecided
    write("No time was left")
    go_on()
    assert [one.carried for one in meeting.view(work, session).agenda] == ["No time was left"] * 2
    assert find(page, Role.Button, "Lock and sign the minutes").isEnabled()


def test_a_case_may_have_a_reason_of_its_own_by_keyboard(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "signoff", session=session)
    write("No time was left")
    find(page, Role.Button, "A reason of its own: 2 Marlon Price").setFocus()
    press(Qt.Key.Key_Space)
    assert focus().accessibleName() == "Why not today: 2 Marlon Price"
    write("He is away")
    go_on()
    reasons = [one.carried for one in meeting.view(work, session).agenda]
    assert reasons == ["No time was left", "He is away"]


def test_a_case_without_agreement_goes_by_its_number_and_a_withdrawn_one_says_why(work: AtWork) -> None:
    session = meeting.session(work)
    first, second = meeting.cases(work, session)
    discussions.agree_to_discuss(work.desk, second.discussion, Topics.NO)
    page = open_page(work, "signoff", session=session)
    assert find(page, Role.Button, "A reason of its own: Case 2").isEnabled()
    agenda.withdraw_case(work.desk, first.item, Withdrawn.NOT_READY)
    settle()
    typed(page, "Why not today: Case 2", "Not agreed")
    go_on()
    words = says(page)
    assert "It is not ready" in words
    assert "Withdrawn" in words
    assert "The case goes by its number, without a name." in words
    assert "Marlon" not in words
    assert "Ready?" not in words


def test_costs_drafts_and_who_was_there_are_read_back(work: AtWork) -> None:
    session = meeting.session(work)
    one, _other = meeting.cases(work, session)
    decide(work, one.discussion)
    helen = meeting.person(work, "Helen Frost")
    discussions.set_there(work.desk, one.discussion, Code("both"))
    commitments.fund(work.desk, one.discussion, "Taxi", Decimal(240), helen)
    commitments.advise(work.desk, one.discussion, AdviceKind.FIT_NOTE, "Lighter work", helen)
    words = says(open_page(work, "signoff", session=session))
    assert "Taxi: £240.00, approved by Helen Frost" in words
    assert "Draft for a fit note" in words
    assert "Helen Frost: Lighter work" in words
    assert "Dani and a supporter were there" in words


def test_whoever_may_not_run_sessions_is_refused_and_keeps_the_reason(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "signoff", session=session)
    write("No time")
    work.desk.person = replace(work.desk.person, roles=frozenset({"clinician"}))
    go_on()
    assert "Please ask someone who may do it" in says(page)
    assert find(page, Role.EditableText, "Why not today, all of them").value() == "No time"  # type: ignore[attr-defined]
    assert not any(one.carried for one in meeting.view(work, session).agenda)


def test_a_colleague_co_signs_at_this_window_with_their_own_passphrase(work: AtWork) -> None:
    session = locked(work)
    page = open_page(work, "signoff", session=session)
    click(page, Role.Button, "Co-sign the record")
    settle()
    assert focus().accessibleName() == "Passphrase of Maya Okafor"
    write("not mine at all")
    click(page, Role.Button, "Co-sign the record")
    settle()
    assert "That is not the passphrase of this person." in says(page)
    assert meeting.view(work, session).cosigners == ()
    work.clock.set(work.clock.moment + timedelta(minutes=1))
    find(page, Role.EditableText, "Passphrase of Maya Okafor").setFocus()
    write(PASSPHRASE)
    click(page, Role.Button, "Co-sign the record")
    settle()
    assert [one.name for one in meeting.view(work, session).cosigners] == ["Maya Okafor"]
    assert "Maya Okafor stands by this record, today, 10:43am." in says(page)
    assert not find_all(page, Role.Button, "Co-sign the record")
    assert "1 line or signature came after the minutes were signed." in says(page)


def test_one_case_gets_a_paper_of_its_own_and_the_chair_signs_again_what_came_since(work: AtWork) -> None:
    session = locked(work)
    page = open_page(work, "signoff", session=session)
    click(page, Role.Button, "Make a paper of one case")
    settle()
    assert focus().accessibleName() == "Case"
    click(page, Role.Button, "Make a paper of one case")
    settle()
    assert "Choose one first." in says(page)
    find(page, Role.ComboBox, "Case").setFocus()
    press(Qt.Key.Key_Down)
    find(page, Role.EditableText, "Passphrase of Helen Frost").setFocus()
    write(PASSPHRASE)
    click(page, Role.Button, "Make a paper of one case")
    settle()
    dani = meeting.participant(work, "Danielle")
    (line,) = register.list_papers(work.desk, dani)
    assert register.verify_paper(work.desk, register.paper_bytes(work.desk, line.document)).valid
    assert "It is among the papers of this person, signed" in says(page)
    work.clock.set(work.clock.moment + timedelta(minutes=1))
    sessions.add_session_addendum(work.desk, session, "Tom came late.")
    settle()
    click(page, Role.Button, "Sign the minutes again")
    settle()
    write(PASSPHRASE)
    click(page, Role.Button, "Sign the minutes again")
    settle()
    assert "the one before says that a newer one took its place" in says(page)
    assert [one.version for one in register.list_session_papers(work.desk, session) if not one.superseded] == [2]
    assert not find_all(page, Role.Button, "Sign the minutes again")
    assert meeting.view(work, session).status is SessionStatus.LOCKED
