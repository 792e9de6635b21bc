"""A long text that is read and copied, never written; it scrolls by the keyboard and Tab leaves it."""

from PySide6.QtWidgets import QPlainTextEdit

from workwell_desktop.desktop.theme.theme import theme


class ReadOnlyText(QPlainTextEdit):
    """``name`` is what a screen reader calls it."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__(words)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(theme().font("note"))
        self.setMinimumHeight(theme().px(160))
