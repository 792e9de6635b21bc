"""Choices: those that follow a person to another computer, and those that stay on this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workwell_desktop.catalogue import SOURCE_LANGUAGE
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.language_packs import Pack
from workwell_desktop.domain.people import Setting
from workwell_desktop.domain.records import Code, new_id
from workwell_desktop.domain.screen_packs import packs, share
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import places

TEXT_SIZES = (100, 120, 140, 160, 180, 200)
"""Per cent, the six steps of the window."""

PERSONAL: Mapping[str, frozenset[str]] = {
    "text_size": frozenset(str(size) for size in TEXT_SIZES),
    "theme": frozenset({"system", "light", "dark"}),
    "language": frozenset({SOURCE_LANGUAGE}),
}
"""What follows a person, and what each may be; the language may be any that is offered to the person as well."""

DEFAULTS: Mapping[str, str] = {"text_size": "100", "theme": "system", "language": SOURCE_LANGUAGE}


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the screen. ``share`` is per cent of its sentences; ``draft``: nobody has checked it."""

    code: str
    own_name: str
    draft: bool
    share: int


def languages(desk: Desk) -> tuple[Language, ...]:
    """The languages beside English. One that nobody has checked is offered to those alone who may manage the site."""
    desk.allow(Act.EDIT_OWN_SETTINGS, Setting)
    return tuple(Language(one.language, one.own_name, one.draft, share(one)) for one in packs() if _may_use(desk, one))


def _may_use(desk: Desk, pack: Pack) -> bool:
    return not pack.draft or desk.may(Act.MANAGE_SITE)


def _allowed(desk: Desk, key: str) -> frozenset[str]:
    if key != "language":
        return PERSONAL.get(key, frozenset())
    return PERSONAL[key] | {one.language for one in packs() if _may_use(desk, one)}


def mine(desk: Desk) -> Mapping[str, str]:
    """Every personal choice, with what holds where nobody chose."""
    desk.allow(Act.EDIT_OWN_SETTINGS, Setting)
    with desk.read() as reader:
        chosen = {str(one.key): one.value for one in reader.list(Setting, order_by="id", scope=desk.me)}
    return {key: _valid(desk, key, chosen.get(key)) for key in PERSONAL}


def choose(desk: Desk, key: str, value: str) -> None:
    """Makes a personal choice. Raises BadInput for one that there is not."""
    desk.allow(Act.EDIT_OWN_SETTINGS, Setting)
    if value not in _allowed(desk, key):
        raise BadInput("setting_unknown")
    with desk.unit() as unit:
        unit.undoable = False
        # two computers may have made the record apart: all of them are set, so that they agree from now on
        known = unit.reader.list(Setting, scope=desk.me, key=Code(key))
        for one in known:
            unit.set(Setting, one.id, value=value)
        if not known:
            unit.add(Setting(id=new_id(), scope=desk.me, key=Code(key), value=value))
    if key == "language":
        places.remember_language(value)


def of_computer(desk: Desk, key: str, default: Any = None) -> Any:
    """A choice that stays on this computer, such as the folder for papers. Anything that JSON holds."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    return desk.store.settings.get(f"app:{key}", default)


def choose_for_computer(desk: Desk, key: str, value: Any) -> None:
    """Makes a choice for this computer."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    desk.store.settings.put(f"app:{key}", value)


def _valid(desk: Desk, key: str, value: str | None) -> str:
    chosen = value is not None and value != DEFAULTS[key] and value in _allowed(desk, key)
    return value if value is not None and chosen else DEFAULTS[key]
