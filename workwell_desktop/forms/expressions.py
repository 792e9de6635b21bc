"""Finding the expressions of a questionnaire and making each into a rule: parsed, checked, analysed, compiled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workwell_desktop.forms import extensions as ext
from workwell_desktop.forms.analysis import Analysis, Seen
from workwell_desktop.forms.answers import parsed
from workwell_desktop.forms.fhirpath import PathError, compile_tree, parse
from workwell_desktop.forms.fhirpath.compiler import CONSTANTS
from workwell_desktop.forms.fhirpath.functions import each
from workwell_desktop.forms.fhirpath.registry import Closure
from workwell_desktop.forms.fhirpath.syntax import (
    Binary,
    Call,
    Expr,
    External,
    Index,
    Member,
    TypeTest,
    Unary,
    replaced,
    rooted,
)
from workwell_desktop.forms.fhirpath.types import truth
from workwell_desktop.forms.model import Item
from workwell_desktop.forms.naming import Names, conjuncts, names_only
from workwell_desktop.forms.problems import Problems
from workwell_desktop.forms.rules import Constraint, Kind, Rule

BUILT_IN = frozenset(("resource", "rootResource", "context", "questionnaire", "qitem", "item"))
LAUNCH = frozenset(("patient", "user", "encounter", "client", "location", "study", "sourceQueries"))
FHIRPATH = "text/fhirpath"


@dataclass(eq=False, slots=True)
class _Draft:
    rule: Rule
    tree: Expr | None
    scope: Mapping[str, Rule]
    reads: set[Item] = field(default_factory=set)


class Expressions:
    """All expressions of a form. ``drafts`` keeps what the graph needs; ``initial`` the ones run once."""

    def __init__(
        self, resource: Mapping[str, Any], items: tuple[Item, ...], index: Mapping[str, Item], problems: Problems
    ) -> None:
        self.problems = problems
        self.drafts: dict[Rule, _Draft] = {}
        self.scopes: dict[int | None, dict[str, Rule]] = {}
        self.initial: dict[int, tuple[Closure, frozenset[Rule]]] = {}
        self.context = LAUNCH | frozenset(_launch_names(resource))
        self._resource = resource
        self._items = items
        self._index = index
        self._meaning: dict[Rule, Seen] = {}
        self._working: set[Rule] = set()
        self._meant: dict[Rule, Expr | None] = {}
        self._names = Names()
        self._wholes: set[Rule] = set()
        places = [resource, *(item.data for item in items)]
        named = [one.get("name") for data in places for one in ext.every(data, ext.VARIABLE) if isinstance(one, dict)]
        self._hyphenated = frozenset(name for name in [*named, *self.context] if isinstance(name, str) and "-" in name)

    def collect(self) -> None:
        """Reads every expression; problems say what is not supported and where."""
        self._variables(None, self._resource, {})
        for item in self._items:
            outer = self.scopes[item.parent.index if item.parent else None]
            self._variables(item, item.data, outer)
        self._constraints(None, self._resource)
        for item in self._items:
            self._of_item(item)
        for draft in list(self.drafts.values()):
            self._analyse(draft.rule)
        for rule, draft in self.drafts.items():
            rule.scope = draft.scope
            if draft.tree is not None:
                rule.closure = self.compiled(
                    draft.tree, None if rule.from_root else rule.item, draft.scope, rule.source
                )
        self._without_queries()

    def _variables(self, item: Item | None, data: Mapping[str, Any], outer: Mapping[str, Rule]) -> None:
        scope = dict(outer)
        for one in ext.every(data, ext.VARIABLE):
            name = one.get("name") if isinstance(one, dict) else None
            if not isinstance(name, str) or not name:
                self.problems.error("variableUnnamed", item.link_id if item else None)
                continue
            rule = self._rule(Kind.VARIABLE, item, one, name)
            scope[name] = rule
        key = item.index if item else None
        self.scopes[key] = (
            scope if len(scope) > len(outer) or any(scope[n] is not outer.get(n) for n in scope) else dict(outer)
        )
        for rule in scope.values():
            if rule.item is item and rule in self.drafts:
                self.drafts[rule].scope = self._seen_by(rule, scope, outer)

    def _seen_by(self, rule: Rule, scope: Mapping[str, Rule], outer: Mapping[str, Rule]) -> Mapping[str, Rule]:
        """A variable that uses its own name means the one outside it."""
        if rule.name in outer:
            return {**scope, rule.name: outer[rule.name]}
        return scope

    def _of_item(self, item: Item) -> None:
        data = item.data
        if item.conditions:
            rule = Rule(Kind.ENABLED, item)
            questions = {self._index[condition.question] for condition in item.conditions}
            around = repeating(item.parent)
            if around is not None and all(_inside(question, around) for question in questions):
                rule.within = around
            self.drafts[rule] = _Draft(rule, None, {}, questions)
        self._national(item)
        for url, kind in ((ext.ENABLE_WHEN, Kind.ENABLED), (ext.CALCULATED, Kind.VALUE), (ext.ANSWERS, Kind.ANSWERS)):
            given = ext.every(data, url)
            if any(one != given[0] for one in given):
                self.problems.error("expressionTwice", item.link_id)
            for one in given[:1]:
                if kind is Kind.ENABLED and item.conditions:
                    self.problems.error("enabledTwice", item.link_id)
                if kind is Kind.VALUE and not item.is_question:
                    self.problems.warning("calculatedGroup", item.link_id)
                    continue
                self._rule(kind, item, one)
                if kind is Kind.VALUE:
                    item.calculated, item.editable = True, data.get("readOnly") is False
        for one in ext.every(data, ext.INITIAL)[:1]:
            self._initial(item, one)
        for one in ext.every(ext.translated(data, "text"), ext.CQF)[:1]:
            self._rule(Kind.TEXT, item, one)
        self._bounds(item, data)
        self._toggles(item, data)
        self._constraints(item, data)

    def _national(self, item: Item) -> None:
        for one in ext.extensions(item.data):
            meant = ext.FROM_ROOT.get(one["url"])
            source = ext.value(one)
            if meant is None or not source or any(ext.every(item.data, meant)):
                continue
            kind = Kind.ENABLED if meant == ext.ENABLE_WHEN else Kind.VALUE
            if kind is Kind.ENABLED and item.conditions:
                self.problems.error("enabledTwice", item.link_id)
            if kind is Kind.VALUE and not item.is_question:
                continue
            rule = self._rule(kind, item, {"language": FHIRPATH, "expression": source})
            rule.from_root = True
            item.calculated = item.calculated or kind is Kind.VALUE

    def _bounds(self, item: Item, data: Mapping[str, Any]) -> None:
        for one in ext.extensions(data):
            kind = {ext.FHIR + "minValue": Kind.MINIMUM, ext.FHIR + "maxValue": Kind.MAXIMUM}.get(one["url"])
            kind = kind or {
                ext.SDC + "questionnaire-minQuantity": Kind.MINIMUM,
                ext.SDC + "questionnaire-maxQuantity": Kind.MAXIMUM,
            }.get(one["url"])
            if kind is None:
                continue
            if isinstance(one.get("valueExpression"), dict):  # as some builders write what is worked out
                self._rule(kind, item, one["valueExpression"])
            for key in one:
                if key.startswith("_value"):
                    for found in ext.every(one[key], ext.CQF, ext.CQF_CALCULATED)[:1]:
                        self._rule(kind, item, found)

    def _toggles(self, item: Item, data: Mapping[str, Any]) -> None:
        for one in ext.extensions(data):
            if one["url"] == ext.TOGGLE:
                expression = ext.first(one, "expression")
                options = [ext.typed(part) for part in ext.extensions(one) if part["url"] == "option"]
                self._rule(Kind.TOGGLE, item, expression, detail=tuple(self._options(item, options)))

    def _options(self, item: Item, listed: list[tuple[str, Any] | None]) -> Iterator[Any]:
        for one in listed:
            try:
                if one is None:
                    raise ValueError("no option")
                yield parsed(*one)
            except ValueError:
                self.problems.error("optionUnreadable", item.link_id)

    def _constraints(self, item: Item | None, data: Mapping[str, Any]) -> None:
        for one in ext.extensions(data):
            if one["url"] not in ext.CONSTRAINTS:
                continue
            expression = ext.first(one, "expression")
            if isinstance(expression, str):  # the older extension has plain text here
                expression = {"language": FHIRPATH, "expression": expression}
            key, human = ext.first(one, "key"), ext.first(one, "human")
            severity = ext.first(one, "severity")
            detail = Constraint(
                str(key or ""), "warning" if severity == "warning" else "error", human if isinstance(human, str) else ""
            )
            self._rule(Kind.CONSTRAINT, item, expression, detail.key, detail)

    def _rule(self, kind: Kind, item: Item | None, one: Any, name: str = "", detail: Any = None) -> Rule:
        link_id = item.link_id if item else None
        rule = Rule(kind, item, name, detail=detail)
        language = one.get("language") if isinstance(one, dict) else None
        source = one.get("expression") if isinstance(one, dict) else None
        tree: Expr | None = None
        if language == FHIRPATH and isinstance(source, str):
            rule.source = source
            try:
                tree = rooted(parse(source, self._hyphenated), "QuestionnaireResponse")
            except PathError as wrong:
                self._refuse(wrong, source, link_id)
        elif kind is Kind.VARIABLE and language == "application/x-fhir-query":
            rule.detail = "query"
            self.problems.warning("queryVariable", link_id, name=name)
        elif kind is Kind.TEXT:
            self.problems.warning("languageUnsupported", link_id, language=str(language))
        else:
            self.problems.error("languageUnsupported", link_id, language=str(language))
        self.drafts[rule] = _Draft(rule, tree, self.scopes.get(item.index if item else None, {}))
        return rule

    def _initial(self, item: Item, one: Any) -> None:
        language = one.get("language") if isinstance(one, dict) else None
        source = one.get("expression") if isinstance(one, dict) else None
        if language != FHIRPATH or not isinstance(source, str):
            self.problems.error("languageUnsupported", item.link_id, language=str(language))
            return
        scope = self.scopes[item.index]
        try:
            tree = rooted(parse(source, self._hyphenated), "QuestionnaireResponse")
            unknown = self._unknown(tree, scope)
            if unknown is not None:
                self.problems.warning("initialVariable", item.link_id, name=unknown.name)
                return
            used = frozenset(scope[each.name] for each in externals(tree) if each.name in scope)
            self.initial[item.index] = (self.compiled(tree, item, scope, source), used)
        except PathError as wrong:
            self.problems.warning(
                "initialRefused", item.link_id, expression=source, position=wrong.position + 1, what=wrong.what
            )

    def _refuse(self, wrong: PathError, source: str, link_id: str | None) -> None:
        self.problems.error(
            f"expression.{wrong.reason}",
            link_id,
            expression=source,
            position=wrong.position + 1,
            what=wrong.what or "end",
        )

    def _unknown(self, tree: Expr, scope: Mapping[str, Rule]) -> External | None:
        for each_one in externals(tree):
            name = each_one.name
            known = name in scope or name in BUILT_IN or name in self.context or name in CONSTANTS
            if not known and not name.startswith(("vs-", "ext-")):
                return each_one
        return None

    def _analyse(self, rule: Rule) -> Seen:
        known = self._meaning.get(rule)
        if known is not None or rule in self._working:
            return known or Seen()
        draft = self.drafts[rule]
        if draft.tree is None:
            return Seen()
        self._working.add(rule)
        draft.tree = self._put_in(draft.tree, draft.scope)
        unknown = self._unknown(draft.tree, draft.scope)
        if unknown is not None:
            self._refuse(
                PathError("variable", unknown.position, "%" + unknown.name),
                rule.source,
                rule.item.link_id if rule.item else None,
            )
        for one in externals(draft.tree):
            if one.name in draft.scope:
                self._analyse(draft.scope[one.name])
        owner = None if rule.from_root else rule.item
        analysis = Analysis(self._items, self._index, owner, draft.scope, self._meaning, self._names)
        found = analysis.whole(draft.tree)
        self._working.discard(rule)
        self._meaning[rule] = found
        draft.reads |= analysis.facts.reads
        rule.variables = tuple(sorted(analysis.facts.variables, key=lambda each_one: each_one.name))
        rule.handles_missing = analysis.facts.handles_missing
        seen_whole = owner is None or analysis.facts.from_root or any(self._whole(one) for one in rule.variables)
        rule.within = None if seen_whole else repeating(owner)
        if seen_whole:
            self._wholes.add(rule)
        here = rule.item.link_id if rule.item else None
        for name in sorted(analysis.facts.misnamed):
            self.problems.warning("elementNever", here, expression=rule.source, what=name)
        for link_id in sorted(analysis.facts.never):
            self.problems.warning("linkNever", here, expression=rule.source, what=link_id)
        if analysis.facts.adds_union:
            self.problems.warning("addsUnion", rule.item.link_id if rule.item else None, expression=rule.source)
        if analysis.facts.adds_unlike:
            self.problems.warning("addsUnlike", rule.item.link_id if rule.item else None, expression=rule.source)
        own = {rule.item} if rule.item else set()
        rule.asks = tuple(sorted(analysis.facts.asks - own, key=lambda item: item.index))
        hangs = {item for item in draft.reads - own if item.calculated}
        rule.hangs = tuple(sorted(hangs, key=lambda item: item.index))
        return found

    def _put_in(self, tree: Expr, scope: Mapping[str, Rule]) -> Expr:
        """The tree with variables that stand for items of the response written out, so that a step from one of them
        reads the answers that it leads to, and not all that the variable could lead to."""

        def known(one: External) -> Expr:
            rule = scope.get(one.name)
            if rule is None or rule.from_root:
                return one
            if rule not in self._meant:
                self._meant[rule] = None  # while it is looked at, it stands for itself
                draft = self.drafts.get(rule)
                meant = self._put_in(draft.tree, draft.scope) if draft is not None and draft.tree is not None else one
                if not isinstance(meant, External) and _leads_to_items(meant):
                    self._meant[rule] = meant
            return self._meant[rule] or one

        return replaced(tree, known)

    def _whole(self, variable: Rule) -> bool:
        """Whether steps from a variable lead into other instances than the one it stands in. A plain value does not:
        when it changes, all who read it are told."""
        meant = self._meaning.get(variable, Seen())
        return variable in self._wholes and bool(meant.root or meant.items or meant.answers)

    def compiled(self, tree: Expr, owner: Item | None, scope: Mapping[str, Rule], source: str) -> Closure:
        """The closure of an expression, with paths from the response answered from an index."""

        outside = _outside_lambdas(tree)

        def shortcut(part: Expr) -> Closure | None:
            return self._shortcut(part, owner, scope, outside)

        try:
            return compile_tree(tree, shortcut)
        except PathError as wrong:
            self._refuse(wrong, source, owner.link_id if owner else None)
            return lambda env, focus: []

    def _shortcut(
        self, part: Expr, owner: Item | None, scope: Mapping[str, Rule], outside: frozenset[int]
    ) -> Closure | None:
        if not isinstance(part, Call) or part.name != "where" or len(part.arguments) != 1 or part.source is None:
            return None
        if not begins_at_response(part, bare=owner is None and id(part) in outside):
            return None
        criteria = conjuncts(part.arguments[0])
        fixed = [one for one in criteria if names_only(one)]
        if not fixed or criteria[: len(fixed)] != fixed:
            return None
        analysis = Analysis(self._items, self._index, owner, scope, self._meaning, self._names)
        joined = fixed[0]
        for one in fixed[1:]:
            joined = Binary(one.position, "and", joined, one)
        seen = analysis.whole(Call(part.position, part.source, "where", (joined,)))
        if not seen.exact or seen.root:
            return None
        rest: Expr | None = None
        for one in criteria[len(fixed) :]:
            rest = one if rest is None else Binary(one.position, "and", rest, one)
        lookup = _lookup(seen)
        if rest is None:
            return lookup
        further = compile_tree(rest, lambda inner: self._shortcut(inner, owner, scope, frozenset()))
        return lambda env, focus: [item for item, found in each(env, lookup(env, focus), further) if truth(found)]

    def _without_queries(self) -> None:
        """A rule that gates or scores must not hang on data that nobody can fetch here."""
        empty = {rule for rule in self.drafts if rule.detail == "query"}
        grown = True
        while grown:
            more = {rule for rule in self.drafts if rule not in empty and empty.intersection(rule.variables)}
            grown = bool(more)
            empty |= more
        for rule in empty:
            if rule.kind not in (Kind.VARIABLE, Kind.TEXT):
                self.problems.error("queryNeeded", rule.item.link_id if rule.item else None, expression=rule.source)


def repeating(item: Item | None) -> Item | None:
    """The innermost repeating item around ``item``, itself included."""
    while item is not None and not item.multiple:
        item = item.parent
    return item


def _inside(item: Item, around: Item) -> bool:
    one: Item | None = item
    while one is not None and one is not around:
        one = one.parent
    return one is around


def _leads_to_items(tree: Expr) -> bool:
    """Whether a tree is a path from the whole response to items, by their names alone."""
    match tree:
        case External(_, name):
            return name in ("resource", "rootResource")
        case Member(_, source, "item") if source is not None:
            below_answer = isinstance(source, Member) and source.name == "answer" and source.source is not None
            return _leads_to_items(source.source if below_answer else source)  # type: ignore[arg-type, union-attr]
        case Call(_, source, "where", (criteria,)) if source is not None:
            return all(map(names_only, conjuncts(criteria))) and _leads_to_items(source)
        case Call(_, source, "repeat", (Member(_, None, "item"),)) if source is not None:
            return _leads_to_items(source)
        case Call(_, source, "descendants", ()) if source is not None:
            return _leads_to_items(source)
    return False


def _lookup(seen: Seen) -> Closure:
    """The places of a fixed set of items, from the index of the run (``Environment.host``)."""
    order = sorted(seen.items, key=lambda item: (item.depth, item.index) if seen.breadth else (item.index,))
    indexes = tuple(item.index for item in order)
    breadth, unlike = seen.breadth, seen.unlike
    again = any(repeating(item) is not None for item in order)
    if len(indexes) == 1 and not (unlike and again):
        only = indexes[0]
        return lambda env, _focus: env.host.present(only)
    if not again:
        return lambda env, _focus: [place for index in indexes for place in env.host.present(index)]
    return lambda env, _focus: env.host.present_of(indexes, breadth=breadth, unlike=unlike)


def begins_at_response(tree: Expr, *, bare: bool) -> bool:
    """Whether a path starts at the whole response. ``bare`` says that a name without a source does: on the form
    itself, and not within the argument of a function, where it starts at each thing that the function looks at."""
    while isinstance(tree, Call | Member):
        if tree.source is None:
            return bare and isinstance(tree, Member)
        tree = tree.source
    return isinstance(tree, External) and tree.name in ("resource", "rootResource")


def _outside_lambdas(tree: Expr) -> frozenset[int]:
    """The identities of the parts whose focus is that of the whole expression."""
    found: set[int] = set()
    rest: list[Expr] = [tree]
    while rest:
        part = rest.pop()
        found.add(id(part))
        match part:
            case Member() if part.source is not None:
                rest.append(part.source)
            case Call():
                rest += [part.source] if part.source is not None else []
                rest += part.arguments if part.name == "iif" and part.source is None else ()
            case Index():
                rest.append(part.source)
            case Unary() | TypeTest():
                rest.append(part.operand)
            case Binary():
                rest += [part.left, part.right]
    return frozenset(found)


def externals(tree: Expr) -> list[External]:
    """Every ``%name`` in a tree."""
    match tree:
        case External():
            return [tree]
        case Member():
            return externals(tree.source) if tree.source is not None else []
        case Call():
            found = externals(tree.source) if tree.source is not None else []
            return found + [one for argument in tree.arguments for one in externals(argument)]
        case Index():
            return externals(tree.source) + externals(tree.index)
        case Unary() | TypeTest():
            return externals(tree.operand)
        case Binary():
            return externals(tree.left) + externals(tree.right)
    return []


def _launch_names(resource: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for one in ext.extensions(resource):
        if one["url"] == ext.LAUNCH:
            name = ext.first(one, "name")
            code = name.get("code") if isinstance(name, dict) else name
            if isinstance(code, str):
                found.append(code)
    return found
