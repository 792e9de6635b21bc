"""Whose case is at the table: the line over it."""

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import (
    Clear,
    Heading,
    Page,
    Words,
    age,
    column,
    date_words,
    quiet,
    row,
    safe,
    text,
)
from workwell_desktop.desktop.pages.employment.work_words import work_words
from workwell_desktop.services.meeting.session_views import CaseView
from workwell_desktop.services.person.case_background import Background
from workwell_desktop.services.person.record_views import BannerView


class CaseHead(Clear):
    """Name, preferred name, birth and age, the week of the programme, the work, the days off; the way to the record."""

    def __init__(self, page: Page, view: CaseView, banner: BannerView | None, found: Background | None = None) -> None:
        super().__init__()
        box = row(self, (0, 0, 0, 0), 14)
        self.name = Heading(view.name if view.visible else text("session.case_number", number=view.number), "page")
        box.addWidget(self.name)
        if not view.visible:
            box.addStretch(1)
            return
        lines = column(None, (0, 0, 0, 0), 0)
        if view.called not in (view.name, view.name.split(" ")[0]):
            lines.addWidget(Words(text("session.called", name=safe(view.called)), "note", "soft", rich=True))
        today = page.context.today()
        parts = []
        if view.born:
            parts.append(text("session.born_aged", day=date_words(view.born), age=age(view.born, today)))
        if banner is not None and banner.programme.week:
            parts.append(text("session.week", now=banner.programme.week, weeks=banner.programme.weeks))
        if view.job_title:
            parts.append(view.job_title)
        if found is not None and found.work is not None:
            parts.append(work_words(found.work, today))
        lines.addWidget(Words(". ".join(parts), "note", "soft"))
        box.addLayout(lines, 1)
        record = quiet(
            text("session.open_record"), lambda: page.go("record", participant=view.participant), "arrow-right"
        )
        box.addWidget(record, 0, Qt.AlignmentFlag.AlignVCenter)
