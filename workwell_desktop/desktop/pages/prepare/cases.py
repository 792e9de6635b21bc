"""The agenda as it is prepared: lanes, numbers, what each case still needs."""

from collections.abc import Callable, Sequence

from workwell_desktop.desktop.kit import Card, text
from workwell_desktop.desktop.pages.session.agenda_rows import AgendaList
from workwell_desktop.domain.records import Id
from workwell_desktop.services.meeting.session_views import AgendaLine


class Cases(Card):
    """``chosen`` is called with the agenda item."""

    def __init__(self, chosen: Callable[[str], object]) -> None:
        super().__init__(text("session.agenda"), flush=True, gap=0)
        self.list = AgendaList(table=False)
        self.list.opened.connect(chosen)
        self.add(self.list)

    def show_agenda(self, agenda: Sequence[AgendaLine], item: Id | None) -> None:
        """Shows the lines with ``item`` marked."""
        self.list.show_agenda(agenda, str(item or ""))
