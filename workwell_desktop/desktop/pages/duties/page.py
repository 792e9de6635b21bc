"""The page: one part at a time, each with what is to be recorded and what was."""

from collections.abc import Callable
from typing import Any

from workwell_desktop.desktop.kit import Change, PageAct, Params, Tabs, text
from workwell_desktop.desktop.pages.duties import capacity, counts, red_flags, safeguarding, told
from workwell_desktop.desktop.pages.duties.sheet import DutySheet
from workwell_desktop.desktop.pages.keeping import Keeping
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head, show_person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk

_PARTS: dict[str, tuple[Callable[[Desk, Id], Any], Callable[[DutySheet, Any, dict[str, object]], None]]] = {
    "red_flags": (red_flags.read, red_flags.lay),
    "safeguarding": (safeguarding.read, safeguarding.lay),
    "capacity": (capacity.read, capacity.lay),
    "counts": (counts.read, counts.lay),
    "told": (told.read, told.lay),
}
PARTS = tuple(_PARTS)
_KINDS = frozenset(
    {"red_flag_screen", "safeguarding", "capacity", "main_condition", "equality", "disclosure", "broken_glass"}
)


class DutiesPage(DutySheet):
    """``participant`` and, where not the first, ``part``."""

    route = "duties"
    help_topic = "duties"

    def enter(self, params: Params) -> None:
        self.part = params.get("part", PARTS[0])
        if self._memory.get("own", {}).get("part") in PARTS:
            self.part = self._memory["own"]["part"]
        if self.part not in PARTS:
            self.part = PARTS[0]
        super().enter(params)

    def changed(self, records: frozenset[Change]) -> None:
        """What somebody else recorded is shown when the part is opened again: what is typed stays."""
        super().changed(frozenset(one for one in records if one[0] not in _KINDS))

    def leave(self) -> None:
        if self.keeping is not None:
            self.keeping.keep()

    def remember(self) -> dict[str, Any]:
        return {"part": self.part}

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("record.act.next_tab"), lambda: self._step(1), "Ctrl+Tab"),
            PageAct(text("record.act.tab_before"), lambda: self._step(-1), "Ctrl+Shift+Tab"),
        )

    def choose(self, part: str) -> None:
        """Shows another part; what was typed in this one is kept."""
        if part == self.part or part not in PARTS:
            return
        self.leave()
        self.part = part
        self.unsay()
        self.errors.show_links([])
        self._ask()

    def _step(self, by: int) -> None:
        self.choose(PARTS[(PARTS.index(self.part) + by) % len(PARTS)])

    def _ask(self) -> None:
        desk, who, part = self.context.desk, self.who, self.part
        keeping = Keeping(self, f"duties.{part}")

        def read() -> tuple[PersonHead, Any, dict[str, object]]:
            return person_head(desk, who), _PARTS[part][0](desk, who), keeping.read(desk, who)

        def show(found: tuple[PersonHead, Any, dict[str, object]]) -> None:
            if part != self.part:
                return
            if self.keeping is not None:
                self.keeping.drop()
            self.keeping = keeping
            self._show_part(*found)

        self.run(read, show)

    def _show_part(self, head: PersonHead, found: Any, kept: dict[str, object]) -> None:
        self.head = head
        self.fields = {}
        self.clear_body()
        tabs = Tabs([(code, text(f"duties.part.{code}")) for code in PARTS], self.part, name=text("duties.parts"))
        tabs.chosen.connect(self.choose)
        show_person(self, head, tabs)
        self.set_title(text(f"duties.title.{self.part}", name=self.called))
        _PARTS[self.part][1](self, found, kept)
        self.ready()
        self.context.frame.acts_changed()
