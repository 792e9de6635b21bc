"""Whether what was written about a case names somebody else; read when a field is left, and kept nowhere."""

from collections.abc import Iterable

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.likeness import forms_of
from workwell_desktop.domain.participants import Participant, WorkSituation
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Attendance, Discussion
from workwell_desktop.domain.third_parties import Around, Mention, family_names, mentions
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import staff
from workwell_desktop.store import Reader


def named(desk: Desk, discussion: Id, text: str) -> tuple[Mention, ...]:
    """Names of other participants of this store, of who speaks for the employer, and of colleagues, in ``text``.

    The person's own names, and those of the people of the service and of this session's guests, are no mention. A role
    that reads no participants is told of none.
    """
    desk.allow(Act.READ, Discussion)
    if not text.strip():
        return ()
    with desk.read() as reader:
        about = reader.get(Discussion, discussion)
        guests = reader.list(Attendance, session=about.session, person=None)
        return mentions(text, around(desk, reader, about.scope, text, [one.name or "" for one in guests]))


def around(desk: Desk, reader: Reader, participant: Id, text: str, guests: Iterable[str] = ()) -> Around:
    """What the records know of the names in ``text`` about somebody; ``guests`` sat at the table and warn nobody."""
    own = reader.get(Participant, participant)
    work = reader.list(WorkSituation, scope=participant)
    families = family_names(text) if desk.may(Act.READ, Participant) else frozenset()
    alike = reader.list(Participant, family_name=sorted(families)) if families else []
    here = [one.name or "" for one in staff(reader).values()]
    return Around(
        never=frozenset((*_names(own), *whole_names(own), *here, *guests)),
        others=frozenset(name for one in alike if one.id != own.id for name in whole_names(one)),
        contacts=tuple(one.employer_person for one in work if one.employer_person),
        firms=tuple(one.employer for one in work if one.employer),
    )


def whole_names(person: Participant) -> tuple[str, ...]:
    """Given and family name, and what the person is called, or a given name is called, with the family name."""
    given = {person.given_name or "", person.preferred_name or "", *forms_of(person.given_name or "")} - {""}
    return tuple(f"{one} {person.family_name}" for one in sorted(given)) if person.family_name else ()


def _names(person: Participant) -> tuple[str, ...]:
    """Given and family name, and what they like to be called with the family name."""
    known = f"{person.preferred_name} {person.family_name}" if person.preferred_name and person.family_name else ""
    return tuple(one for one in (person.name, known, person.preferred_name) if one)
