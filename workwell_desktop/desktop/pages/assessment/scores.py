"""What is said of a calculated total: the number, the range as published, how many are answered, and the change."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import Clear, Words, column, date_words, row, text
from workwell_desktop.desktop.pages.assessment.snapshot import Before, Snapshot
from workwell_desktop.desktop.pages.assessment.values import number_words
from workwell_desktop.desktop.pages.person.measure_words import NAMED
from workwell_desktop.forms import Row
from workwell_desktop.services.assessing.measure_views import shown
from workwell_desktop.services.assessing.measures import Measure, named, published


def measures_of(url: str | None, *, entered: bool = False) -> tuple[Measure, ...]:
    """The published measures of a form that are worked out from several answers; ``entered``: those that somebody
    enters from paper, and single answers, as well."""
    return tuple(one for one in published() if one.form == url and (entered or one.parts))


def said(one: Measure, shot: Snapshot, before: Mapping[str, Before], today: date) -> tuple[str, str, str]:
    """The value, the words beside it, and the line below: "14", "of 27, in the range often called moderate"."""
    if not one.parts:
        return _said_of_entered(one, shot, before, today)
    value = _number(shot.scores.get(one.link_id))
    asked = [row for row in shot.rows if row.link_id in one.parts and row.enabled]
    missing = [named(row) for row in asked if row.value is None]
    answered = text("assessment.answered", count=len(asked) - len(missing), of=len(asked))
    if value is None:
        return "", text("parts.not_calculated"), f"{answered}. {_why_not(one, asked, missing)}".rstrip()
    below = " ".join([f"{answered}.", *_change(one, value, before, today)])
    return shown(value, one.places), _range(one, value), below


def _said_of_entered(one: Measure, shot: Snapshot, before: Mapping[str, Before], today: date) -> tuple[str, str, str]:
    """A number that is an answer itself: before it is given there is nothing to say."""
    value = next((_number(row.value) for row in shot.rows if row.link_id == one.link_id and row.enabled), None)
    if value is None:
        return "", "", ""
    return shown(value, one.places), _range(one, value), " ".join(_change(one, value, before, today))


def _range(one: Measure, value: Decimal) -> str:
    most = number_words(one.highest) if one.highest is not None and one.out_of else ""
    band = one.band_of(value)
    parts = [text("assessment.of", most=most)] if most else []
    if band:
        parts.append(text("assessment.in_range", band=text(band)))
    return ", ".join(parts)


def _why_not(one: Measure, asked: list[Row], missing: list[str]) -> str:
    """What keeps a value away, once there is something to work it out from: "No answer to question 7."."""
    if not missing:
        return one.needs
    begun = len(missing) < len(asked)
    return (
        text("measures.no_answer", names=text("measures.and").join(missing)) if begun and len(missing) <= NAMED else ""
    )


def lines(url: str | None, shot: Snapshot, before: Mapping[str, Before], today: date) -> dict[str, tuple[str, str]]:
    """By link id: what a line of the column shows."""
    found = {}
    for one in measures_of(url):
        value, beside, below = said(one, shot, before, today)
        first = f"{value} {beside}" if value else beside
        found[one.link_id] = (first, below)
    return found


class ScoreHead(Clear):
    """The total at the right of the title."""

    def __init__(self) -> None:
        super().__init__()
        box = row(self, (0, 0, 0, 0), 10)
        self._value = Words("", "page", wrap=False)
        box.addWidget(self._value, 0, Qt.AlignmentFlag.AlignVCenter)
        two = column(None, (0, 0, 0, 0), 0)
        self._beside, self._below = Words("", "note", weight=600, wrap=False), Words("", "note", "soft", wrap=False)
        two.addWidget(self._beside)
        two.addWidget(self._below)
        box.addLayout(two)

    def say(self, value: str, beside: str, below: str) -> None:
        """Shows a total; an empty value is one that was not calculated."""
        self._value.say(value)
        self._value.setVisible(bool(value))
        self._beside.say(beside)
        self._below.say(below)
        self.setAccessibleName(" ".join(part for part in (value, beside, below) if part))


def _change(one: Measure, value: Decimal, before: Mapping[str, Before], today: date) -> list[str]:
    """The change since last time and whether it is one that the source counts; which way is better, always."""
    way = [] if one.lower_is_better is None else [text(f"assessment.{'lower' if one.lower_is_better else 'higher'}")]
    last = before.get(one.link_id)
    return way if last is None else [*_step(one, value, last, today), *way]


def _step(one: Measure, value: Decimal, last: Before, today: date) -> list[str]:
    words = date_words(last.day)
    day = words.rsplit(" ", 1)[0] if last.day.year == today.year else words
    step = value - last.value
    way = "same" if not step else "up" if step > 0 else "down"
    made = [
        text(f"assessment.was.{way}", value=shown(last.value, one.places), day=day, step=shown(abs(step), one.places))
    ]
    passes = one.passes(step)
    if passes is not None:
        kind = "reliable" if one.reliable is not None else "meaningful"
        made.append(text(f"measures.short_{kind}.{'yes' if passes else 'no'}"))
    return made


def _number(value: Any) -> Decimal | None:
    found = getattr(value, "value", value)
    return Decimal(found) if isinstance(found, int | Decimal) and not isinstance(found, bool) else None
