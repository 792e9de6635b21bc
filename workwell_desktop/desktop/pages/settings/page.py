"""Settings: its parts as tabs. What may only be read is shown and says whom to ask."""

from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Change, Page, PageAct, Params, Tabs, outlined, text
from workwell_desktop.desktop.pages.settings.computer import ComputerSection
from workwell_desktop.desktop.pages.settings.mine import MineSection
from workwell_desktop.desktop.pages.settings.partnership import PartnershipSection
from workwell_desktop.desktop.pages.settings.people import PeopleSection
from workwell_desktop.desktop.pages.settings.saving import show_saved_foot
from workwell_desktop.desktop.pages.settings.section import Section
from workwell_desktop.desktop.pages.settings.teams import TeamsSection

SECTIONS: dict[str, type[Section]] = {
    "mine": MineSection,
    "people": PeopleSection,
    "teams": TeamsSection,
    "partnership": PartnershipSection,
    "computer": ComputerSection,
}


class SettingsPage(Page):
    """Opened with ``section``, one of SECTIONS; without one, at what the person chooses for themselves."""

    route = "settings"
    nav = "settings"
    help_topic = "settings"

    def build(self) -> None:
        self.set_title(
            text("settings.title"), "", outlined(text("settings.events"), lambda: self.go("events"), "history")
        )
        parts = [(code, text(f"settings.part.{code}")) for code in SECTIONS]
        self.tabs = Tabs(parts, "mine", name=text("settings.parts"))
        self.tabs.chosen.connect(self._open)
        self.set_tabs(self.tabs)
        self.section: Section | None = None

    def enter(self, params: Params) -> None:
        # where one was comes before what the route asked for, and at once: only then can the focus return into it
        kept = self._memory.get("own", {})
        wanted = kept.get("section", params.get("section", "mine"))
        code = wanted if wanted in SECTIONS else "mine"
        if code == self.tabs.value():
            self._open(code)
        else:
            self.tabs.set_value(code)

    def first_focus(self) -> QWidget:
        return self.tabs.bar if self.tabs.bar.isVisible() else self.tabs.list

    def changed(self, records: frozenset[Change]) -> None:
        if self.section is not None and {kind for kind, _record, _scope in records} & self.section.kinds:
            self.section.refresh()

    def leave(self) -> None:
        if self.section is not None:
            self.section.leave()

    def remember(self) -> dict[str, Any]:
        typed = self.section.typed() if self.section is not None else {}
        return {"section": self.tabs.value(), "typed": typed}

    def recall(self, memory: dict[str, Any]) -> None:
        if self.section is not None:
            self.section.type_again(memory.get("typed", {}))

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("settings.next_part"), lambda: self.tabs.step(1), "Ctrl+Tab", menu="go"),
            PageAct(text("settings.part_before"), lambda: self.tabs.step(-1), "Ctrl+Shift+Tab", menu="go"),
            PageAct(text("settings.events"), lambda: self.go("events"), menu="go"),
        )

    def show_section(self, code: str) -> None:
        """Builds a part anew."""
        self._open(code)

    def _open(self, code: str) -> None:
        self.leave()
        self.unsay()
        self.errors.show_links([])
        self.clear_body()
        show_saved_foot(self)
        self.section = SECTIONS[code](self)
        self.section.show()
