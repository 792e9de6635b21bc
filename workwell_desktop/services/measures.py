"""Measures over time (domain.md 3.12), computed afresh from the answers by the form itself and never stored."""

from dataclasses import dataclass
from decimal import Decimal

from workwell_desktop.services.measure_views import Band


@dataclass(frozen=True, slots=True)
class Measure:
    """One entry of ``resources/instruments/measures.toml``."""

    code: str
    name: str
    form: str
    link_id: str
    lowest: Decimal | None
    highest: Decimal | None
    unit: str | None
    lower_is_better: bool | None
    reliable: Decimal | None
    parts: tuple[str, ...]
    bands: tuple[Band, ...]
