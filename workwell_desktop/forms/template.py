"""Turning a finished response into other records by the templates that its form contains (SDC, template-based
extraction): ``templateExtract``, ``templateExtractBundle``, ``templateExtractContext``, ``templateExtractValue`` and
``extractAllocateId``. What comes out is one transaction Bundle, or none: a template that cannot be followed whole is a
warning when the form is read, and then nothing is extracted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workwell_desktop.errors import FormRefused
from workwell_desktop.forms import extensions as ext
from workwell_desktop.forms.expressions import BUILT_IN, Expressions, externals
from workwell_desktop.forms.fhirpath import EvaluationError, PathError, compile_tree, evaluate, parse
from workwell_desktop.forms.fhirpath.compiler import CONSTANTS
from workwell_desktop.forms.fhirpath.registry import Closure
from workwell_desktop.forms.fhirpath.schema import child_type
from workwell_desktop.forms.fhirpath.syntax import Expr, rooted
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Quantity, system
from workwell_desktop.forms.model import Form, Item
from workwell_desktop.forms.problems import Problems
from workwell_desktop.forms.tree import Place, ResponseNode

if TYPE_CHECKING:
    from workwell_desktop.forms.run import Run

CONTEXT = ext.SDC + "questionnaire-templateExtractContext"
VALUE = ext.SDC + "questionnaire-templateExtractValue"
_STEERING = (CONTEXT, VALUE)
_CONDITIONAL = ("ifNoneMatch", "ifModifiedSince", "ifMatch", "ifNoneExist")
MAX_ELEMENTS = 20_000
"""The most elements that the templates of a form may make together."""

_KNOWN = frozenset(("template", "fullUrl", "resourceId", *_CONDITIONAL))

Resource = dict[str, Any]


class _Refused(Exception):
    """A template that cannot be followed; ``reason`` and ``what`` fill ``forms.problem.template.<reason>``."""

    def __init__(self, reason: str, what: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.what = what


@dataclass(frozen=True, slots=True)
class _Marked:
    """One ``templateExtract``: where it stands (None is the form as a whole), its template and its other parts."""

    item: Item | None
    template: Resource
    parts: Mapping[str, str]


def check(resource: Mapping[str, Any], items: tuple[Item, ...], expressions: Expressions, problems: Problems) -> None:
    """Warns of every template that cannot be followed."""
    places = (resource, *(one.data for one in items))
    anywhere = {*expressions.context, *BUILT_IN, *(name for data in places for name in _allocated(data))}
    for item, data in zip((None, *items), places, strict=True):
        try:
            known = anywhere | set(expressions.scopes[item.index if item else None])
            for marked in _marks(resource, data, item):
                for source in marked.parts.values():
                    _compiled(source, known)
                _check_element(marked.template, known)
            if item is None:
                for bundle in _bundles(resource):
                    _check_element(bundle, known)
        except _Refused as wrong:
            problems.warning(f"template.{wrong.reason}", item.link_id if item else None, what=wrong.what)


def has_templates(form: Form) -> bool:
    """Whether the form says what other records its answers make."""
    places = (form.data, *(one.data for one in form.items))
    return any(one["url"] in (ext.TEMPLATE, ext.TEMPLATE_BUNDLE) for data in places for one in ext.extensions(data))


def extracted(run: "Run", response: Mapping[str, Any], new: Callable[[], str]) -> Resource:
    """The transaction Bundle that the form's templates make of ``run``. ``response`` is the QuestionnaireResponse as it
    is sent, whose own elements (``id``, ``subject``, ``author``, ``authored``) templates may use; ``new`` gives a fresh
    UUID. Raises FormRefused where a template cannot be followed, now or in any part of the form."""
    told = [one for one in run.form.problems if one.code.startswith("template.")]
    if told:
        raise FormRefused(tuple(told))
    maker = _Maker(run, response, new)
    where: Item | None = None
    try:
        entries: list[Resource] = []
        for item in (None, *run.form.items):
            where = item
            data = run.form.data if item is None else item.data
            for marked in _marks(run.form.data, data, item):
                for place in [run.root] if item is None else run.present(item.index):
                    entries += maker.entries(marked, place)
        where = None
        for bundle in _bundles(run.form.data):
            entries += maker.bundle(bundle)
    except _Refused as wrong:
        problems = Problems()
        problems.warning(f"template.{wrong.reason}", where.link_id if where else None, what=wrong.what)
        raise FormRefused(tuple(problems.found)) from None
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


class _Maker:
    def __init__(self, run: "Run", response: Mapping[str, Any], new: Callable[[], str]) -> None:
        self._run = run
        self._new = new
        head = {key: value for key, value in response.items() if key not in ("item", "contained", "extension")}
        self._resource = ResponseNode(run.root, head)
        self._ids: dict[tuple[int, str], str] = {}
        self._left = MAX_ELEMENTS

    def entries(self, marked: _Marked, place: Place) -> Iterator[Resource]:
        names = self._names(place)
        focus: Coll = [place if place.item is not None else self._resource]
        parts = {name: self._one(source, place, focus, names) for name, source in marked.parts.items()}
        for made in self._element(marked.template, str(marked.template.get("resourceType")), place, focus, names):
            kind = made["resourceType"]
            own = parts.get("resourceId")
            resource = {key: value for key, value in made.items() if key != "id"}
            request = {"method": "PUT" if own else "POST", "url": f"{kind}/{own}" if own else kind}
            if own:
                resource = {"resourceType": kind, "id": own, **resource}
            request |= {name: found for name in _CONDITIONAL if (found := parts.get(name)) is not None}
            full = parts.get("fullUrl") or f"urn:uuid:{self._new()}"
            yield {"fullUrl": full, "resource": resource, "request": request}

    def bundle(self, template: Resource) -> list[Resource]:
        root = self._run.root
        made = list(self._element(template, "Bundle", root, [self._resource], self._names(root)))
        return [entry for one in made for entry in one.get("entry", [])]

    def _names(self, place: Place) -> dict[str, Coll]:
        """Names that are given out once for each instance of what they stand on."""
        found: dict[str, Coll] = {}
        around: Place | None = place
        while around is not None:
            data = self._run.form.data if around.item is None else around.item.data
            for name in _allocated(data):
                key = (id(around), name)
                if key not in self._ids:
                    self._ids[key] = f"urn:uuid:{self._new()}"
                found.setdefault(name, [self._ids[key]])
            around = around.parent
        return found

    def _one(self, source: str, place: Place, focus: Coll, names: Mapping[str, Coll]) -> str | None:
        found = self._found(source, place, focus, names)
        if len(found) > 1:
            raise _Refused("several", source)
        return str(_plain(found[0], source)) if found else None

    def _found(self, source: str, place: Place, focus: Coll, names: Mapping[str, Coll]) -> Coll:
        scope = self._run.form.plan.scopes[place.item.index if place.item is not None else None]
        env = self._run.environment(place, scope)
        outer = env.variable

        def variable(name: str) -> Coll:
            if name in names:
                return names[name]
            return [self._resource] if name in ("resource", "rootResource") else list(outer(name))

        env.variable = variable
        try:
            return evaluate(_compiled(source, None), env, focus)
        except EvaluationError:
            raise _Refused("failed", source) from None

    def _element(
        self, template: Resource, kind: str, place: Place, focus: Coll, names: Mapping[str, Coll]
    ) -> Iterator[Resource]:
        """What becomes of one element with children: none, one or several."""
        context, value = _steering(template, CONTEXT), _steering(template, VALUE)
        contexts = [focus] if context is None else [[one] for one in self._found(context[0], place, focus, names)]
        for inner in contexts:
            self._left -= 1
            if self._left < 0:
                raise _Refused("tooMany", str(MAX_ELEMENTS))
            known = {**names, context[1]: inner} if context is not None and context[1] else names
            if value is not None:
                for one in self._found(value[0], place, inner, known):
                    yield _complex(one, kind, value[0])
                continue
            made = self._children(template, kind, place, inner, known)
            if made:
                yield made

    def _children(
        self, template: Resource, kind: str, place: Place, focus: Coll, names: Mapping[str, Coll]
    ) -> Resource:
        made: Resource = {}
        for key in dict.fromkeys(name.removeprefix("_") for name in template):
            below, beside = template.get(key), template.get(f"_{key}")
            if beside is not None and not any(_steered(one) for one in _listed(beside)):
                made |= {name: part for name, part in ((key, below), (f"_{key}", beside)) if part is not None}
                continue
            several = isinstance(below, list) or isinstance(beside, list)
            values, extras = _listed(below), _listed(beside)
            count = max(len(values), len(extras))
            results: list[Any] = []
            for one, extra in zip(values + [None] * (count - len(values)), extras + [None] * count, strict=False):
                results += self._child(one, extra, key, kind, place, focus, names)
            if len(results) > 1 and not several:
                raise _Refused("several", key)
            if results:
                made[key] = results if several else results[0]
        return made

    def _child(
        self, one: Any, extra: Any, key: str, kind: str, place: Place, focus: Coll, names: Mapping[str, Coll]
    ) -> list[Any]:
        if isinstance(one, dict):
            if key == "extension" and one.get("url") in _STEERING:
                return []
            type_name = one["resourceType"] if isinstance(one.get("resourceType"), str) else _type_of(kind, key)
            return list(self._element(one, type_name, place, focus, names))
        context, value = _steering(extra, CONTEXT), _steering(extra, VALUE)
        contexts = [focus] if context is None else [[each] for each in self._found(context[0], place, focus, names)]
        if value is None:
            return [] if one is None else [one for _each in contexts]
        return [_plain(found, value[0]) for inner in contexts for found in self._found(value[0], place, inner, names)]


def _marks(resource: Mapping[str, Any], data: Mapping[str, Any], item: Item | None) -> Iterator[_Marked]:
    for one in ext.extensions(data):
        if one["url"] != ext.TEMPLATE:
            continue
        if item is not None and item.is_question and item.multiple:
            raise _Refused("repeats", item.link_id)
        parts = {part["url"]: ext.value(part) for part in ext.extensions(one)}
        for name, value in parts.items():
            if name not in _KNOWN or (name != "template" and not isinstance(value, str)):
                raise _Refused("part", name)
        template = _contained(resource, parts.pop("template", None))
        yield _Marked(item, template, parts)


def _bundles(resource: Mapping[str, Any]) -> Iterator[Resource]:
    for reference in ext.every(resource, ext.TEMPLATE_BUNDLE):
        found = _contained(resource, reference)
        entries = found.get("entry")
        whole = isinstance(entries, list) and all(
            isinstance(one, dict)
            and isinstance(one.get("request"), dict)
            and isinstance(one.get("resource"), dict)
            and isinstance(one["resource"].get("resourceType"), str)
            for one in entries
        )
        if found.get("resourceType") != "Bundle" or found.get("type") != "transaction" or not whole:
            raise _Refused("notABundle", str(found.get("id")))
        yield found


def _contained(resource: Mapping[str, Any], reference: Any) -> Resource:
    named = reference.get("reference") if isinstance(reference, dict) else None
    listed = resource.get("contained")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and isinstance(one.get("resourceType"), str) and named == f"#{one.get('id')}":
            return one
    raise _Refused("missing", str(named))


def _allocated(data: Mapping[str, Any]) -> list[str]:
    return [name for name in ext.every(data, ext.ALLOCATE) if isinstance(name, str)]


def _check_element(element: Any, known: set[str]) -> None:
    """Compiles every expression in a template."""
    waiting: list[tuple[Any, set[str]]] = [(element, known)]
    while waiting:
        one, names = waiting.pop()
        if isinstance(one, dict):
            context, value = _steering(one, CONTEXT), _steering(one, VALUE)
            if context is not None:
                _compiled(context[0], names)
                names = names | {context[1]} if context[1] else names
            if value is not None:
                _compiled(value[0], names)
            waiting += [(below, names) for below in one.values()]
        elif isinstance(one, list):
            waiting += [(below, names) for below in one]


def _steering(element: Any, url: str) -> tuple[str, str] | None:
    """The expression of an extension of a template, and the name that it gives to what it finds."""
    for one in ext.extensions(element):
        if one["url"] != url:
            continue
        found = ext.value(one)
        if isinstance(found, str):
            return found, ""
        known = isinstance(found, dict) and found.get("language") == "text/fhirpath"
        if known and isinstance(found.get("expression"), str):
            return found["expression"], str(found.get("name") or "")
        raise _Refused("language", str(found.get("language") if isinstance(found, dict) else found))
    return None


def _compiled(source: str, known: set[str] | None) -> Closure:
    """The closure of an expression; ``known`` are the names that it may use, None where that has been looked at."""
    try:
        tree: Expr = rooted(parse(source), "QuestionnaireResponse")
        closure = compile_tree(tree)
    except PathError:
        raise _Refused("expression", source) from None
    for one in externals(tree) if known is not None else ():
        if one.name not in (known or ()) and one.name not in CONSTANTS and not one.name.startswith(("vs-", "ext-")):
            raise _Refused("expression", source)
    return closure


def _steered(element: Any) -> bool:
    return any(one["url"] in _STEERING for one in ext.extensions(element))


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [] if found is None else [found]


def _type_of(kind: str, key: str) -> str:
    return key.removeprefix("value") if key.startswith("value") and key != "value" else child_type(kind, key)


def _plain(found: Any, source: str) -> Any:
    """A result as the value of a primitive element."""
    value = system(found)
    if isinstance(value, Temporal):
        return str(value)
    if isinstance(value, bool | int | Decimal | str):
        return value
    raise _Refused("type", source)


def _complex(found: Any, kind: str, source: str) -> Resource:
    """A result as an element with children; a coding and an address stand for the elements that are made of them."""
    value = system(found)
    if isinstance(value, str) and kind == "Reference":
        return {"reference": value}
    if isinstance(value, Quantity) and not hasattr(found, "json"):
        coded = {} if value.calendar else {"system": "http://unitsofmeasure.org", "code": value.unit}
        return {"value": value.value, "unit": value.unit, **coded}
    if not hasattr(found, "json") or not isinstance(found.json(), dict):
        raise _Refused("type", source)
    made: Resource = found.json()
    actual = getattr(found, "type", "")
    if kind == "CodeableConcept" and actual == "Coding":
        return {"coding": [made]}
    if actual in ("BackboneElement", "QuestionnaireResponse") or (kind not in ("?", actual) and kind[:1].isupper()):
        raise _Refused("type", source)
    return made
