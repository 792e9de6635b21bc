"""What there is to say about a questionnaire: what is wrong, at which question, and what to do about it."""

from collections.abc import Sequence

from workwell_desktop.desktop.kit import Card, Clear, IconMark, Words, column, row, rule, text
from workwell_desktop.forms import Problem

MOST = 40
"""Shown at once; a form with more of them is for its author to mend, not for a person to read through."""

ADVICE = {
    "file": ("notJson", "notAQuestionnaire", "tooLarge", "tooDeep", "noItems"),
    "link_ids": ("linkIdMissing", "linkIdTwice"),
    "codes": ("valueSetMissing", "valueSetOpen", "unitSetMissing"),
    "server": (
        "queryVariable",
        "queryNeeded",
        "adaptive",
        "candidateExpression",
        "targetStructureMap",
        "sourceStructureMap",
        "lookupQuestionnaire",
    ),
    "expressions": ("languageUnsupported", "addsUnion", "patternUnsupported"),
    "cycle": ("cycle",),
    "assemble": ("subQuestionnaire",),
    "versions": ("unsupportedVersion", "modifierExtension", "implicitRules"),
    "conditions": ("conditionBroken", "conditionOfOtherType", "behaviorMissing", "enabledTwice"),
    "retired": ("retired",),
}
"""What to do, by the codes of problems; what is not named here is for the author, or needs nothing."""

_OF_CODE = {code: advice for advice, codes in ADVICE.items() for code in codes}


def advice(problem: Problem) -> str:
    """What to do about one problem."""
    known = "expressions" if problem.code.startswith("expression.") else _OF_CODE.get(problem.code)
    return text(f"library.advice.{known or ('author' if problem.severity == 'error' else 'nothing')}")


def problem_list(problems: Sequence[Problem], questions: dict[str, str] | None = None) -> Clear:
    """Each problem under the other, what stops the form first; ``questions`` are words by linkId."""
    holder = Clear()
    box = column(holder, (0, 0, 0, 0), 8)
    ordered = sorted(problems, key=lambda one: one.severity != "error")
    for place, one in enumerate(ordered[:MOST]):
        if place:
            box.addWidget(rule())
        box.addWidget(_problem(one, (questions or {}).get(one.link_id or "", "")))
    if len(ordered) > MOST:
        box.addWidget(Words(text("library.more_problems", count=len(ordered) - MOST), "note", "soft"))
    return holder


def problem_card(title: str, problems: Sequence[Problem], questions: dict[str, str] | None = None) -> Card:
    """The same on a sheet, or the word that nothing is wrong."""
    stops = sum(1 for one in problems if one.severity == "error")
    note = text("library.stops_count", count=stops) if stops else ""
    card = Card(title, note, gap=8)
    if problems:
        return card.add(problem_list(problems, questions)).end()
    return card.add(Words(text("library.no_problems"), "body", "done")).end()


def _problem(one: Problem, question: str) -> Clear:
    stops = one.severity == "error"
    holder = Clear()
    box = row(holder, (0, 0, 0, 0), 10)
    mark = column(None, (0, 2, 0, 0), 0)
    mark.addWidget(IconMark("circle-alert" if stops else "info", "risk" if stops else "info"))
    mark.addStretch(1)
    box.addLayout(mark)
    lines = column(None, (0, 0, 0, 0), 2)
    lines.addWidget(Words(f"{text('library.stops' if stops else 'library.to_know')} {one.message}", "body"))
    if one.link_id is not None:
        where = text("library.at_question", words=question, link_id=one.link_id) if question else ""
        lines.addWidget(Words(where or text("library.at_link_id", link_id=one.link_id), "note", "soft"))
    lines.addWidget(Words(text("library.to_do", words=advice(one)), "note"))
    box.addLayout(lines, 1)
    return holder
