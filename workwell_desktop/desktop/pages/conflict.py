"""Two answers to one question, side by side; neither is chosen for anybody, and every one stays in the history."""

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup

from workwell_desktop.catalogue import has
from workwell_desktop.desktop.kit import (
    Alert,
    Button,
    Card,
    Clear,
    Columns,
    DateField,
    Empty,
    Field,
    Foot,
    IconMark,
    NumberField,
    PageAct,
    Radio,
    Tag,
    TextField,
    Words,
    filled,
    moment_words,
    outlined,
    quiet,
    row,
    text,
)
from workwell_desktop.desktop.pages.conflict_list import lay_all
from workwell_desktop.desktop.pages.person_form import PersonForm, code_words, field_words, value_words
from workwell_desktop.desktop.theme.theme import repolish
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import KINDS, Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import conflicts
from workwell_desktop.services.safekeeping.conflicts import Answer, ConflictView, WaitingChoice

OTHER = -1
HOURS = ("usual_hours", "hours")


def used_words(found: ConflictView) -> str:
    """Every place that uses the answer, in a sentence."""
    said = []
    for one in found.used_in:
        given: dict[str, Any] = {"words": one.words}
        if one.plan:
            given = {"plan": text(f"conflict.plan.{one.plan}"), "status": text(f"conflict.status.{one.status}")}
        elif one.weeks:
            given = {"count": one.weeks}
        said.append(text(f"conflict.used_in.{one.code}", **given))
    if len(said) < 2:
        return "".join(said)
    return text("conflict.used_and", first=", ".join(said[:-1]), last=said[-1])


class ConflictPage(PersonForm):
    """Picture 08. ``participant`` and, where one is meant, ``record`` and ``field``; or ``session`` for all of one.

    ``rest`` for what is about neither; without any of them the list of everything that waits.
    """

    route = "conflict"
    nav = "today"
    help_topic = "conflict"

    def enter(self, params: Any) -> None:
        self.who = Id(params.get("participant", ""))
        self._ask()

    def _ask(self) -> None:
        """Without a participant it is about a session, whose answers may be about several people, or about none."""
        desk, params = self.context.desk, self.params
        if self.who:
            super()._ask()
        elif not params.get("session") and not params.get("rest"):
            self.run(lambda: conflicts.waiting(desk), self._show_all)
        else:
            self.run(lambda: self.read(desk, params), self._show_session)

    def _show_session(self, found: ConflictView | None) -> None:
        self.fields = {}
        self.clear_body()
        self.lay(found)
        self.ready()

    def _show_all(self, found: tuple[WaitingChoice, ...]) -> None:
        self.fields = {}
        self.clear_body()
        lay_all(self, found)
        self.set_foot(Foot(self.back_button()))
        self.ready()

    def changed(self, records: Any) -> None:
        """The list of everything is read again; an answer that is being chosen stays."""
        if self.who or self.params.get("session") or self.params.get("rest"):
            super().changed(records)
        else:
            self._ask()

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(text("conflict.all"), lambda: self.go("conflict"), menu="go"),)

    def back_button(self) -> Any:
        if self.who:
            return super().back_button()
        return outlined(text("conflict.back"), self.context.navigator.back, "arrow-left")

    def read(self, desk: Desk, params: Any) -> ConflictView | None:
        if self.who:
            found = conflicts.of_participant(desk, self.who)
        else:
            session = params.get("session")
            found = conflicts.of_session(desk, session) if session else conflicts.of_the_rest(desk)
        wanted = (params.get("record"), params.get("field"))
        return next((one for one in found if (str(one.record), one.field) == wanted), next(iter(found), None))

    def lay(self, found: ConflictView | None) -> None:
        self.one = found
        self.chosen: int | None = None
        self.radios: list[Radio] = []
        self._cards: list[tuple[Card, Tag]] = []
        self.keep_button: Button | None = None
        self._group = QButtonGroup(self)
        if found is None:
            self.set_title(text("conflict.title"))
            of = "nothing_line" if self.who else "nothing_session" if self.params.get("session") else "nothing_rest"
            line = text(f"conflict.{of}")
            self.add(Empty(text("conflict.nothing"), line, icon_name="circle-check"))
            self.set_foot(Foot(self.back_button()))
            return
        title = "conflict.title_deleted" if found.deletion else "conflict.title"
        self.set_title(text(title), text("conflict.left", count=found.left))
        self.add(Words(self._about(found), reading=True))
        self.add(Columns([(self._card(found, place, one), 1) for place, one in enumerate(found.answers)]))
        if not found.deletion:
            self._lay_other(found)
        if found.before is not None:
            when = moment_words(found.before.at.astimezone(LONDON), self.context.today())
            value = self._words(found, found.before.value)
            said = text("conflict.before", value=value, by=found.before.by_name, when=when)
            self.add(Alert("", said, "neutral", icon_name="history"))
        if found.used_in:
            self.add(Alert("", text("conflict.used", places=used_words(found)), "info", icon_name="file-text"))
        self.fields["why"] = Field(text("conflict.why"), TextField(), hint=text("conflict.why_hint"), optional=True)
        self.add(self.fields["why"])
        self.add_end()
        self._lay_foot(found)

    def _lay_foot(self, found: ConflictView) -> None:
        self.later = outlined(text("conflict.later"), self.context.navigator.back)
        if not self.context.desk.may(Act.SETTLE_CONFLICT, KINDS.get(found.record_kind)):
            self.set_foot(Foot(self.later))
            return
        self.keep_button = filled(text("conflict.keep_none"), self._keep, "check")
        other = next((one for one in found.answers if one.author != self.context.desk.me and one.by_name), None)
        ask = None
        if other is not None:
            ask = quiet(text("conflict.ask", name=other.by_name), partial(self._ask_first, other), "message-circle")
        self.set_foot(Foot(self.later, self.keep_button, left=ask))

    def _ask_first(self, other: Answer) -> None:
        """How to reach whoever wrote the other answer."""
        how = ", ".join(part for part in (other.phone, other.email) if part) or text("conflict.ask_nothing")
        self.unsay()
        self.say(Alert("", text("conflict.ask_line", name=other.by_name, how=how), "info", on_close=self.unsay))

    def _about(self, found: ConflictView) -> str:
        kind = text(f"conflict.kind.{found.record_kind if has(f'conflict.kind.{found.record_kind}') else 'other'}")
        if found.deletion and found.what:
            return text("conflict.about_deleted", kind=kind, what=found.what)
        if found.deletion:
            return text("conflict.about_deleted_bare", kind=kind)
        field = field_words(found.record_kind, found.field)
        same = any(one.value == found.what for one in found.answers)
        if found.what and not same:
            return text("conflict.about_one", field=field, what=found.what)
        return text("conflict.about", field=field)

    def _words(self, found: ConflictView, value: Any) -> str:
        if found.deletion:
            return text("conflict.take_it_away" if value else "conflict.keep_it")
        if str(value) in found.names:
            return found.names[str(value)]
        words = value_words(value, self.context.today(), code_words(found.field))
        return text("conflict.hours", value=words) if found.field in HOURS and value is not None else words

    def _radio(self, words: str, place: int) -> Radio:
        made = Radio(words)
        self._group.addButton(made)
        made.clicked.connect(lambda _on: self._choose(place))
        self.radios.append(made)
        return made

    def _card(self, found: ConflictView, place: int, one: Answer) -> Card:
        card = Card(gap=6)
        head = Clear()
        line = row(head, (0, 0, 0, 0), 8)
        line.addWidget(self._radio(self._words(found, one.value), place), 1)
        mark = Tag(text("conflict.your_choice"), "brand")
        mark.setParent(head)
        mark.hide()
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self._cards.append((card, mark))
        card.add(head).rule()
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
            holder = Clear()
            box = row(holder, (0, 0, 0, 0), 8)
            box.addWidget(IconMark(icon, "text_soft", 18))
            box.addWidget(Words(words, "note"), 1)
            card.add(holder)
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
        elif values and all(type(one) is str and self._words(found, one) == one for one in values):
            control = TextField()
        else:
            return
        card = Card(gap=8)
        card.add(self._radio(text("conflict.neither"), OTHER))
        unit = text("conflict.unit_hours") if found.field in HOURS else ""
        self.fields = {"other": Field(text("conflict.other"), control, unit=unit)}
        control.edited.connect(lambda: self._choose(OTHER))
        self.add(card.add(self.fields["other"]))

    def _choose(self, place: int) -> None:
        self.chosen = place
        for at, radio in enumerate(self.radios):
            is_other = self.one is not None and at == len(self.one.answers)
            if (at if not is_other else OTHER) == place:
                radio.setChecked(True)
        for at, (card, mark) in enumerate(self._cards):
            card.setProperty("chosen", at == place)
            repolish(card)
            mark.setVisible(at == place)
        if self.keep_button is None:
            return
        value = self._value()
        words = self._words(self.one, value) if self.one is not None and value is not None else ""
        if self.one is not None and self.one.deletion:
            self.keep_button.say(words)
            return
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
        other = self.fields.get("other")
        if self.chosen == OTHER and other is not None and other.control.fault():
            self.wrong()
            return
        if self.one is None or self.chosen is None or (self.chosen == OTHER and value is None):
            self.errors.show_links([(text("conflict.choose_first"), self.radios[0].setFocus)])
            return
        desk, record, field = self.context.desk, Id(self.one.record), self.one.field
        why = self.fields["why"].control.value()
        self.errors.show_links([])
        self.run(lambda: conflicts.settle(desk, record, field, value, why), self._settled, self.refused)

    def _settled(self, _nothing: object) -> None:
        kept = ("participant", "session", "rest")
        self.params = {name: value for name, value in self.params.items() if name in kept}
        self._ask()
        self.say(Alert("", text("conflict.kept"), "done", on_close=self.unsay))
