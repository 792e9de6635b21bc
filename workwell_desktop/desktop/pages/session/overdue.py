"""Actions that are overdue head the meeting: whose they are, since when, and for which case."""

from collections.abc import Sequence

from workwell_desktop.desktop.kit import Card, Clear, Words, column, row_button, text
from workwell_desktop.desktop.pages.session.owners import owner_words
from workwell_desktop.services.meeting.session_views import OverdueLine

AT_FIRST = 1
"""Lines in sight before somebody asks for all; the agenda stands below."""


class Overdue(Clear):
    """Nothing at all where nothing is overdue. The longest overdue stands first."""

    def __init__(self) -> None:
        super().__init__()
        self._box = column(self, (0, 0, 0, 0), 0)
        self._shown: tuple[OverdueLine, ...] = ()
        self._all = False
        self._card: Card | None = None

    def show_lines(self, lines: Sequence[OverdueLine]) -> None:
        """Shows what there is now."""
        if tuple(lines) != self._shown:
            self._shown = tuple(lines)
            self._lay()

    def _show_all(self) -> None:
        self._all = True
        self._lay()

    def _lay(self) -> None:
        if self._card is not None:
            self._box.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        if not self._shown:
            return
        card = Card(text("prepare.overdue"), text("prepare.overdue_count", count=len(self._shown)), gap=6)
        for one in self._shown if self._all else self._shown[:AT_FIRST]:
            late = text("prepare.overdue_days", count=one.days)
            case = text("session.agenda_row", number=one.number, name=one.name)
            card.add(Words(text("prepare.overdue_line", case=case, words=one.text), "note"))
            card.add(Words(text("prepare.overdue_owner", owner=owner_words(one, one.name), late=late), "note", "due"))
        if not self._all and len(self._shown) > AT_FIRST:
            card.add_left(row_button(text("prepare.overdue_all", count=len(self._shown)), self._show_all))
        self._card = card
        self._box.addWidget(card)
