"""A passphrase field with a button that shows what is typed."""

from PySide6.QtWidgets import QLineEdit

from workwell_desktop.desktop.widgets.buttons import Button
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.text_field import TextField
from workwell_desktop.domain.screen import text


class Secret(Field):
    """``value()`` is exactly what was typed, blanks within and at the ends too; ``wipe()`` leaves nothing behind."""

    def __init__(self, label: str, hint: str = "") -> None:
        self._field = TextField(secret=True)
        self._show = Button(text("fields.show"), self._turn, icon_name="eye", turns=True)
        super().__init__(label, self._field, hint=hint, beside=self._show)
        self._name_button()

    @property
    def field(self) -> TextField:
        """The line that is typed into."""
        return self._field

    def value(self) -> str:
        """What was typed."""
        return self._field.text()

    def wipe(self) -> None:
        """Empties the field and hides it again."""
        self._field.clear()
        if self._field.echoMode() is QLineEdit.EchoMode.Normal:
            self._turn()

    def rename(self, label: str) -> None:
        super().rename(label)
        self._name_button()

    def _name_button(self) -> None:
        """By its field: where a passphrase is asked twice, two buttons with one name would be told apart by nobody."""
        hidden = self._field.echoMode() is QLineEdit.EchoMode.Password
        self._show.setAccessibleName(text("fields.show_secret" if hidden else "fields.hide_secret", label=self.label))

    def _turn(self) -> None:
        hidden = self._field.echoMode() is QLineEdit.EchoMode.Password
        self._field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._show.setChecked(hidden)
        self._show.say(text("fields.hide" if hidden else "fields.show"))
        self._name_button()
        self._show.show_icon("eye-off" if hidden else "eye")
