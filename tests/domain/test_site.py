"""Site packs: the generic one is in order, and a wrong one is named by file, line and field."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from workwell_desktop import assets
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import PlanType, SignatoryRole
from workwell_desktop.domain.schema import faults
from workwell_desktop.domain.site import Site
from workwell_desktop.domain.site_reading import SiteProblem, check_sites, generic_pack, load_site
from workwell_desktop.errors import SiteInvalid

TEXT = generic_pack().read_text(encoding="utf-8")
SCHEMA: dict[str, Any] = json.loads(assets.resource("schemas", "site.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(generic_pack())


def problems_of(folder: Path, toml: str) -> tuple[SiteProblem, ...]:
    pack = folder / "here.toml"
    pack.write_text(toml, encoding="utf-8")
    (report,) = check_sites(pack)
    assert (report.status == "ready") is not report.problems
    return report.problems


def without_table(name: str, code: str) -> str:
    """The generic pack without one ``[[name]]`` whose code is ``code``."""
    left, count = re.subn(rf'\[\[{re.escape(name)}\]\]\ncode = "{code}"\n(?:[^\[\n].*\n)*', "", TEXT)
    assert count == 1
    return left


def line_number(toml: str, begins: str) -> int:
    return next(number for number, line in enumerate(toml.splitlines(), 1) if line.startswith(begins))


def test_every_shipped_pack_is_ready() -> None:
    reports = check_sites(assets.resource("sites"))
    assert [report.problems for report in reports] == [()] * len(reports)
    assert {report.name for report in reports} >= {"A WorkWell partnership"}


def test_the_first_person_is_administrator_and_coach(site: Site) -> None:
    assert site.first_person == ("administrator", "coach")
    assert site.allows(site.first_person, Act.MANAGE_PEOPLE)
    assert site.allows(site.first_person, Act.ASSESS)


def test_every_act_may_be_done_by_somebody(site: Site) -> None:
    assert [act for act in Act if not site.allows(site.roles, act)] == []


@pytest.mark.parametrize(
    ("role", "act", "kind", "allowed"),
    [
        ("administrator", Act.READ, "person", True),
        ("administrator", Act.READ, "participant", False),
        ("administrator", Act.READ_SCORES, None, False),
        ("coach", Act.LOCK_SESSION, None, False),
        ("coach", Act.DISCLOSE, None, False),
        ("chair", Act.LOCK_SESSION, "session", True),
        ("coordinator", Act.READ, "response", False),
        ("coordinator", Act.READ, "agenda_item", True),
        ("observer", Act.READ, "participant", False),
        ("nobody_here", Act.READ, None, False),
    ],
)
def test_the_table_of_roles_acts_and_kinds(site: Site, role: str, act: Act, kind: str | None, allowed: bool) -> None:
    assert site.allows([role], act, kind) is allowed


def test_several_roles_add_up(site: Site) -> None:
    assert site.allows(["observer", "chair"], Act.LOCK_SESSION)
    assert not site.allows([], Act.READ)


def test_only_clinicians_sign_as_clinicians(site: Site) -> None:
    assert site.may_sign_as(["clinician"], SignatoryRole.CLINICIAN)
    assert not site.may_sign_as(["coach", "team_lead"], SignatoryRole.CLINICIAN)


def test_a_plan_for_going_back_asks_for_a_clinician(site: Site) -> None:
    assert SignatoryRole.CLINICIAN in site.plans[PlanType.RETURN_TO_WORK].required
    assert SignatoryRole.CLINICIAN not in site.plans[PlanType.SEEK_WORK].required


@pytest.mark.parametrize("status", list(WorkStatus))
def test_every_work_situation_has_a_clock_and_a_plan(site: Site, status: WorkStatus) -> None:
    assert site.clock_for(status).weeks > 0
    assert status in site.plan_for(status).statuses


@pytest.mark.parametrize(("answer", "opens"), [("LA6568-5", False), ("LA6569-3", True), ("LA6571-9", True)])
def test_any_answer_but_not_at_all_opens_the_risk_conversation(site: Site, answer: str, opens: bool) -> None:
    url = "https://workwell-desktop.example/forms/phq-9"
    assert (site.trigger_for(f"{url}|1.0", "phq9-9", answer) is not None) is opens
    assert site.trigger_for(url, "phq9-8", answer) is None


def test_the_four_crisis_lines_are_in_the_pack(site: Site) -> None:
    assert [line.number for line in site.crisis] == ["999", "111, option 2", "116 123", "85258"]


@pytest.mark.parametrize("code", ["danger", "mental_health", "listening", "text"])
def test_a_pack_without_a_crisis_line_is_refused(tmp_path: Path, code: str) -> None:
    (problem,) = problems_of(tmp_path, without_table("crisis", code))
    assert problem.field == "crisis"
    assert code in problem.message


@pytest.mark.parametrize(("number", "wrong"), [('"999"', '"112"'), ('"116 123"', '"116 132"'), ('"85258"', '"85285"')])
def test_a_crisis_line_with_another_number_is_refused(tmp_path: Path, number: str, wrong: str) -> None:
    assert [each.field for each in problems_of(tmp_path, TEXT.replace(f"number = {number}", f"number = {wrong}"))] == [
        "crisis"
    ]


def test_a_pack_in_which_question_9_opens_nothing_is_refused(tmp_path: Path) -> None:
    toml = TEXT.replace('answers = ["LA6569-3", "LA6570-1", "LA6571-9"]', 'answers = ["LA6571-9"]')
    (problem,) = problems_of(tmp_path, toml)
    assert problem.field == "risk.triggers"


@pytest.mark.parametrize(
    ("old", "new", "field", "at"),
    [
        ("session_minutes = 75", 'session_minutes = "75"', "pace.session_minutes", "session_minutes"),
        ("weeks = 12", "weeks = 0", "clocks.off_sick.weeks", "weeks = 0"),
        ("clinicians = 1", "clinicans = 1", "quorum.clinicans", "clinicans"),
        ('    "assess",\n', '    "asess",\n', "roles.coach.may[11]", '    "asess"'),
        ('"read:referral"', '"read:referal"', "roles.coordinator.may[2]", '    "read:referal"'),
        (
            'roles = ["administrator", "coach"]',
            'roles = ["administrator", "couch"]',
            "first_person.roles[1]",
            "roles =",
        ),
        ('roles = ["administrator", "coach"]', 'roles = ["coach"]', "first_person.roles", "roles ="),
        (
            'statuses = ["off_sick"]\n\n[clocks.out',
            'statuses = ["working"]\n\n[clocks.out',
            "clocks",
            "[clocks.in_work]",
        ),
        ('code = "own_team"', 'code = "emergency"', "risk.steps[3].code", 'code = "emergency"'),
        ('why = "carried_over"', 'why = "risk"', "agenda[1].why", 'why = "risk"'),
        ('email = "hello@workandhealth.example"', 'email = "hello"', "service.email", "email"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, old: str, new: str, field: str, at: str) -> None:
    assert old in TEXT
    toml = TEXT.replace(old, new, 1)
    named = {problem.field: problem for problem in problems_of(tmp_path, toml)}
    assert field in named
    lines = toml.splitlines()
    line = named[field].line
    assert line is not None
    if at == 'code = "emergency"':
        line_of_second = [n for n, text in enumerate(lines, 1) if text == at][1]
        assert line == line_of_second
    else:
        assert lines[line - 1].startswith(at)
    assert named[field].file.endswith("here.toml")


def test_a_participant_left_out_of_the_signatures_is_refused(tmp_path: Path) -> None:
    toml = TEXT.replace('required = ["coach", "clinician", "participant"]', 'required = ["coach", "clinician"]')
    (problem,) = problems_of(tmp_path, toml)
    assert problem.field == "plans.return_to_work.required"


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    toml = TEXT.replace("[noun]", "[nouns]")
    assert [problem.field for problem in problems_of(tmp_path, toml)] == ["noun", "nouns"]


def test_broken_toml_is_named_by_its_line(tmp_path: Path) -> None:
    toml = TEXT.replace("clinicians = 1", "clinicians = ")
    (problem,) = problems_of(tmp_path, toml)
    assert problem.line == line_number(toml, "clinicians = ")


def test_a_letter_that_is_not_utf8_is_named_by_its_line(tmp_path: Path) -> None:
    pack = tmp_path / "latin.toml"
    pack.write_bytes('code = "x"\nname = "Caf\xe9"\n'.encode("latin-1"))
    (report,) = check_sites(pack)
    assert [(problem.line, problem.field) for problem in report.problems] == [(2, "")]


def test_a_file_that_is_not_there_and_a_folder_without_packs_are_refused(tmp_path: Path) -> None:
    assert [report.status for report in check_sites(tmp_path / "none.toml")] == ["refused"]
    assert [report.status for report in check_sites(tmp_path)] == ["refused"]


def test_a_folder_is_checked_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.toml").write_text("", encoding="utf-8")
    assert [(Path(report.path).name, report.status) for report in check_sites(tmp_path)] == [
        ("a.toml", "refused"),
        ("b.toml", "ready"),
    ]


def test_loading_a_wrong_pack_raises_its_problems(tmp_path: Path) -> None:
    pack = tmp_path / "wrong.toml"
    pack.write_text(TEXT.replace("weeks = 12", "weeks = -1"), encoding="utf-8")
    with pytest.raises(SiteInvalid) as refused:
        load_site(pack)
    (problem,) = refused.value.problems
    assert isinstance(problem, SiteProblem)
    assert problem.field == "clocks.off_sick.weeks"


def test_an_edge_of_the_schema_is_judged_as_the_reference_judges_it() -> None:
    """Takes away or spoils values of the pack, each in one way or two: our reading of the schema and the library's
    agree."""
    _judged_alike(_spoiled(tomllib.loads(TEXT))[::5])


@pytest.mark.long
def test_every_edge_of_the_schema_is_judged_as_the_reference_judges_it() -> None:
    _judged_alike(_spoiled(tomllib.loads(TEXT)))


def _judged_alike(packs: list[tuple[str, dict[str, Any]]]) -> None:
    reference = jsonschema.Draft202012Validator(SCHEMA)
    for path, spoiled in packs:
        ours = bool(faults(SCHEMA, spoiled))
        assert ours is not reference.is_valid(spoiled), path


def _spoiled(pack: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for path in _paths(pack):
        for new in (None, -1, "", True, [], ["x", "x"]):
            copy = json.loads(json.dumps(pack))
            at = copy
            for step in path[:-1]:
                at = at[step]
            if new is None and isinstance(at, dict):
                del at[path[-1]]
            else:
                at[path[-1]] = new
            found.append((f"{path} = {new!r}", copy))
    return found


def _paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [before] if before else []
    if isinstance(value, dict):
        for key in list(value)[:40]:
            if len(before) < 3 and not (before == ("roles",) and key != "observer"):
                found += _paths(value[key], (*before, key))
    elif isinstance(value, list):
        for index in range(min(len(value), 2)):
            found += _paths(value[index], (*before, index))
    return found
