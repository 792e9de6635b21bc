"""What stands below a question's control: why it was left out, what was calculated instead, remarks of the form."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import Button, Clear, IconMark, Words, column, row, text
from workwell_desktop.desktop.pages.assessment.blocks import View
from workwell_desktop.desktop.pages.assessment.links import Links
from workwell_desktop.desktop.pages.assessment.values import unit_of, words_of
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.forms import Item, Row

_SIGNS = {"warning": ("triangle-alert", "due"), "information": ("info", "info")}
_LONG_HELP = 140


class Notes(Clear):
    """Says again only what is other than before, so that nothing below the questions moves without need."""

    def __init__(self, answer_after_all: Callable[[], None], take_calculated: Callable[[], None]) -> None:
        super().__init__()
        self._answer, self._take = answer_after_all, take_calculated
        self._box = column(self, (0, 0, 0, 0), 4)
        self._said: tuple[object, ...] = ()

    def show_row(self, now: Row, view: View) -> None:
        """What is to be said of a question as it stands."""
        reason = view.left_out.get(now.path, "") if now.value is None else ""
        remarks = tuple((one.severity, one.message) for one in now.issues if one.severity in _SIGNS)
        calculated = words_of(now.calculated, view.today, now.options, unit_of(now)) if now.overridden else ""
        said = (reason, remarks, calculated, view.read_only)
        if said == self._said:
            return
        self._said = said
        while self._box.count():
            empty(self._box.takeAt(0))
        if calculated:
            self._line(text("assessment.overridden", value=calculated), "git-compare-arrows", "info")
            if not view.read_only:
                self._act(text("assessment.take_calculated"), self._take, now.text)
        for severity, message in remarks:
            icon, tone = _SIGNS[severity]
            self._line(message, icon, tone)
        if reason:
            self._line(text(f"assessment.left_{reason}"), "circle-dashed", "text_soft")
            if not view.read_only:
                self._act(text("assessment.answer_after_all"), self._answer, now.text)
        self.setVisible(bool(self._box.count()))

    def _line(self, words: str, icon: str, tone: str) -> None:
        holder = Clear()
        line = row(holder, (0, 3, 0, 0), 7)
        line.addWidget(IconMark(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Words(words, "note", "soft" if tone == "text_soft" else tone), 1)
        self._box.addWidget(holder)

    def _act(self, words: str, act: Callable[[], None], label: str) -> None:
        button = Button(words, act, kind="link")
        button.setAccessibleName(text("assessment.part_of", label=words, part=label))
        self._box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def long_help(item: Item) -> str:
    """Help that is too long to stand above a field; it is opened on request."""
    return item.help if item.help and len(item.help) > _LONG_HELP else ""


class More(Clear):
    """Help and pages of further support, below the question that they belong to."""

    def __init__(self, helped: str, links: Sequence[tuple[str, str]], label: str) -> None:
        super().__init__()
        box = column(self, (0, 2, 0, 0), 2)
        if helped:
            self._words = Words(helped, "note", "soft", reading=True)
            self._turn = Button(text("assessment.more_help"), self._show, kind="link", turns=True)
            self._turn.setAccessibleName(text("assessment.part_of", label=text("assessment.more_help"), part=label))
            box.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignLeft)
            box.addWidget(self._words)
            self._words.setVisible(False)
        if links:
            box.addWidget(Links(links))

    def _show(self) -> None:
        shown = self._turn.isChecked()
        self._words.setVisible(shown)
        self._turn.say(text("assessment.less_help" if shown else "assessment.more_help"))
