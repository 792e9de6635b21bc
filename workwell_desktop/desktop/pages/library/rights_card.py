"""The rights to the words of one instrument: what is written down, and the form to write it anew."""

from collections.abc import Callable
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Clear,
    Field,
    LongText,
    Page,
    SummaryList,
    TextField,
    Words,
    column,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.library.forms_tab import breakable, rights_words
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import FormVersion, Wording
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.assessing import rights
from workwell_desktop.services.assessing.form_views import FormView
from workwell_desktop.services.assessing.rights import RightsGiven, RightsView

NAMES = ("wording", "holder", "permitted", "proof", "text_source")


class RightsPart(Clear):
    """Shown to everybody; written by who may manage the forms. ``writing`` while the fields stand open: ``turned`` is
    called when they open or close, ``recorded`` when the record was written."""

    def __init__(self, page: Page, view: FormView, turned: Callable[[], Any], recorded: Callable[[], Any]) -> None:
        super().__init__()
        self._page, self._view = page, view
        self._turned, self._recorded = turned, recorded
        self.writing = False
        self.fields: dict[str, Field] = {}
        self._box = column(self, (0, 0, 0, 0), 10)
        self.show_record()

    def _clear(self) -> None:
        while self._box.count():
            item = self._box.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()

    def show_record(self) -> None:
        """What is written down."""
        self._clear()
        self.writing = False
        self.fields = {}
        known = self._view.rights
        card = Card(text("library.rights_title"), gap=8)
        if known.wording is None:
            card.add(Words(text("library.rights_missing_note"), "body"))
        else:
            card.add(SummaryList(self._rows(known), ruled=True))
        if known.score_form:
            card.add(Words(text("library.score_form"), "note", "soft"))
        if self._page.context.desk.may(Act.MANAGE_FORMS, FormVersion):
            words = "library.write_rights" if known.wording is None else "library.change_rights"
            card.add_left(outlined(text(words), self.write, "pen-line"))
        else:
            card.add(Words(text("library.rights_asks"), "note", "soft"))
        self._box.addWidget(card)

    def _rows(self, known: RightsView) -> list[tuple[str, str]]:
        today = self._page.context.today()
        if known.shipped:
            day = long_day(known.written_on, today) if known.written_on else ""
            read = text("library.page_read", day=long_day(known.checked_on, today)) if known.checked_on else ""
            when = [(text("library.right.written"), f"{text('library.written_shipped', day=day)} {read}".rstrip())]
        else:
            day = long_day(known.checked_on, today) if known.checked_on else ""
            when = [(text("library.right.checked"), text("library.checked_by", day=day, name=known.checked_by))]
        said = {
            "wording": rights_words(known),
            "holder": known.holder,
            "permitted": known.permitted,
            "proof": known.proof,
            "text_source": known.text_source,
        }
        rows = [(text(f"library.right.{name}"), breakable(words)) for name, words in said.items() if words]
        return [*rows, *when]

    def write(self) -> None:
        """The fields, with what is known so far."""
        self._clear()
        self.writing = True
        known = self._view.rights
        options = [(one.value, text(f"library.wording.{one.value}")) for one in Wording]
        controls = {
            "wording": Choice(options, known.wording.value if known.wording else None),
            "holder": TextField(known.holder),
            "permitted": LongText(known.permitted),
            "proof": TextField(known.proof),
            "text_source": TextField(known.text_source),
        }
        card = Card(text("library.rights_title"), gap=12)
        for name, control in controls.items():
            hint = text(f"library.right_hint.{name}")
            optional = name == "text_source"
            self.fields[name] = Field(text(f"library.right.{name}"), control, hint=hint, optional=optional)
            card.add(self.fields[name])
        self._box.addWidget(card)
        self._turned()
        self.fields["wording"].focus()

    def keep(self) -> None:
        """Writes the record; what is missing is named at its field."""
        said = {name: field.control.value() or "" for name, field in self.fields.items()}
        given = RightsGiven(
            Wording(said["wording"]) if said["wording"] else None,
            said["holder"],
            said["permitted"],
            said["proof"],
            said["text_source"],
        )
        desk, url = self._page.context.desk, self._view.version.entry.url
        self._page.run(lambda: rights.record_rights(desk, url, given), self._kept, self._failed)

    def _kept(self, _found: RightsView) -> None:
        self.writing = False
        self._page.errors.show_links([])
        self._page.unsay()
        self._page.say(Alert(text("library.rights_kept"), "", "done", on_close=self._page.unsay))
        self._recorded()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, FieldsInvalid):
            self._page.fail(error)
            return
        wrong = dict(error.problems)
        for name, field in self.fields.items():
            field.show_error(text(f"errors.field.{wrong[name]}") if name in wrong else "")
        self._page.errors.show_fields([self.fields[name] for name in wrong])
