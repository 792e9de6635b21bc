"""Proof that the slots beside a store are those that its log knows: nobody else is shown, trusted or let in.

The slots open the store and are read before it is, so nothing in them can be sealed by it; what they say is held
against the log when it is open.
"""

from collections.abc import Iterator
from pathlib import Path

from workwell_desktop.domain.people import Partnership, Person
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import WorkWellError
from workwell_desktop.store import face, slots
from workwell_desktop.store.reading.reader import Reader
from workwell_desktop.store.slots import SlotFile


def slot_problems(
    store: Path, reader: Reader, roots: tuple[bytes, ...], *, rehearsal: bool
) -> Iterator[tuple[str, str]]:
    """Code and where, as in ``check.Problem``; ``where`` is the id of a person, or names the file.

    Codes: ``slots_damaged``, ``slots_copy``, ``slots_people``, ``slots_roots``, ``slots_practice``, ``slots_recovery``.
    """
    found = _read(face.keys_path(store))
    copy = _read(face.copy_path(store))
    if found is None:
        yield "slots_damaged", face.keys_path(store).suffix
    elif copy is None or _said(found) != _said(copy):
        yield "slots_copy", face.copy_path(store).suffix
    one = found or copy
    if one is None:
        return
    known = {str(person.id): person for person in reader.list(Person)}
    for slot in one.people:
        person = known.get(slot.person)
        shown = (slot.name, slot.profession)
        if person is None or shown != (person.name or "", person.profession.value if person.profession else ""):
            yield "slots_people", slot.person
    for sealed in one.sealed:
        if sealed.kind == "person" and sealed.holder not in known:
            yield "slots_people", sealed.holder
    if one.rehearsal != rehearsal:
        yield "slots_practice", face.keys_path(store).suffix
    if not any(sealed.kind == "recovery" for sealed in one.sealed):
        yield "slots_recovery", face.keys_path(store).suffix
    partnership = reader.list(Partnership)[0]
    ours = {root.hex() for root in roots}
    known_lists = {
        reader.blob(line.value).hex()
        for line in reader.history(partnership.id, "revoked")
        if isinstance(line.value, BlobRef) and reader.has_blob(line.value)
    }
    strange = not set(one.roots) <= ours or not set(one.lists) <= known_lists
    if strange or one.partnership != _named(one, partnership.name or "", reader, partnership):
        yield "slots_roots", face.keys_path(store).suffix


def _named(one: SlotFile, name: str, reader: Reader, partnership: Partnership) -> str:
    """What the slots may call the partnership: its name, or one that it had."""
    had = {str(line.value) for line in reader.history(partnership.id, "name")}
    return one.partnership if one.partnership in had else name


def _read(path: Path) -> SlotFile | None:
    try:
        return slots.parse(path.read_bytes())
    except (OSError, WorkWellError):
        return None


def _said(one: SlotFile) -> object:
    """All of it, but when somebody last came in: the copy is written a moment later."""
    return (
        one.store,
        one.partnership,
        one.rehearsal,
        one.sealed,
        one.roots,
        one.lists,
        [(p.person, p.name) for p in one.people],
    )
