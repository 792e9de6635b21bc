"""The card of one scan or photo on which the person chooses who may have a copy, and a copy is saved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    DropDown,
    Field,
    TextField,
    Words,
    outlined,
    quiet,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import Approval, ApprovalHow, Release
from workwell_desktop.domain.participants import Party
from workwell_desktop.services.meeting import brought_on
from workwell_desktop.services.meeting.brought_on import Answer, HandingOn
from workwell_desktop.services.person.attachments import AttachmentLine

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
HOW = (ApprovalHow.IN_ROOM, ApprovalHow.ON_PAPER)
"""A picture is not read out on the telephone."""


class GivingCard(Card):
    """``done`` is called after each act, to show the page anew."""

    def __init__(self, page: PersonForm, line: AttachmentLine, found: HandingOn, done: Callable[[str], None]) -> None:
        super().__init__(text("attachment.giving"), gap=10)
        self._page, self._line, self._done = page, line, done
        self._gp = found.gp
        self._called = page.head.banner.called if page.head is not None else ""
        desk, today = page.context.desk, page.context.today()
        self.add(Words(text("attachment.giving_note", name=self._called), "note", "soft"))
        self._may_give = desk.may(Act.RELEASE_PAPERS, Release)
        if self._may_give:
            own = partial(self._save, Party.PARTICIPANT, "")
            self.add_left(outlined(text("attachment.give_own", name=self._called), own, "download"))
        for one in found.answers:
            self._stands(one)
        if desk.may(Act.APPROVE_PAPERS, Approval):
            self._ask()
        for gone in found.gone:
            day = short_day(london_day(gone.at), today)
            self.add(
                Words(text("attachment.given_on", who=gone.name, day=day, name=gone.by_name), "note", "soft", wrap=True)
            )

    def _stands(self, one: Answer) -> None:
        """An answer, and the copy that it lets go out."""
        day = short_day(london_day(one.at), self._page.context.today()) if one.at else ""
        self.add(Words(text(f"attachment.state_{one.state}", who=one.name, day=day), "note"))
        if one.state == "agreed" and self._may_give:
            words = text("attachment.to_give", who=one.name)
            self.add_left(outlined(words, partial(self._save, one.party, one.name), "download"))

    def _ask(self) -> None:
        parties = [(one.value, text(f"attachment.party.{one.value}")) for one in brought_on.PARTIES]
        self.party = Field(text("attachment.to_whom"), DropDown(parties, Party.GP.value))
        self.name = Field(text("attachment.to_name"), TextField(self._gp))
        how = [(one.value, text(f"plan.how.{one.value}")) for one in HOW]
        self.how = Field(text("attachment.asked", name=self._called), Choice(how, ApprovalHow.IN_ROOM.value))
        self.party.control.done.connect(self._named)
        self.rule().add(self.party, self.name, self.how)
        self.add_left(outlined(text("attachment.agrees", name=self._called), partial(self._answer, True), "check"))
        self.add_left(quiet(text("attachment.refuses", name=self._called), partial(self._answer, False), "x"))

    def _named(self) -> None:
        """The name that the record knows for the party that was chosen."""
        party = Party(self.party.control.value())
        known = {Party.GP: self._gp, Party.JOBCENTRE: text("attachment.party.jobcentre")}
        self.name.control.set_value(known.get(party, ""))

    def _answer(self, agreed: bool) -> None:
        desk, which = self._page.context.desk, self._line.attachment
        party, name = Party(self.party.control.value()), self.name.control.value()
        how = ApprovalHow(self.how.control.value())
        self._page.run(
            lambda: brought_on.answer(desk, which, party, name, agreed, how=how),
            lambda _made: self._done(text("attachment.noted")),
        )

    def _save(self, party: Party, name: str) -> None:
        ending = ENDINGS.get(self._line.media_type, "pdf")
        first = text("attachment.save_name", ending=ending)
        chosen, _kind = QFileDialog.getSaveFileName(self, text("attachment.save_title"), first, f"*.{ending}")
        if chosen:
            desk, which, place = self._page.context.desk, self._line.attachment, Path(chosen)
            self._page.run(
                lambda: brought_on.save_as(desk, which, party, name, place),
                lambda _nothing: self._done(text("attachment.gave")),
            )


def said(page: PersonForm, words: str) -> None:
    """The bar that says what was done."""
    page.unsay()
    page.say(Alert("", words, "done", on_close=page.unsay))
