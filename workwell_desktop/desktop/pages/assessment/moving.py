"""A response out of the program and in: one FHIR file that a person chooses, and one sentence on what it is."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import Alert, Page, text
from workwell_desktop.domain.records import Id
from workwell_desktop.services.assessing import response_exchange, response_import
from workwell_desktop.services.assessing.response_import import BroughtIn


def save(page: Page, response: Id, title: str) -> None:
    """Asks for a place and writes answers and scores there; what the file is stands in the window that asks, too."""
    name = text("assessment.file_name", form=title)
    chosen, _kind = QFileDialog.getSaveFileName(page, text("assessment.save_to"), name, text("assessment.fhir_files"))
    if not chosen:
        return
    desk, place = page.context.desk, Path(chosen)

    def done(_none: None) -> None:
        page.unsay()
        page.say(Alert(text("assessment.file_saved"), text("assessment.file_saved_note"), "done", on_close=page.unsay))

    page.run(lambda: response_exchange.save_response(desk, response, place), done)


def bring_in(page: Page, participant: Id, again: Callable[[], object]) -> None:
    """Asks for a file and takes the response in it into this person's record; ``again`` draws the lists anew."""
    chosen, _kind = QFileDialog.getOpenFileName(page, text("assessment.bring_in"), "", text("assessment.fhir_files"))
    if not chosen:
        return
    desk, place = page.context.desk, Path(chosen)

    def done(found: BroughtIn) -> None:
        page.unsay()
        page.say(_said(found))
        again()

    page.run(lambda: response_import.import_file(desk, participant, place), done)


def _said(found: BroughtIn) -> Alert:
    if not found.created:
        return Alert(text("assessment.file_here"), text("assessment.file_here_note"), "info")
    if found.problems:
        count = len(found.problems)
        return Alert(text("assessment.file_in"), text("assessment.file_misfits", count=count), "due")
    return Alert(text("assessment.file_in"), text("assessment.file_in_note"), "done")
