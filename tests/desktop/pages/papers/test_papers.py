"""Plans and papers, and one paper: who signed, who is awaited, and nothing given out without agreement."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.pages import planning
from tests.desktop.pages.at_work import NOW, AtWork
from tests.desktop.pages.planning import PRIYA, click, documents, ready, say_yes, staff
from tests.desktop.reader import Role, find, find_all, says
from tests.services.conftest import PASSPHRASE
from workwell_desktop.desktop.pages.papers import paper as paper_page
from workwell_desktop.domain.duties import RedFlagScreen, ScreenOutcome
from workwell_desktop.domain.papers import ApprovalHow, Document, PaperKind, Release, ReleaseHow
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.services.paperwork import papers, register
from workwell_desktop.services.planning import adjustments, plans, signatories, signing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / "made.workwell"
    planning.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with planning.begin(made, tmp_path) as found:
        yield found


def half_signed(work: AtWork) -> dict[PaperKind, Id]:
    """Dani said yes to the GP summary and no to the employer copy; the clinician is awaited."""
    plan = ready(work)
    say_yes(work, plan, PaperKind.GP_SUMMARY)
    papers.refuse(work.desk, plan, PaperKind.EMPLOYER_SUMMARY, "Not yet", how=ApprovalHow.IN_ROOM)
    signatories.settle_signatories(work.desk, plan, clinician=staff(work, PRIYA))
    signing.sign_as_coach(work.desk, plan, PASSPHRASE)
    signing.take_typed_name(work.desk, plan, "Danielle Marsh")
    return {one.kind: one.id for one in documents(work) if one.kind is not None}


def given(work: AtWork) -> list[Release]:
    with work.desk.read() as reader:
        return reader.list(Release, order_by="at", scope=work.dani)


def open_paper(work: AtWork, kind: PaperKind) -> object:
    return work.go("paper", paper=str({one.kind: one.id for one in documents(work)}[kind]))


def test_plans_to_sign_and_papers_that_wait_stand_in_the_list(work: AtWork) -> None:
    assert "No plans yet" in says(work.go("papers"))
    half_signed(work)
    page = work.go("papers")
    said = says(page)
    assert "To be signed" in said
    assert "2 papers" in said
    assert "Awaits the clinician" in said
    assert "Not made: the person said no" in said
    assert "Reason: Not yet" in said
    click(page, Role.Button, "Sign the plan: Danielle Marsh")
    assert find(work.page, Role.Button, "Sign as Priya Nair")


def test_a_paper_shows_its_pages_who_signed_and_who_is_awaited(work: AtWork) -> None:
    half_signed(work)
    page = open_paper(work, PaperKind.GP_SUMMARY)
    said = says(page)  # type: ignore[arg-type]
    assert "GP summary, Hebble Street Surgery" in said
    assert "1 of 2 signed" in said
    assert "Awaits the clinician" in said
    assert "Page 1 of" in said
    assert "Those who signed are genuine and nothing was changed" in said
    assert "Dani agreed on Tuesday 24 November that Hebble Street Surgery gets it" in said


def test_handing_over_is_recorded(work: AtWork) -> None:
    half_signed(work)
    page = open_paper(work, PaperKind.GP_SUMMARY)
    click(page, Role.Button, "Record that it was handed over")  # type: ignore[arg-type]
    assert [one.how for one in given(work)] == [ReleaseHow.HANDED_OVER]
    assert "Recorded as handed over." in says(work.page)
    assert "Handed to Hebble Street Surgery, 24 Nov, Maya Okafor" in says(work.page)


def test_each_way_is_recorded_and_what_was_given_is_shown_again_by_keyboard(work: AtWork) -> None:
    made = half_signed(work)[PaperKind.PARTICIPANT_PLAN]
    open_paper(work, PaperKind.PARTICIPANT_PLAN)
    for words in ("Record that it was posted", "Record that it was emailed"):
        button = find(work.page, Role.Button, words)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        settle()
        work.clock.set(work.clock.now() + timedelta(minutes=1))
    assert [one.how for one in given(work)] == [ReleaseHow.POSTED, ReleaseHow.EMAILED]
    before = register.paper_bytes(work.desk, made)
    again = "Show what was given: Sent by post to Danielle Marsh, 24 Nov, Maya Okafor"
    button = find(work.page, Role.Button, again)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    settle()
    said = says(work.page)
    assert "This is the file that was given" in said
    assert find_all(work.page, Role.Button, again) == []
    assert find_all(work.page, Role.Button, "Print") == [], "what is looked back at is not given anew"
    with work.desk.read() as reader:
        assert reader.blob(given(work)[0].content or "") == before
    click(work.page, Role.Button, "Show the paper as it stands")
    assert "This is the file that was given" not in says(work.page)


def test_saving_writes_the_signed_file_and_records_it(
    work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = half_signed(work)
    place = tmp_path / "summary.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    page = open_paper(work, PaperKind.GP_SUMMARY)
    click(page, Role.Button, "Save as PDF")  # type: ignore[arg-type]
    assert place.read_bytes() == register.paper_bytes(work.desk, made[PaperKind.GP_SUMMARY])
    assert [one.how for one in given(work)] == [ReleaseHow.SAVED]
    nowhere = tmp_path / "no folder" / "summary.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(nowhere), ""))
    click(work.page, Role.Button, "Save as PDF")
    assert "That folder cannot be written to." in says(work.page)
    assert len(given(work)) == 1


def test_printing_draws_every_page_and_records_it(
    work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_signed(work)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    monkeypatch.setattr(paper_page, "choose_printer", lambda *_given: printer)
    page = open_paper(work, PaperKind.PARTICIPANT_PLAN)
    click(page, Role.Button, "Print")  # type: ignore[arg-type]
    assert [one.how for one in given(work)] == [ReleaseHow.PRINTED]
    assert (tmp_path / "printed.pdf").stat().st_size > 1000
    monkeypatch.setattr(paper_page, "choose_printer", lambda *_given: None)
    click(work.page, Role.Button, "Print")
    assert len(given(work)) == 1


def test_a_plan_is_saved_in_another_format_to_read(
    work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_signed(work)
    place = tmp_path / "to read.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    page = open_paper(work, PaperKind.PARTICIPANT_PLAN)
    click(page, Role.Button, "Save a copy")  # type: ignore[arg-type]
    assert place.read_bytes().startswith(b"%PDF")
    assert [one.how for one in given(work)] == [ReleaseHow.SAVED]
    assert not find_all(open_paper(work, PaperKind.GP_SUMMARY), Role.Button, "Save a copy")  # type: ignore[arg-type]


def test_a_paper_that_was_refused_has_no_file(work: AtWork) -> None:
    half_signed(work)
    page = open_paper(work, PaperKind.EMPLOYER_SUMMARY)
    assert "This paper was not made" in says(page)  # type: ignore[arg-type]
    assert "Reason: Not yet" in says(page)  # type: ignore[arg-type]
    assert not find_all(page, Role.Button, "Print")  # type: ignore[arg-type]


def test_an_agreement_taken_back_stops_the_paper(work: AtWork) -> None:
    made = half_signed(work)
    plan = plans.newest_plan(work.desk, work.dani)
    assert plan is not None
    work.clock.set(NOW + timedelta(minutes=5))
    papers.refuse(work.desk, plan, PaperKind.GP_SUMMARY, None, how=ApprovalHow.TELEPHONE)
    page = work.go("paper", paper=str(made[PaperKind.GP_SUMMARY]))
    assert "Dani has not agreed to what this paper says now. It cannot go to Hebble Street Surgery." in says(page)
    assert not find_all(page, Role.Button, "Save as PDF")
    assert not find_all(page, Role.Button, "Print")


def test_the_employers_paper_waits_while_somebody_is_to_be_seen_first(work: AtWork) -> None:
    plan = ready(work)
    say_yes(work, plan, PaperKind.EMPLOYER_SUMMARY)
    signatories.settle_signatories(work.desk, plan, clinician=staff(work, PRIYA))
    signing.sign_as_coach(work.desk, plan, PASSPHRASE)
    page = open_paper(work, PaperKind.EMPLOYER_SUMMARY)
    assert find_all(page, Role.Button, "Print")  # type: ignore[arg-type]
    flag = RedFlagScreen(id=new_id(), scope=work.dani, outcome=ScreenOutcome.ORANGE, at=NOW, see_whom="Crisis team")
    with work.desk.unit() as unit:
        unit.add(flag)
    page = work.go("paper", paper=str(work.page.params["paper"]))
    assert "This waits. Dani is to be seen by a clinician first" in says(page)
    assert not find_all(page, Role.Button, "Print")
    assert not find_all(page, Role.Button, "Save as PDF")


def test_a_superseded_paper_is_marked_and_kept(work: AtWork) -> None:
    made = half_signed(work)
    first = plans.newest_plan(work.desk, work.dani)
    assert first is not None
    signing.sign_as_clinician(work.desk, first, staff(work, PRIYA), PASSPHRASE)
    work.clock.set(NOW + timedelta(days=1))
    second = plans.change_the_plan(work.desk, first)
    plans.set_review(work.desk, second, NOW.date() + timedelta(days=20))
    adjustments.ask_for(work.desk, work.dani, "Start at 9am")
    signatories.settle_signatories(work.desk, second, clinician=staff(work, PRIYA), declined="")
    signing.sign_as_coach(work.desk, second, PASSPHRASE)
    signing.sign_as_clinician(work.desk, second, staff(work, PRIYA), PASSPHRASE)
    page = work.go("paper", paper=str(made[PaperKind.PARTICIPANT_PLAN]))
    assert "A newer version took the place of this paper." in says(page)
    assert not find_all(page, Role.Button, "Print")
    assert "Earlier versions" in says(work.go("plan", plan=str(first), step="sign"))


def test_who_may_read_papers_alone_sees_no_plans(work: AtWork) -> None:
    half_signed(work)
    work.desk.person.roles = frozenset({"coordinator"})
    page = work.go("papers")
    assert "All papers, by person" in says(page)
    assert "To be signed" not in says(page)
    with work.desk.read() as reader:
        paper = reader.list(Document, scope=work.dani, kind=PaperKind.GP_SUMMARY)[0]
    page = work.go("paper", paper=str(paper.id))
    assert not find_all(page, Role.Button, "Open the plan")
    assert find(page, Role.Button, "Print")
