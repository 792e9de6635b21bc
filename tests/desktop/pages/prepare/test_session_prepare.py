"""Preparing: cases are found by typing, ordered by keyboard, each with its question and the person's agreement."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work, meeting
from tests.desktop.pages.at_work import AtWork, focus, press, tab_to, write
from tests.desktop.pages.meeting import CONTROL, SHIFT, go_on, open_page
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.services.case_help import phq9
from workwell_desktop.desktop.pages import printing
from workwell_desktop.desktop.pages.papers.page import PapersPage
from workwell_desktop.desktop.pages.papers.paper import PaperPage
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import AgreementKind, Party
from workwell_desktop.domain.plans import ObstacleKind, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Lane, Presence, SessionStatus, Topics
from workwell_desktop.services.coming_in import agreements
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import (
    agenda,
    agenda_rules,
    bringing,
    discussions,
    sending,
    session_pages,
    sessions,
)
from workwell_desktop.services.meeting.session_views import Suggestion
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prepare") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        yield found


def planned(work: AtWork, *who: str) -> Id:
    """A session to come."""
    desk = work.desk
    made = sessions.create_session(
        desk, Id(min(desk.person.teams)), at_work.NOW, place=None, chair=meeting.person(work, "Helen Frost")
    )
    for given in who:
        agenda.add_case(desk, made, meeting.participant(work, given))
    return made


def test_a_new_session_says_what_it_lacks_and_keeps_what_is_typed(work: AtWork) -> None:
    page = open_page(work, "prepare")
    write("yesterdaz")
    tab_to("Time")
    write("25:99")
    go_on()
    words = says(page)
    assert "Give a time like 09:30." in words
    assert "Choose who takes the chair." in words
    assert find(page, Role.EditableText, "Day").value() == "yesterdaz"  # type: ignore[attr-defined]
    assert session_pages.list_sessions(work.desk) == []


def test_a_case_is_found_by_typing_and_stands_on_the_agenda_once(work: AtWork) -> None:
    made = planned(work)
    page = open_page(work, "prepare", session=made)
    write("mar")
    settle()
    words = says(page)
    assert "Danielle Marsh" in words
    assert "Marlon Price" in words
    assert "born 14 March 1984, 7 Mill Lane" in words
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert [one.name for one in meeting.view(work, made).agenda] == ["Danielle Marsh"]
    assert focus().accessibleName() == "Name from the caseload"
    write("marsh")
    settle()
    assert "Nobody of that name who takes part now" in says(page)
    press(Qt.Key.Key_Return)
    assert len(meeting.view(work, made).agenda) == 1


def test_the_order_follows_the_keys_and_the_lane(work: AtWork) -> None:
    made = planned(work, "Danielle", "Marlon")
    page = open_page(work, "prepare", session=made)
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    press(Qt.Key.Key_Up, modifier=Qt.KeyboardModifier.AltModifier)
    assert [one.name for one in meeting.view(work, made).agenda] == ["Marlon Price", "Danielle Marsh"]
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert "2 Danielle Marsh" in says(page.editor)
    tab_to("Urgent")
    press(Qt.Key.Key_Space)
    first = meeting.view(work, made).agenda[0]
    assert (first.name, first.lane, first.minutes) == ("Danielle Marsh", Lane.URGENT, 10)


def test_question_agreement_and_words_are_saved_as_they_are_left(work: AtWork) -> None:
    made = planned(work, "Danielle")
    page = open_page(work, "prepare", session=made)
    assert focus().accessibleName() == "Question for the team"
    write("Half days?")
    press(Qt.Key.Key_Tab)
    click(page, Role.RadioButton, "Some of it")
    settle()
    typed(page, "Limits", "Not her home life")
    typed(page, "What Dani says about the question", "I want to try.")
    tab_to("How we know")
    press(Qt.Key.Key_Down, 2)
    (one,) = meeting.cases(work, made)
    assert (one.question, one.topics, one.topics_limits) == ("Half days?", Topics.SOME, "Not her home life")
    assert (one.own_words, one.view_how) == ("I want to try.", "told_coach")
    assert "Saved on this computer, today, 10:42am" in says(page)


def test_what_is_being_typed_is_saved_when_the_page_is_left(work: AtWork) -> None:
    made = planned(work, "Danielle")
    open_page(work, "prepare", session=made)
    write("Half days?")
    open_page(work, "sessions")
    assert meeting.cases(work, made)[0].question == "Half days?"


def test_time_chair_and_who_is_invited_can_change(work: AtWork) -> None:
    made = planned(work)
    page = open_page(work, "prepare", session=made)
    page.tabs.set_value("details")
    settle()
    find(page, Role.EditableText, "Time").setText("")  # type: ignore[attr-defined]
    typed(page, "Time", "3.30pm")
    press(Qt.Key.Key_Tab)
    assert meeting.view(work, made).starts_at.isoformat() == "2026-11-24T15:30:00+00:00"
    assert "Prepare Tuesday 24 November, 3:30pm" in says(page)
    page.tabs.set_value("invited")
    settle()
    tab_to("One more of ours")
    write("Priya")
    press(Qt.Key.Key_Return)
    (priya,) = [one for one in meeting.view(work, made).attendees if one.name == "Priya Nair"]
    assert priya.presence is Presence.INVITED


def test_a_case_that_comes_while_the_session_runs_is_marked_late(work: AtWork) -> None:
    made = meeting.session(work, questions=("What next?",))
    page = open_page(work, "prepare", session=made)
    page.adding.line.setFocus()
    write("marlon")
    press(Qt.Key.Key_Return)
    assert meeting.view(work, made).agenda[1].late
    assert "Added late" in says(page)
    go_on()
    assert work.page.route == "session"
    assert meeting.view(work, made).status is SessionStatus.RUNNING


def test_somebody_whose_role_reads_no_sessions_is_told_so(work: AtWork) -> None:
    made = planned(work, "Danielle")
    work.desk.person = replace(work.desk.person, roles=frozenset({"administrator"}))
    for route in ("sessions", "prepare", "session", "signoff"):
        page = open_page(work, route, session=made)
        assert "Your role does not include this." in says(page)
        assert not find_all(page, Role.EditableText, "Question for the team")
    assert meeting.view(work_as_coach(work), made).status is SessionStatus.PLANNED


def work_as_coach(work: AtWork) -> AtWork:
    """Maya as she was."""
    work.desk.person = replace(work.desk.person, roles=frozenset({"coach"}))
    return work


def test_the_agenda_is_seen_as_paper_and_printed_for_the_team(
    work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = planned(work, "Danielle")
    page = open_page(work, "prepare", session=made)
    page.tabs.set_value("paper")
    settle()
    assert "Page 1 of 1, for the team alone" in says(page)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "agenda.pdf"))
    monkeypatch.setattr(printing, "choose_printer", lambda _parent, _title: printer)
    click(page, Role.Button, "Print the agenda")
    settle()
    assert (tmp_path / "agenda.pdf").stat().st_size > 1000
    with work.desk.read() as reader:
        printed = [one for one in reader.events() if one.kind is AuditKind.PRINTED]
    assert [one.record for one in printed] == [made]


def test_saving_a_question_does_not_read_the_caseload_again(work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    honest = agenda_rules.suggestions

    def counted(desk: Desk, session: Id) -> tuple[Suggestion, ...]:
        read.append(session)
        return honest(desk, session)

    monkeypatch.setattr(agenda_rules, "suggestions", counted)
    made = planned(work, "Danielle")
    open_page(work, "prepare", session=made)
    assert len(read) == 1
    tab_to("Question for the team")
    write("Ready for full days?")
    press(Qt.Key.Key_Tab)
    settle()
    assert meeting.view(work, made).agenda[0].question == "Ready for full days?"
    assert len(read) == 1
    bringing.ask_for(work.desk, meeting.participant(work, "Marlon"), "Ready?")
    settle()
    assert len(read) == 2
    press(Qt.Key.Key_F, modifier=CONTROL | SHIFT)
    settle()
    assert len(find_all(work.page, Role.CheckBox, "Marlon Price")) == 1
    agenda.add_case(work.desk, made, meeting.participant(work, "Marlon"))
    settle()
    assert find_all(work.page, Role.CheckBox, "Marlon Price") == []


def test_who_may_open_the_record_is_said_and_taken_back(work: AtWork) -> None:
    made = planned(work, "Danielle")
    item = meeting.view(work, made).agenda[0].item
    discussions.agree_to_discuss(work.desk, meeting.case(work, item).discussion, Topics.YES)
    page = open_page(work, "prepare", session=made)
    assert "Who may open this record" not in says(page)
    sending.send_agenda(work.desk, made)
    settle()
    assert "The agenda opened it to Helen Frost. It closes after Tuesday 1 December." in says(page)
    click(page, Role.Button, "Close it now")
    settle()
    assert "Nobody else yet." in says(page)
    assert sending.open_to(work.desk, made, meeting.participant(work, "Danielle")) == ()


def test_a_sent_agenda_opens_as_the_paper_it_is_and_stands_among_the_papers(work: AtWork) -> None:
    for route, place in (("paper", PaperPage), ("papers", PapersPage)):
        work.workspace.navigator.routes.add(route, place)
    page = open_page(work, "prepare", session=planned(work, "Danielle"))
    page.tabs.set_value("paper")
    settle()
    tab_to("Send the agenda")
    press(Qt.Key.Key_Space)
    settle()
    assert work.page.route == "paper"
    words = says(work.page)
    assert "Sent to the invited" in words
    assert "Page 1 of 1" in words
    assert "was not made" not in words
    page = open_page(work, "papers")
    assert "Papers of sessions" in says(page)
    assert "Agenda" in says(page)


def test_a_case_that_was_asked_for_is_prepared_in_two_minutes_and_nothing_is_typed_twice(work: AtWork) -> None:
    """Keys are counted. A key takes 0.28 s and each field 1.35 s of thought (keystroke-level model, Card, Moran and
    Newell 1980), so that 2 minutes hold about 400 keys; what is known already takes none."""
    desk, dani = work.desk, meeting.participant(work, "Danielle")
    said = AgreementDetails(kind=AgreementKind.DISCUSS, party=Party.TEAM, given=True, how="phone")
    agreements.record(desk, dani, said)
    done = obstacles.add_action(desk, dani, "Ring the depot", OwnedBy(OwnerKind.STAFF, desk.me), work.clock.today())
    obstacles.add_obstacle(desk, dani, ObstacleKind.WORKPLACE, "12 kg parcels")
    bringing.ask_for(desk, dani, "Ready for full days?")
    phq9(desk, dani, "000000000")
    work.clock.set(work.clock.now() + timedelta(days=1))
    obstacles.finish_action(desk, done, effect="They offer nights")
    made = sessions.create_session(
        desk, Id(min(desk.person.teams)), work.clock.now(), chair=meeting.person(work, "Helen Frost")
    )
    page = open_page(work, "prepare", session=made)
    keys = 0

    def key(one: Qt.Key, *, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal keys
        keys += 1
        press(one, modifier=modifier)
        settle()

    def go_to(name: str) -> None:
        while focus().accessibleName() != name:
            key(Qt.Key.Key_Tab)
            assert keys < 60, f"{name} was never reached"

    key(Qt.Key.Key_F, modifier=CONTROL | SHIFT)
    go_to("Add 1 to the agenda")
    key(Qt.Key.Key_Space)
    assert focus().accessibleName() == "Question for the team"
    words = says(page)
    for known in ("Off sick", "43 days", "12 kg parcels", "Ring the depot: done. They offer nights", "New since"):
        assert known in words.replace("44 days", "43 days"), known
    go_to("Begin with what is new in the record")
    key(Qt.Key.Key_Space)
    go_to("What Dani says about the question")
    own = "I would like to try four days from Monday."
    write(own)
    key(Qt.Key.Key_Tab)
    write("Dani t")
    key(Qt.Key.Key_Tab)
    (line,) = meeting.view(work, made).agenda
    case = meeting.case(work, line.item)
    assert (line.question, line.presenter, case.topics) == ("Ready for full days?", desk.me, Topics.YES)
    assert case.own_words == own
    assert "They offer nights" in (case.since_last or "")
    assert 0.28 * (keys + len(own) + 6) + 5 * 1.35 < 60, f"{keys} keys besides the words"


def test_a_coordinator_prepares_what_was_sent_and_takes_back_what_was_asked(work: AtWork) -> None:
    """Who reads no scores, plans and grants prepares all the same, in the role that the sites ship for it."""
    dani = meeting.participant(work, "Danielle")
    bringing.ask_for(work.desk, dani, "Ready?")
    made = planned(work, "Marlon")
    sending.send_agenda(work.desk, made)
    work.desk.person = replace(work.desk.person, roles=frozenset({"coordinator"}))
    page = open_page(work, "prepare", session=made)
    assert "1 Marlon Price" in says(page)
    assert "Who may open this record" in says(page)
    (waiting,) = bringing.waiting_for(work.desk, dani)
    assert waiting.mine
    bringing.drop_request(work.desk, waiting.request)
    assert bringing.waiting_for(work.desk, dani) == ()
