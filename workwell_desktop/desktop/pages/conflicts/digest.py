"""What others changed in my cases since I last looked: a row a case, who and what, and the way into the record."""

from functools import partial

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Empty,
    Foot,
    Page,
    Params,
    RowFacts,
    RowList,
    filled,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.screen import has
from workwell_desktop.services.safekeeping import digest
from workwell_desktop.services.safekeeping.digest import ByWhom, CaseNews, Changed, Digest

_FEW = 6
"""Kinds of record that a line names; the record has all of them, by date."""


class DigestPage(Page):
    """No parameters. A case that is opened from here counts as seen; so does everything, by the filled button."""

    route = "digest"
    nav = "today"
    help_topic = "conflict"

    def enter(self, params: Params) -> None:
        self._ask()

    def changed(self, records: frozenset[Change]) -> None:
        self._ask()

    def _ask(self) -> None:
        desk = self.context.desk
        self.run(lambda: digest.of_mine(desk), self._show)

    def _show(self, found: Digest) -> None:
        self.clear_body()
        new = found.new
        self.set_title(text("digest.title"), text("digest.cases", count=len(new)) if new else "")
        if found.more:
            self.add(Alert("", text("digest.more"), "info"))
        card = Card(flush=True)
        if found.cases:
            seen = [one for one in found.cases if not one.new]
            groups = [(text("digest.new"), [self._row(one) for one in new])] if new else []
            if seen:
                groups.append((text("digest.seen"), [self._row(one) for one in seen]))
            card.add(RowList(groups, name=text("digest.title")))
        else:
            line = text("digest.none" if found.mine else "digest.no_cases")
            card.add(Empty(text("digest.nothing"), line, icon_name="circle-check"))
        self.add(card.end())
        self.add_end()
        back = outlined(text("conflict.back"), self.context.navigator.back, "arrow-left")
        self.set_foot(Foot(back, filled(text("digest.all_seen"), self._all_seen, "check")) if new else Foot(back))
        self.ready()

    def _row(self, one: CaseNews) -> RowFacts:
        when = moment_words(one.first.astimezone(LONDON), self.context.today())
        said = "; ".join(by_words(each) for each in one.by)
        if one.waiting:
            said = text("digest.and_waiting", said=said, count=one.waiting)
        opened = partial(self._open, one.participant)
        return RowFacts(
            one.name,
            said,
            "git-compare-arrows" if one.waiting else "refresh-cw" if one.new else "circle-check",
            icon_role="due" if one.waiting else "text_soft",
            when=text("digest.since", when=when),
            act=text("digest.open"),
            on_act=opened,
            on_open=opened,
        )

    def _open(self, participant: Id) -> None:
        desk = self.context.desk
        self.run(
            lambda: digest.look_at(desk, participant),
            lambda _none: self.go("record", participant=str(participant), tab="everything"),
        )

    def _all_seen(self) -> None:
        desk = self.context.desk
        self.run(lambda: digest.look_at_all(desk), lambda _none: self._ask())


def by_words(one: ByWhom) -> str:
    """Who, as what, and which kinds of thing they changed."""
    role = text(f"first_run.profession.{one.profession}") if one.profession else ""
    name = text("digest.who", name=one.name, role=role) if role else one.name or text("digest.somebody")
    what = ", ".join(_what(each) for each in one.what[:_FEW])
    if len(one.what) > _FEW:
        what = text("digest.and_more", what=what)
    return text("digest.did", who=name, what=what)


def _what(one: Changed) -> str:
    key = f"standing.kind.{one.kind}"
    fields = [f"fields.of.{one.kind}.{name}" for name in one.fields]
    if one.kind == "participant" and len(fields) == 1 and has(fields[0]):
        return text("digest.field", field=text(fields[0]))
    several = f"sync.kind.{one.kind}"
    if one.records > 1 and has(several):
        return text(several, count=one.records)
    words = text(key) if has(key) else text("conflict.kind.other")
    return text("digest.some", what=words, count=one.records) if one.records > 1 else words


__all__ = ["DigestPage", "by_words"]
