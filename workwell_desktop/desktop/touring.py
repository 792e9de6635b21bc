"""The tour over the made-up people: a strip above the page says what to look at, and leads to the next one.

It stands in the flow of the window and covers nothing. In a store of real people there is neither strip nor act.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from workwell_desktop.desktop.access import announce
from workwell_desktop.desktop.kit import Clear, Flow, column, outlined, quiet, text
from workwell_desktop.desktop.shell.context import Context
from workwell_desktop.desktop.shell.palette import Found
from workwell_desktop.desktop.shell.workspace import Workspace
from workwell_desktop.desktop.theme.theme import moved
from workwell_desktop.desktop.widgets.banner import Region
from workwell_desktop.desktop.widgets.buttons import Button
from workwell_desktop.desktop.widgets.words import Words, safe
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.services.demo import tour
from workwell_desktop.services.demo.tour import ENDED, OFFERED, Way

_READING = frozenset({"help", "keys", "about", "diagnostics"})
"""Pages that are no part of anybody's work: all the room is for what is read."""


class Touring(Clear):
    """Stands above the page; empty while no tour is offered or under way."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._box = column(self, (0, 0, 0, 0), 0)
        self._way: Way | None = None
        self.possible = context.desk.rehearsal and context.desk.may(Act.READ, Episode)
        """Whether this is a place for a tour at all."""
        self.hide()
        if self.possible:
            desk = context.desk
            context.operations.run(self, lambda: tour.way(desk), self._found, lambda _error: None)
            context.navigator.moved.connect(self._moved)

    def begin(self) -> None:
        """From the first step, or on from where it was left."""
        if self._way is not None:
            self._to(max(self._way.at, 0), go=True)

    def next(self) -> None:
        """The step after; after the last one it is over."""
        if self._way is not None:
            last = self._way.at == len(self._way.stops) - 1
            self._to(ENDED if last else max(self._way.at, OFFERED) + 1, go=True)

    def back(self) -> None:
        """The step before; the first one stays."""
        if self._way is not None:
            self._to(max(self._way.at - 1, 0), go=True)

    def end(self) -> None:
        """No more of it, until somebody asks for it."""
        self._to(ENDED, go=False)

    def offered(self, words: str) -> Sequence[Found]:
        """Itself, for Ctrl+K."""
        name = text("tour.name")
        return [Found(name, text("shell.act_note"), self.begin)] if words.casefold() in name.casefold() else []

    def _found(self, way: Way | None) -> None:
        self._way = way
        self._show()

    def _moved(self) -> None:
        self.setVisible(bool(self._said()[0]) and self._has_place())

    def _has_place(self) -> bool:
        """The tour is offered on Today alone; once begun, it stays in sight but where somebody reads."""
        here = self._context.navigator.here
        if here is None or self._way is None:
            return True
        return here.route == "today" if self._way.at == OFFERED else here.route not in _READING

    def _to(self, at: int, *, go: bool) -> None:
        if self._way is None:
            return
        desk = self._context.desk
        self._way = self._way._replace(at=at)
        self._context.operations.run(self, lambda: tour.keep(desk, at), None, lambda _error: None)
        self._show()
        if at == ENDED:
            announce(text("tour.over"), self)
        elif go:
            stop = self._way.stops[at]
            self._context.navigator.go(stop.route, **stop.params)
            announce(self._plain(), self)

    def _plain(self) -> str:
        return ". ".join(self._said()).replace("..", ".")

    def _said(self) -> tuple[str, str]:
        """Its heading and its words, as they stand."""
        if self._way is None or self._way.at == ENDED:
            return "", ""
        if self._way.at == OFFERED:
            return text("tour.offer"), text("tour.offer_words")
        stop, count = self._way.stops[self._way.at], len(self._way.stops)
        title = text("tour.step", number=self._way.at + 1, count=count, title=text(f"tour.title.{stop.name}"))
        return title, text(f"tour.look.{stop.name}")

    def _show(self) -> None:
        while self._box.count():
            item = self._box.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        title, words = self._said()
        if title:
            strip = self._strip(title, words)
            self._box.addWidget(strip)
            moved(strip)
        self._moved()

    def _strip(self, title: str, words: str) -> Region:
        strip = Region(text("tour.name"))
        strip.setProperty("part", "message")
        strip.setProperty("tint", "info")
        box = column(strip, (24, 7, 24, 7), 4)
        keys = text("tour.keys") if self._way is not None and self._way.at == 0 else ""
        box.addWidget(Words(f"<b>{safe(title)}</b> {safe(words)} {safe(keys)}".strip(), "body", rich=True))
        held = Clear()
        ways = Flow(held, 10)
        for one in self._acts():
            ways.addWidget(one)
        box.addWidget(held)
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        return strip

    def _acts(self) -> list[Button]:
        if self._way is None or self._way.at == OFFERED:
            return [
                outlined(text("tour.begin"), self.begin, "arrow-right"),
                quiet(text("tour.not_now"), self.end, "x"),
            ]
        found = [_named("next", self.next, "arrow-right")]
        if self._way.at > 0:
            found.append(_named("back", self.back, "arrow-left"))
        return [*found, _named("end", self.end, "x")]


def _named(name: str, act: Callable[[], None], icon: str) -> Button:
    """A button with its short word, and the whole of it for whoever hears it."""
    made = quiet(text(f"tour.{name}"), act, icon) if name != "next" else outlined(text(f"tour.{name}"), act, icon)
    made.setAccessibleName(text(f"tour.{name}_of"))
    return made


def offer(workspace: Workspace) -> None:
    """The acts of the tour in the menu Help and in Ctrl+K, where there is one."""
    touring = workspace.findChild(Touring)
    if not isinstance(touring, Touring) or not touring.possible:
        return
    add = workspace.menus.add
    add("help", "tour", touring.begin, words=text("tour.name"))
    add("help", "tour_next", touring.next, "Ctrl+F1", words=text("tour.next_of"))
    add("help", "tour_back", touring.back, "Ctrl+Shift+F1", words=text("tour.back_of"))
    add("help", "tour_end", touring.end, words=text("tour.end_of"))
    workspace.finders.add(touring.offered)
