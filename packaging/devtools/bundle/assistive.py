"""Somebody with a screen reader and a keyboard at a window of another program: finds by role and name, presses, types.

All goes over AT-SPI, as Orca does it, and over keys of the X server; the program has no part in it. Run by the
system's own Python, which alone has GObject's bindings (Debian: python3-gi, gir1.2-atspi-2.0), on the bus of one
person's session.
"""

import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")

from gi.repository import Atspi, Gio, GLib  # noqa: E402 - the version is chosen first

USABLE = frozenset({"push button", "check box", "radio button", "text", "password text", "combo box", "list item"})
_TYPED = ("text", "password text", "combo box")
_MOST_TABS = 120
_LONGEST = 30.0
"""Seconds until a control that was asked for must be there: a slow computer signs in some."""


class Fault(Exception):
    """Something is not as somebody who listens would need it."""


def listen() -> None:
    """Tells the session that a screen reader is here, as one does when it starts."""
    words = ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    properties = "org.freedesktop.DBus.Properties"
    given = GLib.Variant("(ssv)", words)
    bus.call_sync("org.a11y.Bus", "/org/a11y/bus", properties, "Set", given, None, Gio.DBusCallFlags.NONE, -1, None)


class Hands:
    """Works on the window of the program called ``program``. ``met`` holds every name that was found."""

    def __init__(self, program: str) -> None:
        self._program = program
        self.met: set[str] = set()
        self.heard: list[str] = []
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register("object:announcement")

    # Finding

    def everything(self) -> Iterator[Any]:
        """Every part in sight of every window of the program."""
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            found = desktop.get_child_at_index(place)
            if found is not None and found.get_name() == self._program:
                yield from self._below(found)

    def _below(self, one: Any) -> Iterator[Any]:
        for place in range(one.get_child_count()):
            child = one.get_child_at_index(place)
            if child is not None:
                if "showing" in states(child):
                    yield child
                yield from self._below(child)

    def find(self, name: str, *roles: str) -> Any:
        """The first control of this name; one that ends in … begins so. Raises Fault where none comes."""

        def look() -> Any:
            for one in self.everything():
                role = one.get_role_name()
                if role in (roles or USABLE) and _is_called(name, called(one)):
                    return one
            return None

        found = self.wait(look, f"no {' or '.join(roles) or 'control'} is called {name!r}")
        self.met.add(name)
        return found

    def wait(self, look: Callable[[], Any], otherwise: str) -> Any:
        """What ``look`` finds once it finds something."""
        ends = time.monotonic() + _LONGEST
        while time.monotonic() < ends:
            self._take_in()
            found = self.steady(look)
            if found:
                return found
            time.sleep(0.1)
        there = self.steady(lambda: sorted({called(one) for one in self.everything()} - {""}))
        raise Fault(f"{otherwise}; in sight: {there}")

    def steady(self, look: Callable[[], Any]) -> Any:
        """What ``look`` gives once nothing goes while it is looked at: a page that changes takes its parts along."""
        for _ in range(20):
            try:
                return look()
            except GLib.Error:
                time.sleep(0.1)
        raise Fault("the window is never at rest")

    def reads(self, words: str) -> str:
        """Waits until something that can be read, whatever it is, holds these words; gives all of it."""

        def look() -> str:
            return next((called(one) for one in self.everything() if words in called(one)), "")

        found = self.wait(look, f"nothing says {words!r}")
        self.met.add(words)
        return str(found)

    # Doing

    def go(self, name: str, *roles: str) -> Any:
        """The focus goes to a control: at once where it can be sent there, else by Tab."""
        found = self.find(name, *roles)
        found.grab_focus()
        time.sleep(0.2)
        for _ in range(_MOST_TABS):
            if "focused" in states(found):
                return found
            self.key("Tab")
        raise Fault(f"the Tab key never comes to {name!r}")

    def fill(self, name: str, words: str) -> None:
        """Types into a field in place of what stands there, and looks whether it stands there then."""
        field = self.go(name, *_TYPED)
        role = field.get_role_name()
        if role != "combo box":
            self.key("ctrl+a")
        self.write(words)
        if role == "text" and said(field) != words:
            raise Fault(f"{name!r} holds {said(field)!r} where {words!r} was typed")
        if role == "combo box" and not field.get_name().startswith(words):
            raise Fault(f"{name!r} shows {field.get_name()!r} where {words!r} was typed")

    def write(self, words: str) -> None:
        """Types where the focus is."""
        subprocess.run(["xdotool", "type", "--delay", "15", words], check=True)
        time.sleep(0.4)

    def key(self, *keys: str) -> None:
        """Presses keys one after the other, each as xdotool writes it: ``ctrl+n``, ``Tab``."""
        for one in keys:
            subprocess.run(["xdotool", "key", one], check=True)
            time.sleep(0.3)

    def press(self, name: str, *roles: str, shown: str = "") -> None:
        """Presses by the control's own act. ``shown`` is what stands on it, where its name says more."""
        found = self.find(name, *roles)
        if shown:
            self.met.add(shown)
        offered = acts(found)
        if not offered or offered[0] not in ("Press", "Toggle"):
            raise Fault(f"{name!r}, a {found.get_role_name()}, cannot be pressed: it offers {offered}")
        # a reader does the first of them
        found.get_action_iface().do_action(0)
        time.sleep(0.5)

    def press_each(self, name: str, role: str) -> None:
        """Presses every control of this name, one after the other."""
        self.find(name, role)

        def look() -> list[Any]:
            return [one for one in self.everything() if (one.get_role_name(), called(one)) == (role, name)]

        for one in self.steady(look):
            one.get_action_iface().do_action(0)
            time.sleep(0.2)

    def draw(self, name: str) -> None:
        """A wave across a field, with the mouse."""
        field = self.find(name, "canvas")
        time.sleep(0.3)
        box = field.get_extents(Atspi.CoordType.SCREEN)
        middle = box.y + box.height // 2
        self._mouse("mousemove", box.x + 40, middle)
        self._mouse("mousedown", 1)
        for step in range(1, 14):
            self._mouse("mousemove", box.x + 40 + 18 * step, middle + (25 if step % 2 else -25))
            time.sleep(0.03)
        self._mouse("mouseup", 1)
        time.sleep(0.3)

    def unnamed(self) -> list[str]:
        """Controls that somebody who listens could not tell: without a name, or a list of options without its label."""
        return sorted(set(self.steady(lambda: list(self._unnamed()))))

    def _unnamed(self) -> Iterator[str]:
        for one in self.everything():
            role = one.get_role_name()
            if role == "combo box" and not label_of(one):
                yield f"a combo box that shows {one.get_name()!r} has no label"
            elif "focusable" in states(one) and not one.get_name() and role in {*USABLE, "canvas", "filler", "panel"}:
                yield f"a {role} has no name"

    def _hear(self, event: Any) -> None:
        self.heard.append(str(event.any_data))

    def _take_in(self) -> None:
        """What the program announced meanwhile."""
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass

    def _mouse(self, act: str, *where: int) -> None:
        subprocess.run(["xdotool", act, *map(str, where)], check=True)


def states(one: Any) -> set[str]:
    """What is so of it: ``showing``, ``focused``, ``checked``."""
    return {state.value_nick for state in one.get_state_set().get_states()}


def acts(one: Any) -> list[str]:
    """What can be done with it."""
    offered = one.get_action_iface()
    return [offered.get_action_name(place) for place in range(offered.get_n_actions())] if offered else []


def label_of(one: Any) -> str:
    """What labels it: the name of a combo box is its value."""
    for relation in one.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            targets = [relation.get_target(place).get_name() for place in range(relation.get_n_targets())]
            return " ".join(targets)
    return ""


def called(one: Any) -> str:
    """What a screen reader calls it."""
    if one.get_role_name() == "combo box":
        return label_of(one) or str(one.get_name())
    return str(one.get_name() or "")


def said(one: Any) -> str:
    """The text that stands in a field."""
    text = one.get_text_iface()
    return str(text.get_text(0, -1)) if text else ""


def _is_called(name: str, found: str) -> bool:
    return found.startswith(name[:-1]) if name.endswith("…") else found == name
