"""How somebody stands with work, in one line: on the record, in a session, on the page of preparing one."""

from datetime import date

from workwell_desktop.desktop.kit import short_day, text
from workwell_desktop.services.employment.work_views import WorkView


def work_words(work: WorkView, today: date) -> str:
    """ "Off sick 43 days, since 12 Oct"."""
    said = text(f"participants.status.{work.details.status.value}")
    if work.details.since is None or work.days is None:
        return said
    day = short_day(work.details.since, today, weekday=False)
    return text("record.since", said=said, count=work.days, day=day)
