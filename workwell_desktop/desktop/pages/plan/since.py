"""What is new since the version that was signed before, in words: a card, one line for each part that differs."""

from datetime import date

from workwell_desktop.desktop.kit import Card, Words, text
from workwell_desktop.desktop.pages.codes import code_words
from workwell_desktop.desktop.pages.person_form import field_words, value_words
from workwell_desktop.services.planning.plan_versions import Difference, FieldDifference, Happened, Since

_LONGEST = 90
"""Letters of a part's name, or of an earlier text, within a line; the whole stands on its paper."""


def since_card(found: Since, today: date) -> Card:
    """For the version that is being written or looked at."""
    card = Card(text("plan_since.title"), text("plan_since.note", version=found.version), gap=4)
    for line in since_words(found.differences, today) or [text("plan_since.nothing")]:
        card.add(Words(line, reading=True))
    return card


def since_words(found: tuple[Difference, ...], today: date) -> list[str]:
    """ "New action: “Phone the surgery”", "“Walk each day”. By when: “4 December 2026” became “11 December 2026”" """
    lines = []
    for one in found:
        name = _short(value_words(one.name, today))
        if one.happened is Happened.CHANGED:
            part = text("plan_since.part", name=name) if one.name else ""
            lines += [" ".join((part, _field(one.kind, each, today))).strip() for each in one.fields]
        else:
            lines.append(text(f"plan_since.{one.happened.value}.{one.kind}", name=name))
    return lines


def _field(kind: str, one: FieldDifference, today: date) -> str:
    codes = code_words(one.field, kind)
    before, after = (_short(value_words(value, today, codes)) for value in (one.before, one.after))
    field = field_words(kind, one.field)
    if one.before is None:
        return text("plan_since.came", field=field, after=after)
    if one.after is None:
        return text("plan_since.went", field=field, before=before)
    return text("plan_since.became", field=field, before=before, after=after)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
