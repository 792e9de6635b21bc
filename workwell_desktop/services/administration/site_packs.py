"""Which site pack the partnership works with: those that there are, what one would change, and taking it into use.

    the program's packs ─┐
    the store's own pack ┼─▶ choices ─▶ view(code) or look(file) ─▶ a person reads ─▶ use(code) or use_own(file)
    a file               ─┘

Applying one is a change of ``Partnership.site``: it stands in the log with who and when, syncs, and can be undone; and
it is written to the record of events.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import WorkSituation
from workwell_desktop.domain.people import Partnership, Person
from workwell_desktop.domain.plans import Plan, PlanStatus
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.screen import text
from workwell_desktop.domain.site import Site
from workwell_desktop.domain.site_areas import areas
from workwell_desktop.domain.site_reading import MOST_BYTES, SiteProblem, check_sites, read_site
from workwell_desktop.domain.site_words import Difference, differences
from workwell_desktop.domain.toml_lines import line_of
from workwell_desktop.errors import BadInput, SiteInvalid
from workwell_desktop.services._reads import newest_work, present_episodes
from workwell_desktop.services.administration.site_in_use import own_site, site_named
from workwell_desktop.services.caseload._programme import programme
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader

MEDIA_TYPE = "application/toml"
_NOT_SIGNED = (PlanStatus.DRAFT, PlanStatus.SIGNING)
_MUST_STAY = (Act.MANAGE_SITE, Act.MANAGE_PEOPLE)
"""Somebody who works here must be able to do these afterwards, or nobody could ever choose another pack."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A pack that may be chosen. ``own``: the partnership's own, from the store."""

    code: str
    name: str
    own: bool
    in_use: bool


@dataclass(frozen=True, slots=True)
class Affected:
    """What changes for people who are here already; counts only.

    ``clocks``: weeks before, weeks after, how many people. ``past``: whose programme would have ended already.
    ``roles``: names of roles that are lost, and how many hold each. ``plans``: not signed yet.
    """

    clocks: tuple[tuple[int, int, int], ...]
    past: int
    roles: tuple[tuple[str, int], ...]
    plans: int


@dataclass(frozen=True, slots=True)
class PackView:
    """One pack beside the one in use. ``sha256`` is that of an own pack's file; ``refusal`` a code, or empty."""

    site: Site
    own: bool
    in_use: bool
    sha256: str | None
    differences: tuple[Difference, ...]
    affected: Affected
    refusal: str
    data: bytes | None = field(default=None, repr=False)
    """The bytes of a file that was looked at and is not in use yet."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at: ``problems``, or the pack in it."""

    file: str
    problems: tuple[SiteProblem, ...]
    view: PackView | None


def choices(desk: Desk) -> tuple[Choice, ...]:
    """The packs that there are; the partnership's own comes first."""
    desk.allow(Act.READ, Partnership)
    with desk.read() as reader:
        own = own_site(reader, reader.list(Partnership)[0])
    ours = [Choice(own.code, own.name, own=True, in_use=own.code == desk.site.code)] if own is not None else []
    return (*ours, *(Choice(code, name, own=False, in_use=code == desk.site.code) for code, name in areas()))


def view(desk: Desk, code: str) -> PackView:
    """What would change with the pack of that code. Raises BadInput ``site_missing`` where there is none."""
    desk.allow(Act.READ, Partnership)
    with desk.read() as reader:
        partnership = reader.list(Partnership)[0]
        own = own_site(reader, partnership)
        kept = partnership.site_pack
        if own is not None and kept is not None and own.code == code:
            return _view(desk, reader, own, sha256=kept.sha256)
        return _view(desk, reader, site_named(code))


def look(desk: Desk, path: Path) -> Looked:
    """Checks a file and says what it would change; nothing comes in."""
    desk.allow(Act.MANAGE_SITE, Partnership)
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError:
        return Looked(path.name, check_sites(path)[0].problems, None)
    try:
        site = _own_pack(data, path.name)
    except SiteInvalid as error:
        return Looked(path.name, tuple(one for one in error.problems if isinstance(one, SiteProblem)), None)
    with desk.read() as reader:
        return Looked(path.name, (), _view(desk, reader, site, sha256=hashlib.sha256(data).hexdigest(), data=data))


def use(desk: Desk, code: str) -> Site:
    """Takes a pack into use that is here. Raises BadInput ``site_missing`` or ``site_no_manager``."""
    desk.allow(Act.MANAGE_SITE, Partnership)
    with desk.unit() as unit:
        partnership = unit.reader.list(Partnership)[0]
        own = own_site(unit.reader, partnership)
        site = own if own is not None and own.code == code else site_named(code)
        _refuse(unit.reader, site)
        unit.set(Partnership, partnership.id, site=Code(site.code))
    return _taken_up(desk, site)


def use_own(desk: Desk, data: bytes, file: str) -> Site:
    """Keeps a file as the partnership's own pack and takes it into use, in one act; the one before goes.

    Raises SiteInvalid, and BadInput ``site_no_manager``.
    """
    desk.allow(Act.MANAGE_SITE, Partnership)
    site = _own_pack(data, file)
    with desk.unit() as unit:
        partnership = unit.reader.list(Partnership)[0]
        _refuse(unit.reader, site)
        kept = unit.blob(data, MEDIA_TYPE, partnership.scope)
        unit.set(Partnership, partnership.id, site=Code(site.code), site_pack=kept)
    return _taken_up(desk, site)


def _taken_up(desk: Desk, site: Site) -> Site:
    desk.noted(AuditKind.SITE_CHANGED, detail=site.code)
    desk.take_site()
    return desk.site


def _own_pack(data: bytes, file: str) -> Site:
    """The pack in the file; one with the code of a pack that comes with the program could not be told from it."""
    site = read_site(data, file)
    if site.code in dict(areas()):
        raise SiteInvalid((_taken(data, file, site.code),), file=file)
    return site


def _taken(data: bytes, file: str, code: str) -> SiteProblem:
    line = line_of(data.decode("utf-8-sig"), ("code",))
    return SiteProblem(file, line, "code", text("site.fault.code_taken", code=code))


def _view(desk: Desk, reader: Reader, site: Site, *, sha256: str | None = None, data: bytes | None = None) -> PackView:
    return PackView(
        site=site,
        own=sha256 is not None,
        in_use=site == desk.site,
        sha256=sha256,
        differences=differences(desk.site, site),
        affected=_affected(desk, reader, site),
        refusal="" if _somebody_manages(reader, site) else "site_no_manager",
        data=data,
    )


def _refuse(reader: Reader, site: Site) -> None:
    if not _somebody_manages(reader, site):
        raise BadInput("site_no_manager")


def _somebody_manages(reader: Reader, site: Site) -> bool:
    here = [person for person in reader.list(Person) if person.active is not False]
    return all(any(site.allows(person.roles, act) for person in here) for act in _MUST_STAY)


def _affected(desk: Desk, reader: Reader, site: Site) -> Affected:
    today = london_day(desk.clock.now())
    work: dict[Id, WorkSituation] = newest_work(reader.list(WorkSituation))
    weeks: dict[tuple[int, int], int] = {}
    past = 0
    for who, episode in present_episodes(reader.list(Episode)).items():
        if episode.status is EpisodeStatus.CLOSED:
            continue
        before, after = (programme(each, episode, work.get(who), today) for each in (desk.site, site))
        if before.weeks != after.weeks:
            weeks[before.weeks, after.weeks] = weeks.get((before.weeks, after.weeks), 0) + 1
            ended = [one.ends_on is not None and one.ends_on < today for one in (before, after)]
            past += ended == [False, True]
    roles: dict[str, int] = {}
    for person in reader.list(Person):
        for code in sorted(person.roles) if person.active is not False else ():
            if code not in site.roles:
                roles[code] = roles.get(code, 0) + 1
    names = {str(code): role.label for code, role in desk.site.roles.items()}
    return Affected(
        clocks=tuple((*pair, count) for pair, count in sorted(weeks.items())),
        past=past,
        roles=tuple((names.get(code, code), count) for code, count in sorted(roles.items())),
        plans=len(reader.list(Plan, status=_NOT_SIGNED)) if site.plans != desk.site.plans else 0,
    )
