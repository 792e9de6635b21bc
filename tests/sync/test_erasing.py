"""A person who is erased on one laptop is erased at the hub and on every other one, however late it comes."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.store.conftest import content
from tests.store.exchange.test_erasing import decided
from tests.sync.hubs import TestHub
from tests.sync.laptops import Office
from tests.sync.test_bundle import read, written
from workwell_desktop.domain.participants import Participant
from workwell_desktop.store.safekeeping import raw_pages
from workwell_desktop.sync.hub import keeping

SECRET = b"quillfeather"


@pytest.fixture
def office(tmp_path: Path, hub: TestHub) -> Iterator[Office]:
    made = Office(tmp_path, hub)
    yield made
    made.close()


def says(office: Office) -> list[bool]:
    """For each laptop, whether any page of its file holds the secret."""
    return [
        any(SECRET in page.lower() for page in raw_pages.read(one.store.path, one.store._key).pages.values())
        for one in office.laptops
    ]


def test_an_erasure_reaches_the_hub_and_every_laptop(office: Office, hub: TestHub, tmp_path: Path) -> None:
    one, two, away = office.laptop(), office.laptop(), office.laptop()
    kim, other = one.case(), one.case("Robin")
    response = one.interview(kim, 5)
    with one.store.unit(one.anna) as unit:
        unit.set(Participant, kim, family_name="Quillfeather")
        unit.answer(response, "file", unit.blob(SECRET * 900, "application/pdf", kim))
    for laptop in (one, two, away):
        laptop.sync()
    bundle = tmp_path / "old.changes"
    written(two, one, bundle)
    # somebody who is away for months goes on writing about that person
    with away.store.unit(away.anna) as unit:
        unit.answer(response, "since", "Quillfeather again")
        unit.answer(response, "ink", unit.blob(SECRET * 1000, "image/png", kim))
    decided(one.store, one.anna, kim)
    (gone,) = one.store.follow_erasures()
    assert one.sync().refused == {}
    report = two.sync()
    assert [found.scope for found in report.erased] == [kim]
    assert not report.erased_unsent
    # the hub follows the warrant that an administrator holds against it
    values = "select count(*) from workwell.value v where v.scope = %s"
    admin = hub.admin()
    assert admin.execute(values, (UUID(kim),)).fetchone() != (0,)
    keeping.erase(admin, kim, gone.warrant)
    assert admin.execute(values, (UUID(kim),)).fetchone() == (0,)
    assert admin.execute("select count(*) from workwell.blob_piece where scope = %s", (UUID(kim),)).fetchone() == (0,)
    # the one that was away is told that what it wrote went too, and the hub takes none of it
    report = away.sync()
    assert [found.scope for found in report.erased] == [kim]
    assert report.erased_unsent == {kim}
    assert [found.only_here for found in away.store.erased()] == [1]
    assert admin.execute(values, (UUID(kim),)).fetchone() == (0,)
    # an old stick brings nothing back, here or to the hub
    read(one, bundle)
    for laptop in (one, two, away, one, two, away):
        laptop.sync()
        assert laptop.store.check().problems == ()
    assert says(office) == [False, False, False]
    assert admin.execute(values, (UUID(kim),)).fetchone() == (0,)
    assert content(one.store) == content(two.store) == content(away.store)
    with two.store.read() as reader:
        assert [found.id for found in reader.list(Participant)] == [other]


def test_an_erasure_goes_by_stick(tmp_path: Path) -> None:
    office = Office(tmp_path, None)
    one, away = office.laptop(), office.laptop()
    kim = one.case("Quillfeather")
    written(one, away, tmp_path / "first.changes")
    read(away, tmp_path / "first.changes")
    away.set(kim, town="Quillfeather on Sea")
    written(away, one, tmp_path / "back.changes")
    decided(one.store, one.anna, kim)
    one.store.follow_erasures()
    assert read(one, tmp_path / "back.changes").report.bare == 1
    written(one, away, tmp_path / "second.changes")
    (gone,) = read(away, tmp_path / "second.changes").report.erased
    assert (gone.scope, gone.only_here > 0) == (kim, True)
    assert says(office) == [False, False]
    assert content(one.store) == content(away.store)
    office.close()
