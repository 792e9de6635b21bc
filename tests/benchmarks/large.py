"""A caseload of any size in the shape of a real one, written set by set: 59,000 people with 1.2 million signed changes.

Every change is made as the product makes it (header, seal, chain, signature) and the ordinary tables hold what a
rebuild would make of it; a test proves both on a small one. What is left out is doing it one record at a time: whole
groups of people go into each table with one statement, in the order of their ids, so that every index grows at its end.
"""

import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.benchmarks.caseload import FAMILY, GIVEN
from workwell_desktop.domain.episodes import (
    ClosureReason,
    Contact,
    ContactStatus,
    Episode,
    EpisodeStatus,
    Mode,
    Referral,
    ReferralSource,
    Response,
    ResponseStatus,
)
from workwell_desktop.domain.participants import Participant, WorkSituation, WorkStatus
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.plans import Action, ActionKind, ActionStatus, Obstacle, ObstacleKind
from workwell_desktop.domain.records import Code, Id, Record, ids_from, kind_of, new_id
from workwell_desktop.services.desk import Desk
from workwell_desktop.store.log import changes, fields, tables
from workwell_desktop.store.log.fields import ANSWER
from workwell_desktop.store.prepared import Cursor, Statement, inserted
from workwell_desktop.store.reading import projection, search

AT_ONCE = 1_000
"""People that go into the tables together."""
TEAMS = 6
RULER = "https://workwell-desktop.example/forms/work-ability-ruler"

_CHANGE = inserted(tables.change, *(column.name for column in tables.change.c))
_VALUE = inserted(tables.value, "n", "salt", "value")
_HEAD = inserted(projection.head, "record", "field", "n")
_SEARCH_ROW = inserted(projection.search_row, "n", "participant")
_NEWEST = Statement(
    tables.change.select().with_only_columns(tables.change.c.n).order_by(tables.change.c.n.desc()).limit(1)
)


def fill_large(desk: Desk, people: int) -> int:
    """``people`` participants in ``TEAMS`` teams; the number of changes. Nobody else may have the store open."""
    today = desk.clock.today()
    with desk.unit() as unit:
        teams = [Id(min(desk.person.teams))]
        for number in range(1, TEAMS):
            team = new_id()
            unit.add(Team(id=team, scope=team, name=f"Team {number}"))
            teams.append(team)
    with desk.store._turn, desk.store._transaction() as connection, ids_from(_in_order()):
        cursor = Cursor(connection)
        cursor.sql("PRAGMA cache_size = -800000")
        writer = _Writer(desk, cursor)
        for start in range(0, people, AT_ONCE):
            for number in range(start, min(start + AT_ONCE, people)):
                writer.take(_person(number, teams[number % TEAMS], desk.me, today))
            writer.write()
    desk.store._counter.lamport = writer.lamport
    return writer.n - writer.first


def _in_order() -> Any:
    """Ids that grow, so that an index grows at its end; the second half is drawn."""
    count = 0

    def draw() -> str:
        nonlocal count
        count += 1
        return f"{count:016x}{secrets.token_hex(8)}"

    return draw


def _person(number: int, team: Id, coach: Id, today: date) -> list[tuple[Record, dict[str, Any]]]:
    """The records of one person, in one scope, and the answers of those that are responses."""
    who, referral, episode = new_id(), new_id(), new_id()
    received = today - timedelta(days=number * 7 % 730)
    met = received + timedelta(days=number * 5 % 37)
    closed = number % 3 == 0 and met + timedelta(days=90) <= today
    work = list(WorkStatus)[number % 4]
    sources, kinds = list(ReferralSource), list(ActionKind)
    made: list[tuple[Record, dict[str, Any]]] = []

    def put(record: Record, **answers: Any) -> None:
        made.append((record, answers))

    put(
        Participant(
            id=who, scope=who, given_name=GIVEN[number % len(GIVEN)], family_name=f"{FAMILY[number % len(FAMILY)]}",
            birth_date=date(1957 + number % 48, 1 + number % 12, 1 + number % 28),
        )
    )  # fmt: skip
    put(Referral(id=referral, scope=who, source=sources[number * number % len(sources)], received_on=received))
    put(
        Episode(
            id=episode, scope=who, referral=referral, team=team, coach=coach, opened_on=received,
            status=EpisodeStatus.CLOSED if closed else EpisodeStatus.ACTIVE,
            closed_on=met + timedelta(days=90) if closed else None,
            closure_reason=ClosureReason.RETURNED_TO_WORK if closed else None,
            closed_work=WorkStatus.RETURNED if closed else None,
        )
    )  # fmt: skip
    put(WorkSituation(id=new_id(), scope=who, told_on=received, status=work))
    if met <= today:
        put(
            Contact(
                id=new_id(), scope=who, episode=episode, mode=Code("room"), status=ContactStatus.DONE,
                done_at=datetime(met.year, met.month, met.day, 10, tzinfo=UTC),
            )
        )  # fmt: skip
    put(Obstacle(id=new_id(), scope=who, episode=episode, kind=list(ObstacleKind)[number % 3]))
    put(
        Action(
            id=new_id(), scope=who, episode=episode, kind=kinds[number % len(kinds)],
            status=ActionStatus.DONE if number % 2 else ActionStatus.OPEN,
        )
    )  # fmt: skip
    for time in range(2 if number % 10 == 0 else 0):
        at = datetime(received.year, received.month, received.day, 11, tzinfo=UTC) + timedelta(days=time)
        put(
            Response(
                id=new_id(), scope=who, episode=episode, form_url=RULER, status=ResponseStatus.COMPLETED,
                mode=Mode.INTERVIEW, completed_at=at,
            ),
            ability=number % 5 + time,
        )  # fmt: skip
    return made


class _Writer:
    """Gathers rows of a group of people and writes each table at once."""

    def __init__(self, desk: Desk, cursor: Cursor) -> None:
        self._cursor, self._identity = cursor, desk.identity
        self._incarnation = desk.store._counter.incarnation
        self._at = int(desk.clock.now().timestamp() * 1000)
        self.lamport = desk.store._counter.lamport
        newest = cursor.row(_NEWEST)
        self.first = self.n = int(newest[0]) if newest else 0
        self._place = int(cursor.sql("SELECT coalesce(max(n), 0) FROM search_row").fetchone()[0])
        self._log: list[dict[str, Any]] = []
        self._values: list[dict[str, Any]] = []
        self._heads: list[dict[str, Any]] = []
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._known: dict[tuple[str, str, object], tuple[bytes, Any]] = {}

    def take(self, made: list[tuple[Record, dict[str, Any]]]) -> None:
        """Signs what one person's records say; their scope is one chain."""
        number, previous = 0, "00" * 32
        for record, answers in made:
            kind, row = kind_of(type(record)), {"id": record.id, "scope": record.scope}
            for name in fields.specs_of(kind):
                value = getattr(record, name)
                row[name] = None
                if value is None or value == frozenset():
                    continue
                written, row[name] = self._encoded(kind, name, value)
                number, previous = number + 1, self._change(kind, record, name, written, number + 1, previous)
            for path, value in answers.items():
                written = fields.encode(value)
                number, previous = number + 1, self._change(kind, record, ANSWER + path, written, number + 1, previous)
            self._rows.setdefault(kind, []).append(row)

    def _encoded(self, kind: str, name: str, value: Any) -> tuple[bytes, Any]:
        key = (kind, name, value)
        if key not in self._known:
            spec = fields.specs_of(kind)[name]
            written = fields.encode(value, spec.holds)
            self._known[key] = written, fields.column(spec, written)
        return self._known[key]

    def _change(self, kind: str, record: Record, field: str, value: bytes, number: int, previous: str) -> str:
        identity = self._identity
        self.n, self.lamport = self.n + 1, self.lamport + 1
        salt = secrets.token_bytes(16)
        place = changes.Place(
            identity.person, identity.device, self._incarnation, number, previous, self.lamport, self._at
        )
        made = changes.make(
            place, kind=kind, record=record.id, scope=record.scope, field=field, replaces=(), salt=salt, value=value,
            key=identity.changes_key,
        )  # fmt: skip
        self._log.append(
            {
                "n": self.n, "id": made.id, "scope": record.scope, "incarnation": self._incarnation, "number": number,
                "kind": kind, "record": record.id, "field": field, "author": identity.person, "lamport": self.lamport,
                "at": self._at, "received": self._at, "header": made.header, "signature": made.signature,
            }
        )  # fmt: skip
        self._values.append({"n": self.n, "salt": salt, "value": value})
        self._heads.append({"record": record.id, "field": field, "n": self.n})
        return made.id

    def write(self) -> None:
        """Everything that was gathered, table by table."""
        self._cursor.many(_CHANGE, self._log)
        self._cursor.many(_VALUE, self._values)
        self._cursor.many(_HEAD, sorted(self._heads, key=lambda row: (row["record"], row["field"])))
        for kind, rows in self._rows.items():
            self._cursor.many(inserted(projection.records[kind], *rows[0]), rows)
        self._find()
        for gathered in (self._log, self._values, self._heads):
            gathered.clear()
        self._rows.clear()

    def _find(self) -> None:
        """The search index, of names alone: these people have neither address nor employer."""
        people = self._rows.get("participant", [])
        places = [(self._place + step + 1, row) for step, row in enumerate(people)]
        self._place += len(people)
        self._cursor.many(_SEARCH_ROW, [{"n": n, "participant": row["id"]} for n, row in places])
        words = [
            {"n": n, "name": f"{row['given_name']} {row['family_name']}", "preferred": "", "number": "", "employer": "",
             "place": ""}
            for n, row in places
        ]  # fmt: skip
        self._cursor.many(search._INSERT, words)
