"""What the parts of the page share: a form that is kept while it is typed, and one act that records it."""

from collections.abc import Callable, Sequence
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Empty,
    Field,
    Foot,
    SummaryList,
    filled,
    long_day,
    text,
)
from workwell_desktop.desktop.pages.keeping import Keeping
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.services.desk import Desk

Work = Callable[[Desk], object]


class DutySheet(PersonForm):
    """``form`` lays the fields of the part in front and keeps what is typed; ``send`` records it."""

    def build(self) -> None:
        super().build()
        self.keeping: Keeping | None = None

    @property
    def called(self) -> str:
        """What the person likes to be called."""
        return self.head.banner.called if self.head is not None else ""

    def form(self, title: str, note: str, fields: dict[str, Field], kept: dict[str, object]) -> Card:
        """A card of fields that go together."""
        self.fields = fields
        card = Card(title, gap=10)
        if note:
            card.add(Alert("", note, "info"))
        card.add(*fields.values())
        if self.keeping is not None:
            self.keeping.hold(self.who, fields, kept)
        return card

    def value(self, name: str) -> Any:
        """What stands in a field: a day where it asks for one."""
        control = self.fields[name].control
        return control.day() if hasattr(control, "day") else control.value()

    def send(self, words: str, gather: Callable[[], Work | None], done: str, icon: str = "check") -> None:
        """The filled button. ``gather`` reads the fields in the window and gives what to do on the worker, or None
        where something is left out that a field says already; then ``done`` is said and the part read again."""

        def pressed() -> None:
            for field in self.fields.values():
                field.show_error("")
            if self.wrong():
                return
            work = gather()
            if work is None:
                self.errors.show_fields(list(self.fields.values()))
            else:
                self.record(work, done)

        self.set_foot(Foot(self.back_button(), filled(words, pressed, icon)))

    def missing(self, name: str, reason: str) -> None:
        """Says at a field what is left out."""
        self.fields[name].show_error(text(f"errors.field.{reason}"))

    def record(self, work: Work, done: str) -> None:
        """One act; what was typed for it is forgotten when it is durable."""
        desk, who, keeping = self.context.desk, self.who, self.keeping
        if keeping is not None:
            keeping.keep()

        def act() -> None:
            work(desk)
            if keeping is not None:
                keeping.forget(desk, who)

        def recorded(_nothing: object) -> None:
            if keeping is not None:
                keeping.drop()
            self.errors.show_links([])
            self._ask()
            self.unsay()
            self.say(Alert("", done, "done", on_close=self.unsay))

        self.run(act, recorded, self.refused)

    def listed(self, title: str, cards: Sequence[SummaryList], none: str, icon: str) -> Card:
        """What was recorded before, the newest first."""
        card = Card(title, gap=10)
        for place, one in enumerate(cards):
            if place:
                card.rule()
            card.add(one)
        if not cards:
            card.add(Empty(none, icon_name=icon))
        return card.end()

    def day(self, one: Any) -> str:
        """A day in words, or nothing."""
        return long_day(one, self.context.today()) if one is not None else ""


def rows(pairs: Sequence[tuple[str, str]]) -> SummaryList:
    """Those that say something."""
    return SummaryList([(name, words) for name, words in pairs if words])


def yes_or_no(value: str | None) -> bool | None:
    """What a choice of two holds; None where nobody chose."""
    return {"yes": True, "no": False}.get(value or "")


def told_choice() -> Choice:
    """Whether the person knows of it; neither is chosen for anybody."""
    return Choice([("yes", text("duties.yes")), ("no", text("duties.no"))], columns=2)
