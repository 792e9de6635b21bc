"""A hub as well: three laptops, a stick and a real PostgreSQL, and everything that happens to them.

``Stage`` is made once: stores that know one another, and a hub, at rest. Each ``World`` begins there.
"""

from tests.sync.company import Company
from tests.sync.stage import CutLink, Died, Stage, dying
from workwell_desktop.errors import HubTrouble
from workwell_desktop.sync import client
from workwell_desktop.sync.client import SyncReport
from workwell_desktop.sync.hub import keeping


class World(Company):
    """With its own beginning of the stage's hub."""

    def __init__(self, stage: Stage, seed: object) -> None:
        super().__init__(stage, seed)
        self.states = stage.hub_states
        self.states.back("first")
        self.states.keep("yesterday")
        self.hub_was_set_back = False

    # how things travel

    def sync(self, at: int) -> SyncReport | None:
        laptop = self.laptops[at]
        report = client.sync(laptop.store, self.stage.link(at), laptop.clock)
        # whatever befell the hub before: a sync that was not cut has found it out
        self.receipts_are_true(at)
        self.seen |= {f"refused {code}" for code in report.refused}
        for name in ("granted", "revoked", "kept_back", "restored", "clock_off"):
            if getattr(report, name):
                self.seen.add(name)
        return report

    def sync_cut(self, at: int, after: int, *, answered: bool) -> None:
        laptop = self.laptops[at]
        line = CutLink(self.stage.link(at), after, answered=answered, torn=after % 4 == 0)
        try:
            client.sync(laptop.store, line, laptop.clock)
        except HubTrouble:
            self.seen.add("cut")
        if not self.hub_was_set_back:
            self.receipts_are_true(at)

    def sync_dies(self, at: int, after: int) -> None:
        laptop, line = self.laptops[at], self.stage.link(at)
        try:
            with dying(laptop, after):
                client.sync(laptop.store, line, laptop.clock)
        except Died:
            self.seen.add("died")
            if after % 4 == 0:
                line.close()
            self._again(at)

    # what befalls the hub

    def hub_backup(self) -> None:
        self.states.keep("yesterday")

    def hub_restored(self, *, told: bool) -> None:
        """Yesterday's backup takes the hub's place; whoever does it may forget to say so."""
        self.states.back("yesterday")
        if told:
            keeping.was_restored(self.states.admin)
        self.seen.add("hub set back")
        self._lost()

    # what must be true

    def receipts_are_true(self, at: int) -> None:
        """What a laptop takes for acknowledged is at the hub."""
        there = self.states.streams()
        with self.laptops[at].store._reads() as cursor:
            rows = cursor._raw.execute("SELECT scope, incarnation, number FROM receipt").fetchall()
        for scope, incarnation, number in rows:
            assert there.get((scope, incarnation), 0) >= number, "a receipt for what the hub does not have"

    def at_rest(self) -> None:
        """Everybody speaks to the hub until nobody has anything to say."""
        for _round in range(8):
            reports = [self.sync(at) for at in range(3)]
            busy = [one for one in reports if one and (one.pushed or one.pulled or one.granted or one.revoked)]
            if not busy and not any(one.blobs_sent or one.blobs_fetched for one in reports if one):
                break
        else:
            raise AssertionError("they never come to rest")
        for one in reports:
            assert one is not None
            assert (one.refused, one.kept_back, one.forks) == ({}, frozenset(), 0)

    def finish(self) -> None:
        """At rest: nothing lost, nothing overwritten, nobody let in."""
        self.at_rest()
        hub, facts = self.states.ids(), self.model.facts
        papers = self.states.papers()
        assert self.model.owed(frozenset(one.scope for one in facts.values())) <= hub, (
            "acknowledged, and not at the hub"
        )
        assert hub <= set(facts)
        for at, laptop in enumerate(self.laptops):
            may = self.states.scopes_of(self.stage.masters[at].device)
            held = self.held(at)
            assert laptop.store.scopes() <= may, "a scope that was taken back is still here"
            assert held == {one for one in hub if facts[one].scope in may}, "not what the hub holds for it"
            self._fields(laptop, held)
            assert laptop.store.only_here().changes == 0
            assert laptop.store.unsent() is None
            missing = {one.sha256 for one in laptop.store.missing_blobs()}
            assert missing.isdisjoint(papers), "a paper that the hub has and the laptop lacks"

    def _lost(self) -> None:
        self.hub_was_set_back = True
        super()._lost()

    def _everything(self) -> list[set[str]]:
        return [self.states.ids(), *super()._everything()]
