"""The parts by role, name and keyboard; words never cut, also at 200 %."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem

from tests.desktop.conftest import Show, settle
from tests.desktop.reader import Role, click, description, find, find_all, says
from tests.journeys.sight import cut
from workwell_desktop.desktop.pages.help.parts import PartsPage
from workwell_desktop.desktop.shell.palette_line import NOTE, Line
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.banner import Banner, BannerFacts
from workwell_desktop.desktop.widgets.buttons import filled, outlined, row_button
from workwell_desktop.desktop.widgets.card import Card, SummaryList
from workwell_desktop.desktop.widgets.clock import ClockBoxes, ProgrammeClock
from workwell_desktop.desktop.widgets.foot import Foot
from workwell_desktop.desktop.widgets.ink import InkField
from workwell_desktop.desktop.widgets.layouts import Clear, Columns, column
from workwell_desktop.desktop.widgets.lists import RowFacts, RowList
from workwell_desktop.desktop.widgets.matrix import Matrix, Question
from workwell_desktop.desktop.widgets.measure import Measure, MeasureFacts, Point
from workwell_desktop.desktop.widgets.messages import Alert, Empty
from workwell_desktop.desktop.widgets.obstacles import ActionFacts, KindHead, ObstacleLine
from workwell_desktop.desktop.widgets.paper import REST, PaperPreview
from workwell_desktop.desktop.widgets.risk import RiskBar, RiskPanel
from workwell_desktop.desktop.widgets.steps import PartList, Step, Stepper
from workwell_desktop.desktop.widgets.table import Cell, Column, Table, TableRow
from workwell_desktop.desktop.widgets.tabs import Tabs
from workwell_desktop.desktop.widgets.timer import SessionTimer
from workwell_desktop.desktop.widgets.weeks import WeekFacts, WeeksPicture
from workwell_desktop.desktop.widgets.words import Heading, Words

TODAY = date(2026, 11, 24)
DANI = BannerFacts(
    "Danielle Marsh", "Dani", date(1984, 3, 14), "9990000018", "She, her", "Large print. Phone before 11am.", 5, 8,
    date(2026, 12, 18),
)  # fmt: skip
ANSWERS = [("0", "Not at all"), ("1", "Several days"), ("2", "More than half the days"), ("3", "Nearly every day")]
QUESTIONS = [Question("q1", "Little interest", "Several days"), Question("q2", "Feeling down", value="1")]


def test_buttons_are_pressed_by_mouse_return_and_space(show: Show) -> None:
    pressed: list[str] = []
    page = Clear()
    box = column(page)
    box.addWidget(filled("Open the plan", lambda: pressed.append("plan"), "pen-line"))
    box.addWidget(outlined("Fish & chips", lambda: pressed.append("fish")))
    show(page)
    click(page, Role.Button, "Open the plan")
    QTest.keyClick(find(page, Role.Button, "Open the plan"), Qt.Key.Key_Return)
    QTest.keyClick(find(page, Role.Button, "Fish & chips"), Qt.Key.Key_Space)
    assert pressed == ["plan", "plan", "fish"]
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(find(page, Role.Button, "Fish & chips"), held)
    assert len(pressed) == 3, "held down, Return presses nothing a second time"


def test_a_button_that_rested_has_the_focus_again_unless_somebody_went_on(show: Show) -> None:
    page = Clear()
    box = column(page)
    first, second, third = (outlined(words) for words in ("Sync now", "Read it", "Back"))
    for button in (first, second, third):
        box.addWidget(button)
    show(page)
    for goes_on in (False, True):
        first.setFocus()
        first.setEnabled(False)
        if goes_on:
            third.setFocus()
        first.setEnabled(True)
        assert QApplication.focusWidget() is (third if goes_on else first)


def test_targets_are_44_high_and_38_only_within_a_row(show: Show) -> None:
    page = Clear()
    box = column(page)
    big, small = filled("Record the call"), row_button("Record the call")
    box.addWidget(big)
    box.addWidget(small)
    show(page)
    assert (big.height(), small.height()) == (44, 38)
    theme().choose(percent=200)
    settle()
    assert big.height() >= 84
    assert small.height() >= 74


def test_headings_alerts_and_pictures_have_their_roles(show: Show) -> None:
    page = Clear()
    box = column(page)
    box.addWidget(Heading("What next", "page"))
    box.addWidget(Alert("Not reached.", "The letter is kept here.", "due"))
    box.addWidget(ClockBoxes(5, 8))
    show(page)
    find(page, Role.Heading, "What next")
    find(page, Role.AlertMessage, "Not reached. The letter is kept here.")
    find(page, Role.Graphic, "Week 5 of 8")


def test_a_heading_that_is_gone_is_forgotten(show: Show) -> None:
    page = Clear()
    box = column(page)
    box.addWidget(Words("Stays"))
    show(page)
    for number in range(30):
        heading = Heading(f"Heading {number}")
        box.addWidget(heading)
        settle()
        find(page, Role.Heading, f"Heading {number}")
        box.removeWidget(heading)
        heading.setParent(None)
        heading.deleteLater()
        settle()
    assert find_all(page, Role.Heading) == []


def test_the_banner_says_who_it_is_and_breaks_into_lines(show: Show) -> None:
    banner = Banner(DANI, TODAY)
    show(banner, height=300)
    assert "Born 14 March 1984 (42). NHS number 999 000 0018. She, her." in says(banner)
    assert find(banner, Role.Heading, "Danielle Marsh").isVisible()
    assert "ends 18 December" in says(banner)
    over = Banner(replace(DANI, week=9, ends=date(2026, 11, 20)), TODAY)
    show(over, height=300)
    assert "ended 20 November" in says(over)
    theme().choose(percent=200)
    settle()
    assert "Born 14 March 1984 (42). NHS number 999 000 0018." in says(banner)
    assert "Week 5 of 8, ends Friday 18 December" in says(banner)


def test_a_long_name_goes_on_in_a_second_line_and_is_never_cut(show: Show) -> None:
    name = "Wilhelmina-Alexandrina Maria Featherstonehaugh-Cholmondeley-Marjoribanks"
    banner = Banner(replace(DANI, name=name), TODAY)
    show(banner, width=1134, height=300)
    heading = find(banner, Role.Heading, name)
    assert banner.minimumSizeHint().width() <= banner.width()
    assert heading.height() >= heading.heightForWidth(heading.width())
    assert banner.rect().contains(heading.mapTo(banner, heading.rect().bottomRight()))


def test_the_programme_clock_is_always_in_words(show: Show) -> None:
    page = Clear()
    box = column(page)
    for now, weeks in ((0, 8), (5, 8), (4, 16), (9, 8)):
        box.addWidget(ProgrammeClock(now, weeks))
    show(page)
    said = says(page)
    for words in ("Not started", "Week 5 of 8", "Week 4 of 16", "8 weeks are over"):
        assert words in said


def test_a_row_opens_anywhere_and_its_button_acts(show: Show) -> None:
    done: list[str] = []
    facts = [
        RowFacts("Daniel Osei", "Call", "phone", when="4 days overdue", when_tint="due", act="Record the call",
                 on_act=lambda: done.append("call"), on_open=lambda: done.append("open")),
        RowFacts(
            "Dani Marsh", "Plan", told_apart="Born 14 March 1984, 3 Mill Lane", on_open=lambda: done.append("dani")
        ),
    ]  # fmt: skip
    rows = RowList([("Overdue", facts[:1]), ("Today", facts[1:]), ("Later", [])], name="My list")
    show(rows)
    assert "Later" not in says(rows)
    click(rows, Role.Button, "Record the call: Daniel Osei")
    first = find(rows, Role.ListItem, "Daniel Osei, Call, 4 days overdue")
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    second = find(rows, Role.ListItem, "Dani Marsh, Plan, Born 14 March 1984, 3 Mill Lane")
    assert QApplication.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert done == ["call", "open", "dani"]


def test_the_risk_bar_is_an_alert_with_the_red_button(show: Show) -> None:
    done: list[str] = []
    bar = RiskBar("Talk with Tomasz today", "He answered “Several days”.", lambda: done.append("risk"))
    page = Clear()
    box = column(page)
    box.addWidget(bar)
    panel = RiskPanel(
        "Stop and talk now", "Ask kindly.", ["plans"], [("gp", "Same-day call")], lambda: done.append("panel")
    )
    box.addWidget(panel)
    show(page)
    assert find(page, Role.AlertMessage, "Talk with Tomasz today He answered “Several days”.") is bar
    click(page, Role.CheckBox, "Same-day call")
    panel.button.click()
    bar.button.click()
    assert done == ["panel", "risk"]
    assert panel.chosen() == {"gp"}


def test_the_matrix_moves_by_arrows_and_answers_by_figures(show: Show) -> None:
    matrix = Matrix(QUESTIONS, ANSWERS, lead="Over the last 2 weeks", last_head="17 November")
    heard: list[tuple[str, str]] = []
    matrix.answered.connect(lambda key, code: heard.append((key, code)))
    show(matrix)
    assert matrix.value("q1") is None
    cell = find(matrix, Role.RadioButton, "Little interest Not at all")
    assert description(cell) == "Last time: Several days"
    matrix.first().setFocus()
    assert QApplication.focusWidget() is cell
    QTest.keyClick(cell, Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    assert heard == [("q1", "2")]
    assert QApplication.focusWidget() is find(matrix, Role.RadioButton, "Feeling down More than half the days")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_9)
    click(matrix, Role.RadioButton, "Feeling down Nearly every day")
    assert heard[-1] == ("q2", "3")
    matrix.set_read_only()
    QTest.keyClick(matrix.first(), Qt.Key.Key_0)
    assert len(heard) == 2


def test_tab_goes_from_question_to_question(show: Show) -> None:
    matrix = Matrix(QUESTIONS, ANSWERS)
    show(matrix)
    matrix.focus("q1")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is find(matrix, Role.RadioButton, "Feeling down Several days")


def test_a_table_speaks_in_full_words_and_opens_by_return(show: Show) -> None:
    rows = [
        TableRow(
            "a", [Cell("Dani Marsh", "Likes to be called Dani", strong=True), Cell(clock=(5, 8))], "Dani, due today"
        ),
        TableRow("b", [Cell("Marlon Price", match=((0, 2),)), Cell("Sign", "Today", tint="due")]),
    ]
    table = Table([Column("Person", 2), Column("Programme")], rows, name="Participants")
    opened: list[str] = []
    table.opened.connect(opened.append)
    show(table)
    model = table.model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(spoken) == "Dani, due today"
    assert model.index(0, 1).data(spoken) == "Week 5 of 8"
    assert model.index(1, 1).data(spoken) == "Sign, Today"
    assert table.key() == "a"
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    table.show_rows(list(reversed(rows)))
    assert table.key() == "b"
    table.step(1)
    QTest.keyClick(table, Qt.Key.Key_Enter)
    assert opened == ["b", "a"]
    assert sum(table.columnWidth(place) for place in range(2)) <= table.viewport().width()


def test_steps_and_parts_say_where_one_is(show: Show) -> None:
    opened: list[int] = []
    steps = [Step("Actions", "done"), Step("Changes at work", "now"), Step("Check and sign")]
    page = Clear()
    box = column(page)
    box.addWidget(Stepper(steps, opened.append, name="Steps"))
    box.addWidget(PartList([Step("Work now", "ahead", "2 to look at")], lambda place: opened.append(10 + place)))
    show(page)
    click(page, Role.Button, "Step 1 of 3: Actions, done")
    find(page, Role.Button, "Step 2 of 3: Changes at work, you are here")
    QTest.keyClick(find(page, Role.Button, "Step 1 of 1: Work now. 2 to look at"), Qt.Key.Key_Return)
    assert opened == [0, 10]


def test_tabs_become_a_list_box(show: Show) -> None:
    tabs = Tabs([("overview", "Overview"), ("plan", "Plan")], "overview", name="Part of the record")
    heard: list[str] = []
    tabs.chosen.connect(heard.append)
    show(tabs)
    tabs.step(1)
    assert (heard, tabs.value()) == (["plan"], "plan")
    theme().choose(percent=200)
    settle()
    assert tabs.list.isVisible()
    assert not tabs.bar.isVisible()
    tabs.list.setFocus()
    QTest.keyClick(tabs.list, Qt.Key.Key_Up)
    assert heard == ["plan", "overview"]


def test_a_measure_reads_its_values_and_says_when_there_is_none(show: Show) -> None:
    page = Clear()
    box = column(page)
    points = [Point(date(2026, 10, 26), 16), Point(TODAY, 11)]
    box.addWidget(Measure(MeasureFacts("PHQ-9", "11", points, 0, 27, (4, 9, 14, 19), "moderate range", "Down 5")))
    box.addWidget(Measure(MeasureFacts("GAD-7", missing="6 of 7 answered")))
    show(page)
    said = says(page)
    assert "PHQ-9: 16 on Monday 26 October 2026, 11 on Tuesday 24 November 2026" in said
    assert "Not calculated" in said
    assert "6 of 7 answered" in said


def test_the_weeks_say_each_days_hours(show: Show) -> None:
    week = WeekFacts("Week 1, 8 hours", "from 7 Dec", [Decimal(4), Decimal(0), Decimal("4.00")], Decimal("7.5"))
    picture = WeeksPicture([week])
    show(picture)
    assert find_all(picture, Role.Graphic, "Week 1, 8 hours: Monday 4 hours, Wednesday 4 hours")


def test_ink_is_kept_as_points_and_taken_back(show: Show) -> None:
    ink = InkField("Danielle Marsh")
    show(ink)
    assert ink.empty
    QTest.mousePress(ink, Qt.MouseButton.LeftButton, pos=QPoint(20, 40))
    for x in range(30, 90, 10):
        QTest.mouseMove(ink, QPoint(x, 50))
        ink.mouseMoveEvent(_moved(x, 50))
    QTest.mouseRelease(ink, Qt.MouseButton.LeftButton, pos=QPoint(90, 50))
    assert not ink.empty
    assert len(ink.strokes()) == 1
    first = ink.strokes()[0][0]
    assert (first.x, first.y, first.at) == (20, 40, 0)
    assert "1 stroke drawn" in description(find(ink.parentWidget(), Role.Canvas, "Danielle Marsh signs here"))
    QTest.keyClick(ink, Qt.Key.Key_Delete)
    assert ink.empty
    ink.set_strokes((((first,) * 3),))
    assert not ink.empty


def _moved(x: int, y: int) -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    left = Qt.MouseButton.LeftButton
    spot = QPointF(x, y)
    return QMouseEvent(QEvent.Type.MouseMove, spot, spot, left, left, Qt.KeyboardModifier.NoModifier)


def test_the_paper_is_asked_for_after_a_rest_and_turned(show: Show, qtbot: object) -> None:
    preview = PaperPreview("The paper Dani takes home", note="large print")
    asked: list[tuple[int, int]] = []
    preview.wanted.connect(lambda page, width: asked.append((page, width)))
    show(preview)
    with qtbot.waitSignal(preview.wanted, timeout=REST * 5):  # type: ignore[attr-defined]
        preview.changed()
        preview.changed()
    preview.show_page(png(), 0, 3)
    assert "Page 1 of 3, large print" in says(preview)
    click(preview, Role.Button, "Next page")
    assert [page for page, _ in asked] == [0, 1]
    with pytest.raises(ValueError, match="picture"):
        preview.sheet.show_png(b"no picture")


def test_a_paper_that_stands_alone_is_drawn_for_the_room_it_has(show: Show) -> None:
    """Below the work it is twice as wide as beside it, and one drawn for less would be blurred."""
    preview = PaperPreview("The paper Dani takes home")
    asked: list[int] = []
    preview.wanted.connect(lambda _page, width: asked.append(width))
    beside = theme().measure("paper_preview")
    preview.ask()
    show(preview)
    preview.resize(1200, 900)
    settle()
    preview.ask()
    assert (asked[0], asked[-1]) == (beside, 2 * beside)


def png() -> bytes:
    image = QImage(210, 297, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    buffer.close()
    return bytes(data.data())


def test_the_timer_says_the_minutes(show: Show) -> None:
    timer = SessionTimer()
    timer.show_time("2:31pm", 6, 8)
    show(timer)
    find(timer.parentWidget(), Role.Graphic, "2:31pm, 6 of 8 minutes")


def test_the_foot_says_what_is_saved(show: Show) -> None:
    foot = Foot(outlined("Back"), filled("Next"))
    show(foot)
    foot.saved("Saved on this computer, 10:42am")
    assert "Saved on this computer, 10:42am" in says(foot)
    assert foot.height() >= 62


def test_columns_fall_into_one_with_what_next_first(show: Show) -> None:
    left, right = Card("What matters"), Card("What next")
    columns = Columns([(left, 2), (right, "agenda")], first_when_one=right)
    show(columns)
    settle()
    assert left.x() < right.x()
    assert right.width() == 276
    theme().choose(percent=200)
    settle()
    assert right.y() < left.y()
    assert right.width() == left.width()


@pytest.mark.parametrize("percent", [100, 140, 200])
@pytest.mark.parametrize("width", [1366, 1280])
def test_no_word_of_the_gallery_is_cut(show: Show, percent: int, width: int) -> None:
    page = show(PartsPage(), percent=percent, width=width)
    assert page.window().width() == width
    assert list(cut(page)) == []


@pytest.mark.parametrize("percent", [100, 200])
def test_no_word_of_the_parts_is_cut(show: Show, percent: int) -> None:
    page = Clear()
    box = column(page, (24, 12, 24, 12), 8)
    box.addWidget(Banner(DANI, TODAY))
    card = Card("What gets in the way", "4 open, 1 done")
    actions = [ActionFacts("Pacing and walking, 3 of 6 visits to the physiotherapist in the practice", "Priya")]
    card.add(KindHead("person"), ObstacleLine("Low back pain, worse by night", actions, when="Thu 3 Dec"))
    card.add(SummaryList([("Usual week", "37.5 hours, mornings"), ("Employer", "Agreed to talk, 19 November")]))
    box.addWidget(Columns([(card, 1), (Card("Empty").add(Empty("No referrals", "New ones come with a sync.")), 1)]))
    box.addStretch(1)
    from workwell_desktop.desktop.widgets.layouts import Scroll

    scroll = Scroll((0, 0, 0, 0))
    scroll.body.addWidget(page)
    show(scroll, percent=percent)
    assert list(cut(scroll)) == []


def test_a_message_bar_is_heard_once_and_its_button_found(show: Show) -> None:
    whole = Clear()
    box = column(whole)
    box.addWidget(Alert("Before it can be signed:", "Add a goal.", "due", act=outlined("Go to actions")))
    box.addWidget(RiskBar("Talk with Tomasz today", "He answered “Several days”.", lambda: None))
    page = show(whole)
    said = says(page)
    for words in ("Before it can be signed:", "Add a goal.", "Talk with Tomasz today", "“Several days”"):
        assert said.count(words) == 1, said
    bar = find(page, Role.AlertMessage, "Before it can be signed: Add a goal.")
    assert find(page, Role.Button, "Go to actions").parentWidget() is bar


def test_the_parts_of_an_assessment_stay_and_say_how_far_they_are(show: Show) -> None:
    parts = PartList(
        [Step("Work now", "now", "Here"), Step("Home", "ahead"), Step("Health", "ahead")], lambda _place: 0
    )
    show(parts)
    before = list(parts.buttons)
    parts.show_parts([Step("Work now", "now", "Here"), Step("Home", "ahead", "2 to look at"), Step("Health", "done")])
    assert parts.buttons == before
    find(parts, Role.Button, "Step 2 of 3: Home. 2 to look at")
    find(parts, Role.Button, "Step 3 of 3: Health, done")


def test_a_long_note_of_a_line_that_ctrl_k_finds_stands_below_its_words() -> None:
    found = QListWidget()
    found.setItemDelegate(Line(found))
    found.resize(560, 300)
    for note in ("Page", "Born 14 March 1984, " * 6):
        item = QListWidgetItem(f"Danielle Marsh\n{note}")
        item.setData(NOTE, note)
        found.addItem(item)
    short, long = (found.sizeHintForRow(row) for row in range(2))
    assert (short, long) == (theme().measure("button"), theme().measure("list_row"))
