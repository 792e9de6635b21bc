"""Which colleague is meant, by what somebody writes on a command line."""

from workwell_desktop.catalogue import text
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.store import Reader


def colleague(reader: Reader, written: str) -> Id:
    """Who works here and has this whole name, or this id.

    Raises BadInput ``no_colleague`` and, where two have the name, ``several_colleagues``, which says their ids: which
    of them is never guessed.
    """
    wanted = written.strip().casefold()
    staff = [one for one in reader.list(Person) if one.active is not False]
    found = [one for one in staff if wanted in (one.id, (one.name or "").strip().casefold())]
    if not wanted or not found:
        raise BadInput("no_colleague", name=written.strip())
    if len(found) > 1:
        raise BadInput("several_colleagues", name=written.strip(), ids=", ".join(map(_told_apart, found)))
    return found[0].id


def _told_apart(one: Person) -> str:
    role = text(f"first_run.profession.{one.profession.value}") if one.profession else ""
    return f"{one.id} ({role})" if role else one.id
