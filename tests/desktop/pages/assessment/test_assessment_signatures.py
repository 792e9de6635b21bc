"""A form that asks for signatures, signed on its page: by hand, by keyboard why there is none, and again after a
correction."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, focus, press, tab_to, write
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.forms.make import item, source
from tests.services.assessing.test_form_signing import CONSENT, WITNESS, asks
from workwell_desktop.desktop.kit import InkField
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.assessing import library

FORM = source(
    item("why", text="Why you agree"),
    item("agree", "display", asks(WITNESS, "Witness"), text="It was read out"),
    title="Consent",
    extension=[asks(CONSENT, "Consent signature")],
)


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        library.import_form(found.desk, FORM)
        yield found


def status(work: AtWork, response: Id) -> ResponseStatus | None:
    with work.desk.read() as reader:
        return reader.get(Response, response).status


def draw(work: AtWork, place: int) -> None:
    field = [one for one in work.page.findChildren(InkField) if one.isVisible()][place]
    for act, spots in ((QTest.mousePress, [(20, 40)]), (QTest.mouseRelease, [(90, 70)])):
        for x, y in spots:
            act(field, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
        QTest.mouseMove(field, QPoint(50, 20))
        QTest.mouseMove(field, QPoint(70, 66))
    settle()


def test_a_form_is_signed_by_hand_or_says_by_keyboard_why_not(work: AtWork) -> None:
    work.go("assessment", form="http://example.org/form")
    response: Id = work.page.filling.response
    click(work.page, Role.Button, "Complete Consent")
    settle()
    assert status(work, response) is ResponseStatus.IN_PROGRESS
    click(work.page.errors, Role.Button, "Signature: It was read out")
    assert focus().accessibleName() == "Sign here"
    # whoever signs is named, and a witness is not the person
    click(work.page, Role.Button, "Keep this signature, It was read out")
    assert "Give a name." in says(work.page)
    write("Sam Okoro")
    draw(work, 0)
    click(work.page, Role.Button, "Keep this signature, It was read out")
    settle()
    assert "Sam Okoro signed, today, 10:42am." in says(work.page)
    assert find(work.page, Role.Graphic, "What Sam Okoro drew").isVisible()
    # the rest by keyboard alone
    tab_to("No signature, Consent")
    press(Qt.Key.Key_Space)
    assert focus().accessibleName() == "Why"
    tab_to("Note it, Consent")
    press(Qt.Key.Key_Space)
    assert "Say why, in the person’s words if you can." in says(work.page)
    write("She wants to think it over")
    tab_to("Note it, Consent")
    press(Qt.Key.Key_Space)
    assert "Danielle Marsh would rather not sign, today, 10:42am." in says(work.page)
    press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert status(work, response) is ResponseStatus.COMPLETED


def test_a_correction_asks_for_the_signature_again(work: AtWork) -> None:
    work.go("assessment", form="http://example.org/form")
    for place in (0, 0):
        draw(work, place)
        name = find_all(work.page, Role.EditableText, "Who signs")[place]
        if not name.value():  # type: ignore[attr-defined]
            name.setFocus()
            write("Sam Okoro")
        button = next(one for one in find_all(work.page, Role.Button) if one.accessibleName().startswith("Keep this"))
        button.click()  # type: ignore[attr-defined]
        settle()
    assert len(find_all(work.page, Role.Graphic, "What Danielle Marsh drew")) == 1
    typed(work.page, "Why you agree", "Because")
    press(Qt.Key.Key_Tab)
    assert says(work.page).count("That was before a correction. Please ask again.") == 2
    assert not find_all(work.page, Role.Graphic, "What Danielle Marsh drew")
    click(work.page, Role.Button, "Complete Consent")
    settle()
    assert find_all(work.page.errors, Role.Button, "Signature: Consent")
