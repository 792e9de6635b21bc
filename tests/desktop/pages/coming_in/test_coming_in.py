"""One referral that waits, and the waiting list, by the keyboard as well."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, pick, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find_all, says
from tests.services.conftest import dani
from workwell_desktop.desktop.pages.coming_in.letter import LetterCard, paper_of
from workwell_desktop.domain.episodes import ClosureReason, Contact, ContactStatus, Episode, ReferralSource
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import BringRequest
from workwell_desktop.services.coming_in import eligibility, referrals, triage, waiting
from workwell_desktop.services.coming_in.eligibility import State
from workwell_desktop.services.coming_in.referrals import NewReferral, Referred

OLD = date(2026, 11, 12)


def refer(here: AtWork, given: str, family: str, received: date = OLD, **more: object) -> Referred:
    who = replace(dani(), given_name=given, family_name=family, preferred_name=None, nhs_number=None)
    new = NewReferral(ReferralSource.EMPLOYER, "Her back.", who=who, received_on=received, **more)  # type: ignore[arg-type]
    return referrals.create(here.desk, new)


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


@pytest.fixture
def ruth(here: AtWork) -> Referred:
    made = refer(here, "Ruth", "Vance", organisation="Northgate Parcels", person_knows=False)
    here.workspace.navigator.go("coming-in", participant=str(made.participant))
    settle()
    return made


def episode(here: AtWork, made: Referred) -> Episode:
    with here.desk.read() as reader:
        return reader.get(Episode, made.episode)


def test_the_list_is_read_and_opened_by_the_keyboard(here: AtWork) -> None:
    refer(here, "Amira", "Begum", date(2026, 11, 23))
    old = refer(here, "Ruth", "Vance")
    here.workspace.navigator.go("referrals")
    settle()
    words = says(here.page)
    assert "2 of 2 waiting" in words
    assert "12 days, First talk 8 days late" in words
    assert here.page.table.hasFocus()
    assert here.page.table.key() == str(old.participant), "who has waited longest stands first"
    QTest.keyClick(here.page.table, Qt.Key.Key_Return)
    settle()
    assert (here.page.route, here.page.who) == ("coming-in", old.participant)


def test_the_list_is_picked_out_and_says_so_when_nobody_is_like_that(here: AtWork) -> None:
    refer(here, "Amira", "Begum", date(2026, 11, 24))
    here.workspace.navigator.go("referrals")
    settle()
    pick(here.page.showing, "late")
    settle()
    assert "Nobody waits like that" in says(here.page)
    here.workspace.navigator.go("today")
    page = here.back()
    assert page.showing.value() == "late"
    pick(page.showing, "all")
    settle()
    assert page.table.isVisible()


def test_five_hundred_who_wait_are_one_table(here: AtWork) -> None:
    from workwell_desktop.services.coming_in.waiting import Waiting

    refer(here, "Amira", "Begum")
    found = waiting.view(here.desk)
    lines = tuple(
        replace(found.lines[0], one=replace(found.lines[0].one, participant=Id(f"{n:032x}"))) for n in range(500)
    )
    here.workspace.navigator.go("referrals")
    settle()
    many = Waiting(lines, 500, 3, ())
    here.page._show(many, here.page.rows_of(many))
    settle()
    assert "500 of 500 waiting" in says(here.page)
    assert here.page.table.model().rowCount() == 500
    assert len(here.page.findChildren(type(here.page.card))) < 10


def test_a_try_is_noted_by_one_chord_and_after_the_last_a_letter_is_suggested(here: AtWork, ruth: Referred) -> None:
    assert here.page.talk.way.control.entered(), "the first talk has the focus: two keys"
    pick(here.page.talk.way.control, "text")
    for act in [one for one in here.page.acts() if one.key == "Ctrl+Shift+M"] * 3:
        act.run()
        settle()
    with here.desk.read() as reader:
        talks = reader.list(Contact, scope=ruth.participant)
    assert {(one.mode, one.status) for one in talks} == {("text", ContactStatus.MISSED)}
    words = says(here.page)
    assert "3 tries have not reached them." in words
    assert "Nothing happens by itself" in words
    click(here.page, Role.Button, "Write a letter or card")
    settle()
    assert "Dear Ruth" in here.page.findChildren(LetterCard)[0].words.control.value()
    click(here.page, Role.Button, "End the referral kindly")
    settle()
    assert here.page.route == "referrals"
    assert episode(here, ruth).closure_reason is ClosureReason.NO_CONTACT


def test_questions_are_kept_as_they_are_answered_and_a_no_names_where_to_go(here: AtWork, ruth: Referred) -> None:
    assert "Ruth may not know of this yet" in says(here.page)
    for code, said in (("area", "yes"), ("health", "yes"), ("right_to_work", "not_sure"), ("work", "no")):
        pick(here.page.asked.fields[code].control, said)
        settle()
    assert eligibility.view(here.desk, ruth.referral).state is State.ELSEWHERE
    assert "Connect to Work" in says(here.page)
    click(here.page, Role.Button, "Go on with us")
    assert here.page.asked.fields["carry_on"].wrong
    here.page.asked.fields["carry_on"].control.set_value("Starts a job in a week.")
    click(here.page, Role.Button, "Go on with us")
    settle()
    assert eligibility.view(here.desk, ruth.referral).state is State.CARRIED_ON
    assert "Goes on with us: Starts a job in a week." in says(here.page)


def test_other_services_end_it_and_what_was_suggested_can_be_printed(here: AtWork, ruth: Referred) -> None:
    pick(here.page.decision.fields["helper"].control, "signpost")
    settle()
    fields = here.page.decision.fields
    fields["reason"].control.set_value("Rights at work are all she asks about.")
    click(here.page, Role.Button, "End here, with these services")
    settle()
    assert "Choose at least one service, or write where they can go." in says(here.page), "never a no alone"
    assert episode(here, ruth).closure_reason is None
    more = here.page.decision.fields["more"].control
    more.set_value("national:acas")
    more.done.emit()
    settle()
    assert here.page.decision.fields["services"].control.value() == {"national:acas"}
    pick(here.page.decision.fields["told_how"].control, "phone")
    click(here.page, Role.Button, "End here, with these services")
    settle()
    assert episode(here, ruth).closure_reason is ClosureReason.SIGNPOSTED
    found = triage.current(here.desk, ruth.participant, ruth.referral)
    assert found is not None
    words = triage.handout(here.desk, ruth.participant, ruth.referral)
    assert "Acas helpline" in words
    assert all(line.number in words for line in here.desk.site.crisis), "crisis lines are on every handout"
    assert "This is not a test" in words, "error 19: it must not sound like a benefits assessment"
    assert find_all(here.page, Role.Button, "Print")


def test_the_team_is_asked_first(here: AtWork, ruth: Referred) -> None:
    pick(here.page.decision.fields["helper"].control, "meeting")
    settle()
    here.page.decision.fields["question"].control.set_value("Us or the pain clinic?")
    here.page.decision.fields["reason"].control.set_value("Both could help.")
    click(here.page, Role.Button, "Record it")
    settle()
    with here.desk.read() as reader:
        assert [one.question for one in reader.list(BringRequest, scope=ruth.participant)] == ["Us or the pain clinic?"]
    words = says(here.page)
    assert "Ask the team first. Both could help. (Maya Okafor, 24 Nov)" in words
    assert "The question waits for the team’s next agenda." in words
    assert here.page.decision.fields["question"].control.value() == ""


def test_what_is_typed_and_not_recorded_is_there_on_the_way_back(here: AtWork, ruth: Referred) -> None:
    pick(here.page.decision.fields["helper"].control, "meeting")
    settle()
    here.page.decision.fields["question"].control.setFocus()
    write("Us or the pain clinic?")
    here.workspace.navigator.go("today")
    settle()
    page = here.back()
    assert page.decision.fields["question"].control.value() == "Us or the pain clinic?"
    assert page.decision.fields["question"].isVisible()
    page.decision.fields["reason"].control.set_value("Both could help.")
    click(page, Role.Button, "Record it")
    settle()
    here.workspace.navigator.go("today")
    settle()
    assert here.back().decision.fields["question"].control.value() == ""


def test_somebody_who_waits_no_more_says_so(here: AtWork) -> None:
    here.workspace.navigator.go("coming-in", participant=str(here.dani))
    settle()
    assert "Dani is not waiting any more" in says(here.page)
    assert here.page.acts() == ()


def test_a_letter_is_printed_in_the_size_that_the_person_reads(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"

    def choose(_parent: object, _title: str) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        return printer

    told: list[str] = []
    card = LetterCard("Letter", "Dear Ruth,\n", large=True, printed=partial(told.append, "printed"), choose=choose)
    card._print()
    assert told == ["printed"]
    assert file.read_bytes().startswith(b"%PDF")
    assert paper_of("x", large=True).defaultFont().pointSizeF() >= 16
    assert paper_of("x", large=False).defaultFont().pointSizeF() >= 12
