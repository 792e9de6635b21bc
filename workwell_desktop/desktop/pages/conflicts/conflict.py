"""Two answers to one question, side by side; neither is chosen for anybody, and every one stays in the history.

One question at a time: keeping an answer leads to the next one with the focus on its first answer, and so a whole plan
that was written apart is settled from the keyboard. What was written under *Why* goes along to the next of that record.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup

from workwell_desktop.desktop.kit import (
    Alert,
    Button,
    Card,
    Checks,
    Clear,
    Columns,
    Empty,
    Field,
    Flow,
    Foot,
    Held,
    IconMark,
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
from workwell_desktop.desktop.pages.conflicts.conflict_list import lay_all
from workwell_desktop.desktop.pages.conflicts.conflict_words import (
    about,
    answer_words,
    bars_below,
    begun,
    joined,
    knew,
    place_words,
    unit_of,
    wrote,
)
from workwell_desktop.desktop.pages.conflicts.other_answer import other_control, other_value
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.desktop.theme.theme import repolish
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import conflicts, forks
from workwell_desktop.services.safekeeping.conflicts import Answer, ConflictView, WaitingChoice
from workwell_desktop.services.safekeeping.forks import ForkView

OTHER = -1
BOTH = -2
"""Places of the choices that stand below the answers."""
_OTHER_WIDTH = 560
_SIDE_BY_SIDE = 3
"""Answers; more of them stand under one another."""


class ConflictPage(PersonForm):
    """Picture 08. ``participant`` and, where one is meant, ``record`` and ``field``; or ``session`` for all of one.

    ``rest`` for what is about neither; without any of them the list of everything that waits.
    """

    route = "conflict"
    nav = "today"
    help_topic = "conflict"

    def build(self) -> None:
        super().build()
        self.one: ConflictView | None = None
        self._carried = ("", "", "")

    def enter(self, params: Any) -> None:
        self.who = Id(params.get("participant", ""))
        self._ask()

    def _ask(self) -> None:
        """Without a participant it is about a session, whose answers may be about several people, or about none."""
        desk, params = self.context.desk, self.params
        if self.who:
            super()._ask()
        elif not params.get("session") and not params.get("rest"):
            self.run(lambda: (conflicts.waiting(desk), forks.view(desk)), self._show_all)
        else:
            self.run(lambda: self.read(desk, params), self._show_session)

    def _show_session(self, found: ConflictView | None) -> None:
        self.fields = {}
        self.clear_body()
        self.lay(found)
        self.ready()

    def _show_all(self, found: tuple[tuple[WaitingChoice, ...], tuple[ForkView, ...]]) -> None:
        self.fields = {}
        self.clear_body()
        lay_all(self, *found, self._see_to)
        self.set_foot(Foot(self.back_button()))
        self.ready()

    def _see_to(self) -> None:
        desk = self.context.desk
        self.run(lambda: forks.see_to(desk), lambda _none: self._ask())

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
        after = int(params.get("after", "0"))
        following = next((one for one in found if one.place > after), next(iter(found), None))
        return next((one for one in found if (str(one.record), one.field) == wanted), following)

    def lay(self, found: ConflictView | None) -> None:
        self.one = found
        self.chosen: int | None = None
        self.radios: list[Radio] = []
        self.radios_at: list[tuple[int, Radio]] = []
        self._cards: list[tuple[Card, Tag]] = []
        self.keep_button: Button | None = None
        self._group = QButtonGroup(self)
        if found is None:
            self.set_title(text("conflict.title"))
            of = "nothing_line" if self.who else "nothing_session" if self.params.get("session") else "nothing_rest"
            line = text(f"conflict.{of}")
            card = Card(flush=True)
            card.add(Empty(text("conflict.nothing"), line, icon_name="circle-check"))
            self.add(card.end())
            self.add_end()
            self.set_foot(Foot(self.back_button()))
            return
        title = "conflict.title_deleted" if found.deletion else "conflict.title"
        note = text("conflict.left", count=found.left)
        if found.left > 1:
            note = text("conflict.place_of", number=found.place, count=found.left)
        self.set_title(text(title), note)
        if found.whose and not self.who:
            self.add(Words(found.whose, "label"))
        self.add(Words(about(found, self.context.today()), reading=True))
        cards = [(self._card(found, place, one), 1) for place, one in enumerate(found.answers)]
        if len(cards) > _SIDE_BY_SIDE:
            self.add(*(card for card, _share in cards))
        else:
            self.add(Columns(cards))
        if found.may and found.mergeable:
            self._lay_both(found)
        if found.may and not found.deletion:
            self._lay_other(found)
        if found.before is not None:
            when = moment_words(found.before.at.astimezone(LONDON), self.context.today())
            value = answer_words(found, found.before.value, self.context.today())
            if found.places:
                value = place_words(found.place_before)
            said = text("conflict.before", value=value, by=found.before.by_name, when=when)
            self.add(Alert("", said, "neutral", icon_name="history"))
        self.add(*bars_below(found))
        if found.may and found.why_kept:
            self._lay_why(found)
        self.add_end()
        self._lay_foot(found)

    def _lay_why(self, found: ConflictView) -> None:
        hint = text("conflict.why_needed" if found.sensitive else "conflict.why_hint")
        if found.restricted:
            hint = text("conflict.why_apart")
        self.fields["why"] = Field(text("conflict.why"), TextField(), hint=hint, optional=not found.sensitive)
        if self._carried[:2] == (str(found.participant), str(found.record)):
            self.fields["why"].control.set_value(self._carried[2])
        self.add(self.fields["why"])

    def _next(self) -> None:
        """The question stays where it is; the next one is asked, and after the last one the page is left."""
        found = self.one
        if found is None or found.left < 2 or found.place >= found.left:
            self.context.navigator.back()
            return
        self._aim(str(found.place))
        self._ask()

    def _aim(self, after: str) -> None:
        kept = ("participant", "session", "rest")
        self.params = {name: value for name, value in self.params.items() if name in kept} | {"after": after}

    def _lay_foot(self, found: ConflictView) -> None:
        self.later = outlined(text("conflict.later"), self._next)
        if not found.may:
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

    def _radio(self, words: str, place: int) -> Radio:
        made = Radio(words)
        self._group.addButton(made)
        made.clicked.connect(lambda _on: self._choose(place))
        self.radios.append(made)
        self.radios_at.append((place, made))
        return made

    def _card(self, found: ConflictView, place: int, one: Answer) -> Card:
        card = Card(gap=6)
        head = Clear()
        line = row(head, (0, 0, 0, 0), 8)
        words = answer_words(found, one.value, self.context.today())
        if found.places:
            words = place_words(found.places[place])
        line.addWidget(self._radio(words, place), 1)
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
        when = begun(moment_words(one.at.astimezone(LONDON), self.context.today()))
        for icon, words in (("clock", when), ("laptop", where)):
            holder = Clear()
            box = row(holder, (0, 0, 0, 0), 8)
            box.addWidget(IconMark(icon, "text_soft", 18))
            box.addWidget(Words(words, "note"), 1)
            card.add(holder)
        for said in knew(found, one, self.context.today()):
            card.add(Words(said, "note", "soft"))
        return card.end()

    def _lay_both(self, found: ConflictView) -> None:
        """All of them in one: sets together, free words under one another with who wrote them."""
        card, today = Card(gap=6), self.context.today()
        card.add(self._radio(text("conflict.both"), BOTH))
        card.add(Words(answer_words(found, joined(found, today), today), "body", "soft"))
        self.add(card.end())

    def _lay_other(self, found: ConflictView) -> None:
        """Another answer, for the kinds of value that one can write here."""
        control = other_control(found, self.context.today())
        if control is None:
            return
        unit = unit_of(found)
        field = Field(text("conflict.other"), control, unit=text(f"conflict.unit_{unit}") if unit else "")
        field.hide_label()
        self.fields = {"other": field}
        control.edited.connect(lambda: self._choose(OTHER))
        if isinstance(control, Checks):
            card = Card(gap=6)
            card.add(self._radio(text("conflict.neither"), OTHER), field)
            self.add(card.end())
            return
        card, line = Card(gap=6), Clear()
        inside = Flow(line, 12)
        inside.addWidget(self._radio(text("conflict.neither"), OTHER))
        inside.addWidget(Held(field, _OTHER_WIDTH) if isinstance(control, TextField) else field)
        self.add(card.add(line).end())

    def _choose(self, place: int) -> None:
        self.chosen = place
        for at, radio in self.radios_at:
            if at == place:
                radio.setChecked(True)
        for at, (card, mark) in enumerate(self._cards):
            card.setProperty("chosen", at == place)
            repolish(card)
            mark.setVisible(at == place)
        if self.keep_button is None:
            return
        if place == BOTH:
            self.keep_button.say(text("conflict.keep_all"))
            return
        value = self._value()
        words = (
            answer_words(self.one, value, self.context.today()) if self.one is not None and value is not None else ""
        )
        if self.one is not None and self.one.places:
            words = ""
        if self.one is not None and self.one.deletion:
            self.keep_button.say(words)
            return
        short = words if len(words) <= 30 else ""
        self.keep_button.say(text("conflict.keep", value=short) if short else text("conflict.keep_none"))

    def _value(self) -> Any:
        if self.one is None or self.chosen is None:
            return None
        if self.chosen not in (OTHER, BOTH):
            return self.one.answers[self.chosen].value
        return other_value(self.one, self.fields["other"].control)

    def _keep(self) -> None:
        value = self._value()
        other = self.fields.get("other")
        if self.chosen == OTHER and other is not None and other.control.fault():
            self.wrong()
            return
        if self.one is None or self.chosen is None or (self.chosen == OTHER and value is None):
            self.errors.show_links([(text("conflict.choose_first"), self.radios[0].setFocus)])
            (other.focus if self.chosen == OTHER and other is not None else self.radios[0].setFocus)()
            return
        desk, record, field = self.context.desk, Id(self.one.record), self.one.field
        why = self.fields["why"].control.value() if "why" in self.fields else ""
        self.errors.show_links([])
        self._carried = (str(self.one.participant), str(record), why)
        if self.chosen == BOTH:
            said = wrote(self.one, self.context.today())
            self.run(lambda: conflicts.keep_both(desk, record, field, said, why), self._settled, self.refused)
        else:
            self.run(lambda: conflicts.settle(desk, record, field, value, why), self._settled, self.refused)

    def _settled(self, _nothing: object) -> None:
        # the one behind it takes its place
        self._aim(str(self.one.place - 1 if self.one is not None else 0))
        self._ask()
        self.unsay()
        self.say(Alert("", text("conflict.kept"), "done", on_close=self.unsay))
