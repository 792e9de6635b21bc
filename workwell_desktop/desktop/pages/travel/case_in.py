"""A case, or a signed paper, from elsewhere: opened and looked at; nothing comes in until somebody says so."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Columns,
    Empty,
    Field,
    Flow,
    Foot,
    LongText,
    PageAct,
    Params,
    SummaryList,
    TextField,
    Words,
    column,
    date_words,
    filled,
    moment_words,
    nhs_words,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.coming_in.part import Part
from workwell_desktop.desktop.pages.coming_in.referral_likes import born_words
from workwell_desktop.desktop.pages.file_page import FilePage
from workwell_desktop.desktop.pages.travel.case_words import held
from workwell_desktop.documents.kinds import SignatureVerdict
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.participants import Participant
from workwell_desktop.services.paperwork import paper_in
from workwell_desktop.services.paperwork.paper_in import PaperIn
from workwell_desktop.services.travel import case_in, case_out
from workwell_desktop.services.travel.case_import import Imported
from workwell_desktop.services.travel.case_in import CaseIn, SignedPaper

MOST_PROBLEMS = 20


class CaseInPage(FilePage):
    """Takes nothing: a file is pasted, chosen or dropped."""

    route = "case-in"
    nav = "participants"
    help_topic = "case-in"
    choose = "case_travel.choose"
    kinds = "case_travel.open_kinds"

    def build(self) -> None:
        self.source: bytes | None = None
        self.phrase: str | None = None
        self.seen: CaseIn | None = None

    def enter(self, params: Params) -> None:
        may = self.context.desk.may(Act.IMPORT_CASE, Participant)
        self.source = self.phrase = self.seen = None
        self.setAcceptDrops(may)
        self.set_title(text("case_travel.in_title"), text("case_travel.in_note"))
        self.clear_body()
        file = Card(gap=8)
        self.path = TextField()
        self.path.returnPressed.connect(self._look_at_path)
        file.add(Field(text("case_travel.file"), self.path, hint=text("case_travel.file_hint")))
        self.passphrase = TextField()
        self.passphrase.returnPressed.connect(self._look_at_path)
        asked = Field(text("case_travel.passphrase"), self.passphrase, hint=text("case_travel.passphrase_in"))
        file.add(asked)
        look = outlined(text("case_travel.look"), self._look_at_path, "search")
        choose = quiet(text("case_travel.choose"), self._ask_file, "folder-open")
        held_buttons = Clear()
        ways = Flow(held_buttons, 10)
        for button in (look, choose):
            button.setEnabled(may)
            ways.addWidget(button)
        file.add(held_buttons)
        parts: list[tuple[Card, int]] = [(file.end(), 3)]
        if may:
            code = LongText(case_out.my_code(self.context.desk), lines=2)
            code.set_read_only(True)
            mine = Card(text("case_travel.my_code"), gap=8).add(Words(text("case_travel.my_code_line"), "note"))
            mine.add(Field(text("case_travel.code"), code))
            parts.append((mine.end(), 2))
        self.add(Columns(list(parts)))
        holder = Clear()
        self.results = Part(gap=10, end=True)
        column(holder, (0, 0, 0, 0), 0).addWidget(self.results)
        self.add(holder, stretch=1)
        self.results.fill(
            Empty(text("case_travel.nothing_yet"), text("case_travel.nothing_yet_line"), icon_name="upload")
        )
        self._draw_foot()
        self.ready()

    def acts(self) -> tuple[PageAct, ...]:
        may = partial(self.context.desk.may, Act.IMPORT_CASE, Participant)
        return (PageAct(text("case_travel.choose"), self._ask_file, "Ctrl+O", menu="file", enabled=may),)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for url in event.mimeData().urls()[:1]:
            if url.isLocalFile():
                self.path.set_value(url.toLocalFile())
                self._look_at_path()

    def look(self, place: Path) -> None:
        """Looks at a file; nothing comes in."""
        desk, phrase = self.context.desk, self.passphrase.value().strip() or None
        self.source = self.seen = None
        self.unsay()

        def read() -> tuple[bytes, CaseIn | PaperIn | None]:
            source = case_in.take(desk, place)
            if paper_in.is_paper(source):
                return source, paper_in.look(desk, source)
            if phrase is None and case_in.is_sealed(source) and case_in.needs_passphrase(source):
                return source, None
            return source, case_in.look(desk, source, phrase)

        def show(found: tuple[bytes, CaseIn | PaperIn | None]) -> None:
            source, seen = found
            if seen is None:
                self.results.fill(Alert("", text("case_travel.asks_passphrase"), "due"))
                self.passphrase.setFocus()
            elif isinstance(seen, PaperIn):
                self._show_paper(seen)
            else:
                self.source, self.phrase, self.seen = source, phrase, seen
                self._show_case(seen)
            self._draw_foot()

        def stopped(error: Exception) -> None:
            self.results.fill()
            self._draw_foot()
            self.fail(error)

        self.run(read, show, stopped)

    # What was found

    def _show_case(self, seen: CaseIn) -> None:
        who = Card(seen.name or text("case_travel.no_name"), gap=8)
        rows = [(text("case_travel.born"), date_words(seen.born))] if seen.born else []
        if seen.nhs_number:
            rows.append((text("case_travel.number"), nhs_words(seen.nhs_number)))
        rows.append((text("case_travel.sender"), seen.sender or text("case_travel.sender_unknown")))
        rows.append((text("case_travel.locked"), text("case_travel.sealed" if seen.sealed else "case_travel.in_clear")))
        who.add(SummaryList(rows, ruled=True))
        for like in seen.likes:
            words = ". ".join(part for part in (like.line.name, born_words(like.line), like.line.address) if part)
            who.add(Alert(text("case_travel.like"), words, "due"))
        made = Card(text("case_travel.would_make" if seen.comes_in else "case_travel.holds"), gap=8)
        made.add(held(seen.new if seen.comes_in else seen.holds, seen.files))
        signed = Card(text("case_travel.papers"), gap=8)
        for paper in seen.papers:
            signed.add(*self._paper(paper))
        if not seen.papers:
            signed.add(Words(text("case_travel.no_papers"), "note", "soft"))
        self.results.fill(self._verdict(seen), Columns([(who.end(), 2), (made.end(), 2), (signed.end(), 2)]))

    def _verdict(self, seen: CaseIn) -> Alert:
        if seen.done.problems and not seen.comes_in and not seen.here:
            return Alert(text("case_travel.refused"), _problems(seen.done), "risk")
        if not seen.comes_in:
            return Alert("", text("case_travel.here_already"), "info")
        line = text("case_travel.looked_line")
        tint = "due" if seen.likes or seen.done.problems else "info"
        more = _problems(seen.done) if seen.done.problems else ""
        return Alert(text("case_travel.looked"), " ".join(part for part in (line, more) if part), tint)

    def _paper(self, paper: SignedPaper) -> list[Words]:
        kind = text(f"papers_list.kind.{paper.kind.value}") if paper.kind else text("case_travel.paper")
        lines = [Words(text("case_travel.paper_line", kind=kind, version=paper.version), "label")]
        lines += [Words(self._signature(one), "note") for one in paper.signatures]
        return [*lines, Words(text(f"case_travel.verdict.{paper.status}"), "note", "soft")]

    def _signature(self, one: SignatureVerdict) -> str:
        when = moment_words(one.time.astimezone(LONDON), self.context.today()) if one.time else ""
        key = "case_travel.signature_stands" if one.ok or not one.reason else "case_travel.signature_doubted"
        return text(key, name=one.name, role=one.role, when=when, reason=one.reason)

    def _show_paper(self, seen: PaperIn) -> None:
        head = Card(seen.title, gap=8).add(Words(text("case_travel.paper_of", name=seen.person), "body"))
        for one in seen.verdict.signatures:
            head.add(Words(self._signature(one), "note"))
        said = Card(text("case_travel.says"), gap=6)
        for section in seen.sections:
            if section.title:
                said.add(Words(section.title, "label"))
            for line in section.lines:
                said.add(Words(line, "note"))
        tint = "risk" if seen.changed else "info"
        title = text(f"case_travel.verdict.{seen.verdict.status}")
        verdict = Alert(title, text("case_travel.paper_nothing_made"), tint)
        self.results.fill(verdict, Columns([(head.end(), 2), (said.end(), 3)]))

    def _draw_foot(self) -> None:
        back = outlined(text("case_travel.back"), lambda: self.context.navigator.replace("participants"), "arrow-left")
        if self.seen is not None and self.seen.comes_in:
            self.set_foot(Foot(back, filled(text("case_travel.bring_in"), self._bring_in, "download")))
        else:
            self.set_foot(Foot(back))

    def _bring_in(self) -> None:
        desk, source, phrase, seen = self.context.desk, self.source, self.phrase, self.seen
        if source is None or seen is None:
            return

        def brought(done: Imported) -> None:
            self.unsay()
            if not done.created:
                self.say(Alert(text("case_travel.refused"), _problems(done), "risk"))
                return
            self.source = self.seen = None
            self.results.fill()
            title = text("case_travel.came_in", name=seen.name)
            self.say(Alert(title, text("case_travel.came_in_line"), "done", on_close=self.unsay))
            self._draw_foot()

        self.run(lambda: case_in.bring_in(desk, source, phrase), brought)


def _problems(done: Imported) -> str:
    said = list(dict.fromkeys(one.message for one in done.problems))
    return " ".join(said[:MOST_PROBLEMS])
