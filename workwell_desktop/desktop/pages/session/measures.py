"""Measures as the table of a session shows them: small, side by side."""

from workwell_desktop.catalogue import has
from workwell_desktop.desktop.kit import Clear, MeasureFacts, Point, Spark, Words, column, row, text
from workwell_desktop.domain.clock import london_day
from workwell_desktop.services.measure_views import MeasureView

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
                right.addWidget(Words(words, "note", tone))
        line.addLayout(right, 1)
        box.addLayout(line)
        box.addStretch(1)


def measure_facts(view: MeasureView) -> MeasureFacts:
    """A measure for the parts; what could not be calculated says how many were answered."""
    if view.value is None:
        missing = text("session.measure_missing", answered=view.answered, questions=view.questions)
        return MeasureFacts(view.name, missing=missing)
    band = f"session.band.{view.band}"
    change = ""
    if view.change is not None:
        way = "up" if view.change > 0 else "down" if view.change < 0 else "same"
        change = text(f"session.change.{way}", by=f"{abs(view.change):g}")
    highest = f"{view.highest:g}" if view.highest is not None else ""
    small = view.highest is not None and view.highest <= 10
    value = f"{view.value:g}"
    return MeasureFacts(
        name=view.name,
        value=text("session.out_of", value=value, highest=highest) if small else value,
        points=[Point(london_day(point.at), float(point.value)) for point in view.points],
        low=float(view.lowest or 0),
        high=float(view.highest) if view.highest is not None else 10.0,
        bands=[float(band.high) for band in view.bands[:-1]],
        band_words=text(band) if view.band and has(band) else "",
        change_words=change,
    )
