"""Small look-ups that sessions, plans and papers share."""

from collections.abc import Iterable
from datetime import date

from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.ordering import key_between
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services._reads import present_episode
from workwell_desktop.store import Reader


def staff(reader: Reader) -> dict[Id, Person]:
    """Everybody who works here, or did."""
    return {person.id: person for person in reader.list(Person)}


def name_of(people: dict[Id, Person], person: Id | None) -> str:
    """The name of one of ours, or an empty text."""
    known = people.get(person) if person is not None else None
    return (known.name or "") if known is not None else ""


def needed_episode(reader: Reader, participant: Id) -> Episode:
    """The present episode, where nothing can be done without one."""
    episode = present_episode(reader, participant)
    if episode is None:
        raise BadInput("no_episode")
    return episode


def after_birth(reader: Reader, participant: Id, **days: date | None) -> None:
    """Raises FieldsInvalid (``before_birth``) for each field whose day lies before the birth of the person."""
    born = reader.get(Participant, participant).birth_date
    early = [name for name, day in days.items() if day is not None and born is not None and day < born]
    if early:
        raise FieldsInvalid(tuple((name, "before_birth") for name in early))


def words_or_none(written: str | None) -> str | None:
    """What was written, without the space around it; None where that leaves nothing."""
    return (written or "").strip() or None


def key_after(positions: Iterable[str | None]) -> str:
    """A fractional key behind the last of ``positions``."""
    return key_between(max((key for key in positions if key), default=None), None)


def key_beside(positions: list[str | None], index: int) -> str:
    """A fractional key that puts a row at ``index`` of the sorted ``positions`` of the others."""
    place = max(0, min(index, len(positions)))
    before = positions[place - 1] if place > 0 else None
    after = positions[place] if place < len(positions) else None
    return key_between(before, after)
