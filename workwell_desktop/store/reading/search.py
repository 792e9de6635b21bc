"""Finding a participant by the beginnings of words: FTS5, kept by the ledger."""

import re
from typing import Any

from sqlalchemy import bindparam, delete, select

from workwell_desktop.domain.records import Id
from workwell_desktop.store.prepared import Cursor, Statement, inserted
from workwell_desktop.store.reading import projection
from workwell_desktop.store.reading.views import SearchHit

SEARCHED: dict[str, tuple[str, ...]] = {
    "participant": (
        *("given_name", "family_name", "preferred_name", "nhs_number"),
        *("address", "town", "postcode"),
    ),
    "work_situation": ("employer",),
}
"""The fields by which people are found."""

_P, _W = projection.records["participant"], projection.records["work_situation"]
_FACTS = Statement(select(*(_P.c[name] for name in SEARCHED["participant"])).where(_P.c.id == bindparam("id")))
_EMPLOYERS = Statement(
    select(_W.c.employer).where(_W.c.scope == bindparam("scope"), _W.c.employer.is_not(None)).order_by(_W.c.employer)
)
_PLACE = Statement(
    select(projection.search_row.c.n).where(projection.search_row.c.participant == bindparam("participant"))
)
_NEW_PLACE = inserted(projection.search_row, "participant")
_DROP_PLACE = Statement(delete(projection.search_row).where(projection.search_row.c.n == bindparam("n")))
_WORD = re.compile(r"[\w']+")


class _Raw(Statement):
    """What Core has no words for: the virtual table."""

    __slots__ = ()

    def __init__(self, sql: str, *names: str) -> None:
        self.sql = sql
        self.names = names
        self.fixed = {}


_FIELDS = projection.SEARCH_FIELDS
_DROP = _Raw("DELETE FROM search WHERE rowid = ?", "n")
_INSERT = _Raw(
    f"INSERT INTO search (rowid, {', '.join(_FIELDS)}) VALUES (?{', ?' * len(_FIELDS)})",  # noqa: S608 names of ours
    "n",
    *_FIELDS,
)
_FIND = _Raw(
    "SELECT search_row.participant, r_participant.given_name, r_participant.family_name, "  # noqa: S608 names of ours
    + ", ".join(f"highlight(search, {at}, char(1), char(2))" for at in range(len(_FIELDS)))
    + " FROM search JOIN search_row ON search_row.n = search.rowid"
    " JOIN r_participant ON r_participant.id = search_row.participant"
    " WHERE search MATCH ? ORDER BY bm25(search, 10, 10, 10, 1, 1), r_participant.family_name,"
    " r_participant.given_name, search_row.participant LIMIT ?",
    "words",
    "limit",
)


def is_searched(kind: str, field: str) -> bool:
    """Whether a field is a reason to make the row of a participant anew. Each of the participant's own is: whichever
    comes first begins the row, and what they are found by may have come before."""
    return kind == "participant" or field in SEARCHED.get(kind, ())


def refresh(cursor: Cursor, participant: str) -> None:
    """Makes the row of one participant anew from the ordinary tables."""
    place = cursor.row(_PLACE, participant=participant)
    if place is not None:
        cursor.run(_DROP, n=place[0])
    facts = cursor.row(_FACTS, id=participant)
    if facts is None:
        if place is not None:
            cursor.run(_DROP_PLACE, n=place[0])
        return
    given, family, preferred, number, address, town, postcode = facts
    n = place[0] if place is not None else cursor.run(_NEW_PLACE, participant=participant).lastrowid
    squeezed = (postcode or "").replace(" ", "")
    cursor.run(
        _INSERT,
        n=n,
        name=_joined(given, family),
        preferred=preferred or "",
        number=number or "",
        employer=_joined(*(row[0] for row in cursor.rows(_EMPLOYERS, scope=participant))),
        place=_joined(address, town, postcode, squeezed),
    )


def search(cursor: Cursor, words: str, limit: int) -> list[SearchHit]:
    """Participants for whom every word begins a word of theirs; best first. Nothing for no words."""
    asked = _query(words)
    if asked is None:
        return []
    return [_hit(row) for row in cursor.rows(_FIND, words=asked, limit=limit)]


def _query(words: str) -> str | None:
    found = _WORD.findall(words.replace("_", " "))
    if not found:
        return None
    if len(found) > 1 and all(part.isdigit() for part in found):
        found = ["".join(found)]
    return " ".join('"' + part.replace("'", " ").strip() + '"*' for part in found if part.strip("'")) or None


def _hit(row: tuple[Any, ...]) -> SearchHit:
    participant, given, family, *highlighted = row
    matched = next((name for name, text in zip(_FIELDS, highlighted, strict=True) if "\x01" in (text or "")), "name")
    return SearchHit(Id(participant), _joined(given, family), matched)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
