"""Regular follow-up: a talk is recorded in under a minute, and the next one stands ready by the partnership's rules.

    a talk that took place ──finish──▶ how long, work now, how actions went, the next talk: one act
    a talk that did not    ──tried───▶ how often we tried, what we left, the next try: a fact and never a failure

The programme clock is said in words. It warns and never locks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.dates import working_days_after
from workwell_desktop.domain.episodes import (
    Contact,
    ContactStatus,
    Episode,
    EpisodeStatus,
    Response,
    ResponseStatus,
)
from workwell_desktop.domain.participants import Participant, WorkSituation, WorkStatus
from workwell_desktop.domain.people import FormVersion
from workwell_desktop.domain.plans import Action, ActionStatus
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.site import Site
from workwell_desktop.errors import FieldsInvalid, Locked
from workwell_desktop.services._reads import latest_work, of_now, present_episode, staff_names, working_here
from workwell_desktop.services.assessing.score_only import base_url
from workwell_desktop.services.caseload._programme import programme
from workwell_desktop.services.caseload.search_views import ProgrammeView
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none
from workwell_desktop.services.person.contacts import MODES
from workwell_desktop.store import Reader, Unit

LEFT = ("voicemail", "text", "letter", "nothing")
LONGEST = 480
"""Minutes of one talk."""
MOST_TRIES = 20
NEXT_TRY_WORKING_DAYS = 2


@dataclass(frozen=True, slots=True)
class Next:
    """The talk after this one. ``mode`` empty is as this one was."""

    due: date
    purpose: str
    mode: str = ""
    owner: Id | None = None


@dataclass(frozen=True, slots=True)
class Went:
    """How a talk went. ``work`` None: nobody asked, or nothing changed. ``actions``: the new status and its effect."""

    mode: str = "phone"
    minutes: int | None = None
    note: str = ""
    work: WorkStatus | None = None
    actions: Mapping[Id, tuple[ActionStatus, str]] = field(default_factory=dict)
    next: Next | None = None
    purpose: str = ""
    """What it was for; needed for a talk that nobody planned."""
    at: datetime | None = None
    """When it was; None is now."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The next talk by the partnership's rules: ``number`` of ``expected`` in this programme."""

    due: date
    number: int
    expected: int


@dataclass(frozen=True, slots=True)
class Due:
    """A form that was answered before and is asked again by now."""

    form: str
    title: str
    last: date


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action of the plan that is asked about."""

    action: Id
    text: str
    owner: str
    due: date | None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """What stands on the page of a talk."""

    talks: tuple[Contact, ...]
    suggestion: Suggestion | None
    """None where a later talk is planned already, or the episode is closed."""
    planned: Contact | None
    """The next talk that is planned, where there is one beside the talk that is recorded."""
    actions: tuple[OpenAction, ...]
    measures: tuple[Due, ...]
    work: WorkStatus | None
    clock: ProgrammeView
    clock_label: str
    missed: int
    """How often we have tried since the last talk."""
    tries: int
    """How often the partnership tries before it writes and leaves the door open."""
    next_try: date
    closed: bool


def view(desk: Desk, participant: Id, contact: Id | None = None) -> FollowUpView:
    """Everything that is asked in a talk with one person; ``contact`` is the talk that is recorded."""
    desk.allow(Act.READ, Contact)
    today = desk.clock.today()
    with desk.read() as reader:
        reader.get(Participant, participant)
        episode = present_episode(reader, participant)
        talks = tuple(sorted(reader.list(Contact, scope=participant), key=_moment, reverse=True))
        work = latest_work(reader, participant)
        names = staff_names(reader)
        found = reader.list(Action, order_by=("due", "id"), scope=participant, status=ActionStatus.OPEN)
        actions = of_now(reader, found)
        measures = _measures_due(desk.site, reader, participant, today)
    coming = [one for one in talks if one.status is ContactStatus.PLANNED and one.id != contact]
    clock = desk.site.clocks.get(episode.clock) if episode and episode.clock else None
    if clock is None and work is not None and work.status is not None:
        clock = desk.site.clock_for(work.status)
    return FollowUpView(
        talks=talks,
        suggestion=None if coming else _suggested(desk.site, episode, talks, today),
        planned=min(coming, key=lambda one: (one.due or date.max, one.id), default=None),
        actions=tuple(OpenAction(one.id, one.text or "", _owner(one, names), one.due) for one in actions),
        measures=measures,
        work=work.status if work else None,
        clock=programme(desk.site, episode, work, today),
        clock_label=clock.label if clock else "",
        missed=_missed(talks),
        tries=desk.site.pace.contact_tries,
        next_try=working_days_after(today, NEXT_TRY_WORKING_DAYS),
        closed=episode is not None and episode.status is EpisodeStatus.CLOSED,
    )


def finish(desk: Desk, participant: Id, went: Went, contact: Id | None = None) -> Id:
    """Records a talk that took place, all that was said in it, and the next one, in one act.

    ``contact`` is the talk that was planned; without it one is written down that nobody planned. Raises FieldsInvalid
    and changes nothing, Locked for a talk that is recorded already.
    """
    desk.allow(Act.RECORD_CONTACT, Contact)
    if went.work is not None:
        desk.allow(Act.RECORD_WORK, WorkSituation)
    if went.actions:
        desk.allow(Act.EDIT_PLAN, Action)
    now = desk.clock.now()
    _check(went, now, desk.clock.today(), planned=contact is not None)
    with desk.unit() as unit:
        told: dict[str, Any] = {"mode": Code(went.mode), "minutes": went.minutes, "note": words_or_none(went.note)}
        at = went.at or now
        if contact is None:
            episode = present_episode(unit.reader, participant)
            unit.reader.get(Participant, participant)
            talk = unit.add(
                Contact(
                    id=new_id(),
                    scope=participant,
                    episode=episode.id if episode else None,
                    purpose=went.purpose.strip(),
                    due=london_day(at),
                    owner=desk.me,
                    status=ContactStatus.DONE,
                    done_at=at,
                    **told,
                )
            )
        else:
            talk = _planned(unit, contact, participant).id
            unit.set(Contact, talk, status=ContactStatus.DONE, done_at=at, **told)
        if went.work is not None:
            told_in_passing(desk, unit, participant, went.work)
        _ask_about(desk, unit, participant, went.actions)
        if went.next is not None:
            _plan(desk, unit, participant, went.next, went.next.mode or went.mode)
    return talk


def tried(
    desk: Desk,
    participant: Id,
    contact: Id,
    *,
    tries: int = 1,
    left: str = "nothing",
    note: str = "",
    again: date | None = None,
) -> None:
    """We tried and they were not there: how often, what we left, and the day on which we try again.

    Raises FieldsInvalid, and Locked for a talk that is recorded already.
    """
    desk.allow(Act.RECORD_CONTACT, Contact)
    problems: list[tuple[str, str]] = []
    if not 1 <= tries <= MOST_TRIES:
        problems.append(("tries", "tries_impossible"))
    if left not in LEFT:
        problems.append(("left", "left_unknown"))
    if again is not None and again < desk.clock.today():
        problems.append(("again", "day_has_passed"))
    if problems:
        raise FieldsInvalid(tuple(problems))
    with desk.unit() as unit:
        before = _planned(unit, contact, participant)
        given: dict[str, Any] = {"tries": tries, "left_words": Code(left), "note": words_or_none(note)}
        unit.set(Contact, contact, status=ContactStatus.MISSED, done_at=desk.clock.now(), **given)
        if again is not None:
            new = Next(again, before.purpose or "", str(before.mode or "phone"), before.owner)
            _plan(desk, unit, participant, new, new.mode)


def accept(desk: Desk, participant: Id, purpose: str, mode: str = "phone") -> Id:
    """Plans the talk that is suggested. Raises Locked where none is."""
    desk.allow(Act.RECORD_CONTACT, Contact)
    suggested = view(desk, participant).suggestion
    if suggested is None:
        raise Locked()
    with desk.unit() as unit:
        return _plan(desk, unit, participant, Next(suggested.due, purpose, mode), mode)


def told_in_passing(desk: Desk, unit: Unit, participant: Id, status: WorkStatus) -> None:
    """The work situation says the same from today on. What is known of the job stays; since when, and what stands for
    an absence, are asked on their own page."""
    before = latest_work(unit.reader, participant)
    if before is not None and before.status is status:
        return
    today = desk.clock.today()
    if before is not None and before.told_on == today:
        unit.set(WorkSituation, before.id, status=status)
        return
    made = WorkSituation(id=new_id(), scope=participant)
    if before is not None and status is not WorkStatus.OUT_OF_WORK:
        made = replace(before, id=made.id, since=None, evidence=None, evidence_until=None)
    unit.add(replace(made, told_on=today, status=status, recorded_by=desk.me))


def _suggested(site: Site, episode: Episode | None, talks: tuple[Contact, ...], today: date) -> Suggestion | None:
    if episode is None or episode.status is EpisodeStatus.CLOSED:
        return None
    done = [one for one in talks if one.status is ContactStatus.DONE and one.episode == episode.id]
    last = max((london_day(one.done_at) for one in done if one.done_at), default=today)
    due = max(last + timedelta(days=site.pace.review_interval_days), today)
    weekend = max(due.weekday() - 4, 0)
    return Suggestion(due + timedelta(days=(3 - weekend) if weekend else 0), len(done) + 1, site.pace.expected_contacts)


def _moment(one: Contact) -> tuple[date, str, str]:
    """Newest first: the day, the moment where there is one, and the id, the same on every computer."""
    at = one.done_at or one.at
    return one.due or date.min, at.isoformat() if at else "", one.id


def _missed(talks: tuple[Contact, ...]) -> int:
    """Tries since the last talk that took place."""
    done = max((one.done_at for one in talks if one.status is ContactStatus.DONE and one.done_at), default=None)
    since = [
        one
        for one in talks
        if one.status is ContactStatus.MISSED and one.done_at is not None and (done is None or one.done_at > done)
    ]
    return sum(one.tries or 1 for one in since)


def _measures_due(site: Site, reader: Reader, participant: Id, today: date) -> tuple[Due, ...]:
    """Forms of the site that were answered once and not again for as long as a plan goes without a look."""
    done = [ResponseStatus.COMPLETED, ResponseStatus.AMENDED]
    last: dict[str, date] = {}
    for one in reader.list(Response, scope=participant, status=done):
        if one.completed_at is not None:
            form = base_url(one.form_url or "")
            last[form] = max(last.get(form, date.min), london_day(one.completed_at))
    wanted = [form for form in site.measures if form in last]
    late = [form for form in wanted if (today - last[form]).days >= site.pace.plan_review_days]
    titles = {base_url(one.url or ""): one.title or "" for one in reader.list(FormVersion, url=late)} if late else {}
    return tuple(Due(form, titles.get(form, ""), last[form]) for form in late)


def _owner(one: Action, names: dict[Id, str]) -> str:
    return (names.get(one.owner, "") if one.owner else "") or one.owner_name or ""


def _planned(unit: Unit, contact: Id, participant: Id) -> Contact:
    found = unit.reader.get(Contact, contact)
    if found.status is not ContactStatus.PLANNED or found.scope != participant:
        raise Locked()
    return found


def _ask_about(desk: Desk, unit: Unit, participant: Id, actions: Mapping[Id, tuple[ActionStatus, str]]) -> None:
    for action, (status, effect) in actions.items():
        found = unit.reader.get(Action, action)
        if found.scope != participant or found.status is not ActionStatus.OPEN:
            raise Locked()
        done = desk.clock.today() if status is ActionStatus.DONE else None
        unit.set(Action, action, status=status, done_on=done, effect=words_or_none(effect) or found.effect)


def _plan(desk: Desk, unit: Unit, participant: Id, new: Next, mode: str) -> Id:
    episode = present_episode(unit.reader, participant)
    return unit.add(
        Contact(
            id=new_id(),
            scope=participant,
            episode=episode.id if episode else None,
            purpose=new.purpose.strip(),
            mode=Code(mode),
            due=new.due,
            owner=working_here(unit.reader, new.owner or desk.me),
            status=ContactStatus.PLANNED,
        )
    )


def _check(went: Went, now: datetime, today: date, *, planned: bool) -> None:
    problems: list[tuple[str, str]] = []
    if not planned and not went.purpose.strip():
        problems.append(("purpose", "purpose_missing"))
    if went.mode not in MODES:
        problems.append(("mode", "mode_unknown"))
    if went.minutes is not None and not 0 < went.minutes <= LONGEST:
        problems.append(("minutes", "minutes_impossible"))
    if went.at is not None and went.at > now:
        problems.append(("at", "date_in_future"))
    if went.next is not None and went.next.due < today:
        problems.append(("next", "day_has_passed"))
    if went.next is not None and not went.next.purpose.strip():
        problems.append(("next_purpose", "purpose_missing"))
    if problems:
        raise FieldsInvalid(tuple(problems))
