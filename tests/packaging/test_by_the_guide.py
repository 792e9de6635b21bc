"""The walk by the guide's first page and the page itself say the same; walking it takes a bundle: test_installed."""

import ast
import re

from devtools.bundle import by_the_guide
from tests.support.tree import ROOT, none

WALK = ast.parse((ROOT / "packaging" / "devtools" / "bundle" / "first_page.py").read_text(encoding="utf-8"))
"""Read and not imported: what it works with is the system's own Python's."""
PAGE = by_the_guide.PAGE.read_text(encoding="utf-8")


def test_each_part_of_the_page_is_a_step_of_the_walk() -> None:
    (steps,) = (one.value for one in WALK.body if isinstance(one, ast.AnnAssign) and isinstance(one.value, ast.Tuple))
    assert isinstance(steps, ast.Tuple)
    assert len(steps.elts) == len(re.findall(r"(?m)^## ", PAGE)) == 7


def test_whatever_the_page_tells_to_press_is_pressed() -> None:
    used = {str(one.value) for one in ast.walk(WALK) if isinstance(one, ast.Constant)}
    named = re.findall(r"\*\*([^*]+)\*\*", PAGE)
    assert len(named) > 25
    none(name for name in named if name not in used)


def test_what_the_walk_needs_is_told_apart() -> None:
    assert all(sign.partition(":")[0] in {"file", "program"} for sign in by_the_guide.NEEDS.values())
    assert {"at-spi2-core", "xvfb", "poppler-utils"} <= set(by_the_guide.NEEDS)
