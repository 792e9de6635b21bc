"""One person's record: banner, overview, everything by date, the history of a field."""

from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.dates import age
from workwell_desktop.domain.episodes import Episode, Referral, RiskConversation, RiskStatus
from workwell_desktop.domain.intake import number_shown
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.names import initials
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.plans import ObstacleStatus
from workwell_desktop.domain.records import Id, is_restricted
from workwell_desktop.errors import NotFound
from workwell_desktop.services._reads import latest_work, present_episode
from workwell_desktop.services._restricted import may_read_kind, may_read_lines
from workwell_desktop.services.caseload._programme import programme
from workwell_desktop.services.caseload.today import next_for
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment.work import current as work_now
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.person._events import MILESTONES, Lines
from workwell_desktop.services.person._obstacles import obstacles_and_steps
from workwell_desktop.services.person.record_views import BannerView, EventView, FieldLine, MattersView, Overview
from workwell_desktop.store import Reader

SO_FAR = 18
"""What the card "so far" is made from: forms answered in one sitting become one line of it."""


def banner(desk: Desk, participant: Id) -> BannerView:
    """Who this is; on every page about a person, so that whichever page is the first, the record was opened there."""
    desk.allow(Act.READ, Participant)
    with desk.read() as reader:
        found = _banner(desk, reader, participant)
    desk.opened(participant)
    return found


def overview(desk: Desk, participant: Id) -> Overview:
    """The first page of the record. Opening it is written down, once in a quarter of an hour."""
    desk.allow(Act.READ, Participant)
    today = desk.clock.today()
    with desk.read() as reader:
        head = _banner(desk, reader, participant)
        one = reader.get(Participant, participant)
        people = staff(reader)
        work = latest_work(reader, participant)
        employer = work.employer or "" if work else ""
        may = may_read_lines(desk)
        obstacles, loose = obstacles_and_steps(reader, head.episode, people, employer, today, may)
        all_lines = Lines(reader, participant, people, desk.site).all()
        lines = [line for line in all_lines if line.kind in MILESTONES and may(line.record_kind)]
    desk.opened(participant)
    return Overview(
        banner=head,
        matters=MattersView(
            words=one.what_matters or "",
            at=one.what_matters_at,
            by_name=name_of(people, one.what_matters_by),
            lives_with=one.lives_with or "",
            good_at=one.good_at or "",
        ),
        work=work_now(desk, participant),
        next=next_for(desk, [participant])[participant],
        obstacles=obstacles,
        loose=loose,
        open_obstacles=sum(1 for each in obstacles if each.status is ObstacleStatus.OPEN),
        done_obstacles=sum(1 for each in obstacles if each.status is ObstacleStatus.DONE),
        so_far=tuple(lines[:SO_FAR]),
    )


def everything(desk: Desk, participant: Id) -> tuple[EventView, ...]:
    """Everything that happened, newest first, of kinds that the acting person reads. Written down as an opening."""
    desk.allow(Act.READ, Participant)
    with desk.read() as reader:
        reader.get(Participant, participant)
        lines = Lines(reader, participant, staff(reader), desk.site).all()
    desk.opened(participant)
    may = may_read_lines(desk)
    return tuple(line for line in lines if may(line.record_kind))


def episodes(desk: Desk, participant: Id) -> tuple[tuple[date, date | None], ...]:
    """The first and last day of each episode, oldest first; None while it runs. One that waits begins with its
    referral."""
    desk.allow(Act.READ, Episode)
    with desk.read() as reader:
        found = reader.list(Episode, scope=participant)
        came = {one.id: one.received_on for one in reader.list(Referral, scope=participant)}
    begun = [(one.opened_on or (came.get(one.referral) if one.referral else None), one.closed_on) for one in found]
    return tuple(sorted(((first, last) for first, last in begun if first is not None), key=lambda one: one[0]))


def field_history(desk: Desk, participant: Id, record: Id, field: str | None = None) -> tuple[FieldLine, ...]:
    """Every value that a field of one of this person's records had, newest first: who, when, and which stands now.

    What a record said before is as much it as what it says now: NoPermission for a kind that is not theirs to read.
    """
    desk.allow(Act.READ, Participant)
    from workwell_desktop.services.safekeeping._names import site_codes  # reads forms, for which Today does not wait

    with desk.read() as reader:
        reader.get(Participant, participant)
        lines = reader.history(record, field)
        people = staff(reader)
        kind = lines[0].kind if lines else ""
        found = reader.find(KINDS[kind], record) if kind in KINDS else None
    if lines and (found is None or found.scope != participant):
        raise NotFound("record")
    if lines and not (is_restricted(kind) and may_read_kind(desk, kind, found)):
        desk.allow(Act.READ, KINDS[kind])
    return tuple(
        FieldLine(
            line.field,
            line.value,
            name_of(people, line.author),
            line.at,
            present=line.is_head,
            codes=site_codes(desk.site, kind, line.field),
        )
        for line in reversed(lines)
    )


def _banner(desk: Desk, reader: Reader, participant: Id) -> BannerView:
    one = reader.get(Participant, participant)
    episode: Episode | None = present_episode(reader, participant)
    today = desk.clock.today()
    risks = reader.list(RiskConversation, order_by=("raised_at", "id"), scope=participant, status=RiskStatus.OPEN)
    coach = episode.coach if episode else None
    return BannerView(
        participant=one.id,
        name=one.name,
        called=one.called,
        initials=initials(one.name),
        birth_date=one.birth_date,
        age=age(one.birth_date, today) if one.birth_date else None,
        nhs_number=number_shown(one.nhs_number),
        nhs_number_status=one.nhs_number_status.value if one.nhs_number_status else "",
        pronouns=one.pronouns or "",
        needs=tuple(sorted(one.needs)),
        contact_note=one.contact_note or "",
        paper_format=one.paper_format.value if one.paper_format else "",
        programme=programme(desk.site, episode, latest_work(reader, participant), today),
        episode=episode.id if episode else None,
        episode_status=episode.status.value if episode and episode.status else "",
        coach=coach,
        coach_name=name_of(staff(reader), coach),
        open_risks=tuple(risk.id for risk in risks),
    )
