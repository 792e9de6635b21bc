"""The people who work here: adding them, changing what they may do, letting them go."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.passphrases import passphrase_problem
from workwell_desktop.domain.people import ADMINISTRATOR, REGISTERED, Person, Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid, NoPermission
from workwell_desktop.services.administration import certificates, revocation
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Founder

"""The role that holds the key of the partnership's own CA."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is to work here. ``roles`` are codes of the site pack; ``teams`` ids of teams."""

    name: str
    profession: Profession
    roles: frozenset[str]
    passphrase: str = field(repr=False)
    registration_number: str | None = None
    teams: frozenset[str] = frozenset()
    phone: str | None = None
    email: str | None = None


def everyone(desk: Desk, *, gone: bool = False) -> tuple[Person, ...]:
    """All who work here, by name; with ``gone`` also those who left."""
    desk.allow(Act.READ, Person)
    with desk.read() as reader:
        found = reader.list(Person, order_by="name")
    return tuple(person for person in found if gone or person.active is not False)


def add(desk: Desk, new: NewPerson) -> Id:
    """Adds somebody with a slot, keys and a certificate of their own. Raises FieldsInvalid."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    problems = _problems(desk, new.name, new.profession, new.registration_number, new.roles)
    weak = passphrase_problem(new.passphrase, new.name)
    if weak:
        problems.append(("passphrase", f"passphrase_{weak}"))
    if problems:
        raise FieldsInvalid(tuple(problems))
    person = desk.store.add_person(
        desk.identity,
        Founder(
            name=new.name.strip(),
            profession=new.profession,
            registration_number=new.registration_number or None,
            role=min(new.roles),
            also=tuple(sorted(new.roles)[1:]),
            teams=new.teams,
            passphrase=new.passphrase,
        ),
        profile=desk.profile,
    )
    if new.phone or new.email:
        with desk.unit() as unit:
            unit.undoable = False
            unit.set(Person, person, phone=new.phone or None, email=new.email or None)
    return person


def change(
    desk: Desk,
    person: Id,
    *,
    name: str | None = None,
    profession: Profession | None = None,
    registration_number: str | None = None,
    roles: frozenset[str] | None = None,
    teams: frozenset[str] | None = None,
    phone: str | None = None,
    email: str | None = None,
    all_cases: bool | None = None,
) -> Person:
    """Changes what is given and leaves the rest; an empty text takes it away. Raises FieldsInvalid, and NoPermission
    where an administrator is made by somebody who does not hold the key of the partnership's CA."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    given = {
        "name": name,
        "profession": profession,
        "registration_number": registration_number,
        "roles": roles,
        "teams": teams,
        "phone": phone,
        "email": email,
        "all_cases": all_cases,
    }
    fields: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    with desk.unit() as unit:
        now = unit.reader.get(Person, person)
        if roles is not None and ADMINISTRATOR in roles - now.roles:
            desk.store.authority(desk.identity)  # asked first: without it nothing is written
        after = {**{key: getattr(now, key) for key in given}, **fields}
        problems = _problems(
            desk, after["name"] or "", after["profession"], after["registration_number"], after["roles"]
        )
        if problems:
            raise FieldsInvalid(tuple(problems))
        if now.active is not False and _may_manage(desk, now.roles) and not _may_manage(desk, after["roles"]):
            _keep_a_manager(desk, unit.reader.list(Person), person)
        written: dict[str, Any] = {key: None if value == "" else value for key, value in fields.items()}
        # one's own roles last: what an administrator says after they are none, other computers do not take
        unit.set(Person, person, **dict(sorted(written.items(), key=lambda one: one[0] == "roles")))
    if ADMINISTRATOR in after["roles"] and ADMINISTRATOR not in now.roles:
        desk.store.grant_authority(desk.identity, person)
    elif ADMINISTRATOR in now.roles - after["roles"]:
        desk.store.withdraw_authority(person)
    if person == desk.me:
        desk.refresh()
    if {"name", "profession"} & fields.keys():
        desk.store.refresh_slot(person)
    with desk.read() as reader:
        return reader.get(Person, person)


def set_all_cases(desk: Desk, people: Collection[Id], every: bool) -> None:
    """Whether these people read every case of their teams, at the hub and in files for their computers."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    with desk.unit() as unit:
        for person in people:
            if bool(unit.reader.get(Person, person).all_cases) is not every:
                unit.set(Person, person, all_cases=every)


def deactivate(desk: Desk, person: Id) -> None:
    """Takes away the right to act; what the person wrote stays. The last one who manages people cannot go.

    Their certificate counts no more from now on; what they signed before stays as good as the register shows it.
    """
    desk.allow(Act.MANAGE_PEOPLE, Person)
    with desk.unit() as unit:
        if _may_manage(desk, unit.reader.get(Person, person).roles):
            _keep_a_manager(desk, unit.reader.list(Person), person)
        revocation.left(desk, unit, unit.reader.get(Person, person))
        unit.set(Person, person, active=False)  # last, for whoever lets themselves go
    desk.store.refresh_slot(person)


def activate(desk: Desk, person: Id) -> None:
    """Lets somebody act again, with a new certificate where whoever lets them may issue one."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    with desk.unit() as unit:
        unit.reader.get(Person, person)
        unit.set(Person, person, active=True)
    desk.store.refresh_slot(person)
    try:
        certificates.renew(desk, person)
    except (NoPermission, FieldsInvalid):
        return  # whoever holds the key of the CA issues it, on the person's own page


def change_passphrase(desk: Desk, old: str, new: str) -> None:
    """Changes one's own passphrase. Raises WrongPassphrase, or FieldsInvalid for one that will not do."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    weak = passphrase_problem(new, desk.person.name or "")
    if weak:
        raise FieldsInvalid((("passphrase", f"passphrase_{weak}"),))
    desk.store.change_passphrase(desk.identity, old, new, profile=desk.profile)
    desk.noted(AuditKind.PASSPHRASE)


def _problems(
    desk: Desk, name: str, profession: Profession | None, registration: str | None, roles: frozenset[str]
) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    if not name.strip():
        problems.append(("name", "name_missing"))
    if profession is None:
        problems.append(("profession", "profession_missing"))
    if profession in REGISTERED and not (registration or "").strip():
        problems.append(("registration_number", "registration_missing"))
    if not roles:
        problems.append(("roles", "role_missing"))
    elif not roles <= desk.site.roles.keys():
        problems.append(("roles", "role_unknown"))
    return problems


def _may_manage(desk: Desk, roles: frozenset[str]) -> bool:
    return desk.site.allows(roles, Act.MANAGE_PEOPLE, "person")


def _keep_a_manager(desk: Desk, everybody: list[Person], leaving: Id) -> None:
    if not any(p.id != leaving and p.active is not False and _may_manage(desk, p.roles) for p in everybody):
        raise BadInput("last_manager")
