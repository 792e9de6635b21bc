"""What reading the store gives besides records: conflicts, history, events, hits of a search."""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Value


@dataclass(frozen=True, slots=True)
class Head:
    """One of the values that stand side by side. ``value`` is None where it was cleared or erased."""

    change: str
    value: Value | None
    author: Id
    at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people set one field apart. ``field`` is ``@deleted`` where one deleted what another edited."""

    scope: Id
    kind: str
    record: Id
    field: str
    heads: tuple[Head, ...]

    @property
    def id(self) -> str:
        return f"{self.record}/{self.field}"


@dataclass(frozen=True, slots=True)
class ConflictPlace:
    """Where two people set one field apart."""

    kind: str
    record: Id
    field: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a record. ``at`` is the time as its device claimed it."""

    change: str
    kind: str
    record: Id
    field: str
    value: Value | None
    author: Id
    device: Id
    at: datetime
    replaces: tuple[str, ...]
    is_head: bool


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One change that somebody made, anywhere. ``erased``: what it said is gone."""

    scope: Id
    kind: str
    record: Id
    field: str
    value: Value | None
    at: datetime
    erased: bool


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One audit event, by ``person`` and at the time that their device claimed."""

    id: str
    person: Id
    at: datetime
    kind: AuditKind
    participant: Id | None
    record: Id | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """``matched`` names the field that the words were found in: name, preferred, number, employer or place."""

    participant: Id
    name: str
    matched: str
