"""A low window, or large text in it: what else stands still scrolls with the body, which so keeps half the height.

usual   banner · tabs and risk bars · [ body ] · foot           stays: banner, foot
low     name and birth · [ clock, needs · tabs and risk bars · body · what is saved ] · buttons of one line
"""

from PySide6.QtWidgets import QBoxLayout, QWidget

from workwell_desktop.desktop.theme.theme import moved, theme
from workwell_desktop.desktop.widgets.banner import Banner
from workwell_desktop.desktop.widgets.foot import Foot
from workwell_desktop.desktop.widgets.layouts import Clear, column
from workwell_desktop.desktop.widgets.risk import RiskBar
from workwell_desktop.domain.screen import text


class LowRoom:
    """``head`` and ``end`` stand first and last in the body; what they hold stands around it in a higher window."""

    def __init__(self, page: QWidget, top: QBoxLayout, bottom: QBoxLayout) -> None:
        self._page, self._top, self._bottom = page, top, bottom
        self.head, self.end = Clear(), Clear()
        self._head, self._end = column(self.head, (0, 0, 0, 0), 8), column(self.end, (0, 0, 0, 0), 8)
        for holder in (self.head, self.end):
            holder.hide()
        self._banner: Banner | None = None
        self.below: QWidget | None = None
        self._more: QWidget | None = None
        self._foot: Foot | None = None

    def is_low(self) -> bool:
        """Whether the window's height over the text scale is below that of the tokens, and the body scrolls."""
        if getattr(self._page, "scroller", None) is None:
            return False
        return self._page.window().height() / theme().scale.factor < theme().tokens.reflow("low_below")

    def set_head(self, banner: Banner | None, below: QWidget | None) -> None:
        """A banner of the page, and the tabs and risk bars that stand under it."""
        self._banner, self.below = banner, below
        self.place()

    def set_foot(self, foot: Foot) -> None:
        """The foot of the page."""
        self._foot = foot
        self.place()

    def clear_head(self) -> None:
        """Another head comes."""
        for old in (self.below, self._more):
            if old is not None and old.parentWidget() is self.head:
                self._head.removeWidget(old)
                old.hide()
                old.deleteLater()
        self._banner = self.below = self._more = None

    def clear_foot(self) -> None:
        """Another foot comes."""
        if self._foot is not None:
            self._foot.give_back()
            if self._foot.parentWidget() is self.end:
                self._end.removeWidget(self._foot)
                self._foot.hide()
                self._foot.deleteLater()
        self._foot = None

    def place(self) -> None:
        """Puts everything where the present height wants it."""
        low = self.is_low()
        if self._banner is not None:
            risk = self.below is not None and self.below.findChild(RiskBar) is not None
            self._banner.set_low(low, text("parts.risk_asked") if risk else "")
            self._place_more(low and self._banner.narrow)
        if self.below is not None:
            _move(self.below, self._top, self._head, low)
        if self._foot is not None:
            stays = self._foot.fits(self._page.width())
            self._foot.set_low(self._end if low and stays else None)
            _move(self._foot, self._bottom, self._end, low and not stays)
        # an empty holder would still put the gap of the body between it and what follows
        for holder in (self.head, self.end):
            if holder.parentWidget() is not None:
                inside = [one for one in holder.children() if isinstance(one, QWidget)]
                holder.setVisible(any(not one.isHidden() for one in inside))

    def _place_more(self, wanted: bool) -> None:
        """The rest of a banner that has only its first lines left."""
        if wanted and self._more is None and self._banner is not None:
            self._more = self._banner.make_more()
            self._head.insertWidget(0, self._more)
        if self._more is not None:
            self._more.setVisible(wanted)


def _move(widget: QWidget, usual: QBoxLayout, low: QBoxLayout, into_low: bool) -> None:
    here, there = (low, usual) if into_low else (usual, low)
    if here.indexOf(widget) < 0:
        there.removeWidget(widget)
        here.addWidget(widget)
        moved(widget)
