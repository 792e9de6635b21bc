"""The real menu bar: every act of the window and of the page in front, with its key."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from workwell_desktop.desktop.shell.context import PageAct
from workwell_desktop.desktop.widgets.words import button_words
from workwell_desktop.domain.screen import text

MENUS = ("file", "edit", "go", "participant", "session", "help")


class Menus:
    """Builds the menus into a bar and, for the folded form, into one pop-up."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.bar = QMenuBar()
        self.bar.setNativeMenuBar(False)
        self.bar.setAccessibleName(text("shell.menus"))
        self.whole = QMenu(window)
        self._menus: dict[str, QMenu] = {}
        self._page: list[QAction] = []
        self._rules: dict[str, QAction] = {}
        self.actions: dict[str, QAction] = {}
        for name in MENUS:
            menu = QMenu(text(f"shell.menu_{name}"), window)
            self._menus[name] = menu
            self.bar.addMenu(menu)
            self.whole.addMenu(menu)

    def add(self, menu: str, name: str, act: Callable[[], Any], key: str = "", *, words: str = "") -> QAction:
        """An act of the window; its words are ``shell.act.<name>`` unless given."""
        action = QAction(words or text(f"shell.act.{name}"), self._window)
        if key:
            action.setShortcuts([QKeySequence(one) for one in key.split("|")])
        action.triggered.connect(lambda _on=False: act())
        self._menus[menu].addAction(action)
        # A shortcut works while the menu bar is hidden only if the window has the action itself
        self._window.addAction(action)
        self.actions[name] = action
        return action

    def rule(self, menu: str) -> None:
        """A line between groups."""
        self._menus[menu].addSeparator()

    def show_page(self, acts: Sequence[PageAct]) -> None:
        """Puts the acts of the page in front into their menus, at the top."""
        for old in self._page:
            for menu in self._menus.values():
                menu.removeAction(old)
            self._window.removeAction(old)
            old.deleteLater()
        self._page = []
        for act in acts:
            action = QAction(button_words(act.words), self._window)
            if act.key:
                action.setShortcut(QKeySequence(act.key))
            action.setEnabled(act.enabled())
            action.triggered.connect(lambda _on=False, run=act.run: run())
            menu = self._menus[act.menu]
            before = menu.actions()
            first_own = next((found for found in before if found not in self._page), None)
            if first_own is None:
                menu.addAction(action)
            else:
                menu.insertAction(first_own, action)
            self._window.addAction(action)
            self._page.append(action)
        for menu in self._menus.values():
            menu.menuAction().setVisible(bool(menu.actions()))

    def close(self) -> None:
        """Nobody is signed in: no act works from behind the lock."""
        self.show_page(())
        for action in self.actions.values():
            action.setEnabled(False)

    def open(self) -> None:
        """Somebody is signed in."""
        for action in self.actions.values():
            action.setEnabled(True)
