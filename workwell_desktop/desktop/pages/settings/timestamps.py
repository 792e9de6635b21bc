"""The timestamp server of this computer: none, unless an administrator names one."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import Alert, Card, Field, Page, TextField, Words, outlined, text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Partnership
from workwell_desktop.services.paperwork import paper_checks, timestamping


class TimestampCard(Card):
    """Its address, and the root certificate that its timestamps are held against."""

    def __init__(self, page: Page) -> None:
        super().__init__(text("verify_page.stamps"), gap=8)
        self._page, desk = page, page.context.desk
        may = desk.may(Act.MANAGE_SITE, Partnership)
        self.add(Words(text("verify_page.stamps_note"), "note", "soft"))
        self._address = TextField(timestamping.server(desk) or "")
        self._address.set_read_only(not may)
        self.add(Field(text("verify_page.stamps_address"), self._address, hint=text("verify_page.stamps_hint")))
        if may:
            self.add_left(outlined(text("verify_page.stamps_save"), self._save, "save"))

    def _save(self) -> None:
        desk, address, name = self._page.context.desk, self._address.value(), ""
        if address.strip():
            title = text("verify_page.stamps_root")
            name, _kind = QFileDialog.getOpenFileName(self, title, "", text("verify_page.stamps_roots"))
            if not name:
                return

        def work() -> None:
            pem = paper_checks.file_bytes(desk, Path(name)) if name else b""
            timestamping.set_up(desk, address, pem)

        def done(_nothing: None) -> None:
            key = "verify_page.stamps_saved" if address.strip() else "verify_page.stamps_gone"
            self._page.unsay()
            self._page.say(Alert("", text(key), "done", on_close=self._page.unsay))

        self._page.run(work, done)
