"""Each fault of ``faults`` is put in, and something goes red. All of them with --long; a few at every run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from tests.sync import faults
from tests.sync.faults import FAULTS, Fault
from tests.sync.hubs import PARTNERSHIP, TestHub
from workwell_desktop.errors import BadInput
from workwell_desktop.sync.hub import keeping

_HERE = Path(__file__).parents[2]


def seeded(fault: Fault, folder: Path) -> Path:
    """A copy of the program and its tests with the fault in it."""
    for one in ("workwell_desktop", "tests", "resources", "packaging", "pyproject.toml"):
        source = _HERE / one
        if source.is_dir():
            shutil.copytree(source, folder / one, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(source, folder / one)
    file = folder / "workwell_desktop" / fault.file
    file.write_text(file.read_text("utf-8").replace(fault.was, fault.is_now), "utf-8")
    return folder


def ran(folder: Path, tests: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests.split()]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_still_has_its_place(fault: Fault) -> None:
    text = (_HERE / "workwell_desktop" / fault.file).read_text("utf-8")
    assert text.count(fault.was) == 1, "the program was changed: the fault must be put in anew"
    if fault.file.endswith(".py"):
        compile(text.replace(fault.was, fault.is_now), fault.file, "exec")


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_turns_something_red(fault: Fault, tmp_path: Path) -> None:
    found = ran(seeded(fault, tmp_path), fault.caught_by)
    # a test that fails, and none that cannot even begin
    assert found.returncode == 1, f"nobody noticed: {fault.breaks}\n{found.stdout[-2000:]}{found.stderr[-2000:]}"
    assert "FAILED" in found.stdout, found.stdout[-2000:]


def test_a_warrant_wants_the_administrators_own_signature(hub: TestHub) -> None:
    """An administrator's laptop pushes on the strength of its login; to erase, the signature itself has to be right."""
    boss, kim = hub.laptop(administrator=True), hub.laptop()
    case = kim.case()
    unsigned = boss.write(PARTNERSHIP, "reason", "their wish", kind="erasure", record=case, key=kim.key)
    assert boss.push([unsigned])[0].code is None
    with pytest.raises(BadInput) as refused:
        keeping.erase(hub.admin(), case, unsigned.change.id)
    assert refused.value.reason == "hub_warrant"
    row = hub.admin().execute("select count(*) from workwell.value where scope = %s", (UUID(case),)).fetchone()
    assert row == (2,)


__all__ = ["faults"]
