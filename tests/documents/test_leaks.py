"""What a recipient may not see cannot be in the file; and what is not printed is not in the file at all."""

import dataclasses
import json
import re

import pytest

from tests.documents import examples, stages, taken
from workwell_desktop import documents
from workwell_desktop.documents import facts
from workwell_desktop.documents.words import Words

FORBIDDEN = (
    "PHQ", "GAD", "14 of 27", "Moderate", "low mood", "back pain", "better off dead", "Hebble", "pain relief",
    "9990000018", "999 000 0018", "1984", "Work ability", "Christmas", "Occupational Therapist", "HCPC", "Tom Reyes",
    "diagnos", "fit note", "Samaritans",
)  # fmt: skip
PLACES_OF_THE_EMPLOYER = {
    "head", "employer", "name", "contact", "function", "changes", "actions", "weeks", "usual_hours", "review_on",
    "approved_on", "signatories",
}  # fmt: skip


def test_the_employers_facts_have_no_place_for_health() -> None:
    assert {field.name for field in dataclasses.fields(facts.EmployerSummaryFacts)} == PLACES_OF_THE_EMPLOYER


@pytest.mark.parametrize("style", list(documents.PaperStyle))
def test_nothing_forbidden_reaches_the_employers_file(style: documents.PaperStyle) -> None:
    for pdf in stages.stages("employer", style):
        whole = taken.everything(pdf).casefold()
        assert "northgate parcels" in whole
        assert [word for word in FORBIDDEN if word.casefold() in whole] == []


@pytest.mark.parametrize("kind", ["phased", "service_card", "ahp", "fit_note"])
def test_papers_that_may_be_shown_at_work_have_no_place_for_health(kind: str) -> None:
    """The professional who issues a report is named in it; nothing else of health is."""
    whole = taken.everything(stages.stages(kind)[0]).casefold()
    mine = {"tom reyes", "occupational therapist", "hcpc", "1984", "fit note"} if kind in ("ahp", "fit_note") else set()
    mine |= {"samaritans"} if kind == "service_card" else set()
    assert [word for word in FORBIDDEN if word.casefold() in whole and word.casefold() not in mine] == []


def test_the_facts_of_those_papers_have_no_place_for_a_condition_or_another_agency() -> None:
    named = {field.name for field in dataclasses.fields(facts.AdviceOfFacts)}
    named |= {field.name for field in dataclasses.fields(facts.PhasedReturnFacts)}
    assert named == {
        "head", "name", "contact", "weeks", "employer", "usual_hours", "review_on", "adviser", "title", "organisation",
        "born", "registration", "advised_on", "draft", "function", "options", "rows", "starts_on",
    }  # fmt: skip
    assert {field.name for field in dataclasses.fields(facts.ServiceCardFacts)} == {"head", "contact", "crisis_lines"}


def test_a_draft_for_a_fit_note_cannot_be_taken_for_one() -> None:
    """It says what it is not, in text at its head and behind every page; no serial number, no code, no boxes."""
    pdf = stages.stages("fit_note")[0]
    tree = taken.structure(pdf)
    said = "Draft advice for the certifying clinician: not a Statement of Fitness for Work"
    assert tree.whole().index(said) < tree.whole().index("About") if "About" in tree.whole() else said in tree.whole()
    for page in taken.page_texts(pdf):
        assert "not a Statement of Fitness for Work" in page
    assert [node for node in tree.walk() if node.tag in ("Figure", "Form")] == []
    assert "Med3" not in taken.everything(pdf)


@pytest.mark.parametrize(
    "kind", ["employer", "minutes", "agenda", "phased", "service_card", "ahp", "fit_note", "access", "blank"]
)
def test_papers_for_the_employer_and_the_team_carry_no_attachment(kind: str) -> None:
    assert examples.ALL[kind].attachment is None
    assert "fhir" not in taken.everything(stages.stages(kind)[-1]).casefold()


def _said(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("kind", sorted(examples.ALL))
def test_what_is_not_printed_is_not_in_the_structure_or_the_title(kind: str) -> None:
    pdf = stages.stages(kind)[0]
    printed = _said("".join(taken.page_texts(pdf)))
    tree = taken.structure(pdf)
    for node in tree.walk():
        assert _said(node.text.replace("•", "")) in printed.replace("•", "")
    title = documents.verify(pdf, []).title or ""
    for part in title.split(". "):
        assert _said(part.rstrip(".")) in printed


@pytest.mark.parametrize("kind", ["plan", "gp"])
def test_the_attachment_says_nothing_that_the_paper_does_not(kind: str) -> None:
    pdf = stages.stages(kind)[0]
    printed = _said(taken.structure(pdf).whole()) + _said("".join(node.alt for node in taken.structure(pdf).walk()))
    words = Words(examples.ALL and _catalogue(), 2026)
    codes = {"generated", "document", "final", "active", "plan", "scheduled", "not-started", "en-GB"}
    for value in _values(examples.ALL[kind].attachment):
        if value in codes or value.startswith(("urn:", "http")) or re.fullmatch(r"[0-9a-f-]{36}", value):
            continue
        if re.fullmatch(r"[A-Z][A-Za-z]+", value) and value in _RESOURCES:
            continue
        day = re.fullmatch(r"(\d{4}-\d\d-\d\d)(T12:00:00Z)?", value)
        if day:
            moment = examples.date.fromisoformat(day.group(1))
            ways = (words.plain_day(moment), words.day(moment, year=False), words.short(moment, year=True))
            assert any(_said(way) in printed for way in ways)
            continue
        for piece in re.split(r"<[^>]+>", value):
            plain = piece.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
            assert _said(plain) in printed, piece


_RESOURCES = {"Bundle", "Composition", "Patient", "Organization", "Goal", "CarePlan", "Observation"}


def _catalogue() -> object:
    from workwell_desktop.catalogue import Catalogue

    return Catalogue()


def _values(node: object) -> list[str]:
    if isinstance(node, dict):
        return [value for item in node.values() for value in _values(item)]
    if isinstance(node, list):
        return [value for item in node for value in _values(item)]
    return [str(node)]


@pytest.mark.parametrize("kind", ["plan", "gp"])
def test_the_attachment_is_a_fhir_document(kind: str) -> None:
    from fhir.resources.R4B.bundle import Bundle

    bundle = Bundle.model_validate_json(json.dumps(examples.ALL[kind].attachment))
    assert bundle.type == "document"
    assert bundle.entry[0].resource.get_resource_type() == "Composition"
