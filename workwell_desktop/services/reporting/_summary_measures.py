"""The values of measures for many responses at once. A value comes from the form, as everywhere; equal answers to the
same form are scored once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Value
from workwell_desktop.errors import UnknownForm
from workwell_desktop.forms import Run
from workwell_desktop.services.assessing.library import form_in
from workwell_desktop.services.assessing.measures import Measure, number_in, published
from workwell_desktop.services.assessing.score_only import base_url
from workwell_desktop.store import Reader

Values = dict[str, Decimal]
"""By code of the measure; one that could not be calculated is left out."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One filling of one form, completed at a moment as the tables write it."""

    response: Id
    url: str
    digest: str | None
    at: str

    @property
    def form(self) -> str:
        return base_url(self.url)


def scored(reader: Reader, answered: Iterable[Answered], now: datetime) -> dict[Id, Values]:
    """What every response gives."""
    by_form: dict[str, list[Answered]] = defaultdict(list)
    for one in answered:
        by_form[one.form].append(one)
    found: dict[Id, Values] = {}
    for form, some in by_form.items():
        wanted = [entry for entry in published() if entry.form == form]
        if wanted:
            found |= _of_form(reader, wanted, some, now)
    return found


def _of_form(reader: Reader, wanted: list[Measure], some: list[Answered], now: datetime) -> dict[Id, Values]:
    paths = sorted({path for entry in wanted for path in (entry.link_id, *entry.parts)})
    answers = reader.answers_among(paths, [one.response for one in some])
    known: dict[tuple[object, ...], Values] = {}
    found: dict[Id, Values] = {}
    for one in some:
        given = answers.get(one.response, {})
        key = (one.url, one.digest, *(given.get(path) for path in paths))
        if key not in known:
            known[key] = _values(reader, wanted, one, given, now)
        found[one.response] = known[key]
    return found


def _values(reader: Reader, wanted: list[Measure], one: Answered, given: dict[str, Value], now: datetime) -> Values:
    calculated: dict[str, Decimal | None] = {}
    if any(entry.parts for entry in wanted):
        try:
            form = form_in(reader, one.url, digest=one.digest)
        except UnknownForm:
            return {}
        calculated = {score.link_id: number_in(score.value) for score in Run(form, now=now, answers=given).scores()}
    values: Values = {}
    for entry in wanted:
        value = calculated[entry.link_id] if entry.link_id in calculated else number_in(given.get(entry.link_id))
        if value is not None:
            values[entry.code] = value
    return values
