"""Actions from before, the longest overdue first: the meeting begins with them."""

from collections.abc import Callable, Sequence
from typing import Any

from workwell_desktop.desktop.kit import Card, Columns, DropDown, Page, Words, long_day, text
from workwell_desktop.domain.records import Id
from workwell_desktop.services import obstacles
from workwell_desktop.services.session_views import ActionLine, CaseView

MOST_ACTIONS = 4
"""Actions that are named; the record has the rest."""


class StillToDo(Card):
    """An action whose owner has left can be given to one of ``people``."""

    def __init__(
        self, page: Page, view: CaseView, people: Sequence[tuple[str, str]], saved: Callable[[Any], Any]
    ) -> None:
        super().__init__(text("session.still_to_do"), gap=2)
        self._page, self._view, self._people, self._saved = page, view, people, saved
        waiting = sorted(view.open_actions, key=lambda one: not one.owner_left)
        for one in waiting[:MOST_ACTIONS]:
            words = Words(self._words(one), "note", "due" if one.overdue_days or one.owner_left else "")
            if one.owner_left and people:
                self.add(Columns([(words, 3), (self._give(one), 2)], gap=10, one_below=700))
            else:
                self.add(words)
        more = len(waiting) - MOST_ACTIONS
        if more > 0:
            self.add(Words(text("session.more_to_do", count=more), "note", "soft"))

    def _words(self, one: ActionLine) -> str:
        day = long_day(one.due, self._page.context.today()) if one.due else ""
        parts = (
            one.text.rstrip("."),
            text("session.action_line", owner=one.owner_name, day=day) if day else "",
            text("session.overdue", count=one.overdue_days) if one.overdue_days else "",
            text("session.left_us", name=one.owner_name) if one.owner_left else "",
        )
        return ". ".join(part for part in parts if part)

    def _give(self, action: ActionLine) -> DropDown:
        made = DropDown(self._people, empty=text("session.give_to"))
        made.setAccessibleName(text("session.give_to_whole", action=action.text))
        desk, discussion = self._page.context.desk, self._view.discussion

        def chosen() -> None:
            owner = made.value()
            if owner:
                self._page.run(
                    lambda: obstacles.give_action(desk, action.action, Id(owner), discussion=discussion), self._saved
                )

        made.done.connect(chosen)
        return made
