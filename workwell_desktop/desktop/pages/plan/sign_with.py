"""What somebody signs with: the passphrase, or a card and its PIN where they have one."""

from workwell_desktop.desktop.kit import Clear, DropDown, Field, Page, TextField, column, text
from workwell_desktop.services.administration import cards
from workwell_desktop.services.administration.cards import Card, CardPin

_CARD = "card"


class SignWith(Clear):
    """The field for the passphrase; who has a card chooses first. ``value`` is what the service takes."""

    def __init__(self, page: Page, passphrase: Field, *, card: bool) -> None:
        super().__init__()
        self._passphrase = passphrase
        self.choice: Field | None = None
        self.pin: Field | None = None
        box = column(self, (0, 0, 0, 0), 6)
        if card:
            options = [("", text("plan.with_passphrase")), (_CARD, text("plan.with_card"))]
            self.choice = Field(text("plan.sign_with"), DropDown(options, "", width=320))
            self.choice.control.edited.connect(self._chose)
            self.pin = Field(text("plan.pin"), TextField(secret=True, width=320), hint=text("plan.pin_hint"))
            box.addWidget(self.choice)
        box.addWidget(passphrase)
        if self.pin is not None:
            box.addWidget(self.pin)
            self.pin.hide()
            desk = page.context.desk
            page.run(lambda: cards.in_readers(desk), self._found, lambda _nothing: None)

    @property
    def field(self) -> Field:
        """The field that is typed into now."""
        return self.pin if self.pin is not None and self._chosen() else self._passphrase

    def value(self) -> str | CardPin:
        """The passphrase, or the PIN of the chosen card."""
        typed, chosen = str(self.field.control.value()), self._chosen()
        return CardPin(typed, "" if chosen == _CARD else chosen) if chosen else typed

    def forget(self) -> None:
        """Nothing that was typed stays."""
        for field in (self._passphrase, self.pin):
            if field is not None:
                field.control.set_value("")

    def _chosen(self) -> str:
        return str(self.choice.control.value() or "") if self.choice is not None else ""

    def _chose(self) -> None:
        self.forget()
        self._passphrase.setVisible(not self._chosen())
        if self.pin is not None:
            self.pin.setVisible(bool(self._chosen()))

    def _found(self, found: tuple[Card, ...]) -> None:
        """With more than one card in the readers, each by its name."""
        if self.choice is None or len(found) < 2:
            return
        named = [(one.serial, text("plan.with_card_named", name=one.label)) for one in found]
        self.choice.control.set_options([("", text("plan.with_passphrase")), *named], "")
        self._chose()
