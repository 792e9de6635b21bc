"""The guide: a page of it for every page of the window, links that lead somewhere, and a screen's length each."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.tree import ROOT, modules, none
from workwell_desktop.catalogue import text
from workwell_desktop.desktop.guide import led_to
from workwell_desktop.desktop.pages import routes
from workwell_desktop.services import demo

GUIDE = ROOT / "resources" / "guide"
BEFORE_UNLOCKING = ("unlock", "first_run")
LONGEST = 460
"""Words of a page that F1 opens: about one screen with its headings, so that help is read and not studied."""
LONGEST_TO_LOOK_UP = 2 * LONGEST
LINK = re.compile(r"\]\(([^)]+)\)")


ASSURANCE = GUIDE / "assurance"
"""Read at a desk by those who answer for safety, and printed: as long as they must be."""


def pages() -> list[Path]:
    return sorted(GUIDE.rglob("*.md"))


def name_of(page: Path) -> str:
    return page.relative_to(GUIDE).with_suffix("").as_posix()


def topics(root: Path) -> Iterator[tuple[str, str]]:
    """Class of a page, and the guide's page for it: ``help_topic``, or else its route."""
    for module in modules(root, "desktop"):
        if ".pages." not in f"{module.name}.":
            continue
        for node in module.tree.body:
            if not isinstance(node, ast.ClassDef):
                continue
            said = {
                target.id: inner.value.value
                for inner in node.body
                if isinstance(inner, ast.Assign) and isinstance(inner.value, ast.Constant)
                for target in inner.targets
                if isinstance(target, ast.Name)
            }
            if said.get("route"):
                yield f"{module.name}.{node.name}", str(said.get("help_topic") or said["route"])


@cache
def opened_by_f1() -> frozenset[str]:
    """The guide's pages that a page of the window opens."""
    return frozenset(topic for _page, topic in topics(ROOT))


def without_help(found: Iterator[tuple[str, str]], there: set[str]) -> Iterator[str]:
    for page, topic in found:
        # the help page itself shows the contents
        if topic not in there and topic != "help":
            yield f"{page} has no guide page {topic}.md"


def dead_links(guide: Path) -> Iterator[str]:
    """Links between pages of the guide that lead nowhere, or out of it: Help follows links within the guide alone."""
    for page in sorted(guide.rglob("*.md")):
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            file = (page.parent / target.partition("#")[0]).resolve()
            if not file.is_file() or guide.resolve() not in file.parents:
                yield f"{page.name} leads to {target}"


def test_every_page_has_help() -> None:
    there = {name_of(page) for page in pages()}
    none(without_help(topics(ROOT), there))
    none(f"{name}.md" for name in BEFORE_UNLOCKING if name not in there)


def test_a_page_without_help_is_found() -> None:
    found = iter([("a.Today", "today"), ("b.Help", "help"), ("c.Plan", "plan")])
    assert list(without_help(found, {"today"})) == ["c.Plan has no guide page plan.md"]


def test_every_route_is_a_page_that_says_its_route() -> None:
    """Else F1 on it would lead to the contents."""
    known = opened_by_f1()
    assert {"settings", "events", "when-something-goes-wrong", "what-is-stored"} <= known
    assert len(list(topics(ROOT))) >= len(routes.table()) - 1


def test_links_lead_somewhere() -> None:
    none(dead_links(GUIDE))


def test_a_link_that_leads_nowhere_or_out_is_found(tmp_path: Path) -> None:
    guide = tmp_path / "guide"
    guide.mkdir()
    (tmp_path / "out.md").touch()
    (guide / "a.md").write_text("[here](a.md#part) [gone](b.md) [out](../out.md)", encoding="utf-8")
    (guide / "deeper").mkdir()
    (guide / "deeper" / "c.md").write_text("[up](../a.md) [not here](a.md)", encoding="utf-8")
    assert list(dead_links(guide)) == ["a.md leads to b.md", "a.md leads to ../out.md", "c.md leads to a.md"]


def test_every_page_is_reached_from_the_contents() -> None:
    seen, waiting = set(), ["index"]
    while waiting:
        name = waiting.pop()
        if name in seen or not (GUIDE / f"{name}.md").is_file():
            continue
        seen.add(name)
        waiting += [led_to(name, target) for target in LINK.findall((GUIDE / f"{name}.md").read_text("utf-8"))]
    assert sorted({name_of(page) for page in pages()} - seen) == []


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_a_page_is_short_and_begins_with_its_title(page: Path) -> None:
    words = page.read_text(encoding="utf-8")
    assert words.startswith("# ")
    assert words.count("\n# ") == 0
    topic = name_of(page) in opened_by_f1()
    assert ASSURANCE in page.parents or len(words.split()) <= (LONGEST if topic else LONGEST_TO_LOOK_UP)


def test_what_the_guide_quotes_is_what_the_window_says() -> None:
    """A guide that names buttons which are called something else is worse than none."""
    quoted = {
        "first-day": (demo.PASSPHRASE, text("first_run.demo"), text("unlock.other")),
        "first_run": (
            demo.PASSPHRASE,
            text("first_run.new"),
            text("first_run.open"),
            text("first_run.restore"),
            text("errors.not_a_store").split(",")[0],
        ),
        "unlock": (text("unlock.forgotten"), text("fields.show")),
        "participants": tuple(text(f"participants.among.{name}") for name in ("mine", "team", "closed")),
        "case-out": (text("agreement.another"), text("case_travel.to"), text("case_travel.lock")),
        "case-in": (text("case_travel.bring_in"), text("case_travel.in_title"), text("case_travel.my_code")),
        "settings": tuple(
            text(f"settings.{name}")
            for name in ("add_a_person", "renew", "let_go", "let_back", "backup_now", "check_now", "recovery_make")
        ),
        "when-something-goes-wrong": (text("unlock.forgotten"), text("settings.renew"), text("first_run.restore")),
    }
    for page, words in quoted.items():
        said = (GUIDE / f"{page}.md").read_text(encoding="utf-8")
        none(f"{page}.md does not say {word!r}" for word in words if word not in said)
