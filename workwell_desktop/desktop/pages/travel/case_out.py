"""The whole case for another partnership: what goes, to whom, how it is locked and how it travels."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Checks,
    Choice,
    Columns,
    Empty,
    Field,
    Foot,
    TextField,
    Words,
    filled,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.desktop.pages.travel.case_words import held
from workwell_desktop.domain.papers import ReleaseHow
from workwell_desktop.domain.participants import AgreementKind, Party
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.travel import case_out
from workwell_desktop.services.travel.case_out import CaseOut, Lock

PASSPHRASE, CODE = "passphrase", "code"


class CaseOutPage(PersonForm):
    """``participant`` is whose case goes."""

    route = "case-out"
    help_topic = "case-out"

    def read(self, desk: Desk, params: Any) -> CaseOut:
        return case_out.look(desk, self.who)

    def lay(self, found: CaseOut) -> None:
        called = self.head.banner.called if self.head is not None else found.name
        self.set_title(text("case_travel.out_title", name=called), text("case_travel.out_note"))
        goes = Card(text("case_travel.goes"), gap=8)
        goes.add(held(found.holds, found.files))
        self.fields = {}
        if found.restricted:
            options = [(kind, text("case_travel.restricted_of", kind=kind_words(kind))) for kind, _ in found.restricted]
            self.fields["restricted"] = Field(
                text("case_travel.restricted"), Checks(options), hint=text("case_travel.restricted_hint")
            )
            goes.add(self.fields["restricted"])
        else:
            goes.add(Words(text("case_travel.restricted_stay"), "note", "soft"))
        if not found.agreed:
            ask = outlined(text("case_travel.ask"), self._to_agreement, "check")
            nobody = Empty(text("case_travel.nobody"), text("case_travel.nobody_line", name=called), ask)
            self.add(Columns([(goes.end(), 2), (nobody, 3)]))
            self.add_end()
            self.set_foot(Foot(self.back_button()))
            return
        self.add(Columns([(goes.end(), 2), (self._ways(found), 3)]))
        self.add_end()
        self.set_foot(Foot(self.back_button(), filled(text("case_travel.save"), self._ask_place, "download")))

    def _ways(self, found: CaseOut) -> Card:
        card = Card(text("case_travel.how"), gap=10)
        names = [(one.name, one.name) for one in found.agreed]
        to = Choice(names, names[0][0] if len(names) == 1 else None)
        self.fields["to"] = Field(text("case_travel.to"), to)
        card.add(self.fields["to"])
        for one in found.agreed:
            if one.limits:
                card.add(Alert("", text("case_travel.limits", recipient=one.name, limits=one.limits), "due"))
        self.lock = Choice([(PASSPHRASE, text("case_travel.by_passphrase")), (CODE, text("case_travel.by_code"))])
        self.lock.set_value(PASSPHRASE)
        self.lock.done.connect(self._show_lock)
        self.fields["lock"] = Field(text("case_travel.lock"), self.lock)
        hint = text("case_travel.passphrase_hint")
        self.fields["passphrase"] = Field(text("case_travel.passphrase"), TextField(), hint=hint)
        self.fields["code"] = Field(text("case_travel.code"), TextField(), hint=text("case_travel.code_hint"))
        ways = [(way.value, text(f"case_travel.way.{way.value}")) for way in case_out.WAYS]
        self.fields["way"] = Field(text("case_travel.way_label"), Choice(ways, columns=2))
        for name in ("lock", "passphrase", "code", "way"):
            card.add(self.fields[name])
        self.fields["code"].hide()
        return card.end()

    def _show_lock(self) -> None:
        by_code = self.lock.value() == CODE
        self.fields["code"].setVisible(by_code)
        self.fields["passphrase"].setVisible(not by_code)

    def _to_agreement(self) -> None:
        self.go(
            "agreement",
            participant=str(self.who),
            kind=AgreementKind.SHARE.value,
            party=Party.SERVICE.value,
        )

    def _ask_place(self) -> None:
        recipient, way = self.fields["to"].control.value(), self.fields["way"].control.value()
        self.fields["to"].show_error("" if recipient else text("case_travel.to_missing"))
        self.fields["way"].show_error("" if way else text("case_travel.way_missing"))
        self.errors.show_fields(list(self.fields.values()))
        if not (recipient and way):
            return
        title, kinds = text("case_travel.save"), text("case_travel.files_kind")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, text("case_travel.file_name"), kinds)
        if chosen:
            self.send(Path(chosen))

    def send(self, place: Path) -> None:
        """Makes the file at this place."""
        desk, who = self.context.desk, self.who
        by_code = self.lock.value() == CODE
        lock = Lock(code=self._said("code")) if by_code else Lock(passphrase=self._said("passphrase").strip())
        recipient, way = self._said("to"), ReleaseHow(self._said("way"))
        named = self.fields.get("restricted")
        restricted = frozenset(named.control.value()) if named is not None else frozenset[str]()

        def made(_count: int) -> None:
            self.unsay()
            next_step = text("case_travel.tell_code" if by_code else "case_travel.tell_passphrase")
            self.say(Alert(text("case_travel.made", recipient=recipient), next_step, "done", on_close=self.unsay))

        self.run(lambda: case_out.send(desk, who, recipient, place, lock, way, restricted), made, self.refused)

    def _said(self, name: str) -> str:
        return str(self.fields[name].control.value() or "")


def kind_words(kind: str) -> str:
    """A kind that stays unless it is named."""
    return text(f"case_travel.restricted_kind.{kind}")
