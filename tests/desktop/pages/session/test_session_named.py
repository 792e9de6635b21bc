"""A quiet line where a name of somebody else stands, and nothing that stops anybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import AtWork, press, write
from tests.desktop.pages.meeting import CONTROL, open_page
from tests.desktop.reader import Role, click, find, says, typed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("named") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        yield found


def test_a_name_is_said_at_its_field_and_goes_with_it(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "session", session=session)
    typed(page, "Decision", "As with Marlon Price: Helen Frost rings her manager Dave")
    press(Qt.Key.Key_Tab)
    settle()
    words = says(page)
    assert "“Marlon Price” takes part too" in words
    assert "“Dave” is named: the role is enough" in words
    assert meeting.cases(work, session)[0].decision == "As with Marlon Price: Helen Frost rings her manager Dave"
    field = find(page, Role.EditableText, "Decision")
    field.selectAll()  # type: ignore[attr-defined]
    field.setFocus()
    write("As before: Helen Frost rings the manager")
    press(Qt.Key.Key_Tab)
    settle()
    assert "takes part too" not in says(page)
    assert "the role is enough" not in says(page)
    typed(page, "Why", "Marlon Price had it")
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    settle()
    assert "takes part too" not in says(page), "nothing of the last case stays"


def test_what_somebody_brings_keeps_its_line_once_it_is_words(work: AtWork) -> None:
    page = open_page(work, "session", session=meeting.session(work))
    click(page, Role.Button, "Add what Helen brings")
    settle()
    write("His colleague Kirsty helps.")
    page.agenda.change.setFocus()
    settle()
    assert find(page, Role.StaticText, "His colleague Kirsty helps.")
    assert "“Kirsty” is named" in says(page.brings)
