"""Site packs in use: what would change, taking one into use, a pack of the partnership's own, and who may."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.conftest import CHEAP, FIRST, OFF_SICK, PASSPHRASE
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Evidence, WorkStatus
from workwell_desktop.domain.people import Partnership, Person
from workwell_desktop.domain.plans import PlanType
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.site import RoleCode
from workwell_desktop.domain.site_areas import areas, areas_in
from workwell_desktop.domain.site_reading import generic_pack, read_site
from workwell_desktop.domain.site_words import differences
from workwell_desktop.errors import BadInput, NoPermission, SiteInvalid
from workwell_desktop.services.administration import audit, site_packs
from workwell_desktop.services.administration.site_in_use import GENERIC, site_named
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.safekeeping import opening, undoing, upkeep
from workwell_desktop.store import read_slots

NCL, LANCASHIRE, CORNWALL = "north_central_london", "lancashire_and_south_cumbria", "cornwall_and_the_isles_of_scilly"
PILOTS = {"birmingham_and_solihull", "coventry_and_warwickshire", CORNWALL, LANCASHIRE}
OWN = """extends = "generic"
code = "low_moor"
name = "Low Moor"
version = "7"

[noun]
one = "client"
many = "clients"

[clocks.off_sick]
weeks = 4
"""
STUCK = (
    OWN
    + '[roles.administrator]\nmay = ["search:person"]\n[roles.owner]\nlabel = "Owner"\nsigns_as = []\n'
    + ('may = ["manage_site", "manage_people", "restore"]\n[first_person]\nroles = ["owner"]\n')
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "low-moor.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@contextmanager
def another_laptop(desk: Desk, folder: Path) -> Iterator[Desk]:
    upkeep.backup(desk, folder / "other.backup")
    upkeep.restore(folder / "other.backup", folder / "other.workwell")
    there = opening.unlock(folder / "other.workwell", desk.me, PASSPHRASE, clock=desk.clock, profile=CHEAP)
    try:
        yield there
    finally:
        there.lock()


def partnership_of(desk: Desk) -> Partnership:
    with desk.read() as reader:
        return reader.list(Partnership)[0]


def test_the_areas_are_the_files_of_the_folder(tmp_path: Path) -> None:
    assert areas()[0] == (GENERIC, "A WorkWell partnership")
    assert [name for _code, name in areas()[1:]] == sorted(name for _code, name in areas()[1:])
    (tmp_path / "generic.toml").write_bytes(generic_pack().read_bytes())
    (tmp_path / "a_new_area.toml").write_text(OWN.replace("Low Moor", "A new area"), encoding="utf-8")
    assert areas_in(tmp_path) == ((GENERIC, "A WorkWell partnership"), ("a_new_area", "A new area"))


def test_the_packs_that_there_are_and_the_one_in_use(desk: Desk) -> None:
    found = site_packs.choices(desk)
    assert [(one.code, one.name) for one in found] == list(areas())
    assert [one.code for one in found if one.in_use] == [GENERIC]
    assert not any(one.own for one in found)


@pytest.mark.parametrize(("code", "_name"), areas())
def test_every_pack_can_be_looked_at_and_be_taken_into_use(desk: Desk, code: str, _name: str) -> None:
    view = site_packs.view(desk, code)
    assert view.in_use is (code == GENERIC)
    assert bool(view.differences) is (code in {NCL, "greater_manchester", *PILOTS})
    assert view.refusal == ""
    assert site_packs.use(desk, code) is desk.site
    assert (desk.site.code, partnership_of(desk).site) == (code, code)


def test_a_pack_against_itself_changes_nothing_and_both_ways_are_mirrored() -> None:
    for code, _name in areas():
        here, there = site_named(GENERIC), site_named(code)
        assert differences(there, there) == ()
        back = {(one.group, one.then, one.now) for one in differences(there, here)}
        assert {(one.group, one.now, one.then) for one in differences(here, there)} == back


def test_what_differs_is_said_in_plain_words(desk: Desk) -> None:
    said = {(one.group, one.what): (one.now, one.then) for one in site_packs.view(desk, NCL).differences}
    assert said["plans", "Plan to stay in work: name"] == ("Stay in work", "Thrive at work")
    assert {group for group, _what in said} == {"plans"}
    lancashire = {(one.group, one.what): (one.now, one.then) for one in site_packs.view(desk, LANCASHIRE).differences}
    assert lancashire["clocks", "In work"] == (
        "8 weeks, working, working with difficulty, returned to work",
        "12 weeks, working, working with difficulty, returned to work",
    )
    assert lancashire["evidence", "Where evidence of absence starts"][1] == "Without a fit note from a GP"


def test_roles_are_compared_by_what_one_may_more_and_less() -> None:
    here = site_named(GENERIC)
    there = read_site(
        (
            OWN + '[roles.observer]\nsigns_as = ["chair"]\nmay = ["read:session", "print"]\n'
            '[roles.friend]\nlabel = "Friend"\nsigns_as = []\nmay = ["sync"]\n'
        ).encode(),
        "x.toml",
    )
    said = {one.what: (one.now, one.then) for one in differences(here, there) if one.group == "roles"}
    assert said["Friend"] == ("There is no such role", "There is this role")
    assert said["Observer or student may also"] == ("", "Printing")
    assert "Changing own settings" in said["Observer or student may no longer"][1]
    assert said["Observer or student signs as"] == ("Nothing", "chair")


@pytest.mark.parametrize(
    ("more", "group"),
    [
        ("[quorum]\nclinicians = 2\n", "quorum"),
        ("[pace]\nsession_minutes = 60\n", "pace"),
        ("[pace.lane_minutes]\nnote = 5\n", "pace"),
        ('[risk]\ncard = "Call Jo."\n', "risk"),
        ('[service]\nphone = "01632 960 555"\n', "terms"),
        ('[words.agreement]\nshare = "May {party} have it?"\n', "words"),
        ('[[agenda]]\nwhy = "risk"\nlane = "urgent"\n', "agenda"),
        ("[measures]\noffers = []\n", "measures"),
        ('[evidence]\nstart = "no_fit_note"\n', "evidence"),
    ],
)
def test_whatever_a_pack_changes_is_shown(more: str, group: str) -> None:
    base = OWN.partition("[noun]")[0]
    found = differences(site_named(GENERIC), read_site((base + more).encode(), "x.toml"))
    assert {one.group for one in found} == {group}


def test_people_who_are_here_already_are_counted(desk: Desk, own: Path, refer: Callable[..., Referred]) -> None:
    refer()
    with desk.unit() as unit:
        episode = unit.reader.list(Episode)[0]
        began = desk.clock.now().date() - timedelta(weeks=6)
        unit.set(Episode, episode.id, status=EpisodeStatus.ACTIVE, opened_on=began)
    affected = site_packs.look(desk, own).view.affected  # type: ignore[union-attr]
    assert (affected.clocks, affected.past, affected.roles, affected.plans) == (((12, 4, 1),), 1, (), 0)
    assert site_packs.view(desk, NCL).affected.clocks == ()


def test_a_role_that_a_pack_does_not_have_is_counted(desk: Desk, colleague: Callable[..., Desk]) -> None:
    colleague(role="clinician")
    clinician = desk.site.roles[RoleCode("clinician")]
    sites = replace(desk.site, roles={**desk.site.roles, RoleCode("clinician_two"): clinician})
    desk.site = sites
    with desk.unit() as unit:
        unit.set(Person, desk.me, roles=frozenset({"administrator", "coach", "clinician_two"}))
    assert site_packs.view(desk, NCL).affected.roles == (("Clinician", 1),)


def test_a_pack_in_use_holds_at_once_and_is_undone_and_redone(desk: Desk, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    site_packs.use(desk, NCL)
    assert desk.site.plans[PlanType.STAY_IN_WORK].label == "Thrive at work"
    priya.allow(Act.READ)
    assert priya.site.code == NCL
    undone = undoing.undo(desk)
    assert undone is not None
    assert (undone.kind, undone.field) == ("partnership", "site")
    desk.allow(Act.READ)
    assert desk.site.code == GENERIC
    undoing.redo(desk)
    desk.allow(Act.READ)
    assert desk.site.code == NCL


def test_it_is_still_in_use_after_the_store_was_closed(desk: Desk, own: Path, clock: FixedClock) -> None:
    site_packs.use_own(desk, own.read_bytes(), own.name)
    path, me = desk.store.path, desk.me
    desk.lock()
    again = opening.unlock(path, me, PASSPHRASE, clock=clock, profile=CHEAP)
    assert (again.site.code, again.site.noun.many, again.site.version) == ("low_moor", "clients", "7")
    again.lock()


def test_who_chose_a_pack_stands_in_the_record_of_events(desk: Desk) -> None:
    site_packs.use(desk, NCL)
    found = audit.of_person(desk, desk.me)
    event = next(one for one in found if one.kind is AuditKind.SITE_CHANGED)
    assert (event.person, event.detail) == (desk.me, NCL)


def test_a_pack_of_ones_own_is_looked_at_then_kept_with_its_hash(desk: Desk, own: Path) -> None:
    looked = site_packs.look(desk, own)
    assert looked.view is not None
    assert (looked.problems, looked.view.own, looked.view.in_use) == ((), True, False)
    assert looked.view.sha256 == hashlib.sha256(OWN.encode()).hexdigest()
    assert partnership_of(desk).site_pack is None
    site_packs.use_own(desk, looked.view.data or b"", looked.file)
    kept = partnership_of(desk).site_pack
    assert kept is not None
    assert kept.sha256 == looked.view.sha256
    first = site_packs.choices(desk)[0]
    assert (first.code, first.own, first.in_use) == ("low_moor", True, True)
    site_packs.use(desk, GENERIC)
    assert site_packs.view(desk, "low_moor").sha256 == kept.sha256
    assert site_packs.use(desk, "low_moor").noun.one == "client"


def test_a_pack_of_ones_own_reaches_the_other_laptop_and_its_desk(desk: Desk, own: Path, tmp_path: Path) -> None:
    with another_laptop(desk, tmp_path) as there:
        site_packs.use_own(desk, own.read_bytes(), own.name)
        there.store.apply(desk.store.changes_since(there.store.vector()))
        there.allow(Act.READ)
        assert (there.site.code, there.site.noun.one) == ("low_moor", "client")


def test_a_pack_of_ones_own_is_undone_whole_and_the_store_is_whole(desk: Desk, own: Path) -> None:
    site_packs.use_own(desk, own.read_bytes(), own.name)
    assert upkeep.check(desk).ok
    undone = undoing.undo(desk)
    assert undone is not None
    assert undone.fields == 2
    desk.allow(Act.READ)
    found = partnership_of(desk)
    assert (found.site, found.site_pack, desk.site.code) == (GENERIC, None, GENERIC)
    undoing.redo(desk)
    desk.allow(Act.READ)
    assert desk.site.code == "low_moor"
    assert upkeep.check(desk).ok


def test_an_older_program_goes_on_with_the_pack_that_it_can_read(
    desk: Desk, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_reader: object) -> None:
        raise SiteInvalid(())

    monkeypatch.setattr("workwell_desktop.services.desk.site_of", refuses)
    site_packs.use(desk, NCL)
    assert desk.site.code == GENERIC


@pytest.mark.parametrize(
    ("toml", "line", "field"),
    [
        (OWN.replace("weeks = 4", "weeks = 0"), 11, "clocks.off_sick.weeks"),
        (OWN.replace('"low_moor"', '"generic"'), 2, "code"),
        (OWN.replace('"low_moor"', f'"{NCL}"'), 2, "code"),
        (OWN.replace("[noun]", "[noun"), 6, ""),
    ],
)
def test_a_file_with_a_wrong_line_is_refused_by_line_and_nothing_comes_in(
    desk: Desk, own: Path, toml: str, line: int, field: str
) -> None:
    own.write_text(toml, encoding="utf-8")
    looked = site_packs.look(desk, own)
    assert looked.view is None
    assert [(one.line, one.field) for one in looked.problems] == [(line, field)]
    with pytest.raises(SiteInvalid):
        site_packs.use_own(desk, toml.encode(), own.name)
    assert partnership_of(desk).site_pack is None
    assert desk.site.code == GENERIC


def test_a_file_that_is_not_there_and_one_that_is_too_big(desk: Desk, own: Path) -> None:
    assert site_packs.look(desk, own.with_name("none.toml")).problems
    own.write_bytes(b"#" * 1_000_002)
    (problem,) = site_packs.look(desk, own).problems
    assert problem.line is None


def test_a_pack_under_which_nobody_could_choose_again_is_refused(desk: Desk, own: Path) -> None:
    own.write_text(STUCK, encoding="utf-8")
    looked = site_packs.look(desk, own)
    assert looked.view is not None, looked.problems
    assert looked.view.refusal == "site_no_manager"
    with pytest.raises(BadInput) as refused:
        site_packs.use_own(desk, STUCK.encode(), own.name)
    assert refused.value.reason == "site_no_manager"
    assert desk.site.code == GENERIC


def test_only_who_may_change_the_partnership_uses_a_pack_and_everybody_may_look(
    desk: Desk, own: Path, colleague: Callable[..., Desk]
) -> None:
    priya = colleague()
    assert site_packs.view(priya, NCL).differences
    for refused in (
        lambda: site_packs.use(priya, NCL),
        lambda: site_packs.use_own(priya, OWN.encode(), "x"),
        lambda: site_packs.look(priya, own),
    ):
        with pytest.raises(NoPermission):
            refused()
    assert partnership_of(desk).site == GENERIC


def test_a_pack_that_is_not_here_is_refused(desk: Desk) -> None:
    for code in ("nowhere", "../generic", "low_moor"):
        with pytest.raises(BadInput) as refused:
            site_packs.use(desk, code)
        assert refused.value.reason == "site_missing"


def test_a_store_begins_with_the_pack_of_its_area(tmp_path: Path, clock: FixedClock) -> None:
    desk, _code = opening.create(tmp_path / "new.workwell", replace(FIRST, site=NCL), clock=clock, profile=CHEAP)
    assert (desk.site.code, partnership_of(desk).site) == (NCL, NCL)
    desk.lock()
    me = Id(read_slots(tmp_path / "new.workwell").people[0].person)
    again = opening.unlock(tmp_path / "new.workwell", me, PASSPHRASE, clock=clock, profile=CHEAP)
    assert again.site.code == NCL
    again.lock()


@pytest.mark.parametrize("evidence", [None, Evidence.NONE, Evidence.PILOT_PLAN, Evidence.FIT_NOTE])
def test_error_4_nobody_needs_a_fit_note_under_any_pack(
    desk: Desk, refer: Callable[..., Referred], evidence: Evidence | None
) -> None:
    site_packs.use(desk, CORNWALL)
    who = refer().participant
    work.record(desk, who, replace(OFF_SICK, evidence=evidence))
    now = work.current(desk, who)
    assert now is not None
    assert (now.details.status, now.details.evidence) == (WorkStatus.OFF_SICK, evidence)
