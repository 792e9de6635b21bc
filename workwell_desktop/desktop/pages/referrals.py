"""Referrals that nobody has taken on: read them, note what the person agrees to, take them on."""

from functools import partial

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Clear,
    Empty,
    Flow,
    Page,
    PageAct,
    Params,
    SummaryList,
    date_words,
    filled,
    long_day,
    outlined,
    quiet,
    text,
)
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.participants import AgreementKind
from workwell_desktop.services import referrals
from workwell_desktop.services.referrals import WaitingReferral


class ReferralsPage(Page):
    """All that wait; ``participant`` or ``episode`` puts that one first."""

    route = "referrals"
    nav = "today"
    help_topic = "referral"

    def enter(self, params: Params) -> None:
        self.run(lambda: referrals.waiting(self.context.desk), self._show)

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in ("referral", "episode", "agreement", "participant") for kind, _record, _scope in records):
            self.run(lambda: referrals.waiting(self.context.desk), self._show)

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(text("today.new_referral"), lambda: self.go("referral"), "Ctrl+N"),)

    def _show(self, found: tuple[WaitingReferral, ...]) -> None:
        self.clear_body()
        new = outlined(text("today.new_referral"), lambda: self.go("referral"), "plus")
        self.set_title(text("referrals.title"), "", new)
        if not found:
            self.add(Empty(text("referrals.none"), text("referrals.none_line"), icon_name="inbox"))
        first = self.params.get("episode") or self.params.get("participant")
        ordered = sorted(found, key=lambda one: first not in (str(one.episode), str(one.participant)))
        for place, one in enumerate(ordered):
            self.add(self._card(one, first=place == 0))
        self.add_end()
        self.ready()

    def _card(self, one: WaitingReferral, *, first: bool) -> Card:
        today, desk = self.context.today(), self.context.desk
        born = text("referral.born", day=date_words(one.birth_date)) if one.birth_date else ""
        note = ". ".join(part for part in (born, one.address) if part)
        card = Card(one.name, note)
        source = text(f"referral.source_of.{one.source.value}") if one.source else ""
        agreed = [text(f"agreement.kind.{kind.value}") for kind in AgreementKind if kind in one.agreed]
        rows = [
            (text("referrals.from_whom"), ", ".join(part for part in (source, one.referrer_name) if part)),
            (text("referrals.reason"), one.reason),
            (text("referrals.received"), long_day(one.received_on, today) if one.received_on else ""),
            (text("referrals.first_by"), long_day(one.by, today) if one.by else ""),
            (text("referrals.agreed"), ", ".join(agreed) or text("referrals.nothing_agreed")),
        ]
        card.add(SummaryList([(name, words) for name, words in rows if words], ruled=True))
        line = Clear()
        flow = Flow(line, 10)
        who = str(one.participant)
        if desk.may(Act.EDIT_EPISODE, Episode):
            if AgreementKind.TAKE_PART in one.agreed:
                take = filled if first else outlined
                flow.addWidget(take(text("referrals.take_on", name=one.name), partial(self._take, one), "user-plus"))
            else:
                ask = filled if first else outlined
                go = partial(self.go, "agreement", participant=who, kind="take_part", party="participant")
                flow.addWidget(ask(text("referrals.note_agreement"), go, "pen-line"))
            if not one.read:
                flow.addWidget(outlined(text("referrals.mark_read"), partial(self._read, one), "check"))
        flow.addWidget(quiet(text("referrals.open_record"), partial(self.go, "record", participant=who), "arrow-right"))
        return card.add(line)

    def _read(self, one: WaitingReferral) -> None:
        desk = self.context.desk
        self.run(lambda: referrals.mark_read(desk, one.referral))

    def _take(self, one: WaitingReferral) -> None:
        desk = self.context.desk

        def taken(_nothing: object) -> None:
            self.unsay()
            self.say(Alert("", text("referrals.taken", name=one.name), "done", on_close=self.unsay))

        self.run(lambda: referrals.accept(desk, one.episode), taken)
