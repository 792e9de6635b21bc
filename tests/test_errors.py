"""Each error that a person can meet has one sentence, one exit code and its place in the drawn tree."""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.catalogue import Entry, entries
from tests.support.tree import ROOT, called, last_name, modules, none, plant
from workwell_desktop import errors
from workwell_desktop.catalogue import sentence
from workwell_desktop.errors import BadInput, WorkWellError


def family(cls: type[WorkWellError] = WorkWellError) -> list[type[WorkWellError]]:
    """An error and all that descend from it."""
    return [cls] + [below for child in cls.__subclasses__() for below in family(child)]


FAMILY = [cls for cls in family() if cls.__module__ == errors.__name__]
SENTENCES = {key.removeprefix("errors."): entry for key, entry in entries("en-GB").items() if key.startswith("errors.")}
REASONS = {key.removeprefix("reason."): entry for key, entry in SENTENCES.items() if key.startswith("reason.")}
AT_FIELDS = {key.removeprefix("field."): entry for key, entry in SENTENCES.items() if key.startswith("field.")}


@dataclass(frozen=True)
class Given:
    """A reason that the program gives; ``names`` are its parameters, None where they are not written out."""

    where: str
    reason: re.Pattern[str]
    names: frozenset[str] | None


def given_reasons(root: Path) -> Iterator[Given]:
    """Every ``BadInput("reason", …)``, and its like that is said by its reason."""
    for module in modules(root):
        for node in module.nodes:
            if isinstance(node, ast.Call) and called(node) in {"BadInput", "SigningRefused"} and node.args:
                open_ended = any(word.arg is None for word in node.keywords)
                names = None if open_ended else frozenset(word.arg for word in node.keywords if word.arg)
                for reason in _written(node.args[0]):
                    yield Given(module.line(node), reason, names)


def given_at_fields(root: Path) -> Iterator[Given]:
    """Every pair of a field and a reason in a call of FieldsInvalid, or put on a list called ``problems``."""
    for module in modules(root):
        for node in module.nodes:
            is_call = isinstance(node, ast.Call) and (
                called(node) == "FieldsInvalid"
                or (isinstance(node.func, ast.Attribute) and last_name(node.func.value) == "problems")
            )
            if not is_call and not (isinstance(node, ast.AugAssign) and last_name(node.target) == "problems"):
                continue
            for pair in ast.walk(node):
                if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:
                    for reason in _written(pair.elts[1]):
                        yield Given(module.line(pair), reason, frozenset())


def _written(node: ast.expr) -> Iterator[re.Pattern[str]]:
    """What an expression can be, as far as it is written out; the places of an f-string can be anything."""
    if isinstance(node, ast.IfExp):
        yield from _written(node.body)
        yield from _written(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
        yield re.compile("".join(parts))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.compile(re.escape(node.value))


def without_a_sentence(given: Iterable[Given], sentences: dict[str, Entry]) -> Iterator[str]:
    for one in given:
        fitting = [entry for key, entry in sentences.items() if one.reason.fullmatch(key)]
        if not fitting:
            yield f"{one.where} {one.reason.pattern}"
        for entry in fitting:
            if one.names is not None and entry.places - one.names:
                yield f"{one.where} {one.reason.pattern} leaves {sorted(entry.places - one.names)} empty"


def unfilled_errors(root: Path, sentences: dict[str, Entry]) -> Iterator[str]:
    """Errors made without what their sentence needs, or given words instead of codes."""
    by_name = {cls.__name__: cls for cls in FAMILY}
    for module in modules(root):
        for node in module.nodes:
            if not isinstance(node, ast.Call) or called(node) not in by_name:
                continue
            cls = by_name[called(node)]
            for word in node.keywords:
                value = word.value
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value:
                    yield f"{module.line(node)} {cls.__name__} is given words: {value.value[:40]!r}"
            if cls.__init__ is not WorkWellError.__init__ or any(word.arg is None for word in node.keywords):
                continue
            empty = sentences[cls.code].places - {word.arg for word in node.keywords if word.arg}
            if empty:
                yield f"{module.line(node)} {cls.__name__} leaves {sorted(empty)} empty"


@pytest.mark.parametrize("cls", FAMILY, ids=lambda cls: cls.__name__)
def test_each_error_has_a_sentence_and_an_exit_code(cls: type[WorkWellError]) -> None:
    assert cls.exit_code in {1, 2, 3}
    assert cls.code in SENTENCES
    takes = set(inspect.signature(cls.__init__).parameters)
    if cls.__init__ is not WorkWellError.__init__:
        assert SENTENCES[cls.code].places - {"count"} <= takes, "the sentence needs what the error is not given"


def test_no_two_errors_share_a_code() -> None:
    codes = [cls.code for cls in FAMILY]
    assert len(set(codes)) == len(codes)


def test_every_sentence_belongs_to_an_error() -> None:
    """A class, or a reason that something gives."""
    codes = {cls.code for cls in FAMILY}
    assert {key for key in SENTENCES if "." not in key} == codes
    words = {
        node.value
        for module in modules(ROOT)
        for node in module.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for reasons, given in ((REASONS, list(given_reasons(ROOT))), (AT_FIELDS, list(given_at_fields(ROOT)))):
        none(key for key in reasons if key not in words and not any(one.reason.fullmatch(key) for one in given))


def test_the_tree_is_drawn_as_it_is() -> None:
    """The picture in the docstring names every error with its parent and exit code."""
    drawn = re.findall(r"^    ([│├└─ ]*)(\w+) +(?:exit code )?(\d)", errors.__doc__ or "", re.MULTILINE)
    parents: list[str] = []
    seen: list[tuple[str, str, int]] = []
    for rails, name, code in drawn:
        depth = len(rails) // 4
        parents[depth:] = [name]
        seen.append((name, parents[depth - 1] if depth else "Exception", int(code)))
    assert seen == [(cls.__name__, cls.__mro__[1].__name__, cls.exit_code) for cls in FAMILY]


@pytest.mark.parametrize("key", sorted(key for key in SENTENCES if not key.startswith("field.")))
def test_a_sentence_says_what_happened_and_what_is_left(key: str) -> None:
    """Two or three short sentences: what happened, what was kept, what to do next."""
    for form in SENTENCES[key].forms:
        said = re.split(r"(?<=[.;?])\s+", form)
        assert 2 <= len(said) <= 5, form
        assert form.endswith("."), form
        assert not re.search(r"\b(error|invalid|failed|illegal|abort\w*|exception)\b", form, re.IGNORECASE), form


@pytest.mark.parametrize("key", sorted(AT_FIELDS))
def test_a_sentence_at_a_field_says_what_to_do(key: str) -> None:
    """One short sentence: it stands above the field, where what was typed can be seen."""
    for form in AT_FIELDS[key].forms:
        assert len(form) <= 110, form
        assert form.endswith("."), form
        assert form[0].isupper(), form


def test_every_reason_has_a_sentence() -> None:
    none(without_a_sentence(given_reasons(ROOT), REASONS))
    none(without_a_sentence(given_at_fields(ROOT), AT_FIELDS))


def test_every_error_is_given_what_its_sentence_needs() -> None:
    none(unfilled_errors(ROOT, SENTENCES))


def test_errors_that_do_not_fit_are_found(tmp_path: Path) -> None:
    source = (
        "raise BadInput('known', day=1)\nraise BadInput('known')\nraise BadInput('unknown')\n"
        "raise Locked(why='it was signed on Monday')\nraise NewerStore()\n"
        "raise BadInput('known' if x else 'other', **y)\n"
        "raise FieldsInvalid((('name', 'known'), ('due', f'date_{x}')))\nproblems.append(('a', 'b'))\n"
    )
    plant(tmp_path, {"services/plans.py": source})
    at = "workwell_desktop/services/plans.py"
    assert list(without_a_sentence(given_reasons(tmp_path), {"known": Entry(("{day}",))})) == [
        f"{at}:2 known leaves ['day'] empty",
        f"{at}:3 unknown",
        f"{at}:6 other",
    ]
    assert list(without_a_sentence(given_at_fields(tmp_path), {"known": Entry(("Why.",))})) == [
        f"{at}:7 date_.+",
        f"{at}:8 b",
    ]
    needing = SENTENCES | {"newer_store": Entry(("Made by {version}.",))}
    assert list(unfilled_errors(tmp_path, needing)) == [
        f"{at}:4 Locked is given words: 'it was signed on Monday'",
        f"{at}:5 NewerStore leaves ['version'] empty",
    ]


def test_an_error_carries_a_code_and_is_said_by_the_catalogue() -> None:
    error = BadInput("impossible_date", written="2026-02-31")
    assert str(error) == "bad_input"
    assert "2026-02-31" in sentence(error)
