"""Trying to reach somebody for the first time: when, how, reached or not. Facts, and never a mark against anybody.

After as many tries as the partnership makes, a letter and an ending are suggested; nothing happens by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import ClosureReason, Contact, ContactStatus, Episode, EpisodeStatus, Referral
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import FieldsInvalid, Locked
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person.ending import Ending, close_in

WAYS = ("phone", "text", "letter", "video", "home")
"""How somebody is tried; the first three stand first on the page."""


class Reach(StrEnum):
    """How the first contact stands."""

    NOT_TRIED = "not_tried"
    TRYING = "trying"
    TRIED_ALL = "tried_all"
    """As often as the partnership tries; a letter is suggested."""
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Try:
    """One try, as a page shows it."""

    at: datetime | None
    way: str
    reached: bool
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Tried:
    """Where the first contact stands: newest try first; ``of`` is how often the partnership tries."""

    tries: tuple[Try, ...]
    count: int
    of: int
    reach: Reach


def record(desk: Desk, episode: Id, way: str, *, reached: bool, note: str = "", at: datetime | None = None) -> Reach:
    """Writes a try down, now or at an earlier moment since the referral; gives how the first contact stands then.

    Raises FieldsInvalid for an unknown way, a moment to come or one before the referral; Locked once it has begun.
    """
    desk.allow(Act.RECORD_CONTACT, Contact)
    now = desk.clock.now()
    when = at or now
    problems: list[tuple[str, str]] = []
    if way not in WAYS:
        problems.append(("mode", "mode_unknown"))
    if when > now:
        problems.append(("at", "date_in_future"))
    with desk.unit() as unit:
        one = unit.reader.get(Episode, episode)
        referral = unit.reader.find(Referral, one.referral)
        if referral is not None and referral.received_on is not None and london_day(when) < referral.received_on:
            problems.append(("at", "try_before_referral"))
        if problems:
            raise FieldsInvalid(tuple(problems))
        if one.status is not EpisodeStatus.WAITING:
            raise Locked()
        unit.add(
            Contact(
                id=new_id(),
                scope=one.scope,
                episode=episode,
                purpose=text("tries.purpose"),
                mode=Code(way),
                due=london_day(when),
                owner=desk.me,
                status=ContactStatus.DONE if reached else ContactStatus.MISSED,
                done_at=when,
                note=note.strip() or None,
            )
        )
        if referral is not None and referral.read_at is None:
            unit.set(Referral, referral.id, read_at=now)
        return reach_of(unit.reader.list(Contact, scope=one.scope, episode=episode), desk.site.pace.contact_tries)


def view(desk: Desk, episode: Id) -> Tried:
    """The tries of one referral."""
    desk.allow(Act.READ, Contact)
    with desk.read() as reader:
        one = reader.get(Episode, episode)
        found = _made(reader.list(Contact, order_by=("-done_at", "-id"), scope=one.scope, episode=episode))
        staff = staff_names(reader)
    lines = tuple(
        Try(
            each.done_at,
            each.mode or "",
            each.status is ContactStatus.DONE,
            staff.get(each.owner, "") if each.owner else "",
            each.note or "",
        )
        for each in found
    )
    of = desk.site.pace.contact_tries
    return Tried(lines, len(lines), of, reach_of(found, of))


def reach_of(talks: Iterable[Contact], most: int) -> Reach:
    """How the first contact stands after these talks; what is planned or was called off is no try."""
    made = _made(talks)
    if any(one.status is ContactStatus.DONE for one in made):
        return Reach.REACHED
    if not made:
        return Reach.NOT_TRIED
    return Reach.TRIED_ALL if len(made) >= most else Reach.TRYING


def count(talks: Iterable[Contact]) -> int:
    """How many tries these talks are."""
    return len(_made(talks))


def letter(desk: Desk, episode: Id) -> str:
    """The words of a short letter or card, in the person's name and without a word about health, to be sent by hand."""
    desk.allow(Act.READ, Contact)
    with desk.read() as reader:
        who = reader.get(Participant, reader.get(Episode, episode).scope)
    service = desk.site.service
    return text(
        "tries.letter",
        name=who.called,
        service=service.neutral_name,
        phone=service.phone,
        hours=service.hours,
        by=desk.person.name or "",
    )


def end(desk: Desk, episode: Id, note: str = "") -> None:
    """Ends the referral because nobody could be reached; a new one begins any day. Raises Locked once it has begun,
    and FieldsInvalid where nobody has tried at all."""
    desk.allow(Act.CLOSE_EPISODE, Episode)
    with desk.unit() as unit:
        one = unit.reader.get(Episode, episode)
        if one.status is not EpisodeStatus.WAITING:
            raise Locked()
        if not _made(unit.reader.list(Contact, scope=one.scope, episode=episode)):
            raise FieldsInvalid((("tries", "not_tried_yet"),))
        close_in(desk, unit, one, ClosureReason.NO_CONTACT, Ending(onward_note=note))


def since(received: date | None, today: date) -> int | None:
    """Days that somebody has waited."""
    return (today - received).days if received is not None else None


def _made(talks: Iterable[Contact]) -> list[Contact]:
    return [one for one in talks if one.status in (ContactStatus.DONE, ContactStatus.MISSED)]
