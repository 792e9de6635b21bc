"""Smart cards: one's own, and where the module of this computer's card readers lies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QFileDialog, QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    DropDown,
    Field,
    Flow,
    Page,
    TextField,
    Words,
    long_day,
    outlined,
    quiet,
    text,
)
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.administration import cards, revocation
from workwell_desktop.services.administration.cards import CardPin
from workwell_desktop.services.desk import Desk


class ModuleCard(Card):
    """The path of the module; an administrator sets it."""

    def __init__(self, page: Page) -> None:
        super().__init__(text("cards.module_title"), gap=8)
        self._page, desk = page, page.context.desk
        may = desk.may(Act.MANAGE_SITE, Partnership)
        self.add(Words(text("cards.module_note"), "note", "soft"))
        self._path = TextField(cards.module(desk) or "")
        self._path.set_read_only(not may)
        self.add(Field(text("cards.module"), self._path, hint=text("cards.module_hint")))
        if may:
            held = Clear()
            ways = Flow(held, 10)
            ways.addWidget(outlined(text("cards.save_module"), self._save, "save"))
            ways.addWidget(quiet(text("cards.choose_module"), self._choose, "folder-open"))
            self.add(held)

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, text("cards.choose_module"), self._path.value())
        if name:
            self._path.set_value(name)

    def _save(self) -> None:
        desk, path = self._page.context.desk, self._path.value()

        def done(_nothing: None) -> None:
            self._page.unsay()
            key = "cards.module_saved" if path.strip() else "cards.module_gone"
            self._page.say(Alert("", text(key), "done", on_close=self._page.unsay))

        self._page.run(partial(cards.set_module, desk, path), done)


@dataclass(frozen=True)
class _State:
    """What stands in the readers, and of one's own card until when it signs and whether it is asked for."""

    found: tuple[cards.Card, ...]
    until: datetime | None
    asked: bool


def read(desk: Desk) -> _State:
    """For the store's thread."""
    try:
        found = cards.in_readers(desk) if cards.module(desk) else ()
    except BadInput:
        found = ()
    return _State(found, cards.until(desk, desk.me), cards.asked_for(desk, desk.me))


class OwnCard(Card):
    """Setting up one's own card with its PIN, and giving it back."""

    def __init__(self, page: Page) -> None:
        super().__init__(text("cards.own_title"), gap=8)
        self._page, self._desk = page, page.context.desk
        self._said = Words(text("cards.none"), "note", "soft")
        self._which = Field(text("cards.which"), DropDown([], empty=text("cards.only"), width=320))
        self._pin = Field(text("cards.pin"), TextField(secret=True, width=320), hint=text("cards.pin_hint"))
        self.add(self._said, self._which, self._pin)
        held = Clear()
        ways = Flow(held, 10)
        ways.addWidget(outlined(text("cards.enrol"), self._enrol, "key-round"))
        self._back = quiet(text("cards.give_back"), self._give_back, "log-out")
        ways.addWidget(self._back)
        self.add(held)
        self._which.hide()
        self._back.hide()
        self._look()

    def wipe(self) -> None:
        """No PIN stays in a field."""
        self._pin.control.set_value("")

    def _look(self) -> None:
        desk = self._desk
        self._page.run(lambda: read(desk), self._show)

    def _show(self, state: _State) -> None:
        if state.until is not None:
            day = long_day(state.until.astimezone(LONDON).date(), self._page.context.today())
            self._said.say(text("cards.signs_until", day=day))
        else:
            self._said.say(text("cards.waits" if state.asked else "cards.none"))
        self._back.setVisible(state.until is not None or state.asked)
        self._which.control.set_options([(one.serial, one.label) for one in state.found], None)
        self._which.setVisible(len(state.found) > 1)

    def _enrol(self) -> None:
        desk, pin = self._desk, CardPin(self._pin.control.value(), self._which.control.value() or "")
        self.wipe()
        self._pin.show_error("" if pin else text("cards.pin_missing"))
        if not self._page.errors.show_fields([self._pin]):
            return

        def done(issued: bool) -> None:
            self._page.unsay()
            key = "cards.enrolled" if issued else "cards.asked"
            self._page.say(Alert("", text(key), "done", on_close=self._page.unsay))
            self._look()

        self._page.run(lambda: cards.enrol(desk, pin), done)

    def _give_back(self) -> None:
        desk = self._desk
        self._page.run(lambda: cards.give_back(desk), lambda _nothing: self._look())


def read_of(desk: Desk, person: Id) -> tuple[datetime | None, bool]:
    """Until when a person's card signs, and whether they ask for it; for the store's thread."""
    return cards.until(desk, person), cards.asked_for(desk, person)


def card_lines(page: Page, person: Id, state: tuple[datetime | None, bool]) -> tuple[QWidget, ...]:
    """What an administrator sees and does about somebody's card, and about a key that is lost."""
    until, asked = state
    desk, today = page.context.desk, page.context.today()
    said = Words(text("cards.person_none"), "note", "soft")
    if asked:
        said.say(text("cards.person_waits"))
    elif until is not None:
        said.say(text("cards.person_signs", day=long_day(until.astimezone(LONDON).date(), today)))
    held = Clear()
    ways = Flow(held, 10)

    def issued(ends: datetime) -> None:
        line = text("cards.issued", day=long_day(ends.astimezone(LONDON).date(), today))
        said.say(line)
        page.say(Alert("", line, "done", on_close=page.unsay))

    def lost(_nothing: None) -> None:
        page.say(Alert("", text("cards.lost_done"), "done", on_close=page.unsay))

    if asked:
        ways.addWidget(outlined(text("cards.issue"), lambda: page.run(lambda: cards.issue(desk, person), issued)))
    if until is not None:
        for button in twice(
            text("cards.lost_card"), lambda: page.run(partial(revocation.lose_card, desk, person), lost)
        ):
            ways.addWidget(button)
    for button in twice(text("cards.lost_key"), lambda: page.run(partial(revocation.lose_key, desk, person), lost)):
        ways.addWidget(button)
    return said, held


def twice(words: str, act: Callable[[], object]) -> tuple[QWidget, QWidget]:
    """A button that asks again in its own place before it does what nobody can take back."""

    def asked() -> None:
        first.hide()
        sure.show()
        sure.setFocus()

    first, sure = quiet(words, asked), outlined(text("cards.lost_sure", what=words), act, "triangle-alert")
    sure.hide()
    return first, sure
