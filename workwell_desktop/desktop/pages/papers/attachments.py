"""What somebody brought: every scan, photo and PDF of one record, and those that were taken away."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Card,
    Change,
    Empty,
    Foot,
    PageAct,
    RowFacts,
    RowList,
    Words,
    date_words,
    filled,
    long_day,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import attachments
from workwell_desktop.services.person.attachments import AttachmentLine


class AttachmentsPage(PersonForm):
    """``participant``."""

    route = "attachments"
    help_topic = "scans"

    def read(self, desk: Desk, params: Any) -> tuple[AttachmentLine, ...]:
        return attachments.listed(desk, self.who)

    def changed(self, records: frozenset[Change]) -> None:
        super().changed(records)
        if any(kind == "attachment" and scope == self.who for kind, _record, scope in records):
            self._ask()

    def acts(self) -> tuple[PageAct, ...]:
        may = self.context.desk.may(Act.RECORD_WORK, Attachment)
        return (PageAct(text("attachment.add"), self._add, menu="participant", enabled=lambda: may),)

    def lay(self, found: tuple[AttachmentLine, ...]) -> None:
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("attachment.list_title", name=called), text("attachment.list_note"))
        here = [one for one in found if one.removed_on is None]
        gone = [one for one in found if one.removed_on is not None]
        card = Card(text("attachment.here", count=len(here)), flush=True)
        if here:
            card.add(RowList([("", [self._row(one) for one in here])], name=text("attachment.list_name")))
        else:
            card.add(Empty(text("attachment.none"), text("attachment.none_line"), icon_name="paperclip"))
        self.add(card.end())
        if gone:
            taken = Card(text("attachment.gone", count=len(gone)))
            for one in gone:
                taken.add(Words(self._gone_words(one), "note"))
            self.add(taken.end())
        self.add_end()
        back = partial(self.context.navigator.replace, "work", participant=str(self.who))
        buttons = [outlined(text("attachment.back_to_work"), back, "arrow-left")]
        if self.context.desk.may(Act.RECORD_WORK, Attachment):
            buttons.append(filled(text("attachment.add"), self._add, "plus"))
        self.set_foot(Foot(*buttons))

    def _add(self) -> None:
        self.go("attachment", participant=str(self.who))

    def _row(self, one: AttachmentLine) -> RowFacts:
        opened = partial(self.go, "attachment", participant=str(self.who), attachment=str(one.attachment))
        return RowFacts(title_words(one), line_words(one), "file-text", on_open=opened)

    def _gone_words(self, one: AttachmentLine) -> str:
        day = long_day(one.removed_on, self.context.today()) if one.removed_on else ""
        said = {"what": title_words(one), "day": day, "name": one.removed_by, "why": one.removed_why}
        return text("attachment.gone_line", **said)


def title_words(one: AttachmentLine) -> str:
    """ "Fit note: Hebble Street"."""
    kind = text(f"attachment.kind.{one.details.kind.value if one.details.kind else 'other'}")
    return text("attachment.titled", kind=kind, title=one.details.title) if one.details.title else kind


def line_words(one: AttachmentLine) -> str:
    """ "Dated 3 November 2026. Seen by Maya Okafor. 2 pages"."""
    parts = []
    if one.details.dated is not None:
        parts.append(text("attachment.dated_on", day=date_words(one.details.dated)))
    if one.seen_by:
        parts.append(text("attachment.seen", name=one.seen_by))
    parts.append(text("attachment.pages", count=one.pages))
    return ". ".join(parts)


def added_words(one: AttachmentLine, page: PersonForm) -> str:
    """Who put it here, and when."""
    if one.added_at is None:
        return one.added_by
    when = moment_words(one.added_at.astimezone(LONDON), page.context.today())
    return text("attachment.added", name=one.added_by, when=when)
