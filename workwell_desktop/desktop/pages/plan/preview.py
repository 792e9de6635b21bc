"""The paper beside the plan: the true page, redrawn once what was typed has rested."""

from workwell_desktop.desktop.kit import Clear, PaperPreview, Words, column, fault_words, text
from workwell_desktop.desktop.pages.plan.stage import Stage
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.paperwork.paper_views import Preview

KINDS = (PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY)


class PlanPaper(Clear):
    """One of the three papers; a change makes it anew, another page or another size only draws it."""

    def __init__(self, page: Stage, plan: Id, *, look: str) -> None:
        super().__init__()
        self._page, self._plan = page, plan
        self._note = look
        self._made: Preview | None = None
        self._state, self._wish = 0, 0
        self.kind = PaperKind.PARTICIPANT_PLAN
        self._box = column(self, (0, 0, 4, 0), 0)
        self._trouble = Words("", "note", "risk")
        self.sheet = self._new_sheet()
        self._box.addWidget(self.sheet)
        self._box.addWidget(self._trouble)
        self._box.addStretch(1)

    def changed(self) -> None:
        """Something that stands on the papers was changed."""
        self._state += 1
        self._made = None
        self.sheet.changed()

    def show_kind(self, kind: PaperKind) -> None:
        """Another of the three."""
        if kind is not self.kind:
            self.kind, self._made = kind, None
            old, self.sheet = self.sheet, self._new_sheet()
            self._box.replaceWidget(old, self.sheet)
            old.hide()
            old.deleteLater()
            self.sheet.ask()

    def show_page(self, page: int) -> None:
        """The page that a step is about, once it is known whether there is one."""
        if self._made is None:
            self._wish = page
        elif page < self._made.pages:
            self.sheet.turn(page - self._at)

    def _new_sheet(self) -> PaperPreview:
        made = PaperPreview(
            text(f"plan.paper_title.{self.kind.value}", name=self._page.called),
            note=self._note if self.kind is PaperKind.PARTICIPANT_PLAN else "",
        )
        made.wanted.connect(self._draw)
        self._at = 0
        return made

    def _draw(self, page: int, width: int) -> None:
        desk, plan, kind, state, made = self._page.context.desk, self._plan, self.kind, self._state, self._made

        def done(found: tuple[Preview, int, bytes]) -> None:
            if (kind, state) != (self.kind, self._state):
                return
            self._made, self._at, png = found
            self._trouble.say("")
            self.sheet.show_page(png, self._at, self._made.pages)
            wish, self._wish = self._wish, 0
            if wish:
                self.show_page(wish)

        def failed(error: Exception) -> None:
            self._trouble.say(fault_words(error))

        self._page.run(lambda: drawn(desk, plan, kind, made, page, width), done, failed)


def drawn(
    desk: Desk, plan: Id, kind: PaperKind, made: Preview | None, page: int, width: int
) -> tuple[Preview, int, bytes]:
    """Makes the paper where it is not made yet, and draws one page; the last one where there are fewer."""
    paper = made or papers.preview(desk, plan, kind)
    at = min(page, paper.pages - 1)
    return paper, at, papers.preview_page(desk, paper, at, width)
