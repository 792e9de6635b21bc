"""Papers for being off work and what people bring, in the real window: typed, pasted, looked at, taken away."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, focus, pick, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.pages.person.test_contact import press_the_button
from tests.desktop.reader import Role, click, find, says
from workwell_desktop.desktop.widgets.drop_place import DropPlace
from workwell_desktop.domain.attachments import Brought
from workwell_desktop.domain.evidence import Fitness, Issuer
from workwell_desktop.domain.participants import Evidence
from workwell_desktop.services.employment import evidence, work
from workwell_desktop.services.employment.evidence_views import EvidenceDetails
from workwell_desktop.services.person import attachments
from workwell_desktop.services.person.attachments import AttachmentDetails

NOTE = EvidenceDetails(Evidence.FIT_NOTE, date(2026, 10, 19), date(2026, 11, 30), issuer=Issuer.DOCTOR)


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def picture(colour: str = "white") -> bytes:
    out = BytesIO()
    Image.new("RGB", (120, 160), colour).save(out, "PNG")
    return out.getvalue()


def copied(data: bytes) -> None:
    QApplication.clipboard().setImage(QImage.fromData(data))


def keep(here: AtWork, kind: Brought = Brought.FIT_NOTE) -> str:
    plain = attachments.look_into(here.desk, picture())
    return str(attachments.attach(here.desk, here.dani, plain, AttachmentDetails(kind)))


def test_a_fit_note_is_written_down_by_keyboard_and_stands_with_work(here: AtWork) -> None:
    page = here.go("evidence")
    press_the_button()
    assert "Choose what it is." in says(page)
    assert not page.fields["issuer"].isVisible()
    pick(page.fields["kind"].control, "fit_note")
    page.fields["starts_on"].control.setFocus()
    write("19/10/2026")
    page.fields["ends_on"].control.setFocus()
    write("18/10/2026")
    press_the_button()
    assert page.fields["ends_on"].wrong
    page.fields["ends_on"].control.clear()
    page.fields["ends_on"].control.setFocus()
    write("30/11/2026")
    pick(page.fields["fitness"].control, "may_be_fit")
    assert page.fields["options"].isVisible()
    press_the_button()
    (line,) = evidence.view(here.desk, here.dani).lines
    assert (line.details.ends_on, line.details.fitness) == (date(2026, 11, 30), Fitness.MAY_BE_FIT)
    assert here.page.route == "work"
    said = says(here.page)
    assert "Fit note: may be fit for work" in said
    assert "6 days left" in said
    assert "Off sick, 44 days, to today" in said


def test_error_8_only_who_may_issue_it_can_be_chosen(here: AtWork) -> None:
    page = here.go("evidence")
    for kind, there, not_there in (("fit_note", "pharmacist", "podiatrist"), ("ahp_report", "podiatrist", "doctor")):
        pick(page.fields["kind"].control, kind)
        issuer = page.fields["issuer"].control
        issuer.set_value(there)
        assert issuer.value() == there
        assert issuer.findData(not_there) < 0


def test_a_half_written_paper_is_there_again(here: AtWork) -> None:
    page = here.go("evidence")
    pick(page.fields["kind"].control, "other")
    page.fields["note"].control.setFocus()
    write("Letter from the hospital")
    here.workspace.navigator.go("today")
    settle()
    assert here.go("evidence").fields["note"].control.value() == "Letter from the hospital"


def test_a_paper_is_changed_field_by_field_and_taken_out(here: AtWork) -> None:
    made = evidence.record(here.desk, here.dani, NOTE)
    page = here.go("evidence", evidence=str(made))
    page.fields["issuer_name"].control.setFocus()
    write("Dr Example")
    page.fields["note"].control.setFocus()
    settle()
    assert evidence.find(here.desk, made).issuer_name == "Dr Example"
    assert "Saved on this computer" in says(page)
    click(page, Role.Button, "Take it out")
    assert evidence.view(here.desk, here.dani).lines == ()
    assert here.page.route == "work"


def test_what_the_job_asks_for_is_kept_and_papers_are_left_alone(here: AtWork) -> None:
    evidence.record(here.desk, here.dani, NOTE)
    page = here.go("work")
    page.fields["demands"].control.set_value({"LFT", "FTG"})
    page.fields["demands"].control.done.emit()
    page.fields["sector"].control.set_value("transport")
    page.fields["sector"].control.done.emit()
    settle()
    now = work.current(here.desk, here.dani)
    assert now is not None
    assert (now.details.demands, now.details.sector) == (frozenset({"LFT", "FTG"}), "transport")
    assert now.evidence is Evidence.FIT_NOTE
    assert "Fit note" in says(page)


def test_a_picture_is_pasted_looked_at_and_kept(here: AtWork) -> None:
    page = here.go("attachment")
    QApplication.clipboard().clear()
    click(page, Role.Button, "Paste from the clipboard")
    settle()
    assert "There is no picture or file on the clipboard." in says(page)
    copied(picture())
    click(page, Role.Button, "Paste from the clipboard")
    settle()
    assert attachments.listed(here.desk, here.dani) == ()
    assert find(page, Role.Graphic, "The file, before it is kept")
    press_the_button()
    assert page.fields["kind"].wrong
    pick(page.fields["kind"].control, "oh_letter")
    press_the_button()
    (line,) = attachments.listed(here.desk, here.dani)
    assert (line.details.kind, line.seen_by) == (Brought.OH_LETTER, "Maya Okafor")
    assert here.page.route == "attachments"
    assert "Letter from occupational health" in says(here.page)


def dropped(page: object, file: Path) -> None:
    place = page.findChild(DropPlace)  # type: ignore[attr-defined]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    place.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle()


def test_a_file_is_dropped_and_one_that_is_no_picture_is_refused_in_a_sentence(here: AtWork, tmp_path: Path) -> None:
    page = here.go("attachment")
    wrong, right = tmp_path / "note.pdf", tmp_path / "note.png"
    wrong.write_bytes(b"MZ this is a program")
    right.write_bytes(picture())
    dropped(page, wrong)
    assert "That is neither a PNG nor a JPEG picture nor a PDF" in says(page)
    dropped(page, right)
    assert page.plain is not None
    click(page, Role.Button, "Another file")
    assert page.plain is None


def test_one_that_is_here_is_shown_larger_and_taken_away_for_a_reason(here: AtWork) -> None:
    made = keep(here)
    page = here.go("attachment", attachment=made)
    viewer = page.viewer
    before = viewer.shown.width()
    assert before > 100
    click(page, Role.Button, "Larger")
    assert viewer.shown.width() > before
    click(page, Role.Button, "Fit the width")
    assert viewer.per_cent == 100
    click(page, Role.Button, "Take it away")
    assert "Say why it is taken away." in says(page)
    assert focus().hasFocus()
    write("It belongs to Jo")
    click(page, Role.Button, "Take it away")
    settle()
    assert here.page.route == "attachments"
    assert "taken away on" in says(here.page)
    assert "It belongs to Jo" in says(here.page)


def test_what_was_looked_at_and_not_kept_is_let_go(here: AtWork) -> None:
    page = here.go("attachment")
    copied(picture())
    click(page, Role.Button, "Paste from the clipboard")
    settle()
    here.workspace.navigator.go("today")
    settle()
    assert page.plain is None
    assert attachments.listed(here.desk, here.dani) == ()
