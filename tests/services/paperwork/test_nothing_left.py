"""What is looked at, printed and saved leaves no file but the one that was chosen; a range is kept to."""

import ctypes
import os
import select
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QDir
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.services.case_help import ready_plan, say_yes
from tests.services.conftest import PASSPHRASE
from workwell_desktop.desktop.pages.printing import choose_printer, chosen_pages, draw_pages, print_width
from workwell_desktop.domain.papers import Document, PaperKind, Release, ReleaseHow
from workwell_desktop.domain.participants import PaperFormat
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import handouts, papers, reading_copies, register
from workwell_desktop.services.planning import signing

_CREATED, _MOVED_IN = 0x100, 0x80
_EVENT = struct.Struct("iIII")
PAGES = [b"1", b"2", b"3", b"4"]


@contextmanager
def watched(*folders: Path) -> Iterator[list[str]]:
    """Gathers the name of every file that comes to be in the folders, however briefly (inotify)."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.inotify_init1(os.O_NONBLOCK)
    assert handle >= 0
    names: list[str] = []
    try:
        for folder in folders:
            assert libc.inotify_add_watch(handle, os.fsencode(folder), _CREATED | _MOVED_IN) >= 0
        yield names
        while select.select([handle], [], [], 0)[0]:
            data, at = os.read(handle, 65536), 0
            while at < len(data):
                *_rest, length = _EVENT.unpack_from(data, at)
                names.append(os.fsdecode(data[at + _EVENT.size : at + _EVENT.size + length].rstrip(b"\0")))
                at += _EVENT.size + length
    finally:
        os.close(handle)


def to_file(place: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(place))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    return printer


@pytest.fixture
def plan(desk: Desk, refer: Callable[..., Referred], colleague: Callable[..., Desk]) -> Id:
    who = refer().participant
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    made = ready_plan(desk, who, clinician=tom.me)
    say_yes(desk, made, PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY)
    return made


@pytest.mark.skipif(sys.platform != "linux", reason="watches folders as Linux does")
def test_no_file_comes_to_be_but_the_one_that_was_chosen(
    qapp: QApplication, desk: Desk, plan: Id, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, chosen, here = tmp_path / "temporary", tmp_path / "chosen", tmp_path / "here"
    for folder in (temporary, chosen, here):
        folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(here)
    assert Path(QDir.tempPath()) == temporary
    with watched(temporary, here) as elsewhere, watched(chosen) as names:
        (temporary / "watched").touch()
        (temporary / "watched").unlink()
        shown = papers.preview(desk, plan, PaperKind.GP_SUMMARY)
        papers.preview_page(desk, shown, 0, 400)
        signing.sign_as_coach(desk, plan, PASSPHRASE)
        paper = _paper(desk, plan, PaperKind.GP_SUMMARY)
        register.verify_paper(desk, register.paper_bytes(desk, paper))
        printer = to_file(chosen / "printed.pdf")
        pdf = register.release(desk, paper, ReleaseHow.PRINTED)
        draw_pages(printer, register.page_images(desk, pdf, print_width(printer)))
        register.save_as(desk, paper, chosen / "saved.pdf")
    assert elsewhere == ["watched"]
    # what takes the place of another file stands beside it until its last byte is on the disk
    assert {name for name in names if not name.startswith(".workwell-making-")} == {"printed.pdf", "saved.pdf"}
    assert sorted(one.name for one in chosen.iterdir()) == ["printed.pdf", "saved.pdf"]
    assert (chosen / "saved.pdf").read_bytes() == pdf


def test_what_was_given_can_be_shown_again_exactly(desk: Desk, plan: Id) -> None:
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    paper = _paper(desk, plan, PaperKind.PARTICIPANT_PLAN)
    pdf = register.release(desk, paper, ReleaseHow.POSTED)
    signing.take_typed_name(desk, plan, "Danielle Marsh")
    with desk.read() as reader:
        [given] = reader.list(Release, document=paper)
    assert register.paper_bytes(desk, paper) != pdf, "somebody has signed since"
    assert register.given_bytes(desk, given.id) == pdf


def _paper(desk: Desk, plan: Id, kind: PaperKind) -> Id:
    with desk.read() as reader:
        found = reader.list(Document, plan=plan, kind=kind)
    return found[0].id


def test_a_copy_to_read_and_a_card_of_another_day_are_kept_as_they_went_out(desk: Desk, plan: Id) -> None:
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    paper = _paper(desk, plan, PaperKind.PARTICIPANT_PLAN)
    copy = reading_copies.give_copy(desk, paper, PaperFormat.LARGE, ReleaseHow.SAVED)
    with desk.read() as reader:
        [given] = reader.list(Release, document=paper)
        who = reader.get(Document, paper).scope
    assert register.given_bytes(desk, given.id) == copy
    looks = (None, PaperFormat.LARGE, PaperFormat.HIGH_CONTRAST)
    cards = [handouts.give_handout(desk, who, PaperKind.SERVICE_CARD, ReleaseHow.SAVED, look) for look in looks]
    assert len(set(cards)) == 3
    with desk.read() as reader:
        [card] = reader.list(Document, scope=who, kind=PaperKind.SERVICE_CARD)
        went = reader.list(Release, document=card.id)
    assert card.version == 1
    assert {register.given_bytes(desk, one.id) for one in went} == set(cards)


def test_printing_keeps_to_the_pages_that_were_chosen(qapp: QApplication, tmp_path: Path) -> None:
    printer = to_file(tmp_path / "range.pdf")
    assert chosen_pages(printer, PAGES) == PAGES
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert chosen_pages(printer, PAGES) == [b"2", b"3"]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen_pages(printer, PAGES) == [b"3", b"2"]
    printer.setFromTo(3, 9)
    assert chosen_pages(printer, PAGES) == [b"4", b"3"]
    blank = QImage(10, 14, QImage.Format.Format_RGB32)
    assert blank.save(str(tmp_path / "page.png"))
    draw_pages(printer, [(tmp_path / "page.png").read_bytes()] * 4)
    with pypdfium2.PdfDocument(tmp_path / "range.pdf") as made:
        assert len(made) == 2


def test_two_sides_and_copies_are_the_printers_own_and_pages_stay_in_order(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the dialog was told stands on the printer, and nothing of ours changes it or makes pages up for it."""
    asked: list[QPrinter] = []
    sides: list[QPrinter.DuplexMode] = []
    # a file has no two sides, so that Qt forgets them for it: what is asked of the printer is gathered here
    monkeypatch.setattr(QPrinter, "setDuplex", lambda _printer, mode: sides.append(mode))

    def accept(dialog: QPrintDialog) -> QDialog.DialogCode:
        printer = dialog.printer()
        assert printer.fullPage()
        assert QPrintDialog.PrintDialogOption.PrintPageRange in dialog.options()
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 4)
        asked.append(printer)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    printer = choose_printer(QWidget(), "Print")
    assert printer is not None
    assert asked == [printer]
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sides.pdf"))
    shade = [QImage(10, 14, QImage.Format.Format_RGB32) for _ in range(5)]
    for number, image in enumerate(shade):
        image.fill(number * 50)
        assert image.save(str(tmp_path / f"{number}.png"))
    draw_pages(printer, [(tmp_path / f"{number}.png").read_bytes() for number in range(5)])
    assert sides == [QPrinter.DuplexMode.DuplexLongSide]
    with pypdfium2.PdfDocument(tmp_path / "sides.pdf") as made:
        seen = [page.render(scale=0.1).to_pil().convert("L").getpixel((20, 20)) for page in made]
    # three sides on two sheets, front, back, front: no blank page is put between
    assert len(seen) == 3
    assert seen == sorted(seen)
