"""Unlock: your name, your passphrase; what is only on this laptop; nobody's record. Also what Lock leads to."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QWidget

from workwell_desktop.desktop.days import moment_words
from workwell_desktop.desktop.gate import GateFacts, GatePerson
from workwell_desktop.desktop.pages.opening.gate_page import GatePage
from workwell_desktop.desktop.widgets.buttons import filled, outlined, quiet
from workwell_desktop.desktop.widgets.layouts import Clear, column, row, spaced
from workwell_desktop.desktop.widgets.one_stop import one_stop
from workwell_desktop.desktop.widgets.people import PersonRadio
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.desktop.widgets.words import Heading, IconMark, Words
from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.screen import sentence, text
from workwell_desktop.errors import DamagedStore, WorkWellError, WrongPassphrase

_MOST_KEYS = 9
_MOST_IN_A_COLUMN = 4


class UnlockPage(GatePage):
    """``asked(person, passphrase)`` is answered with ``opened()`` or ``refused(error)``."""

    help_topic = "unlock"

    asked = Signal(str, str)
    forgotten = Signal(str)
    other = Signal()
    rescue = Signal(str, str)
    """The person and their passphrase, which was right, of a store that is damaged."""

    def __init__(self, facts: GateFacts, clock: Clock) -> None:
        super().__init__()
        self._facts, self._clock = facts, clock
        self._people: dict[str, PersonRadio] = {}
        self._buttons = QButtonGroup(self)
        self._wait = QTimer(self)
        self._wait.setInterval(1000)
        self._wait.timeout.connect(self._count)
        self._left_to_wait = 0
        self._error = ""
        self._say_where()
        self.card.add(Heading(text("unlock.who"), "page"))
        self._crowd = len(facts.people) > _MOST_IN_A_COLUMN
        names = Clear()
        self._names = QGridLayout(names)
        spaced(self._names, (0, 0, 0, 0), 9)
        for place, person in enumerate(facts.people):
            self._add_person(place, person)
        self.card.add(names)
        self._buttons.buttonClicked.connect(lambda _button: self._chosen())
        self.secret = Secret(text("unlock.passphrase"), text("unlock.passphrase_hint"))
        self.secret.field.returnPressed.connect(self._ask)
        self.secret.field.installEventFilter(self)
        self.card.add(self.secret)
        line: QHBoxLayout = row(None, (0, 6, 0, 0), 12)
        self.button = filled(text("unlock.unlock"), self._ask, "lock-open")
        self.forgot = quiet(text("unlock.forgotten"), lambda: self.forgotten.emit(self.person()))
        line.addWidget(self.button)
        line.addWidget(self.forgot)
        line.addStretch(1)
        self.card.body.addLayout(line)
        self.rescuing = Clear()
        saving = column(self.rescuing, (0, 0, 0, 0), 8)
        saving.addWidget(Words(text("unlock.rescue_note"), "note", "soft"))
        self.save = outlined(text("unlock.rescue"), self._ask_rescue, "shield")
        saving.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.rescuing.hide()
        self.card.add(self.rescuing)
        self.card.add_left(quiet(text("unlock.other"), self.other.emit))
        self.foot_note.say(text("unlock.locks_after", count=facts.lock_minutes))
        self._choose_first()

    def person(self) -> str:
        """Who is chosen."""
        return next((one for one, radio in self._people.items() if radio.isChecked()), "")

    def opened(self) -> None:
        """The store is open: nothing that was typed stays."""
        self.secret.wipe()
        self._busy(False)

    def refused(self, error: Exception) -> None:
        """Says why at the field; after several wrong tries one has to wait."""
        self._busy(False)
        self._error = sentence(error) if isinstance(error, WorkWellError) else text("errors.unexpected")
        self._left_to_wait = round(error.params.get("wait") or 0) if isinstance(error, WrongPassphrase) else 0  # type: ignore[call-overload]
        self._show_error()
        # the passphrase was right: only then is the file looked into
        self.rescuing.setVisible(isinstance(error, DamagedStore))
        self.secret.field.selectAll()
        self.secret.focus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.secret.focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows choose a person without leaving the passphrase."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and len(self._people) > 1:
            step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(event.key(), 0)
            if step and not self.secret.field.isReadOnly():
                known = list(self._people)
                at = known.index(self.person()) if self.person() in known else 0
                self._choose(self._people[known[(at + step) % len(known)]])
                return True
        return super().eventFilter(watched, event)

    def _add_person(self, place: int, person: GatePerson) -> None:
        when = (
            text("unlock.last_opened", when=moment_words(person.opened, self._clock.today()))
            if person.opened
            else text("unlock.never_opened")
        )
        line = text("unlock.person", profession=person.profession, when=when)
        many = len(self._facts.people) > 1
        key = f"Alt+{place + 1}" if many and place < _MOST_KEYS else ""
        radio = PersonRadio(person.name, person.profession if self._crowd else line, key, self)
        radio.setAccessibleDescription(f"{line}. {key}" if key else line)
        if key:
            # chooses without leaving the passphrase: Ctrl+L, Alt+2, passphrase
            QShortcut(key, self).activated.connect(lambda: self._choose(radio))
        self._people[person.id] = radio
        self._buttons.addButton(radio)
        # two columns for many, so that the passphrase stays in sight; down one, then down the other
        rows = (len(self._facts.people) + 1) // 2 if self._crowd else len(self._facts.people)
        self._names.addWidget(radio, place % rows, place // rows)

    def _choose_first(self) -> None:
        opened = [person for person in self._facts.people if person.opened]
        newest = max(opened, key=lambda person: person.opened, default=None)  # type: ignore[arg-type,return-value]
        wanted = self._facts.last_person or (newest.id if newest else "")
        radio = self._people.get(wanted) or next(iter(self._people.values()), None)
        if radio is not None:
            radio.setChecked(True)
        one_stop(list(self._people.values()))

    def _choose(self, radio: PersonRadio) -> None:
        radio.setChecked(True)
        one_stop(list(self._people.values()))
        self._chosen()

    def _chosen(self) -> None:
        self.secret.wipe()
        self.secret.show_error("")
        self.secret.focus()

    def _ask(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.secret.value():
            self.secret.show_error(text("unlock.empty"))
            self.secret.focus()
            return
        self._busy(True)
        self.asked.emit(self.person(), self.secret.value())

    def _ask_rescue(self) -> None:
        if not self.secret.value():
            self.secret.show_error(text("unlock.empty"))
            self.secret.focus()
            return
        self._busy(True)
        self.button.say(text("unlock.rescuing"))
        self.rescue.emit(self.person(), self.secret.value())

    def _busy(self, busy: bool) -> None:
        self.save.setEnabled(not busy)
        self.button.setEnabled(not busy)
        self.button.say(text("unlock.unlocking" if busy else "unlock.unlock"))
        self.secret.field.setReadOnly(busy)

    def _count(self) -> None:
        self._left_to_wait -= 1
        self._show_error()

    def _show_error(self) -> None:
        waiting = self._left_to_wait > 0
        more = text("unlock.wait", count=self._left_to_wait) if waiting else ""
        self.secret.show_error(f"{self._error} {more}".strip())
        self.button.setEnabled(not waiting)
        if waiting and not self._wait.isActive():
            self._wait.start()
        elif not waiting:
            self._wait.stop()

    def _say_where(self) -> None:
        more: list[QWidget] = []
        facts = self._facts
        if facts.only_here:
            more.append(_only_here(facts))
        if facts.offline:
            whole = Clear()
            line = row(whole, (0, 8, 0, 0), 10)
            line.addWidget(IconMark("cloud-off", "text_soft"))
            line.addWidget(Words(text("unlock.offline"), "note", "soft"), 1)
            more.append(whole)
        self.show_left((text("unlock.support_for"), facts.partnership), *more)


def _only_here(facts: GateFacts) -> QFrame:
    """What has not been synced: a number of things, never whose."""
    bar = QFrame()
    bar.setProperty("part", "message")
    bar.setProperty("tint", "info")
    box = column(bar, (16, 12, 14, 14), 6)
    head = row(None, (0, 0, 0, 0), 10)
    head.addWidget(IconMark("laptop", "info"))
    head.addWidget(Words(text("unlock.only_here"), "label"), 1)
    box.addLayout(head)
    box.addWidget(Words(facts.only_here, reading=True))
    if facts.synced:
        box.addWidget(Words(facts.synced, "note", "soft"))
    return bar
