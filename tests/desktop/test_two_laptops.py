"""Two laptops at one hub: a session fills in on both, and what the hub misses is said until it is back."""

import socket
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tests.desktop import two_laptops
from tests.desktop.conftest import settle
from tests.desktop.laptop import NOW, Laptop
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.desktop.two_laptops import comes
from tests.services.conftest import PASSPHRASE
from tests.sync.conftest import hub_server
from workwell_desktop.app import StoreGate
from workwell_desktop.desktop.begin import program_for
from workwell_desktop.desktop.operations import Worker
from workwell_desktop.desktop.pages.sync.by_file import ByFile
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Presence, Topics
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import agenda, case_pages, discussions, session_pages, sessions
from workwell_desktop.sync.hub.local import LocalHub

__all__ = ["hub_server"]


def meeting(desk: Desk) -> None:
    """A running session with Dani's case."""
    made = sessions.create_session(desk, Id(min(desk.person.teams)), NOW, place="Room 4", chair=desk.me)
    with desk.read() as reader:
        dani = reader.list(Participant)[0].id
    item = agenda.add_case(desk, made, dani, question="What next?")
    about = case_pages.view_case(desk, item).discussion
    discussions.agree_to_discuss(desk, about, Topics.YES, own_words="To work.", view_how=Code("told_coach"))
    sessions.start_session(desk, made)
    for one in session_pages.view_session(desk, made).attendees:
        sessions.attend(desk, one.attendance, Presence.PRESENT)


def test_a_session_fills_in_on_both_and_a_hub_that_goes_and_comes(
    qapp: QApplication, hub_server: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path))
    office = two_laptops.fresh_hub(hub_server)
    made = two_laptops.prepare(tmp_path, office, meeting)
    with two_laptops.windows(*made) as (one, two):
        for laptop in (one, two):
            laptop.unlock()
            assert comes(lambda at=laptop: "All sent" in says(at.window))  # type: ignore[misc]
            (line,) = session_pages.list_sessions(laptop.desk)
            laptop.go("session", session=str(line.session))
            assert comes(lambda at=laptop: bool(find_all(at.page, Role.EditableText, "Decision")))  # type: ignore[misc]

        typed(one.page, "Decision", "Half days from Monday.")
        QTest.keyClick(find(one.page, Role.EditableText, "Decision"), Qt.Key.Key_Tab)
        assert comes(lambda: value(two.page, "Decision") == "Half days from Monday.")

        # the hub goes: what is written stays here, and is said to be only here
        hub_server.stop("immediate")
        one.go("today")
        note(one.desk, "Why not sooner?")
        assert comes(lambda: "exist only here" in says(one.window) or "exists only here" in says(one.window))
        assert comes(lambda: "The hub is not in reach." in says(one.window))
        one.go("sync")
        assert comes(lambda: "The last sync did not go through." in says(one.page))
        assert "Danielle Marsh" in says(one.page)

        # and comes back: it goes by itself, and by the key
        hub_server.start()
        QTest.keyClick(one.window, Qt.Key.Key_F9)
        assert comes(lambda: "Everything you wrote is at the hub too." in says(one.page))
        assert "The last sync did not go through." not in says(one.page)
        assert comes(lambda: value(two.page, "Why") == "Why not sooner?")

        # by file: for that computer alone, and reading what is known does no harm
        stick = tmp_path / "stick.changes"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(stick), ""))
        click(one.page, Role.Button, "Write a file for it")
        settle()
        assert "Choose for which computer the file is." in says(one.page)
        card = one.page.findChild(ByFile)
        card._to.set_value(next(key for key, other in card._others.items() if other.name == "Second laptop"))
        click(one.page, Role.Button, "Write a file for it")
        assert comes(lambda: "Nobody is known to work on that computer yet" in says(one.page))
        card._to_chosen()
        card._for.set_value([two.desk.me])
        click(one.page, Role.Button, "Write a file for it")
        assert comes(lambda: "Nobody else can." in says(one.page))
        two.go("sync")
        assert comes(lambda: bool(find_all(two.page, Role.EditableText, "File from a colleague")))
        typed(two.page, "File from a colleague", str(stick))
        QTest.keyClick(find(two.page, Role.EditableText, "File from a colleague"), Qt.Key.Key_Return)
        assert comes(lambda: "came in." in says(two.page) or "nothing new" in says(two.page))
        typed(one.page, "File from a colleague", str(stick))
        click(one.page, Role.Button, "Read it")
        assert comes(lambda: "That file was made for another computer" in says(one.page))

        # the lock ends it: nothing is asked of a hub behind it
        work = one.program.workspace
        assert work is not None
        click(one.window, Role.Button, "Lock")
        assert comes(lambda: not one.program.operations.running)
        assert one.gate._desk is None


def value(page: QWidget, name: str) -> str:
    """What stands in a field."""
    return str(find(page, Role.EditableText, name).value())  # type: ignore[attr-defined]


def note(desk: Desk, words: str) -> None:
    (line,) = session_pages.list_sessions(desk)
    item = session_pages.view_session(desk, line.session).agenda[0].item
    found = case_pages.view_case(desk, item)
    discussions.note_decision(desk, found.discussion, decision=found.decision, rationale=words, outcome=found.outcome)


def test_somebody_joins_on_the_first_page_and_is_let_in_on_the_page_of_the_hub(
    qapp: QApplication, hub_server: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path / "home"))
    office = two_laptops.fresh_hub(hub_server)
    made, _second = two_laptops.prepare(tmp_path, office, lambda _desk: None)
    file = tmp_path / "invitation.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    with two_laptops.windows(made) as (one,):
        one.unlock()
        page = one.go("devices")
        assert comes(lambda: bool(find_all(page, Role.EditableText, "Password")))
        typed(page, "Password", "not the password")
        QTest.keyClick(find(page, Role.EditableText, "Password"), Qt.Key.Key_Return)
        assert comes(lambda: "The hub did not let the login “postgres” in." in says(page))
        find(page, Role.EditableText, "Password").set_value(office.password)  # type: ignore[attr-defined]
        QTest.keyClick(find(page, Role.EditableText, "Password"), Qt.Key.Key_Return)
        assert comes(lambda: "Let a computer in" in says(page))
        assert "Without a computer at the hub\nTom Reid" in says(page)
        assert comes(lambda: bool(find_all(page, Role.CheckBox, "Tom Reid")))
        click(page, Role.CheckBox, "Tom Reid")
        click(page, Role.Button, "Make a code")
        assert comes(lambda: "It is shown this once." in says(page))
        (code,) = [line for line in says(page).splitlines() if line.startswith("Code: ")]
        click(page, Role.Button, "Save the invitation")
        assert comes(lambda: file.is_file() and "All sent" in says(one.window))
        assert code.removeprefix("Code: ").replace(" ", "").replace(", ", "") not in file.read_text(encoding="utf-8")

        # on another computer, with nothing on it
        gate = StoreGate(None, one.clock)
        program = program_for(gate, one.clock, Worker())
        program.start()
        try:
            begin = program.window
            click(begin, Role.Button, "Join a partnership")
            settle()
            typed(begin, "Invitation", str(file))
            typed(begin, "Code", code.removeprefix("Code: "))
            click(begin, Role.Button, "Open the invitation")
            assert comes(lambda: "Join Calder Valley partnership" in says(begin))
            typed(begin, "Passphrase", PASSPHRASE)
            click(begin, Role.Button, "Join")
            assert comes(lambda: "I have written it down" in says(begin) or "Recovery" in says(begin), 20)
            assert gate._desk is not None
            assert gate._desk.person.name == "Tom Reid"
            with gate._desk.read() as reader:
                assert [one.name for one in reader.list(Team)] == ["Calder Valley team"]
        finally:
            program.window.close()
            program.close()
            gate.close()
            program.window.deleteLater()


def test_a_computer_without_a_hub_asks_nobody(at_laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        pytest.fail("somebody was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    at_laptop.unlock()
    settle()
    assert "Everything here is on this computer alone. Keep a backup." in says(at_laptop.window)
    assert not [one for one in threading.enumerate() if one.name == "sync"]
    QTest.keyClick(at_laptop.window, Qt.Key.Key_F9)
    settle()
    assert at_laptop.page.route == "sync"
    said = says(at_laptop.page)
    assert "This computer is at no hub, so nothing goes anywhere by itself." in said
    at_laptop.go("devices")
    assert "No hub was set up from this computer" in says(at_laptop.page)
