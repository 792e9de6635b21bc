"""Who is acting, on which store, by which clock and site: what every act is handed first.

    a page or a command               a service                             the store
    def act(desk, …):   ──────────▶   desk.allow(Act.…, kind)   ──────────▶  AuditEvent(REFUSED) and NoPermission
                                      with desk.unit() as unit: ──────────▶  one transaction, signed changes

A desk is made when somebody unlocks the store and thrown away when it is locked.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar, cast

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.people import ADMINISTRATOR, Partnership, Person
from workwell_desktop.domain.records import Code, Id, Record, kind_of
from workwell_desktop.domain.site import Site
from workwell_desktop.errors import BadInput, NoPermission, PersonLeft
from workwell_desktop.services.administration.site_in_use import site_of
from workwell_desktop.store import Argon2Profile, Identity, Reader, Store, Unit

T = TypeVar("T")
PARTNERSHIP = kind_of(Partnership)
_MOST_TOUCHES = 500
"""Changes that are remembered one by one; after more of them a list is made anew."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A thing worked out from the store, and the state of the kinds it was worked out from."""

    versions: tuple[int, ...]
    value: object
    touched: int = 0
    """How many touches had been noted by then."""


class Desk:
    """A person at work. ``person`` is the record as it stood at unlocking; ``refresh`` reads it again."""

    def __init__(
        self,
        store: Store,
        identity: Identity,
        person: Person,
        *,
        clock: Clock,
        site: Site,
        rehearsal: bool = False,
        profile: Argon2Profile | None = None,
    ) -> None:
        self.store = store
        self.identity = identity
        self.person = person
        self.clock = clock
        self.site = site
        self.rehearsal = rehearsal
        self.profile = profile
        self._versions: dict[str, int] = {}
        self._kept: dict[object, _Kept] = {}
        self._touches: deque[tuple[str, Id]] = deque(maxlen=_MOST_TOUCHES)
        """Kind and scope of what changed last."""
        self._touched = 0
        self._guard = threading.Lock()
        self._site_stale = False
        self._person_stale = False
        self._leave = store.on_change(self._note_changes)

    @property
    def me(self) -> Id:
        """Who is acting."""
        return self.person.id

    def allow(self, act: Act, kind: type[Record] | None = None) -> None:
        """Asks the site's permission table whether one of the person's roles may do ``act`` on a kind of record.

        A refusal is written to the person's audit stream and raised as NoPermission, or PersonLeft. A site pack that
        came into use since the last question, and what became of the person's own roles, by sync or by undo too, is
        taken first.
        """
        self.take_site()
        if self._person_stale:
            self.refresh()
        name = kind_of(kind) if kind is not None else None
        if self.person.active is not False and self.site.allows(self.person.roles, act, name):
            return
        self._refuse(act)

    def _refuse(self, act: Act) -> NoReturn:
        self.noted(AuditKind.REFUSED, detail=act.value)
        told = {"role": ", ".join(sorted(self.person.roles)), "act": act.value}
        raise PersonLeft(**told) if self.person.active is False else NoPermission(**told)

    def only_administrators(self, act: Act) -> None:
        """Asked after ``allow`` for what other computers believe of administrators alone, whatever a site pack says.
        Raises NoPermission, which is written down as well."""
        if ADMINISTRATOR not in self.person.roles:
            self._refuse(act)

    def may(self, act: Act, kind: type[Record] | None = None) -> bool:
        """The same question for a page that wants to know which buttons to offer; writes nothing."""
        name = kind_of(kind) if kind is not None else None
        return self.person.active is not False and self.site.allows(self.person.roles, act, name)

    def take_site(self) -> None:
        """Takes the site pack that the partnership uses now, where the partnership changed."""
        if not self._site_stale:
            return
        self._site_stale = False
        with self.read() as reader:
            try:
                self.site = site_of(reader)
            except BadInput:
                # it came from a newer program, in the middle of work that goes on under the pack it began with;
                # unlocking says what is wrong
                return

    def unit(self) -> AbstractContextManager[Unit]:
        """One unit of work, signed by the person who acts."""
        return self.store.unit(self.identity)

    def read(self) -> AbstractContextManager[Reader]:
        """A consistent look at the store."""
        return self.store.read()

    def opened(self, participant: Id) -> None:
        """Writes down that this person's record was opened, once in a quarter of an hour."""
        self.noted(AuditKind.OPENED, participant)

    def noted(
        self, kind: AuditKind, participant: Id | None = None, record: Id | None = None, detail: str | None = None
    ) -> None:
        """Writes an audit event. The store writes readings of one record once in a quarter of an hour."""
        with self.unit() as unit:
            unit.event(
                AuditEvent(kind=kind, participant=participant, record=record, detail=Code(detail) if detail else None)
            )

    def refresh(self) -> None:
        """Reads the acting person again, after a change of roles."""
        self._person_stale = False
        with self.read() as reader:
            self.person = reader.get(Person, self.person.id)

    def switch(self, person: Id, passphrase: str) -> "Desk":
        """Lets another person of the store take over; this desk is done with. Raises WrongPassphrase, NoPermission."""
        desk = self._desk_of(person, passphrase)
        desk.refuse_who_left()
        self.noted(AuditKind.LOCKED)
        self._leave()
        desk.noted(AuditKind.UNLOCKED)
        return desk

    @contextmanager
    def lent(self, person: Id, passphrase: str) -> Iterator["Desk"]:
        """A colleague does one act at this window with their own passphrase; nobody is switched.

        Raises WrongPassphrase, and NoPermission for somebody who works here no more.
        """
        desk = self._desk_of(person, passphrase, stays=False)
        desk.refuse_who_left()
        try:
            yield desk
        finally:
            desk._leave()

    def _desk_of(self, person: Id, passphrase: str, *, stays: bool = True) -> "Desk":
        """A desk for another person on the same store. Raises WrongPassphrase."""
        self.take_site()
        identity = self.store.identity(person, passphrase, stays=stays)
        with self.read() as reader:
            found = reader.get(Person, person)
        return Desk(
            self.store,
            identity,
            found,
            clock=self.clock,
            site=self.site,
            rehearsal=self.rehearsal,
            profile=self.profile,
        )

    def lock(self) -> None:
        """Writes down that the person locked the store, and closes it."""
        try:
            self.noted(AuditKind.LOCKED)
        finally:
            self._leave()
            self.store.close()

    def refuse_who_left(self) -> None:
        """Raises PersonLeft where the person works here no more, and writes the refusal down."""
        if self.person.active is False:
            self.noted(AuditKind.REFUSED, detail="unlock")
            self._leave()
            raise PersonLeft(role="", act="unlock")

    def kept(
        self,
        key: object,
        kinds: tuple[type[Record], ...],
        make: Callable[[], T],
        mend: Callable[[T, frozenset[Id]], T] | None = None,
    ) -> T:
        """``make()``, remembered under ``key`` until a record of one of ``kinds`` changes.

        For lists that are asked for at every key pressed; a change of any source, sync included, drops them. With
        ``mend`` what was remembered is brought up to date for the few scopes that changed, and not made anew.
        """
        names = tuple(kind_of(kind) for kind in kinds)
        with self._guard:
            versions = tuple(self._versions.get(name, 0) for name in names)
            found, touched = self._kept.get(key), self._touched
            since = list(self._touches)[found.touched - touched :] if found and found.touched < touched else []
            whole = found is None or touched - found.touched > len(self._touches)
        if found is not None and found.versions == versions:
            return cast(T, found.value)
        if mend is not None and not whole and found is not None:
            value = mend(cast(T, found.value), frozenset(scope for kind, scope in since if kind in names))
        else:
            value = make()
        with self._guard:
            self._kept[key] = _Kept(versions, value, touched)
        return value

    def _note_changes(self, changed: set[tuple[Any, ...]]) -> None:
        with self._guard:
            for kind, record, scope in changed:
                self._versions[kind] = self._versions.get(kind, 0) + 1
                self._touches.append((kind, scope))
                self._touched += 1
                self._site_stale = self._site_stale or kind == PARTNERSHIP
                self._person_stale = self._person_stale or record == self.person.id
