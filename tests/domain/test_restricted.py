"""Restricted kinds of record: no role has them by having every kind."""

from types import MappingProxyType

import pytest

from workwell_desktop import assets
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.duties import RedFlagScreen, ScreenOutcome
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.records import Id, is_restricted
from workwell_desktop.domain.site import Role, RoleCode
from workwell_desktop.domain.site_making import _grants, _named
from workwell_desktop.domain.site_reading import load_site


def role(*may: str) -> Role:
    return Role(RoleCode("one"), "One", frozenset(), MappingProxyType(_grants(may)), MappingProxyType(_named(may)))


def test_four_kinds_are_restricted_and_no_other() -> None:
    assert {kind for kind in KINDS if is_restricted(kind)} == {"safeguarding", "disclosure", "equality", "broken_glass"}


@pytest.mark.parametrize("act", [Act.READ, Act.EXPORT])
def test_every_kind_is_not_a_restricted_one(act: Act) -> None:
    wide = role(act.value)
    assert wide.allows(act, "participant")
    assert not wide.allows(act, "safeguarding")


def test_a_restricted_kind_is_had_by_name_and_beside_every_other() -> None:
    named = role("read", "read:safeguarding")
    assert named.allows(Act.READ, "safeguarding")
    assert named.allows(Act.READ, "plan")
    assert not named.allows(Act.READ, "equality")
    assert not named.allows(Act.EXPORT, "safeguarding")
    assert not role("read:safeguarding").allows(Act.READ, "plan")


def test_the_generic_pack_gives_nobody_the_equality_answers_of_a_person() -> None:
    site = load_site(assets.resource("sites", "generic.toml"))
    assert not any(site.allows([code], Act.READ, "equality") for code in site.roles)
    assert {code for code in site.roles if site.allows([code], Act.READ, "safeguarding")} == {
        "clinician",
        "chair",
        "team_lead",
    }


@pytest.mark.parametrize(("outcome", "waits"), [("clear", False), ("red", True), ("orange", True)])
def test_a_flag_waits_until_somebody_has_seen_the_person(outcome: str, waits: bool) -> None:
    one = RedFlagScreen(id=Id("a" * 32), scope=Id("b" * 32), outcome=ScreenOutcome(outcome))
    assert one.waits is waits
