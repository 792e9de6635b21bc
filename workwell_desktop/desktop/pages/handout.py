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
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.desktop.pages.printing import choose_printer, draw_pages, print_width
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document, PaperKind, ReleaseHow
from workwell_desktop.domain.participants import PaperFormat
from workwell_desktop.errors import WorkWellError
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import handouts, register
from workwell_desktop.services.paperwork.handouts import Handout

WIDTH = 900
"""Pixels that a page is drawn wide; the window shows it smaller."""
MOST = 12
"""Pages that are shown; a copy of everything may have many, and all of them are printed."""
Found = tuple[Handout | None, list[bytes], str]


class HandoutPage(PersonForm):
    """``participant`` and ``kind``."""

    route = "handout"
    nav = "papers"
    help_topic = "paper"

    def build(self) -> None:
        super().build()
        self.look: PaperFormat | None = None

    def read(self, desk: Desk, params: Any) -> Found:
        try:
            made = handouts.handout(desk, self.who, PaperKind(params["kind"]), self.look)
        except WorkWellError as error:
            return None, [], fault_words(error)
        pages = register.page_images(desk, made.pdf, WIDTH, MOST)
        return made, pages, ""

    @property
    def kind(self) -> PaperKind:
        """Which of the papers."""
        return PaperKind(self.params["kind"])

    def lay(self, found: Found) -> None:
        made, pages, trouble = found
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
        self.add(Columns([(sheets, 1), (self._about(made), Fixed(380))], first_when_one=None))
        self.add_end()
        buttons = [self.back_button()]
        if self.context.desk.may(Act.RELEASE_PAPERS, Document):
            buttons.append(outlined(text("paper.save"), self._save, "download"))
        if self.context.desk.may(Act.PRINT, Document):
            buttons.append(filled(text("paper.print"), self._print, "printer"))
        self.set_foot(Foot(*buttons))

    def _about(self, made: Handout) -> Card:
        card = Card(text("handout.about"), gap=10)
        card.add(Words(text(f"handout.what.{self.kind.value}", name=made.recipient_name), "body"))
        if made.own:
            options = [(one.value, text(f"details.format.{one.value}")) for one in handouts.LOOKS]
            chosen = self.look.value if self.look is not None else None
            self.choice = DropDown(options, chosen, empty=text("handout.as_recorded"), width=260)
            self.choice.done.connect(self._choose)
            card.add(Field(text("paper.format_choose"), self.choice))
        return card.end()

    def _choose(self) -> None:
        value = self.choice.value()
        self.look = PaperFormat(value) if value else None
        self._ask()

    def _print(self) -> None:
        printer = choose_printer(self, text("paper.print_title"))
        if printer is None:
            return
        desk, who, kind, look, width = self.context.desk, self.who, self.kind, self.look, print_width(printer)

        def work() -> list[bytes]:
            return register.page_images(desk, handouts.give_handout(desk, who, kind, ReleaseHow.PRINTED, look), width)

        def done(pages: list[bytes]) -> None:
            draw_pages(printer, pages)
            self._said("paper.printed")

        self.run(work, done, self.refused)

    def _save(self) -> None:
        name = text("handout.file", kind=text(f"papers_list.kind.{self.kind.value}"))
        chosen, _kind = QFileDialog.getSaveFileName(self, text("paper.save_title"), name, text("paper.save_kinds"))
        if chosen:
            desk, who, kind, look, place = self.context.desk, self.who, self.kind, self.look, Path(chosen)
            self.run(
                lambda: handouts.save_handout(desk, who, kind, place, look),
                lambda _nothing: self._said("paper.saved"),
                self.refused,
            )

    def _said(self, key: str) -> None:
        self.unsay()
        self.say(Alert("", text(key), "done", on_close=self.unsay))
