"""Red and orange flags: a registered clinician looks, and while one waits to be seen, work planning waits.

    record ──▶ clear
           └─▶ red, orange ──▶ work waits, nothing goes to the employer ──▶ seen ──▶ work goes on

What is a flag is for the clinician to judge: the program has no list of signs and draws no conclusion.
"""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.dates import working_days_after
from workwell_desktop.domain.duties import RedFlagScreen, ScreenOutcome
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import REGISTERED
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none
from workwell_desktop.store import Reader

FLAGS = (ScreenOutcome.RED, ScreenOutcome.ORANGE)


@dataclass(frozen=True, slots=True)
class Screened:
    """What a clinician found. A flag needs who is to see the person and by when; ``found`` is theirs to word."""

    outcome: ScreenOutcome
    done_on: date
    found: str = ""
    see_whom: str = ""
    see_by: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody saw the person; work planning may go on."""

    seen_on: date
    seen_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScreenView:
    """A screen with names for a page to show; the newest comes first."""

    screen: Id
    outcome: ScreenOutcome
    done_on: date | None
    by_name: str
    found: str
    see_whom: str
    see_by: date | None
    waits: bool
    seen_on: date | None
    seen_by: str
    seen_note: str
    seen_recorded_by: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Work planning waits: whom the person is to see and by when. It says nothing of what was found."""

    screen: Id
    see_whom: str
    see_by: date | None


def is_registered(desk: Desk) -> bool:
    """Whether the person who acts is of a profession with a statutory register, and has their number in it."""
    desk.allow(Act.READ, Participant)
    return desk.person.profession in REGISTERED and bool(desk.person.registration_number)


def may_screen(desk: Desk) -> bool:
    """Whether to offer the screen to the person who acts."""
    desk.allow(Act.READ, Participant)
    return desk.may(Act.SCREEN_RED_FLAGS) and is_registered(desk)


def see_by(desk: Desk) -> date:
    """The day until which the site wants somebody to be seen who has a flag today."""
    desk.allow(Act.READ, Participant)
    return working_days_after(desk.clock.today(), desk.site.duties.see_working_days)


def record(desk: Desk, participant: Id, screened: Screened) -> Id:
    """Writes down a screen by the clinician who acts.

    Raises BadInput ``not_a_registered_clinician``, and FieldsInvalid: a day to come, or a flag without what was found,
    whom to see or by when.
    """
    desk.allow(Act.SCREEN_RED_FLAGS)
    _needs_register(desk)
    _check(screened, desk.clock.today())
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        unit.undoable = False
        flagged = screened.outcome in FLAGS
        return unit.add(
            RedFlagScreen(
                id=new_id(),
                scope=participant,
                outcome=screened.outcome,
                done_on=screened.done_on,
                found=words_or_none(screened.found),
                see_whom=words_or_none(screened.see_whom) if flagged else None,
                see_by=screened.see_by if flagged else None,
                recorded_by=desk.me,
                at=desk.clock.now(),
            )
        )


def record_seen(desk: Desk, screen: Id, seen: Seen) -> None:
    """Writes down that the person was seen; Locked where that stands already. Raises as ``record``."""
    desk.allow(Act.SCREEN_RED_FLAGS)
    _needs_register(desk)
    with desk.unit() as unit:
        one = unit.reader.get(RedFlagScreen, screen)
        if not one.waits:
            raise Locked()
        problems = []
        if seen.seen_on > desk.clock.today():
            problems.append(("seen_on", "date_in_future"))
        elif one.done_on is not None and seen.seen_on < one.done_on:
            problems.append(("seen_on", "ends_before_start"))
        if not seen.seen_by.strip():
            problems.append(("seen_by", "name_missing"))
        if problems:
            raise FieldsInvalid(tuple(problems))
        unit.undoable = False
        unit.set(
            RedFlagScreen,
            screen,
            seen_on=seen.seen_on,
            seen_by=seen.seen_by.strip(),
            seen_note=words_or_none(seen.note),
            seen_recorded_by=desk.me,
            seen_at=desk.clock.now(),
        )


def of_participant(desk: Desk, participant: Id) -> tuple[ScreenView, ...]:
    """Every screen of one person, the newest first."""
    desk.allow(Act.READ, RedFlagScreen)
    with desk.read() as reader:
        found = reader.list(RedFlagScreen, order_by=("-at", "id"), scope=participant)
        names = staff_names(reader) if found else {}
    return tuple(_view(one, names) for one in found)


def waiting_in(reader: Reader, participant: Id) -> tuple[RedFlagScreen, ...]:
    """The flags of one person that wait to be seen, the earliest first. Two people may have recorded one apart."""
    found = reader.list(RedFlagScreen, order_by=("at", "id"), scope=participant, outcome=FLAGS, seen_on=None)
    return tuple(found)


def pause_in(reader: Reader, participant: Id) -> Pause | None:
    """Whether work planning of one person waits. Everybody who works with the person is told so, and not why."""
    waiting = waiting_in(reader, participant)
    if not waiting:
        return None
    first = waiting[0]
    return Pause(first.id, first.see_whom or "", first.see_by)


def pause(desk: Desk, participant: Id) -> Pause | None:
    """The same for a page."""
    desk.allow(Act.READ, Participant)
    with desk.read() as reader:
        return pause_in(reader, participant)


def _needs_register(desk: Desk) -> None:
    if not is_registered(desk):
        desk.noted(AuditKind.REFUSED, detail=Act.SCREEN_RED_FLAGS.value)
        raise BadInput("not_a_registered_clinician")


def _check(screened: Screened, today: date) -> None:
    problems = []
    if screened.done_on > today:
        problems.append(("done_on", "date_in_future"))
    if screened.outcome in FLAGS:
        if not screened.found.strip():
            problems.append(("found", "flag_found_missing"))
        if not screened.see_whom.strip():
            problems.append(("see_whom", "see_whom_missing"))
        if screened.see_by is None:
            problems.append(("see_by", "date_missing"))
        elif screened.see_by < screened.done_on:
            problems.append(("see_by", "ends_before_start"))
    if problems:
        raise FieldsInvalid(tuple(problems))


def _view(one: RedFlagScreen, names: dict[Id, str]) -> ScreenView:
    return ScreenView(
        screen=one.id,
        outcome=one.outcome or ScreenOutcome.CLEAR,
        done_on=one.done_on,
        by_name=names.get(one.recorded_by, "") if one.recorded_by else "",
        found=one.found or "",
        see_whom=one.see_whom or "",
        see_by=one.see_by,
        waits=one.waits,
        seen_on=one.seen_on,
        seen_by=one.seen_by or "",
        seen_note=one.seen_note or "",
        seen_recorded_by=names.get(one.seen_recorded_by, "") if one.seen_recorded_by else "",
    )
