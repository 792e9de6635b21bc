"""The session on its page: how long until a session stands painted, and until the next case does; and how that grows.

What the page reads is measured apart, in ``bench_session.py``.
"""

import statistics
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.benchmarks.bench_page import at_the_window, painted, timed
from tests.benchmarks.caseload import fill_caseload, fill_session
from tests.benchmarks.places import made_desk
from tests.benchmarks.rows import Row
from workwell_desktop.desktop.shell.workspace import Workspace
from workwell_desktop.domain.records import Id

OPENED = 9
STEPS = 40
"""To the next case and back again, so that a short session is gone through as often as a long one."""


def measure_the_session_page() -> list[Row]:
    """At most 150 ms to open a session of 60 cases, 50 ms for the next case, with all that is painted."""
    from workwell_desktop.desktop.pages.meetings.sessions import SessionsPage
    from workwell_desktop.desktop.pages.session import SessionPage

    rows = []
    with tempfile.TemporaryDirectory() as folder:
        desk = made_desk(Path(folder))
        try:
            people = fill_caseload(desk, 60)
            with at_the_window(desk) as workspace:
                for page in (SessionPage, SessionsPage):
                    workspace.navigator.routes.add(page.route, page)
                for cases in (8, 60):
                    starts_at = desk.clock.now() + timedelta(hours=cases)
                    rows += _page(workspace, fill_session(desk, people[:cases], starts_at), cases)
        finally:
            desk.store.close()
    return rows


def _gone() -> None:
    """The page before is painted, and the one before that is gone, as it is in a window that runs its own loop."""
    painted()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    painted()


def _page(workspace: Workspace, session: Id, cases: int) -> list[Row]:
    opened = []
    for _ in range(OPENED):
        workspace.navigator.go("sessions")
        _gone()
        opened.append(timed(lambda: workspace.navigator.go("session", session=str(session))).wall)
    page: Any = workspace.host.page
    step = next(act for act in page.acts() if act.key == "Ctrl+PgDown")
    back = next(act for act in page.acts() if act.key == "Ctrl+PgUp")
    turned: list[float] = []
    while len(turned) < STEPS:
        turned += [timed(step.run).wall for _ in range(min(cases, STEPS // 2) - 1)]
        turned += [timed(back.run).wall for _ in range(min(cases, STEPS // 2) - 1)]
    goals = (150, 50) if cases == 60 else (None, None)
    return [
        Row(f"session of {cases} cases opened and painted", statistics.median(opened), "ms", goal=goals[0]),
        Row(f"next of {cases} cases painted", statistics.median(turned), "ms", goal=goals[1]),
    ]
