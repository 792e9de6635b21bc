"""Beside a participant's plan: a copy to read in another format or language, printed or saved."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import Card, DropDown, Field, Page, Words, outlined, text
from workwell_desktop.desktop.pages.printing import choose_printer, draw_pages, print_width
from workwell_desktop.domain.papers import ReleaseHow
from workwell_desktop.domain.participants import PaperFormat
from workwell_desktop.domain.records import Id
from workwell_desktop.services.paperwork import reading_copies, register
from workwell_desktop.services.paperwork.languages import Language


def language_choice(tongues: tuple[Language, ...]) -> DropDown:
    """English and the languages that are offered; the one on record for the person stands chosen, unless it is a draft.

    By their English names: a computer may have no letters for the others.
    """
    options = [(one.code, text("paper.language_draft", name=one.name) if one.draft else one.name) for one in tongues]
    theirs = next((one.code for one in tongues if one.theirs and not one.draft), None)
    return DropDown(options, theirs, empty=text("paper.language_english"), width=260)


class FormatCard(Card):
    """``done`` is called with the key of what to say once a copy was printed or saved."""

    def __init__(
        self,
        page: Page,
        paper: Id,
        done: Callable[[str], None],
        *,
        may_print: bool,
        tongues: tuple[Language, ...] = (),
    ) -> None:
        super().__init__(text("paper.format"))
        self._page, self._paper, self._done = page, paper, done
        options = [(one.value, text(f"details.format.{one.value}")) for one in PaperFormat]
        self.choice = DropDown(options, PaperFormat.LARGE.value, width=260)
        self.add(Words(text("paper.format_line"), "note", "soft"), Field(text("paper.format_choose"), self.choice))
        self.tongue = language_choice(tongues)
        if tongues:
            self.add(Field(text("paper.language"), self.tongue))
            self.add(Words(text("paper.language_line"), "note", "soft"))
        if may_print:
            self.add_left(outlined(text("paper.format_print"), self._print, "printer"))
        self.add_left(outlined(text("paper.format_save"), self._save, "download"))

    def _look(self) -> PaperFormat:
        return PaperFormat(self.choice.value() or PaperFormat.STANDARD.value)

    def _print(self) -> None:
        printer = choose_printer(self, text("paper.print_title"))
        if printer is None:
            return
        desk, paper, look, width = self._page.context.desk, self._paper, self._look(), print_width(printer)
        tongue = self.tongue.value() or None

        def work() -> list[bytes]:
            pdf = reading_copies.give_copy(desk, paper, look, ReleaseHow.PRINTED, tongue)
            return register.page_images(desk, pdf, width)

        def done(pages: list[bytes]) -> None:
            draw_pages(printer, pages)
            self._done("paper.printed")

        self._page.run(work, done)

    def _save(self) -> None:
        look, tongue = self._look(), self.tongue.value() or None
        name = text("paper.format_file", format=text(f"details.format.{look.value}"))
        chosen, _kind = QFileDialog.getSaveFileName(self, text("paper.save_title"), name, text("paper.save_kinds"))
        if chosen:
            desk, paper, place = self._page.context.desk, self._paper, Path(chosen)
            self._page.run(
                lambda: reading_copies.save_copy(desk, paper, look, place, tongue),
                lambda _nothing: self._done("paper.saved"),
            )
