"""What matters to the person, in their own words: read in the card, written in place."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Button,
    Card,
    Columns,
    Field,
    LongText,
    Words,
    clock_words,
    column,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.record.sheet import RecordSheet
from workwell_desktop.desktop.widgets.layouts import Clear
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.participants import Participant
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.person.record_views import Overview

BESIDE = ("lives_with", "good_at")


def matters_card(page: RecordSheet, view: Overview) -> Card:
    """The card: to read, or to write in while ``page.writing``."""
    may = page.context.desk.may(Act.EDIT_PARTICIPANT, Participant)
    return _writing(page, view) if may and page.writing else _reading(page, view, may=may)


def _note(page: RecordSheet, view: Overview) -> str:
    said = view.matters
    if said.at is None:
        return ""
    day = short_day(said.at.astimezone(LONDON).date(), page.context.today(), weekday=False)
    return text("record.matters_note", day=day, by=said.by_name)


def _reading(page: RecordSheet, view: Overview, *, may: bool) -> Card:
    said, called = view.matters, view.banner.called
    change = None
    if may:
        change = Button(text("record.change"), partial(page.write, True), kind="link")
        change.setAccessibleName(text("record.change_matters", name=called))
    card = Card(text("record.matters", name=called), corner=change)
    card.add(
        Words(text("record.quoted", words=said.words) if said.words else text("record.matters_none"), reading=True)
    )
    note = _note(page, view)
    if note:
        card.add(Words(note, "note", "soft"))
    card.rule()
    beside = []
    for name in BESIDE:
        holder = Clear()
        lines = column(holder)
        label, value = text(f"record.{name}"), getattr(said, name) or text("record.value.none")
        lines.addWidget(Words(label, "note", "soft"))
        shown = Words(value, "body")
        shown.setAccessibleName(f"{label}: {value}")
        lines.addWidget(shown)
        beside.append((holder, 1))
    return card.add(Columns([*beside])).end()


def _writing(page: RecordSheet, view: Overview) -> Card:
    desk, said = page.context.desk, view.matters
    finish = Button(text("record.finish_writing"), partial(page.write, False), kind="link")
    card = Card(text("record.matters", name=view.banner.called), corner=finish)
    words = LongText(said.words, lines=3, most=8)
    words.setAccessibleName(text("record.matters", name=view.banner.called))
    line = Words(_note(page, view) or text("record.matters_ask"), "note", "soft")
    lives, good = LongText(said.lives_with, lines=2), LongText(said.good_at, lines=2)
    controls: dict[str, Any] = {"what_matters": words, "lives_with": lives, "good_at": good}
    before = {"what_matters": said.words, "lives_with": said.lives_with, "good_at": said.good_at}

    def save() -> None:
        new = {name: control.value() for name, control in controls.items()}
        changed = {name: value for name, value in new.items() if value != before[name]}
        if not changed:
            return
        held = {name: before[name] for name in changed}
        before.update(changed)
        who = page.who

        def kept(_one: object) -> None:
            if page.tab == "overview" and page.saved_line is line:
                line.say(text("record.saved", time=clock_words(page.context.clock.now().astimezone(LONDON))))

        def failed(error: Exception) -> None:
            before.update(held)
            page.fail(error)

        page.run(lambda: participants.edit(desk, who, **changed), kept, failed)

    page.pending, page.saved_line = save, line
    for control in controls.values():
        control.done.connect(save)
    card.add(words, line).rule()
    page.first_words = words
    return card.add(
        Columns([(Field(text("record.lives_with"), lives), 1), (Field(text("record.good_at"), good), 1)])
    ).end()


__all__ = ["matters_card"]
