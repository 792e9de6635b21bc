"""Measures over time, computed afresh from the answers by the form itself and never stored."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from workwell_desktop import assets
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import Repeat, Response, ResponseStatus
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Quantity, Value
from workwell_desktop.errors import UnknownForm
from workwell_desktop.forms import Run
from workwell_desktop.services.assessments import repeats_of
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.library import form_in
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.measure_views import Band, MeasureView, Point
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class Measure:
    """One entry of ``resources/instruments/measures.toml``: what is published of one number of one form."""

    code: str
    name: str
    form: str
    link_id: str
    lowest: Decimal | None
    highest: Decimal | None
    lower_is_better: bool | None
    reliable: Decimal | None
    parts: tuple[str, ...]
    bands: tuple[Band, ...]

    def band_of(self, value: Decimal | None) -> str | None:
        """The key of the words for the band that a value lies in."""
        return next((band.key for band in self.bands if value is not None and band.low <= value <= band.high), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of all measures of one response; None where one was not calculated."""

    response: Response
    at: datetime
    values: Mapping[str, Decimal | None]
    answered: Mapping[str, int]


def measures(desk: Desk, participant: Id) -> tuple[MeasureView, ...]:
    """Every measure that was ever taken of one person, in the order of the published list."""
    desk.allow(Act.READ_SCORES, Response)
    with desk.read() as reader:
        return measures_in(desk, reader, participant)


def measures_in(desk: Desk, reader: Reader, participant: Id) -> tuple[MeasureView, ...]:
    """The same inside a read."""
    desk.allow(Act.READ_SCORES, Response)
    kinds = (Response, Repeat, Person)
    return desk.kept(("measures", participant), kinds, lambda: _views(reader, participant, desk.clock.now()))


@cache
def published() -> tuple[Measure, ...]:
    """What ``measures.toml`` says, in its order."""
    path = assets.resource("instruments", "measures.toml")
    entries = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["measures"]
    return tuple(_measure(entry) for entry in entries)


def readings(reader: Reader, responses: Iterable[Response], now: datetime) -> list[Reading]:
    """What each response gives, oldest first; a form that is no longer here gives nothing."""
    found = []
    for one in responses:
        at = one.completed_at or one.started_at
        wanted = [entry for entry in published() if entry.form == one.form_url]
        if at is not None and wanted and (read := _reading(reader, one, wanted, at, now)) is not None:
            found.append(read)
    return sorted(found, key=lambda one: (one.at, one.response.id))


def _views(reader: Reader, participant: Id, now: datetime) -> tuple[MeasureView, ...]:
    responses = reader.list(Response, scope=participant, status=ResponseStatus.COMPLETED)
    by_form: dict[str, list[Reading]] = defaultdict(list)
    for one in readings(reader, responses, now):
        by_form[one.response.form_url or ""].append(one)
    people = staff(reader)
    views = (_view(entry, by_form[entry.form], people) for entry in published() if by_form.get(entry.form))
    return tuple(view for view in views if view.points or view.answered)


def _reading(reader: Reader, one: Response, wanted: list[Measure], at: datetime, now: datetime) -> Reading | None:
    answers = reader.answers(one.id)
    values: dict[str, Decimal | None] = {}
    if any(entry.parts for entry in wanted):
        try:
            form = form_in(reader, one.form_url or "", digest=one.form_digest)
        except UnknownForm:
            return None
        run = Run(form, now=now, answers=answers, repeats=repeats_of(reader, one.id))
        values = {score.link_id: _number(score.value) for score in run.scores()}
    answered = {entry.code: sum(1 for part in entry.parts if part in answers) for entry in wanted}
    for entry in wanted:
        if not entry.parts:
            values[entry.link_id] = _number(answers.get(entry.link_id))
            answered[entry.code] = int(entry.link_id in answers)
    return Reading(one, at, {entry.code: values.get(entry.link_id) for entry in wanted}, answered)


def _view(entry: Measure, taken: list[Reading], people: dict[Id, Person]) -> MeasureView:
    last = taken[-1]
    value = last.values[entry.code]
    points = tuple(Point(one.at, known) for one in taken if (known := one.values[entry.code]) is not None)
    earlier = points[:-1] if value is not None else points
    change = value - earlier[-1].value if value is not None and earlier else None
    reliable = None if change is None or entry.reliable is None else abs(change) >= entry.reliable
    return MeasureView(
        code=entry.code,
        name=entry.name,
        form_url=entry.form,
        link_id=entry.link_id,
        value=value,
        lowest=entry.lowest,
        highest=entry.highest,
        unit=None,
        answered=last.answered[entry.code],
        questions=len(entry.parts) or 1,
        band=entry.band_of(value),
        bands=entry.bands,
        lower_is_better=entry.lower_is_better,
        change=change,
        reliable=reliable,
        since=london_day(earlier[-1].at) if change is not None else None,
        points=points,
        response=last.response.id,
        at=last.at,
        mode=last.response.mode,
        author=name_of(people, last.response.author) or None,
    )


def _measure(entry: Mapping[str, Any]) -> Measure:
    return Measure(
        code=entry["code"],
        name=entry["name"],
        form=entry["form"],
        link_id=entry["link_id"],
        lowest=_decimal(entry.get("lowest")),
        highest=_decimal(entry.get("highest")),
        lower_is_better=entry.get("lower_is_better"),
        reliable=_decimal(entry.get("reliable")),
        parts=tuple(entry.get("parts", ())),
        bands=tuple(
            Band(Decimal(b["low"]), Decimal(b["high"]), f"measures.band.{b['key']}") for b in entry.get("bands", ())
        ),
    )


def _decimal(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _number(value: Value | None) -> Decimal | None:
    """A whole number, a decimal or the value of a quantity; anything else is not a number."""
    if isinstance(value, Quantity):
        return value.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)
