"""Enrolling this computer at a hub: the invitation that an administrator gave, and the code that goes with it."""

from collections.abc import Callable

from workwell_desktop.desktop.aside import run_aside
from workwell_desktop.desktop.kit import Alert, Card, Clear, Field, Flow, Page, TextField, Words, outlined, quiet, text
from workwell_desktop.desktop.pages.file_source import asked_path, filled_in, written_path


class Joining(Card):
    """Asks for a file and a code; ``joined`` is called when this computer has a login of its own."""

    def __init__(self, page: Page, joined: Callable[[], None]) -> None:
        super().__init__(text("sync.join"), gap=8)
        self._page, self._joined = page, joined
        self.add(Words(text("sync.join_line"), "note", "soft"))
        self._path, self._code = TextField(), TextField()
        self._file = Field(text("sync.invitation"), self._path, hint=text("sync.file_hint"))
        self._asked = Field(text("sync.code"), self._code, hint=text("sync.code_hint"))
        self._code.returnPressed.connect(self._join)
        ways = Clear()
        flow = Flow(ways, 10)
        self._button = outlined(text("sync.join_now"), self._join, "check")
        flow.addWidget(self._button)
        flow.addWidget(quiet(text("sync.choose_invitation"), self._ask_file, "folder-open"))
        self.add(self._file, self._asked, ways)

    def _ask_file(self) -> None:
        if asked_path(self._page, self._path, text("sync.choose_invitation"), text("sync.invitations")) is not None:
            self._code.setFocus()

    def _join(self) -> None:
        place, code = written_path(self._path), self._code.value().strip()
        if not filled_in(self._file, self._asked) or place is None:
            return
        desk = self._page.context.desk
        self._button.setEnabled(False)
        self._page.unsay()
        self._page.say(Alert("", text("sync.joining"), "info"))

        def work() -> None:
            from workwell_desktop.services.syncing import exchange, invitations

            exchange.enrol(desk, invitations.read(place), code)

        run_aside(self._page.context.operations, self, work, lambda _none: self._done(), self._failed)

    def _done(self) -> None:
        self._page.unsay()
        self._joined()

    def _failed(self, error: Exception) -> None:
        self._button.setEnabled(True)
        self._page.unsay()
        self._page.fail(error)
