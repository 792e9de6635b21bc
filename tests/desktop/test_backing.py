"""The line above the page that says how long there was no backup: in words, with the way there, gone when closed."""

from datetime import UTC, datetime
from pathlib import Path

from tests.desktop.conftest import settle
from tests.desktop.laptop import MAYA, Laptop
from tests.desktop.reader import Role, click, says
from workwell_desktop.desktop.backing import Backing
from workwell_desktop.services.safekeeping.backups import BackupState


def late(last: datetime | None, failed: str = "") -> BackupState:
    return BackupState(last, late=True, folder=Path("there"), beside=True, files=(), failed=failed)


def test_a_late_backup_is_said_until_it_is_closed(at_laptop: Laptop) -> None:
    at_laptop.unlock(MAYA)
    (line,) = at_laptop.window.findChildren(Backing)
    assert line.isHidden()
    line.show_state(late(None, "disk_full"))
    settle()
    assert "There is no backup yet" in says(line)
    line.show_state(late(datetime(2026, 11, 20, tzinfo=UTC)))
    settle()
    assert "The last backup is too old" in says(line)
    click(line, Role.Button, "Close")
    line.show_state(late(None))
    assert line.isHidden()
