"""Who may read what: the hub follows signed changes, and believes nobody who may not say so."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.sync.hubs import CLIENT, PARTNERSHIP, Laptop, Receipt, Sent, TestHub, hex_id, push
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import HubRefused
from workwell_desktop.store.log.fields import DELETED, FieldType
from workwell_desktop.sync.hub import enrolment, keeping, wire
from workwell_desktop.sync.hub.enrolment import Enrolment, Vouched

TODAY = datetime.now(UTC).date()


def grant(by: Laptop, case: str, person: str, last: date) -> tuple[str, list[Sent]]:
    """The changes of a grant, as sending an agenda writes them; gives the record too."""
    record = hex_id()
    return record, [
        by.write(case, "person", Id(person), kind="grant", record=record, holds=FieldType.ID),
        by.write(case, "ends_on", last, kind="grant", record=record),
    ]


def word(by: Laptop, person: str, name: str, value: Any, key: Any = None, holds: FieldType | None = None) -> Receipt:
    """A change of a person's record, pushed."""
    (answer,) = by.push([by.write(PARTNERSHIP, name, value, kind="person", record=person, key=key, holds=holds)])
    return answer


def test_each_reads_the_partnership_and_what_is_theirs(hub: TestHub) -> None:
    team = hex_id()
    anna, kim = hub.laptop(teams=[team]), hub.laptop()
    case = anna.case()
    assert anna.scopes() == {PARTNERSHIP, anna.person, team, case}
    assert kim.scopes() == {PARTNERSHIP, kim.person}
    anna.push([anna.write(PARTNERSHIP), anna.write(team), anna.write(anna.person)])
    assert len(kim.reads(PARTNERSHIP)) == 1
    assert [kim.reads(one) for one in (case, team, anna.person)] == [[], [], []]
    assert kim.hub.execute("select count(*) from workwell.value").fetchone() == (1,)
    assert kim.hub.execute("select scope from workwell.stream").fetchall() != []
    (refused,) = kim.push([kim.write(case)])
    assert (refused.code, refused.accepted, refused.number) == ("scope", 0, 0)


def test_a_case_goes_from_one_coach_to_another_and_what_was_left_can_still_be_sent(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case, episode = hex_id(), hex_id()
    first = anna.coach(case, anna.person, record=episode)
    assert anna.push([first, anna.write(case)])[0].code is None
    late = anna.write(case)
    anna.push([late, second := anna.coach(case, kim.person, record=episode, replaces=(first.change.id,))])
    assert case in kim.scopes()
    assert case not in anna.scopes()
    assert kim.reads(case)[-1] == second.change.id
    assert anna.reads(case) == []
    (flushed,) = anna.push([anna.write(case)])
    assert (flushed.code, flushed.accepted) == (None, 1)
    # to write is not to open: who gave the case away does not take it back with what was left
    (back,) = anna.push([anna.coach(case, anna.person, record=episode, replaces=(second.change.id,))])
    assert back.accepted == 1
    assert case not in anna.scopes()


def test_two_coaches_set_apart_both_read_until_a_person_has_chosen(hub: TestHub) -> None:
    anna, kim, sam = hub.laptop(), hub.laptop(), hub.laptop()
    case, episode = hex_id(), hex_id()
    first = anna.coach(case, anna.person, record=episode)
    assert anna.push([first, anna.write(case)])[0].code is None
    to_kim = anna.coach(case, kim.person, record=episode, replaces=(first.change.id,))
    to_sam = anna.coach(case, sam.person, record=episode, replaces=(first.change.id,))
    anna.push([to_kim, to_sam])
    assert case in kim.scopes() & sam.scopes()
    kim.push([kim.coach(case, sam.person, record=episode, replaces=(to_kim.change.id, to_sam.change.id))])
    assert case in sam.scopes()
    assert case not in kim.scopes()


def test_a_grant_opens_a_case_until_its_last_day(hub: TestHub) -> None:
    anna, kim, sam = hub.laptop(), hub.laptop(), hub.laptop()
    case = anna.case()
    _record, today = grant(anna, case, kim.person, TODAY + timedelta(days=1))
    _record, over = grant(anna, case, sam.person, TODAY - timedelta(days=2))
    anna.push([*today, *over])
    assert case in kim.scopes()
    assert len(kim.reads(case)) == 6
    assert case not in sam.scopes()
    assert kim.push([kim.write(case)])[0].accepted == 1


@pytest.mark.parametrize("way", ["ended", "deleted"])
def test_a_grant_that_is_taken_back_ends_at_once(hub: TestHub, way: str) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    record, lot = grant(anna, case, kim.person, TODAY + timedelta(days=5))
    anna.push(lot)
    assert case in kim.scopes()
    name, value = ("ended_at", datetime.now(UTC)) if way == "ended" else (DELETED, True)
    anna.push([anna.write(case, name, value, kind="grant", record=record)])
    assert case not in kim.scopes()
    assert kim.push([kim.write(case)])[0].code is None


def test_somebody_invited_cannot_pass_the_case_on_nor_stay_longer(hub: TestHub) -> None:
    anna, kim, sam = hub.laptop(), hub.laptop(), hub.laptop()
    case = anna.case()
    record, lot = grant(anna, case, kim.person, TODAY + timedelta(days=5))
    anna.push(lot)
    _other, on = grant(kim, case, sam.person, TODAY + timedelta(days=99))
    longer = kim.write(case, "ends_on", TODAY + timedelta(days=99), kind="grant", record=record)
    (answer,) = kim.push([*on, longer, kim.coach(case, kim.person)])
    assert answer.accepted == 4, "what they wrote is kept; it only opens nothing"
    assert case not in sam.scopes()
    anna.push([anna.write(case, "ended_at", datetime.now(UTC), kind="grant", record=record)])
    assert case not in kim.scopes()


def test_a_coordinator_reads_every_case_of_the_team(hub: TestHub) -> None:
    team = hex_id()
    anna, kim = hub.laptop(), hub.laptop(teams=[team])
    lead = hub.laptop(teams=[team], all_cases=True)
    case = anna.case()
    anna.push([anna.write(case, "team", Id(team), kind="episode", holds=FieldType.ID)])
    assert case in lead.scopes()
    assert case not in kim.scopes()


def test_an_administrator_says_by_a_signed_change_who_reads_every_case_of_their_teams(hub: TestHub) -> None:
    team = hex_id()
    boss, anna, kim = hub.laptop(administrator=True), hub.laptop(), hub.laptop(teams=[team])
    case = anna.case()
    anna.push([anna.write(case, "team", Id(team), kind="episode", holds=FieldType.ID)])
    assert word(kim, kim.person, "all_cases", True).code == "right"
    assert case not in kim.scopes()
    assert word(boss, kim.person, "all_cases", True).code is None
    assert case in kim.scopes()
    word(boss, kim.person, "all_cases", False)
    assert case not in kim.scopes()


def test_an_administrator_sets_teams_by_a_signed_change(hub: TestHub) -> None:
    boss, kim = hub.laptop(administrator=True), hub.laptop()
    north, south = hex_id(), hex_id()
    word(boss, kim.person, "teams", frozenset({north}))
    assert north in kim.scopes()
    word(boss, kim.person, "teams", frozenset({south}))
    assert kim.scopes() == {PARTNERSHIP, kim.person, south}
    word(boss, kim.person, "active", False)
    assert kim.scopes() == {PARTNERSHIP}, "there the laptop learns it, and lets go of the rest"


def test_an_administrator_sets_up_a_team_without_sitting_in_it(hub: TestHub) -> None:
    team = hex_id()
    boss, kim = hub.laptop(administrator=True), hub.laptop(teams=[team])
    assert boss.push([boss.write(team, "name", "North", kind="team", record=team)])[0].code is None
    assert len(kim.reads(team)) == 1
    assert team not in hub.laptop().scopes()


def test_nobody_else_sets_teams_roles_or_keys(hub: TestHub) -> None:
    boss, kim = hub.laptop(administrator=True), hub.laptop()
    team = hex_id()
    mine = bytes(kim.key.verify_key).hex()
    mischief: list[tuple[str, str, object]] = [
        (kim.person, "teams", frozenset({team})),
        (kim.person, "roles", frozenset({"administrator"})),
        (boss.person, "verify_key", mine),
    ]
    for person, name, value in mischief:
        assert word(kim, person, name, value).code == "right"
        kim.tips = {}
    assert team not in kim.scopes()
    # as the administrator, on a laptop where both sign in, without the administrator's key
    with closing(hub.server.connect(hub.database)) as admin:
        admin.execute("insert into workwell.device_person values (%s, %s)", (kim.device, boss.person))
    forged = kim.write(PARTNERSHIP, "teams", frozenset({team}), kind="person", record=kim.person, by=boss, key=kim.key)
    (answer,) = kim.push([forged])
    assert (answer.code, answer.accepted) == ("signature", 0)
    assert team not in kim.scopes()


def test_a_lost_laptop_is_shown_out_and_never_let_in_again(hub: TestHub) -> None:
    anna = hub.laptop()
    anna.case()
    keeping.revoke(hub.admin(), anna.device)
    with pytest.raises(psycopg.Error) as ended:
        anna.push([anna.write(hex_id())])
    assert isinstance(wire.trouble(ended.value), wire.HubStopped)
    assert anna.login is not None
    with pytest.raises(HubRefused):
        hub.connect(anna.login)
    assert [one.revoked is None for one in keeping.devices(hub.admin())] == [False]


def test_what_a_lost_laptop_wrote_can_come_by_another_way(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    anna.push([anna.coach(case, kim.person)])
    on_a_stick = anna.many(case, 3)
    keeping.revoke(hub.admin(), anna.device)
    assert kim.push(on_a_stick)[0].accepted == 3
    assert kim.reads(case)[-3:] == [one.change.id for one in on_a_stick]


def test_a_code_is_good_once_for_one_device_and_for_its_days(hub: TestHub) -> None:
    anna = hub.laptop()
    admin = hub.admin()
    later = datetime.now(UTC) + timedelta(days=7)
    code = enrolment.enrol(admin, Enrolment((anna.person,), later, "Second laptop", parcel=b"sealed"))
    assert len(code) == 34
    device = hex_id()
    login = enrolment.redeem(hub.address, code.lower().replace("-", " "), device, b"keys")
    assert login.parcel == b"sealed"
    assert admin.execute("select answer from workwell.device where label = 'Second laptop'").fetchall() == [(b"keys",)]
    assert admin.execute("select parcel from workwell.enrolment where parcel is not null").fetchall() == []
    with pytest.raises(HubRefused):
        enrolment.redeem(hub.address, code, hex_id())
    taken = enrolment.enrol(admin, Enrolment((anna.person,), later))
    with pytest.raises(HubRefused):
        enrolment.redeem(hub.address, taken, device)
    old = enrolment.enrol(admin, Enrolment((anna.person,), datetime.now(UTC) - timedelta(seconds=5)))
    with pytest.raises(HubRefused):
        enrolment.redeem(hub.address, old, hex_id())
    # two who type the same code at once: the login is still open for the second
    twice = enrolment.enrol(admin, Enrolment((anna.person,), later))
    admin.execute("update workwell.enrolment set used = now() where used is null")
    with pytest.raises(HubRefused):
        enrolment.redeem(hub.address, twice, hex_id())
    with pytest.raises(wire.BadInput):
        enrolment.redeem(hub.address, "ABCD", hex_id())


def test_the_login_of_a_code_reads_and_pushes_nothing(hub: TestHub) -> None:
    anna = hub.laptop()
    anna.case()
    code = enrolment.enrol(hub.admin(), Enrolment((anna.person,), datetime.now(UTC) + timedelta(days=1)))
    letters = code.replace("-", "")
    with closing(wire.connect(hub.address, f"we_{letters[:8].lower()}", letters[8:])) as invited:
        for statement in ("select * from workwell.change", "select workwell.my_scopes()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                invited.execute(statement.encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            push(invited, [anna.write(hex_id())], CLIENT)


def test_a_laptop_that_lost_its_login_gets_another(hub: TestHub) -> None:
    anna = hub.laptop()
    case = anna.case()
    code = enrolment.enrol(
        hub.admin(), Enrolment((anna.person,), datetime.now(UTC) + timedelta(days=1), device=anna.device)
    )
    anna.hub = hub.connect(enrolment.redeem(hub.address, code, anna.device))
    assert case in anna.scopes()
    assert anna.login is not None
    with pytest.raises(HubRefused):
        hub.connect(anna.login)


def test_an_administrator_opens_a_case_by_hand_and_closes_it(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    keeping.give(hub.admin(), kim.person, case, datetime.now(UTC) + timedelta(hours=1))
    assert case in kim.scopes()
    keeping.give(hub.admin(), kim.person, case, None)
    assert case not in kim.scopes()


def test_a_person_who_is_vouched_for_again_keeps_what_was_not_said(hub: TestHub) -> None:
    team = hex_id()
    anna, boss = hub.laptop(teams=[team]), hub.laptop(administrator=True)
    for one in (anna, boss):
        enrolment.vouch(hub.admin(), (Vouched(one.person, (b"\1" * 32,)),))
    assert team in anna.scopes()
    word(boss, anna.person, "teams", frozenset())
    assert team not in anna.scopes(), "the word of an administrator counts still"
