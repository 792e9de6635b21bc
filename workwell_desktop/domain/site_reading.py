"""Reads site packs: TOML in, ``Site`` or rows that name file, line, field and what is wrong out."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import workwell_desktop.domain.kinds  # noqa: F401 - declares every kind of record, so that KINDS knows them
from workwell_desktop import assets
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.letters import mistakes, said_of
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import SignatoryRole
from workwell_desktop.domain.records import KINDS
from workwell_desktop.domain.schema import Fault, faults, written
from workwell_desktop.domain.screen import text
from workwell_desktop.domain.site import Site
from workwell_desktop.domain.site_making import make_site
from workwell_desktop.domain.site_merging import merged
from workwell_desktop.domain.toml_lines import line_of
from workwell_desktop.errors import SiteInvalid

__all__ = ["SiteProblem", "SiteReport", "check_sites", "generic_pack", "load_site", "read_site"]
MOST_BYTES = 1_000_000
"""A pack is some pages of words; a file beyond this is something else."""

_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_MUST_BE_HELD = (Act.HANDLE_RISK, Act.LOCK_SESSION, Act.MANAGE_PEOPLE, Act.RESTORE)
"""A partnership in which nobody may do these would be stuck, or would leave somebody alone with a risk."""


@dataclass(frozen=True, slots=True)
class SiteProblem:
    """One wrong line. ``line`` counts from 1 (None: the whole file); ``field`` reads ``pace.session_minutes``."""

    file: str
    line: int | None
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class SiteReport:
    """One pack checked; ``status`` is ``ready`` or ``refused``."""

    path: str
    name: str
    status: str
    problems: tuple[SiteProblem, ...]


def load_site(path: FilePath) -> Site:
    """The pack in the file at ``path``. Raises SiteInvalid, whose ``problems`` are SiteProblem rows."""
    pack, problems = _read(path)
    if problems:
        raise SiteInvalid(problems, file=path.name)
    return make_site(pack)


def read_site(data: bytes, file: str) -> Site:
    """The pack in these bytes; ``file`` is the name that its problems go by. Raises SiteInvalid, as ``load_site``."""
    pack, problems = _read_bytes(data, file)
    if problems:
        raise SiteInvalid(problems, file=FilePath(file).name)
    return make_site(pack)


def generic_pack() -> FilePath:
    """The pack that everything works with before a partnership has its own."""
    return assets.resource("sites", "generic.toml")


def check_sites(path: FilePath) -> list[SiteReport]:
    """One report a pack: of the file at ``path``, or of every ``*.toml`` in and under the folder, in order of name."""
    if not path.is_dir():
        return [_report(path)]
    found = sorted(path.rglob("*.toml"))
    if found:
        return [_report(each) for each in found]
    problem = SiteProblem(str(path), None, "", text("site.no_pack"))
    return [SiteReport(str(path), "", "refused", (problem,))]


def _report(path: FilePath) -> SiteReport:
    pack, problems = _read(path)
    name = pack.get("name")
    return SiteReport(
        str(path), name if isinstance(name, str) else "", "refused" if problems else "ready", tuple(problems)
    )


def _read(path: FilePath) -> tuple[dict[str, Any], tuple[SiteProblem, ...]]:
    """The pack as read, and what is wrong with it; an unreadable file is an empty pack with one problem."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return {}, (SiteProblem(str(path), None, "", text("site.no_file")),)
    except OSError:
        return {}, (SiteProblem(str(path), None, "", text("site.unreadable")),)
    return _read_bytes(data, str(path))


def _read_bytes(data: bytes, file: str) -> tuple[dict[str, Any], tuple[SiteProblem, ...]]:
    """The pack together with what it extends. A problem stands on the line of the pack itself: what it extends is
    in order, so that whatever is wrong was written here, or should have been."""
    if len(data) > MOST_BYTES:
        return {}, (SiteProblem(file, None, "", text("site.too_big")),)
    try:
        toml = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return {}, (SiteProblem(file, line, "", text("site.not_utf8")),)
    try:
        pack = merged(tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        return {}, (_not_toml(file, str(error)),)
    except RecursionError:
        return {}, (SiteProblem(file, None, "", text("site.too_deep")),)
    found = faults(_schema(), pack) or list(_rules(pack))
    # without what it means to extend nearly all of a pack is missing, which would hide the one line that is wrong
    found = [each for each in found if each.path == ("extends",)] or found
    rows = [
        SiteProblem(file, line_of(toml, each.path), written(each.path), text(f"site.fault.{each.code}", **each.params))
        for each in found
    ]
    return pack, tuple(sorted(rows, key=lambda row: (row.line or 0, row.field, row.message)))


def _not_toml(file: str, said: str) -> SiteProblem:
    at = _AT_LINE.search(said)
    return SiteProblem(file, int(at[1]) if at else None, "", text("site.not_toml", said=_AT_LINE.sub("", said)))


@cache
def _schema() -> Mapping[str, Any]:
    schema: Mapping[str, Any] = json.loads(assets.resource("schemas", "site.schema.json").read_text(encoding="utf-8"))
    return schema


def _rules(pack: Mapping[str, Any]) -> Iterator[Fault]:
    """What a schema cannot say: that names agree with each other, and that nobody is left without."""
    roles: Mapping[str, Any] = pack["roles"]
    for code, role in roles.items():
        for index, grant in enumerate(role["may"]):
            act, _, kind = grant.partition(":")
            if act not in set(Act):
                yield Fault(("roles", code, "may", index), "unknown_act", {"act": act})
            elif kind and kind not in KINDS:
                yield Fault(("roles", code, "may", index), "unknown_kind", {"kind": kind})
    for index, code in enumerate(pack["first_person"]["roles"]):
        if code not in roles:
            yield Fault(("first_person", "roles", index), "unknown_role", {"role": code})
    first = {grant for code in pack["first_person"]["roles"] for grant in roles.get(code, {}).get("may", ())}
    if Act.MANAGE_PEOPLE not in first:
        yield Fault(("first_person", "roles"), "first_cannot_manage")
    held = {grant for role in roles.values() for grant in role["may"]}
    for act in _MUST_BE_HELD:
        if act not in held:
            yield Fault(("roles",), "nobody_may", {"act": act})
    yield from _signers(pack)
    yield from _covers_every_status(pack, "clocks")
    yield from _covers_every_status(pack, "plans")
    yield from _unique_codes(pack)
    yield from _somewhere_to_go(pack)
    yield from _letters(pack)


def _signers(pack: Mapping[str, Any]) -> Iterator[Fault]:
    able = {role for each in pack["roles"].values() for role in each["signs_as"]} | {SignatoryRole.PARTICIPANT}
    for code, plan in pack["plans"].items():
        for place in ("required", "optional"):
            for index, signer in enumerate(plan[place]):
                if signer not in able:
                    yield Fault(("plans", code, place, index), "nobody_signs_as", {"role": signer})
        for signer in set(plan["required"]) & set(plan["optional"]):
            yield Fault(("plans", code, "optional"), "required_and_optional", {"role": signer})


def _covers_every_status(pack: Mapping[str, Any], table: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for code, entry in pack[table].items():
        for index, status in enumerate(entry["statuses"]):
            if status in seen:
                yield Fault((table, code, "statuses", index), "status_twice", {"status": status})
            seen.add(status)
    for status in WorkStatus:
        if status not in seen:
            yield Fault((table,), "status_left_out", {"status": status})


def _somewhere_to_go(pack: Mapping[str, Any]) -> Iterator[Fault]:
    """Nobody is told that this is not the place without being told what is."""
    for index, each in enumerate(pack.get("eligibility", ())):
        if not each.get("services") and not each.get("areas"):
            yield Fault(("eligibility", index), "ends_nowhere")


def _letters(pack: Mapping[str, Any]) -> Iterator[Fault]:
    """Words of letters are held against what each letter may say, as they are where somebody changes them."""
    for language, kinds in pack.get("letters", {}).items():
        for letter, words in kinds.items():
            for word, written_text in words.items():
                for one in mistakes(letter, word, written_text):
                    about = {"line": one.line, "said": said_of(one)}
                    yield Fault(("letters", language, letter, word), "letter", about)


def _unique_codes(pack: Mapping[str, Any]) -> Iterator[Fault]:
    tables = (
        (("crisis",), pack["crisis"], "code"),
        (("risk", "steps"), pack["risk"]["steps"], "code"),
        (("agenda",), pack["agenda"], "why"),
        (("eligibility",), pack.get("eligibility", ()), "code"),
    )
    for path, rows, key in tables:
        seen: set[str] = set()
        for index, row in enumerate(rows):
            if row[key] in seen:
                yield Fault((*path, index, key), "code_twice", {"value": row[key]})
            seen.add(row[key])
