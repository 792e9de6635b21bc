"""What the person agreed to: needs first, then one question at a time, answered yes or no, taken back in one act."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Clear,
    Columns,
    Field,
    Foot,
    LongText,
    Params,
    Quote,
    SummaryList,
    TextField,
    Words,
    column,
    filled,
    long_day,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.person.agreement_first import (
    how_field,
    limits_line,
    needs_columns,
    needs_fields,
    needs_line,
    needs_said,
    said_now,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.desktop.pages.record.event_words import agreement_words
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Release
from workwell_desktop.domain.participants import AgreementKind, Participant, Party
from workwell_desktop.services.coming_in import agreements, limits, needs
from workwell_desktop.services.coming_in.limits import LimitsView
from workwell_desktop.services.coming_in.needs import NeedsView
from workwell_desktop.services.coming_in.participant_views import AgreementDetails, AgreementState, Given
from workwell_desktop.services.desk import Desk

STEPS = ("needs", "limits")
OTHER = "other"
"""The option for a service that nobody asked about yet; its name is typed."""
Key = tuple[Party, str]


@dataclass(frozen=True)
class Found:
    """What the page shows. ``given`` by party and name."""

    states: tuple[AgreementState, ...]
    given: dict[Key, tuple[Given, ...]]
    needs: NeedsView
    limits: LimitsView | None
    sentences: tuple[str, ...]


class AgreementPage(PersonForm):
    """``participant`` and, where one question is meant, ``kind``, ``party`` and ``party_name``; ``step`` is ``needs``
    or ``limits`` for what comes first."""

    route = "agreement"
    help_topic = "agreement"

    def build(self) -> None:
        super().build()
        self.later: set[str] = set()
        self.states: tuple[AgreementState, ...] = ()

    def enter(self, params: Params) -> None:
        self.later = set()
        super().enter(params)

    def read(self, desk: Desk, params: Any) -> Found:
        states = agreements.current(desk, self.who)
        given: dict[Key, tuple[Given, ...]] = {}
        if desk.may(Act.READ, Release):
            # noting an answer does not hang on seeing what was given out
            for one in states:
                if one.given:
                    key = (one.party, one.party_name)
                    given[key] = agreements.already_given(desk, self.who, *key)
        now = needs.view(desk, self.who)
        return Found(states, given, now, limits.said(desk, self.who), limits.words(desk))

    def lay(self, found: Found) -> None:
        self.states, self.given = found.states, found.given
        step = self._step(found)
        if step == "needs":
            self._lay_needs(found.needs)
            return
        if step == "limits":
            self._lay_limits(found)
            return
        self.set_title(text("agreement.title", name=self.called), text("agreement.ask_first"))
        today = self.context.today()
        first = needs_line(found.needs, self.called, today, partial(self._go_step, "needs"))
        self.add(Columns([(first, 1), (limits_line(found.limits, today, partial(self._go_step, "limits")), 1)]))
        self._lay_questions()
        self.add_end()
        leave = quiet(text("agreement.leave", name=self.called), self._leave_service, "log-out")
        record = filled(text("agreement.record"), self._record, "check")
        self.set_foot(Foot(self.back_button(), record, left=leave))

    def first_focus(self) -> QWidget | None:
        """Where the question is chosen: what was asked first is asked again seldom."""
        which = self.fields.get("which")
        return which.control.first() if which is not None else super().first_focus()

    def _step(self, found: Found) -> str:
        """What comes first: how somebody is told things, then what is said to everybody. Either may wait, and neither
        stands in the way of who came to note one answer."""
        wanted = self.params.get("step", "")
        if wanted in STEPS or "kind" in self.params:
            return wanted
        if found.needs.asked_on is None and "needs" not in self.later and self._may_edit():
            return "needs"
        return "" if said_now(found.limits) or "limits" in self.later else "limits"

    def _may_edit(self) -> bool:
        return self.context.desk.may(Act.EDIT_PARTICIPANT, Participant)

    @property
    def called(self) -> str:
        """What the person likes to be called."""
        return self.head.banner.called if self.head is not None else ""

    def _lay_needs(self, now: NeedsView) -> None:
        self.set_title(text("agreement.needs.title", name=self.called), text("agreement.needs.why"))
        self.fields = needs_fields(now)
        self.add(needs_columns(self.fields, self.called))
        self.add_end()
        keep = filled(text("agreement.needs.keep"), self._keep_needs, "arrow-right")
        self.set_foot(
            Foot(self.back_button(), outlined(text("agreement.needs.later"), partial(self._wait_with, "needs")), keep)
        )

    def _lay_limits(self, found: Found) -> None:
        self.set_title(text("agreement.limits_title"), text("agreement.limits_changed") if found.limits else "")
        how = how_field(text("agreement.limits_how"))
        self.fields = {"how": how}
        card = Card(gap=8)
        for sentence in found.sentences:
            card.add(Words(sentence, reading=True))
        self.add(card.add(how).end())
        self.add_end()
        said = filled(
            text("agreement.limits_record"), lambda: self._say_limits(how.control.value() or "in_room"), "check"
        )
        later = outlined(text("agreement.needs.later"), partial(self._wait_with, "limits"))
        self.set_foot(Foot(self.back_button(), later, said))

    def _lay_questions(self) -> None:
        options = [
            (str(place), agreement_words(one.kind.value, one.party.value, one.party_name))
            for place, one in enumerate(self.states)
        ]
        options.append((OTHER, text("agreement.another")))
        wanted = (self.params.get("kind"), self.params.get("party"), self.params.get("party_name", ""))
        keys = [(one.kind.value, one.party.value, one.party_name) for one in self.states]
        unasked = [place for place, one in enumerate(self.states) if one.given is None and not one.withdrawn]
        start = keys.index(wanted) if wanted in keys else next(iter(unasked), 0)
        self.fields = {
            "which": Field(text("agreement.which"), Choice(options, str(start))),
            "party_name": Field(text("agreement.service"), TextField()),
            "given": Field(
                text("agreement.answer"),
                Choice([("yes", text("agreement.yes")), ("no", text("agreement.no"))], columns=2),
            ),
            "how": how_field(text("agreement.how")),
            "limits": Field(text("agreement.limits"), TextField(), hint=text("agreement.limits_hint"), optional=True),
            "said": Field(text("agreement.said"), LongText(lines=2), optional=True),
        }
        left, card = Card(), Card(text("agreement.title_one"), gap=10)
        left.add(self.fields["which"])
        self.heard = Clear()
        self.heard_box = column(self.heard, (0, 0, 0, 0), 0)
        self.quote: Quote | None = None
        card.add(self.heard)
        for name in ("party_name", "given", "how", "limits", "said"):
            card.add(self.fields[name])
        self.stands = Card(text("agreement.now"))
        self.add(Columns([(left.end(), 2), (card.end(), 3), (self.stands, 2)]))
        self.fields["which"].control.done.connect(self._show_state)
        self.fields["party_name"].control.done.connect(self._show_state)
        self._show_state()

    def _state(self) -> AgreementState:
        chosen = self.fields["which"].control.value() or "0"
        if chosen != OTHER:
            return self.states[int(chosen)]
        name = (self.fields["party_name"].control.value() or "").strip()
        return AgreementState(
            kind=AgreementKind.SHARE, party=Party.SERVICE, party_name=name, given=None, withdrawn=False, agreement=None,
            limits="", said="", how="", on=None, recorded_by="",
        )  # fmt: skip

    def _show_state(self) -> None:
        one, today = self._state(), self.context.today()
        self.fields["party_name"].setVisible(self.fields["which"].control.value() == OTHER)
        self._show_words(one)
        self.stands.clear()
        state = "withdrawn" if one.withdrawn else {None: "not_asked", True: "yes", False: "no"}[one.given]
        self.stands.add(Words(text(f"record.agreement.{state}"), "label"))
        if one.on is not None:
            note = text("record.agreement_note", day=long_day(one.on, today), by=one.recorded_by)
            self.stands.add(Words(note, "note", "soft"))
        if one.how:
            self.stands.add(Words(text(f"agreement.how_said.{one.how}"), "note", "soft"))
        if one.limits:
            self.stands.add(Words(text("record.agreement_limits", limits=one.limits)))
        if one.said:
            self.stands.add(Words(one.said, reading=True))
        if one.given:
            self._show_given(one)
        self.stands.end()

    def _show_words(self, one: AgreementState) -> None:
        """What is asked, in the words of the partnership."""
        key = f"agreement.party.{one.party.value}"
        party = one.party_name or text(key)
        words = self.context.desk.site.agreement_words.get(one.kind.value, "").format(party=party)
        if self.quote is not None:
            self.heard_box.removeWidget(self.quote)
            self.quote.deleteLater()
        self.quote = Quote(words, text("agreement.to_say"))
        self.heard_box.addWidget(self.quote)

    def _show_given(self, one: AgreementState) -> None:
        """What went out already, with day and fingerprint, and the act that takes the agreement back."""
        papers = self.given.get((one.party, one.party_name), ())
        today = self.context.today()
        self.stands.rule().add(Words(text("agreement.withdraw_title"), "label"))
        words = text("agreement.withdraw_note" if papers else "agreement.withdraw_nothing")
        self.stands.add(Words(words, "note"))
        if papers:
            rows = []
            for each in papers:
                paper = text(f"papers_list.kind.{each.paper}") if each.paper else ""
                paper = text(f"attachment.kind.{each.brought}") if each.brought else paper
                who = f"{paper}, {each.recipient_name}" if one.party is Party.PARTICIPANT else paper
                how = text(f"agreement.gone.{each.how}") if each.how else ""
                mark = text("agreement.fingerprint", hash=each.content[:12]) if each.content else ""
                line = text("agreement.given_line", paper=who, day=long_day(each.on, today))
                rows.append((line, ". ".join(part for part in (how, mark) if part)))
            self.stands.add(SummaryList(rows, ruled=True))
        self.stands.add_left(outlined(text("agreement.withdraw"), self._withdraw, "undo-2"))

    # --- acts

    def _keep_needs(self) -> None:
        for field in self.fields.values():
            field.show_error("")
        said, desk, who = needs_said(self.fields), self.context.desk, self.who
        self.run(lambda: needs.record(desk, who, said), self._needs_kept, self.refused)

    def _needs_kept(self, _nothing: object) -> None:
        self.errors.show_links([])
        self._go_step("")
        self.saved()

    def _wait_with(self, step: str) -> None:
        self.later.add(step)
        self._go_step("")

    def _go_step(self, step: str) -> None:
        self.params = {name: value for name, value in self.params.items() if name != "step"}
        if step:
            self.params = {**self.params, "step": step}
        self._ask()

    def _say_limits(self, how: str) -> None:
        desk, who = self.context.desk, self.who

        def said(_id: object) -> None:
            self._go_step("")
            self.saved()

        self.run(lambda: limits.say(desk, who, how), said, self.refused)

    def _leave_service(self) -> None:
        """Leaving is easy and no failure: the page opens with the person's choice made."""
        self.go("ending", participant=str(self.who), reason="chose_to_leave")

    def _record(self) -> None:
        one = self._state()
        answer = self.fields["given"].control.value()
        for field in self.fields.values():
            field.show_error("")
        if answer is None:
            self.fields["given"].show_error(text("agreement.answer_missing"))
            self.errors.show_fields(list(self.fields.values()))
            return
        said = AgreementDetails(
            kind=one.kind,
            party=one.party,
            party_name=one.party_name or None,
            given=answer == "yes",
            how=self.fields["how"].control.value() or "in_room",
            limits=self.fields["limits"].control.value() or None,
            said=self.fields["said"].control.value() or None,
        )
        desk, who = self.context.desk, self.who
        self.run(lambda: agreements.record(desk, who, said), self._recorded, self.refused)

    def _recorded(self, _id: object) -> None:
        """The next question that nobody has asked comes by itself."""
        self.params = {"participant": str(self.who)}
        self.later = set(STEPS)
        self.unsay()
        self.errors.show_links([])
        self._ask()
        self.saved()

    def _withdraw(self) -> None:
        one, desk = self._state(), self.context.desk
        if one.agreement is None:
            return
        agreement = one.agreement
        self.params = {
            "participant": str(self.who),
            "kind": one.kind.value,
            "party": one.party.value,
            "party_name": one.party_name,
        }
        self.run(lambda: agreements.withdraw(desk, agreement), self._withdrawn)

    def _withdrawn(self, _given: object) -> None:
        self._ask()
        self.say(Alert("", text("agreement.withdrawn", name=self.called), "done", on_close=self.unsay))
