"""Questions about a person that wait for the team's next agenda; one's own can be taken back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import Card, Clear, Page, Words, column, moment_words, row, row_button, text
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.services.meeting import bringing
from workwell_desktop.services.meeting.bringing import Waiting


def waiting_card(page: Page, waiting: Sequence[Waiting]) -> Card:
    """A line each: the question, who asked it and when."""
    card = Card(text("bring.asked_before"), gap=8)
    for one in waiting:
        holder = Clear()
        box = row(holder, (0, 0, 0, 0), 12)
        lines = column(None, (0, 0, 0, 0), 1)
        when = moment_words(one.at.astimezone(LONDON), page.context.today()) if one.at else ""
        lines.addWidget(Words(one.question, "label"))
        lines.addWidget(Words(text("bring.asked_by", name=one.asked_by, when=when), "note", "soft"))
        box.addLayout(lines, 1)
        if one.mine:
            button = row_button(text("bring.take_back"), partial(_take_back, page, one.request))
            button.setAccessibleName(text("bring.take_back_of", question=one.question))
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        card.add(holder)
    return card.end()


def _take_back(page: Page, request: Id) -> None:
    desk = page.context.desk
    page.run(lambda: bringing.drop_request(desk, request), lambda _done: None)
