"""The session of eight cases: prepared and run by keyboard, the laptop dies in the middle, and everything is there."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages.at_work import NOW, focus
from tests.desktop.reader import Role, find_all, name_of, says, tree
from tests.journeys import running
from tests.journeys.hands import CONTROL, Hands
from tests.journeys.running import decide, in_front
from tests.services.conftest import CHEAP, PASSPHRASE
from tests.support.tree import ROOT
from workwell_desktop.app import StoreGate
from workwell_desktop.desktop.begin import program_for
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import PaperKind, TeamDocument
from workwell_desktop.domain.plans import Action
from workwell_desktop.domain.sessions import Outcome, SessionStatus, Withdrawn
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import case_pages, session_pages
from workwell_desktop.services.meeting.session_views import CaseView
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.safekeeping import opening

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")


def killed_at_the_fifth(path: Path) -> None:
    """A process of its own prepares and runs the session, and is killed with the fifth case in front."""
    running.make(path)
    arguments = [sys.executable, "-m", "tests.journeys.running", str(path)]
    room = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
        env=os.environ | {"WORKWELL_HOME": str(path.parent)},
    )  # fmt: skip
    assert room.stdout is not None
    said = room.stdout.readline()
    os.kill(room.pid, signal.SIGKILL)
    assert room.wait() == -signal.SIGKILL
    room.stdout.close()
    assert said == "AT 5\n", "the session never came to its fifth case"


@pytest.fixture
def hands(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    """The program begun anew on the store of the killed one."""
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path))
    path = tmp_path / "room.workwell"
    killed_at_the_fifth(path)
    clock = FixedClock(NOW)
    desk = opening.unlock(path, running.person(path, "Maya Okafor"), PASSPHRASE, clock=clock, profile=CHEAP)
    assert desk.store.check().ok
    program = program_for(StoreGate(path, clock), clock)
    program.window.resize(1366, 768)
    program.start()
    program.enter(desk)
    program.window.activateWindow()
    made = Hands(program)
    made.rest()
    yield made
    program.window.close()
    program.close()
    program.window.deleteLater()
    settle()


def cases(desk: Desk) -> list[CaseView]:
    """What the store holds of the eight."""
    (line,) = [one for one in session_pages.list_sessions(desk) if one.status is not SessionStatus.PLANNED]
    return [case_pages.view_case(desk, one.item) for one in session_pages.view_session(desk, line.session).agenda]


def goes_on_at_the_same_case(hands: Hands) -> None:
    hands.key(Qt.Key.Key_3, modifier=CONTROL)
    (row,) = [name_of(one) for one in tree(hands.page) if name_of(one).startswith("Calder Valley team")][:1]
    hands.to(row)
    hands.key(Qt.Key.Key_Return)
    assert hands.page.route == "session"
    assert in_front(hands) == "Eva Qureshi"
    assert "5 of 8" in says(hands.page.agenda)
    assert "4 of 4 here, quorum met" in hands.says()
    assert hands.page.decision.decision.value() == "Ask for softer lamps."
    assert hands.page.decision.why.value() == "They start it."
    assert "Look at the lamps" in hands.says()
    assert "Thinks: Softer ones first." in hands.says()
    first, second, third, fourth, fifth, *_rest = cases(hands.page.context.desk)
    assert (first.decision, first.outcome, first.provisional) == ("Full days from Monday.", Outcome.CARRY_ON, False)
    assert sorted((one.name, one.facts, one.opinion) for one in first.contributions) == [
        ("Helen Frost", "The scan is clear.", "Full days are safe."),
        ("Priya Nair", "Lifts ten kilos.", "Two more visits."),
    ]
    assert [(one.text, one.owner_name, one.due) for one in first.actions] == [
        ("Ask the depot for early shifts", "Priya Nair", date(2026, 11, 25))
    ]
    assert (second.withdrawn, third.withdrawn) == (Withdrawn.NOT_READY, Withdrawn.PERSON_ASKED)
    assert (third.visible, third.question) == (False, None)
    assert (fourth.outcome, fourth.provisional) == (Outcome.STEP_UP, True)
    assert (fifth.decision, fifth.decided_at) == ("Ask for softer lamps.", None)


def decides_the_rest(hands: Hands) -> None:
    hands.go_on()
    assert in_front(hands) == "Finn Bennett"
    decide(hands, "Refer to the sleep clinic.", "He sleeps four hours.", "Refer on")
    hands.go_on()
    assert in_front(hands) == "Gita Hughes"
    hands.key(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert in_front(hands) == "Hal Adeyemi"
    hands.key(Qt.Key.Key_E, modifier=CONTROL | Qt.KeyboardModifier.ShiftModifier)


def carries_one_over_and_locks(hands: Hands) -> None:
    assert hands.page.route == "signoff"
    assert "Not reached" in hands.says()
    hands.press("Make the next session")
    reason = next(
        one.accessibleName()
        for one in find_all(hands.page, Role.EditableText)
        if one.accessibleName().startswith("Why not today")
    )
    hands.fill(reason, "No time left.")
    hands.go_on()
    hands.fill("Passphrase of Helen Frost", PASSPHRASE)
    hands.go_on()
    assert "signed by the chair" in hands.says()


def finds_what_was_decided(hands: Hands, desk: Desk) -> None:
    seventh = cases(desk)[6]
    assert session_pages.view_session(desk, seventh.session).agenda[6].carried == "No time left."
    (coming,) = [one for one in session_pages.list_sessions(desk) if one.status is SessionStatus.PLANNED]
    assert [
        (one.name, one.question, one.carried) for one in session_pages.view_session(desk, coming.session).agenda
    ] == [("Gita Hughes", "Who asks the depot?", None)]
    with desk.read() as reader:
        assert [one.kind for one in reader.list(TeamDocument)] == [PaperKind.MINUTES]
        assert {one.text for one in reader.list(Action)} == {
            "Ask the depot for early shifts", "Write to the employer", "Look at the lamps",
        }  # fmt: skip
    (minutes,) = register.list_session_papers(desk, seventh.session)
    assert (minutes.kind, minutes.present) == (PaperKind.MINUTES, 1)
    hands.key(Qt.Key.Key_3, modifier=CONTROL)
    held = [name_of(one) for one in tree(hands.page) if name_of(one).startswith("Calder Valley team, Tuesday 24")]
    hands.to(held[0])
    hands.key(Qt.Key.Key_Return)
    assert hands.page.route == "signoff"
    assert "Minutes" in hands.says()
    hands.key(Qt.Key.Key_1, modifier=CONTROL)
    words = hands.says()
    assert "Write to the employer" in words, "the action of the one who is signed in"
    for name in ("Ava Ashworth", "Eva Qureshi", "Finn Bennett"):
        assert name in words, f"{name} is to be told"
    hands.key(Qt.Key.Key_2, modifier=CONTROL)
    hands.write("tallis")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return)
    assert hands.page.route == "record"
    hands.do("Open the plan")
    hands.press("Begin a plan")
    assert "Write to the employer" in hands.says()


@pytest.mark.timeout(180)
def test_eight_cases_are_prepared_run_and_locked_though_the_laptop_dies_in_the_middle(hands: Hands) -> None:
    goes_on_at_the_same_case(hands)
    desk = hands.page.context.desk
    decides_the_rest(hands)
    carries_one_over_and_locks(hands)
    finds_what_was_decided(hands, desk)
    # a colleague signs in, and finds what is theirs to do
    path = desk.store.path
    hands.key(Qt.Key.Key_L, modifier=CONTROL)
    desk.store.close()
    other = opening.unlock(path, running.person(path, "Priya Nair"), PASSPHRASE, clock=FixedClock(NOW), profile=CHEAP)
    hands.program.enter(other)
    hands.program.window.activateWindow()
    hands.rest()
    hands.key(Qt.Key.Key_1, modifier=CONTROL)
    assert "Ask the depot for early shifts" in hands.says()
    assert focus().window() is hands.window
