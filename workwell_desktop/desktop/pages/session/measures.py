"""Measures as the table of a session shows them: small, side by side."""

from typing import Any

from workwell_desktop.desktop.kit import Clear, MeasureFacts, Point, Spark, Words, alone, column, row, text
from workwell_desktop.desktop.pages.person.measure_words import because_words
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.screen import has
from workwell_desktop.services.assessing.measure_views import MeasureView

MOST = 3


class SmallMeasure(Clear):
    """Name over value, the trend, the band and the change in words."""

    def __init__(self, view: MeasureView) -> None:
        super().__init__()
        box = column(self, (0, 0, 0, 0), 2)
        facts = measure_facts(view)
        box.addWidget(Words(facts.name, "note", "soft"))
        line = row(None, (0, 0, 0, 0), 10)
        line.addWidget(Words(facts.value or text("parts.not_calculated"), "label", wrap=not facts.value))
        if facts.value and facts.points:
            line.addWidget(Spark(facts, width=56, height=26))
        right = column(None, (0, 0, 0, 0), 0)
        for words, tone in ((facts.band_words, ""), (facts.change_words, "soft"), (facts.missing, "soft")):
            if words:
                right.addWidget(Words(alone(words), "note", tone))
        line.addLayout(right, 1)
        box.addLayout(line)
        box.addStretch(1)


def measure_facts(view: MeasureView, *, direction: bool = False) -> MeasureFacts:
    """A measure for the parts; what could not be calculated names the questions without an answer.

    ``direction`` says which way is better and what the change is held against, where there is room for it.
    """
    if view.value is None:
        missing = because_words(view.missing, view.needs, view.because)
        if not direction and view.missing:
            missing = text("session.measure_missing", answered=view.answered, questions=view.questions)
        return MeasureFacts(view.name, missing=missing, **_drawn(view))
    # the service names the whole published words; the table of a session has room for the short ones
    band = f"session.band.{view.band.rpartition('.')[2]}" if view.band else ""
    change = ""
    if view.change is not None:
        way = "up" if view.change > 0 else "down" if view.change < 0 else "same"
        change = text(f"session.change.{way}", by=view.shown(abs(view.change)))
        if view.reliable is not None and view.change:
            kind = "meaningful" if view.meaningful else "reliable"
            passed = text(f"session.{kind}.{'yes' if view.reliable else 'no'}")
            change = text("session.change_and_passes", change=change, passed=passed)
    if direction and view.lower_is_better is not None:
        better = text("session.better.lower" if view.lower_is_better else "session.better.higher")
        change = text("session.change_and_better", change=change, better=better) if change else better
    small = view.highest is not None and view.highest <= 10
    value = view.shown(view.value)
    highest = view.shown(view.highest) if view.highest is not None else ""
    return MeasureFacts(
        name=view.name,
        value=text("session.out_of", value=value, highest=highest) if small else value,
        band_words=text(band) if band and has(band) else "",
        change_words=change,
        **_drawn(view),
    )


def _drawn(view: MeasureView) -> dict[str, Any]:
    """What the picture shows."""
    return {
        "points": [Point(london_day(point.at), float(point.value)) for point in view.points],
        "low": float(view.lowest or 0),
        "high": float(view.highest) if view.highest is not None else 10.0,
        "bands": [float(band.high) for band in view.bands[:-1]],
    }
