"""Drafts of advice on fitness for work, beside the plan: marked as drafts, by those who may issue the paper."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Check,
    Choice,
    Columns,
    DropDown,
    Empty,
    Field,
    Foot,
    LongText,
    Words,
    alone,
    filled,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.keeping import Keeping
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Advice, AdviceKind
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import advice
from workwell_desktop.services.employment.advice import Adviser, Draft

Found = tuple[tuple[Draft, ...], tuple[Adviser, ...], dict[str, object]]


class AdvicePage(PersonForm):
    """``participant``."""

    route = "advice"
    nav = "papers"
    help_topic = "advice"

    def build(self) -> None:
        super().build()
        self._keeping = Keeping(self, "advice")
        self._advisers: tuple[Adviser, ...] = ()

    def read(self, desk: Desk, params: Any) -> Found:
        return advice.drafts(desk, self.who), advice.advisers(desk), self._keeping.read(desk, self.who)

    def leave(self) -> None:
        self._keeping.keep()

    def lay(self, found: Found) -> None:
        self._keeping.drop()
        drafts, self._advisers, kept = found
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("advice.title", name=called), text("advice.note"))
        self.add(Alert(text("advice.mark"), text("advice.mark_line"), "due"))
        may = self.context.desk.may(Act.EDIT_PLAN, Advice)
        listed = Card(text("advice.so_far"), gap=8)
        if not drafts:
            listed.add(Empty(text("advice.none"), icon_name="pen-line"))
        for place, one in enumerate(drafts):
            if place:
                listed.rule()
            self._show_draft(listed, one, may=may)
        parts: list[tuple[Any, int]] = [(listed.end(), 1)]
        if may:
            parts.insert(0, (self._form(), 1))
        self.add(Columns(parts))
        self.add_end()
        back = outlined(text("advice.back"), partial(self.go, "plan", participant=str(self.who)), "arrow-left")
        if may:
            self._keeping.hold(self.who, self.fields, kept)
            self._kind_changed()
            self.set_foot(Foot(back, filled(text("advice.save"), self._save, "check")))
        else:
            self.set_foot(Foot(back))

    def _form(self) -> Card:
        kinds = [(one.value, alone(text(f"session.advice_kind.{one.value}"))) for one in AdviceKind]
        card = Card(text("advice.write"), gap=10)
        self.fields = {
            "kind": Field(text("advice.kind"), Choice(kinds)),
            "author": Field(text("advice.author"), DropDown([], empty=True), hint=text("advice.author_hint")),
            "words": Field(text("advice.words"), LongText("", lines=5), hint=text("advice.words_hint")),
        }
        card.add(*self.fields.values())
        card.add_left(quiet(text("advice.from_plan"), self._write, "pen-line"))
        self._for_gp = Check(text("advice.for_gp"))
        card.add(self._for_gp)
        self.fields["kind"].control.done.connect(self._kind_changed)
        return card.end()

    def _kind_changed(self) -> None:
        """Only who may issue this paper can be chosen; the GP summary has a place for a fit note's advice alone."""
        chosen = self.fields["kind"].control.value()
        kind = AdviceKind(chosen) if chosen else None
        people = [(str(one.person), one.name) for one in self._advisers if kind is None or kind in one.kinds]
        author = self.fields["author"].control
        was = author.value()
        author.set_options(people, was if was in dict(people) else None)
        self.fields["author"].show_error("" if people else text("advice.nobody"))
        self._for_gp.setVisible(kind is AdviceKind.FIT_NOTE)

    def _show_draft(self, card: Card, one: Draft, *, may: bool) -> None:
        kind = text(f"session.advice_kind.{one.kind.value}")
        card.add(Words(text("advice.line", kind=kind, name=one.author_name), "label"))
        card.add(Words(one.text))
        if one.of_session or one.for_gp:
            card.add(Words(text("advice.of_session" if one.of_session else "advice.in_gp"), "note", "soft"))
        if may and not one.of_session:
            button = quiet(text("advice.remove"), partial(self._remove, one.advice), "trash-2")
            button.setAccessibleName(text("advice.remove_name", kind=kind, name=one.author_name))
            card.add_left(button)

    def _write(self) -> None:
        desk, who = self.context.desk, self.who

        def put(words: str) -> None:
            field = self.fields.get("words")
            if field is None:
                return
            if not words:
                field.show_error(text("advice.nothing_in_plan"))
            elif not field.control.value():
                field.show_error("")
                field.control.insertPlainText(words)
            field.focus()

        self.run(lambda: advice.words_from_plan(desk, who), put)

    def _save(self) -> None:
        values = {name: field.control.value() for name, field in self.fields.items()}
        for name, missing in (("kind", "kind_missing"), ("author", "author_missing")):
            self.fields[name].show_error("" if values[name] else text(f"advice.{missing}"))
        self.fields["words"].show_error("" if values["words"] else text("errors.field.text_missing"))
        if not self.errors.show_fields(list(self.fields.values())):
            return
        desk, who = self.context.desk, self.who
        kind, author, for_gp = AdviceKind(values["kind"]), Id(values["author"]), self._for_gp.isChecked()
        self._keeping.keep()

        def save() -> None:
            advice.draft(desk, who, kind, values["words"], author, for_gp=for_gp)
            self._keeping.forget(desk, who)

        self.run(save, self._again, self.refused)

    def _remove(self, which: Id) -> None:
        desk = self.context.desk
        self.run(lambda: advice.remove_draft(desk, which), self._again, self.refused)

    def _again(self, _nothing: object) -> None:
        self._keeping.drop()
        self._ask()
