"""What pages about one person share: the banner, reading on the worker, faults at the fields, words of values."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from workwell_desktop.desktop.kit import (
    Change,
    Field,
    Page,
    Params,
    clock_words,
    date_words,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person_banner import PersonHead, marks_of, person_head, show_person
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.screen import has
from workwell_desktop.domain.values import BlobRef, Coding, PartialDate, Quantity
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import conflicts
from workwell_desktop.store import ConflictPlace

HEAD = frozenset({"participant", "risk", "episode", "red_flag_screen"})
"""Kinds of record that the head of a page is made from."""


class PersonForm(Page):
    """A page opened with ``participant``; ``read`` runs on the worker, ``lay`` in the window."""

    nav = "participants"

    def build(self) -> None:
        self.fields: dict[str, Field] = {}
        self.head: PersonHead | None = None
        self.who = Id("")

    def enter(self, params: Params) -> None:
        self.who = Id(params["participant"])
        self._ask()

    def changed(self, records: frozenset[Change]) -> None:
        """Only the head is read again: what is being typed stays."""
        if any(kind in HEAD and scope == self.who for kind, _record, scope in records):
            desk, who = self.context.desk, self.who
            self.run(lambda: person_head(desk, who), lambda head: show_person(self, head))
        elif any(scope == self.who for _kind, _record, scope in records):
            desk, who = self.context.desk, self.who
            self.run(lambda: conflicts.marks(desk, who), self._marked)

    def _marked(self, apart: tuple[ConflictPlace, ...]) -> None:
        """Something arrived: fields that were written in two ways say so; what is being typed stays."""
        self.set_apart(marks_of(self, self.who, apart))

    def belong(self, record: Id | str, *names: str) -> None:
        """The fields of this page show the fields of one record that have their names."""
        for name in names or tuple(self.fields):
            if name in self.fields:
                self.fields[name].belongs_to(record, name)

    def read(self, desk: Desk, params: Params) -> Any:
        """What ``lay`` is handed; on the worker."""
        return None

    def lay(self, found: Any) -> None:
        """Fills the body."""

    def refused(self, error: Exception) -> None:
        self.fail_at(self.fields, error)

    def wrong(self) -> bool:
        """Whether a field holds what it cannot; then the summary names it."""
        return not self.check(list(self.fields.values()))

    def saved(self) -> None:
        """Says so at the foot, once it is durable."""
        if self.foot is not None:
            self.foot.saved(text("record.saved", time=clock_words(self.context.clock.now().astimezone(LONDON))))

    def back_button(self) -> Any:
        """Back to the record."""
        return outlined(text("record.back"), self.to_record, "arrow-left")

    def to_record(self, _nothing: object = None) -> None:
        """What was finished here is not come back to."""
        self.context.navigator.replace("record", participant=str(self.who))

    def _ask(self) -> None:
        desk, who, params = self.context.desk, self.who, self.params
        self.run(lambda: (person_head(desk, who), self.read(desk, params)), self._show)

    def _show(self, found: tuple[PersonHead, Any]) -> None:
        self.head = found[0]
        self.fields = {}
        self.clear_body()
        show_person(self, self.head)
        self.lay(found[1])
        self.ready()
        self.context.frame.acts_changed()


_WHOLE = 3
"""Of a date in the log: year, month and day are known."""


def value_words(value: Any, today: date, options: Callable[[str], str] | None = None) -> str:
    """A stored value as people say it; ``options`` gives the words of a code."""
    if value is None or value == "":
        return text("record.value.none")
    if isinstance(value, bool):
        return text("record.value.yes" if value else "record.value.no")
    if isinstance(value, datetime):
        return moment_words(value.astimezone(LONDON), today)
    if isinstance(value, PartialDate) and value.precision == _WHOLE:
        value = value.first_day()
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, BlobRef):
        return text("record.value.file")
    if isinstance(value, Coding | Quantity | PartialDate | time):
        # what an answer of a form may hold: loaded when there is one, for Today waits for no form
        from workwell_desktop.desktop.pages.assessment.values import words_of

        return words_of(value, today)
    if isinstance(value, frozenset | tuple):
        members = sorted(value, key=str) if isinstance(value, frozenset) else value
        return ", ".join(value_words(one, today, options) for one in members)
    return options(str(value)) if options is not None else str(value)


def field_words(kind: str, field: str) -> str:
    """The name of a field of a record."""
    key = f"fields.of.{kind}.{field}"
    return text(key) if has(key) else text("today.a_field")
