"""Filling forms: durable, pinned, never scored wrongly, and a risk is never saved without its conversation."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.forms.make import expression, item, source
from tests.services.case_help import FORMS, option, phq9
from workwell_desktop import assets
from workwell_desktop.catalogue import text
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.people import FormVersion
from workwell_desktop.errors import BadInput, Locked, NoPermission, UnknownForm
from workwell_desktop.services.assessing import assessments, library, measures, risk
from workwell_desktop.services.assessing.filling import PageState
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk

Refer = Callable[..., Referred]


def test_shipped_forms_come_in_once_and_are_pinned_by_their_bytes(desk: Desk) -> None:
    library.bring_in_shipped(desk)
    assert library.bring_in_shipped(desk) == 0
    with desk.read() as reader:
        found = reader.list(FormVersion)
        assert len(found) == len(list(assets.resource("instruments").glob("*.json")))
        for one in found:
            assert one.definition is not None
            assert one.digest == one.definition.sha256


def test_an_unknown_form_is_said_to_be_unknown(desk: Desk, refer: Refer) -> None:
    with pytest.raises(UnknownForm):
        assessments.start(desk, refer().participant, f"{FORMS}nowhere")


def test_a_response_stays_on_the_bytes_it_was_given_on(desk: Desk, refer: Refer) -> None:
    before = phq9(desk, refer().participant, "111111110", finish=False)
    newer = json.loads(assets.resource("instruments", "phq-9.json").read_text(encoding="utf-8"))
    newer["version"] = "9.0"
    library.import_form(desk, json.dumps(newer).encode())
    assert library.open_form(desk, f"{FORMS}phq-9").version == "9.0"
    assert assessments.open_response(desk, before.response).form.digest == before.form.digest


def test_an_answer_is_durable_when_the_act_returns(desk: Desk, refer: Refer) -> None:
    filling = phq9(desk, refer().participant, "21", finish=False)
    with desk.store.read() as reader:
        assert set(reader.answers(filling.response)) == {"phq9-1", "phq9-2"}
    assert assessments.open_response(desk, filling.response).run.answers() == filling.run.answers()


def test_a_cleared_answer_is_gone_and_can_be_given_again(desk: Desk, refer: Refer) -> None:
    filling = phq9(desk, refer().participant, "2", finish=False)
    assessments.clear(desk, filling, "phq9-1")
    assert assessments.open_response(desk, filling.response).run.answers() == {}
    assessments.answer(desk, filling, "phq9-1", option(filling, "phq9-1", "LA6569-3"))
    assert filling.answered()[0] == 1


def test_calculated_values_are_never_stored(desk: Desk, refer: Refer) -> None:
    filling = phq9(desk, refer().participant, "222222220")
    with desk.read() as reader:
        assert "phq9-total" not in reader.answers(filling.response)


def test_question_nine_opens_the_risk_conversation_whatever_the_total(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    phq9(desk, participant, "000000001")
    [opened] = risk.open_ones(desk, participant)
    assert (opened.question, opened.answer) == ("question 9", "Several days")


def test_not_at_all_to_question_nine_opens_nothing(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    phq9(desk, participant, "333333330")
    assert risk.open_ones(desk, participant) == ()


def test_neither_the_answer_nor_the_conversation_is_saved_without_the_other(
    desk: Desk, refer: Refer, monkeypatch: pytest.MonkeyPatch
) -> None:
    filling = phq9(desk, refer().participant, "1", finish=False)

    def fails(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(risk, "raise_in", fails)
    with pytest.raises(RuntimeError):
        assessments.answer(desk, filling, "phq9-9", option(filling, "phq9-9", "LA6569-3"))
    with desk.read() as reader:
        assert set(reader.answers(filling.response)) == {"phq9-1"}


def test_a_completed_response_takes_no_answer_until_it_is_opened_again(desk: Desk, refer: Refer) -> None:
    filling = phq9(desk, refer().participant, "111111110")
    answer = option(filling, "phq9-1", "LA6568-5")
    with pytest.raises(Locked):
        assessments.answer(desk, filling, "phq9-1", answer)
    assessments.reopen(desk, filling)
    assessments.answer(desk, filling, "phq9-1", answer)
    assert filling.run.answers()["phq9-1"] == answer


def test_the_last_answer_stands_beside_each_question(desk: Desk, refer: Refer, clock: FixedClock) -> None:
    participant = refer().participant
    phq9(desk, participant, "311111110")
    clock.set(clock.moment + timedelta(days=14))
    again = phq9(desk, participant, "", finish=False)
    before = again.previous["phq9-1"]
    assert (before.value.display, before.author) == ("Nearly every day", "Maya Okafor")  # type: ignore[union-attr]
    assert before.at.date() == date(2026, 11, 24)


def test_taking_one_repeat_away_touches_no_other(desk: Desk, refer: Refer) -> None:
    library.bring_in_shipped(desk)
    filling = assessments.start(desk, refer().participant, f"{FORMS}work-and-health")
    first = next(row.path for row in filling.run.rows() if row.link_id == "wh-obs")
    second = assessments.add_repeat(desk, filling, "wh-obs")
    third = assessments.add_repeat(desk, filling, "wh-obs")
    for path, words in ((first, "one"), (second, "two"), (third, "three")):
        assessments.answer(desk, filling, f"{path}-text", words)
    assessments.remove_repeat(desk, filling, second)
    kept = assessments.open_response(desk, filling.response).run.answers()
    assert kept == {f"{first}-text": "one", f"{third}-text": "three"}


def test_two_responses_of_one_form_never_share_a_repeat(desk: Desk, refer: Refer) -> None:
    library.bring_in_shipped(desk)
    participant = refer().participant
    ids = [assessments.start(desk, participant, f"{FORMS}work-and-health").run.repeats()[0].id for _ in range(2)]
    assert ids[0] != ids[1]


def test_pages_say_how_far_one_has_come(desk: Desk, refer: Refer) -> None:
    filling = phq9(desk, refer().participant, "11", finish=False)
    page = filling.pages()[0]
    assert (page.questions, page.answered, page.state) == (9, 2, PageState.STARTED)


def test_a_score_with_a_missing_part_is_not_calculated_and_says_why(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    phq9(desk, participant, "22222222", finish=False)
    filling = assessments.open_response(desk, assessments.list_responses(desk, participant)[0].id)
    with desk.unit() as unit:
        unit.set(Response, filling.response, status=ResponseStatus.COMPLETED, completed_at=desk.clock.now())
    [found] = [one for one in measures.measures(desk, participant) if one.code == "phq9"]
    assert (found.value, found.answered, found.questions, found.band) == (None, 8, 9, None)


def test_a_measure_shows_change_and_whether_it_passes_the_published_number(
    desk: Desk, refer: Refer, clock: FixedClock
) -> None:
    participant = refer().participant
    phq9(desk, participant, "222222220")
    clock.set(clock.moment + timedelta(days=14))
    phq9(desk, participant, "111111110")
    [found] = [one for one in measures.measures(desk, participant) if one.code == "phq9"]
    assert (found.value, found.change, found.reliable) == (Decimal(8), Decimal(-8), True)
    assert found.since == date(2026, 11, 24)
    assert [point.value for point in found.points] == [Decimal(16), Decimal(8)]
    assert found.band is not None
    assert "mild" in text(found.band)


def test_a_required_question_that_is_open_keeps_a_form_open(desk: Desk, refer: Refer) -> None:
    library.bring_in_shipped(desk)
    source = json.loads(assets.resource("instruments", "gad-2.json").read_text(encoding="utf-8"))
    source["url"] = f"{FORMS}asks-for-one"
    question = source["item"][0]["item"][0]
    question["required"] = True
    library.import_form(desk, json.dumps(source).encode())
    filling = assessments.start(desk, refer().participant, f"{FORMS}asks-for-one")
    assert [row.link_id for row in filling.missing()] == [question["linkId"]]
    with pytest.raises(BadInput) as refused:
        assessments.complete(desk, filling)
    assert refused.value.reason == "answers_missing"


def test_whoever_may_not_assess_changes_nothing(desk: Desk, refer: Refer, colleague: Callable[..., Desk]) -> None:
    filling = phq9(desk, refer().participant, "1", finish=False)
    jo = colleague("Jo Pike", role="coordinator")
    with pytest.raises(NoPermission):
        assessments.clear(jo, filling, "phq9-1")
    assert filling.answered()[0] == 1


def test_a_form_begins_with_what_the_record_knows_of_the_person(desk: Desk, refer: Refer) -> None:
    def begins(link_id: str, path: str, kind: str = "string") -> dict[str, Any]:
        return item(link_id, kind, expression("initial", path))

    library.import_form(
        desk,
        source(
            begins("name", "%patient.name.where(use = 'official').family"),
            begins("coach", "%user.name.text"),
            begins("begun", "%encounter.period.start.toDate()", "date"),
            item("day", "date", expression("calculated", "today()")),
        ),
    )
    filling = assessments.start(desk, refer().participant, "http://example.org/form")
    answers = filling.run.answers()
    assert (answers["name"], answers["coach"]) == ("Marsh", "Maya Okafor")
    assert answers["begun"] == filling.run.row("day").value


def test_today_in_a_completed_response_stays_the_day_on_which_it_was_completed(
    desk: Desk, refer: Refer, clock: FixedClock
) -> None:
    library.import_form(desk, source(item("day", "date", expression("calculated", "today()"))))
    filling = assessments.start(desk, refer().participant, "http://example.org/form")
    assessments.complete(desk, filling)
    was = filling.run.row("day").value
    clock.set(clock.now() + timedelta(days=30))
    assert assessments.open_response(desk, filling.response).run.row("day").value == was
