"""What several services look up: who works here, the episode that runs, the work situation of today."""

from collections.abc import Iterable
from datetime import date

from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.ordering import key_between
from workwell_desktop.domain.participants import WorkSituation
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.store import Reader


def staff(reader: Reader) -> dict[Id, Person]:
    """Everybody who works here, or did."""
    return {person.id: person for person in reader.list(Person)}


def name_of(people: dict[Id, Person], person: Id | None) -> str:
    """The name of one of ours, or an empty text."""
    known = people.get(person) if person is not None else None
    return (known.name or "") if known is not None else ""


def episode_of(reader: Reader, participant: Id) -> Episode | None:
    """The episode that runs now, else the newest one."""
    episodes = reader.list(Episode, scope=participant)
    return max(
        episodes,
        key=lambda one: (one.status is not EpisodeStatus.CLOSED, one.opened_on or date.min, one.id),
        default=None,
    )


def needed_episode(reader: Reader, participant: Id) -> Episode:
    """The same, where nothing can be done without one."""
    episode = episode_of(reader, participant)
    if episode is None:
        raise BadInput("no_episode")
    return episode


def work_of(reader: Reader, participant: Id) -> WorkSituation | None:
    """The work situation as it was told last."""
    told = reader.list(WorkSituation, scope=participant)
    return max(told, key=lambda one: (one.told_on or date.min, one.id), default=None)


def key_after(positions: Iterable[str | None]) -> str:
    """A fractional key behind the last of ``positions``."""
    return key_between(max((key for key in positions if key), default=None), None)


def key_beside(positions: list[str | None], index: int) -> str:
    """A fractional key that puts a row at ``index`` of the sorted ``positions`` of the others."""
    before = positions[index - 1] if index > 0 else None
    after = positions[index] if index < len(positions) else None
    return key_between(before, after)


def age_on(born: date | None, day: date) -> int | None:
    """Whole years."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
