"""People who work here, and their teams."""

from collections.abc import Callable

import pytest

from tests.services.conftest import PASSPHRASE
from workwell_desktop.catalogue import sentence
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import REGISTERED, Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid, WrongPassphrase
from workwell_desktop.services.administration import audit, naming, people, teams
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.desk import Desk


def test_an_added_person_has_keys_and_a_certificate_of_their_own(desk: Desk, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    assert priya.identity.signer().certificate != desk.identity.signer().certificate
    assert priya.person.registration_number == "PH123456"
    assert [one.name for one in people.everyone(desk)] == ["Maya Okafor", "Priya Nair"]


@pytest.mark.parametrize("profession", sorted(REGISTERED))
def test_a_registered_profession_needs_its_number(desk: Desk, profession: Profession) -> None:
    with pytest.raises(FieldsInvalid) as trouble:
        people.add(desk, NewPerson("Sam Hill", profession, frozenset({"clinician"}), PASSPHRASE))
    assert trouble.value.problems == (("registration_number", "registration_missing"),)


def test_every_problem_is_named_at_once(desk: Desk) -> None:
    with pytest.raises(FieldsInvalid) as trouble:
        people.add(desk, NewPerson(" ", Profession.NURSE, frozenset({"wizard"}), "short"))
    assert [field for field, _ in trouble.value.problems] == ["name", "registration_number", "roles", "passphrase"]
    assert PASSPHRASE not in repr(NewPerson("A", Profession.COACH, frozenset(), PASSPHRASE))


def test_changing_leaves_the_rest(desk: Desk, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    after = people.change(desk, priya.me, phone="01632 960 101", roles=frozenset({"clinician", "chair"}))
    assert (after.name, after.phone, after.roles) == ("Priya Nair", "01632 960 101", {"clinician", "chair"})
    assert people.change(desk, priya.me, phone="").phone is None
    with pytest.raises(FieldsInvalid):
        people.change(desk, priya.me, registration_number="")
    with pytest.raises(FieldsInvalid):
        people.change(desk, priya.me, name=" ")


def test_who_is_meant_on_a_command_line_is_never_guessed(desk: Desk, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    with desk.read() as reader:
        assert naming.colleague(reader, " priya NAIR ") == naming.colleague(reader, priya.me) == priya.me
        with pytest.raises(BadInput) as unknown:
            naming.colleague(reader, "Priya")
    assert (unknown.value.reason, unknown.value.params) == ("no_colleague", {"name": "Priya"})
    people.change(desk, priya.me, name=desk.person.name or "")
    with desk.read() as reader, pytest.raises(BadInput) as several:
        naming.colleague(reader, desk.person.name or "")
    assert several.value.reason == "several_colleagues"
    assert {desk.me, priya.me} <= set(sentence(several.value).replace(",", "").replace(":", "").split())
    people.deactivate(desk, priya.me)
    with desk.read() as reader:
        assert naming.colleague(reader, desk.person.name or "") == desk.me


def test_one_who_manages_people_always_stays(desk: Desk, colleague: Callable[..., Desk]) -> None:
    for act in (
        lambda: people.deactivate(desk, desk.me),
        lambda: people.change(desk, desk.me, roles=frozenset({"coach"})),
    ):
        with pytest.raises(BadInput) as trouble:
            act()
        assert trouble.value.reason == "last_manager"
    second = colleague("Kit Vane", Profession.COORDINATOR, "administrator", None)
    people.change(desk, desk.me, roles=frozenset({"coach"}), teams=frozenset(), all_cases=True)
    assert desk.person.roles == {"coach"}
    with desk.read() as reader:  # other computers take nothing of the kind from who is no administrator any more
        assert reader.history(desk.me)[-1].field == "roles"
    people.add(second, NewPerson("New One", Profession.COACH, frozenset({"coach"}), PASSPHRASE))


def test_a_new_administrator_can_add_people(desk: Desk, colleague: Callable[..., Desk]) -> None:
    al = colleague("Al Reed", Profession.COACH, "coach", None)
    people.change(desk, al.me, roles=frozenset({"coach", "administrator"}))
    al.refresh()
    people.add(al, NewPerson("New One", Profession.COACH, frozenset({"coach"}), PASSPHRASE))
    assert [one.name for one in people.everyone(desk)] == ["Al Reed", "Maya Okafor", "New One"]


def test_who_left_is_listed_only_when_asked_and_can_come_back(desk: Desk, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    people.deactivate(desk, priya.me)
    assert [one.name for one in people.everyone(desk)] == ["Maya Okafor"]
    assert [one.name for one in people.everyone(desk, gone=True)] == ["Maya Okafor", "Priya Nair"]
    assert [one.name for one in teams.members(desk, Id(next(iter(desk.person.teams))))] == ["Maya Okafor"]
    people.activate(desk, priya.me)
    assert len(people.everyone(desk)) == 2


def test_a_passphrase_is_changed_by_whoever_knows_it(desk: Desk) -> None:
    with pytest.raises(WrongPassphrase):
        people.change_passphrase(desk, "not the passphrase", "another long sentence")
    with pytest.raises(FieldsInvalid):
        people.change_passphrase(desk, PASSPHRASE, "short")


def test_a_changed_passphrase_opens_and_the_old_one_does_not(desk: Desk) -> None:
    with pytest.raises(WrongPassphrase):
        people.change_passphrase(desk, "a guess of somebody", "another long sentence")
    people.change_passphrase(desk, PASSPHRASE, "another long sentence")
    kinds = [one.kind for one in audit.my_own(desk, 2)]
    assert kinds == [AuditKind.PASSPHRASE, AuditKind.UNLOCK_FAILED]
    assert desk.switch(desk.me, "another long sentence").me == desk.me
    with pytest.raises(WrongPassphrase):
        desk.switch(desk.me, PASSPHRASE)


def test_teams_are_named(desk: Desk) -> None:
    second = teams.add(desk, " Upper Valley team ", place="Library")
    assert [one.name for one in teams.everyone(desk)] == ["Calder Valley team", "Upper Valley team"]
    assert [one.name for one in teams.mine(desk)] == ["Calder Valley team"]
    teams.change(desk, second, place="")
    assert teams.everyone(desk)[1].place is None
    with pytest.raises(FieldsInvalid):
        teams.add(desk, " ")
    with pytest.raises(FieldsInvalid):
        teams.change(desk, second, name="")
