"""Somebody else whom the invitation names that this computer was made from: a way in of their own."""

from pathlib import Path

from workwell_desktop.desktop.kit import Alert, Card, Clear, Field, Flow, Page, TextField, Words, outlined, quiet, text
from workwell_desktop.desktop.pages.file_source import asked_path, filled_in, written_path
from workwell_desktop.desktop.widgets.secret import Secret


class BesideCard(Card):
    """offer ──▶ invitation, code, who and their passphrase ──▶ they can sign in. Nothing typed is kept."""

    def __init__(self, page: Page) -> None:
        super().__init__(text("settings.beside"), gap=8)
        self._page = page
        self._offer()

    def _offer(self, *said: Alert) -> None:
        self.clear()
        self.add(Words(text("settings.beside_note"), "note", "soft"), *said)
        self._button = outlined(text("settings.beside_ask"), self._ask, "user-plus")
        self.add_left(self._button)

    def _ask(self) -> None:
        self.clear()
        self._path, self._code, self._name = TextField(), TextField(), TextField()
        self._own = Secret(text("settings.beside_passphrase"), text("settings.beside_passphrase_hint"))
        self._new = Secret(text("settings.beside_new"), text("settings.beside_new_hint"))
        self._again = Secret(text("settings.beside_again"))
        ways = Clear()
        flow = Flow(ways, 10)
        flow.addWidget(outlined(text("settings.beside_now"), self._let_in, "check"))
        flow.addWidget(quiet(text("sync.choose_invitation"), self._choose, "folder-open"))
        self._needed = (
            Field(text("sync.invitation"), self._path, hint=text("sync.file_hint")),
            Field(text("sync.code"), self._code, hint=text("sync.code_hint")),
            Field(text("settings.of_person.name"), self._name),
        )
        self.add(
            *self._needed,
            *(self._own, self._new, self._again, ways),
        )
        self._path.setFocus()

    def _choose(self) -> None:
        asked_path(self._page, self._path, text("sync.choose_invitation"), text("sync.invitations"))

    def _let_in(self) -> None:
        place, code, name = written_path(self._path), self._code.value().strip(), self._name.value().strip()
        own, new = self._own.value(), self._new.value()
        same = new == self._again.value()
        self._again.show_error("" if same else text("first_run.not_the_same"))
        self._own.show_error("" if own or new else text("first_run.needed"))
        wrong = [one for one in (self._own, self._again) if one.wrong]
        if not filled_in(*self._needed) or place is None:
            return
        if wrong:
            wrong[0].focus()
            return
        self._page.run(lambda: self._work(place, code, name, own, new), self._done)

    def _work(self, place: Path, code: str, name: str, own: str, new: str) -> str:
        from workwell_desktop.services.syncing import invitations, joining

        told = joining.Joining(invitations.read(place), code, own or new, name, new or None)
        return joining.join_also(self._page.context.desk, told)

    def _done(self, name: str) -> None:
        for secret in (self._own, self._new, self._again):
            secret.wipe()
        line = text("settings.beside_done_line")
        self._offer(Alert(text("settings.beside_done", name=name), line, "done", on_close=self._again_offered))
        self._button.setFocus()

    def _again_offered(self) -> None:
        self._offer()
        self._button.setFocus()
