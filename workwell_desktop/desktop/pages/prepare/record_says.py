"""What the record says about the case that is prepared, so that nobody copies it: each line comes from the record."""

from datetime import date

from workwell_desktop.desktop.kit import Card, SummaryList, long_day, short_day, text
from workwell_desktop.desktop.pages.employment.work_words import work_words
from workwell_desktop.desktop.pages.session.measures import measure_facts
from workwell_desktop.desktop.pages.session.owners import owner_words
from workwell_desktop.desktop.pages.session.tried import tried_words
from workwell_desktop.services.meeting.session_views import CaseView
from workwell_desktop.services.person.case_background import Background

MOST_TRIED = 4
"""Things tried that are named; the record has all of them."""


def record_says(case: CaseView, found: Background, today: date) -> Card | None:
    """A card of facts, or None where the record has none yet."""
    rows = [(name, words) for name, words in _rows(case, found, today) if words]
    if not rows:
        return None
    card = Card(text("prepare_record.title"), gap=6)
    return card.add(SummaryList(rows, ruled=True)).end()


def since_words(case: CaseView, found: Background) -> str:
    """What happened since the team last spoke of it, as a draft for the field that says so."""
    parts = [_new(case)] if case.new_since else []
    parts += [tried_words(one) for one in found.tried if case.since and one.on and one.on > case.since]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _rows(case: CaseView, found: Background, today: date) -> list[tuple[str, str]]:
    work = found.work
    job = ", ".join(part for part in (case.job_title or "", case.employer or "") if part)
    since = long_day(case.since, today) if case.since else ""
    last = long_day(case.last_decided_on, today) if case.last_decided_on else ""
    open_ones = [
        text("prepare_record.action", what=one.text, who=owner_words(one, case.called), day=short_day(one.due, today))
        if one.due
        else one.text
        for one in case.open_actions
    ]
    return [
        (text("prepare_record.new", day=since) if since else text("prepare_record.new_ever"), _new(case)),
        (text("record.work_now"), work_words(work, today) if work else ""),
        (text("record.job"), job),
        (text("prepare_record.employer"), _employer(found, today)),
        (text("record.obstacles"), "\n".join(one.text for one in case.obstacles if not one.done)),
        (text("record.measures"), "\n".join(_measures(case))),
        (text("prepare_record.tried"), "\n".join(tried_words(one) for one in found.tried[:MOST_TRIED])),
        (text("prepare_record.open"), "\n".join(open_ones)),
        (text("prepare_record.last", day=last) if last else "", case.last_decision or ""),
    ]


def _new(case: CaseView) -> str:
    return ", ".join(text(f"session.new.{one.kind}", count=one.count) for one in case.new_since)


def _employer(found: Background, today: date) -> str:
    if found.work is None or not found.work.details.employer:
        return ""
    agreed = found.work.agreed_to_talk
    return text("record.agreed_to_talk", day=short_day(agreed, today)) if agreed else text("record.no_talk")


def _measures(case: CaseView) -> list[str]:
    lines = []
    for one in case.measures:
        facts = measure_facts(one)
        said = ", ".join(part for part in (facts.value, facts.band_words, facts.change_words, facts.missing) if part)
        lines.append(text("prepare_record.measure", name=facts.name, said=said))
    return lines
