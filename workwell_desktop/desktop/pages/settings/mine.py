"""My settings: how large and how light, and one's own passphrase."""

from collections.abc import Mapping, Sequence

from workwell_desktop.catalogue import SOURCE_LANGUAGE
from workwell_desktop.desktop.kit import Alert, Card, Choice, Columns, Field, outlined, text, theme
from workwell_desktop.desktop.pages.settings.cards import OwnCard
from workwell_desktop.desktop.pages.settings.saving import say_saved
from workwell_desktop.desktop.pages.settings.section import Section
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.errors import WrongPassphrase
from workwell_desktop.services.administration import cards, people
from workwell_desktop.services.safekeeping import settings

_SCHEMES = ("system", "light", "dark")


class MineSection(Section):
    """Takes effect at once, and follows the person to another computer of the partnership."""

    kinds = frozenset({"setting"})
    _secrets: tuple[Secret, ...] = ()
    _card: OwnCard | None = None

    def show(self) -> None:
        self.page.run(lambda: (settings.mine(self.desk), settings.languages(self.desk)), self._show)

    def refresh(self) -> None:
        self.page.run(lambda: settings.mine(self.desk), self._shown_again)

    def leave(self) -> None:
        """Choices were saved when they were made; a passphrase half typed does not wait behind a locked window."""
        for field in self._secrets:
            field.wipe()
        if self._card is not None:
            self._card.wipe()

    def _show(self, found: tuple[Mapping[str, str], Sequence[settings.Language]]) -> None:
        chosen, languages = found
        sizes = [(str(size), text("settings.percent", size=size)) for size in settings.TEXT_SIZES]
        self._size = Field(
            text("settings.text_size"),
            Choice(sizes, chosen["text_size"], columns=3),
            hint=text("settings.text_size_hint"),
        )
        self._scheme = Field(
            text("settings.scheme"),
            Choice([(code, text(f"settings.scheme_{code}")) for code in _SCHEMES], chosen["theme"], columns=3),
        )
        self._size.control.done.connect(lambda: self._choose("text_size", self._size.control.value()))
        self._scheme.control.done.connect(lambda: self._choose("theme", self._scheme.control.value()))
        look = Card(text("settings.look"), gap=14)
        look.add(self._size, self._scheme)
        if languages:
            look.add(self._language(chosen["language"], languages))
        look.end()
        self.page.add(Columns([(look, 1), (self._passphrase(), 1)]))
        if cards.module(self.desk) is not None:
            self._card = OwnCard(self.page)
            self.page.add(self._card)
        self.page.add_end()
        self.page.ready()

    def _language(self, chosen: str, languages: Sequence[settings.Language]) -> Field:
        options = [(SOURCE_LANGUAGE, text("settings.screen_language_english"))]
        for one in languages:
            key = "settings.screen_language_draft" if one.draft else "settings.screen_language_checked"
            options.append((one.code, text(key, name=one.own_name, share=one.share)))
        self._speaks = Field(
            text("settings.screen_language"), Choice(options, chosen), hint=text("settings.screen_language_hint")
        )
        self._speaks.control.done.connect(lambda: self._choose("language", self._speaks.control.value()))
        return self._speaks

    def _shown_again(self, chosen: Mapping[str, str]) -> None:
        """The keys for text size choose as well."""
        self._size.control.set_value(chosen["text_size"])
        self._scheme.control.set_value(chosen["theme"])

    def _choose(self, key: str, value: str) -> None:
        if key == "text_size":
            theme().choose(percent=int(value))
        elif key == "theme":
            theme().choose(scheme=value)
        self.page.run(lambda: settings.choose(self.desk, key, value), lambda _done: say_saved(self.page))

    def _passphrase(self) -> Card:
        self._old = Secret(text("settings.passphrase_now"))
        self._new = Secret(text("settings.passphrase_new"), text("settings.passphrase_hint"))
        self._again = Secret(text("settings.passphrase_again"))
        self._secrets = (self._old, self._new, self._again)
        card = Card(text("settings.passphrase"), gap=10)
        card.add(self._old, self._new, self._again)
        self._button = outlined(text("settings.change_passphrase"), self._change, "key-round")
        card.add_left(self._button)
        return card.end()

    def _change(self) -> None:
        fields = list(self._secrets)
        self.page.unsay()
        self._old.show_error("" if self._old.value() else text("settings.passphrase_now_missing"))
        same = self._new.value() == self._again.value()
        self._new.show_error("" if self._new.value() else text("settings.passphrase_new_missing"))
        self._again.show_error("" if same else text("settings.not_the_same"))
        if not self.page.errors.show_fields(fields):
            return
        self._button.setEnabled(False)
        old, new = self._old.value(), self._new.value()
        self.page.run(lambda: people.change_passphrase(self.desk, old, new), self._changed, self._refused)

    def _changed(self, _done: object) -> None:
        self._button.setEnabled(True)
        for field in self._secrets:
            field.wipe()
        self.page.say(Alert(text("settings.passphrase_changed"), text("settings.passphrase_changed_note"), "done"))

    def _refused(self, error: Exception) -> None:
        self._button.setEnabled(True)
        if isinstance(error, WrongPassphrase):
            self._old.show_error(text("settings.passphrase_wrong"))
            self.page.errors.show_fields([self._old])
            return
        self.page.fail_at({"passphrase": self._new}, error)
