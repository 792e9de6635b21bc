"""What a pack asks of everybody who comes in: words, where each no leads, and where a pack is wrong."""

import re
from pathlib import Path

import pytest

from workwell_desktop import assets
from workwell_desktop.domain.reference import load_services
from workwell_desktop.domain.site import Site
from workwell_desktop.domain.site_areas import areas
from workwell_desktop.domain.site_reading import check_sites, generic_pack, load_site
from workwell_desktop.domain.site_words import differences

TEXT = generic_pack().read_text(encoding="utf-8")
SOUNDS_LIKE_AN_ASSESSMENT = re.compile(
    r"\b(assess|assessment|claim|claimant|entitle\w*|capab\w*|fit for work|unfit|points|evidence of|prove|medical)\b",
    re.IGNORECASE,
)
PACKS = sorted(assets.resource("sites").glob("*.toml"))


def site_of(folder: Path, name: str, toml: str) -> tuple[str, ...]:
    pack = folder / f"{name}.toml"
    pack.write_text(toml, encoding="utf-8")
    (report,) = check_sites(pack)
    return tuple(f"{one.field}: {one.message}" for one in report.problems)


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_error_19_no_question_sounds_like_a_benefits_assessment(path: Path) -> None:
    site = load_site(path)
    assert site.eligibility
    for one in site.eligibility:
        assert not SOUNDS_LIKE_AN_ASSESSMENT.search(f"{one.question} {one.hint}")
        assert one.question.endswith("?")


def test_a_question_that_sounds_so_is_found() -> None:
    assert SOUNDS_LIKE_AN_ASSESSMENT.search("Are they capable of work?")


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_no_leads_to_a_service_that_there_is(path: Path) -> None:
    known = load_services()
    codes, needs = {one.code for one in known}, {one.area for one in known}
    for one in load_site(path).eligibility:
        assert set(one.services) <= codes
        assert set(one.areas) <= needs
        assert one.services or one.areas


def test_a_pack_may_draw_its_own_lines_and_the_change_is_said() -> None:
    manchester = load_site(assets.resource("sites", "greater_manchester.toml"))
    generic: Site = load_site(generic_pack())
    said = [one for one in differences(generic, manchester) if one.group == "eligibility"]
    assert [("Jobcentre" in one.now, "Jobcentre" in one.then) for one in said] == [(False, True)]
    assert len(areas()) >= 15


def test_a_question_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    wrong = TEXT.replace('services = ["adviceline"]\n', "", 1)
    assert wrong != TEXT
    (said,) = site_of(tmp_path, "nowhere", wrong)
    assert said.startswith("eligibility")
    assert "without saying where to" in said


def test_two_questions_of_one_code_are_refused_and_none_at_all_is_allowed(tmp_path: Path) -> None:
    assert "used twice" in site_of(tmp_path, "twice", TEXT.replace('code = "area"\n', 'code = "age"\n', 1))[0]
    first, last = TEXT.index("[[eligibility]]"), TEXT.index("# Answers that open the risk")
    assert site_of(tmp_path, "none", TEXT[:first] + TEXT[last:]) == ()


def test_the_age_that_the_date_of_birth_answers_is_never_below_the_service(tmp_path: Path) -> None:
    assert site_of(tmp_path, "young", TEXT.replace("least_age = 16", "least_age = 15", 1))
