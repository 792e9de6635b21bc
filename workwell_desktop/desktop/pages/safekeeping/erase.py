"""Deciding on one record: keep it longer, or erase it for good with a certificate."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Button,
    Card,
    Change,
    Choice,
    Clear,
    Columns,
    DateField,
    DropDown,
    Field,
    Foot,
    LongText,
    Page,
    Params,
    SummaryList,
    TextField,
    Words,
    filled,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head, show_person
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.erasure import ErasureReason
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import erasure_papers
from workwell_desktop.services.safekeeping import erasing, retention
from workwell_desktop.services.safekeeping.erasing import Decision, Entry, WillGo
from workwell_desktop.services.safekeeping.retention import Aged


@dataclass(frozen=True, slots=True)
class _Found:
    goes: WillGo | None
    aged: Aged | None
    seconds: tuple[tuple[Id, str], ...]
    entry: Entry | None
    head: PersonHead | None = None


class ErasePage(Page):
    """``participant`` is whose record; for one that was erased already the certificate is offered again."""

    route = "erase"
    nav = "participants"
    help_topic = "retention"

    def build(self) -> None:
        self.fields: dict[str, Field] = {}
        self.goes: WillGo | None = None
        self.secret: Secret | None = None
        self.who = Id("")

    def enter(self, params: Params) -> None:
        self.who = Id(params["participant"])
        desk, who = self.context.desk, self.who
        self.run(lambda: _read(desk, who), self._show)

    def leave(self) -> None:
        """A passphrase half typed does not wait behind a locked window."""
        if self.secret is not None:
            self.secret.wipe()

    def changed(self, records: frozenset[Change]) -> None:
        """What was typed stays; the service looks again when it is sent."""

    def _show(self, found: _Found) -> None:
        self.clear_body()
        self.fields, self.secret = {}, None
        back = outlined(text("retention.back"), self._back, "arrow-left")
        if found.goes is None:
            self._show_erased(back)
            return
        self.goes = found.goes
        if found.head is not None:
            show_person(self, found.head)
        title = found.goes.name if found.head is None else text("retention.decide")
        self.set_title(title, found.aged.label if found.aged is not None else "")
        keep, erase = self._keep(found), self._erase(found, found.goes)
        self.add(Columns([(keep.end(), 2), (erase.end(), 3)]))
        self.add_end()
        self.set_foot(Foot(back))
        self.ready()

    def _show_erased(self, back: Button) -> None:
        self.banner = None
        self.set_tabs(Clear())
        self.set_title(text("retention.log_row", number=self.who[:8]))
        self.add(Words(text("retention.was_erased"), "body"))
        self.add_end()
        self.set_foot(Foot(back, filled(text("retention.save"), self._ask_place, "download")))
        self.ready()

    def _keep(self, found: _Found) -> Card:
        card = Card(text("retention.keep_head"), gap=10)
        aged = found.aged
        if aged is not None:
            what = text(f"retention.what.{aged.what}")
            rows = [
                (text("retention.last"), text("retention.on_what", day=long_day(aged.last), what=what)),
                (text("retention.rule"), f"{aged.label}. {aged.source}"),
                (text("retention.rule_until"), long_day(aged.until)),
            ]
            if aged.kept is not None:
                rows.append((text("retention.kept"), long_day(aged.kept.until)))
                why = ". ".join(part for part in (aged.kept.reason, aged.kept.words) if part)
                rows += [(text("retention.keep_why"), why)] if why else []
            card.add(SummaryList(rows))
        else:
            card.add(Words(text("retention.helped"), "body"))
        today = self.context.today()
        self.fields["until"] = Field(text("retention.keep_until"), DateField(None, today=today))
        reasons = [(one.code, one.label) for one in self.context.desk.site.retention.keep]
        self.fields["reason"] = Field(text("retention.keep_why"), DropDown(reasons, empty=True))
        self.fields["words"] = Field(
            text("retention.keep_words"), LongText(lines=2), hint=text("retention.keep_words_hint"), optional=True
        )
        for name in ("until", "reason", "words"):
            card.add(self.fields[name])
        card.add_left(filled(text("retention.keep_do"), self.keep_longer, "history"))
        return card

    def _erase(self, found: _Found, goes: WillGo) -> Card:
        card = Card(text("retention.erase_head"), gap=10)
        card.add(Alert("", text("retention.erase_line"), "risk"))
        said = [text("retention.goes", count=goes.entries)]
        if goes.papers:
            said.append(text("retention.papers_go", count=goes.papers))
        if goes.minutes:
            said.append(text("retention.minutes_stay", count=goes.minutes))
        if goes.backups:
            said.append(text("retention.backups_hold", count=len(goes.backups)))
        if goes.helped:
            said.append(text("retention.helped"))
        card.add(Words(" ".join(said), "body"))
        kept = found.aged.kept if found.aged is not None else None
        if kept is not None and kept.until >= self.context.today():
            held = text("retention.kept_now", day=long_day(kept.until), name=kept.by)
            card.add(Alert("", held, "due"))
        if not goes.may:
            card.add(Words(text("retention.only_administrator"), "note", "soft"))
            return card
        if goes.second and not found.seconds:
            card.add(Alert("", text("retention.nobody_else"), "due"))
            return card
        reasons = [
            (one.value, text(f"retention.reason.{one.value}"))
            for one in ErasureReason
            if one is not ErasureReason.RETENTION or goes.rule
        ]
        self.fields["why"] = Field(text("retention.erase_why"), Choice(reasons))
        names = ["why"]
        if goes.second:
            people = [(str(one), name) for one, name in found.seconds]
            second = Field(text("retention.second"), DropDown(people, empty=True), hint=text("retention.second_hint"))
            self.fields["second"] = second
            self.secret = Secret(text("retention.passphrase"))
            self.fields["passphrase"] = self.secret
            names += ["second", "passphrase"]
        self.fields["name"] = Field(text("retention.name_again", name=goes.name), TextField())
        for name in (*names, "name"):
            card.add(self.fields[name])
        # outlined: the filled button, which Ctrl+Enter presses, is the act that can be taken back
        card.add_left(outlined(text("retention.erase_do"), self.erase, "trash-2"))
        return card

    def keep_longer(self) -> None:
        """Keeps the record longer."""
        desk, who, goes = self.context.desk, self.who, self.goes
        day = self.fields["until"].control.day()
        reason = str(self.fields["reason"].control.value() or "")
        words = str(self.fields["words"].control.value() or "")

        def kept(_nothing: object) -> None:
            self.unsay()
            said = text("retention.keep_done", name=goes.name if goes else "", day=long_day(day) if day else "")
            self.say(Alert("", said, "done", on_close=self.unsay))

        self._send(lambda: retention.keep_longer(desk, who, day, reason, words), kept)

    def erase(self) -> None:
        """Erases it, when the name was typed again."""
        desk, who, goes = self.context.desk, self.who, self.goes
        if goes is None:
            return
        typed = self._said("name").strip().casefold()
        wrong = "" if typed == goes.name.casefold() else text("retention.name_wrong")
        second, secret = self._said("second"), self.secret.value() if self.secret is not None else ""
        for name, value in (("why", self._said("why")), ("second", second), ("passphrase", secret)):
            if name in self.fields:
                self.fields[name].show_error("" if value else text("first_run.needed"))
        self.fields["name"].show_error(wrong)
        if not self.errors.show_fields(list(self.fields.values())):
            return
        decision = Decision(self._said("why"), Id(second) if second else None, secret)

        def gone(entry: Entry) -> None:
            self.unsay()
            self._show(_Found(None, None, (), entry))
            self.say(Alert("", text("retention.erased"), "done"))

        self._send(lambda: erasing.erase(desk, who, decision), gone, why="why")

    def save(self, place: Path) -> None:
        """Writes the certificate; with the name while this page still knows it."""
        desk, who, goes = self.context.desk, self.who, self.goes
        name, held = (goes.name, goes.backups) if goes is not None else ("", None)

        def saved(_nothing: object) -> None:
            self.unsay()
            self.say(Alert("", text("retention.saved"), "done", on_close=self.unsay))

        self.run(lambda: erasure_papers.save_certificate(desk, who, place, name, held), saved, self.fail)

    def _send(self, work: Callable[[], Any], done: Callable[[Any], Any], why: str = "reason") -> None:
        """The two cards have a reason each: what is said of one stands at its own."""
        fields = {**self.fields, "reason": self.fields[why]}
        self.run(work, done, partial(self.fail_at, fields))

    def _ask_place(self) -> None:
        title, kinds = text("retention.save"), text("retention.files_kind")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, text("retention.file_name"), kinds)
        if chosen:
            self.save(Path(chosen))

    def _back(self) -> None:
        self.context.navigator.replace("retention")

    def _said(self, name: str) -> str:
        return str(self.fields[name].control.value() or "") if name in self.fields else ""


def _read(desk: Desk, who: Id) -> _Found:
    entry = next((one for one in erasing.log(desk) if one.case == who), None)
    if entry is not None:
        return _Found(None, None, (), entry)
    goes, aged = erasing.look(desk, who), retention.standing(desk, who)
    # an administrator may have no other right to read records than this page
    head = person_head(desk, who) if desk.may(Act.READ, Participant) else None
    return _Found(goes, aged, erasing.seconds(desk), None, head)
