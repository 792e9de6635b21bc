"""Every public act of the services with every role: what the site's table says is what happens, and nothing before it.

The acts are walked with a desk whose ``allow`` is the real one and stops an act that was allowed right there, so that
no act needs a case to work on: a role is refused or let in before anything is read.
"""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest

from workwell_desktop import services
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id, Record, kind_of, new_id
from workwell_desktop.domain.site import Site
from workwell_desktop.errors import NoPermission
from workwell_desktop.services.administration.site_in_use import site_named
from workwell_desktop.services.desk import Desk

ROLES = ("administrator", "coach", "clinician", "chair", "coordinator", "team_lead", "observer")


class LetIn(Exception):
    """The table said yes."""


class Store:
    """Takes the one event that a refusal writes, and nothing else."""

    def __init__(self) -> None:
        self.events: list[Any] = []

    def on_change(self, _observer: object) -> Callable[[], None]:
        return lambda: None

    @contextmanager
    def unit(self, _identity: object) -> Iterator["Store"]:
        yield self

    def event(self, one: object) -> None:
        self.events.append(one)

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was touched before the table was asked")


class Door(Desk):
    """Somebody of one role, who goes no further than the question."""

    asked: tuple[Act, str | None] | None = None

    def allow(self, act: Act, kind: type[Record] | None = None) -> None:
        self.asked = (act, kind_of(kind) if kind is not None else None)
        super().allow(act, kind)
        raise LetIn


def acts() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of a public module whose first parameter is a desk."""
    for found in pkgutil.walk_packages(services.__path__, "workwell_desktop.services."):
        if any(part.startswith("_") for part in found.name.split(".")) or ".demo" in found.name:
            continue
        module = importlib.import_module(found.name)
        for name, act in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(act) or act.__module__ != found.name:
                continue
            first = next(iter(inspect.signature(act).parameters.values()), None)
            if first is not None and first.name == "desk" and not inspect.isgeneratorfunction(act):
                yield f"{found.name.removeprefix('workwell_desktop.services.')}.{name}", act


ACTS = dict(acts())


@pytest.fixture(scope="module")
def site() -> Site:
    return site_named("generic")


def door(role: str, site: Site) -> Door:
    person = Person(id=new_id(), scope=Id("0" * 32), name="Sam Low", roles=frozenset({role}), active=True)
    return Door(cast(Any, Store()), cast(Any, None), person, clock=cast(Any, FixedClock), site=site)


def knocked(act: Callable[..., Any], role: str, site: Site) -> tuple[tuple[Act, str | None] | None, bool]:
    """What the act asked, and whether the role was let in."""
    desk = door(role, site)
    given: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(act).parameters.items())[1:]:
        if parameter.default is inspect.Parameter.empty and parameter.kind not in (
            inspect.Parameter.VAR_POSITIONAL,
            inspect.Parameter.VAR_KEYWORD,
        ):
            given[name] = None
    try:
        act(desk, **given)
    except LetIn:
        return desk.asked, True
    except NoPermission:
        # each refusal is an event, of the very act
        return desk.asked, [str(one.detail) for one in cast(Store, desk.store).events] != [
            desk.asked[0] if desk.asked else ""
        ]
    except Exception:  # noqa: BLE001 - an act that does something before it asks is told apart below
        return desk.asked, True
    return desk.asked, True


@pytest.mark.parametrize("role", ROLES)
def test_every_act_does_for_a_role_what_the_table_says(role: str, site: Site) -> None:
    held = site.roles[typing.cast(Any, role)]
    wrong = []
    for name, act in ACTS.items():
        asked, let_in = knocked(act, role, site)
        if asked is None:
            continue
        if let_in != held.allows(*asked):
            wrong.append((name, asked, let_in))
    assert wrong == []


def test_no_act_is_left_out_of_the_walk(site: Site) -> None:
    """Helpers that a public act calls after it asked may take a desk too; they are few and named."""
    silent = sorted(name for name, act in ACTS.items() if knocked(act, "coach", site)[0] is None)
    assert len(ACTS) > 350
    assert len(silent) < len(ACTS) / 20, silent


NEVER = {
    "administrator": {"read", "search", "assess", "export", "print", "read_scores", "disclose", "record_safeguarding"},
    "observer": {act.value for act in Act} - {"read", "edit_own_settings"},
    "coordinator": {
        "read_scores",
        "assess",
        "handle_risk",
        "sign_as_coach",
        "sign_as_clinician",
        "disclose",
        "manage_people",
    },
    "coach": {
        "manage_people",
        "manage_site",
        "disclose",
        "sign_as_clinician",
        "sign_as_chair",
        "read_audit",
        "screen_red_flags",
    },
    "clinician": {"manage_people", "manage_site", "sign_as_coach", "sign_as_chair", "read_audit", "close_episode"},
    "chair": {"manage_people", "manage_site", "sign_as_coach", "sign_as_clinician"},
    "team_lead": {"manage_people", "manage_site", "sign_as_clinician"},
}
"""What a role must never be given by a slip in the pack, whoever edits it: on the records of participants."""


@pytest.mark.parametrize("role", ROLES)
def test_the_table_gives_no_role_what_is_not_its_work(role: str, site: Site) -> None:
    held = site.roles[typing.cast(Any, role)]
    assert [act for act in sorted(NEVER[role]) if held.allows(Act(act), "participant")] == []
    assert not any(held.allows(Act.READ, kind) for kind in ("equality",))
    assert held.allows(Act.READ, "broken_glass") == (role == "team_lead")
    assert held.allows(Act.BREAK_GLASS, "safeguarding") == (role in ("coach", "coordinator"))
    assert held.allows(Act.READ, "safeguarding") == (role in ("clinician", "chair", "team_lead"))
