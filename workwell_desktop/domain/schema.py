"""JSON Schema 2020-12, the part that our own published schemas use, so that a schema is the rule and not a copy of it.

A keyword outside this part raises ValueError: a schema may never be obeyed by half.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": Mapping,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float, Decimal),
    "null": type(None),
}
_NOTES = frozenset({"$schema", "$id", "$defs", "$comment", "title", "description", "examples", "x-fault", "then"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. ``code`` names the sentence, ``params`` fill it; ``path`` is where, from the top of the file."""

    path: Path
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def faults(schema: Mapping[str, Any], value: object) -> list[Fault]:
    """Everything in ``value`` that breaks ``schema``, in the order of the file."""
    return list(_Walk(schema).check(schema, value, ()))


def written(path: Path) -> str:
    """A path as people write it: ``session.actions[0].due``."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(parts).removeprefix(".")


class _Walk:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root

    def check(self, schema: Mapping[str, Any], value: object, path: Path) -> Iterator[Fault]:
        """``x-fault`` puts its own name in the place of what ``contains`` would say."""
        if "type" in schema and not any(_is(value, name) for name in _named(schema["type"])):
            yield Fault(path, "type", {"expected": " / ".join(_named(schema["type"])), "found": _kind(value)})
            return
        for keyword, rule in schema.items():
            if keyword in _NOTES or keyword == "type":
                continue
            check = getattr(self, f"_{keyword.lstrip('$')}", None)
            if check is None:
                raise ValueError(f"the schema keyword {keyword} is not understood here")
            yield from check(schema, rule, value, path)

    def _ref(self, _schema: Mapping[str, Any], rule: str, value: object, path: Path) -> Iterator[Fault]:
        found: Any = self._root
        for step in rule.removeprefix("#/").split("/"):
            found = found[step]
        yield from self.check(found, value, path)

    def _enum(self, _schema: Mapping[str, Any], rule: Sequence[Any], value: object, path: Path) -> Iterator[Fault]:
        if not any(_same(value, allowed) for allowed in rule):
            yield Fault(path, "enum", {"allowed": ", ".join(str(allowed) for allowed in rule)})

    def _const(self, _schema: Mapping[str, Any], rule: object, value: object, path: Path) -> Iterator[Fault]:
        if not _same(value, rule):
            yield Fault(path, "enum", {"allowed": str(rule)})

    def _pattern(self, _schema: Mapping[str, Any], rule: str, value: object, path: Path) -> Iterator[Fault]:
        if isinstance(value, str) and re.search(rule, value) is None:
            yield Fault(path, "pattern", {"pattern": rule})

    def _format(self, _schema: Mapping[str, Any], rule: str, value: object, path: Path) -> Iterator[Fault]:
        if rule != "date":
            raise ValueError(f"the format {rule} is not understood here")
        if isinstance(value, str) and not _is_day(value):
            yield Fault(path, "date")

    def _minLength(self, _schema: Mapping[str, Any], rule: int, value: object, path: Path) -> Iterator[Fault]:
        if isinstance(value, str) and len(value) < rule:
            yield Fault(path, "empty" if rule == 1 else "too_short", {"least": rule})

    def _maxLength(self, _schema: Mapping[str, Any], rule: int, value: object, path: Path) -> Iterator[Fault]:
        if isinstance(value, str) and len(value) > rule:
            yield Fault(path, "too_long", {"most": rule})

    def _minimum(self, _schema: Mapping[str, Any], rule: float, value: object, path: Path) -> Iterator[Fault]:
        if _is(value, "number") and value < rule:  # type: ignore[operator]
            yield Fault(path, "too_small", {"least": rule})

    def _maximum(self, _schema: Mapping[str, Any], rule: float, value: object, path: Path) -> Iterator[Fault]:
        if _is(value, "number") and value > rule:  # type: ignore[operator]
            yield Fault(path, "too_big", {"most": rule})

    def _required(self, _schema: Mapping[str, Any], rule: Sequence[str], value: object, path: Path) -> Iterator[Fault]:
        if isinstance(value, Mapping):
            yield from (Fault((*path, name), "missing", {"name": name}) for name in rule if name not in value)

    def _minProperties(self, _schema: Mapping[str, Any], rule: int, value: object, path: Path) -> Iterator[Fault]:
        if isinstance(value, Mapping) and len(value) < rule:
            yield Fault(path, "empty")

    def _propertyNames(
        self, _schema: Mapping[str, Any], rule: Mapping[str, Any], value: object, path: Path
    ) -> Iterator[Fault]:
        if isinstance(value, Mapping):
            for name in value:
                yield from self.check(rule, name, (*path, name))

    def _properties(
        self, _schema: Mapping[str, Any], rule: Mapping[str, Any], value: object, path: Path
    ) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            return
        for name, below in value.items():
            if name in rule:
                yield from self.check(rule[name], below, (*path, name))

    def _additionalProperties(
        self, schema: Mapping[str, Any], rule: Mapping[str, Any] | bool, value: object, path: Path
    ) -> Iterator[Fault]:
        known = schema.get("properties", {})
        if not isinstance(value, Mapping) or rule is True:
            return
        for name, below in value.items():
            if name not in known and rule is False:
                yield Fault((*path, name), "unknown", {"name": name})
            elif name not in known and isinstance(rule, Mapping):
                yield from self.check(rule, below, (*path, name))

    def _items(self, _schema: Mapping[str, Any], rule: Mapping[str, Any], value: object, path: Path) -> Iterator[Fault]:
        if isinstance(value, list):
            for index, below in enumerate(value):
                yield from self.check(rule, below, (*path, index))

    def _minItems(self, _schema: Mapping[str, Any], rule: int, value: object, path: Path) -> Iterator[Fault]:
        if isinstance(value, list) and len(value) < rule:
            yield Fault(path, "too_few", {"least": rule})

    def _uniqueItems(self, _schema: Mapping[str, Any], rule: bool, value: object, path: Path) -> Iterator[Fault]:
        if rule and isinstance(value, list) and any(item in value[:index] for index, item in enumerate(value)):
            yield Fault(path, "twice")

    def _contains(
        self, schema: Mapping[str, Any], rule: Mapping[str, Any], value: object, path: Path
    ) -> Iterator[Fault]:
        if isinstance(value, list) and not any(not list(self.check(rule, item, path)) for item in value):
            yield Fault(path, schema.get("x-fault", "not_contained"))

    def _if(self, schema: Mapping[str, Any], rule: Mapping[str, Any], value: object, path: Path) -> Iterator[Fault]:
        if not list(self.check(rule, value, path)):
            yield from self.check(schema["then"], value, path)

    def _allOf(
        self, _schema: Mapping[str, Any], rule: Sequence[Mapping[str, Any]], value: object, path: Path
    ) -> Iterator[Fault]:
        for part in rule:
            yield from self.check(part, value, path)


def _is(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])


def _named(types: str | list[str]) -> list[str]:
    return [types] if isinstance(types, str) else types


def _same(value: object, other: object) -> bool:
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _kind(value: object) -> str:
    return next((name for name in ("boolean", "integer", "number", *_TYPES) if _is(value, name)), "date")


def _is_day(written_day: str) -> bool:
    try:
        return date.fromisoformat(written_day).isoformat() == written_day
    except ValueError:
        return False
