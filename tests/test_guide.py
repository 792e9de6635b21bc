"""The guide: a page of it for every page of the window, links that lead somewhere, and a screen's length each."""

import ast
import re
import shutil
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.support.tree import ROOT, modules, none
from workwell_desktop.catalogue import text
from workwell_desktop.desktop import guide_pictures
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


PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LARGEST = 60_000
"""Bytes of a picture: the guide goes along with every copy of the program."""


def untrue_pictures(folder: Path) -> Iterator[str]:
    """Pictures that ``workwell screenshots --guide`` would not make, or makes and are not there."""
    listed = {f"{one.name}.png": one for one in guide_pictures.SHOWN}
    there = {file.name: QImage(str(file)) for file in folder.iterdir()}
    yield from (f"{name} is in one place alone" for name in listed.keys() ^ there.keys())
    for name in sorted(listed.keys() & there.keys()):
        picture, one = there[name], listed[name]
        if picture.text(guide_pictures.MADE_BY) != one.mark or (picture.width(), picture.height()) != one.size:
            yield f"{name} was made of something else"
        if picture.format() != QImage.Format.Format_Indexed8 or (folder / name).stat().st_size > LARGEST:
            yield f"{name} is larger than it must be"


def test_the_pictures_are_those_that_the_program_makes() -> None:
    none(untrue_pictures(GUIDE / "pictures"))


def test_a_picture_made_by_hand_is_found(tmp_path: Path) -> None:
    for one in guide_pictures.SHOWN[2:]:
        shutil.copy(GUIDE / "pictures" / f"{one.name}.png", tmp_path)
    QImage(*guide_pictures.PART, QImage.Format.Format_RGB32).save(str(tmp_path / "plan.png"))
    (tmp_path / "paper.png").write_bytes((tmp_path / "verify.png").read_bytes())
    assert sorted(untrue_pictures(tmp_path)) == [
        "paper.png was made of something else",
        "plan.png is larger than it must be",
        "plan.png was made of something else",
        "record.png is in one place alone",
        "today.png is in one place alone",
    ]


def test_each_picture_is_shown_and_says_in_words_what_is_on_it() -> None:
    shown = set()
    for page in [ROOT / "README.md", *pages()]:
        for words, target in PICTURE.findall(page.read_text(encoding="utf-8")):
            shown.add((page.parent / target).resolve())
            assert len(words.split()) >= 6, f"{page.name} {target}"
    assert shown == {(GUIDE / "pictures" / f"{one.name}.png").resolve() for one in guide_pictures.SHOWN}


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
    topic = name_of(page) in opened_by_f1() or name_of(page).startswith(("first-day", "look-around"))
    assert ASSURANCE in page.parents or len(words.split()) <= (LONGEST if topic else LONGEST_TO_LOOK_UP)


NAMED = re.compile(r"\*\*([^*\n]+)\*\*")
WRITTEN = ROOT / "resources" / "text" / "en-GB"
NO_CONTROL = re.compile(r"Ctrl\+|recovery code$|Aisha Rahman$|Helen Frost$|marigold half sun$")
"""Keys, and whom the made-up people's own tests hold."""


def sentences(table: object) -> Iterator[str]:
    """Every sentence that stands in a table of the catalogue."""
    if isinstance(table, dict):
        for one in table.values():
            yield from sentences(one)
    else:
        yield str(table)


@cache
def written() -> re.Pattern[str]:
    """What the window may say: each sentence, with anything where it has a gap. Who names a button leaves out the
    name of the form or the case that stands behind it; a sentence that is mostly gaps would hold every word."""
    found = set()
    for file in WRITTEN.glob("*.toml"):
        for one in sentences(tomllib.loads(file.read_text(encoding="utf-8"))):
            parts = re.split(r"\{\w+\}", one.replace("&", ""))
            if sum(map(len, parts)) >= 3 * len(parts):
                found.add("(?:…|.{1,20}?)".join(map(re.escape, parts)))
                found.add(re.escape(parts[0].rstrip(" :")))
    return re.compile("|".join(sorted(found)))


def unsaid(words: str) -> list[str]:
    """What a page tells to press, in bold, that the window says nowhere."""
    named = [name.rstrip(".,") for name in NAMED.findall(words)]
    return [name for name in named if not NO_CONTROL.match(name) and not written().fullmatch(name)]


def test_what_a_first_day_tells_to_press_is_called_so() -> None:
    """Whether it stands where the page says is walked in the window: ``journeys/test_first_days`` and, on what is
    installed, ``dev.py bundle --smoke``."""
    first = [page for page in pages() if page.stem.startswith(("first-day", "look-around"))]
    assert sum(len(NAMED.findall(page.read_text(encoding="utf-8"))) for page in first) > 60
    none(f"{page.name}: {name}" for page in first for name in unsaid(page.read_text(encoding="utf-8")))
    assert unsaid("Press **Make the shop**, **Make the store**, or **Complete GAD-7**.") == ["Make the shop"]


def test_what_the_guide_quotes_is_what_the_window_says() -> None:
    """A guide that names buttons which are called something else is worse than none."""
    quoted = {
        "look-around": (demo.PASSPHRASE, text("first_run.demo"), text("unlock.other")),
        "first-day-coach": (
            *(text(f"plan.step.{number}") for number in range(4)),
            *(text(f"record.act.{name}") for name in ("contact", "agreement", "assess", "plan")),
            text("risk.record"),
            text("referral.take"),
            text("referral.source"),
            text("referral.reason"),
            text("plan.show_paper"),
            text("plan.note_answer"),
            text("plan.sign_and_make", count=1),
            text("verify_page.title"),
            text("shell.nav.papers"),
            text("unlock.other"),
        ),
        "first-day-clinician": (
            demo.PASSPHRASE,
            "Aisha Rahman",
            text("participants.among.team"),
            text("record.tab.assessments"),
            *(text(f"record.act.{name}") for name in ("duties", "bring")),
            *(text(f"duties.part.{name}") for name in ("red_flags", "safeguarding", "capacity", "told")),
            text("session.brings"),
        ),
        "first-day-chair": (
            demo.PASSPHRASE,
            "Helen Frost",
            text("prepare.caseload"),
            text("prepare.start"),
            text("session.here_now"),
            text("session.change_attendance"),
            text("session.brings"),
            text("session.agree_next", number="").strip(),
            text("session.end"),
            text("signoff.carry"),
            text("signoff.lock"),
            text("sessions.who_came"),
            text("projector.bar.off"),
        ),
        "first-day-administrator": (
            text("first_run.new"),
            *(
                text(f"settings.{name}")
                for name in (
                    *("add_a_person", "let_go", "take_key", "backup_choose", "backup_now", "escrow_make", "check_now"),
                    *("see_packs", "part.people", "part.partnership", "part.computer"),
                )
            ),
        ),
        "first-day-hub": (
            text("first_run.new"),
            text("first_run.rehearsal").split(":")[0],
            text("shell.act.sync"),
            text("shell.see_sync"),
        ),
        "making-a-form": (
            *(text(f"library.{name}") for name in ("take_in", "choose_files", "try", "print_blank", "write_rights")),
            text("library.take_in_count", count=1),
            text("library.offer"),
            text("library.retire"),
        ),
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
