"""Choices: those that follow a person to another computer, and those that stay on this one."""

from collections.abc import Mapping
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Setting
from workwell_desktop.domain.records import Code, new_id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk

TEXT_SIZES = (100, 120, 140, 160, 180, 200)
"""Per cent, the six steps of the window."""

PERSONAL: Mapping[str, frozenset[str]] = {
    "text_size": frozenset(str(size) for size in TEXT_SIZES),
    "theme": frozenset({"system", "light", "dark"}),
}
"""What follows a person, and what each may be."""

DEFAULTS: Mapping[str, str] = {"text_size": "100", "theme": "system"}


def mine(desk: Desk) -> Mapping[str, str]:
    """Every personal choice, with what holds where nobody chose."""
    desk.allow(Act.EDIT_OWN_SETTINGS, Setting)
    with desk.read() as reader:
        chosen = {str(one.key): one.value for one in reader.list(Setting, order_by="id", scope=desk.me)}
    return {key: _valid(key, chosen.get(key)) for key in PERSONAL}


def choose(desk: Desk, key: str, value: str) -> None:
    """Makes a personal choice. Raises BadInput for one that there is not."""
    desk.allow(Act.EDIT_OWN_SETTINGS, Setting)
    if value not in PERSONAL.get(key, frozenset()):
        raise BadInput("setting_unknown")
    with desk.unit() as unit:
        unit.undoable = False
        # two computers may have made the record apart: all of them are set, so that they agree from now on
        known = unit.reader.list(Setting, scope=desk.me, key=Code(key))
        for one in known:
            unit.set(Setting, one.id, value=value)
        if not known:
            unit.add(Setting(id=new_id(), scope=desk.me, key=Code(key), value=value))


def of_computer(desk: Desk, key: str, default: Any = None) -> Any:
    """A choice that stays on this computer, such as the folder for papers. Anything that JSON holds."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    return desk.store.settings.get(f"app:{key}", default)


def choose_for_computer(desk: Desk, key: str, value: Any) -> None:
    """Makes a choice for this computer."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    desk.store.settings.put(f"app:{key}", value)


def _valid(key: str, value: str | None) -> str:
    return value if value is not None and value in PERSONAL[key] else DEFAULTS[key]
