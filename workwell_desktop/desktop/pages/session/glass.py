"""What is drawn on the second window: one case in large type, or the neutral card."""

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workwell_desktop.desktop.kit import Words, long_day, rule, text, theme
from workwell_desktop.desktop.pages.session.measures import MOST, measure_facts
from workwell_desktop.desktop.theme import icons
from workwell_desktop.desktop.theme.fonts import make_font
from workwell_desktop.desktop.widgets.mark import paint_mark
from workwell_desktop.desktop.widgets.measure import Spark
from workwell_desktop.desktop.widgets.obstacles import paint_marker
from workwell_desktop.domain.plans import ObstacleKind
from workwell_desktop.services.meeting.projecting import ProjectedAction, ProjectedCase
from workwell_desktop.services.meeting.session_views import ObstacleLine

_MARKS = {ObstacleKind.PERSON: "person", ObstacleKind.WORKPLACE: "workplace", ObstacleKind.CONTEXT: "around"}


class Big(Words):
    """Words of ``size`` pixels on a screen 1920 wide, times the factor of the window."""

    def __init__(self, words: str, size: float, factor: float, *, tone: str = "", weight: int = 400) -> None:
        self._pixels, self._heavy = max(8, round(size * factor)), weight
        super().__init__(words, "body", tone)

    def restyle(self) -> None:
        self.setFont(make_font(self._pixels, self._heavy))


class Drawn(QWidget):
    """A square picture: the mark, an icon or the shape of an obstacle's kind."""

    def __init__(self, name: str, side: float, role: str = "") -> None:
        super().__init__()
        self._name, self._role = name, role
        self.setFixedSize(round(side), round(side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self._name == "mark":
            paint_mark(painter, box)
        elif self._name in _MARKS.values():
            paint_marker(painter, self._name, box)
        else:
            icons.paint(painter, self._name, theme().colour(self._role), box)
        painter.end()


class Glass(QWidget):
    """One state of the second window. None is the neutral card."""

    def __init__(self, case: ProjectedCase | None, clock: str, today: date, factor: float) -> None:
        super().__init__()
        self.setObjectName("body")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._factor, self._today = factor, today
        box = QVBoxLayout(self)
        edge = self._px(64)
        box.setContentsMargins(edge, self._px(38), edge, self._px(32))
        box.setSpacing(self._px(26))
        if case is None:
            self._neutral(box)
        else:
            self._show(box, case, clock)

    def fits(self, width: int, height: int) -> bool:
        """Whether everything can be seen in a window of this size."""
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made in __init__
        return layout.heightForWidth(width) <= height and layout.minimumSize().width() <= width

    def _px(self, size: float) -> int:
        return max(1, round(size * self._factor))

    def _big(self, words: str, size: float, *, tone: str = "", weight: int = 400) -> Big:
        return Big(words, size, self._factor, tone=tone, weight=weight)

    # The neutral card

    def _neutral(self, box: QVBoxLayout) -> None:
        box.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(self._px(28))
        line.addStretch(1)
        line.addWidget(Drawn("mark", 96 * self._factor))
        words = QVBoxLayout()
        for said in (
            self._big(text("projector.resting"), 56, weight=600),
            self._big(text("projector.resting_words"), 28, tone="soft"),
        ):
            said.setWordWrap(False)
            words.addWidget(said)
        line.addLayout(words)
        line.addStretch(1)
        box.addLayout(line)
        box.addStretch(1)

    # The case

    def _show(self, box: QVBoxLayout, case: ProjectedCase, clock: str) -> None:
        box.addLayout(self._head(case, clock))
        if not case.visible:
            box.addWidget(self._big(text("projector.not_shown"), 44, weight=600))
            box.addStretch(1)
            box.addLayout(self._foot(case))
            return
        box.addWidget(self._question(case))
        if case.obstacles:
            box.addLayout(self._obstacles(case.obstacles))
        if case.measures:
            box.addWidget(self._measures(case))
        box.addLayout(self._deciding(case), 1)
        box.addLayout(self._foot(case))

    def _head(self, case: ProjectedCase, clock: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._px(22))
        line.addWidget(Drawn("mark", 58 * self._factor))
        place = text("projector.case", number=case.number, of=case.of)
        line.addWidget(self._big(place, 38, weight=600), 0)
        if case.name:
            line.addWidget(self._big(case.name, 38), 0)
        line.addStretch(1)
        line.addWidget(self._big(text("projector.quorum" if case.quorum else "projector.no_quorum"), 26, tone="soft"))
        line.addSpacing(self._px(30))
        line.addWidget(self._big(clock, 26, tone="soft"))
        return line

    def _question(self, case: ProjectedCase) -> QWidget:
        frame = QFrame()
        frame.setObjectName("projected_question")
        frame.setStyleSheet(
            f"#projected_question{{background:{theme().colour('brand_soft').name()};"
            f"border-left:{self._px(12)}px solid {theme().colour('brand').name()};}}"
        )
        box = QVBoxLayout(frame)
        box.setContentsMargins(self._px(26), self._px(22), self._px(26), self._px(26))
        box.setSpacing(self._px(8))
        box.addWidget(self._big(text("projector.question"), 28, tone="brand", weight=600))
        box.addWidget(self._big(case.question or text("projector.no_question"), 44, weight=600))
        return frame

    def _card(self) -> tuple[QFrame, QVBoxLayout]:
        frame = QFrame()
        frame.setObjectName("projected_card")
        frame.setStyleSheet(
            f"#projected_card{{background:{theme().colour('card').name()};"
            f"border:1px solid {theme().colour('line').name()};border-radius:{self._px(10)}px;}}"
        )
        box = QVBoxLayout(frame)
        box.setContentsMargins(self._px(24), self._px(20), self._px(24), self._px(22))
        box.setSpacing(self._px(12))
        return frame, box

    def _obstacles(self, found: tuple[ObstacleLine, ...]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._px(24))
        for kind, mark in _MARKS.items():
            frame, box = self._card()
            head = QHBoxLayout()
            head.setSpacing(self._px(14))
            head.addWidget(Drawn(mark, 28 * self._factor))
            head.addWidget(self._big(text(f"parts.kind_{mark}"), 25, tone=mark, weight=600), 1)
            box.addLayout(head)
            mine = [one for one in found if one.kind is kind]
            for one in mine:
                box.addWidget(self._big(one.text, 28))
            if not mine:
                box.addWidget(self._big(text("projector.none_noted"), 28, tone="soft"))
            box.addStretch(1)
            line.addWidget(frame, 1)
        return line

    def _measures(self, case: ProjectedCase) -> QWidget:
        frame, box = self._card()
        line = QHBoxLayout()
        line.setSpacing(self._px(40))
        box.addLayout(line)
        shown = [one for one in case.measures if one.value is not None] or list(case.measures)
        for one in shown[:MOST]:
            facts = measure_facts(one)
            words = QVBoxLayout()
            words.addWidget(self._big(facts.name, 24, tone="soft"))
            words.addWidget(self._big(facts.value or text("parts.not_calculated"), 34, weight=600))
            line.addLayout(words)
            if facts.points:
                line.addWidget(Spark(facts, width=round(170 * self._factor), height=round(84 * self._factor)))
            said = ", ".join(part for part in (facts.band_words, facts.change_words, facts.missing) if part)
            line.addWidget(self._big(said, 24, tone="soft"), 1)
        return frame

    def _deciding(self, case: ProjectedCase) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._px(24))
        left, box = self._card()
        key = "decided" if case.decided else "deciding"
        box.addWidget(self._big(text(f"projector.{key}"), 34, weight=600))
        box.addWidget(
            self._big(case.decision or text("projector.nothing_yet"), 38, tone="" if case.decision else "soft")
        )
        if case.rationale:
            box.addWidget(self._big(text("projector.why", why=case.rationale), 28, tone="soft"))
        if case.decided and case.provisional:
            box.addWidget(self._big(text("projector.provisional"), 26, tone="due", weight=600))
        if case.next_review is not None:
            day = long_day(case.next_review, self._today)
            box.addWidget(self._big(text("projector.next_review", day=day), 26, tone="soft"))
        box.addStretch(1)
        line.addWidget(left, 1)
        right, box = self._card()
        box.addWidget(self._big(text("projector.who_does_what"), 34, weight=600))
        told: tuple[ProjectedAction, ...] = ()
        if case.decided and case.tell_owner:
            told = (ProjectedAction(text("projector.tell"), case.tell_owner, case.tell_by, False),)
        for place, one in enumerate((*case.actions, *told)):
            if place:
                box.addWidget(rule())
            box.addWidget(self._big(one.text, 30))
            box.addWidget(self._big(self._owner_and_day(one.owner, one.due), 28, tone="soft", weight=600))
        if not case.actions and not told:
            box.addWidget(self._big(text("projector.nothing_yet"), 30, tone="soft"))
        box.addStretch(1)
        line.addWidget(right, 1)
        return line

    def _foot(self, case: ProjectedCase) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._px(16))
        line.addWidget(Drawn("eye" if case.name else "eye-off", 30 * self._factor, "text_soft"))
        words = text("projector.name_shown" if case.name else "projector.nobody_named")
        line.addWidget(self._big(words, 25, tone="soft"), 1)
        return line

    def _owner_and_day(self, owner: str, due: date | None) -> str:
        return text("projector.owner_by", owner=owner, day=long_day(due, self._today)) if due else owner
