"""Who holds the words of each instrument that comes with the program, and what allows them to be shown."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from workwell_desktop import assets
from workwell_desktop.domain.people import Wording

_CLASSES = {"A": Wording.FREE, "B": Wording.SCORE_ONLY, "C": Wording.SCORE_ONLY}
"""B may be shown once the partnership has accepted the licence, which is a record of its own; until then, the score."""


@dataclass(frozen=True, slots=True)
class RightsRow:
    """One instrument of ``resources/instruments/rights.toml``; ``form`` is the url of its questionnaire.

    ``written_on`` is when the record was written, ``page_read_on`` when somebody read the page that proves it; None
    where nobody has.
    """

    form: str
    wording: Wording
    holder: str
    permitted: str
    proof: str
    text_source: str
    written_on: date
    page_read_on: date | None


@cache
def load_rights() -> Mapping[str, RightsRow]:
    """By url of the form."""
    found = tomllib.loads(assets.resource("instruments", "rights.toml").read_text(encoding="utf-8"))
    rows = (
        RightsRow(
            form=one["form"],
            wording=_CLASSES[one["class"]],
            holder=one["holder"],
            permitted=one["permitted"],
            proof=one["proof"],
            text_source=one.get("text_source", ""),
            written_on=one["written_on"],
            page_read_on=one.get("page_read_on"),
        )
        for one in found.values()
        if "form" in one
    )
    return MappingProxyType({row.form: row for row in rows})
