"""The order in which rules are worked out, and who must be told when an answer or a rule changes."""

from collections.abc import Iterable

from workwell_desktop.forms.expressions import Expressions
from workwell_desktop.forms.model import Item
from workwell_desktop.forms.problems import Problems
from workwell_desktop.forms.rules import Kind, Plan, Rule

_READ = (Kind.VARIABLE, Kind.ENABLED, Kind.VALUE)


def plan(expressions: Expressions, problems: Problems) -> Plan:
    """Ranks all rules; a circle among them is a problem that names every linkId on it."""
    rules = list(expressions.drafts)
    gives: dict[tuple[Kind, int], list[Rule]] = {}
    for rule in rules:
        if rule.item is not None and rule.kind in (Kind.ENABLED, Kind.VALUE):
            gives.setdefault((rule.kind, rule.item.index), []).append(rule)
    after: dict[Rule, dict[Rule, None]] = {rule: {} for rule in rules}
    readers: dict[int, list[Rule]] = {}
    for rule in rules:
        for item in expressions.drafts[rule].reads:
            readers.setdefault(item.index, []).append(rule)
            for source in _sources(item, gives):
                after[source][rule] = None
        for variable in rule.variables:
            after[variable][rule] = None
    order = _ordered(rules, after)
    if order is None:
        _name_circles(rules, after, problems)
        order = rules
    rank = {rule: place for place, rule in enumerate(order)}
    for rule in order:
        rule.rank = rank[rule]
        followers = (one for one in after[rule] if rule.kind in _READ)
        rule.dependents = tuple(sorted(followers, key=rank.__getitem__))
    of_item: dict[int, list[Rule]] = {}
    for rule in order:
        of_item.setdefault(rule.item.index if rule.item else -1, []).append(rule)
    return Plan(
        tuple(order),
        {index: tuple(found) for index, found in of_item.items()},
        {index: tuple(sorted(found, key=rank.__getitem__)) for index, found in readers.items()},
        expressions.scopes,
        {index: closure for index, (closure, _used) in expressions.initial.items()},
        expressions.context,
    )


def _sources(item: Item, gives: dict[tuple[Kind, int], list[Rule]]) -> Iterable[Rule]:
    """The rules that decide what can be seen of an item: its value, and whether it and all around it are enabled."""
    yield from gives.get((Kind.VALUE, item.index), ())
    around: Item | None = item
    while around is not None:
        yield from gives.get((Kind.ENABLED, around.index), ())
        around = around.parent


def _ordered(rules: list[Rule], after: dict[Rule, dict[Rule, None]]) -> list[Rule] | None:
    waits = dict.fromkeys(rules, 0)
    for followers in after.values():
        for rule in followers:
            waits[rule] += 1
    ready = [rule for rule in rules if not waits[rule]]
    order: list[Rule] = []
    for rule in ready:
        order.append(rule)
        for follower in after[rule]:
            waits[follower] -= 1
            if not waits[follower]:
                ready.append(follower)
    return order if len(order) == len(rules) else None


def _name_circles(rules: list[Rule], after: dict[Rule, dict[Rule, None]], problems: Problems) -> None:
    """Takes away what hangs on no circle, then names what is left, one problem for each knot."""
    left = dict.fromkeys(rules)
    shrinking = True
    while shrinking:
        fed = {follower for rule in left for follower in after[rule]}
        feeding = {rule for rule in left if any(follower in left for follower in after[rule])}
        kept = {rule: None for rule in left if rule in fed and rule in feeding}
        shrinking = len(kept) < len(left)
        left = kept
    before: dict[Rule, dict[Rule, None]] = {rule: {} for rule in left}
    for rule in left:
        for follower in after[rule]:
            if follower in left:
                before[follower][rule] = None
    while left:
        begin = next(iter(left))
        onwards, back = _reach(begin, after, left), _reach(begin, before, left)
        circle = [rule for rule in left if rule in onwards and rule in back] or [begin]
        names = list(dict.fromkeys(_name(rule) for rule in circle))
        first = next((rule.item.link_id for rule in circle if rule.item is not None), None)
        problems.error("cycle", first, items=", ".join(names))
        for rule in circle:
            left.pop(rule, None)


def _reach(begin: Rule, after: dict[Rule, dict[Rule, None]], within: dict[Rule, None]) -> set[Rule]:
    found: set[Rule] = set()
    waiting = [begin]
    while waiting:
        for follower in after[waiting.pop()]:
            if follower in within and follower not in found:
                found.add(follower)
                waiting.append(follower)
    return found


def _name(rule: Rule) -> str:
    where = rule.item.link_id if rule.item else ""
    return f"{where} %{rule.name}".strip() if rule.kind is Kind.VARIABLE else where
