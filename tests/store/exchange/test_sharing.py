"""What the hub holds, blobs in pieces, and a scope that goes."""

from datetime import timedelta

import pytest

from tests.store.conftest import House, content
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import NotFound
from workwell_desktop.store import blobs
from workwell_desktop.store.exchange.exchanging import Incoming


def sent_to_the_hub(house: House) -> None:
    house.store.acknowledge(house.store.vector(), fold=True)


def test_what_exists_only_here_is_counted_from_the_last_receipt(house: House) -> None:
    kim = house.participant()
    response = house.response(kim)
    sent_to_the_hub(house)
    assert house.store.only_here().changes == 0
    assert house.store.only_here().since is None
    house.clock.set(house.clock.moment + timedelta(days=2))
    with house.store.unit(house.anna) as unit:
        unit.event(AuditEvent(AuditKind.PRINTED))
        for number in range(14):
            unit.answer(response, f"q{number}", number)
    house.clock.set(house.clock.moment + timedelta(days=1))
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    found = house.store.only_here()
    assert (found.changes, found.answers, found.records) == (15, 14, 2)
    assert found.since == house.clock.moment - timedelta(days=1)
    first = house.store.unsent(most=10)
    assert first is not None
    second = house.store.unsent(first.after)
    assert second is not None
    assert len(first.ids) + len(second.ids) == 16
    assert house.store.unsent(second.after) is None
    sent_to_the_hub(house)
    assert house.store.unsent() is None


def test_what_the_hub_refused_goes_on_being_counted(house: House) -> None:
    sent_to_the_hub(house)
    kim, lee = house.participant("Kim"), house.participant("Lee")
    vector = house.store.vector()
    house.store.acknowledge({place: n for place, n in vector.items() if place[0] != kim}, fold=True)
    assert house.store.only_here().records == 1
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, lee, town="Leeds")
    assert house.store.only_here().records == 2
    sent_to_the_hub(house)
    house.store.forget_receipts()
    assert house.store.only_here().changes > 10
    # a hub that knows more than is here, as before the rest is fetched, makes nothing look lost
    house.store.acknowledge({place: number + 3 for place, number in house.store.vector().items()})
    assert house.store.check().ok
    assert house.store.only_here().changes == 0


def test_a_blob_comes_in_pieces_and_goes_on_where_it_was_cut(house: House) -> None:
    kim = house.participant()
    response = house.response(kim)
    scan = bytes(range(256)) * 2100  # three pieces
    with house.store.unit(house.anna) as unit:
        unit.answer(response, "scan", unit.blob(scan, "image/png", kim))
    # the changes are at the hub, and the paper goes after them: it is still only here
    sent_to_the_hub(house)
    assert house.store.only_here().changes == 0
    assert house.store.only_here().papers == len(house.store.unsent_blobs()) > 0
    house.store.blobs_acknowledged([(one.scope, one.sha256) for one in house.store.unsent_blobs()])
    assert house.store.only_here().papers == 0
    other, _anna = house.twin("other")
    # as an exchange brings it: the change without the bytes
    taker, _ben = house.twin("taker")
    with house.store.unit(house.anna) as unit:
        second = unit.add(Response(id=new_id(), scope=kim))
        ref = unit.blob(scan[::-1], "image/png", kim)
        unit.answer(second, "scan", ref)
    taker.take(Incoming(page.sent) for page in house.store.pages_since(taker.vector()))
    with taker.read() as reader:
        assert not reader.has_blob(ref)
        with pytest.raises(NotFound):
            reader.blob(ref)
    (wanted,) = [one for one in taker.missing_blobs() if one.sha256 == ref.sha256]
    assert (wanted.size, wanted.pieces, wanted.scope) == (len(scan), 3, kim)
    assert not taker.put_piece(wanted, 2, house.store.blob_piece(ref.sha256, 2))
    assert taker.pieces_here(ref.sha256) == {2}
    # one that is not what was referred to: all are forgotten
    taker.put_piece(wanted, 0, b"x" * blobs.PIECE)
    assert not taker.put_piece(wanted, 1, house.store.blob_piece(ref.sha256, 1))
    assert taker.pieces_here(ref.sha256) == frozenset()
    for piece in range(2):
        assert not taker.put_piece(wanted, piece, house.store.blob_piece(ref.sha256, piece))
    assert taker.put_piece(wanted, 2, house.store.blob_piece(ref.sha256, 2))
    assert taker.missing_blobs() == []
    with taker.read() as reader:
        assert reader.blob(ref) == scan[::-1]
    assert taker.check().ok
    assert other.check().ok


def test_a_scope_that_goes_leaves_nothing_and_may_come_back(house: House) -> None:
    kim, lee = house.participant("Kim", "Gone"), house.participant("Lee", "Stays")
    other, anna = house.twin()
    for store, person, who in ((other, anna, kim), (other, anna, lee)):
        with store.unit(person) as unit:
            response = unit.add(Response(id=new_id(), scope=who, form_title="PHQ-4"))
            unit.answer(response, "scan", unit.blob(b"scan of " + who.encode(), "image/png", who))
            unit.answer(response, "same", unit.blob(b"both have this one", "image/png", who))
            unit.set(Participant, who, town="Leeds")
        other.drafts.put(f"note:{response}:text", "half a sentence")
    kept_draft = f"note:{response}:text"
    house.store.apply(other.changes_since(house.store.vector()))
    before, kept = content(other), other.changes_since({})
    with other.read() as reader:
        assert len(reader.search("Gone")) == 1
    other.purge([kim])
    with other.read() as reader:
        assert reader.find(Participant, kim) is None
        assert reader.search("Gone") == []
        assert len(reader.search("Stays")) == 1
        assert reader.history(kim) == []
        assert reader.count(Response) == 1
    assert kim not in other.scopes()
    assert lee in other.scopes()
    assert other.drafts.keys() == [kept_draft]
    with other._reads() as cursor:
        found = {bytes(row[0]) for row in cursor.sql("SELECT data FROM blob").fetchall()}
        left = cursor.sql("SELECT count(*) FROM value WHERE n NOT IN (SELECT n FROM change)").fetchone()
    assert left == (0,)
    assert b"scan of " + kim.encode() not in found
    assert b"both have this one" in found
    assert other.check().problems == ()
    # what is written now can never be taken for what was written before
    with other.unit(anna) as unit:
        unit.set(Participant, lee, town="York")
    other.apply(kept)
    with other.unit(anna) as unit:
        unit.set(Participant, kim, town="Hull")
    with other.unit(anna) as unit:
        unit.set(Participant, lee, town="Leeds")
    assert other.check().problems == ()
    report = house.store.apply(other.changes_since(house.store.vector()))
    assert (report.refused, report.forks) == ((), ())
    assert content(house.store) == content(other)
    assert before.keys() == content(other).keys()
    other._note_lamport()
