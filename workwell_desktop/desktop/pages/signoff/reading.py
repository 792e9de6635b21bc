"""What sign-off reads, and the cards that read it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Card, Page, PaperPreview, SummaryList, Words, long_day, moment_words, text
from workwell_desktop.desktop.pages.session.agenda_side import role_words
from workwell_desktop.desktop.pages.session.bar import lacking_words
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document, PaperKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Lane, SessionStatus
from workwell_desktop.services import case_pages, paper_pages, papers, register, session_pages, typed
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paper_views import PaperLine
from workwell_desktop.services.session_views import AgendaLine, CaseView, SessionLine, SessionView


@dataclass(frozen=True, slots=True)
class Ending:
    """What sign-off reads: the session, each case as it was decided, the next session, the minutes.

    ``typed`` is what the acting person began to write and did not finish: a reason by agenda item, ``addendum``.
    """

    session: SessionView
    cases: tuple[CaseView, ...]
    coming: SessionLine | None
    minutes: PaperLine | None
    typed: Mapping[str, str]


def read_ending(desk: Desk, session: Id) -> Ending:
    """On the worker."""
    view = session_pages.view_session(desk, session)
    cases = tuple(case_pages.view_case(desk, line.item) for line in view.agenda)
    planned = [
        one
        for one in session_pages.list_sessions(desk, team=view.team)
        if one.status is SessionStatus.PLANNED and one.starts_at > view.starts_at
    ]
    made = [one for one in register.list_session_papers(desk, session) if one.kind is PaperKind.MINUTES]
    begun = typed.of(desk, session) if desk.may(Act.EDIT_OWN_SETTINGS) else {}
    return Ending(view, cases, planned[-1] if planned else None, made[0] if made else None, begun)


def attendance_card(view: SessionView) -> Card:
    """Who was there, and who was not."""
    card = Card(text("signoff.attendance"))
    here = [f"{one.name} ({role_words(one)})" if role_words(one) else one.name for one in view.attendees if one.here]
    rest = [text("signoff.presence", name=one.name, how=text(f"session.presence.{one.presence.value}"))
            for one in view.attendees if not one.here]  # fmt: skip
    card.add(Words(", ".join(here) or text("session.nobody_here")))
    if rest:
        card.add(Words(". ".join(rest), "note", "soft"))
    if not view.quorum.met and view.status is not SessionStatus.LOCKED:
        card.add(Words(lacking_words(view.quorum), "note", "due"))
    return card


def case_card(case: CaseView, line: AgendaLine, today: date) -> Card:
    """One case as it is read back."""
    state = "carried" if line.carried else "noted" if line.lane is Lane.NOTE and not line.decided else ""
    state = state or ("provisional" if case.provisional else "decided" if line.decided else "open")
    card = Card(text("session.agenda_row", number=line.number, name=line.name), text(f"signoff.state.{state}"))
    rows: list[tuple[str, str]] = []
    if case.question:
        rows.append((text("session.question"), case.question))
    if line.carried:
        rows.append((text("signoff.carried_because"), line.carried))
    for key, words in (("decision", case.decision), ("why", case.rationale), ("dissent", case.dissent)):
        if words and line.decided:
            rows.append((text(f"session.{key}"), words))
    if case.outcome is not None and line.decided:
        rows.append((text("session.outcome_label"), text(f"session.outcome.{case.outcome.value}")))
    for one in case.actions:
        owner = one.owner_name or case.called
        due = long_day(one.due, today) if one.due else ""
        rows.append((text("signoff.action"), text("signoff.action_line", words=one.text, owner=owner, day=due)))
    if line.decided and case.tell_owner_name and case.tell_by:
        told = text(
            "signoff.tell_line", owner=case.tell_owner_name, name=case.called, day=long_day(case.tell_by, today)
        )
        rows.append((text("signoff.tell"), told))
    rows += [(text("signoff.addendum_of", when=moment_words(one.at, today), author=one.author), one.text)
             for one in case.addenda]  # fmt: skip
    if not case.visible:
        card.add(Words(text("session.not_discussed_words"), "note", "soft"))
    return card.add(SummaryList(rows)) if rows else card


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
