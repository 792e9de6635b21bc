"""One questionnaire with every control that the product has: each found by role and name, answered, and read back."""

from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, focus, press, write
from tests.desktop.reader import Role, click, description, find, find_all, says, typed
from workwell_desktop.domain.left_out import Reason
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import BlobRef, PartialDate, Quantity
from workwell_desktop.errors import BadInput, DiskFull
from workwell_desktop.services.assessing import assessments, form_signing, library

URL = "https://forms.example/every-control"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CHOICES, NUMBERS, WORDS, TABLES = range(4)


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        library.import_form(found.desk, (Path(__file__).parent / "every_control.json").read_bytes())
        yield found


def begun(work: AtWork, part: int = CHOICES) -> Id:
    work.go("assessment", form=URL)
    work.page.show_part(part, focus=False)
    settle()
    response: Id = work.page.filling.response
    return response


def code(work: AtWork, response: Id, name: str) -> Any:
    found = work.answers(response).get(name)
    return tuple(one.code for one in found) if isinstance(found, tuple) else getattr(found, "code", found)  # type: ignore[union-attr]


def reopened(work: AtWork) -> Any:
    """The page of the same response, made anew from the store."""
    work.go("record")
    return work.back()


def act(work: AtWork, words: str) -> None:
    next(one for one in work.page.acts() if one.words == words).run()
    settle()


def test_a_figure_chooses_and_return_goes_on(work: AtWork) -> None:
    response = begun(work)
    find(work.page, Role.RadioButton, "On foot").setFocus()
    write("2")
    assert code(work, response, "radio") == "by-bus"
    press(Qt.Key.Key_Return)
    # where the form scores its answers from nought, the figure is the score, as in a grid
    assert focus().accessibleName() == "Not at all"
    write("3")
    press(Qt.Key.Key_Return)
    assert code(work, response, "across") == "very"
    write("1")
    write("4")
    assert code(work, response, "checks") == ("walking", "friends")
    write("6")
    assert code(work, response, "checks") == ("none-of-these",)
    press(Qt.Key.Key_Return)
    assert focus().accessibleName() == "A) Early"


def test_a_figure_that_chooses_nothing_changes_nothing(work: AtWork) -> None:
    response = begun(work)
    find(work.page, Role.RadioButton, "On foot").setFocus()
    write("9")
    QTest.keyClick(focus(), Qt.Key.Key_1, CONTROL)
    assert "radio" not in work.answers(response)


def test_a_long_list_is_found_by_typing(work: AtWork) -> None:
    response = begun(work)
    name = "In which country did you go to school?"
    typed(work.page, name, "gha")
    press(Qt.Key.Key_Tab)
    assert code(work, response, "ahead") == "ghana"
    field = find(work.page, Role.EditableText, name)
    assert field.value() == "Ghana"  # type: ignore[attr-defined]
    field.clear()  # type: ignore[attr-defined]
    # a window without a screen is not given back what its list took
    work.window.activateWindow()
    settle()
    typed(work.page, name, "land")
    press(Qt.Key.Key_Tab)
    assert "Choose one of the list" in says(work.page)
    # words that are no answer are kept beside the answer that was given, and change nothing
    assert code(work, response, "ahead") == "ghana"
    page = reopened(work)
    assert find(page, Role.EditableText, name).value() == "land"  # type: ignore[attr-defined]


def test_a_slider_is_empty_until_somebody_moves_it(work: AtWork) -> None:
    response = begun(work, NUMBERS)
    slider = find(work.page, Role.Slider, "How good is your health today?")
    slider.setFocus()
    assert "slider" not in work.answers(response)
    press(Qt.Key.Key_Right)
    assert work.answers(response)["slider"] == 0
    press(Qt.Key.Key_Right, 3)
    assert work.answers(response)["slider"] == 15
    press(Qt.Key.Key_End)
    assert work.answers(response)["slider"] == 100
    press(Qt.Key.Key_Delete)
    assert "slider" not in work.answers(response)
    typed(work.page, "How good is your health today?, number", "72")
    press(Qt.Key.Key_Tab)
    assert work.answers(response)["slider"] == 72


def test_a_slider_goes_where_the_mouse_lets_it(work: AtWork) -> None:
    response = begun(work, NUMBERS)
    click(work.page, Role.Slider, "How far do you walk in a day?")
    settle()
    assert work.answers(response)["fraction"] in (Decimal(2), Decimal(3))


def test_a_ruler_says_what_its_ends_mean(work: AtWork) -> None:
    response = begun(work, NUMBERS)
    assert "0: Not sure at all. 10: Quite sure." in says(work.page)
    find(work.page, Role.RadioButton, "4").setFocus()
    write("8")
    assert work.answers(response)["ruler"] == 8


def test_amounts_with_their_units(work: AtWork) -> None:
    response = begun(work, NUMBERS)
    typed(work.page, "How tall are you?", "172")
    typed(work.page, "What do you weigh?, number", "150")
    (unit,) = [one for one in work.page.findChildren(QComboBox) if one.accessibleName() == "What do you weigh?, unit"]
    unit.setFocus()
    QTest.keyClick(unit, Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    given = work.answers(response)
    assert given["height"] == Quantity(Decimal(172), "cm", "http://unitsofmeasure.org", "cm")
    assert given["weight"] == Quantity(Decimal(150), "pounds", "http://unitsofmeasure.org", "[lb_av]")


def test_a_calculated_value_that_is_put_right_shows_both(work: AtWork) -> None:
    response = begun(work, NUMBERS)
    typed(work.page, "How many hours a week do you work?", "30")
    press(Qt.Key.Key_Tab)
    bettered = find(work.page, Role.EditableText, "A quarter of the hours, which may be put right")
    assert bettered.value() == "7.5"  # type: ignore[attr-defined]
    assert "15" in says(work.page)
    bettered.clear()  # type: ignore[attr-defined]
    typed(work.page, "A quarter of the hours, which may be put right", "8")
    press(Qt.Key.Key_Tab)
    assert work.answers(response)["bettered"] == Decimal(8)
    assert "Entered by hand. Worked out by the form: 7.5" in says(work.page)
    click(work.page, Role.Button, "Take what was worked out, A quarter of the hours, which may be put right")
    settle()
    assert "bettered" not in work.answers(response)
    assert bettered.value() == "7.5"  # type: ignore[attr-defined]
    assert "Entered by hand" not in says(work.page)


def test_words_help_links_and_what_is_only_shown(work: AtWork) -> None:
    begun(work, WORDS)
    said = says(work.page)
    assert "Some words first." in said
    assert "Never shown" not in said
    assert "Written as AA9 9AA." in said
    assert "To be signed at the end: Author's Signature." in said
    assert "anything that comes to mind" not in said
    click(work.page, Role.CheckBox, "More about this question, What do you like about it?")
    settle()
    assert "anything that comes to mind" in says(work.page)
    link = find(work.page, Role.Button, "Read more: www.gov.uk")
    assert description(link) == "https://www.gov.uk/access-to-work"
    given = find(work.page, Role.EditableText, "Given to you by")
    QTest.keyClicks(given, "!")
    assert given.value() == "The partnership"  # type: ignore[attr-defined]


def test_a_remark_of_the_form_is_said_and_stops_nothing(work: AtWork) -> None:
    response = begun(work, WORDS)
    typed(work.page, "How many cups of coffee a day?", "14")
    press(Qt.Key.Key_Tab)
    assert "That is a lot. Is it right?" in says(work.page)
    assert work.answers(response)["warned"] == 14
    assert not work.page.shot.issues


def test_days_times_and_several_amounts(work: AtWork) -> None:
    response = begun(work, WORDS)
    typed(work.page, "When did you start there?", "March 2019")
    typed(work.page, "When did it last hurt?, date", "2026")
    typed(work.page, "When do you get up?", "6.30am")
    typed(work.page, "What did you lift last week?", "12.5")
    press(Qt.Key.Key_Return)
    write("20")
    press(Qt.Key.Key_Tab)
    given = work.answers(response)
    assert given["day"] == PartialDate(2019, 3)
    assert given["moment"] == PartialDate(2026)
    assert given["clock"] == time(6, 30)
    assert [one.value for one in given["doses"]] == [Decimal("12.5"), Decimal(20)]  # type: ignore[union-attr]


def test_several_files_are_kept_and_each_can_go(work: AtWork, tmp_path: Path) -> None:
    from workwell_desktop.desktop.pages.assessment.file_field import FileField

    response = begun(work, WORDS)
    field = work.page.findChildren(FileField)[1]
    for name in ("one.png", "two.png"):
        (tmp_path / name).write_bytes(name.encode() * 900)
        field.take(tmp_path / name)
        settle()
    assert len(work.answers(response)["photos"]) == 2  # type: ignore[arg-type]
    click(work.page, Role.Button, "Remove Have you photographs of your desk?, 2")
    settle()
    kept = work.answers(response)["photos"]
    assert isinstance(kept, tuple)
    (left,) = kept
    assert isinstance(left, BlobRef)
    with work.desk.read() as reader:
        assert reader.blob(left).startswith(b"one")


def test_tab_leads_out_of_a_grid_to_what_follows_it(work: AtWork) -> None:
    begun(work, TABLES)
    find_all(work.page, Role.RadioButton)[0].setFocus()
    for figure in "111":
        write(figure)
    press(Qt.Key.Key_Tab)
    assert focus().accessibleName() == "Name, line 1"


def test_a_table_has_heads_and_grows(work: AtWork) -> None:
    response = begun(work, TABLES)
    assert {"Name", "How often?", "Tablets"} <= set(says(work.page).split("\n"))
    typed(work.page, "Name, line 1", "Paracetamol")
    press(Qt.Key.Key_Tab)
    click(work.page, Role.Button, "Add another: Medicines")
    settle()
    assert focus().accessibleName() == "Name, line 2"
    write("Ibuprofen")
    press(Qt.Key.Key_Tab, 2)
    assert focus().accessibleName() == "Tablets, line 2"
    write("2")
    press(Qt.Key.Key_Tab)
    click(work.page, Role.Button, "Remove Medicines, 1")
    settle()
    page = reopened(work)
    assert find(page, Role.EditableText, "Name, line 1").value() == "Ibuprofen"  # type: ignore[attr-defined]
    kept = {path.rpartition("/")[2]: value for path, value in work.answers(response).items() if value == 2}
    assert kept == {"count": 2}


def test_a_grid_of_fields_names_each_by_column_and_row(work: AtWork) -> None:
    response = begun(work, TABLES)
    typed(work.page, "From, Monday", "9am")
    typed(work.page, "Hours, Tuesday", "7.5")
    press(Qt.Key.Key_Tab)
    assert work.answers(response)["monday-from"] == time(9)
    assert work.answers(response)["tuesday-hours"] == Decimal("7.5")


def test_a_question_that_repeats_with_questions_below_it(work: AtWork) -> None:
    response = begun(work, TABLES)
    click(work.page, Role.RadioButton, "Neck")
    settle()
    typed(work.page, "Since when?", "2020")
    press(Qt.Key.Key_Tab)
    click(work.page, Role.Button, "Add another: Where does it hurt?")
    settle()
    assert "Answer 2" in says(work.page)
    write("3")
    settle()
    hurts = [str(getattr(one, "code", "")) for path, one in work.answers(response).items() if path.endswith("/pains")]
    assert sorted(hurts) == ["hands", "neck"]


def test_a_group_opens_and_closes_and_keeps_what_is_in_it(work: AtWork) -> None:
    response = begun(work, TABLES)
    assert "What do you do after work?" not in says(work.page)
    click(work.page, Role.Button, "Open, Only if you like")
    settle()
    typed(work.page, "What do you do after work?", "Sing")
    click(work.page, Role.Button, "Close, Only if you like")
    settle()
    assert work.answers(response)["hobby"] == "Sing"
    assert "What do you do after work?" not in says(work.page)


def test_not_answered_rather_not_say_and_does_not_apply_are_three_things(work: AtWork) -> None:
    response = begun(work)
    find(work.page, Role.RadioButton, "Not at all").setFocus()
    settle()
    click(work.page, Role.Button, "Rather not say")
    settle()
    assert "Would rather not say." in says(work.page)
    find(work.page, Role.RadioButton, "A) Early").setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_N, CONTROL | SHIFT)
    settle()
    filling = assessments.open_response(work.desk, response)
    assert filling.left_out == {"across": Reason.RATHER_NOT, "lettered": Reason.NOT_APPLICABLE}
    page = reopened(work)
    assert {"Would rather not say.", "Does not apply."} <= set(says(page).split("\n"))
    # an answer takes the reason away, and so does the way back
    find(page, Role.RadioButton, "Not at all").setFocus()
    write("1")
    click(page, Role.Button, "Answer after all, Which shift suits you best?")
    settle()
    assert assessments.open_response(work.desk, response).left_out == {}
    assert "Would rather not say." not in says(page)


def test_a_question_of_a_grid_can_be_left_out(work: AtWork) -> None:
    response = begun(work, TABLES)
    find_all(work.page, Role.RadioButton)[4].setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_R, CONTROL | SHIFT)
    settle()
    assert "2: Would rather not say." in says(work.page)
    assert assessments.open_response(work.desk, response).left_out == {"m2": Reason.RATHER_NOT}


def test_what_nobody_answered_is_gone_to_with_a_key(work: AtWork) -> None:
    begun(work, TABLES)
    find_all(work.page, Role.RadioButton)[0].setFocus()
    write("1")
    act(work, "Next question without an answer")
    # the figure has led to the second; the third is the next
    assert focus().accessibleName().startswith("well looked after")
    work.page.show_part(CHOICES)
    settle()
    find(work.page, Role.RadioButton, "On foot").setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_J, CONTROL)
    settle()
    assert focus().accessibleName() == "Not at all"


def test_what_nobody_answered_is_gone_to_with_the_mouse(work: AtWork) -> None:
    begun(work, TABLES)
    click(work.page, Role.Button, "Next question without an answer")
    settle()
    # no question held the focus: the first of the form
    assert work.page.heading.plain() == "Choices"
    assert work.page._columns[work.page.part].isAncestorOf(focus())


def test_one_goes_on_where_one_was_down_to_the_cursor(work: AtWork) -> None:
    response = begun(work, WORDS)
    typed(work.page, "What is your job called?", "Team leader")
    press(Qt.Key.Key_Left, 6)
    work.page._rest.timeout.emit()
    # nothing else is remembered: the program may end here
    work.workspace.navigator.forget()
    work.go("assessment", response=response)
    assert work.page.heading.plain() == "Words, days and files"
    assert focus().accessibleName() == "What is your job called?"
    write("!")
    assert focus().value() == "Team !leader"  # type: ignore[attr-defined]


def test_last_time_is_shown_and_hidden_on_demand(work: AtWork) -> None:
    filling = assessments.start(work.desk, work.dani, URL)
    assessments.answer(work.desk, filling, "short", "Sorter")
    (need,) = (one.need for one in filling.signings())
    form_signing.not_signed(work.desk, filling, need.path, need.code, "", "declined", "Not today")
    assessments.complete(work.desk, filling)
    begun(work, WORDS)
    assert "Sorter" in says(work.page)
    act(work, "Show or hide the answers from last time")
    assert "Sorter" not in says(work.page)
    act(work, "Show or hide the answers from last time")
    assert "Sorter" in says(work.page)


def test_a_full_disk_keeps_what_is_typed_says_so_once_and_goes_on(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = begun(work, WORDS)
    store = work.desk.store
    with monkeypatch.context() as full:

        def no_room(*given: Any, **more: Any) -> Any:
            raise DiskFull

        full.setattr(type(store), "unit", no_room)
        typed(work.page, "What is your job called?", "Nurse")
        press(Qt.Key.Key_Tab)
        write("The people")
        press(Qt.Key.Key_Tab)
        assert says(work.page).count("disk is full") <= 1
        assert "The last answer is not saved." in says(work.page.foot)
        assert "Saved on this computer" not in says(work.page)
    assert not work.answers(response).keys() & {"short", "marked"}
    assert find(work.page, Role.EditableText, "What is your job called?").value() == "Nurse"  # type: ignore[attr-defined]
    # there is room again: the next answer brings the waiting ones with it
    typed(work.page, "What does a usual day look like?", "Busy")
    press(Qt.Key.Key_Tab)
    given = work.answers(response)
    assert (given["short"], given["marked"], given["long"]) == ("Nurse", "The people", "Busy")
    assert "Saved on this computer, 10:42am" in says(work.page.foot)
    assert "not saved" not in says(work.page)


@pytest.mark.parametrize("part", range(4))
def test_the_tab_key_comes_to_every_question_in_the_order_of_reading(work: AtWork, part: int) -> None:
    begun(work, part)
    asked = [one for one in work.page._columns[part]._questions() if one.takes_answers()]
    asked[0].field.focus()
    seen: list[Any] = []
    for _ in range(60):
        found = work.page._columns[part].question_in_focus()
        if found is not None and found.takes_answers() and (not seen or seen[-1] is not found):
            seen.append(found)
        press(Qt.Key.Key_Tab)
        if found is asked[-1]:
            break
    assert [one.line.row.path for one in seen] == [one.line.row.path for one in asked]


def test_leaving_out_counts_as_seen_to_and_lets_a_form_be_completed(work: AtWork) -> None:
    filling = assessments.start(work.desk, work.dani, at_work.FORMS + "work-and-health")
    with pytest.raises(BadInput):
        assessments.complete(work.desk, filling)
    for row in filling.missing():
        assessments.leave_out(work.desk, filling, row.path, Reason.RATHER_NOT)
    assert not filling.missing()
    assert filling.pages()[0].missing == 0
    assessments.complete(work.desk, filling)


def test_a_long_error_cuts_nothing_off(work: AtWork) -> None:
    """The field below an error of two lines is whole, however the answer came there."""
    filling = assessments.start(work.desk, work.dani, URL)
    assessments.answer(work.desk, filling, "postcode", "Somewhere in the middle of the town, beside the river")
    work.go("assessment", response=filling.response)
    work.page.show_part(WORDS, focus=False)
    settle()
    block = work.page._columns[WORDS].find_question("postcode")
    assert block.field.wrong
    assert block.field.height() >= block.field.heightForWidth(block.field.width())
    assert block.height() >= block.heightForWidth(block.width())


@pytest.mark.parametrize(
    ("name", "question", "given", "shown"),
    [
        ("weight", "What do you weigh?, number", Quantity(Decimal(11), "stone", None, "[stone_av]"), "11"),
        ("weight", "What do you weigh?, number", Quantity(Decimal("71.5")), "71.5"),
        ("height", "How tall are you?", Quantity(Decimal(70), "inches", None, "[in_i]"), "70 inches"),
    ],
)
def test_an_amount_in_another_unit_stands_as_it_came(
    work: AtWork, name: str, question: str, given: Quantity, shown: str
) -> None:
    """No unit is put to a number by opening the page and leaving it."""
    filling = assessments.start(work.desk, work.dani, URL)
    assessments.answer(work.desk, filling, name, given)
    work.go("assessment", response=filling.response)
    work.page.show_part(NUMBERS, focus=False)
    settle()
    field = find(work.page, Role.EditableText, question)
    assert field.value() == shown  # type: ignore[attr-defined]
    field.setFocus()
    press(Qt.Key.Key_Tab)
    work.page.show_part(CHOICES)
    settle()
    assert work.answers(filling.response)[name] == given
