"""The same as ``test_incremental`` for scores that hang on scores, sweeps over a response, questions below answers,
dates, amounts and ticks: answering one by one gives what working everything out from nothing gives."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.make import NOW, SCALE, expression, form, item, scored, when
from workwell_desktop.domain.values import Coding, PartialDate, Quantity
from workwell_desktop.forms import Form, Run

UCUM = "http://unitsofmeasure.org"
LEAVES = {
    "n0": "integer", "n1": "integer", "n2": "decimal", "b0": "boolean", "b1": "boolean",
    "c0": "choice", "c1": "choice", "d0": "date", "w0": "quantity", "s0": "string",
}  # fmt: skip
INSIDE = {
    "k0": "%resource.item.where(linkId='p').answer.item.where(linkId='k0').answer.value",
    "gn": "%resource.item.where(linkId='g').item.where(linkId='gn').answer.value",
    "gt": "%resource.item.where(linkId='g').item.where(linkId='gt').answer.value",
    "rk": "%resource.descendants().where(linkId='rk').answer.value",
}
NUMBERS = [
    "{n} + {m}", "{n}.combine({m}).sum()", "%resource.item.where(linkId.startsWith('n')).answer.value.sum()",
    "%resource.item.where(linkId.startsWith('c')).answer.value.weight().sum()",
    "%resource.item.where(linkId.startsWith('b')).select(iif(answer.value, 1, 0)).sum()",
    "%resource.item.answer.value.code.select(substring(1).toInteger()).sum()", "iif({b}, 2, 1)",
    "iif({n} > 1, {m}, 0)", "iif({n} = 0, 1, 2)", "iif({n} in (0 | 2), 1, 2)", "{gn}.sum()", "{gt}.sum()",
    "{gn}.count()", "{rk}.sum()", "%all.where(linkId='n0').answer.value * 2", "%part + 1", "{w0}.value * 2",
    "%resource.item.where(answer.value.code = 'a1').count()", "%resource.item.answer.where(value is Coding).count()",
    "iif({b}.exists(), {n}, {m})", "%resource.repeat(item).where(linkId='n0' or linkId='gn').answer.value.sum()",
    "iif({d0} > @2020-06, 1, 2)", "%resource.item.where(linkId='g').item.answer.value.weight().sum()",
    "iif({b}, 3, iif({b1}, 2, 1))", "({n} | {m}).count()", "%resource.item.where(linkId='p').answer.count()",
]  # fmt: skip
TRUTHS = [
    "{n} > {m}", "{n} = 1", "{b} and {n} > 0", "{b}.not()", "{b} or {n}.exists()", "%part > 1", "{c0}.code = 'a1'",
    "%resource.item.answer.value.code.exists()", "{d0} <= today() - 3 years", "{gt}.exists($this > 1)",
    "{w0} > 1 'kg'", "%all.where(linkId='b0').answer.value = true",
]  # fmt: skip
OWN = ["%mine * 2", "%mine", "iif(%mine > 1, 1, 0)", "iif(%mine = 0, 1, 2)", INSIDE["gn"] + ".sum()"]
ASKED: dict[str, dict[str, Any]] = {
    "b": {"answerBoolean": True}, "f": {"answerBoolean": True}, "p": {"answerBoolean": True},
    "c": {"answerCoding": {"system": SCALE, "code": "a1"}}, "d": {"answerDate": "2020-06"},
    "w": {"answerQuantity": {"value": 1, "unit": "kg", "system": UCUM, "code": "kg"}}, "s": {"answerString": "ab"},
}  # fmt: skip


def path(link_id: str) -> str:
    return INSIDE.get(link_id, f"%resource.item.where(linkId='{link_id}').answer.value")


def written(draw: st.DrawFn, among: list[str], known: list[str]) -> str:
    scores, flags = [one for one in known if one[0] == "t"], [one for one in known if one[0] == "f"]
    picked = {
        "n": draw(st.sampled_from(["n0", "n1", "n2", "k0", *scores])),
        "m": draw(st.sampled_from(["n0", "n1", "n2", *scores])),
        "b": draw(st.sampled_from(["b0", "b1", *flags])),
    }
    names = {name: path(name) for name in (*LEAVES, *INSIDE)}
    return draw(st.sampled_from(among)).format(**{**names, **{key: path(one) for key, one in picked.items()}})


def gated(draw: st.DrawFn, made: dict[str, Any], known: list[str]) -> dict[str, Any]:
    """Mostly as it is; else with conditions on ``known``, by elements or by an expression."""
    kind = draw(st.integers(0, 5))
    if kind == 0 and len(known) > 2:
        made["extension"] = [*made.get("extension", []), expression("enabled", written(draw, TRUTHS, known))]
    elif kind in (1, 2):
        conditions = []
        for question in draw(st.lists(st.sampled_from(known), min_size=kind, max_size=kind)):
            operator = draw(st.sampled_from(["exists", "=", "!=", ">", "<="]))
            answer = {"answerBoolean": True} if operator == "exists" else ASKED.get(question[0], {"answerInteger": 1})
            conditions.append(when(question, operator, **answer))
        made |= {"enableWhen": conditions, "enableBehavior": draw(st.sampled_from(["any", "all"]))}
    return made


@st.composite
def forms(draw: st.DrawFn) -> Form:
    few = ["b0", "b1"]

    def some(made: dict[str, Any]) -> dict[str, Any]:
        return gated(draw, made, few)

    items = [item(name, "boolean") for name in few]
    for name, kind in LEAVES.items():
        more: dict[str, Any] = (
            {"answerOption": scored(0, 1, 2), "repeats": draw(st.booleans())} if kind == "choice" else {}
        )
        items += [] if name in few else [some(item(name, kind, **more))]
    repeated = item("r", "integer", repeats=True, items=[some(item("rk", "integer"))])
    items.append(some(item("p", "boolean", items=[some(item("k0", "integer")), some(repeated)])))
    mine = draw(st.sampled_from(["item.where(linkId='gn').answer.value", path("n0")]))
    inner = [
        some(item("gn", "integer")),
        item("gc", "choice", answerOption=scored(0, 1, 2)),
        some(item("gt", "integer", expression("calculated", draw(st.sampled_from(OWN))))),
        some(item("gs")),
    ]
    items.append(some(item("g", "group", expression("variable", mine, "mine"), repeats=True, items=inner)))
    known = [*LEAVES, *INSIDE, "p"]
    for name in ("t0", "f0", "t1", "f1", "t2"):
        source = written(draw, NUMBERS if name[0] == "t" else TRUTHS, known)
        made = item(name, "decimal" if name[0] == "t" else "boolean", expression("calculated", source))
        if draw(st.integers(0, 5)) == 0:
            made["readOnly"] = False
        items.append(gated(draw, made, list(known)))
        known.append(name)
    part = expression("variable", written(draw, NUMBERS[:5], []), "part")
    return form(*draw(st.permutations(items)), extensions=[expression("variable", "%resource.item", "all"), part])


def value(kind: str, number: int, several: bool) -> Any:
    if number % 5 == 4:
        return None
    one: Any = {
        "integer": number % 3,
        "decimal": Decimal(number % 4) / 2,
        "boolean": number % 2 == 0,
        "string": ("ab", "b")[number % 2],
        "choice": Coding(SCALE, f"a{number % 3}", f"Answer {number % 3}"),
        "date": (PartialDate(2020, 6), PartialDate(2021, 1, 1), PartialDate(2020))[number % 3],
        "quantity": Quantity(Decimal(number % 3), "kg", UCUM, "kg"),
    }[kind]
    return (one,) if several else one


def picture(run: Run) -> list[Any]:
    return [(row.path, row.enabled, row.value, row.calculated, [one.code for one in row.issues]) for row in run.rows()]


@settings(max_examples=150)
@given(forms(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=25))
def test_incremental_equals_from_scratch_for_what_hangs_on_scores(made: Form, steps: list[tuple[int, int]]) -> None:
    run = Run(made, now=NOW)
    before = {row.path: row for row in run.rows()}
    for target, number in steps:
        places = [one for one in run.all_places() if one.item is not None and one.item.is_question]
        open_ones = [one for one in places if one.item is not None and (one.item.editable or not one.item.calculated)]
        if target > 52:
            series = made.index["gr"[number % 2]]
            there = next(one.path for one in run.all_places() if one.item is series)
            if target > 56:
                run.remove_repeat(there)
            run.add_repeat(there if target <= 56 else series.link_id)
            before = {row.path: row for row in run.rows()}
            continue
        place = open_ones[target % len(open_ones)]
        assert place.item is not None
        notice = run.answer(place.path, value(place.item.type, number, place.item.several))
        after = {row.path: row for row in run.rows()}
        assert [one for one in after if after[one] is not before[one]] == list(notice.changed)
        before = after
    fresh = Run(made, now=NOW, answers=run.answers(), repeats=run.repeats())
    assert picture(run) == picture(fresh)
    assert (run.response(), run.scores(), run.issues()) == (fresh.response(), fresh.scores(), fresh.issues())
