"""From the JSON of a questionnaire to its flat list of items, with every plain element and extension resolved."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from workwell_desktop.domain.values import Coding, PartialDate, Quantity
from workwell_desktop.forms import extensions as ext
from workwell_desktop.forms.answers import SUFFIXES, parsed, readable, typed_value
from workwell_desktop.forms.markup import clean, from_markdown
from workwell_desktop.forms.model import Condition, Item, Limits, Link, Option
from workwell_desktop.forms.options import ValueSets, own_options
from workwell_desktop.forms.pattern import Pattern
from workwell_desktop.forms.pattern_syntax import PatternError
from workwell_desktop.forms.problems import Problems

MAX_ITEMS = 10_000
MAX_DEPTH = 25
MAX_OCCURS = 1_000
CONTROLS = frozenset(
    "radio-button check-box drop-down autocomplete slider spinner text-box lookup gtable table htable atable grid page "
    "tab-container header footer help flyover instructions upper lower unit prompt inline list collapsible "
    "context-display legal security".split()
)
_HELPERS = frozenset(("help", "flyover", "instructions", "unit", "upper", "lower", "prompt", "security", "legal"))
_SHAPES: Mapping[str, type] = {"answerOption": list, "extension": list, "initial": list, "code": list, "text": str}
_OPERATORS = frozenset(("exists", "=", "!=", ">", "<", ">=", "<="))


class Builder:
    """Walks the items once, in document order; helpers (a display that is a hint of the item around it) go into it."""

    def __init__(self, resource: Mapping[str, Any], problems: Problems) -> None:
        self.problems = problems
        self.items: list[Item] = []
        self.index: dict[str, Item] = {}
        self._sets = ValueSets(resource)
        self._resource = resource

    def build(self) -> None:
        self._level(self._resource, None, 0)
        for item in self.items:
            self._conditions(item)

    def _level(self, holder: Mapping[str, Any], parent: Item | None, depth: int) -> tuple[Item, ...]:
        listed = holder.get("item")
        made: list[Item] = []
        if listed is not None and not isinstance(listed, list):
            self.problems.error("badStructure", parent.link_id if parent else None, what="item")
            return ()
        if depth > MAX_DEPTH:
            self.problems.error("tooDeep", parent.link_id if parent else None)
            return ()
        for data in listed or ():
            item = self._item(data, parent, depth)
            if item is not None:
                made.append(item)
        return tuple(made)

    def _item(self, data: Any, parent: Item | None, depth: int) -> Item | None:
        if not isinstance(data, dict):
            self.problems.error("badStructure", parent.link_id if parent else None, what="item")
            return None
        link_id, kind = data.get("linkId"), data.get("type")
        if not isinstance(link_id, str) or not link_id or not readable(link_id):
            self.problems.error("linkIdMissing", parent.link_id if parent else None)
            return None
        if link_id in self.index:
            self.problems.error("linkIdTwice", link_id, id=link_id)
            return None
        if len(self.items) >= MAX_ITEMS:
            self.problems.error("tooManyItems", limit=MAX_ITEMS)
            return None
        if not isinstance(kind, str) or (kind not in SUFFIXES and kind not in ("group", "display")):
            self.problems.error("invalidType", link_id, type=str(kind))
            return None
        words = data.get("text") if isinstance(data.get("text"), str) else ""
        item = Item(len(self.items), link_id, str(kind), str(words), parent, depth, data=data)
        item.helper = kind == "display" and parent is not None and self._helps(item, parent)
        self.items.append(item)
        self.index[link_id] = item
        self._plain(item)
        self._look(item)
        self._answers(item)
        item.limits = self._limits(item)
        item.children = self._level(data, item, depth + 1)
        asks = any(not child.helper for child in item.children)
        item.multiple = item.repeats and (item.type == "group" or asks)
        item.several = item.repeats and item.is_question and not item.multiple
        if item.signature and item.multiple and item.is_question:
            # all its answers stand in one item of the response: a signature there would not say which one it is under
            self.problems.error("signatureOfSeveral", link_id)
        if item.type == "display" and item.children:
            self.problems.error("displayWithItems", link_id)
        return item

    def _helps(self, item: Item, parent: Item) -> bool:
        """A display whose control says that it is a hint belongs to the item around it."""
        control = next(iter(ext.codes(ext.first(item.data, ext.FHIR + "questionnaire-itemControl"))), "")
        if control not in _HELPERS or item.data.get("enableWhen") or any(ext.every(item.data, ext.ENABLE_WHEN)):
            return False
        if control == "unit" and parent.unit is None:
            parent.unit = Coding(None, None, item.text)
        elif control == "help":
            parent.help = f"{parent.help}\n{item.text}" if parent.help else item.text
        elif control in ("flyover", "instructions", "prompt"):
            parent.hint = f"{parent.hint} {item.text}" if parent.hint else item.text
        elif control in ("lower", "upper"):
            setattr(parent, control, item.text)
        else:
            return control == "unit"
        return True

    def _flag(self, item: Item, name: str) -> bool:
        found = item.data.get(name)
        if found is not None and not isinstance(found, bool):
            self.problems.error("badStructure", item.link_id, what=name)
        return found is True

    def _plain(self, item: Item) -> None:
        data = item.data
        item.prefix = data["prefix"] if isinstance(data.get("prefix"), str) else None
        item.required, item.repeats = self._flag(item, "required"), self._flag(item, "repeats")
        item.read_only = self._flag(item, "readOnly")
        item.definition = data["definition"] if isinstance(data.get("definition"), str) else None
        item.hidden = ext.first(data, ext.FHIR + "questionnaire-hidden") is True
        item.code = _codings(data.get("code"))
        if data.get("disabledDisplay") == "protected":
            item.disabled_display = "protected"
        if isinstance(data.get("modifierExtension"), list) and data["modifierExtension"]:
            self.problems.error("modifierExtension", item.link_id, url=str(_url(data["modifierExtension"][0])))
        for name, kind in _SHAPES.items():
            if data.get(name) is not None and not isinstance(data[name], kind):
                tell = self.problems.error if name in ("answerOption", "extension") else self.problems.warning
                tell("badStructure", item.link_id, what=name)
        for name in ("answerOption", "enableWhen", "initial"):
            for part in data[name] if isinstance(data.get(name), list) else ():
                if isinstance(part, dict) and part.get("modifierExtension"):
                    self.problems.error("modifierExtension", item.link_id, url=name)
        if item.type == "display" and (item.required or item.repeats):
            item.required = item.repeats = False
            self.problems.warning("displayRequired", item.link_id)
        if item.type == "reference":
            self.problems.warning("referenceItem", item.link_id)

    def _look(self, item: Item) -> None:
        data = item.data
        words = ext.translated(data, "text")
        xhtml, markdown = (
            ext.first(words, ext.FHIR + "rendering-xhtml"),
            ext.first(words, ext.FHIR + "rendering-markdown"),
        )
        item.html = (
            clean(xhtml) if isinstance(xhtml, str) else from_markdown(markdown) if isinstance(markdown, str) else None
        )
        found = ext.codes(ext.first(data, ext.FHIR + "questionnaire-itemControl"))
        item.control = next((code for code in found if code in CONTROLS), "")
        if found and not item.control:
            self.problems.warning("controlUnknown", item.link_id, control=found[0])
        short = ext.first(data, ext.SDC + "questionnaire-shortText")
        item.short_text = short if isinstance(short, str) else None
        item.orientation = _word(ext.first(data, ext.FHIR + "questionnaire-choiceOrientation"))
        item.category = next(iter(ext.codes(ext.first(data, ext.FHIR + "questionnaire-displayCategory"))), None)
        item.open_label = _word(ext.first(data, ext.SDC + "questionnaire-openLabel"))
        item.collapsible = _word(ext.first(data, ext.SDC + "questionnaire-collapsible"))
        item.links = tuple(
            Link(url, url) for url in ext.every(data, ext.FHIR + "questionnaire-supportLink") if _word(url)
        )
        item.signature = signatures(data)
        item.observation = ext.first(data, ext.SDC + "questionnaire-observationExtract") is True
        item.in_table = item.parent is not None and (
            item.parent.in_table or item.parent.control in ("gtable", "table", "htable", "atable", "grid")
        )

    def _answers(self, item: Item) -> None:
        data = item.data
        unit = ext.first(data, ext.FHIR + "questionnaire-unit")
        item.unit = next(iter(_codings([unit])), None)
        item.units_open = ext.first(data, ext.SDC + "questionnaire-unitOpen") in ("optionsOrType", "optionsOrString")
        more = ext.first(data, ext.SDC + "questionnaire-unitSupplementalSystem")
        item.units_of = more.partition("|")[0] if isinstance(more, str) else None
        item.units = tuple(_codings(ext.every(data, ext.FHIR + "questionnaire-unitOption")))
        listed = self._sets.options(ext.first(data, ext.FHIR + "questionnaire-unitValueSet"))
        if listed is not None:
            item.unit_codes = frozenset((o.value.system, o.value.code) for o in listed if isinstance(o.value, Coding))
        elif any(ext.every(data, ext.FHIR + "questionnaire-unitValueSet")) and not item.units:
            self.problems.warning("unitSetMissing", item.link_id)
        item.step = ext.first(data, ext.FHIR + "questionnaire-sliderStepValue")
        item.open_choice = item.type == "open-choice"
        item.options = own_options(data, item.link_id, self.problems)
        item.takes = _takes(item)
        reference = data.get("answerValueSet")
        if reference is not None and item.is_question:
            found = self._sets.options(reference)
            if item.options:
                self.problems.error("optionsTwice", item.link_id)
            elif found is None:
                self._without_codes(item, str(reference))
            else:
                item.options = found
        elif item.type == "choice" and not item.options and not any(ext.every(data, ext.ANSWERS, ext.CANDIDATES)):
            self.problems.warning("choiceWithoutOptions", item.link_id)
        initial = data.get("initial")
        if isinstance(initial, list):
            item.initial = tuple(self._initial(item, initial))

    def _without_codes(self, item: Item, reference: str) -> None:
        """Codes that are not in the form cannot be offered; a question that needs one cannot be asked."""
        if item.open_choice:
            self.problems.warning("valueSetOpen", item.link_id, reference=reference)
            return
        self.problems.error("valueSetMissing", item.link_id, reference=reference)

    def _initial(self, item: Item, listed: list[Any]) -> list[Any]:
        found: list[Any] = []
        for one in listed:
            typed = typed_value(one) if isinstance(one, dict) else None
            try:
                if typed is None or typed[0] not in item.takes:
                    raise ValueError("not of the type of the item")
                found.append(parsed(*typed))
            except ValueError:
                self.problems.warning("initialUnreadable", item.link_id)
        return found

    def _limits(self, item: Item) -> Limits:
        data = item.data
        pattern = _word(ext.first(data, ext.FHIR + "regex"))
        if pattern is not None:
            try:
                Pattern.of(pattern)
            except PatternError as wrong:
                self.problems.error("patternUnsupported", item.link_id, pattern=pattern, part=str(wrong))
                pattern = None
        longest = data.get("maxLength")
        most = self._whole(item, ext.FHIR + "questionnaire-maxOccurs")
        least = self._whole(item, ext.FHIR + "questionnaire-minOccurs") or 0
        if most is not None and least > most:
            self.problems.warning("occursCrossed", item.link_id)
        quantities = ext.SDC + "questionnaire-minQuantity", ext.SDC + "questionnaire-maxQuantity"
        media = tuple(str(one) for one in ext.every(data, ext.FHIR + "mimeType"))
        return Limits(
            self._bound(item, ext.FHIR + "minValue", quantities[0]),
            self._bound(item, ext.FHIR + "maxValue", quantities[1]),
            self._whole(item, ext.FHIR + "minLength"),
            longest if isinstance(longest, int) and longest > 0 else None,
            pattern,
            _word(ext.first(data, ext.FHIR + "entryFormat")),
            self._whole(item, ext.FHIR + "maxDecimalPlaces"),
            min(least, MAX_OCCURS),
            most,
            self._size(item),
            media,
        )

    def _size(self, item: Item) -> int | None:
        found = ext.first(item.data, ext.FHIR + "maxSize")
        if isinstance(found, int | Decimal) and not isinstance(found, bool):
            return int(found)
        if found is not None:
            self.problems.warning("limitUnreadable", item.link_id, url="maxSize")
        return None

    def _whole(self, item: Item, url: str) -> int | None:
        found = ext.first(item.data, url)
        if found is None or (isinstance(found, int) and not isinstance(found, bool) and found >= 0):
            return found
        self.problems.warning("limitUnreadable", item.link_id, url=url.rpartition("/")[2])
        return None

    def _bound(self, item: Item, *urls: str) -> Any:
        for one in ext.extensions(item.data):
            typed = ext.typed(one)
            if one["url"] not in urls or typed is None or typed[1] is None or typed[0] == "Expression":
                continue
            try:
                found = parsed(*typed)
            except ValueError:
                found = None
            if found is not None and _limits(item, found):
                return found
            self.problems.warning("limitUnreadable", item.link_id, url=one["url"].rpartition("/")[2])
        return None

    def _conditions(self, item: Item) -> None:
        listed = item.data.get("enableWhen")
        if listed is None:
            return
        if not isinstance(listed, list):
            self.problems.error("badStructure", item.link_id, what="enableWhen")
            return
        found: list[Condition] = []
        for one in listed:
            condition = self._condition(item, one)
            if condition is not None:
                found.append(condition)
        behaviour = item.data.get("enableBehavior")
        if len(found) > 1 and behaviour not in ("any", "all"):
            self.problems.warning("behaviorMissing", item.link_id)
        item.any_condition = behaviour == "any"
        item.conditions = tuple(found)

    def _condition(self, item: Item, one: Any) -> Condition | None:
        question = one.get("question") if isinstance(one, dict) else None
        target = self.index.get(question) if isinstance(question, str) else None
        typed = typed_value(one, "answer") if isinstance(one, dict) else None
        if target is None or typed is None or one.get("operator") not in tuple(_OPERATORS):
            self.problems.error("conditionBroken", item.link_id, question=str(question))
            return None
        try:
            answer = parsed(*typed)
        except ValueError:
            self.problems.error("conditionBroken", item.link_id, question=str(question))
            return None
        operator = one["operator"]
        if operator == "exists" and not isinstance(answer, bool):
            self.problems.error("conditionBroken", item.link_id, question=str(question))
            return None
        if not target.is_question:
            self.problems.warning("conditionOfGroup", item.link_id, question=str(question))
        elif operator != "exists" and not _comparable(target, typed[0]):
            self.problems.warning("conditionOfOtherType", item.link_id, question=str(question))
        elif operator not in ("exists", "=", "!=") and typed[0] in ("Boolean", "Coding", "String", "Uri", "Reference"):
            self.problems.warning("conditionNotOrdered", item.link_id, question=str(question), operator=operator)
        return Condition(target.link_id, operator, answer)


def signatures(element: Mapping[str, Any]) -> tuple[Coding, ...]:
    """The kinds of signature that a form or an item asks for; one that names no kind is asked for all the same."""
    return tuple(
        next(iter(_codings(concept.get("coding"))), Coding(None, None, _word(concept.get("text"))))
        for concept in ext.every(element, ext.FHIR + "questionnaire-signatureRequired")
        if isinstance(concept, dict)
    )


def _comparable(target: Item, suffix: str) -> bool:
    kinds = target.takes
    numbers = ("Integer", "Decimal", "Quantity")
    days = ("Date", "DateTime")
    return (
        suffix in kinds
        or any(suffix in group and set(kinds) & set(group) for group in (numbers[:2], days))
        or (suffix in ("String", "Uri") and target.type in ("string", "text", "url"))
    )


def _limits(item: Item, found: Any) -> bool:
    """Whether a value can be the least or the greatest of the answers to an item."""
    if isinstance(found, bool):
        return False
    kinds: tuple[tuple[type | tuple[type, ...], tuple[str, ...]], ...] = (
        ((int, Decimal), ("Integer", "Decimal", "Quantity")),
        (Quantity, ("Quantity",)),
        ((PartialDate, datetime), ("Date", "DateTime")),
        (time, ("Time",)),
    )
    return any(isinstance(found, kind) and set(item.takes) & set(taken) for kind, taken in kinds)


def _takes(item: Item) -> tuple[str, ...]:
    """The ``value[x]`` suffixes that an answer may have; options of a choice may be of other types than Coding."""
    kinds = dict.fromkeys(SUFFIXES.get(item.type, ()))
    if item.type in ("choice", "open-choice"):
        listed = item.data.get("answerOption")
        for one in listed if isinstance(listed, list) else ():
            typed = typed_value(one) if isinstance(one, dict) else None
            if typed is not None:
                kinds[typed[0]] = None
        if any(ext.every(item.data, ext.ANSWERS)):
            kinds.update(dict.fromkeys(("String", "Integer", "Date", "Time")))
    return tuple(kinds)


def labelled(item: Item, value: Any) -> Option | None:
    """The option of ``item`` that ``value`` is, or None."""
    if item.options and not item.by_value:
        item.by_value.update(by_value(item.options))
    return item.by_value.get(option_key(value))


def by_value(options: Iterable[Option]) -> dict[Any, Option]:
    """The options by ``option_key``; of two that are alike the first."""
    found: dict[Any, Option] = {}
    for option in options:
        found.setdefault(option_key(option.value), option)
    return found


def option_key(value: Any) -> Any:
    """Equal for values that ``alike_option`` calls the same."""
    if isinstance(value, Coding):
        return (Coding, value.system, value.code, None if value.code is not None else value.display)
    return (type(value), value)


def alike_option(one: Any, other: Any) -> bool:
    """Whether two permitted answers are the same one: codes by system and code, whatever words stand beside them."""
    if isinstance(one, Coding) and isinstance(other, Coding):
        return one == other or (one.code is not None and one.same_as(other))
    return type(one) is type(other) and bool(one == other)


def _codings(listed: Any) -> tuple[Coding, ...]:
    found: list[Coding] = []
    for one in listed if isinstance(listed, list) else ():
        try:
            found.append(parsed("Coding", one))
        except ValueError:
            continue
    return tuple(found)


def _word(found: Any) -> str | None:
    return found if isinstance(found, str) and found else None


def _url(extension: Any) -> Any:
    return extension.get("url") if isinstance(extension, dict) else None
