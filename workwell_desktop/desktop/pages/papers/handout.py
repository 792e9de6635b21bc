"""A single paper beside the plan, looked at before it is printed or saved: its pages, and in which format."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Columns,
    DropDown,
    Empty,
    Field,
    Fixed,
    Foot,
    Sheet,
    Words,
    column,
    fault_words,
    filled,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.papers.access_card import MarksCard
from workwell_desktop.desktop.pages.papers.paper_formats import language_choice
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.desktop.pages.printing import choose_printer, draw_pages, print_width
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document, PaperKind, ReleaseHow
from workwell_desktop.domain.participants import PaperFormat
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import WorkWellError
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import access_marks, handouts, languages, register
from workwell_desktop.services.paperwork.access_copies import Reason
from workwell_desktop.services.paperwork.access_marks import Mark
from workwell_desktop.services.paperwork.handouts import Handout
from workwell_desktop.services.paperwork.languages import Language

WIDTH = 900
"""Pixels that a page is drawn wide; the window shows it smaller."""
MOST = 12
"""Pages that are shown; a copy of everything may have many, and all of them are printed."""
Found = tuple[Handout | None, list[bytes], str, tuple[Language, ...]]


class HandoutPage(PersonForm):
    """``participant`` and ``kind``."""

    route = "handout"
    nav = "papers"
    help_topic = "paper"

    def build(self) -> None:
        super().build()
        self.look: PaperFormat | None = None
        self.tongue: str | None = None
        self.held: dict[tuple[Id, str], Reason] = {}
        self.marks: tuple[Mark, ...] = ()

    def read(self, desk: Desk, params: Any) -> Found:
        try:
            made = handouts.handout(desk, self.who, PaperKind(params["kind"]), self.look, self.tongue, self.held)
        except WorkWellError as error:
            return None, [], fault_words(error), ()
        if made.kind is PaperKind.ACCESS_COPY:
            self.marks = access_marks.marks(desk, self.who)
        pages = register.page_images(desk, made.pdf, WIDTH, MOST)
        tongues = languages.offered(desk, self.who) if made.kind in handouts.TRANSLATED else ()
        return made, pages, "", tongues

    @property
    def kind(self) -> PaperKind:
        """Which of the papers."""
        return PaperKind(self.params["kind"])

    def lay(self, found: Found) -> None:
        made, pages, trouble, tongues = found
        self.set_title(text(f"papers_list.kind.{self.kind.value}"))
        if made is None:
            self.add(Empty(text("handout.cannot"), trouble, icon_name="x"))
            self.add_end()
            self.set_foot(Foot(self.back_button()))
            return
        sheets = Clear()
        box = column(sheets, (0, 0, 0, 0), 12)
        for number, png in enumerate(pages, 1):
            sheet = Sheet(text("paper.page", page=number, pages=made.pages))
            sheet.show_png(png)
            box.addWidget(sheet)
        if made.pages > len(pages):
            box.addWidget(Words(text("handout.more", count=made.pages - len(pages)), "body"))
        box.addStretch(1)
        if self.kind is PaperKind.ACCESS_COPY:
            self.add(MarksCard(self.marks, self.held, self._decide))
        self.add(Columns([(sheets, 1), (self._about(made, tongues), Fixed(380))], first_when_one=None))
        self.add_end()
        buttons = [self.back_button()]
        if self.context.desk.may(Act.RELEASE_PAPERS, Document):
            buttons.append(outlined(text("paper.save"), self._save, "download"))
        if self.context.desk.may(Act.PRINT, Document):
            buttons.append(filled(text("paper.print"), self._print, "printer"))
        self.set_foot(Foot(*buttons))

    def _about(self, made: Handout, tongues: tuple[Language, ...]) -> Card:
        card = Card(text("handout.about"), gap=10)
        card.add(Words(text(f"handout.what.{self.kind.value}", name=made.recipient_name), "body"))
        if made.own:
            options = [(one.value, text(f"details.format.{one.value}")) for one in handouts.LOOKS]
            chosen = self.look.value if self.look is not None else None
            self.choice = DropDown(options, chosen, empty=text("handout.as_recorded"), width=260)
            self.choice.done.connect(self._choose)
            card.add(Field(text("paper.format_choose"), self.choice))
        if tongues:
            self.languages = language_choice(tongues)
            self.languages.set_value(self.tongue)
            self.languages.done.connect(self._choose_language)
            card.add(Field(text("paper.language"), self.languages))
            card.add(Words(text("paper.language_line"), "note", "soft"))
        return card.end()

    def _choose(self) -> None:
        value = self.choice.value()
        self.look = PaperFormat(value) if value else None
        self._ask()

    def _choose_language(self) -> None:
        self.tongue = self.languages.value()
        self._ask()

    def _decide(self, record: Id, field: str, why: Reason | None) -> None:
        if self.held.get((record, field)) is why:
            return
        if why is None:
            self.held.pop((record, field))
        else:
            self.held[record, field] = why
        self._ask()

    def _print(self) -> None:
        printer = choose_printer(self, text("paper.print_title"))
        if printer is None:
            return
        desk, who, kind, look, width = self.context.desk, self.who, self.kind, self.look, print_width(printer)
        tongue, held = self.tongue, dict(self.held)

        def work() -> list[bytes]:
            pdf = handouts.give_handout(desk, who, kind, ReleaseHow.PRINTED, look, tongue, held)
            return register.page_images(desk, pdf, width)

        def done(pages: list[bytes]) -> None:
            draw_pages(printer, pages)
            self._said("paper.printed")

        self.run(work, done, self.refused)

    def _save(self) -> None:
        name = text("handout.file", kind=text(f"papers_list.kind.{self.kind.value}"))
        chosen, _kind = QFileDialog.getSaveFileName(self, text("paper.save_title"), name, text("paper.save_kinds"))
        if chosen:
            desk, who, kind, look, place = self.context.desk, self.who, self.kind, self.look, Path(chosen)
            tongue, held = self.tongue, dict(self.held)
            self.run(
                lambda: handouts.save_handout(desk, who, kind, place, look, tongue, held),
                lambda _nothing: self._said("paper.saved"),
                self.refused,
            )

    def _said(self, key: str) -> None:
        self.unsay()
        self.say(Alert("", text(key), "done", on_close=self.unsay))
