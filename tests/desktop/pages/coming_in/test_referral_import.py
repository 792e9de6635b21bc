"""Referrals from a file, in the window: looked at, decided at the side, brought in; the empty file saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find, says, typed
from workwell_desktop.domain.episodes import ClosureReason, Referral
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.referral_rows import read_sheet, written_rows
from workwell_desktop.services.coming_in import waiting
from workwell_desktop.services.person import ending, record

COLIN = {
    "given_name": "Colin",
    "family_name": "Hart",
    "birth_date": "03/05/1979",
    "source": "self",
    "reason": "Anxious about going back.",
}
DANI = {**COLIN, "given_name": "Danielle", "family_name": "Marsh", "birth_date": "14/03/1984"}


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        with_pages(found).workspace.navigator.go("referral-import")
        settle()
        yield found


def look(here: AtWork, folder: Path, *rows: dict[str, str]) -> None:
    file = folder / "november.csv"
    file.write_bytes(written_rows(rows))
    typed(here.page, "File", str(file))
    QTest.keyClick(find(here.page, Role.EditableText, "File"), Qt.Key.Key_Return)
    settle()


def test_a_file_is_looked_at_decided_and_brought_in_by_the_keyboard(here: AtWork, tmp_path: Path) -> None:
    episode = record.banner(here.desk, here.dani).episode
    assert episode is not None
    ending.close(here.desk, episode, ClosureReason.RETURNED_TO_WORK)
    look(here, tmp_path, COLIN, DANI, {**COLIN, "nhs_number": "0000000000"})
    assert "1 ready, 1 to decide, 1 to mend" in says(here.page)
    assert waiting.view(here.desk).of == 0
    assert find(here.page, Role.Button, "Bring in 1 referral")
    table = here.page.table
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    settle()
    assert "Line 3: is it one of these?" in says(here.page)
    click(here.page, Role.RadioButton, "It is Danielle Marsh")
    settle()
    QTest.keyClick(table, Qt.Key.Key_Down)
    settle()
    assert "the same digit 10 times is never an NHS number" in says(here.page)
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "2 referrals came in" in says(here.page)
    with here.desk.read() as reader:
        assert reader.count(Participant) == 2
        assert reader.count(Referral, scope=here.dani) == 2
    assert here.page.foot is not None
    assert "Bring in" not in says(here.page.foot), "what came in does not come in again"
    assert [row.cells[3].first for row in here.page.rows] == ["Came in", "Came in", "1 thing to mend"]
    here.page.look(tmp_path / "november.csv")
    settle()
    assert [row.cells[3].first for row in here.page.rows][:2] == ["Stays out until you say"] * 2, "they are here now"


def test_a_file_that_is_no_list_of_referrals_says_so(here: AtWork, tmp_path: Path) -> None:
    file = tmp_path / "shoes.csv"
    file.write_text("size,colour\n41,red\n", encoding="utf-8")
    here.page.look(file)
    settle()
    words = says(here.page)
    assert "shoes.csv cannot be read as referrals. Nothing was changed." in words
    assert "“size” is not in the published header" in words
    here.page.look(tmp_path / "gone.csv")
    settle()
    assert "There is no file or folder at that path." in says(here.page)


def test_the_empty_file_is_saved_with_the_header(here: AtWork, tmp_path: Path) -> None:
    here.page.save_template(tmp_path / "empty.csv")
    settle()
    assert read_sheet((tmp_path / "empty.csv").read_bytes()).faults == ()
    assert "The empty file is saved." in says(here.page)
