"""Goal attainment and the plan are one: the form begins with the plan's goals, and their levels go back to it."""

from collections.abc import Callable
from decimal import Decimal

from tests.services.case_help import FORMS, option
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.plans import Goal
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.services.assessing import assessments, library, measures
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk

Refer = Callable[..., Referred]
GOALS = ("Three full days a week", "Lift 5 kg without fear")


def planned(desk: Desk, participant: Id, *words: str) -> list[Id]:
    library.bring_in_shipped(desk)
    with desk.unit() as unit:
        episode = unit.reader.list(Episode, scope=participant)[0].id
        return [
            unit.add(Goal(id=new_id(), scope=participant, episode=episode, text=one, position=f"a{place}"))
            for place, one in enumerate(words)
        ]


def places(filling: Filling) -> list[str]:
    return [row.path.rpartition("/")[0] for row in filling.run.rows() if row.link_id == "gas-goal"]


def test_the_form_begins_with_the_goals_of_the_plan(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    planned(desk, participant, *GOALS)
    filling = assessments.start(desk, participant, f"{FORMS}goal-attainment")
    texts = [row.value for row in filling.rows() if row.link_id == "gas-text"]
    assert texts == list(GOALS)
    assert "gas-record" not in {row.link_id for row in filling.rows()}
    again = assessments.open_response(desk, filling.response)
    assert [row.value for row in again.rows() if row.link_id == "gas-text"] == list(GOALS)


def test_without_goals_it_begins_with_one_that_is_empty(desk: Desk, refer: Refer) -> None:
    library.bring_in_shipped(desk)
    filling = assessments.start(desk, refer().participant, f"{FORMS}goal-attainment")
    assert [row.value for row in filling.rows() if row.link_id == "gas-text"] == [None]


def test_levels_go_back_to_the_goals_and_make_one_number(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    ids = planned(desk, participant, *GOALS)
    filling = assessments.start(desk, participant, f"{FORMS}goal-attainment")
    own = assessments.add_repeat(desk, filling, "gas-goal").rpartition("/")[0]
    first, second, third = places(filling)
    assert third == own
    for place, level in ((first, "level-better"), (second, "level-less"), (third, "level-expected")):
        assessments.answer(desk, filling, f"{place}/gas-level", option(filling, "gas-level", level))
    assessments.answer(desk, filling, f"{third}/gas-text", "One of the day")
    with desk.read() as reader:
        assert [reader.get(Goal, one).level for one in ids] == [None, None]
    assessments.complete(desk, filling)
    with desk.read() as reader:
        assert [reader.get(Goal, one).level for one in ids] == [1, -1]
        assert reader.count(Goal, scope=participant) == 2
    [found] = [one for one in measures.measures(desk, participant) if one.code == "goals"]
    assert (found.value, found.shown(found.value or Decimal(0)), found.out_of) == (Decimal("50.0000"), "50", False)


def test_the_goals_of_one_person_are_never_those_of_another(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    other = refer("Sam", "Okoro", nhs_number="9990237573").participant
    (theirs,) = planned(desk, other, "Sleep")
    planned(desk, participant, GOALS[0])
    filling = assessments.start(desk, participant, f"{FORMS}goal-attainment")
    (place,) = places(filling)
    assessments.answer(desk, filling, f"{place}/gas-record", str(theirs))
    assessments.answer(desk, filling, f"{place}/gas-level", option(filling, "gas-level", "level-much-better"))
    assessments.complete(desk, filling)
    with desk.read() as reader:
        assert reader.get(Goal, theirs).level is None
