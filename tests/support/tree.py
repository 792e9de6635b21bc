"""The program's own sources as syntax trees, for the tests of the house."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "workwell_desktop"


def none(found: Iterable[str]) -> None:
    """Fails with every place where a rule is broken."""
    broken = sorted(found)
    assert not broken, "\n" + "\n".join(broken)


@dataclass(frozen=True)
class Parsed:
    """What stands in one file. The rules of the house read each file many times, and to parse and walk it is what
    costs."""

    tree: ast.Module
    nodes: tuple[ast.AST, ...]
    """Every node of the tree, as ``ast.walk`` gives them."""


@cache
def _parsed(path: Path, written_at: int) -> Parsed:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return Parsed(tree, tuple(ast.walk(tree)))


@dataclass(frozen=True)
class Module:
    """One file of Python. ``name`` is dotted and begins with the package, ``where`` is the path below the root."""

    root: Path
    path: Path

    @property
    def where(self) -> str:
        return self.path.relative_to(self.root).as_posix()

    @property
    def name(self) -> str:
        parts = list(self.path.relative_to(self.root).with_suffix("").parts)
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def part(self) -> str:
        """The folder or file right below the package: ``domain``, ``store``, ``app``; empty for the package itself."""
        return [*self.name.split("."), ""][1]

    @cached_property
    def _parsed(self) -> Parsed:
        return _parsed(self.path, self.path.stat().st_mtime_ns)

    @property
    def tree(self) -> ast.Module:
        return self._parsed.tree

    @property
    def nodes(self) -> tuple[ast.AST, ...]:
        return self._parsed.nodes

    def line(self, node: ast.AST) -> str:
        """Where a node stands, as an editor opens it."""
        return f"{self.where}:{getattr(node, 'lineno', 0)}"


def modules(root: Path = ROOT, *parts: str) -> list[Module]:
    """Every module of the package, or of some of its parts."""
    found = [Module(root, path) for path in sorted((root / PACKAGE).rglob("*.py"))]
    return [module for module in found if not parts or module.part in parts]


def plant(root: Path, files: dict[str, str]) -> Path:
    """A small tree for showing that a rule can fail; paths are below the package."""
    for name, source in files.items():
        path = root / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return root


def imports(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """What a module imports, dotted, wherever in it the import stands; ``import_module("…")`` counts."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            start = _absolute(module, node)
            for alias in node.names:
                yield node, f"{start}.{alias.name}"
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            for word in node.args[:1]:
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield node, word.value


def called(node: ast.Call) -> str:
    """The last name of what is called: ``setText`` for ``self._name.setText(…)``."""
    return last_name(node.func)


def last_name(node: ast.AST) -> str:
    """``c`` for ``a.b.c``; empty for what has no name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def docstrings(module: Module) -> set[int]:
    """The ids of the constants that only explain: docstrings of every level, and those that follow a name."""
    found: set[int] = set()
    for node in module.nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
    return found


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".")
    keep = len(package) - node.level + (module.path.name == "__init__.py")
    return ".".join(package[:keep] + ([node.module] if node.module else []))
