"""The case file of run-job: the examples are in order, and whatever is wrong is named by its place."""

import json
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from workwell_desktop import assets
from workwell_desktop.domain import nhs_number
from workwell_desktop.domain.case_file import parse_case, read_case
from workwell_desktop.domain.reference import load_adjustments
from workwell_desktop.domain.site_reading import generic_pack, load_site
from workwell_desktop.errors import BadInput, CaseFileInvalid

EXAMPLES = sorted(assets.resource("schemas", "examples").glob("*.case.json"))
SCHEMA: dict[str, Any] = json.loads(assets.resource("schemas", "case.schema.json").read_text(encoding="utf-8"))
BACK: dict[str, Any] = json.loads((assets.resource("schemas", "examples") / "low-back-pain.case.json").read_bytes())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_in_order_by_the_reference_and_by_us(example: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(example.read_bytes()))
    assert read_case(example)["participant"]["birth_date"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_hold_made_up_people_alone(example: Path) -> None:
    case = read_case(example)
    assert nhs_number.is_made_up(nhs_number.parse(case["participant"]["nhs_number"]))
    assert case["participant"]["postcode"].startswith("ZZ99")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_use_what_the_generic_pack_and_the_lists_know(example: Path) -> None:
    case = read_case(example)
    site = load_site(generic_pack())
    for person in case["people"]:
        assert set(person["roles"]) <= set(site.roles)
    steps = {step.code for step in site.risk.steps}
    assert set(case.get("risk", {"steps": []})["steps"]) <= steps
    rows = {row.code for row in load_adjustments()}
    assert {each["code"] for each in case.get("adjustments", ()) if "code" in each} <= rows


def test_both_examples_are_there() -> None:
    assert [path.name for path in EXAMPLES] == ["anxiety.case.json", "low-back-pain.case.json"]


def test_numbers_with_a_point_stay_exact() -> None:
    assert parse_case(json.dumps(BACK).encode())["work"]["usual_hours"] == Decimal("37.5")


def drop(*path: Any) -> Callable[[Any], None]:
    def change(case: Any) -> None:
        for step in path[:-1]:
            case = case[step]
        del case[path[-1]]

    return change


def put(*path: Any) -> Callable[[Any], None]:
    *steps, last, value = path

    def change(case: Any) -> None:
        for step in steps:
            case = case[step]
        case[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (drop("participant"), "participant"),
        (drop("session", "question"), "session.question"),
        (put("today", "2026-02-30"), "today"),
        (put("today", 20261124), "today"),
        (put("work", "usual_hours", "many"), "work.usual_hours"),
        (put("work", "usual_hours", 137), "work.usual_hours"),
        (put("participant", "nhs_number", "9990000019"), "participant.nhs_number"),
        (put("participant", "nhs_number", "0000000000"), "participant.nhs_number"),
        (put("participant", "birth_date", "2027-01-01"), "participant.birth_date"),
        (put("referral", "received_on", "1970-01-01"), "referral.received_on"),
        (put("session", "on", "2026-12-24"), "session.on"),
        (put("session", "chair", "somebody"), "session.chair"),
        (put("session", "contributions", 0, "by", "nobody"), "session.contributions[0].by"),
        (put("actions", 0, "owner", "nobody"), "actions[0].owner"),
        (put("actions", 0, "owner", "other"), "actions[0].owner_name"),
        (put("actions", 1, "obstacle", "none"), "actions[1].obstacle"),
        (put("people", 1, "key", "coach"), "people[1].key"),
        (put("people", 1, "key", "employer"), "people[1].key"),
        (put("assessments", 0, "answers", "wh-pain", {"a": 1}), "assessments[0].answers.wh-pain"),
        (put("assessments", 0, "answers", "wh-pain", None), "assessments[0].answers.wh-pain"),
        (put("signatures", 2, "outcome", "declined"), "signatures[2].reason"),
        (drop("signatures", 0, "person"), "signatures[0].person"),
        (drop("signatures", 2), "signatures"),
        (put("papers", 2, "approved", False), "papers[2].reason"),
        (put("papers", 1, "how", "telephone"), "papers[1].read_out_by"),
        (put("adjustments", 0, "ends_on", "2026-11-01"), "adjustments[0].ends_on"),
        (put("plan", "review_on", "2026-01-01"), "plan.review_on"),
        (put("plan", "reviewon", "2026-12-01"), "plan.reviewon"),
        (put("return_weeks", 0, "days", ["monday"]), "return_weeks[0].days[0]"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(change: Callable[[Any], None], where: str) -> None:
    case = deepcopy(BACK)
    change(case)
    with pytest.raises(CaseFileInvalid) as refused:
        parse_case(json.dumps(case).encode())
    assert refused.value.params["where"] == where
    assert str(refused.value.params["problem"])[0].islower() or str(refused.value.params["problem"])[0] == "“"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "line 1"),
        (b'{\n"today": }', "line 2"),
        (b'{"today": NaN}', "line 1"),
        (b'{\n"a": "\xff"}', "line 2"),
        (b'{"today": "2026-11-24", "today": "2026-11-25"}', "today"),
        (b"[" * 100_000, "line 1"),
        (b"[]", "the top"),
        (b'"text"', "the top"),
    ],
)
def test_what_is_no_case_at_all_is_refused_in_one_sentence(content: bytes, where: str) -> None:
    with pytest.raises(CaseFileInvalid) as refused:
        parse_case(content)
    assert refused.value.params["where"] == where


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as missing:
        read_case(tmp_path / "none.json")
    with pytest.raises(BadInput) as folder:
        read_case(tmp_path)
    assert (missing.value.reason, folder.value.reason) == ("file_missing", "is_a_folder")
