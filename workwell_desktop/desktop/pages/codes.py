"""The words of every code that a field of a record may hold, as the pages say them.

code_words(field, kind) ──▶ words(code): of that field of that kind; else of a field of that name; else the code itself
Codes that the site, a list or the store knows (a role, a rule, a person) are named by the service that asks.
"""

from collections.abc import Callable
from functools import cache

from workwell_desktop.domain.duties import EQUALITY
from workwell_desktop.domain.reference import load_barriers
from workwell_desktop.domain.screen import has, keys, text

_SIGNATURE, _PAPER = "conflict.code.signature", "papers_list.kind"
_PARTY, _SIGNS = "conflict.code.party", "conflict.code.signs"

OF_KIND = {
    ("absence_evidence", "kind"): "absence.kind", ("absence_evidence", "issuer"): "absence.issuer",
    ("absence_evidence", "fitness"): "absence.fitness", ("absence_evidence", "options"): "absence.option",
    ("action", "kind"): "conflict.code.action", ("action", "owner_kind"): "conflict.code.owner_kind",
    ("action", "status"): "plan.status", ("adjustment", "answer"): "plan.answer",
    ("adjustment", "status"): "change.status_of", ("adjustment", "effect"): "change.effect_of",
    ("advice", "kind"): "session.advice_kind", ("agenda_item", "lane"): "session.lane",
    ("agenda_item", "why"): "conflict.code.why", ("agenda_item", "withdrawn"): "session.withdrawn_why",
    ("agreement", "party"): _PARTY, ("approval", "how"): "loops.how", ("approval", "recipient"): _PARTY,
    ("attachment", "kind"): "attachment.kind", ("attendance", "presence"): "session.presence",
    ("block", "outcome"): "blocks.how", ("bring_request", "lane"): "session.lane",
    ("broken_glass", "kind"): "standing.kind", ("capacity", "outcome"): "duties.mind.outcome",
    ("contact", "left_words"): "contact.left", ("contribution", "discipline"): "first_run.profession",
    ("disclosure", "party"): _PARTY, ("disclosure", "reason"): "duties.tell.reason",
    ("discussion", "outcome"): "session.outcome", ("discussion", "tell_how"): "session.tell_how",
    ("discussion", "there"): "session.there_code", ("discussion", "topics"): "session.topics",
    ("discussion", "view_how"): "session.came_how", ("document", "kind"): _PAPER,
    ("document", "expected"): _SIGNS, ("document", "present"): _SIGNS, ("document", "recipient"): _PARTY,
    ("document", "status"): "conflict.code.paper",
    ("eligibility_answer", "answer"): "referrals.said", ("episode", "closed_work"): "record.code.status",
    ("episode", "closure_reason"): "record.closed", ("episode", "onward"): "ending.who",
    ("erasure", "reason"): "retention.reason", ("form", "status"): "library.status",
    ("form_rights", "wording"): "library.wording", ("form_signature", "outcome"): _SIGNATURE,
    ("left_out", "reason"): "conflict.code.left_out",
    ("local_service", "access"): "directory.access", ("local_service", "capacity"): "directory.capacity",
    ("local_service", "helps"): "directory.helps", ("local_service", "way"): "conflict.code.way",
    ("main_condition", "main"): "duties.counts.group", ("main_condition", "beside"): "duties.counts.group",
    ("participant", "needs"): "person.needs", ("participant", "nhs_number_status"): "referral.number",
    ("person", "profession"): "first_run.profession", ("plan", "status"): "conflict.code.plan",
    ("plan", "type"): "conflict.plan", ("red_flag_screen", "outcome"): "duties.flag.outcome",
    ("referral", "source"): "referral.source_of", ("release", "basis"): "conflict.code.basis",
    ("release", "how"): "audit.detail", ("release", "recipient"): _PARTY,
    ("response", "mode"): "conflict.code.mode", ("response", "status"): "conflict.code.response",
    ("return_week", "days"): "papers.weekday", ("revocation", "reason"): "conflict.code.revoked",
    ("safeguarding", "about"): "duties.safe.about", ("service_loop", "way"): "conflict.code.way",
    ("service_loop", "why"): "loops.why", ("session", "status"): "conflict.code.session",
    ("settling", "of_kind"): "conflict.kind", ("signatory", "outcome"): _SIGNATURE,
    ("signatory", "role"): _SIGNS, ("team_document", "kind"): _PAPER,
    ("team_document", "expected"): _SIGNS, ("team_document", "present"): _SIGNS,
    ("team_document", "recipient"): _PARTY, ("team_document", "status"): "conflict.code.paper",
    ("triage", "helper"): "conflict.code.helper", ("triage", "told_how"): "session.tell_how",
    ("work_situation", "contract"): "work.contract_of", ("work_situation", "employer_contact"): "work.contact",
    ("work_situation", "employer_size"): "work.employer_size_of", ("work_situation", "sector"): "work.sector_of",
    **{("equality", one): f"duties.equality.{one}" for one in EQUALITY},
}  # fmt: skip
"""The group of texts that has the words of the codes of a field; what is not named has the words of its field's name
(``record.code``)."""

_NOT_CHOSEN = frozenset(
    {("document", "expected"), ("document", "present"), ("team_document", "expected"), ("team_document", "present"),
     ("settling", "of_kind"), ("broken_glass", "kind"), ("agenda_item", "why"), ("contribution", "discipline"),
     ("release", "basis")}
)  # fmt: skip
"""What follows from something else, or is made of more than its code."""


@cache
def _barriers() -> dict[str, str]:
    return {one.code: one.words for one in load_barriers()}


def code_words(field: str, kind: str) -> Callable[[str], str]:
    """The words of the codes of a field, where it has codes; what is no code stays as it is."""
    groups = [OF_KIND[kind, field]] if (kind, field) in OF_KIND else []
    groups.append(f"record.code.{field}")

    def words(code: str) -> str:
        if field == "demands" and code in _barriers():
            return _barriers()[code]
        # a place for a signature is a role, with a number from the second of a role on
        tried = (code, code.rstrip("0123456789")) if _SIGNS in groups else (code,)
        return next((text(f"{group}.{one}") for group in groups for one in tried if has(f"{group}.{one}")), code)

    return words


def codes_of(field: str, kind: str) -> list[str]:
    """Every code that there are words for, of a field whose codes no enumeration has; none where they are another's."""
    if field == "demands":
        return list(_barriers())
    namespace, _dot, within = OF_KIND.get((kind, field), f"record.code.{field}").partition(".")
    if (kind, field) in _NOT_CHOSEN:
        return []
    every = (one.removeprefix(f"{within}.") for one in keys(namespace) if one.startswith(f"{within}."))
    return [one for one in every if (kind, one) != ("equality", "ask")]


__all__ = ["OF_KIND", "code_words", "codes_of"]
