"""Papers for each recipient: preview, the participant's approval, the register, releases (ruling 6)."""

from workwell_desktop.domain.papers import ApprovalHow, PaperKind, ReleaseHow
from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paper_views import ApprovalView, PaperLine, Preview

RECIPIENTS = {
    PaperKind.PARTICIPANT_PLAN: Party.PARTICIPANT,
    PaperKind.GP_SUMMARY: Party.GP,
    PaperKind.EMPLOYER_SUMMARY: Party.EMPLOYER,
    PaperKind.MINUTES: Party.TEAM,
    PaperKind.AGENDA: Party.TEAM,
}


def preview(desk: Desk, plan: Id, kind: PaperKind) -> Preview:
    """An unsigned paper of a plan as PDF bytes, in memory alone. The same words give the same bytes."""
    raise NotImplementedError


def preview_page(desk: Desk, paper: Preview, page: int, width: int) -> bytes:
    """One page (from 0) of a preview as PNG, ``width`` pixels wide."""
    raise NotImplementedError


def preview_session(desk: Desk, session: Id, kind: PaperKind = PaperKind.MINUTES) -> Preview:
    """The agenda or the minutes of a session, unsigned."""
    raise NotImplementedError


def approvals(desk: Desk, plan: Id) -> list[ApprovalView]:
    """Where the participant stands on each paper of a plan: own copy, GP, employer."""
    raise NotImplementedError


def approve(
    desk: Desk, plan: Id, kind: PaperKind, content: str, *, how: ApprovalHow, read_out_by: Id | None = None
) -> Id:
    """The participant saw exactly this content and agreed that this recipient gets it, for the site's time.

    ``content`` is the hash that the page showed: when the paper says something else by now, BadInput asks to look again.
    By telephone ``read_out_by`` says who read it out.
    """
    raise NotImplementedError


def refuse(desk: Desk, plan: Id, kind: PaperKind, reason: str | None, *, how: ApprovalHow) -> Id:
    """The participant said no: the paper is not made, and the register says so with the reason."""
    raise NotImplementedError


def list_papers(desk: Desk, participant: Id) -> list[PaperLine]:
    """The register of one person, newest first, refused ones included."""
    raise NotImplementedError


def list_session_papers(desk: Desk, session: Id) -> list[PaperLine]:
    """The register of one session: agenda and minutes."""
    raise NotImplementedError


def paper_bytes(desk: Desk, document: Id) -> bytes:
    """The newest revision of a paper in the register, to look at inside the window; writes an audit event."""
    raise NotImplementedError


def release(
    desk: Desk, document: Id, how: ReleaseHow, *, recipient: Party | None = None, recipient_name: str | None = None
) -> bytes:
    """Gives a paper out: printed, saved or handed over. Gives its bytes and writes a release and an audit event.

    NotApproved for a GP or employer without an approval of this very content that still stands; never to an employer
    without one. Own copies and papers inside the team need none.
    """
    raise NotImplementedError
