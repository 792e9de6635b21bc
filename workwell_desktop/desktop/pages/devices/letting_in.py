"""One more computer: for whom, the invitation as a file, and the code that goes apart from it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Check,
    Checks,
    Clear,
    Field,
    TextField,
    Words,
    column,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.sync.words import emptied
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.services import whole_files
from workwell_desktop.services.administration import people

if TYPE_CHECKING:
    from workwell_desktop.desktop.pages.devices.page import DevicesPage
    from workwell_desktop.domain.people import Person
    from workwell_desktop.services.syncing.hub import Invitation, Office


class LettingIn(Card):
    """``again`` reads the hub anew."""

    def __init__(self, page: "DevicesPage", office: "Office", again: Callable[[], None]) -> None:
        super().__init__(text("devices.let_one_in"), gap=8)
        self._page, self._office, self._again = page, office, again
        self._people: Checks | None = None
        self._holder = Clear()
        self._box = column(self._holder, (0, 0, 0, 0), 8)
        self.add(self._holder)
        desk = page.context.desk
        page.run(lambda: people.everyone(desk), self._ask)

    def _ask(self, staff: tuple["Person", ...]) -> None:
        emptied(self._box)
        self._people = Checks([(one.id, one.name or "") for one in staff], (), columns=1)
        self._label = TextField()
        self._all = Check(text("devices.all_cases"))
        self._file: bytes = b""
        for part in (
            Field(text("devices.who"), self._people, hint=text("devices.who_hint")),
            Field(text("devices.label"), self._label, hint=text("devices.label_hint")),
            self._all,
            Words(text("devices.all_cases_line"), "note", "soft"),
            outlined(text("devices.make_code"), self._make, "plus"),
        ):
            self._box.addWidget(part)

    def _make(self) -> None:
        chosen = tuple(sorted(self._people.value() or ())) if self._people is not None else ()
        if not chosen:
            self._page.say(Alert("", text("devices.who_missing"), "due", on_close=self._page.unsay))
            return
        desk, office, label = self._page.context.desk, self._office, self._label.value().strip()
        every = True if self._all.value() else None

        def work() -> "Invitation":
            from workwell_desktop.services.syncing import hub

            return hub.enrol(desk, office, chosen, label=label, all_cases=every)

        self._page.ask_hub(work, self._made)

    def _made(self, found: "Invitation") -> None:
        emptied(self._box)
        if self._page.context.syncing is not None:
            # what lets the new computer in goes before it begins
            self._page.context.syncing.sync_now()
        self._file = found.file
        day = long_day(found.expires.astimezone(LONDON).date(), self._page.context.today())
        code = Words(" ".join(found.code.split("-")), "heading", weight=500)
        code.setAccessibleName(
            text("devices.code_spoken", code=", ".join(" ".join(one) for one in found.code.split("-")))
        )
        save = outlined(text("devices.save"), self._save, "save")
        for part in (
            Words(text("devices.code"), "label"),
            code,
            Alert(text("devices.code_once"), text("devices.code_line", day=day), "due"),
            save,
            outlined(text("devices.done"), self._again, "check"),
        ):
            self._box.addWidget(part)
        save.setFocus()

    def _save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self._page, text("devices.save"), text("devices.file_name"), text("sync.invitations")
        )
        if not name:
            return
        file, made = Path(name), self._file

        def done(_nothing: None) -> None:
            line = text("devices.saved_line")
            self._page.say(Alert(text("devices.saved", file=file.name), line, "done", on_close=self._page.unsay))

        self._page.run(lambda: whole_files.write_chosen(file, lambda: made), done)
