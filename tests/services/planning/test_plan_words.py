"""Words of the plan that are written from the choices, and how easily its paper reads."""

from collections.abc import Callable
from datetime import date

import pytest

from workwell_desktop.domain.employer_words import first_in
from workwell_desktop.domain.plans import OwnerKind, Plan
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.reference import load_adjustments
from workwell_desktop.errors import BadInput
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import adjustments, plan_words, plans

Refer = Callable[..., Referred]


def begun(desk: Desk, refer: Refer) -> tuple[Id, Id]:
    participant = refer().participant
    return participant, plans.open_plan(desk, participant)


def test_what_is_hard_at_work_is_written_from_the_changes_that_were_chosen(desk: Desk, refer: Refer) -> None:
    participant, plan = begun(desk, refer)
    assert plan_words.written(desk, plan, "function") == ""
    adjustments.ask_for(desk, participant, "A chair", code=Code("E02"))
    adjustments.ask_for(desk, participant, "Lighter work", code=Code("D04"))
    words = plan_words.written(desk, plan, "function")
    assert words == "For now Dani finds these harder at work: sitting or standing for long and lifting and carrying."


def test_error_10_nothing_written_for_an_employer_names_a_condition(desk: Desk, refer: Refer) -> None:
    """domain.md 0, error 10: with every change of the catalogue chosen, no word of health gets through."""
    participant, plan = begun(desk, refer)
    for row in load_adjustments():
        adjustments.ask_for(desk, participant, row.text, code=Code(row.code))
    words = plan_words.written(desk, plan, "function")
    assert first_in(words) is None
    for condition in ("pain", "worry", "low mood", "sleep", "medicines", "treatment", "seizures", "toilet"):
        assert condition not in words.lower()


def test_what_to_do_first_comes_from_the_persons_own_actions(desk: Desk, refer: Refer) -> None:
    participant, plan = begun(desk, refer)
    owner = OwnedBy(OwnerKind.PARTICIPANT)
    obstacles.add_action(desk, participant, "Walk for 10 minutes each day.", owner, date(2026, 12, 1))
    first, call, again = plan_words.written(desk, plan, "if_worse").splitlines()
    assert first == "First I go on with this: Walk for 10 minutes each day."
    assert call == f"I call Maya Okafor on {desk.site.service.phone}. {desk.site.service.hours}."
    assert "look at this plan again" in again


def test_nothing_is_saved_by_itself(desk: Desk, refer: Refer) -> None:
    _participant, plan = begun(desk, refer)
    assert plan_words.written(desk, plan, "if_worse")
    with desk.read() as reader:
        assert reader.get(Plan, plan).if_worse is None


def test_only_what_we_wrote_is_measured(desk: Desk, refer: Refer) -> None:
    """The person's own words stand as they are: nobody marks them."""
    _participant, plan = begun(desk, refer)
    official = "Occupational rehabilitation incorporating multidisciplinary recommendations notwithstanding."
    plans.set_plan_text(desk, plan, "what_matters", " ".join([official] * 4))
    assert plan_words.paper_reading(desk, plan).age is None
    plans.set_plan_text(desk, plan, "if_worse", " ".join([official] * 4))
    found = plan_words.paper_reading(desk, plan)
    assert found.age is not None
    assert not found.plain


def test_other_texts_are_not_written_by_themselves(desk: Desk, refer: Refer) -> None:
    _participant, plan = begun(desk, refer)
    with pytest.raises(BadInput):
        plan_words.written(desk, plan, "gp_risk")
