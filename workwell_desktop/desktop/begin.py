"""Opens the window: the application, its face, the gate, and behind it a workspace for whoever signs in."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from workwell_desktop.assets import product
from workwell_desktop.desktop import access
from workwell_desktop.desktop.diagnostics import diagnostics
from workwell_desktop.desktop.gate import Gate
from workwell_desktop.desktop.operations import Operations, Runner
from workwell_desktop.desktop.program import Program
from workwell_desktop.desktop.speaking import speak
from workwell_desktop.desktop.theme.theme import STYLE, theme
from workwell_desktop.desktop.widgets.mark import mark_icon
from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.screen import text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workwell_desktop.desktop.pages.assessment.handed import HandedScreen
    from workwell_desktop.desktop.shell.context import Context
    from workwell_desktop.desktop.shell.workspace import Workspace
    from workwell_desktop.services.desk import Desk

DESKTOP_FILE = "workwell-desktop"
"""The name of the menu entry that an installed program brings, by which a Linux desktop knows its windows."""

_BETWEEN_LETTERS = 1_000
"""Milliseconds in which letters add up to a word in a list; Qt's own 400 are too few for who types slowly."""

LIVELY = frozenset({"session", "signoff"})
"""Pages that fill in on several computers at once."""


def application() -> QApplication:
    """The one QApplication, dressed."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    made = QApplication([*sys.argv[:1], *STYLE])
    made.setApplicationDisplayName(product())
    made.setDesktopFileName(DESKTOP_FILE)
    made.setKeyboardInputInterval(_BETWEEN_LETTERS)
    access.install()
    theme().start(made)
    made.setWindowIcon(mark_icon())
    return made


def open_window(gate: Gate, clock: Clock) -> int:
    """Shows the window until it is closed; the exit code."""
    app = application()
    program = program_for(gate, clock)
    say = partial(_say_in_front, program)
    diagnostics().happened.connect(say)
    diagnostics().install()
    _begin_at_home()
    program.window.fit(app.primaryScreen().availableSize())
    program.start()
    try:
        return app.exec()
    finally:
        program.close()
        diagnostics().uninstall()
        diagnostics().happened.disconnect(say)


def _begin_at_home() -> None:
    """A menu starts a program in the system's own folder: there nobody can save, and every dialog would begin there."""
    if not os.access(Path.cwd(), os.W_OK):
        kinds = QStandardPaths.StandardLocation.DocumentsLocation, QStandardPaths.StandardLocation.HomeLocation
        own = (Path(QStandardPaths.writableLocation(kind)) for kind in kinds)
        os.chdir(next((folder for folder in own if folder.is_dir()), Path.cwd()))


def _say_in_front(program: Program, error: Exception) -> None:
    """An error that nobody caught is said on the page in front, as any other is."""
    work = program.workspace
    if work is not None and work.host.page is not None:
        work.host.page.fail(error)


def program_for(gate: Gate, clock: Clock, runner: Runner | None = None) -> Program:
    """The way through the window; ``runner`` Inline does all work at once, for tests and pictures."""
    operations = Operations(runner)
    diagnostics().clock = clock
    operations.unexpected.connect(diagnostics().note)
    return Program(gate, operations, clock, make_workspace)


def _above(context: "Context") -> "QWidget":
    """What stands above every page: reminders, that backups are late, and the tour of a rehearsal store."""
    from workwell_desktop.desktop.backing import Backing
    from workwell_desktop.desktop.kit import Clear, column
    from workwell_desktop.desktop.reminding import Reminding

    both = Clear()
    box = column(both, (0, 0, 0, 0), 0)
    box.addWidget(Reminding(context))
    box.addWidget(Backing(context))
    if context.desk.rehearsal:
        from workwell_desktop.desktop.touring import Touring

        box.addWidget(Touring(context))
    return both


def make_workspace(desk: "Desk", program: Program) -> "Workspace":
    """What a signed-in person works in, before any page is gone to. Pages, services and the store are loaded by now."""
    from workwell_desktop.desktop.pages import routes
    from workwell_desktop.desktop.phrases import Phrases
    from workwell_desktop.desktop.shell.context import Context
    from workwell_desktop.desktop.shell.navigator import Navigator, Routes
    from workwell_desktop.desktop.shell.workspace import Doors, Workspace
    from workwell_desktop.desktop.spelling import Spelling
    from workwell_desktop.desktop.standing import find_people, here_facts, rail_facts, undoing
    from workwell_desktop.desktop.syncing import Syncing
    from workwell_desktop.domain.acts import Act
    from workwell_desktop.services.safekeeping import settings

    chosen = settings.mine(desk)
    speak(program.language or chosen["language"])
    program.gate.spoken(chosen["language"])
    theme().choose(percent=int(chosen["text_size"]), scheme=chosen["theme"])
    navigator = Navigator(Routes({**routes.table()}))
    operations = program.operations
    program.at_end(
        desk.store.on_change(
            lambda touched: operations.notice((kind, str(one), str(scope)) for kind, one, scope in touched)
        )
    )
    syncing = Syncing(desk, operations)
    program.at_end(syncing.end)
    doors = Doors(
        lock=program.lock,
        quit=program.window.close,
        rail=lambda: rail_facts(desk, syncing.now),
        here=lambda: here_facts(desk, syncing.now),
        sync=lambda: syncing.sync_now() if syncing.now.on else navigator.go("sync"),
        undoing=undoing(desk),
        rest_after=program.rest_after,
        remember_text_size=lambda size: settings.choose(desk, "text_size", str(size)),
        hand_over=lambda participant, response: program.hand_over(handed(participant, response)),
        above=_above,
    )

    def handed(participant: str, response: str) -> "HandedScreen":
        from workwell_desktop.desktop.pages.assessment.handed import HandedScreen

        return HandedScreen(desk, operations, program.clock, participant, response)

    profession = desk.person.profession
    role = text(f"first_run.profession.{profession.value}") if profession else ""
    workspace = Workspace(navigator, doors, name=desk.person.name or "", role=role)
    workspace.finders.add(lambda words: find_people(desk, navigator, words), slow=True)
    menus = workspace.menus
    if desk.may(Act.EDIT_OWN_SETTINGS):
        spelling = Spelling(desk, operations)
        program.at_end(spelling.close)
        menus.add("edit", "spelling", spelling.next_word, "F7", words=text("spelling.next"))
    menus.add("edit", "phrase", Phrases(desk).open, "F8", words=text("phrases.insert"))
    syncing.moved.connect(workspace.refresh_sync)
    workspace.host.shown.connect(lambda page: syncing.set_lively(page.route in LIVELY))
    workspace.serve(Context(desk, operations, navigator, theme(), program.clock, workspace, syncing))
    if desk.rehearsal:
        from workwell_desktop.desktop.touring import offer

        offer(workspace)
    # after the page in front has asked for what it shows
    QTimer.singleShot(0, syncing, syncing.begin)
    return workspace
