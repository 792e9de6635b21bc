"""Check a paper, in the window: a file and a code by the keyboard, and a paper that was signed on another laptop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.pages import planning
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.pages.planning import PRIYA, click, documents, ready, staff
from tests.desktop.reader import Role, find, find_all, says, typed
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.papers import PaperKind, PaperStatus
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.planning import signatories, signing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verify") / "made.workwell"
    planning.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with planning.begin(made, tmp_path) as found:
        yield with_pages(found)


def test_a_file_and_a_code_are_checked_by_the_keyboard(work: AtWork, tmp_path: Path) -> None:
    plan = ready(work)
    signatories.settle_signatories(work.desk, plan, clinician=staff(work, PRIYA))
    signing.sign_as_coach(work.desk, plan, PASSPHRASE)
    paper = next(one for one in documents(work) if one.kind is PaperKind.PARTICIPANT_PLAN)
    place = tmp_path / "plan.pdf"
    place.write_bytes(register.paper_bytes(work.desk, paper.id))
    page = work.go("verify")
    assert "Nothing checked yet" in says(page)
    typed(page, "File", f'"{place}"')
    QTest.keyClick(find(page, Role.EditableText, "File"), Qt.Key.Key_Return)
    settle()
    assert "Genuine, not everybody has signed" in says(page)
    assert "the signature of Danielle Marsh and Priya Nair is missing" in says(page)
    assert find_all(page, Role.Button, "Sign and save a copy") == []
    place.write_bytes(place.read_bytes().replace(b"/H1", b"/H2", 1))
    click(page, Role.Button, "Check the file")
    assert "Changed after signing: the contents of the file are not what was signed." in says(page)
    typed(page, "Number or code", paper.id[:12])
    QTest.keyClick(find(page, Role.EditableText, "Number or code"), Qt.Key.Key_Return)
    settle()
    assert "Known to this store" in says(page)
    typed(page, "Number or code", "not a code!")
    click(page, Role.Button, "Check the code")
    assert "That is no number or code of a paper." in says(page)
    assert page.code.value().endswith("not a code!")


def test_a_paper_is_signed_elsewhere_and_taken_in(
    work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = ready(work)
    signatories.settle_signatories(work.desk, plan, declined="Wants to think it over", clinician=staff(work, PRIYA))
    signing.sign_as_coach(work.desk, plan, PASSPHRASE)
    paper = next(one for one in documents(work) if one.kind is PaperKind.PARTICIPANT_PLAN)
    place = tmp_path / "given back.pdf"
    whole = register.paper_bytes(work.desk, paper.id)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(place), ""))
    place.write_bytes(whole)
    page = work.go("paper", paper=str(paper.id))
    click(page, Role.Button, "Take in a signed copy")
    assert "has no signature more" in says(page)
    identity = work.desk.store.identity(staff(work, PRIYA), PASSPHRASE)
    from workwell_desktop import documents as pdfs

    signed = pdfs.sign(whole, "clinician", identity.signer(), at=work.desk.clock.now(), name="Priya Nair", role="OT")
    place.write_bytes(signed)
    click(page, Role.Button, "Take in a signed copy")
    assert "The signed copy was taken in" in says(page)
    found = next(one for one in documents(work) if one.id == paper.id)
    assert found.status is PaperStatus.COMPLETE
    assert find_all(page, Role.Button, "Take in a signed copy") == []
