"""Which answers an expression can see, found without running it, so that the dependency graph is static.

An expression is run over sets of items of the definition instead of over answers. What cannot be narrowed down is
taken as everything it could be, so that a dependency may be too many and never too few.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from workwell_desktop.forms.fhirpath.syntax import (
    Binary,
    Call,
    Expr,
    External,
    Index,
    Literal,
    Member,
    Special,
    TypeTest,
    Unary,
)
from workwell_desktop.forms.model import Item
from workwell_desktop.forms.naming import Names, conjuncts, names_only, steps, wanted_link
from workwell_desktop.forms.rules import Rule

_NONE: frozenset[Item] = frozenset()
_LOOKS_AT_MISSING = frozenset("exists empty count all allTrue anyTrue allFalse anyFalse hasValue isDistinct".split())
_COUNTS = frozenset(("sum", "avg", "aggregate", "count"))
_ADDS_UP = frozenset("sum avg aggregate min max".split())
_PARTS = frozenset("code system display userSelected unit comparator reference contentType size title".split())
_STRUCTURED = ("Coding", "Quantity", "Attachment", "Reference")
"""The types of answers that have parts, and the names of those: no plain number, text or date has any."""
_NEEDS_BOTH = frozenset(("=", "!=", "~", "<", ">", "<=", ">=", "in", "contains"))


@dataclass(frozen=True, slots=True)
class Seen:
    """What a subexpression may stand for: the response itself, items, their answers, values out of those answers.
    ``breadth`` tells that items come level by level; ``exact`` that the set is what a run gives, no more; ``fixed``
    that it is the place itself, which is there whatever the answers are; ``unlike`` that ``repeat()`` has dropped equal
    items."""

    root: bool = False
    items: frozenset[Item] = _NONE
    answers: frozenset[Item] = _NONE
    values: frozenset[Item] = _NONE
    exact: bool = False
    breadth: bool = False
    fixed: bool = False
    unlike: bool = False

    def __or__(self, other: "Seen") -> "Seen":
        return Seen(
            self.root or other.root,
            self.items | other.items,
            self.answers | other.answers,
            self.values | other.values,
        )


NOTHING = Seen()


@dataclass
class Facts:
    """What an analysis found: items read, variables read, items whose answers are added up, linkIds that are asked
    for where they never stand, names of elements that nothing here has; whether the expression looks at what is
    missing, whether it adds up a union, which drops equal numbers, and whether it begins at the whole response, so
    that it sees every instance of what repeats."""

    reads: set[Item] = field(default_factory=set)
    variables: set[Rule] = field(default_factory=set)
    asks: set[Item] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    misnamed: set[str] = field(default_factory=set)
    handles_missing: bool = False
    adds_union: bool = False
    adds_unlike: bool = False
    """Whether what ``repeat()`` gives is counted, where two instances with equal answers would count once."""
    from_root: bool = False


class Analysis:
    """Runs one expression over the definition. ``owner`` is the item it stands on; ``scope`` gives its variables and
    ``meaning`` what each of those stands for."""

    def __init__(
        self,
        items: tuple[Item, ...],
        index: Mapping[str, Item],
        owner: Item | None,
        scope: Mapping[str, Rule],
        meaning: Mapping[Rule, Seen],
        names: "Names",
    ) -> None:
        self._items = items
        self._tops = frozenset(item for item in items if item.parent is None)
        self._index = index
        self._owner = owner
        self._scope = scope
        self._meaning = meaning
        self._names = names
        self.facts = Facts()

    @property
    def here(self) -> Seen:
        """What a path without a beginning starts from."""
        if self._owner is None:
            return Seen(root=True, exact=True)
        return Seen(items=frozenset((self._owner,)), fixed=True)

    def whole(self, tree: Expr) -> Seen:
        """Analyses a whole expression; what it stands for in the end is read too."""
        found = self._see(tree, self.here, None, 0)
        self._touch(found)
        return found

    def _touch(self, seen: Seen) -> None:
        if seen.root:
            self.facts.reads.update(self._items)
        for item in seen.items | seen.answers:
            self.facts.reads.update(presence(item))
        self.facts.reads.update(seen.values)

    def _see(self, tree: Expr, focus: Seen, this: Seen | None, where: int) -> Seen:
        match tree:
            case Literal():
                return NOTHING
            case Special():
                return (this if this is not None else focus) if tree.name == "this" else NOTHING
            case External():
                return self._external(tree)
            case Member():
                return self._member(tree, focus, this, where)
            case Call():
                return self._call(tree, focus, this, where)
            case Index():
                self._touch(self._see(tree.index, focus, this, where))
                found = self._see(tree.source, focus, this, where)
                self._touch(found)
                return _blurred(found)
            case Unary() | TypeTest():
                found = self._see(tree.operand, focus, this, where)
                if isinstance(tree, TypeTest) and _is_value(tree.operand):  # of one answer, which has one value
                    found = _typed(found, _suffix_of(tree.name))
                self._touch(found)
                return _blurred(found) if isinstance(tree, TypeTest) else Seen(values=found.values)
            case Binary():
                left, right = self._see(tree.left, focus, this, where), self._see(tree.right, focus, this, where)
                if tree.operator == "|":
                    return left | right
                self._touch(left | right)
                return NOTHING

    def _external(self, tree: External) -> Seen:
        if tree.name in self._scope:
            rule = self._scope[tree.name]
            self.facts.variables.add(rule)
            return _blurred(self._meaning.get(rule, NOTHING))
        if tree.name in ("resource", "rootResource"):
            self.facts.from_root = True
            return Seen(root=True, exact=True)
        return self.here if tree.name == "context" else NOTHING

    def _member(self, tree: Member, focus: Seen, this: Seen | None, where: int) -> Seen:
        source = focus if tree.source is None else self._see(tree.source, focus, this, where)
        if tree.source is None and tree.name == "QuestionnaireResponse" and source.root:
            return source
        if _never_has(source, tree.name):
            self.facts.misnamed.add(tree.name)
        if tree.name == "item":
            # what stands below a question stands below its answer
            groups = frozenset(child for item in source.items if not item.is_question for child in item.children)
            below = frozenset(child for item in source.answers for child in item.children)
            return Seen(
                items=groups | below | (self._tops if source.root else _NONE),
                exact=source.exact and not source.answers and not (source.unlike and _again(source.items)),
            )
        if tree.name == "answer":
            return Seen(answers=source.items, values=source.values)
        if tree.name.startswith("value"):
            return Seen(values=_taking(source.answers, (tree.name[5:],)) | source.values)
        if not source.items:
            values = _taking(source.values, _STRUCTURED) if tree.name in _PARTS else source.values
            return Seen(values=source.answers | values)
        if source.fixed:
            return NOTHING  # its own linkId or text
        self._touch(source)
        return Seen(values=source.answers | source.values | source.items)

    def _call(self, tree: Call, focus: Seen, this: Seen | None, where: int) -> Seen:
        source = focus if tree.source is None else self._see(tree.source, focus, this, where)
        name = tree.name
        if name in ("today", "now", "timeOfDay"):
            return NOTHING
        if name == "where" and len(tree.arguments) == 1:
            return self._where(source, tree.arguments[0], where)
        if name == "repeat" and len(tree.arguments) == 1:
            return self._repeat(source, tree.arguments[0], where)
        if name == "descendants":
            return self._descendants(source)
        if name == "children":
            return self._children(source)
        if name == "select" and len(tree.arguments) == 1:
            return _blurred(self._see(tree.arguments[0], source, source, where))
        if name == "exists" and tree.arguments:  # exists(x) is where(x).exists()
            source = self._where(source, tree.arguments[0], where)
            tree = Call(tree.position, tree.source, name, ())
        if name == "iif":
            return self._iif(tree, source, focus, this, where)
        if name in _LOOKS_AT_MISSING and not where and _live(source):
            self.facts.handles_missing = True
        if name in ("weight", "ordinal"):
            self._presence(source)
            return Seen(values=frozenset(i for i in source.answers | source.values if weighted(i)))
        if name in ("sum", "avg", "aggregate") and isinstance(tree.source, Binary) and tree.source.operator == "|":
            self.facts.adds_union = True
        if name in _COUNTS and _repeats(tree.source) and _again(source.items | source.answers | source.values):
            self.facts.adds_unlike = True
        if name in _ADDS_UP and not where:
            self.facts.asks.update(self._parts(tree, source, focus, this))
        for argument in tree.arguments:
            if name not in ("ofType", "as", "is"):
                lambdas = name in ("exists", "all", "aggregate")
                self._touch(self._see(argument, source if lambdas else focus, source if lambdas else this, where + 1))
        if name in ("ofType", "as"):
            return _typed(_blurred(source), _suffix(tree.arguments[0])) if tree.arguments else _blurred(source)
        self._touch(source)
        if name in ("first", "last", "tail", "skip", "take", "single", "distinct", "trace", "combine", "union"):
            merged = source
            if name in ("combine", "union"):
                for argument in tree.arguments:
                    merged = merged | self._see(argument, focus, this, where)
            return _blurred(merged)
        if name in ("intersect", "exclude", "aggregate", "extension"):
            return _blurred(source)
        return NOTHING if name in _LOOKS_AT_MISSING else Seen(values=source.values | source.answers)

    def _presence(self, source: Seen) -> None:
        """Codes of answers that carry no score cannot change a score."""
        self.facts.reads.update(item for item in source.answers | source.values if weighted(item))
        if source.root or source.items:
            self._touch(Seen(root=source.root, items=source.items))

    def _iif(self, tree: Call, source: Seen, focus: Seen, this: Seen | None, where: int) -> Seen:
        inner = source if tree.source is not None else focus
        found = NOTHING
        for place, argument in enumerate(tree.arguments):
            seen = self._see(argument, inner, this, where)
            if place == 0:
                self._touch(seen)
            else:
                found = found | seen
        return found

    def _where(self, source: Seen, criteria: Expr, where: int) -> Seen:
        kept = source
        exact = source.exact
        for part in conjuncts(criteria):
            named = self._matching(part, kept.items) if (source.items or source.exact) and names_only(part) else None
            if named is not None:
                kept = _only(kept, named)
            else:
                exact = False
                kept = self._possible(part, _typed(kept, "Boolean") if _asks_for_tick(part) else kept)
                self._touch(self._see(part, kept, kept, where + 1))
        return Seen(kept.root, kept.items, kept.answers, kept.values, exact, kept.breadth, unlike=kept.unlike)

    def _possible(self, part: Expr, kept: Seen) -> Seen:
        """What is left where a condition holds of nothing that its path does not reach: a number has no code."""
        path = _needed(part)
        if path is None or kept.root:
            return kept
        plain = not steps(path) & {"item", "linkId", "children", "descendants", "repeat"}
        known: dict[object, bool] = {}  # what is not below an item or named by it is alike for all of a kind

        def reached(kind: str, item: Item) -> bool:
            key = (
                (kind, item.type, item.takes, item.is_question, weighted(item), item is self._owner) if plain else None
            )
            if key is None or key not in known:
                if not self._names.spend(1):
                    return True
                one = Seen(**{kind: frozenset((item,))})  # type: ignore[arg-type]
                found = self._aside()._see(path, one, one, 1)
                known[key or (kind, item)] = bool(found.root or found.items or found.answers or found.values)
            return known[key or (kind, item)]

        return Seen(
            False,
            frozenset(item for item in kept.items if reached("items", item)),
            frozenset(item for item in kept.answers if reached("answers", item)),
            frozenset(item for item in kept.values if reached("values", item)),
            breadth=kept.breadth,
            unlike=kept.unlike,
        )

    def _aside(self) -> "Analysis":
        """The same without what has been found."""
        return Analysis(self._items, self._index, self._owner, self._scope, self._meaning, self._names)

    def _parts(self, tree: Call, source: Seen, focus: Seen, this: Seen | None) -> frozenset[Item]:
        """The items whose answers a sum is made of: those with scores, else those with numbers, else ticks and codes,
        which a form turns into numbers by itself."""
        found = source.values | source.answers
        if not found and tree.source is not None:
            aside = self._aside()
            aside._see(tree.source, focus, this, 0)
            found = frozenset(aside.facts.reads)
        scored = frozenset(filter(weighted, found))
        numbers = frozenset(item for item in found if item.type in ("integer", "decimal", "quantity"))
        return scored or numbers or frozenset(i for i in found if i.type in ("boolean", "choice", "open-choice"))

    def _matching(self, part: Expr, items: frozenset[Item]) -> frozenset[Item] | None:
        wanted = wanted_link(part)
        if wanted is not None:
            found = self._index.get(wanted)
            if found not in items:
                self.facts.never.add(wanted)
                return _NONE
            return frozenset((found,))
        return self._names.matching(part, items)

    def _repeat(self, source: Seen, criteria: Expr, where: int) -> Seen:
        plain = isinstance(criteria, Member) and criteria.source is None and criteria.name == "item"
        if plain and source.root and source.exact:
            return self._all_items
        found, fresh = NOTHING, source
        for _ in range(200):
            following = self._see(criteria, fresh, fresh, where + 1)
            merged = found | following
            if merged.items == found.items and merged.answers == found.answers and merged.values == found.values:
                break
            found, fresh = merged, following
        return Seen(found.root, found.items, found.answers, found.values, False, True)

    @cached_property
    def _all_items(self) -> Seen:
        """``%resource.repeat(item)``: every item that is not below a question."""
        found: set[Item] = set()
        waiting = list(self._tops)
        while waiting:
            item = waiting.pop()
            found.add(item)
            waiting += () if item.is_question else item.children
        return Seen(items=frozenset(found), exact=True, breadth=True, unlike=True)

    def _descendants(self, source: Seen) -> Seen:
        tops = self._tops if source.root else _NONE
        below = {
            down for item in source.items | source.answers for child in item.children for down in subtree(child)
        } | {down for item in tops for down in subtree(item)}
        items = frozenset(below)
        more = source.items | source.answers
        return Seen(items=items, answers=items | source.items, values=items | more, exact=source.exact, breadth=True)

    def _children(self, source: Seen) -> Seen:
        below = frozenset(child for item in source.items | source.answers for child in item.children)
        items = below | (self._tops if source.root else _NONE)
        return Seen(items=items, answers=source.items, values=source.items | source.answers | source.values)


def _never_has(source: Seen, name: str) -> bool:
    """Whether a step leads from a response, its items or its answers to what FHIR gives them no element for."""
    kinds = [bool(source.root), bool(source.items), bool(source.answers), bool(source.values)]
    if kinds.count(True) != 1 or source.values:
        return False
    if source.root:
        return name not in _RESPONSE
    if source.items:
        return name not in _ITEM
    return not name.startswith("value") and name not in ("id", "extension", "modifierExtension", "item")


_RESPONSE = frozenset(
    "id meta implicitRules language text contained extension modifierExtension identifier basedOn partOf questionnaire "
    "status subject encounter authored author source item resourceType".split()
)
_ITEM = frozenset("id extension modifierExtension linkId definition text answer item".split())


def _blurred(seen: Seen) -> Seen:
    return Seen(seen.root, seen.items, seen.answers, seen.values)


def _only(seen: Seen, items: frozenset[Item]) -> Seen:
    return Seen(False, items, _NONE, _NONE, seen.exact, seen.breadth, unlike=seen.unlike)


def _repeats(tree: Expr | None) -> bool:
    """Whether a path goes through ``repeat()``."""
    while isinstance(tree, Member | Call | Index):
        if isinstance(tree, Call) and tree.name == "repeat":
            return True
        tree = tree.source
    return False


def _again(items: Iterable[Item]) -> bool:
    """Whether any of them can stand in a response more than once."""
    for item in items:
        around: Item | None = item
        while around is not None:
            if around.multiple:
                return True
            around = around.parent
    return False


def _typed(seen: Seen, suffix: str | None) -> Seen:
    """What is left of answers where only values of one type are kept."""
    if suffix is None or seen.root or seen.items:
        return seen
    answers, values = (frozenset(one for one in found if suffix in one.takes) for found in (seen.answers, seen.values))
    return Seen(answers=answers, values=values, exact=seen.exact, breadth=seen.breadth)


def _suffix(tree: Expr) -> str | None:
    """The ``value[x]`` that answers of a FHIR type have, where the name of the type says it."""
    if not isinstance(tree, Member) or tree.source is not None:
        return None
    return _suffix_of(tree.name)


def _suffix_of(name: str) -> str | None:
    known = name if name in ("Coding", "Quantity") else name.capitalize()
    return known if name in ("Coding", "Quantity", "boolean", "integer", "decimal", "string") else None


def _is_value(tree: Expr) -> bool:
    return isinstance(tree, Member) and tree.source is None and tree.name == "value"


def _taking(items: frozenset[Item], suffixes: tuple[str, ...]) -> frozenset[Item]:
    """The items whose answers can be of one of these types; ``value`` alone is of any."""
    if suffixes == ("",):
        return items
    return frozenset(item for item in items if any(suffix in item.takes for suffix in suffixes))


def _needed(part: Expr) -> Expr | None:
    """The path that must lead to something for a condition to hold, where that can be told."""
    match part:
        case Binary(_, operator, left, Literal(_, values)) if operator in _NEEDS_BOTH and values:
            return left
        case Binary(_, operator, Literal(_, values), right) if operator in _NEEDS_BOTH and values:
            return right
        case TypeTest(_, "is", operand, _):
            return TypeTest(part.position, "as", operand, part.name) if _is_value(operand) else operand
        case Call(_, source, "exists", arguments) if source is not None:
            return Call(part.position, source, "where", arguments) if arguments else source
    return None


def _asks_for_tick(part: Expr) -> bool:
    """``value = true``, or ``$this = true`` of values: nothing that is no boolean can be it."""
    if not isinstance(part, Binary) or part.operator != "=":
        return False
    for asked, wanted in ((part.left, part.right), (part.right, part.left)):
        named = isinstance(asked, Member) and asked.source is None and asked.name == "value"
        if (named or (isinstance(asked, Special) and asked.name == "this")) and isinstance(wanted, Literal):
            return len(wanted.values) == 1 and isinstance(wanted.values[0], bool)
    return False


def _live(seen: Seen) -> bool:
    return bool(seen.root or seen.items or seen.answers or seen.values)


def weighted(item: Item) -> bool:
    """Whether an answer to ``item`` can carry a score of its own."""
    return any(option.weight is not None for option in item.options)


def presence(item: Item) -> Iterable[Item]:
    """The items that decide whether an item is there: by its own answer or by those inside."""
    return (one for one in subtree(item) if one.is_question) if item.children else (item,)


def subtree(item: Item) -> Iterable[Item]:
    """An item and all items below it."""
    waiting = [item]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one.children
