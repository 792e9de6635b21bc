"""What comes before any agreement: how somebody is best told things, and when we may have to tell others."""

from collections.abc import Callable
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Checks,
    Choice,
    Columns,
    DropDown,
    Field,
    TextField,
    long_day,
    outlined,
    quiet,
    text,
)
from workwell_desktop.domain.participants import ADJUSTMENTS, Need, PaperFormat
from workwell_desktop.services.coming_in.limits import LimitsView
from workwell_desktop.services.coming_in.needs import Asked, NeedsView

HOW = ("in_room", "phone", "paper", "online")


def how_field(label: str) -> Field:
    """How it was said."""
    return Field(label, DropDown([(one, text(f"agreement.how_said.{one}")) for one in HOW], HOW[0], width=220))


def needs_fields(now: NeedsView) -> dict[str, Field]:
    """What is asked first; needs of being told things and of taking part stand apart."""
    talking = [(one.value, text(f"person.needs.{one.value}")) for one in Need if one not in ADJUSTMENTS]
    helping = [(one.value, text(f"person.needs.{one.value}")) for one in Need if one in ADJUSTMENTS]
    formats = [(one.value, text(f"details.format.{one.value}")) for one in PaperFormat]
    return {
        "needs": Field(text("agreement.needs.talking"), Checks(talking, now.talking, columns=2)),
        "adjustments": Field(text("agreement.needs.adjustments"), Checks(helping, now.adjustments, columns=2)),
        "language": Field(
            text("agreement.needs.language"), TextField(now.language), hint=text("agreement.needs.language_hint")
        ),
        "paper_format": Field(
            text("details.paper_format"), Choice(formats, now.paper_format.value if now.paper_format else None)
        ),
        "contact_note": Field(
            text("agreement.needs.contact"), TextField(now.contact_note), hint=text("agreement.needs.contact_hint")
        ),
    }


def needs_columns(fields: dict[str, Field], called: str) -> Columns:
    """The step as two cards."""
    left, right = Card(text("agreement.needs.card", name=called), gap=10), Card(gap=10)
    left.add(fields["needs"], fields["adjustments"])
    right.add(fields["language"], fields["paper_format"], fields["contact_note"])
    return Columns([(left.end(), 1), (right.end(), 1)])


def needs_said(fields: dict[str, Field]) -> Asked:
    """What stands in the fields."""
    chosen = fields["paper_format"].control.value()
    return Asked(
        needs=frozenset(fields["needs"].control.value()) | frozenset(fields["adjustments"].control.value()),
        language=fields["language"].control.value() or "",
        paper_format=PaperFormat(chosen) if chosen else None,
        contact_note=fields["contact_note"].control.value() or "",
    )


def needs_line(now: NeedsView, called: str, today: Any, ask: Callable[[], None]) -> Alert:
    """What was asked first and when, or that nobody has asked yet; with the way to the step."""
    if now.asked_on is None:
        words = text("agreement.needs.not_asked", name=called)
        return Alert(text("agreement.needs.first"), words, "due", act=outlined(text("agreement.needs.ask"), ask))
    parts = [text(f"person.needs.{code}") for code in (*now.talking, *now.adjustments)]
    if now.language:
        parts.append(now.language)
    if now.contact_note:
        parts.append(now.contact_note.rstrip("."))
    said = ". ".join(parts) or text("agreement.needs.none")
    asked = text("agreement.needs.asked", day=long_day(now.asked_on, today), by=now.asked_by)
    return Alert(f"{said}.", asked, "info", icon_name="message-circle", act=quiet(text("agreement.needs.again"), ask))


def said_now(said: LimitsView | None) -> bool:
    """Whether it was said in the words that the partnership has now."""
    return said is not None and said.on is not None and said.same


def limits_line(said: LimitsView | None, today: Any, again: Callable[[], None]) -> Alert:
    """When we may have to tell others: that it was said, or that it is still to be."""
    if said is not None and said.on is not None and said.same:
        words = text("agreement.limits_said", day=long_day(said.on, today), by=said.by_name)
        return Alert("", words, "done", act=quiet(text("agreement.limits_again"), again))
    words = text("agreement.limits_changed" if said is not None else "agreement.limits_not_said")
    return Alert(text("agreement.limits_title"), words, "due", act=outlined(text("agreement.limits_open"), again))


__all__ = [
    "HOW",
    "how_field",
    "limits_line",
    "needs_columns",
    "needs_fields",
    "needs_line",
    "needs_said",
    "said_now",
]
