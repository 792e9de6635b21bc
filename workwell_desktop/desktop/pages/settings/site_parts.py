"""What changes from one site pack to another, on sheets: each group of differences, and the people whom it is about."""

from collections.abc import Sequence
from itertools import groupby

from workwell_desktop.desktop.kit import Card, Clear, Columns, Words, column, text
from workwell_desktop.domain.site_words import Difference
from workwell_desktop.services.administration.site_packs import Affected


def change_cards(found: Sequence[Difference]) -> list[Card]:
    """A sheet for each group: what it is about, how it is now, how it would be then."""
    cards = []
    for group, lines in groupby(found, key=lambda one: one.group):
        kept = list(lines)
        card = Card(text(f"sitepack.group.{group}"), text("sitepack.changes_count", count=len(kept)), gap=10)
        for place, one in enumerate(kept):
            if place:
                card.rule()
            card.add(_line(one))
        cards.append(card.end())
    return cards


def affected_lines(found: Affected) -> list[str]:
    """What changes for people who are here already, a sentence each."""
    lines = [
        text("sitepack.affected.clock", count=count, before=before, after=after)
        for before, after, count in found.clocks
    ]
    lines = lines or [text("sitepack.affected.no_clock")]
    if found.past:
        lines.append(text("sitepack.affected.past", count=found.past))
    if found.plans:
        lines.append(text("sitepack.affected.plans", count=found.plans))
    lines += [text("sitepack.affected.role", count=count, role=name) for name, count in found.roles]
    return lines


def _line(one: Difference) -> Clear:
    holder = Clear()
    box = column(holder, (0, 0, 0, 0), 4)
    box.addWidget(Words(one.what, "label"))
    if one.group == "roles" and not one.now:
        box.addWidget(Words(one.then))
        return holder
    box.addWidget(Columns([(_side("now", one.now), 1), (_side("then", one.then), 1)]))
    return holder


def _side(name: str, value: str) -> Clear:
    holder = Clear()
    box = column(holder, (0, 0, 0, 0), 1)
    head = text(f"sitepack.{name}")
    said = value or text("sitepack.missing")
    box.addWidget(Words(head, "note", "soft"))
    words = Words(said)
    words.setAccessibleName(f"{head}: {said}")
    box.addWidget(words)
    box.addStretch(1)
    return holder
