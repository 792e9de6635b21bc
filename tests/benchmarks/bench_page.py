"""How long the assessment page takes on the form of 697 items: from the file to its first paint, and from an answer to
its repaint. The form lies outside the repository; where it is absent these lines are left out.
"""

import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.benchmarks.places import made_desk, referred
from tests.benchmarks.rows import Row
from workwell_desktop.desktop.operations import Inline, Operations
from workwell_desktop.desktop.shell.context import Context
from workwell_desktop.desktop.shell.navigator import Navigator, Routes
from workwell_desktop.desktop.shell.window import Window
from workwell_desktop.desktop.shell.workspace import Doors, Workspace
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.services.assessing import assessments, library
from workwell_desktop.services.desk import Desk

CORPUS = Path(os.environ.get("WORKWELL_FORMS_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "forms-corpus"))
LARGE = "http://www.health.gov.au/assessments/mbs/715"
FILE = "packages_smart-forms-renderer_src_stories_assets_questionnaires_QMbs715Tester.ts_qBasicMbs715.json"
OURS = "https://workwell-desktop.example/forms/"
OPENED = 15
ROUNDS = 2
"""How often each question of the large form is answered, each time otherwise."""
ROUNDS_SHORT = 12


def large_form() -> bytes | None:
    """The bytes of the form of 697 items, or None where the corpus is absent."""
    file = CORPUS / "resources" / "aehrc+smart-forms" / FILE
    return file.read_bytes() if file.is_file() else None


@contextmanager
def at_the_window(desk: Desk) -> Iterator[Workspace]:
    """The real window with the assessment page; all work is done at once, so that a time holds all of it."""
    from workwell_desktop.desktop.begin import application
    from workwell_desktop.desktop.pages.assessment import AssessmentPage

    application()
    workspace = Workspace(
        Navigator(Routes({"assessment": AssessmentPage})), Doors(lambda: None, lambda: None), name="Maya", role="Coach"
    )
    operations = Operations(Inline())
    leave = desk.store.on_change(operations.notice)
    window = Window()
    window.resize(1366, 768)
    window.put(workspace)
    window.show()
    window.activateWindow()
    workspace.serve(Context(desk, operations, workspace.navigator, theme(), desk.clock, workspace))
    try:
        yield workspace
    finally:
        leave()
        window.close()
        operations.close()


def painted() -> None:
    """Until everything that waits is laid out and painted."""
    for _ in range(3):
        QApplication.processEvents()


class Took(NamedTuple):
    """Milliseconds that somebody waits, and those of them in which this process worked: on a busy computer the second
    alone is the program's own."""

    wall: float
    cpu: float


def timed(act: Callable[[], object]) -> Took:
    """An act with its paint."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    painted()
    return Took((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)


def taken(act: Callable[[], object]) -> Took:
    """An act with its paint, beginning without rubbish."""
    gc.collect()
    return timed(act)


def ninety_five(found: list[float]) -> float:
    return statistics.quantiles(found, n=20)[-1]


def measure_the_assessment_page() -> list[Row]:
    """Opens forms and answers on their pages."""
    with tempfile.TemporaryDirectory() as folder:
        desk = made_desk(Path(folder))
        try:
            with at_the_window(desk) as workspace:
                return [*_page(desk, workspace, OURS + "phq-9", "PHQ-9", ROUNDS_SHORT), *_large(desk, workspace)]
        finally:
            desk.store.close()


def _large(desk: Desk, workspace: Workspace) -> list[Row]:
    source = large_form()
    if source is None:
        print(f"the corpus of forms is not at {CORPUS} (WORKWELL_FORMS_CORPUS): the form of 697 items is left out")
        return []
    library.import_form(desk, source)
    return _page(desk, workspace, LARGE, "697 items", ROUNDS)


def _page(desk: Desk, workspace: Workspace, url: str, name: str, rounds: int) -> list[Row]:
    who = referred(desk)
    response = assessments.start(desk, who, url).response
    opened = []
    for _ in range(OPENED):
        opened.append(taken(lambda: workspace.navigator.go("assessment", participant=str(who), response=str(response))))
    page: Any = workspace.host.page
    parts = [taken(lambda part=part: page.show_part(part)) for part in range(len(page.parts))]  # type: ignore[misc]
    repaints: list[Took] = []
    talks: list[Took] = []
    _time_repaints(page, repaints, talks)
    answers = [one for turn in range(rounds) for part in range(len(page.parts)) for one in _answers(page, part, turn)]
    rows = [
        *_both(f"{name}: opened to first paint, median", opened, statistics.median, goal=150),
        *_both(f"{name}: an answer repainted, 95 in 100", repaints, ninety_five, goal=16),
        Row(f"{name}: an answer repainted, median", statistics.median(one.wall for one in repaints), "ms"),
        *_both(f"{name}: an answer durable and repainted, 95 in 100", answers, ninety_five),
    ]
    if talks:
        rows += _both(f"{name}: the talk about risk on the page after its answer, median", talks, statistics.median)
    if len(parts) > 1:
        rows += _both(f"{name}: the slowest part, first shown", parts, max)
    return rows


def _both(
    name: str, found: Sequence[Took], of: Callable[[list[float]], float], goal: float | None = None
) -> tuple[Row, Row]:
    """A line for what somebody waits, and one for what the program works."""
    return (
        Row(name, of([one.wall for one in found]), "ms", goal=goal),
        Row(f"{name}, work alone", of([one.cpu for one in found]), "ms", goal=goal),
    )


def _time_repaints(page: Any, found: list[Took], talks: list[Took]) -> None:
    """Times what the window does with an answer that is saved, to the end of its painting, and what it does with the
    next turn of the event loop where the answer asks for the talk about risk."""
    real, talk = page.saving._saved, page.risks_changed
    asked: list[bool] = []
    page.risks_changed = lambda: asked.append(True)

    def saved(result: Any) -> None:
        found.append(timed(lambda: real(result)))
        if asked:
            asked.clear()
            talks.append(timed(talk))

    page.saving._saved = saved


def _answers(page: Any, part: int, turn: int) -> list[Took]:
    """Answers the questions of one part as they stand, one after another; each ``turn`` says something else."""
    page.show_part(part)
    painted()
    gc.collect()
    found = []
    pages = page.parts[part].pages
    asked = [row for row in page.shot.rows if row.page in pages and row.shown and not row.read_only]
    for row in [one for one in asked if one.item.type in ("choice", "boolean", "string", "text", "integer")][:12]:
        words = f"So it is, {turn}"
        kinds: dict[str, Any] = {"boolean": turn % 2 == 0, "string": words, "text": words, "integer": 3 + turn}
        value = row.options[turn % len(row.options)].value if row.options else kinds.get(row.item.type)
        if row.item.several:
            value = (value,)
        if value is None or value == (None,):
            continue
        found.append(timed(lambda row=row, value=value: page.saving.answered(row.path, value)))  # type: ignore[misc]
    return found
