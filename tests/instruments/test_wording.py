"""The published instruments: word for word, coded as LOINC codes them, and whoever may allow them has."""

import json
import tomllib
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire

from workwell_desktop import assets
from workwell_desktop.catalogue import has
from workwell_desktop.forms import check_form

FORMS = sorted(assets.resource("instruments").glob("*.json"))
RIGHTS = tomllib.loads(assets.resource("instruments", "rights.toml").read_text(encoding="utf-8"))
MEASURES = tomllib.loads(
    assets.resource("instruments", "measures.toml").read_text(encoding="utf-8"), parse_float=Decimal
)["measures"]
SCORE_ONLY = (
    "wsas-score",
    "whodas-12-score",
    "eq-5d-5l-score",
    "msk-hq-score",
    "start-msk-score",
    "orebro-short-score",
)
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"

# Patient Health Questionnaire and GAD-7, phqscreeners.com
PHQ_9 = (
    ("44250-9", "Little interest or pleasure in doing things"),
    ("44255-8", "Feeling down, depressed, or hopeless"),
    ("44259-0", "Trouble falling or staying asleep, or sleeping too much"),
    ("44254-1", "Feeling tired or having little energy"),
    ("44251-7", "Poor appetite or overeating"),
    ("44258-2", "Feeling bad about yourself — or that you are a failure or have let yourself or your family down"),
    ("44252-5", "Trouble concentrating on things, such as reading the newspaper or watching television"),
    (
        "44253-3",
        (
            "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or "
            "restless that you have been moving around a lot more than usual"
        ),
    ),
    ("44260-8", "Thoughts that you would be better off dead or of hurting yourself in some way"),
)
GAD_7 = (
    ("69725-0", "Feeling nervous, anxious or on edge"),
    ("68509-9", "Not being able to stop or control worrying"),
    ("69733-4", "Worrying too much about different things"),
    ("69734-2", "Trouble relaxing"),
    ("69735-9", "Being so restless that it is hard to sit still"),
    ("69689-8", "Becoming easily annoyed or irritable"),
    ("69736-7", "Feeling afraid as if something awful might happen"),
)
ANSWERS = [
    ("LA6568-5", "Not at all", 0),
    ("LA6569-3", "Several days", 1),
    ("LA6570-1", "More than half the days", 2),
    ("LA6571-9", "Nearly every day", 3),
]
FAMILY = {
    "phq-9": PHQ_9,
    "phq-8": PHQ_9[:8],
    "phq-2": PHQ_9[:2],
    "gad-7": GAD_7,
    "gad-2": GAD_7[:2],
    "phq-4": GAD_7[:2] + PHQ_9[:2],
}


def form(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(assets.resource("instruments", f"{name}.json").read_bytes())
    return found


def items(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for item in of.get("item", ()):
        assert item["linkId"] not in found
        found[item["linkId"]] = item
        below = items(item)
        assert not below.keys() & found.keys()
        found |= below
    return found


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_each_is_fhir_r4_and_ready_for_use(path: Path) -> None:
    Questionnaire.model_validate_json(path.read_bytes())
    report = check_form(path.read_bytes())
    assert (report.status, report.problems) == ("ready", ())


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_each_says_who_holds_it_and_uses_each_link_once(path: Path) -> None:
    found = form(path.stem)
    assert found["copyright"]
    assert found["url"] == f"https://workwell-desktop.example/forms/{path.stem}"
    assert items(found)


@pytest.mark.parametrize("name", FAMILY)
def test_questions_stand_word_for_word_with_their_codes(name: str) -> None:
    prefix = name.replace("-", "")
    known = items(form(name))
    for number, (code, words) in enumerate(FAMILY[name], 1):
        question = known[f"{prefix}-{number}"]
        assert question["text"] == words
        assert question["code"][0]["code"] == code
    assert f"{prefix}-{len(FAMILY[name]) + 1}" not in known


@pytest.mark.parametrize("name", FAMILY)
def test_the_four_answers_stand_word_for_word_and_count_0_to_3(name: str) -> None:
    prefix = name.replace("-", "")
    for number in range(1, len(FAMILY[name]) + 1):
        options = items(form(name))[f"{prefix}-{number}"]["answerOption"]
        found = [
            (
                option["valueCoding"]["code"],
                option["valueCoding"]["display"],
                next(each["valueDecimal"] for each in option["extension"] if each["url"] == ORDINAL),
            )
            for option in options
        ]
        assert found == ANSWERS


def test_the_lowest_answer_is_never_not_at_all_sure() -> None:
    for path in FORMS:
        if path.stem in FAMILY:
            assert "at all sure" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "panel", "total"),
    [
        ("phq-9", "44249-1", "44261-6"),
        ("gad-7", "69737-5", "70274-6"),
        ("phq-4", "69724-3", "70272-0"),
        ("phq-2", "55757-9", "55758-7"),
        ("phq-15", "69728-4", "70273-8"),
        ("audit-c", "72109-2", "75626-2"),
    ],
)
def test_the_panel_and_the_score_have_codes_of_their_own(name: str, panel: str, total: str) -> None:
    found = form(name)
    assert found["code"][0]["code"] == panel
    assert items(found)[f"{name.replace('-', '')}-total"]["code"][0]["code"] == total


def test_the_stem_asks_about_two_weeks() -> None:
    assert items(form("phq-9"))["phq9"]["text"] == (
        "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    )
    assert items(form("gad-7"))["gad7"]["text"] == (
        "Over the last 2 weeks, how often have you been bothered by the following problems?"
    )


def test_ons4_is_asked_in_its_order_and_has_no_total() -> None:
    found = form("ons4")
    links = [item["linkId"] for item in found["item"]]
    assert links == ["ons4-intro", "ons4-satisfied", "ons4-worthwhile", "ons4-happy", "ons4-anxious"]
    assert "calculatedExpression" not in json.dumps(found)


def test_our_own_rulers_say_that_they_are_not_tested_scales() -> None:
    for name in ("work-ability-ruler", "confidence-ruler", "importance-ruler"):
        assert "Our own ruler, not a tested scale." in json.dumps(form(name))
    known = items(form("work-and-health"))
    for link in ("wh-ability", "wh-confidence", "wh-importance"):
        assert known[f"{link}-help"]["text"] == "Our own ruler, not a tested scale."


def test_every_instrument_has_a_rights_record() -> None:
    assert {path.stem for path in FORMS} == set(RIGHTS)
    for name, rights in RIGHTS.items():
        assert rights["form"] == form(name)["url"]
        assert rights["class"] == ("C" if name in SCORE_ONLY else "A")
        assert rights["written_on"] >= date(2026, 1, 1)
        assert rights.get("page_read_on", date.max) >= rights["written_on"]
        assert all(rights[field] for field in ("title", "holder", "permitted", "proof", "text_source"))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure["code"])
def test_every_measure_names_a_number_of_a_form_and_its_parts(measure: dict[str, Any]) -> None:
    name = measure["form"].rsplit("/", 1)[1]
    known = items(form(name))
    assert known[measure["link_id"]]["type"] == ("decimal" if measure.get("places") else "integer")
    assert all(part in known for part in measure.get("parts", ()))
    assert measure["source"]
    assert measure["lowest"] < measure["highest"]


@pytest.mark.parametrize("measure", [each for each in MEASURES if "bands" in each], ids=lambda measure: measure["code"])
def test_bands_cover_the_whole_range_once_and_have_words(measure: dict[str, Any]) -> None:
    bands = measure["bands"]
    assert (bands[0]["low"], bands[-1]["high"]) == (measure["lowest"], measure["highest"])
    step = Decimal(1).scaleb(-measure.get("places", 0))
    for band, after in pairwise(bands):
        assert after["low"] == band["high"] + step
    assert all(has(f"measures.band.{band['key']}") for band in bands)


@pytest.mark.parametrize(
    ("code", "starts", "reliable", "caseness"),
    [
        ("phq9", [0, 5, 10, 15, 20], 6, 10),
        ("phq8", [0, 5, 10, 15, 20], None, 10),
        ("gad7", [0, 5, 10, 15], 4, 8),
        ("phq4", [0, 3, 6, 9], None, None),
        ("phq15", [0, 5, 10, 15], None, None),
        ("auditc", [0, 5, 8, 11], None, 5),
        ("wsas", [0, 10, Decimal("20.01")], 8, None),
        ("startmsk", [0, 5, 9], None, None),
    ],
)
def test_published_bands_and_changes(code: str, starts: list[int], reliable: int | None, caseness: int | None) -> None:
    (measure,) = [each for each in MEASURES if each["code"] == code]
    assert [band["low"] for band in measure["bands"]] == starts
    assert (measure.get("reliable"), measure.get("caseness")) == (reliable, caseness)
    assert measure["lower_is_better"] is True


def test_anxiety_of_ons4_runs_the_other_way() -> None:
    directions = {each["code"]: each["lower_is_better"] for each in MEASURES if each["code"].startswith("ons4")}
    assert directions == {
        "ons4_satisfied": False,
        "ons4_worthwhile": False,
        "ons4_happy": False,
        "ons4_anxious": True,
    }


# Patient Health Questionnaire, somatic symptoms (PHQ-15), phqscreeners.com, in British spelling
PHQ_15 = (
    ("69671-6", "Stomach pain"),
    ("69672-4", "Back pain"),
    ("69673-2", "Pain in your arms, legs, or joints (knees, hips, etc.)"),
    ("69674-0", "Menstrual cramps or other problems with your periods"),
    ("69675-7", "Headaches"),
    ("69676-5", "Chest pain"),
    ("69677-3", "Dizziness"),
    ("69678-1", "Fainting spells"),
    ("69679-9", "Feeling your heart pound or race"),
    ("69680-7", "Shortness of breath"),
    ("69717-7", "Pain or problems during sexual intercourse"),
    ("69681-5", "Constipation, loose bowels, or diarrhoea"),
    ("69682-3", "Nausea, gas, or indigestion"),
    ("69731-8", "Feeling tired or having low energy"),
    ("69732-6", "Trouble sleeping"),
)
NONE_TO_A_LOT = [("Not bothered at all", 0), ("Bothered a little", 1), ("Bothered a lot", 2)]


def weighed(question: dict[str, Any]) -> list[tuple[str, int]]:
    """Each answer with what it counts."""
    return [
        (
            option["valueCoding"]["display"],
            next(each["valueDecimal"] for each in option["extension"] if each["url"] == ORDINAL),
        )
        for option in question["answerOption"]
    ]


def test_phq_15_stands_word_for_word_and_counts_0_to_2() -> None:
    known = items(form("phq-15"))
    assert known["phq15"]["text"] == (
        "During the past 4 weeks, how much have you been bothered by any of the following problems?"
    )
    for number, (code, words) in enumerate(PHQ_15, 1):
        question = known[f"phq15-{number}"]
        assert (question["text"], question["code"][0]["code"]) == (words, code)
        does_not_apply = [("Does not apply to me", 0)] if number == 4 else []
        assert weighed(question) == NONE_TO_A_LOT + does_not_apply


def test_audit_c_asks_in_uk_units_and_by_sex() -> None:
    known = items(form("audit-c"))
    assert known["auditc-1"]["text"] == "How often do you have a drink containing alcohol?"
    assert known["auditc-2"]["text"] == (
        "How many units of alcohol do you drink on a typical day when you are drinking?"
    )
    assert known["auditc-3"]["text"] == (
        "How often have you had 6 or more units if female, or 8 or more if male, on a single occasion in the last year?"
    )
    assert "8 g" in known["auditc-2-help"]["text"]
    assert [words for words, _ in weighed(known["auditc-2"])] == ["0 to 2", "3 to 4", "5 to 6", "7 to 9", "10 or more"]
    for number in (1, 2, 3):
        assert [weight for _, weight in weighed(known[f"auditc-{number}"])] == [0, 1, 2, 3, 4]


def test_the_brief_icf_set_has_its_13_categories_and_no_title_of_the_who() -> None:
    known = items(form("icf-work-brief"))
    codes = {one["code"][0]["code"] for one in known.values() if "code" in one}
    assert codes == {
        *("d155", "d240", "d720", "d845", "d850", "d855"),
        *("e310", "e330", "e580", "e590"),
        *("b130", "b164", "b455"),
    }
    assert all("display" not in one["code"][0] for one in known.values() if "code" in one)
    for code in codes:
        offered = {option["valueCoding"]["code"] for option in known[f"icf-{code}"]["answerOption"]}
        assert {"0", "8", "9"} < offered
        assert ("+4" in offered) is code.startswith("e")
        assert ("4" in offered) is not code.startswith("e")
    assert "calculatedExpression" not in json.dumps(form("icf-work-brief"))


@pytest.mark.parametrize("name", SCORE_ONLY)
def test_a_form_for_the_score_alone_asks_nothing_of_the_instrument(name: str) -> None:
    found = form(name)
    asked = [item for item in items(found).values() if item["type"] not in ("display", "group")]
    (why,) = (item for item in asked if item["linkId"].endswith("-no-score"))
    assert why["required"]
    asked.remove(why)
    assert {item["type"] for item in asked} <= {"integer", "decimal", "string"}
    assert not any("answerOption" in item for item in asked)
    assert "its questions are not in this program" in found["copyright"]
    assert "©" in found["copyright"]
    # a question would say "you"; what to enter does not
    assert not [item["text"] for item in items(found).values() if " you " in f" {item['text'].lower()} "]


@pytest.mark.parametrize(
    ("code", "lowest", "highest", "lower_is_better"),
    [
        ("phq9", 0, 27, True),
        ("phq15", 0, 30, True),
        ("gad7", 0, 21, True),
        ("auditc", 0, 12, True),
        ("loneliness", 3, 9, True),
        ("wsas", 0, 40, True),
        ("whodas12", 0, 100, True),
        ("eq5d_vas", 0, 100, False),
        ("mskhq", 0, 56, False),
        ("startmsk", 0, 12, True),
        ("orebro", 1, 100, True),
        ("work_ability", 0, 10, False),
        ("pain_average", 0, 10, True),
        ("goals", 0, 100, False),
    ],
)
def test_ranges_and_directions(code: str, lowest: int, highest: int, lower_is_better: bool) -> None:
    (measure,) = [each for each in MEASURES if each["code"] == code]
    assert (measure["lowest"], measure["highest"], measure["lower_is_better"]) == (lowest, highest, lower_is_better)


def test_a_meaningful_change_is_never_called_reliable() -> None:
    assert not [each["code"] for each in MEASURES if "reliable" in each and "meaningful" in each]
    assert {each["code"] for each in MEASURES if "reliable" in each} == {"phq9", "gad7", "wsas"}


def test_spelling_is_british() -> None:
    american = ("diarrhea", "behavior", "organize", "color", "labor ", "center")
    for path in FORMS:
        for item in items(form(path.stem)).values():
            shown = [item["text"], *(option["valueCoding"]["display"] for option in item.get("answerOption", ()))]
            assert not [words for words in shown if any(word in words.lower() for word in american)], path.stem
