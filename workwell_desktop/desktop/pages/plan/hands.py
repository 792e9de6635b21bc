"""Where people sign: the participant's ink or what stands in its place, the coach's and the clinician's passphrase."""

from typing import TYPE_CHECKING, Any

from workwell_desktop.desktop.kit import (
    Card,
    Check,
    Choice,
    Clear,
    Columns,
    DropDown,
    Field,
    Fixed,
    Heading,
    TextField,
    Words,
    column,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.plan.body import StepBody
from workwell_desktop.desktop.pages.plan.rows import CellField
from workwell_desktop.desktop.pages.plan.sign_with import SignWith
from workwell_desktop.desktop.pages.sign_box import SignBox
from workwell_desktop.desktop.widgets.flow import Flow
from workwell_desktop.domain.plans import SignatureOutcome
from workwell_desktop.domain.records import Id
from workwell_desktop.services.paperwork.paper_views import Signers
from workwell_desktop.services.planning.signing_together import Hands

if TYPE_CHECKING:
    pass


class ParticipantCard(Card):
    """Ink, a typed name, or a reason why there is neither."""

    def __init__(self, step: StepBody, name: str) -> None:
        super().__init__()
        called = step.called
        self._mode = "ink"
        head = Clear()
        line = Flow(head, 6)
        line.addWidget(Heading(text("plan.signs_here", name=called), wrap=False))
        self._clear = quiet(text("plan.clear_ink"), self._cleared, "undo-2")
        self._other = quiet(text("plan.type_name"), self._type)
        self._rather = quiet(text("plan.rather_not", name=called), self._decline)
        for button in (self._clear, self._other, self._rather):
            line.addWidget(button)
        self.add(head)
        self.box = SignBox(name)
        self.ink = CellField(text("plan.ink"), self.box, text("parts.ink_name", name=name))
        self.ink.show_label(False)
        self.typed = Field(text("plan.typed_name", name=called), TextField())
        self._outcome = Choice(
            [(each.value, text(f"plan.outcome.{each.value}", name=called)) for each in _OUTCOMES],
            SignatureOutcome.DECLINED.value,
            columns=2,
        )
        self.outcome = Field(text("plan.outcome_label"), self._outcome)
        self.reason = Field(text("plan.decline_reason"), TextField(), hint=text("plan.decline_hint", name=called))
        said = text("paper_words.statement.participant")
        self.statement = CellField(text("plan.statement_label"), _Statement(said), said)
        self.statement.show_label(False)
        self.add(self.ink, self.typed, self.outcome, self.reason, self.statement)
        self._show("ink")

    @property
    def declining(self) -> bool:
        """Whether the participant does not sign."""
        return self._mode == "not"

    def check(self) -> list[Field]:
        """The statement is ticked by whoever signs."""
        ticked = self.declining or self.statement.control.isChecked()
        self.statement.show_error("" if ticked else text("plan.tick_statement"))
        return [self.statement]

    def given(self) -> dict[str, Any]:
        """Their part of ``Hands``."""
        if self.declining:
            words = self.reason.control.value()
            unable = self._outcome.value() == SignatureOutcome.UNABLE.value
            return {"unable" if unable else "declined": words}
        if self._mode == "typed":
            return {"typed": self.typed.control.value()}
        return {"ink": self.box.ink()}

    def kept(self) -> dict[str, Any]:
        """What was drawn, ticked and typed."""
        return {
            "mode": self._mode,
            "strokes": self.box.strokes(),
            "ticked": self.statement.control.isChecked(),
            "typed": self.typed.control.value(),
            "reason": self.reason.control.value(),
        }

    def restore(self, kept: dict[str, Any]) -> None:
        """Shows it again."""
        self.box.set_strokes(kept["strokes"])
        self.statement.control.setChecked(kept["ticked"])
        self.typed.control.set_value(kept["typed"])
        self.reason.control.set_value(kept["reason"])
        self._show(kept["mode"])

    def _cleared(self) -> None:
        self.box.clear()
        self.ink.show_error("")

    def _type(self) -> None:
        self._show("ink" if self._mode == "typed" else "typed")

    def _decline(self) -> None:
        self._show("ink" if self._mode == "not" else "not")

    def _show(self, mode: str) -> None:
        self._mode = mode
        self.ink.setVisible(mode == "ink")
        self._clear.setVisible(mode == "ink")
        self.typed.setVisible(mode == "typed")
        self.outcome.setVisible(mode == "not")
        self.reason.setVisible(mode == "not")
        self.statement.setVisible(mode != "not")
        self._other.say(text("plan.draw_instead" if mode == "typed" else "plan.type_name"))
        first = {"typed": self.typed, "not": self.outcome}.get(mode)
        if first is not None:
            first.focus()


_OUTCOMES = (SignatureOutcome.DECLINED, SignatureOutcome.UNABLE)


class _Statement(Check):
    """A check as a field."""

    def fault(self) -> str | None:
        return None

    def set_wrong(self, wrong: bool) -> None:
        self.update()


class StaffCard(Card):
    """Coach and clinician sign by passphrase or card at that moment. ``asked`` are the roles still awaited."""

    def __init__(self, step: StepBody, signers: Signers, asked: frozenset[str], clinician: Id | None) -> None:
        super().__init__()
        self._signers, self._asked, self._settled = signers, asked, clinician
        self.coach: SignWith | None = None
        self.clinician: SignWith | None = None
        self.who: Field | None = None
        if "coach" in asked:
            self._coach(step)
        if "clinician" in asked:
            self._clinician(step)

    @property
    def chosen(self) -> Id | None:
        """The clinician who signs too."""
        if self._settled is not None:
            return self._settled
        chosen = self.who.control.value() if self.who is not None else None
        return Id(chosen) if chosen else None

    def fields(self) -> dict[str, Field]:
        """By the names that the service gives them."""
        coach = self.coach.field if self.coach is not None else None
        clinician = self.clinician.field if self.clinician is not None else None
        named = {"coach": coach, "clinician": clinician, "who": self.who}
        return {name: field for name, field in named.items() if field is not None}

    def given(self) -> dict[str, Any]:
        """Their part of ``Hands``."""
        clinician = self.clinician.value() if self.clinician is not None else ""
        return {
            "coach": self._signers.coach,
            "coach_passphrase": self.coach.value() if self.coach is not None else "",
            "clinician": self.chosen,
            "clinician_passphrase": clinician if self.chosen is not None else "",
        }

    def forget(self) -> None:
        """No passphrase stays in a field, and no PIN."""
        for given in (self.coach, self.clinician):
            if given is not None:
                given.forget()

    def _coach(self, step: StepBody) -> None:
        name = self._signers.coach_name
        if not self._signers.mine:
            self.add(Heading(text("plan.staff_signs", name=name)))
            self.add(Words(text("plan.coach_elsewhere", name=name), "note", "soft"))
            return
        card = self._signers.coach in self._signers.cards
        self.coach = SignWith(step.page, _secret(text("plan.passphrase_of", name=name)), card=card)
        self.add(_beside(text("plan.staff_signs", name=name), text("plan.passphrase_hint"), self.coach))

    def _clinician(self, step: StepBody) -> None:
        names = dict(self._signers.clinicians)
        if self._settled is not None:
            name = names.get(self._settled, "")
            card = self._settled in self._signers.cards
            self.clinician = SignWith(step.page, _secret(text("plan.passphrase_of", name=name)), card=card)
            hint = text("plan.clinician_passphrase_hint")
            self.add(_beside(text("plan.staff_signs", name=name), hint, self.clinician))
        else:
            options = [(str(one), name) for one, name in self._signers.clinicians]
            needed = self._signers.clinician_needed
            self.who = Field(
                text("plan.clinician"),
                DropDown(options, empty=text("plan.choose_clinician" if needed else "plan.no_clinician"), width=320),
                hint=text("plan.clinician_needed" if needed else "plan.clinician_hint"),
            )
            secret = Field(
                text("plan.clinician_passphrase"),
                TextField(secret=True, width=320),
                hint=text("plan.clinician_passphrase_hint"),
            )
            any_card = any(one in self._signers.cards for one, _name in self._signers.clinicians)
            self.clinician = SignWith(step.page, secret, card=any_card)
            self.add(self.who, self.clinician)
            self.clinician.hide()
            self.who.control.edited.connect(self._chose)

    def _chose(self) -> None:
        if self.clinician is not None:
            self.clinician.setVisible(self.chosen is not None)


def _secret(name: str) -> CellField:
    made = CellField(name, TextField(secret=True), name)
    made.show_label(False)
    return made


def _beside(title: str, hint: str, field: SignWith) -> Columns:
    """Who signs at the left, the passphrase or the card at the right."""
    left = Clear()
    lines = column(left, (0, 4, 0, 0), 0)
    lines.addWidget(Heading(title))
    if field.choice is None:
        # who chooses between the two reads at each field what becomes of it
        lines.addWidget(Words(hint, "note", "soft"))
    return Columns([(left, 1), (field, Fixed(260 if field.choice is None else 320))])


__all__ = ["Hands", "ParticipantCard", "StaffCard"]
