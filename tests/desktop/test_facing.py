"""What a part draws by itself stands on the other side when the window is read from right to left."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.charts import Bar, BarChart, ColumnChart
from workwell_desktop.desktop.widgets.clock import ClockBoxes
from workwell_desktop.desktop.widgets.dropdown import DropDown
from workwell_desktop.desktop.widgets.lanes import Lane, LanesPicture, Span
from workwell_desktop.desktop.widgets.matrix import Matrix, Question
from workwell_desktop.desktop.widgets.measure import MeasureFacts, Point, Spark, Trend
from workwell_desktop.desktop.widgets.people import PersonRadio
from workwell_desktop.desktop.widgets.slider import Slider
from workwell_desktop.desktop.widgets.timeline import Event, Timeline
from workwell_desktop.desktop.widgets.timer import SessionTimer
from workwell_desktop.desktop.widgets.weeks import WeekFacts, WeekPicture

pytestmark = pytest.mark.usefixtures("qapp", "as_it_was")

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
DAY = date(2026, 11, 24)
WIDTH, HEIGHT = 420, 160
FACTS = MeasureFacts(
    "PHQ-9", "11", [Point(DAY - timedelta(days=28), 20), Point(DAY - timedelta(days=21), 16), Point(DAY, 11)], high=27
)


@pytest.fixture
def as_it_was() -> Iterator[None]:
    yield
    QGuiApplication.setLayoutDirection(LEFT)


def _slider() -> Slider:
    made = Slider(Decimal(0), Decimal(10), Decimal(1))
    made.set_number(2)
    return made


def _timer() -> SessionTimer:
    made = SessionTimer(on_rail=False)
    made.show_time("", 2, 8)
    return made


def _person() -> PersonRadio:
    made = PersonRadio("", "")
    made.setChecked(True)
    return made


MADE: dict[str, tuple[Callable[[], QWidget], str]] = {
    "slider": (_slider, "brand"),
    "spark": (lambda: Spark(FACTS), "chart_1"),
    "trend": (lambda: Trend(FACTS), "chart_1"),
    "lanes": (lambda: LanesPicture([Lane("", (DAY,))], [Span(DAY, DAY)], DAY + timedelta(days=40), ""), "brand"),
    "week": (lambda: WeekPicture(WeekFacts("", "", [Decimal(n) for n in (7, 0, 0, 0, 0)], Decimal(7))), "chart_1"),
    "timer": (_timer, "marigold"),
    "person": (_person, "brand"),
    "bars": (lambda: BarChart("", [Bar("A", "", "", 9), Bar("B", "", "", 2)]), "chart_1"),
    "columns": (lambda: ColumnChart("", [Bar("", "", "", 9), Bar("", "", "", 2)]), "chart_1"),
    "clock": (lambda: ClockBoxes(2, 12), "marigold"),
    "timeline": (lambda: Timeline([Event("", "")]), "brand"),
}
"""A part without words, and the colour of what it draws on one side."""


def _centre(part: QWidget, role: str, side: Qt.LayoutDirection) -> float:
    """Where the colour lies on the average, in pixels from the left."""
    QGuiApplication.setLayoutDirection(side)
    image = part.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = QColor(theme().colour(role)).rgb()
    found = [x for y in range(image.height()) for x in range(image.width()) if image.pixel(x, y) == wanted]
    assert found, role
    return sum(found) / len(found)


@pytest.mark.parametrize("name", MADE)
def test_a_part_that_draws_by_itself_is_mirrored(name: str) -> None:
    make, role = MADE[name]
    part = make()
    part.resize(WIDTH, HEIGHT)
    left, right = (_centre(part, role, side) for side in (LEFT, RIGHT))
    middle = (part.width() - 1) / 2
    assert abs(left - middle) > 4, "a part that is the same on both sides would prove nothing"
    assert right == pytest.approx(2 * middle - left, abs=2)


def test_the_arrow_of_a_drop_down_stands_at_its_end() -> None:
    part = DropDown([("a", "")])
    part.resize(WIDTH, 44)
    ink = QColor(theme().colour("edge")).rgb()
    for side, at_end in ((LEFT, range(WIDTH // 2, WIDTH - 6)), (RIGHT, range(6, WIDTH // 2))):
        QGuiApplication.setLayoutDirection(side)
        image = part.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        inside = [x for y in range(8, 36) for x in range(6, WIDTH - 6) if image.pixel(x, y) == ink]
        assert inside
        assert all(x in at_end for x in inside)


def test_a_slider_takes_the_press_where_it_draws_the_number() -> None:
    slider = _slider()
    slider.resize(WIDTH, 44)
    QGuiApplication.setLayoutDirection(RIGHT)
    spot = QPointF(WIDTH - 20, 22)
    kinds = (QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton)
    QApplication.sendEvent(slider, QMouseEvent(kinds[0], spot, spot, *kinds[1:], Qt.KeyboardModifier.NoModifier))
    assert slider.number() == 0
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert slider.number() == 1, "the next number stands at the left"


def test_the_arrows_of_a_grid_go_the_way_they_point() -> None:
    matrix = Matrix([Question("q", "Sleep")], [("0", "Never"), ("1", "Often")])
    QGuiApplication.setLayoutDirection(RIGHT)
    matrix.show()
    first, second = matrix.findChildren(QRadioButton)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Left)
    there = matrix.focusWidget()
    matrix.close()
    matrix.deleteLater()
    assert there is second
