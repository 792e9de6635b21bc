"""What ``push`` takes, what it refuses, and what it answers."""

from dataclasses import replace

import psycopg
import pytest

from tests.sync.hubs import Laptop, TestHub, hex_id
from workwell_desktop.domain.records import Code
from workwell_desktop.store.log.changes import Change


def test_pushed_changes_stand_in_order(hub: TestHub) -> None:
    anna = hub.laptop()
    case, other = hex_id(), hex_id()
    # who takes a record of thousands of answers away names each of them
    seen = tuple(hex_id() * 2 for _answer in range(4000))
    away = anna.write(case, "@deleted", True, replaces=seen)
    lot = [away, anna.write(other), anna.write(case), anna.write(case)]
    answer = {one.scope.hex: one for one in anna.push(lot)}
    assert (answer[case].accepted, answer[case].number, answer[case].code) == (3, 3, None)
    assert (answer[other].accepted, answer[other].number) == (1, 1)
    assert answer[case].tip.hex() == lot[3].change.id
    rows = anna.hub.execute(
        "select c.position, c.header, c.signature, v.salt, v.value from workwell.change c"
        " left join workwell.value v on v.position = c.position order by c.position"
    ).fetchall()
    assert rows == [
        (at, one.change.header, one.change.signature, one.salt, one.value) for at, one in enumerate(lot, start=1)
    ]


def test_the_same_again_is_known(hub: TestHub) -> None:
    anna = hub.laptop()
    case = hex_id()
    lot = anna.many(case, 3)
    anna.push(lot)
    (answer,) = anna.push([*lot, anna.write(case)])
    assert (answer.known, answer.accepted, answer.number, answer.code) == (3, 1, 4, None)
    (twice,) = anna.push([last := anna.write(case), last])
    assert (twice.accepted, twice.number, twice.code) == (1, 5, None)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda lot: lot[:2] + lot[3:], "gap"),
        (lambda lot: [lot[0], lot[1], lot[3], lot[2]], "gap"),
        (lambda lot: [*lot[:2], lot[2]._replace(value=b"another"), lot[3]], "value"),
    ],
)
def test_a_stream_stops_where_it_is_broken_and_others_go_on(hub: TestHub, spoil, code: str) -> None:  # type: ignore[no-untyped-def]
    anna = hub.laptop()
    case, other = hex_id(), hex_id()
    answer = {one.scope.hex: one for one in anna.push([*spoil(anna.many(case, 4)), *anna.many(other, 2)])}
    assert (answer[case].code, answer[case].accepted, answer[case].number) == (code, 2, 2)
    assert (answer[other].code, answer[other].accepted) == (None, 2)


def test_a_chain_that_does_not_hold_is_refused(hub: TestHub) -> None:
    anna = hub.laptop()
    case = hex_id()
    anna.push(anna.many(case, 2))
    anna.tips[case] = (2, "ab" * 32)
    (answer,) = anna.push(anna.many(case, 1))
    assert (answer.code, answer.at_number, answer.number) == ("chain", 3, 2)
    other = hex_id()
    first = anna.many(other, 1)
    anna.tips[other] = (1, "cd" * 32)
    (within,) = anna.push([*first, *anna.many(other, 2)])
    assert (within.code, within.at_number, within.number) == ("chain", 2, 1)


def test_two_copies_of_one_laptop_are_a_fork_and_are_kept_for_a_person(hub: TestHub) -> None:
    anna = hub.laptop()
    case = hex_id()
    anna.push(anna.many(case, 2))
    copy = replace(anna, tips=dict(anna.tips))
    copy.hub = anna.hub
    kept = anna.many(case, 2)
    lost = copy.many(case, 2)
    anna.push(kept)
    (answer,) = copy.push(lost)
    assert (answer.code, answer.at_number, answer.number) == ("fork", 3, 4)
    assert answer.tip.hex() == kept[1].change.id
    assert hub.admin().execute("select header from workwell.fork").fetchall() == [(lost[0].change.header,)]


def test_a_value_that_comes_late_finds_its_change(hub: TestHub) -> None:
    anna = hub.laptop()
    case = hex_id()
    lot = anna.many(case, 2)
    anna.push(one._replace(salt=None, value=None) for one in lot)
    assert anna.hub.execute("select count(*) from workwell.value").fetchone() == (0,)
    anna.push([lot[0], lot[1]._replace(value=b"no")])
    assert anna.hub.execute("select value from workwell.value").fetchall() == [(lot[0].value,)]


def test_a_change_of_a_later_version_is_kept(hub: TestHub) -> None:
    import cbor2

    anna = hub.laptop()
    case = hex_id()
    sent = anna.write(case)
    parts = cbor2.loads(sent.change.header)
    header = cbor2.dumps([2, *parts[1:], "what a later version adds"], canonical=True)
    later = Change.read(header, b"")
    signature = anna.key.sign(bytes.fromhex(later.id)).signature
    (answer,) = anna.push([sent._replace(change=later._replace(signature=signature))])
    assert (answer.code, answer.number) == (None, 1)


def test_what_is_no_change_is_refused_as_a_whole(hub: TestHub) -> None:
    anna = hub.laptop()
    sent = anna.write(hex_id())
    for header in (b"", sent.change.header[:-1], sent.change.header + b"\0", b"\xff" * 300, b"\x8e" + bytes(400)):
        with pytest.raises(psycopg.Error) as refused:
            anna.push([sent._replace(change=sent.change._replace(header=header))])
        assert refused.value.sqlstate == "WW003"
    with pytest.raises(psycopg.Error) as unsigned:
        anna.push([sent._replace(change=sent.change._replace(signature=b"short"))])
    assert unsigned.value.sqlstate == "WW003"
    assert anna.push([sent])[0].accepted == 1


def test_an_older_program_is_told_which_it_needs(hub: TestHub) -> None:
    anna = hub.laptop()
    hub.admin().execute("select workwell.set_min_client('1.10')")
    with pytest.raises(psycopg.Error) as refused:
        anna.push([anna.write(hex_id())], client="1.9.3")
    assert (refused.value.sqlstate, refused.value.diag.message_detail) == ("WW002", "1.10")
    assert anna.push([anna.write(hex_id())], client="1.10.0rc1")[0].accepted == 1


def test_another_person_on_the_same_laptop_is_known_by_their_signature(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    (answer,) = anna.push([anna.write(case, by=kim), anna.write(case)])
    assert (answer.code, answer.accepted) == (None, 2)
    assert kim.person in anna.scopes()
    stranger = Laptop.fresh()
    (answer,) = anna.push([anna.write(case), anna.write(case, by=stranger), anna.write(case)])
    assert (answer.code, answer.accepted, answer.at_number) == ("author", 1, 6)


def test_anyone_who_reads_a_case_may_relay_what_others_wrote(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    anna.push([anna.coach(case, kim.person)])
    late = [anna.write(case), anna.write(case)]
    (answer,) = kim.push(late)
    assert (answer.code, answer.accepted) == (None, 2)
    (known,) = anna.push(late)
    assert (known.code, known.known) == (None, 2)


def test_a_new_team_belongs_to_whoever_made_it(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    team = hex_id()
    anna.push([anna.write(team, "name", "North", kind="team", record=team), anna.write(team, "place", Code("x"))])
    assert team in anna.scopes()
    assert team not in kim.scopes()
