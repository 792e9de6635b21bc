"""One person's record, and choices that follow a person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services.conftest import OFF_SICK, TUESDAY
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ClosureReason, Mode, Response, ResponseStatus
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import AgreementKind, Evidence, Need, Party, WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import (
    Action,
    ActionStatus,
    Adjustment,
    EmployerAnswer,
    Obstacle,
    ObstacleKind,
    ObstacleStatus,
    OwnerKind,
)
from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import BadInput, NoPermission, NotFound
from workwell_desktop.services.administration import audit
from workwell_desktop.services.assessing import risk
from workwell_desktop.services.coming_in import agreements, participants
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.person import contacts, ending, record, record_actions
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.safekeeping import settings

Refer = Callable[..., Referred]


def test_the_banner_says_who_this_is(desk: Desk, clock: FixedClock, refer: Refer) -> None:
    clock.set(datetime(2026, 10, 26, 9, tzinfo=UTC))
    case = refer(nhs_number="999 000 0018")
    participants.edit(
        desk, case.participant, needs=frozenset({Need.LARGE_PRINT.value}), contact_note="Phone before 11am."
    )
    clock.set(TUESDAY)
    head = record.banner(desk, case.participant)
    assert (head.name, head.called, head.initials, head.age) == ("Danielle Marsh", "Dani", "DM", 42)
    assert (head.nhs_number, head.nhs_number_status) == ("999 000 0018", "given")
    assert (head.needs, head.contact_note, head.pronouns) == (("large_print",), "Phone before 11am.", "She, her")
    weeks = desk.site.clock_for(WorkStatus.OFF_SICK).weeks
    assert (head.programme.week, head.programme.weeks) == (5, weeks)
    ends = head.programme.ends_on
    assert ends is not None
    assert ends.weekday() == 4
    assert timedelta(0) < date(2026, 10, 26) + timedelta(weeks=weeks) - ends <= timedelta(days=3)
    assert (head.coach_name, head.episode_status, head.open_risks) == ("Maya Okafor", "active", ())


def test_the_banner_shows_an_open_risk(desk: Desk, refer: Refer) -> None:
    case = refer()
    with desk.unit() as unit:
        one = risk.raise_in(desk, unit, case.participant, response=new_id(), form_title="f", question="q", answer="a")
    assert record.banner(desk, case.participant).open_risks == (one,)


def test_the_clock_stops_when_the_episode_ends(desk: Desk, clock: FixedClock, refer: Refer) -> None:
    case = refer()
    clock.set(TUESDAY + timedelta(weeks=2))
    ending.close(desk, case.episode, ClosureReason.STARTED_WORK)
    clock.set(TUESDAY + timedelta(weeks=20))
    stopped = record.banner(desk, case.participant).programme
    assert (stopped.week, stopped.ends_on) == (3, TUESDAY.date() + timedelta(weeks=2))


def test_the_overview_draws_the_thread_from_obstacle_to_date(desk: Desk, refer: Refer) -> None:
    case = refer()
    who, episode = case.participant, case.episode
    with desk.unit() as unit:
        place = unit.add(
            Obstacle(
                id=new_id(),
                scope=who,
                episode=episode,
                kind=ObstacleKind.WORKPLACE,
                text="12 kg parcels",
                status=ObstacleStatus.OPEN,
                position="V",
            )
        )
        person = unit.add(
            Obstacle(
                id=new_id(),
                scope=who,
                episode=episode,
                kind=ObstacleKind.PERSON,
                text="Pain by night",
                status=ObstacleStatus.DONE,
                position="W",
            )
        )
        for text, due, status in (
            ("Ask for lighter packing", date(2026, 11, 23), ActionStatus.OPEN),
            ("Ask again", date(2026, 11, 1), ActionStatus.DONE),
        ):
            unit.add(
                Action(
                    id=new_id(),
                    scope=who,
                    episode=episode,
                    obstacle=place,
                    text=text,
                    owner_kind=OwnerKind.STAFF,
                    owner=desk.me,
                    due=due,
                    status=status,
                    position="V" if status is ActionStatus.OPEN else "W",
                )
            )
        unit.add(
            Adjustment(
                id=new_id(),
                scope=who,
                episode=episode,
                obstacle=place,
                text="Start at 9am",
                answer=EmployerAnswer.AGREED,
                review_on=date(2026, 12, 8),
            )
        )
        unit.add(Action(id=new_id(), scope=who, episode=episode, text="Loose end", owner_kind=OwnerKind.EMPLOYER))
    participants.edit(desk, who, what_matters="Back by Christmas.", lives_with="Partner and son", good_at="Training")
    page = record.overview(desk, who)
    assert [(one.obstacle, one.kind) for one in page.obstacles] == [
        (person, ObstacleKind.PERSON),
        (place, ObstacleKind.WORKPLACE),
    ]
    assert (page.open_obstacles, page.done_obstacles) == (1, 1)
    work_place = page.obstacles[1]
    assert (work_place.due, work_place.late) == (date(2026, 11, 23), 1)
    assert [(one.text, one.owner_name, one.status, one.late, one.is_adjustment) for one in work_place.steps] == [
        ("Ask for lighter packing", "Maya Okafor", "open", 1, False),
        ("Ask again", "Maya Okafor", "done", 0, False),
        ("Start at 9am", "Northgate Parcels", "agreed", 0, True),
    ]
    assert [(one.text, one.owner_name) for one in page.loose] == [("Loose end", "Northgate Parcels")]
    assert (page.matters.words, page.matters.by_name) == ("Back by Christmas.", "Maya Okafor")
    assert (page.matters.lives_with, page.matters.good_at) == ("Partner and son", "Training")
    assert page.work is not None
    assert page.work.days == 43
    assert [one.kind for one in page.next] == ["action", "adjustment_review"]


def test_who_reads_no_obstacles_is_told_of_none_whatever_the_way(
    desk: Desk, refer: Refer, colleague: Callable[..., Desk]
) -> None:
    """What the site lets a coordinator read is what the record, its history and what comes next say to them."""
    case = refer()
    who, episode = case.participant, case.episode
    opened = date(2026, 11, 24)
    with desk.unit() as unit:
        place = unit.add(
            Obstacle(
                id=new_id(),
                scope=who,
                episode=episode,
                kind=ObstacleKind.PERSON,
                text="Pain by night",
                noted_on=opened,
                status=ObstacleStatus.OPEN,
            )
        )
        unit.add(Action(id=new_id(), scope=who, episode=episode, obstacle=place, text="Ring Ann", due=opened))
        unit.add(Adjustment(id=new_id(), scope=who, episode=episode, text="Start at 9am", review_on=opened))
        talk = risk.raise_in(desk, unit, who, response=new_id(), form_title="PHQ-9", question="Q9", answer="Most days")
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    page = record.overview(jo, who)
    assert (page.obstacles, [one.text for one in page.loose]) == ((), ["Ring Ann"])
    assert [(one.kind, dict(one.words)) for one in page.next if one.kind != "action"] == [("risk", {})]
    assert {one.record_kind for one in record.everything(jo, who)} & {"obstacle", "risk"} == set()
    assert [one.obstacle for one in record_actions.actions_of(jo, who)] == [""]
    for hidden, field in ((place, "text"), (talk, "answer")):
        with pytest.raises(NoPermission):
            record.field_history(jo, who, hidden, field)
        assert record.field_history(desk, who, hidden, field)


def test_everything_by_date_tells_the_whole_way(desk: Desk, clock: FixedClock, refer: Refer) -> None:
    case = refer(received_on=date(2026, 11, 20))
    who = case.participant
    clock.set(TUESDAY + timedelta(days=1))
    said = AgreementDetails(AgreementKind.CONTACT, Party.EMPLOYER, given=True, how="phone")
    agreement = agreements.record(desk, who, said)
    clock.set(TUESDAY + timedelta(days=2))
    agreements.withdraw(desk, agreement)
    with desk.unit() as unit:
        unit.add(
            Response(
                id=new_id(),
                scope=who,
                form_title="PHQ-9",
                status=ResponseStatus.COMPLETED,
                mode=Mode.INTERVIEW,
                completed_at=clock.now() + timedelta(hours=1),
                author=desk.me,
            )
        )
    contacts.record(desk, who, ContactDetails("She rang", "phone"))
    clock.set(TUESDAY + timedelta(days=3))
    work.record(desk, who, replace(OFF_SICK, status=WorkStatus.RETURNED, since=date(2026, 11, 27)))
    ending.close(desk, case.episode, ClosureReason.RETURNED_TO_WORK)
    lines = record.everything(desk, who)
    assert [(one.on.day, one.kind) for one in lines] == [
        (27, "work"),
        (27, "back_at_work"),
        (27, "closed"),
        (26, "measures"),
        (26, "withdrawn"),
        (26, "contact"),
        (25, "agreed"),
        (24, "agreed"),
        (24, "work"),
        (24, "opened"),
        (20, "referral"),
    ]
    assert [(one.on.day, one.kind) for one in record.overview(desk, who).so_far] == [
        (27, "back_at_work"),
        (27, "closed"),
        (26, "measures"),
        (26, "contact"),
        (25, "agreed"),
        (24, "agreed"),
        (20, "referral"),
    ]
    measures = lines[3]
    assert dict(measures.words) == {"form": "PHQ-9", "mode": "interview"}
    assert (measures.by_name, measures.record_kind) == ("Maya Okafor", "response")
    assert dict(lines[2].words) == {"reason": "returned_to_work"}


def test_opening_the_record_is_written_down_whichever_page_is_the_first(desk: Desk, refer: Refer) -> None:
    """Every page about a person reads the banner: from Today the way leads past the first page of the record."""
    who = refer().participant
    assert audit.of_participant(desk, who) == ()
    record.banner(desk, who)
    record.overview(desk, who)
    (event,) = audit.of_participant(desk, who)
    assert (event.kind, event.person_name, event.participant_name) == (
        AuditKind.OPENED,
        "Maya Okafor",
        "Danielle Marsh",
    )


def test_nobody_there_is_said_so(desk: Desk) -> None:
    for act in (record.banner, record.overview, record.everything):
        with pytest.raises(NotFound):
            act(desk, new_id())
    assert AuditKind.OPENED not in [one.kind for one in audit.my_own(desk)]


def test_every_value_of_a_field_is_kept_with_who_and_when(
    desk: Desk, clock: FixedClock, refer: Refer, colleague: Callable[..., Desk]
) -> None:
    who = refer().participant
    clock.set(TUESDAY + timedelta(hours=1))
    participants.edit(colleague("Al Reed", Profession.COACH, "coach", None), who, phone="01632 960 103")
    lines = record.field_history(desk, who, who, "preferred_name")
    assert [(one.value, one.by_name, one.present) for one in lines] == [("Dani", "Maya Okafor", True)]
    (line,) = record.field_history(desk, who, who, "phone")
    assert (line.value, line.by_name, line.at) == ("01632 960 103", "Al Reed", TUESDAY + timedelta(hours=1))
    participants.edit(desk, who, phone=None)
    assert [(one.value, one.present) for one in record.field_history(desk, who, who, "phone")] == [
        (None, True),
        ("01632 960 103", False),
    ]


def test_a_record_of_another_person_gives_no_history(desk: Desk, refer: Refer) -> None:
    who, other = refer(), refer("Ruth", "Vance")
    with pytest.raises(NotFound):
        record.field_history(desk, who.participant, other.episode)
    assert record.field_history(desk, who.participant, new_id()) == ()


def test_evidence_stands_in_the_overview(desk: Desk, clock: FixedClock, refer: Refer) -> None:
    who = refer().participant
    clock.set(TUESDAY + timedelta(days=1))
    work.record(desk, who, replace(OFF_SICK, evidence=Evidence.FIT_NOTE, evidence_until=date(2026, 12, 6)))
    page = record.overview(desk, who)
    assert page.work is not None
    assert (page.work.details.evidence, page.work.evidence_days_left) == (Evidence.FIT_NOTE, 11)


def test_choices_follow_the_person_and_have_a_default(desk: Desk, colleague: Callable[..., Desk]) -> None:
    assert settings.mine(desk) == settings.DEFAULTS
    settings.choose(desk, "text_size", "160")
    settings.choose(desk, "text_size", "120")
    settings.choose(desk, "theme", "dark")
    mine = settings.mine(desk)
    assert (mine["text_size"], mine["theme"]) == ("120", "dark")
    assert settings.mine(colleague()) == settings.DEFAULTS
    for key, value in (("text_size", "99"), ("theme", "pink"), ("no_such", "1")):
        with pytest.raises(BadInput) as trouble:
            settings.choose(desk, key, value)
        assert trouble.value.reason == "setting_unknown"


def test_choices_of_the_computer_stay_on_it(desk: Desk) -> None:
    assert settings.of_computer(desk, "papers_folder") is None
    settings.choose_for_computer(desk, "papers_folder", {"path": "here"})
    assert settings.of_computer(desk, "papers_folder") == {"path": "here"}


def test_episodes_are_told_from_their_first_day_to_their_last(desk: Desk, clock: FixedClock, refer: Refer) -> None:
    case = refer()
    began = desk.clock.today()
    clock.set(TUESDAY + timedelta(days=30))
    ending.close(desk, case.episode, ClosureReason.PLAN_COMPLETE)
    assert record.episodes(desk, case.participant) == ((began, began + timedelta(days=30)),)
    waiting = refer("Ruth", "Vance", accept=False)
    assert record.episodes(desk, waiting.participant) == ((desk.clock.today(), None),)


def test_a_language_that_nobody_checked_is_for_whoever_manages_the_site(
    desk: Desk, colleague: Callable[..., Desk]
) -> None:
    (welsh,) = (one for one in settings.languages(desk) if one.code == "cy")
    assert welsh.draft
    settings.choose(desk, "language", "cy")
    assert settings.mine(desk)["language"] == "cy"
    other = colleague()
    assert not settings.languages(other)
    with pytest.raises(BadInput):
        settings.choose(other, "language", "cy")
    assert settings.mine(other)["language"] == "en-GB"
