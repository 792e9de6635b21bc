"""Regular follow-up: recorded in one act, the next talk ready by the pack, missed talks a fact and no failure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.case_help import phq9
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ClosureReason, Contact, ContactStatus, Episode
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import Action, ActionStatus, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import FieldsInvalid, Locked, NoPermission
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.person import contacts, ending, follow_up, obstacles
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.person.ending import Ending
from workwell_desktop.services.person.follow_up import Next, Went
from workwell_desktop.services.person.obstacles import OwnedBy

Refer = Callable[..., Referred]
DAY = date(2026, 11, 24)
TALKED = Went(purpose="How it goes", minutes=20, note="Slept better.")


@pytest.fixture
def who(refer: Refer) -> Id:
    return refer().participant


def planned(desk: Desk, who: Id, due: date = DAY) -> Id:
    return contacts.plan(desk, who, ContactDetails("Review call", "phone", due=due))


def talk(desk: Desk, contact: Id) -> Contact:
    with desk.read() as reader:
        return reader.get(Contact, contact)


# --- recording ----------------------------------------------------------------------------------------------------


def test_a_talk_with_all_that_was_said_in_it_is_one_act_and_one_undo(desk: Desk, who: Id) -> None:
    action = obstacles.add_action(desk, who, "Ask for a chair", OwnedBy(OwnerKind.PARTICIPANT), DAY)
    one = planned(desk, who)
    went = replace(
        TALKED,
        mode="video",
        work=WorkStatus.RETURNED,
        actions={action: (ActionStatus.DONE, "Got one")},
        next=Next(DAY + timedelta(days=14), "Review call"),
    )
    follow_up.finish(desk, who, went, one)
    kept = talk(desk, one)
    assert (kept.status, kept.mode, kept.minutes, kept.note) == (ContactStatus.DONE, "video", 20, "Slept better.")
    now = work.current(desk, who)
    assert now is not None
    assert (now.details.status, now.details.employer) == (WorkStatus.RETURNED, "Northgate Parcels")
    with desk.read() as reader:
        done = reader.get(Action, action)
        (coming,) = reader.list(Contact, scope=who, status=ContactStatus.PLANNED)
    assert (done.status, done.effect, done.done_on) == (ActionStatus.DONE, "Got one", DAY)
    assert (coming.due, coming.mode, coming.purpose) == (DAY + timedelta(days=14), "video", "Review call")
    desk.store.undo(desk.identity)
    assert talk(desk, one).status is ContactStatus.PLANNED
    with desk.read() as reader:
        assert reader.get(Action, action).status is ActionStatus.OPEN
        assert reader.count(Contact, scope=who) == 1


def test_a_talk_that_nobody_planned_needs_its_purpose(desk: Desk, who: Id) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        follow_up.finish(desk, who, replace(TALKED, purpose=" "))
    assert refused.value.problems == (("purpose", "purpose_missing"),)
    made = follow_up.finish(desk, who, TALKED)
    assert talk(desk, made).due == DAY


@pytest.mark.parametrize(
    ("went", "field"),
    [
        (replace(TALKED, minutes=0), "minutes"),
        (replace(TALKED, minutes=481), "minutes"),
        (replace(TALKED, mode="fax"), "mode"),
        (replace(TALKED, next=Next(DAY - timedelta(days=1), "x")), "next"),
        (replace(TALKED, next=Next(DAY, " ")), "next_purpose"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_written(desk: Desk, who: Id, went: Went, field: str) -> None:
    one = planned(desk, who)
    with pytest.raises(FieldsInvalid) as refused:
        follow_up.finish(desk, who, went, one)
    assert [name for name, _reason in refused.value.problems] == [field]
    assert talk(desk, one).status is ContactStatus.PLANNED


def test_a_talk_is_recorded_once(desk: Desk, who: Id) -> None:
    one = planned(desk, who)
    follow_up.finish(desk, who, TALKED, one)
    with pytest.raises(Locked):
        follow_up.finish(desk, who, TALKED, one)
    with pytest.raises(Locked):
        follow_up.tried(desk, who, one)


def test_the_work_situation_that_did_not_change_is_not_written_again(desk: Desk, who: Id) -> None:
    follow_up.finish(desk, who, replace(TALKED, work=WorkStatus.OFF_SICK))
    assert len(work.history(desk, who)) == 1


def test_who_may_not_change_plans_records_a_talk_and_no_action(desk: Desk, who: Id) -> None:
    action = obstacles.add_action(desk, who, "Ask for a chair", OwnedBy(OwnerKind.PARTICIPANT), DAY)
    desk.person.roles = frozenset({"coordinator"})
    with pytest.raises(NoPermission):
        follow_up.finish(desk, who, replace(TALKED, actions={action: (ActionStatus.DONE, "")}))
    assert follow_up.finish(desk, who, TALKED)


# --- the next one -------------------------------------------------------------------------------------------------


def test_the_next_talk_is_suggested_by_the_interval_of_the_pack_and_one_act_takes_it(desk: Desk, who: Id) -> None:
    follow_up.finish(desk, who, TALKED)
    suggested = follow_up.view(desk, who).suggestion
    assert suggested is not None
    pace = desk.site.pace
    assert suggested.due == DAY + timedelta(days=pace.review_interval_days)
    assert (suggested.number, suggested.expected) == (2, pace.expected_contacts)
    made = follow_up.accept(desk, who, "Review call")
    assert talk(desk, made).due == suggested.due
    assert follow_up.view(desk, who).suggestion is None
    with pytest.raises(Locked):
        follow_up.accept(desk, who, "Again")


def test_a_suggested_day_is_no_weekend_and_never_in_the_past(desk: Desk, who: Id, clock: FixedClock) -> None:
    follow_up.finish(desk, who, TALKED)
    for days in range(40):
        clock.set(clock.moment + timedelta(days=1))
        suggested = follow_up.view(desk, who).suggestion
        assert suggested is not None
        assert suggested.due >= clock.today(), days
        assert suggested.due.weekday() < 5


def test_nothing_is_suggested_once_the_episode_is_closed(desk: Desk, who: Id) -> None:
    with desk.read() as reader:
        (episode,) = reader.list(Episode, scope=who)
    ending.close(desk, episode.id, ClosureReason.PLAN_COMPLETE)
    found = follow_up.view(desk, who)
    assert (found.suggestion, found.closed) == (None, True)


# --- missed -------------------------------------------------------------------------------------------------------


def test_tries_since_the_last_talk_are_counted_and_a_talk_begins_anew(desk: Desk, who: Id, clock: FixedClock) -> None:
    one = planned(desk, who)
    follow_up.tried(desk, who, one, tries=2, left="voicemail", again=DAY + timedelta(days=2))
    found = follow_up.view(desk, who)
    assert (found.missed, found.tries) == (2, desk.site.pace.contact_tries)
    assert found.planned is not None
    assert (found.planned.due, found.planned.purpose) == (DAY + timedelta(days=2), "Review call")
    kept = talk(desk, one)
    assert (kept.status, kept.tries, kept.left_words) == (ContactStatus.MISSED, 2, "voicemail")
    clock.set(clock.moment + timedelta(hours=1))
    follow_up.finish(desk, who, TALKED, found.planned.id)
    assert follow_up.view(desk, who).missed == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [({"tries": 0}, "tries"), ({"left": "flowers"}, "left"), ({"again": DAY - timedelta(days=1)}, "again")],
)
def test_what_cannot_be_of_a_try_is_named(desk: Desk, who: Id, given: dict[str, object], field: str) -> None:
    one = planned(desk, who)
    with pytest.raises(FieldsInvalid) as refused:
        follow_up.tried(desk, who, one, **given)  # type: ignore[arg-type]
    assert [name for name, _reason in refused.value.problems] == [field]


# --- the clock and the measures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "weeks"), [("struggling", 8), ("off_sick", 12), ("out_of_work", 16)])
def test_the_programme_clock_goes_by_how_somebody_stands_with_work_and_locks_nothing(
    desk: Desk, who: Id, clock: FixedClock, status: str, weeks: int
) -> None:
    with desk.unit() as unit:
        (episode,) = unit.reader.list(Episode, scope=who)
        unit.set(Episode, episode.id, clock=desk.site.clock_for(WorkStatus(status)).code)
    clock.set(clock.moment + timedelta(weeks=4))
    now = follow_up.view(desk, who)
    assert (now.clock.week, now.clock.weeks) == (5, weeks)
    assert now.clock_label
    clock.set(clock.moment + timedelta(weeks=weeks))
    assert (follow_up.view(desk, who).clock.week or 0) > weeks
    assert follow_up.finish(desk, who, TALKED)


def test_a_form_is_due_again_when_a_plan_would_be_looked_at_again(desk: Desk, who: Id, clock: FixedClock) -> None:
    assert follow_up.view(desk, who).measures == ()
    phq9(desk, who, "111111110")
    days = desk.site.pace.plan_review_days
    clock.set(clock.moment + timedelta(days=days - 1))
    assert follow_up.view(desk, who).measures == ()
    clock.set(clock.moment + timedelta(days=1))
    (due,) = follow_up.view(desk, who).measures
    assert due.form.endswith("phq-9")
    assert due.title
    assert due.last == DAY


def test_after_closure_we_ask_at_13_and_26_weeks_in_today_and_record_it_as_a_talk(
    desk: Desk, who: Id, clock: FixedClock
) -> None:
    with desk.read() as reader:
        (episode,) = reader.list(Episode, scope=who)
    ending.close(desk, episode.id, ClosureReason.RETURNED_TO_WORK, Ending(follow_up=True))
    begun = clock.moment
    for weeks in (13, 26):
        clock.set(begun + timedelta(weeks=weeks))
        (item,) = (one for one in today.view(desk).items if one.kind == "contact")
        assert item.due == DAY + timedelta(weeks=weeks)
        follow_up.finish(desk, who, replace(TALKED, work=WorkStatus.RETURNED), item.record)
    assert not [one for one in today.view(desk).items if one.kind == "contact"]
