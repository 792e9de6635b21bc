"""For counts alone: what stands in the way most, and equality answers by the person's own choice."""

from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Checks,
    Choice,
    Columns,
    DropDown,
    Field,
    Foot,
    Words,
    filled,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.duties.sheet import DutySheet
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.duties import EQUALITY, RATHER_NOT, Group, MainCondition
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import equality


def read(desk: Desk, who: Id) -> Any:
    """The group that was named last; of the equality answers the day alone."""
    may = desk.may(Act.RECORD_EQUALITY)
    told = equality.condition(desk, who) if desk.may(Act.READ, MainCondition) else None
    return told, desk.may(Act.EDIT_PARTICIPANT, MainCondition), may, equality.asked_on(desk, who) if may else None


def lay(page: DutySheet, found: Any, kept: dict[str, object]) -> None:
    """Two cards, each with its own button: the filled one keeps the equality answers where one may."""
    told, may_condition, may_equality, asked_on = found
    page.add(Alert("", text("duties.counts.note", name=page.called), "info"))
    fields: dict[str, Field] = {}
    cards = [(_condition(page, told, fields, may_condition), 2)]
    if may_equality:
        cards.append((_equality(page, asked_on, fields), 3))
    page.add(Columns(cards))
    page.add_end()
    page.fields = fields
    if page.keeping is not None:
        page.keeping.hold(page.who, fields, kept)
    if may_equality:
        page.set_foot(Foot(page.back_button(), filled(text("duties.counts.keep"), lambda: _tell(page), "check")))
    else:
        page.set_foot(Foot(page.back_button()))


def _condition(page: DutySheet, told: Any, fields: dict[str, Field], may: bool) -> Card:
    groups = [(one.value, text(f"duties.counts.group.{one.value}")) for one in Group]
    card = Card(text("duties.counts.condition"), gap=10)
    main = Field(text("duties.counts.main", name=page.called), Choice(groups, told.main.value if told else None))
    beside = Field(text("duties.counts.beside"), Checks(groups, told.beside if told else (), columns=1), optional=True)
    if told is not None:
        card.add(Words(text("duties.by", name=told.by_name, day=page.day(told.told_on)), "note", "soft"))
    card.add(main, beside)
    if not may:
        main.control.set_read_only(True)
        beside.control.set_read_only(True)
        return card.end()
    fields["main"], fields["beside"] = main, beside

    def record() -> None:
        code, who = main.control.value(), page.who
        also = frozenset(beside.control.value())
        if code is None:
            main.show_error(text("errors.field.choice_unknown"))
            main.focus()
            return
        page.record(
            lambda desk: equality.tell_condition(desk, who, Group(code), also), text("duties.counts.condition_done")
        )

    return card.add_left(outlined(text("duties.counts.record"), record, "check")).end()


def _equality(page: DutySheet, asked_on: Any, fields: dict[str, Field]) -> Card:
    card = Card(text("duties.counts.equality"), gap=10)
    card.add(Words(text("duties.counts.choice"), "note"))
    if asked_on is not None:
        card.add(Alert("", text("duties.counts.answered", day=page.day(asked_on)), "done"))
    for question, codes in EQUALITY.items():
        options = [(code, text(f"duties.equality.{question}.{code}")) for code in codes]
        options.append((RATHER_NOT, text("duties.equality.rather_not")))
        control = DropDown(options, empty=text("duties.equality.left_out"))
        fields[question] = Field(text(f"duties.equality.{question}.ask"), control)
        card.add(fields[question])
    who = page.who
    none = dict.fromkeys(EQUALITY, RATHER_NOT)

    def nothing() -> None:
        page.record(lambda desk: equality.tell(desk, who, none), text("duties.counts.equality_done"))

    def back() -> None:
        page.record(lambda desk: equality.take_back(desk, who), text("duties.counts.taken_back"))

    card.add_left(quiet(text("duties.counts.rather_none"), nothing))
    if asked_on is not None:
        card.add_left(quiet(text("duties.counts.take_back"), back, "undo-2"))
    return card.end()


def _tell(page: DutySheet) -> None:
    said = {name: page.fields[name].control.value() or "" for name in EQUALITY}
    if not any(said.values()):
        page.fields["ethnicity"].show_error(text("duties.counts.nothing"))
        page.errors.show_fields(list(page.fields.values()))
        return
    who = page.who
    page.record(lambda desk: equality.tell(desk, who, said), text("duties.counts.equality_done"))
