"""The same content for computer systems: a FHIR R4 document that says nothing that the paper does not.

Each section's narrative is written from the very blocks that are printed under its heading. The resources beside it
hold printed facts alone: names, actions with owner and date, goals, measures as they are printed. Identities follow
from the paper's number, so that equal papers have equal attachments.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from workwell_desktop.documents.blocks import (
    ActionTable,
    AnswerBoxes,
    Block,
    BulletList,
    CrisisBox,
    Heading,
    KeyValues,
    Paragraph,
    Pictured,
    Quote,
    SignatureBlock,
    Table,
    Text,
    WeeksPicture,
)
from workwell_desktop.documents.facts import ActionFact, ChangeFact, GoalFact, MeasureFact, PaperHead

_NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
Resource = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whom the paper is about, as far as it is printed."""

    name: str
    born: date | None = None
    nhs_number: str | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What stands in resources beside the narrative; every part is printed too. ``when`` are printed dates."""

    goals: Sequence[GoalFact] = ()
    actions: Sequence[tuple[ActionFact, str | None]] = ()
    changes: Sequence[ChangeFact] = ()
    measures: Sequence[MeasureFact] = ()
    review_on: date | None = None


def document(
    head: PaperHead, title: str, language: str, subject: Subject, blocks: Sequence[Block], facts: Facts
) -> Mapping[str, Any]:
    """The Bundle of type document."""
    maker = _Maker(head)
    patient = maker.add("Patient", "patient", _patient(subject))
    organisation = maker.add("Organization", "organisation", {"name": head.partnership})
    goals = [maker.add("Goal", f"goal {n}", _goal(goal, patient)) for n, goal in enumerate(facts.goals)]
    entries = list(goals)
    if facts.actions or facts.changes:
        plan = _plan(title, patient, goals, facts, head.dated)
        entries.append(maker.add("CarePlan", "plan", plan))
    for number, measure in enumerate(facts.measures):
        entries.append(maker.add("Observation", f"measure {number}", _measure(measure, patient)))
    composition = {
        "resourceType": "Composition",
        "id": maker.identity("composition"),
        "language": language,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{_dashed(head.document)}"},
        "status": "final",
        "type": {"text": title},
        "subject": patient,
        "date": head.dated.isoformat(),
        "author": [organisation],
        "title": title,
        "section": _sections(blocks, entries),
    }
    first = {"fullUrl": maker.url("composition"), "resource": composition}
    return {
        "resourceType": "Bundle",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{_dashed(head.document)}"},
        "type": "document",
        "timestamp": f"{head.dated.isoformat()}T12:00:00Z",
        "entry": [first, *maker.entries],
    }


class _Maker:
    """Gathers entries and gives each an identity that follows from the paper's number."""

    def __init__(self, head: PaperHead) -> None:
        self._paper = uuid.UUID(hex=head.document)
        self._version = head.version
        self.entries: list[Resource] = []

    def identity(self, part: str) -> str:
        return str(uuid.uuid5(self._paper, f"{self._version} {part}"))

    def url(self, part: str) -> str:
        return f"urn:uuid:{self.identity(part)}"

    def add(self, kind: str, part: str, content: Resource) -> Resource:
        """Adds a resource and gives the reference to it."""
        resource = {"resourceType": kind, "id": self.identity(part), **content}
        self.entries.append({"fullUrl": self.url(part), "resource": resource})
        return {"reference": self.url(part)}


def _dashed(number: str) -> str:
    return str(uuid.UUID(hex=number))


def _patient(subject: Subject) -> Resource:
    made: Resource = {"name": [{"text": subject.name}]}
    if subject.born:
        made["birthDate"] = subject.born.isoformat()
    if subject.nhs_number:
        made["identifier"] = [{"system": _NHS_NUMBER, "value": subject.nhs_number.replace(" ", "")}]
    return made


def _goal(goal: GoalFact, patient: Resource) -> Resource:
    made: Resource = {"lifecycleStatus": "active", "description": {"text": goal.text.strip()}, "subject": patient}
    if goal.by:
        made["target"] = [{"dueDate": goal.by.isoformat()}]
    return made


def _plan(title: str, patient: Resource, goals: Sequence[Resource], facts: Facts, dated: date) -> Resource:
    activities: list[Resource] = []
    for action, when in facts.actions:
        detail: Resource = {
            "status": "completed" if action.done else "scheduled" if action.by else "not-started",
            "description": action.text.strip(),
            "performer": [{"display": action.owner}],
        }
        if when:
            detail["scheduledString"] = when
        activities.append({"detail": detail})
    activities += [{"detail": {"status": "not-started", "description": c.text.strip()}} for c in facts.changes]
    made: Resource = {
        "status": "active",
        "intent": "plan",
        "title": title,
        "subject": patient,
        "created": dated.isoformat(),
        "activity": activities,
    }
    if goals:
        made["goal"] = list(goals)
    if facts.review_on:
        made["period"] = {"start": dated.isoformat(), "end": facts.review_on.isoformat()}
    return made


def _measure(measure: MeasureFact, patient: Resource) -> Resource:
    made: Resource = {
        "status": "final",
        "code": {"text": measure.name},
        "subject": patient,
        "effectiveDateTime": measure.on.isoformat(),
        "valueString": measure.value,
    }
    if measure.meaning:
        made["interpretation"] = [{"text": measure.meaning}]
    return made


def _sections(blocks: Sequence[Block], entries: Sequence[Resource]) -> list[Resource]:
    """One section for each printed heading; what stands before the first heading opens the document."""
    sections: list[Resource] = []
    parts: list[str] = []
    title = ""

    def close() -> None:
        if parts:
            div = f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(parts)}</div>'
            section: Resource = {"text": {"status": "generated", "div": div}}
            sections.append({"title": title, **section} if title else section)
            parts.clear()

    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            close()
            title = block.text
        elif isinstance(block, Quote | CrisisBox | SignatureBlock):
            close()
            title = block.heading
            parts += _narrative(block)
            close()
            title = ""
        else:
            parts += _narrative(block)
    close()
    if entries and sections:
        sections[0]["entry"] = list(entries)
    return sections


def _narrative(block: Block) -> list[str]:
    if isinstance(block, Heading | Paragraph):
        said = block.text if isinstance(block, Heading) else _plain(block.text)
        return [f"<p>{escape(said)}</p>"]
    if isinstance(block, AnswerBoxes):
        return [f"<p>{escape(line)}</p>" for line in (block.question, *block.options)]
    if isinstance(block, Pictured):
        return [f"<p>{escape(_plain(line))}</p>" for line in block.lines]
    if isinstance(block, Quote):
        return [f"<p>{escape(paragraph)}</p>" for paragraph in block.paragraphs]
    if isinstance(block, CrisisBox | BulletList):
        lines = block.lines if isinstance(block, CrisisBox) else block.items
        return ["<ul>", *(f"<li>{escape(_plain(line))}</li>" for line in lines), "</ul>"]
    if isinstance(block, ActionTable):
        return _table([(row.owner, row.text, row.when or "") for row in block.rows])
    if isinstance(block, Table):
        return _table([block.headings, *block.rows])
    if isinstance(block, KeyValues):
        return _table(block.rows)
    if isinstance(block, WeeksPicture):
        return _table([(week.start, week.label) for week in block.weeks])
    if isinstance(block, SignatureBlock):
        names = [f"<li>{escape(f'{field.name}, {field.title}')}</li>" for field in block.fields]
        said_no = [f"<li>{escape(_plain(outcome))}</li>" for outcome in block.outcomes]
        return ["<ul>", *names, *said_no, "</ul>"]
    return [f"<p>{escape(line)}</p>" for line in (block.heading, block.sentence, block.label)]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return ["<table>", *lines, "</table>"]


def _plain(text: Text) -> str:
    return "".join(run.text for run in text)
