"""One scan, photo or PDF: chosen, dropped or pasted, looked at before it is kept; or one that is here already."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Clear,
    Columns,
    DateField,
    DropDown,
    Empty,
    Field,
    Fixed,
    Foot,
    PageAct,
    TextField,
    Words,
    column,
    filled,
    outlined,
    quiet,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.papers.attachment_giving import GivingCard, said
from workwell_desktop.desktop.pages.papers.attachments import added_words, title_words
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.desktop.widgets.drop_place import DropPlace, Given, on_the_clipboard
from workwell_desktop.desktop.widgets.viewer import Viewer
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.attachments import Attachment, Brought
from workwell_desktop.domain.papers import Release
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import evidence
from workwell_desktop.services.employment.evidence_views import EvidenceLine
from workwell_desktop.services.meeting import brought_on
from workwell_desktop.services.meeting.brought_on import HandingOn
from workwell_desktop.services.person import attachments, ending
from workwell_desktop.services.person.attachments import AttachmentDetails, AttachmentLine, Plain
from workwell_desktop.services.person.ending import Colleague


@dataclass(frozen=True)
class Found:
    """Everything of the page, read at once; ``line`` is None where a file is still to be brought."""

    line: AttachmentLine | None
    papers: tuple[EvidenceLine, ...]
    people: tuple[Colleague, ...]
    giving: HandingOn | None


class AttachmentPage(PersonForm):
    """``participant`` and, for one that is here, ``attachment``; for a new one perhaps the ``evidence`` it shows."""

    route = "attachment"
    help_topic = "scans"

    def build(self) -> None:
        super().build()
        self.line: AttachmentLine | None = None
        self.plain: Plain | None = None
        self.viewer: Viewer | None = None
        self._stored: AttachmentDetails | None = None

    def read(self, desk: Desk, params: Any) -> Found:
        which = params.get("attachment")
        line = attachments.find(desk, Id(which)) if which else None
        shown = line is not None and line.pages > 0 and desk.may(Act.READ, Release)
        return Found(
            line,
            evidence.view(desk, self.who).lines,
            ending.colleagues(desk) if desk.may(Act.READ, Person) else (),
            brought_on.view(desk, line.attachment) if line is not None and shown else None,
        )

    def acts(self) -> tuple[PageAct, ...]:
        new = self.line is None and self._may()
        return (
            PageAct(text("attachment.choose"), self._choose, menu="participant", enabled=lambda: new),
            PageAct(text("attachment.paste"), self._paste, "Ctrl+Shift+V", menu="participant", enabled=lambda: new),
        )

    def lay(self, found: Found) -> None:
        self.line = found.line
        self._may_write = self._may()
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(title_words(found.line) if found.line else text("attachment.new_title", name=called))
        self._place = Clear()
        self._place_box = column(self._place, (0, 0, 0, 0), 10)
        self.viewer = None
        beside = Clear()
        cards = column(beside, (0, 0, 0, 0), 12)
        cards.addWidget(self._form(found))
        if found.line is not None and found.giving is not None:
            cards.addWidget(GivingCard(self, found.line, found.giving, self._again))
        cards.addStretch(1)
        self.add(Columns([(self._place, 1), (beside, Fixed(380))]))
        self.add_end()
        if found.line is None:
            if self.plain is None:
                self._ask_for_a_file()
            else:
                self._look(self.plain)
            return
        if found.line.pages:
            self._show_pages(found.line.pages, partial(self._page_kept, found.line.attachment))
        else:
            why = text("attachment.gone_line", **self._gone(found.line))
            self._place_box.addWidget(Empty(text("attachment.not_here"), why, icon_name="x"))
        self.set_foot(Foot(self._back()))

    def leave(self) -> None:
        if self.line is not None and self.fields and self._may_write:
            self._change()
        if self.line is None:
            # what was not kept is not held on to
            self.plain = None

    def _again(self, words: str) -> None:
        """After an answer or a copy: the page as it is now, and what was done."""
        self._ask()
        said(self, words)

    # What it is

    def _form(self, found: Found) -> Card:
        line = found.line
        told = line.details if line is not None else AttachmentDetails(None, seen_by=self.context.desk.me)
        today = self.context.today()
        linked = str(told.evidence) if told.evidence else self.params.get("evidence") if line is None else None
        papers = [(str(one.evidence), self._paper_words(one)) for one in found.papers]
        people = [(str(one.person), one.name) for one in found.people]
        seen_by = str(told.seen_by) if told.seen_by else None
        if seen_by is not None and seen_by not in dict(people):
            people.append((seen_by, line.seen_by if line is not None else self.context.desk.person.name or ""))
        kinds = [(one.value, text(f"attachment.kind.{one.value}")) for one in Brought]
        kind = told.kind.value if told.kind else Brought.FIT_NOTE.value if linked and line is None else None
        card = Card(text("attachment.about"), gap=10)
        self.fields = {
            "kind": Field(text("attachment.kind_label"), Choice(kinds, kind)),
            "title": Field(text("attachment.title_label"), TextField(told.title or ""), optional=True),
            "dated": Field(text("attachment.dated"), DateField(told.dated, today=today, past=True), optional=True),
            "seen_by": Field(text("attachment.seen_by"), DropDown(people, seen_by)),
            "seen_on": Field(
                text("attachment.seen_on"), DateField(told.seen_on or (today if line is None else None), today=today)
            ),
        }
        if papers:
            shown = DropDown(papers, linked, empty=text("attachment.no_paper"))
            self.fields["evidence"] = Field(text("attachment.shows"), shown)
        card.add(*self.fields.values())
        if line is not None:
            self._stored = self._given()
            for field in self.fields.values():
                if self._may_write and line.pages:
                    field.control.done.connect(self._change)
                else:
                    field.control.set_read_only(True)
            card.rule().add(Words(added_words(line, self), "note", "soft"))
            card.add(Words(text("attachment.never_sent"), "note", "soft"))
            if self._may_write and line.pages:
                self.fields["why"] = Field(text("attachment.why"), TextField(""), hint=text("attachment.why_hint"))
                card.rule().add(self.fields["why"])
                card.add_left(outlined(text("attachment.remove"), self._remove, "trash-2"))
        return card.end()

    def _paper_words(self, one: EvidenceLine) -> str:
        kind, first = text(f"absence.kind.{one.details.kind.value}"), one.details.starts_on
        day = short_day(first, self.context.today()) if first else ""
        return text("attachment.paper_from", kind=kind, day=day) if day else kind

    def _gone(self, line: AttachmentLine) -> dict[str, str]:
        day = short_day(line.removed_on, self.context.today()) if line.removed_on else ""
        return {"what": title_words(line), "day": day, "name": line.removed_by, "why": line.removed_why}

    def _given(self) -> AttachmentDetails:
        control = {name: field.control for name, field in self.fields.items()}
        kind, seen_by = control["kind"].value(), control["seen_by"].value()
        paper = control["evidence"].value() if "evidence" in control else None
        return AttachmentDetails(
            kind=Brought(kind) if kind else None,
            title=control["title"].value() or None,
            dated=control["dated"].day(),
            evidence=Id(paper) if paper else None,
            seen_by=Id(seen_by) if seen_by else None,
            seen_on=control["seen_on"].day(),
        )

    # Bringing one

    def _ask_for_a_file(self, fault: str = "") -> None:
        """The place for a file, with the three ways to bring one; and what was wrong with the last."""
        self._clear_place()
        drop = DropPlace(text("attachment.drop"))
        drop.given.connect(self._take)
        if self._may_write:
            for button in (
                outlined(text("attachment.choose"), self._choose, "folder-open"),
                outlined(text("attachment.paste"), self._paste, "copy"),
            ):
                drop.box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        drop.box.addWidget(Words(text("attachment.kinds_taken"), "note", "soft"))
        drop.box.addStretch(1)
        self._place_box.addWidget(drop, 1)
        self.set_foot(Foot(self._back()))

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, text("attachment.choose"), "", text("attachment.kinds_filter"))
        if name:
            self._take(Path(name))

    def _paste(self) -> None:
        found = on_the_clipboard()
        if found is None:
            self.unsay()
            self.say(Alert("", text("attachment.nothing_copied"), "due", on_close=self.unsay))
        else:
            self._take(found)

    def _take(self, given: Given) -> None:
        """Looks into it on the worker; what is wrong with it stands in the bar, and nothing is lost."""
        if not self._may_write or self.line is not None:
            return
        desk = self.context.desk
        self.unsay()

        def look() -> Plain:
            if isinstance(given, Path):
                return attachments.look_into_file(desk, given)
            return attachments.look_into(desk, given)

        self.run(look, self._look)

    def _look(self, plain: Plain) -> None:
        """Shows what would be kept."""
        self.plain = plain
        self._show_pages(plain.pages, partial(self._page_before, plain))
        if self._may_write:
            other = quiet(text("attachment.another"), self._forget, "x")
            keep = filled(text("attachment.keep"), self._keep, "check")
            self.set_foot(Foot(self._back(), keep, left=other))

    def _forget(self) -> None:
        self.plain = None
        self._ask_for_a_file()

    def _keep(self) -> None:
        for field in self.fields.values():
            field.show_error("")
        if self.plain is None or self.wrong():
            return
        desk, who, plain, given = self.context.desk, self.who, self.plain, self._given()

        def kept(_made: Id) -> None:
            self.plain = None
            self.context.navigator.replace("attachments", participant=str(who))

        self.run(lambda: attachments.attach(desk, who, plain, given), kept, self.refused)

    # Looking at it

    def _show_pages(self, pages: int, ask: Callable[[Viewer, int, int], None]) -> None:
        self._clear_place()
        name = title_words(self.line) if self.line is not None else text("attachment.before_keeping")
        viewer = Viewer(name, pages)
        viewer.wanted.connect(partial(ask, viewer))
        self.viewer = viewer
        self._place_box.addWidget(viewer, 1)
        viewer.ask()

    def _page_kept(self, which: Id, viewer: Viewer, page: int, width: int) -> None:
        desk = self.context.desk
        self.run(lambda: attachments.page(desk, which, page, width), partial(self._shown, viewer, page))

    def _page_before(self, plain: Plain, viewer: Viewer, page: int, width: int) -> None:
        desk = self.context.desk
        self.run(lambda: attachments.page_before(desk, plain, page, width), partial(self._shown, viewer, page))

    def _shown(self, viewer: Viewer, page: int, png: bytes) -> None:
        if viewer is self.viewer:
            viewer.show_page(png, page)

    def _clear_place(self) -> None:
        self.viewer = None
        while self._place_box.count():
            empty(self._place_box.takeAt(0))

    # Changing and taking away

    def _change(self) -> None:
        if self.line is None or any(field.control.fault() for field in self.fields.values()):
            return
        given = self._given()
        if given == self._stored:
            return
        before, self._stored = self._stored, given
        desk, which = self.context.desk, self.line.attachment

        def failed(error: Exception) -> None:
            self._stored = before
            self.refused(error)

        def kept(_nothing: object) -> None:
            for field in self.fields.values():
                field.show_error("")
            self.errors.show_links([])
            self.saved()

        self.run(lambda: attachments.change(desk, which, given), kept, failed)

    def _remove(self) -> None:
        why = self.fields["why"].control.value()
        if not why:
            self.fields["why"].show_error(text("attachment.why_missing"))
            self.fields["why"].focus()
            return
        if self.line is None:
            return
        desk, which = self.context.desk, self.line.attachment

        def gone(_nothing: object) -> None:
            self.line, self.fields = None, {}
            self.context.navigator.replace("attachments", participant=str(self.who))

        self.run(lambda: attachments.remove(desk, which, why), gone, self.refused)

    def _may(self) -> bool:
        return self.context.desk.may(Act.RECORD_WORK, Attachment)

    def _back(self) -> Any:
        back = partial(self.context.navigator.replace, "attachments", participant=str(self.who))
        return outlined(text("attachment.back"), back, "arrow-left")
