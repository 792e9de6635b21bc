"""One list of what waits, soonest first, for the person who has to do it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.conftest import OFF_SICK, PASSPHRASE, TUESDAY
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.participants import Evidence
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import (
    Action,
    ActionStatus,
    OwnerKind,
    Plan,
    PlanStatus,
    PlanType,
    Signatory,
    SignatoryRole,
    SignatureOutcome,
)
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import (
    AgendaItem,
    Attendance,
    Discussion,
    Lane,
    Presence,
    Session,
    SessionStatus,
)
from workwell_desktop.services.administration import teams
from workwell_desktop.services.assessing import risk
from workwell_desktop.services.caseload import search, today
from workwell_desktop.services.caseload.today_views import Focus, Route, TodayItem, Urgency
from workwell_desktop.services.coming_in import participants, referrals, tries
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.person import contacts, ending
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import Reader, slots

TODAY = date(2026, 11, 24)
Refer = Callable[..., Referred]


def call(desk: Desk, who: Id, due: date | None = None, *, at: datetime | None = None, owner: Id | None = None) -> Id:
    details = ContactDetails("Call after the first week", "phone", due=due, at=at, owner=owner, place="Room 2")
    return contacts.plan(desk, who, details)


def add_action(desk: Desk, case: Referred, due: date, **fields: object) -> Id:
    told: dict[str, object] = {
        "id": new_id(),
        "scope": case.participant,
        "episode": case.episode,
        "text": "Ask for lighter packing",
        "owner_kind": OwnerKind.STAFF,
        "owner": desk.me,
        "due": due,
        "status": ActionStatus.OPEN,
    }
    with desk.unit() as unit:
        return unit.add(Action(**{**told, **fields}))  # type: ignore[arg-type]


def plan_to_sign(desk: Desk, case: Referred, signer: Id | None = None) -> Id:
    with desk.unit() as unit:
        plan = unit.add(
            Plan(
                id=new_id(),
                scope=case.participant,
                episode=case.episode,
                type=PlanType.RETURN_TO_WORK,
                version=1,
                status=PlanStatus.SIGNING,
            )
        )
        unit.add(
            Signatory(
                id=new_id(),
                scope=case.participant,
                plan=plan,
                role=SignatoryRole.CLINICIAN if signer else SignatoryRole.COACH,
                person=signer or desk.me,
                outcome=SignatureOutcome.AWAITED,
                position="V",
            )
        )
    return plan


def test_soonest_first_in_groups_and_nothing_beyond_two_working_days(desk: Desk, refer: Refer) -> None:
    case = refer("Daniel", "Osei")
    for due in (date(2026, 11, 27), date(2026, 11, 26), TODAY, date(2026, 11, 20), date(2026, 11, 25)):
        call(desk, case.participant, due)
    seen = today.view(desk)
    assert seen.soon == date(2026, 11, 26)
    assert [(one.urgency, one.due, one.days) for one in seen.items] == [
        (Urgency.OVERDUE, date(2026, 11, 20), -4),
        (Urgency.TODAY, TODAY, 0),
        (Urgency.SOON, date(2026, 11, 25), 1),
        (Urgency.SOON, date(2026, 11, 26), 2),
    ]
    assert seen.items[0].name == "Daniel Osei"
    assert seen.items[0].words["purpose"] == "Call after the first week"
    assert seen.items[0].route.page == "contact"


def test_within_today_the_clock_orders_and_what_has_no_time_comes_after(desk: Desk, refer: Refer) -> None:
    case = refer()
    other = refer("Ruth", "Vance")
    call(desk, other.participant, at=datetime(2026, 11, 24, 16, 0, tzinfo=UTC))
    call(desk, case.participant, TODAY)
    call(desk, case.participant, at=datetime(2026, 11, 24, 11, 30, tzinfo=UTC))
    assert [(one.name, one.at.hour if one.at else None) for one in today.view(desk).items] == [
        ("Danielle Marsh", 11),
        ("Ruth Vance", 16),
        ("Danielle Marsh", None),
    ]


def test_friday_looks_over_the_weekend(desk: Desk, clock: FixedClock) -> None:
    clock.set(datetime(2026, 11, 27, 9, tzinfo=UTC))
    assert today.view(desk).soon == date(2026, 12, 1)


def test_days_turn_at_midnight_in_london(desk: Desk, clock: FixedClock, refer: Refer) -> None:
    case = refer()
    call(desk, case.participant, date(2027, 7, 1))
    clock.set(datetime(2027, 6, 30, 22, 59, tzinfo=UTC))
    assert today.view(desk).items[0].urgency is Urgency.SOON
    clock.set(datetime(2027, 6, 30, 23, 1, tzinfo=UTC))
    assert today.view(desk).items[0].urgency is Urgency.TODAY


def test_risk_stands_apart_and_first(desk: Desk, refer: Refer) -> None:
    case = refer("Tomasz", "Zielinski")
    call(desk, case.participant, date(2026, 11, 20))
    with desk.unit() as unit:
        risk.raise_in(
            desk,
            unit,
            case.participant,
            response=case.referral,
            form_title="PHQ-9",
            question="question 9",
            answer="Several days",
        )
    seen = today.view(desk)
    assert [one.name for one in seen.risks] == ["Tomasz Zielinski"]
    assert [one.kind for one in seen.items] == ["contact"]
    assert seen.risks[0].words["answer"] == "Several days"
    assert today.next_for(desk, [case.participant])[case.participant][0].kind == "risk"
    risk.record(desk, seen.risks[0].record, risk.Talked("Asked.", "Agreed."))
    assert today.view(desk).risks == ()
    assert [one.kind for one in today.done_today(desk)] == ["risk"]


def test_risk_of_a_colleagues_person_is_theirs_until_it_is_handed_over(
    desk: Desk, refer: Refer, colleague: Callable[..., Desk]
) -> None:
    priya = colleague()
    case = refer()
    with desk.unit() as unit:
        one = risk.raise_in(
            desk, unit, case.participant, response=case.referral, form_title="f", question="q", answer="a"
        )
    assert today.view(priya).risks == ()
    risk.hand_to(desk, one, priya.me)
    assert len(today.view(priya).risks) == 1
    assert len(today.view(desk).risks) == 1


def test_risk_of_somebody_without_a_coach_is_everybodys(
    desk: Desk, refer: Refer, colleague: Callable[..., Desk]
) -> None:
    case = refer(accept=False)
    with desk.unit() as unit:
        risk.raise_in(desk, unit, case.participant, response=case.referral, form_title="f", question="q", answer="a")
    assert len(today.view(colleague()).risks) == len(today.view(desk).risks) == 1


def test_mine_is_what_i_own_and_what_concerns_my_people(
    desk: Desk, refer: Refer, colleague: Callable[..., Desk]
) -> None:
    al = colleague("Al Reed", Profession.COACH, "coach", None)
    mine = refer()
    theirs = refer("Ruth", "Vance", coach=al.me)
    add_action(desk, theirs, TODAY)
    add_action(desk, theirs, TODAY, owner=al.me, text="His own")
    add_action(desk, mine, TODAY, owner=None, owner_kind=OwnerKind.EMPLOYER, owner_name="Northgate")
    add_action(desk, mine, TODAY, status=ActionStatus.DONE)
    assert [(one.name, one.words["owner"], one.words["mine"]) for one in today.view(desk).items] == [
        ("Danielle Marsh", "Northgate", False),
        ("Ruth Vance", "Maya Okafor", True),
    ]
    assert {one.words["text"] for one in today.view(al).items} == {"Ask for lighter packing", "His own"}


def test_a_plan_to_sign_takes_time_and_place_from_the_talk_of_the_day(desk: Desk, refer: Refer) -> None:
    case = refer()
    plan_to_sign(desk, case)
    assert [(one.kind, one.at, one.urgency) for one in today.view(desk).items] == [
        ("plan_to_sign", None, Urgency.TODAY)
    ]
    at = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    call(desk, case.participant, at=at)
    (one,) = today.view(desk).items
    assert (one.kind, one.at, one.words["place"]) == ("plan_to_sign", at, "Room 2")
    assert one.words["label"] == desk.site.plans[PlanType.RETURN_TO_WORK].label


def test_a_clinician_sees_the_plan_that_waits_for_them(
    desk: Desk, refer: Refer, colleague: Callable[..., Desk]
) -> None:
    priya = colleague()
    plan_to_sign(desk, refer(), signer=priya.me)
    plan_to_sign(desk, refer("Ruth", "Vance"))
    assert [one.name for one in today.view(priya).items] == ["Danielle Marsh"]


def test_referrals_of_a_group_stand_together_with_their_names(desk: Desk, refer: Refer) -> None:
    for given in ("Yusuf", "Marcus"):
        refer(given, "Bell", accept=False, received_on=TODAY)
    one_late = refer("Sian", "Rhys", accept=False, received_on=date(2026, 10, 1))
    far = desk.site.pace.first_contact_working_days
    seen = [one for one in today.view(desk).items if one.kind.startswith("referral")]
    assert (seen[0].kind, seen[0].participant, seen[0].urgency) == ("referral", one_late.participant, Urgency.OVERDUE)
    if far <= today.SOON_WORKING_DAYS:
        assert (seen[1].kind, set(seen[1].names), seen[1].words) == (
            "referrals",
            {"Yusuf Bell", "Marcus Bell"},
            {"count": 2},
        )
        assert (seen[1].route.page, seen[1].route.params) == ("referrals", {}), "several lead to the list"
    assert (seen[0].route.page, seen[0].route.params) == ("coming-in", {"participant": one_late.participant})
    assert len(referrals.waiting(desk)) == 3


def test_a_referral_says_how_often_it_was_tried_and_is_late_no_more_once_we_spoke(desk: Desk, refer: Refer) -> None:
    case = refer("Sian", "Rhys", accept=False, received_on=date(2026, 10, 1))
    tries.record(desk, case.episode, "phone", reached=False)
    (one,) = today.view(desk).items
    assert (one.urgency, one.words["tries"], one.words["of"]) == (Urgency.OVERDUE, 1, desk.site.pace.contact_tries)
    tries.record(desk, case.episode, "phone", reached=True)
    (one,) = today.view(desk).items
    assert (one.urgency, one.words["reach"]) == (Urgency.TODAY, "reached")


def test_evidence_that_runs_out_is_shown_in_time(desk: Desk, clock: FixedClock, refer: Refer) -> None:
    case = refer()
    ends = date(2026, 12, 6)
    work.record(desk, case.participant, replace(OFF_SICK, evidence=Evidence.FIT_NOTE, evidence_until=ends))
    assert today.view(desk).items == ()
    clock.set(datetime(2026, 12, 4, 9, tzinfo=UTC))
    assert [(one.kind, one.due, one.words["evidence"]) for one in today.view(desk).items] == [
        ("evidence", ends, "fit_note")
    ]


def test_somebody_is_told_what_was_decided(desk: Desk, refer: Refer) -> None:
    case = refer("Ibrahim", "Sesay")
    with desk.unit() as unit:
        told = unit.add(
            Discussion(
                id=new_id(),
                scope=case.participant,
                question="Which way?",
                decided_at=TUESDAY - timedelta(days=5),
                tell_owner=desk.me,
                tell_by=date(2026, 11, 26),
            )
        )
    assert [(one.kind, one.due) for one in today.view(desk).items] == [("tell", date(2026, 11, 26))]
    with desk.unit() as unit:
        unit.set(Discussion, told, tell_by=None)
    assert [(one.kind, one.urgency) for one in today.view(desk).items] == [("tell", Urgency.TODAY)]
    with desk.unit() as unit:
        unit.set(Discussion, told, told_at=TUESDAY, told_by=desk.me)
    seen = today.view(desk)
    assert (seen.items, seen.done) == ((), 1)


def test_a_closed_case_asks_for_nothing_but_the_talk_that_was_planned_for_after(desk: Desk, refer: Refer) -> None:
    from workwell_desktop.domain.episodes import ClosureReason

    case = refer()
    add_action(desk, case, TODAY)
    assert len(today.view(desk).items) == 1
    ending.close(desk, case.episode, ClosureReason.PLAN_COMPLETE)
    assert today.view(desk).items == ()
    call(desk, case.participant, TODAY)
    assert [one.kind for one in today.view(desk).items] == ["contact"]


def session_with(desk: Desk, cases: list[tuple[Referred, Lane, str | None]], at: datetime) -> Id:
    (team,) = teams.mine(desk)
    with desk.unit() as unit:
        session = unit.add(
            Session(
                id=new_id(),
                scope=team.id,
                team=team.id,
                starts_at=at,
                place="Room 4 and video",
                chair=desk.me,
                status=SessionStatus.PLANNED,
            )
        )
        unit.add(Attendance(id=new_id(), scope=team.id, session=session, person=desk.me, presence=Presence.INVITED))
        unit.add(Attendance(id=new_id(), scope=team.id, session=session, name="Guest", presence=Presence.APOLOGIES))
        for place, (case, lane, question) in enumerate(cases):
            item = new_id()
            talk = unit.add(
                Discussion(id=new_id(), scope=case.participant, session=session, agenda_item=item, question=question)
            )
            unit.add(
                AgendaItem(
                    id=item,
                    scope=team.id,
                    session=session,
                    participant=case.participant,
                    discussion=talk,
                    lane=lane,
                    position="ABCDEF"[place],
                )
            )
    return session


def test_the_card_of_a_session_of_today(desk: Desk, refer: Refer) -> None:
    hannah, marlon, emma = refer("Hannah", "Ashworth"), refer("Marlon", "Price"), refer("Emma", "Tallis")
    at = datetime(2026, 11, 24, 14, tzinfo=UTC)
    cases = [(hannah, Lane.NOTE, None), (marlon, Lane.DISCUSS, None), (emma, Lane.DISCUSS, "Is she ready?")]
    session = session_with(desk, cases, at)
    session_with(desk, [], at + timedelta(days=1))
    (card,) = today.view(desk).sessions
    assert (card.session, card.team, card.cases, card.discuss, card.note) == (session, "Calder Valley team", 3, 2, 1)
    assert (card.coming, card.invited) == (1, 2)
    assert (card.quorum_met, card.quorum_missing) == (False, ("clinicians",))
    assert [name for _, name in card.without_question] == ["Marlon Price", "Hannah Ashworth"]
    following = today.next_for(desk, [marlon.participant, emma.participant])
    assert [(one.kind, one.words["number"], one.at) for one in following[marlon.participant]] == [
        ("case_question", 1, at)
    ]
    assert [(one.kind, one.words["number"]) for one in following[emma.participant]] == [("session_case", 2)]
    with desk.unit() as unit:
        unit.set(Session, session, status=SessionStatus.LOCKED)
    assert today.view(desk).sessions == ()


def test_an_agenda_is_to_be_sent_a_day_ahead_by_those_of_the_team(
    desk: Desk, refer: Refer, clock: FixedClock, colleague: Callable[..., Desk]
) -> None:
    case = refer()
    at = clock.now() + timedelta(days=2)
    session = session_with(desk, [(case, Lane.DISCUSS, "What next?")], at)
    session_with(desk, [], at)
    (item,) = [one for one in today.view(desk).items if one.kind == "agenda"]
    assert (item.record, item.name, item.days, item.words["count"]) == (session, "Calder Valley team", 1, 1)
    assert (item.route.page, item.route.params["session"]) == ("prepare", session)
    elsewhere = colleague()
    elsewhere.person = replace(elsewhere.person, teams=frozenset({new_id()}))
    assert [one for one in today.view(elsewhere).items if one.kind == "agenda"] == []
    clock.set(clock.moment + timedelta(days=2))
    (item,) = [one for one in today.view(desk).items if one.kind == "agenda"]
    assert (item.urgency, item.days) == (Urgency.OVERDUE, -1)
    with desk.unit() as unit:
        unit.set(Session, session, agenda_sent_at=clock.now())
    assert [one for one in today.view(desk).items if one.kind == "agenda"] == []


def test_my_people_in_numbers(desk: Desk, clock: FixedClock, refer: Refer) -> None:
    clock.set(TUESDAY - timedelta(weeks=5))
    first, second = refer(), refer("Ruth", "Vance")
    refer("Omar", "Aziz", accept=False)
    clock.set(TUESDAY - timedelta(days=13))
    contacts.record(desk, first.participant, ContactDetails("She rang", "phone"))
    clock.set(TUESDAY)
    add_action(desk, first, TODAY, status=ActionStatus.DONE, done_on=date(2026, 11, 20))
    add_action(desk, first, TODAY, status=ActionStatus.DONE, done_on=date(2026, 11, 19))
    mine = today.view(desk).mine
    assert mine.people == 2
    assert mine.week == 6
    assert mine.reach_week == tuple(sorted((first.participant, second.participant)))
    assert mine.not_seen == (second.participant,)
    assert (mine.actions_done, mine.since) == (1, date(2026, 11, 20))
    clock.set(TUESDAY + timedelta(days=1))
    assert set(today.view(desk).mine.not_seen) == {first.participant, second.participant}


@pytest.fixture
def added_provider() -> Iterator[None]:
    def birthdays(_desk: Desk, _reader: Reader, focus: Focus) -> Iterator[TodayItem]:
        for one in sorted(focus.people):
            yield TodayItem(
                kind="birthday",
                record=one,
                participant=one,
                name=focus.names[one],
                urgency=Urgency.TODAY,
                due=focus.today,
                at=None,
                days=0,
                words={},
                route=Route("record", {"participant": one}),
            )

    today.PROVIDERS.append(birthdays)
    yield
    today.PROVIDERS.remove(birthdays)


@pytest.mark.usefixtures("added_provider")
def test_any_part_may_add_to_the_list(desk: Desk, refer: Refer) -> None:
    refer()
    assert [one.kind for one in today.view(desk).items] == ["birthday"]


def test_what_i_did_is_listed_and_nobody_elses(desk: Desk, refer: Refer, colleague: Callable[..., Desk]) -> None:
    case = refer()
    contacts.done(desk, call(desk, case.participant, TODAY))
    priya = colleague()
    contacts.done(priya, call(desk, case.participant, TODAY, owner=priya.me))
    add_action(desk, case, TODAY, status=ActionStatus.DONE, done_on=TODAY)
    assert [one.kind for one in today.done_today(desk)] == ["contact", "action"]
    assert today.view(desk).done == 2


def test_people_with_like_names_are_told_apart(desk: Desk, refer: Refer) -> None:
    for given in ("Daniel", "Danielle", "Ruth"):
        call(desk, refer(given, "Osei").participant, TODAY)
    assert {one.name: (one.birth_date, one.address) for one in today.view(desk).items} == {
        "Daniel Osei": (date(1984, 3, 14), "7 Mill Lane"),
        "Danielle Osei": (date(1984, 3, 14), "7 Mill Lane"),
        "Ruth Osei": (None, ""),
    }


def test_two_answers_written_apart_wait_for_a_choice(
    desk: Desk, refer: Refer, tmp_path: Path, clock: FixedClock
) -> None:
    case, path = refer(), desk.store.path
    who = case.participant
    desk.store.close()
    other_path = tmp_path / "other.workwell"
    for file in path.parent.glob(f"{path.name}*"):
        if not file.name.endswith(".lock"):
            shutil.copy(file, other_path.with_name(file.name.replace(path.name, other_path.name)))
    slots.save(other_path, replace(slots.load(other_path), renew=True))
    here = opening.unlock(path, desk.me, PASSPHRASE, clock=clock)
    there = opening.unlock(other_path, desk.me, PASSPHRASE, clock=clock)
    try:
        participants.edit(here, who, phone="01632 960 104")
        participants.edit(there, who, phone="01632 960 105")
        assert today.view(here).items == ()
        here.store.apply(there.store.changes_since(here.store.vector()))
        (one,) = today.view(here).items
        assert (one.kind, one.participant, one.words["field"], one.words["values"]) == ("conflict", who, "phone", 2)
        assert (one.urgency, one.words["record_kind"]) == (Urgency.TODAY, "participant")
        assert [row.next for row in search.find(here).rows] == [one]
        with here.unit() as unit:
            unit.settle((who, "phone"), "01632 960 104")
        assert today.view(here).items == ()
        assert [row.next for row in search.find(here).rows] == [None]
    finally:
        here.store.close()
        there.store.close()
