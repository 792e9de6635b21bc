"""Cases that were not reached: one reason for all of them, or a reason of its own for each."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from workwell_desktop.desktop.kit import Button, Clear, Field, Page, TextField, Words, column, row, row_button, text
from workwell_desktop.desktop.pages.session.order import reading_order
from workwell_desktop.desktop.pages.signoff.reading import line_name
from workwell_desktop.domain.records import Id
from workwell_desktop.services.meeting.session_views import AgendaLine

ALL = "all"
"""Where the one reason for all is kept."""


class Rolling(Clear):
    """``keep(name, words)`` is called when a field is left. Of one case there is one field, named after it."""

    def __init__(
        self,
        page: Page,
        lines: Sequence[AgendaLine],
        begun: Mapping[str, str],
        keep: Callable[[str, str], None],
    ) -> None:
        super().__init__()
        self._page, self._keep = page, keep
        self._lines = tuple(lines)
        self.fields: dict[str, Field] = {}
        """By agenda item, and the one for all."""
        self._box = column(self, (0, 0, 0, 0), 8)
        if len(self._lines) == 1:
            self._box.addWidget(self._field(self._lines[0], begun))
            return
        hint = text("signoff.reason_all_hint")
        self._box.addWidget(self._made(ALL, text("signoff.reason_all"), begun.get(ALL, ""), hint))
        for line in self._lines:
            self._box.addWidget(self._field(line, begun) if begun.get(line.item) else self._row(line))

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.control.value() for name, field in self.fields.items()}

    def first(self) -> QWidget:
        """Where typing begins."""
        control: QWidget = next(iter(self.fields.values())).control
        return control

    def check(self) -> bool:
        """Whether each case has a reason; says at the field where there is none."""
        typed = self.typed()
        lacking = [line for line in self._lines if not typed.get(line.item) and not typed.get(ALL)]
        for name, field in self.fields.items():
            wrong = bool(lacking) and not typed[name] and (name == ALL or ALL not in self.fields)
            field.show_error(text("signoff.reason_missing") if wrong else "")
        return not lacking

    def reasons(self) -> tuple[dict[Id, str], str]:
        """The reasons of their own by agenda item, and the one for the rest, which may be empty."""
        typed = self.typed()
        own = {line.item: typed[line.item] for line in self._lines if typed.get(line.item)}
        return own, typed.get(ALL, "")

    def _made(self, name: str, label: str, words: str, hint: str = "") -> Field:
        control = TextField(words)
        control.done.connect(lambda: self._keep(name, control.value()))
        self.fields[name] = Field(label, control, hint=hint)
        return self.fields[name]

    def _field(self, line: AgendaLine, begun: Mapping[str, str]) -> Field:
        label = text("signoff.reason_for", case=line_name(line))
        return self._made(line.item, label, begun.get(line.item, ""))

    def _row(self, line: AgendaLine) -> QWidget:
        holder = Clear()
        across: QHBoxLayout = row(holder, (0, 0, 0, 0), 8)
        across.addWidget(Words(line_name(line)), 1)
        own: Button = row_button(text("signoff.own_reason"), partial(self._open, line, holder))
        own.setAccessibleName(text("signoff.own_reason_of", case=line_name(line)))
        across.addWidget(own)
        return holder

    def _open(self, line: AgendaLine, holder: QWidget) -> None:
        """A field in the place of the row."""
        place = self._box.indexOf(holder)
        self._box.removeWidget(holder)
        holder.hide()
        holder.deleteLater()
        field = self._field(line, {})
        self._box.insertWidget(place, field)
        reading_order(self._page)
        field.control.setFocus()
