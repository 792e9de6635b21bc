"""The room: who was there, what it committed to, who stands by it; and what the second window may say."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.services.case_help import agreed, phq9, session_with
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import ObstacleKind, OwnerKind
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import (
    AdviceKind,
    AgendaItem,
    Attendance,
    Discussion,
    Grant,
    Outcome,
    Presence,
    Session,
    Topics,
    Withdrawn,
)
from workwell_desktop.errors import BadInput, Locked, NoPermission
from workwell_desktop.services.administration import grants
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import (
    agenda,
    agenda_rules,
    case_pages,
    discussions,
    meeting_history,
    projecting,
    room,
    sending,
    session_pages,
    sessions,
)
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import commitments

Refer = Callable[..., Referred]
Join = Callable[..., Desk]


@pytest.fixture
def chair(colleague: Join) -> Desk:
    """Dr Helen Frost, chair, a doctor."""
    return colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")


def decided(desk: Desk, discussion: Id, decision: str = "Go on") -> None:
    discussions.decide(desk, discussion, decision=decision, rationale="It helps", outcome=Outcome.CARRY_ON)


# Who was there


def test_a_deputy_takes_the_chair_in_the_middle_and_locks(
    desk: Desk, chair: Desk, refer: Refer, colleague: Join
) -> None:
    session, _item, discussion = session_with(desk, chair, refer().participant)
    deputy = colleague("Ruth Hale", Profession.NURSE, "chair", "NM123")
    agreed(desk, discussion)
    decided(desk, discussion)
    with pytest.raises(NoPermission):
        sessions.lock_session(deputy, session)
    room.take_chair(desk, session, deputy.me)
    with pytest.raises(NoPermission):
        sessions.lock_session(chair, session)
    sessions.lock_session(deputy, session)
    assert session_pages.view_session(desk, session).locked_by == "Ruth Hale"


def test_nobody_takes_the_chair_whose_role_locks_no_session(
    desk: Desk, chair: Desk, refer: Refer, colleague: Join
) -> None:
    session, _item, _discussion = session_with(desk, chair, refer().participant)
    with pytest.raises(NoPermission):
        room.take_chair(desk, session, colleague().me)


def test_a_part_has_a_from_and_a_to_that_follow_each_other(
    desk: Desk, chair: Desk, refer: Refer, clock: FixedClock
) -> None:
    session, _item, _discussion = session_with(desk, chair, refer().participant)
    line = session_pages.view_session(desk, session).attendees[0]
    now = clock.now()
    with pytest.raises(BadInput):
        room.came_for_part(desk, line.attendance, now, now - timedelta(minutes=1))
    room.came_for_part(desk, line.attendance, now, now + timedelta(minutes=20))
    after = next(one for one in session_pages.view_session(desk, session).attendees if one.person == line.person)
    assert (after.presence, after.here, after.left_at) == (Presence.PART, False, now + timedelta(minutes=20))


def test_who_was_there_may_cosign_once_it_is_locked(desk: Desk, chair: Desk, refer: Refer, colleague: Join) -> None:
    priya, absent = colleague(), colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, "clinician", "OT1")
    session, _item, discussion = session_with(desk, chair, refer().participant, priya)
    agreed(desk, discussion)
    decided(desk, discussion)
    with pytest.raises(BadInput) as early:
        room.cosign(priya, session)
    assert early.value.reason == "not_locked_yet"
    sessions.lock_session(chair, session)
    assert room.cosign(priya, session) == room.cosign(priya, session)
    assert [one.name for one in session_pages.view_session(desk, session).cosigners] == ["Priya Nair"]
    with pytest.raises(NoPermission):
        room.cosign(absent, session)


# What it committed to


def test_nothing_is_funded_without_a_cost_and_somebody_who_approved_it(desk: Desk, chair: Desk, refer: Refer) -> None:
    session, item, discussion = session_with(desk, chair, refer().participant)
    for cost in ("-1", "NaN", "0.001", "100000.01"):
        with pytest.raises(BadInput) as wrong:
            commitments.fund(desk, discussion, "Driving lessons", Decimal(cost), chair.me)
        assert wrong.value.reason == "cost_wrong"
    made = commitments.fund(desk, discussion, "Driving lessons", Decimal("240.50"), chair.me)
    (line,) = case_pages.view_case(desk, item).funding
    assert (line.what, line.cost, line.approver) == ("Driving lessons", Decimal("240.50"), "Helen Frost")
    commitments.remove_funding(desk, made)
    assert case_pages.view_case(desk, item).funding == ()
    agreed(desk, discussion)
    decided(desk, discussion)
    sessions.lock_session(chair, session)
    with pytest.raises(Locked):
        commitments.fund(desk, discussion, "Driving lessons", Decimal(1), chair.me)


@pytest.mark.parametrize(
    ("profession", "kind", "may"),
    [
        (Profession.DOCTOR, AdviceKind.FIT_NOTE, True),
        (Profession.NURSE, AdviceKind.FIT_NOTE, True),
        (Profession.PHARMACIST, AdviceKind.FIT_NOTE, True),
        (Profession.PHYSIOTHERAPIST, AdviceKind.FIT_NOTE, True),
        (Profession.OCCUPATIONAL_THERAPIST, AdviceKind.FIT_NOTE, True),
        (Profession.COUNSELLOR, AdviceKind.FIT_NOTE, False),
        (Profession.COACH, AdviceKind.FIT_NOTE, False),
        (Profession.DOCTOR, AdviceKind.AHP_REPORT, False),
        (Profession.PHYSIOTHERAPIST, AdviceKind.AHP_REPORT, True),
    ],
)
def test_advice_is_drafted_for_the_professions_that_may_issue_it(
    desk: Desk, chair: Desk, refer: Refer, colleague: Join, profession: Profession, kind: AdviceKind, may: bool
) -> None:
    _session, item, discussion = session_with(desk, chair, refer().participant)
    author = colleague("Kim Sample", profession, "clinician", "X1")
    if not may:
        with pytest.raises(BadInput) as refused:
            commitments.advise(desk, discussion, kind, "Lighter work", author.me)
        assert refused.value.reason == "may_not_advise"
        return
    commitments.advise(desk, discussion, kind, "Lighter work", author.me)
    commitments.advise(desk, discussion, kind, "Lighter work for two weeks", author.me)
    assert [one.text for one in case_pages.view_case(desk, item).advice] == ["Lighter work for two weeks"]
    commitments.advise(desk, discussion, kind, " ", author.me)
    assert case_pages.view_case(desk, item).advice == ()


# A case that leaves the table


def test_a_case_withdrawn_in_the_middle_no_longer_holds_up_the_lock(desk: Desk, chair: Desk, refer: Refer) -> None:
    session, item, discussion = session_with(desk, chair, refer().participant)
    with pytest.raises(BadInput):
        sessions.lock_session(chair, session)
    agenda.withdraw_case(desk, item, Withdrawn.PERSON_ASKED)
    assert session_pages.view_session(desk, session).undecided == ()
    agenda.bring_back(desk, item)
    assert session_pages.view_session(desk, session).undecided == (item,)
    agreed(desk, discussion)
    decided(desk, discussion)
    with pytest.raises(BadInput) as refused:
        agenda.withdraw_case(desk, item, Withdrawn.NOT_READY)
    assert refused.value.reason == "already_decided"


def test_the_time_given_to_a_case_only_grows(desk: Desk, chair: Desk, refer: Refer) -> None:
    session, item, _discussion = session_with(desk, chair, refer().participant)
    for seconds in (40, 30, 95):
        agenda.spend(desk, item, seconds)
    assert session_pages.view_session(desk, session).agenda[0].seconds == 95


# Sending the agenda (grants by scope)


def test_sending_grants_the_invited_what_people_agreed_to(
    desk: Desk, chair: Desk, refer: Refer, clock: FixedClock
) -> None:
    team = Id(min(desk.person.teams))
    starts = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
    session = sessions.create_session(desk, team, starts, chair=chair.me, note_taker=desk.me)
    with pytest.raises(BadInput) as empty:
        sending.send_agenda(desk, session)
    assert empty.value.reason == "agenda_empty"
    said = {}
    for given, topics in (("Ann", Topics.YES), ("Bea", Topics.SOME), ("Cai", Topics.NO), ("Dee", None)):
        who = refer(given, "Sample").participant
        item = agenda.add_case(desk, session, who, question="What next?")
        with desk.read() as reader:
            discussion = reader.list(Discussion, agenda_item=item)[0].id
        if topics is not None:
            discussions.agree_to_discuss(desk, discussion, topics)
        said[topics] = who
    sent = sending.send_agenda(desk, session)
    again = sending.send_agenda(desk, session)
    assert (sent.grants, again) == (2, sent)
    (paper,) = register.list_session_papers(desk, session)
    assert (paper.document, paper.version) == (sent.document, 2)
    assert register.paper_bytes(desk, sent.document).startswith(b"%PDF")
    with desk.read() as reader:
        written = reader.list(Grant)
        assert {(one.scope, one.person) for one in written} == {
            (said[Topics.YES], chair.me),
            (said[Topics.YES], desk.me),
        }
        assert {one.ends_on for one in written} == {date(2026, 12, 3)}
        assert grants.granted(reader, chair.me, date(2026, 12, 3)) == {said[Topics.YES]}
        assert grants.granted(reader, chair.me, date(2026, 12, 4)) == frozenset()
    assert sending.end_grants(desk, session, participant=said[Topics.YES]) == 2
    with desk.read() as reader:
        assert grants.granted(reader, chair.me, date(2026, 11, 26)) == frozenset()


# The second window


def test_the_room_sees_the_case_and_nobody(desk: Desk, chair: Desk, refer: Refer) -> None:
    who, other = refer().participant, refer("Sam", "Okoro").participant
    participants.edit(desk, who, preferred_name="Dani", postcode="HX7 8AA", phone="01632 960 103")
    obstacles.add_obstacle(desk, who, ObstacleKind.CONTEXT, "Dani drives Sam Okoro to 7 Mill Lane")
    phq9(desk, who, "111111110")
    session, item, discussion = session_with(
        desk, chair, who, question="Can Danielle Marsh work 4 days at Northgate Parcels?"
    )
    agenda.add_case(desk, session, other, question="And Sam?")
    agreed(desk, discussion)
    discussions.decide(
        desk,
        discussion,
        decision="Helen Frost asks Northgate. Marsh was born on 14 March 1984 and rings Sharon.",
        rationale="dani wishes it",
        outcome=Outcome.CARRY_ON,
    )
    obstacles.add_action(
        desk, who, "Call Danielle on 01632 960 103", OwnedBy(OwnerKind.STAFF, chair.me), date(2026, 11, 27),
        discussion=discussion,
    )  # fmt: skip
    projecting.keep_off_screen(desk, discussion, frozenset({"Sharon", " "}))
    seen = projecting.project(desk, item)
    words = repr(seen).lower()
    known = "Danielle Marsh Dani Sam Okoro Helen Frost Maya Okafor Northgate Sharon 1984 Lane".split()
    assert [one for one in (*known, "960 103", who, other) if one.lower() in words] == []
    assert seen.question == "Can this person work 4 days at the employer?"
    assert seen.actions[0].owner == "Doctor"
    assert (seen.number, seen.of, seen.name, seen.visible) == (1, 2, None, True)
    assert projecting.project(desk, item, reveal=True).name == "Danielle Marsh"


def test_the_room_learns_nobody_from_odd_writings_short_forms_or_who_is_not_on_the_agenda(
    desk: Desk, chair: Desk, refer: Refer
) -> None:
    who, other, _away = refer().participant, refer("Sam", "Okoro").participant, refer("Marlon", "Price").participant
    participants.edit(desk, who, address="7 Mill Lane, Hebden", lives_with="With their wife Roisin and two children")
    participants.edit(desk, other, birth_date=date(1961, 9, 3))
    session, item, discussion = session_with(desk, chair, who, question="Can D. Marsh (DM) work? dani marsh hopes so")
    agenda.add_case(desk, session, other, question="And Sam?")
    agreed(desk, discussion)
    discussions.decide(
        desk,
        discussion,
        decision="As marlon price did. D.M., b. 14th of March '84, in Mill Lane with Roisin.",
        rationale="Sam's 3 Sept 61 and 999.000.0018; N\u00f6rthgate P\u00e1rcels: her manager Kirsty, Mrs Khan.",
        outcome=Outcome.CARRY_ON,
    )
    words = repr(projecting.project(desk, item)).lower()
    known = "marsh dani d.m. (dm) marlon price kirsty khan roisin mill '84 61 0018 sam gate hebden".split()
    assert [one for one in known if one in words] == []


def test_somebody_who_did_not_agree_is_a_number_in_the_room(desk: Desk, chair: Desk, refer: Refer) -> None:
    _session, item, discussion = session_with(desk, chair, refer().participant)
    discussions.agree_to_discuss(desk, discussion, Topics.NO)
    seen = projecting.project(desk, item, reveal=True)
    assert (seen.visible, seen.name, seen.question, seen.obstacles, seen.measures) == (False, None, "", (), ())


# Many laptops


def test_a_case_without_its_record_is_one_you_may_not_see(desk: Desk, chair: Desk) -> None:
    team = Id(min(desk.person.teams))
    session = sessions.create_session(desk, team, datetime(2026, 11, 24, 14, tzinfo=UTC), chair=chair.me)
    with desk.unit() as unit:
        item = unit.add(
            AgendaItem(id=Id("a" * 32), scope=team, session=session, participant=Id("b" * 32), discussion=Id("c" * 32))
        )
    (line,) = session_pages.view_session(desk, session).agenda
    assert (line.known, line.named, line.name) == (False, False, "")
    view = case_pages.view_case(desk, item)
    assert (view.known, view.visible, view.name, view.number) == (False, False, "", 1)
    assert not projecting.project(desk, item).visible
    with desk.read() as reader:
        assert reader.count(Attendance, session=session) == 1
        assert reader.get(Session, session).chair == chair.me


def test_the_code_of_who_is_there_is_kept(desk: Desk, chair: Desk, refer: Refer) -> None:
    _session, item, discussion = session_with(desk, chair, refer().participant)
    discussions.set_there(desk, discussion, Code("both"))
    assert case_pages.view_case(desk, item).there == "both"
    with pytest.raises(BadInput):
        discussions.set_there(desk, discussion, Code("neighbour"))


# Afterwards


def test_who_missed_most_in_a_row_is_named_first_and_to_the_chair_alone(
    desk: Desk, chair: Desk, refer: Refer, colleague: Join, clock: FixedClock
) -> None:
    priya = colleague()
    team = Id(min(desk.person.teams))
    for day, came in ((10, True), (17, False), (24, False)):
        clock.set(datetime(2026, 11, day, 14, tzinfo=UTC))
        session = sessions.create_session(desk, team, clock.now(), chair=chair.me)
        sessions.start_session(desk, session)
        for one, here in ((chair, True), (priya, came)):
            line = sessions.invite(desk, session, one.me)
            sessions.attend(desk, line, Presence.PRESENT if here else Presence.APOLOGIES)
        sessions.lock_session(chair, session)
    found = meeting_history.attendance_patterns(chair, team)
    assert [(one.name, one.asked, one.came, one.apologies, one.missed_in_a_row) for one in found] == [
        ("Priya Nair", 3, 1, 2, 2),
        ("Helen Frost", 3, 3, 0, 0),
    ]
    with pytest.raises(NoPermission):
        meeting_history.attendance_patterns(priya, team)


def test_a_session_says_what_it_left_until_a_later_one_takes_it_up(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    session, item, _discussion = session_with(desk, chair, who)
    agenda.carry_to_next(desk, item, "No time was left")

    def waiting() -> int:
        return next(one.waiting for one in session_pages.list_sessions(desk) if one.session == session)

    assert waiting() == 1
    later = sessions.create_session(
        desk, Id(min(desk.person.teams)), datetime(2026, 12, 1, 14, tzinfo=UTC), chair=chair.me
    )
    (found,) = agenda_rules.suggestions(desk, later) or (None,)
    assert found is None
    sessions.lock_session(chair, session)
    agenda_rules.fill(desk, later, agenda_rules.suggestions(desk, later))
    assert waiting() == 0
