"""Papers before they are signed: preview, and what the participant says to each."""

from datetime import timedelta

from workwell_desktop import documents
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Approval, ApprovalHow, Document, PaperKind, TeamDocument
from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Plan
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, NotApproved, in_a_line
from workwell_desktop.services.assessing.measures import measures_in
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none
from workwell_desktop.services.meeting.minutes import make_agenda, make_minutes
from workwell_desktop.services.meeting.sending import next_version
from workwell_desktop.services.paperwork.approval import state_of, taken_back
from workwell_desktop.services.paperwork.paper_facts import gather, unfit_for_employer
from workwell_desktop.services.paperwork.paper_making import PLAN_PAPERS, Made, make
from workwell_desktop.services.paperwork.paper_views import ApprovalView, Preview
from workwell_desktop.services.safekeeping._holding import refuse_held
from workwell_desktop.store import Reader

__all__ = ["ApprovalHow", "approvals", "approve", "make_paper", "preview", "preview_page", "preview_session", "refuse"]

MOST_COUNTED = 64


def preview(desk: Desk, plan: Id, kind: PaperKind) -> Preview:
    """An unsigned paper of a plan as PDF bytes, in memory alone. The same words give the same bytes."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        made = make_paper(desk, reader, reader.get(Plan, plan), kind)
    pdf = documents.render(made.composition, made.style, rehearsal=desk.rehearsal)
    return Preview(kind, made.recipient, made.recipient_name, made.words, pdf, documents.pages(pdf))


def preview_page(desk: Desk, paper: Preview, page: int, width: int) -> bytes:
    """One page (from 0) of a preview as PNG, ``width`` pixels wide."""
    desk.allow(Act.READ, Document)
    return documents.page_png(paper.pdf, page, width)


def preview_session(desk: Desk, session: Id, kind: PaperKind = PaperKind.MINUTES) -> Preview:
    """The agenda or the minutes of a session, unsigned."""
    desk.allow(Act.MAKE_PAPERS, TeamDocument)
    with desk.read() as reader:
        if kind is PaperKind.AGENDA:
            version = next_version(reader, session)
            made = make_agenda(reader, desk.site, session, desk.clock.today(), version=version)
        else:
            made = make_minutes(reader, desk.site, session)
    pdf = documents.render(made.composition, made.style, rehearsal=desk.rehearsal)
    return Preview(kind, made.recipient, made.recipient_name, made.words, pdf, documents.pages(pdf))


def approvals(desk: Desk, plan: Id) -> list[ApprovalView]:
    """Where the participant stands on each paper of a plan: own copy, GP, employer."""
    desk.allow(Act.READ, Approval)
    views = []
    with desk.read() as reader:
        found = reader.get(Plan, plan)
        for kind in PLAN_PAPERS:
            made = make_paper(desk, reader, found, kind)
            state, last = state_of(reader, made, desk.clock.now())
            views.append(
                ApprovalView(
                    kind=kind,
                    recipient=made.recipient,
                    recipient_name=made.recipient_name,
                    state=state,
                    at=last.at if last else None,
                    until=last.until if last else None,
                    how=last.how if last else None,
                    reason=last.reason if last else None,
                    pages=_pages(made),
                    content=made.words,
                    stale=last is not None and last.content != made.words,
                )
            )
    return views


def approve(
    desk: Desk, plan: Id, kind: PaperKind, content: str, *, how: ApprovalHow, read_out_by: Id | None = None
) -> Id:
    """The participant saw exactly this content and agreed that this recipient gets it, for the site's time.

    ``content`` is the hash that the page showed: when the paper says something else by now, BadInput ``paper_changed``
    asks to look again; ``unfit_for_employer`` names a word that an employer is not told, ``answers_apart``
    what waits for a choice. By telephone ``read_out_by`` says who read it out.
    """
    desk.allow(Act.APPROVE_PAPERS, Approval)
    if how is ApprovalHow.TELEPHONE and read_out_by is None:
        raise BadInput("reader_missing")
    with desk.unit() as unit:
        unit.undoable = False
        found = unit.reader.get(Plan, plan)
        made = make_paper(desk, unit.reader, found, kind)
        if made.words != content:
            raise BadInput("paper_changed")
        if not made.recipient_name:
            raise BadInput("no_recipient")
        if taken_back(unit.reader, found.scope, made.recipient, made.recipient_name):
            raise BadInput("agreement_taken_back")
        if read_out_by is not None:
            unit.reader.get(Person, read_out_by)
        if kind is PaperKind.EMPLOYER_SUMMARY:
            refuse_held(unit.reader, found.scope)
            _refuse_unfit(desk, unit.reader, found)
        now = desk.clock.now()
        return unit.add(
            Approval(
                id=new_id(),
                scope=found.scope,
                document=made.document,
                content=content,
                recipient=made.recipient,
                recipient_name=made.recipient_name,
                approved=True,
                how=how,
                read_out_by=read_out_by,
                at=now,
                until=now + timedelta(days=desk.site.pace.approval_days),
                recorded_by=desk.me,
            )
        )


def _refuse_unfit(desk: Desk, reader: Reader, plan: Plan) -> None:
    """The employer is told no diagnosis, score, risk or other agency, not even in words that a person typed."""
    word = unfit_for_employer(gather(reader, desk.site, plan, (), desk.clock.today()))
    if word is not None:
        raise BadInput("unfit_for_employer", word=in_a_line(word))


def refuse(desk: Desk, plan: Id, kind: PaperKind, reason: str | None, *, how: ApprovalHow) -> Id:
    """The participant said no: the paper is not made, and the register says so with the reason, if they gave one."""
    desk.allow(Act.APPROVE_PAPERS, Approval)
    with desk.unit() as unit:
        unit.undoable = False
        found = unit.reader.get(Plan, plan)
        made = make_paper(desk, unit.reader, found, kind)
        if made.recipient is Party.PARTICIPANT:
            raise NotApproved()
        return unit.add(
            Approval(
                id=new_id(),
                scope=found.scope,
                document=made.document,
                content=made.words,
                recipient=made.recipient,
                recipient_name=made.recipient_name,
                approved=False,
                how=how,
                reason=words_or_none(reason),
                at=desk.clock.now(),
                recorded_by=desk.me,
            )
        )


def make_paper(desk: Desk, reader: Reader, plan: Plan, kind: PaperKind, keys: dict[Id, str] | None = None) -> Made:
    """The composition of one paper of a plan, inside a read."""
    desk.allow(Act.READ, Document)
    measures = measures_in(desk, reader, plan.scope) if kind is PaperKind.GP_SUMMARY else ()
    return make(reader, desk.site, plan, kind, measures=measures, today=desk.clock.today(), keys=keys)


_counted: dict[tuple[str, str], int] = {}
"""Pages by content and style: counting means drawing them, and a page asks after every change."""


def _pages(made: Made) -> int:
    key = (made.composition.content_hash, made.style.value)
    if key not in _counted:
        if len(_counted) >= MOST_COUNTED:
            _counted.clear()
        _counted[key] = documents.pages(documents.render(made.composition, made.style))
    return _counted[key]
