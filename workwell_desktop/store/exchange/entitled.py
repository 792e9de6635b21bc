"""Who may change what of the partnership's own records: asked of each change from elsewhere, before it enters.

A right signature says who wrote; it does not say that they may. People, computers, the partnership itself, what was
taken back and what is erased are changed by administrators alone; of themselves people change what is theirs. The hub
asks the same (``hub/sql/functions/3_saying.sql``).

Whether somebody was an administrator is asked as of the change: by what entered before and counts less on the Lamport
clock. A role that is taken away in the same page counts from the next page on, because the streams of a page have no
order between them, and what was written before the role went must not be lost.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from json import dumps
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from workwell_desktop.domain.people import ADMINISTRATOR
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.log.fields import DELETED
from workwell_desktop.store.log.streams import authors_by_device
from workwell_desktop.store.prepared import Cursor, Statement

Content = tuple[bytes, bytes]

GUARDED = frozenset({"person", "device", "partnership", "revocation", "erasure"})
_NOT_OF_ONESELF = frozenset(
    {"name", "profession", "registration_number", "roles", "teams", "active", "all_cases", "authority", DELETED},
)
"""Fields of a person that they do not change themselves."""
_NOT_OF_A_COMPUTER = frozenset({"lost", DELETED})
"""Fields of a computer that it does not change itself: whoever has a lost one does not say that it was found."""
_OF_A_COMPUTER = frozenset({"verify_key", "certificate"})
"""What a computer sets for somebody who forgot their passphrase and opened it with the recovery code."""
_OF_A_STRANGER = frozenset({"name", "profession", "registration_number", "active"})
"""What a case that comes from elsewhere says of those who worked on it there: they have no key here, and nobody else
has said anything of them."""
_OWN_ROOT = "root"

_C, _V = tables.change, tables.value
_FIRST = Statement(select(_C.c.author, _C.c.scope).order_by(_C.c.n).limit(1))


def _listed(name: str) -> Any:
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


_WORDS = Statement(
    select(_C.c.record, _C.c.field, _C.c.lamport, _C.c.id, _V.c.value)
    .outerjoin(_V, _V.c.n == _C.c.n)
    .where(
        _C.c.scope == bindparam("scope"),
        _C.c.kind == "person",
        or_(_C.c.field == "roles", _C.c.field == "active"),
        _C.c.record.in_(_listed("people")),
    )
)


_SAID = Statement(
    select(_C.c.record, _C.c.author, _C.c.field, _C.c.lamport).where(
        _C.c.scope.in_(_listed("scopes")), _C.c.kind == "person", _C.c.record.in_(_listed("people"))
    )
)


@dataclass(slots=True)
class Rights:
    """What the log says of who may do what, for the authors of one page. ``founder`` wrote the first change of all."""

    founder: str | None = None
    words: dict[tuple[str, str], list[tuple[int, str, bool]]] = field(default_factory=dict)
    """By person and field (``roles``, ``active``): Lamport counter, id, and whether it makes an administrator."""
    worked: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Who has signed something on each computer."""
    said: defaultdict[str, set[tuple[str, str, int]]] = field(default_factory=lambda: defaultdict(set))
    """Of each person: who said something of them, of which field, and when on the Lamport clock."""

    def administers(self, person: str, change: Change) -> bool:
        """Whether somebody was an administrator when this change was written. Where the counters are equal the ids
        say which came first: two who took each other's place at one moment are not both without it."""
        return self._administered(person, (change.lamport, change.id))

    def _word(self, person: str, name: str, at: tuple[int, str], otherwise: bool) -> bool:
        before = [one for one in self.words.get((person, name), ()) if one[:2] < at]
        return max(before)[2] if before else otherwise

    def may(self, change: Change, *, keyed: bool) -> bool:
        """Whether the author of a change, whose signature is right, may make it. ``keyed``: the record has a key."""
        if change.kind not in GUARDED or self.administers(change.author, change):
            return True
        if self.founder is None:
            return change.record == change.author and change.kind == "person"
        if change.kind == "person":
            return self._of_a_person(change) or (not keyed and self._of_a_stranger(change))
        if change.kind == "device":
            if change.field in _NOT_OF_A_COMPUTER:
                return False
            # its own word, or the first one of somebody who begins to work on it
            begins = change.device == change.record and not keyed and change.field in ("name", "verify_key")
            return change.author == change.record or begins
        return change.kind == "partnership" and change.field == _OWN_ROOT and self._is_a_computer_of(change)

    def _of_a_person(self, change: Change) -> bool:
        if change.author == change.record:
            return change.field not in _NOT_OF_ONESELF
        # a computer vouches for those who work on it, and for nobody else
        return (
            change.author == change.device
            and change.field in _OF_A_COMPUTER
            and change.record in self.worked.get(change.author, ())
        )

    def _of_a_stranger(self, change: Change) -> bool:
        """Whether nobody else has said anything of them but, later, an administrator who did not take them on."""
        return change.field in _OF_A_STRANGER and all(
            author == change.author
            or (name in _OF_A_STRANGER and lamport > change.lamport and self._administered(author, (lamport, "")))
            for author, name, lamport in self.said[change.record]
        )

    def _administered(self, person: str, at: tuple[int, str]) -> bool:
        return self._word(person, "roles", at, self.founder == person) and self._word(person, "active", at, True)

    def _is_a_computer_of(self, change: Change) -> bool:
        """Whether an administrator works on the computer that made itself a new root, their key being lost."""
        return change.author == change.device and any(
            self.administers(person, change) for person in self.worked.get(change.author, ())
        )

    def note(self, change: Change, content: Content | None) -> None:
        """A change of the page that entered: what it says counts for those that follow it."""
        self.worked[change.device].add(change.author)
        if self.founder is None:
            self.founder = change.author
        if change.kind == "person":
            self.said[change.record].add((change.author, change.field, change.lamport))
        word = change.kind == "person" and content is not None
        if word and content is not None and _is_administrator(change.field, content[1]):
            self._say(change.record, change.field, change.lamport, change.id, content[1])

    def _say(self, person: str, name: str, lamport: int, change: str, value: bytes | None) -> None:
        self.words.setdefault((person, name), []).append((lamport, change, _is_administrator(name, value)))


def founder_of(cursor: Cursor) -> str | None:
    """Who wrote the first change of all; None in a store that holds none."""
    first = cursor.row(_FIRST)
    return None if first is None else str(first[0])


def rights_of(cursor: Cursor, page: Iterable[Change]) -> Rights:
    """What has to be known to judge a page; little is asked of the store where the page has nothing to judge."""
    guarded = [change for change in page if change.kind in GUARDED]
    first = cursor.row(_FIRST)
    rights = Rights(first[0] if first is not None else None)
    asked = {one.author for one in guarded}
    people = {(one.scope, one.record) for one in guarded if one.kind == "person"}
    if people:
        scopes, records = (dumps(sorted(set(some))) for some in zip(*people, strict=True))
        for record, author, name, lamport in cursor.rows(_SAID, scopes=scopes, people=records):
            rights.said[record].add((author, name, lamport))
            asked.add(author)
    computers = {one.device for one in guarded if one.author == one.device}
    if computers:
        known = authors_by_device(cursor)
        for device in computers:
            rights.worked[device] |= known.get(device, frozenset())
            asked |= rights.worked[device]
    if asked and first is not None:
        for word in cursor.rows(_WORDS, scope=first[1], people=dumps(sorted(asked))):
            rights._say(*word)
    return rights


def _is_administrator(name: str, value: bytes | None) -> bool:
    """What a word on a person's roles, or on whether they work here, makes of them."""
    found: Any = fields.content(value)
    if name == "active":
        return found is not False
    return name == "roles" and isinstance(found, list | set | frozenset | tuple) and ADMINISTRATOR in found
