"""Puts the screen into another language: its words, and the side from which the window is read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from workwell_desktop.catalogue import SOURCE_LANGUAGE
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain import screen


def speak(language: str = SOURCE_LANGUAGE) -> None:
    """What is made from now on speaks it; what stands keeps its words."""
    screen.speak(language)
    wanted = Qt.LayoutDirection.RightToLeft if screen.from_the_right() else Qt.LayoutDirection.LeftToRight
    if QGuiApplication.layoutDirection() is not wanted:
        QGuiApplication.setLayoutDirection(wanted)
        theme().apply()
