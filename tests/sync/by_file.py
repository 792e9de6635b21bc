"""No hub at all: three laptops that know of one another by sticks and by what is handed over, gaps and all."""

import random

from tests.sync.company import Company
from tests.sync.stage import Died, Stage, dying
from workwell_desktop.store import Exchange
from workwell_desktop.sync.bundle.exchange import read_bundle
from workwell_desktop.sync.bundle.rights import may_go

_FILES = ((0, 1), (0, 2), (1, 0), (2, 0), (0, 1), (0, 2))
"""Who writes for whom at the end: the first two tell what the writer has, so that it is given what it lacks."""
_HANDS = ((1, 0), (2, 0), (0, 1), (0, 2), (1, 2), (2, 1))


class ByFile(Company):
    """Everything that the other laptops may have comes to them, sooner or later, by whatever way."""

    def __init__(self, stage: Stage, seed: object) -> None:
        super().__init__(stage, seed)
        self.ends_by_stick = random.Random(f"{seed} ends").randrange(5) == 0

    def reading_dies(self, which: int, after: int) -> None:
        """The program ends while it takes a file in; it is there to be read again."""
        if not self.sticks:
            return
        at, file = self.sticks[which % len(self.sticks)]
        laptop = self.laptops[at]
        try:
            with dying(laptop, after):
                read_bundle(laptop.store, file, laptop.clock)
        except Died:
            self.seen.add("died")
            self._again(at)

    def finish(self) -> None:
        """Everybody has spoken to everybody: then nothing is lost, nothing overwritten, and nobody let in."""
        before = [self.held(at) for at in range(3)]
        if self.ends_by_stick:
            for pair in _FILES:
                self.sticks.clear()
                self.stick(*pair)
                self.plug_in(0, cut=False)
            self._papers()
        for pair in _HANDS:
            self.hand(*pair)
        facts = self.model.facts
        held = [self.held(at) for at in range(3)]
        everything = held[0] | held[1] | held[2]
        assert self.model.owed(frozenset(one.scope for one in facts.values())) <= everything, "acknowledged, and gone"
        for at, laptop in enumerate(self.laptops):
            assert before[at] <= held[at], "a file took something away"
            scopes = laptop.store.scopes()
            assert held[at] == {one for one in everything if facts[one].scope in scopes}, "not what the others hold"
            self._fields(laptop, held[at])
        self._nobody_let_in()

    def hand(self, giver: int, taker: int) -> None:
        """All that the other one lacks of what both may hold; nothing of it is refused."""
        one, other = self.laptops[giver].store, self.laptops[taker].store
        shared = one.scopes() & other.scopes()
        sent = one.changes_since(other.vector())
        changes = tuple(row for row in sent.changes if self._scope(row) in shared)
        blobs = tuple(blob for blob in sent.blobs if blob.scope in shared)
        report = other.apply(Exchange(changes, sent.values, blobs))
        assert (report.refused, report.forks) == ((), ())

    def _papers(self) -> None:
        """What the first has and may give, the others have."""
        giver = self.laptops[0]
        lacks = {(one.scope, one.sha256) for one in giver.store.missing_blobs()}
        for laptop in self.laptops[1:]:
            with giver.store.read() as reader:
                may = may_go(reader, {laptop.anna.person}, giver.clock.today())
            missing = {(one.scope, one.sha256) for one in laptop.store.missing_blobs() if one.scope in may}
            assert missing <= lacks, "a paper that somebody had and did not give"

    def _nobody_let_in(self) -> None:
        """Bea's laptop holds of the cases those that she opened, or that somebody gave her at some time."""
        bea = self.stage.masters[2].who.person
        facts = self.model.facts.values()
        hers = {
            one.scope for one in facts if one.author == bea or (one.field in ("coach", "person") and one.value == bea)
        }
        cases = {one.scope for one in facts if one.field == "given_name"}
        assert self.laptops[2].store.scopes() & cases <= hers, "a case that nobody gave her"
