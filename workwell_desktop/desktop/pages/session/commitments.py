"""What a decision commits to beside its actions: what costs money, and drafts of advice on fitness for work."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import (
    Clear,
    DropDown,
    Field,
    Heading,
    LongText,
    NumberField,
    Page,
    TextField,
    Words,
    column,
    outlined,
    quiet,
    row,
    text,
)
from workwell_desktop.desktop.pages.session.order import drop, reading_order
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import AdviceKind
from workwell_desktop.services.meeting.session_views import AdviceLine, CaseView, FundingLine
from workwell_desktop.services.planning import commitments


class Commitments(Clear):
    """Two lists with a form each. A form stays as typed until what it holds is saved."""

    def __init__(self, page: Page, saved: Callable[[Any], Any]) -> None:
        super().__init__()
        self._page, self._saved = page, saved
        self._view: CaseView | None = None
        self._people: list[Person] = []
        self._shown: tuple[object, ...] = ()
        self._may = False
        box = column(self, (0, 0, 0, 0), 4)
        box.addWidget(Heading(text("session.funding"), "section"))
        self._funding = column(None, (0, 0, 0, 0), 4)
        box.addLayout(self._funding)
        self._fund_place = column(None, (0, 0, 0, 0), 4)
        box.addLayout(self._fund_place)
        self.fund = quiet(text("session.add_funding"), self.open_funding, "plus")
        box.addWidget(self.fund, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(Heading(text("session.advice"), "section"))
        self._advice = column(None, (0, 0, 0, 0), 4)
        box.addLayout(self._advice)
        self._advise_place = column(None, (0, 0, 0, 0), 4)
        box.addLayout(self._advise_place)
        self.advise = quiet(text("session.add_advice"), self.open_advice, "plus")
        box.addWidget(self.advise, 0, Qt.AlignmentFlag.AlignLeft)
        self._forms: dict[str, Clear] = {}

    def show_case(self, view: CaseView, people: Sequence[Person], *, may: bool) -> None:
        """Another case closes the forms; the same one brings the lists up to date."""
        if self._view is None or self._view.item != view.item:
            for name in tuple(self._forms):
                self._close(name)
        self._view, self._may = view, may
        self._people = [one for one in people if one.active is not False]
        shown = (view.item, view.funding, view.advice, may)
        if shown == self._shown:
            return
        self._shown = shown
        for layout in (self._funding, self._advice):
            drop(layout)
        for fund in view.funding:
            self._funding.addWidget(self._funding_line(fund))
        for draft in view.advice:
            self._advice.addWidget(_advice_line(draft))
        self.fund.setVisible(may and "funding" not in self._forms)
        self.advise.setVisible(may and "advice" not in self._forms and bool(self._advisers()))

    # Money

    def open_funding(self) -> None:
        """The form: what, how much, who approves."""
        what, cost = TextField(), NumberField(low=0, high=int(commitments.MOST_POUNDS), places=2)
        approver = DropDown([(str(one.id), one.name or "") for one in self._people], empty=True)
        fields = {
            "what": Field(text("session.funding_what"), what),
            "cost": Field(text("session.funding_cost"), cost, unit=text("session.pounds")),
            "approver": Field(text("session.funding_approver"), approver),
        }

        def save() -> None:
            pounds, who, view = cost.number(), approver.value(), self._view
            for name, given in (("what", what.value()), ("cost", cost.value()), ("approver", who)):
                fields[name].show_error("" if given else text("session.missing"))
            if not self._page.check(list(fields.values())) or not what.value() or pounds is None or not who or not view:
                return
            desk, discussion, words = self._page.context.desk, view.discussion, what.value()
            self._run("funding", lambda: commitments.fund(desk, discussion, words, pounds, Id(who)))

        self._open("funding", self._fund_place, list(fields.values()), text("session.save_funding"), save)
        what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _funding_line(self, line: FundingLine) -> Clear:
        holder = Clear()
        box = row(holder, (0, 2, 0, 2), 8)
        lines = column(None, (0, 0, 0, 0), 0)
        lines.addWidget(Words(line.what))
        said = text("session.funding_line", cost=f"{line.cost:,.2f}", approver=line.approver)
        lines.addWidget(Words(said, "note", "soft"))
        box.addLayout(lines, 1)
        if self._may:
            remove = quiet(text("session.remove_action"), lambda: self._remove(line.funding))
            remove.setAccessibleName(text("session.remove_funding_whole", what=line.what))
            box.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _remove(self, funding: Id) -> None:
        desk = self._page.context.desk
        self._page.run(lambda: commitments.remove_funding(desk, funding), self._saved)

    # Advice

    def open_advice(self) -> None:
        """The form: which advice, whose, and the words; a draft of the same kind and person is changed."""
        kind = DropDown([(one.value, text(f"session.advice_kind.{one.value}")) for one in AdviceKind], empty=True)
        author = DropDown([(str(one.id), one.name or "") for one in self._advisers()], empty=True)
        words = LongText("", lines=3)
        fields = {
            "kind": Field(text("session.advice_which"), kind),
            "author": Field(text("session.advice_author"), author),
            "words": Field(text("session.advice_words"), words, hint=text("session.advice_hint")),
        }

        def save() -> None:
            which, who, view = kind.value(), author.value(), self._view
            for name, given in (("kind", which), ("author", who), ("words", words.value())):
                fields[name].show_error("" if given else text("session.missing"))
            if not which or not who or not words.value() or view is None:
                self._page.check(list(fields.values()))
                return
            desk, discussion, said = self._page.context.desk, view.discussion, words.value()
            self._run("advice", lambda: commitments.advise(desk, discussion, AdviceKind(which), said, Id(who)))

        self._open("advice", self._advise_place, list(fields.values()), text("session.save_advice"), save)
        kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _advisers(self) -> list[Person]:
        """Those of ours whose profession may issue one or the other."""
        able = frozenset().union(*commitments.MAY_ADVISE.values())
        return [one for one in self._people if one.profession in able]

    # Forms

    def _open(self, name: str, place: Any, fields: list[Field], save_words: str, save: Callable[[], Any]) -> None:
        if name in self._forms:
            return
        form = Clear()
        box = column(form, (0, 0, 0, 4), 6)
        for field in fields:
            box.addWidget(field)
        buttons = row(None, (0, 0, 0, 0), 8)
        buttons.addWidget(outlined(save_words, save, "check"))
        buttons.addWidget(quiet(text("session.drop_action"), lambda: self._close(name)))
        buttons.addStretch(1)
        box.addLayout(buttons)
        self._forms[name] = form
        place.addWidget(form)
        (self.fund if name == "funding" else self.advise).hide()
        reading_order(self._page)

    def _close(self, name: str) -> None:
        form = self._forms.pop(name, None)
        if form is None:
            return
        back = self.fund if name == "funding" else self.advise
        back.setVisible(self._may)
        form.hide()
        form.setParent(None)
        form.deleteLater()
        if self.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(self, name: str, work: Callable[[], Any]) -> None:
        def done(result: Any) -> None:
            self._close(name)
            self._saved(result)

        self._page.run(work, done)


def _advice_line(line: AdviceLine) -> Clear:
    holder = Clear()
    box = column(holder, (0, 2, 0, 2), 0)
    said = text("session.advice_line", kind=text(f"session.advice_kind.{line.kind.value}"), name=line.name)
    box.addWidget(Words(said, "note", "soft"))
    box.addWidget(Words(line.text))
    return holder
