"""Two people answered one question apart: a person chooses, never a clock. Every answer stays kept."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workwell_desktop.domain import apart
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.participants import Participant, Settling
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.records import Code, Id, Scope, fields_of, is_restricted, new_id, scope_of
from workwell_desktop.domain.sessions import Session
from workwell_desktop.domain.values import Value
from workwell_desktop.errors import FieldsInvalid, NoPermission, NotFound
from workwell_desktop.services._restricted import may_read_kind
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import _answers, _owner
from workwell_desktop.services.safekeeping._answers import Answer, ConflictView, Known
from workwell_desktop.services.safekeeping._apart import session_of
from workwell_desktop.services.safekeeping._asked import bounds_of, opens_risk, question_of, raise_risk, stands_alone
from workwell_desktop.services.safekeeping._called import called, named
from workwell_desktop.services.safekeeping._holding import held_by
from workwell_desktop.services.safekeeping._names import names_of
from workwell_desktop.services.safekeeping._others import others
from workwell_desktop.services.safekeeping._used_in import used_in
from workwell_desktop.store import DELETED, Conflict, ConflictPlace, Reader, Unit

__all__ = [
    "Answer",
    "ConflictView",
    "WaitingChoice",
    "amends",
    "holds",
    "keep_both",
    "marks",
    "marks_of_session",
    "marks_of_the_rest",
    "of_everything",
    "of_participant",
    "of_session",
    "of_the_rest",
    "settle",
    "waiting",
]


@dataclass(frozen=True, slots=True)
class WaitingChoice:
    """How much waits for a choice about one person, or of one session; about neither, both are None."""

    participant: Id | None
    session: Id | None
    name: str
    """The person's, or the team's."""
    starts_at: datetime | None
    count: int
    born: date | None = None
    """Of a person, for whom a name alone does not tell from another."""


def of_participant(desk: Desk, participant: Id) -> tuple[ConflictView, ...]:
    """Everything of one person that waits for a choice."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        found = _readable(desk, reader, reader.conflicts(participant))
        return _views(desk, reader, found)


def of_the_rest(desk: Desk) -> tuple[ConflictView, ...]:
    """What is about no participant and no session: people, teams, the site."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        return _views(desk, reader, _the_rest(desk, reader))


def _the_rest(desk: Desk, reader: Reader) -> list[Conflict]:
    found = _readable(desk, reader, reader.conflicts())
    return [one for one in found if scope_of(one.kind) is not Scope.PARTICIPANT and session_of(reader, one) is None]


def of_everything(desk: Desk) -> tuple[ConflictView, ...]:
    """Everything in the store that waits for a choice; whose answers were read is written down."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        found = _readable(desk, reader, reader.conflicts())
        views = _views(desk, reader, found)
    for who in dict.fromkeys(one.participant for one in views if one.whose):
        desk.opened(who)
    return views


def waiting(desk: Desk) -> tuple[WaitingChoice, ...]:
    """Everything in the store that waits for a choice, a line for each person and each session; persons first."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        counted = Counter(_about(reader, one) for one in _readable(desk, reader, reader.conflicts()))
        lines = []
        for (participant, session), count in counted.items():
            who, held = reader.find(Participant, participant), reader.find(Session, session)
            team = reader.find(Team, held.team) if held else None
            name = who.name if who else (team.name or "") if team else ""
            starts, born = held.starts_at if held else None, who.birth_date if who else None
            lines.append(WaitingChoice(participant, session, name, starts, count, born))
    return tuple(sorted(lines, key=lambda one: (one.participant is None, one.session is None, one.name)))


def _about(reader: Reader, one: Conflict) -> tuple[Id | None, Id | None]:
    if scope_of(one.kind) is Scope.PARTICIPANT:
        return one.scope, None
    return None, session_of(reader, one)


def of_session(desk: Desk, session: Id) -> tuple[ConflictView, ...]:
    """What two note-takers wrote differently at one session: of the meeting, its cases, and what was said of them."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        found = _readable(desk, reader, [one for one in reader.conflicts() if session_of(reader, one) == session])
        return _views(desk, reader, found)


def marks(desk: Desk, participant: Id) -> tuple[ConflictPlace, ...]:
    """Where something of one person waits for a choice and may be read: for the marks of a page."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        return tuple(
            one for one in reader.conflict_places(participant) if _may_read(desk, reader, one.kind, one.record)
        )


def marks_of_session(desk: Desk, session: Id) -> tuple[ConflictPlace, ...]:
    """The same of one session: of the meeting, its cases, and what was said of them."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        found = _readable(desk, reader, [one for one in reader.conflicts() if session_of(reader, one) == session])
        return tuple(ConflictPlace(one.kind, one.record, one.field) for one in found)


def marks_of_the_rest(desk: Desk) -> tuple[ConflictPlace, ...]:
    """The same of what is about no participant and no session."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        return tuple(ConflictPlace(one.kind, one.record, one.field) for one in _the_rest(desk, reader))


def amends(desk: Desk, participant: Id) -> bool:
    """Whether something of this person that was signed or locked stands for one of two answers."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        return any(_answers.amended(reader, one) for one in reader.conflicts(participant))


def holds(desk: Desk, participant: Id) -> bool:
    """Whether signing, and papers for an employer, wait for a choice about this person."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        return bool(held_by(reader, participant))


def settle(desk: Desk, record: Id, field: str, value: Value | None, why: str = "") -> None:
    """Chooses one of the answers, or another, and keeps why. For a deletion the value is True to take it away.

    A delicate field is settled by somebody who may write it, and with a reason: NoPermission, and FieldsInvalid
    ``why``. Raises NotFound where nothing waits for a choice there any more.
    """
    desk.allow(Act.SETTLE_CONFLICT)
    with desk.unit() as unit:
        found = _to_settle(desk, unit.reader, record, field)
        delicate = bool(_delicate(desk, unit.reader, found))
        if not _may(desk, unit.reader, found):
            raise NoPermission(role="", act=Act.SETTLE_CONFLICT.value)
        kept = _why_kept(found)
        if delicate and kept and not why.strip():
            raise FieldsInvalid((("why", "settle_why_missing"),))
        # undone, one of the answers would stand alone again, and nobody would have chosen it
        unit.undoable = False
        if _owner.is_owner(found):
            _owner.settle_beside(unit, found, value)
        unit.settle((record, field), value)
        _owner.follow(unit, found, value)
        _stamp(desk, unit, found, value)
        raise_risk(desk, unit, found, value)
        if why.strip() and kept:
            _keep_why(desk, unit, found, why.strip())


def _keep_why(desk: Desk, unit: Unit, found: Conflict, why: str) -> None:
    """Beside the record for everybody who reads on; of a restricted note within it, for who may read that."""
    if is_restricted(found.kind):
        before = getattr(unit.reader.get(KINDS[found.kind], found.record), apart.WHY_BESIDE) or ""
        said: dict[str, Any] = {apart.WHY_BESIDE: f"{before}\n{why}".strip()}
        unit.set(KINDS[found.kind], found.record, **said)
        return
    unit.add(
        Settling(
            id=new_id(),
            scope=found.scope,
            of=found.record,
            of_kind=Code(found.kind),
            field=Code(found.field),
            why=why,
            at=desk.clock.now(),
            by=desk.me,
        )
    )


def _stamp(desk: Desk, unit: Unit, found: Conflict, value: Value | None) -> None:
    """What says who wrote the answer, and when, goes with the one that was chosen; a third answer is the chooser's."""
    chosen = next((head for head in found.heads if head.value == value), None)
    at, by = (chosen.at, chosen.author) if chosen is not None else (desk.clock.now(), desk.me)
    said: dict[str, Any] = {
        stamp: at if stamp.endswith("_at") else by
        for (kind, stamp), of in apart.STAMPS.items()
        if (kind, of) == (found.kind, found.field)
    }
    if said:
        unit.set(KINDS[found.kind], found.record, **said)


def keep_both(desk: Desk, record: Id, field: str, said: Sequence[str], why: str = "") -> None:
    """Keeps every answer in one: sets together, free words under one another. ``said`` are, in the order of the
    answers, the words that say who wrote each and when. NotFound also where a field holds one thing only."""
    desk.allow(Act.SETTLE_CONFLICT)
    with desk.read() as reader:
        found = _to_settle(desk, reader, record, field)
        value = _both(reader, found, said)
    if value is None:
        raise NotFound("conflict")
    settle(desk, record, field, value, why)


def _both(reader: Reader, found: Conflict, said: Sequence[str]) -> Value | None:
    values = [head.value for head in found.heads]
    return None if stands_alone(reader, found) else apart.both(found.field, values, said)


def _to_settle(desk: Desk, reader: Reader, record: Id, field: str) -> Conflict:
    found = reader.conflict(f"{record}/{field}")
    if found is None or not _may_read(desk, reader, found.kind, found.record):
        raise NotFound("conflict")
    return found


def _readable(desk: Desk, reader: Reader, found: Iterable[Conflict]) -> list[Conflict]:
    """Without those about a kind of record, or a restricted note, that the person who acts may not read; who does an
    action is one question."""
    return _owner.as_one(one for one in found if _may_read(desk, reader, one.kind, one.record))


def _may_read(desk: Desk, reader: Reader, kind: str, record: Id) -> bool:
    if kind not in KINDS:
        return True
    if is_restricted(kind):
        return may_read_kind(desk, kind, reader.find(KINDS[kind], record))
    return desk.may(Act.READ, KINDS[kind])


def _delicate(desk: Desk, reader: Reader, one: Conflict) -> tuple[Act, ...]:
    """The acts of which a person needs one to choose here."""
    return apart.sensitive(one.kind, one.field) or ((Act.HANDLE_RISK,) if opens_risk(desk, reader, one) else ())


def _may(desk: Desk, reader: Reader, one: Conflict) -> bool:
    # a pack names who may read a restricted note, which was asked before; whoever may, and may write such, chooses
    kind = None if one.kind in KINDS and is_restricted(one.kind) else KINDS.get(one.kind)
    acts = _delicate(desk, reader, one)
    if Act.SCREEN_RED_FLAGS in acts:
        from workwell_desktop.services.duties.red_flags import may_screen

        return may_screen(desk) and desk.may(Act.SETTLE_CONFLICT, kind)
    return desk.may(Act.SETTLE_CONFLICT, kind) and (not acts or any(desk.may(act, kind) for act in acts))


def _why_kept(one: Conflict) -> bool:
    if one.kind not in KINDS or scope_of(one.kind) is not Scope.PARTICIPANT:
        return False
    if not is_restricted(one.kind):
        return True
    within = any(spec.name == apart.WHY_BESIDE for spec in fields_of(KINDS[one.kind]))  # type: ignore[arg-type]
    return within and one.field not in (DELETED, apart.WHY_BESIDE)


def _views(desk: Desk, reader: Reader, found: Sequence[Conflict]) -> tuple[ConflictView, ...]:
    """Those of one record stand together, so that a plan that was written apart is settled from end to end."""
    who = _answers.known(reader, desk.identity.device)
    ordered = sorted(found, key=lambda one: (one.kind, one.record, one.field == apart.ORDER, one.field))
    return tuple(_view(desk, reader, who, one, place, len(ordered)) for place, one in enumerate(ordered, 1))


def _view(desk: Desk, reader: Reader, who: Known, one: Conflict, place: int, left: int) -> ConflictView:
    lines = {line.change: line for line in reader.history(one.record, one.field)}
    deletion = one.field == DELETED
    answers, before = (
        (_answers.kept_or_gone(who, reader, one, lines), None) if deletion else _answers.answers(who, one, lines)
    )
    record = reader.find(KINDS[one.kind], one.record) if one.kind in KINDS else None
    values = [answer.value for answer in answers]
    earlier = [each.value for each in (before, *(answer.before for answer in answers)) if each is not None]
    names = names_of(desk.site, reader, who.people, one.kind, one.field, (*values, *earlier))
    names |= _owner.names(reader, one, who.people)
    by = called(one.kind, one.field, record)
    if by is not None:
        names |= names_of(desk.site, reader, who.people, one.kind, by[0], (by[1],))
    keys = [*values, before.value] if before is not None else values
    places = _answers.behind(reader, record, keys, who.people) if one.field == apart.ORDER else ()
    return ConflictView(
        participant=one.scope,
        record=one.record,
        record_kind=one.kind,
        field=one.field,
        answers=answers,
        before=before,
        left=left,
        what=question_of(reader, one) or named(reader, record, who.people),
        deletion=deletion,
        used_in=used_in(reader, one.kind, one.field, one.scope, record),
        names=names,
        may=_may(desk, reader, one),
        sensitive=bool(_delicate(desk, reader, one)),
        held=apart.holds_papers(one.kind, one.field),
        amends=_answers.amended(reader, one),
        mergeable=not deletion and _both(reader, one, [""] * len(values)) is not None,
        place=place,
        places=places[: len(values)],
        place_before=places[-1] if len(places) > len(values) else "",
        why_kept=_why_kept(one),
        restricted=one.kind in KINDS and is_restricted(one.kind),
        called=by,
        whose=_whose(reader, one),
        bounds=bounds_of(reader, one),
        others=() if deletion else others(desk.site, reader, who.people, one),
    )


def _whose(reader: Reader, one: Conflict) -> str:
    who = reader.find(Participant, one.scope) if scope_of(one.kind) is Scope.PARTICIPANT else None
    return who.name if who is not None else ""
