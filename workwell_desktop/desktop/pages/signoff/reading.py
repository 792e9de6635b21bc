"""What sign-off reads, and the cards that read it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Card,
    Page,
    PaperPreview,
    SummaryList,
    Words,
    alone,
    long_day,
    moment_words,
    text,
)
from workwell_desktop.desktop.pages.session.agenda_side import role_words
from workwell_desktop.desktop.pages.session.bar import lacking_words
from workwell_desktop.desktop.pages.session.owners import owner_words
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document, PaperKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Lane, SessionStatus, Withdrawn
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import reading_back, session_pages
from workwell_desktop.services.meeting.reading_back import ReadBack
from workwell_desktop.services.meeting.session_views import AgendaLine, SessionLine, SessionView
from workwell_desktop.services.paperwork import paper_pages, papers, register
from workwell_desktop.services.paperwork.paper_views import PaperLine
from workwell_desktop.services.planning import typed


@dataclass(frozen=True, slots=True)
class Ending:
    """What sign-off reads: the session, each case as it was decided, the next session, the newest minutes.

    ``waiting`` may still co-sign, ``since`` counts what came after the minutes were signed. ``typed`` is what the
    acting person began to write and did not finish: a reason by agenda item or for ``all``, ``addendum``.
    """

    session: SessionView
    cases: tuple[ReadBack, ...]
    coming: SessionLine | None
    minutes: PaperLine | None
    waiting: tuple[tuple[Id, str], ...]
    since: int
    typed: Mapping[str, str]


def read_ending(desk: Desk, session: Id) -> Ending:
    """On the worker."""
    view = session_pages.view_session(desk, session)
    planned = [
        one
        for one in session_pages.list_sessions(desk, team=view.team)
        if one.status is SessionStatus.PLANNED and one.starts_at > view.starts_at
    ]
    made = [
        one
        for one in register.list_session_papers(desk, session)
        if one.kind is PaperKind.MINUTES and not one.superseded
    ]
    locked = view.status is SessionStatus.LOCKED
    return Ending(
        session=view,
        cases=reading_back.read_back(desk, session, view.agenda),
        coming=planned[-1] if planned else None,
        minutes=made[0] if made else None,
        waiting=reading_back.may_stand_by(desk, session) if locked else (),
        since=reading_back.since_signing(desk, session) if locked else 0,
        typed=typed.of(desk, session) if desk.may(Act.EDIT_OWN_SETTINGS) else {},
    )


def line_name(line: AgendaLine) -> str:
    """ "4 Marlon Price"; by its number alone where the person did not agree or their record is not here."""
    if not line.named:
        return text("session.case_number", number=line.number)
    return text("session.agenda_row", number=line.number, name=line.name)


def withdrawn_words(why: Withdrawn) -> str:
    """Why a case left the table."""
    return text(f"session.withdrawn_why.{why.value}")


def attendance_card(view: SessionView) -> Card:
    """Who was there, and who was not; what was read out and declared; who stands by the record."""
    card = Card(text("signoff.attendance"))
    here = [f"{one.name} ({role_words(one)})" if role_words(one) else one.name for one in view.attendees if one.here]
    rest = [text("signoff.presence", name=one.name, how=text(f"session.presence.{one.presence.value}"))
            for one in view.attendees if not one.here]  # fmt: skip
    card.add(Words(", ".join(here) or text("session.nobody_here")))
    if rest:
        card.add(Words(". ".join(rest), "note", "soft"))
    if not view.quorum.met and view.status is not SessionStatus.LOCKED:
        card.add(Words(lacking_words(view.quorum), "note", "due"))
    head = [
        text("signoff.read_out" if view.confidentiality_read else "signoff.not_read_out"),
        text("signoff.recorded" if view.recorded else "signoff.not_recorded"),
    ]
    if view.interests:
        head.append(text("signoff.interests", words=view.interests))
    return card.add(Words(" ".join(head), "note", "soft"))


def case_card(case: ReadBack, line: AgendaLine, today: date) -> Card:
    """One case as it is read back."""
    card = Card(line_name(line), alone(text(f"signoff.state.{_state(line)}")))
    rows: list[tuple[str, str]] = []
    if case.question:
        rows.append((text("session.question"), case.question))
    if line.withdrawn is not None:
        rows.append((text("signoff.withdrawn_because"), withdrawn_words(line.withdrawn)))
    if line.carried:
        rows.append((text("signoff.carried_because"), line.carried))
    if case.there:
        rows.append((text("signoff.there"), text(f"signoff.there_who.{case.there}", name=case.called)))
    for key, words in (("decision", case.decision), ("why", case.rationale), ("dissent", case.dissent)):
        if words:
            rows.append((text(f"session.{key}"), words))
    if case.outcome is not None:
        rows.append((text("session.outcome_label"), text(f"session.outcome.{case.outcome.value}")))
    rows += _committed(case, today)
    if case.tell_owner_name and case.tell_by:
        key = "signoff.told_line" if case.told_at else "signoff.tell_line"
        day = moment_words(case.told_at, today) if case.told_at else long_day(case.tell_by, today)
        rows.append((text("signoff.tell"), text(key, owner=case.tell_owner_name, name=case.called, day=day)))
    rows += [(text("signoff.addendum_of", when=moment_words(one.at, today), author=one.author), one.text)
             for one in case.addenda]  # fmt: skip
    if not line.named:
        card.add(Words(text("session.not_discussed_words" if line.known else "session.not_here_words"), "note", "soft"))
    return card.add(SummaryList(rows)) if rows else card


def _state(line: AgendaLine) -> str:
    if line.withdrawn is not None:
        return "withdrawn"
    if line.carried:
        return "carried"
    if not line.decided:
        return "noted" if line.lane is Lane.NOTE else "open"
    return "provisional" if line.provisional else "decided"


def _committed(case: ReadBack, today: date) -> list[tuple[str, str]]:
    """Actions, costs with who approved them, and drafts that say of themselves what they are."""
    rows = []
    for action in case.actions:
        due = long_day(action.due, today) if action.due else ""
        owner = owner_words(action, case.called)
        rows.append((text("signoff.action"), text("signoff.action_line", words=action.text, owner=owner, day=due)))
    for cost in case.funding:
        line = text("signoff.cost_line", what=cost.what, cost=f"{cost.cost:,.2f}", approver=cost.approver)
        rows.append((text("session.funding"), line))
    for draft in case.advice:
        kind = text(f"session.advice_kind.{draft.kind.value}")
        rows.append((text("signoff.draft", kind=kind), text("signoff.draft_line", name=draft.name, words=draft.text)))
    return rows


def minutes_paper(page: Page, ending: Ending) -> QWidget:
    """The minutes as the paper that is signed, or was."""
    if ending.minutes is None and not page.context.desk.may(Act.MAKE_PAPERS, Document):
        return Words(text("signoff.minutes_later"), "note", "soft")
    note = text("signoff.minutes_signed") if ending.minutes else text("signoff.minutes_unsigned")
    preview = PaperPreview(text("signoff.minutes"), note=note)
    desk, session, minutes = page.context.desk, ending.session.session, ending.minutes

    def draw(index: int, width: int) -> tuple[bytes, int, int]:
        if minutes is not None:
            return paper_pages.page(desk, register.paper_bytes(desk, minutes.document), index, width)
        return paper_pages.page(desk, papers.preview_session(desk, session).pdf, index, width)

    def wanted(index: int, width: int) -> None:
        page.run(lambda: draw(index, width), lambda found: preview.show_page(found[0], found[1], found[2]))

    preview.wanted.connect(wanted)
    preview.ask()
    return preview
