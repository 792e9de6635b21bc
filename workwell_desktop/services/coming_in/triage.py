"""Who helps from here: another service, a coach, or the team meeting first. Decided by a person, with the reason.

signpost ── what was suggested, how it was said, the referral ends kindly; a talk later asks how it went (if wished)
coach ───── the referral waits for this coach, who takes the person on once they want to take part
meeting ─── the question waits for whoever prepares the team's next agenda
"""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.coming_in import EligibilityAnswer as Answer
from workwell_desktop.domain.coming_in import Helper, Triage, moment_after, newest_answers, newest_triage
from workwell_desktop.domain.episodes import (
    ClosureReason,
    Contact,
    ContactStatus,
    Episode,
    EpisodeStatus,
    Referral,
)
from workwell_desktop.domain.papers import AuditKind, ReleaseHow
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.sessions import BringRequest, Lane
from workwell_desktop.errors import FieldsInvalid, Locked
from workwell_desktop.services._reads import staff_names, working_here
from workwell_desktop.services.coming_in import eligibility
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person.ending import Ending, close_in
from workwell_desktop.services.signposting import service_loops, suggesting
from workwell_desktop.services.signposting.suggesting import Suggestion
from workwell_desktop.store import Reader, Unit

TOLD_HOW = frozenset({"phone", "text", "letter", "room", "video", "home"})


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the person is told of: ``services`` by key, ``note`` for what stands on no list.

    ``ask_on``: the day on which somebody asks how it went, because the person said yes to that.
    """

    services: frozenset[str] = frozenset()
    note: str = ""
    told_how: str | None = None
    ask_on: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision that counts, as a page shows it."""

    triage: Triage
    by: str
    coach: str
    services: tuple[Suggestion, ...]


def current(desk: Desk, participant: Id, referral: Id) -> Decision | None:
    """Who helps from here, or None where nobody has decided."""
    desk.allow(Act.READ, Triage)
    with desk.read() as reader:
        made = newest_triage(reader.list(Triage, scope=participant, referral=referral))
        staff = staff_names(reader)
    if made is None:
        return None
    by = staff.get(made.decided_by, "") if made.decided_by else ""
    coach = staff.get(made.coach, "") if made.coach else ""
    return Decision(made, by, coach, suggesting.named(desk, made.suggested))


def signpost(desk: Desk, episode: Id, reason: str, told: Elsewhere) -> Id:
    """Other services help: it is written down what was suggested, and the referral ends. One act, undone as one.

    With a day to ask, each service stays open until somebody says what came of it (``service_loops``).

    Raises FieldsInvalid where nothing is suggested (nobody leaves with a no alone), without a reason or with a day to
    ask that has passed; Locked for an episode that has begun or ended.
    """
    desk.allow(Act.CLOSE_EPISODE, Triage)
    problems = _reason(reason)
    if not told.services and not told.note.strip():
        problems.append(("services", "suggestion_missing"))
    if told.told_how is not None and told.told_how not in TOLD_HOW:
        problems.append(("told_how", "told_how_unknown"))
    if told.ask_on is not None and told.ask_on <= desk.clock.today():
        problems.append(("ask_on", "ask_later"))
    if problems:
        raise FieldsInvalid(tuple(problems))
    with desk.unit() as unit:
        now = _waiting(unit.reader, episode)
        why = ClosureReason.NOT_ELIGIBLE if _fits_elsewhere(desk, unit.reader, now) else ClosureReason.SIGNPOSTED
        made = _made(
            desk,
            unit.reader,
            now,
            Helper.SIGNPOST,
            reason,
            suggested=told.services,
            suggested_note=told.note.strip() or None,
            told_how=Code(told.told_how) if told.told_how else None,
        )
        unit.add(made)
        names = [one.name for one in suggesting.named(desk, told.services)]
        said = ", ".join([*names, *([told.note.strip()] if told.note.strip() else [])])
        close_in(desk, unit, now, why, Ending(onward_note=text("triage.onward", services=said)))
        if told.ask_on is not None:
            _ask_later(desk, unit, now, said, told.ask_on)
            service_loops.told_of(desk, unit, now, told.services)
        return made.id


def to_coach(desk: Desk, episode: Id, reason: str, coach: Id | None = None) -> Id:
    """A coach helps: whoever acts, where none is named. Raises as ``signpost``, and BadInput for somebody who left."""
    desk.allow(Act.EDIT_EPISODE, Triage)
    _check(_reason(reason))
    with desk.unit() as unit:
        now = _waiting(unit.reader, episode)
        who = working_here(unit.reader, coach or desk.me)
        made = unit.add(_made(desk, unit.reader, now, Helper.COACH, reason, coach=who))
        unit.set(Episode, episode, coach=who)
        _read(desk, unit, now)
    return made


def to_meeting(desk: Desk, episode: Id, reason: str, question: str) -> Id:
    """The team is asked first: the question waits for whoever prepares the next agenda. Raises as ``signpost``."""
    desk.allow(Act.EDIT_EPISODE, Triage)
    problems = _reason(reason)
    if not question.strip():
        problems.append(("question", "team_question_missing"))
    _check(problems)
    with desk.unit() as unit:
        now = _waiting(unit.reader, episode)
        made = unit.add(_made(desk, unit.reader, now, Helper.MEETING, reason, question=question.strip()))
        if not unit.reader.count(BringRequest, scope=now.scope, agenda_item=None, dropped_at=None):
            unit.add(
                BringRequest(
                    id=new_id(),
                    scope=now.scope,
                    asked_by=desk.me,
                    at=desk.clock.now(),
                    question=question.strip(),
                    lane=Lane.DISCUSS,
                )
            )
        _read(desk, unit, now)
    return made


def _check(problems: list[tuple[str, str]]) -> None:
    if problems:
        raise FieldsInvalid(tuple(problems))


def _reason(reason: str) -> list[tuple[str, str]]:
    return [] if reason.strip() else [("reason", "triage_reason_missing")]


def _waiting(reader: Reader, episode: Id) -> Episode:
    now = reader.get(Episode, episode)
    if now.status is not EpisodeStatus.WAITING:
        raise Locked()
    return now


def _made(desk: Desk, reader: Reader, now: Episode, helper: Helper, reason: str, **more: object) -> Triage:
    before = newest_triage(reader.list(Triage, scope=now.scope, referral=now.referral))
    return Triage(
        id=new_id(),
        scope=now.scope,
        referral=now.referral,
        episode=now.id,
        helper=helper,
        reason=reason.strip(),
        decided_by=desk.me,
        at=moment_after(before, desk.clock.now()),
        **more,  # type: ignore[arg-type]
    )


def _read(desk: Desk, unit: Unit, now: Episode) -> None:
    """Who decides about a referral has read it."""
    if now.referral and unit.reader.get(Referral, now.referral).read_at is None:
        unit.set(Referral, now.referral, read_at=desk.clock.now())


def _fits_elsewhere(desk: Desk, reader: Reader, now: Episode) -> bool:
    said = newest_answers(reader.list(Answer, scope=now.scope, referral=now.referral))
    born = reader.get(Participant, now.scope).birth_date
    state = eligibility.state_of(desk.site, said, born, desk.clock.today())
    return state is eligibility.State.ELSEWHERE


def _ask_later(desk: Desk, unit: Unit, now: Episode, services: str, on: date) -> None:
    unit.add(
        Contact(
            id=new_id(),
            scope=now.scope,
            episode=now.id,
            purpose=text("triage.ask_purpose", services=services),
            mode=Code("phone"),
            due=on,
            owner=desk.me,
            status=ContactStatus.PLANNED,
        )
    )


def coaches(desk: Desk) -> tuple[tuple[Id, str], ...]:
    """Everybody here who may take people on, the person who acts first."""
    desk.allow(Act.READ, Person)
    with desk.read() as reader:
        here = [one for one in reader.list(Person, order_by=("name", "id")) if one.active is not False]
    able = [one for one in here if desk.site.allows(one.roles, Act.EDIT_EPISODE, "episode")]
    return tuple((one.id, one.name or "") for one in sorted(able, key=lambda one: one.id != desk.me))


def handout(desk: Desk, participant: Id, referral: Id) -> str:
    """What was suggested, to be taken home or posted: each service and how to reach it, and always the crisis lines."""
    desk.allow(Act.READ, Triage)
    found = current(desk, participant, referral)
    with desk.read() as reader:
        called = reader.get(Participant, participant).called
    listed = [
        text("triage.handout_service", name=one.name, reach=one.reach) for one in (found.services if found else ())
    ]
    if found is not None and found.triage.suggested_note:
        listed.append(found.triage.suggested_note)
    crisis = [
        text("triage.handout_crisis", label=one.label, number=one.number, how=one.how) for one in desk.site.crisis
    ]
    return text(
        "triage.handout",
        name=called,
        services="\n\n".join(listed),
        crisis="\n".join(crisis),
        phone=desk.site.service.phone,
        hours=desk.site.service.hours,
        by=desk.person.name or "",
        service=desk.site.service.name,
    )


def printed(desk: Desk, participant: Id, referral: Id) -> None:
    """A letter, card or sheet of coming in went onto paper: the record of events says who printed it, and when.

    Its words are whoever printed's own and may have been changed on the page, so that it is no paper of the register.
    """
    desk.allow(Act.READ, Triage)
    desk.noted(AuditKind.PRINTED, participant, referral, ReleaseHow.PRINTED.value)
