"""What the window shows of a form that is being filled: read on the worker, never changed, so that drawing it needs
nothing of the running form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.forms import Issue, Row
from workwell_desktop.services.assessing import assessments, measures, response_records, risk
from workwell_desktop.services.assessing.filling import Filling, PageProgress
from workwell_desktop.services.assessing.form_signatures import Signing
from workwell_desktop.services.assessing.response_records import RecordsMade
from workwell_desktop.services.assessing.risk import RiskView
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.planning import typed

if TYPE_CHECKING:
    from workwell_desktop.services.planning.signing import Ink

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Before:
    """A measure's value before this response, and its day."""

    value: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``missing`` are paths of required questions without an answer; ``issues`` what keeps the form from completion."""

    rows: tuple[Row, ...]
    progress: tuple[PageProgress, ...]
    missing: frozenset[str]
    issues: tuple[Issue, ...]
    scores: Mapping[str, Any]
    status: ResponseStatus
    saved_at: datetime | None
    left_out: Mapping[str, str]
    signings: tuple[Signing, ...] = ()
    inks: "Mapping[str, Ink]" = field(default_factory=dict)
    """What was drawn, by the digest of its file."""

    def unsigned(self) -> tuple[Signing, ...]:
        """The signatures that are still asked for."""
        return tuple(one for one in self.signings if not one.settled)

    def wrong(self) -> frozenset[str]:
        """The paths of answers that do not fit."""
        return frozenset(issue.path for issue in self.issues if issue.path and issue.path not in self.missing)


PLACE = "@place"
"""The field under which a response's place is kept: no linkId of a form that is read begins so."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was in a form: the part, the answer that had the focus, the cursor in what was typed."""

    part: int
    path: str = ""
    cursor: int = -1

    def written(self) -> str:
        """As it is kept."""
        return f"{self.part} {self.cursor} {self.path}"

    @classmethod
    def read(cls, written: str) -> "Place | None":
        """From what was kept; None where it is nothing of the kind."""
        part, _, rest = written.partition(" ")
        cursor, _, path = rest.partition(" ")
        if not part.isdigit() or not cursor.lstrip("-").isdigit():
            return None
        return cls(int(part), path, int(cursor))


@dataclass(frozen=True, slots=True)
class Opened:
    """All that the page needs when it opens a response."""

    filling: Filling
    head: PersonHead
    shot: Snapshot
    risks: tuple[RiskView, ...]
    typed: Mapping[str, str]
    place: "Place | None"
    before: Mapping[str, Before]
    may_see_scores: bool
    may_amend: bool
    mode: Mode
    records: RecordsMade | None = None
    """What a completed form makes beside its answers."""


def opened(desk: Desk, participant: Id, response: Id) -> Opened:
    """Opens a response on the worker."""
    filling = assessments.open_response(desk, response)
    words = dict(typed.of(desk, response))
    place = Place.read(words.pop(PLACE, ""))
    head = person_head(desk, participant)
    scores = desk.may(Act.READ_SCORES, Response)
    return Opened(
        filling=filling,
        head=head,
        shot=shot(filling),
        risks=tuple(one for one in head.risks if one.form_title == filling.form.title),
        typed=words,
        place=place,
        before=_before(desk, filling) if scores else {},
        may_see_scores=scores,
        may_amend=desk.may(Act.AMEND_ASSESSMENT, Response),
        mode=filling.mode,
        records=response_records.made_by(desk, response),
    )


def shot(filling: Filling) -> Snapshot:
    """The state of the form now; on the worker, where nobody else changes it."""
    rows = tuple(filling.run.rows())
    issues = tuple(filling.faults())
    return Snapshot(
        rows=rows,
        progress=tuple(filling.pages_of(rows)),
        missing=frozenset(row.path for row in filling.missing_of(rows)),
        issues=issues,
        scores={score.link_id: score.value for score in filling.scores()},
        status=filling.status,
        saved_at=filling.saved_at,
        left_out=dict(filling.left_out),
        signings=filling.signings(),
        inks=dict(filling.inks),
    )


def after(filling: Filling, act: Callable[[], T]) -> tuple[T, Snapshot]:
    """Does one act on the worker and looks at the form at once, before the next act can change it."""
    result = act()
    return result, shot(filling)


def risks_of(desk: Desk, filling: Filling) -> tuple[RiskView, ...]:
    """The open conversations that this form asked for."""
    return tuple(one for one in risk.open_ones(desk, filling.participant) if one.form_title == filling.form.title)


def _before(desk: Desk, filling: Filling) -> dict[str, Before]:
    """By link id: the last value of each measure of this form from another response."""
    found: dict[str, Before] = {}
    for view in measures.measures(desk, filling.participant):
        points = [point for point in view.points if point.at < filling.started_at]
        if view.form_url == filling.form.url and points:
            found[view.link_id] = Before(points[-1].value, london_day(points[-1].at))
    return found
