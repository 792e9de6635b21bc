"""Who acts is asked first; a refusal is written down; what is remembered is dropped when it changes."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.errors import NoPermission
from workwell_desktop.services.administration import audit, people, teams
from workwell_desktop.services.assessing import risk
from workwell_desktop.services.caseload import search, today
from workwell_desktop.services.coming_in import agreements, participants, referrals
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.coming_in.referrals import NewReferral, Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.person import contacts, ending, record
from workwell_desktop.services.safekeeping import undoing

from .conftest import OFF_SICK, TAKES_PART, dani

NOBODY = "0" * 32

REFUSED_TO_AN_OBSERVER: dict[str, Callable[[Desk], object]] = {
    "create_participant": lambda desk: participants.register(desk, dani()),
    "edit_participant": lambda desk: participants.edit(desk, NOBODY, given_name="X"),
    "create_referral": lambda desk: referrals.create(
        desk,
        NewReferral(source="gp", reason="x", who=dani()),  # type: ignore[arg-type]
    ),
    "edit_episode": lambda desk: referrals.accept(desk, NOBODY),
    "close_episode": lambda desk: ending.close(desk, NOBODY, "other"),  # type: ignore[arg-type]
    "record_agreement": lambda desk: agreements.record(desk, NOBODY, TAKES_PART),
    "record_work": lambda desk: work.record(desk, NOBODY, OFF_SICK),
    "record_contact": lambda desk: contacts.done(desk, NOBODY),
    "handle_risk": lambda desk: risk.record(desk, NOBODY, risk.Talked("a", "b")),
    "manage_people": lambda desk: people.deactivate(desk, NOBODY),
    "manage_teams": lambda desk: teams.add(desk, "Another"),
    "read_audit": audit.latest,
}


@pytest.mark.parametrize("act", sorted(REFUSED_TO_AN_OBSERVER))
def test_what_a_role_does_not_include_is_refused_and_written_down(
    act: str, desk: Desk, colleague: Callable[..., Desk]
) -> None:
    watching = colleague("Ola Berg", Profession.OTHER, "observer", None)
    with pytest.raises(NoPermission) as refusal:
        REFUSED_TO_AN_OBSERVER[act](watching)
    assert refusal.value.exit_code == 3
    assert refusal.value.params == {"role": "observer", "act": act}
    (event,) = [one for one in audit.of_person(desk, watching.me) if one.kind is AuditKind.REFUSED]
    assert event.detail == act


def test_an_administrator_alone_reads_nobody(
    desk: Desk, colleague: Callable[..., Desk], refer: Callable[..., Referred]
) -> None:
    case = refer()
    keeper = colleague("Kit Vane", Profession.OTHER, "administrator", None)
    for look in (
        lambda: record.overview(keeper, case.participant),
        lambda: record.banner(keeper, case.participant),
        lambda: today.view(keeper),
        lambda: search.find(keeper, "marsh"),
        lambda: search.quick(keeper, "marsh"),
        lambda: agreements.current(keeper, case.participant),
        lambda: participants.get(keeper, case.participant),
    ):
        with pytest.raises(NoPermission):
            look()


def test_a_refused_act_changes_nothing(
    desk: Desk, colleague: Callable[..., Desk], refer: Callable[..., Referred]
) -> None:
    case = refer()
    watching = colleague("Ola Berg", Profession.OTHER, "observer", None)
    with pytest.raises(NoPermission):
        participants.edit(watching, case.participant, given_name="Someone else")
    assert participants.get(desk, case.participant).given_name == "Danielle"


def test_may_asks_without_writing(desk: Desk, colleague: Callable[..., Desk]) -> None:
    watching = colleague("Ola Berg", Profession.OTHER, "observer", None)
    assert not watching.may(Act.CREATE_PARTICIPANT, Participant)
    assert desk.may(Act.CREATE_PARTICIPANT, Participant)
    assert [one for one in audit.of_person(desk, watching.me) if one.kind is AuditKind.REFUSED] == []


def test_somebody_who_left_may_do_nothing(desk: Desk, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    assert priya.may(Act.READ)
    people.deactivate(desk, priya.me)
    priya.refresh()
    assert not priya.may(Act.READ)


def test_opening_counts_once_in_a_quarter_of_an_hour(
    desk: Desk, clock: FixedClock, refer: Callable[..., Referred]
) -> None:
    case = refer()
    record.overview(desk, case.participant)
    clock.set(clock.now() + timedelta(minutes=10))
    record.everything(desk, case.participant)
    clock.set(clock.now() + timedelta(minutes=10))
    record.overview(desk, case.participant)
    opened = [one for one in audit.of_participant(desk, case.participant) if one.kind is AuditKind.OPENED]
    assert [one.person for one in opened] == [desk.me, desk.me]
    assert opened[0].at - opened[1].at == timedelta(minutes=20)


def test_what_is_kept_is_made_again_after_a_change_of_its_kinds_alone(
    desk: Desk, refer: Callable[..., Referred]
) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert desk.kept("x", (Participant,), make) == 1
    teams.add(desk, "Second team")
    assert desk.kept("x", (Participant,), make) == 1
    refer()
    assert desk.kept("x", (Participant,), make) == 2
    assert desk.kept("x", (Person,), make) == 3


def test_undo_says_what_it_would_do_and_does_it(desk: Desk, refer: Callable[..., Referred]) -> None:
    case = refer()
    participants.edit(desk, case.participant, preferred_name="Danny")
    planned = undoing.next_undo(desk)
    assert planned is not None
    assert (planned.kind, planned.field, planned.before, planned.after) == (
        "participant",
        "preferred_name",
        "Danny",
        "Dani",
    )
    undoing.undo(desk)
    assert participants.get(desk, case.participant).preferred_name == "Dani"
    again = undoing.next_redo(desk)
    assert again is not None
    assert again.after == "Danny"
    assert (planned.shown, again.shown) == ("Danny", "Danny"), "what goes by an undo, and what comes back by a redo"
    undoing.redo(desk)
    assert participants.get(desk, case.participant).preferred_name == "Danny"


def test_undo_shows_no_code_and_no_name_of_a_record(desk: Desk, refer: Callable[..., Referred]) -> None:
    case = refer()
    participants.edit(desk, case.participant, paper_format="large")
    planned = undoing.next_undo(desk)
    assert planned is not None
    assert (planned.field, planned.shown) == ("paper_format", "")


def test_agreement_words_are_asked_for_one_by_one(desk: Desk, refer: Callable[..., Referred]) -> None:
    case = refer()
    said = AgreementDetails(*agreements.QUESTIONS[1], given=True, how="phone", limits="Not my home life")
    agreements.record(desk, case.participant, said)
    states = agreements.current(desk, case.participant)
    assert [(one.kind, one.party) for one in states] == list(agreements.QUESTIONS)
    assert [one.given for one in states] == [True, True, *[None] * (len(agreements.QUESTIONS) - 2)]
    assert states[1].limits == "Not my home life"


def test_events_of_a_kind_are_listed_newest_first(
    desk: Desk, clock: FixedClock, refer: Callable[..., Referred]
) -> None:
    first, second = refer(), refer("Ruth", "Vance")
    for case in (first, second):
        clock.set(clock.now() + timedelta(minutes=1))
        record.overview(desk, case.participant)
        search.searched(desk)
    opened = audit.latest(desk, [AuditKind.OPENED])
    assert [one.participant_name for one in opened] == ["Ruth Vance", "Danielle Marsh"]
    assert [one.kind for one in audit.latest(desk, limit=2)] == [AuditKind.SEARCHED, AuditKind.OPENED]
