"""What waits for a case comes with it onto the agenda, and what was opened for it ends with it (domain.md 4.2)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services.case_help import agreed, session_with
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ClosureReason
from workwell_desktop.domain.participants import AgreementKind, Party
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import AgendaItem, BringRequest, Discussion, Lane, Topics, Why, Withdrawn
from workwell_desktop.domain.site import RoleCode
from workwell_desktop.errors import NoPermission
from workwell_desktop.services.administration import grants
from workwell_desktop.services.coming_in import agreements
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import (
    agenda,
    agenda_rules,
    bringing,
    discussions,
    sending,
    session_pages,
    sessions,
)
from workwell_desktop.services.person import ending

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
NEXT_WEEK = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)


@pytest.fixture
def chair(colleague: Join) -> Desk:
    """Dr Helen Frost, chair, a doctor."""
    return colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")


def planned(desk: Desk, chair: Desk, at: datetime = NEXT_WEEK) -> Id:
    return sessions.create_session(desk, Id(min(desk.person.teams)), at, chair=chair.me, note_taker=desk.me)


def waiting(desk: Desk, session: Id) -> int:
    return next(one.waiting for one in session_pages.list_sessions(desk) if one.session == session)


def item_at(desk: Desk, session: Id) -> tuple[AgendaItem, Discussion]:
    with desk.read() as reader:
        (line,) = reader.list(AgendaItem, session=session)
        return line, reader.get(Discussion, line.discussion or Id(""))


def sent_to(desk: Desk, session: Id, participant: Id) -> list[str]:
    with desk.read() as reader:
        return [one.name for one in grants.open_to(reader, session, participant, desk.clock.today())]


def discuss(desk: Desk, participant: Id, *, given: bool, limits: str | None = None) -> Id:
    said = AgreementDetails(kind=AgreementKind.DISCUSS, party=Party.TEAM, given=given, how="phone", limits=limits)
    return agreements.record(desk, participant, said)


# Carried over


def test_a_carried_case_that_is_added_by_hand_is_taken_up_with_its_question(
    desk: Desk, chair: Desk, refer: Refer
) -> None:
    who = refer().participant
    session, item, _discussion = session_with(desk, chair, who, question="Ready?")
    agenda.carry_to_next(desk, item, "No time was left")
    sessions.lock_session(chair, session)
    assert waiting(desk, session) == 1
    after = planned(desk, chair)
    agenda.add_case(desk, after, who)
    line, found = item_at(desk, after)
    assert (line.carried_from, line.why, found.question) == (item, {Why.CARRIED_OVER.value}, "Ready?")
    assert waiting(desk, session) == 0
    agenda.remove_case(desk, line.id)
    assert waiting(desk, session) == 1


def test_a_case_carried_twice_waits_once(desk: Desk, chair: Desk, refer: Refer, clock: FixedClock) -> None:
    """Each time it waits, the last session says so, and whoever takes it up ends both."""
    who = refer().participant
    first, item, _discussion = session_with(desk, chair, who)
    agenda.carry_to_next(desk, item, "No time was left")
    second = planned(desk, chair, datetime(2026, 11, 25, 14, tzinfo=UTC))
    again = agenda.add_case(desk, second, who)
    agenda.carry_to_next(desk, again, "No time again")
    assert (waiting(desk, first), waiting(desk, second)) == (0, 1)
    agenda.add_case(desk, planned(desk, chair), who)
    assert (waiting(desk, first), waiting(desk, second)) == (0, 0)


def test_who_stands_on_the_next_agenda_already_is_taken_up_there(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    session, item, _discussion = session_with(desk, chair, who)
    agenda.add_case(desk, planned(desk, chair), who, question="And now?")
    assert agenda.carry_to_next(desk, item, "No time was left") is None
    assert waiting(desk, session) == 0


def test_a_case_that_an_older_version_carried_over_says_why_and_waits(desk: Desk, chair: Desk, refer: Refer) -> None:
    session, item, _discussion = session_with(desk, chair, refer().participant)
    with desk.unit() as unit:
        unit.set(AgendaItem, item, carried_reason="No time was left")
    assert session_pages.view_session(desk, session).agenda[0].carried == "No time was left"
    assert waiting(desk, session) == 1


def test_another_teams_agenda_takes_nothing_up(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    session, item, _discussion = session_with(desk, chair, who)
    agenda.carry_to_next(desk, item, "No time was left")
    after = planned(desk, chair)
    with desk.unit() as unit:
        unit.set(type(unit.reader.get(AgendaItem, item)), item, carried_reason="No time was left")
        unit.add(AgendaItem(id=Id("a" * 32), scope=Id("b" * 32), session=None, participant=who, lane=Lane.NOTE))
    assert waiting(desk, session) == 1
    agenda.add_case(desk, after, who)
    assert waiting(desk, session) == 0


# Asked for


def test_every_question_that_waits_is_answered_by_one_case(
    desk: Desk, chair: Desk, refer: Refer, clock: FixedClock, colleague: Join
) -> None:
    who = refer().participant
    for question in ("Ready?", "And full days?", "Ready?"):
        bringing.ask_for(desk, who, question)
        clock.set(clock.now() + timedelta(minutes=1))
    session = planned(desk, chair)
    (found,) = agenda_rules.suggestions(desk, session)
    assert found.question == "Ready? And full days?"
    agenda.add_case(desk, session, who)
    line, discussion = item_at(desk, session)
    assert (discussion.question, line.why) == ("Ready? And full days?", {Why.ASKED_FOR.value})
    assert bringing.waiting_for(desk, who) == ()
    (shown,) = session_pages.view_session(desk, session).agenda
    assert (shown.name, shown.question, shown.known) == ("Danielle Marsh", "Ready? And full days?", True)
    learning = colleague("Sam Low", Profession.OTHER, "observer", None)
    (shown,) = session_pages.view_session(learning, session).agenda
    assert (shown.name, shown.born, shown.address, shown.question, shown.known) == ("", None, None, None, False)
    for act in (bringing.waiting_for, bringing.standing_of):
        with pytest.raises(NoPermission):
            act(learning, who)
    agenda.remove_case(desk, line.id)
    assert [one.question for one in bringing.waiting_for(desk, who)] == ["Ready?", "And full days?", "Ready?"]


def test_a_question_is_asked_at_the_line_that_has_none(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    session = planned(desk, chair)
    item = agenda.add_case(desk, session, who)
    assert bringing.standing_of(desk, who).item == item
    again = bringing.bring(desk, who, "Ready?")
    assert (again.item, again.already) == (item, True)
    assert item_at(desk, session)[1].question == "Ready?"
    with desk.read() as reader:
        assert reader.count(BringRequest) == 0


def test_somebody_elses_question_is_not_mine_to_take_back(desk: Desk, colleague: Join, refer: Refer) -> None:
    who = refer().participant
    bringing.ask_for(desk, who, "Ready?")
    priya = colleague()
    role = priya.site.roles[RoleCode("clinician")]
    lesser = replace(role, may={act: kinds for act, kinds in role.may.items() if act is not Act.PREPARE_SESSION})
    priya.site = replace(priya.site, roles={**priya.site.roles, RoleCode("clinician"): lesser})
    (one,) = bringing.waiting_for(priya, who)
    assert (one.mine, one.asked_by) == (False, desk.person.name)
    with pytest.raises(NoPermission):
        bringing.drop_request(priya, one.request)
    bringing.ask_for(priya, who, "And my view?")
    theirs = next(each for each in bringing.waiting_for(priya, who) if each.question == "And my view?")
    assert theirs.mine
    bringing.drop_request(priya, theirs.request)
    bringing.drop_request(desk, one.request)
    assert bringing.waiting_for(desk, who) == ()


# The agreement that stands


@pytest.mark.parametrize(
    ("given", "limits", "topics"),
    [(True, None, Topics.YES), (True, "Not my family", Topics.SOME), (False, None, Topics.NO)],
)
def test_the_agreement_that_stands_is_not_asked_for_again(
    desk: Desk, chair: Desk, refer: Refer, given: bool, limits: str | None, topics: Topics
) -> None:
    who = refer().participant
    discuss(desk, who, given=given, limits=limits)
    session = planned(desk, chair)
    agenda.add_case(desk, session, who, question="Ready?")
    found = item_at(desk, session)[1]
    assert (found.topics, found.topics_limits) == (topics, limits)


def test_nobody_is_taken_to_agree_who_was_not_asked(desk: Desk, chair: Desk, refer: Refer) -> None:
    session = planned(desk, chair)
    agenda.add_case(desk, session, refer().participant, question="Ready?")
    assert item_at(desk, session)[1].topics is None


# Grants


def opened(desk: Desk, chair: Desk, refer: Refer) -> tuple[Id, Id, Id, Id]:
    """A sent agenda with one case that is open to both: participant, session, item, discussion."""
    who = refer().participant
    session = planned(desk, chair)
    item = agenda.add_case(desk, session, who, question="Ready?")
    found = item_at(desk, session)[1]
    agreed(desk, found.id)
    sending.send_agenda(desk, session)
    assert sent_to(desk, session, who) == ["Helen Frost", desk.person.name]
    return who, session, item, found.id


def test_a_withdrawn_case_is_open_to_nobody_until_it_is_brought_back(desk: Desk, chair: Desk, refer: Refer) -> None:
    who, session, item, _discussion = opened(desk, chair, refer)
    agenda.withdraw_case(desk, item, Withdrawn.PERSON_ASKED)
    assert sent_to(desk, session, who) == []
    agenda.bring_back(desk, item)
    assert sent_to(desk, session, who) == ["Helen Frost", desk.person.name]
    agenda.remove_case(desk, item)
    assert sent_to(desk, session, who) == []


@pytest.mark.parametrize("topics", [Topics.SOME, Topics.NO])
def test_a_person_who_agrees_to_less_closes_the_case(desk: Desk, chair: Desk, refer: Refer, topics: Topics) -> None:
    who, session, _item, discussion = opened(desk, chair, refer)
    discussions.agree_to_discuss(desk, discussion, topics)
    assert sent_to(desk, session, who) == []


@pytest.mark.parametrize("how", ["being discussed", "taking part", "a no to taking part", "leaving"])
def test_an_agreement_taken_back_makes_the_case_a_number_at_every_session_to_come(
    desk: Desk, chair: Desk, refer: Refer, how: str
) -> None:
    who, session, _item, discussion = opened(desk, chair, refer)
    kind = AgreementKind.DISCUSS if how == "being discussed" else AgreementKind.TAKE_PART
    state = next(one for one in agreements.current(desk, who) if one.kind is kind)
    assert state.agreement is not None
    if how == "leaving":
        ending.close(desk, ending.view(desk, who).episode.id, ClosureReason.CHOSE_TO_LEAVE)
    elif how == "a no to taking part":
        no = AgreementDetails(kind=kind, party=state.party, given=False, how="phone")
        agreements.record(desk, who, no)
    else:
        agreements.withdraw(desk, state.agreement)
    assert sent_to(desk, session, who) == []
    with desk.read() as reader:
        assert reader.get(Discussion, discussion).topics is Topics.NO
    assert not session_pages.view_session(desk, session).agenda[0].named


def test_who_takes_part_no_more_is_brought_as_a_number_alone(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    discuss(desk, who, given=True)
    part = next(one for one in agreements.current(desk, who) if one.kind is AgreementKind.TAKE_PART)
    assert part.agreement is not None
    agreements.withdraw(desk, part.agreement)
    session = planned(desk, chair)
    agenda.add_case(desk, session, who, question="Ready?")
    assert item_at(desk, session)[1].topics is Topics.NO
    sending.send_agenda(desk, session)
    assert sent_to(desk, session, who) == []


def test_what_was_decided_keeps_the_agreement_it_was_decided_under(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    session, item, discussion = session_with(desk, chair, who)
    agreed(desk, discussion)
    agenda.carry_to_next(desk, item, "No time was left")
    sessions.lock_session(chair, session)
    discuss(desk, who, given=False)
    with desk.read() as reader:
        assert reader.get(Discussion, discussion).topics is Topics.YES


def test_a_case_is_open_until_the_last_day_and_no_longer(
    desk: Desk, chair: Desk, refer: Refer, clock: FixedClock
) -> None:
    who, session, _item, _discussion = opened(desk, chair, refer)
    with desk.read() as reader:
        last = NEXT_WEEK.date() + timedelta(days=desk.site.pace.agenda_access_days)
        assert {one.until for one in grants.open_to(reader, session, who, date(2026, 12, 2))} == {last}
        assert grants.open_to(reader, session, who, last + timedelta(days=1)) == ()
