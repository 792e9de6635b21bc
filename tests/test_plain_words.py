"""The catalogue keeps to one way of saying things: simple rules that anybody can check, each with what it lets pass."""

import re
from collections.abc import Iterator, Mapping

import pytest

from tests.support.catalogue import Entry, entries
from tests.support.tree import none

TERMINAL = ("cli.", "jobs.")
FOR_AUTHORS = ("forms.", "case_bundle.")
"""What is said of a form or a case file to those who made it, in the words of the format."""

RULES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "a laptop only where it is carried": (
        r"(?i)\blaptops?\b",
        (
            "assessment.hand_over",
            "assessment.give_back",
            "assessment.take_back",
            "devices.label_hint",
            "settings.backup_beside",
            "papers.erasure.laptops",
        ),
    ),
    "one space between words": (r"\S {2,}\S", (*TERMINAL, "participants.chip")),
    "typographic quotes and apostrophes": (r"(?<!\\)[\"']", TERMINAL),
    "British spelling": (
        r"(?i)\b(\w+(?:an|gn|ar|im|or|on|om|og)iz(?:e|ed|es|ing|ation)|color|center|canceled|behavior|fulfill|enroll|gray)\b",
        (),
    ),
    "sync, never synchronise": (r"(?i)synchroni", ()),
    "email, never e-mail": (r"(?i)\be-mail", ()),
    "no word of the trade": (
        r"(?i)\b(hash(?:es|ed)?|blobs?|incarnations?|slots?|payloads?|uuids?|tokens?|caches?|metadata|null|timeouts?)\b",
        (*TERMINAL, *FOR_AUTHORS, "papers.code.content"),
    ),
    "no fault of the person": (r"(?i)\b(invalid|illegal|fatal|abort(?:ed)?|oops|sorry)\b", TERMINAL),
}
"""A rule, what breaks it, and the keys, or beginnings of keys, that it lets pass."""

NEXT_STEP = re.compile(
    r"(?i)\b(please|try|ask|choose|write|check|tell|use|give|open|make|say|wait|look|save|install|take|name|add|bring"
    r"|begin|sign|put|type|set|read|can|restore|send|correct|record|unlock|connect|fill|remove|go|keep|turn|show|note"
    r"|leave|close|run|change|move|see|enter|answer|let|pick|start|sync|clear|mend|come|remind|agree|word|shorten)\b"
)
ANSWERS_ITSELF = {
    "not_here_yet": "it comes by itself",
    "reason.unknown_command": "lists the commands",
    "reason.hub_device": "names the command that lists them",
}
"""Errors whose last sentence is no request, and why not."""


@pytest.fixture(scope="module")
def source() -> Mapping[str, Entry]:
    return entries("en-GB")


def broken(rule: str, source: Mapping[str, Entry]) -> Iterator[str]:
    """Sentences that break a rule."""
    pattern, passes = RULES[rule]
    for key, entry in source.items():
        if key in passes or any(one.endswith(".") and key.startswith(one) for one in passes):
            continue
        for form in entry.forms:
            if found := re.search(pattern, re.sub(r"<[^>]*>|(?<=\{)\w+(?=\})|https?://\S+", "", form)):
                yield f"{key}: {found[0]!r} in {form!r}"


@pytest.mark.parametrize("rule", RULES)
def test_the_catalogue_keeps_to(rule: str, source: Mapping[str, Entry]) -> None:
    none(broken(rule, source))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("a laptop only where it is carried", "Saved on this laptop"),
        ("one space between words", "Two  spaces"),
        ("typographic quotes and apostrophes", "The person's plan"),
        ("British spelling", "Not authorized"),
        ("sync, never synchronise", "Synchronise now"),
        ("email, never e-mail", "Sent by e-mail"),
        ("no word of the trade", "The blob is missing"),
        ("no fault of the person", "Invalid date"),
    ],
)
def test_a_sentence_that_breaks_a_rule_is_found(rule: str, words: str) -> None:
    assert list(broken(rule, {"today.planted": Entry((words,))}))


def without_a_step(source: Mapping[str, Entry]) -> Iterator[str]:
    """Errors that say what happened and nothing to do about it. A field says what is wrong with it, beside it."""
    for key, entry in source.items():
        name = key.removeprefix("errors.")
        if not key.startswith("errors.") or name.startswith("field.") or name in ANSWERS_ITSELF:
            continue
        for form in entry.forms:
            if not NEXT_STEP.search(form):
                yield f"{key}: {form}"


def test_every_error_says_what_to_do_next(source: Mapping[str, Entry]) -> None:
    none(without_a_step(source))
    assert list(without_a_step({"errors.planted": Entry(("That went wrong. Nothing was changed.",))}))
    stale = {f"errors.{name}" for name in ANSWERS_ITSELF} - source.keys()
    assert not stale
