"""What would be embarrassing to get wrong about the service, read from every sentence and table that ships."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.tree import none
from workwell_desktop import assets
from workwell_desktop.catalogue import text

SENTENCES = sorted(assets.resource("text").rglob("*.toml")) + sorted(assets.resource("guide").rglob("*.md"))
TABLES = sorted(one for folder in ("services", "adjustments", "sites") for one in assets.resource(folder).glob("*.*"))

NEVER = {
    "the participant is no patient": r"\bpatients?\b",
    "nobody is graded by an answer about self-harm": (
        r"\b(low|medium|moderate|high)[ -](suicide )?risk\b|\brisk (level|score|grade)"
    ),
    "the offer that went live is Connect to Work": r"\bUniversal Support\b",
    "no paper looks like a fit note of the five professions": r"\bMed ?3\b|(?<!not a )\bstatement of fitness\b",
    "waiting days and the lower earnings limit are gone": r"\bwaiting days?\b|\blower earnings limit\b|£1\d\d\b",
    "the organisation's tool is for no one person": r"\bHSE (Management Standards )?Indicator\b",
    "leaving is no failure": r"\b(drop(ped)? out|dropouts?|failed to attend|did not engage|non-?complian\w+)\b",
    "papers are no test": r"\bfit(ness)? test\b|\bwork capability assessment\b",
    "the pilots are not the present": r"£64|\b59,000\b",
    "the standard for technology of 2021 was replaced": r"\bDTAC (v|version )?1\b",
    "wellbeing of the short scale is compared after conversion alone": r"\bS?WEMWBS\b",
}

HELD = {
    1: (
        "domain/test_site_packs.py",
        "test_error_1_the_pilots_are_not_the_present_and_another_area_is_a_file_and_no_code",
    ),
    2: (
        "services/signposting/test_directory.py",
        "test_the_offer_of_supported_employment_is_connect_to_work_and_its_note_says_what_it_is",
    ),
    3: ("domain/test_site_packs.py", "test_error_3_a_merged_body_names_its_successor_and_the_doubt"),
    4: ("services/employment/test_evidence.py", "test_error_4_nobody_needs_a_fit_note_to_be_helped"),
    5: ("services/employment/test_evidence.py", "test_errors_5_and_6_no_field_holds_pay_or_an_entitlement"),
    6: ("test_embarrassing.py", "test_error_6_what_is_paid_for_days_off_is_for_the_employer_to_say"),
    7: (
        "services/employment/test_advice.py",
        "test_error_7_a_draft_is_in_no_paper_unless_it_is_chosen_and_then_says_that_it_is_a_draft",
    ),
    8: ("services/employment/test_evidence.py", "test_error_8_a_fit_note_is_of_five_professions_alone"),
    9: ("test_embarrassing.py", "test_error_9_the_report_of_allied_health_professions_is_not_for_benefits"),
    10: ("services/paperwork/test_papers.py", "test_the_employer_never_sees_health_a_score_a_risk_or_another_agency"),
    11: ("services/assessing/test_risk_path.py", "test_it_never_grades_anybody"),
    12: ("instruments/test_wording.py", "test_the_lowest_answer_is_never_not_at_all_sure"),
    13: ("test_embarrassing.py", "test_error_13_no_form_adds_up_the_short_scale_of_wellbeing"),
    14: ("instruments/test_wording.py", "test_ons4_is_asked_in_its_order_and_has_no_total"),
    15: ("instruments/test_wording.py", "test_the_panel_and_the_score_have_codes_of_their_own"),
    16: ("domain/test_nhs_number.py", "test_ten_equal_digits_are_refused_even_where_the_sum_fits"),
    17: ("test_embarrassing.py", "test_nothing_that_ships_says_it"),
    18: (
        "services/coming_in/test_coming_in.py",
        "test_a_coach_is_named_and_error_18_being_given_a_coach_is_no_consent",
    ),
    19: ("test_embarrassing.py", "test_what_is_handed_over_says_that_it_is_no_assessment_for_benefits"),
    20: ("test_embarrassing.py", "test_civil_servants_are_not_sent_to_the_service_that_excludes_them"),
    21: ("instruments/test_wording.py", "test_audit_c_asks_in_uk_units_and_by_sex"),
    22: ("instruments/test_wording.py", "test_a_form_for_the_score_alone_asks_nothing_of_the_instrument"),
    23: ("test_embarrassing.py", "test_nothing_that_ships_says_it"),
    24: ("test_embarrassing.py", "test_the_program_does_not_go_by_the_name_of_the_service"),
    25: ("services/coming_in/test_coming_in.py", "test_error_25_nobody_is_called_a_patient_in_what_is_handed_out"),
}
"""Each of the 25, and the test that holds it first."""


def test_each_of_the_25_is_held_by_a_test_that_is_there() -> None:
    assert sorted(HELD) == list(range(1, 26))
    here = Path(__file__).parent
    none(
        f"{number}: {file} has no {name}"
        for number, (file, name) in HELD.items()
        if f"def {name}(" not in (here / file).read_text(encoding="utf-8")
    )


def said(path: Path) -> Iterator[tuple[int, str]]:
    """Lines, without what names a launch context of FHIR."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        yield number, line.replace("`%patient`", "")


@pytest.mark.parametrize("trap", NEVER)
def test_nothing_that_ships_says_it(trap: str) -> None:
    wrong = re.compile(NEVER[trap], re.IGNORECASE)
    none(
        f"{path.name}:{number} {trap}"
        for path in (*SENTENCES, *TABLES)
        for number, line in said(path)
        if wrong.search(line)
    )


@pytest.mark.parametrize(
    ("trap", "line"),
    [
        ("the participant is no patient", 'hint = "Ask the patient first."'),
        ("nobody is graded by an answer about self-harm", 'band = "High risk"'),
        ("leaving is no failure", 'reason = "Failed to attend"'),
    ],
)
def test_a_line_that_says_it_is_found(trap: str, line: str) -> None:
    assert re.search(NEVER[trap], line, re.IGNORECASE)


def test_civil_servants_are_not_sent_to_the_service_that_excludes_them() -> None:
    with assets.resource("services", "national.csv").open(encoding="utf-8", newline="") as lines:
        (found,) = (row for row in csv.reader(lines) if "Access to Work Mental Health Support Service" in row)
    assert any("Not open to civil servants" in field for field in found)


def test_what_is_handed_over_says_that_it_is_no_assessment_for_benefits() -> None:
    words = text("papers.plan.not_a_test")
    assert "not a benefits assessment and not a test of whether you are fit for work" in words


def test_the_program_does_not_go_by_the_name_of_the_service() -> None:
    brand = assets.table(assets.resource("brand.toml"))
    assert brand["name"] != "WorkWell"
    assert "not a government service" in str(brand)


def test_error_6_what_is_paid_for_days_off_is_for_the_employer_to_say() -> None:
    said = text("plan.pay_note")
    assert "for the employer to say" in said
    assert "Acas" in said


def test_error_9_the_report_of_allied_health_professions_is_not_for_benefits() -> None:
    assert "not for benefits" in str(assets.table(assets.resource("text", "en-GB", "absence.toml")))


def test_error_13_no_form_adds_up_the_short_scale_of_wellbeing() -> None:
    """Its raw sum stands against no norm without its table, so that it is in no library until that is there."""
    forms = sorted(assets.resource("instruments").glob("*.*"))
    assert len(forms) > 20
    none(one.name for one in forms if re.search(r"WEMWBS", one.read_text(encoding="utf-8"), re.IGNORECASE))
