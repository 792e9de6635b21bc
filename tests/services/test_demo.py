"""The rehearsal caseload: 26 people at all stages, the same for the same seed and day."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

import workwell_desktop.domain.kinds  # noqa: F401 - declares every kind of record
from tests.services.conftest import CHEAP
from workwell_desktop.domain import nhs_number
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Episode, EpisodeStatus, RiskConversation, RiskStatus
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Profession, Team
from workwell_desktop.domain.plans import Plan, PlanStatus
from workwell_desktop.domain.records import KINDS, Id
from workwell_desktop.services import demo
from workwell_desktop.services.caseload import today
from workwell_desktop.services.caseload.today_views import TodayView
from workwell_desktop.services.coming_in import waiting
from workwell_desktop.services.coming_in.eligibility import State
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.services.travel import bundle, case_import

DAY = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
FRESH = {
    "person": {"verify_key", "certificate"},
    "device": {"verify_key", "certificate"},
    "partnership": {"root"},
    "document": {"file", "content"},
    "team_document": {"file", "content"},
    "session": {"covers"},
    "plan": {"covers"},
}
"""Fields that hold keys, or what was signed with them."""


@pytest.fixture(scope="module")
def caseload(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = demo.make_store(tmp_path_factory.mktemp("demo") / "a.workwell", clock=FixedClock(DAY), profile=CHEAP)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = demo.make_store(tmp_path_factory.mktemp("demo") / "b.workwell", clock=FixedClock(DAY), profile=CHEAP)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def view(caseload: Desk) -> TodayView:
    return today.view(caseload)


def records(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Every record of every kind, without what is fresh in each store."""
    with desk.read() as reader:
        return {
            kind: [
                {one.name: getattr(record, one.name) for one in fields(record) if one.name not in FRESH.get(kind, ())}
                for record in reader.list(cls, order_by="id")
            ]
            for kind, cls in KINDS.items()
        }


def plan_of(desk: Desk, given: str) -> Id:
    with desk.read() as reader:
        person = reader.list(Participant, given_name=given)[0]
        return reader.list(Plan, scope=person.id)[0].id


def test_equal_seed_and_day_give_equal_records(caseload: Desk, again: Desk) -> None:
    first, second = records(caseload), records(again)
    assert first["participant"]
    for kind, rows in first.items():
        assert rows == second[kind], kind


def test_equal_seed_and_day_give_equal_unsigned_papers(caseload: Desk, again: Desk) -> None:
    for given in ("Danielle", "Leanne"):
        assert plan_of(caseload, given) == plan_of(again, given)
        for kind in (PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY):
            one, other = (papers.preview(desk, plan_of(desk, given), kind) for desk in (caseload, again))
            assert one.pdf == other.pdf


def test_there_are_26_people_at_all_stages_over_six_months_in_two_teams(caseload: Desk) -> None:
    with caseload.read() as reader:
        assert reader.count(Participant) == 26
        assert reader.count(Team) == 2
        episodes = reader.list(Episode)
    assert Counter(one.status for one in episodes) == {
        EpisodeStatus.WAITING: 5,
        EpisodeStatus.ACTIVE: 17,
        EpisodeStatus.CLOSED: 4,
    }
    begun = [one.opened_on for one in episodes if one.opened_on]
    assert (max(begun) - min(begun)).days > 150


def test_nhs_numbers_are_valid_in_the_999_range_and_nobody_shares_one(caseload: Desk) -> None:
    with caseload.read() as reader:
        numbers = [one.nhs_number or "" for one in reader.list(Participant)]
    assert len(set(numbers)) == 26
    assert all(number.startswith("999") and nhs_number.is_valid(number) for number in numbers)


def test_today_holds_what_a_day_brings(view: TodayView, caseload: Desk) -> None:
    assert [one.name for one in view.risks] == ["Tomasz Zielinski"]
    kinds = {(one.kind, one.name) for one in view.items}
    assert {("contact", "Daniel Osei"), ("contact", "Grace Oyelaran"), ("tell", "Ibrahim Sesay")} <= kinds
    assert {one.days for one in view.items if one.kind == "contact"} == {-4, -2}
    assert {name for kind, name in kinds if kind == "plan_to_sign"} == {"Danielle Marsh", "Leanne Hughes"}
    with caseload.read() as reader:
        assert reader.count(RiskConversation, status=RiskStatus.OPEN) == 1
        assert reader.count(Plan, status=PlanStatus.SIGNING) == 2
        assert reader.count(Plan, status=PlanStatus.SIGNED) == 1


def test_those_who_wait_came_in_on_different_days_and_stand_at_different_points(caseload: Desk) -> None:
    found = waiting.view(caseload).lines
    assert [(one.one.name, one.days, one.reach.value) for one in found[:3]] == [
        ("Priscilla Adeyemi", 16, "tried_all"),
        ("Owen Blake", 9, "reached"),
        ("Siân Rhŷs-Parry", 1, "not_tried"),
    ]
    assert found[1].questions is State.ELSEWHERE
    assert [one.one.name for one in found if one.person_knows is False] == ["Marcus Bell"]


def test_the_session_of_today_is_as_promised(view: TodayView) -> None:
    [card] = view.sessions
    assert (card.discuss, card.note, card.coming, card.invited) == (6, 2, 7, 9)
    assert (card.quorum_met, card.starts_at.hour) == (True, 14)
    assert {name for _, name in card.without_question} == {"Hannah Ashworth", "Marlon Price"}


def test_the_store_is_whole_and_marked_as_a_rehearsal(caseload: Desk) -> None:
    assert caseload.rehearsal
    assert caseload.store.check().ok


def test_it_can_be_laid_out_around_another_day(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2028, 2, 29, 8, 0, tzinfo=UTC))
    made = demo.make_store(tmp_path / "leap.workwell", clock=clock, seed=2, profile=CHEAP)
    try:
        assert today.view(made).day == date(2028, 2, 29)
        assert len(today.view(made).sessions) == 1
    finally:
        made.store.close()


def _there_and_back(caseload: Desk, elsewhere: Desk, who: Id) -> None:
    """A case is valid FHIR, comes in whole, and is the same when it goes out again but for the partnership it is at."""
    made = json.loads(json.dumps(bundle.export_case(caseload, who)))
    get_fhir_model_class("Bundle").model_validate(made)
    done = case_import.import_case(elsewhere, json.dumps(made).encode())
    assert (done.problems, done.created > 0) == ((), True)
    again = json.loads(json.dumps(bundle.export_case(elsewhere, who)))
    before, after = (
        {one["resource"]["id"]: one["resource"] for one in case["entry"] if one["resource"]["id"] != partnership}
        for case, partnership in ((made, caseload.person.scope), (again, elsewhere.person.scope))
    )
    assert after == before
    assert len(made["entry"]) == len(again["entry"])


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Desk]:
    """The store of a partnership that has nobody yet."""
    first = opening.FirstRun("Low Moor partnership", "Low Moor team", "Ann Bell", Profession.COACH, demo.PASSPHRASE)
    made, _code = opening.create(tmp_path / "elsewhere.workwell", first, clock=FixedClock(DAY), profile=CHEAP)
    yield made
    made.store.close()


def _everybody(caseload: Desk) -> list[Id]:
    """Whose plan is being signed comes first, then those with the fewest records last."""
    with caseload.read() as reader:
        signing = [one.scope for one in reader.list(Plan, order_by="id", status=PlanStatus.SIGNING)]
        return list(dict.fromkeys([*signing, *(one.id for one in reader.list(Participant, order_by="id"))]))


def test_a_few_of_the_caseload_go_to_another_partnership_and_back(caseload: Desk, elsewhere: Desk) -> None:
    for who in _everybody(caseload)[:3]:
        _there_and_back(caseload, elsewhere, who)


@pytest.mark.long
def test_the_whole_caseload_goes_to_another_partnership_and_back(caseload: Desk, elsewhere: Desk) -> None:
    everybody = _everybody(caseload)
    assert len(everybody) > 20
    for who in everybody:
        _there_and_back(caseload, elsewhere, who)
