"""Message bars in the page, the error summary and the empty state. Never a pop-up, never a timer."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from workwell_desktop.desktop.access import announce
from workwell_desktop.desktop.widgets.buttons import Button, quiet
from workwell_desktop.desktop.widgets.flow import Flow
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.layouts import Clear, column, row
from workwell_desktop.desktop.widgets.words import IconMark, Words, safe
from workwell_desktop.domain.screen import text

_ICONS = {"risk": "shield-alert", "due": "triangle-alert", "info": "info", "done": "circle-check"}


class Alert(QFrame):
    """A message bar. ``tint``: due for late or not done, info for facts, done for done, risk for risk and errors."""

    def __init__(
        self,
        title: str,
        words: str = "",
        tint: str = "info",
        *,
        icon_name: str = "",
        act: Button | None = None,
        title_kind: str = "label",
        on_close: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("part", "message")
        self.setProperty("tint", tint)
        self._title, self._words = title, words
        box = row(self, (13, 9, 14, 9), 11)
        box.addWidget(
            IconMark(
                icon_name or _ICONS[tint],
                "text_soft" if tint == "neutral" else tint,
                22 if title_kind != "label" else 20,
            ),
            0,
            Qt.AlignmentFlag.AlignVCenter,
        )
        lines = column(None, (0, 0, 0, 0), 1)
        tone = f"{tint}"
        if title_kind == "label":
            mixed = f"<b>{safe(title)}</b> {safe(words)}".strip()
            self._line = Words(mixed, "note" if title else "body", tone if tint != "risk" else "", rich=True)
            lines.addWidget(self._line)
        else:
            self._line = Words(title, title_kind, tone)
            lines.addWidget(self._line)
            if words:
                lines.addWidget(Words(words, "body"))
        box.addLayout(lines, 1)
        if act is not None:
            box.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
        if on_close is not None:
            box.addWidget(quiet(text("parts.close"), on_close, "x"), 0, Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def plain(self) -> str:
        """What it says."""
        return f"{self._title} {self._words}".strip()

    def say_aloud(self) -> None:
        """Announces itself: errors and risk break in."""
        announce(self.plain(), self, at_once=self.property("tint") == "risk")


class ErrorSummary(QFrame):
    """Stands under the page title while fields are wrong; each link leads to its field."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "message")
        self.setProperty("tint", "risk")
        box = row(self, (16, 8, 14, 8), 10)
        box.addWidget(IconMark("circle-alert", "risk", 22), 0, Qt.AlignmentFlag.AlignTop)
        inner = Clear()
        self._flow = Flow(inner, 8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        inner.setSizePolicy(policy)
        box.addWidget(inner, 1)
        self._shown: list[QWidget] = []
        self.setVisible(False)

    def show_fields(self, fields: Sequence[Field]) -> bool:
        """Names the wrong fields among ``fields``, or hides; True when all is well. Says so and moves the focus."""
        wrong = [field for field in fields if field.wrong]
        self.show_links([(field.label, field.focus) for field in wrong])
        if wrong:
            wrong[0].focus()
        return not wrong

    def show_links(self, links: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Names what is wrong and where it is; an empty list hides the summary."""
        for old in self._shown:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = []
        if links:
            head: QWidget = Words(text("fields.error_summary", count=len(links)), "label", "risk", wrap=False)
            self._shown = [head, *(Button(label, act, kind="link") for label, act in links)]
            for widget in self._shown:
                self._flow.addWidget(widget)
            announce(text("fields.error_announce", count=len(links)), self, at_once=True)
        self.setVisible(bool(links))


class Empty(Clear):
    """What is not there, what would bring it, and one button."""

    def __init__(self, title: str, words: str = "", act: Button | None = None, *, icon_name: str = "inbox") -> None:
        super().__init__()
        box = column(self, (16, 24, 16, 24), 8)
        box.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        box.addWidget(IconMark(icon_name, "text_soft", 28), 0, centre)
        for line, kind, tone in ((title, "label", ""), (words, "note", "soft")):
            if line:
                label = Words(line, kind, tone)
                label.setAlignment(centre)
                box.addWidget(label)
        if act is not None:
            box.addWidget(act, 0, centre)
        box.addStretch(1)
