"""The partnership as it stands on every paper."""

from collections.abc import Callable

from workwell_desktop.desktop.kit import Alert, Card, Columns, Empty, Field, TextField, Words, outlined, text
from workwell_desktop.desktop.pages.settings.own_words import OwnWordsCard
from workwell_desktop.desktop.pages.settings.section import Section
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.spelling import OwnWord
from workwell_desktop.services.administration import partnership
from workwell_desktop.services.planning import spelling

FIELDS = ("name", "controller", "phone", "hours")


class PartnershipSection(Section):
    """Its name, who answers for the data, and how it is reached."""

    kinds = frozenset({"partnership", "own_word"})
    _in_use: Words | None = None
    _words: OwnWordsCard | None = None

    def show(self) -> None:
        if not self.desk.may(Act.READ, Partnership):
            self.page.add(
                Empty(text("settings.no_partnership"), text("settings.no_partnership_line"), icon_name="lock")
            )
            self.page.ready()
            return
        self.page.run(lambda: partnership.get(self.desk), self._show)

    def refresh(self) -> None:
        if not self.desk.may(Act.READ, Partnership):
            return
        self.page.run(lambda: partnership.get(self.desk), self._refresh)
        self.page.run(lambda: spelling.own_words(self.desk), self._show_words)

    def _refresh(self, found: Partnership) -> None:
        self.saving.refresh(_values(found))
        if self._in_use is not None:
            self._in_use.say(text("sitepack.note", name=self.desk.site.name))

    def _show(self, found: Partnership) -> None:
        may = self.desk.may(Act.MANAGE_SITE, Partnership)
        if not may:
            self.page.say(Alert("", text("settings.partnership_asks"), "info"))
        said = _values(found)
        made: dict[str, Field] = {}
        for name in FIELDS:
            made[name] = Field(
                text(f"settings.of_partnership.{name}"),
                TextField(said[name]),
                hint=text(f"settings.of_partnership.{name}_hint"),
            )
            made[name].control.set_read_only(not may)
            self.saving.keep(name, made[name], self._saver(name))
        card = Card(text("settings.part.partnership"), gap=14)
        card.add(
            Columns([(made["name"], 1), (made["controller"], 1)]), Columns([(made["phone"], 1), (made["hours"], 1)])
        )
        card.add(Words(text("settings.partnership_note"), "note", "soft"))
        pack = Card(text("sitepack.title"), gap=10)
        self._in_use = Words(text("sitepack.note", name=self.desk.site.name))
        pack.add(self._in_use, Words(text("sitepack.lead"), "note", "soft"))
        pack.add_left(outlined(text("settings.see_packs"), lambda: self.page.go("site"), "settings"))
        words = Card(text("letters.title"), gap=10)
        words.add(Words(text("letters.lead"), "note", "soft"))
        words.add_left(outlined(text("letters.see"), lambda: self.page.go("letters"), "file-text"))
        self._words = OwnWordsCard(self._remove_word)
        self.page.add(card, pack, words, self._words)
        if self.desk.may(Act.ERASE):
            due = Card(text("retention.title"), gap=10)
            due.add(Words(text("retention.line"), "note", "soft"))
            due.add_left(outlined(text("retention.see"), lambda: self.page.go("retention"), "history"))
            self.page.add(due)
        self.page.add_end()
        self.page.run(lambda: spelling.own_words(self.desk), self._show_words)

    def _show_words(self, found: tuple[OwnWord, ...]) -> None:
        if self._words is not None:
            self._words.show_words(found)
        self.page.ready()

    def _remove_word(self, word: Id) -> None:
        self.page.run(lambda: spelling.remove_word(self.desk, word))

    def _saver(self, name: str) -> Callable[[str], None]:
        return lambda value: partnership.change(self.desk, **{name: value})


def _values(found: Partnership) -> dict[str, str]:
    return {name: getattr(found, name) or "" for name in FIELDS}
