"""Maya at work on a real store, in the real window: Dani Marsh is taken in, and the shipped forms are on the shelf."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget

from tests.desktop.conftest import settle
from tests.services.conftest import CHEAP, FIRST, OFF_SICK, PASSPHRASE, TAKES_PART, dani
from workwell_desktop.desktop.operations import Inline, Operations
from workwell_desktop.desktop.pages.assessment import AssessmentPage
from workwell_desktop.desktop.pages.library.form import FormPage
from workwell_desktop.desktop.pages.library.page import LibraryPage
from workwell_desktop.desktop.pages.library.taking import TakeInPage
from workwell_desktop.desktop.pages.library.trying import TryPage
from workwell_desktop.desktop.pages.person.risk import RiskPage
from workwell_desktop.desktop.shell.context import Context, Params
from workwell_desktop.desktop.shell.navigator import Navigator, Routes
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.shell.window import Window
from workwell_desktop.desktop.shell.workspace import Doors, Workspace
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Mode, ReferralSource
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Value
from workwell_desktop.services.assessing import assessments, library
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.referrals import NewReferral
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import read_slots

FORMS = "https://workwell-desktop.example/forms/"
BEFORE = datetime(2026, 11, 17, 10, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)

SEVERAL, HALF, NEARLY = 1, 2, 3
HOURS = "How many hours a week do you usually work?"
JOB = "What is your job, or the last job you had?"


class RecordPage(Page):
    """Stands for the record."""

    route = "record"

    def enter(self, params: Params) -> None:
        self.set_title(f"Record of {params['participant']}")
        self.ready()


@dataclass
class AtWork:
    """The window with somebody signed in."""

    desk: Desk
    window: Window
    workspace: Workspace
    clock: FixedClock
    dani: Id

    @property
    def page(self) -> Any:
        return self.workspace.host.page

    def go(self, route: str, **params: str) -> Any:
        """Opens a page about Dani."""
        self.workspace.navigator.go(route, participant=self.dani, **params)
        settle()
        return self.page

    def back(self) -> Any:
        self.workspace.navigator.back()
        settle()
        return self.page

    def answers(self, response: Id) -> dict[str, Value]:
        """What the store holds."""
        with self.desk.read() as reader:
            return dict(reader.answers(response))

    def filled(self, form: str, answers: Mapping[str, Any], *, complete: bool = True) -> Filling:
        """Answers a form through the services; a whole number names the option at that place."""
        filling = assessments.start(self.desk, self.dani, FORMS + form, Mode.INTERVIEW)
        rows = {row.link_id: row for row in filling.run.rows()}
        for link_id, given in answers.items():
            options = rows[link_id].options
            value = options[given].value if options and isinstance(given, int) else given
            assessments.answer(self.desk, filling, link_id, value)
        if complete:
            assessments.complete(self.desk, filling)
        return filling


def make(path: Path) -> None:
    """A closed store."""
    clock = FixedClock(BEFORE)
    desk, _code = opening.create(path, FIRST, clock=clock, profile=CHEAP)
    library.bring_in_shipped(desk)
    new = NewReferral(
        source=ReferralSource.GP,
        reason="Off work with her back.",
        who=dani(),
        agreements=(TAKES_PART,),
        work=OFF_SICK,
        accept=True,
    )
    referrals.create(desk, new)
    desk.lock()


def begun(work: AtWork, form: str) -> Id:
    """A form that was begun on its page."""
    work.go("assessment", form=FORMS + form)
    found = work.page.filling
    assert found is not None
    response: Id = found.response
    return response


@contextmanager
def begin(made: Path, folder: Path, *, size: tuple[int, int] = (1366, 768)) -> Iterator[AtWork]:
    """Opens a copy of the store in a window."""
    for file in made.parent.iterdir():
        if file.name.startswith(made.name) and not file.name.endswith(".lock"):
            shutil.copy(file, folder / file.name)
    clock = FixedClock(NOW)
    path = folder / made.name
    desk = opening.unlock(path, Id(read_slots(path).people[0].person), PASSPHRASE, clock=clock, profile=CHEAP)
    pages: tuple[type[Page], ...] = (
        AssessmentPage,
        RiskPage,
        LibraryPage,
        FormPage,
        TakeInPage,
        TryPage,
        RecordPage,
    )
    navigator = Navigator(Routes({page.route: page for page in pages}))
    workspace = Workspace(navigator, Doors(lambda: None, lambda: None), name="Maya Okafor", role="Coach")
    operations = Operations(Inline())
    leave = desk.store.on_change(operations.notice)
    window = Window()
    window.resize(*size)
    window.put(workspace)
    window.show()
    window.activateWindow()
    workspace.serve(Context(desk, operations, navigator, theme(), clock, workspace))
    with desk.read() as reader:
        from workwell_desktop.domain.participants import Participant

        who = reader.list(Participant)[0].id
    try:
        yield AtWork(desk, window, workspace, clock, who)
    finally:
        leave()
        window.close()
        window.deleteLater()
        settle()
        operations.close()
        desk.store.close()


MOST_OPTIONS = 40


def focus() -> QWidget:
    """What holds the focus."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, times: int = 1, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses a key where the focus is."""
    for _ in range(times):
        QTest.keyClick(focus(), key, modifier)
        settle()


def tab_to(name: str, most: int = 60) -> QWidget:
    """Goes on with the Tab key until the control of this name has the focus; in a group on by the arrows."""
    seen = []
    for _ in range(most):
        if offered(name):
            choose(name)
        if focus().accessibleName() == name:
            return focus()
        seen.append(focus().accessibleName())
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"the Tab key never came to {name!r}; it went by {seen}")


def offered(name: str) -> bool:
    """Whether the focus is on another option of the group that this one belongs to: the Tab key stops there once."""
    here = focus()
    group = here.group() if isinstance(here, QRadioButton) else None
    return group is not None and any(one.accessibleName() == name for one in group.buttons() if one is not here)


def choose(name: str) -> None:
    """Goes through a group of radio buttons by the arrows until this one is chosen."""
    seen: set[str] = set()
    for key in [way for way in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left) for _ in range(7)]:
        if focus().accessibleName() == name:
            press(Qt.Key.Key_Space)
            return
        seen.add(focus().accessibleName())
        press(key)
    raise AssertionError(f"the arrows never came to {name!r}; they went by {sorted(seen)}")


def pick(control: Any, code: str) -> None:
    """Chooses as a person does with the keyboard: in a group by the figure in the circle, in a list by the arrows."""
    first = getattr(control, "first", None)
    (first() if first is not None else control).setFocus()
    settle()
    figure = getattr(control, "figures", {}).get(code)
    if figure is not None:
        press(Qt.Key(Qt.Key.Key_0 + int(figure)))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        for _ in range(MOST_OPTIONS):
            if control.value() == code:
                return
            press(key)
    raise AssertionError(f"no key came to {code!r}")


def write(words: str) -> None:
    """Types where the focus is."""
    QTest.keyClicks(focus(), words)
