"""Measures over time, computed afresh from the answers by the form itself and never stored."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from workwell_desktop import assets
from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import Repeat, Response, ResponseStatus
from workwell_desktop.domain.left_out import LeftOut
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Quantity, Value
from workwell_desktop.errors import UnknownForm
from workwell_desktop.forms import Row, Run
from workwell_desktop.services.assessing.assessments import repeats_of
from workwell_desktop.services.assessing.launch import context_of, head_of, moment_of
from workwell_desktop.services.assessing.library import form_in
from workwell_desktop.services.assessing.measure_views import Band, MeasureView, Point, Taken
from workwell_desktop.services.assessing.score_only import NO_SCORE, base_url, why_none
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class Measure:
    """One entry of ``resources/instruments/measures.toml``: what is published of one number of one form.

    ``reliable`` is the smallest change that the source calls reliable, ``meaningful`` the smallest that studies call
    meaningful to people; at most one of them is published.
    """

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
    meaningful: Decimal | None = None
    places: int = 0
    needs: str = ""
    note: str = ""
    source: str = ""
    out_of: bool = True

    @property
    def threshold(self) -> Decimal | None:
        """The published number that a change is held against."""
        return self.reliable if self.reliable is not None else self.meaningful

    def passes(self, change: Decimal | None) -> bool | None:
        """Whether a change is at least the published number; None where there is no change or no number."""
        return None if change is None or self.threshold is None else abs(change) >= self.threshold

    def band_of(self, value: Decimal | None) -> str | None:
        """The key of the words for the band that a value lies in."""
        if value is None or (self.highest is not None and value > self.highest):
            return None
        return next((band.key for band in reversed(self.bands) if value >= band.low), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of all measures of one response; None where one was not calculated. ``asked`` and ``missing`` are
    the questions that a measure is made of: how many, and the names of those without an answer."""

    response: Response
    at: datetime
    values: Mapping[str, Decimal | None]
    asked: Mapping[str, int]
    missing: Mapping[str, tuple[str, ...]]
    because: str = ""
    """Why no score was entered, in the words that were given."""


def measures(desk: Desk, participant: Id) -> tuple[MeasureView, ...]:
    """Every measure that was ever taken of one person, in the order of the published list."""
    desk.allow(Act.READ_SCORES, Response)
    with desk.read() as reader:
        return measures_in(desk, reader, participant)


def measures_in(desk: Desk, reader: Reader, participant: Id) -> tuple[MeasureView, ...]:
    """The same inside a read."""
    desk.allow(Act.READ_SCORES, Response)
    kinds = (Response, Repeat, LeftOut, Person)
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
        wanted = [entry for entry in published() if entry.form == base_url(one.form_url or "")]
        if at is not None and wanted and (read := _reading(reader, one, wanted, at, now)) is not None:
            found.append(read)
    return sorted(found, key=lambda one: (one.at, one.response.id))


def _views(reader: Reader, participant: Id, now: datetime) -> tuple[MeasureView, ...]:
    responses = reader.list(Response, scope=participant, status=ResponseStatus.COMPLETED)
    by_form: dict[str, list[Reading]] = defaultdict(list)
    for one in readings(reader, responses, now):
        by_form[base_url(one.response.form_url or "")].append(one)
    people = staff(reader)
    taken = [entry for entry in published() if by_form.get(entry.form)]
    views = ((entry, _view(entry, by_form[entry.form], people)) for entry in taken)
    # a ruler that nobody answered says nothing; a total that could not be worked out says why
    return tuple(view for entry, view in views if entry.parts or view.points or view.because)


def _reading(reader: Reader, one: Response, wanted: list[Measure], at: datetime, now: datetime) -> Reading | None:
    answers = reader.answers(one.id)
    values: dict[str, Decimal | None] = {}
    parts: list[Row] = []
    if any(entry.parts for entry in wanted):
        try:
            form = form_in(reader, one.form_url or "", digest=one.form_digest)
        except UnknownForm:
            return None
        run = Run(
            form,
            now=moment_of(one, now),
            answers=answers,
            repeats=repeats_of(reader, one.id),
            context=context_of(reader, one),
            head=head_of(one, now),
        )
        values = {score.link_id: number_in(score.value) for score in run.scores()}
        parts = [row for row in run.rows() if row.enabled and row.item.is_question]
    asked: dict[str, int] = {}
    missing: dict[str, tuple[str, ...]] = {}
    for entry in wanted:
        made_of = [row for row in parts if row.link_id in entry.parts]
        asked[entry.code] = len(made_of) or 1
        missing[entry.code] = tuple(named(row) for row in made_of if row.value is None)
        if entry.link_id not in values:
            values[entry.link_id] = number_in(answers.get(entry.link_id))
    found = {entry.code: values[entry.link_id] for entry in wanted}
    return Reading(one, at, found, asked, missing, _why_none(reader, one, answers))


def _why_none(reader: Reader, one: Response, answers: Mapping[str, Value]) -> str:
    """What was said of a score that is not there; that somebody would rather not say is a reason too."""
    if said := why_none(answers):
        return said
    left = (out.reason for out in reader.list(LeftOut, response=one.id) if (out.path or "").endswith(NO_SCORE))
    reason = next(left, None)
    return text(f"measures.because.{reason.value}") if reason is not None else ""


def named(row: Row) -> str:
    """A question as people call it: "question 9", or its words where it has no number."""
    number = (row.item.prefix or "").strip(" .)")
    return text("measures.question", number=number) if number else row.item.short_text or row.text


def _view(entry: Measure, readings: list[Reading], people: dict[Id, Person]) -> MeasureView:
    taken = tuple(_taken(entry, readings, people))
    last, now = readings[-1], taken[-1]
    points = tuple(Point(one.at, one.value) for one in taken if one.value is not None)
    asked = last.asked[entry.code]
    missing = len(now.missing) if entry.parts else int(now.value is None)
    return MeasureView(
        code=entry.code,
        name=entry.name,
        form_url=entry.form,
        link_id=entry.link_id,
        value=now.value,
        lowest=entry.lowest,
        highest=entry.highest,
        unit=None,
        answered=asked - missing,
        questions=asked,
        band=now.band,
        bands=entry.bands,
        lower_is_better=entry.lower_is_better,
        change=now.change,
        reliable=now.passes,
        since=london_day(points[-2].at) if now.change is not None else None,
        points=points,
        response=last.response.id,
        at=last.at,
        mode=now.mode,
        author=now.author,
        missing=now.missing,
        needs=entry.needs,
        threshold=entry.threshold,
        meaningful=entry.reliable is None and entry.meaningful is not None,
        places=entry.places,
        note=entry.note,
        source=entry.source,
        taken=taken,
        out_of=entry.out_of,
        because=now.because,
    )


def _taken(entry: Measure, readings: list[Reading], people: dict[Id, Person]) -> Iterator[Taken]:
    """Each time with the change against the last value before it."""
    before: Decimal | None = None
    for one in readings:
        value = one.values[entry.code]
        change = value - before if value is not None and before is not None else None
        yield Taken(
            at=one.at,
            value=value,
            band=entry.band_of(value),
            change=change,
            passes=entry.passes(change),
            missing=() if value is not None else one.missing[entry.code],
            mode=one.response.mode,
            author=name_of(people, one.response.author) or None,
            because=one.because if value is None else "",
        )
        before = before if value is None else value


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
        meaningful=_decimal(entry.get("meaningful")),
        places=entry.get("places", 0),
        needs=entry.get("needs", ""),
        note=entry.get("note", ""),
        source=entry["source"],
        out_of=entry.get("out_of", True),
    )


def _decimal(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def number_in(value: Value | None) -> Decimal | None:
    """A whole number, a decimal or the value of a quantity; anything else is not a number."""
    if isinstance(value, Quantity):
        return value.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)
