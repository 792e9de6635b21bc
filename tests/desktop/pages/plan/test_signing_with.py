"""In the window: a card in the place of a passphrase, timestamps, and a paper that was signed apart."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.pages import planning
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.pages.planning import PRIYA, click, documents, ready, staff, view
from tests.desktop.reader import Role, find, find_all, says, typed
from tests.documents.test_timestamps import _say, serving
from tests.documents.timestamps import PlayedStamps
from tests.services.administration.test_cards import PIN, Readers
from tests.services.administration.test_cards import readers as readers  # noqa: PLC0414 - a fixture
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.papers import Document, PaperKind
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.people import Device, Partnership
from workwell_desktop.domain.plans import PlanStatus
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.services.employment import work as work_now
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.planning import signatories, signing
from workwell_desktop.store.keys.authority import new_key, public_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("with") / "made.workwell"
    planning.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with planning.begin(made, tmp_path) as found:
        yield with_pages(found)


def signed_by_coach(work: AtWork) -> tuple[Id, Id]:
    """A plan that only Priya has still to sign, and the participant's paper."""
    plan = ready(work)
    signatories.settle_signatories(work.desk, plan, declined="Wants to think it over", clinician=staff(work, PRIYA))
    signing.sign_as_coach(work.desk, plan, PASSPHRASE)
    return plan, next(one.id for one in documents(work) if one.kind is PaperKind.PARTICIPANT_PLAN)


def test_a_card_is_set_up_and_signs(work: AtWork, readers: Readers) -> None:
    readers.put_in("Maya")
    page = work.go("settings", section="computer")
    typed(page, "Module of the card", str(readers.module))
    click(page, Role.Button, "Save the module")
    assert "Whoever has a card sets it up" in says(page)
    page = work.go("settings", section="mine")
    typed(page, "PIN of the card", "000000")
    click(page, Role.Button, "Set up this card")
    assert "The card refused that PIN." in says(page)
    assert find(page, Role.EditableText, "PIN of the card").text() == ""  # type: ignore[attr-defined]
    typed(page, "PIN of the card", PIN)
    click(page, Role.Button, "Set up this card")
    assert "The card is set up, and signs from now on." in says(page)

    work_now.record(work.desk, work.dani, WorkDetails(WorkStatus.STRUGGLING, employer="Northgate Parcels"))
    ready(work)
    page = work.go("plan", step="sign")
    click(page, Role.Button, "Dani would rather not sign")
    typed(page, "Reason", "I do not sign things")
    assert find_all(page, Role.EditableText, "PIN of the card") == []
    QTest.keyClick(find(page, Role.ComboBox, "Sign with"), Qt.Key.Key_Down)
    settle()
    assert find_all(page, Role.EditableText, "Passphrase of Maya Okafor") == []
    typed(page, "PIN of the card", "999999")
    click(page, Role.Button, "Sign and make the paper")
    assert "The card refused that PIN." in says(page)
    assert (view(work).status, documents(work)) == (PlanStatus.DRAFT, [])
    find(page, Role.EditableText, "PIN of the card").clear()  # type: ignore[attr-defined]
    typed(page, "PIN of the card", PIN)
    click(page, Role.Button, "Sign and make the paper")
    assert view(work).status is PlanStatus.SIGNED
    (paper,) = documents(work)
    verdict = register.verify_paper(work.desk, register.paper_bytes(work.desk, paper.id))
    assert (verdict.valid, [one.name for one in verdict.signatures]) == (True, ["Maya Okafor"])


def test_a_computer_that_is_lost_is_said_so_by_hand(work: AtWork) -> None:
    desk = work.desk
    der = desk.store.authority(desk.identity).issue("Laptop 2", public_of(new_key()), desk.clock.now(), 365)
    with desk.unit() as unit:
        scope = unit.reader.list(Partnership)[0].scope
        held = unit.blob(der, "application/pkix-cert", scope)
        laptop = unit.add(Device(id=new_id(), scope=scope, name="Laptop 2", certificate=held))
    page = work.go("settings", section="people")
    assert "This computer" in says(page)
    click(page, Role.Button, "Laptop 2 is lost")
    click(page, Role.Button, "Close")
    assert QApplication.focusWidget() is find(page, Role.Button, "Laptop 2 is lost"), "back where it was asked"
    click(page, Role.Button, "Laptop 2 is lost")
    click(page, Role.Button, "Yes, it is lost")
    assert "Its certificate counts no more." in says(page)
    assert find_all(page, Role.Button, "Laptop 2 is lost") == []
    with desk.read() as reader:
        assert reader.get(Device, laptop).certificate is None


def test_a_timestamp_server_is_set_up_and_a_paper_is_stamped(
    work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = work.desk.clock.now()
    tsa = PlayedStamps(start - timedelta(days=1), start + timedelta(days=4000))
    plan, paper = signed_by_coach(work)
    signing.sign_as_clinician(work.desk, plan, staff(work, PRIYA), PASSPHRASE)
    page = work.go("paper", paper=str(paper))
    assert find_all(page, Role.Button, "Add a timestamp") == []
    root = tmp_path / "stamps.pem"
    root.write_bytes(tsa.pem)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(root), ""))
    with serving(lambda handler, asked: _say(handler, tsa.answer(asked))) as address:
        page = work.go("settings", section="computer")
        typed(page, "Address", "no address")
        click(page, Role.Button, "Save the server")
        assert "That is no address of a timestamp server." in says(page)
        find(page, Role.EditableText, "Address").clear()  # type: ignore[attr-defined]
        typed(page, "Address", address)
        click(page, Role.Button, "Save the server")
        assert "Papers that everybody has signed can be given a timestamp" in says(page)
        tsa.now = start
        page = work.go("paper", paper=str(paper))
        click(page, Role.Button, "Add a timestamp")
        assert "The timestamp was added. It proves that the paper was signed before that moment." in says(page)
        assert find_all(page, Role.Button, "Add a timestamp") == []
    file = tmp_path / "plan.pdf"
    file.write_bytes(register.paper_bytes(work.desk, paper))
    page = work.go("verify")
    typed(page, "File", str(file))
    click(page, Role.Button, "Check the file")
    assert "A timestamp shows the time, and the file holds what it takes to check it later." in says(page)


def test_a_paper_that_was_signed_apart_waits_for_a_choice(
    work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workwell_desktop import documents as pdfs

    plan, paper = signed_by_coach(work)
    place = tmp_path / "signed.pdf"
    before = register.paper_bytes(work.desk, paper)
    priya = work.desk.store.identity(staff(work, PRIYA), PASSPHRASE).signer()
    at = work.desk.clock.now()
    place.write_bytes(pdfs.sign(before, "clinician", priya, at=at, name="Priya Nair", role="OT"))
    page = work.go("paper", paper=str(paper))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(place), ""))
    signing.sign_as_clinician(work.desk, plan, staff(work, PRIYA), PASSPHRASE)
    page._take_in()
    settle()
    assert "Somebody has signed this paper here since that file was handed over." in says(page)
    assert "Signed twice, apart" in says(page)
    click(page, Role.Button, "Go on with this one")
    assert "Chosen. The other file is kept as well." in says(page)
    assert "Signed twice, apart" not in says(page)
    with work.desk.read() as reader:
        assert reader.get(Document, paper).apart_settled
    assert register.paper_bytes(work.desk, paper) == place.read_bytes()
