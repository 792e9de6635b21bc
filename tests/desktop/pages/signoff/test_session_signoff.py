"""Sign-off: what was not reached rolls on with a reason, the chair locks, and then it is read and added to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import AtWork, focus, press, tab_to, write
from tests.desktop.pages.meeting import go_on, open_page
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Outcome, SessionStatus
from workwell_desktop.services.meeting import discussions, session_pages, sessions, sign_off


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("signoff") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        yield found


def decided(work: AtWork, *, both: bool = True) -> Id:
    """A session whose first case, or both, are decided."""
    made = meeting.session(work)
    for one in meeting.cases(work, made)[: 2 if both else 1]:
        discussions.decide(
            work.desk, one.discussion, decision="Half days.", rationale="It fits.", outcome=Outcome.CARRY_ON
        )
    return made


def locked(work: AtWork) -> Id:
    """A session that its chair has locked and signed."""
    made = decided(work)
    sign_off.sign_off(work.desk, made, PASSPHRASE)
    return made


def test_what_was_not_reached_goes_to_the_next_session_with_its_reason(work: AtWork) -> None:
    made = decided(work, both=False)
    page = open_page(work, "signoff", session=made)
    assert not find_all(page, Role.Button, "Lock and sign the minutes")
    click(page, Role.Button, "Make the next session")
    settle()
    assert "Each goes to the next session, Tuesday 1 December, 10:42am" in says(page)
    go_on()
    assert "Say why it was not reached." in says(page)
    assert meeting.view(work, made).undecided
    typed(page, "Why not today: 2 Marlon Price", "No time was left")
    go_on()
    assert meeting.view(work, made).agenda[1].carried == "No time was left"
    coming = next(one for one in session_pages.list_sessions(work.desk) if one.status is SessionStatus.PLANNED)
    (line,) = meeting.view(work, coming.session).agenda
    assert (line.name, line.question) == ("Marlon Price", "Ready?")
    assert "Carried over" in says(page)
    assert find(page, Role.Button, "Lock and sign the minutes").isEnabled()


def test_a_reason_that_is_typed_outlasts_a_change_from_elsewhere(work: AtWork) -> None:
    made = decided(work, both=False)
    page = open_page(work, "signoff", session=made)
    typed(page, "Why not today: 2 Marlon Price", "No time")
    discussions.set_own_words(work.desk, meeting.cases(work, made)[0].discussion, "Said again", None)
    settle()
    assert find(page, Role.EditableText, "Why not today: 2 Marlon Price").value() == "No time"  # type: ignore[attr-defined]
    assert focus().accessibleName() == "Why not today: 2 Marlon Price"


def test_a_reason_that_was_begun_is_there_again_after_looking_elsewhere(work: AtWork) -> None:
    made = decided(work, both=False)
    page = open_page(work, "signoff", session=made)
    typed(page, "Why not today: 2 Marlon Price", "No time was")
    open_page(work, "sessions")
    page = open_page(work, "signoff", session=made)
    assert find(page, Role.EditableText, "Why not today: 2 Marlon Price").value() == "No time was"  # type: ignore[attr-defined]
    go_on()
    assert meeting.view(work, made).agenda[1].carried == "No time was"


def test_a_wrong_passphrase_locks_nothing_and_says_so_at_the_field(work: AtWork) -> None:
    made = decided(work)
    page = open_page(work, "signoff", session=made)
    assert focus().accessibleName() == "Passphrase of Helen Frost"
    go_on()
    assert "The chair’s passphrase is needed to lock and sign." in says(page)
    write("not hers at all")
    go_on()
    assert "That is not the passphrase of this person." in says(page)
    assert meeting.view(work, made).status is SessionStatus.RUNNING
    field = find(page, Role.EditableText, "Passphrase of Helen Frost")
    assert field.text() == ""  # type: ignore[attr-defined]


def test_a_locked_session_is_read_only_with_dated_addenda(work: AtWork) -> None:
    made = locked(work)
    page = open_page(work, "session", session=made)
    page = work.page
    assert page.route == "signoff"
    words = says(page)
    assert "Helen Frost locked this session today, 10:42am." in words
    assert "signed by the chair" in words
    assert "Half days." in words
    fields = {one.accessibleName() for one in find_all(page, Role.EditableText)}
    assert fields == {"New addendum"}
    names = {one.accessibleName() for one in find_all(page, Role.Button)}
    assert not names & {"Lock and sign the minutes", "Back to the session", "Carry over", "Change who is here"}
    tab_to("New addendum")
    go_on()
    assert "Write the addendum first." in says(page)
    write("Tom came late.")
    go_on()
    (line,) = meeting.view(work, made).addenda
    assert (line.text, line.author) == ("Tom came late.", "Maya Okafor")
    assert "Added today, 10:42am, Maya Okafor" in says(page)
    assert find(page, Role.EditableText, "New addendum").value() == ""  # type: ignore[attr-defined]


def test_minutes_that_were_left_unsigned_are_signed_afterwards(work: AtWork) -> None:
    made = decided(work)
    with work.desk.lent(meeting.person(work, "Helen Frost"), PASSPHRASE) as chair:
        sessions.lock_session(chair, made)
    page = open_page(work, "signoff", session=made)
    assert "Locked, minutes not signed yet" in says(page)
    assert focus().accessibleName() == "Passphrase of Helen Frost"
    write(PASSPHRASE)
    go_on()
    assert "signed by the chair" in says(page)
    assert session_pages.list_sessions(work.desk)[0].signed


def test_preparing_a_locked_session_leads_to_reading_it(work: AtWork) -> None:
    made = locked(work)
    open_page(work, "prepare", session=made)
    assert work.page.route == "signoff"


def test_the_list_says_what_is_still_open_and_opens_what_comes_next(work: AtWork) -> None:
    made = locked(work)
    running = meeting.session(work)
    page = open_page(work, "sessions")
    words = says(page)
    assert "2 people to tell" in words
    assert "2 cases not decided" in words
    assert words.index("Running now") < words.index("Held")
    held = find(page, Role.Button, "Read the minutes: Calder Valley team, Tuesday 24 November, 10:42am")
    held.setFocus()
    press(Qt.Key.Key_Return)
    assert (work.page.route, work.page.params["session"]) == ("signoff", made)
    page = open_page(work, "sessions")
    click(page, Role.Button, "Open the session: Calder Valley team, Tuesday 24 November, 10:42am")
    settle()
    assert (work.page.route, work.page.params["session"]) == ("session", running)
