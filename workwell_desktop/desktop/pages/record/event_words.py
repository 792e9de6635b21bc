"""What happened, in one line of words."""

from workwell_desktop.desktop.kit import text
from workwell_desktop.domain.screen import has
from workwell_desktop.services.person.record_views import EventView

_CODES = {
    "brought": "attachment.kind",
    "evidence": "today.evidence",
    "source": "today.source",
    "status": "participants.status",
    "party": "record.party",
    "recipient": "record.party",
    "paper": "papers_list.kind",
    "outcome": "record.outcome",
    "reason": "record.closed",
    "mode": "record.mode",
    "obstacle_kind": "record.obstacle_kind",
    "how": "record.given",
    "role": "papers_list.role",
}
_ALL = (
    "agreement", "brought", "decision", "employer", "evidence", "form", "how", "label", "mode", "name", "obstacle_kind",
    "outcome", "paper", "party", "party_name", "place", "purpose", "question", "reason", "recipient", "role", "source",
    "status", "text", "until", "version",
)  # fmt: skip


def event_words(one: EventView) -> str:
    """One line of "so far" and of "everything by date"."""
    said = dict.fromkeys(_ALL, "")
    for name, value in one.words:
        key = f"{_CODES[name]}.{value}" if name in _CODES else ""
        said[name] = text(key) if key and has(key) else value
    if said["agreement"]:
        said["agreement"] = agreement_words(said["agreement"], dict(one.words).get("party", ""), said["party_name"])
    if said["until"]:
        said["until"] = text("record.event_until", day=said["until"])
    if one.kind == "contact" and not said["purpose"]:
        said["purpose"] = said["mode"] or text("record.talk")
    words = text(f"record.event.{one.kind}", **said).strip()
    return words.rstrip(":,. ") if words.endswith((":", ", ", ":.", " ")) else words


def agreement_words(kind: str, party: str, party_name: str = "") -> str:
    """What was asked: "To share with the GP"."""
    key = f"agreement.question.{kind}_{party}"
    if has(key):
        return text(key)
    who = party_name or (text(f"record.party.{party}") if has(f"record.party.{party}") else party)
    return text("agreement.other", kind=text(f"agreement.kind.{kind}"), who=who)
