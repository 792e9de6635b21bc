"""Checking a paper: a file is dropped, chosen or pasted, a sheet by its number or code. Nothing of it is kept."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Columns,
    Empty,
    Field,
    Flow,
    PageAct,
    Params,
    SummaryList,
    TextField,
    Words,
    announce,
    column,
    filled,
    long_day,
    moment_words,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.coming_in.part import Part
from workwell_desktop.desktop.pages.file_page import FilePage
from workwell_desktop.desktop.pages.papers.papers_list import title_words
from workwell_desktop.desktop.pages.plan.sign_with import SignWith
from workwell_desktop.desktop.widgets.drop_place import DropPlace, Given
from workwell_desktop.documents.kinds import SignatureVerdict
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.services.administration import cards
from workwell_desktop.services.paperwork import countersigning, paper_checks
from workwell_desktop.services.paperwork.paper_checks import Checked
from workwell_desktop.services.paperwork.paper_views import PaperLine

TINTS = {
    "complete": "done",
    "sealed": "done",
    "incomplete": "info",
    "known": "info",
    "superseded": "due",
    "unknown": "due",
    "unreadable": "due",
    "changed": "risk",
    "not_trusted": "risk",
    "forged": "risk",
}


_MAY_STAND = frozenset({"complete", "incomplete"})


class VerifyPage(FilePage):
    """Takes nothing."""

    route = "verify"
    nav = "papers"
    help_topic = "verify"
    choose = "verify_page.choose"
    kinds = "verify_page.kinds"

    def build(self) -> None:
        self.pdf = b""
        self.checked: Checked | None = None
        self.has_card = False

    def enter(self, params: Params) -> None:
        self.set_title(text("verify_page.title"))
        self.clear_body()
        left = Clear()
        box = column(left, (0, 0, 0, 0), 12)
        box.addWidget(self._file_card())
        box.addWidget(self._sheet_card())
        box.addStretch(1)
        right = Clear()
        self.result = Part(gap=12, end=True)
        column(right, (0, 0, 0, 0), 0).addWidget(self.result)
        line = text("verify_page.nothing_line")
        self.result.fill(Empty(text("verify_page.nothing"), line, icon_name="file-check"))
        self.add(Columns([(left, 1), (right, 1)]))
        self.add_end()
        self.ready()

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(text("verify_page.choose"), self._ask_file, "Ctrl+O", menu="file"),)

    def _file_card(self) -> Card:
        card = Card(gap=8)
        place = DropPlace(text("verify_page.lead"))
        place.given.connect(self._dropped)
        card.add(place)
        self.path = TextField()
        self.path.returnPressed.connect(self._look_at_path)
        card.add(Field(text("verify_page.file"), self.path, hint=text("verify_page.file_hint")))
        held = Clear()
        ways = Flow(held, 10)
        ways.addWidget(outlined(text("verify_page.look"), self._look_at_path, "search"))
        ways.addWidget(quiet(text("verify_page.choose"), self._ask_file, "folder-open"))
        return card.add(held)

    def _sheet_card(self) -> Card:
        card = Card(text("verify_page.sheet"), gap=8)
        card.add(Words(text("verify_page.sheet_lead"), "note", "soft"))
        self.code = TextField()
        self.code.returnPressed.connect(self._look_at_code)
        card.add(Field(text("verify_page.code"), self.code, hint=text("verify_page.code_hint")))
        return card.add_left(outlined(text("verify_page.check_code"), self._look_at_code, "search"))

    # Looking

    def _dropped(self, given: Given) -> None:
        if isinstance(given, Path):
            self.path.set_value(str(given))
            self.look(given)

    def look(self, place: Path) -> None:
        """Checks a file."""
        desk = self.context.desk
        self.unsay()

        def done(found: tuple[tuple[Checked, bytes], datetime | None]) -> None:
            (checked, self.pdf), card = found
            self.has_card = card is not None
            self._show(checked, text("verify_page.of_file", name=place.name))

        self.run(lambda: (paper_checks.check_file(desk, place), cards.until(desk, desk.me)), done)

    def _look_at_code(self) -> None:
        desk, typed = self.context.desk, self.code.value()
        self.unsay()
        self.run(
            lambda: paper_checks.check_code(desk, typed), lambda found: self._show(found, text("verify_page.of_code"))
        )

    # What it is

    def _show(self, checked: Checked, of: str) -> None:
        self.checked = checked
        parts: list[Alert | Card] = [
            Alert(text(f"verify_page.state.{checked.state}"), checked.reason, TINTS[checked.state])
        ]
        card = Card(text("verify_page.result"), of)
        card.add(Words(checked.title or text("verify_page.untitled"), "body", "" if checked.title else "soft"))
        if checked.signatures:
            card.add(SummaryList(self._signatures(checked), ruled=True))
        if checked.title or checked.line is None:
            parts.append(card)
        if checked.line is not None or checked.state in _MAY_STAND:
            parts.append(self._register_card(checked))
        if checked.asked:
            parts.append(self._signing_card())
        self.result.fill(*parts)
        announce(f"{text(f'verify_page.state.{checked.state}')}. {checked.reason}", self)

    def _signatures(self, checked: Checked) -> list[tuple[str, str]]:
        rows = [
            (
                text("verify_page.signatures"),
                text("verify_page.count", present=checked.present, expected=checked.expected),
            )
        ]
        for one in checked.signatures:
            said = text("verify_page.signed", name=one.name, role=one.role)
            if one.time is not None:
                when = moment_words(one.time.astimezone(LONDON), self.context.today())
                said = text("verify_page.signed_at", name=one.name, role=one.role, when=when)
            rows.append((said, one.reason or self._good(one)))
        return rows

    def _good(self, one: SignatureVerdict) -> str:
        """That it holds, how long it will, and what else is to be known of it."""
        lasting = text(f"verify_page.level.{one.level}") if one.level != "B-B" else ""
        return " ".join(part for part in (text("verify_page.ok"), lasting, one.note) if part)

    def _register_card(self, checked: Checked) -> Card:
        card = Card(text("verify_page.register"), gap=8)
        if checked.line is None:
            return card.add(Words(text("verify_page.not_here"), "note", "soft"))
        rows = [(title_words(checked.line), self._made("verify_page.here", checked.line))]
        if checked.newest is not None:
            rows.append((text("verify_page.newest"), self._made("verify_page.newest_line", checked.newest)))
        card.add(SummaryList(rows, ruled=True))
        held = Clear()
        ways = Flow(held, 10)
        ways.addWidget(quiet(text("verify_page.open_paper"), self._opening(checked.line), "arrow-right"))
        if checked.newest is not None:
            ways.addWidget(quiet(text("verify_page.open_newest"), self._opening(checked.newest), "arrow-right"))
        return card.add(held)

    def _made(self, key: str, line: PaperLine) -> str:
        day = long_day(line.made_at.astimezone(LONDON).date(), self.context.today()) if line.made_at else ""
        return text(key, version=line.version, day=day)

    def _opening(self, line: PaperLine) -> Callable[[], None]:
        who = {"participant": str(line.participant)} if line.participant is not None else {}
        return lambda: self.go("paper", paper=str(line.document), **who)

    # Signing somebody else's file

    def _signing_card(self) -> Card:
        card = Card(text("verify_page.sign_head"), gap=8)
        card.add(Words(text("verify_page.sign_line"), "note", "soft"))
        self.secret = SignWith(self, Field(text("verify_page.passphrase"), TextField(secret=True)), card=self.has_card)
        card.add(self.secret)
        return card.add_left(filled(text("verify_page.sign"), self._sign, "pen-line"))

    def _sign(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, text("verify_page.save_title"), text("verify_page.signed_copy"), text("verify_page.kinds")
        )
        if not name:
            return
        desk, pdf, secret, place = self.context.desk, self.pdf, self.secret.value(), Path(name)
        self.secret.forget()

        def done(_nothing: None) -> None:
            self.look(place)
            self.say(Alert("", text("verify_page.sign_done"), "done", on_close=self.unsay))

        self.run(lambda: countersigning.countersign(desk, pdf, place, secret), done)
