"""Whichever page is gone to first can be opened: modules are imported when their page is, in any order."""

import subprocess
import sys

IMPORT_EACH = """
import sys
from importlib import import_module
from workwell_desktop.desktop.pages import routes

for route, place in sorted(routes.table().items()):
    module, made = place.split(":")
    for name in [one for one in sys.modules if one.startswith("workwell_desktop.desktop.pages.")]:
        del sys.modules[name]
    try:
        getattr(import_module(module), made)
    except ImportError as trouble:
        print(route, trouble)
"""


def test_each_page_can_be_the_first_one() -> None:
    ran = subprocess.run([sys.executable, "-c", IMPORT_EACH], check=False, capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stdout + ran.stderr[-600:]
