"""The risk conversation: where to get help first, then why and what to ask, then what was said, agreed and done.

It cannot be dismissed and holds no grade. What is typed is kept on this computer until it is recorded.
"""

from dataclasses import dataclass

from PySide6.QtCore import QTimer

from workwell_desktop.desktop.kit import (
    Alert,
    Button,
    Card,
    Change,
    Checks,
    Clear,
    Columns,
    DropDown,
    Empty,
    Field,
    Fixed,
    Foot,
    LongText,
    Page,
    PageAct,
    Params,
    SummaryList,
    TextField,
    Words,
    clock_words,
    column,
    moment_words,
    outlined,
    risk_button,
    text,
)
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head, show_person
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import RiskConversation
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import people
from workwell_desktop.services.assessing import risk
from workwell_desktop.services.assessing.risk import RiskView, Talked
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.planning import typed

PAUSE = 2000
TYPED = ("asked", "agreed", "told")


@dataclass(frozen=True, slots=True)
class RiskState:
    """What the page shows. ``staff`` are those whom one may ask to have the talk: id and name."""

    head: PersonHead
    one: RiskView | None
    typed: dict[str, str]
    staff: tuple[tuple[str, str], ...]
    may_read: bool
    may_record: bool


def read(desk: Desk, participant: Id, conversation: Id | None) -> RiskState:
    """Read on the worker. Without ``conversation`` the oldest that is open."""
    head = person_head(desk, participant)
    if not desk.may(Act.READ, RiskConversation):
        return RiskState(head, None, {}, (), may_read=False, may_record=False)
    found = risk.of_participant(desk, participant)
    open_ones = [one for one in found if one.open]
    one = next((each for each in found if each.risk == conversation), None) or next(iter(open_ones), None)
    staff = tuple((str(each.id), each.name or "") for each in people.everyone(desk) if each.id != desk.me)
    return RiskState(
        head=head,
        one=one,
        typed=typed.of(desk, one.risk) if one is not None else {},
        staff=staff,
        may_read=True,
        may_record=desk.may(Act.HANDLE_RISK, RiskConversation),
    )


class RiskPage(Page):
    """``participant`` and, where there are several, ``risk``."""

    route = "risk"
    nav = "participants"
    help_topic = "risk"

    def build(self) -> None:
        self.state: RiskState | None = None
        self.fields: dict[str, Field] = {}
        self._kept: dict[str, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._keep)

    def enter(self, params: Params) -> None:
        self._ask(params)

    def changed(self, records: frozenset[Change]) -> None:
        """Somebody else recorded it, or was asked to: then it is shown as it stands, and what is typed stays."""
        now = self.state.one if self.state is not None else None
        if now is not None and any(record == now.risk for _kind, record, _scope in records):
            self._keep()
            self._ask(self.params)

    def leave(self) -> None:
        self._keep()

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("risk.record"), self._record, enabled=lambda: bool(self.fields)),
            PageAct(text("risk.hand"), self._hand, enabled=lambda: bool(self.fields)),
        )

    def filled_button(self) -> Button | None:
        """The red button is the next act here."""
        found = [one for one in self.findChildren(Button) if one.kind == "risk" and one.isVisible()]
        return found[0] if found else super().filled_button()

    def _ask(self, params: Params) -> None:
        shown = self.state.one.risk if self.state is not None and self.state.one is not None else None
        who, one = Id(params["participant"]), params.get("risk") or shown
        desk = self.context.desk
        self.run(lambda: read(desk, who, Id(one) if one else None), self._show)

    def _show(self, state: RiskState) -> None:
        self.state = state
        self.fields = {}
        self._kept = dict(state.typed)
        self.clear_body()
        one = state.one
        others = tuple(each for each in state.head.risks if one is None or each.risk != one.risk)
        show_person(self, PersonHead(state.head.banner, others))
        if one is None:
            self.set_title(text("risk.title", name=state.head.banner.called))
            self._lay_nothing(state)
        else:
            self.set_title(text("risk.title" if one.open else "risk.title_done", name=one.called))
            self._lay(state, one)
        self._draw_foot(state)
        self.ready()
        self.context.frame.acts_changed()

    def _lay_nothing(self, state: RiskState) -> None:
        if state.may_read:
            self.add(Empty(text("risk.none"), text("risk.none_note"), icon_name="circle-check"))
        else:
            self.add(self._call(), self._lines())
            self.add_end()

    def _call(self) -> Alert:
        """For people who are not clinicians: whom to call here, at once."""
        return Alert(text("risk.may_not"), self.context.desk.site.risk.card, "risk")

    def _lay(self, state: RiskState, one: RiskView) -> None:
        right = Clear()
        side = column(right, (0, 0, 0, 0), 10)
        side.addWidget(self._lines())
        if one.open:
            side.addWidget(self._asking())
        side.addStretch(1)
        left = Clear()
        main = column(left, (0, 0, 0, 0), 10)
        if not one.open:
            main.addWidget(self._done(one))
        elif state.may_record:
            main.addWidget(self._form(state, one))
            main.addWidget(self._handing(state, one))
        else:
            main.addWidget(self._call())
        main.addStretch(1)
        self.add(self._why(one))
        self.add(Columns([(right, Fixed(420)), (left, 1)], first_when_one=right))
        self.add_end()

    def _lines(self) -> Card:
        """Where to get help at once; first on the page in every width."""
        card = Card(text("risk.lines"))
        listed = SummaryList(ruled=True)
        for line in self.context.desk.site.crisis:
            holder = Clear()
            box = column(holder, (0, 0, 0, 0), 0)
            box.addWidget(Words(line.number, "label"))
            box.addWidget(Words(line.how, "note", "soft"))
            listed.add(line.label, holder)
        return card.add(listed)

    def _why(self, one: RiskView) -> Alert:
        when = moment_words(one.raised_at.astimezone(LONDON), self.context.today()) if one.raised_at else ""
        why = text(
            "risk.why", called=one.called, answer=one.answer, form=one.form_title, question=one.question, when=when
        )
        return Alert("", why, "risk" if one.open else "info")

    def _asking(self) -> Card:
        card = Card(text("parts.ask_about"), gap=6)
        for prompt in self.context.desk.site.risk.prompts:
            card.add(Words(text("parts.bullet", words=prompt)))
        return card

    def _form(self, state: RiskState, one: RiskView) -> Card:
        card = Card(text("risk.form"), gap=12)
        steps = [(step.code, step.label) for step in self.context.desk.site.risk.steps]
        self.fields = {
            "asked": Field(text("risk.asked"), LongText(lines=3), hint=text("risk.asked_hint")),
            "agreed": Field(text("risk.agreed"), LongText(lines=2), hint=text("risk.agreed_hint")),
            "steps": Field(text("risk.steps"), Checks(steps, columns=2), hint=text("risk.steps_hint")),
            "told": Field(text("risk.told"), TextField(), hint=text("risk.told_hint")),
        }
        for name, field in self.fields.items():
            words = state.typed.get(name, "")
            if words:
                field.control.set_value(words.split() if name == "steps" else words)
            field.control.edited.connect(self._pause.start)
            field.control.done.connect(self._keep)
            card.add(field)
        return card

    def _handing(self, state: RiskState, one: RiskView) -> Card:
        card = Card(text("risk.hand_head"))
        if one.handed_to_name:
            card.add(Alert("", text("person.risk_handed", name=one.handed_to_name), "info"))
        if not state.staff:
            return card.add(Words(text("risk.nobody_else"), "note", "soft"))
        self.to = DropDown(state.staff, empty=text("risk.choose_person"), width=320)
        self.hand_field = Field(text("risk.hand_to"), self.to, hint=text("risk.hand_note"))
        card.add(self.hand_field)
        return card.add_left(outlined(text("risk.hand"), self._hand, "user"))

    def _done(self, one: RiskView) -> Card:
        """What was recorded; nothing here can be changed."""
        labels = {step.code: step.label for step in self.context.desk.site.risk.steps}
        when = moment_words(one.done_at.astimezone(LONDON), self.context.today()) if one.done_at else ""
        card = Card(text("risk.recorded"), text("risk.recorded_by", name=one.done_by_name, when=when))
        rows = [(text("risk.asked"), one.asked), (text("risk.agreed"), one.agreed)]
        rows.append((text("risk.steps"), "\n".join(labels.get(code, code) for code in one.steps)))
        rows.append((text("risk.told"), one.told))
        return card.add(SummaryList([(name, words) for name, words in rows if words], ruled=True))

    def _draw_foot(self, state: RiskState) -> None:
        back = outlined(text("risk.to_record"), lambda: self.go("record", participant=self.params["participant"]))
        if self.fields:
            self.set_foot(Foot(back, risk_button(text("risk.record"), self._record)))
        else:
            self.set_foot(Foot(back))

    def _values(self) -> dict[str, str]:
        steps = self.fields["steps"].control.value()
        return {"steps": " ".join(sorted(steps)), **{name: self.fields[name].control.value() for name in TYPED}}

    def _keep(self) -> None:
        """Keeps what is typed, on this computer, until it is recorded."""
        self._pause.stop()
        if not self.fields or self.state is None or self.state.one is None:
            return
        now = {name: words for name, words in self._values().items() if words != self._kept.get(name, "")}
        if not now:
            return
        self._kept |= now
        desk, conversation = self.context.desk, self.state.one.risk

        def work() -> None:
            for name, words in now.items():
                typed.keep(desk, conversation, name, words)

        def kept(_nothing: object) -> None:
            if self.foot is not None:
                self.foot.waiting(text("risk.kept", time=clock_words(self.context.clock.now())))

        self.run(work, kept)

    def _record(self) -> None:
        if not self.fields or self.state is None or self.state.one is None:
            return
        self._keep()
        values = self._values()
        desk, conversation = self.context.desk, self.state.one.risk
        talked = Talked(values["asked"], values["agreed"], frozenset(values["steps"].split()), values["told"])

        def work() -> None:
            risk.record(desk, conversation, talked)
            typed.forget(desk, conversation)

        self.run(work, self._recorded, self._refused)

    def _recorded(self, _nothing: object) -> None:
        self.fields = {}
        self.unsay()
        self.errors.show_links([])
        self.say(Alert(text("risk.thanks"), text("risk.thanks_note"), "done"))
        self._ask(self.params)

    def _refused(self, error: Exception) -> None:
        self.fail_at(self.fields, error)

    def _hand(self) -> None:
        if self.state is None or self.state.one is None or not self.state.staff or not self.fields:
            return
        chosen = self.to.value()
        if chosen is None:
            self.hand_field.show_error(text("risk.hand_missing"))
            self.hand_field.focus()
            return
        self._keep()
        desk, conversation = self.context.desk, self.state.one.risk
        self.run(lambda: risk.hand_to(desk, conversation, Id(chosen)), lambda _done: self._ask(self.params))
