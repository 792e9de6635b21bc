"""What stands in the fields of a form that is not sent yet, kept on this computer through Lock, a crash and going away.

    fields ──edited──▶ a rest of 800 ms, or leaving ──▶ typed.keep_form (worker) ──▶ "Kept on this computer" at the foot

It belongs to one person who works here, and to one record: nobody else finds it, and it is never laid over another
person's form.
"""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QTimer

from workwell_desktop.desktop.kit import Field, Page, clock_words, text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.planning import typed

REST_MS = 800


class Keeping:
    """``form`` names the form within the record. A page calls ``hold`` when its fields are laid."""

    def __init__(self, page: Page, form: str) -> None:
        self._page, self._form = page, form
        self._fields: Mapping[str, Field] = {}
        self._about = Id("")
        self._extra: Callable[[], Mapping[str, object]] = dict
        self._bare: dict[str, object] = {}
        self._last: dict[str, object] = {}
        self._rest = QTimer(page)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.keep)

    def read(self, desk: Desk, about: Id) -> dict[str, object]:
        """On the worker: what is kept, to be handed to ``hold``."""
        return typed.form_of(desk, about, self._form) if desk.may(Act.EDIT_OWN_SETTINGS) else {}

    def hold(
        self,
        about: Id,
        fields: Mapping[str, Field],
        kept: Mapping[str, object],
        extra: Callable[[], Mapping[str, object]] = dict,
    ) -> bool:
        """Fills the fields with what was kept and watches them; whether anything was kept.

        ``extra`` is what belongs to the form and stands in no field.
        """
        self._about, self._fields, self._extra = about, fields, extra
        self._bare = self._now()
        for name, value in kept.items():
            if name in fields:
                fields[name].control.set_value(value)
        for field in fields.values():
            for signal in (getattr(field.control, "edited", None), getattr(field.control, "done", None)):
                if signal is not None:
                    signal.connect(self.rest)
        self._last = self._now()
        return any(name in fields for name in kept)

    def rest(self) -> None:
        """Something was typed or chosen."""
        self._rest.start()

    def keep(self) -> None:
        """Keeps it now; a form as it was laid is nothing to keep."""
        self._rest.stop()
        now = self._now()
        if not self._fields or now == self._last:
            return
        self._last = now
        desk, about, form = self._page.context.desk, self._about, self._form
        if not desk.may(Act.EDIT_OWN_SETTINGS):
            return
        held = {name: value for name, value in now.items() if value != self._bare.get(name)}

        def kept(_nothing: object) -> None:
            if self._page.foot is not None and self._fields:
                time = clock_words(self._page.context.clock.now().astimezone(LONDON))
                self._page.foot.waiting(text("person.kept", time=time))

        self._page.run(lambda: typed.keep_form(desk, about, form, held), kept)

    def drop(self) -> None:
        """Watches no more: it was sent, or thrown away."""
        self._rest.stop()
        self._fields = {}

    def forget(self, desk: Desk, about: Id) -> None:
        """On the worker: nothing is kept any more."""
        if desk.may(Act.EDIT_OWN_SETTINGS):
            typed.keep_form(desk, about, self._form, {})

    def _now(self) -> dict[str, object]:
        values: dict[str, Any] = {name: field.control.value() for name, field in self._fields.items()}
        return {**values, **self._extra()}


__all__ = ["REST_MS", "Keeping"]
