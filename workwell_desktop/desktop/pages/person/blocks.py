"""Sessions that we hold ourselves: offered, attended so many of so many, ended, and what changed."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Card,
    Choice,
    Columns,
    Empty,
    Field,
    Foot,
    LongText,
    NumberField,
    SummaryList,
    Tag,
    TextField,
    filled,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.appointments import BlockOutcome
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import blocks
from workwell_desktop.services.person.blocks import BlockView

USUAL = 6
"""Sessions that are offered unless another number is written."""


class BlocksPage(PersonForm):
    """``participant``."""

    route = "blocks"
    help_topic = "appointment"

    def read(self, desk: Desk, params: Any) -> tuple[BlockView, ...]:
        return blocks.of_participant(desk, self.who)

    def lay(self, found: tuple[BlockView, ...]) -> None:
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("blocks.title", name=called))
        form = Card(text("blocks.offer_title"), gap=10)
        self.fields = {
            "what": Field(text("blocks.what"), TextField(), hint=text("blocks.what_hint")),
            "sessions": Field(text("blocks.sessions"), NumberField(USUAL, low=1, high=blocks.MOST)),
        }
        form.add(*self.fields.values())
        listed: list[Any] = [self._block(one) for one in found]
        if not found:
            listed = [Card().add(Empty(text("blocks.none"), text("blocks.none_line"), icon_name="calendar-days")).end()]
        self.add(Columns([(listed[0], 3), (form.end(), 2)]))
        for card in listed[1:]:
            self.add(card)
        self.add_end()
        self.set_foot(Foot(self.back_button(), filled(text("blocks.offer"), self._offer, "plus")))

    def _block(self, one: BlockView) -> Card:
        block, today = one.block, self.context.today()
        state = text("blocks.attended", count=one.attended, of=block.offered or 0)
        card = Card(block.what or "", gap=10, corner=Tag(state, "info" if one.open else "done"))
        rows = [
            (text("blocks.offered_on"), long_day(block.offered_on, today) if block.offered_on else ""),
            (text("blocks.started_on"), long_day(block.started_on, today) if block.started_on else ""),
            (text("blocks.missed"), str(one.missed) if one.missed else ""),
            (text("blocks.lead"), one.lead),
            (text("blocks.ended_on"), long_day(block.ended_on, today) if block.ended_on else ""),
            (text("blocks.outcome"), text(f"blocks.how.{block.outcome.value}") if block.outcome else ""),
            (text("blocks.effect"), block.effect or ""),
        ]
        card.add(SummaryList([row for row in rows if row[1]], ruled=True))
        if one.open:
            hows = [(how.value, text(f"blocks.how.{how.value}")) for how in BlockOutcome]
            self.fields[f"how {block.id}"] = Field(text("blocks.outcome"), Choice(hows, BlockOutcome.COMPLETED.value))
            self.fields[f"effect {block.id}"] = Field(text("blocks.effect"), LongText(""), optional=True)
            card.add_left(outlined(text("blocks.came"), partial(self._session, block.id, True), "check"))
            card.add_left(outlined(text("blocks.did_not"), partial(self._session, block.id, False)))
            card.rule().add(self.fields[f"how {block.id}"], self.fields[f"effect {block.id}"])
            card.add_left(outlined(text("blocks.end"), partial(self._end, block.id), "flag"))
        return card.end()

    def _do(self, act: Any) -> None:
        desk = self.context.desk
        self.run(lambda: act(desk), lambda _no: self._ask(), self.refused)

    def _offer(self) -> None:
        if self.wrong():
            return
        who, what = self.who, self.fields["what"].control.value()
        sessions = int(self.fields["sessions"].control.number() or 0)
        self._do(lambda desk: blocks.offer(desk, who, what, sessions))

    def _session(self, block: Id, came: bool) -> None:
        self._do(lambda desk: blocks.attended(desk, block, came=came))

    def _end(self, block: Id) -> None:
        outcome = BlockOutcome(self.fields[f"how {block}"].control.value() or BlockOutcome.COMPLETED.value)
        effect = self.fields[f"effect {block}"].control.value()
        self._do(lambda desk: blocks.end(desk, block, outcome, effect))
