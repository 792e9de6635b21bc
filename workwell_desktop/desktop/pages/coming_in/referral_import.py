"""Referrals from a file: it is looked at first, each row says what would happen, and nothing comes in until it is said.

A row that may be somebody who is here is decided at the side, one by one; the keyboard does all of it.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Cell,
    Choice,
    Clear,
    Column,
    Columns,
    Empty,
    Field,
    Flow,
    Foot,
    PageAct,
    Params,
    SummaryList,
    Table,
    TableRow,
    TextField,
    Words,
    column,
    filled,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.coming_in.part import Part
from workwell_desktop.desktop.pages.coming_in.referral_likes import born_words
from workwell_desktop.desktop.pages.file_page import FilePage
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Referral
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in import referral_import
from workwell_desktop.services.coming_in.participant_views import Like
from workwell_desktop.services.coming_in.referral_import import Decision, Looked, LookedRow
from workwell_desktop.services.coming_in.referrals import Referred

LIST_HEIGHT = 260
NEW, OUT = "new", "out"
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "upright"}


class ReferralImportPage(FilePage):
    """Takes nothing: a file is pasted, chosen or dropped."""

    route = "referral-import"
    nav = "today"
    help_topic = "referral-file"
    choose = "referral_file.choose"
    kinds = "referral_file.files"

    def build(self) -> None:
        self.looked: Looked | None = None
        self.rows: list[TableRow] = []
        self.decisions: dict[int, Decision] = {}
        self.came: frozenset[int] = frozenset()
        self.table: Table | None = None
        self.may = False
        self.setAcceptDrops(True)

    def enter(self, params: Params) -> None:
        self.may = self.context.desk.may(Act.CREATE_REFERRAL, Referral)
        self.setAcceptDrops(self.may)
        self.set_title(text("referral_file.title"))
        self.clear_body()
        card = Card(gap=8)
        card.add(Words(text("referral_file.lead"), "body"))
        self.path = TextField()
        self.path.returnPressed.connect(self._look_at_path)
        card.add(Field(text("referral_file.path"), self.path, hint=text("referral_file.path_hint")))
        held = Clear()
        ways = Flow(held, 10)
        for button in (
            outlined(text("referral_file.look"), self._look_at_path, "search"),
            quiet(text("referral_file.choose"), self._ask_file, "folder-open"),
            quiet(text("referral_file.save_template"), self._ask_template, "download"),
        ):
            button.setEnabled(self.may)
            ways.addWidget(button)
        self.add(card.add(held))
        holder = Clear()
        self.results = Part(gap=10, end=True)
        column(holder, (0, 0, 0, 0), 0).addWidget(self.results)
        self.add(holder, stretch=1)
        self._draw()
        self.ready()

    def acts(self) -> tuple[PageAct, ...]:
        able = partial(bool, self.may)
        return (
            PageAct(text("referral_file.choose"), self._ask_file, "Ctrl+O", menu="file", enabled=able),
            PageAct(text("referral_file.save_template"), self._ask_template, menu="file", enabled=able),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for url in event.mimeData().urls()[:1]:
            if url.isLocalFile():
                self.look(Path(url.toLocalFile()))

    def look(self, place: Path) -> None:
        """Looks at a file; nothing comes in."""
        desk = self.context.desk
        self.unsay()

        def read() -> tuple[Looked, list[TableRow]]:
            """The words of 2,000 rows are put together here, off the window's thread."""
            looked = referral_import.look(desk, place)
            return looked, [self._row(looked, one, None, came=False) for one in looked.rows]

        self.run(read, lambda found: self._show(*found))

    def _ask_template(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            text("referral_file.save_template"),
            text("referral_file.template_name"),
            text("referral_file.template_files"),
        )
        if name:
            self.save_template(Path(name))

    def save_template(self, place: Path) -> None:
        """Writes the empty file."""
        desk = self.context.desk

        def saved(_nothing: object) -> None:
            self.unsay()
            self.say(Alert("", text("referral_file.template_saved"), "done", on_close=self.unsay))

        self.run(lambda: referral_import.save_template(desk, place), saved)

    # What was found

    def _show(self, looked: Looked, rows: list[TableRow]) -> None:
        self.looked, self.rows, self.decisions, self.came = looked, rows, {}, frozenset()
        self._draw()
        if self.table is not None:
            self.table.setFocus()

    def _draw(self) -> None:
        looked, self.table = self.looked, None
        if looked is None:
            line = text("referral_file.nothing_yet_line")
            self.results.fill(Empty(text("referral_file.nothing_yet"), line, icon_name="upload"))
        elif looked.faults:
            rows = [(self._place(looked, fault.line), _said(fault.field, fault.message)) for fault in looked.faults]
            title = text("referral_file.refused", file=looked.file)
            self.results.fill(Alert("", title, "risk"), Card(text("referral_file.mend")).add(SummaryList(rows)))
        else:
            self.side = Part(gap=10, end=True)
            heads = [("row", 2, 90), ("person", 5, 170), ("source", 4, 130), ("state", 5, 180)]
            columns = [Column(text(f"referral_file.column.{name}"), share, least) for name, share, least in heads]
            self.table = Table(columns, [], name=text("referral_file.rows"))
            self.table.moved.connect(self._front)
            listed = Card(text("referral_file.rows"), self._how_read(looked), flush=True)
            listed.add(self.table, stretch=1)
            self.results.fill(self._summary(looked), Columns([(listed, 3), (self.side, 2)]))
            self.table.hold_height(LIST_HEIGHT)
            self.table.show_rows(self.rows)
        self._draw_foot()

    def _summary(self, looked: Looked) -> Alert:
        wrong = sum(1 for one in looked.rows if one.faults)
        decide = sum(1 for one in looked.rows if one.to_decide)
        ready = len(looked.rows) - wrong - decide
        line = text("referral_file.looked_line", ready=ready, decide=decide, wrong=wrong)
        return Alert(text("referral_file.looked", file=looked.file), line, "due" if wrong or decide else "info")

    def _how_read(self, looked: Looked) -> str:
        if looked.fhir:
            return ""
        separator = text(f"referral_file.separator.{_SEPARATORS[looked.separator]}")
        return text(
            "referral_file.encoding",
            encoding=text(f"referral_file.encoding_of.{looked.encoding}"),
            separator=separator,
        )

    def _place(self, looked: Looked, line: int) -> str:
        if not line:
            return text("referral_file.whole_file")
        return text("referral_file.entry" if looked.fhir else "referral_file.row", line=line)

    def _row(self, looked: Looked, one: LookedRow, decided: Decision | None, *, came: bool) -> TableRow:
        source = text(f"referral.source_of.{one.row.source.value}") if one.row.source else ""
        state, more, tint = self._state(one, decided, came=came)
        cells = [
            Cell(self._place(looked, one.line)),
            Cell(one.name or text("referral_file.no_name"), one.row.values.get("birth_date", ""), strong=True),
            Cell(source, one.row.values.get("organisation", "")),
            Cell(state, more, tint=tint),
        ]
        return TableRow(str(one.line), cells)

    def _state(self, one: LookedRow, decided: Decision | None, *, came: bool) -> tuple[str, str, str]:
        """What happens to the row, the particulars below it, and their tint."""
        if came:
            return text("referral_file.came_in"), "", ""
        if one.faults:
            return text("referral_file.wrong", count=len(one.faults)), one.faults[0].field, "risk"
        if decided is None and one.to_decide:
            return text("referral_file.stays_out"), text("referral_file.to_decide"), "due"
        if decided is None:
            return text("referral_file.new"), "", ""
        if decided.what == "same":
            name = next((like.line.name for like in one.likes if like.line.participant == decided.participant), "")
            return text("referral_file.known", name=name), "", ""
        return text("referral_file.new" if decided.what == "new" else "referral_file.left_out"), "", ""

    # The row in front, at the side

    def _front(self, key: str) -> None:
        looked = self.looked
        one = next((each for each in looked.rows if str(each.line) == key), None) if looked is not None else None
        if one is None or looked is None:
            return
        if one.faults:
            rows = [(fault.field or self._place(looked, fault.line), fault.message) for fault in one.faults]
            card = Card(text("referral_file.mend"), self._place(looked, one.line), gap=10)
            self.side.fill(
                card.add(SummaryList(rows, ruled=True), Words(text("referral_file.mend_note"), "note", "soft"))
            )
        elif one.line in self.came:
            self.side.fill(Alert("", text("referral_file.came_in"), "done"))
        else:
            self.side.fill(self._deciding(one))

    def _deciding(self, one: LookedRow) -> Card:
        card = Card(text("referral_file.decide", line=one.line) if one.likes or one.same_as else one.name, gap=10)
        taking_part = [like for like in one.likes if like not in referral_import.may_be(one)]
        if one.same_as:
            card.add(Words(text("referral_file.same_in_file", line=one.same_as)))
        for like in one.likes:
            card.add(Words(_like_words(like), "note"))
        for like in taking_part:
            card.add(Alert("", text("referral_file.takes_part", name=like.line.name), "due"))
        options = [
            (str(like.line.participant), text("referral_file.this_is", name=like.line.name))
            for like in referral_import.may_be(one)
        ]
        if referral_import.may_be_new(one):
            options.append((NEW, text("referral_file.somebody_new")))
        options.append((OUT, text("referral_file.leave_out")))
        choice = Choice(options, self._chosen(one))
        hint = text("referral_file.undecided") if one.to_decide else ""
        field = Field(text("referral_file.column.state"), choice, hint=hint)

        def decide() -> None:
            chosen = choice.value() or OUT
            if chosen in (NEW, OUT):
                self.decisions[one.line] = Decision("new" if chosen == NEW else "out")
            else:
                self.decisions[one.line] = Decision("same", Id(chosen))
            self._redraw(frozenset({one.line}))

        choice.done.connect(decide)
        card.add(field)
        return card.add(Words(text("referral_file.decide_note"), "note", "soft")) if one.likes else card

    def _chosen(self, one: LookedRow) -> str | None:
        decided = self.decisions.get(one.line)
        if decided is None:
            return None if one.to_decide else NEW
        return str(decided.participant) if decided.what == "same" else decided.what

    def _redraw(self, lines: frozenset[int]) -> None:
        """What happens to these rows says so in the table; the choice at the side keeps the focus."""
        looked = self.looked
        if self.table is not None and looked is not None:
            self.rows = [
                self._row(looked, one, self.decisions.get(one.line), came=one.line in self.came)
                if one.line in lines
                else before
                for one, before in zip(looked.rows, self.rows, strict=True)
            ]
            blocked = self.table.blockSignals(True)
            self.table.show_rows(self.rows)
            self.table.blockSignals(blocked)
        self._draw_foot()

    def _draw_foot(self) -> None:
        back = outlined(text("referral_file.back"), lambda: self.context.navigator.replace("referrals"), "arrow-left")
        parts: list[Any] = [back]
        coming = self._coming()
        if coming:
            parts.append(filled(text("referral_file.bring_in", count=len(coming)), self._bring_in, "download"))
        self.set_foot(Foot(*parts))

    def _coming(self) -> Sequence[LookedRow]:
        if self.looked is None:
            return ()
        return [row for row in referral_import.would_come(self.looked, self.decisions) if row.line not in self.came]

    def _bring_in(self) -> None:
        looked, desk = self.looked, self.context.desk
        if looked is None:
            return
        coming = frozenset(row.line for row in self._coming())
        decisions = {**self.decisions, **{line: Decision("out") for line in self.came}}

        def brought(made: tuple[Referred, ...]) -> None:
            self.came |= coming
            self.unsay()
            title = text("referral_file.done", count=len(made))
            self.say(Alert(title, text("referral_file.done_line"), "done", on_close=self.unsay))
            self._redraw(coming)
            if self.table is not None:
                self._front(self.table.key())

        self.run(lambda: referral_import.bring_in(desk, looked, decisions), brought)


def _said(field: str, message: str) -> str:
    return text("referral_file.field_says", field=field, message=message) if field else message


def _like_words(like: Like) -> str:
    why = text(f"referral.like.{like.why.value}")
    one = like.line
    return ". ".join(part for part in (one.name, born_words(one), one.address, one.nhs_number, why) if part)
