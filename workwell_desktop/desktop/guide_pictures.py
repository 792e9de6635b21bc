"""The pictures that stand in the guide (``workwell screenshots --guide``): few, small, and of pages that exist.

    SHOWN ──▶ the page is opened by its route ──▶ few colours ──▶ name.png, with its mark inside

The mark says of which page and in which size a picture was made, so that one of another page, of another size or made
by hand is found.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from workwell_desktop.catalogue import SOURCE_LANGUAGE
from workwell_desktop.desktop.begin import application, program_for
from workwell_desktop.desktop.gate import Gate
from workwell_desktop.desktop.operations import Inline
from workwell_desktop.desktop.pictures import places, without_tour
from workwell_desktop.desktop.screenshots import Look, Picture, draw, settle
from workwell_desktop.desktop.shell.workspace import Workspace
from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.papers import Document, PaperStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import ReadOnlyFolder
from workwell_desktop.services.paperwork import register

if TYPE_CHECKING:
    from workwell_desktop.services.desk import Desk

WHOLE, PART = (1366, 690), (1000, 640)
"""With the rail, as on the usual laptop; and with the rail folded, so that words stay legible on a page of text."""
MADE_BY = "Made by"
"""The key of the mark among a picture's own words."""
_COLOURS = 56


class Shown(NamedTuple):
    """A picture of the guide: its name, and how large its window is."""

    name: str
    size: tuple[int, int] = PART

    @property
    def mark(self) -> str:
        """What the picture says of itself."""
        return f"workwell screenshots --guide: {self.name}, {self.size[0]} by {self.size[1]}"


SHOWN = (
    Shown("record", WHOLE),
    Shown("today"),
    Shown("assessment"),
    Shown("session"),
    Shown("plan"),
    Shown("plan-sign"),
    Shown("paper"),
    Shown("verify"),
    Shown("sync"),
)


def draw_guide(gate: Gate, desk: "Desk", out: Path, clock: Clock) -> Sequence[Path]:
    """Draws each of ``SHOWN`` into ``out``; ReadOnlyFolder where it cannot be written."""
    app = application()
    program = program_for(gate, clock, Inline())
    program.language = SOURCE_LANGUAGE
    program.start()
    settle(app)
    try:
        without_tour(desk)
        program.enter(desk)
        return shoot(program.workspace, desk, out) if program.workspace is not None else []
    finally:
        program.window.close()
        program.close()


def shoot(workspace: Workspace, desk: "Desk", out: Path, wanted: Sequence[Shown] = SHOWN) -> list[Path]:
    """The same, or some of them, in a window that is open and signed in."""
    go = workspace.navigator.go
    shows: dict[str, Callable[[], None]] = {name: partial(go, route, **params) for name, route, params in places(desk)}
    shows["verify"] = lambda: _check_a_paper(workspace, desk, out)
    files = []
    for size in (WHOLE, PART):
        pictures = [Picture(one.name, _shower(shows[one.name])) for one in wanted if one.size == size]
        files += draw(workspace.window(), pictures, out, [Look("", size=size)])
    for one in wanted:
        file = out / f"{one.name}.png"
        if not small(QImage(str(file)), one.mark).save(str(file)):
            raise ReadOnlyFolder
    return files


def _shower(show: Callable[[], None]) -> Callable[[QWidget], None]:
    return lambda _window: show()


def small(picture: QImage, mark: str) -> QImage:
    """The picture in the colours that it has most of: few of them keep its file small."""
    whole = picture.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(whole.constBits()).cast("I"))
    colours = [colour for colour, _many in counted.most_common(_COLOURS)]
    made = whole.convertToFormat(QImage.Format.Format_Indexed8, colours, Qt.ImageConversionFlag.ThresholdDither)
    made.setText(MADE_BY, mark)
    return made


def _check_a_paper(workspace: Workspace, desk: "Desk", out: Path) -> None:
    """The page that checks a paper, with one that everybody signed; its file is gone when it was looked at."""
    from workwell_desktop.desktop.pages.papers.verify import VerifyPage

    workspace.navigator.go("verify")
    page = workspace.host.page
    paper = _signed(desk)
    if not isinstance(page, VerifyPage) or paper is None:
        return
    file = out / "action-plan.pdf"
    file.write_bytes(register.paper_bytes(desk, paper))
    try:
        page.look(file)
    finally:
        file.unlink()


def _signed(desk: "Desk") -> Id | None:
    with desk.read() as reader:
        signed: Iterable[Document] = reader.list(
            Document, order_by=("-made_at", "id"), status=PaperStatus.COMPLETE, limit=1
        )
        return next((one.id for one in signed), None)
