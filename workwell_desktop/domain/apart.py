"""Rules for one field that two people wrote apart: what is delicate, what can be kept side by side, what waits for it.

sensitive(kind, field) ──▶ the acts of which a person needs one, beside that of choosing; and a reason is written
both(field, values, …)  ──▶ one value that loses neither: texts under one another, sets and lists together; else None
holds_papers(kind, …)  ──▶ nothing is signed, and nothing goes to an employer, before a person has chosen
"""

from collections.abc import Sequence

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.values import Coding, Single, Value

_PLAN = (Act.EDIT_PLAN,)
SENSITIVE: dict[str, tuple[Act, ...]] = {
    "risk": (Act.HANDLE_RISK,),
    "agreement": (Act.RECORD_AGREEMENT,),
    "plan": _PLAN,
    "obstacle": _PLAN,
    "goal": _PLAN,
    "action": (Act.EDIT_PLAN, Act.RECORD_DECISION),
    "adjustment": _PLAN,
    "return_week": _PLAN,
    "signatory": (Act.TAKE_SIGNATURE,),
    "approval": (Act.APPROVE_PAPERS,),
    "document": (Act.TAKE_SIGNATURE, Act.MAKE_PAPERS),
    "safeguarding": (Act.RECORD_SAFEGUARDING,),
    "capacity": (Act.RECORD_CAPACITY,),
    "disclosure": (Act.DISCLOSE,),
    "red_flag_screen": (Act.SCREEN_RED_FLAGS,),
}
"""Kinds of which every field is delicate."""

_OF_A_PERSON = frozenset({"birth_date", "nhs_number", "nhs_number_status"})
_ON_PAPER: dict[str, frozenset[str]] = {
    "plan": frozenset(
        {
            "type",
            "what_matters",
            "strengths",
            "if_worse",
            "function",
            "gp_problem",
            "gp_request",
            "gp_risk",
            "review_on",
        }
    ),
    "obstacle": frozenset({"text", "kind", "status", "left_reason", "@deleted"}),
    "goal": frozenset({"text", "by", "level", "@deleted"}),
    "action": frozenset({"text", "owner", "owner_kind", "owner_name", "due", "status", "for_employer", "@deleted"}),
    "adjustment": frozenset({"text", "answer", "starts_on", "ends_on", "review_on", "status", "@deleted"}),
    "return_week": frozenset({"starts_on", "days", "hours", "start", "finish", "duties", "check_in", "@deleted"}),
    "agreement": frozenset({"given", "limits", "withdrawn_at", "party", "party_name", "kind", "@deleted"}),
    "participant": frozenset({"birth_date", "nhs_number"}),
}
"""Delicate fields that a plan or a paper for an employer says, or is given out by."""

STAMPS = {("participant", "what_matters_at"): "what_matters", ("participant", "what_matters_by"): "what_matters"}
"""Fields that say when and by whom another one was written: nobody is asked about them, they go with its answer."""

WITH_OWNER = ("owner", "owner_name")
"""Who does an action, beside ``owner_kind``: asked as one question with it where that differs too."""


def owner_with(kind: Value | None, owner: Value | None, name: Value | None) -> tuple[Value | None, Value | None]:
    """What stands beside ``owner_kind``: one of ours by id, another by name, and nobody else by either."""
    return (owner if kind == "staff" else None, name if kind == "other" else None)


ORDER = "position"
"""The field by which a record has its place among its like: only one place can be its own."""

WHY_BESIDE = "chosen_why"
"""The field of a restricted note that keeps why one of two answers was chosen, where nobody else reads it."""

FREE = frozenset(
    "agreed answer_note asked came_of_it carried_reason chosen_why contact_note decision demands_words dissent doubt "
    "duties duties_out effect effect_note facts follow found function funding good_at gp_problem gp_request "
    "gp_risk help_given if_worse interests left_reason limits note onward_note opinion options own_view "
    "own_words question rationale reason said seen_note since_last strengths topics_limits told what_matters".split()
)
"""Fields of free words, in which two texts can stand one under the other and say no less."""


def sensitive(kind: str, field: str) -> tuple[Act, ...]:
    """The acts of which a person has to be allowed one; none where it is enough to be allowed to choose."""
    if kind == "participant":
        return (Act.EDIT_PARTICIPANT,) if field in _OF_A_PERSON else ()
    return () if field == ORDER else SENSITIVE.get(kind, ())


def holds_papers(kind: str, field: str) -> bool:
    """Whether signing, and papers for an employer, wait until a person has chosen here."""
    return field in _ON_PAPER.get(kind, frozenset())


def _among(one: Single, others: Sequence[Single]) -> bool:
    """Two codings are the same option whatever they show."""
    if isinstance(one, Coding):
        return any(isinstance(each, Coding) and one.same_as(each) for each in others)
    return one in others


def both(field: str, values: Sequence[Value | None], said: Sequence[str]) -> Value | None:
    """One value that keeps all of them; None where a field holds one thing only.

    ``said`` says of each value who wrote it and when: a text stands above the words of its author.
    """
    lists = [one for one in values if isinstance(one, tuple)]
    if lists and len(lists) == len(values):
        every = [each for told in lists for each in told]
        return tuple(one for at, one in enumerate(every) if not _among(one, every[:at]))
    sets = [one for one in values if isinstance(one, frozenset)]
    if len(sets) == len(values):
        return frozenset[str]().union(*sets)
    texts = [one.strip() for one in values if isinstance(one, str)]
    if field not in FREE or len(texts) < len(values) or not all(texts):
        return None
    return "\n".join(f"{one} ({who})" for one, who in zip(texts, said, strict=True))


__all__ = [
    "FREE",
    "ORDER",
    "SENSITIVE",
    "STAMPS",
    "WHY_BESIDE",
    "WITH_OWNER",
    "both",
    "holds_papers",
    "owner_with",
    "sensitive",
]
