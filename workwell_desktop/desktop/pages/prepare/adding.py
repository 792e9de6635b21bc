"""Adds a case from the caseload by typing a name."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from workwell_desktop.desktop.kit import Card, Field, RowFacts, RowList, TextField, Words, date_words, text
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.desktop.widgets.layouts import column
from workwell_desktop.desktop.widgets.lists import ListRow
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id

MOST = 6


class _Line(TextField):
    """Return adds the first that is shown; Down goes into the list."""

    def __init__(self, add: Callable[[], Any], into: Callable[[], Any]) -> None:
        super().__init__()
        self._add, self._into = add, into

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._add()
        elif event.key() == Qt.Key.Key_Down:
            self._into()
        else:
            super().keyPressEvent(event)


class Adding(Card):
    """``chosen`` is called with the participant."""

    def __init__(self, chosen: Callable[[Id], Any]) -> None:
        super().__init__(gap=6)
        self._chosen = chosen
        self._people: list[Participant] = []
        self.line = _Line(self._add_first, self._into)
        self.add(Field(text("prepare.add_by_name"), self.line, hint=text("prepare.add_hint")))
        self._list = column(None, (0, 0, 0, 0), 0)
        self.body.addLayout(self._list)
        self.line.edited.connect(self._show)

    def show_people(self, people: Sequence[Participant]) -> None:
        """Who may be brought: those with an episode that runs, not on this agenda yet."""
        self._people = list(people)
        self._show()

    def found(self) -> list[Participant]:
        """Those whose names hold every word typed, at the start of one of their words."""
        typed = self.line.value().casefold().split()
        if not typed:
            return []
        return [
            one for one in self._people if all(any(part.startswith(word) for part in _names(one)) for word in typed)
        ][:MOST]

    def _show(self) -> None:
        while self._list.count():
            empty(self._list.takeAt(0))
        if not self.line.value():
            return
        found = self.found()
        if not found:
            self._list.addWidget(Words(text("prepare.nobody_found"), "note", "soft"))
            return
        rows = [
            RowFacts(
                title=one.name,
                line=text("participants.called", name=one.called) if one.called != one.name.split(" ")[0] else "",
                icon="user",
                act=text("prepare.add"),
                on_act=lambda one=one: self._choose(one),  # type: ignore[misc]
                on_open=lambda one=one: self._choose(one),  # type: ignore[misc]
                told_apart=_apart(one),
            )
            for one in found
        ]
        self._list.addWidget(RowList([("", rows)], name=text("prepare.add_case")))

    def _choose(self, one: Participant) -> None:
        self.line.set_value("")
        self._show()
        self._chosen(one.id)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_first(self) -> None:
        found = self.found()
        if found:
            self._choose(found[0])

    def _into(self) -> None:
        first = self.findChild(ListRow)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)


def _names(one: Participant) -> list[str]:
    return f"{one.name} {one.called}".casefold().replace("-", " ").split()


def _apart(one: Participant) -> str:
    born = text("session.born", day=date_words(one.birth_date)) if one.birth_date else ""
    return ", ".join(part for part in (born, one.address or "") if part)
