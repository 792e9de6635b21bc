"""Our own conversation about work and health: six pages, what is asked when, and a tone that nobody need fear."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from workwell_desktop import assets
from workwell_desktop.domain.participants import Need, WorkStatus
from workwell_desktop.domain.site_reading import generic_pack, load_site
from workwell_desktop.domain.values import Coding, PartialDate
from workwell_desktop.forms import Form, Run, compile_form

SOURCE = assets.resource("instruments", "work-and-health.json").read_bytes()
WORDS = ("text", "display", "title", "description", "purpose")
SYSTEM = "https://workwell-desktop.example/codes/work-and-health"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def form() -> Form:
    return compile_form(SOURCE)


@pytest.fixture
def run(form: Form) -> Run:
    return Run(form, now=NOW)


def coded(code: str) -> Coding:
    return Coding(SYSTEM, code)


def written() -> list[str]:
    """Every word that somebody reads in it."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.extend(
                str(node[key]) for key in ("text", "display", "title", "description", "purpose") if key in node
            )
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(json.loads(SOURCE))
    return found


def test_it_has_six_pages(form: Form) -> None:
    assert [page.title for page in form.pages] == [
        "Work now",
        "What the job asks and what I can do now",
        "My health and how I manage",
        "What gets in the way",
        "Home and money",
        "What matters to me",
    ]


def test_it_asks_at_least_forty_questions_and_requires_one(form: Form) -> None:
    questions = [item for item in form.items if item.is_question]
    assert len(questions) >= 40
    assert [item.link_id for item in questions if item.required] == ["wh-status"]


def test_at_least_eight_questions_depend_on_answers_in_every_way_there_is(form: Form) -> None:
    conditions = [condition for item in form.items for condition in item.conditions]
    assert len([item for item in form.items if item.conditions]) >= 8
    assert {condition.operator for condition in conditions} >= {"=", "!=", "exists", ">", "<"}
    assert {item.any_condition for item in form.items if len(item.conditions) > 1} == {True, False}
    assert b"sdc-questionnaire-enableWhenExpression" in SOURCE


@pytest.mark.parametrize(
    ("status", "asked", "left_out"),
    [
        (
            "off_sick",
            {"wh-off-since", "wh-evidence", "wh-hours-usual", "wh-employer"},
            {"wh-out-since", "wh-hours-now"},
        ),
        ("working", {"wh-hours-usual", "wh-hours-now"}, {"wh-off-since", "wh-employer", "wh-out-since"}),
        ("struggling", {"wh-hours-now", "wh-employer", "wh-obs-work"}, {"wh-off-since", "wh-obs-search"}),
        (
            "out_of_work",
            {"wh-out-since", "wh-obs-search", "wh-demands-think"},
            {"wh-hours-usual", "wh-obs-work", "wh-tried", "wh-employer"},
        ),
        ("rather-not", {"wh-job", "wh-matters"}, {"wh-off-since", "wh-out-since", "wh-hours-usual"}),
    ],
)
def test_what_is_asked_follows_from_how_things_are(run: Run, status: str, asked: set[str], left_out: set[str]) -> None:
    run.answer("wh-status", coded(status))
    enabled = set(run.enabled())
    assert asked <= enabled
    assert not left_out & enabled


def test_a_fit_note_is_asked_until_when(run: Run) -> None:
    run.answer("wh-status", coded("off_sick"))
    assert "wh-evidence-until" not in run.enabled()
    run.answer("wh-evidence", coded("fit_note"))
    assert "wh-evidence-until" in run.enabled()
    run.answer("wh-status", coded("working"))
    assert "wh-evidence-until" not in run.enabled()


def test_what_to_sort_out_first_is_asked_when_something_is_hard(run: Run) -> None:
    run.answer("wh-d-lift", coded("some"))
    assert "wh-hardest" not in run.enabled()
    run.answer("wh-d-sit", coded("cannot"))
    assert "wh-hardest" in run.enabled()
    run.answer("wh-d-sit", None)
    assert "wh-hardest" not in run.enabled()


@pytest.mark.parametrize(("pain", "asked"), [(None, False), (0, False), (1, True), (10, True)])
def test_what_pain_stops_is_asked_from_one_on(run: Run, pain: int | None, asked: bool) -> None:
    run.answer("wh-pain", pain)
    assert ("wh-pain-does" in run.enabled()) is asked


@pytest.mark.parametrize(("sure", "asked"), [(None, False), (4, True), (8, False)])
def test_what_would_help_is_asked_below_eight(run: Run, sure: int | None, asked: bool) -> None:
    run.answer("wh-confidence", sure)
    assert ("wh-confidence-up" in run.enabled()) is asked


def test_nothing_so_far_is_not_asked_how_it_went(run: Run) -> None:
    run.answer("wh-status", coded("struggling"))
    assert "wh-tried-how" not in run.enabled()
    run.answer("wh-tried", (coded("hours"), coded("support")))
    assert "wh-tried-how" in run.enabled()
    run.answer("wh-tried", (coded("nothing"),))
    assert "wh-tried-how" not in run.enabled()


def test_none_of_these_stands_alone(run: Run) -> None:
    run.answer("wh-status", coded("working"))
    run.answer("wh-affects", (coded("none"), coded("mood")))
    assert [issue.code for issue in run.issues()] == ["exclusiveAnswerOption"]


@pytest.mark.parametrize(
    ("hours", "codes"), [("0", []), ("37.5", []), ("100", []), ("100.5", ["maxValue"]), ("-1", ["minValue"])]
)
def test_hours_run_from_0_to_100(run: Run, hours: str, codes: list[str]) -> None:
    run.answer("wh-status", coded("working"))
    run.answer("wh-hours-usual", Decimal(hours))
    assert [issue.code for issue in run.issues()] == codes


def test_a_day_to_come_cannot_be_the_first_day_off(run: Run) -> None:
    run.answer("wh-status", coded("off_sick"))
    run.answer("wh-off-since", PartialDate(2026, 11, 24))
    assert run.issues() == []
    run.answer("wh-off-since", PartialDate(2026, 11, 25))
    assert len(run.issues()) == 1


def test_a_rough_date_is_enough(run: Run) -> None:
    run.answer("wh-status", coded("off_sick"))
    run.answer("wh-off-since", PartialDate(2026, 9))
    assert run.issues() == []


def test_obstacles_in_own_words_may_be_many(run: Run) -> None:
    other = run.add_repeat("wh-obs").partition("/")[0]
    first = next(row.path for row in run.rows() if row.path.endswith("/wh-obs-text"))
    run.answer(first, "The stairs")
    run.answer(f"{other}/wh-obs-text", "No lift")
    assert sum(1 for path in run.enabled() if path.startswith("wh-obs-kind")) == 2


def test_every_sensitive_question_may_be_left_with_rather_not_say() -> None:
    known = {item["linkId"]: item for page in json.loads(SOURCE)["item"] for item in page["item"]}
    for link in ("wh-status", "wh-employer", "wh-affects", "wh-sleep", "wh-safe", "wh-home", "wh-caring", "wh-money"):
        assert "rather-not" in {option["valueCoding"]["code"] for option in known[link]["answerOption"]}, link


def test_codes_of_the_form_are_those_of_the_record(form: Form) -> None:
    status = {option.value.code for option in next(i for i in form.items if i.link_id == "wh-status").options}
    assert set(WorkStatus) <= status
    needs = {option.value.code for option in next(i for i in form.items if i.link_id == "wh-needs").options}
    assert needs - {"none"} <= set(Need)


def test_the_question_about_being_safe_opens_a_conversation() -> None:
    site = load_site(generic_pack())
    url = json.loads(SOURCE)["url"]
    assert [code for code in ("yes", "unsure", "no", "rather-not") if site.trigger_for(url, "wh-safe", code)] == [
        "unsure",
        "no",
    ]


def test_it_never_sounds_like_a_test_or_a_form_about_benefits() -> None:
    forbidden = re.compile(
        r"\b(claimant|compliance|capability|entitle\w*|sanction\w*|failed|intervention|patient|client|suffer\w*|unfit)\b",
        re.I,
    )
    assert [words for words in written() if forbidden.search(words)] == []


def test_sentences_are_short() -> None:
    sentences = [part for words in written() for part in re.split(r"(?<=[.?!])\s+", words)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []


@pytest.mark.parametrize(
    ("part", "links"),
    [
        ("work situation", {"wh-status", "wh-job", "wh-contract", "wh-pattern", "wh-where", "wh-pay", "wh-oh"}),
        ("job demands", {"wh-demands", "wh-d-strain", "wh-d-drive", "wh-d-times", "wh-others-safe", "wh-tried"}),
        ("obstacles", {"wh-obs-person", "wh-obs-work", "wh-obs-search", "wh-obs-around", "wh-obs"}),
        ("function", {"wh-function", "wh-f-move", "wh-f-mind", "wh-ability", "wh-sleep", "wh-pain", "wh-treatment"}),
        ("home and money", {"wh-home", "wh-caring", "wh-money", "wh-housing", "wh-lean"}),
        ("strengths", {"wh-strengths", "wh-good-at", "wh-goes-well", "wh-helped"}),
        ("what matters", {"wh-matters", "wh-want", "wh-importance", "wh-confidence", "wh-first-step"}),
        ("communication needs", {"wh-needs", "wh-needs-more", "wh-language", "wh-contact", "wh-contact-when"}),
    ],
)
def test_each_part_of_the_conversation_is_there(form: Form, part: str, links: set[str]) -> None:
    assert links <= set(form.index), part


def test_obstacles_at_work_cover_the_six_standards_of_the_hse(form: Form) -> None:
    """Demands, control, support, relationships, role and change (Management Standards)."""
    codes = {option.value.code for option in form.index["wh-obs-work"].options}
    assert {"workload", "say", "support", "manager", "role", "change"} <= codes


def test_pay_while_off_is_asked_of_nobody_else(run: Run) -> None:
    for status, asked in (("off_sick", True), ("working", False), ("out_of_work", False)):
        run.answer("wh-status", coded(status))
        assert ("wh-pay" in run.enabled()) is asked


def test_no_question_of_the_first_version_was_taken_out_or_means_something_else(form: Form) -> None:
    """Answers on version 1.0 stand beside the same questions of 1.1, and measures go on over both."""
    first = set(FIRST_VERSION.split())
    assert form.version == "1.1"
    assert first <= {item.link_id for item in form.items if item.is_question}


FIRST_VERSION = """
wh-status wh-job wh-hours-usual wh-hours-now wh-off-since wh-evidence wh-evidence-until wh-out-since wh-left-health
wh-employer wh-ability wh-d-stand wh-d-sit wh-d-lift wh-d-hands wh-d-focus wh-d-people wh-d-pace wh-d-travel
wh-hardest wh-goes-well wh-tried wh-tried-how wh-health wh-affects wh-affects-other wh-pain wh-pain-does wh-sleep
wh-f-ready wh-f-home wh-f-out wh-f-people wh-f-enjoy wh-varies wh-good-days wh-helpers wh-waiting wh-waiting-what
wh-safe wh-obs-person wh-obs-work wh-obs-search wh-obs-around wh-obs-text wh-obs-kind wh-obs-easier wh-helped wh-home
wh-caring wh-caring-hours wh-money wh-money-help wh-housing wh-lean wh-matters wh-good-at wh-want wh-importance
wh-confidence wh-confidence-up wh-needs wh-language
"""
"""The questions of version 1.0."""
