"""Beside the copy of everything: what others said or what names them, each to be kept in the copy or held back."""

from collections.abc import Callable
from functools import partial

from workwell_desktop.desktop.kit import Card, DropDown, Field, Words, text
from workwell_desktop.domain.records import Id
from workwell_desktop.services.paperwork.access_copies import Held, Reason
from workwell_desktop.services.paperwork.access_marks import Mark

LONGEST = 160
"""Letters of an entry that are shown here; the whole stands on the page."""
MOST = 30
"""Entries that are shown at once."""


class MarksCard(Card):
    """``decide`` is called with a record, its field, and why it is held back, or None for the copy."""

    def __init__(self, marks: tuple[Mark, ...], held: Held, decide: Callable[[Id, str, Reason | None], None]) -> None:
        super().__init__(text("handout.marks.title"), gap=10)
        self.add(Words(text("handout.marks.line"), "note", "soft"))
        reasons = [(one.value, text(f"handout.held.{one.value}")) for one in Reason]
        for one in marks[:MOST]:
            why = held.get((one.record, one.field))
            choice = DropDown(
                reasons, why.value if why is not None else None, empty=text("handout.marks.in_copy"), width=420
            )
            choice.done.connect(partial(self._chosen, choice, one, decide))
            self.add(Field(_which(one), choice, hint=_what(one)))
        if not marks:
            self.add(Words(text("handout.marks.none"), "body"))
        if len(marks) > MOST:
            self.add(Words(text("handout.marks.more", count=len(marks) - MOST), "body"))

    @staticmethod
    def _chosen(choice: DropDown, one: Mark, decide: Callable[[Id, str, Reason | None], None]) -> None:
        value = choice.value()
        decide(one.record, one.field, Reason(value) if value else None)


def _which(one: Mark) -> str:
    if one.title:
        return text("handout.marks.which", kind=one.kind, title=one.title, field=one.label)
    return text("handout.marks.which_undated", kind=one.kind, field=one.label)


def _what(one: Mark) -> str:
    said = one.words if len(one.words) <= LONGEST else one.words[:LONGEST].rsplit(" ", 1)[0] + "…"
    names = text("handout.marks.names", names=", ".join(one.names)) if one.names else ""
    others = text("handout.marks.by_others") if one.by_others else ""
    return ". ".join(part for part in (names, others, f"“{said}”") if part)
