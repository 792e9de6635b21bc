"""Step 2: changes at work that are asked for, chosen from the catalogue by what they help with."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    DateField,
    DropDown,
    Fixed,
    Flow,
    Tag,
    TextField,
    Words,
    column,
    outlined,
    row,
    row_button,
    rule,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.plan.body import StepBody
from workwell_desktop.desktop.pages.plan.rows import CellField, FieldRow, HeadRow, MoreButton, Share, level
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.domain.evidence import Option
from workwell_desktop.domain.plans import EmployerAnswer
from workwell_desktop.domain.reference import CATEGORIES, load_barriers
from workwell_desktop.services.planning import adjustments
from workwell_desktop.services.planning.plan_views import AdjustmentChoice, AdjustmentRow, PlanView

SHARES: tuple[tuple[str, Share], ...] = (
    ("change", 1),
    ("until", Fixed(124)),
    ("review", Fixed(124)),
    ("answer", Fixed(164)),
    ("more", Fixed(48)),
)
MOST = 12
"""Rows of the catalogue that are shown at once; more words find the others."""
NO = (EmployerAnswer.NOT_NOW, EmployerAnswer.REFUSED)
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
        return [(one.adjustment, one.text, one.answer, one.status, one.effect) for one in view.adjustments]

    def kept(self) -> dict[str, Any]:
        narrowed = {name: control.value() for name, control in self._narrow.items()} if self.may else {}
        return {"search": self._search.text(), **narrowed} if self.may else {}

    def restore(self, kept: dict[str, Any]) -> None:
        if not self.may or not any(kept.values()):
            return
        for name, control in self._narrow.items():
            control.set_value(kept.get(name))
        self._search.setText(kept.get("search") or "")
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
        if how := self._how_it_goes(one):
            lines.addWidget(Words(how, "note", "soft"))
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
        for name, cell in cells.items():
            cell.belongs_to(one.adjustment, name)
        which = {"participant": str(self.view.participant), "adjustment": str(one.adjustment)}
        acts: list[tuple[str, Callable[[], object]]] = [
            (text("plan.change_open"), lambda: self.page.go("change", **which))
        ]
        if self.may:
            remove = partial(self.do, lambda: adjustments.remove_adjustment(desk, one.adjustment))
            acts.append((text("plan.change_remove"), remove))
        more = MoreButton(text("plan.more_about", action=one.text), acts)
        holder = Clear()
        box = column(holder, (0, 4, 0, 4), 2)
        widgets = [said, *cells.values(), level(more)]
        box.addWidget(FieldRow([(each, share) for each, (_name, share) in zip(widgets, SHARES, strict=True)]))
        if one.answer is not None:
            asked = "plan.why_not" if one.answer in NO else "plan.answer_note"
            said_by = text(asked, employer=self.employer)
            noted = CellField(said_by, note, text("plan.answer_note_name", change=one.text))
            noted.belongs_to(one.adjustment, "answer_note")
            label = level(Words(said_by, "note", "soft"))
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

    def _how_it_goes(self, one: AdjustmentRow) -> str:
        """Whether it is there and what came of it, in a line."""
        parts = []
        if one.status is not None:
            parts.append(text(f"change.status_of.{one.status.value}"))
        if one.trial_until is not None and one.answer is EmployerAnswer.TRIAL:
            parts.append(text("plan.trial_until", day=short_day(one.trial_until, self.page.context.today())))
        if one.effect is not None:
            parts.append(text(f"change.effect_of.{one.effect.value}"))
        return ". ".join(parts)

    # The catalogue

    def _finder(self) -> Card:
        card = Card(text("plan.find_title"), text("plan.find_note"))
        self._found_note = card.note
        self._search = TextField()
        self._search.setAccessibleName(text("plan.find"))
        self._search.setPlaceholderText(text("plan.find_hint"))
        self._search.edited.connect(self._find)
        card.add(self._search)
        card.add(self._narrowing())
        self._results = column(None, (0, 0, 0, 0), 4)
        card.body.addLayout(self._results)
        self._asked = 0
        self._about, self.page.look_for = self.page.look_for, ""
        self._find()
        return card

    def _narrowing(self) -> Clear:
        """Three lists that narrow the catalogue down: what is hard, what kind of change, which box of a fit note."""
        options = {
            "barrier": _hard(),
            "group": [(group, text(f"library.category.{group}")) for group in CATEGORIES],
            "box": [(one.value, text(f"absence.option.{one.value}")) for one in Option],
        }
        self._narrow = {name: DropDown(found, empty=text(f"plan.narrow.{name}")) for name, found in options.items()}
        holder = Clear()
        line = Flow(holder, 8)
        for name, control in self._narrow.items():
            control.setAccessibleName(text(f"plan.narrow_name.{name}"))
            control.done.connect(self._find)
            line.addWidget(control)
        return holder

    def _find(self) -> None:
        """Each key asks anew; an answer that a later question has overtaken is not shown."""
        self._asked += 1
        asked, words, desk, who = self._asked, self._search.value(), self.desk, self.view.participant
        narrowed = {name: control.value() for name, control in self._narrow.items()}

        def show(found: list[AdjustmentChoice]) -> None:
            if asked == self._asked:
                self._show_found(words, found, any(narrowed.values()))

        self.page.run(lambda: adjustments.find_adjustments(desk, who, words, **narrowed), show)

    def _show_found(self, words: str, found: list[AdjustmentChoice], narrowed: bool) -> None:
        while self._results.count():
            empty(self._results.takeAt(0))
        if self._found_note is not None:
            key = "plan.found" if words else "plan.found_all"
            said = {"words": words} if words else {}
            self._found_note.say(text(key, count=len(found), **said))
        about = [one for one in found if self._about in one.fits] if self._about and not words and not narrowed else []
        if about and self._found_note is not None:
            self._found_note.say(text("plan.found_about", count=len(about), obstacle=self._about))
        shown = about[:MOST] or (
            found[:MOST] if words or narrowed else [one for one in found if one.fits][:FEW] or found[:FEW]
        )
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


@cache
def _hard() -> list[tuple[str, str]]:
    """What is hard, in the order of the file, which does not change while the program runs."""
    return [(one.code, one.words) for one in load_barriers()]
