"""Joining a partnership from the first page: the invitation, its code, who one is, and a passphrase.

invitation and code ──▶ who joins ──▶ the first copy comes ──▶ the recovery code, as in a store of one's own
"""

from pathlib import Path
from typing import TYPE_CHECKING

from workwell_desktop.desktop.gate import Guest, Invited, Join
from workwell_desktop.desktop.pages.file_source import asked_path
from workwell_desktop.desktop.widgets.buttons import filled, outlined, quiet
from workwell_desktop.desktop.widgets.dropdown import DropDown
from workwell_desktop.desktop.widgets.fields import TextField
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.messages import ErrorSummary
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.desktop.widgets.words import Words
from workwell_desktop.domain.screen import text

if TYPE_CHECKING:
    from workwell_desktop.desktop.pages.opening.first_run import FirstRunPage


class Asking:
    """The steps of joining on the first page."""

    def __init__(self, page: "FirstRunPage") -> None:
        self._page = page
        self._file, self._code = "", ""
        self._found: Invited | None = None

    def show_invitation(self) -> None:
        """What an administrator gave."""
        page = self._page
        page.begin_step(text("first_run.join"))
        page.errors = ErrorSummary()
        self.path, self.code = TextField(self._file), TextField(self._code)
        self._asked = [
            Field(text("sync.invitation"), self.path, hint=text("sync.file_hint")),
            Field(text("sync.code"), self.code, hint=text("sync.code_hint")),
        ]
        page.card.add(Words(text("first_run.join_words"), reading=True), page.errors, *self._asked)
        choose = outlined(
            text("sync.choose_invitation"), lambda: self._choose(self.path, "sync.invitations"), "folder-open"
        )
        page.card.add_left(choose)
        page.line(
            filled(text("first_run.join_look"), self._look, "arrow-right"),
            quiet(text("unlock.back"), page.show_ways, "arrow-left"),
        )
        page.end_step()

    def show_guests(self, found: Invited) -> None:
        """The code fits."""
        page, self._found = self._page, found
        page.begin_step(text("first_run.join_who", partnership=found.partnership))
        page.errors = ErrorSummary()
        only = found.guests[0].id if len(found.guests) == 1 else None
        self.who = DropDown([(one.id, one.name) for one in found.guests], only, empty=only is None)
        self.first = Secret(text("first_run.passphrase"), text("unlock.passphrase_hint"))
        self.second = Secret(text("first_run.passphrase_again"))
        self.keys, self.copy = TextField(), TextField()
        self._who = Field(text("first_run.join_name"), self.who)
        self._keys = Field(text("first_run.join_keys"), self.keys, hint=text("first_run.join_keys_hint"))
        self._copy = Field(text("first_run.join_copy"), self.copy, hint=text("first_run.join_copy_hint"))
        self._keys_button = quiet(text("first_run.join_choose_keys"), self._choose_keys, "folder-open")
        self._note = Words("", "note", "soft")
        self._far = Words("", "note")
        page.card.add(page.errors, self._who, self._note, self.first, self.second, self._keys)
        page.card.add_left(self._keys_button)
        page.card.add(self._copy)
        if not found.by_hub:
            page.card.add_left(quiet(text("first_run.join_choose_copy"), self._choose_copy, "folder-open"))
        self._copy.setVisible(not found.by_hub)
        page.card.add(self._far)
        page.line(
            filled(text("first_run.join_now"), self._join, "check"),
            quiet(text("unlock.back"), self.show_invitation, "arrow-left"),
        )
        self.who.edited.connect(self._chosen)
        self._chosen()
        page.end_step()

    def show_far(self, count: int) -> None:
        """So many changes have come."""
        self._far.say(text("sync.so_far", count=count))

    def _guest(self) -> Guest | None:
        guests = self._found.guests if self._found is not None else ()
        return next((one for one in guests if one.id == self.who.value()), None)

    def _chosen(self) -> None:
        guest = self._guest()
        new, brings = guest is not None and guest.chooses, guest is not None and guest.brings
        self.second.setVisible(new)
        self._keys.setVisible(brings)
        self._keys_button.setVisible(brings)
        self._note.say(text("first_run.join_new" if new else "first_run.join_same") if guest is not None else "")

    def _look(self) -> None:
        self._file, self._code = self.path.value().strip().strip("\"'"), self.code.value().strip()
        for field in self._asked:
            field.show_error("" if field.control.value().strip() else text("first_run.needed"))
        if self._page.errors.show_fields(self._asked):
            self._page.busy(True)
            self._page.invitation.emit(Path(self._file).expanduser(), self._code)

    def _join(self) -> None:
        guest = self._guest()
        self._who.show_error("" if guest is not None else text("first_run.needed"))
        needed = {self._keys: guest is not None and guest.brings, self._copy: not self._copy.isHidden()}
        for field, asked in needed.items():
            field.show_error(text("first_run.needed") if asked and not field.control.value().strip() else "")
        new = guest is not None and guest.chooses
        problem = self._page.problem(self.first.value(), guest.name if guest else "") if new else None
        self.first.show_error(problem or ("" if self.first.value() else text("first_run.needed")))
        same = not new or self.first.value() == self.second.value()
        self.second.show_error("" if same else text("first_run.not_the_same"))
        fields = [self._who, self.first, self.second, self._keys, self._copy]
        if not self._page.errors.show_fields(fields) or guest is None:
            return
        self._page.busy(True)
        keys = Path(self.keys.value().strip()) if guest.brings else None
        copy = Path(self.copy.value().strip()) if needed[self._copy] else None
        file = Path(self._file).expanduser()
        self._page.join.emit(Join(file, self._code, guest.id, self.first.value(), keys, copy))

    def _choose_keys(self) -> None:
        self._choose(self.keys, "first_run.join_keys_kind")

    def _choose_copy(self) -> None:
        self._choose(self.copy, "sync.kinds")

    def _choose(self, field: TextField, kinds: str) -> None:
        asked_path(self._page, field, text("first_run.join"), text(kinds))
