"""What is only on this computer, and how syncing stands, in words: for the rail, the folded bar and the page Sync."""

from dataclasses import dataclass
from datetime import date, datetime

from workwell_desktop.desktop.days import clock_words, moment_words, short_day
from workwell_desktop.desktop.shell.rail import RailFacts
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.screen import text
from workwell_desktop.errors import HubPortal, HubProxy, HubStopped, HubUnreachable, WorkWellError
from workwell_desktop.services.syncing.here import Here
from workwell_desktop.store.exchange.receipts import OnlyHere

_WEEK = 6
"""Days back that are told by the day of the week."""
_OUT_OF_REACH = (HubUnreachable, HubStopped, HubProxy, HubPortal)


@dataclass(frozen=True, slots=True)
class Now:
    """How background syncing stands. ``on`` says that there is a hub to sync with; ``done`` counts changes while
    ``busy``; ``error`` ended the last try, at ``failed``."""

    on: bool = False
    busy: bool = False
    done: int = 0
    error: WorkWellError | None = None
    failed: datetime | None = None


NOTHING = Now()


def facts(found: Here, now: Now, moment: datetime) -> RailFacts:
    """The rail's words."""
    if found.only_here is None:
        return RailFacts(only_here=text("standing.only_here"), only_here_short=text("standing.only_here_short"))
    today = moment.astimezone(LONDON).date()
    words, short = only_here(found.only_here, today)
    return RailFacts(only_here=words, only_here_short=short, synced=synced(found.last, now, today), can_sync=found.may)


def only_here(found: OnlyHere, today: date) -> tuple[str, str]:
    """The sentence, and the few words for the folded bar."""
    papers = found.papers
    if not found.changes or found.since is None:
        if not papers:
            return text("standing.sent"), text("standing.sent")
        return text("standing.waits_papers", count=papers), text("standing.papers_short", count=papers)
    words, short = _changes(found, found.since, today)
    return (text("standing.and_papers", first=words, count=papers) if papers else words), short


def _changes(found: OnlyHere, first: datetime, today: date) -> tuple[str, str]:
    since = since_words(first, today)
    others = found.changes - found.answers
    short = text("standing.waits_short", count=found.changes)
    if not others:
        return text("standing.waits_answers", count=found.answers, since=since), short
    if not found.answers:
        return text("standing.waits_changes", count=others, since=since), short
    answers = text("standing.answers", count=found.answers)
    return text("standing.waits_both", answers=answers, count=others, since=since), short


def since_words(moment: datetime, today: date) -> str:
    """10:42am for today, the day of the week within a week, else the day."""
    local = moment.astimezone(LONDON)
    days = (today - local.date()).days
    if days <= 0:
        return clock_words(local)
    if days == 1:
        return text("standing.yesterday")
    if days <= _WEEK:
        return text(f"dates.weekdays.d{local.weekday()}")
    return short_day(local.date(), today)


def synced(last: datetime | None, now: Now, today: date) -> str:
    """When it was agreed with the hub last, and what is in the way."""
    if now.busy:
        return text("standing.syncing_at", count=now.done) if now.done else text("standing.syncing")
    when = text("standing.synced", when=moment_words(last.astimezone(LONDON), today)) if last else ""
    never = text("standing.never_synced")
    if now.error is None:
        return when or never
    reach = "standing.out_of_reach" if isinstance(now.error, _OUT_OF_REACH) else "standing.not_syncing"
    return " ".join(part for part in (text(reach), when or never) if part)
