"""A copy of what somebody brought goes to whom they chose, by keyboard in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, press, tab_to, write
from tests.desktop.pages.employment.test_absence import keep, picture
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, find, says
from workwell_desktop.domain.papers import Release
from workwell_desktop.domain.participants import Party


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def press_down(name: str) -> None:
    """Reaches a button by Tab alone and presses it."""
    tab_to(name)
    press(Qt.Key.Key_Space)


def test_somebody_agrees_and_a_copy_is_saved(here: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = here.go("attachment", attachment=keep(here))
    place = tmp_path / "Copy.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    assert "Save a copy for Hebble Street Surgery" not in says(page)
    find(page, Role.EditableText, "Name").setFocus()
    write("Hebble Street Surgery")
    press_down("Dani has seen it and agrees")
    assert "Hebble Street Surgery: yes" in says(page)
    press_down("Save a copy for Hebble Street Surgery")
    assert place.read_bytes()[:4] == picture()[:4]
    assert "Given to Hebble Street Surgery" in says(page)
    with here.desk.read() as reader:
        assert [one.recipient for one in reader.list(Release, scope=here.dani)] == [Party.GP]
