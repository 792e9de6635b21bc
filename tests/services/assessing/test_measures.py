"""What is said of a measure: never a guess, the missing question by name, the change held against what is published."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.services.case_help import FORMS, SCALE, option, phq9
from workwell_desktop.catalogue import text
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import NoPermission
from workwell_desktop.services.assessing import assessments, library, measures
from workwell_desktop.services.assessing.measure_views import MeasureView
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk

Refer = Callable[..., Referred]


def view(desk: Desk, participant: Id, code: str) -> MeasureView:
    [found] = [one for one in measures.measures(desk, participant) if one.code == code]
    return found


def gad7(desk: Desk, participant: Id, given: dict[int, int]) -> None:
    """A GAD-7 with the questions that were answered; the others stay open."""
    library.bring_in_shipped(desk)
    filling = assessments.start(desk, participant, f"{FORMS}gad-7")
    for number, value in given.items():
        link = f"gad7-{number}"
        assessments.answer(desk, filling, link, option(filling, link, SCALE[value]))
    assessments.complete(desk, filling)


def entered(desk: Desk, participant: Id, form: str, link_id: str, value: int | Decimal) -> None:
    library.bring_in_shipped(desk)
    filling = assessments.start(desk, participant, f"{FORMS}{form}")
    assessments.answer(desk, filling, link_id, value)
    assessments.complete(desk, filling)


def test_the_missing_question_is_named(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    gad7(desk, participant, dict.fromkeys((1, 2, 3, 4, 5, 7), 2))
    found = view(desk, participant, "gad7")
    assert (found.value, found.band, found.missing) == (None, None, ("question 6",))
    assert (found.answered, found.questions) == (6, 7)


def test_a_time_without_a_value_stands_in_the_table_and_is_no_zero(desk: Desk, refer: Refer, clock: FixedClock) -> None:
    participant = refer().participant
    gad7(desk, participant, dict.fromkeys(range(1, 8), 2))
    clock.set(clock.moment + timedelta(days=7))
    gad7(desk, participant, {1: 1})
    clock.set(clock.moment + timedelta(days=7))
    gad7(desk, participant, dict.fromkeys(range(1, 8), 1))
    found = view(desk, participant, "gad7")
    assert [one.value for one in found.taken] == [Decimal(14), None, Decimal(7)]
    assert [one.change for one in found.taken] == [None, None, Decimal(-7)]
    assert [one.passes for one in found.taken] == [None, None, True]
    assert len(found.taken[1].missing) == 6
    assert [point.value for point in found.points] == [Decimal(14), Decimal(7)]


@pytest.mark.parametrize(("second", "passes"), [("222222110", False), ("222111110", False), ("211111110", True)])
def test_a_change_is_held_against_the_published_number(
    desk: Desk, refer: Refer, clock: FixedClock, second: str, passes: bool
) -> None:
    participant = refer().participant
    phq9(desk, participant, "222222220")
    clock.set(clock.moment + timedelta(days=14))
    phq9(desk, participant, second)
    found = view(desk, participant, "phq9")
    assert (found.threshold, found.meaningful, found.reliable) == (Decimal(6), False, passes)


def test_a_change_that_studies_call_meaningful_is_not_called_reliable(
    desk: Desk, refer: Refer, clock: FixedClock
) -> None:
    participant = refer().participant
    entered(desk, participant, "msk-hq-score", "mskhq-total", 30)
    clock.set(clock.moment + timedelta(days=30))
    entered(desk, participant, "msk-hq-score", "mskhq-total", 36)
    found = view(desk, participant, "mskhq")
    assert (found.lower_is_better, found.change, found.reliable, found.meaningful) == (False, Decimal(6), True, True)


def test_a_score_that_is_entered_has_its_band_and_its_places(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    entered(desk, participant, "wsas-score", "wsas-total", Decimal("21.25"))
    found = view(desk, participant, "wsas")
    assert found.band is not None
    assert text(found.band) == "the range often called moderately severe or more"
    assert [found.shown(Decimal(value)) for value in ("21.25", "21.00", "0")] == ["21.25", "21", "0"]


def test_goal_attainment_without_a_level_says_what_it_takes(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    library.bring_in_shipped(desk)
    filling = assessments.start(desk, participant, f"{FORMS}goal-attainment")
    place = next(row.path for row in filling.run.rows() if row.link_id == "gas-text")
    assessments.answer(desk, filling, place, "Three full days a week")
    assessments.complete(desk, filling)
    found = view(desk, participant, "goals")
    assert found.value is None
    assert "level" in found.needs
    assert found.missing == ("Where are you now, against what you expected?",)


def test_ons4_is_four_measures_and_never_one(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    library.bring_in_shipped(desk)
    filling = assessments.start(desk, participant, f"{FORMS}ons4")
    for link, value in (("satisfied", 4), ("worthwhile", 7), ("happy", 9), ("anxious", 2)):
        assessments.answer(desk, filling, f"ons4-{link}", value)
    assessments.complete(desk, filling)
    found = {one.code: one for one in measures.measures(desk, participant)}
    assert set(found) == {"ons4_satisfied", "ons4_worthwhile", "ons4_happy", "ons4_anxious"}
    assert {code: (one.band or "").rpartition("_")[2] for code, one in found.items()} == {
        "ons4_satisfied": "low",
        "ons4_worthwhile": "high",
        "ons4_happy": "high",
        "ons4_anxious": "low",
    }
    assert found["ons4_anxious"].lower_is_better is True


def test_measures_go_on_over_versions_of_a_form(desk: Desk, refer: Refer, clock: FixedClock) -> None:
    participant = refer().participant
    phq9(desk, participant, "222222220")
    with desk.read() as reader:
        given_on = reader.list(Response, scope=participant, status=ResponseStatus.COMPLETED)[0].form_digest
    source = library.shipped()[[b'"PHQ-9"' in one for one in library.shipped()].index(True)]
    library.import_form(desk, source.replace(b'"version": "1.0"', b'"version": "1.1"'))
    clock.set(clock.moment + timedelta(days=14))
    phq9(desk, participant, "111111110")
    with desk.read() as reader:
        digests = [one.form_digest for one in reader.list(Response, order_by="started_at", scope=participant)]
    assert digests[0] == given_on
    assert digests[1] != given_on
    assert [one.value for one in view(desk, participant, "phq9").taken] == [Decimal(16), Decimal(8)]


def test_scores_are_only_for_those_who_may_read_them(desk: Desk, refer: Refer, colleague: Callable[..., Desk]) -> None:
    participant = refer().participant
    phq9(desk, participant, "111111110")
    with pytest.raises(NoPermission):
        measures.measures(colleague("Jo Pike", role="coordinator"), participant)
