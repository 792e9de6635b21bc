"""What each of us brings: one contribution a person, facts and opinion apart; and who was not heard yet."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from workwell_desktop.desktop.kit import (
    Button,
    Card,
    Clear,
    Columns,
    Field,
    Flow,
    Held,
    LongText,
    Page,
    Words,
    column,
    quiet,
    row,
    rule,
    text,
)
from workwell_desktop.desktop.pages.session.naming import NamedLine, Naming
from workwell_desktop.desktop.pages.session.order import drop, reading_order
from workwell_desktop.desktop.pages.session.picking import Pick
from workwell_desktop.desktop.pages.session.saving import Saving
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Contribution
from workwell_desktop.services.meeting import discussions
from workwell_desktop.services.meeting.session_views import Attendee, CaseView, ContributionLine, SessionView


class _Row(Clear):
    """What one of us brings: words, or the two fields while it is written."""

    def __init__(self, page: Page, discussion: Id, author: Id, saved: Callable[[Any], Any]) -> None:
        super().__init__()
        self._page, self._discussion, self._author, self._saved = page, discussion, author, saved
        self._box = column(self, (0, 2, 0, 4), 2)
        self._line: ContributionLine | None = None
        self._name, self._discipline = "", ""
        self._typing: Saving | None = None
        self.facts: LongText | None = None
        self._written = False
        """Somebody wrote here since the case came to the table."""

    @property
    def editing(self) -> bool:
        return self._typing is not None

    def show_line(self, name: str, discipline: str, line: ContributionLine | None, *, locked: bool) -> None:
        """Shows the words that the store holds; what is being typed stays."""
        known = (self._name, self._discipline, self._line) == (name, discipline, line)
        self._name, self._discipline, self._line = name, discipline, line
        if self.editing or (known and self._box.count()):
            return
        self._clear()
        content = Clear()
        lines = row(content, (0, 0, 0, 0), 12)
        words = column(None, (0, 0, 0, 0), 2)
        if line is not None and line.facts:
            words.addWidget(Words(line.facts, reading=True))
        if line is not None and line.opinion:
            words.addWidget(Words(text("session.thinks", words=line.opinion), reading=True))
        named = NamedLine(self._page) if line is not None and self._written else None
        if named is not None:
            words.addWidget(named)
        lines.addLayout(words, 1)
        if not locked:
            change = Button(text("session.change_words"), self.edit, kind="link")
            change.setAccessibleName(text("session.change_brings", name=name))
            lines.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        self._put(content)
        if named is not None and line is not None:
            named.look(self._discussion, "\n".join(part for part in (line.facts, line.opinion) if part))

    def edit(self) -> None:
        """Opens the two fields."""
        line = self._line
        self._clear()
        self.facts = LongText(line.facts or "" if line else "", lines=2)
        opinion = LongText(line.opinion or "" if line else "", lines=2)
        facts = Field(text("session.facts"), self.facts)
        thought = Field(text("session.opinion"), opinion)
        self.facts.setAccessibleName(text("session.facts_of", name=self._name))
        opinion.setAccessibleName(text("session.opinion_of", name=self._name))
        self._put(Columns([(facts, 1), (thought, 1)], gap=10, one_below=900), text("session.typing"))
        known = self.facts

        def save() -> Callable[[], Any] | None:
            said, think = known.value(), opinion.value()
            if not said and not think and self._line is None:
                return None
            desk, discussion, author = self._page.context.desk, self._discussion, self._author
            return lambda: discussions.contribute(desk, discussion, facts=said, opinion=think, author=author)

        self._typing = Saving(self._page, [self.facts, opinion], save, self._saved)
        self._written = True
        naming = Naming(self._page, lambda: self._discussion)
        for field in (facts, thought):
            naming.watch(field)
        reading_order(self._page)
        self.facts.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_fields(self, line: ContributionLine | None, *, locked: bool) -> None:
        """Back to words, once what was typed is saved and the focus is elsewhere."""
        if self._typing is not None and not self._typing.dirty and not self._focused():
            self._typing = None
            self.facts = None
            self._clear()
            self.show_line(self._name, self._discipline, line, locked=locked)

    def flush(self) -> None:
        if self._typing is not None:
            self._typing.flush()

    def _focused(self) -> bool:
        found = self.window().focusWidget()
        return found is not None and self.isAncestorOf(found)

    def _put(self, content: QWidget, state: str = "") -> None:
        who = Clear()
        lines = column(who, (0, 0, 0, 0), 0)
        lines.addWidget(Words(self._name, "label"))
        lines.addWidget(Words(", ".join(part for part in (self._discipline, state) if part), "note", "soft"))
        lines.addStretch(1)
        self._box.addWidget(Columns([(who, 1), (content, 4)], gap=12, one_below=700))
        self._box.addWidget(rule())

    def _clear(self) -> None:
        drop(self._box)


class Brings(Card):
    """A row for each who spoke or is writing; a button for each who is here and was not heard yet."""

    def __init__(self, page: Page, saved: Callable[[Any], Any]) -> None:
        self.missing = Words("", "note", "soft", wrap=True)
        super().__init__(text("session.brings"), corner=self.missing)
        self._page, self._saved = page, saved
        self._may = page.context.desk.may(Act.RECORD_CONTRIBUTION, Contribution)
        self._rows: dict[str, _Row] = {}
        self._discussion: Id | None = None
        self._list = column(None, (0, 0, 0, 0), 2)
        self.body.addLayout(self._list)
        self._asks = Clear()
        self._flow = Flow(self._asks, 6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._asks.setSizePolicy(policy)
        self.body.addWidget(self._asks)
        self._asked: tuple[object, ...] = ()
        self.end()

    def show_case(self, view: CaseView, session: SessionView) -> None:
        """Shows what was brought to this case."""
        if view.discussion != self._discussion:
            self._discussion = view.discussion
            self._rows, self._asked = {}, ()
            drop(self._list)
        self.setVisible(view.visible)
        lines = {str(one.author): one for one in view.contributions if one.author}
        people = {str(one.person): one for one in session.attendees if one.person}
        for author, line in lines.items():
            row_ = self._row(author)
            shut = view.locked or not self._may
            row_.show_line(line.name, _discipline(line.discipline, people.get(author)), line, locked=shut)
            row_.close_fields(line, locked=shut)
        self.missing.say(
            text("session.not_heard", names=", ".join(_first(one.name) for one in view.not_heard if one.person))
            if any(one.person for one in view.not_heard) and not view.locked
            else ""
        )
        self._show_asks(view, session, set(lines))

    def flush(self) -> None:
        """Saves what is being typed."""
        for one in self._rows.values():
            one.flush()

    def write(self, author: str, one: Attendee) -> None:
        """Opens the fields for somebody who was not heard yet."""
        row_ = self._row(author)
        row_.show_line(one.name, _discipline(None, one), None, locked=False)
        row_.edit()
        self._asked = ()
        for button in self._asks.findChildren(QWidget):
            if button.property("author") == author:
                button.hide()

    def _row(self, author: str) -> _Row:
        if author not in self._rows:
            assert self._discussion is not None  # noqa: S101 - rows come after the case
            self._rows[author] = _Row(self._page, self._discussion, Id(author), self._saved)
            self._list.addWidget(self._rows[author])
        return self._rows[author]

    def _show_asks(self, view: CaseView, session: SessionView, heard: set[str]) -> None:
        here = [one for one in session.attendees if one.here and one.person and not one.note_taker]
        waiting = [one for one in here if str(one.person) not in heard and str(one.person) not in self._rows]
        away = [
            one for one in session.attendees
            if one.person and not one.here and str(one.person) not in heard and str(one.person) not in self._rows
        ]  # fmt: skip
        asked = (tuple(waiting), tuple(away), view.locked, view.discussion)
        if asked == self._asked:
            return
        self._asked = asked
        drop(self._flow)
        if view.locked or not self._may:
            return
        for one in waiting:
            words = text("session.add_brings", name=_first(one.name))
            button = quiet(words, partial(self.write, str(one.person), one), "plus")
            button.setProperty("author", str(one.person))
            self._flow.addWidget(button)
        if away:
            names = [(str(one.person), one.name) for one in away]
            chosen = Pick(names, empty=text("session.written_view"))
            chosen.setAccessibleName(text("session.written_view"))
            by = {str(one.person): one for one in away}

            def write() -> None:
                author = chosen.value()
                if author:
                    self.write(author, by[author])

            chosen.done.connect(write)
            self._flow.addWidget(Held(chosen, 380))
        self._asks.updateGeometry()


def _first(name: str) -> str:
    """How colleagues are called in passing: the first name, or "Dr Frost"."""
    parts = name.split(" ")
    return " ".join(parts[::2][:2]) if parts[0].rstrip(".") in ("Dr", "Prof") and len(parts) > 2 else parts[0]


def _discipline(code: Code | None, one: Attendee | None) -> str:
    found = str(code or (one.profession if one else "") or "")
    return text(f"session.short.{found}") if found in {kind.value for kind in Profession} else ""
