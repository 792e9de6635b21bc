"""A form of the library as a blank paper: printed, or saved."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import Alert, Clear, DropDown, Field, Flow, Page, outlined, text
from workwell_desktop.desktop.pages.printing import choose_printer, draw_pages, print_width
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import PaperFormat
from workwell_desktop.domain.people import FormVersion
from workwell_desktop.domain.records import Id
from workwell_desktop.services.assessing import blank_forms

LOOKS = tuple(one for one in PaperFormat if one is not PaperFormat.SIMPLE)


class BlankPart(Clear):
    """In which format, and the two buttons."""

    def __init__(self, page: Page, form: Id, title: str) -> None:
        super().__init__()
        self._page, self._form, self._title = page, form, title
        options = [(one.value, text(f"details.format.{one.value}")) for one in LOOKS]
        self.choice = DropDown(options, PaperFormat.STANDARD.value, width=220)
        line = Flow(self, 10)
        line.addWidget(Field(text("paper.format_choose"), self.choice))
        if page.context.desk.may(Act.PRINT, FormVersion):
            line.addWidget(outlined(text("library.print_blank"), self._print, "printer"))
        line.addWidget(outlined(text("library.save_blank"), self._save, "download"))

    def _look(self) -> PaperFormat:
        return PaperFormat(self.choice.value() or PaperFormat.STANDARD.value)

    def _print(self) -> None:
        printer = choose_printer(self, text("library.print_blank"))
        if printer is None:
            return
        desk, form, look, width = self._page.context.desk, self._form, self._look(), print_width(printer)
        self._page.run(
            lambda: blank_forms.printed_blank(desk, form, look, width), lambda pages: draw_pages(printer, pages)
        )

    def _save(self) -> None:
        name = text("library.blank_file", title=self._title)
        chosen, _kind = QFileDialog.getSaveFileName(self, text("library.save_blank"), name, text("paper.save_kinds"))
        if chosen:
            desk, form, look, place = self._page.context.desk, self._form, self._look(), Path(chosen)
            self._page.run(lambda: blank_forms.save_blank(desk, form, look, place), self._saved)

    def _saved(self, _nothing: object) -> None:
        page = self._page
        page.unsay()
        page.say(Alert("", text("library.blank_saved"), "done", on_close=page.unsay))
