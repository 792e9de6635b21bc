"""Actions of a case: one owner and one date each, or it is not saved and what was typed stays."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import (
    Clear,
    DateField,
    DropDown,
    Field,
    Heading,
    LongText,
    Page,
    TextField,
    Words,
    announce,
    column,
    long_day,
    outlined,
    quiet,
    row,
    rule,
    text,
)
from workwell_desktop.desktop.pages.session.order import drop, reading_order
from workwell_desktop.desktop.pages.session.owners import owner_words
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.plans import OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.screen import has
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.meeting.session_views import ActionLine, CaseView
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import typed

_OTHERS = (OwnerKind.PARTICIPANT, OwnerKind.EMPLOYER, OwnerKind.OTHER)


class Actions(Clear):
    """The list, and below it the form for one more."""

    def __init__(self, page: Page, saved: Callable[[Any], Any]) -> None:
        super().__init__()
        self._page, self._saved = page, saved
        self._view: CaseView | None = None
        self._people: list[tuple[str, str]] = []
        self._shown: tuple[object, ...] = ()
        self.form: ActionForm | None = None
        self._then: Callable[[], Any] | None = None
        box = column(self, (0, 0, 0, 0), 4)
        head = row(None, (0, 0, 0, 0), 8)
        head.addWidget(Heading(text("session.actions"), "section"), 1)
        head.addWidget(Words(text("session.actions_note"), "note", "soft"), 0, Qt.AlignmentFlag.AlignVCenter)
        box.addLayout(head)
        self._list = column(None, (0, 0, 0, 0), 4)
        box.addLayout(self._list)
        self._place = column()
        box.addLayout(self._place)
        self._line = Clear()
        last = row(self._line, (0, 0, 0, 0), 8)
        self.add_button = quiet(text("session.add_action"), self.open_form, "plus")
        last.addWidget(self.add_button)
        last.addStretch(1)
        self._key = Words(text("session.add_action_key"), "note", "soft", wrap=False)
        last.addWidget(self._key)
        box.addWidget(self._line)

    def show_case(self, view: CaseView, people: list[tuple[str, str]], *, may: bool) -> None:
        """Shows the actions of this case; a form that is open for it stays."""
        other = self._view is None or self._view.discussion != view.discussion
        self._view, self._people = view, people
        if other:
            self._drop_form()
        self._line.setVisible(may and self.form is None)
        shown = (view.actions, may)
        if shown != self._shown:
            self._shown = shown
            drop(self._list)
            for one in view.actions:
                self._list.addWidget(self._action(one, may=may))
                self._list.addWidget(rule())
            if not view.actions and not may:
                self._list.addWidget(Words(text("session.no_actions"), "note", "soft"))
        if other and may:
            self._find_draft(view)

    def open_form(self, words: str = "") -> None:
        """One action more (Ctrl+Shift+A)."""
        if self._view is None or (self._line.isHidden() and self.form is None):
            return
        if self.form is None:
            self.form = ActionForm(self._page, self._view, self._people, words, self._added, self._drop_form)
            self._place.addWidget(self.form)
            self._line.hide()
            reading_order(self._page)
        self.form.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, then: Callable[[], Any]) -> None:
        """Goes on once an action that is being written is saved; what lacks is said at its field, and it stays."""
        if self.form is None or not self.form.first.value():
            then()
            return
        self._then = then
        self.form.save()

    def flush(self) -> None:
        """What was typed for an action that lacks something is kept for the next visit."""
        if self.form is not None:
            self.form.keep()

    def _find_draft(self, view: CaseView) -> None:
        desk = self._page.context.desk
        if not desk.may(Act.EDIT_OWN_SETTINGS):
            return

        def found(words: dict[str, str]) -> None:
            if words.get("action") and self._view is not None and self._view.discussion == view.discussion:
                focus = self.window().focusWidget()
                self.open_form(words["action"])
                if focus is not None:
                    focus.setFocus(Qt.FocusReason.OtherFocusReason)

        self._page.run(lambda: typed.of(desk, view.discussion), found)

    def _added(self, _action: Id) -> None:
        then, self._then = self._then, None
        self._drop_form()
        announce(text("session.action_saved"), self)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._saved(_action)
        if then is not None:
            then()

    def _drop_form(self) -> None:
        if self.form is not None:
            form, self.form = self.form, None
            self._place.removeWidget(form)
            form.hide()
            form.deleteLater()
            self._line.show()

    def _action(self, one: ActionLine, *, may: bool) -> Clear:
        holder = Clear()
        box = row(holder, (0, 0, 0, 0), 8)
        lines = column(None, (0, 0, 0, 0), 0)
        lines.addWidget(Words(one.text, "body"))
        owner = owner_words(one, self._view.called if self._view else "")
        when = long_day(one.due, self._page.context.today()) if one.due else ""
        lines.addWidget(Words(text("session.action_line", owner=owner, day=when), "note", "soft"))
        if one.owner_left:
            lines.addWidget(Words(text("session.left_us", name=owner), "note", "due"))
        box.addLayout(lines, 1)
        if may:
            drop = quiet(text("session.remove_action"), lambda: self._remove(one))
            drop.setAccessibleName(text("session.remove_action_whole", action=one.text))
            box.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _remove(self, one: ActionLine) -> None:
        desk = self._page.context.desk
        self._page.run(lambda: obstacles.remove_action(desk, one.action), self._saved)


class ActionForm(Clear):
    """What, who and by when."""

    def __init__(
        self,
        page: Page,
        view: CaseView,
        people: Sequence[tuple[str, str]],
        words: str,
        added: Callable[[Id], Any],
        dropped: Callable[[], Any],
    ) -> None:
        super().__init__()
        self._page, self._view, self._added, self._dropped = page, view, added, dropped
        box = column(self, (0, 4, 0, 4), 6)
        self.first = LongText(words, lines=2)
        owners = [*people, *((kind.value, text(f"session.owner.{kind.value}", name=view.called)) for kind in _OTHERS)]
        self.owner = DropDown(owners, empty=True)
        self.other = TextField()
        self.due = DateField(today=page.context.today(), earliest=page.context.today())
        self.fields = {
            "text": Field(text("session.action_what"), self.first),
            "owner": Field(text("session.action_owner"), self.owner),
            "name": Field(text("session.action_other"), self.other),
            "due": Field(text("session.action_due"), self.due, hint=text("session.action_due_hint")),
        }
        for field in self.fields.values():
            box.addWidget(field)
        self.owner.edited.connect(self._show_other)
        self._show_other()
        line = row(None, (0, 2, 0, 0), 10)
        self.save_button = outlined(text("session.save_action"), self.save, "plus")
        line.addWidget(self.save_button)
        line.addWidget(quiet(text("session.drop_action"), self._drop))
        line.addStretch(1)
        box.addLayout(line)

    def save(self) -> None:
        """Saves it, or says at each field what lacks; nothing typed is lost."""
        for field in self.fields.values():
            field.check()
        if any(field.wrong for field in self.fields.values()):
            next(field for field in self.fields.values() if field.wrong).focus()
            return
        desk, view = self._page.context.desk, self._view
        words, owner, due = self.first.value(), self._owner(), self.due.day()

        def work() -> Id:
            made = obstacles.add_action(desk, view.participant, words, owner, due, discussion=view.discussion)
            if desk.may(Act.EDIT_OWN_SETTINGS):
                typed.forget(desk, view.discussion)
            return made

        self._page.run(work, self._added, self._refused)

    def keep(self) -> None:
        """Keeps what was typed, on this computer alone."""
        desk, words, discussion = self._page.context.desk, self.first.value(), self._view.discussion
        if desk.may(Act.EDIT_OWN_SETTINGS):
            self._page.run(lambda: typed.keep(desk, discussion, "action", words))

    def _drop(self) -> None:
        desk, discussion = self._page.context.desk, self._view.discussion
        if desk.may(Act.EDIT_OWN_SETTINGS):
            self._page.run(lambda: typed.forget(desk, discussion))
        self._dropped()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, FieldsInvalid):
            self._page.fail(error)
            return
        wrong = []
        for name, reason in error.problems:
            shown = "name" if name == "owner" and self.owner.value() == OwnerKind.OTHER.value else name
            key = f"errors.field.{reason}"
            self.fields[shown].show_error(text(key) if has(key) else text("session.missing"))
            wrong.append(self.fields[shown])
        self._page.errors.show_fields(wrong)

    def _owner(self) -> OwnedBy | None:
        chosen = self.owner.value()
        if chosen is None:
            return None
        if chosen in {kind.value for kind in _OTHERS}:
            return OwnedBy(OwnerKind(chosen), name=self.other.value() or None)
        return OwnedBy(OwnerKind.STAFF, Id(chosen))

    def _show_other(self) -> None:
        self.fields["name"].setVisible(self.owner.value() == OwnerKind.OTHER.value)
