"""Services that were chosen with one person: where each stands, its letter, and what came of it."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Columns,
    DateField,
    DropDown,
    Empty,
    Field,
    Foot,
    LongText,
    PageAct,
    RowFacts,
    RowList,
    SummaryList,
    Tag,
    filled,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.desktop.pages.printing import choose_printer, draw_pages, print_width
from workwell_desktop.desktop.widgets.paper import Sheet
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.directory import STEPS, NotStarted, Stage, Way, day_of
from workwell_desktop.domain.papers import Approval, ApprovalHow, Document, ReleaseHow
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import letters, register
from workwell_desktop.services.paperwork.letters import LetterView
from workwell_desktop.services.signposting import service_loops
from workwell_desktop.services.signposting.service_loops import LoopView

WIDTH = 900
"""Pixels of the letter as it is drawn for the page."""
Found = tuple[tuple[LoopView, ...], LetterView | None, bytes]


class LoopsPage(PersonForm):
    """``participant`` and, to begin with one, ``loop``."""

    route = "loops"
    help_topic = "services"

    def build(self) -> None:
        super().build()
        self.one: LoopView | None = None
        self.paper: LetterView | None = None

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(text("loops.find"), self._find, "Ctrl+Shift+S"),)

    def read(self, desk: Desk, params: Any) -> Found:
        found = service_loops.of_participant(desk, self.who)
        chosen = next((one for one in found if str(one.loop.id) == params.get("loop")), found[0] if found else None)
        if chosen is None or chosen.loop.way is not Way.REFERRAL or not desk.may(Act.READ, Document):
            return found, None, b""
        paper = letters.letter(desk, chosen.loop.id)
        return found, paper, register.page_images(desk, paper.pdf, WIDTH)[0]

    def lay(self, found: Found) -> None:
        views, self.paper, png = found
        called = self.head.banner.called if self.head is not None else ""
        find = outlined(text("loops.find"), self._find, "search")
        self.set_title(text("loops.title", name=called), "", find)
        self.one = next((one for one in views if str(one.loop.id) == self.params.get("loop")), None)
        self.one = self.one or (views[0] if views else None)
        if self.one is None:
            self.add(Empty(text("loops.empty"), text("loops.empty_line"), icon_name="map-pin"), stretch=1)
            self.set_foot(Foot(self.back_button()))
            return
        listed = Card(flush=True)
        listed.add(RowList([("", [self._row(one) for one in views])], name=text("loops.title", name=called)))
        left = self._steps(self.one)
        right = self._letter(self.paper, png, called) if self.paper is not None else listed
        self.add(Columns([(left, 3), (right, 2)]))
        if right is not listed:
            self.add(listed)
        self.add_end()
        record = [filled(text("loops.record"), self._record, "check")] if self.one.open else []
        self.set_foot(Foot(self.back_button(), *record))

    def _row(self, one: LoopView) -> RowFacts:
        stage = text(f"loops.stage.{one.stage.value}")
        since = text("loops.since", count=one.days) if one.days else text("loops.since_today")
        opened = partial(self._open, str(one.loop.id))
        return RowFacts(
            one.loop.name or "",
            text(f"loops.way.{one.loop.way.value}") if one.loop.way else "",
            "map-pin",
            when=f"{stage}. {since}" if one.open else stage,
            when_tint="due" if one.late else "" if one.open else "done",
            on_open=opened,
        )

    def _steps(self, one: LoopView) -> Card:
        loop, today = one.loop, self.context.today()
        card = Card(loop.name or "", gap=10, corner=Tag(text(f"loops.stage.{one.stage.value}"), _tint(one)))
        days = [(step, day) for step in (Stage.CHOSEN, *STEPS) if (day := day_of(loop, step)) is not None]
        rows = [(text(f"loops.stage.{step.value}"), long_day(day, today)) for step, day in days]
        if loop.why is not None:
            why = ". ".join(part for part in (text(f"loops.why.{loop.why.value}"), loop.why_note or "") if part)
            rows.append((text("loops.why_label"), why))
        if loop.effect:
            rows.append((text("loops.effect_label"), loop.effect))
        card.add(SummaryList(rows, ruled=True))
        self.fields = {}
        if not one.open:
            return card.add(Alert("", text("loops.closed"), "done")).end()
        ahead = [step for step in STEPS if STEPS.index(step) > _place(one.stage)]
        if loop.started_on is not None:
            ahead.remove(Stage.NOT_STARTED)
        steps = [(step.value, text(f"loops.stage.{step.value}")) for step in ahead]
        whys = [(why.value, text(f"loops.why.{why.value}")) for why in NotStarted]
        self.fields = {
            "stage": Field(text("loops.step_label"), Choice(steps, steps[0][0], columns=3)),
            "on": Field(text("loops.day"), DateField(today, today=today, past=True)),
            "why": Field(text("loops.why_label"), DropDown(whys, empty=True, width=320)),
            "note": Field(text("loops.note_label"), LongText(""), optional=True),
            "effect": Field(text("loops.effect_label"), LongText(""), optional=True),
        }
        self.fields["stage"].control.done.connect(self._what_changed)
        card.rule().add(*self.fields.values())
        self._what_changed()
        return card.end()

    def _what_changed(self) -> None:
        stage = self.fields["stage"].control.value()
        for name in ("why", "note"):
            self.fields[name].setVisible(stage == Stage.NOT_STARTED.value)
        self.fields["effect"].setVisible(stage == Stage.COMPLETED.value)

    def _letter(self, paper: LetterView, png: bytes, called: str) -> Card:
        card = Card(text("loops.letter"), gap=10)
        tint = {"agreed": "done", "refused": "neutral"}.get(paper.state, "due")
        card.add_left(Tag(text(f"loops.state.{paper.state}"), tint))
        sheet = Sheet(text("loops.letter"))
        sheet.show_png(png)
        desk = self.context.desk
        if paper.open and paper.state != "agreed" and desk.may(Act.APPROVE_PAPERS, Approval):
            hows = [(how.value, text(f"loops.how.{how.value}")) for how in ApprovalHow]
            self.fields["how"] = Field(text("loops.how_label"), Choice(hows, ApprovalHow.IN_ROOM.value))
            card.add(self.fields["how"])
            card.add_left(outlined(text("loops.seen_yes", name=called), partial(self._agree, True), "check"))
            card.add_left(outlined(text("loops.seen_no", name=called), partial(self._agree, False)))
        if paper.state == "agreed" and desk.may(Act.RELEASE_PAPERS, Document):
            card.add_left(outlined(text("loops.print"), self._print, "printer"))
            card.add_left(outlined(text("loops.save_letter"), self._save, "download"))
        if self.one is not None and paper.open:
            asked = LongText(self.one.loop.asked or "", lines=2)
            self.fields["asked"] = Field(text("loops.asked"), asked, hint=text("loops.asked_hint"))
            asked.done.connect(self._ask_otherwise)
            card.add(self.fields["asked"])
        return card.add(sheet).end()

    def _open(self, loop: str) -> None:
        self.params = {"participant": str(self.who), "loop": loop}
        self._ask()

    def _find(self) -> None:
        self.go("services", participant=str(self.who))

    def _loop(self) -> Id:
        return self.one.loop.id if self.one is not None else Id("")

    def _do(self, act: Any) -> None:
        desk = self.context.desk
        self.run(lambda: act(desk), lambda _no: self._ask(), self.refused)

    def _record(self) -> None:
        for field in self.fields.values():
            field.show_error("")
        if self.wrong():
            return
        loop, said = self._loop(), self.fields
        stage, why = Stage(said["stage"].control.value()), said["why"].control.value()
        day, note, effect = said["on"].control.day(), said["note"].control.value(), said["effect"].control.value()
        reason = NotStarted(why) if why and stage is Stage.NOT_STARTED else None
        self._do(lambda desk: service_loops.record(desk, loop, stage, day, why=reason, note=note, effect=effect))

    def _ask_otherwise(self) -> None:
        words, loop = self.fields["asked"].control.value(), self._loop()
        if self.one is not None and words != (self.one.loop.asked or ""):
            self._do(lambda desk: service_loops.ask(desk, loop, words))

    def _agree(self, given: bool) -> None:
        if self.paper is None:
            return
        loop, content = self._loop(), self.paper.content
        how = ApprovalHow(self.fields["how"].control.value() or ApprovalHow.IN_ROOM.value)
        self._do(lambda desk: letters.agree(desk, loop, content, given=given, how=how))

    def _print(self) -> None:
        printer = choose_printer(self, text("loops.print_title"))
        if printer is None:
            return
        desk, loop, width = self.context.desk, self._loop(), print_width(printer)

        def done(pages: list[bytes]) -> None:
            draw_pages(printer, pages)
            self._given()

        self.run(lambda: register.page_images(desk, letters.give(desk, loop, ReleaseHow.PRINTED), width), done)

    def _save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, text("loops.save_letter"), text("loops.letter_file"), text("loops.letter_kinds")
        )
        if chosen:
            desk, loop = self.context.desk, self._loop()
            self.run(lambda: letters.save(desk, loop, Path(chosen)), lambda _no: self._given())

    def _given(self) -> None:
        self._ask()
        self.say(Alert("", text("loops.letter_given"), "done", on_close=self.unsay))


def _place(stage: Stage) -> int:
    return STEPS.index(stage) if stage in STEPS else -1


def _tint(one: LoopView) -> str:
    return "due" if one.late else "info" if one.open else "done"
