"""Which control a question gets, and how its answer goes in and comes out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workwell_desktop.desktop.kit import Choice, DropDown, LongText, Ruler, TextField, text
from workwell_desktop.desktop.kit import Option as Offered
from workwell_desktop.desktop.pages.assessment.asked import Asked
from workwell_desktop.desktop.pages.assessment.fields import (
    Amount,
    Moment,
    Number,
    RoughDate,
    TimeOfDay,
)
from workwell_desktop.desktop.pages.assessment.lines import Line
from workwell_desktop.desktop.pages.assessment.own_words import Exclusive, OwnWords
from workwell_desktop.desktop.pages.assessment.several import Several
from workwell_desktop.desktop.pages.assessment.slide import Slide, can_slide
from workwell_desktop.desktop.pages.assessment.values import same, unit_of, words_of
from workwell_desktop.desktop.widgets.type_ahead import TypeAhead
from workwell_desktop.domain.values import Coding, PartialDate, Quantity
from workwell_desktop.forms import Option, Row

MOST_RADIOS = 12
MOST_LISTED = 30
"""A longer list is found by typing."""
_LAST_FIGURE = 9
_ROWS_FROM = 5


def make(line: Line, today: date, *, cell: bool = False) -> Asked:
    """The control for a question; in a cell of a table one that takes one line."""
    row, item = line.row, line.row.item
    if item.type in ("choice", "open-choice"):
        return _choice(row, cell=cell)
    if item.several and item.type in _MAKERS:
        return _several(line, today)
    maker = _MAKERS.get(item.type)
    return maker(line, today) if maker is not None else _shown(row, today)


def choice_columns(options: Sequence[Option]) -> int:
    """Short options stand beside each other."""
    longest = max((len(option.label) for option in options), default=0)
    if longest > 38 or len(options) < 3:
        return 1 if longest > 24 else min(len(options), 3)
    return 3 if longest <= 22 else 2


def _string(_line: Line, _today: date) -> Asked:
    field = TextField(width=440)
    return Asked(field, lambda: field.value() or None, lambda value: field.set_value(_plain(value)), typed=True)


def _text(_line: Line, _today: date) -> Asked:
    field = LongText(lines=3)
    return Asked(field, lambda: field.value() or None, lambda value: field.set_value(_plain(value)), typed=True)


def _integer(line: Line, _today: date) -> Asked:
    row = line.row
    if line.ruler:
        low, high = (_after_figure(words) for words in line.ends)
        ruler = Ruler(low=low, high=high, top=row.maximum)
        return Asked(ruler, ruler.value, ruler.set_value)
    if can_slide(row):
        return _slide(line)
    field = Number(whole=True)
    return Asked(field, lambda: _whole(field.number()), field.set_number, unit_of(row), typed=True)


def _slide(line: Line) -> Asked:
    both = Slide(line.row.text, line.row, *line.ends, unit_of(line.row))
    whole = line.row.item.type == "integer"

    def read() -> Any:
        number = both.number.number()
        return _whole(number) if whole else number

    return Asked(both, read, both.show_number, typed=True)


def _decimal(line: Line, _today: date) -> Asked:
    if can_slide(line.row):
        return _slide(line)
    field = Number(whole=False)
    return Asked(field, field.number, field.set_number, unit_of(line.row), typed=True)


def _boolean(_line: Line, _today: date) -> Asked:
    field = Choice([("yes", text("assessment.yes")), ("no", text("assessment.no"))], columns=2)
    codes = {"yes": True, "no": False}
    return Asked(
        field,
        lambda: codes.get(field.value() or ""),
        lambda value: field.set_value(None if value is None else "yes" if value else "no"),
    )


def _date(_line: Line, today: date) -> Asked:
    field = RoughDate(today=today)
    return Asked(field, field.rough, lambda value: field.set_rough(_partial(value)), typed=True)


def _moment(line: Line, today: date) -> Asked:
    field = Moment(line.row.text, today=today)
    return Asked(field, field.moment, field.set_moment, typed=True)


def _time(_line: Line, _today: date) -> Asked:
    field = TimeOfDay()
    return Asked(field, field.at, field.set_time, typed=True)


def _quantity(line: Line, today: date) -> Asked:
    """An amount that came with a unit which is not offered here stands as it came: nothing puts another one to it."""
    row = line.row
    if row.item.units:
        return _quantity_of(row, row.item.units)
    field = Number(whole=False)
    unit = row.item.unit
    given: list[Quantity] = []

    def show(value: Any) -> None:
        given[:] = [value] if isinstance(value, Quantity) else []
        if given and not _in_unit(given[0], unit):
            field.set_value(words_of(given[0], today))
        else:
            field.set_number(value.value if isinstance(value, Quantity) else value)

    def read() -> Quantity | None:
        number = field.number()
        return given[0] if given and given[0].value == number else _amount(number, unit)

    return Asked(field, read, show, unit_of(row), typed=True)


def _quantity_of(row: Row, units: tuple[Coding, ...]) -> Asked:
    both = Amount(row.text, [(str(place), unit.display or unit.code or "") for place, unit in enumerate(units)])
    given: list[Quantity] = []

    def show(value: Any) -> None:
        given[:] = [value] if isinstance(value, Quantity) else []
        both.number.set_number(given[0].value if given else None)
        if given:
            named = given[0].code is not None or given[0].unit is not None
            at = next((place for place, unit in enumerate(units) if named and _in_unit(given[0], unit)), None)
            both.unit.set_value(None if at is None else str(at))

    def read() -> Quantity | None:
        number, chosen = both.number.number(), both.unit.value()
        if chosen is not None or not given:
            return _amount(number, units[int(chosen or 0)])
        return None if number is None else replace(given[0], value=number)

    return Asked(both, read, show, typed=True)


def _in_unit(value: Quantity, unit: Coding | None) -> bool:
    """Whether an amount is in a unit: by the codes where both have one, else by the words. One without any is taken
    as it stands beside the field."""
    if unit is None or (value.code is None and value.unit is None):
        return True
    if value.code is not None and unit.code is not None:
        return value.code == unit.code
    return value.unit in (unit.display, unit.code) or value.code in (unit.display, unit.code)


def _choice(row: Row, *, cell: bool = False) -> Asked:
    item, options = row.item, row.options
    offered = [(str(place), _label(option)) for place, option in enumerate(options)]
    alone = [str(place) for place, option in enumerate(options) if option.exclusive]
    if item.open_choice:
        return _open_choice(row, offered, alone)
    if item.several:
        checks = Exclusive(offered, alone, columns=1 if item.orientation == "vertical" else choice_columns(options))
        checks.set_figures(figures_of(options))
        return Asked(
            checks,
            lambda: tuple(options[int(code)].value for code in sorted(checks.value(), key=int)) or None,
            lambda value: checks.set_value(_codes(value, options)),
        )
    if item.control == "autocomplete" or len(options) > MOST_LISTED:
        ahead = TypeAhead(offered, width=440)
        return Asked(
            ahead,
            lambda: None if (code := ahead.code()) is None else options[int(code)].value,
            lambda value: ahead.set_code(next(iter(_codes(value, options)), None)),
            typed=True,
        )
    control: Choice | DropDown
    if cell or item.control == "drop-down" or len(options) > MOST_RADIOS:
        control = DropDown(offered, empty=True, width=440)
    else:
        columns = len(options) if item.orientation == "horizontal" else 1
        control = Choice(
            offered, columns=columns if len(options) < _ROWS_FROM else max(columns, choice_columns(options))
        )
        control.set_figures(figures_of(options))
    chosen = control

    def read() -> Any:
        code = chosen.value()
        return None if code is None else options[int(code)].value

    return Asked(control, read, lambda value: chosen.set_value(next(iter(_codes(value, options)), None)))


def _open_choice(row: Row, offered: Sequence[Offered], alone: Sequence[str]) -> Asked:
    options, several = row.options, row.item.several
    own_label = row.item.open_label or text("assessment.something_else")
    if row.item.control == "autocomplete" and not several:
        return _free_words(offered, options)
    control = OwnWords(row.text, offered, own_label, several=several, alone=alone)
    control.options.set_figures(figures_of(options))

    def read() -> Any:
        found = [options[int(code)].value for code in control.chosen()]
        own = control.own()
        every = (*found, own) if own else tuple(found)
        return every or None if several else (every[0] if every else None)

    def show(value: Any) -> None:
        every = value if isinstance(value, tuple) else () if value is None else (value,)
        codes = _codes(every, options)
        own = next((one for one in every if isinstance(one, str) and not _codes(one, options)), None)
        control.show_answer(codes, own)

    return Asked(control, read, show, typed=True)


def _free_words(offered: Sequence[Offered], options: Sequence[Option]) -> Asked:
    """Options found by typing; words of one's own are an answer as well."""
    ahead = TypeAhead(offered, free=True, width=440)

    def read() -> Any:
        code = ahead.code()
        return options[int(code)].value if code is not None else ahead.value() or None

    def show(value: Any) -> None:
        code = next(iter(_codes(value, options)), None)
        ahead.set_value(_plain(value)) if code is None else ahead.set_code(code)

    return Asked(ahead, read, show, typed=True)


def _several(line: Line, today: date) -> Asked:
    """A repeating question: a control for each answer."""
    item = line.row.item
    field = Several(line.row.text, lambda: _MAKERS[item.type](line, today), item.limits.max_occurs)
    return Asked(field, field.all, field.show_all, typed=True)


def figures_of(options: Sequence[Option]) -> dict[str, str]:
    """The figure that chooses each option: its score where the scores are whole numbers of one place, as in a grid;
    the figure before it where the form prints one; else its place."""
    weights = [option.weight for option in options]
    printed = [(option.prefix or "").strip(" .):") for option in options]
    figures = [str(place) for place in range(1, len(options) + 1)]
    if all(isinstance(one, int | Decimal) and one == int(one) and 0 <= one <= _LAST_FIGURE for one in weights):
        figures = [str(int(one)) for one in weights]
    elif all(one.isdigit() for one in printed):
        figures = printed
    if len(set(figures)) < len(figures):
        figures = [str(place) for place in range(1, len(options) + 1)]
    return {str(place): figure for place, figure in enumerate(figures) if len(figure) == 1}


def _shown(row: Row, today: date) -> Asked:
    """What can be seen here and not changed: references and files that came with a response."""
    field = TextField()
    field.set_read_only()
    return Asked(field, lambda: row.value, lambda value: field.set_value(words_of(value, today)))


_MAKERS: dict[str, Callable[[Line, date], Asked]] = {
    "string": _string,
    "url": _string,
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "dateTime": _moment,
    "time": _time,
    "quantity": _quantity,
}


def _codes(value: Any, options: Sequence[Option]) -> list[str]:
    every = value if isinstance(value, tuple) else () if value is None else (value,)
    return [str(place) for place, option in enumerate(options) if any(same(option.value, one) for one in every)]


def _label(option: Option) -> str:
    return f"{option.prefix} {option.label}" if option.prefix else option.label


def _after_figure(words: str) -> str:
    """ "0: not at all" is read out as "0, not at all"."""
    figure, colon, rest = words.partition(":")
    return rest.strip() if colon and figure.strip().isdigit() else words


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Decimal | None) -> int | None:
    return int(value) if value is not None and value == value.to_integral_value() else None


def _partial(value: Any) -> PartialDate | None:
    if isinstance(value, datetime):
        return PartialDate.of(value.date())
    return value if isinstance(value, PartialDate) else None


def _amount(number: Decimal | None, unit: Coding | None) -> Quantity | None:
    if number is None:
        return None
    if unit is None:
        return Quantity(number)
    return Quantity(number, unit.display or unit.code, unit.system, unit.code)
