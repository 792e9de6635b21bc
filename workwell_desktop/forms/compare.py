"""What changed between two versions of a form, in words: questions, answers to choose from, points, conditions, sums.

Questions are told apart by their linkId, as FHIR does: a new linkId is a new question, whatever its words.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from workwell_desktop.domain.screen import text
from workwell_desktop.domain.values import Coding, Quantity
from workwell_desktop.forms import extensions as ext
from workwell_desktop.forms.conditions import same
from workwell_desktop.forms.model import Condition, Form, Item, Option

_STEERING = {
    ext.CALCULATED: "calculation",
    ext.CQF_CALCULATED: "calculation",
    ext.ENABLE_WHEN: "condition_worked",
    ext.INITIAL: "initial",
    ext.ANSWERS: "answers",
    ext.TOGGLE: "answers",
    ext.VARIABLE: "variable",
    **dict.fromkeys(ext.CONSTRAINTS, "constraint"),
}
"""Extensions that hold expressions, and the sentence for a change of one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was. ``code`` names ``forms.difference.<code>``; ``link_id`` is None for the form as
    a whole; ``question`` is its words in the later version; ``was`` and ``now`` are words, empty where there was or is
    nothing."""

    code: str
    link_id: str | None
    question: str
    was: str = ""
    now: str = ""

    @property
    def message(self) -> str:
        """What happened, as a short sentence without the question's name."""
        return text(f"forms.difference.{self.code}")


def compare(earlier: Form, later: Form) -> tuple[Difference, ...]:
    """Every difference, first of the form, then of each question in the order of the later version; what went stands
    last. Nothing where both ask, offer, score and steer alike."""
    found = list(_of_form(earlier, later))
    kept = {item.link_id for item in earlier.items if item.link_id in later.index}
    moved = _moved(
        [item.link_id for item in earlier.items if item.link_id in kept],
        [item.link_id for item in later.items if item.link_id in kept],
    )
    for item in later.items:
        before = earlier.index.get(item.link_id)
        if before is None:
            found.append(Difference("added", item.link_id, _named(item), "", _asked(item)))
            continue
        found += _of_item(before, item, earlier, later)
        if item.link_id in moved or _parent(before) != _parent(item):
            found.append(Difference("moved", item.link_id, _named(item), _place(before), _place(item)))
    for item in earlier.items:
        if item.link_id not in later.index:
            found.append(Difference("removed", item.link_id, _named(item), _asked(item), ""))
    return tuple(found)


def _of_form(earlier: Form, later: Form) -> Iterator[Difference]:
    if earlier.title != later.title:
        yield Difference("title", None, later.title, earlier.title, later.title)
    if (earlier.copyright or "") != (later.copyright or ""):
        yield Difference("copyright", None, later.title, earlier.copyright or "", later.copyright or "")
    yield from _expressions(earlier.data, later.data, None, later.title)


def _of_item(before: Item, now: Item, earlier: Form, later: Form) -> Iterator[Difference]:
    name, link_id = _named(now), now.link_id
    pairs = (
        ("reworded", before.text, now.text),
        ("type", _kind(before), _kind(now)),
        ("required", _flag(before.required), _flag(now.required)),
        ("repeats", _flag(before.repeats), _flag(now.repeats)),
        ("hidden", _flag(before.hidden), _flag(now.hidden)),
        ("help", _help(before), _help(now)),
        ("unit", _units(before), _units(now)),
        ("limits", _limits(before), _limits(now)),
    )
    for code, was, is_now in pairs:
        if was != is_now:
            yield Difference(code, link_id, name, was, is_now)
    if _rule(before) != _rule(now):
        # a question that is worded differently changes the words of the condition, and not the condition
        yield Difference("condition", link_id, name, _conditions(before, earlier), _conditions(now, later))
    yield from _options(before.options, now.options, link_id, name)
    yield from _expressions(before.data, now.data, link_id, name)


def _options(before: Sequence[Option], now: Sequence[Option], link_id: str, name: str) -> Iterator[Difference]:
    was, is_now = _by_value(before), _by_value(now)
    for key, option in is_now.items():
        old = was.get(key)
        if old is None:
            yield Difference("option_added", link_id, name, "", _offered(option))
            continue
        if old.label != option.label:
            yield Difference("option_reworded", link_id, name, old.label, option.label)
        if old.weight != option.weight:
            yield Difference("option_points", link_id, name, _points(old), _points(option))
        if old.exclusive != option.exclusive:
            yield Difference("option_alone", link_id, name, _flag(old.exclusive), _flag(option.exclusive))
    for key, option in was.items():
        if key not in is_now:
            yield Difference("option_removed", link_id, name, _offered(option), "")
    if set(was) == set(is_now) and list(was) != list(is_now):
        order = text("forms.difference_words.between")
        yield Difference(
            "option_order", link_id, name, order.join(one.label for one in before), order.join(o.label for o in now)
        )


def _expressions(
    before: Mapping[str, Any], now: Mapping[str, Any], link_id: str | None, name: str
) -> Iterator[Difference]:
    was, is_now = _written(before), _written(now)
    for code in dict.fromkeys([*was, *is_now]):
        if was.get(code, "") != is_now.get(code, ""):
            yield Difference(code, link_id, name, was.get(code, ""), is_now.get(code, ""))


def _written(data: Mapping[str, Any]) -> dict[str, str]:
    """By code of a difference: the expressions as they are written."""
    found: dict[str, list[str]] = {}
    for one in ext.extensions(data):
        code = _STEERING.get(ext.FROM_ROOT.get(one["url"], one["url"]))
        if code is not None:
            found.setdefault(code, []).extend(_leaves(one))
    return {code: "; ".join(lines) for code, lines in found.items()}


def _leaves(value: Any) -> Iterator[str]:
    """The words of an extension, without the addresses and languages that say nothing to a person."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key not in ("url", "language", "system"):
                yield from _leaves(below)
    elif isinstance(value, list):
        for below in value:
            yield from _leaves(below)
    else:
        yield str(value)


def _moved(before: Sequence[str], now: Sequence[str]) -> frozenset[str]:
    """Which of the same things stand in another order: all but a longest run that kept its order."""
    place = {link_id: number for number, link_id in enumerate(before)}
    ends: list[int] = []
    chain: list[int] = []
    back: list[int] = []
    for position, link_id in enumerate(now):
        low = bisect_left(ends, place[link_id], key=lambda one: place[now[one]])
        back.append(ends[low - 1] if low else -1)
        if low == len(ends):
            ends.append(position)
        else:
            ends[low] = position
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(at)
        at = back[at]
    stayed = set(chain)
    return frozenset(link_id for position, link_id in enumerate(now) if position not in stayed)


def _by_value(options: Sequence[Option]) -> dict[Any, Option]:
    return {_key(option.value): option for option in options}


def _key(value: Any) -> Any:
    if isinstance(value, Coding):
        return (value.system, value.code) if value.code is not None else value.display
    return value


def _named(item: Item) -> str:
    return item.short_text or item.text or item.link_id


def _asked(item: Item) -> str:
    """A question with its kind and what it offers."""
    words = [item.text or item.link_id, _kind(item)]
    if item.options:
        words.append(text("forms.difference_words.between").join(_offered(one) for one in item.options))
    return ". ".join(part for part in words if part)


def _kind(item: Item) -> str:
    return text(f"forms.kind.{item.type}")


def _flag(on: bool) -> str:
    return text("forms.difference_words.yes" if on else "forms.difference_words.no")


def _help(item: Item) -> str:
    return " ".join(part for part in (item.hint, item.help, item.lower, item.upper) if part)


def _units(item: Item) -> str:
    units = ([item.unit] if item.unit is not None else []) + list(item.units)
    return text("forms.difference_words.between").join(one.display or one.code or "" for one in units)


def _limits(item: Item) -> str:
    one = item.limits
    said = [
        text(f"forms.limit.{name}", limit=value)
        for name, value in (
            ("minimum", one.minimum),
            ("maximum", one.maximum),
            ("min_length", one.min_length),
            ("max_length", one.max_length),
            ("pattern", one.pattern),
            ("decimals", one.decimals),
            ("min_occurs", one.min_occurs or None),
            ("max_occurs", one.max_occurs),
        )
        if value is not None
    ]
    return text("forms.difference_words.between").join(said)


def _rule(item: Item) -> tuple[object, ...]:
    conditions = [(one.question, one.operator, _key(one.answer)) for one in item.conditions]
    return (item.any_condition if len(conditions) > 1 else False, *conditions)


def _conditions(item: Item, form: Form) -> str:
    said = [_condition(one, form) for one in item.conditions]
    joint = text("forms.difference_words.any" if item.any_condition else "forms.difference_words.all")
    return joint.join(said)


def _condition(one: Condition, form: Form) -> str:
    asked = form.index.get(one.question)
    question = _named(asked) if asked is not None else one.question
    if one.operator == "exists":
        return text("forms.condition.answered" if one.answer else "forms.condition.unanswered", question=question)
    return text(f"forms.condition.{_OPERATORS[one.operator]}", question=question, answer=_value(one.answer, asked))


_OPERATORS = {"=": "is", "!=": "is_not", ">": "more", "<": "less", ">=": "at_least", "<=": "at_most"}


def _value(value: Any, asked: Item | None) -> str:
    if isinstance(value, bool):
        return _flag(value)
    for option in asked.options if asked is not None else ():
        if same(option.value, value):
            return option.label
    if isinstance(value, Coding):
        return value.display or value.code or ""
    if isinstance(value, Quantity):
        return " ".join(part for part in (str(value.value), value.unit or value.code or "") if part)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _offered(option: Option) -> str:
    points = _points(option)
    return text("forms.difference_words.with_points", label=option.label, points=points) if points else option.label


def _points(option: Option) -> str:
    return "" if option.weight is None else text("forms.difference_words.points", count=option.weight)


def _parent(item: Item) -> str | None:
    return item.parent.link_id if item.parent is not None else None


def _place(item: Item) -> str:
    around = _named(item.parent) if item.parent is not None else ""
    return text("forms.difference_words.under", group=around) if around else text("forms.difference_words.top")
