"""The copy of everything that is on record about somebody, which the law owes them (UK GDPR, article 15).

Every record of their scope is in it, with each field that holds something (two answers where two stand side by side),
the answers of every form with the words of its questions, on which agendas of the team they were, which papers and
files there are, and who of ours looked at it, printed it or gave it out. Entries that
whoever prints may not read are counted and not in it: somebody who may read them adds a copy. What others said or what
names them is marked by ``access_marks``, and a person may hold it back with a reason, which the copy says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from itertools import groupby, product
from typing import Any

from workwell_desktop.catalogue import has, text
from workwell_desktop.documents.blocks import Composition
from workwell_desktop.documents.facts import AccessCopyFacts, AccessEntry
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.dates import date_words
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import FieldType, Id, Record, Scope, fields_of, scope_of
from workwell_desktop.domain.sessions import Session
from workwell_desktop.domain.values import BlobRef, Coding, Quantity
from workwell_desktop.errors import UnknownForm
from workwell_desktop.forms import link_id_of
from workwell_desktop.services._restricted import may_read
from workwell_desktop.services.assessing.rights import rights_in
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import staff
from workwell_desktop.services.paperwork.handout_facts import head_of
from workwell_desktop.services.paperwork.wording import catalogue_for
from workwell_desktop.store import Reader

FIRST = ("participant", "referral", "episode", "work_situation", "agreement", "obstacle", "goal", "action", "plan")
"""Kinds that stand first, in this order; the others follow by name."""

BESIDE = {"agenda_item": "participant", "kept_longer": "case"}
"""Kinds about a person that stand with the team or the partnership, and the field that says about whom."""

ANSWER = "answer/"
SECOND = "#"

_MOMENTS = ("at", "started_at", "made_at", "on", "starts_on", "starts_at", "received_on", "opened_on", "raised_at")

MARKS = frozenset({"position", "content", "words", "form_digest"})
"""Marks by which the program sorts entries and tells contents apart; they say nothing about anybody."""


class Reason(StrEnum):
    """Why something is held back (Data Protection Act 2018, Schedule 2, paragraph 16)."""

    CONFIDENCE = "confidence"
    """Somebody else said it in confidence."""
    ABOUT_OTHERS = "about_others"
    """It tells of somebody else, who has not agreed."""
    REFUSED = "refused"
    """They were asked, and said no."""


Held = Mapping[tuple[Id, str], Reason]
"""What is held back: a record and the field of one of its rows, and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an entry. ``field`` tells it from the others of its record."""

    field: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Written:
    """One record in words; ``kind`` too is in words."""

    kind: str
    record: Id
    title: str
    rows: tuple[Row, ...]


def access_copy(desk: Desk, reader: Reader, person: Participant, document: Id, held: Held | None = None) -> Composition:
    """The composition, inside a read, without what is ``held`` back. Whoever calls has asked for Act EXPORT."""
    from workwell_desktop.documents import compose

    head = head_of(desk, reader, document)
    held = held or {}
    sections: list[tuple[str, tuple[AccessEntry, ...]]] = []
    reasons: list[tuple[str, str]] = []
    written, apart = entries_of(desk, reader, person.id)
    for kind, group in groupby(written, key=lambda one: one.kind):
        entries = []
        for one in group:
            rows = []
            for row in one.rows:
                why = held.get((one.record, row.field))
                rows.append((row.label, row.words if why is None else text("papers.access.held")))
                if why is not None:
                    title = one.title or text("papers.access.undated")
                    item = text("papers.access.held_item", kind=kind, title=title, field=row.label)
                    reasons.append((item, text(f"handout.held.{why.value}")))
            entries.append(AccessEntry(title=one.title, rows=tuple(rows)))
        sections.append((kind, tuple(entries)))
    facts = AccessCopyFacts(
        head=head,
        name=person.name,
        controller=head.controller or "",
        sections=tuple(sections),
        kept_apart=apart,
        held=tuple(reasons),
    )
    return compose.access_copy(facts, catalogue_for(reader, desk.site, facts, head.dated.year))


def entries_of(desk: Desk, reader: Reader, participant: Id) -> tuple[list[Written], int]:
    """Everything on record about somebody that whoever acts may read, in the order of the copy; and how many entries
    they may not read. Whoever calls has asked for Act EXPORT."""
    names = {one.id: one.name or "" for one in staff(reader).values()}
    also = _also(reader, participant)
    entries: list[Written] = []
    apart = 0
    for kind in [*_kinds(), *BESIDE]:
        found = _about(reader, kind, participant)
        mine = [one for one in found if may_read(desk, one)]
        apart += len(found) - len(mine)
        dated = sorted(((_moment(reader, one), one) for one in mine), key=lambda each: (each[0] or "", each[1].id))
        for moment, one in dated:
            title = date_words(date.fromisoformat(moment)) if moment else ""
            rows = _rows(reader, kind, one, names, also)
            entries += [Written(_kind_words(kind), one.id, title, rows)] if rows else []
    return [*entries, *_looks(reader, participant, names)], apart


Also = Mapping[tuple[Id, str], tuple[Any, ...]]
"""By record and field the values that stand side by side, until a person chooses between them."""


def _also(reader: Reader, participant: Id) -> Also:
    found = reader.conflicts(participant) if reader.conflict_places(participant) else []
    return {(one.record, one.field): tuple(head.value for head in one.heads) for one in found}


def _looks(reader: Reader, participant: Id, names: Mapping[Id, str]) -> list[Written]:
    """Who opened, printed or gave out the record, and when: an entry for each day. Breaking the glass is a record of
    its own, which few may read."""
    found = [one for one in reader.events(participant=participant) if one.kind is not AuditKind.BROKE_GLASS]
    days: dict[date, list[Row]] = {}
    for one in reversed(found):
        at = one.at.astimezone(LONDON)
        said = text("papers.access.looked", who=names.get(one.person, ""), what=text(f"audit.said.{one.kind.value}"))
        days.setdefault(at.date(), []).append(Row(f"event.{one.id}", at.strftime("%H:%M"), said))
    return [
        Written(text("papers.access.looks"), participant, date_words(day), tuple(rows)) for day, rows in days.items()
    ]


def _kinds() -> list[str]:
    mine = sorted(kind for kind in KINDS if scope_of(kind) is Scope.PARTICIPANT)
    return [kind for kind in FIRST if kind in mine] + [kind for kind in mine if kind not in FIRST]


def _about(reader: Reader, kind: str, participant: Id) -> list[Record]:
    cls = KINDS[kind]
    if kind == "participant":
        return [reader.get(cls, participant)]
    if kind in BESIDE:
        about: dict[str, Any] = {BESIDE[kind]: participant}
        return reader.list(cls, order_by="id", **about)
    return reader.list(cls, order_by="id", scope=participant)


def _rows(reader: Reader, kind: str, one: Record, names: Mapping[Id, str], also: Also) -> tuple[Row, ...]:
    rows = []
    for spec in fields_of(type(one)):  # type: ignore[arg-type]
        if spec.name in MARKS:
            continue
        label = _field_words(kind, spec.name)
        values = (getattr(one, spec.name), *also.get((one.id, spec.name), ()))
        # the number of another record says nothing to anybody; of one of ours it is a name
        of_ids = spec.holds is FieldType.ID
        said = [names.get(each, "") if of_ids else said_of(kind, spec.name, each) for each in values if _holds(each)]
        rows += _side_by_side(f"{kind}.{spec.name}", label, said)
    if isinstance(one, Response):
        rows += _answers(reader, one, also)
    return tuple(rows)


def _holds(value: Any) -> bool:
    return value is not None and value not in ("", frozenset())


def _side_by_side(field: str, label: str, said: Iterable[str]) -> list[Row]:
    """A row for each thing that was said, once; ``field`` tells the second from the first by a number behind it."""
    once = list(dict.fromkeys(one for one in said if one))
    return [Row(f"{field}{SECOND}{number}" if number else field, label, words) for number, words in enumerate(once)]


def _moment(reader: Reader, one: Record) -> str:
    """What tells one entry from the next: its day, where it has one, or that of its meeting; as YYYY-MM-DD."""
    about = (one, *(reader.find(Session, session) for session in (getattr(one, "session", None),) if session))
    for each, name in product(about, _MOMENTS):
        moment = getattr(each, name, None)
        if isinstance(moment, datetime):
            return moment.astimezone(LONDON).date().isoformat()
        if isinstance(moment, date):
            return moment.isoformat()
    return ""


def _answers(reader: Reader, one: Response, also: Also) -> list[Row]:
    """Questions with their words and what was answered; where the form is not kept any more, or its words may not be
    shown, the answer stands beside the question's number or name in the form."""
    from workwell_desktop.services.assessing.library import form_in

    answers = reader.answers(one.id)
    if not answers:
        return []
    try:
        index = form_in(reader, one.form_url or "", version=one.form_version, digest=one.form_digest).index
    except UnknownForm:
        index = {}
    shown = rights_in(reader, one.form_url or "").words_shown
    rows = []
    for path, value in sorted(answers.items()):
        link = link_id_of(path)
        item = index.get(link)
        asked = ((item.text if shown else item.prefix) if item is not None else "") or link
        values = (value, *also.get((one.id, f"{ANSWER}{path}"), ()))
        said = (said_of("response", f"{ANSWER}{path}", each) for each in values if _holds(each))
        rows += _side_by_side(f"answer.{path}", asked, said)
    return rows


def said_of(kind: str, field: str, value: Any) -> str:
    """A value in words, as the copy says it: what somebody wrote stands as they wrote it."""
    return value if isinstance(value, str) and _is_text(kind, field) else _words(kind, field, value)


@cache
def _is_text(kind: str, field: str) -> bool:
    """Whether a field holds what somebody wrote, and no code."""
    specs = fields_of(KINDS[kind]) if kind in KINDS else ()  # type: ignore[arg-type]
    return field.startswith(ANSWER) or any(one.name == field and one.holds is FieldType.TEXT for one in specs)


def _words(kind: str, field: str, value: Any) -> str:
    if isinstance(value, bool):
        return text("papers.meeting.yes" if value else "papers.meeting.no")
    if isinstance(value, Enum):
        return _code_words(kind, field, str(value.value))
    if isinstance(value, frozenset | tuple | list):
        return ", ".join(_words(kind, field, one) for one in (sorted(value) if isinstance(value, frozenset) else value))
    if isinstance(value, datetime):
        local = value.astimezone(LONDON)
        return text("papers.access.moment", day=date_words(local.date()), time=local.strftime("%H:%M"))
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Coding):
        return value.display or value.code or ""
    if isinstance(value, Quantity):
        return " ".join(part for part in (_words(kind, field, value.value), value.unit or "") if part)
    if isinstance(value, BlobRef):
        return text("papers.access.file", kind=value.media_type, size=max(1, value.size // 1024))
    said = str(value)
    return _code_words(kind, field, said) if isinstance(value, str) and said.replace("_", "").isalnum() else said


def _code_words(kind: str, field: str, code: str) -> str:
    for key in (f"record.code.{field}.{code}", f"{kind}.{field}.{code}", f"person.{field}.{code}"):
        if has(key):
            return text(key)
    return code.replace("_", " ")


def _field_words(kind: str, field: str) -> str:
    """The name of a field for people; where it has none, its own name read as words."""
    key = f"fields.of.{kind}.{field}"
    return text(key) if has(key) else field.replace("_", " ").capitalize()


def _kind_words(kind: str) -> str:
    for key in (f"papers.access.kind.{kind}", f"conflict.kind.{kind}"):
        if has(key):
            return text(key)
    return kind.replace("_", " ").capitalize()
