"""The cases of a session: each with its question, its lane and its place in the order."""

from collections.abc import Sequence
from dataclasses import dataclass

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.participants import Agreement, AgreementKind, Participant
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import (
    AgendaItem,
    BringRequest,
    Discussion,
    Lane,
    Session,
    SessionStatus,
    Topics,
    Why,
    Withdrawn,
)
from workwell_desktop.errors import BadInput
from workwell_desktop.services._reads import present_episode, standing
from workwell_desktop.services.administration import grants
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import key_after, key_beside, words_or_none
from workwell_desktop.services.meeting.carried import left_over
from workwell_desktop.services.meeting.sessions import open_session, undecided
from workwell_desktop.store import Reader, Unit


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be put on an agenda. ``presenter`` is the person's coach where None, ``minutes`` those of the lane."""

    participant: Id
    lane: Lane = Lane.DISCUSS
    question: str | None = None
    presenter: Id | None = None
    minutes: int | None = None
    why: frozenset[str] = frozenset()
    carried_from: Id | None = None


def add_case(
    desk: Desk,
    session: Id,
    participant: Id,
    *,
    lane: Lane = Lane.DISCUSS,
    question: str | None = None,
    presenter: Id | None = None,
    minutes: int | None = None,
) -> Id:
    """Puts a case on the agenda and gives the agenda item; a person stands on one agenda once.

    A case that comes when the agenda was sent, or when the session already runs, is marked late.
    """
    desk.allow(Act.PREPARE_SESSION, AgendaItem)
    with desk.unit() as unit:
        found = open_session(unit.reader, session)
        if unit.reader.count(AgendaItem, session=session, participant=participant):
            raise BadInput("already_on_agenda")
        return put_on(desk, unit, found, NewCase(participant, lane, question, presenter, minutes))


def put_on(desk: Desk, unit: Unit, session: Session, case: NewCase) -> Id:
    """One case onto the agenda of a session that is open, inside a unit of work; gives the agenda item.

    It takes up what waited for it: a case carried over, and questions that were asked for it. The agreement to be
    discussed is the one that stands.
    """
    reader = unit.reader
    reader.get(Participant, case.participant)
    episode = present_episode(reader, case.participant)
    item, discussion = new_id(), new_id()
    before = left_over(reader, session, case.participant)
    requests = reader.list(BringRequest, order_by="at", scope=case.participant, agenda_item=None, dropped_at=None)
    why = set(case.why)
    if before is not None:
        why.add(Why.CARRIED_OVER.value)
    if requests:
        why.add(Why.ASKED_FOR.value)
    topics, limits = _standing_agreement(reader, case.participant)
    minutes = case.minutes if case.minutes is not None else desk.site.pace.lane_minutes.get(case.lane)
    unit.add(
        AgendaItem(
            id=item,
            scope=session.scope,
            session=session.id,
            participant=case.participant,
            discussion=discussion,
            lane=case.lane,
            position=key_after(one.position for one in reader.list(AgendaItem, session=session.id)),
            presenter=case.presenter or (before.presenter if before else None) or (episode.coach if episode else None),
            minutes=minutes,
            why=frozenset(why),
            carried_from=case.carried_from or (before.id if before else None),
            late=session.status is SessionStatus.RUNNING or session.agenda_sent_at is not None,
        )
    )
    unit.add(
        Discussion(
            id=discussion,
            scope=case.participant,
            session=session.id,
            agenda_item=item,
            question=words_or_none(case.question) or _asked_before(reader, requests, before),
            topics=topics,
            topics_limits=limits,
            provisional=False,
        )
    )
    for waiting in requests:
        unit.set(BringRequest, waiting.id, agenda_item=item)
    return item


def all_questions(requests: Sequence[BringRequest]) -> str | None:
    """What several people asked about one case, each question once, in the order in which they asked."""
    return " ".join(dict.fromkeys(one.question.strip() for one in requests if one.question)) or None


def _asked_before(reader: Reader, requests: Sequence[BringRequest], before: AgendaItem | None) -> str | None:
    """A question that somebody wrote already is not written again."""
    carried = reader.find(Discussion, before.discussion) if before and before.discussion else None
    return all_questions(requests) or (carried.question if carried else None)


def _standing_agreement(reader: Reader, participant: Id) -> tuple[Topics | None, str | None]:
    """What the person last said to being discussed: topics and limits; None where nobody has asked.

    Who takes part no more is not talked about by name either, whatever they said to that.
    """
    said = standing(reader.list(Agreement, scope=participant, kind={AgreementKind.TAKE_PART, AgreementKind.DISCUSS}))
    if any(not one.given or one.withdrawn_at is not None for one in said.values()):
        return Topics.NO, None
    talked = next((one for one in said.values() if one.kind is AgreementKind.DISCUSS), None)
    if talked is None:
        return None, None
    return (Topics.SOME, talked.limits) if talked.limits else (Topics.YES, None)


def set_question(desk: Desk, item: Id, question: str) -> None:
    """What the team is asked; without it a case cannot be discussed."""
    desk.allow(Act.PREPARE_SESSION, Discussion)
    with desk.unit() as unit:
        line = _open_item(unit.reader, item)
        unit.set(Discussion, _discussion(line), question=words_or_none(question))


def add_to_question(desk: Desk, item: Id, words: str) -> None:
    """One more question about the same case, behind what is asked already."""
    desk.allow(Act.PREPARE_SESSION, Discussion)
    with desk.unit() as unit:
        line = _open_item(unit.reader, item)
        asked = unit.reader.get(Discussion, _discussion(line)).question
        unit.set(Discussion, _discussion(line), question=words_or_none(f"{asked or ''} {words.strip()}"))


def set_since_last(desk: Desk, item: Id, words: str) -> None:
    """What happened since the last session, in a few lines."""
    desk.allow(Act.PREPARE_SESSION, Discussion)
    with desk.unit() as unit:
        line = _open_item(unit.reader, item)
        unit.set(Discussion, _discussion(line), since_last=words_or_none(words))


def set_lane(desk: Desk, item: Id, lane: Lane) -> None:
    """To discuss, to note, or urgent; the time allotted follows the lane."""
    desk.allow(Act.PREPARE_SESSION, AgendaItem)
    with desk.unit() as unit:
        _open_item(unit.reader, item)
        unit.set(AgendaItem, item, lane=lane, minutes=desk.site.pace.lane_minutes.get(lane))


def set_presenter(desk: Desk, item: Id, presenter: Id, minutes: int | None = None) -> None:
    """Who presents the case, and in how many minutes."""
    desk.allow(Act.PREPARE_SESSION, AgendaItem)
    with desk.unit() as unit:
        line = _open_item(unit.reader, item)
        unit.set(AgendaItem, item, presenter=presenter, minutes=minutes if minutes is not None else line.minutes)


def set_minutes(desk: Desk, item: Id, minutes: int | None) -> None:
    """How long the case is given."""
    desk.allow(Act.PREPARE_SESSION, AgendaItem)
    with desk.unit() as unit:
        _open_item(unit.reader, item)
        unit.set(AgendaItem, item, minutes=minutes)


def move_case(desk: Desk, item: Id, index: int) -> None:
    """Puts a case at ``index`` (from 0) among the others of its lane."""
    desk.allow(Act.PREPARE_SESSION, AgendaItem)
    with desk.unit() as unit:
        line = _open_item(unit.reader, item)
        others = [
            one.position
            for one in unit.reader.list(AgendaItem, order_by="position", session=line.session, lane=line.lane)
            if one.id != item
        ]
        unit.set(AgendaItem, item, position=key_beside(others, max(0, min(index, len(others)))))


def next_session(reader: Reader, session: Id) -> Session | None:
    """The planned session of the same team that comes after this one, or None."""
    found = reader.get(Session, session)
    coming = reader.list(
        Session,
        order_by=("starts_at", "id"),
        team=found.team,
        status=SessionStatus.PLANNED,
        starts_at__gt=found.starts_at,
    )
    return coming[0] if coming else None


def carry_to_next(desk: Desk, item: Id, reason: str) -> Id | None:
    """Carries a case over with its question onto the team's next planned session; gives the new agenda item.

    None where no session is planned, or the person stands on its agenda already: the reason is kept all the same, and
    the next agenda that is filled by the site's rules takes the case up.
    """
    desk.allow(Act.RUN_SESSION, AgendaItem)
    if not reason.strip():
        raise BadInput("reason_missing")
    with desk.unit() as unit:
        line = _open_item(unit.reader, item)
        return _carried(desk, unit, line, reason.strip())


def carry_rest(desk: Desk, session: Id, reason: str) -> tuple[Id, ...]:
    """Carries over every case that is still open, for one reason; gives the agenda items that were carried."""
    desk.allow(Act.RUN_SESSION, AgendaItem)
    if not reason.strip():
        raise BadInput("reason_missing")
    with desk.unit() as unit:
        open_session(unit.reader, session)
        left = undecided(unit.reader, session)
        for item in left:
            _carried(desk, unit, unit.reader.get(AgendaItem, item), reason.strip())
    return left


def _carried(desk: Desk, unit: Unit, line: AgendaItem, reason: str) -> Id | None:
    reader = unit.reader
    unit.set(AgendaItem, line.id, carried=True)
    unit.set(Discussion, _discussion(line), carried_reason=reason)
    coming = next_session(reader, line.session) if line.session else None
    if coming is None or line.participant is None:
        return None
    if reader.count(AgendaItem, session=coming.id, participant=line.participant):
        return None
    return put_on(
        desk,
        unit,
        coming,
        NewCase(
            line.participant,
            line.lane or Lane.DISCUSS,
            reader.get(Discussion, _discussion(line)).question,
            line.presenter,
            line.minutes,
            frozenset({Why.CARRIED_OVER.value}),
            line.id,
        ),
    )


def withdraw_case(desk: Desk, item: Id, why: Withdrawn) -> None:
    """Takes a case off the table in the middle of the meeting: it stays in the minutes, undecided, with why.

    Where the person asked for it, it stays there by its number alone.

    What was decided already stays decided: BadInput ``already_decided``.
    """
    desk.allow(Act.RUN_SESSION, AgendaItem)
    with desk.unit() as unit:
        line = _open_item(unit.reader, item)
        if unit.reader.get(Discussion, _discussion(line)).decided_at is not None:
            raise BadInput("already_decided")
        unit.set(AgendaItem, item, withdrawn=why, withdrawn_at=desk.clock.now())
        grants.end(desk, unit, session=line.session, participant=line.participant)


def bring_back(desk: Desk, item: Id) -> None:
    """A case that was withdrawn is on the table again."""
    desk.allow(Act.RUN_SESSION, AgendaItem)
    with desk.unit() as unit:
        line = _open_item(unit.reader, item)
        unit.set(AgendaItem, item, withdrawn=None, withdrawn_at=None)
        session = unit.reader.find(Session, line.session)
        if session is not None and session.agenda_sent_at is not None:
            grants.give(desk, unit, session, grants.wanted(unit.reader, session.id, line.participant))


def spend(desk: Desk, item: Id, seconds: int) -> None:
    """How long the room has given a case so far, in whole seconds; less than before is not written."""
    desk.allow(Act.RUN_SESSION, AgendaItem)
    with desk.unit() as unit:
        line = _open_item(unit.reader, item)
        if seconds > (line.seconds_used or 0):
            unit.set(AgendaItem, item, seconds_used=seconds)


def remove_case(desk: Desk, item: Id) -> None:
    """Takes a case off again while nothing was said about it; a question that was asked for waits again."""
    desk.allow(Act.PREPARE_SESSION, AgendaItem)
    with desk.unit() as unit:
        line = _open_item(unit.reader, item)
        discussion = unit.reader.get(Discussion, _discussion(line))
        if discussion.decided_at is not None:
            raise BadInput("already_decided")
        for asked in unit.reader.list(BringRequest, agenda_item=item):
            unit.set(BringRequest, asked.id, agenda_item=None)
        grants.end(desk, unit, session=line.session, participant=line.participant)
        unit.delete(Discussion, discussion.id)
        unit.delete(AgendaItem, item)


def may_be_brought(desk: Desk, session: Id) -> list[Participant]:
    """People with an episode that runs, who are not on this agenda yet, by name."""
    desk.allow(Act.PREPARE_SESSION, AgendaItem)
    with desk.read() as reader:
        there = {item.participant for item in reader.list(AgendaItem, session=session)}
        running = {one.scope for one in reader.list(Episode, status=EpisodeStatus.ACTIVE)}
        people = [one for one in reader.list(Participant) if one.id in running - there]
    return sorted(people, key=lambda one: (one.family_name or "", one.given_name or "", one.id))


def item_of(reader: Reader, discussion: Discussion) -> AgendaItem:
    """The agenda item of a discussion."""
    if discussion.agenda_item is None:
        raise BadInput("not_found")
    return reader.get(AgendaItem, discussion.agenda_item)


def _open_item(reader: Reader, item: Id) -> AgendaItem:
    line = reader.get(AgendaItem, item)
    if line.session is not None:
        open_session(reader, line.session)
    return line


def _discussion(line: AgendaItem) -> Id:
    if line.discussion is None:
        raise BadInput("not_found")
    return line.discussion
