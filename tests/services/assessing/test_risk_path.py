"""The risk path: opened by answers that the site pack names, seen until a named person records what was done, no grade
anywhere, and nothing of it for an employer. Each test is named after its rule."""

import dataclasses
import inspect
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.services.case_help import option, phq9, session_with
from workwell_desktop import assets
from workwell_desktop.documents import facts
from workwell_desktop.domain.episodes import RiskConversation
from workwell_desktop.domain.sessions import Topics
from workwell_desktop.domain.site import RiskTrigger, Site, SiteRisk
from workwell_desktop.domain.site_reading import generic_pack, load_site
from workwell_desktop.domain.values import Coding, Value
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.forms import Form, compile_form
from workwell_desktop.services.assessing import assessments, library, measures, risk
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import case_pages, discussions

Refer = Callable[..., Referred]
OWN = "https://example.org/forms/own"
NEVER_SAID = ("low risk", "medium risk", "high risk", "moderate risk", "risk level", "risk score", "risk grade")


def shipped(name: str) -> Form:
    return compile_form(assets.resource("instruments", f"{name}.json").read_bytes())


def one_question(kind: str, **more: Any) -> bytes:
    item = {"linkId": "worried", "text": "Are you worried about your safety?", "type": kind, **more}
    made = {"resourceType": "Questionnaire", "url": OWN, "version": "1", "title": "Own", "status": "active"}
    return json.dumps({**made, "item": [item]}).encode()


def with_trigger(site: Site, *answers: str, form: str = OWN, link_id: str = "worried") -> Site:
    more = RiskTrigger(form, link_id, frozenset(answers), "the question about safety")
    risks: SiteRisk = dataclasses.replace(site.risk, triggers=(*site.risk.triggers, more))
    return dataclasses.replace(site, risk=risks)


@pytest.mark.parametrize(("code", "opens"), [("LA6568-5", False), ("LA6569-3", True), ("LA6571-9", True)])
def test_any_answer_of_one_or_more_to_question_nine_opens_it(code: str, opens: bool) -> None:
    found = risk.asked_for(load_site(generic_pack()), shipped("phq-9"), "phq9-9", Coding("http://loinc.org", code))
    assert (found is not None) is opens


def test_question_nine_opens_it_in_every_form_that_codes_it_so() -> None:
    """A PHQ-9 of another maker, with other names for its questions, is no way round."""
    source = assets.resource("instruments", "phq-9.json").read_bytes()
    other = source.replace(b"workwell-desktop.example/forms/phq-9", b"elsewhere.example/phq").replace(b"phq9-9", b"q9")
    asked = risk.asked_for(load_site(generic_pack()), compile_form(other), "q9", Coding("http://loinc.org", "LA6570-1"))
    assert asked is not None
    assert (asked[0].question, asked[1]) == ("question 9", "LA6570-1")


@pytest.mark.parametrize(
    ("kind", "named", "given", "shown"),
    [
        ("boolean", "true", True, "Yes"),
        ("integer", "2", 2, "2"),
        ("decimal", "0.5", Decimal("0.5"), "0.5"),
        ("string", "Yes, often", "Yes, often", "Yes, often"),
    ],
)
def test_triggers_of_other_forms_are_data_of_the_site_pack(kind: str, named: str, given: Value, shown: str) -> None:
    form = compile_form(one_question(kind))
    plain = load_site(generic_pack())
    assert risk.asked_for(plain, form, "worried", given) is None
    asked = risk.asked_for(with_trigger(plain, named), form, "worried", given)
    assert asked is not None
    assert (asked[0].question, asked[1]) == ("the question about safety", shown)


def test_one_of_several_answers_is_enough() -> None:
    site = with_trigger(load_site(generic_pack()), "b")
    form = compile_form(
        one_question("choice", repeats=True, answerOption=[{"valueCoding": {"code": one}} for one in "abc"])
    )
    assert risk.asked_for(site, form, "worried", (Coding(None, "a"), Coding(None, "b"))) is not None
    assert risk.asked_for(site, form, "worried", (Coding(None, "a"),)) is None


def test_every_trigger_of_the_pack_names_a_question_and_answers_that_are_there() -> None:
    forms = {form.url: form for form in map(compile_form, library.shipped())}
    for trigger in load_site(generic_pack()).risk.triggers:
        items = [
            item
            for form in forms.values()
            for item in form.items
            if (trigger.form == form.url and trigger.link_id == item.link_id)
            or any((code.system, code.code) == (trigger.form, trigger.link_id) for code in item.code)
        ]
        assert items, trigger.link_id
        for item in items:
            assert trigger.answers < {getattr(one.value, "code", None) for one in item.options}


def test_what_to_ask_and_whom_to_call_are_pinned() -> None:
    site = load_site(generic_pack())
    assert len(site.risk.prompts) >= 4
    assert {"999", "111, option 2", "116 123", "85258"} <= {line.number for line in site.crisis}
    assert {"emergency", "gp_same_day", "crisis_line", "own_team", "safety_plan", "lead_told", "safeguarding"} <= {
        step.code for step in site.risk.steps
    }


def test_it_cannot_be_dismissed(desk: Desk, refer: Refer) -> None:
    """Taking the answer back, withdrawing the form, undo: it stays. Recording needs what was asked and agreed."""
    participant = refer().participant
    filling = phq9(desk, participant, "000000002", finish=False)
    [opened] = risk.open_ones(desk, participant)
    assessments.answer(desk, filling, "phq9-9", option(filling, "phq9-9", "LA6568-5"))
    assessments.clear(desk, filling, "phq9-9")
    assessments.withdraw(desk, filling.response)
    assert [one.risk for one in risk.open_ones(desk, participant)] == [opened.risk]
    with pytest.raises(FieldsInvalid):
        risk.record(desk, opened.risk, risk.Talked(asked=" ", agreed=""))
    assert [one.risk for one in risk.open_ones(desk, participant)] == [opened.risk]
    acts = {name for name, made in inspect.getmembers(risk, inspect.isfunction) if made.__module__ == risk.__name__}
    assert {name for name in acts if not name.startswith("_")} == {
        *("asked_for", "raise_in", "open_ones", "open_in", "of_participant", "record", "hand_to"),
    }


def test_it_is_handed_to_a_named_person_and_stays_in_today_until_it_is_done(
    desk: Desk, refer: Refer, colleague: Callable[..., Desk]
) -> None:
    participant = refer().participant
    phq9(desk, participant, "000000001")
    other = colleague("Priya Shah", role="clinician")
    [opened] = risk.open_ones(desk, participant)
    risk.hand_to(desk, opened.risk, other.me)
    for one in (desk, other):
        assert [item.risk for item in risk.open_ones(one, participant)] == [opened.risk]
    assert any(item.kind == "risk" for item in _items(today.view(other)))
    risk.record(other, opened.risk, risk.Talked("Asked; not now", "Call tomorrow", frozenset({"lead_told"}), "Maya"))
    [done] = risk.of_participant(desk, participant)
    assert (done.open, done.done_by_name, done.told) == (False, "Priya Shah", "Maya")
    for one in (desk, other):
        assert not any(item.kind == "risk" for item in _items(today.view(one)))


def _items(view: Any) -> list[Any]:
    """Everything that Today lists, in whatever group."""
    found: list[Any] = []
    for field in dataclasses.fields(view):
        value = getattr(view, field.name)
        for one in value if isinstance(value, tuple) else ():
            if hasattr(one, "kind"):
                found.append(one)
            found += [item for item in getattr(one, "items", ()) or () if hasattr(item, "kind")]
    return found


def test_it_never_grades_anybody() -> None:
    """NICE NG225: no scale and no stratification to predict or to decide."""
    names = {field.name for cls in (RiskConversation, risk.RiskView) for field in dataclasses.fields(cls)}
    assert not names & {"level", "grade", "severity", "score", "band", "category", "rating"}
    for path in (*assets.resource("text", "en-GB").glob("*.toml"), *assets.resource("instruments").glob("*")):
        words = path.read_text(encoding="utf-8").lower()
        assert not [said for said in NEVER_SAID if said in words], path.name


def test_nothing_for_an_employer_has_a_place_for_it() -> None:
    names = {field.name for field in dataclasses.fields(facts.EmployerSummaryFacts)}
    assert not [name for name in names if "risk" in name or "measure" in name or "safety" in name]


def test_a_score_says_nothing_about_risk(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    phq9(desk, participant, "000000003")
    [found] = [one for one in measures.measures(desk, participant) if one.code == "phq9"]
    assert (found.value, (found.band or "").rpartition(".")[2]) == (Decimal(3), "minimal")
    assert len(risk.open_ones(desk, participant)) == 1


def test_it_stands_at_the_session_until_it_is_done_and_not_where_nothing_may_be_said(
    desk: Desk, colleague: Callable[..., Desk], refer: Refer
) -> None:
    participant = refer().participant
    chair = colleague("Helen Carr", role="chair")
    phq9(desk, participant, "000000001")
    _session, item, discussion = session_with(desk, chair, participant)
    discussions.agree_to_discuss(desk, discussion, Topics.YES)
    [seen] = case_pages.view_case(desk, item).risks
    assert (seen.question, seen.open) == ("question 9", True)
    discussions.agree_to_discuss(desk, discussion, Topics.NO)
    assert case_pages.view_case(desk, item).risks == ()
    discussions.agree_to_discuss(desk, discussion, Topics.YES)
    risk.record(desk, seen.risk, risk.Talked("Asked; not now", "Call tomorrow"))
    assert case_pages.view_case(desk, item).risks == ()
