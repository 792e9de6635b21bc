"""What is due by the rules of retention, each with why; and the log of what was erased, which names nobody."""

from dataclasses import dataclass
from functools import partial

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Empty,
    Page,
    Params,
    RowFacts,
    RowList,
    Words,
    date_words,
    moment_words,
    short_day,
    text,
)
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.services.safekeeping import erasing, retention
from workwell_desktop.services.safekeeping.erasing import Entry
from workwell_desktop.services.safekeeping.retention import Aged, Review

_KINDS = frozenset({"erasure", "kept_longer", "participant", "episode"})


@dataclass(frozen=True, slots=True)
class _Found:
    review: Review
    log: tuple[Entry, ...]


class RetentionPage(Page):
    """For those who may erase or agree to it."""

    route = "retention"
    nav = "settings"
    help_topic = "retention"

    def build(self) -> None:
        self.rows = RowList((), name=text("retention.title"))
        self.done = RowList((), name=text("retention.log"))

    def enter(self, params: Params) -> None:
        self._ask(first=True)

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in _KINDS for kind, _record, _scope in records):
            self._ask(first=False)

    def _ask(self, *, first: bool) -> None:
        desk = self.context.desk
        self.run(
            lambda: _Found(retention.review(desk), erasing.log(desk)), lambda found: self._show(found, first=first)
        )

    def _show(self, found: _Found, *, first: bool) -> None:
        today = self.context.today()
        aged = found.review.aged
        due = [one for one in aged if one.due(today)]
        kept = [one for one in aged if not one.due(today)]
        note = text("retention.due_count", count=found.review.due) if due else text("retention.none_due")
        self.set_title(text("retention.title"), note)
        self.clear_body()
        self.rows, self.done = RowList((), name=text("retention.title")), RowList((), name=text("retention.log"))
        if first and not self.context.desk.site.retention.rules:
            self.say(Alert("", text("retention.no_rules"), "info"))
        self.add(Words(text("retention.line"), "body", "soft"))
        if aged:
            groups = [(text("retention.due"), due), (text("retention.kept"), kept)]
            self.rows.show_groups([(head, [self._row(one) for one in some]) for head, some in groups if some])
            card = Card(flush=True, gap=0)
            card.add(self.rows)
            self.add(card)
            if found.review.more:
                self.add(Words(text("retention.more", count=found.review.more), "note", "soft"))
        else:
            card = Card(flush=True)
            card.add(Empty(text("retention.nothing"), text("retention.nothing_line"), icon_name="history"))
            self.add(card)
        log = Card(text("retention.log"), gap=8)
        log.add(Words(text("retention.log_line" if found.log else "retention.log_nothing"), "note", "soft"))
        if found.log:
            self.done.show_groups([("", [self._entry(one) for one in found.log])])
            log.add(self.done)
        self.add(log.end())
        self.add_end()
        if first:
            self.ready()

    def _row(self, one: Aged) -> RowFacts:
        today = self.context.today()
        what = text(f"retention.what.{one.what}")
        parts = [text("retention.last_line", day=date_words(one.last), what=what), f"{one.label}. {one.source}"]
        if one.kept is not None:
            parts.append(text("retention.kept_until", day=date_words(one.kept.until), by=one.kept.by))
            parts += [said for said in (one.kept.reason, one.kept.words) if said]
        return RowFacts(
            title=one.name,
            line=" · ".join(parts),
            icon="history",
            when=text("retention.was_due", day=short_day(one.until, today)),
            when_tint="due" if one.due(today) else "",
            act=text("retention.act"),
            on_act=partial(self._decide, one.case),
            on_open=partial(self._decide, one.case),
            told_apart=text("retention.born", day=date_words(one.born)) if one.born else "",
        )

    def _entry(self, one: Entry) -> RowFacts:
        today = self.context.today()
        who = text("retention.by_two", first=one.decided_by, second=one.second) if one.second else one.decided_by
        hub = text("retention.log_hub_open") if one.hub else ""
        if one.hub_at is not None:
            hub = text("retention.log_hub", day=short_day(one.hub_at.astimezone(LONDON).date(), today))
        parts = [text(f"retention.reason.{one.reason.value}") if one.reason else "", who, hub]
        if one.only_here:
            parts.append(text("retention.log_only_here"))
        return RowFacts(
            title=text("retention.log_row", number=one.case[:8]),
            line=" · ".join(part for part in parts if part),
            icon="trash-2",
            when=moment_words(one.at.astimezone(LONDON), today) if one.at else "",
            on_open=partial(self._decide, one.case),
        )

    def _decide(self, case: Id) -> None:
        self.go("erase", participant=str(case))
