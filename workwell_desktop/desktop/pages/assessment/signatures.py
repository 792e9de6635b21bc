"""The signatures that a form asks for, at its end: ink, or why there is none; a correction asks for it again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Clear,
    Field,
    TextField,
    Words,
    column,
    moment_words,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.sign_box import SignBox, SignedInk
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.desktop.widgets.flow import Flow
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.services.assessing.form_signatures import Signing, SigningState
from workwell_desktop.services.planning.signing import Ink

Key = tuple[str, str]
_OUTCOMES = ("declined", "unable")
_THEIRS = (None, "1.2.840.10065.1.12.1.1", "1.2.840.10065.1.12.1.7")
"""Kinds of signature (ASTM E1762) that are the person's own: author's, consent. A witness is somebody else."""


class Signer(Protocol):
    """Who keeps what is signed."""

    def signed(self, path: str, kind: str, name: str, ink: Ink) -> None:
        """Somebody signed."""

    def not_signed(self, path: str, kind: str, name: str, outcome: str, reason: str) -> None:
        """Somebody would not or could not."""


class Signatures(Clear):
    """One card for each signature, the same as long as what came of it is the same: ink that was drawn stays."""

    def __init__(self, signer: Signer, name: str) -> None:
        super().__init__()
        self._signer, self._name = signer, name
        self._box = column(self, (0, 0, 0, 0), 12)
        self._cards: dict[Key, SignatureCard] = {}
        self._after: QWidget | None = None

    def show_signings(self, found: Sequence[Signing], inks: Mapping[str, Ink], today: date, *, read_only: bool) -> None:
        """Shows these in this order."""
        order: list[SignatureCard] = []
        for one in found:
            key = (one.need.path, one.need.code)
            card = self._cards.get(key)
            if card is None:
                card = self._cards[key] = SignatureCard(self._signer, one, self._name)
                self._after = None
            given = one.given
            ink = inks.get(given.ink.sha256) if given is not None and given.ink is not None else None
            card.show_signing(one, ink, today, read_only=read_only)
            order.append(card)
        for key, card in list(self._cards.items()):
            if card not in order:
                self._box.removeWidget(card)
                card.hide()
                card.deleteLater()
                del self._cards[key]
        for place, card in enumerate(order):
            self._box.insertWidget(place, card)
        self.setVisible(bool(order))

    def follow(self, before: QWidget | None) -> None:
        """The Tab key comes here after ``before``, card by card."""
        if before is None or self._after is before:
            return
        self._after = before
        for card in self._cards.values():
            for stop in card.stops():
                QWidget.setTabOrder(before, stop)
                before = stop

    def focus(self, key: Key) -> None:
        """Puts the focus where this one is signed."""
        if key in self._cards:
            self._cards[key].focus()


class SignatureCard(Card):
    """Where one signature stands, and the field for it while it is awaited."""

    def __init__(self, signer: Signer, one: Signing, name: str) -> None:
        super().__init__(text("assessment.signature_of", what=one.need.label), one.need.kind.display or "")
        self._signer, self._one = signer, one
        self._shown: tuple[object, ...] = ()
        self._state = Clear()
        self._state_box = column(self._state, (0, 0, 0, 0), 8)
        self._again_button = quiet(text("assessment.sign_again"), self._sign_again)
        self._again_button.setAccessibleName(
            text("assessment.part_of", label=self._again_button.text(), part=one.need.label)
        )
        self._again_button.hide()
        self.add(self._state)
        self.add_left(self._again_button)
        self._form = Clear()
        box = column(self._form, (0, 0, 0, 0), 8)
        name = name if one.need.kind.code in _THEIRS else ""
        self.name = Field(text("assessment.who_signs"), TextField(name, width=320))
        self.box = SignBox(name, instead=text("assessment.ink_instead"))
        self.name.control.edited.connect(lambda: self.box.say_name(self.name.control.value()))
        self.ink = Field(text("assessment.sign_in_box"), self.box)
        self.outcome = Field(
            text("assessment.no_signature_what"),
            Choice([(code, text(f"assessment.no_signature_{code}")) for code in _OUTCOMES], _OUTCOMES[0], columns=2),
        )
        self.reason = Field(text("assessment.no_signature_reason"), TextField())
        for field in (self.name, self.ink, self.outcome, self.reason):
            box.addWidget(field)
        acts = Clear()
        line = Flow(acts, 6)
        what = one.need.label
        self._sign = outlined(text("assessment.sign"), self._keep_ink, "pen-line")
        self._wipe = quiet(text("assessment.wipe_ink"), self.box.clear, "undo-2")
        self._note = outlined(text("assessment.note_no_signature"), self._keep_reason, "check")
        self._turn = quiet(text("assessment.no_signature"), self._turned)
        for button in (self._sign, self._note, self._wipe, self._turn):
            button.setAccessibleName(text("assessment.part_of", label=button.text(), part=what))
            line.addWidget(button)
        box.addWidget(acts)
        self.add(self._form)
        self._declines = False
        self._again = False
        self._show_form()

    def show_signing(self, one: Signing, ink: Ink | None, today: date, *, read_only: bool) -> None:
        """What came of it, in words and as it was drawn; the field where it is still asked for."""
        shown = (one, read_only)
        if shown == self._shown:
            return
        if self._one.given is not one.given:
            self._again = self._declines = False
            self.box.clear()
        self._shown, self._one = shown, one
        while self._state_box.count():
            empty(self._state_box.takeAt(0))
        self._say(one, ink, today, read_only=read_only)
        self._form.setVisible(not read_only and (not one.settled or self._again))
        self._again_button.setVisible(not read_only and one.settled and not self._again)
        self._show_form()

    def stops(self) -> list[QWidget]:
        """What the Tab key comes to, in the order of reading."""
        return [one for one in self.findChildren(QWidget) if one.focusPolicy() is not Qt.FocusPolicy.NoFocus]

    def focus(self) -> None:
        """Where this is signed, or the way to do so again."""
        if self._form.isVisibleTo(self):
            (self.reason if self._declines else self.ink).focus()

    def _say(self, one: Signing, ink: Ink | None, today: date, *, read_only: bool) -> None:
        given = one.given
        if given is None or given.at is None:
            if read_only:
                self._state_box.addWidget(Words(text("assessment.nobody_signed"), "note", "soft"))
            return
        when = moment_words(given.at.astimezone(LONDON), today)
        name = given.name or text("assessment.nobody_named")
        said = text(f"assessment.signing_{given.outcome.value}", name=name, when=when) if given.outcome else ""
        tint = "done" if one.state is SigningState.SIGNED else "info"
        words = given.reason or ""
        if one.state is SigningState.CORRECTED:
            words, tint = text("assessment.signed_before_correction"), "due"
        self._state_box.addWidget(Alert(said, words, tint))
        if ink is not None and one.state is SigningState.SIGNED:
            self._state_box.addWidget(SignedInk(ink, name))

    def _sign_again(self) -> None:
        self._again = True
        self._again_button.hide()
        self._form.setVisible(True)
        self._show_form()
        self.focus()

    def _turned(self) -> None:
        self._declines = not self._declines
        self._show_form()
        self.focus()

    def _show_form(self) -> None:
        declines = self._declines
        for part in (self.ink, self._sign, self._wipe):
            part.setVisible(not declines)
        for part in (self.outcome, self.reason, self._note):
            part.setVisible(declines)
        words = text("assessment.sign_after_all" if declines else "assessment.no_signature")
        self._turn.say(words)
        self._turn.setAccessibleName(text("assessment.part_of", label=words, part=self._one.need.label))

    def _keep_ink(self) -> None:
        name, ink = self.name.control.value(), self.box.ink()
        self.name.show_error("" if name else text("errors.field.name_missing"))
        self.ink.show_error("" if ink is not None else text("assessment.ink_missing"))
        if not name:
            self.name.focus()
        elif ink is None:
            self.ink.focus()
        else:
            self._signer.signed(self._one.need.path, self._one.need.code, name, ink)

    def _keep_reason(self) -> None:
        reason = self.reason.control.value()
        self.reason.show_error("" if reason else text("errors.field.reason_not_given"))
        if not reason:
            self.reason.focus()
            return
        need = self._one.need
        outcome = self.outcome.control.value() or _OUTCOMES[0]
        self._signer.not_signed(need.path, need.code, self.name.control.value(), outcome, reason)
