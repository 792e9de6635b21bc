"""Lines in which some words run from right to left: the Unicode algorithm (UAX 9); and numbers stay as they are."""

import re
from collections.abc import Sequence
from typing import Any

_NUMBER = re.compile(r"\+?\d(?:[\d\u00a0./:\-–]*\d)?%?")
"""A telephone number, a date or a time: one thing, read from the left."""
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi")


def is_right_to_left(language: str) -> bool:
    """Whether papers in a language (BCP 47) begin at the right."""
    return language.partition("-")[0] in _RIGHT_TO_LEFT


def levels(text: str, *, rtl: bool) -> list[int]:
    """The embedding level of each letter: even ones run from the left, odd ones from the right."""
    from bidi import algorithm

    base = int(rtl)
    storage: Any = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    # the next step drops what has no width: each letter remembers its own place
    for place, letter in enumerate(storage["chars"]):
        letter["place"] = place
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    found: list[int | None] = [None] * len(text)
    for letter in storage["chars"]:
        found[letter["place"]] = letter["level"]
    known = base
    whole: list[int] = []
    for level in found:
        known = known if level is None else level
        whole.append(known)
    for number in _NUMBER.finditer(text):
        least = min(whole[number.start() : number.end()])
        if least % 2:
            whole[number.start() : number.end()] = [least + 1] * (number.end() - number.start())
    trailing = len(text) - len(text.rstrip(" "))
    whole[len(text) - trailing :] = [base] * trailing
    return whole


def visual(given: Sequence[int]) -> list[int]:
    """The places of things of these levels from the left to the right (rule L2)."""
    order = list(range(len(given)))
    for level in range(max(given, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and given[order[end]] >= level:
                end += 1
            if end > start:
                order[start:end] = reversed(order[start:end])
            start = end + 1
    return order
