"""Safeguarding: a restricted note that a concern was passed on, and what came of it."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Columns,
    DateField,
    Field,
    Foot,
    LongText,
    TextField,
    column,
    outlined,
    text,
)
from workwell_desktop.desktop.kit import Clear as Holder
from workwell_desktop.desktop.pages.duties import glass
from workwell_desktop.desktop.pages.duties.sheet import DutySheet, Work, rows, told_choice, yes_or_no
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.duties import ConcernAbout, SafeguardingConcern
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import safeguarding
from workwell_desktop.services.duties.safeguarding import Concern, ConcernView


def read(desk: Desk, who: Id) -> Any:
    """The notes that the person who acts may read, and whether they may write one."""
    may = desk.may(Act.RECORD_SAFEGUARDING)
    seen = glass.broken(desk, who, SafeguardingConcern)
    return safeguarding.of_participant(desk, who), may, safeguarding.ask_again_on(desk) if may else None, seen


def lay(page: DutySheet, found: Any, kept: dict[str, object]) -> None:
    """Whom to tell stands first; then the form, beside the notes that may be read."""
    concerns, may, again_on, seen = found
    card = page.context.desk.site.duties.card
    if card:
        page.add(Alert(text("duties.safe.now"), card, "risk"))
    glass.lay_broken(page, seen)
    right = Holder()
    side = column(right, (0, 0, 0, 0), 12)
    for one in concerns.mine:
        side.addWidget(_note(page, one, may))
    if not concerns.mine:
        side.addWidget(page.listed(text("duties.safe.earlier"), [], text("duties.safe.none"), "lock"))
    side.addStretch(1)
    if not may:
        page.add(right)
        if concerns.others:
            glass.lay(page, SafeguardingConcern, lambda one: _note(page, one, may=False))
        page.add_end()
        page.set_foot(Foot(page.back_button()))
        return
    page.add(Columns([(_form(page, again_on, kept), 3), (right, 2)]))
    if concerns.others:
        glass.lay(page, SafeguardingConcern, lambda one: _note(page, one, may=False))
    page.add_end()
    page.send(text("duties.safe.record"), partial(_gathered, page), text("duties.safe.done"), "lock")


def _form(page: DutySheet, again_on: Any, kept: dict[str, object]) -> Card:
    today = page.context.today()
    about = [(one.value, text(f"duties.safe.about.{one.value}")) for one in ConcernAbout]
    fields = {
        "about": Field(text("duties.safe.about_what"), Choice(about, columns=2)),
        "what": Field(text("duties.safe.what"), LongText(lines=3), hint=text("duties.safe.what_hint")),
        "passed_to": Field(text("duties.safe.passed_to"), TextField(), hint=text("duties.safe.passed_to_hint")),
        "passed_on": Field(text("duties.safe.passed_on"), DateField(today, today=today, past=True)),
        "reference": Field(text("duties.safe.reference"), TextField(), optional=True),
        "told": Field(text("duties.told", name=page.called), told_choice()),
        "not_told_why": Field(text("duties.not_told_why"), LongText(lines=2), hint=text("duties.not_told_hint")),
        "follow_up_on": Field(text("duties.safe.follow_up"), DateField(again_on, today=today)),
    }
    card = page.form(text("duties.safe.new"), text("duties.safe.note"), fields, kept)
    why_when_not_told(fields)
    return card.end()


def why_when_not_told(fields: dict[str, Field]) -> None:
    """Why somebody was not told is asked only where they were not."""

    def chosen() -> None:
        fields["not_told_why"].setVisible(yes_or_no(fields["told"].control.value()) is False)

    fields["told"].control.done.connect(chosen)
    chosen()


def _gathered(page: DutySheet) -> Work | None:
    about, who = page.value("about"), page.who
    if not about:
        page.missing("about", "choice_unknown")
        return None
    said = Concern(
        about=ConcernAbout(about),
        what=page.value("what"),
        passed_to=page.value("passed_to"),
        passed_on=page.value("passed_on") or page.context.today(),
        reference=page.value("reference"),
        told=yes_or_no(page.value("told")),
        not_told_why=page.value("not_told_why"),
        follow_up_on=page.value("follow_up_on"),
    )
    return lambda desk: safeguarding.record(desk, who, said)


def _note(page: DutySheet, one: ConcernView, may: bool) -> Card:
    told = {True: text("duties.yes"), False: text("duties.no_because", why=one.not_told_why), None: ""}[one.told]
    card = Card(text(f"duties.safe.about.{one.about.value}"), text("duties.restricted_kind"), gap=10)
    card.add(
        rows(
            [
                (text("duties.safe.what"), one.what),
                (text("duties.safe.passed_to"), one.passed_to),
                (text("duties.safe.passed_on"), text("duties.by", name=one.by_name, day=page.day(one.passed_on))),
                (text("duties.safe.reference"), one.reference),
                (text("duties.told", name=page.called), told),
                (text("duties.safe.came_of_it"), one.came_of_it),
                (
                    text("duties.safe.finished"),
                    text("duties.by", name=one.followed_up_by, day=page.day(one.followed_up_on))
                    if one.followed_up_on
                    else "",
                ),
                (text("fields.of.safeguarding.chosen_why"), one.chosen_why),
            ]
        )
    )
    if may and one.followed_up_on is None:
        came = Field(text("duties.safe.came_of_it"), LongText(lines=2))
        reference = Field(text("duties.safe.reference"), TextField(one.reference), optional=True)
        today = page.context.today()
        again = Field(text("duties.safe.again"), DateField(None, today=today, earliest=today), optional=True)

        def record() -> None:
            words, number, day = came.control.value(), reference.control.value(), again.control.day()
            if not words.strip():
                came.show_error(text("errors.field.came_of_it_missing"))
                came.focus()
                return
            page.record(
                lambda desk: safeguarding.follow_up(desk, one.concern, words, reference=number, again_on=day),
                text("duties.safe.came_done"),
            )

        card.rule().add(came, reference, again).add_left(outlined(text("duties.safe.record_came"), record, "check"))
    return card.end()
