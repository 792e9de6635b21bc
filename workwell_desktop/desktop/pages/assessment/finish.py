"""Check and finish: what is missing, what needs another look, what was said, and the one act that completes it."""

from collections.abc import Callable
from datetime import date

from workwell_desktop.desktop.kit import Alert, Button, Card, Clear, Words, column, row, rule, text
from workwell_desktop.desktop.pages.assessment.order import Order
from workwell_desktop.desktop.pages.assessment.snapshot import Snapshot
from workwell_desktop.desktop.pages.assessment.values import unit_of, words_of
from workwell_desktop.services.assessing.response_records import RecordsMade


def summary(order: Order, shot: Snapshot, today: date, open_part: Callable[[int], object]) -> list[Card]:
    """One card for each part: what is answered in it, and the way back to it."""
    cards = []
    for place in order.asked:
        part = order.parts[place]
        asked = [one for one in shot.rows if one.page in part.pages and one.shown and one.item.is_question]
        said = [
            (one.item.short_text or one.text, words_of(one.value, today, one.options, unit_of(one)))
            for one in asked
            if one.value is not None
        ]
        change = Button(text("assessment.change"), lambda place=place: open_part(place), kind="quiet")  # type: ignore[misc]
        change.setAccessibleName(text("assessment.change_named", title=part.title))
        left = sum(1 for one in asked if one.value is None and not one.read_only)
        card = Card(part.title, text("assessment.left_out", count=left) if left else "", corner=change)
        if said:
            card.add(_answers(said))
        else:
            card.add(Words(text("assessment.nothing_said"), "note", "soft"))
        cards.append(card)
    return cards


def bar(shot: Snapshot) -> Alert:
    """Whether it can be completed."""
    count = len({issue.path or issue.link_id for issue in shot.issues})
    if count:
        return Alert(text("assessment.not_ready", count=count), text("assessment.not_ready_note"), "due")
    if unsigned := len(shot.unsigned()):
        return Alert(text("assessment.not_signed_yet", count=unsigned), text("assessment.not_signed_note"), "due")
    return Alert(text("assessment.ready"), text("assessment.ready_note"), "done")


def records_card(found: RecordsMade) -> Card:
    """What a completed form makes beside its answers, or why it makes nothing."""
    card = Card(text("assessment.records"))
    if found.refused:
        card.add(Alert(text("assessment.records_refused"), " ".join(found.refused), "due"))
        return card
    for kind, name in found.records:
        card.add(Words(text("assessment.record_made", kind=kind, name=name) if name else kind))
    card.add(Words(text("assessment.records_note" if found.records else "assessment.records_none"), "note", "soft"))
    return card


def _answers(said: list[tuple[str, str]]) -> Clear:
    """Questions and answers in two columns that both wrap."""
    holder = Clear()
    box = column(holder, (0, 0, 0, 0), 6)
    for place, (question, answer) in enumerate(said):
        if place:
            box.addWidget(rule())
        pair = Clear()
        inner = row(pair, (0, 0, 0, 0), 16)
        inner.addWidget(Words(question, "note", "soft"), 1)
        inner.addWidget(Words(answer, "body"), 1)
        box.addWidget(pair)
    return holder
