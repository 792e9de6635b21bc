"""Work on the one thread, answers on the window's, changes told once."""

import threading
from typing import Any

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.desktop.conftest import settle
from workwell_desktop.desktop.operations import Inline, Operations, Worker
from workwell_desktop.errors import Locked


def test_work_is_done_on_one_thread_in_order_and_answered_on_ours(qtbot: QtBot) -> None:
    operations = Operations(Worker())
    here, seen, answers = threading.get_ident(), [], []

    def work(number: int) -> int:
        seen.append(threading.get_ident())
        return number

    last = None
    for number in range(5):
        last = operations.run(
            None, lambda number=number: work(number), lambda found: answers.append((found, threading.get_ident()))
        )  # type: ignore[misc]
    assert last is not None
    with qtbot.waitSignal(last.ended, timeout=5000):
        assert operations.running
    operations.close()
    assert answers == [(number, here) for number in range(5)]
    assert len(set(seen)) == 1
    assert seen[0] != here
    assert not operations.running


def test_a_failure_is_told_to_the_nearest_page(qtbot: QtBot) -> None:
    operations = Operations(Inline())
    told: list[Exception] = []

    class Page(QObject):
        def fail(self, error: Exception) -> None:
            told.append(error)

    page = Page()
    child = QObject(page)
    unexpected: list[Any] = []
    operations.unexpected.connect(unexpected.append)

    def refuse() -> None:
        raise Locked

    def stumble() -> None:
        raise LookupError

    operations.run(child, refuse)
    operations.run(child, stumble)
    assert [type(error) for error in told] == [Locked, LookupError]
    assert [type(error) for error in unexpected] == [LookupError]
    operations.close()


def test_nobody_is_told_when_the_page_is_gone(qtbot: QtBot) -> None:
    operations = Operations(Worker())
    owner = QObject()
    gate, told = threading.Event(), []
    operation = operations.run(owner, gate.wait, lambda _found: told.append("done"))
    owner.deleteLater()
    settle()
    with qtbot.waitSignal(operation.ended, timeout=5000):
        gate.set()
    operations.close()
    assert told == []


def test_progress_comes_to_the_window(qtbot: QtBot) -> None:
    operations = Operations(Worker())
    steps: list[tuple[int, int]] = []

    def work(report: Any) -> str:
        report(1, 2)
        report(2, 2)
        return "made"

    operation = operations.run(None, work, progress=lambda done, of: steps.append((done, of)))  # type: ignore[arg-type]
    with qtbot.waitSignal(operation.ended, timeout=5000):
        pass
    operations.close()
    assert steps == [(1, 2), (2, 2)]


def test_changes_made_on_the_worker_arrive_on_our_thread(qtbot: QtBot) -> None:
    operations = Operations(Worker())
    heard: list[tuple[object, int]] = []
    operations.changed.connect(lambda changes: heard.append((changes, threading.get_ident())))
    with qtbot.waitSignal(operations.changed, timeout=5000):
        operations.run(None, lambda: operations.notice([("action", "a", "p")]))
    operations.close()
    assert heard == [(frozenset({("action", "a", "p")}), threading.get_ident())]


def test_that_an_event_was_noted_wakes_no_page() -> None:
    operations = Operations(Inline())
    heard: list[object] = []
    operations.changed.connect(heard.append)
    operations.notice([("audit_event", "e", "p")])
    operations.notice([("audit_event", "e", "p"), ("action", "a", "p")])
    operations.close()
    assert heard == [frozenset({("action", "a", "p")})]
