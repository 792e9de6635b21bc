"""Step 2: changes at work that are asked for, chosen from the catalogue by what they help with."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    DateField,
    DropDown,
    Fixed,
    Tag,
    TextField,
    Words,
    column,
    outlined,
    row,
    row_button,
    rule,
    text,
)
from workwell_desktop.desktop.pages.plan.body import StepBody
from workwell_desktop.desktop.pages.plan.rows import CellField, FieldRow, HeadRow, MoreButton, Share, level
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.domain.plans import EmployerAnswer
from workwell_desktop.services import adjustments
from workwell_desktop.services.plan_views import AdjustmentChoice, AdjustmentRow, PlanView

SHARES: tuple[tuple[str, Share], ...] = (
    ("change", 1),
    ("until", Fixed(124)),
    ("review", Fixed(124)),
    ("answer", Fixed(164)),
    ("more", Fixed(48)),
)
MOST = 12
"""Rows of the catalogue that are shown at once; more words find the others."""
FEW = 4
"""Rows shown before anything is typed."""


class ChangesStep(StepBody):
    """Picture 07-plan-changes."""

    def build(self) -> None:
        view = self.view
        card = Card(text("plan.changes_title"), self._note(view), gap=2)
        self._count = card.note
        if view.adjustments:
            heads = [(text(f"plan.change.{name}"), share) for name, share in SHARES]
            card.add(HeadRow(heads))
        for one in view.adjustments:
            card.add(self._change(one))
        if not view.adjustments:
            card.add(Words(text("plan.no_changes"), "note", "soft"))
        self.box.addWidget(card)
        if self.may:
            self.box.addWidget(self._finder())
        function = Card()
        function.add(self.plan_text("function"))
        self.box.addWidget(function)
        self.box.addStretch(1)

    def tip(self) -> Alert:
        return Alert("", text("plan.employer_copy"), "info", icon_name="building-2")

    def shape(self, view: PlanView) -> object:
        return [(one.adjustment, one.text, one.answer) for one in view.adjustments]

    def kept(self) -> dict[str, Any]:
        return {"search": self._search.text()} if self.may else {}

    def restore(self, kept: dict[str, Any]) -> None:
        if self.may and kept.get("search"):
            self._search.setText(kept["search"])
            self._find()

    def _note(self, view: PlanView) -> str:
        return text("plan.changes_note", count=len(view.adjustments), employer=self.employer)

    def _change(self, one: AdjustmentRow) -> Clear:
        desk, today = self.desk, self.page.context.today()
        said = Clear()
        lines = column(said, (0, 0, 0, 0), 0)
        lines.addWidget(Words(one.text))
        about = next((each.text for each in self.view.obstacles if each.obstacle == one.obstacle), "")
        if about:
            lines.addWidget(Words(text("plan.change_for", obstacle=about), "note", "soft"))
        until = DateField(one.ends_on, today=today, width=118)
        until.setPlaceholderText(text("plan.no_end"))
        review = DateField(one.review_on, today=today, width=118)
        answers = [(answer.value, text(f"plan.answer.{answer.value}")) for answer in EmployerAnswer]
        answer = DropDown(answers, one.answer.value if one.answer else None, empty=text("plan.not_asked"))
        note = TextField(one.answer_note or "")
        cells = {
            "ends_on": CellField(text("plan.change.until"), until, text("plan.name.until", change=one.text)),
            "review_on": CellField(text("plan.change.review"), review, text("plan.name.review", change=one.text)),
            "answer": CellField(text("plan.change.answer"), answer, text("plan.name.answer", change=one.text)),
        }
        more = MoreButton(
            text("plan.more_about", action=one.text),
            [
                (
                    text("plan.change_remove"),
                    lambda: self.do(lambda: adjustments.remove_adjustment(desk, one.adjustment)),
                )
            ],
        )
        if not self.may:
            more.hide()
        holder = Clear()
        box = column(holder, (0, 4, 0, 4), 2)
        widgets = [said, *cells.values(), level(more)]
        box.addWidget(FieldRow([(each, share) for each, (_name, share) in zip(widgets, SHARES, strict=True)]))
        if one.answer is not None:
            noted = CellField(
                text("plan.answer_note", employer=self.employer), note, text("plan.answer_note_name", change=one.text)
            )
            label = level(Words(text("plan.answer_note", employer=self.employer), "note", "soft"))
            box.addWidget(FieldRow([(label, Fixed(190)), (noted, 1)]))
        for control in (until, review, answer, note):
            control.set_read_only(not self.may)

        def save_days() -> Callable[[], Any] | None:
            if until.fault() or review.fault():
                return None
            last, look = until.day() or date.max, review.day()
            return lambda: adjustments.change_adjustment(desk, one.adjustment, ends_on=last, review_on=look)

        def save_answer() -> Callable[[], Any]:
            chosen, words = answer.value(), note.value()
            given = EmployerAnswer(chosen) if chosen else None
            return lambda: adjustments.record_answer(desk, one.adjustment, given, words)

        if self.may:
            self.saves([until, review], save_days, cells)
            self.saves([answer, note], save_answer, cells)
        return holder

    # The catalogue

    def _finder(self) -> Card:
        card = Card(text("plan.find_title"), text("plan.find_note"))
        self._found_note = card.note
        self._search = TextField()
        self._search.setAccessibleName(text("plan.find"))
        self._search.setPlaceholderText(text("plan.find_hint"))
        self._search.edited.connect(self._find)
        card.add(self._search)
        self._results = column(None, (0, 0, 0, 0), 4)
        card.body.addLayout(self._results)
        self._asked = 0
        self._about, self.page.look_for = self.page.look_for, ""
        self._find()
        return card

    def _find(self) -> None:
        """Each key asks anew; an answer that a later question has overtaken is not shown."""
        self._asked += 1
        asked, words, desk, who = self._asked, self._search.value(), self.desk, self.view.participant

        def show(found: list[AdjustmentChoice]) -> None:
            if asked == self._asked:
                self._show_found(words, found)

        self.page.run(lambda: adjustments.find_adjustments(desk, who, words), show)

    def _show_found(self, words: str, found: list[AdjustmentChoice]) -> None:
        while self._results.count():
            empty(self._results.takeAt(0))
        if self._found_note is not None:
            key = "plan.found" if words else "plan.found_all"
            said = {"words": words} if words else {}
            self._found_note.say(text(key, count=len(found), **said))
        about = [one for one in found if self._about in one.fits] if self._about and not words else []
        if about and self._found_note is not None:
            self._found_note.say(text("plan.found_about", count=len(about), obstacle=self._about))
        shown = about[:MOST] or (found[:MOST] if words else [one for one in found if one.fits][:FEW] or found[:FEW])
        for place, one in enumerate(shown):
            if place:
                self._results.addWidget(rule())
            self._results.addWidget(self._choice(one))
        if words:
            line = Clear()
            box = row(line, (0, 4, 0, 0), 8)
            box.addWidget(Words(text("plan.own_words") if found else text("plan.found_none"), "note", "soft"), 1)
            box.addWidget(outlined(text("plan.ask_own", words=words), lambda: self._ask(words, None)))
            self._results.addWidget(line)

    def _choice(self, one: AdjustmentChoice) -> Clear:
        line = Clear()
        box = row(line, (0, 0, 0, 0), 10)
        lines = column(None, (0, 0, 0, 0), 0)
        lines.addWidget(Words(one.text))
        fits = (
            text("plan.fits", obstacles=", ".join(one.fits)) if one.fits else text("plan.fits_none", name=self.called)
        )
        lines.addWidget(Words(". ".join(part for part in (fits, one.note or "") if part), "note", "soft"))
        box.addLayout(lines, 1)
        if one.chosen:
            box.addWidget(Tag(text("plan.in_plan"), "brand"))
        else:
            ask = row_button(text("plan.ask"), partial(self._ask, one.text, one))
            ask.setAccessibleName(text("plan.ask_name", change=one.text))
            box.addWidget(ask)
        return line

    def _ask(self, words: str, choice: AdjustmentChoice | None) -> None:
        desk, view = self.desk, self.view
        fits = choice.fits if choice is not None else ()
        about = next((one.obstacle for one in view.obstacles if one.text in fits), None)
        code = choice.code if choice is not None else None
        self.page.focus_next = text("plan.name.until", change=words)
        self.do(lambda: adjustments.ask_for(desk, view.participant, words, code=code, obstacle=about))
