"""Fields that are saved when they are left: nobody presses Save, and what the store refused stays in its field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workwell_desktop.desktop.kit import Field, Foot, Page, clock_words, fault_words, text
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.errors import FieldsInvalid


@dataclass
class _Kept:
    field: Field
    save: Callable[[Any], object]
    known: Any


class Saving:
    """One for a form. The page needs a foot, which says when something was saved."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._kept: dict[str, _Kept] = {}

    def keep(self, name: str, field: Field, save: Callable[[Any], object]) -> Field:
        """Calls ``save(value)`` on the store's thread when the field is left with another value."""
        kept = _Kept(field, save, field.control.value())
        self._kept[name] = kept
        field.control.done.connect(lambda: self._left(kept))
        return field

    def refresh(self, values: Mapping[str, Any]) -> None:
        """Shows what the store holds now, save where somebody is typing something else."""
        for name, value in values.items():
            kept = self._kept.get(name)
            if kept is not None and kept.field.control.value() == kept.known != value:
                kept.field.control.set_value(value)
                kept.known = value

    def leave(self) -> None:
        """Saves what is being typed."""
        for kept in self._kept.values():
            self._left(kept)

    def _left(self, kept: _Kept) -> None:
        value = kept.field.control.value()
        if value == kept.known or kept.field.control.fault():
            return
        before, kept.known = kept.known, value

        def failed(error: Exception) -> None:
            kept.known = before
            kept.field.show_error(field_fault(error))

        self._page.run(lambda: kept.save(value), lambda _done: self._saved(kept), failed)

    def _saved(self, kept: _Kept) -> None:
        kept.field.show_error("")
        say_saved(self._page)


def say_saved(page: Page) -> None:
    """At the foot, once the service has returned."""
    if page.foot is not None:
        now = page.context.clock.now().astimezone(LONDON)
        page.foot.saved(text("settings.saved", time=clock_words(now)))
        page.foot.show()


def show_saved_foot(page: Page) -> None:
    """The foot in which it will be said; until then it takes no room."""
    foot = Foot()
    foot.hide()
    page.set_foot(foot)


def field_fault(error: Exception) -> str:
    """What is said at the one field that was being saved."""
    if isinstance(error, FieldsInvalid):
        return text(f"errors.field.{error.problems[0][1]}")
    return fault_words(error)
