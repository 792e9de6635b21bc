"""The parts side by side, to be compared with the drawing of them; shown by ``workwell screenshots``."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.buttons import filled, outlined, quiet, risk_button
from workwell_desktop.desktop.widgets.card import Card
from workwell_desktop.desktop.widgets.choices import Check, Choice
from workwell_desktop.desktop.widgets.clock import ClockBoxes, clock_text
from workwell_desktop.desktop.widgets.fields import NumberField, TextField
from workwell_desktop.desktop.widgets.flow import Flow
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.layouts import Clear, Columns, Scroll, column, row
from workwell_desktop.desktop.widgets.mark import Mark
from workwell_desktop.desktop.widgets.measure import Measure, MeasureFacts, Point
from workwell_desktop.desktop.widgets.messages import Alert, Empty
from workwell_desktop.desktop.widgets.obstacles import KINDS, KindHead
from workwell_desktop.desktop.widgets.tag import Tag
from workwell_desktop.desktop.widgets.words import Heading, Words
from workwell_desktop.domain.screen import text

_COLOURS = (
    "rail", "brand", "brand_soft", "ground", "card", "marigold", "risk", "due", "done", "info", "person", "workplace",
    "around",
)  # fmt: skip
_TAGS = (
    ("overdue", "due"),
    ("risk", "risk"),
    ("done", "done"),
    ("here", "info"),
    ("draft", "neutral"),
    ("yours", "brand"),
)
_TYPES = ("page", "heading", "section", "body", "note")


class PartsPage(QWidget):
    """Stands alone: it needs neither a store nor a person."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        scroll = Scroll((24, 12, 24, 12), 10)
        column(self).addWidget(scroll)
        head = row(None, (0, 0, 0, 0), 16)
        head.addWidget(Mark(36))
        head.addWidget(Heading(text("gallery.title"), "page"), 1)
        scroll.body.addLayout(head)
        swatches = Clear()
        flow = Flow(swatches, 8)
        for colour in _COLOURS:
            flow.addWidget(_Swatch(colour))
        scroll.body.addWidget(swatches)
        scroll.body.addWidget(Columns([(_buttons(), 5), (_fields(), 4), (_tags(), 4)]))
        middle = Clear()
        box = column(middle, (0, 0, 0, 0), 12)
        box.addWidget(_measures())
        box.addWidget(_types(), 1)
        empty = Card()
        act = outlined(text("gallery.new_referral"), None, "plus")
        empty.add(Empty(text("gallery.empty"), text("gallery.empty_note"), act), stretch=1)
        scroll.body.addWidget(Columns([(_messages(), 5), (middle, 5), (empty, 3)]), 1)


class _Swatch(QWidget):
    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name = text(f"gallery.colour.{colour}")
        self.setAccessibleName(self._name)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(91), theme().px(50))

    def restyle(self) -> None:
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().colour("line"), 1))
        painter.setBrush(theme().colour(self._colour))
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, theme().px(28)), 4, 4)
        painter.setPen(theme().colour("text_soft"))
        painter.setFont(theme().font("note"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, theme().px(30), self.width(), theme().px(20)), left, self._name)
        painter.end()


def _buttons() -> Card:
    card = Card(text("gallery.buttons"))
    inner = Clear()
    flow = Flow(inner, 10)
    off = outlined(text("gallery.off"))
    off.setEnabled(False)
    for button in (
        filled(text("gallery.open_plan"), None, "pen-line"),
        outlined(text("gallery.later")),
        quiet(text("gallery.add_action"), None, "plus"),
        off,
        risk_button(text("parts.record_what_was_done")),
    ):
        flow.addWidget(button)
    return card.add(inner).end()


def _fields() -> Card:
    card = Card(text("gallery.fields"))
    rest = Field(text("gallery.rest"), TextField(text("gallery.job")))
    signed = TextField("37.5")
    signed.set_read_only()
    wrong = Field(text("gallery.wrong"), NumberField(390, low=0, high=100))
    wrong.check()
    shut = Field(text("gallery.signed"), signed)
    card.add(Columns([(rest, 1), (shut, 1)]), wrong)
    card.add(Choice([("a", text("gallery.carry_on")), ("b", text("gallery.refer_on"))], "a", columns=2))
    return card.add(Check(text("gallery.standing"), on=True)).end()


def _tags() -> Card:
    card = Card(text("gallery.tags"))
    inner = Clear()
    flow = Flow(inner, 10)
    for name, tint in _TAGS:
        flow.addWidget(Tag(text(f"gallery.tag.{name}"), tint))
    card.add(inner)
    for kind in KINDS:
        card.add(KindHead(kind))
    for now, weeks in ((5, 8), (4, 16)):
        line = row(None, (0, 4, 0, 0), 10)
        line.addWidget(ClockBoxes(now, weeks, width=150), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(Words(clock_text(now, weeks), "note", "soft"), 1)
        card.body.addLayout(line)
    return card.end()


def _messages() -> Card:
    card = Card(text("gallery.messages"), gap=8)
    for tint, icon_name in (("risk", ""), ("due", ""), ("info", "laptop"), ("done", "")):
        title, words = text(f"gallery.message.{tint}_title"), text(f"gallery.message.{tint}")
        card.add(Alert(title, words, tint, icon_name=icon_name))
    return card.end()


def _measures() -> Card:
    points = [Point(date(2026, 10, 26), 16), Point(date(2026, 11, 9), 14), Point(date(2026, 11, 24), 11)]
    shown = MeasureFacts(
        "PHQ-9", f"{Decimal(11)}", points, 0, 27, (9, 19), text("gallery.band"), text("gallery.change")
    )
    missing = MeasureFacts("GAD-7", missing=text("gallery.missing"))
    return Card(text("gallery.measure")).add(Measure(shown)).rule().add(Measure(missing))


def _types() -> Card:
    card = Card(gap=4)
    for kind in _TYPES:
        card.add(Words(text(f"gallery.type.{kind}"), kind))
    return card.end()
