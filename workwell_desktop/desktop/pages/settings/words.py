"""How people, roles and teams are said in Settings."""

from collections.abc import Sequence

from workwell_desktop.desktop.kit import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.services.desk import Desk


def profession_words(one: Person) -> str:
    """ "Work and Health Coach", or nothing."""
    return text(f"first_run.profession.{one.profession.value}") if one.profession else ""


def profession_options() -> list[tuple[str, str]]:
    """For a drop-down."""
    return [(one.value, text(f"first_run.profession.{one.value}")) for one in Profession]


def role_options(desk: Desk) -> list[tuple[str, str]]:
    """The roles of the site pack, in its order."""
    return [(str(code), role.label) for code, role in desk.site.roles.items()]


def role_words(desk: Desk, one: Person) -> str:
    """The labels of what somebody is here."""
    return ", ".join(label for code, label in role_options(desk) if code in one.roles)


def managers_line(desk: Desk, found: Sequence[Person]) -> str:
    """Who may add people: whom to ask."""
    able = [
        one.name or ""
        for one in found
        if one.active is not False and desk.site.allows(one.roles, Act.MANAGE_PEOPLE, "person")
    ]
    return " · ".join(able)
