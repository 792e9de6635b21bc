"""Two answers to one question, side by side; neither is chosen for anybody, and every one stays in the history."""

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QButtonGroup

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Columns,
    DateField,
    Empty,
    Field,
    Foot,
    IconMark,
    NumberField,
    Radio,
    TextField,
    Words,
    filled,
    moment_words,
    outlined,
    row,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm, code_words, field_words, value_words
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.services import conflicts
from workwell_desktop.services.conflicts import Answer, ConflictView
from workwell_desktop.services.desk import Desk

OTHER = -1


class ConflictPage(PersonForm):
    """Picture 08. ``participant`` and, where one is meant, ``record`` and ``field``."""

    route = "conflict"
    nav = "today"
    help_topic = "conflict"

    def read(self, desk: Desk, params: Any) -> ConflictView | None:
        found = conflicts.of_participant(desk, self.who)
        wanted = (params.get("record"), params.get("field"))
        return next((one for one in found if (str(one.record), one.field) == wanted), next(iter(found), None))

    def lay(self, found: ConflictView | None) -> None:
        self.one = found
        self.chosen: int | None = None
        self.radios: list[Radio] = []
        self._group = QButtonGroup(self)
        if found is None:
            self.set_title(text("conflict.title"))
            self.add(Empty(text("conflict.nothing"), text("conflict.nothing_line"), icon_name="circle-check"))
            self.set_foot(Foot(self.back_button()))
            return
        self.set_title(text("conflict.title"), text("conflict.left", count=found.left))
        self.add(Words(text("conflict.about", field=field_words(found.record_kind, found.field)), reading=True))
        self.add(Columns([(self._card(found, place, one), 1) for place, one in enumerate(found.answers)]))
        self._lay_other(found)
        if found.before is not None:
            when = moment_words(found.before.at.astimezone(LONDON), self.context.today())
            value = self._words(found, found.before.value)
            self.add(
                Alert(
                    "",
                    text("conflict.before", value=value, by=found.before.by_name, when=when),
                    "info",
                    icon_name="history",
                )
            )
        self.add_end()
        self.later = outlined(text("conflict.later"), self.context.navigator.back)
        self.keep_button = filled(text("conflict.keep_none"), self._keep, "check")
        self.set_foot(Foot(self.later, self.keep_button))

    def _words(self, found: ConflictView, value: Any) -> str:
        return value_words(value, self.context.today(), code_words(found.field))

    def _radio(self, words: str, place: int) -> Radio:
        made = Radio(words)
        self._group.addButton(made)
        made.clicked.connect(lambda _on: self._choose(place))
        self.radios.append(made)
        return made

    def _card(self, found: ConflictView, place: int, one: Answer) -> Card:
        card = Card(gap=6)
        card.add(self._radio(self._words(found, one.value), place)).rule()
        mine = one.author == self.context.desk.me
        card.add(Words(text("conflict.you", name=one.by_name) if mine else one.by_name, "label"))
        if one.profession:
            card.add(Words(text(f"first_run.profession.{one.profession}"), "note", "soft"))
        if one.here:
            where = text("conflict.here")
        else:
            where = text("conflict.there", device=one.device_name) if one.device_name else text("conflict.elsewhere")
        when = moment_words(one.at.astimezone(LONDON), self.context.today())
        for icon, words in (("clock", when), ("laptop", where)):
            line = Clear()
            box = row(line, (0, 0, 0, 0), 8)
            box.addWidget(IconMark(icon, "text_soft", 18))
            box.addWidget(Words(words, "note"), 1)
            card.add(line)
        return card.end()

    def _lay_other(self, found: ConflictView) -> None:
        """Another answer, for the kinds of value that one can write here."""
        values = [one.value for one in found.answers if one.value is not None]
        control: Any
        if values and all(isinstance(one, Decimal | int) and not isinstance(one, bool) for one in values):
            whole = all(isinstance(one, int) for one in values)
            control = NumberField(None, places=0 if whole else 2)
        elif values and all(hasattr(one, "year") and not hasattr(one, "hour") for one in values):
            control = DateField(None, today=self.context.today())
        elif values and all(type(one) is str for one in values):
            control = TextField()
        else:
            return
        card = Card(gap=8)
        card.add(self._radio(text("conflict.neither"), OTHER))
        self.fields = {"other": Field(text("conflict.other"), control)}
        control.edited.connect(lambda: self._choose(OTHER))
        self.add(card.add(self.fields["other"]))

    def _choose(self, place: int) -> None:
        self.chosen = place
        for at, radio in enumerate(self.radios):
            is_other = self.one is not None and at == len(self.one.answers)
            if (at if not is_other else OTHER) == place:
                radio.setChecked(True)
        value = self._value()
        words = self._words(self.one, value) if self.one is not None and value is not None else ""
        short = words if len(words) <= 30 else ""
        self.keep_button.say(text("conflict.keep", value=short) if short else text("conflict.keep_none"))

    def _value(self) -> Any:
        if self.one is None or self.chosen is None:
            return None
        if self.chosen != OTHER:
            return self.one.answers[self.chosen].value
        control = self.fields["other"].control
        if isinstance(control, NumberField):
            number = control.number()
            whole = all(isinstance(one.value, int) for one in self.one.answers)
            return int(number) if whole and number is not None else number
        return control.day() if isinstance(control, DateField) else control.value() or None

    def _keep(self) -> None:
        value = self._value()
        if self.one is None or self.chosen is None or (self.chosen == OTHER and value is None):
            self.errors.show_links([(text("conflict.choose_first"), self.radios[0].setFocus)])
            return
        desk, record, field = self.context.desk, Id(self.one.record), self.one.field
        self.errors.show_links([])
        self.run(lambda: conflicts.settle(desk, record, field, value), self._settled, self.refused)

    def _settled(self, _nothing: object) -> None:
        self.params = {"participant": str(self.who)}
        self._ask()
        self.say(Alert("", text("conflict.kept"), "done", on_close=self.unsay))
