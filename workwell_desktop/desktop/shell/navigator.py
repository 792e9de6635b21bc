"""Where one is, where one came from, and the routes by name. A page is made anew at each visit; what the reader was
doing there (scrolling, focus) is remembered with the place, so that Alt+Left returns to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from workwell_desktop.desktop.shell.context import Params

MOST_PLACES = 50


@dataclass
class Place:
    """A route with its parameters; ``memory`` is what the page wants to find again."""

    route: str
    params: Params
    memory: dict[str, Any] = field(default_factory=dict)


class Way(NamedTuple):
    """Where somebody is and came from, as ``Navigator.way`` gives it."""

    places: tuple[Place, ...]
    at: int


Maker = Callable[[Any], Any]


class Routes:
    """Route names and the page classes behind them, imported when first gone to."""

    def __init__(self, table: dict[str, str | Maker]) -> None:
        self._table = dict(table)

    def add(self, route: str, maker: str | Maker) -> None:
        """``maker`` is ``package.module:Class`` or a callable that takes a Context."""
        self._table[route] = maker

    def __contains__(self, route: str) -> bool:
        return route in self._table

    def maker(self, route: str) -> Maker:
        """What makes the page; KeyError for an unknown route."""
        found = self._table[route]
        if isinstance(found, str):
            module, _, name = found.partition(":")
            made: Maker = getattr(import_module(module), name)
            self._table[route] = made
            return made
        return found


class Navigator(QObject):
    """``went`` tells the host to show a place; ``leaving`` asks the page in front to fill its memory."""

    leaving = Signal(object)
    went = Signal(object)
    moved = Signal()
    """History changed: Back and Forward may be possible or not."""

    def __init__(self, routes: Routes) -> None:
        super().__init__()
        self.routes = routes
        self._places: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        """The place in front."""
        return self._places[self._at] if self._at >= 0 else None

    @property
    def can_back(self) -> bool:
        return self._at > 0

    @property
    def can_forward(self) -> bool:
        return self._at + 1 < len(self._places)

    def go(self, route: str, **params: str) -> None:
        """Opens a page; going where one is already opens it anew without a second entry."""
        if route not in self.routes:
            raise KeyError(route)
        self._leave()
        here = self.here
        if here is not None and here.route == route and dict(here.params) == params:
            here.memory.clear()
        else:
            del self._places[self._at + 1 :]
            self._places.append(Place(route, params))
            del self._places[:-MOST_PLACES]
            self._at = len(self._places) - 1
        self._arrive()

    def replace(self, route: str, **params: str) -> None:
        """Opens a page in place of this one: Back does not return here (a form that was finished)."""
        self._leave()
        self._places[max(self._at, 0) :] = [Place(route, params)]
        self._at = len(self._places) - 1
        self._arrive()

    def back(self) -> None:
        """The place before, as it was left."""
        if self.can_back:
            self._leave()
            self._at -= 1
            self._arrive()

    def forward(self) -> None:
        """The place that Back came from."""
        if self.can_forward:
            self._leave()
            self._at += 1
            self._arrive()

    def again(self) -> None:
        """Makes the page in front anew, where it was."""
        if self.here is not None:
            self._leave()
            self._arrive()

    def rest(self) -> Way:
        """The window is about to be locked: the page remembers where one was while it still has the focus, and the way
        is given for ``follow``."""
        self._leave()
        return Way(tuple(self._places), self._at)

    def follow(self, way: Way) -> None:
        """Goes on where ``rest`` left off."""
        self._places, self._at = list(way.places), way.at
        if self.here is not None:
            self._arrive()

    def forget(self) -> None:
        """Another person signs in: nothing of the last one's way stays."""
        self._places.clear()
        self._at = -1
        self.moved.emit()

    def _leave(self) -> None:
        if self.here is not None:
            self.leaving.emit(self.here)

    def _arrive(self) -> None:
        self.went.emit(self.here)
        self.moved.emit()
