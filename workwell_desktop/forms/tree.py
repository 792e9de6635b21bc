"""The places of a running form, which expressions see as the QuestionnaireResponse that would be sent now."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workwell_desktop.domain.values import BlobRef, Coding, PartialDate, Quantity
from workwell_desktop.forms.answers import moment_text, written
from workwell_desktop.forms.build import labelled
from workwell_desktop.forms.fhirpath.nodes import JsonNode
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Primitive
from workwell_desktop.forms.model import Item, Option
from workwell_desktop.forms.options import WEIGHTS

if TYPE_CHECKING:
    from workwell_desktop.forms.model import Row
    from workwell_desktop.forms.rules import Rule

_PRIMITIVES = {"string": "string", "text": "string", "url": "uri", "choice": "string", "open-choice": "string"}


class CodingNode:
    """A chosen option, with its score where the form gives one."""

    __slots__ = ("coding", "data", "weight")
    type = "Coding"

    def __init__(self, coding: Coding, option: Option | None) -> None:
        self.coding = coding
        self.weight = option.weight if option else None
        raw = option.data.get("valueCoding") if option else None
        self.data = raw if isinstance(raw, dict) else {}

    def get(self, name: str) -> Coll:
        found = getattr(self.coding, name, None) if name in ("system", "code", "display") else None
        if found is not None:
            return [Primitive(found, {"system": "uri", "code": "code"}.get(name, "string"))]
        return JsonNode(self.data, "Coding").get(name) if name in self.data and name not in ("code", "system") else []

    def children(self) -> Coll:
        return [child for name in ("extension", "system", "code", "display") for child in self.get(name)]

    def json(self) -> Any:
        return written("choice", self.coding)["valueCoding"]

    def key(self) -> Any:
        return ("coding", self.coding)


def path_value(value: Any, item: Item) -> Any:
    """An answer as FHIRPath sees it."""
    if isinstance(value, Coding):
        return CodingNode(value, labelled(item, value))
    if isinstance(value, Quantity):
        return JsonNode(written("quantity", value)["valueQuantity"], "Quantity")
    if isinstance(value, BlobRef):
        return JsonNode(written("attachment", value)["valueAttachment"], "Attachment")
    if isinstance(value, bool):
        return Primitive(value, "boolean")
    if isinstance(value, int) and item.type != "decimal":
        return Primitive(value, "integer", _scored(value, item))
    if isinstance(value, int | Decimal):
        return Primitive(Decimal(value), "decimal")
    if isinstance(value, datetime):
        return Primitive(Temporal.parse("dateTime", moment_text(value)), "dateTime")
    if isinstance(value, PartialDate):
        kind = "dateTime" if item.type == "dateTime" else "date"
        return Primitive(Temporal.parse(kind, str(value)), kind)
    if isinstance(value, date):
        return Primitive(Temporal.parse("date", value.isoformat()), "date")
    if isinstance(value, time):
        return Primitive(Temporal.parse("time", value.isoformat()), "time")
    if item.type == "reference":
        return JsonNode({"reference": value}, "Reference")
    return Primitive(value, _PRIMITIVES.get(item.type, "string"), _scored(value, item))


def _scored(value: Any, item: Item) -> dict[str, Any] | None:
    """A chosen text or number carries the score of its option, as a coding does (SDC ``weight()``)."""
    option = labelled(item, value) if item.options else None
    if option is None or option.weight is None:
        return None
    return {"extension": [{"url": WEIGHTS[0], "valueDecimal": option.weight}]}


class AnswerNode:
    """One answer, and the items below it."""

    __slots__ = ("_holder", "_value", "raw")
    type = "BackboneElement"

    def __init__(self, holder: "Place", raw: Any) -> None:
        self._holder = holder
        self.raw = raw
        self._value: Coll | None = None

    def _values(self) -> Coll:
        if self._value is None:
            item = self._holder.item
            self._value = [path_value(self.raw, item)] if self.raw is not None and item is not None else []
        return self._value

    def get(self, name: str) -> Coll:
        if name == "value":
            return self._values()
        if name == "item":
            return self._holder.content()
        if name.startswith("value") and self.raw is not None and self._holder.item is not None:
            return self._values() if name in written(self._holder.item.type, self.raw) else []
        return []

    def children(self) -> Coll:
        return [*self._values(), *self._holder.content()]

    def json(self) -> Any:
        item = self._holder.item
        made = written(item.type, self.raw) if item is not None and self.raw is not None else {}
        below = [child.json() for child in self._holder.content()]
        return {**made, "item": below} if below else made

    def key(self) -> Any:
        return ("answer", _frozen(self.json()))


class Place:
    """One instance of an item in a running form; the root has no item and stands for the response as a whole.

    ``value`` is what was answered (kept also while disabled), ``result`` what was calculated; ``facts`` what rules gave
    here, and ``absent`` the rules that gave nothing because an answer is missing.
    """

    __slots__ = (
        "_answers",
        "_bare",
        "absent",
        "below",
        "enabled",
        "facts",
        "item",
        "order",
        "own",
        "parent",
        "path",
        "repeat",
        "result",
        "row",
        "value",
    )

    def __init__(self, item: Item | None, parent: "Place | None", path: str, repeat: str | None) -> None:
        self.item = item
        self.parent = parent
        self.path = path
        self.repeat = repeat
        self.value: Any = None
        self.result: Any = None
        self.enabled = True
        self.own = True
        self.below: list[Place] = []
        self.facts: dict[Rule, Any] = {}
        self.absent: set[Rule] = set()
        self.order = 0
        self.row: Row | None = None
        self._answers: Coll | None = None
        self._bare: AnswerNode | None = None

    @property
    def type(self) -> str:
        return "BackboneElement" if self.item is not None else "QuestionnaireResponse"

    @property
    def prefix(self) -> str:
        """What the paths of places below begin with."""
        around = self.parent.prefix if self.parent is not None else ""
        return f"{around}{self.repeat}/" if self.repeat is not None else around

    @property
    def current(self) -> Any:
        """The value that counts: what was calculated, unless it may be and was overwritten."""
        item = self.item
        if item is not None and item.calculated and not (item.editable and self.value is not None):
            return self.result
        return self.value

    def touched(self) -> None:
        """The value has changed."""
        self._answers = None

    def has_content(self) -> bool:
        """Whether the response would hold something here."""
        return self.current is not None or any(child.enabled and child.has_content() for child in self.below)

    def seen(self) -> bool:
        """Whether an expression sees it: a question that is answered, and whatever has one inside."""
        item = self.item
        if item is not None and item.is_question and self.current is not None:
            return True
        return any(child.enabled and child.seen() for child in self.below)

    def content(self) -> Coll:
        """The places below that an expression sees."""
        return [child for child in self.below if child.enabled and child.seen()]

    def answers(self) -> Coll:
        """The answers here, as nodes that stay the same while the value does. Where nothing is answered but what is
        asked below it, that stands in an answer without a value, as it does in the response."""
        if self._answers is None:
            value = self.current
            values = value if isinstance(value, tuple) else () if value is None else (value,)
            self._answers = [AnswerNode(self, one) for one in values]
        if not self._answers and any(child.enabled and child.seen() for child in self.below):
            self._bare = self._bare or AnswerNode(self, None)
            return [self._bare]
        return self._answers

    def get(self, name: str) -> Coll:
        item = self.item
        if item is None:
            return self.content() if name == "item" else []
        if name == "answer":
            return self.answers() if item.is_question and self.enabled else []
        if name == "linkId":
            return [Primitive(item.link_id, "string")]
        if name == "item":
            return [] if item.is_question else self.content()
        if name == "text" and item.text:
            return [Primitive(item.text, "string")]
        if name == "definition" and item.definition:
            return [Primitive(item.definition, "uri")]
        return []

    def children(self) -> Coll:
        return [found for name in ("linkId", "definition", "text", "answer", "item") for found in self.get(name)]

    def json(self) -> Any:
        if self.item is None:
            return {"resourceType": "QuestionnaireResponse", "item": [child.json() for child in self.content()]}
        made: dict[str, Any] = {"linkId": self.item.link_id}
        if self.item.is_question:
            made["answer"] = [one.json() for one in self.answers()]
        else:
            made["item"] = [child.json() for child in self.content()]
        return made

    def key(self) -> Any:
        """Equal for two places that FHIRPath calls equal."""
        return (self.item.link_id if self.item else "", _frozen(self.json()) if self._again() else "")

    def _again(self) -> bool:
        place: Place | None = self
        while place is not None:
            if place.repeat is not None:
                return True
            place = place.parent
        return False

    def down(self) -> Iterator["Place"]:
        """This place and all below it, in document order."""
        yield self
        for child in self.below:
            yield from child.down()


class ResponseNode:
    """The root as ``%resource``: the places of the form and the response's own elements."""

    __slots__ = ("head", "root")
    type = "QuestionnaireResponse"

    def __init__(self, root: Place, head: dict[str, Any]) -> None:
        self.root = root
        self.head = JsonNode(head, "QuestionnaireResponse")

    def get(self, name: str) -> Coll:
        return self.root.content() if name == "item" else self.head.get(name)

    def children(self) -> Coll:
        return [*self.head.children(), *self.root.content()]

    def json(self) -> Any:
        return {**self.head.data, **self.root.json()}

    def key(self) -> Any:
        return ("response", id(self))


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple((name, _frozen(below)) for name, below in sorted(value.items()))
    if isinstance(value, list):
        return tuple(_frozen(below) for below in value)
    return value
