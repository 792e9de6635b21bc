"""The house stands as it was drawn: imports flow one way, one clock, every act asks first."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.tree import PACKAGE, ROOT, Module, called, imports, last_name, modules, none, plant

BASE = {"", "errors", "assets", "catalogue"}
BELOW = {
    "domain": BASE,
    "forms": BASE | {"domain"},
    "store": BASE | {"domain", "forms"},
    "sync": BASE | {"domain", "forms", "store"},
    "documents": BASE | {"domain", "forms"},
    "services": BASE | {"domain", "forms", "store", "sync", "documents"},
    "desktop": BASE | {"domain", "forms", "store", "sync", "documents", "services"},
    "terminal": BASE,
    "commands": BASE | {"domain", "forms", "store", "sync", "documents", "services", "terminal"},
    "join_commands": BASE | {"domain", "services", "commands", "sync_commands"},
    "sync_commands": BASE | {"domain", "services", "terminal", "commands"},
    "hub_commands": BASE | {"domain", "services", "terminal", "commands"},
    "key_commands": BASE | {"services", "terminal", "commands"},
    "keeping_commands": BASE | {"domain", "services", "terminal", "commands"},
    "cli": BASE
    | {"domain", "terminal", "commands", "sync_commands", "hub_commands", "join_commands", "key_commands"}
    | {"keeping_commands"},
    "app": BASE | {"domain", "forms", "store", "sync", "documents", "services", "desktop", "cli"},
    "__main__": BASE | {"app"},
} | dict.fromkeys(BASE, BASE)

OWNERS = {
    "PySide6": {"desktop"},
    "shiboken6": {"desktop"},
    "sqlalchemy": {"store", "sync"},
    "alembic": {"store", "sync"},
    "sqlcipher3": {"store"},
    "psycopg": {"sync"},
    "reportlab": {"documents"},
    "pikepdf": {"documents"},
    "pyhanko": {"documents"},
    "pyhanko_certvalidator": {"documents"},
    "pypdfium2": {"documents"},
}
STANDARD_LIBRARY_ALONE = BASE | {"domain"}

LONGEST = 500
THE_CLOCK = f"{PACKAGE}.domain.clock"
READS_A_CLOCK = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("time", "ctime"),
    ("time", "asctime"),
    ("uuid", "uuid1"),
    ("func", "now"),
    ("QDateTime", "currentDateTime"),
    ("QDateTime", "currentDateTimeUtc"),
    ("QDate", "currentDate"),
    ("QTime", "currentTime"),
}
CLOCK_OF_SQL = ("CURRENT_TIMESTAMP", "CURRENT_DATE", "'now'")

OPENS_RECORDS = {"Desk", "Store", "Identity"}
INSIDE_AN_ACT = {"Reader", "Unit"}
# What is there for making a desk, so that there is none to ask yet: its name, and why.
WITHOUT_A_DESK: dict[str, str] = {}


def wrong_directions(root: Path) -> Iterator[str]:
    """Imports that go against the arrows."""
    for module in modules(root):
        for node, name in imports(module):
            if name.split(".")[0] != PACKAGE:
                continue
            part = [*name.split("."), ""][1]
            if not (root / PACKAGE / part).is_dir() and not (root / PACKAGE / f"{part}.py").is_file():
                part = ""  # a name of the package itself, such as its version
            if part != module.part and part not in BELOW[module.part]:
                yield f"{module.line(node)} {module.part or PACKAGE} imports {part}"


def strangers(root: Path) -> Iterator[str]:
    """Third-party libraries outside the one part that owns them."""
    for module in modules(root):
        for node, name in imports(module):
            top = name.split(".")[0]
            if top in OWNERS and module.part not in OWNERS[top]:
                yield f"{module.line(node)} {module.part} imports {top}"
            elif module.part in STANDARD_LIBRARY_ALONE and top != PACKAGE and top not in sys.stdlib_module_names:
                yield f"{module.line(node)} {module.part} imports {top}, and may only the standard library"


def clock_readers(root: Path) -> Iterator[str]:
    """Whoever asks the computer for the time instead of the clock that was passed in."""
    for module in modules(root):
        if module.name == THE_CLOCK:
            continue
        for node in module.nodes:
            if isinstance(node, ast.Attribute) and (last_name(node.value), node.attr) in READS_A_CLOCK:
                yield f"{module.line(node)} {last_name(node.value)}.{node.attr}"
            elif isinstance(node, ast.ImportFrom) and node.module == "time":
                for alias in node.names:
                    if ("time", alias.name) in READS_A_CLOCK:
                        yield f"{module.line(node)} from time import {alias.name}"
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                for word in CLOCK_OF_SQL:
                    if word in node.value:
                        yield f"{module.line(node)} {word}"


def acts_that_do_not_ask(root: Path) -> Iterator[str]:
    """Public functions of the services that do anything before they ask the desk, or have a store without one.

    A function that takes a Reader or a Unit is part of an act: only an act can open one. A function that takes none
    of these can reach nobody's record.
    """
    for module in modules(root, "services"):
        if module.path.name.startswith("_"):
            continue
        for node in module.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            name = f"{module.name.removeprefix(PACKAGE + '.services.')}.{node.name}"
            takes = [_kind(argument) for argument in node.args.posonlyargs + node.args.args + node.args.kwonlyargs]
            if name in WITHOUT_A_DESK or set(takes) & INSIDE_AN_ACT or not set(takes) & OPENS_RECORDS:
                continue
            if takes[0] != "Desk":
                yield f"{module.line(node)} {name} has a store and no desk first"
            elif not _asks_first(node):
                yield f"{module.line(node)} {name} does not ask first"


def _kind(argument: ast.arg) -> str:
    """The bare name of an argument's type; a desk without a type is a desk still."""
    if argument.annotation is None:
        return argument.arg.title()
    return ast.unparse(argument.annotation).strip("'\"").removesuffix(" | None")


def _asks_first(act: ast.FunctionDef) -> bool:
    body = act.body[1:] if ast.get_docstring(act) is not None else act.body
    first = body[0] if body else None
    return (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Call)
        and called(first.value) == "allow"
        and isinstance(first.value.func, ast.Attribute)
        and last_name(first.value.func.value) == "desk"
    )


def long_files(root: Path) -> Iterator[str]:
    for folder in (PACKAGE, "tests", "packaging"):
        for path in sorted((root / folder).rglob("*.py")):
            length = len(path.read_text(encoding="utf-8").splitlines())
            if length > LONGEST:
                yield f"{path.relative_to(root).as_posix()} has {length} lines"


def undeclared(root: Path) -> Iterator[str]:
    """Libraries that are imported and are not among the product's own dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    makers = packages_distributions()
    for module in modules(root):
        for node, name in imports(module):
            top = name.split(".")[0]
            if top in {PACKAGE, "", "__future__"} or top in sys.stdlib_module_names:
                continue
            if not declared & {canonicalize_name(maker) for maker in makers.get(top, [])} and not _comes_along(top):
                yield f"{module.line(node)} {top}"


def _comes_along(top: str) -> bool:
    """Parts of a library that has them in a distribution of their own."""
    return top in {"shiboken6", "pyhanko_certvalidator"}


def test_imports_flow_one_way() -> None:
    none(wrong_directions(ROOT))


def test_an_import_against_the_arrows_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "__init__.py": "",
            "errors.py": "",
            "app.py": "from workwell_desktop import cli",
            "cli.py": "from workwell_desktop import commands",
            "commands.py": "from workwell_desktop.services import today",
            "domain/__init__.py": "",
            "domain/people.py": "from ..store import Store\nimport workwell_desktop.errors",
            "documents/__init__.py": "def f():\n    from workwell_desktop.store import Store",
            "services/__init__.py": "from importlib import import_module\nimport_module('workwell_desktop.desktop')",
            "services/today.py": "from . import people",
            "store/__init__.py": "",
            "desktop/__init__.py": "from workwell_desktop import cli",
        },
    )
    assert list(wrong_directions(tmp_path)) == [
        "workwell_desktop/desktop/__init__.py:1 desktop imports cli",
        "workwell_desktop/documents/__init__.py:2 documents imports store",
        "workwell_desktop/domain/people.py:1 domain imports store",
        "workwell_desktop/services/__init__.py:2 services imports desktop",
    ]


def test_each_library_stays_with_its_owner() -> None:
    none(strangers(ROOT))


def test_a_library_away_from_home_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "services/plans.py": "import sqlalchemy.orm",
            "domain/plans.py": "import segno\nimport dataclasses",
            "desktop/page.py": "from PySide6.QtWidgets import QWidget",
        },
    )
    assert list(strangers(tmp_path)) == [
        "workwell_desktop/domain/plans.py:1 domain imports segno, and may only the standard library",
        "workwell_desktop/services/plans.py:1 services imports sqlalchemy",
    ]


def test_every_library_is_declared() -> None:
    none(undeclared(ROOT))


def test_an_undeclared_library_is_found(tmp_path: Path) -> None:
    plant(tmp_path, {"forms/lists.py": "import json\nimport sortedcontainers\nimport jsonschema"})
    assert list(undeclared(tmp_path)) == ["workwell_desktop/forms/lists.py:2 sortedcontainers"]


def test_there_is_one_clock() -> None:
    none(clock_readers(ROOT))


def test_another_clock_is_found(tmp_path: Path) -> None:
    source = (
        "import time, datetime as dt\nfrom time import time_ns\n"
        "a = clock.now()\nb = dt.datetime.now(dt.UTC)\nc = time.perf_counter() + time.monotonic()\n"
        "d = time.time()\ne = \"SELECT datetime('now')\"\n"
    )
    plant(tmp_path, {"store/log.py": source, "domain/clock.py": "datetime.now()"})
    assert sorted(clock_readers(tmp_path)) == [
        "workwell_desktop/store/log.py:2 from time import time_ns",
        "workwell_desktop/store/log.py:4 datetime.now",
        "workwell_desktop/store/log.py:6 time.time",
        "workwell_desktop/store/log.py:7 'now'",
    ]


def test_every_act_asks_the_permission_table_first() -> None:
    none(acts_that_do_not_ask(ROOT))


def test_no_exception_to_asking_outlives_its_function() -> None:
    there = {
        f"{module.name.removeprefix(PACKAGE + '.services.')}.{node.name}"
        for module in modules(ROOT, "services")
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
    }
    assert set(WITHOUT_A_DESK) <= there
    assert all(reason for reason in WITHOUT_A_DESK.values())


def test_an_act_that_does_not_ask_is_found(tmp_path: Path) -> None:
    source = (
        'def good(desk: Desk) -> None:\n    """Why."""\n    desk.allow(Act.X)\n    return None\n'
        "def late(desk):\n    with desk.unit():\n        desk.allow(Act.X)\n"
        "def part(unit: Unit):\n    pass\n"
        "def open_to_all(a, store: Store):\n    pass\n"
        "def pure(day: date):\n    pass\n"
        "def _inner(x):\n    pass\n"
    )
    plant(tmp_path, {"services/plans.py": source})
    assert list(acts_that_do_not_ask(tmp_path)) == [
        "workwell_desktop/services/plans.py:5 plans.late does not ask first",
        "workwell_desktop/services/plans.py:10 plans.open_to_all has a store and no desk first",
    ]


def test_files_stay_short() -> None:
    none(long_files(ROOT))


def test_a_long_file_is_found(tmp_path: Path) -> None:
    plant(tmp_path, {"domain/all.py": "x = 1\n" * (LONGEST + 1), "domain/some.py": "x = 1\n" * LONGEST})
    assert list(long_files(tmp_path)) == [f"workwell_desktop/domain/all.py has {LONGEST + 1} lines"]


def test_the_tree_names_its_modules(tmp_path: Path) -> None:
    plant(tmp_path, {"__init__.py": "", "store/__init__.py": "", "store/keys/slots.py": ""})
    seen = {module.name: module.part for module in modules(tmp_path)}
    assert seen == {PACKAGE: "", f"{PACKAGE}.store": "store", f"{PACKAGE}.store.keys.slots": "store"}
    assert Module(tmp_path, tmp_path / PACKAGE / "store" / "__init__.py").where == "workwell_desktop/store/__init__.py"
