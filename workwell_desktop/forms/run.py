"""A running form: holds answers, and keeps everything that follows from them settled.

One answer marks what reads it, which is settled in the order fixed at import, and gives one notice of the rows that
changed. Rows that did not change stay the same objects.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from heapq import heappop, heappush
from typing import Any

from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.values import Value
from workwell_desktop.errors import BadInput
from workwell_desktop.forms import evaluation
from workwell_desktop.forms.build import MAX_OCCURS
from workwell_desktop.forms.fhirpath.nodes import JsonNode, node
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Environment, distinct
from workwell_desktop.forms.model import Form, Issue, Item, Notice, Path, Row, Score
from workwell_desktop.forms.rows import make_row
from workwell_desktop.forms.rules import Kind, Rule
from workwell_desktop.forms.tree import Place, ResponseNode

MAX_WORK = 1_000_000
"""Steps of all expressions together in one settling; what comes after has no result, and says so. The most that a form
of the corpus takes is a small part of it."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """One instance of a repeating group: its id, of which item, and inside which other instance (None: of none)."""

    link_id: str
    id: str
    parent: str | None = None


class Run:
    """One filling of ``form``.

    ``now`` is an aware moment that today() and now() stand at. ``answers`` maps paths to values; None means that the
    form is new, so that initial values apply. ``repeats`` lists instances in their order; a group without any has its
    least number of instances (one at the least), whose ids follow from their place. ``context`` holds FHIR resources by
    the names that the form may launch with (``patient``, ``user``, ``encounter``). ``head`` are the own elements of the
    response (``subject``, ``author``, ``authored`` …), which expressions see in ``%resource``.
    """

    def __init__(
        self,
        form: Form,
        *,
        now: datetime,
        answers: Mapping[Path, Value] | None = None,
        repeats: Sequence[Repeat] = (),
        context: Mapping[str, Mapping[str, Any]] | None = None,
        head: Mapping[str, Any] | None = None,
    ) -> None:
        self.form = form
        self.now = now
        local = now.astimezone(LONDON)
        self._moment = Temporal.of_moment(local)
        self._context = {name: [node(dict(found))] for name, found in (context or {}).items()}
        self._questionnaire: JsonNode | None = None
        self.root = Place(None, None, "", None)
        self.resource = ResponseNode(self.root, {**(head or {}), **self._head(head or {})})
        self._of: list[list[Place]] = [[] for _ in form.items]
        self._at: dict[Path, Place] = {}
        self.work = MAX_WORK
        self._dirty: list[int] = []
        self._waiting: dict[int, set[Place] | None] = {}
        self._rows: dict[Place, None] = {}
        self._fresh = answers is None
        given: dict[tuple[str, str | None], list[str]] = {}
        for one in repeats:
            given.setdefault((one.link_id, one.parent), []).append(one.id)
        for item in form.tops:
            self._grow(item, self.root, given)
        self._place_all()
        known = {} if answers is None else answers
        for path, value in known.items():
            place = self._at.get(path)
            if place is not None and place.item is not None and place.item.is_question:
                place.value = value
        if answers is None:
            for place in self._at.values():
                self._begin(place)
        self._settle_all()
        if answers is None and evaluation.begin_by_expression(self, list(self._at.values())):
            self._settle_all()

    def _head(self, given: Mapping[str, Any]) -> dict[str, Any]:
        status = given.get("status") or "in-progress"
        head: dict[str, Any] = {"resourceType": "QuestionnaireResponse", "status": status}
        if self.form.canonical:
            head["questionnaire"] = self.form.canonical
        return head

    # places

    def _grow(self, item: Item, parent: Place, given: Mapping[tuple[str, str | None], list[str]]) -> None:
        if not item.multiple:
            self._one(item, parent, None, given)
            return
        ids = given.get((item.link_id, _repeat_of(parent)))
        least = max(1, item.limits.min_occurs, len(chosen_first(item)) if self._fresh else 1)
        for repeat in ids or first_ids(item, parent.prefix, least):
            self._one(item, parent, repeat, given)

    def _one(
        self, item: Item, parent: Place, repeat: str | None, given: Mapping[tuple[str, str | None], list[str]]
    ) -> Place:
        place = Place(item, parent, "", repeat)
        place.path = f"{place.prefix}{item.link_id}"
        parent.below.append(place)
        for child in item.children:
            self._grow(child, place, given)
        return place

    def _place_all(self) -> None:
        """Lists every place anew, by path and by item, in document order."""
        self._at.clear()
        for found in self._of:
            found.clear()
        for number, place in enumerate(self.root.down()):
            place.order = number
            if place.item is not None:
                self._at[place.path] = place
                self._of[place.item.index].append(place)

    def _begin(self, place: Place) -> None:
        """Initial values and initially selected options."""
        item = place.item
        if item is None or not item.is_question:
            return
        chosen = chosen_first(item)
        if item.multiple and place.parent is not None:  # one initial value for each instance, as far as they go
            at = [one for one in place.parent.below if one.item is item].index(place)
            chosen = chosen[at : at + 1]
        if chosen:
            place.value = chosen if item.several else chosen[0]

    # what expressions see

    def present(self, index: int) -> Coll:
        """The places of one item that the response would hold."""
        return [place for place in self._of[index] if place.enabled and place.seen()]

    def present_of(self, indexes: Iterable[int], *, breadth: bool, unlike: bool) -> Coll:
        """The same for several items of which any repeats, as they stand in the response, or level by level
        (``breadth``); equal ones once (``unlike``), as ``repeat()`` has it."""
        found = [place for index in indexes for place in self.present(index)]
        found.sort(key=lambda place: (place.item.depth if breadth else 0, place.order))
        return distinct(found) if unlike else found

    def environment(self, place: Place, scope: Mapping[str, Rule]) -> Environment:
        """What an expression that stands at ``place`` can see, and which variables."""
        moment = self._moment
        return Environment(partial(self._variable, place, scope), moment, moment.day, host=self)

    def _variable(self, place: Place, scope: Mapping[str, Rule], name: str) -> Coll:
        rule = scope.get(name)
        if rule is not None:
            holder: Place | None = place
            while holder is not None and holder.item is not rule.item:
                holder = holder.parent
            return list(holder.facts.get(rule, ())) if holder is not None else []
        if name in ("resource", "rootResource"):
            return [self.resource]
        if name == "context":
            return [place if place.item is not None else self.resource]
        if name == "questionnaire":
            if self._questionnaire is None:
                self._questionnaire = JsonNode(dict(self.form.data), "Questionnaire")
            return [self._questionnaire]
        if name in ("qitem", "item") and place.item is not None:
            return [JsonNode(dict(place.item.data), "BackboneElement")]
        return self._context.get(name, [])

    def places(self, item: Item | None) -> list[Place]:
        """Every instance of an item; the root for None."""
        return [self.root] if item is None else self._of[item.index]

    # settling

    def _settle_all(self) -> None:
        """Works everything out from nothing, each rule once: in rank order nothing is read before it is known."""
        for place in self._at.values():
            place.own = place.enabled = True
        self.settle_again()

    def settle_again(self) -> None:
        """Runs every rule once more, in rank order."""
        self.work = MAX_WORK
        for rule in self.form.plan.rules:
            enabling = rule.kind is Kind.ENABLED
            for place in self.places(rule.item):
                if evaluation.work_out(self, rule, place) and enabling:
                    self._enable(place, place.parent is None or place.parent.enabled)
        self._dirty.clear()
        self._waiting.clear()
        self._rows.clear()

    def _enable(self, place: Place, around: bool) -> None:
        enabled = around and place.own
        if enabled != place.enabled:
            place.enabled = enabled
            self._rows[place] = None
            if place.item is not None:
                self._tell(self.form.plan.readers.get(place.item.index, ()), place)
        for child in place.below:
            if child.enabled != (enabled and child.own):
                self._enable(child, enabled)

    def _tell(self, rules: Iterable[Rule], source: Place | None) -> None:
        """Marks rules to be worked out: everywhere, or where ``source`` is all that changed, as far as each sees it."""
        for rule in rules:
            self._mark(rule, _instance(source, rule.within))

    def _mark(self, rule: Rule, inside: Place | None) -> None:
        """Marks a rule to be worked out inside one place, or everywhere."""
        if rule.rank not in self._waiting:
            heappush(self._dirty, rule.rank)
            self._waiting[rule.rank] = None if inside is None else {inside}
            return
        known = self._waiting[rule.rank]
        if inside is None:
            self._waiting[rule.rank] = None
        elif known is not None:
            known.add(inside)

    def _where(self, rule: Rule, inside: set[Place] | None) -> list[Place]:
        if inside is None:
            return self.places(rule.item)
        return list(dict.fromkeys(one for holder in inside for one in holder.down() if one.item is rule.item))

    def _settle(self) -> Notice:
        self.work = MAX_WORK
        rules = self.form.plan.rules
        while self._dirty:
            rank = heappop(self._dirty)
            rule = rules[rank]
            for place in self._where(rule, self._waiting.pop(rank)):
                if not evaluation.work_out(self, rule, place):
                    continue
                if rule.kind is not Kind.VARIABLE:  # nobody sees a variable
                    self._rows[place] = None
                if rule.kind is Kind.ENABLED:
                    self._enable(place, place.parent is None or place.parent.enabled)
                elif rule.kind is Kind.VALUE:
                    place.touched()
                    if place.item is not None:
                        self._tell(self.form.plan.readers.get(place.item.index, ()), place)
                self._tell(rule.dependents, place)
        return self._notice()

    def _notice(self) -> Notice:
        changed: list[Place] = []
        for place in self._rows:
            before = place.row
            if before is None or place.item is None:
                continue
            row = make_row(self, place)
            if row != before:
                place.row = row
                changed.append(place)
        unseen = [place for place in self._rows if place.row is None and place.item is not None]
        self._rows.clear()
        return Notice(tuple(place.path for place in sorted([*changed, *unseen], key=lambda place: place.order)))

    # what a page does

    def answer(self, path: Path, value: Value | None) -> Notice:
        """Puts one answer (None clears it) and settles what follows. KeyError where the form has no such question."""
        place = self._at[path]
        if place.item is None or not place.item.is_question:
            raise KeyError(path)
        given = None if value in ("", ()) else value
        if place.value == given and type(place.value) is type(given):
            return Notice(())
        place.value = given
        place.touched()
        self._rows[place] = None
        self._tell(self.form.plan.readers.get(place.item.index, ()), place)
        return self._settle()

    def add_repeat(self, path: Path, repeat: str | None = None, after: str | None = None) -> Path:
        """A further instance of the repeating item at ``path`` (its own path, or that of any instance); gives the new
        instance's path. It stands last, or after the instance whose id is ``after``. Raises BadInput where the form
        allows no more."""
        parent, item = self._series(path)
        most = min(item.limits.max_occurs or MAX_OCCURS, MAX_OCCURS)
        if sum(one.item is item for one in parent.below) >= most:
            raise BadInput("too_many_repeats", limit=most)
        place = self._one(item, parent, repeat or new_id(), {})
        series = [one for one in parent.below if one.item is item]
        wanted = next((one for one in series if one.repeat == after), series[-2] if len(series) > 1 else None)
        parent.below.remove(place)
        behind = parent.below.index(wanted) + 1 if wanted is not None else self._slot(parent, item)
        parent.below.insert(behind, place)
        self._place_all()
        fresh = list(place.down())
        for one in fresh:
            self._begin(one)
        self._grown(place)
        if evaluation.begin_by_expression(self, fresh):
            self._grown(place)
        return place.path

    def remove_repeat(self, path: Path) -> Notice:
        """Takes one instance away with its answers; no other instance is touched."""
        place = self._at[path]
        if place.item is None or place.repeat is None or place.parent is None:
            raise KeyError(path)
        gone = [one.item for one in place.down() if one.item is not None]
        place.parent.below.remove(place)
        self._place_all()
        for item in gone:
            readers = self.form.plan.readers.get(item.index, ())
            # who sees nothing beyond the instance that is gone is gone with it
            self._tell((rule for rule in readers if rule.within not in gone), place.parent)
        return self._settle()

    def _grown(self, instance: Place) -> None:
        """Works out a new instance, and what reads what is in it."""
        for one in instance.down():
            one.enabled = one.own and (one.parent is None or one.parent.enabled)
            if one.item is not None:
                for rule in self.form.plan.of_item.get(one.item.index, ()):
                    self._mark(rule, one)
                self._tell(self.form.plan.readers.get(one.item.index, ()), one)
        self._settle()

    def _slot(self, parent: Place, item: Item) -> int:
        """Where the first instance of ``item`` stands among what is below ``parent``."""
        return sum(1 for one in parent.below if one.item is not None and one.item.index < item.index)

    def _series(self, path: Path) -> tuple[Place, Item]:
        place = self._at.get(path)
        if place is not None and place.parent is not None and place.item is not None and place.item.multiple:
            return place.parent, place.item
        prefix, rest = "", path
        while rest not in self.form.index and "/" in rest:  # a linkId may hold a stroke itself
            head, _, rest = rest.partition("/")
            prefix += f"{head}/"
        item = self.form.index[rest]
        for holder in self.places(item.parent):
            if item.multiple and holder.prefix == prefix:
                return holder, item
        raise KeyError(path)

    # what a page shows

    def rows(self, page: int | None = None) -> list[Row]:
        """The rows of one page, or of all, in document order; hidden and disabled ones are marked, not left out."""
        wanted = None if page is None else frozenset(self.form.pages[page].items)
        places = (place for place in self._at.values() if place.item is not None)
        return [self.row_of(place) for place in places if wanted is None or place.item.link_id in wanted]  # type: ignore[union-attr]

    def row(self, path: Path) -> Row:
        """One row; KeyError where the form has no such place."""
        return self.row_of(self._at[path])

    def row_of(self, place: Place) -> Row:
        """The row of a place, made when first asked for."""
        if place.row is None:
            place.row = make_row(self, place)
        return place.row

    def place(self, path: Path) -> Place | None:
        """The place at a path, or None."""
        return self._at.get(path)

    def all_places(self) -> Iterable[Place]:
        """Every place but the root, in document order."""
        return self._at.values()

    def answers(self) -> dict[Path, Value]:
        """All answers by path, those of disabled items too: what has to be kept."""
        return {path: place.value for path, place in self._at.items() if place.value is not None}

    def repeats(self) -> list[Repeat]:
        """All instances in order, outer ones first."""
        return [
            Repeat(place.item.link_id, place.repeat, _repeat_of(place.parent))
            for place in self._at.values()
            if place.repeat is not None and place.item is not None
        ]

    def enabled(self) -> list[str]:
        """The link ids of all enabled items in document order, a repeat as ``linkId[2]`` from the second on."""
        from workwell_desktop.forms.emit import enabled

        return enabled(self)

    def response(
        self,
        status: str = "in-progress",
        authored: datetime | None = None,
        *,
        ids: bool = False,
        originals: Mapping[Path, Sequence[Mapping[str, Any]]] | None = None,
    ) -> dict[str, Any]:
        """The FHIR QuestionnaireResponse of what is enabled and answered; ``ids`` and ``originals`` as in ``emit``."""
        from workwell_desktop.forms.emit import response

        return response(self, status, authored, ids=ids, originals=originals)

    def scores(self) -> list[Score]:
        """The enabled calculated numbers, in document order."""
        from workwell_desktop.forms.emit import scores

        return scores(self)

    def issues(self) -> list[Issue]:
        """Everything that keeps the response from being complete and right."""
        from workwell_desktop.forms.validate import issues

        return issues(self)


def _instance(place: Place | None, item: Item | None) -> Place | None:
    """The instance of a repeating item that ``place`` stands in, or None."""
    if item is None:
        return None
    while place is not None and place.item is not item:
        place = place.parent
    return place


def _repeat_of(place: Place | None) -> str | None:
    while place is not None:
        if place.repeat is not None:
            return place.repeat
        place = place.parent
    return None


def chosen_first(item: Item) -> tuple[Any, ...]:
    """The answers that a question begins with."""
    if not item.is_question:
        return ()
    return tuple(option.value for option in item.options if option.initial) or item.initial


def first_ids(item: Item, prefix: str, count: int) -> list[str]:
    """Ids for instances that nobody added by hand: they follow from the place, so that opening a form twice gives the
    same ones."""
    return [
        hashlib.sha256(f"{prefix}{item.link_id}:{number}".encode()).hexdigest()[:32] for number in range(1, count + 1)
    ]
