"""Papers for being off work and work over time, as cards beside the page of work."""

from datetime import date
from functools import partial
from typing import Protocol

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Context,
    Empty,
    Event,
    RowFacts,
    RowList,
    Timeline,
    Words,
    outlined,
    quiet,
    short_day,
    text,
)
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.evidence import AbsenceEvidence, Hint
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.work_history import Stretch
from workwell_desktop.services.employment.evidence_views import AbsenceView, EvidenceLine

SHOWN = 4
"""Papers in the card before somebody asks for all of them."""
HINTS = 2
"""Hints in the card, the newest first; older ones stand with their papers."""
SOON = 7
"""Days before its end from which a paper says that it runs out."""


class WorkSheet(Protocol):
    """What the cards ask of the page that they stand on."""

    @property
    def context(self) -> Context: ...
    def show_every_paper(self) -> None: ...
    def add_paper(self) -> None: ...
    def open_files(self) -> None: ...
    def open_paper(self, paper: Id) -> None: ...


def papers(page: WorkSheet, view: AbsenceView, *, every: bool) -> Card:
    """What stands for the absence, the newest first; what is worth a second look stands above."""
    today, site = page.context.today(), page.context.desk.site
    may = page.context.desk.may(Act.RECORD_WORK, AbsenceEvidence)
    card = Card(text("absence.title"), gap=8)
    card.add(Words(site.evidence.words, "note", "soft"))
    for one in view.hints[: -HINTS - 1 : -1]:
        card.add(Alert("", hint_words(one, today), "info" if one.code == "fit_note_first" else "due"))
    if len(view.hints) > HINTS:
        card.add(Words(text("absence.more_hints", count=len(view.hints) - HINTS), "note", "soft"))
    if view.lines:
        lines = view.lines if every else view.lines[:SHOWN]
        rows = [_row(page, one, today) for one in lines]
        card.add(RowList([("", rows)], name=text("absence.title")))
        if len(lines) < len(view.lines):
            card.add_left(quiet(text("absence.all", count=len(view.lines)), page.show_every_paper, "chevron-down"))
    else:
        card.add(Words(text("absence.none"), tone="soft"))
    if may:
        card.add_left(outlined(text("absence.add"), page.add_paper, "plus"))
    files = text("absence.files_count", count=view.brought) if view.brought else text("absence.files")
    card.add_left(quiet(files, page.open_files, "paperclip"))
    return card.end()


def over_time(page: WorkSheet, view: AbsenceView) -> Card:
    """The stretches of work, the newest first."""
    card = Card(text("work.over_time"))
    if not view.stretches:
        return card.add(Empty(text("work.nothing_told"), icon_name="history")).end()
    today = page.context.today()
    events = [Event(short_day(one.since, today), stretch_words(one, today), _job(one)) for one in view.stretches]
    return card.add(Timeline(events)).end()


def hint_words(one: Hint, today: date) -> str:
    """The sentence of a hint, with its days."""
    first, last = short_day(one.starts_on, today), short_day(one.ends_on, today)
    days = first if one.starts_on == one.ends_on else text("absence.from_to", first=first, last=last)
    return text(f"absence.hint.{one.code}", days=days, first=first)


def paper_words(one: EvidenceLine) -> str:
    """ "Fit note: may be fit for work"."""
    kind = text(f"absence.kind.{one.details.kind.value}")
    if one.details.fitness is None:
        return kind
    return text("absence.says", kind=kind, fitness=text(f"absence.fitness.{one.details.fitness.value}"))


def paper_days(one: EvidenceLine, today: date) -> str:
    """ "19 Oct to 6 Dec"; without an end "from 19 Oct"."""
    first, last = one.details.starts_on, one.details.ends_on
    if first is None:
        return ""
    if last is None:
        return text("absence.from", day=short_day(first, today))
    return text("absence.from_to", first=short_day(first, today), last=short_day(last, today))


def stretch_words(one: Stretch, today: date) -> str:
    """ "Off sick, 44 days, to today"; where nobody gave the first day, that it was told then."""
    said = text(f"participants.status.{one.status.value}")
    last = short_day(one.until, today) if one.until else text("work.today")
    return text("work.stretch" if one.exact else "work.stretch_told", status=said, count=one.days(today), last=last)


def _job(one: Stretch) -> str:
    return ", ".join(part for part in (one.told.job_title, one.told.employer) if part)


def _row(page: WorkSheet, one: EvidenceLine, today: date) -> RowFacts:
    parts = [paper_days(one, today)]
    if one.details.issuer is not None:
        parts.append(text(f"absence.issuer.{one.details.issuer.value}"))
    if one.brought:
        parts.append(text("absence.brought", count=one.brought))
    when, tint = "", ""
    if one.counts and one.days_left is not None:
        late = one.days_left < 0
        today_is_last = one.days_left == 0
        when = text("absence.ran_out") if late else text("absence.days_left", count=one.days_left)
        when = text("absence.ends_today") if today_is_last else when
        tint = "due" if late or one.days_left <= SOON else "info"
    opened = partial(page.open_paper, one.evidence)
    return RowFacts(paper_words(one), ". ".join(parts), "file-text", when=when, when_tint=tint, on_open=opened)
