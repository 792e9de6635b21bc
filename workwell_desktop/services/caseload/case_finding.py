"""Whose case is meant, by what somebody can write on a command line."""

from workwell_desktop.domain import nhs_number
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.names import plain
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk


def named(desk: Desk, written: str) -> Id:
    """The participant with this id, NHS number, or whole name.

    Raises BadInput ``nobody_to_export`` and, where two people have the name, ``more_than_one_person``: which of them
    is never guessed.
    """
    desk.allow(Act.SEARCH, Participant)
    with desk.read() as reader:
        if reader.find(Participant, Id(written.strip())) is not None:
            return Id(written.strip())
        number = _number(written)
        if number is not None:
            found = reader.list(Participant, nhs_number=number)
        else:
            found = [one for one in reader.list(Participant) if plain(written) in (plain(one.name), _usual(one))]
    if not found:
        raise BadInput("nobody_to_export")
    if len(found) > 1:
        raise BadInput("more_than_one_person")
    return found[0].id


def _usual(one: Participant) -> str:
    return plain(f"{one.called} {one.family_name or ''}")


def _number(written: str) -> str | None:
    try:
        return nhs_number.parse(written)
    except BadInput:
        return None
