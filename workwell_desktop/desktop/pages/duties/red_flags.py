"""Red flags: a clinician's screen, and that the person was seen."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import Alert, Card, Choice, Columns, DateField, Field, Foot, LongText, TextField, text
from workwell_desktop.desktop.pages.duties.sheet import DutySheet, Work, rows
from workwell_desktop.desktop.pages.person_banner import pause_words
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.duties import RedFlagScreen, ScreenOutcome
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import red_flags
from workwell_desktop.services.duties.red_flags import FLAGS, Screened, ScreenView, Seen


def read(desk: Desk, who: Id) -> Any:
    """What was screened, and whether the person who acts may screen."""
    found = red_flags.of_participant(desk, who) if desk.may(Act.READ, RedFlagScreen) else ()
    return found, red_flags.pause(desk, who), red_flags.may_screen(desk), red_flags.see_by(desk)


def lay(page: DutySheet, found: Any, kept: dict[str, object]) -> None:
    """Who waits to be seen stands first; a new screen beside what was found before."""
    screens, pause, may, see_by = found
    today, name = page.context.today(), page.called
    if pause is not None:
        page.add(Alert(text("person.pause_title"), pause_words(pause, name, page.context.today()), "due"))
    earlier = page.listed(
        text("duties.flag.earlier"), [_screen(page, one) for one in screens], text("duties.flag.none"), "stethoscope"
    )
    if not may:
        page.add(Alert("", text("duties.flag.who_may"), "info"), earlier)
        page.add_end()
        page.set_foot(Foot(page.back_button()))
        return
    card = _seen(page, screens, kept) if pause is not None else _new(page, see_by, kept)
    page.add(Columns([(card, 3), (earlier, 2)]))
    page.add_end()
    if pause is not None:
        waiting = pause.screen

        def seen() -> Work:
            said = Seen(page.value("seen_on") or today, page.value("seen_by"), page.value("note"))
            return lambda desk: red_flags.record_seen(desk, waiting, said)

        page.send(text("duties.flag.record_seen"), seen, text("duties.flag.seen_done", name=name))
    else:
        page.send(text("duties.flag.record"), partial(_gathered, page), text("duties.flag.done"))


def _new(page: DutySheet, see_by: Any, kept: dict[str, object]) -> Card:
    today = page.context.today()
    outcomes = [(one.value, text(f"duties.flag.outcome.{one.value}")) for one in ScreenOutcome]
    fields = {
        "outcome": Field(text("duties.flag.what"), Choice(outcomes)),
        "done_on": Field(text("duties.flag.done_on"), DateField(today, today=today, past=True)),
        "found": Field(text("duties.flag.found"), LongText(lines=2), hint=text("duties.flag.found_hint")),
        "see_whom": Field(text("duties.flag.see_whom"), TextField(), hint=text("duties.flag.see_whom_hint")),
        "see_by": Field(text("duties.flag.see_by"), DateField(see_by, today=today)),
    }
    card = page.form(text("duties.flag.new"), text("duties.flag.note"), fields, kept)

    def chosen() -> None:
        flagged = fields["outcome"].control.value() in {one.value for one in FLAGS}
        for name in ("see_whom", "see_by"):
            fields[name].setVisible(flagged)

    fields["outcome"].control.done.connect(chosen)
    chosen()
    return card.end()


def _seen(page: DutySheet, screens: tuple[ScreenView, ...], kept: dict[str, object]) -> Card:
    today = page.context.today()
    fields = {
        "seen_on": Field(text("duties.flag.seen_on"), DateField(today, today=today, past=True)),
        "seen_by": Field(text("duties.flag.seen_by"), TextField(), hint=text("duties.flag.seen_by_hint")),
        "note": Field(text("duties.flag.seen_note"), LongText(lines=2), optional=True),
    }
    note = text("duties.flag.seen_note_line", name=page.called)
    waiting = [one for one in screens if one.waits]
    title = text("duties.flag.seen_title", name=page.called, count=len(waiting))
    return page.form(title, note, fields, kept).end()


def _gathered(page: DutySheet) -> Work | None:
    code, who = page.value("outcome"), page.who
    if not code:
        page.missing("outcome", "choice_unknown")
        return None
    said = Screened(
        ScreenOutcome(code),
        page.value("done_on") or page.context.today(),
        page.value("found"),
        page.value("see_whom"),
        page.value("see_by"),
    )
    return lambda desk: red_flags.record(desk, who, said)


def _screen(page: DutySheet, one: ScreenView) -> Any:
    by = text("duties.by", name=one.by_name, day=page.day(one.done_on)) if one.by_name else page.day(one.done_on)
    seen = ""
    if one.seen_on is not None:
        seen = text("duties.flag.seen_line", who=one.seen_by, day=page.day(one.seen_on), name=one.seen_recorded_by)
    return rows(
        [
            (text("duties.flag.what"), text(f"duties.flag.outcome.{one.outcome.value}")),
            (text("duties.flag.screened"), by),
            (text("duties.flag.found"), one.found),
            (text("duties.flag.see_whom"), one.see_whom),
            (text("duties.flag.seen"), seen or (text("duties.flag.not_yet") if one.waits else "")),
            (text("duties.flag.seen_note"), one.seen_note),
        ]
    )
