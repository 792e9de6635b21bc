"""Putting a modular questionnaire together, as SDC's ``$assemble`` does: parts come from the questionnaire itself
(``contained``), from the Bundle that it came in, or from the files beside it. What comes out needs nothing else."""

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from workwell_desktop.forms import extensions as ext
from workwell_desktop.forms.fhirpath import EvaluationError, PathError, compile_tree, evaluate, parse
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Environment
from workwell_desktop.forms.problems import Problems
from workwell_desktop.forms.source import NotJson, converted, load

Resource = dict[str, Any]
Beside = Callable[[], Iterable[bytes]]
"""The files that lie beside a questionnaire, read only where it names a part that it does not hold."""

PREFIX = "linkIdPrefix"
MAX_PARTS = 500
MAX_DEEP = 20
_KINDS = ("Questionnaire", "ValueSet", "CodeSystem")


class Parts:
    """Where a questionnaire's parts are looked for: what it contains, then ``near``, then the files beside it."""

    def __init__(self, whole: Mapping[str, Any], near: Iterable[Any] = (), beside: Beside | None = None) -> None:
        self._known: dict[str, list[Resource]] = {}
        self._beside = beside
        for one in _listed(whole.get("contained")):
            self._put(one, f"#{one.get('id')}")
        for one in near:
            self._put(one)

    def _put(self, one: Any, *names: str) -> None:
        if isinstance(one, dict) and one.get("resourceType") in _KINDS:
            for name in (one.get("url"), *names):
                if isinstance(name, str):
                    self._known.setdefault(name, []).append(one)

    def find(self, kind: str, canonical: Any) -> Resource | None:
        """The part of a ``url|version``; one that does not tell its version is taken for any."""
        if not isinstance(canonical, str):
            return None
        url, _, version = canonical.partition("|")
        for again in (False, True):
            if again:
                self._read_beside()
            for one in self._known.get(url, ()):
                if one["resourceType"] == kind and (not version or one.get("version") in (None, version)):
                    return one
        return None

    def _read_beside(self) -> None:
        beside, self._beside = self._beside, None
        for content in beside() if beside is not None else ():
            try:
                found = load(content)
            except NotJson:
                continue
            if isinstance(found, dict) and found.get("resourceType") == "Questionnaire":
                self._put(found)


def is_modular(resource: Mapping[str, Any]) -> bool:
    """Whether any item stands for another questionnaire."""
    waiting = _listed(resource.get("item"))
    while waiting:
        item = waiting.pop()
        if any(ext.every(item, ext.SUB)):
            return True
        waiting += _listed(item.get("item"))
    return False


def assemble(resource: Resource, parts: Parts, problems: Problems) -> Resource:
    """The questionnaire with every part in its place. A part that is not there, stands within itself or is referred to
    from something that cannot be replaced is a problem that refuses it."""
    if not is_modular(resource):
        return resource
    maker = _Maker(resource, parts, problems)
    return maker.made()


class _Maker:
    def __init__(self, resource: Resource, parts: Parts, problems: Problems) -> None:
        told = [one for one in ext.extensions(resource) if one["url"] != ext.EXPECTATION]
        self._root: Resource = {**resource, "extension": told}
        contained = [one for one in _listed(resource.get("contained")) if one.get("resourceType") != "Questionnaire"]
        self._contained: dict[str, Resource] = {str(one.get("id")): one for one in contained}
        self._parts = parts
        self._problems = problems
        self._count = 0

    def made(self) -> Resource:
        way = (str(self._root.get("url")),)
        root = self._level(self._root, self._root["extension"], "", way, {})
        rest = {key: value for key, value in root.items() if key != "contained"}
        return {**rest, "contained": list(self._contained.values())} if self._contained else rest

    def _level(
        self, holder: Resource, extensions: list[Any], prefix: str, way: tuple[str, ...], names: Mapping[str, str]
    ) -> Resource:
        """A holder of items with the parts put in. ``extensions`` is where variables and constraints of a part go."""
        if not isinstance(holder.get("item"), list):
            return holder
        inner = _prefix_in(holder, prefix)
        items: list[Any] = []
        for item in holder["item"]:
            if not isinstance(item, dict):
                items.append(item)
            elif any(ext.every(item, ext.SUB)):
                items += self._part(item, extensions, inner, way)
            else:
                made = _renamed({**item, "extension": list(ext.extensions(item))}, names)
                items.append(_tidy(self._level(made, made["extension"], inner, way, names)))
        return {**holder, "item": items}

    def _part(self, item: Resource, extensions: list[Any], prefix: str, way: tuple[str, ...]) -> list[Any]:
        link_id = item["linkId"] if isinstance(item.get("linkId"), str) else None
        canonical = ext.first(item, ext.SUB)
        if item.get("type") != "display" or item.get("enableWhen") or any(ext.every(item, ext.ENABLE_WHEN)):
            self._problems.error("subQuestionnaireItem", link_id)
            return []
        found = self._parts.find("Questionnaire", canonical)
        if found is None:
            self._problems.error("subQuestionnaire", link_id, canonical=str(canonical))
            return []
        self._count += 1
        url = str(found.get("url") or canonical)
        if url in way or len(way) > MAX_DEEP or self._count > MAX_PARTS:
            self._problems.error("assembleCycle", link_id, canonical=url)
            return []
        part = converted(found, self._problems)
        names = self._take_in(part)
        for key in ("modifierExtension", "implicitRules"):
            if part.get(key):
                self._root.setdefault(key, part[key])
        takes_prefix = PREFIX in ext.every(part, ext.ASSEMBLE_CONTEXT)
        self._root["extension"].append({"url": ext.ASSEMBLED_FROM, "valueCanonical": str(canonical)})
        for one in ext.extensions(part):
            if one["url"] == ext.VARIABLE or one["url"] in ext.CONSTRAINTS:
                extensions.append(one)
            elif one["url"] in (ext.LAUNCH, *ext.REFUSED, *ext.UNUSED) and one not in self._root["extension"]:
                self._root["extension"].append(one)
            elif one["url"] in (ext.TEMPLATE, ext.TEMPLATE_BUNDLE, ext.ALLOCATE):
                # its paths begin at a response that is no more: the mark stays, and is refused as not understood
                lost = {"url": "subQuestionnaire", "valueCanonical": str(canonical)}
                self._root["extension"].append({"url": ext.TEMPLATE, "extension": [lost]})
        own = dict(part)
        if takes_prefix and prefix:
            own["item"] = [_prefixed(one, prefix) for one in _listed(part.get("item"))]
        whole = self._level(own, extensions, prefix if takes_prefix else "", (*way, url), names)
        return list(_listed(whole.get("item")))

    def _take_in(self, part: Resource) -> dict[str, str]:
        """Takes in what a part contains; gives the new names where one is taken by something else."""
        names: dict[str, str] = {}
        for one in _listed(part.get("contained")):
            own = str(one.get("id"))
            if one.get("resourceType") == "Questionnaire":
                continue
            name, number = own, 1
            while name in self._contained and {**self._contained[name], "id": own} != one:
                number += 1
                name = f"{own}-{number}"
            self._contained[name] = {**one, "id": name}
            if name != own:
                names[f"#{own}"] = f"#{name}"
        for name in names.values():
            self._contained[name[1:]] = _renamed(self._contained[name[1:]], names)
        return names


def _prefix_in(holder: Resource, outer: str) -> str:
    """What ``linkIdPrefix`` is below a holder: a text worked out from the one around it."""
    for one in ext.every(holder, ext.VARIABLE):
        if isinstance(one, dict) and one.get("name") == PREFIX and isinstance(one.get("expression"), str):
            try:
                closure = compile_tree(parse(one["expression"]))
                found = evaluate(closure, _environment(outer), [])
            except (PathError, EvaluationError):
                return outer
            return found[0] if len(found) == 1 and isinstance(found[0], str) else outer
    return outer


def _environment(outer: str) -> Environment:
    never = Temporal("dateTime", (1,))

    def variable(name: str) -> Coll:
        return [outer] if name == PREFIX and outer else []

    return Environment(variable, never, never)


def _prefixed(item: Resource, prefix: str) -> Resource:
    made = dict(item)
    if isinstance(item.get("linkId"), str):
        made["linkId"] = prefix + item["linkId"]
    if isinstance(item.get("enableWhen"), list):
        made["enableWhen"] = [
            {**one, "question": f"{prefix}{one.get('question')}"} if isinstance(one, dict) else one
            for one in item["enableWhen"]
        ]
    if isinstance(item.get("item"), list):
        made["item"] = [_prefixed(one, prefix) if isinstance(one, dict) else one for one in item["item"]]
    return made


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The same with references to what was contained under another name."""
    if not names:
        return value
    if isinstance(value, dict):
        return {key: below if key == "item" else _renamed(below, names) for key, below in value.items()}
    if isinstance(value, list):
        return [_renamed(below, names) for below in value]
    return names.get(value, value) if isinstance(value, str) else value


def _tidy(item: Resource) -> Resource:
    return item if item.get("extension") else {key: value for key, value in item.items() if key != "extension"}


def with_sets(resource: Resource, parts: Parts) -> Resource:
    """A questionnaire that holds the value sets and code systems which it names and its Bundle brought along."""
    held = {one.get("url") for one in _listed(resource.get("contained"))}
    taken: list[Resource] = []
    waiting = list(_named(resource.get("item"), ("answerValueSet", "valueCanonical", "valueUri")))
    waiting += list(_named(resource.get("contained"), ("valueSet", "system")))
    while waiting and len(taken) < MAX_PARTS:
        name = waiting.pop()
        found = parts.find("ValueSet", name) or parts.find("CodeSystem", name)
        if found is None or name.startswith("#") or found.get("url") in held:
            continue
        held.add(found.get("url"))
        taken.append({**found, "id": f"taken-{len(taken) + 1}"})
        waiting += list(_named(found.get("compose"), ("valueSet", "system")))
    return {**resource, "contained": [*_listed(resource.get("contained")), *taken]} if taken else resource


def _named(value: Any, keys: tuple[str, ...]) -> Iterable[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            for one in below if isinstance(below, list) else [below]:
                if key in keys and isinstance(one, str):
                    yield one
            yield from _named(below, keys)
    elif isinstance(value, list):
        for below in value:
            yield from _named(below, keys)


def assembled(source: bytes, *, beside: Beside | None = None, near: Iterable[Any] = ()) -> bytes:
    """The bytes of a questionnaire that needs nothing else: ``source`` itself where it holds no part to be found
    elsewhere, or where it cannot be put together, for which ``check_form`` then gives the reason."""
    near = list(near)
    try:
        found = load(source)
    except NotJson:
        return source
    if isinstance(found, dict) and found.get("resourceType") == "Bundle":
        listed = [one.get("resource") for one in _listed(found.get("entry"))]
        forms = [one for one in listed if isinstance(one, dict) and one.get("resourceType") == "Questionnaire"]
        roots = [one for one in forms if ext.first(one, ext.EXPECTATION) not in ("assemble-child",)]
        if len(roots) != 1:
            return source
        found, near = roots[0], [*near, *listed]
        source = dumped(found)
    if not isinstance(found, dict) or found.get("resourceType") != "Questionnaire":
        return source
    made = converted(found, Problems()) if is_modular(found) else found
    problems = Problems()
    made = assemble(made, Parts(made, near, beside), problems)
    if near:
        made = with_sets(made, Parts(made, near))
    return source if problems.refused or made is found else dumped(made)


def dumped(value: Any) -> bytes:
    """JSON with decimals as they were written."""
    return "".join(_written(value)).encode()


def _written(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        yield "{"
        for number, (key, below) in enumerate(value.items()):
            yield f"{',' if number else ''}{json.dumps(key)}:"
            yield from _written(below)
        yield "}"
    elif isinstance(value, list | tuple):
        yield "["
        for number, below in enumerate(value):
            if number:
                yield ","
            yield from _written(below)
        yield "]"
    elif isinstance(value, Decimal):
        yield str(value) if any(sign in str(value) for sign in ".E") else f"{value}.0"
    else:
        yield json.dumps(value)


def _listed(found: Any) -> list[Any]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
