"""Compositions: what they say, and the hash over it."""

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

from tests.documents import examples
from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents import compose
from workwell_desktop.documents.blocks import CrisisBox
from workwell_desktop.documents.facts import CrisisLine


def test_equal_facts_have_equal_hashes_and_any_other_word_another() -> None:
    first = compose.participant_plan(examples.PLAN)
    assert first.content_hash == compose.participant_plan(replace(examples.PLAN)).content_hash
    for changed in (
        replace(examples.PLAN, what_matters="Something else"),
        replace(examples.PLAN, weeks=examples.WEEKS[:-1]),
        replace(examples.PLAN, signatories=examples.PLAN.signatories[:1]),
        replace(examples.PLAN, head=replace(examples.HEAD, version=2)),
    ):
        assert compose.participant_plan(changed).content_hash != first.content_hash


def test_crisis_lines_are_pinned_and_a_site_can_only_add() -> None:
    added = CrisisLine(label="Calder crisis café", number="01632 960777")
    composition = compose.participant_plan(replace(examples.PLAN, crisis_lines=(added,)))
    (box,) = [block for block in composition.blocks if isinstance(block, CrisisBox)]
    lines = ["".join(run.text for run in line) for line in box.lines]
    assert lines[:4] == [
        "Life in danger: 999",
        "Mental health crisis, at any time: 111, option 2",
        "Someone to listen, at any time: Samaritans 116 123",
        "To text, at any time: SHOUT to 85258",
    ]
    assert lines[4] == "Calder crisis café: 01632 960777"
    assert lines[5].startswith("Maya: 01632 960142")


def test_a_change_is_only_asked_for_until_the_employer_says_so() -> None:
    said = str(compose.participant_plan(examples.PLAN).blocks)
    assert "Asked, no answer yet" in said
    assert "It is Northgate Parcels who decides" in said


def test_a_decision_without_the_persons_view_is_marked() -> None:
    assert "Until it has been discussed with the participant" in str(compose.minutes(examples.MINUTES).blocks)


def test_no_hours_and_no_usual_week_divide_by_nothing() -> None:
    weeks = (replace(examples.WEEKS[0], hours=Decimal(0)),)
    assert compose.participant_plan(replace(examples.PLAN, weeks=weeks, usual_hours=None)).content_hash


def test_two_clinicians_have_a_field_each() -> None:
    facts = replace(examples.PLAN, signatories=(examples.COACH, examples.CLINICIAN, examples.CLINICIAN))
    assert [field.field for field in compose.participant_plan(facts).fields] == ["coach", "clinician", "clinician2"]


def test_another_catalogue_can_be_passed() -> None:
    composition = compose.participant_plan(examples.PLAN, Catalogue("en-GB"))
    assert composition.language == "en-GB"


def test_importing_the_package_loads_nothing_slow() -> None:
    code = (
        "import sys; import workwell_desktop.documents, workwell_desktop.documents.compose;"
        "slow = {'reportlab', 'pikepdf', 'pyhanko', 'pypdfium2', 'fontTools', 'PIL', 'cryptography'};"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
