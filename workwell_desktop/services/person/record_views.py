"""One person's record as pages are shown it: banner, overview, everything by date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from workwell_desktop.domain.plans import ObstacleKind, ObstacleStatus, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.caseload.search_views import ProgrammeView
from workwell_desktop.services.caseload.today_views import TodayItem
from workwell_desktop.services.employment.work_views import WorkView


@dataclass(frozen=True, slots=True)
class BannerView:
    """Who this is. ``needs`` are codes of ``Need``; ``nhs_number`` is written 3-3-4 or empty."""

    participant: Id
    name: str
    called: str
    initials: str
    birth_date: date | None
    age: int | None
    nhs_number: str
    nhs_number_status: str
    pronouns: str
    needs: tuple[str, ...]
    contact_note: str
    paper_format: str
    programme: ProgrammeView
    episode: Id | None
    episode_status: str
    coach: Id | None
    coach_name: str
    open_risks: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class MattersView:
    """The person's own words, when they were said and to whom."""

    words: str
    at: datetime | None
    by_name: str
    lives_with: str
    good_at: str


@dataclass(frozen=True, slots=True)
class StepView:
    """An action or a change at work under its obstacle. ``late`` is in days, 0 when it is not."""

    record: Id
    is_adjustment: bool
    text: str
    owner_kind: OwnerKind | None
    owner_name: str
    due: date | None
    status: str
    late: int


@dataclass(frozen=True, slots=True)
class ObstacleView:
    obstacle: Id
    kind: ObstacleKind
    text: str
    status: ObstacleStatus
    noted_on: date | None
    left_reason: str
    due: date | None
    """The earliest date of a step that is not finished."""
    late: int
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of "so far" and of "everything by date": ``text(f"record.event.{kind}", **words)``.

    ``kind`` and ``words`` say what happened; ``record`` and ``record_kind`` where it stands.
    """

    kind: str
    on: date
    at: datetime | None
    words: tuple[tuple[str, str], ...]
    by_name: str
    record: Id
    record_kind: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The page. ``obstacles`` come in the order person, workplace, context; measures come from ``assessments``."""

    banner: BannerView
    matters: MattersView
    work: WorkView | None
    next: tuple[TodayItem, ...]
    obstacles: tuple[ObstacleView, ...]
    loose: tuple[StepView, ...]
    """Actions that answer no obstacle."""
    open_obstacles: int
    done_obstacles: int
    so_far: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One earlier or present value of a field, newest first. ``value`` is the stored value, None when erased; ``codes``
    are the words of what the site or a list says there may be, by code."""

    field: str
    value: object
    by_name: str
    at: datetime
    present: bool
    codes: Mapping[str, str]
