"""What the person agreed to: one question at a time, answered yes or no, and taken back in one act."""

from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Columns,
    DropDown,
    Field,
    Foot,
    LongText,
    TextField,
    Words,
    filled,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.desktop.pages.record.event_words import agreement_words
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Release
from workwell_desktop.domain.participants import Party
from workwell_desktop.services import agreements
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.participant_views import AgreementDetails, AgreementState, Given

HOW = ("in_room", "phone", "paper", "online")
Found = tuple[tuple[AgreementState, ...], dict[Party, tuple[Given, ...]]]


class AgreementPage(PersonForm):
    """``participant`` and, where one question is meant, ``kind``, ``party`` and ``party_name``."""

    route = "agreement"
    help_topic = "record"

    def read(self, desk: Desk, params: Any) -> Found:
        states = agreements.current(desk, self.who)
        if not desk.may(Act.READ, Release):
            # noting an answer does not hang on seeing what was given out
            return states, {}
        given = {one.party: agreements.already_given(desk, self.who, one.party) for one in states if one.given}
        return states, given

    def lay(self, found: Found) -> None:
        self.states, self.given = found
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("agreement.title", name=called), text("agreement.ask_first"))
        options = [
            (str(place), agreement_words(one.kind.value, one.party.value, one.party_name))
            for place, one in enumerate(self.states)
        ]
        wanted = (self.params.get("kind"), self.params.get("party"), self.params.get("party_name", ""))
        keys = [(one.kind.value, one.party.value, one.party_name) for one in self.states]
        unasked = [place for place, one in enumerate(self.states) if one.given is None]
        start = keys.index(wanted) if wanted in keys else next(iter(unasked), 0)
        card = Card(text("agreement.title_one"), gap=10)
        self.fields = {
            "which": Field(text("agreement.which"), Choice(options, str(start))),
            "given": Field(
                text("agreement.answer"),
                Choice([("yes", text("agreement.yes")), ("no", text("agreement.no"))], columns=2),
            ),
            "how": Field(
                text("agreement.how"), DropDown([(one, text(f"agreement.how_said.{one}")) for one in HOW], HOW[0])
            ),
            "limits": Field(text("agreement.limits"), TextField(), hint=text("agreement.limits_hint"), optional=True),
            "said": Field(text("agreement.said"), LongText(lines=2), optional=True),
        }
        left = Card()
        left.add(self.fields["which"])
        for name in ("given", "how", "limits", "said"):
            card.add(self.fields[name])
        self.stands = Card(text("agreement.now"))
        self.add(Columns([(left.end(), 2), (card.end(), 3), (self.stands, 2)]))
        self.add_end()
        self.fields["which"].control.done.connect(self._show_state)
        self._show_state()
        self.set_foot(Foot(self.back_button(), filled(text("agreement.record"), self._record, "check")))

    def _state(self) -> AgreementState:
        return self.states[int(self.fields["which"].control.value() or 0)]

    def _show_state(self) -> None:
        one, today = self._state(), self.context.today()
        self.stands.clear()
        state = "withdrawn" if one.withdrawn else {None: "not_asked", True: "yes", False: "no"}[one.given]
        self.stands.add(Words(text(f"record.agreement.{state}"), "label"))
        if one.on is not None:
            note = text("record.agreement_note", day=long_day(one.on, today), by=one.recorded_by)
            self.stands.add(Words(note, "note", "soft"))
        if one.limits:
            self.stands.add(Words(text("record.agreement_limits", limits=one.limits)))
        if one.said:
            self.stands.add(Words(one.said, reading=True))
        if one.given:
            papers = self.given.get(one.party, ())
            self.stands.rule().add(Words(text("agreement.withdraw_title"), "label"))
            words = text("agreement.withdraw_note" if papers else "agreement.withdraw_nothing")
            self.stands.add(Words(words, "note"))
            for each in papers:
                paper = text(f"papers_list.kind.{each.paper}") if each.paper else ""
                line = text("agreement.given_line", paper=paper, day=long_day(each.on, today))
                self.stands.add(Words(line, "note"))
            self.stands.add_left(outlined(text("agreement.withdraw"), self._withdraw, "undo-2"))
        self.stands.end()

    def _record(self) -> None:
        one = self._state()
        answer = self.fields["given"].control.value()
        if answer is None:
            self.fields["given"].show_error(text("agreement.answer_missing"))
            self.errors.show_fields(list(self.fields.values()))
            return
        said = AgreementDetails(
            kind=one.kind,
            party=one.party,
            party_name=one.party_name or None,
            given=answer == "yes",
            how=self.fields["how"].control.value() or HOW[0],
            limits=self.fields["limits"].control.value() or None,
            said=self.fields["said"].control.value() or None,
        )
        desk, who = self.context.desk, self.who
        self.run(lambda: agreements.record(desk, who, said), self._recorded, self.refused)

    def _recorded(self, _id: object) -> None:
        """The next question that nobody has asked comes by itself."""
        self.params = {"participant": str(self.who)}
        self.unsay()
        self._ask()
        self.saved()

    def _withdraw(self) -> None:
        one, desk = self._state(), self.context.desk
        if one.agreement is None:
            return
        agreement = one.agreement
        self.params = {"participant": str(self.who), "kind": one.kind.value, "party": one.party.value}
        self.run(lambda: agreements.withdraw(desk, agreement), self._withdrawn)

    def _withdrawn(self, _given: object) -> None:
        self._ask()
        self.say(Alert("", text("agreement.withdrawn"), "done", on_close=self.unsay))
