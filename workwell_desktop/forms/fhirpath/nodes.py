"""FHIR JSON as FHIRPath nodes. Types come from the element's name where JSON does not say them."""

import json
from decimal import Decimal
from typing import Any

from workwell_desktop.forms.fhirpath.schema import CHOICES, child_type
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Primitive, without_ids

_TEMPORAL = {"date": "date", "dateTime": "dateTime", "instant": "dateTime", "time": "time"}


class JsonNode:
    """An element of a JSON resource; children are made once, so that equal steps give the same nodes."""

    __slots__ = ("_children", "_key", "data", "type")

    def __init__(self, data: dict[str, Any], type_name: str) -> None:
        self.data = data
        self.type = type_name
        self._children: dict[str, Coll] = {}
        self._key: str | None = None

    def get(self, name: str) -> Coll:
        known = self._children.get(name)
        if known is None:
            known = self._children[name] = self._made(name)
        return known

    def _made(self, name: str) -> Coll:
        if name in self.data or f"_{name}" in self.data:
            kind = child_type(self.type, name)
            if kind == "?" and name.startswith("value"):
                kind = CHOICES.get(name.removeprefix("value"), kind)
            return made(self.data.get(name), kind, self.data.get(f"_{name}"))
        for key in self.data:
            bare = key.removeprefix("_")
            if bare.startswith(name) and bare[len(name) :] in CHOICES:
                kind = CHOICES[bare[len(name) :]]
                return made(self.data.get(bare), kind, self.data.get(f"_{bare}"))
        return []

    def children(self) -> Coll:
        found: Coll = []
        for key in dict.fromkeys(key.removeprefix("_") for key in self.data):
            if key not in ("resourceType", "fhir_comments"):
                found += self._made_exactly(key)
        return found

    def _made_exactly(self, key: str) -> Coll:
        for place in range(len(key) - 1, 0, -1):
            if key[place].isupper() and key[place:] in CHOICES and child_type(self.type, key) == "?":
                return self.get(key[:place])
        return self.get(key)

    def json(self) -> Any:
        return self.data

    def key(self) -> Any:
        """Equal for elements that FHIRPath calls equal."""
        if self._key is None:
            self._key = json.dumps(without_ids(self.data), sort_keys=True, default=str)
        return ("json", self._key)


def node(data: dict[str, Any]) -> JsonNode:
    """A resource as a node."""
    return JsonNode(data, str(data.get("resourceType", "Element")))


def made(value: Any, kind: str, extra: Any = None) -> Coll:
    """A JSON value (or list) of a FHIR type as collection items; ``?`` is a type that the value itself tells."""
    if isinstance(value, list):
        extras = extra if isinstance(extra, list) else [None] * len(value)
        extras = extras + [None] * (len(value) - len(extras))
        return [item for each, more in zip(value, extras, strict=False) for item in made(each, kind, more)]
    if isinstance(value, dict):
        resource = value.get("resourceType")
        name = str(resource) if resource else ("BackboneElement" if kind == "?" else kind)
        return [JsonNode(value, name)]
    if value is None:
        if isinstance(extra, list):
            return [item for more in extra for item in made(None, kind, more)]
        return [Primitive(None, "string" if kind == "?" else kind, extra)] if isinstance(extra, dict) else []
    return [primitive(value, kind, extra)]


def primitive(value: Any, kind: str, extra: Any = None) -> Primitive:
    """A JSON scalar as a typed primitive."""
    if isinstance(value, bool):
        return Primitive(value, "boolean", extra)
    if isinstance(value, int | Decimal | float):
        if kind == "decimal":
            return Primitive(Decimal(str(value)), kind, extra)
        whole = isinstance(value, int)
        return Primitive(
            value if not isinstance(value, float) else Decimal(str(value)),
            kind if kind != "?" else ("integer" if whole else "decimal"),
            extra,
        )
    if kind in _TEMPORAL:
        try:
            return Primitive(Temporal.parse(_TEMPORAL[kind], str(value)), kind, extra)
        except ValueError:
            return Primitive(value, kind, extra)
    return Primitive(value, "string" if kind == "?" else kind, extra)
