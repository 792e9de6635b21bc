"""What is new since the version that was signed before, in words: a card, one line for each part that differs."""

from datetime import date

from workwell_desktop.desktop.kit import Card, Words, text
from workwell_desktop.desktop.pages.person_form import code_words, field_words, value_words
from workwell_desktop.services.plan_versions import Difference, Happened

_LONGEST = 90
"""Letters of a part's name, or of an earlier text, within a line; the whole stands on its paper."""


def since_card(found: tuple[Difference, ...], version: int, today: date) -> Card:
    """``version`` is the one that is being written or looked at."""
    card = Card(text("plan_since.title"), text("plan_since.note", version=version), gap=4)
    for line in since_words(found, today) or [text("plan_since.nothing")]:
        card.add(Words(line, reading=True))
    return card


def since_words(found: tuple[Difference, ...], today: date) -> list[str]:
    """ "New action: Phone the surgery.", "Action Walk each day: by when was 4 Dec 2026, is now 11 Dec 2026." """
    lines = []
    for one in found:
        if one.happened is not Happened.CHANGED:
            lines.append(text(f"plan_since.{one.happened.value}.{one.kind}", name=_short(value_words(one.name, today))))
            continue
        for each in one.fields:
            words = {
                "field": field_words(one.kind, each.field),
                "before": _short(value_words(each.before, today, code_words(each.field))),
                "after": _short(value_words(each.after, today, code_words(each.field))),
            }
            name = _short(value_words(one.name, today)) if one.name else ""
            key = "plan_since.of_part" if name else "plan_since.of_plan"
            lines.append(text(key, name=name, **words) if name else text(key, **words))
    return lines


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
