"""What every page is: a banner, tabs, a body that scrolls, a foot; opened by a route, told of changes.

A page overrides ``build`` (once) and ``enter`` (with the parameters of its route), and calls ``ready()`` when what it
shows is there, so that scrolling and focus return to where they were.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workwell_desktop.desktop.access import announce
from workwell_desktop.desktop.faults import fault_words
from workwell_desktop.desktop.operations import Change, Operation
from workwell_desktop.desktop.shell.context import Context, PageAct, Params
from workwell_desktop.desktop.shell.focus import (
    controls,
    first_control,
    first_to_use,
    focus_again,
    focus_key,
    reading_order,
)
from workwell_desktop.desktop.shell.low import LowRoom
from workwell_desktop.desktop.theme.theme import moved, theme
from workwell_desktop.desktop.widgets.apart import ApartLines, Marks
from workwell_desktop.desktop.widgets.banner import Banner, BannerFacts, Region
from workwell_desktop.desktop.widgets.buttons import Button
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.desktop.widgets.flow import Flow
from workwell_desktop.desktop.widgets.foot import Foot
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.layouts import Clear, Scroll, column, row
from workwell_desktop.desktop.widgets.messages import Alert, ErrorSummary
from workwell_desktop.desktop.widgets.turning import Turning
from workwell_desktop.desktop.widgets.words import Heading, Words
from workwell_desktop.domain.screen import text
from workwell_desktop.errors import FieldsInvalid, NotHereYet


class Page(QWidget):
    """``route`` is its name; ``nav`` the item of the rail that is marked; ``whole_window`` hides rail and top bar."""

    route: ClassVar[str] = ""
    nav: ClassVar[str] = ""
    help_topic: ClassVar[str] = ""
    whole_window: ClassVar[bool] = False
    scrolls: ClassVar[bool] = True
    margins: ClassVar[tuple[int, int, int, int]] = (24, 10, 24, 16)
    gap: ClassVar[int] = 10

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self.params: Params = {}
        self.foot: Foot | None = None
        self.banner: Banner | None = None
        self.apart_marks: Marks = {}
        self.heading = Heading("", "page")
        self._memory: dict[str, Any] = {}
        self._error: Alert | None = None
        self._beside_title: Words | None = None
        self._beside_acts: QWidget | None = None
        self._sides: list[tuple[QWidget, QVBoxLayout]] = []
        self._below: bool | None = None
        self._tight_below = 0
        self._shape()
        self.build()

    # What a page overrides

    def build(self) -> None:
        """Makes what never changes; called once."""

    def enter(self, params: Params) -> None:
        """Shows what the route asks for; called once, and again when the route is opened anew."""
        self.ready()

    def changed(self, records: frozenset[Change]) -> None:
        """Records changed, here or by sync; a page that shows one of them reads it again."""

    def leave(self) -> None:
        """Another page comes to the front: what is being typed is to be saved now."""

    def remember(self) -> dict[str, Any]:
        """What the page wants to find again beyond scrolling and focus."""
        return {}

    def recall(self, memory: dict[str, Any]) -> None:
        """Gets it back, when the page is ready."""

    def acts(self) -> Sequence[PageAct]:
        """What can be done here, for the menus and Ctrl+K."""
        return ()

    # What a page uses

    def set_title(self, words: str, note: str = "", *acts: QWidget) -> None:
        """The title of the page, a note at its right, and buttons."""
        self.heading.say(words)
        self._title.setVisible(bool(words or note or acts))
        for line in (self._title_box, self._title_lines):
            while line.count() > 1:
                empty(line.takeAt(1))
        self._beside_title = Words(note, "note", "soft") if note else None
        if self._beside_title is not None:
            self._title_box.addWidget(self._beside_title, 0, Qt.AlignmentFlag.AlignVCenter)
            self._place_beside_title()
        while self._title_line.count() > 1:
            empty(self._title_line.takeAt(1))
        self._beside_acts = Clear() if acts else None
        if self._beside_acts is not None:
            flow = Flow(self._beside_acts, 12)
            for act in acts:
                flow.addWidget(act)
            self._title_line.addWidget(self._beside_acts)

    def _title_needs(self) -> int:
        """Title, note and buttons beside each other: a title that would break comes above its buttons instead."""
        note = self._beside_title
        beside = note is not None and self._title_box.indexOf(note) >= 0
        parts = [self.heading.sizeHint().width()]
        parts += [note.minimumSizeHint().width()] if note is not None and beside else []
        parts += [self._beside_acts.sizeHint().width()] if self._beside_acts is not None else []
        return sum(parts) + self._title_line.spacing() * (len(parts) - 1)

    def _place_beside_title(self) -> None:
        """In one column the note stands below the title instead of squeezing it into a word a line."""
        note, below = self._beside_title, self.narrow()
        if note is None or (self._title_lines.indexOf(note) >= 0) is below:
            return
        if below:
            self._title_box.removeWidget(note)
            self._title_lines.addWidget(note)
        else:
            self._title_lines.removeWidget(note)
            self._title_box.insertWidget(1, note, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_banner(self, facts: BannerFacts, below: QWidget | None = None) -> None:
        """The participant's banner; ``below`` holds the tabs of the record."""
        _clear(self._top)
        self.low.clear_head()
        self.banner = Banner(facts, self.context.today())
        self._top.addWidget(self.banner)
        if below is not None:
            self.banner.setProperty("part", "sheet_open")
            self._top.addWidget(below)
        self.low.set_head(self.banner, below)
        _heard_first(self.banner, below)

    def set_apart(self, apart: Marks) -> None:
        """By record and field, the way to where two answers are chosen between; every field that shows one says so."""
        before, self.apart_marks = self.apart_marks, apart
        if before or apart:
            for field in self.findChildren(Field):
                field.mark_apart()
            for lines in self.findChildren(ApartLines):
                lines.mark_apart()

    def set_tabs(self, tabs: QWidget) -> None:
        """The parts of a page that is about nobody."""
        _clear(self._top)
        self.low.clear_head()
        self._top.addWidget(tabs)
        self.low.set_head(None, tabs)
        _heard_first(tabs)

    def set_foot(self, foot: Foot) -> None:
        """The foot that stays in sight."""
        _clear(self._bottom)
        self.low.clear_foot()
        self.foot = foot
        self._bottom.addWidget(foot)
        self.low.set_foot(foot)

    def set_side(self, widget: QWidget, *, right: bool = False) -> None:
        """A column that stays beside the body: the parts of an assessment, the paper of a plan."""
        holder = self._right if right else self._left
        _clear(holder)
        for old in [one for one, where in self._sides if where is holder]:
            old.hide()
            old.deleteLater()
        self._sides = [(one, where) for one, where in self._sides if where is not holder]
        self._sides.append((widget, holder))
        self._below = None
        self._place_sides()

    def _make_room(self, _least: int, over: int) -> None:
        """Words that are too long for the body: what stands beside it comes below, until the window is wider."""
        if over <= 0 or not self._sides or self._below or self.scroller is None:
            return
        # a bar that scrolls upright takes its room before the body gives it: by that alone nothing is too long
        if self.scroller.inside.minimumSizeHint().width() > self.scroller.viewport().width():
            self._tight_below = self.width() + over
            self._place_sides()

    def _tab_order(self) -> None:
        """The Tab key goes through the head, what stands at the left, the body, what stands at the right, the foot,
        in whatever order a page made them."""
        foot = [self.foot] if self.foot is not None else []
        left, right = ([one for one, where in self._sides if where is side] for side in (self._left, self._right))
        head = [one for one in (self.banner, self.low.below) if one is not None]
        reading_order(self, [*head, self.low.head, *left], [*right, *foot, self.low.end])

    def _place_sides(self) -> None:
        """In one column what stands beside the body comes below it, so that neither is squeezed."""
        below = (self.narrow() or self.width() < self._tight_below) and self.scroller is not None
        if below == self._below or not self._sides:
            return
        self._below = below
        for widget, holder in self._sides:
            holder.removeWidget(widget)
            if below and self.scroller is not None:
                self.scroller.body.addWidget(widget)
            else:
                if self.scroller is not None:
                    self.scroller.body.removeWidget(widget)
                holder.addWidget(widget)
            moved(widget)

    def add(self, *widgets: QWidget, stretch: int = 0) -> None:
        """Puts widgets into the body, below what is there."""
        for widget in widgets:
            self.body.addWidget(widget, stretch)

    def add_end(self) -> None:
        """The rest of the body stays empty."""
        self.body.addStretch(1)

    def clear_body(self) -> None:
        """Takes everything out of the body; title, messages and error summary stay."""
        _clear(self.body)

    def say(self, bar: Alert) -> None:
        """Shows a message bar under the title and announces it; it stays until ``unsay`` or the next visit."""
        self._messages.addWidget(bar)
        _heard_first(self.low.head, self._title, self.errors, bar)
        bar.say_aloud()

    def unsay(self) -> None:
        """Takes all message bars away."""
        _clear(self._messages)
        self._error = None

    def fail(self, error: Exception) -> None:
        """Shows an error's sentence at the top of the page: what happened, what was kept, what to do."""
        if self._error is not None:
            self._messages.removeWidget(self._error)
            self._error.deleteLater()
        # what has yet to come is no fault
        tint, icon = ("info", "cloud-off") if isinstance(error, NotHereYet) else ("risk", "circle-alert")
        self._error = Alert("", fault_words(error), tint, icon_name=icon, on_close=self.unsay)
        # on a page of which nothing could be shown it would take all the room
        self._messages.addWidget(self._error, 0, Qt.AlignmentFlag.AlignTop)
        _heard_first(self.low.head, self._title, self.errors, self._error)
        self._error.say_aloud()

    def fail_at(self, fields: Mapping[str, Field], error: Exception) -> None:
        """What a service said of several fields at once: at each field and in the summary, so that nothing typed is
        lost. Any other error, or one about a field that is not here, stands at the top."""
        if not isinstance(error, FieldsInvalid):
            self.fail(error)
            return
        for field in fields.values():
            field.show_error("")
        for name, reason in error.problems:
            if name in fields:
                fields[name].show_error(text(f"errors.field.{reason}"))
        if self.errors.show_fields(list(fields.values())):
            self.fail(error)

    def check(self, fields: Sequence[Field]) -> bool:
        """Checks fields as Next does; names the wrong ones in the summary under the title."""
        for field in fields:
            if not field.wrong:
                field.check()
        return self.errors.show_fields(fields)

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
    ) -> Operation:
        """Does work on the store's thread; see ``Operations.run``."""
        return self.context.operations.run(self, work, done, failed)

    def go(self, route: str, **params: str) -> None:
        """Opens another page."""
        self.context.navigator.go(route, **params)

    def ready(self) -> None:
        """What the page shows is there: scrolling and focus return, or the focus goes to the first control."""
        memory, self._memory = self._memory, {}
        if memory:
            self.recall(memory.get("own", {}))
        QTimer.singleShot(0, self, lambda: self._settle(memory))

    def filled_button(self) -> Button | None:
        """The next act, which Ctrl+Enter presses."""
        for button in self.findChildren(Button):
            if button.kind == "filled" and button.isVisible() and button.isEnabled():
                return button
        return None

    def first_focus(self) -> QWidget | None:
        """Where the focus goes on a first visit: where work begins, not beside the title; or a page's choice."""
        return (
            first_to_use(self.region, but=(self._title, self.low.head))
            or first_control(self.region)
            or first_control(self)
        )

    # The host's side

    def open(self, params: Params, memory: dict[str, Any]) -> None:
        """Called by the host."""
        self.params = params
        self._memory = memory
        self.enter(params)

    def keep(self) -> dict[str, Any]:
        """What the host stores with the place."""
        place = self.scroller.verticalScrollBar().value() if self.scroller is not None else 0
        return {"own": self.remember(), "scroll": place, "focus": focus_key(self)}

    def _settle(self, memory: dict[str, Any]) -> None:
        self._tab_order()
        if self.scroller is not None and memory.get("scroll"):
            self.scroller.verticalScrollBar().setValue(memory["scroll"])
        key = memory.get("focus")
        if key and focus_again(self, key):
            return
        target = self._in_sight(self.first_focus())
        if target is None and self.heading.isVisible():
            target = self.heading
        if target is not None and self.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.heading.plain():
            announce(self.heading.plain(), self)

    def _in_sight(self, target: QWidget | None) -> QWidget | None:
        """A page opens at its top: where the first control is further down, the focus begins at the title, or at the
        topmost control of a page without one."""
        inside = self.scroller.inside if self.scroller is not None else None
        if target is None or inside is None or self.scroller is None or not inside.isAncestorOf(target):
            return target
        room = self.scroller.viewport().height()

        def end(widget: QWidget) -> int:
            return widget.mapTo(inside, widget.rect().bottomLeft()).y()

        if end(target) <= room:
            return target
        if self.heading.isVisible() and self.heading.plain():
            return self.heading
        seen = [one for one in controls(self.region) if inside.isAncestorOf(one) and end(one) <= room]
        return min(seen, key=end, default=target)

    def _shape(self) -> None:
        outer = column(self)
        self._top = column()
        outer.addLayout(self._top)
        middle = row(None, (0, 0, 0, 0), 0)
        self._left, self._right, self._bottom = column(), column(), column()
        middle.addLayout(self._left)
        self.region = Region("")
        inside = column(self.region)
        self.scroller: Scroll | None = None
        if self.scrolls:
            self.scroller = Scroll(self.margins, self.gap)
            self.scroller.horizontalScrollBar().rangeChanged.connect(self._make_room)
            inside.addWidget(self.scroller)
            hold = self.scroller.body
        else:
            hold = column(None, self.margins, self.gap)
            inside.addLayout(hold)
        self._title = Clear()
        self._title_lines = column(self._title, (0, 2, 0, 2), 2)
        self._title_box: QHBoxLayout = row(None, (0, 0, 0, 0), 12)
        self._title_box.addWidget(self.heading, 1)

        self._title_line: Turning = Turning(needs=self._title_needs)
        self._title_line.addLayout(self._title_box, 1)
        self._title_lines.addLayout(self._title_line)
        self._title.setVisible(False)
        self.errors = ErrorSummary()
        self._messages = column(None, (0, 0, 0, 0), 8)
        self.body = column(None, (0, 0, 0, 0), self.gap)
        self.low = LowRoom(self, self._top, self._bottom)
        hold.addWidget(self.low.head)
        hold.addWidget(self._title)
        hold.addWidget(self.errors)
        hold.addLayout(self._messages)
        hold.addLayout(self.body, 1)
        hold.addWidget(self.low.end)
        middle.addWidget(self.region, 1)
        middle.addLayout(self._right)
        outer.addLayout(middle, 1)
        outer.addLayout(self._bottom)

    def narrow(self) -> bool:
        """Whether there is room for one column only."""
        return self.window().width() / theme().scale.factor < theme().tokens.reflow("two_columns_from")

    def restyle(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """What stands around the body finds its place anew: the window or the text has another size."""
        self._place_sides()
        self._place_beside_title()
        self.low.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self.region.setAccessibleName(self.heading.plain())
        return super().event(event)


def _heard_first(*parts: QWidget | None) -> None:
    """A screen reader goes through the parts of a page in the order in which they were made, or put behind others:
    what came later and stands above is put there."""
    for one in reversed(parts):
        if one is not None:
            one.lower()


def _clear(layout: Any) -> None:
    while layout.count():
        empty(layout.takeAt(0))
