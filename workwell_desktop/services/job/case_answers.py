"""Answers of a case file as a form takes them: a choice is the code of its option, a day is 2026-11-24."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.values import Coding, PartialDate, Quantity, Single, Value
from workwell_desktop.errors import CaseFileInvalid
from workwell_desktop.forms import Item, around
from workwell_desktop.services.assessing import assessments
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.desk import Desk


def give_answers(desk: Desk, filling: Filling, answers: Mapping[str, Any], where: str) -> None:
    """Gives every answer of a case file, in one act. Raises CaseFileInvalid with the place in the file."""
    desk.allow(Act.ASSESS, Response)
    assessments.answer_all(desk, filling, dict(_flat(desk, filling, answers, where)))


def _flat(desk: Desk, filling: Filling, answers: Mapping[str, Any], where: str) -> Iterator[tuple[str, Value]]:
    for link_id, said in answers.items():
        place = f"{where}.{link_id}"
        item = filling.form.index.get(link_id)
        if item is None:
            raise CaseFileInvalid(place, text("jobs.no_such_question"))
        if item.type == "group":
            yield from _group(desk, filling, item, said, place)
        elif item.multiple:
            listed = said if isinstance(said, list) else [said]
            for number, one in enumerate(listed):
                yield _instance(desk, filling, item, number), _single(item, one, f"{place}[{number}]")
        else:
            yield link_id, _value(item, said, place)


def _group(desk: Desk, filling: Filling, item: Item, said: Any, where: str) -> Iterator[tuple[str, Value]]:
    """A repeating group: one object an instance; the first instance is there already."""
    if not item.multiple or not isinstance(said, list) or not all(isinstance(one, Mapping) for one in said):
        raise CaseFileInvalid(where, text("jobs.not_a_group"))
    below = {child.link_id: child for child in item.children}
    for number, instance in enumerate(said):
        prefix = around(_instance(desk, filling, item, number))
        for link_id, one in instance.items():
            place = f"{where}[{number}].{link_id}"
            if link_id not in below:
                raise CaseFileInvalid(place, text("jobs.no_such_question"))
            yield f"{prefix}/{link_id}", _value(below[link_id], one, place)


def _instance(desk: Desk, filling: Filling, item: Item, number: int) -> str:
    """The path of the instance at ``number`` (from 0), made where there is none yet."""
    paths = [row.path for row in filling.run.rows() if row.link_id == item.link_id]
    return paths[number] if number < len(paths) else assessments.add_repeat(desk, filling, item.link_id)


def _value(item: Item, said: Any, where: str) -> Value:
    if item.several:
        listed = said if isinstance(said, list) else [said]
        return tuple(_single(item, one, where) for one in listed)
    return _single(item, said, where)


def _single(item: Item, said: Any, where: str) -> Single:
    try:
        found = _typed(item, said)
    except (ValueError, TypeError, ArithmeticError):
        raise CaseFileInvalid(where, text("jobs.wrong_type", type=item.type)) from None
    if found is None:
        allowed = ", ".join(str(option.value.code) for option in item.options if isinstance(option.value, Coding))
        raise CaseFileInvalid(where, text("jobs.not_an_option", allowed=allowed))
    return found


def _typed(item: Item, said: Any) -> Single | None:
    """The answer in the item's own type; None for a choice that the item does not have."""
    number = isinstance(said, int | Decimal) and not isinstance(said, bool)
    match item.type:
        case "choice" | "open-choice":
            return _option(item, said)
        case "boolean" if isinstance(said, bool):
            return said
        case "integer" if number and said == int(said):
            return int(said)
        case "decimal" if number:
            return Decimal(said)
        case "quantity" if number:
            unit = item.unit
            return (
                Quantity(Decimal(said))
                if unit is None
                else Quantity(Decimal(said), unit.display or unit.code, unit.system, unit.code)
            )
        case "date" if isinstance(said, str):
            return PartialDate.parse(said)
        case "dateTime" if isinstance(said, str):
            moment = datetime.fromisoformat(said)
            return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
        case "time" if isinstance(said, str):
            return time.fromisoformat(said)
        case "string" | "text" | "url" if isinstance(said, str):
            return said
    raise ValueError


def _option(item: Item, said: Any) -> Single | None:
    for option in item.options:
        value = option.value
        if (isinstance(value, Coding) and value.code == said) or (not isinstance(value, Coding) and value == said):
            return value
    return said if item.open_choice and isinstance(said, str) else None
