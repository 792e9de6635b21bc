"""The agenda as it is prepared: lanes, numbers, what each case still needs."""

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import Card, Clear, Words, column, row, text
from workwell_desktop.desktop.pages.session.agenda_side import AgendaRow
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.domain.records import Id
from workwell_desktop.services.session_views import AgendaLine


class Cases(Card):
    """``chosen`` is called with the agenda item; the focus stays with its row."""

    def __init__(self, chosen: Callable[[str], object]) -> None:
        super().__init__(text("session.agenda"), flush=True, gap=0)
        self._chosen = chosen
        self._list = column()
        self.body.addLayout(self._list)
        self._shown: tuple[object, ...] = ()

    def show_agenda(self, agenda: Sequence[AgendaLine], item: Id | None) -> None:
        """Shows the lines with ``item`` marked."""
        shown = (tuple(agenda), item)
        if shown == self._shown:
            return
        self._shown = shown
        held = next((one.item for one in self.findChildren(AgendaRow) if one.hasFocus()), None)
        while self._list.count():
            empty(self._list.takeAt(0))
        for lane, lines in groupby(agenda, key=lambda line: line.lane):
            head = Clear()
            words = Words(text(f"session.lane.{lane.value}"), "note", "soft", weight=600)
            row(head, (15, 4, 14, 2), 0).addWidget(words)
            self._list.addWidget(head)
            for line in lines:
                made = AgendaRow(line, here=line.item == item)
                made.opened.connect(self._chosen)
                self._list.addWidget(made)
                if made.item == held:
                    made.setFocus(Qt.FocusReason.OtherFocusReason)
        if not agenda:
            holder = Clear()
            row(holder, (15, 4, 14, 6), 0).addWidget(Words(text("session.no_cases"), "note", "soft"))
            self._list.addWidget(holder)
