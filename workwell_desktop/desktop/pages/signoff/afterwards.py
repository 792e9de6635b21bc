"""After the lock: colleagues co-sign, one case gets a paper of its own, the chair signs again what came since."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Card,
    Clear,
    DropDown,
    Field,
    Page,
    Words,
    column,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.session.order import reading_order
from workwell_desktop.desktop.pages.signoff.reading import Ending, line_name
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Withdrawn
from workwell_desktop.errors import WrongPassphrase
from workwell_desktop.services.meeting import sign_off


class Signing(Clear):
    """A button that opens, in its place, whom or what it is about and a passphrase. Nothing typed is kept.

    ``options`` are offered in a list named ``label`` where there is more to choose than one.
    """

    def __init__(
        self,
        page: Page,
        act: str,
        icon: str,
        whose: Callable[[str], str],
        work: Callable[[str, str], Any],
        done: Callable[[], None],
        *,
        label: str = "",
        options: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__()
        self._page, self._act, self._icon, self._work, self._done = page, act, icon, work, done
        self._whose, self._label, self._options = whose, label, options
        self._box = column(self, (0, 0, 0, 0), 8)
        self._button = outlined(act, self.open, icon)
        self._box.addWidget(self._button)
        self.secret: Secret | None = None
        self._which: DropDown | None = None

    def open(self) -> None:
        """Shows the fields."""
        if self.secret is not None:
            self.secret.focus()
            return
        self._box.removeWidget(self._button)
        self._button.hide()
        first: QWidget
        self.secret = Secret(self._whose(self._options[0][1] if len(self._options) == 1 else ""), "")
        first = self.secret.field
        if len(self._options) > 1:
            self._which = DropDown(list(self._options), empty=True)
            self._box.addWidget(Field(self._label, self._which))
            first = self._which
        self._box.addWidget(self.secret)
        self._box.addWidget(outlined(self._act, self._press, self._icon))
        reading_order(self._page)
        first.setFocus()

    def _press(self) -> None:
        secret, which = self.secret, self._which
        if secret is None:
            return
        chosen = which.value() if which is not None else self._options[0][0] if self._options else ""
        fields = list(self.findChildren(Field))
        for field in fields:
            field.show_error("")
        if which is not None and not chosen:
            next(one for one in fields if one.control is which).show_error(text("signoff.choose_first"))
        if not secret.value():
            secret.show_error(text("signoff.passphrase_needed"))
        if not self._page.errors.show_fields(fields):
            return
        words = secret.value()

        def failed(error: Exception) -> None:
            secret.wipe()
            if isinstance(error, WrongPassphrase):
                secret.show_error(text("errors.wrong_passphrase"))
                self._page.errors.show_fields([secret])
            else:
                self._page.fail(error)

        self._page.run(lambda: self._work(str(chosen), words), lambda _made: self._done(), failed)


def afterwards_card(page: Page, ending: Ending, done: Callable[[str], None]) -> tuple[Card, dict[str, Signing]]:
    """Who stands by the record, and the papers that may follow. ``done`` is told what was made."""
    view, desk = ending.session, page.context.desk
    today = page.context.today()
    chair = view.locked_by or ""
    card = Card(text("signoff.afterwards"), gap=8)
    for one in view.cosigners:
        card.add(Words(text("signoff.stands_by", name=one.name, when=moment_words(one.at, today)), "note"))
    forms: dict[str, Signing] = {}
    if ending.waiting:
        forms["cosign"] = Signing(
            page,
            text("signoff.cosign"),
            "pen-line",
            lambda name: text("signoff.passphrase", chair=name) if name else text("signoff.own_passphrase"),
            lambda who, words: sign_off.cosign(desk, view.session, Id(who), words),
            lambda: done("cosigned"),
            label=text("signoff.cosigner"),
            options=ending.waiting,
        )
    named = tuple(
        (str(line.item), line_name(line))
        for line in view.agenda
        if line.named and line.withdrawn is not Withdrawn.PERSON_ASKED
    )
    if named:
        forms["alone"] = Signing(
            page,
            text("signoff.alone"),
            "file-text",
            lambda _name: text("signoff.passphrase", chair=chair),
            lambda item, words: sign_off.case_alone(desk, Id(item), words),
            lambda: done("alone_made"),
            label=text("signoff.which_case"),
            options=named,
        )
    if ending.since and ending.minutes is not None:
        card.add(Words(text("signoff.since", count=ending.since), "note", "soft"))
        forms["again"] = Signing(
            page,
            text("signoff.again"),
            "pen-line",
            lambda _name: text("signoff.passphrase", chair=chair),
            lambda _nothing, words: sign_off.sign_again(desk, view.session, words),
            lambda: done("signed_again"),
        )
    for form in forms.values():
        card.add(form)
    return card, forms
