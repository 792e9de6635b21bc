"""The packs of the areas: each is ready, says only what differs, and is data alone."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workwell_desktop import assets
from workwell_desktop.domain.participants import Evidence, WorkStatus
from workwell_desktop.domain.plans import PlanType
from workwell_desktop.domain.site import EvidenceStart
from workwell_desktop.domain.site_merging import OWN, merged, over
from workwell_desktop.domain.site_reading import SiteProblem, check_sites, generic_pack, load_site, read_site
from workwell_desktop.errors import SiteInvalid

FOLDER = assets.resource("sites")
GENERIC = load_site(generic_pack())
AREAS = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != "generic")

ODS = {
    "birmingham_and_solihull": "QHL",
    "black_country": "QUA",
    "bristol_north_somerset_south_glos": "QUY",
    "cambridgeshire_and_peterborough": "QUE",
    "cornwall_and_the_isles_of_scilly": "QT6",
    "coventry_and_warwickshire": "QWU",
    "frimley": "QNQ",
    "greater_manchester": "QOP",
    "herefordshire_and_worcestershire": "QGH",
    "lancashire_and_south_cumbria": "QE1",
    "leicester_leicestershire_rutland": "QK1",
    "north_central_london": "QMJ",
    "north_west_london": "QRV",
    "south_yorkshire": "QF7",
    "surrey_heartlands": "QXU",
}
MERGED = {
    "cambridgeshire_and_peterborough": "Central East",
    "frimley": "Thames Valley",
    "north_central_london": "North West London",
    "north_west_london": "North Central London",
    "surrey_heartlands": "Surrey and Sussex",
}
FIT_NOTE_FIRST = {"birmingham_and_solihull", "coventry_and_warwickshire"}
NO_FIT_NOTE = {"cornwall_and_the_isles_of_scilly", "lancashire_and_south_cumbria"}
HEAD = 'extends = "generic"\ncode = "here"\nname = "Here"\nversion = "1"\n'


def problems_of(folder: Path, toml: str) -> tuple[SiteProblem, ...]:
    pack = folder / "here.toml"
    pack.write_text(toml, encoding="utf-8")
    return check_sites(pack)[0].problems


@pytest.mark.parametrize("code", AREAS)
def test_the_pack_of_an_area_is_ready_and_is_named_as_its_file(code: str) -> None:
    site = load_site(FOLDER / f"{code}.toml")
    assert site.code == code
    assert site.name != GENERIC.name
    assert site.differs
    assert site.clock_for(WorkStatus.OFF_SICK).weeks > 0


def test_the_fifteen_areas_of_the_statement_have_a_pack_each() -> None:
    assert {code: load_site(FOLDER / f"{code}.toml").ods_code for code in AREAS} == ODS
    assert len({load_site(FOLDER / f"{code}.toml").name for code in AREAS}) == len(ODS)


@pytest.mark.parametrize("code", AREAS)
def test_a_pack_of_an_area_holds_only_what_differs(code: str) -> None:
    written = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    base = tomllib.loads(generic_pack().read_text(encoding="utf-8"))
    assert written["extends"] == "generic"
    said = {key: value for key, value in written.items() if key not in OWN}
    assert over(base, said) != base or not said
    assert not {"roles", "risk", "crisis"} & set(said)


@pytest.mark.parametrize("code", [*AREAS, "generic"])
def test_no_pack_claims_the_name_or_the_mark_of_a_public_body(code: str) -> None:
    site = load_site(FOLDER / f"{code}.toml")
    on_papers = " ".join((site.service.name, site.service.controller, site.service.web, site.service.email))
    assert not re.search(r"\b(NHS|DWP|DHSC|Jobcentre|Crown|gov\.uk)\b", on_papers, re.IGNORECASE)


# What it would be embarrassing to get wrong


def test_error_1_the_pilots_are_not_the_present_and_another_area_is_a_file_and_no_code(tmp_path: Path) -> None:
    assert all("all of England" in " ".join(load_site(FOLDER / f"{code}.toml").differs) for code in AREAS)
    another = tmp_path / "somewhere_else.toml"
    another.write_text(HEAD.replace("here", "somewhere_else").replace("Here", "Somewhere else"), encoding="utf-8")
    (report,) = check_sites(tmp_path)
    assert (report.name, report.status) == ("Somewhere else", "ready")
    assert load_site(another).roles == GENERIC.roles


def test_error_1_no_area_is_named_in_the_program() -> None:
    names = [load_site(FOLDER / f"{code}.toml").name for code in AREAS]
    words = re.compile(r"\b(" + "|".join(re.escape(word) for word in [*AREAS, *names, *ODS.values()]) + r")\b")
    package = Path(assets.__file__).parent
    found = [
        path.name
        for path in package.rglob("*.py")
        if not {"_ui", "_resources"} & set(path.parts) and words.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(("code", "into"), MERGED.items())
def test_error_3_a_merged_body_names_its_successor_and_the_doubt(code: str, into: str) -> None:
    site = load_site(FOLDER / f"{code}.toml")
    assert site.successor is not None
    assert into in site.successor
    assert "1 April 2027" in " ".join(site.differs)


def test_error_3_no_successor_is_made_up() -> None:
    assert {code for code in AREAS if load_site(FOLDER / f"{code}.toml").successor} == set(MERGED)


@pytest.mark.parametrize("code", AREAS)
def test_error_4_only_the_four_pilots_have_a_rule_about_fit_notes_and_two_ask_for_none(code: str) -> None:
    site = load_site(FOLDER / f"{code}.toml")
    expected = (
        EvidenceStart.FIT_NOTE_FIRST
        if code in FIT_NOTE_FIRST
        else EvidenceStart.NO_FIT_NOTE
        if code in NO_FIT_NOTE
        else EvidenceStart.ANY
    )
    assert site.evidence.start is expected
    assert ("pilot" in site.evidence.words) is (code in FIT_NOTE_FIRST | NO_FIT_NOTE)
    assert {Evidence.PILOT_PLAN, Evidence.NONE} < set(Evidence)


def test_only_the_limits_that_were_read_differ_from_the_generic_pack() -> None:
    weeks = {
        code: tuple(clock.weeks for clock in load_site(FOLDER / f"{code}.toml").clocks.values())
        for code in [*AREAS, "generic"]
    }
    assert weeks["north_central_london"] == (8, 12, 16)
    assert weeks["lancashire_and_south_cumbria"] == (12, 12, 12)
    assert {weeks[code] for code in AREAS if code != "lancashire_and_south_cumbria"} == {weeks["generic"]}


def test_the_names_of_plans_are_the_areas_own() -> None:
    site = load_site(FOLDER / "north_central_london.toml")
    assert [rule.label for rule in site.plans.values()] == ["Thrive at work", "Return to work", "Seek work"]
    assert site.plans[PlanType.RETURN_TO_WORK].required == GENERIC.plans[PlanType.RETURN_TO_WORK].required


# Packs that extend another

TABLES = st.recursive(
    st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=3),
    lambda below: st.dictionaries(st.sampled_from("abc"), below, max_size=3),
    max_leaves=8,
)
PACKS = st.dictionaries(st.sampled_from("abc"), TABLES, max_size=3)


def leaves(value: Any, before: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    if not isinstance(value, dict) or not value:
        return {before: value}
    return {path: leaf for key, below in value.items() for path, leaf in leaves(below, (*before, key)).items()}


def at(value: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


@given(PACKS)
def test_a_pack_over_nothing_over_itself_and_under_nothing_is_itself(pack: dict[str, Any]) -> None:
    assert over({}, pack) == over(pack, pack) == over(pack, {}) == pack


@given(PACKS, PACKS)
def test_everything_that_a_pack_says_holds_and_the_rest_is_as_underneath(
    below: dict[str, Any], above: dict[str, Any]
) -> None:
    before = (repr(below), repr(above))
    found = over(below, above)
    for path, value in leaves(above).items():
        if value != {}:
            assert at(found, path) == value
    said = set(leaves(above))
    for path, value in leaves(below).items():
        if not any(path[: len(one)] == one or one[: len(path)] == path for one in said):
            assert at(found, path) == value
    assert over(found, above) == found
    assert (repr(below), repr(above)) == before


@given(st.sampled_from(sorted(tomllib.loads(generic_pack().read_text(encoding="utf-8")))))
def test_who_a_pack_is_is_never_taken_from_underneath(key: str) -> None:
    found = merged({"extends": "generic", "noun": {"one": "patient"}})
    assert (key in found) is (key not in OWN)
    assert found["noun"] == {"one": "patient", "many": "participants"}


def test_a_pack_that_says_only_who_it_is_is_the_generic_one() -> None:
    site = read_site(HEAD.encode(), "here.toml")
    assert (site.code, site.name, site.differs) == ("here", "Here", ())
    for name in ("noun", "service", "roles", "quorum", "agenda", "clocks", "pace", "plans", "risk", "crisis"):
        assert getattr(site, name) == getattr(GENERIC, name)


@pytest.mark.parametrize(
    ("more", "field", "line"),
    [
        ("\n[pace]\nsession_minutes = 1\n", "pace.session_minutes", 7),
        ("\n[clocks.off_sick]\nweks = 3\n", "clocks.off_sick.weks", 7),
        ('\n[roles.coach]\nmay = [\n    "assess",\n    "asses",\n]\n', "roles.coach.may[1]", 9),
        ('\n[first_person]\nroles = ["couch"]\n', "first_person.roles[0]", 7),
        ("\n[clocks.away]\nlabel = 'Away'\nweeks = 3\nstatuses = ['off_sick']\n", "clocks.away.statuses[0]", 9),
        ('\n[[crisis]]\ncode = "danger"\nlabel = "D"\nnumber = "999"\nhow = "Call."\n', "crisis", 6),
        ('\n[evidence]\nstart = "never"\n', "evidence.start", 7),
        ("\nclocks = 3\n", "clocks", 6),
        ('\nfriend = "x"\n', "friend", 6),
    ],
)
def test_a_wrong_line_is_named_on_the_packs_own_line(tmp_path: Path, more: str, field: str, line: int) -> None:
    rows = [(each.field, each.line) for each in problems_of(tmp_path, HEAD + more)]
    assert (field, line) in rows


@pytest.mark.parametrize(
    ("toml", "fields"),
    [
        (HEAD.replace("generic", "black_country"), ["extends"]),
        (HEAD.replace('"generic"', "1"), ["extends"]),
        ('extends = "generic"\n', ["code", "name", "version"]),
    ],
)
def test_a_pack_must_say_who_it_is_and_may_stand_only_on_the_generic_one(
    tmp_path: Path, toml: str, fields: list[str]
) -> None:
    assert [each.field for each in problems_of(tmp_path, toml)] == fields


def test_bytes_are_read_as_a_file_is() -> None:
    with pytest.raises(SiteInvalid) as refused:
        read_site(HEAD.encode() + b"\n[pace]\nsession_minutes = 1\n", "own.toml")
    (problem,) = refused.value.problems
    assert isinstance(problem, SiteProblem)
    assert (problem.file, problem.line) == ("own.toml", 7)
    for data in (b"\xff", b"a = [[[", b"#" * 1_000_001):
        with pytest.raises(SiteInvalid):
            read_site(data, "own.toml")
