"""The rail: where one is, what is only here, who is signed in. Below 1300 it folds into a bar of 52."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QSizePolicy

from workwell_desktop.assets import product
from workwell_desktop.desktop.theme import icons
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.banner import Region
from workwell_desktop.desktop.widgets.buttons import Button
from workwell_desktop.desktop.widgets.facing import faced
from workwell_desktop.desktop.widgets.layouts import Clear, column, row
from workwell_desktop.desktop.widgets.mark import Mark
from workwell_desktop.desktop.widgets.words import IconMark, Words
from workwell_desktop.domain.screen import text


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One line of the rail; its words are ``shell.nav.<route>``."""

    route: str
    icon: str
    key: str
    apart: bool = False
    """Stands below a gap, and only in the menu when the rail is folded."""


NAV = (
    NavEntry("today", "sun", "Ctrl+1"),
    NavEntry("participants", "users", "Ctrl+2"),
    NavEntry("sessions", "calendar-days", "Ctrl+3"),
    NavEntry("papers", "file-text", "Ctrl+4"),
    NavEntry("summary", "chart-column", "Ctrl+5"),
    NavEntry("library", "library", "Ctrl+6", apart=True),
    NavEntry("settings", "settings", "Ctrl+7", apart=True),
)


@dataclass(frozen=True, slots=True)
class RailFacts:
    """``counts`` by route; ``only_here`` and ``synced`` are sentences; ``can_sync`` says that a hub is set up."""

    counts: Mapping[str, int] = field(default_factory=dict)
    only_here: str = ""
    only_here_short: str = ""
    synced: str = ""
    can_sync: bool = False


class NavItem(QAbstractButton):
    """A line of the rail: icon, words, a count. The page in front has a marigold bar."""

    def __init__(self, entry: NavEntry, act: Callable[[], object], *, folded: bool = False) -> None:
        super().__init__()
        self.entry = entry
        self._folded = folded
        self._count = 0
        self.setCheckable(True)
        self.setText(text(f"shell.nav.{entry.route}"))
        self.setAccessibleName(self.text())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _on: act())
        wide = QSizePolicy.Policy.Maximum if folded else QSizePolicy.Policy.Preferred
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_count(self, count: int) -> None:
        """How many wait there."""
        self._count = count
        self.setAccessibleName(text("shell.nav_count", page=self.text(), count=count) if count else self.text())
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """The mark follows the page, not the click."""

    def restyle(self) -> None:
        self.setFont(theme().font("body"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        count = self.fontMetrics().horizontalAdvance(f" {self._count} ") if self._count else 0
        if self._folded:
            return QSize(words + count + theme().px(24), theme().measure("folded_bar"))
        return QSize(theme().px(52) + words + count + theme().px(30), theme().measure("nav_item"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, px, here = theme().colour, theme().px, self.isChecked()
        if here or self.underMouse():
            painter.fillRect(self.rect(), colours("rail_raised"))
        painter.setPen(colours("rail_text"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self._folded:
            if here:
                painter.fillRect(0, self.height() - px(4), self.width(), px(4), colours("marigold"))
            painter.setFont(theme().font("body", 600 if here else 400))
            words = f"{self.text()}  {self._count}" if self._count else self.text()
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            painter.end()
            return
        if here:
            painter.fillRect(faced(self, QRectF(0, 0, px(4), self.height())), colours("marigold"))
        side = px(20)
        icons.paint(
            painter,
            self.entry.icon,
            colours("rail_text"),
            faced(self, QRectF(px(20), (self.height() - side) / 2, side, side)),
        )
        painter.setFont(theme().font("body", 600 if here else 400))
        painter.drawText(faced(self, self.rect().adjusted(px(53), 0, 0, 0)), middle, self.text())
        if self._count:
            self._paint_count(painter)
        painter.end()

    def _paint_count(self, painter: QPainter) -> None:
        px, colours = theme().px, theme().colour
        painter.setFont(theme().font("note", 600))
        words = str(self._count)
        width = max(px(30), painter.fontMetrics().horizontalAdvance(words) + px(20))
        box = faced(self, QRectF(self.width() - width - px(12), (self.height() - px(22)) / 2, width, px(22)))
        if not theme().high_contrast:
            painter.setPen(Qt.PenStyle.NoPen)
            here = self.isChecked() and theme().scheme == "light"
            painter.setBrush(colours("edge") if here else colours("rail_raised"))
            painter.drawRoundedRect(box, px(11), px(11))
        painter.setPen(colours("rail_text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class Rail(Region):
    """The broad form, 232 wide or as wide as its words."""

    sync = Signal()
    open_sync = Signal()
    lock = Signal()

    def __init__(self, go: Callable[[str], object], routes: frozenset[str]) -> None:
        super().__init__(text("shell.rail"))
        self.setObjectName("rail")
        box = column(self, (0, 10, 0, 12), 0)
        head = row(None, (18, 6, 12, 15), 13)
        head.addWidget(Mark(28, on_rail=True))
        head.addWidget(Words(product(), "section", "rail", wrap=False), 1)
        box.addLayout(head)
        self._facts = RailFacts()
        self.items: dict[str, NavItem] = {}
        apart = False
        for entry in NAV:
            if entry.route not in routes:
                continue
            if entry.apart and not apart:
                box.addSpacing(12)
                apart = True
            self.items[entry.route] = NavItem(entry, lambda route=entry.route: go(route))  # type: ignore[misc]
            box.addWidget(self.items[entry.route])
        box.addStretch(1)
        self._foot(box)
        self.restyle()

    def _foot(self, box: object) -> None:
        foot = column(None, (12, 8, 12, 0), 8)
        self.sync_card = Region(text("shell.sync"))
        self.sync_card.setProperty("part", "sync")
        card = column(self.sync_card, (12, 10, 12, 10), 6)
        line = row(None, (0, 0, 0, 0), 8)
        line.addWidget(IconMark("laptop", "marigold"), 0, Qt.AlignmentFlag.AlignTop)
        self._only_here = Words("", "note", "rail", weight=600)
        line.addWidget(self._only_here, 1)
        card.addLayout(line)
        self._synced = Words("", "note", "rail_soft")
        card.addWidget(self._synced)
        self._sync = Button(text("shell.sync_now"), self.sync.emit, kind="bar")
        self._sync.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        inner = row(self._sync, (0, 0, 10, 0), 0)
        inner.addStretch(1)
        key = Words("F9", "note", "rail_soft", wrap=False)
        key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner.addWidget(key)
        card.addWidget(self._sync)
        self._see = Button(text("shell.see_sync"), self.open_sync.emit, kind="barquiet")
        self._see.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        card.addWidget(self._see)
        foot.addWidget(self.sync_card)
        self._name = Words("", "label", "rail")
        self._role = Words("", "note", "rail_soft")
        foot.addWidget(self._name)
        foot.addWidget(self._role)
        line = row(None, (0, 0, 0, 0), 8)
        self._lock = Button(text("shell.lock"), self.lock.emit, kind="barquiet", icon_name="lock")
        line.addWidget(self._lock)
        line.addStretch(1)
        line.addWidget(Words("Ctrl+L", "note", "rail_soft", wrap=False), 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addLayout(line)
        box.addLayout(foot)  # type: ignore[attr-defined]

    def show_person(self, name: str, role: str) -> None:
        """Who is signed in."""
        self._name.say(name)
        self._role.say(role)

    def show_facts(self, facts: RailFacts) -> None:
        """Counts and what is only here."""
        for route, item in self.items.items():
            item.set_count(facts.counts.get(route, 0))
        self.restyle()
        self.sync_card.setVisible(bool(facts.only_here))
        self._facts = facts
        self._synced.say(facts.synced)
        self._synced.setVisible(bool(facts.synced))
        self._sync.setVisible(facts.can_sync)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where a low window has no room for the sentence, the few words of the folded bar say it; then the role goes.
        Nothing is cut."""
        facts, layout = self._facts, self.layout()
        assert layout is not None  # noqa: S101 - given where the rail is made
        for words, role in ((facts.only_here, True), (facts.only_here_short, True), (facts.only_here_short, False)):
            self._only_here.say(words or facts.only_here)
            self._role.setVisible(role)
            # Qt itself forgets known heights only before it lays out again
            _anew(self.sync_card.layout())
            self.sync_card.updateGeometry()
            _anew(layout)
            if layout.totalHeightForWidth(self.width()) <= self.height():
                return

    def mark(self, route: str) -> None:
        """The page in front."""
        for name, item in self.items.items():
            item.setChecked(name == route)

    def restyle(self) -> None:
        """As wide as the tokens say, or as its longest line needs: other languages have longer words."""
        needed = max((item.sizeHint().width() for item in self.items.values()), default=0)
        self.setFixedWidth(max(theme().measure("rail_width"), needed))


def _anew(layout: QLayout | None) -> None:
    """Forgets the sizes of a layout and of those within it."""
    if layout is None:
        return
    layout.invalidate()
    for place in range(layout.count()):
        item = layout.itemAt(place)
        _anew(item.layout() if item is not None else None)


class Folded(Region):
    """The narrow form: a bar of 52 with Menu, pages, Find, what is only here, Lock; in one column only the least."""

    def __init__(self, go: Callable[[str], object], routes: frozenset[str]) -> None:
        super().__init__(text("shell.rail"))
        self.setObjectName("folded")
        box = row(self, (16, 0, 12, 0), 6)
        box.addWidget(Mark(28, on_rail=True))
        self.menu = Button(text("shell.menu"), kind="bar", icon_name="menu")
        self.back = Button(text("shell.back"), kind="barquiet", icon_name="arrow-left")
        box.addWidget(self.menu)
        box.addWidget(self.back)
        self.items: dict[str, NavItem] = {}
        pages = Clear()
        inner = row(pages, (8, 0, 0, 0), 0)
        for entry in NAV:
            if entry.route in routes and not entry.apart:
                self.items[entry.route] = NavItem(entry, lambda route=entry.route: go(route), folded=True)  # type: ignore[misc]
                inner.addWidget(self.items[entry.route])
        self._pages = pages
        box.addWidget(pages)
        box.addStretch(1)
        self.find_box = Button(text("shell.find_short"), kind="bar", icon_name="search")
        self.only_here = Words("", "body", "rail", wrap=False)
        self.lock = Button(text("shell.lock"), kind="bar", icon_name="lock")
        for widget in (self.find_box, self.only_here, self.lock):
            box.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_facts(self, facts: RailFacts) -> None:
        """Counts and what is only here."""
        for route, item in self.items.items():
            item.set_count(facts.counts.get(route, 0))
        self.only_here.say(facts.only_here_short or facts.only_here)

    def mark(self, route: str) -> None:
        """The page in front."""
        for name, item in self.items.items():
            item.setChecked(name == route)

    def narrow(self, one_column: bool, room: int) -> None:
        """In one column only Menu, Back and what is only here; pages go to the menu where they do not fit."""
        self.back.setVisible(one_column)
        self.find_box.setVisible(not one_column)
        self.lock.setVisible(not one_column)
        needed = sum(part.sizeHint().width() for part in (self.menu, self.find_box, self.only_here, self.lock))
        needed += self._pages.sizeHint().width() + theme().px(110)
        self._pages.setVisible(not one_column and needed <= room)

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(38 if theme().scale.factor > 1.5 else 52))
