"""A word or two on a tint: what is late, done, asked for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from workwell_desktop.desktop.theme.theme import repolish, theme


class Tag(QLabel):
    """Words on a tint: due, risk, done, info, neutral, brand."""

    def __init__(self, words: str, tint: str = "neutral") -> None:
        super().__init__(words)
        self.setProperty("part", "tag")
        self.setProperty("tint", tint)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.restyle()

    def say(self, words: str, tint: str | None = None) -> None:
        """Shows other words."""
        self.setText(words)
        if tint is not None:
            self.setProperty("tint", tint)
            repolish(self)

    def restyle(self) -> None:
        self.setFont(theme().font("note", 600))
