"""Functions over text: FHIRPath 2.0 section 5.6."""

from collections.abc import Callable

from workwell_desktop.forms.fhirpath.conversions import as_text, require_text
from workwell_desktop.forms.fhirpath.errors import EvaluationError
from workwell_desktop.forms.fhirpath.functions import whole
from workwell_desktop.forms.fhirpath.registry import function, spend
from workwell_desktop.forms.fhirpath.types import Coll, Environment, system
from workwell_desktop.forms.pattern import Pattern
from workwell_desktop.forms.pattern_syntax import PatternError


@function("length")
def _length(env: Environment, items: Coll) -> Coll:
    text = require_text(items)
    return [] if text is None else [len(text)]


@function("upper")
def _upper(env: Environment, items: Coll) -> Coll:
    text = require_text(items)
    return [] if text is None else [text.upper()]


@function("lower")
def _lower(env: Environment, items: Coll) -> Coll:
    text = require_text(items)
    return [] if text is None else [text.lower()]


@function("trim")
def _trim(env: Environment, items: Coll) -> Coll:
    text = require_text(items)
    return [] if text is None else [text.strip()]


@function("toChars")
def _chars(env: Environment, items: Coll) -> Coll:
    text = require_text(items)
    spend(env, len(text or ""))
    return [] if text is None else list(text)


@function("substring", 1, 2)
def _substring(env: Environment, items: Coll, start: Coll, length: Coll | None = None) -> Coll:
    text = require_text(items)
    if text is None or not start:
        return []
    begin = whole(start)
    if not 0 <= begin < len(text):
        return []
    return [text[begin : begin + max(whole(length), 0)] if length else text[begin:]]


@function("indexOf", 1)
def _index_of(env: Environment, items: Coll, part: Coll) -> Coll:
    text, wanted = require_text(items), require_text(part)
    return [] if text is None or wanted is None else [text.find(wanted)]


@function("startsWith", 1)
def _starts(env: Environment, items: Coll, part: Coll) -> Coll:
    text, wanted = require_text(items), require_text(part)
    return [] if text is None or wanted is None else [text.startswith(wanted)]


@function("endsWith", 1)
def _ends(env: Environment, items: Coll, part: Coll) -> Coll:
    text, wanted = require_text(items), require_text(part)
    return [] if text is None or wanted is None else [text.endswith(wanted)]


@function("contains", 1)
def _contains(env: Environment, items: Coll, part: Coll) -> Coll:
    text, wanted = require_text(items), require_text(part)
    return [] if text is None or wanted is None else [wanted in text]


@function("replace", 2)
def _replace(env: Environment, items: Coll, part: Coll, by: Coll) -> Coll:
    text, old, new = require_text(items), require_text(part), require_text(by)
    if text is None or old is None or new is None:
        return []
    spend(env, (text.count(old) + 1) * (len(new) + 1) // 10)
    return [text.replace(old, new)]


@function("matches", 1)
def _matches(env: Environment, items: Coll, pattern: Coll) -> Coll:
    text, wanted = require_text(items), require_text(pattern)
    return [] if text is None or wanted is None else [_tried(Pattern.found_in, wanted, text)]


@function("matchesFull", 1)
def _matches_full(env: Environment, items: Coll, pattern: Coll) -> Coll:
    text, wanted = require_text(items), require_text(pattern)
    return [] if text is None or wanted is None else [_tried(Pattern.is_all_of, wanted, text)]


def _tried(act: Callable[..., bool | str], source: str, *given: str) -> bool | str:
    """A pattern at work in single-line mode: a dot is any character (FHIRPath 2.0, 5.6.9)."""
    try:
        return act(Pattern.of(source, lines=False), *given)
    except PatternError:
        raise EvaluationError("a pattern that is not supported, or too much work") from None


@function("replaceMatches", 2)
def _replace_matches(env: Environment, items: Coll, pattern: Coll, by: Coll) -> Coll:
    text, wanted, new = require_text(items), require_text(pattern), require_text(by)
    if text is None or wanted is None or new is None:
        return []
    if "$" in new or "\\" in new:
        raise EvaluationError("a reference to a part of the match is not supported")
    spend(env, len(text))
    return [_tried(Pattern.replaced_in, wanted, text, new) if wanted else text]


@function("split", 1)
def _split(env: Environment, items: Coll, mark: Coll) -> Coll:
    text, by = require_text(items), require_text(mark)
    if text is None or by is None:
        return []
    spend(env, text.count(by) if by else len(text))
    return list(text.split(by)) if by else list(text)


@function("join", 0, 1)
def _join(env: Environment, items: Coll, mark: Coll | None = None) -> Coll:
    by = require_text(mark) if mark else ""
    return [(by or "").join(as_text(system(item)) or "" for item in items)] if items else []
