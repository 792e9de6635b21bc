"""What is said of a measure: the range, the change and what it is held against, why there is no value."""

from decimal import Decimal

from workwell_desktop.desktop.kit import text
from workwell_desktop.services.assessing.measure_views import MeasureView

NAMED = 3
"""So many questions without an answer are named; of more the number is said."""


def because_words(missing: tuple[str, ...], needs: str = "", because: str = "") -> str:
    """ "Not calculated because question 7 has no answer."; ``because`` are the words of whoever entered no score."""
    if because:
        return text("measures.because.said", why=because.rstrip("."))
    if not missing:
        return text("measures.because.needs", needs=needs) if needs else text("measures.because.empty")
    if len(missing) > NAMED:
        return text("measures.because.count", count=len(missing))
    return text("measures.because.named", count=len(missing), names=text("measures.and").join(missing))


def change_words(view: MeasureView, change: Decimal | None) -> str:
    """ "Down 5", "Up 2", "No change"; empty for the first time."""
    if change is None:
        return ""
    way = "up" if change > 0 else "down" if change < 0 else "same"
    return text(f"measures.change.{way}", by=view.shown(abs(change)))


def held_against(view: MeasureView, passes: bool | None) -> str:
    """Whether a change passes the published number, in words; empty where there is none or nothing to compare."""
    if passes is None or view.threshold is None:
        return ""
    kind = "meaningful" if view.meaningful else "reliable"
    return text(f"measures.{kind}.{'yes' if passes else 'no'}", number=view.shown(view.threshold))


def direction_words(view: MeasureView) -> str:
    """ "Higher is worse."; empty where there is no direction."""
    if view.lower_is_better is None:
        return ""
    return text("measures.direction.worse" if view.lower_is_better else "measures.direction.better")
