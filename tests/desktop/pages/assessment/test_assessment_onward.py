"""Return goes to the next question of a form, and after the last one to the button that goes on."""

from PySide6.QtCore import Qt

from tests.desktop.conftest import settle
from tests.desktop.pages.at_work import AtWork, begun, press
from tests.desktop.reader import Role, find_all


def test_return_goes_from_question_to_question_and_on(work: AtWork) -> None:
    begun(work, "audit-c")
    find_all(work.page, Role.RadioButton)[0].setFocus()
    column = work.page._columns[0]
    paths = []
    for _ in range(3):
        press(Qt.Key.Key_1)
        settle()
        paths.append(column.path_in_focus())
        press(Qt.Key.Key_Return)
        settle()
    assert paths == ["auditc-1", "auditc-2", "auditc-3"]
    assert work.page.filled_button().hasFocus()
