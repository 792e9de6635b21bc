"""A form while it is being filled: what the assessment page holds. Answers live in the store; this shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from workwell_desktop.domain.episodes import Mode, ResponseStatus
from workwell_desktop.domain.form_signatures import FormSignature
from workwell_desktop.domain.left_out import Reason
from workwell_desktop.domain.plans import SignatureOutcome
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.values import BlobRef, Value
from workwell_desktop.forms import Form, Issue, Row, Run, Score
from workwell_desktop.forms.signed import Need, content
from workwell_desktop.services.assessing.form_signatures import Signing, signings

if TYPE_CHECKING:
    from workwell_desktop.documents.kinds import Ink


@dataclass(frozen=True, slots=True)
class Previous:
    """The answer to the same question in the last completed response of the same form."""

    value: Value
    at: datetime
    author: str
    response: Id


class PageState(StrEnum):
    """Where one page of a form stands."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PageProgress:
    """One page: how many of its questions are asked now, answered, and required but empty."""

    page: int
    title: str
    questions: int
    answered: int
    missing: int
    state: PageState


@dataclass(frozen=True, slots=True)
class Saved:
    """What one durable answer brought: the rows that changed, when it was safe, and the risk conversation it opened."""

    changed: tuple[str, ...]
    at: datetime
    risk: Id | None = None


@dataclass
class Filling:
    """One response that is open on a page. ``run`` is the running form; ``previous`` is by path, ``left_out`` says by
    path why there is no answer."""

    response: Id
    participant: Id
    form: Form
    run: Run
    mode: Mode
    status: ResponseStatus
    started_at: datetime
    previous: Mapping[str, Previous]
    saved_at: datetime | None = None
    left_out: dict[str, Reason] = field(default_factory=dict)
    signed: list[FormSignature] = field(default_factory=list)
    """What was signed of it, oldest first."""
    inks: "dict[str, Ink]" = field(default_factory=dict)
    """What was drawn, by the digest of its file."""

    def rows(self, page: int | None = None) -> list[Row]:
        """The rows of one page (from 0), or of the whole form; what is disabled or hidden is left out."""
        return [row for row in self.run.rows(page) if row.shown]

    def scores(self) -> list[Score]:
        """Calculated scores; the value is None with a reason where a part is missing."""
        return self.run.scores()

    def missing(self) -> list[Row]:
        """Required questions that are asked now and were neither answered nor left out for a reason."""
        return self.missing_of(self.run.rows())

    def missing_of(self, rows: Sequence[Row]) -> list[Row]:
        """The same from all rows of the form, where they are at hand."""
        return [row for row in rows if row.shown and _needed(row) and row.path not in self.left_out]

    def faults(self) -> list[Issue]:
        """What keeps the response from being completed. A question that the person would rather not answer does not."""
        return [
            issue
            for issue in self.run.issues()
            if issue.severity == "error" and not (issue.code == "required" and issue.path in self.left_out)
        ]

    def signings(self) -> tuple[Signing, ...]:
        """Every signature that the form asks for as it stands, and what came of it."""
        return signings(self.run, self.signed, self._left_codes())

    def signature(
        self,
        need: Need,
        name: str,
        outcome: SignatureOutcome,
        *,
        at: datetime,
        by: Id,
        reason: str | None = None,
        ink: BlobRef | None = None,
    ) -> FormSignature:
        """A signature under the answers as they stand; nothing is kept by this."""
        return FormSignature(
            id=new_id(),
            scope=self.participant,
            response=self.response,
            path=need.path or None,
            kind=need.code or None,
            name=name.strip() or None,
            outcome=outcome,
            reason=reason,
            ink=ink,
            content=content(self.run, self._left_codes()),
            at=at,
            taken_by=by,
        )

    def _left_codes(self) -> dict[str, str]:
        return {path: reason.code for path, reason in self.left_out.items()}

    def pages(self) -> list[PageProgress]:
        """How far each page is. A page without questions left to answer that was touched is done."""
        return self.pages_of(self.run.rows())

    def pages_of(self, rows: Sequence[Row]) -> list[PageProgress]:
        """The same from all rows of the form, where they are at hand."""
        asked: dict[int, list[Row]] = {page.number: [] for page in self.form.pages}
        for row in rows:
            if row.shown and _asks(row):
                asked[row.page].append(row)
        return [self._page(page.number, page.title, asked[page.number]) for page in self.form.pages]

    def answered(self) -> tuple[int, int]:
        """Answered and asked questions of the whole form."""
        rows = [row for row in self.rows() if _asks(row)]
        return sum(1 for row in rows if row.value is not None), len(rows)

    def _page(self, index: int, title: str, rows: Sequence[Row]) -> PageProgress:
        done = sum(1 for row in rows if row.value is not None or row.path in self.left_out)
        missing = sum(1 for row in rows if _needed(row) and row.path not in self.left_out)
        state = PageState.NOT_STARTED if not done else PageState.STARTED
        if rows and done == len(rows):
            state = PageState.DONE
        return PageProgress(index, title, len(rows), done, missing, state)


def _asks(row: Row) -> bool:
    """A question that a person answers: no group, no display, nothing calculated."""
    return row.item.is_question and not row.read_only


def _needed(row: Row) -> bool:
    return row.required and row.value is None and _asks(row)
