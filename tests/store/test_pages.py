"""Changes in pages: however they are cut, shuffled and repeated, the tables end as one change at a time makes them."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.conftest import FAST, House, content
from tests.store.three import Three
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.store import Change, Exchange, Founder, Store
from workwell_desktop.store.exchange import pages as exchanges
from workwell_desktop.store.exchange.exchanging import Incoming
from workwell_desktop.store.log.changes import seal_of

_STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["town", "town", "phone", "delete", "undelete", "settle", "answer", "new", "sync"]),
        st.integers(0, 3),
    ),
    min_size=8,
    max_size=40,
)


def cut(sent: Exchange, order: random.Random) -> list[Incoming]:
    """Pages of any size, twice over, some without their values; the second time everything is there."""
    changes = list(sent.changes)
    order.shuffle(changes)
    changes += sent.changes
    pages: list[Incoming] = []
    while changes:
        size = order.randint(1, 9)
        page, changes = changes[:size], changes[size:]
        bare = order.random() < 0.2 and len(changes) > len(sent.changes)
        pages.append(Incoming(Exchange(tuple(page), {} if bare else sent.values)))
    return pages


@settings(max_examples=6)
@given(steps=_STEPS, order=st.randoms(use_true_random=False))
def test_pages_end_as_one_at_a_time_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, int]], order: random.Random
) -> None:
    in_pages(tmp_path_factory.mktemp("pages"), steps, order)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(max_examples=300)
@given(steps=_STEPS, order=st.randoms(use_true_random=False))
def test_many_pages_end_as_one_at_a_time_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, int]], order: random.Random
) -> None:
    in_pages(tmp_path_factory.mktemp("pages"), steps, order)


def in_pages(folder: Path, steps: list[tuple[int, str, int]], order: random.Random) -> None:
    """The check remakes every table from the log one change at a time, and finds any that stands otherwise."""
    three = Three(folder)
    try:
        for store, act, value in steps:
            three.act(store, act, value, order)
        (first, _one), (second, _two), (third, _three) = three.stores
        for giver in (second, third):
            first.take(cut(giver.changes_since(first.vector()), order))
        third.apply(first.changes_since(third.vector()))
        assert content(first) == content(third)
        assert first.vector() == third.vector()
        assert first.check().problems == ()
    finally:
        three.close()


def written(house: House, count: int) -> tuple[Store, Exchange]:
    other, _anna = house.twin()
    for number in range(count):
        with house.store.unit(house.anna) as unit:
            unit.event(AuditEvent(AuditKind.PRINTED))
        kim = house.participant(f"Kim {number}")
        with house.store.unit(house.anna) as unit:
            unit.set(Participant, kim, town="Leeds")
    return other, house.store.changes_since(other.vector())


def test_the_cursor_is_saved_with_its_page_or_not_at_all(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from workwell_desktop.store import computer

    other, sent = written(house, 4)
    half = len(sent.changes) // 2

    def page(changes: tuple[tuple[bytes, bytes], ...], number: int) -> Incoming:
        return Incoming(replace(sent, changes=changes), lambda cursor: computer.write(cursor, "at", bytes([number])))

    class CutOffError(Exception):
        pass

    def broken(cursor: object) -> None:
        raise CutOffError

    with pytest.raises(CutOffError):
        other.take([page(sent.changes[:half], 1), Incoming(replace(sent, changes=sent.changes[half:]), broken)])
    with other._reads() as cursor:
        assert computer.read(cursor, "at") == b"\x01"
    assert other.take([page(sent.changes, 2)]).applied == len(sent.changes) - half
    assert content(other) == content(house.store)


def test_pages_hold_little_and_together_everything(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    other, sent = written(house, 6)
    monkeypatch.setattr(exchanges, "PAGE", 5)
    pages = list(house.store.pages_since(other.vector()))
    assert {len(page.sent.changes) for page in pages[:-1]} == {5}
    assert tuple(change for page in pages for change in page.sent.changes) == sent.changes
    told: list[int] = []
    report = other.take((Incoming(page.sent) for page in pages), told.append)
    assert (report.applied, report.refused) == (len(sent.changes), ())
    assert told[-1] == len(sent.changes)
    assert sorted(told) == told
    assert content(other) == content(house.store)


def test_only_scopes_that_are_allowed_leave(house: House) -> None:
    kim, lee = house.participant("Kim"), house.participant("Lee")
    pages = list(house.store.pages_since({}, lambda scope: scope == kim))
    scopes = {Change.read(*change).scope for page in pages for change in page.sent.changes}
    assert scopes == {kim}
    assert lee not in scopes


def test_a_person_who_was_added_in_the_same_page_may_have_written_in_it(house: House) -> None:
    other, _anna = house.twin()
    ben = house.store.add_person(
        house.anna, Founder("Ben Sample", Profession.COACH, "another long phrase"), profile=FAST
    )
    as_ben = house.store.identity(ben, "another long phrase")
    kim = house.participant()
    with house.store.unit(as_ben) as unit:
        unit.set(Participant, kim, town="York")
    sent = house.store.changes_since(other.vector())
    # of the scope that waits for the person first
    turned = tuple(sorted(sent.changes, key=lambda one: Change.read(*one).kind != "participant"))
    report = other.take([Incoming(replace(sent, changes=turned))])
    assert report.refused == ()
    with other.read() as reader:
        assert reader.get(Person, ben).name == "Ben Sample"
        assert reader.get(Participant, kim).town == "York"


def test_a_wrong_signature_among_thousands_is_found_by_the_threads_too(house: House) -> None:
    other, sent = written(house, 60)
    at = next(at for at, one in enumerate(sent.changes) if Change.read(*one).kind == "participant")
    header, signature = sent.changes[at]
    wrong = bytes([signature[0] ^ 1]) + signature[1:]
    forged = (*sent.changes[:at], (header, wrong), *sent.changes[at + 1 :])
    report = other.take([Incoming(replace(sent, changes=forged))])
    assert (Change.read(header, wrong).id, "signature") in report.refused
    assert {code for _change, code in report.refused} == {"signature", "gap"}
    assert other.take([Incoming(sent)]).refused == ()
    assert content(other) == content(house.store)


@given(salt=st.binary(max_size=100), value=st.binary(max_size=200))
def test_the_seal_is_hmac_sha256(salt: bytes, value: bytes) -> None:
    import hmac

    assert seal_of(salt, value) == hmac.digest(salt, value, "sha256")
