"""Two note-takers at one session, apart: every answer is kept, and the page asks which is right in plain words."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.meeting import open_page
from tests.desktop.reader import Role, click, find, find_all, says
from tests.services.conftest import CHEAP, OFF_SICK, PASSPHRASE, TAKES_PART, dani
from workwell_desktop.desktop.pages.caseload.today import TodayPage
from workwell_desktop.desktop.pages.conflicts.conflict import ConflictPage
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.plans import Action, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import AgendaItem, Attendance, Discussion, Funding, Lane, Outcome, Presence
from workwell_desktop.errors import NoPermission
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.referrals import NewReferral
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import agenda, discussions, session_pages, sessions
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import commitments
from workwell_desktop.services.safekeeping import conflicts, opening
from workwell_desktop.store import Change, slots


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("apart") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        for page in (ConflictPage, TodayPage):
            found.workspace.navigator.routes.add(page.route, page)
        yield found


@contextmanager
def elsewhere(work: AtWork, folder: Path) -> Iterator[Desk]:
    """The same store on the laptop of the other note-taker, from now on apart."""
    path = work.desk.store.path
    folder.mkdir()
    for file in path.parent.glob(f"{path.name}*"):
        if file.is_file() and not file.name.endswith(".lock"):
            shutil.copy(file, folder / file.name)
    other = folder / path.name
    slots.save(other, replace(slots.load(other), renew=True))
    desk = opening.unlock(other, work.desk.me, PASSPHRASE, clock=work.clock, profile=CHEAP)
    try:
        yield desk
    finally:
        desk.store.close()


def joined(here: Desk, there: Desk) -> None:
    """Each gets what the other wrote."""
    for one, other in ((here, there), (there, here)):
        one.store.apply(other.store.changes_since(one.store.vector()))


def everything(desk: Desk) -> dict[str, list[str]]:
    """All that two stores of one session must have in common."""
    with desk.read() as reader:
        kinds = (Discussion, AgendaItem, Attendance, Action, Funding)
        return {kind.__name__: sorted(map(repr, reader.list(kind))) for kind in kinds}


def wrote_apart(work: AtWork, folder: Path) -> tuple[Id, dict[str, set[object]]]:
    """A session of which both wrote every kind of line differently, joined; gives what both answers are by field."""
    session = meeting.session(work)
    here = work.desk
    first = meeting.cases(work, session)[0]
    discussions.contribute(here, first.discussion, opinion="As before")
    act = obstacles.add_action(
        here, first.participant, "Ring the depot", OwnedBy(OwnerKind.STAFF, here.me), date(2026, 11, 27),
        discussion=first.discussion,
    )  # fmt: skip
    commitments.fund(here, first.discussion, "Lessons", Decimal(100), here.me)
    with here.read() as reader:
        cost = reader.list(Funding)[0].id
    line = next(one for one in meeting.view(work, session).attendees if one.chair)
    with elsewhere(work, folder) as there:
        for desk, word, lane, presence, outcome, pounds in (
            (here, "Half days", Lane.URGENT, Presence.REMOTE, Outcome.CARRY_ON, 120),
            (there, "Full days", Lane.NOTE, Presence.ABSENT, Outcome.STEP_UP, 150),
        ):
            discussions.note_decision(desk, first.discussion, decision=word, rationale=f"{word} fit", outcome=outcome)
            discussions.contribute(desk, first.discussion, opinion=f"{word} are safe")
            agenda.set_lane(desk, first.item, lane)
            sessions.attend(desk, line.attendance, presence)
            with desk.unit() as unit:
                unit.set(Action, act, text=f"Ask for {word.lower()}")
                unit.set(Funding, cost, cost=Decimal(pounds))
        joined(here, there)
        assert everything(here) == everything(there), "both hold the same"
        with here.read() as reader, there.read() as other:
            mine = sorted((one.record, one.field) for one in reader.conflicts())
            assert mine == sorted((one.record, one.field) for one in other.conflicts())
    settle()
    return session, {
        "decision": {"Half days", "Full days"},
        "rationale": {"Half days fit", "Full days fit"},
        "outcome": {"carry_on", "step_up"},
        "opinion": {"Half days are safe", "Full days are safe"},
        "lane": {"urgent", "note"},
        "presence": {"remote", "absent"},
        "text": {"Ask for half days", "Ask for full days"},
        "cost": {Decimal(120), Decimal(150)},
    }


def test_every_field_keeps_both_answers_and_both_laptops_are_equal(work: AtWork, tmp_path: Path) -> None:
    session, wanted = wrote_apart(work, tmp_path / "there")
    found = {one.field: {answer.value for answer in one.answers} for one in conflicts.of_session(work.desk, session)}
    assert {name: found.get(name) for name in wanted} == wanted
    kinds = {one.record_kind for one in conflicts.of_session(work.desk, session)}
    assert kinds == {"discussion", "contribution", "agenda_item", "attendance", "action", "funding"}


def test_the_page_asks_in_plain_words_which_answer_is_right(work: AtWork, tmp_path: Path) -> None:
    session, wanted = wrote_apart(work, tmp_path / "there")
    item = next(one.item for one in meeting.view(work, session).agenda if one.name == "Danielle Marsh")
    prepared = open_page(work, "prepare", session=session, case=item)
    assert find(prepared, Role.Button, "Lane: two answers stand here. Choose one"), "the field itself says so"
    page = open_page(work, "session", session=session)
    assert "answers were written in two ways while apart." in says(page)
    click(page, Role.Button, "Choose the right one")
    settle()
    seen: list[str] = []
    for _ in range(len(wanted) + 6):
        page = work.page
        if page.one is None:
            break
        words = says(page)
        seen.append(words)
        for code in ("carry_on", "step_up", "agenda_item", "tell_owner", "remote", "decided_at", work.desk.me):
            assert code not in words, f"a code is shown: {code}"
        assert "An entry" not in words
        click(page, Role.RadioButton, find_all(page, Role.RadioButton)[0].accessibleName())
        if page.one.sensitive:
            page.fields["why"].control.set_value("Agreed in the room")
        page.keep_button.click()
        settle()
    assert "There is nothing to choose" in says(work.page)
    all_of_it = "\n".join(seen)
    for words in ("Decision", "Why it was decided", "Outcome", "Opinion, “Maya Okafor”", "Lane, “Danielle Marsh”",
                  "Here or not, “Helen Frost”", "Action", "Cost in pounds", "Carry on", "Step up support",
                  "Here by video", "Not here", "To note", "Urgent"):  # fmt: skip
        assert words in all_of_it, f"{words!r} is not among\n{all_of_it}"
    assert conflicts.of_session(work.desk, session) == ()
    click(work.page, Role.Button, "Back")
    settle()
    assert work.page.route == "session"
    assert "written in two ways" not in says(work.page)


def test_without_the_records_of_the_people_each_page_says_a_case_you_may_not_see(work: AtWork, tmp_path: Path) -> None:
    with elsewhere(work, tmp_path / "there") as there:
        who = referrals.create(
            there,
            NewReferral(
                source=ReferralSource.GP,
                reason="Off work.",
                who=dani(given_name="Ava", family_name="Ashworth", preferred_name=None, nhs_number=None),
                agreements=(TAKES_PART,),
                work=OFF_SICK,
                accept=True,
            ),
        ).participant
        session = sessions.create_session(there, Id(min(there.person.teams)), work.clock.now(), chair=there.me)
        agenda.add_case(there, session, who, question="Ready for full days?")
        sessions.start_session(there, session)
        sessions.attend(there, session_pages.view_session(there, session).attendees[0].attendance, Presence.PRESENT)
        sent = there.store.changes_since(work.desk.store.vector())
        allowed = tuple(one for one in sent.changes if Change.read(*one).scope != who)
        work.desk.store.apply(replace(sent, changes=allowed))
    with work.desk.read() as reader:
        assert reader.find(Participant, who) is None
    for route in ("sessions", "prepare", "session", "signoff"):
        page = open_page(work, route, session=session)
        words = says(page)
        assert page.route == route
        assert "Ava" not in words
        assert "Ready for full days?" not in words
        # a list of sessions only counts, and what was not reached goes by its number
        said = {"sessions": "1 case", "signoff": "Case 1"}.get(route, "A case you may not see")
        assert said in words, (route, words)
    page = open_page(work, "session", session=session)
    assert find(page, Role.EditableText, "Decision").isReadOnly()  # type: ignore[attr-defined]


def test_what_two_wrote_apart_waits_on_today_and_in_the_list_of_all(work: AtWork, tmp_path: Path) -> None:
    session, _wanted = wrote_apart(work, tmp_path / "there")
    page = open_page(work, "today")
    count = len(conflicts.of_session(work.desk, session))
    assert f"{count} lines of the session were written in two ways" in says(page)
    (row,) = [one for one in find_all(page, Role.Button) if one.accessibleName().startswith("Choose the right one")]
    row.click()  # type: ignore[attr-defined]
    settle()
    assert (work.page.route, work.page.params) == ("conflict", {"session": session})
    page = open_page(work, "conflict")
    assert "Danielle Marsh" in says(page)
    assert "Session on Today" in says(page) or "Session on Tuesday" in says(page)
    assert {one.participant is None for one in conflicts.waiting(work.desk)} == {True, False}
    page = open_page(work, "conflict", rest="1")
    assert "Each question about the partnership has one answer." in says(page)


def test_who_may_settle_lines_of_a_meeting_alone_settles_no_record(work: AtWork, tmp_path: Path) -> None:
    session, _wanted = wrote_apart(work, tmp_path / "there")
    work.desk.person = replace(work.desk.person, roles=frozenset({"coordinator"}))
    assert [one.kind for one in today.view(work.desk).items if one.kind == "apart"] == ["apart"]
    found = {one.field: one for one in conflicts.of_session(work.desk, session)}
    assert "cost" not in found, "what a role may not read is not shown to it as a choice"
    conflicts.settle(work.desk, found["lane"].record, "lane", "urgent")
    with pytest.raises(NoPermission):
        conflicts.settle(work.desk, found["decision"].record, "decision", "Half days")
