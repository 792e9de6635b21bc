"""Is this the right place? The partnership's questions, kept as they are answered; a no names where to go."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Clear,
    Field,
    Flow,
    LongText,
    SummaryList,
    Words,
    outlined,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.coming_in.part import Part
from workwell_desktop.domain.coming_in import Said
from workwell_desktop.services.coming_in.eligibility import AskedLine, Questions, State

Record = Callable[[Mapping[str, Said]], None]


class QuestionsCard(Card):
    """``record`` is handed answers, ``go_on`` why the person goes on with us all the same."""

    def __init__(
        self, record: Record, go_on: Callable[[str], None], *, today: date, may_answer: bool, may_carry_on: bool
    ) -> None:
        super().__init__(text("referrals.place"), gap=10)
        self._record, self._go_on, self._today = record, go_on, today
        self._may_answer, self._may_carry_on = may_answer, may_carry_on
        self.fields: dict[str, Field] = {}
        self._after = Part()

    def show_questions(self, found: Questions) -> None:
        """All questions anew; what was answered says by whom and when."""
        self.clear()
        self.fields = {}
        if found.state is State.NOTHING_ASKED:
            self.hide()
        self.add(Words(text("referrals.place_line"), "note", "soft"))
        known = [
            (line.question, text("referrals.by_birth_no" if line.ends else "referrals.by_birth"))
            for line in found.lines
            if line.by_birth
        ]
        if known:
            self.add(SummaryList(known))
        for line in found.lines:
            if not line.by_birth:
                self.add(self._field(line))
        self._after = Part()
        self.add(self._after)
        self.show_state(found)
        self.end()

    def show_state(self, found: Questions) -> None:
        """What follows from the answers; the questions themselves stay as they are, and so does the focus."""
        parts: list[QWidget] = []
        if found.state is State.FITS:
            parts.append(Alert("", text("referrals.fits"), "done"))
        if found.state in (State.ELSEWHERE, State.CARRIED_ON):
            line = text("referrals.another_fits_line", services=", ".join(one.name for one in found.suggestions))
            parts.append(Alert(text("referrals.another_fits"), line, "info"))
        reasons = dict.fromkeys(line.carry_on for line in found.lines if line.ends and line.carry_on)
        parts += [Words(text("referrals.carried_on", reason=reason)) for reason in reasons]
        self.fields.pop("carry_on", None)
        if found.state is State.ELSEWHERE and self._may_carry_on:
            parts += self._carry_on()
        self._after.fill(*parts)

    def _field(self, line: AskedLine) -> Field:
        options = [(one.value, text(f"referrals.said.{one.value}")) for one in Said]
        answered = (
            text("referrals.answered", by=line.by, day=short_day(line.on, self._today)) if line.by and line.on else ""
        )
        hint = " ".join(part for part in (line.hint, answered) if part)
        field = Field(line.question, Choice(options, line.answer.value if line.answer else None, columns=3), hint=hint)
        field.control.set_read_only(not self._may_answer)

        def answered_now() -> None:
            chosen = field.control.value()
            if chosen:
                self._record({line.code: Said(chosen)})

        field.control.done.connect(answered_now)
        self.fields[line.code] = field
        return field

    def _carry_on(self) -> list[QWidget]:
        why = Field(text("referrals.carry_on"), LongText(lines=2))
        self.fields["carry_on"] = why

        held = Clear()
        go_on = outlined(text("referrals.carry_on_save"), lambda: self._go_on(why.control.value()), "arrow-right")
        Flow(held, 10).addWidget(go_on)
        return [why, held]
