"""Blocks of sessions that we hold ourselves: offered, begun, attended so many of so many, ended, and what changed."""

from dataclasses import dataclass

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.appointments import Block, BlockOutcome
from workwell_desktop.domain.episodes import Contact, ContactStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import FieldsInvalid, Locked
from workwell_desktop.services._reads import present_episode, staff_names, working_here
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none

MOST = 60
"""Sessions of one block."""


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block. ``attended`` counts the talks of it that took place, ``missed`` those that did not come about."""

    block: Block
    lead: str
    attended: int
    missed: int
    planned: int
    open: bool


def offer(
    desk: Desk, participant: Id, what: str, sessions: int, *, lead: Id | None = None, action: Id | None = None
) -> Id:
    """Offers ``sessions`` of something that we hold ourselves. Raises FieldsInvalid."""
    desk.allow(Act.RECORD_CONTACT, Block)
    problems: list[tuple[str, str]] = []
    if not what.strip():
        problems.append(("what", "text_missing"))
    if not 1 <= sessions <= MOST:
        problems.append(("sessions", "sessions_impossible"))
    if problems:
        raise FieldsInvalid(tuple(problems))
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        episode = present_episode(unit.reader, participant)
        return unit.add(
            Block(
                id=new_id(),
                scope=participant,
                episode=episode.id if episode else None,
                action=action,
                what=what.strip(),
                lead=working_here(unit.reader, lead or desk.me),
                offered=sessions,
                offered_on=desk.clock.today(),
            )
        )


def attended(desk: Desk, block: Id, *, came: bool = True, note: str = "", mode: str = "room") -> Id:
    """Writes one session of a block down, today: it took place, or it did not come about. The first one begins it."""
    desk.allow(Act.RECORD_CONTACT, Contact)
    with desk.unit() as unit:
        found = unit.reader.get(Block, block)
        if found.ended_on is not None:
            raise Locked()
        today = desk.clock.today()
        if came and found.started_on is None:
            unit.set(Block, block, started_on=today)
        return unit.add(
            Contact(
                id=new_id(),
                scope=found.scope,
                episode=found.episode,
                purpose=found.what,
                mode=Code(mode),
                due=today,
                owner=desk.me,
                status=ContactStatus.DONE if came else ContactStatus.MISSED,
                done_at=desk.clock.now(),
                note=words_or_none(note),
                block=block,
            )
        )


def end(desk: Desk, block: Id, outcome: BlockOutcome, effect: str = "") -> None:
    """How it ended, and what changed for the person. To stop is a choice and no failure."""
    desk.allow(Act.RECORD_CONTACT, Block)
    with desk.unit() as unit:
        if unit.reader.get(Block, block).ended_on is not None:
            raise Locked()
        unit.set(Block, block, ended_on=desk.clock.today(), outcome=outcome, effect=words_or_none(effect))


def of_participant(desk: Desk, participant: Id) -> tuple[BlockView, ...]:
    """Every block of one person, those that go on first."""
    desk.allow(Act.READ, Block)
    with desk.read() as reader:
        found = reader.list(Block, order_by=("-offered_on", "id"), scope=participant)
        talks = reader.list(Contact, scope=participant, block__ne=None)
        names = staff_names(reader)

    def count(block: Id, status: ContactStatus) -> int:
        return sum(1 for one in talks if one.block == block and one.status is status)

    made = [
        BlockView(
            one,
            names.get(one.lead, "") if one.lead else "",
            count(one.id, ContactStatus.DONE),
            count(one.id, ContactStatus.MISSED),
            count(one.id, ContactStatus.PLANNED),
            one.ended_on is None,
        )
        for one in found
    ]
    return tuple(sorted(made, key=lambda one: not one.open))
