"""From nothing to a desk, from locked to a desk, and every way in that must stay shut."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.conftest import CHEAP, FIRST, PASSPHRASE
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.passphrases import passphrase_problem
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid, NoPermission, StoreInUse, StoreNotFound, WrongPassphrase
from workwell_desktop.services.administration import audit, people, site_in_use, teams
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import read_slots


def maya_of(path: Path) -> Id:
    return Id(read_slots(path).people[0].person)


def test_the_first_run_makes_partnership_team_and_a_person_who_may_do_both_jobs(
    tmp_path: Path, clock: FixedClock
) -> None:
    desk, code = opening.create(tmp_path / "new.workwell", FIRST, clock=clock, profile=CHEAP)
    try:
        assert desk.person.name == "Maya Okafor"
        assert desk.person.roles == {"administrator", "coach"}
        assert not desk.rehearsal
        (team,) = teams.mine(desk)
        assert (team.name, team.place) == ("Calder Valley team", "Room 4")
        assert [one.id for one in teams.members(desk, team.id)] == [desk.me]
        assert code.matches(" ".join(code.groups).lower())
        assert AuditKind.UNLOCKED in [one.kind for one in audit.my_own(desk)]
    finally:
        desk.lock()
    assert read_slots(tmp_path / "new.workwell").partnership == "Calder Valley partnership"


def test_a_rehearsal_store_stays_one(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "r.workwell"
    first = opening.FirstRun("P", "T", "Maya Okafor", Profession.COACH, PASSPHRASE, rehearsal=True)
    desk, _code = opening.create(path, first, clock=clock, profile=CHEAP)
    assert desk.rehearsal
    desk.lock()
    again = opening.unlock(path, maya_of(path), PASSPHRASE, clock=clock)
    assert again.rehearsal
    again.lock()


def test_the_first_run_names_every_field_that_needs_another_look(tmp_path: Path, clock: FixedClock) -> None:
    first = opening.FirstRun(" ", "", "Jo", Profession.DOCTOR, "short")
    with pytest.raises(FieldsInvalid) as trouble:
        opening.create(tmp_path / "no.workwell", first, clock=clock, profile=CHEAP)
    assert trouble.value.problems == (
        ("partnership", "name_missing"),
        ("team", "name_missing"),
        ("registration_number", "registration_missing"),
        ("passphrase", "passphrase_too_short"),
    )
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_passphrase_opens_nothing_and_is_told_to_the_one_who_comes_in(
    store_path: Path, clock: FixedClock
) -> None:
    maya = maya_of(store_path)
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            opening.unlock(store_path, maya, "not the passphrase", clock=clock)
        clock.set(clock.now() + timedelta(minutes=10))
    desk = opening.unlock(store_path, maya, PASSPHRASE, clock=clock)
    kinds = [one.kind for one in audit.my_own(desk)]
    desk.lock()
    assert kinds.count(AuditKind.UNLOCK_FAILED) == 2
    assert kinds[0] is AuditKind.UNLOCKED


def test_one_store_is_open_once(desk: Desk, store_path: Path, clock: FixedClock) -> None:
    with pytest.raises(StoreInUse):
        opening.unlock(store_path, desk.me, PASSPHRASE, clock=clock)


def test_no_store_no_desk(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(StoreNotFound):
        opening.unlock(tmp_path / "none.workwell", Id("0" * 32), PASSPHRASE, clock=clock)


def test_locking_is_written_down_and_lets_go(store_path: Path, clock: FixedClock) -> None:
    maya = maya_of(store_path)
    opening.unlock(store_path, maya, PASSPHRASE, clock=clock).lock()
    desk = opening.unlock(store_path, maya, PASSPHRASE, clock=clock)
    assert AuditKind.LOCKED in [one.kind for one in audit.my_own(desk)]
    desk.lock()


def test_another_person_takes_over_without_closing(desk: Desk) -> None:
    new = people.NewPerson(
        "Priya Nair", Profession.PHYSIOTHERAPIST, frozenset({"clinician"}), PASSPHRASE, registration_number="PH1"
    )
    priya = people.add(desk, new)
    with pytest.raises(WrongPassphrase):
        desk.switch(priya, "not the passphrase")
    theirs = desk.switch(priya, PASSPHRASE)
    assert theirs.person.name == "Priya Nair"
    assert theirs.store is desk.store
    assert [one.kind for one in audit.my_own(theirs)] == [AuditKind.UNLOCKED, AuditKind.UNLOCK_FAILED]


def test_who_left_is_refused_at_the_door(desk: Desk, store_path: Path, clock: FixedClock) -> None:
    new = people.NewPerson("Al Reed", Profession.COACH, frozenset({"coach"}), PASSPHRASE)
    al = people.add(desk, new)
    people.deactivate(desk, al)
    with pytest.raises(NoPermission):
        desk.switch(al, PASSPHRASE)
    assert AuditKind.REFUSED in [one.kind for one in audit.of_person(desk, al)]
    desk.lock()
    with pytest.raises(NoPermission):
        opening.unlock(store_path, al, PASSPHRASE, clock=clock)
    opening.unlock(store_path, desk.me, PASSPHRASE, clock=clock).lock()


def test_the_recovery_code_lets_somebody_choose_a_new_passphrase(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "lost.workwell"
    desk, code = opening.create(path, FIRST, clock=clock, profile=CHEAP)
    maya = desk.me
    desk.lock()
    with pytest.raises(FieldsInvalid):
        opening.recover(path, code.letters, maya, "short", clock=clock, profile=CHEAP)
    with pytest.raises(BadInput) as trouble:
        opening.recover(path, "ABCD", maya, "a whole new passphrase", clock=clock, profile=CHEAP)
    assert trouble.value.reason == "recovery_code"
    back = opening.recover(path, "-".join(code.groups), maya, "a whole new passphrase", clock=clock, profile=CHEAP)
    assert back.me == maya
    back.lock()
    with pytest.raises(WrongPassphrase):
        opening.unlock(path, maya, PASSPHRASE, clock=clock)
    clock.set(clock.now() + timedelta(minutes=10))
    opening.unlock(path, maya, "a whole new passphrase", clock=clock).lock()


def test_the_program_has_its_generic_pack_and_no_pack_outside_its_folder() -> None:
    assert site_in_use.site_named("generic").code == "generic"
    for code in ("nowhere", "../sites/generic", ""):
        with pytest.raises(BadInput) as trouble:
            site_in_use.site_named(code)
        assert trouble.value.reason == "site_missing"


@pytest.mark.parametrize(
    ("passphrase", "problem"),
    [
        ("", "too_short"),
        ("eleven char", "too_short"),
        ("   spaced   ", "too_short"),
        ("aaaaaaaaaaaaaa", "too_plain"),
        ("abababababab", "too_plain"),
        ("1234567890123", "too_common"),
        ("Password1234567", "too_common"),
        ("passwordpassword", "too_common"),
        ("correct horse battery staple", "too_common"),
        ("P@ssw0rd2026!!", "too_common"),
        ("Manchester2026", "too_common"),
        ("trustno1trustno1", "too_common"),
        ("12motherlode34", "too_common"),
        ("motherlode harbour", None),
        ("maya okafor 12", "holds_name"),
        ("harbour lantern mosaic", None),
        ("ŵy ŷn Ôl i’r tŷ heno", None),
        ("pässwörd1234", "too_common"),
        ("ｐａｓｓｗｏｒｄ１２３４", "too_common"),
        ("máya okáfor 12".replace("á", "a\u0301"), "holds_name"),
        ("o\u0301" * 3 + "ld key", "too_short"),
        ("🦉🌿🔑🌙🍂🪵🌊🐚🧭🍃🌾🐝", None),
        ("1234567🔑🔑🔑🔑🔑", "too_common"),
    ],
)
def test_a_passphrase_is_long_and_not_what_everybody_tries(passphrase: str, problem: str | None) -> None:
    assert passphrase_problem(passphrase, "Maya Okafor") == problem
