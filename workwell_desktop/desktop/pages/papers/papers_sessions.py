"""The papers of sessions on the page Plans and papers: minutes, the paper of one case, the agenda that was sent."""

from collections.abc import Sequence
from functools import partial

from workwell_desktop.desktop.kit import Card, Empty, Page, RowFacts, RowList, date_words, long_day, quiet, text
from workwell_desktop.desktop.pages.papers.papers_list import ICONS, TINTS, made_words, state_words
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.services.paperwork.paper_views import PaperLine, SessionPapers

AT_ONCE = 6
"""Sessions in sight before somebody asks for more."""


class SessionPapersCard(Card):
    """The newest session first; a locked one whose minutes nobody signed says so and leads there."""

    def __init__(self, page: Page, found: Sequence[SessionPapers]) -> None:
        super().__init__(text("papers_page.sessions"), text("papers_page.by_person_note"), flush=True)
        self._page, self._found, self._shown = page, found, AT_ONCE
        self._lay()

    def _lay(self) -> None:
        self.clear()
        if not self._found:
            self.add(
                Empty(text("papers_page.no_sessions"), text("papers_page.no_sessions_line"), icon_name="users-round")
            )
            return
        groups = [(self._head(one), self._rows(one)) for one in self._found[: self._shown]]
        self.add(RowList(groups, name=text("papers_page.sessions")))
        self.end()
        left = len(self._found) - self._shown
        if left > 0:
            self.add_left(quiet(text("papers_page.more_sessions", count=left), self._more, "chevron-down"))

    def _more(self) -> None:
        self._shown = len(self._found)
        self._lay()

    def _head(self, one: SessionPapers) -> str:
        return text("papers_page.session", team=one.team, day=long_day(one.on, self._page.context.today()))

    def _rows(self, one: SessionPapers) -> list[RowFacts]:
        rows = [self._row(one, name, paper) for name, paper in one.papers]
        if one.unsigned:
            act = partial(self._page.go, "signoff", session=str(one.session))
            rows.insert(
                0,
                RowFacts(
                    title=text("papers_list.kind.minutes"),
                    line=text("papers_page.unsigned_line"),
                    icon="pen-line",
                    when=text("papers_page.state.signing"),
                    when_tint="due",
                    act=text("papers_page.sign_minutes"),
                    on_act=act,
                    on_open=act,
                    told_apart=date_words(one.on),
                ),
            )
        return rows

    def _row(self, session: SessionPapers, name: str, paper: PaperLine) -> RowFacts:
        kind = text(f"papers_list.kind.{paper.kind.value}")
        title = text("papers_page.minutes_of", name=name) if name and paper.kind is PaperKind.MINUTES else kind
        where = {"paper": str(paper.document)}
        if paper.participant is not None:
            where["participant"] = str(paper.participant)
        act = partial(self._page.go, "paper", **where)
        return RowFacts(
            title=title,
            line=made_words(self._page.context.desk, paper),
            icon=ICONS.get(paper.status, "file-text"),
            icon_role="done" if paper.expected and not paper.superseded else "text_soft",
            when=state_words(paper),
            when_tint="" if paper.superseded or not paper.expected else TINTS[paper.status],
            act=text("papers_page.open_paper"),
            on_act=act,
            on_open=act,
        )
