"""Plans and papers: plans to sign first, papers that await a signature, then papers of sessions and of each person."""

from dataclasses import dataclass
from functools import partial
from itertools import groupby

from workwell_desktop.desktop.kit import (
    Card,
    Change,
    Clear,
    Columns,
    Empty,
    Page,
    Params,
    RowFacts,
    RowList,
    Words,
    age,
    column,
    date_words,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.papers.papers_list import people_list
from workwell_desktop.desktop.pages.papers.papers_sessions import SessionPapersCard
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import TeamDocument
from workwell_desktop.domain.plans import Plan, PlanStatus
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.paperwork.paper_views import PaperLine, PersonPaper, SessionPapers
from workwell_desktop.services.planning import plan_pages
from workwell_desktop.services.planning.plan_views import PlanLine

KINDS = frozenset(
    {"plan", "document", "team_document", "session", "signatory", "action", "obstacle", "participant", "release"}
)
TINTS = {"signing": "due", "ready": "info", "signed": "done"}


@dataclass(frozen=True)
class Shown:
    """What the page shows; ``waiting`` are those among ``papers`` that await somebody.

    ``plans`` is None for somebody who may read papers alone.
    """

    plans: list[PlanLine] | None
    papers: list[PersonPaper]
    waiting: list[PersonPaper]
    sessions: list[SessionPapers] | None = None
    """None for somebody who may read no paper of a team."""


def read(desk: Desk) -> Shown:
    """Read on the worker."""
    papers = register.list_everybody(desk)
    waiting = [one for one in papers if one.paper.awaiting and not one.paper.superseded]
    plans = plan_pages.list_plans(desk) if desk.may(Act.READ, Plan) else None
    sessions = register.list_sessions_papers(desk) if desk.may(Act.READ, TeamDocument) else None
    return Shown(plans, papers, waiting, sessions)


class PapersPage(Page):
    """The rail's item Plans and papers."""

    route = "papers"
    nav = "papers"
    help_topic = "papers"

    def build(self) -> None:
        check = outlined(text("verify_page.title"), lambda: self.go("verify"), "file-check")
        self.set_title(text("papers_page.title"), "", check)

    def enter(self, params: Params) -> None:
        self.run(lambda: read(self.context.desk), self._show)

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in KINDS for kind, _record, _scope in records):
            self.run(lambda: read(self.context.desk), self._show)

    def _show(self, shown: Shown) -> None:
        self.clear_body()
        right = Clear()
        box = column(right, (0, 0, 0, 0), 12)
        box.addWidget(self._waiting(shown.waiting))
        of_sessions = SessionPapersCard(self, shown.sessions) if shown.sessions is not None else None
        if of_sessions is not None:
            box.addWidget(of_sessions)
        box.addWidget(self._by_person(shown.papers))
        box.addStretch(1)
        if shown.plans is None:
            self.add(right)
            self.add_end()
            self.ready()
            return
        left = Clear()
        other = column(left, (0, 0, 0, 0), 0)
        other.addWidget(self._plans(shown.plans))
        other.addStretch(1)
        self.add(Columns([(left, 1), (right, 1)]))
        self.add_end()
        self.ready()

    def _plans(self, plans: list[PlanLine]) -> Card:
        card = Card(text("papers_page.plans"), text("papers_page.plans_note", count=len(plans)), flush=True)
        if not plans:
            card.add(Empty(text("papers_page.no_plans"), text("papers_page.no_plans_line"), icon_name="file-plus"))
            return card
        groups = [
            (text(f"papers_page.group.{status.value}"), [self._plan(one, plans) for one in found])
            for status, found in groupby(plans, key=lambda one: one.status)
        ]
        card.add(RowList(groups, name=text("papers_page.plans")))
        return card

    def _plan(self, one: PlanLine, plans: list[PlanLine]) -> RowFacts:
        today = self.context.today()
        ready = one.status is PlanStatus.DRAFT and not one.missing
        more = text("papers_page.no_review")
        if one.missing:
            more = text("papers_page.missing", count=len(one.missing))
        elif one.review_on:
            more = text("papers_page.review", day=long_day(one.review_on, today))
        line = text(
            "papers_page.plan_line", type=text(f"papers_page.type.{one.type.value}"), version=one.version, more=more
        )
        alike = sum(1 for other in plans if other.name == one.name) > 1
        if alike and one.born:
            line = text("papers_page.born", day=date_words(one.born), age=age(one.born, today), line=line)
        state = "ready" if ready else one.status.value
        go = partial(self._open_plan, one)
        return RowFacts(
            title=one.name,
            line=line,
            icon="pen-line" if one.status is PlanStatus.SIGNING or ready else "file-text",
            when=text(f"papers_page.state.{state}"),
            when_tint=TINTS.get(state, ""),
            act=text(f"papers_page.act.{'signing' if ready else one.status.value}"),
            on_act=go,
            on_open=go,
        )

    def _open_plan(self, one: PlanLine) -> None:
        step = {"step": "sign"} if one.status is PlanStatus.SIGNING or not one.missing else {}
        self.go("plan", participant=str(one.participant), plan=str(one.plan), **step)

    def _waiting(self, waiting: list[PersonPaper]) -> Card:
        card = Card(text("papers_page.waiting"), text("papers_page.waiting_note", count=len(waiting)), flush=True)
        if waiting:
            card.add(people_list(self.context.desk, waiting, self._open))
        else:
            line = Clear()
            column(line, (15, 0, 15, 4), 0).addWidget(Words(text("papers_page.no_waiting"), "note", "soft"))
            card.add(line)
        return card

    def _by_person(self, papers: list[PersonPaper]) -> Card:
        card = Card(text("papers_page.by_person"), text("papers_page.by_person_note"), flush=True)
        if papers:
            card.add(people_list(self.context.desk, papers, self._open))
        else:
            card.add(Empty(text("papers_page.nobody"), text("papers_page.nobody_line"), icon_name="file-text"))
        return card

    def _open(self, paper: PaperLine) -> None:
        self.go("paper", participant=str(paper.participant), paper=str(paper.document))
