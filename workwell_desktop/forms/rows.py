"""What the page draws for one place of a running form."""

from typing import TYPE_CHECKING

from workwell_desktop.forms.evaluation import FAILED
from workwell_desktop.forms.model import Item, Row
from workwell_desktop.forms.offers import bounds, options
from workwell_desktop.forms.rules import Kind, Rule
from workwell_desktop.forms.tree import Place
from workwell_desktop.forms.validate import of_answer

if TYPE_CHECKING:
    from workwell_desktop.forms.run import Run


def make_row(run: "Run", place: Place) -> Row:
    """The row of ``place`` as it is now."""
    item = place.item
    if item is None:
        raise KeyError(place.path)
    rules = run.form.plan.of_item.get(item.index, ())
    minimum, maximum = bounds(place, rules)
    overridden = item.calculated and item.editable and place.value is not None and place.value != place.result
    return Row(
        place.path,
        item.link_id,
        item,
        place.enabled,
        shown(place),
        place.current,
        item.read_only or (item.calculated and not item.editable) or item.type == "reference",
        place.result if item.calculated else None,
        overridden,
        item.required,
        options(place, rules),
        minimum,
        maximum,
        _text(place, rules, item),
        tuple(of_answer(run, place)) if place.enabled else (),
        run.form.page_numbers[item.index],
        item.depth,
        place.repeat,
    )


def shown(place: Place) -> bool:
    """Whether a person sees it: enabled (or marked to be shown while it is not), and hidden nowhere above."""
    if place.item is not None and place.item.helper:
        return False
    around: Place | None = place
    while around is not None and around.item is not None:
        if around.item.hidden:
            return False
        around = around.parent
    return place.enabled or (place.item is not None and place.item.disabled_display == "protected")


def _text(place: Place, rules: tuple[Rule, ...], item: Item) -> str:
    for rule in rules:
        if rule.kind is Kind.TEXT:
            found = place.facts.get(rule)
            if found and found != FAILED:
                return str(found)
    return item.text
