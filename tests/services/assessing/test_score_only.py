"""Words that may not be shown are never shown: the score is entered instead, and no talk about risk is lost by it."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.case_help import FORMS, option, phq9
from tests.services.conftest import CHEAP, PASSPHRASE
from workwell_desktop import assets
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ResponseStatus
from workwell_desktop.domain.left_out import Reason
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Wording
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.values import Value
from workwell_desktop.errors import BadInput
from workwell_desktop.forms import Form, compile_form
from workwell_desktop.services.assessing import (
    assessments,
    library,
    measures,
    response_exchange,
    response_import,
    rights,
    risk,
    score_only,
)
from workwell_desktop.services.assessing.rights import RightsGiven
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import access_copies
from workwell_desktop.services.safekeeping import opening, undoing, upkeep
from workwell_desktop.services.travel.bundle import export_case

Refer = Callable[..., Referred]
PHQ9 = f"{FORMS}phq-9"
UNLICENSED = RightsGiven(Wording.SCORE_ONLY, "A publisher", "", "")
LICENSED = RightsGiven(Wording.LICENSED, "A publisher", "This service", "Letter of 3 May")


def words(form: Form) -> Iterator[str]:
    """All that somebody reads in a form."""
    for item in form.items:
        yield from (one for one in (item.text, item.help, item.hint, item.lower, item.upper) if one)
        for one in item.options:
            yield getattr(one.value, "display", None) or ""


@pytest.fixture
def unlicensed(desk: Desk) -> Desk:
    library.bring_in_shipped(desk)
    rights.record_rights(desk, PHQ9, UNLICENSED)
    return desk


def test_a_form_marked_unlicensed_falls_back_to_entering_its_score(unlicensed: Desk, refer: Refer) -> None:
    filling = assessments.start(unlicensed, refer().participant, PHQ9)
    assert [row.link_id for row in filling.rows() if row.item.is_question] == ["phq9-total", "no-score", "phq9-9"]
    shown = set(words(filling.form))
    asked = set(words(compile_form(assets.resource("instruments", "phq-9.json").read_bytes())))
    assert not shown & asked
    assert "Spitzer" in (filling.form.copyright or "")


def test_it_is_offered_in_the_place_of_the_form_and_goes_when_there_is_a_licence(unlicensed: Desk) -> None:
    offered = {one.url: one.title for one in library.list_forms(unlicensed)}
    assert PHQ9 not in offered
    assert offered[f"{PHQ9}/score-only"] == "PHQ-9, score only"
    rights.record_rights(unlicensed, PHQ9, UNLICENSED)
    assert [one.url for one in library.list_forms(unlicensed)].count(f"{PHQ9}/score-only") == 1
    rights.record_rights(unlicensed, PHQ9, LICENSED)
    assert f"{PHQ9}/score-only" not in {one.url for one in library.list_forms(unlicensed)}


def test_a_score_that_was_entered_is_the_same_measure(desk: Desk, refer: Refer, clock: FixedClock) -> None:
    participant = refer().participant
    phq9(desk, participant, "222222220")
    clock.set(clock.moment + timedelta(days=14))
    rights.record_rights(desk, PHQ9, UNLICENSED)
    filling = assessments.start(desk, participant, PHQ9)
    assessments.answer(desk, filling, "phq9-total", 9)
    assessments.answer(desk, filling, "phq9-9", option(filling, "phq9-9", "none"))
    assessments.complete(desk, filling)
    [found] = [one for one in measures.measures(desk, participant) if one.code == "phq9"]
    assert (found.value, found.change, found.reliable) == (Decimal(9), Decimal(-7), True)


def test_entering_a_score_still_opens_the_talk_about_risk(unlicensed: Desk, refer: Refer) -> None:
    participant = refer().participant
    filling = assessments.start(unlicensed, participant, PHQ9)
    assessments.answer(unlicensed, filling, "phq9-9", filling.form.index["phq9-9"].options[0].value)
    [opened] = risk.open_ones(unlicensed, participant)
    assert (opened.question, opened.answer) == ("question 9", "Yes, we talk about it now")


def test_the_question_about_risk_cannot_be_left_out(unlicensed: Desk, refer: Refer) -> None:
    filling = assessments.start(unlicensed, refer().participant, PHQ9)
    assessments.answer(unlicensed, filling, "phq9-total", 9)
    with pytest.raises(BadInput) as refused:
        assessments.complete(unlicensed, filling)
    assert refused.value.reason == "answers_missing"


def test_without_its_score_a_form_says_why_or_is_not_complete(unlicensed: Desk, refer: Refer) -> None:
    participant = refer().participant
    filling = assessments.start(unlicensed, participant, PHQ9)
    assessments.answer(unlicensed, filling, "phq9-9", option(filling, "phq9-9", "none"))
    with pytest.raises(BadInput) as refused:
        assessments.complete(unlicensed, filling)
    assert refused.value.reason == "answers_missing"
    assessments.answer(unlicensed, filling, "phq9-total", 9)
    assert not filling.missing()
    assessments.clear(unlicensed, filling, "phq9-total")
    assessments.answer(unlicensed, filling, "no-score", option(filling, "no-score", "missing-answers"))
    assessments.complete(unlicensed, filling)


@pytest.mark.parametrize(
    ("form", "score", "value"),
    [
        ("wsas-score", "wsas-total", Decimal(9)),
        ("whodas-12-score", "whodas12-complex", Decimal(9)),
        ("whodas-12-score", "whodas12-sum", 9),
        ("eq-5d-5l-score", "eq5d-profile", "21232"),
        ("msk-hq-score", "mskhq-total", 9),
        ("start-msk-score", "startmsk-total", 9),
        ("orebro-short-score", "orebro-total", 9),
    ],
)
def test_a_shipped_form_for_a_score_says_why_there_is_none(
    desk: Desk, refer: Refer, clock: FixedClock, form: str, score: str, value: Value
) -> None:
    """The number, or the reason, which the measure says in its place."""
    library.bring_in_shipped(desk)
    participant = refer().participant
    filling = assessments.start(desk, participant, FORMS + form)
    with pytest.raises(BadInput) as refused:
        assessments.complete(desk, filling)
    assert refused.value.reason == "answers_missing"
    assessments.answer(desk, filling, score, value)
    assessments.complete(desk, filling)
    clock.set(clock.moment + timedelta(days=14))
    again = assessments.start(desk, participant, FORMS + form)
    (why,) = (row.path for row in again.missing())
    assessments.answer(desk, again, why, "Lost in the post")
    assessments.complete(desk, again)
    said = {(one.taken[-1].value, one.taken[-1].because) for one in measures.measures(desk, participant)}
    assert said == {(None, "Lost in the post")}


def test_whoever_would_rather_not_say_why_has_said_it(desk: Desk, refer: Refer) -> None:
    library.bring_in_shipped(desk)
    participant = refer().participant
    filling = assessments.start(desk, participant, f"{FORMS}wsas-score")
    assessments.leave_out(desk, filling, "wsas-no-score", Reason.RATHER_NOT)
    assessments.complete(desk, filling)
    (wsas,) = measures.measures(desk, participant)
    assert (wsas.value, wsas.because, wsas.points) == (None, "The person would rather not say", ())


def test_what_was_completed_before_shows_its_score_and_no_question(desk: Desk, refer: Refer) -> None:
    before = phq9(desk, refer().participant, "111111110")
    rights.record_rights(desk, PHQ9, UNLICENSED)
    shown = assessments.open_response(desk, before.response)
    assert shown.run.answers() == {"phq9-total": 8}
    assert not set(words(shown.form)) & set(words(before.form))
    assert shown.status is ResponseStatus.COMPLETED
    with pytest.raises(BadInput) as refused:
        assessments.reopen(desk, shown)
    assert refused.value.reason == "wording_not_licensed"
    rights.record_rights(desk, PHQ9, LICENSED)
    assert len(assessments.open_response(desk, before.response).run.answers()) == 9


def test_a_file_of_it_bears_the_answers_and_none_of_the_words(desk: Desk, refer: Refer) -> None:
    before = phq9(desk, refer().participant, "111111110")
    said = set(words(before.form)) - {""}
    rights.record_rights(desk, PHQ9, UNLICENSED)
    made = json.dumps(response_exchange.export_response(desk, before.response), default=str, ensure_ascii=False)
    questions = [one for one in said if len(one) > 20]
    assert questions
    assert not [one for one in questions if one in made]
    assert "LA6569-3" in made
    again = json.loads(made)
    for one in again["entry"]:
        one["resource"].pop("subject")
        one["resource"]["id"] = new_id()
    other = refer(family="Baker", nhs_number="9990237573").participant
    brought = response_import.import_response(desk, other, again)
    assert brought.problems == ()
    assert assessments.open_response(desk, brought.response).run.answers() == {"phq9-total": 8}


def test_a_case_goes_out_without_the_words_and_undo_says_none(desk: Desk, refer: Refer) -> None:
    """The questionnaire that the answers were given on goes along as long as its words may be shown."""
    library.bring_in_shipped(desk)
    filling = assessments.start(desk, refer().participant, PHQ9)
    first = filling.form.index["phq9-1"]
    assessments.answer(desk, filling, "phq9-1", first.options[1].value)

    def out() -> str:
        entries = export_case(desk, filling.participant)["entry"]
        files = [one["resource"]["data"] for one in entries if one["resource"]["resourceType"] == "Binary"]
        return str(entries) + "".join(base64.b64decode(one).decode(errors="replace") for one in files)

    before = undoing.next_undo(desk)
    assert before is not None
    assert (before.label, before.shown) == (first.text, "Several days")
    assert first.text in out()
    rights.record_rights(desk, PHQ9, UNLICENSED)
    assert first.text not in out()
    assessments.answer(desk, filling, "phq9-1", first.options[2].value)  # on a page that was open meanwhile
    after = undoing.next_undo(desk)
    assert after is not None
    assert (after.field, after.label, after.shown) == ("answer/phq9-1", "", "")


def test_a_copy_of_everything_holds_the_answers_and_none_of_the_words(desk: Desk, refer: Refer) -> None:
    filling = phq9(desk, refer().participant, "111111110")
    asked = filling.form.index["phq9-1"].text

    def printed() -> str:
        with desk.read() as reader:
            person = reader.get(Participant, filling.participant)
            return repr(access_copies.access_copy(desk, reader, person, new_id()))

    assert asked in printed()
    rights.record_rights(desk, PHQ9, UNLICENSED)
    assert asked not in printed()
    assert "Several days" in printed()


def test_a_restored_store_keeps_what_was_given_on_a_lapsed_form_and_its_pin(
    desk: Desk, refer: Refer, tmp_path: Path
) -> None:
    done = phq9(desk, refer().participant, "111111110")
    begun = phq9(desk, done.participant, "11", finish=False)
    rights.record_rights(desk, PHQ9, UNLICENSED)
    upkeep.backup(desk, tmp_path / "copy.backup")
    upkeep.restore(tmp_path / "copy.backup", tmp_path / "restored.workwell")
    again = opening.unlock(tmp_path / "restored.workwell", desk.me, PASSPHRASE, clock=desk.clock, profile=CHEAP)
    try:
        assert assessments.open_response(again, done.response).run.answers() == {"phq9-total": 8}
        with pytest.raises(BadInput) as refused:
            assessments.open_response(again, begun.response)
        assert refused.value.reason == "wording_not_licensed"
        rights.record_rights(again, PHQ9, LICENSED)
        shown = assessments.open_response(again, begun.response)
        assert shown.form.digest == begun.form.digest
        assert set(shown.run.answers()) == {"phq9-1", "phq9-2"}
        assert assessments.open_response(again, done.response).form.digest == done.form.digest
    finally:
        again.store.close()


def test_what_was_only_begun_is_kept_and_not_shown(desk: Desk, refer: Refer) -> None:
    begun = phq9(desk, refer().participant, "11", finish=False)
    rights.record_rights(desk, PHQ9, UNLICENSED)
    with pytest.raises(BadInput) as refused:
        assessments.open_response(desk, begun.response)
    assert refused.value.reason == "wording_not_licensed"
    with desk.read() as reader:
        assert set(reader.answers(begun.response)) == {"phq9-1", "phq9-2"}


def test_the_form_for_a_score_is_the_same_bytes_each_time_and_ready_for_use(desk: Desk) -> None:
    for source in library.shipped():
        form = compile_form(source)
        made = score_only.made_of(form, desk.site)
        assert made == score_only.made_of(form, desk.site)
        assert compile_form(made).url == f"{form.url}/score-only"


def test_forms_that_only_take_a_score_are_offered_as_they_are(desk: Desk, refer: Refer) -> None:
    library.bring_in_shipped(desk)
    filling = assessments.start(desk, refer().participant, f"{FORMS}wsas-score")
    assert filling.form.url == f"{FORMS}wsas-score"
