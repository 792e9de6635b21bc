"""Actions from before, the longest overdue first: the meeting begins with them."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import Button, Card, Clear, Columns, Page, Words, long_day, row, text
from workwell_desktop.desktop.pages.session.owners import owner_words
from workwell_desktop.desktop.pages.session.picking import Pick
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.plans import Action
from workwell_desktop.domain.records import Id
from workwell_desktop.services.meeting.session_views import ActionLine, CaseView
from workwell_desktop.services.person import obstacles

MOST_ACTIONS = 4
"""Actions that are named; the record has the rest."""


class StillToDo(Card):
    """An action whose owner has left can be given to one of ``people``."""

    def __init__(
        self,
        page: Page,
        view: CaseView,
        people: Sequence[tuple[str, str]],
        saved: Callable[[Any], Any],
        front: Id | None = None,
    ) -> None:
        super().__init__(text("session.still_to_do"), gap=2)
        self.in_front: Button | None = None
        self.dones: list[Button] = []
        may = page.context.desk.may(Act.EDIT_PLAN, Action) and not view.locked
        self._page, self._view, self._people, self._saved = page, view, people, saved
        waiting = sorted(view.open_actions, key=lambda one: (one.action != front, not one.owner_left))
        for one in waiting[:MOST_ACTIONS]:
            words = Words(self._words(one), "note", "due" if one.overdue_days or one.owner_left else "")
            if one.owner_left and people:
                self.add(Columns([(words, 3), (self._give(one), 2)], gap=10, one_below=700))
            elif may:
                line = Clear()
                box = row(line, (0, 0, 0, 0), 12)
                box.addWidget(words, 1)
                done = self._done(one)
                self.dones.append(done)
                box.addWidget(done, 0, Qt.AlignmentFlag.AlignTop)
                self.add(line)
                if one.action == front:
                    self.in_front = done
            else:
                self.add(words)
        more = len(waiting) - MOST_ACTIONS
        if more > 0:
            self.add(Words(text("session.more_to_do", count=more), "note", "soft"))

    def _words(self, one: ActionLine) -> str:
        day = long_day(one.due, self._page.context.today()) if one.due else ""
        parts = (
            one.text.rstrip("."),
            text("session.action_line", owner=owner_words(one, self._view.called), day=day) if day else "",
            text("session.overdue", count=one.overdue_days) if one.overdue_days else "",
            text("session.left_us", name=one.owner_name) if one.owner_left else "",
        )
        return ". ".join(part for part in parts if part)

    def _done(self, action: ActionLine) -> Button:
        desk = self._page.context.desk

        def finish() -> None:
            self._page.run(lambda: obstacles.finish_action(desk, action.action), self._saved)

        made = Button(text("session.action_done"), finish, kind="link")
        made.setAccessibleName(text("session.action_done_whole", action=action.text))
        return made

    def _give(self, action: ActionLine) -> Pick:
        made = Pick(self._people, empty=text("session.give_to"))
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
