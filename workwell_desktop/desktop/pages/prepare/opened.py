"""Who may open this case because the agenda was sent, and until when; taken back with one press."""

from collections.abc import Callable, Sequence
from typing import Any

from workwell_desktop.desktop.kit import Card, Clear, Page, Words, column, long_day, quiet, text
from workwell_desktop.desktop.pages.prepare.places import put_into
from workwell_desktop.domain.sessions import Topics
from workwell_desktop.services.administration.grants import OpenTo
from workwell_desktop.services.meeting import sending
from workwell_desktop.services.meeting.session_views import CaseView, SessionView


class Opened(Clear):
    """Nothing at all until the agenda was sent."""

    def __init__(self, page: Page, saved: Callable[[Any], Any], *, may: bool) -> None:
        super().__init__()
        self._page, self._saved, self._may = page, saved, may
        self._shown: tuple[object, ...] = ()
        column(self)

    def show_opened(self, view: SessionView, case: CaseView, opened: Sequence[OpenTo]) -> None:
        """Shows to whom the case is open now; for one that stays with those who hold it, why."""
        shown = (case.item, case.topics, view.agenda_sent_at is not None, tuple(opened))
        if shown == self._shown:
            return
        self._shown = shown
        if view.agenda_sent_at is None:
            put_into(self, Clear())
            return
        card = Card(text("prepare.opened"), gap=6)
        today = self._page.context.today()
        if not opened:
            key = "agreed" if case.topics is Topics.YES else "limited" if case.topics is Topics.SOME else "not_agreed"
            card.add(Words(text(f"prepare.opened_nobody.{key}"), "note", "soft"))
        else:
            names = ", ".join(one.name for one in opened)
            last = max((one.until for one in opened if one.until), default=None)
            until = text("prepare.opened_until", day=long_day(last, today)) if last else ""
            card.add(Words(" ".join(part for part in (text("prepare.opened_to", names=names), until) if part), "note"))
            if self._may:
                card.add_left(quiet(text("prepare.close_case"), lambda: self._close(view, case), "lock"))
        put_into(self, card.end())

    def _close(self, view: SessionView, case: CaseView) -> None:
        desk = self._page.context.desk
        self._page.run(lambda: sending.end_grants(desk, view.session, participant=case.participant), self._saved)
