"""Whole forms by keyboard alone, through the real window with its own worker: ours to the end, and a very large one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.bench_page import LARGE, large_form
from tests.desktop import laptop
from tests.desktop.laptop import MAYA, at_the_laptop
from tests.desktop.pages.at_work import focus
from tests.forms.corpus import needs_corpus
from tests.journeys.filling_in import fill_page
from tests.journeys.hands import CONTROL, Hands
from workwell_desktop.desktop.operations import Worker
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.services.assessing import assessments, library

OURS = "https://workwell-desktop.example/forms/work-and-health"


CLOSED = {
    "wh-affects-other",
    "wh-employer",
    "wh-evidence",
    "wh-evidence-until",
    "wh-hardest",
    "wh-language",
    "wh-left-health",
    "wh-money-help",
    "wh-obs-search",
    "wh-off-since",
    "wh-oh",
    "wh-out-since",
    "wh-pay",
}
"""What the form does not ask of somebody at work who chooses the first answer everywhere, as its conditions say."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filling") / "made.workwell"
    laptop.make(path)
    return path


@pytest.fixture
def hands(qapp: QApplication, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path))
    with at_the_laptop(made, tmp_path, Worker()) as found:
        found.unlock(MAYA)
        library.bring_in_shipped(found.desk)
        yield Hands(found.program)


def begin(hands: Hands, title: str) -> Any:
    """The person's forms, and the first question of one of them, by keyboard."""
    with hands.page.context.desk.read() as reader:
        who = reader.list(Participant)[0].id
    hands.page.context.navigator.go("assessment", participant=who)
    hands.rest()
    hands.press(f"Start: {title}")
    return hands.page.filling.response


def unanswered(hands: Hands, response: Any, pages: tuple[int, ...] | None = None) -> list[str]:
    """What the store has no answer to, of all that is asked."""
    filling = assessments.open_response(hands.page.context.desk, response)
    return [
        row.path
        for row in filling.rows()
        if row.item.is_question
        and not row.read_only
        and row.value is None
        and row.item.type != "attachment"
        and (pages is None or row.page in pages)
    ]


def not_asked(hands: Hands, response: Any) -> set[str]:
    """The questions of a form that these answers leave out."""
    filling = assessments.open_response(hands.page.context.desk, response)
    asked = {row.link_id for row in filling.rows() if row.enabled}
    return {item.link_id for item in filling.form.items if item.is_question} - asked


@pytest.mark.timeout(240)
def test_the_whole_of_work_and_health_by_keyboard_alone(hands: Hands) -> None:
    response = begin(hands, "Work and health conversation")
    titles = []
    while hands.page.part < hands.page.last():
        titles.append(hands.page.heading.plain())
        fill_page(hands)
        QTest.keyClick(focus(), Qt.Key.Key_Return, CONTROL)
        hands.rest()
    assert len(titles) == 6
    assert unanswered(hands, response) == []
    assert not_asked(hands, response) == CLOSED
    assert hands.page.heading.plain() == "Check and finish"
    assert "Everything that must be answered is answered." in hands.says()
    hands.go_on()
    with hands.page.context.desk.read() as reader:
        assert reader.get(Response, response).status is ResponseStatus.COMPLETED
        assert len(reader.answers(response)) > 60
    assert "is complete and saved." in hands.says()


@needs_corpus
@pytest.mark.timeout(240)
def test_the_first_page_of_a_form_of_697_items_by_keyboard_alone(hands: Hands) -> None:
    source = large_form()
    assert source is not None
    desk = hands.page.context.desk
    entry = library.import_form(desk, source)
    assert entry.url == LARGE
    response = begin(hands, entry.title)
    page = hands.page
    first = page.parts[0].pages
    fill_page(hands)
    assert unanswered(hands, response, first) == []
    QTest.keyClick(focus(), Qt.Key.Key_Return, CONTROL)
    hands.rest()
    assert hands.page.part == hands.page.order().asked[1]
    # and it is found again as it was left
    with desk.read() as reader:
        assert reader.list(Participant)
        assert reader.get(Response, response).status is ResponseStatus.IN_PROGRESS
        assert len(reader.answers(response)) >= 4
