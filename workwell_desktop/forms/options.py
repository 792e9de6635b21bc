"""The permitted answers of an item: its own options, or a value set that the form brings along."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from workwell_desktop import assets
from workwell_desktop.domain.values import Coding
from workwell_desktop.forms import extensions as ext
from workwell_desktop.forms.answers import parsed, typed_value
from workwell_desktop.forms.model import Option
from workwell_desktop.forms.problems import Problems

WEIGHTS = (
    ext.FHIR + "itemWeight",
    ext.FHIR + "ordinalValue",
    ext.FHIR + "questionnaire-ordinalValue",
    ext.FHIR + "valueset-ordinalValue",
    ext.FHIR + "codesystem-ordinalValue",
)
"""Where a score stands: the last three are the names of STU3."""
MAX_OPTIONS = 5_000
_Key: TypeAlias = tuple[str | None, str | None]


def own_options(item: Mapping[str, Any], link_id: str, problems: Problems) -> tuple[Option, ...]:
    """``answerOption`` of an item."""
    found: list[Option] = []
    listed = item.get("answerOption")
    for one in listed if isinstance(listed, list) else ():
        typed = typed_value(one) if isinstance(one, dict) else None
        if typed is None:
            problems.warning("optionWithoutValue", link_id)
            continue
        try:
            value = parsed(*typed)
        except ValueError:
            problems.error("optionUnreadable", link_id)
            continue
        if len(found) >= MAX_OPTIONS:
            problems.error("tooManyOptions", link_id, limit=MAX_OPTIONS)
            break
        raw = typed[1]
        found.append(
            Option(
                value,
                _label(value, raw),
                _weight(one, raw, ext.translated(one, "value" + typed[0])),
                ext.first(one, ext.FHIR + "questionnaire-optionExclusive") is True,
                one.get("initialSelected") is True,
                _prefix(one, raw),
                one,
            )
        )
    return tuple(found)


def _label(value: Any, raw: Any) -> str:
    if isinstance(value, Coding):
        return value.display or value.code or ""
    return str(raw if not isinstance(raw, dict) else value)


def _weight(*places: Any) -> Decimal | None:
    for place in places:
        found = ext.first(place, *WEIGHTS) if isinstance(place, dict) else None
        if isinstance(found, int | Decimal) and not isinstance(found, bool):
            return Decimal(found)
    return None


def _prefix(*places: Any) -> str | None:
    for place in places:
        found = ext.first(place, ext.FHIR + "questionnaire-optionPrefix") if isinstance(place, dict) else None
        if isinstance(found, str):
            return found
    return None


class ValueSets:
    """The value sets (and code systems) that are contained in a questionnaire."""

    def __init__(self, resource: Mapping[str, Any]) -> None:
        self._sets: dict[str, Mapping[str, Any]] = {}
        self._systems: dict[str, Mapping[str, Any]] = {}
        contained = resource.get("contained")
        for one in contained if isinstance(contained, list) else ():
            if not isinstance(one, dict):
                continue
            kind = one.get("resourceType")
            if kind == "ValueSet":
                for name in (f"#{one.get('id')}", one.get("url")):
                    if isinstance(name, str):
                        self._sets[name] = one
            elif kind == "CodeSystem" and isinstance(one.get("url"), str):
                self._systems[one["url"]] = one

    def options(self, reference: Any, seen: frozenset[str] = frozenset()) -> tuple[Option, ...] | None:
        """The options of a value set, or None where the form does not bring its codes along."""
        if not isinstance(reference, str) or reference in seen or len(seen) > 10:
            return None
        found = self._sets.get(reference) or self._sets.get(reference.partition("|")[0])
        if found is None:
            return _of_fhir(reference.partition("|")[0])
        expansion = found.get("expansion")
        if isinstance(expansion, dict) and isinstance(expansion.get("contains"), list):
            return tuple(_expanded(expansion["contains"], self._scores))
        compose = found.get("compose")
        return self._composed(compose, seen | {reference}) if isinstance(compose, dict) else None

    def _composed(self, compose: Mapping[str, Any], seen: frozenset[str]) -> tuple[Option, ...] | None:
        """What any ``include`` gives, each code once, without what any ``exclude`` gives (R4, ValueSet.compose)."""
        taken, left_out = self._parts(compose.get("include"), seen), self._parts(compose.get("exclude") or [], seen)
        if taken is None or left_out is None:
            return None
        return tuple(option for key, option in taken.items() if key not in left_out)

    def _parts(self, listed: Any, seen: frozenset[str]) -> dict[_Key, Option] | None:
        if not isinstance(listed, list):
            return None
        found: dict[_Key, Option] = {}
        for part in listed:
            below = self._part(part, seen) if isinstance(part, dict) and not part.get("filter") else None
            if below is None or len(found) + len(below) > MAX_OPTIONS:
                return None
            for option in below:
                found.setdefault(_key(option), option)
        return found

    def _part(self, part: Mapping[str, Any], seen: frozenset[str]) -> list[Option] | None:
        """The codes of one part: those of its system, and of them only what all its value sets hold."""
        system = part.get("system") if isinstance(part.get("system"), str) else None
        references = part.get("valueSet")
        found = self._of_system(part, system) if system is not None or not references else None
        if system is not None and found is None:
            return None
        for reference in references if isinstance(references, list) else ():
            below = self.options(reference, seen)
            if below is None:
                return None
            keys = {_key(option) for option in below}
            found = list(below) if found is None else [option for option in found if _key(option) in keys]
        return found

    def _of_system(self, part: Mapping[str, Any], system: str | None) -> list[Option] | None:
        concepts = part.get("concept")
        if not isinstance(concepts, list):
            known = self._systems.get(system or "")
            concepts = _flat(known.get("concept")) if known is not None and known.get("content") == "complete" else None
        if concepts is None:
            return None
        scores = self._scores(system)
        return [
            _concept(system, one, scores.get(one["code"]))
            for one in concepts
            if isinstance(one, dict) and isinstance(one.get("code"), str)
        ]

    def _scores(self, system: str | None) -> dict[str, Decimal]:
        """The scores that a code system gives its own codes, as an extension or as a property (SDC, ``weight()``)."""
        known = self._systems.get(system or "")
        if known is None:
            return {}
        declared = known.get("property")
        names = {
            one.get("code")
            for one in (declared if isinstance(declared, list) else ())
            if isinstance(one, dict) and str(one.get("uri")).rpartition("#")[2] in ("itemWeight", "ordinalValue")
        } | {"itemWeight", "ordinalValue"}
        found: dict[str, Decimal] = {}
        for one in _flat(known.get("concept")):
            if not isinstance(one, dict) or not isinstance(one.get("code"), str):
                continue
            weight = _weight(one)
            listed = one.get("property")
            for part in listed if isinstance(listed, list) else ():
                if weight is None and isinstance(part, dict) and part.get("code") in names:
                    number = part.get("valueDecimal", part.get("valueInteger"))
                    weight = Decimal(number) if isinstance(number, int | Decimal) else None
            if weight is not None:
                found[one["code"]] = weight
        return found


def _key(option: Option) -> _Key:
    return (option.value.system, option.value.code) if isinstance(option.value, Coding) else (None, None)


@cache
def _of_fhir(url: str) -> tuple[Option, ...] | None:
    """A value set that FHIR itself defines, of the few that are kept in ``resources/value-sets``."""
    sets = json.loads(assets.resource("value-sets", "fhir-r4.json").read_text(encoding="utf-8"))["sets"]
    if url not in sets:
        return None
    return tuple(
        Option(Coding(part["system"], code, display), display, data={"valueCoding": {}})
        for part in sets[url]
        for code, display in part["codes"].items()
    )


def _flat(concepts: Any) -> list[Any]:
    found: list[Any] = []
    waiting = list(concepts) if isinstance(concepts, list) else []
    while waiting and len(found) <= MAX_OPTIONS:
        one = waiting.pop(0)
        found.append(one)
        if isinstance(one, dict) and isinstance(one.get("concept"), list):
            waiting = one["concept"] + waiting
    return found


def _expanded(contains: list[Any], scores: Callable[[str | None], dict[str, Decimal]]) -> list[Option]:
    found: list[Option] = []
    known = cache(scores)
    waiting = list(contains)
    while waiting and len(found) <= MAX_OPTIONS:
        one = waiting.pop(0)
        if not isinstance(one, dict):
            continue
        if isinstance(one.get("code"), str) and one.get("abstract") is not True:
            system = one.get("system") if isinstance(one.get("system"), str) else None
            found.append(_concept(system, one, known(system).get(one["code"])))
        if isinstance(one.get("contains"), list):
            waiting = one["contains"] + waiting
    return found


def _concept(system: str | None, one: Mapping[str, Any], score: Decimal | None) -> Option:
    label = ext.first(one, ext.FHIR + "valueset-label")
    shown = one.get("display") if isinstance(one.get("display"), str) else None
    weight = _weight(one)
    prefix = label if isinstance(label, str) else None
    return Option(
        Coding(system, one["code"], shown),
        shown or one["code"],
        score if weight is None else weight,
        False,
        False,
        prefix,
        {"valueCoding": {}},
    )
