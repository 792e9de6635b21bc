"""What is in front while somebody is signed in: rail or folded bar, top bar, the page; and the acts of the window."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from workwell_desktop.assets import product
from workwell_desktop.desktop.access import announce
from workwell_desktop.desktop.shell import focus
from workwell_desktop.desktop.shell.context import Context
from workwell_desktop.desktop.shell.host import Host
from workwell_desktop.desktop.shell.menus import Menus
from workwell_desktop.desktop.shell.navigator import Navigator
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.shell.palette import Finders, Found, Palette
from workwell_desktop.desktop.shell.rail import NAV, Folded, Rail, RailFacts
from workwell_desktop.desktop.theme.fonts import load_more_fonts
from workwell_desktop.desktop.theme.scale import STEPS
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.banner import Region
from workwell_desktop.desktop.widgets.buttons import Button
from workwell_desktop.desktop.widgets.layouts import column, row
from workwell_desktop.desktop.widgets.words import Words, button_words
from workwell_desktop.domain.screen import text

ACTS_TO_FIND = (
    *("new_referral", "sync", "sync_page", "lock", "keys", "help"),
    *("guide", "events", "diagnostics", "about"),
)
"""Acts of the menus that Ctrl+K finds."""


@dataclass(frozen=True)
class Undoing:
    """The store's undo as the window needs it. ``words`` gives what would be taken back and done again, or nothing;
    the three are called on the store's thread."""

    words: Callable[[], tuple[str, str]]
    undo: Callable[[], Any]
    redo: Callable[[], Any]


@dataclass(frozen=True)
class Doors:
    """What the workspace asks of whoever opened it; each may be left out where it has no place."""

    lock: Callable[[], Any]
    quit: Callable[[], Any]
    rail: Callable[[], RailFacts] | None = None
    """Read on the store's thread after changes."""
    here: Callable[[], RailFacts] | None = None
    """The part of it that tells of syncing, without counts: read when syncing moves on."""
    sync: Callable[[], Any] | None = None
    undoing: Undoing | None = None
    rest_after: Callable[[int | None], Any] | None = None
    remember_text_size: Callable[[int], Any] | None = None
    hand_over: Callable[[str, str], Any] | None = None
    """Of a participant and a response."""
    above: Callable[[Context], QWidget] | None = None
    """Makes what stands above every page, such as reminders."""


class Workspace(QWidget):
    """One for each signed-in person. It is the ``Frame`` that pages see."""

    def __init__(self, navigator: Navigator, doors: Doors, *, name: str, role: str) -> None:
        super().__init__()
        load_more_fonts()
        self.setObjectName("shell")
        self.navigator, self.doors = navigator, doors
        self.finders = Finders()
        self.host = Host()
        self.menus = Menus(self)
        self.context: Context | None = None
        self._windows: list[QWidget] = []
        self._facts = RailFacts()
        routes = frozenset(entry.route for entry in NAV if entry.route in navigator.routes)
        self.rail = Rail(self._go, routes)
        self.rail.show_person(name, role)
        self.rail.show_facts(RailFacts())
        self.folded = Folded(self._go, routes)
        self.topbar = self._make_topbar()
        self._lay()
        self._fill_menus(routes)
        self._connect()
        self.restyle()
        self.finders.add(self._find_pages)

    def serve(self, context: Context) -> None:
        """Begins to show pages."""
        self.context = context
        self.host.serve(context)
        # a method, and no function around it: the operations outlive this and would keep it, and the desk with it
        context.operations.changed.connect(self.refresh_rail)
        self.refresh_rail()
        if self.doors.above is not None:
            self._right.insertWidget(1, self.doors.above(context))

    # The frame that pages see

    def refresh_rail(self) -> None:
        """Reads counts, sync state and undo again."""
        if self.context is None:
            return
        if self.doors.rail is not None:
            self.context.operations.run(self, self.doors.rail, self._show_facts, lambda _error: None)
        if self.doors.undoing is not None:
            self.context.operations.run(self, self.doors.undoing.words, self._show_undo, lambda _error: None)

    def refresh_sync(self) -> None:
        """Syncing moved on: what is only here is read again, and nothing else."""
        if self.context is not None and self.doors.here is not None:
            self.context.operations.run(self, self.doors.here, self._show_here, lambda _error: None)

    def open_window(self, widget: QWidget) -> None:
        """Shows a second window and closes it with this one."""
        self._windows = [*self.windows(), widget]
        widget.show()

    def windows(self) -> tuple[QWidget, ...]:
        """The second windows that are open."""
        return tuple(window for window in self._windows if window.isVisible())

    def acts_changed(self) -> None:
        """The page in front says its acts anew."""
        page = self.host.page
        self.menus.show_page(page.acts() if page is not None else ())

    def hand_over(self, participant: str, response: str) -> None:
        """One form goes into the hands of the person it is about."""
        if self.doors.hand_over is not None:
            self.doors.hand_over(participant, response)

    def rest_after(self, minutes: int | None) -> None:
        """While a session runs the window rests later than usual."""
        if self.doors.rest_after is not None:
            self.doors.rest_after(minutes)

    def rest_windows(self) -> tuple[QWidget, ...]:
        """Second windows that have a neutral card put it up at once and are given back; the others are closed."""
        kept = []
        for window in self.windows():
            rest = getattr(window, "rest", None)
            if rest is None:
                window.close()
            else:
                rest()
                kept.append(window)
        self._windows = []
        return tuple(kept)

    def adopt(self, windows: Iterable[QWidget]) -> None:
        """Windows that stood with their neutral card while nobody was signed in."""
        self._windows = [*self.windows(), *windows]

    def close_windows(self) -> None:
        """At the lock nothing of a person stays on another screen."""
        for window in self._windows:
            window.close()
        self._windows = []

    # Making

    def _make_topbar(self) -> Region:
        bar = Region(text("shell.topbar"))
        bar.setObjectName("topbar")
        box = row(bar, (12, 0, 24, 0), 8)
        box.addWidget(self.menus.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        self.find_box = Button(text("shell.find"), self.open_palette, kind="find", icon_name="search")
        inner = row(self.find_box, (0, 0, 10, 0), 0)
        inner.addStretch(1)
        key = Words("Ctrl+K", "note", "soft", wrap=False)
        key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner.addWidget(key)
        box.addWidget(self.find_box, 0, Qt.AlignmentFlag.AlignVCenter)
        return bar

    def _lay(self) -> None:
        outer = column(self)
        outer.addWidget(self.folded)
        middle = row(None, (0, 0, 0, 0), 0)
        middle.addWidget(self.rail)
        right = column()
        right.addWidget(self.topbar)
        right.addWidget(self.host, 1)
        self._right = right
        middle.addLayout(right, 1)
        outer.addLayout(middle, 1)

    def _fill_menus(self, routes: frozenset[str]) -> None:
        add = self.menus.add
        if "referral" in self.navigator.routes:
            add("file", "new_referral", lambda: self._go("referral"), "Ctrl+N")
        if self.doors.sync is not None:
            add("file", "sync", self.doors.sync, "F9")
        self.menus.rule("file")
        add("file", "lock", self.doors.lock, "Ctrl+L")
        add("file", "quit", self.doors.quit, "Ctrl+Q")
        add("edit", "undo", partial(self._undo, redo=False), "Ctrl+Z")
        add("edit", "redo", partial(self._undo, redo=True), "Ctrl+Y|Ctrl+Shift+Z")
        self.menus.rule("edit")
        add("edit", "larger", lambda: self._resize_text(1), "Ctrl++|Ctrl+=")
        add("edit", "smaller", lambda: self._resize_text(-1), "Ctrl+-")
        add("edit", "usual", lambda: self._resize_text(0), "Ctrl+0")
        add("go", "back", self.navigator.back, "Alt+Left")
        add("go", "forward", self.navigator.forward, "Alt+Right")
        self.menus.rule("go")
        for entry in NAV:
            if entry.route in routes:
                add(
                    "go", entry.route, partial(self._go, entry.route), entry.key, words=text(f"shell.nav.{entry.route}")
                )
        if "services" in self.navigator.routes:
            add("go", "services", partial(self._go, "services"), "Ctrl+8")
        for name in ("events", "sync_page"):
            route = name.removesuffix("_page")
            if route in self.navigator.routes:
                add("go", name, partial(self._go, route))
        self.menus.rule("go")
        add("go", "find", self.open_palette, "Ctrl+K")
        add("go", "next", self._press_filled, "Ctrl+Return|Ctrl+Enter")
        add("go", "region", lambda: focus.next_region(self.window()), "F6")
        add("go", "region_back", lambda: focus.next_region(self.window(), -1), "Shift+F6")
        add("help", "help", self._help, "F1")
        if "help" in self.navigator.routes:
            add("help", "guide", lambda: self.navigator.go("help", topic="index"))
        for name, key in (("keys", "Ctrl+/"), ("diagnostics", ""), ("about", "")):
            if name in self.navigator.routes:
                add("help", name, partial(self._go, name), key)

    def _connect(self) -> None:
        self.rail.lock.connect(self.doors.lock)
        self.folded.lock.clicked.connect(lambda _on: self.doors.lock())
        self.folded.find_box.clicked.connect(lambda _on: self.open_palette())
        self.folded.back.clicked.connect(lambda _on: self.navigator.back())
        self.folded.menu.clicked.connect(lambda _on: self._open_menu())
        if self.doors.sync is not None:
            self.rail.sync.connect(self.doors.sync)
        if "sync" in self.navigator.routes:
            self.rail.open_sync.connect(partial(self._go, "sync"))
        self.host.shown.connect(self._shown)
        self.navigator.moved.connect(self._moved)
        QShortcut(QKeySequence("F10"), self).activated.connect(self._open_menu)
        self._moved()

    # Doing

    def open_palette(self) -> None:
        """Find a person, a page or an act."""
        if self.context is None:
            return
        Palette(self, self.finders, self.context.operations).open()

    def _go(self, route: str) -> None:
        self.navigator.go(route)

    def _open_menu(self) -> None:
        if self.folded.isVisible():
            self.menus.whole.popup(self.folded.menu.mapToGlobal(self.folded.menu.rect().bottomLeft()))
        else:
            self.menus.bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
            self.menus.bar.setActiveAction(self.menus.bar.actions()[0])

    def _help(self) -> None:
        page = self.host.page
        topic = (page.help_topic or page.route) if page is not None else ""
        self.navigator.go("help", topic=topic)

    def _press_filled(self) -> None:
        button = self.host.page.filled_button() if self.host.page is not None else None
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()

    def _resize_text(self, step: int) -> None:
        scale = theme().scale
        percent = STEPS[0] if step == 0 else (scale.larger() if step > 0 else scale.smaller()).percent
        theme().choose(percent=percent)
        self._fold()
        if self.doors.remember_text_size is not None:
            self.doors.remember_text_size(percent)

    def _undo(self, *, redo: bool) -> None:
        from PySide6.QtWidgets import QApplication

        typing = QApplication.focusWidget()
        if isinstance(typing, QLineEdit | QPlainTextEdit) and _typed(typing, redo=redo):
            (typing.redo if redo else typing.undo)()
            return
        undoing = self.doors.undoing
        if undoing is not None and self.context is not None:
            fail = self.host.page.fail if self.host.page is not None else None
            action = self.menus.actions["redo" if redo else "undo"].data() or ""

            def done(_what: object) -> None:
                if action:
                    announce(text("shell.redone" if redo else "shell.undone", what=action), self)
                self.refresh_rail()

            self.context.operations.run(self, undoing.redo if redo else undoing.undo, done, fail)

    def _show_undo(self, words: tuple[str, str]) -> None:
        for name, what in zip(("undo", "redo"), words, strict=True):
            action = self.menus.actions[name]
            action.setText(button_words(text(f"shell.{name}", what=what) if what else text(f"shell.{name}_nothing")))
            action.setData(what)
            action.setEnabled(bool(what))

    def _show_here(self, found: RailFacts) -> None:
        self._show_facts(replace(found, counts=self._facts.counts))

    def _show_facts(self, facts: RailFacts) -> None:
        if facts == self._facts:
            return
        self._facts = facts
        self.rail.show_facts(facts)
        self.folded.show_facts(facts)
        self._fold()

    def _shown(self, page: Page) -> None:
        self.rail.mark(page.nav)
        self.folded.mark(page.nav)
        self.acts_changed()
        self._fold()
        title = _title(page)
        self.window().setWindowTitle(text("shell.title", page=title, product=product()) if title else product())

    def _moved(self) -> None:
        self.menus.actions["back"].setEnabled(self.navigator.can_back)
        self.menus.actions["forward"].setEnabled(self.navigator.can_forward)
        self.folded.back.setEnabled(self.navigator.can_back)

    def _find_pages(self, words: str) -> Sequence[Found]:
        wanted = words.casefold()
        found = [
            Found(text(f"shell.nav.{entry.route}"), text("shell.page_note"), partial(self._go, entry.route), entry.icon)
            for entry in NAV
            if entry.route in self.navigator.routes
        ]
        page = self.host.page
        acts = page.acts() if page is not None else ()
        found += [Found(act.words, text("shell.act_note"), act.run) for act in acts if act.enabled()]
        for name in ACTS_TO_FIND:
            if name in self.menus.actions:
                action = self.menus.actions[name]
                found.append(Found(text(f"shell.act.{name}"), action.shortcut().toString(), action.trigger))
        return [one for one in found if wanted in one.words.casefold()]

    # Folding

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def restyle(self) -> None:
        self.find_box.setMinimumWidth(theme().px(330))
        self.topbar.setFixedHeight(theme().measure("top_bar"))
        self._fold()

    def _fold(self) -> None:
        tokens, width = theme().tokens, self.width() / theme().scale.factor
        whole = self.host.page is not None and self.host.page.whole_window
        folded = width < tokens.reflow("rail_from")
        self.rail.setVisible(not folded and not whole)
        self.topbar.setVisible(not folded and not whole)
        self.folded.setVisible(folded and not whole)
        self.folded.narrow(width < tokens.reflow("two_columns_from"), self.width())


def _typed(field: QLineEdit | QPlainTextEdit, *, redo: bool) -> bool:
    """Whether there is something in a field to take back, or to write again."""
    if field.isReadOnly():
        return False
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable() if redo else field.isUndoAvailable()
    document = field.document()
    return document.isRedoAvailable() if redo else document.isUndoAvailable()


def _title(page: Page) -> str:
    """Other programs, and whoever passes by, read the title of a window: it says nothing of what a record holds."""
    if "participant" in page.params:
        return text("shell.one_person")
    if page.params and page.nav:
        return text(f"shell.nav.{page.nav}")
    return page.heading.plain()
