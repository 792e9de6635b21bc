"""A safeguarding concern: that it was passed on, to whom, when and by which reference; and what came of it.

It is a restricted note: read by the roles that the site pack names and by whoever wrote it. Others are told at most
that there is one. It stands on no paper, in no list of what happened, and leaves with a case only when somebody who may
asks for it.
"""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.dates import working_days_after
from workwell_desktop.domain.duties import ConcernAbout, SafeguardingConcern
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import FieldsInvalid, Locked, NoPermission
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services._restricted import may_read
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none

KIND = "safeguarding"


@dataclass(frozen=True, slots=True)
class Concern:
    """What was passed on. ``not_told_why`` is needed where the person does not know of it."""

    about: ConcernAbout
    what: str
    passed_to: str
    passed_on: date
    reference: str = ""
    told: bool | None = None
    not_told_why: str = ""
    follow_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConcernView:
    """A concern that the person who acts may read; the newest comes first."""

    concern: Id
    about: ConcernAbout
    what: str
    passed_to: str
    passed_on: date | None
    reference: str
    told: bool | None
    not_told_why: str
    follow_up_on: date | None
    came_of_it: str
    followed_up_on: date | None
    followed_up_by: str
    by_name: str
    chosen_why: str = ""
    """Why one of two answers was chosen here, where there were two."""


@dataclass(frozen=True, slots=True)
class Concerns:
    """``others`` says that there is a note that this person may not read: False, too, where the site keeps that."""

    mine: tuple[ConcernView, ...]
    others: bool


def ask_again_on(desk: Desk) -> date:
    """The day that is offered for asking what came of it."""
    desk.allow(Act.RECORD_SAFEGUARDING)
    return working_days_after(desk.clock.today(), desk.site.duties.follow_up_working_days)


def record(desk: Desk, participant: Id, concern: Concern) -> Id:
    """Writes down that a concern was passed on. Raises FieldsInvalid; nothing of it can be undone."""
    desk.allow(Act.RECORD_SAFEGUARDING)
    today = desk.clock.today()
    problems = []
    if not concern.what.strip():
        problems.append(("what", "concern_missing"))
    if not concern.passed_to.strip():
        problems.append(("passed_to", "passed_to_missing"))
    if concern.passed_on > today:
        problems.append(("passed_on", "date_in_future"))
    if concern.told is None:
        problems.append(("told", "told_missing"))
    if concern.told is False and not concern.not_told_why.strip():
        problems.append(("not_told_why", "not_told_why_missing"))
    if concern.follow_up_on is not None and concern.follow_up_on < concern.passed_on:
        problems.append(("follow_up_on", "ends_before_start"))
    if problems:
        raise FieldsInvalid(tuple(problems))
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        unit.undoable = False
        return unit.add(
            SafeguardingConcern(
                id=new_id(),
                scope=participant,
                about=concern.about,
                what=concern.what.strip(),
                passed_to=concern.passed_to.strip(),
                passed_on=concern.passed_on,
                reference=words_or_none(concern.reference),
                told=concern.told,
                not_told_why=None if concern.told else words_or_none(concern.not_told_why),
                follow_up_on=concern.follow_up_on,
                recorded_by=desk.me,
                at=desk.clock.now(),
            )
        )


def follow_up(desk: Desk, concern: Id, came_of_it: str, *, reference: str = "", again_on: date | None = None) -> None:
    """Writes down what came of it; ``again_on`` asks once more later. Raises FieldsInvalid without words, Locked where
    it was finished, and NoPermission for a note that the person who acts may not read."""
    desk.allow(Act.RECORD_SAFEGUARDING)
    if not came_of_it.strip():
        raise FieldsInvalid((("came_of_it", "came_of_it_missing"),))
    today = desk.clock.today()
    if again_on is not None and again_on < today:
        raise FieldsInvalid((("again_on", "ends_before_start"),))
    with desk.read() as reader:
        one = reader.get(SafeguardingConcern, concern)
    _needs_reading(desk, one)
    if one.followed_up_on is not None:
        raise Locked()
    before = f"{one.came_of_it}\n" if one.came_of_it else ""
    with desk.unit() as unit:
        unit.undoable = False
        unit.set(
            SafeguardingConcern,
            concern,
            came_of_it=before + came_of_it.strip(),
            reference=words_or_none(reference) or one.reference,
            follow_up_on=again_on or one.follow_up_on,
            followed_up_on=None if again_on else today,
            followed_up_by=desk.me,
        )


def of_participant(desk: Desk, participant: Id) -> Concerns:
    """The notes that the person who acts may read; that they were read is written down."""
    desk.allow(Act.READ, Participant)
    with desk.read() as reader:
        found = reader.list(SafeguardingConcern, order_by=("-at", "id"), scope=participant)
        names = staff_names(reader) if found else {}
    mine = [one for one in found if may_read(desk, one)]
    for one in mine:
        desk.noted(AuditKind.OPENED, participant, one.id, KIND)
    others = len(mine) < len(found) and desk.site.duties.restricted_note
    return Concerns(tuple(view(one, names) for one in mine), others)


def _needs_reading(desk: Desk, one: SafeguardingConcern) -> None:
    if not may_read(desk, one):
        desk.noted(AuditKind.REFUSED, one.scope, one.id, KIND)
        raise NoPermission(role=", ".join(sorted(desk.person.roles)), act=Act.READ.value)


def view(one: SafeguardingConcern, names: dict[Id, str]) -> ConcernView:
    return ConcernView(
        concern=one.id,
        about=one.about or ConcernAbout.OTHER,
        what=one.what or "",
        passed_to=one.passed_to or "",
        passed_on=one.passed_on,
        reference=one.reference or "",
        told=one.told,
        not_told_why=one.not_told_why or "",
        follow_up_on=one.follow_up_on,
        came_of_it=one.came_of_it or "",
        followed_up_on=one.followed_up_on,
        followed_up_by=names.get(one.followed_up_by, "") if one.followed_up_by else "",
        by_name=names.get(one.recorded_by, "") if one.recorded_by else "",
        chosen_why=one.chosen_why or "",
    )
