"""Whether a paper may go to its recipient: one content, one recipient, a stated time."""

from datetime import datetime

from workwell_desktop.domain.papers import Approval, Document
from workwell_desktop.domain.participants import Agreement, AgreementKind, Party
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.services._reads import standing
from workwell_desktop.services.paperwork.paper_making import Made, last_approval
from workwell_desktop.store import Reader

FREE = frozenset({Party.PARTICIPANT, Party.TEAM})
"""One's own copy, and papers inside the team, need no approval of their own."""


def state_of(reader: Reader, made: Made, now: datetime) -> tuple[Code, Approval | None]:
    """Where the participant stands on a paper as it reads now; the codes of ``ApprovalView.state``."""
    last = last_approval(reader, made.document)
    if made.recipient in FREE:
        return Code("not_needed"), last
    if last is not None and not last.approved:
        return Code("refused"), last
    if not made.recipient_name:
        return Code("no_recipient"), last
    if last is None:
        return Code("not_asked"), None
    return judged(reader, last, made.words, made.recipient_name, now), last


def approval_for(reader: Reader, paper: Document, now: datetime) -> Approval | None:
    """The approval under which a finished paper may go out now, or None."""
    last = last_approval(reader, paper.id)
    if last is None or paper.words is None:
        return None
    stands = judged(reader, last, paper.words, paper.recipient_name, now) == "agreed"
    return last if stands else None


def judged(reader: Reader, last: Approval, words: str, name: str | None, now: datetime) -> Code:
    """Whether an answer still stands for content with this hash and this recipient; the codes of ``ApprovalView``."""
    if not last.approved:
        return Code("refused")
    if last.content != words or last.recipient_name != name:
        return Code("changed")
    if last.until is not None and last.until < now:
        return Code("run_out")
    return Code("withdrawn") if _withdrawn(reader, last) else Code("agreed")


def taken_back(reader: Reader, participant: Id, recipient: Party, recipient_name: str | None) -> bool:
    """Whether an agreement that stands behind anything to this party is taken back, and was not given anew."""
    newest = standing(reader.list(Agreement, scope=participant))
    found = (newest.get(key) for key in _behind(recipient, recipient_name))
    return any(one is not None and one.withdrawn_at is not None for one in found)


def _withdrawn(reader: Reader, last: Approval) -> bool:
    """Whether the person has since taken back that anything goes to this party, or to anybody. Who agrees again
    later has agreed to nothing that was shown before."""
    if last.recipient is None or last.at is None:
        return False
    if taken_back(reader, last.scope, last.recipient, last.recipient_name):
        return True
    keys = _behind(last.recipient, last.recipient_name)
    said = reader.list(Agreement, scope=last.scope)
    if any(one.withdrawn_at is not None and one.withdrawn_at >= last.at and _key(one) in keys for one in said):
        return True
    newest = standing(said)
    return any(
        one.given is False and one.at is not None and one.at >= last.at
        for one in (newest.get(key) for key in keys)
        if one is not None
    )


def _behind(recipient: Party, name: str | None) -> tuple[tuple[AgreementKind, Party, str], ...]:
    """The questions whose answers stand behind a paper for a party: sharing with it, and taking part at all."""
    who = (name or "") if recipient is Party.SERVICE else ""
    return (AgreementKind.SHARE, recipient, who), (AgreementKind.TAKE_PART, Party.PARTICIPANT, "")


def _key(one: Agreement) -> tuple[AgreementKind | None, Party | None, str]:
    return one.kind, one.party, (one.party_name or "") if one.party is Party.SERVICE else ""
