"""How an entry of the directory is said."""

from datetime import date

from workwell_desktop.desktop.kit import Alert, date_words, long_day, text
from workwell_desktop.desktop.pages.codes import code_words
from workwell_desktop.services.signposting.directory_views import STOPS, Entry, Mark, Marked


def mark_words(one: Marked, today: date) -> str:
    """ "Checked 14 months ago", "Closed until Monday 11 January"."""
    day, count = one.words.get("day"), one.words.get("count")
    if one.mark is Mark.OLD:
        return text("directory.mark.never") if count is None else text("directory.mark.old", count=count)
    if isinstance(day, date):
        return text(f"directory.mark.{one.mark.value}", day=long_day(day, today))
    return text(f"directory.mark.{one.mark.value}")


def mark_alerts(entry: Entry, today: date) -> list[Alert]:
    """Everything that has to be known before it is chosen, each in a bar with its icon."""
    heads = [(text("directory.mark_head", mark=mark_words(one, today)), one.mark.value) for one in entry.marks]
    return [Alert(head, text(f"directory.mark_line.{mark}"), "due") for head, mark in heads]


def need_words(entry: Entry) -> str:
    """What it helps with."""
    return entry.need or ", ".join(map(code_words("helps", "local_service"), sorted(entry.helps)))


def wait_words(entry: Entry) -> str:
    """ "3 weeks", "No wait", or that nobody knows; a national one waits for nobody to ask."""
    if entry.pinned:
        return text("directory.wait_now")
    if entry.national:
        return text("directory.wait_ask")
    if entry.wait_weeks is None:
        return text("directory.wait_unknown")
    return text("directory.wait_none") if entry.wait_weeks == 0 else text("directory.wait", count=entry.wait_weeks)


def checked_words(entry: Entry) -> str:
    """When somebody looked."""
    if entry.checked_on is None:
        return text("directory.mark.never")
    key = "directory.corrected_on" if entry.corrected else "directory.checked_on"
    return text(key, day=date_words(entry.checked_on))


def first_mark(entry: Entry, today: date) -> tuple[str, str]:
    """The weightiest mark and its tint, or nothing."""
    if not entry.marks:
        return "", ""
    one = entry.marks[0]
    return mark_words(one, today), "due" if one.mark in STOPS or one.mark is Mark.OLD else "info"
