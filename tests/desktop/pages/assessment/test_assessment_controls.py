"""Every kind of question gets a control that takes an answer, gives it back when the page is opened anew, and says what
is wrong with it. The form is one that nobody of ours wrote for the page."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, focus, press
from tests.desktop.reader import Role, click, find, find_all, says, typed
from workwell_desktop.desktop.kit import IconMark, Words
from workwell_desktop.desktop.operations import Operations
from workwell_desktop.desktop.pages.assessment.file_field import FileField
from workwell_desktop.desktop.pages.assessment.values import rough_date, time_of
from workwell_desktop.desktop.screenshots import wait_for
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import BlobRef, Coding, PartialDate, Quantity, Value
from workwell_desktop.forms import check_form
from workwell_desktop.services.assessing import assessments, library

SDC = "http://hl7.org/fhir/StructureDefinition/"
URL = "https://forms.example/every-kind"


def option(code: str, *, exclusive: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = {"valueCoding": {"system": "urn:x", "code": code, "display": code.capitalize()}}
    if exclusive:
        made["extension"] = [{"url": SDC + "questionnaire-optionExclusive", "valueBoolean": True}]
    return made


def control(code: str) -> dict[str, Any]:
    return {"url": SDC + "questionnaire-itemControl", "valueCodeableConcept": {"coding": [{"code": code}]}}


def unit(code: str, words: str) -> dict[str, Any]:
    coding = {"system": "http://unitsofmeasure.org", "code": code, "display": words}
    return {"url": SDC + "questionnaire-unitOption", "valueCoding": coding}


def item(kind: str, **more: Any) -> dict[str, Any]:
    name = more.pop("name", kind)
    return {"linkId": name, "type": kind, "text": f"The {name}", **more}


SLIDER = [
    control("slider"),
    {"url": SDC + "minValue", "valueInteger": 0},
    {"url": SDC + "maxValue", "valueInteger": 10},
]
FORM = {
    "resourceType": "Questionnaire",
    "status": "active",
    "url": URL,
    "version": "1",
    "title": "Every kind",
    "item": [
        item("display", name="words"),
        item("string"),
        item("text"),
        item("integer", extension=[{"url": SDC + "minValue", "valueInteger": 2}]),
        item("decimal"),
        item("boolean"),
        item("date"),
        item("dateTime"),
        item("time"),
        item("url"),
        item("quantity", extension=[unit("kg", "kilograms"), unit("[lb_av]", "pounds")]),
        item("integer", name="slider", extension=SLIDER),
        item("choice", name="radio", answerOption=[option(code) for code in ("red", "green", "blue")]),
        item("choice", name="list", extension=[control("drop-down")], answerOption=[option(c) for c in ("one", "two")]),
        item(
            "choice",
            name="many",
            repeats=True,
            answerOption=[option("walk"), option("swim"), option("nothing", exclusive=True)],
        ),
        item("open-choice", name="open", answerOption=[option("tea"), option("coffee")]),
        item("open-choice", name="opens", repeats=True, answerOption=[option("bus"), option("tram")]),
        item("string", name="lines", repeats=True),
        item("string", name="needed", required=True, maxLength=5),
        item("group", name="outer", repeats=True, item=[item("string", name="inside")]),
        item("attachment"),
        item("boolean", name="asks", item=[item("string", name="because")]),
    ],
}


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        library.import_form(found.desk, json.dumps(FORM).encode())
        yield found


def begun(work: AtWork) -> Id:
    work.go("assessment", form=URL)
    response: Id = work.page.filling.response
    return response


def plain(answers: dict[str, Value], name: str) -> Any:
    """An answer with codings as their codes."""
    found = answers.get(name)
    if isinstance(found, Coding):
        return found.code
    if isinstance(found, tuple):
        return tuple(one.code if isinstance(one, Coding) else one for one in found)
    return found


WRITTEN = [
    ("string", "A word", "A word"),
    ("text", "Two\nlines", "Two\nlines"),
    ("integer", "7", 7),
    ("decimal", "1,5", Decimal("1.5")),
    ("date", "24/11/2026", PartialDate(2026, 11, 24)),
    ("time", "2:30pm", time(14, 30)),
    ("url", "https://nhs.uk", "https://nhs.uk"),
]


def test_what_is_typed_becomes_an_answer_and_comes_back(work: AtWork) -> None:
    response = begun(work)
    for name, words, _answer in WRITTEN:
        typed(work.page, f"The {name}", words)
    work.go("record")
    given = work.answers(response)
    assert {name: given[name] for name, _words, _answer in WRITTEN} == {name: one for name, _words, one in WRITTEN}
    page = work.back()
    assert all(find(page, Role.EditableText, f"The {name}").value() for name, *_ in WRITTEN)  # type: ignore[attr-defined]
    work.go("record")
    assert work.answers(response) == given


def test_several_answers_each_have_a_field_and_return_brings_the_next(work: AtWork) -> None:
    response = begun(work)
    typed(work.page, "The lines", "one")
    press(Qt.Key.Key_Return)
    assert focus().accessibleName() == "The lines, 2"
    QTest.keyClicks(focus(), "two")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(focus(), "three")
    click(work.page, Role.Button, "Remove The lines, 2")
    settle()
    assert work.answers(response)["lines"] == ("one", "three")
    work.go("record")
    page = work.back()
    assert find(page, Role.EditableText, "The lines, 2").value() == "three"  # type: ignore[attr-defined]
    # an empty last field has room for no further one: Return goes on to the next question
    find(page, Role.EditableText, "The lines, 2").clear()  # type: ignore[attr-defined]
    press(Qt.Key.Key_Tab)
    find(page, Role.EditableText, "The lines, 2").setFocus()
    press(Qt.Key.Key_Return)
    assert focus().accessibleName() == "The needed"


@pytest.mark.parametrize(("words", "meant"), [("March 2026", PartialDate(2026, 3)), ("2019", PartialDate(2019))])
def test_a_rough_date_stays_as_rough_as_it_was_given(work: AtWork, words: str, meant: PartialDate) -> None:
    response = begun(work)
    typed(work.page, "The date", words)
    work.go("record")
    assert work.answers(response)["date"] == meant
    assert find(work.back(), Role.EditableText, "The date").value() == words  # type: ignore[attr-defined]


WRONG = [
    ("integer", "2.5", "Enter a whole number"),
    ("decimal", "many", "Enter a number, such as 37.5"),
    ("date", "31 2 2026", "Enter a date, such as 24/11/2026, March 2026 or 2026"),
    ("time", "25:00", "Enter a time, such as 2:30pm or 14:30"),
]


def test_what_is_not_understood_is_said_at_the_field_and_kept(work: AtWork) -> None:
    response = begun(work)
    for name, words, said in WRONG:
        assert said not in says(work.page)
        typed(work.page, f"The {name}", words)
        press(Qt.Key.Key_Tab)
        assert said in says(work.page)
    assert not work.answers(response).keys() & {name for name, *_ in WRONG}
    work.go("record")
    page = work.back()
    for name, words, said in WRONG:
        assert find(page, Role.EditableText, f"The {name}").value() == words  # type: ignore[attr-defined]
        assert said in says(page)


def test_choices(work: AtWork) -> None:
    response = begun(work)
    page = work.page
    click(page, Role.RadioButton, "Green")
    click(page, Role.CheckBox, "Walk")
    click(page, Role.CheckBox, "Swim")
    settle()
    assert plain(work.answers(response), "radio") == "green"
    assert plain(work.answers(response), "many") == ("walk", "swim")
    click(page, Role.CheckBox, "Nothing")
    settle()
    assert plain(work.answers(response), "many") == ("nothing",)
    click(page, Role.CheckBox, "Swim")
    settle()
    assert plain(work.answers(response), "many") == ("swim",)
    (listed,) = [one for one in page.findChildren(QComboBox) if one.accessibleName() == "The list"]
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    settle()
    assert plain(work.answers(response), "list") == "one"


def test_own_words_beside_the_options(work: AtWork) -> None:
    response = begun(work)
    page = work.page
    others = find_all(page, Role.RadioButton, "Something else")
    others[0].click()  # type: ignore[attr-defined]
    settle()
    assert focus().accessibleName() == "The open, in your own words"
    typed(page, "The open, in your own words", "Cocoa")
    press(Qt.Key.Key_Tab)
    assert plain(work.answers(response), "open") == "Cocoa"
    click(page, Role.RadioButton, "Tea")
    settle()
    assert plain(work.answers(response), "open") == "tea"
    click(page, Role.CheckBox, "Tram")
    click(page, Role.CheckBox, "Something else")
    typed(page, "The opens, in your own words", "On foot")
    press(Qt.Key.Key_Tab)
    assert plain(work.answers(response), "opens") == ("tram", "On foot")
    work.go("record")
    page = work.back()
    assert find(page, Role.EditableText, "The opens, in your own words").value() == "On foot"  # type: ignore[attr-defined]


def test_a_moment_an_amount_a_ruler_and_yes_or_no(work: AtWork) -> None:
    response = begun(work)
    page = work.page
    typed(page, "The dateTime, date", "24/11/2026")
    press(Qt.Key.Key_Tab)
    assert work.answers(response)["dateTime"] == PartialDate(2026, 11, 24)
    typed(page, "The dateTime, time", "9am")
    press(Qt.Key.Key_Tab)
    assert work.answers(response)["dateTime"] == datetime(2026, 11, 24, 9, tzinfo=UTC)
    typed(page, "The quantity, number", "72")
    press(Qt.Key.Key_Tab)
    assert work.answers(response)["quantity"] == Quantity(Decimal(72), "kilograms", "http://unitsofmeasure.org", "kg")
    click(page, Role.RadioButton, "7")
    settle()
    assert work.answers(response)["slider"] == 7
    QTest.keyClick(focus(), Qt.Key.Key_Delete)
    settle()
    assert "slider" not in work.answers(response)
    click(page, Role.RadioButton, "Yes")
    settle()
    assert work.answers(response)["boolean"] is True


def test_an_answer_can_be_taken_back(work: AtWork) -> None:
    response = begun(work)
    click(work.page, Role.RadioButton, "Green")
    settle()
    find(work.page, Role.RadioButton, "Green").setFocus()
    act = next(one for one in work.page.acts() if one.words == "Take this answer back")
    act.run()
    settle()
    assert "radio" not in work.answers(response)
    assert not find(work.page, Role.RadioButton, "Green").isChecked()  # type: ignore[attr-defined]


def test_a_file_is_kept_in_the_store_and_can_be_taken_away(work: AtWork, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.7 a letter")
    response = begun(work)
    work.page.show_part(1)
    settle()
    assert "No file chosen" in says(work.page)
    work.page.findChildren(FileField)[0].take(file)
    settle()
    kept = work.answers(response)["attachment"]
    assert isinstance(kept, BlobRef)
    with work.desk.read() as reader:
        assert reader.blob(kept) == b"%PDF-1.7 a letter"
    assert "A file of 1 kB is kept" in says(work.page)
    click(work.page, Role.Button, "Remove The attachment")
    settle()
    assert "attachment" not in work.answers(response)
    assert "No file chosen" in says(work.page)


def test_a_part_with_nothing_to_ask_is_passed_over(work: AtWork) -> None:
    asks = {"question": "first", "operator": "=", "answerBoolean": True}
    groups = [
        item("group", name="one", item=[item("boolean", name="first")]),
        item("group", name="two", enableWhen=[asks], item=[item("string", name="second")]),
        item("group", name="three", item=[item("string", name="third")]),
    ]
    form = {**FORM, "url": f"{URL}-parts", "item": groups}
    library.import_form(work.desk, json.dumps(form).encode())
    work.go("assessment", form=f"{URL}-parts")
    assert find_all(work.page, Role.Button, "Next: The three")
    click(work.page, Role.RadioButton, "Yes")
    settle()
    assert find_all(work.page, Role.Button, "Step 2 of 4: The two")
    click(work.page, Role.Button, "Next: The two")
    settle()
    assert work.page.heading.plain() == "The two"


def test_texts_that_are_no_questions_are_told_apart_and_make_no_warning(work: AtWork) -> None:
    kinds = ("context-display", "security", "legal", "prompt")
    asks = item("boolean", name="asks")
    when = [{"question": "asks", "operator": "=", "answerBoolean": True}]
    shown = [item("display", name=kind, extension=[control(kind)], enableWhen=when) for kind in kinds]
    form = {**FORM, "url": "https://forms.example/texts", "item": [asks, *shown, item("display", name="plain")]}
    source = json.dumps(form).encode()
    assert check_form(source).problems == ()
    library.import_form(work.desk, source)
    filling = assessments.start(work.desk, work.dani, "https://forms.example/texts")
    assessments.answer(work.desk, filling, "asks", True)
    work.go("assessment", response=filling.response)
    words = {one.plain(): one for one in work.page.findChildren(Words) if one.isVisibleTo(work.page)}
    blocks = {kind: words[f"The {kind}"].parentWidget() for kind in (*kinds, "plain")}
    marks = {kind: len(block.findChildren(IconMark)) for kind, block in blocks.items()}
    assert marks == {"context-display": 1, "security": 1, "legal": 1, "prompt": 0, "plain": 0}
    small = {
        kind
        for kind in blocks
        if words[f"The {kind}"].font().pointSizeF() < words["The plain"].font().pointSizeF()
        or words[f"The {kind}"].font().pixelSize() < words["The plain"].font().pixelSize()
    }
    assert small == {"context-display", "legal", "prompt"}


def test_what_the_form_forbids_is_said_in_its_words(work: AtWork) -> None:
    begun(work)
    typed(work.page, "The needed", "too long")
    press(Qt.Key.Key_Tab)
    click(work.page, Role.Button, "Next: The outer")
    settle()
    assert find_all(work.page.errors, Role.Button, "The needed")
    assert "takes at most 5 characters" in says(work.page)


@pytest.mark.parametrize(
    ("words", "meant"),
    [("14:30", time(14, 30)), ("2pm", time(14)), ("12am", time(0)), ("9", time(9)), ("13pm", None), ("soon", None)],
)
def test_times_as_people_write_them(words: str, meant: time | None) -> None:
    assert time_of(words) == meant


def test_rough_dates_as_people_write_them(work: AtWork) -> None:
    today = work.clock.today()
    assert rough_date("3/2026", today) == PartialDate(2026, 3)
    assert rough_date("tomorrow", today) == PartialDate(2026, 11, 25)
    assert rough_date("13/2026", today) is None


@pytest.fixture
def threaded(work: AtWork) -> Iterator[Operations]:
    """The store's own thread, as in the program itself."""
    operations = Operations()
    host = work.workspace.host
    assert host._context is not None
    leave = work.desk.store.on_change(operations.notice)
    operations.changed.connect(host._changed)
    host._context = replace(host._context, operations=operations)
    yield operations
    work.go("record")
    wait(operations)
    leave()
    operations.close()


def test_answers_come_through_the_stores_own_thread_in_order(work: AtWork, threaded: Operations) -> None:
    work.go("assessment", form=at_work.FORMS + "phq-9")
    wait(threaded)
    for figure in "222222222":
        QTest.keyClicks(focus(), figure)
    wait(threaded)
    assert "18" in says(work.window)
    assert "Stop and talk now" in says(work.window)
    assert len(work.answers(work.page.filling.response)) == 9


def test_what_is_typed_while_the_last_words_are_saved_stays(work: AtWork, threaded: Operations) -> None:
    work.go("assessment", form=URL)
    wait(threaded)
    page = work.page
    field = find(page, Role.EditableText, "The string")
    typed(page, "The string", "Team")
    page._pause.timeout.emit()
    QTest.keyClicks(field, " lea")
    page._pause.timeout.emit()
    QTest.keyClicks(field, "der")
    wait(threaded)
    assert field is find(page, Role.EditableText, "The string")
    assert field.value() == "Team leader"  # type: ignore[attr-defined]
    assert work.answers(page.filling.response)["string"] == "Team lea"
    work.go("record")
    wait(threaded)
    assert work.answers(Id(page_response(work)))["string"] == "Team leader"


def test_a_colleagues_answer_comes_in_and_what_is_being_typed_stays(work: AtWork, threaded: Operations) -> None:
    work.go("assessment", form=URL)
    wait(threaded)
    response = work.page.filling.response
    typed(work.page, "The string", "half a wo")
    theirs = assessments.open_response(work.desk, response)
    assessments.answer(work.desk, theirs, "decimal", Decimal("2.5"))
    wait(threaded)
    assert find(work.page, Role.EditableText, "The decimal").value() == "2.5"  # type: ignore[attr-defined]
    assert find(work.page, Role.EditableText, "The string").value() == "half a wo"  # type: ignore[attr-defined]
    assert focus().accessibleName() == "The string"
    QTest.keyClicks(focus(), "rd")
    assert find(work.page, Role.EditableText, "The string").value() == "half a word"  # type: ignore[attr-defined]


def page_response(work: AtWork) -> str:
    """The newest response of all."""
    return str(assessments.list_responses(work.desk, work.dani)[0].id)


def wait(operations: Operations) -> None:
    """Until nothing is under way, and what came of it is drawn."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for _ in range(4):
        assert wait_for(app, lambda: not operations.running)
        settle()


def test_a_part_that_was_put_aside_takes_another_text_size(work: AtWork) -> None:
    """What was drawn before the size was changed is as large as what is drawn after it."""
    at_work.begun(work, "work-and-health")
    question = work.page.shot.rows[1].text
    label = next(one for one in work.page.findChildren(Words) if one.isVisible() and one.plain() in question)
    before = label.font().pixelSize()
    work.page.show_part(1)
    settle()
    size = theme().scale.percent
    try:
        theme().choose(percent=200)
        settle()
        work.page.show_part(0)
        settle()
        assert label.isVisible()
        assert label.font().pixelSize() == 2 * before
    finally:
        theme().choose(percent=size)
