"""The look that the whole window wears: colours, sizes, fonts; changed in one place and told to every part.

A part that has sizes of its own has a method ``restyle()``, which reads them from ``theme()``; it is called when the
part is made and each time the theme changes. Layouts made by ``widgets.layouts`` are rescaled without more ado.
"""

from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QWidget

from workwell_desktop.desktop.theme import sheet
from workwell_desktop.desktop.theme.fonts import load_fonts, make_font
from workwell_desktop.desktop.theme.scale import Scale, nearest_step
from workwell_desktop.desktop.theme.tokens import Tokens, tokens

STYLE = ("-style", "fusion")
"""Arguments for the application: asked for by ``setStyle``, a style first sets up all that Python knows of styles."""

NO_SHEET = "#none {}"
"""In high contrast: nothing matches, so Fusion and the system's palette decide. An empty sheet would throw Qt's sheet
style away, and widgets that were never shown would stay in the caches of the next one after their deletion."""

SPACING = "workwellSpacing"
"""Dynamic property of a layout: left, top, right, bottom, gap in pixels at 100 %."""


class Theme(QObject):
    """One for the application, from ``theme()``. ``changed`` comes after every part has been restyled."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = tokens()
        self.scale = Scale()
        self.scheme = "light"
        self.high_contrast = False
        self.chosen_scheme: str | None = None
        self._fonts: dict[tuple[int, int], QFont] = {}

    # What parts ask

    def px(self, size: float) -> int:
        """A size in pixels that grows with the text: fields, buttons, icons."""
        return self.scale.px(size)

    def space(self, size: float) -> int:
        """A distance in pixels."""
        return self.scale.space(size)

    def measure(self, name: str) -> int:
        """A measure of the tokens, grown with the text."""
        return self.scale.px(self.tokens.measure(name))

    def font(self, name: str, weight: int | None = None) -> QFont:
        """A type of the tokens: note, body, label, section, heading, page, display."""
        token = self.tokens.type(name)
        key = (self.scale.px(token.size), weight or token.weight)
        if key not in self._fonts:
            self._fonts[key] = make_font(*key)
        # a copy: whoever asks may change it
        return QFont(self._fonts[key])

    def colour(self, role: str) -> QColor:
        """The colour of a role; in high contrast the system's own colour that comes nearest."""
        if self.high_contrast:
            return _system_colour(role)
        return QColor(self.tokens.colour(self.scheme, role))

    # What changes it

    def choose(self, *, percent: int | None = None, scheme: str | None = None, wide: bool | None = None) -> None:
        """Sets text size, ``light``, ``dark`` or ``system``, or room for larger text, and restyles everything."""
        before = (self.scale, self.chosen_scheme)
        if scheme is not None:
            self.chosen_scheme = None if scheme == "system" else scheme
        self.scale = Scale(
            self.scale.percent if percent is None else nearest_step(percent),
            self.scale.wide if wide is None else wide,
        )
        if (self.scale, self.chosen_scheme) != before:
            self.apply()

    def apply(self) -> None:
        """Dresses the application anew."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        load_fonts()
        self._follow_system()
        app.setFont(self.font("body"))
        if self.high_contrast:
            app.setPalette(QPalette())
            app.setStyleSheet(NO_SHEET)
        else:
            app.setPalette(self._palette())
            turned = app.layoutDirection() is Qt.LayoutDirection.RightToLeft
            source = sheet.from_the_right(sheet.template()) if turned else sheet.template()
            app.setStyleSheet(sheet.render(source, self.tokens.colours(self.scheme), self.scale))
        for window in app.topLevelWidgets():
            refresh(window)
        self.changed.emit()

    def start(self, app: QApplication) -> None:
        """First dressing; afterwards the system's light, dark and contrast are followed."""
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self.apply)
        hints.accessibility().contrastPreferenceChanged.connect(self.apply)
        self.apply()

    def _follow_system(self) -> None:
        hints = QGuiApplication.styleHints()
        # Unknown means light: many desktops say nothing
        system = "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"
        self.scheme = self.chosen_scheme if self.chosen_scheme in ("light", "dark") else system
        asked = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
        self.high_contrast = self.chosen_scheme == "contrast" or (self.chosen_scheme is None and asked)

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text_soft"))
        return palette


_PALETTE = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "card",
    QPalette.ColorRole.AlternateBase: "sunk",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text_soft",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "brand",
    QPalette.ColorRole.HighlightedText: "on_brand",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "text",
}

_SYSTEM = {
    QPalette.ColorRole.Highlight: ("brand", "link", "marigold", "focus", "chart_1"),
    QPalette.ColorRole.HighlightedText: ("on_brand", "on_risk"),
    QPalette.ColorRole.Window: ("ground", "card", "sunk", "rail", "rail_raised", "band_1"),
    QPalette.ColorRole.AlternateBase: ("band_2",),
    QPalette.ColorRole.Midlight: ("band_3",),
}


def _system_colour(role: str) -> QColor:
    palette = QGuiApplication.palette()
    for place, roles in _SYSTEM.items():
        if role in roles or (place is QPalette.ColorRole.Window and role.endswith(("_ground", "_soft", "_row"))):
            if role in {"text_soft", "rail_text_soft"}:
                break
            return palette.color(place)
    return palette.color(QPalette.ColorRole.WindowText)


_FRAMED = frozenset({"card", "message", "quote", "foot", "sheet", "sheet_open", "raised", "paper", "need", "sync"})


@cache
def theme() -> Theme:
    """The application's theme."""
    return Theme()


def refresh(root: QWidget) -> None:
    """Rescales the layouts below ``root`` and restyles its parts."""
    for layout in root.findChildren(QLayout):
        rescale(layout)
    parts: list[QWidget] = [root, *root.findChildren(QWidget)]
    for part in parts:
        if isinstance(part, QFrame) and part.property("part") in _FRAMED:
            # without the sheet a frame is what tells a card from its ground
            part.setFrameShape(QFrame.Shape.Box if theme().high_contrast else QFrame.Shape.NoFrame)
        # asked of its class: a protocol that is asked at run time takes longer than all the rest here
        restyle = getattr(type(part), "restyle", None)
        if restyle is not None:
            restyle(part)


def moved(part: QWidget) -> None:
    """To be told when ``part`` got another parent: Qt gives its words, each time, the size of the sheet they were made
    under. What is only hidden where it stands keeps the present one."""
    refresh(part)


def rescale(layout: QLayout) -> None:
    """Gives a layout its margins and gap at the present scale."""
    spacing = layout.property(SPACING)
    if not spacing:
        return
    left, top, right, bottom, gap = (theme().space(int(side)) for side in spacing)
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(gap)


def repolish(widget: QWidget) -> None:
    """After a dynamic property changed, so that the sheet sees it.

    Before its first polish a widget needs none, and would lose its font by one.
    """
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
