"""The second window: the case for a room, and nobody's identity, in no word of its tree and no dot of its picture."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import Show, settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import AtWork, press
from tests.desktop.pages.meeting import CONTROL, SHIFT, open_page
from tests.desktop.reader import Role, click, find, find_all, says, tree, typed
from workwell_desktop.desktop.pages.session.projector import Projector
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.plans import ObstacleKind, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Outcome, Topics
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.meeting import discussions, projecting
from workwell_desktop.services.meeting.projecting import ProjectedCase
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy

KNOWN = ("Danielle", "Dani", "Marsh", "Marlon", "Price", "999 000 0018", "9990000018", "1984", "Northgate", "Mill Lane",
         "Maya", "Okafor", "Helen", "Frost")  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("projector") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        yield found
        for window in second_windows():
            window.close()


def second_windows() -> list[Projector]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, Projector) and one.isVisible()]


def shown(work: AtWork) -> Projector:
    """The case shown to the room by the keys that the menu names."""
    press(Qt.Key.Key_P, modifier=CONTROL | SHIFT)
    click(work.page, Role.Button, "Show this case to the room")
    settle()
    (window,) = second_windows()
    return window


def heard(window: Projector) -> str:
    """Every name, value, description and help of its accessible tree, and its title."""
    from PySide6.QtGui import QAccessible

    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description, QAccessible.Text.Help)
    parts = [one.text(kind) for one in tree(window) for kind in kinds]
    return " | ".join([window.windowTitle(), *(part for part in parts if part)])


def full_case(work: AtWork, session: Id) -> Id:
    """Dani's case with everything that could give her away; gives its agenda item."""
    case, desk = meeting.cases(work, session)[0], work.desk
    who = case.participant
    participants.edit(desk, who, phone="01632 960 103", postcode="HX7 8AA")
    obstacles.add_obstacle(desk, who, ObstacleKind.WORKPLACE, "Dani drives for Northgate Parcels from 7 Mill Lane")
    obstacles.add_obstacle(desk, who, ObstacleKind.CONTEXT, "Marlon Price gives Danielle lifts")
    discussions.decide(
        desk,
        case.discussion,
        decision="Helen Frost asks Northgate for half days for Danielle Marsh, born 14 March 1984.",
        rationale="Dani (NHS 999 000 0018) wishes it.",
        outcome=Outcome.CARRY_ON,
    )
    obstacles.add_action(
        desk, who, "Ring Dani on 01632 960 103", OwnedBy(OwnerKind.STAFF, desk.me), date(2026, 11, 27),
        discussion=case.discussion,
    )  # fmt: skip
    return case.item


def test_the_whole_accessible_tree_names_nobody(work: AtWork) -> None:
    session = meeting.session(work, questions=("Can Dani Marsh drive for Northgate?", "Is Marlon ready?"))
    item = full_case(work, session)
    open_page(work, "session", session=session, case=item)
    window = shown(work)
    words = heard(window)
    assert "Can this person drive for the employer?" in words
    assert "Case 1 of 2" in words
    assert "half days for this person" in words
    assert [one for one in KNOWN if one.lower() in words.lower()] == []
    for control in find_all(window, Role.Button) + find_all(window, Role.EditableText):
        pytest.fail(f"the room's window has a control: {control.accessibleName()}")


def test_the_picture_of_two_people_is_the_same_to_the_dot(work: AtWork, show: Show) -> None:
    """Same case, another person: whatever is drawn, it is not who they are."""
    session = meeting.session(work, questions=("Can Dani drive?", "Can Marlon drive?"))
    pictures = []
    for case in meeting.cases(work, session):
        discussions.decide(
            work.desk, case.discussion, decision=f"Ask {case.name} again", rationale=f"{case.called} wishes it",
            outcome=Outcome.CARRY_ON,
        )  # fmt: skip
        seen = replace(projecting.project(work.desk, case.item), number=1)
        pictures.append(picture(seen))
    assert pictures[0] == pictures[1]


def picture(seen: ProjectedCase) -> QImage:
    window = Projector()
    window.resize(QSize(1280, 720))
    window.show_case(seen, "2:31pm", date(2026, 11, 24))
    window.show()
    settle()
    drawn = window.grab().toImage()
    window.close()
    window.deleteLater()
    return drawn


def test_the_name_is_shown_by_the_chairs_choice_for_one_case_alone(work: AtWork) -> None:
    session = meeting.session(work)
    open_page(work, "session", session=session)
    window = shown(work)
    click(work.page, Role.CheckBox, "Show the person’s name for this case")
    settle()
    assert "Danielle Marsh" in heard(window)
    assert "Screen on, name shown" in says(work.page)
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    settle()
    assert "Case 2 of 2" in heard(window)
    assert "Marlon" not in heard(window)
    assert "Danielle" not in heard(window)


def test_words_that_the_chair_names_go_at_once(work: AtWork) -> None:
    session = meeting.session(work, questions=("Can Sharon drive the person?", "Ready?"))
    open_page(work, "session", session=session)
    window = shown(work)
    assert "Sharon" in heard(window)
    typed(work.page, "Words to keep off the screen", "Sharon, Bob")
    press(Qt.Key.Key_Tab)
    settle()
    assert "Sharon" not in heard(window)
    assert set(meeting.cases(work, session)[0].keep_off_screen) == {"Sharon", "Bob"}


def test_leaving_the_page_and_the_key_for_nothing_put_the_card_up_and_it_stays(work: AtWork) -> None:
    session = meeting.session(work)
    open_page(work, "session", session=session)
    window = shown(work)
    states = [window.resting]
    press(Qt.Key.Key_N, modifier=CONTROL | SHIFT)
    settle()
    states.append(window.resting)
    assert "Nothing is shown on this screen now." in heard(window)
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    settle()
    states.append(window.resting)
    click(work.page, Role.Button, "Screen shows nothing")
    click(work.page, Role.Button, "Show this case to the room")
    settle()
    states.append(window.resting)
    open_page(work, "sessions")
    states.append(window.resting)
    open_page(work, "session", session=session)
    states.append(window.resting)
    assert states == [False, True, True, False, True, True]
    assert second_windows() == [window]
    click(work.page, Role.Button, "Screen shows nothing")
    click(work.page, Role.Button, "Show this case to the room")
    settle()
    assert not window.resting


def test_unplugging_the_screen_puts_the_card_up(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "session", session=session)
    window = shown(work)
    window.screen_gone(window.screen())
    settle()
    assert window.resting
    assert page.instead.room.state() == "resting"


def test_somebody_who_did_not_agree_is_a_number_alone(work: AtWork) -> None:
    session = meeting.session(work, questions=("Can Dani drive?", "Ready?"))
    discussions.agree_to_discuss(work.desk, meeting.cases(work, session)[0].discussion, Topics.NO)
    open_page(work, "session", session=session)
    words = heard(shown(work))
    assert "Case 1 of 2" in words
    assert "drive" not in words


def test_another_text_size_or_scheme_leaves_the_case_on_the_screen(work: AtWork) -> None:
    session = meeting.session(work)
    open_page(work, "session", session=session)
    window = shown(work)
    for change in ({"percent": 200}, {"scheme": "dark"}, {"percent": 100, "scheme": "light"}):
        theme().choose(**change)  # type: ignore[arg-type]
        settle()
        assert "Case 1 of 2" in heard(window)
        assert not window.resting


def test_escape_closes_it_and_the_bar_says_so(work: AtWork) -> None:
    session = meeting.session(work)
    open_page(work, "session", session=session)
    window = shown(work)
    assert "Screen on, no names" in says(work.page)
    window.close()
    settle()
    assert find(work.page, Role.Button, "Show to the room")


def long(words: str, times: int) -> str:
    return " ".join([words] * times)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720), (1024, 768), (3840, 2160)])
def test_much_to_read_becomes_smaller_and_is_not_cut(work: AtWork, width: int, height: int) -> None:
    session = meeting.session(work)
    seen = projecting.project(work.desk, meeting.cases(work, session)[0].item)
    seen = replace(
        seen,
        question=long("Can this person work four days until the spring?", 4),
        decision=long("Ask for shorter weeks and look again.", 8),
        rationale=long("It was their own wish.", 8),
        obstacles=seen.obstacles * 4,
        measures=tuple(replace(one, value=Decimal(9)) for one in seen.measures),
    )
    window = Projector()
    window.resize(width, height)
    window.show_case(seen, "2:31pm", date(2026, 11, 24))
    window.show()
    settle()
    assert (window.width(), window.height()) == (width, height)
    assert window.hidden_lines() == 0
    window.close()
    window.deleteLater()
