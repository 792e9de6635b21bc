"""Choices of which some stand alone, and choices beside which somebody may say it in their own words."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Checks, Choice, Option, TextField, column, text
from workwell_desktop.desktop.pages.assessment.fields import Together


class Exclusive(Checks):
    """Checks of which some stand alone: "None of these" clears the others, another clears it."""

    def __init__(self, options: Sequence[Option], alone: Iterable[str] = (), *, columns: int = 2) -> None:
        self._alone = frozenset(alone)
        self._was: frozenset[str] = frozenset()
        super().__init__(options, columns=columns)

    def set_value(self, value: Iterable[str]) -> None:
        super().set_value(value)
        self._was = self.value()

    def _changed(self) -> None:
        now = self.value()
        fresh = now - self._was
        if fresh & self._alone:
            self.set_value(fresh)
        elif fresh:
            self.set_value(now - self._alone)
        self._was = self.value()
        super()._changed()


OWN = "own"


class OwnWords(Together):
    """Options, and what somebody says in their own words instead or as well."""

    def __init__(self, label: str, options: Sequence[Option], own: str, *, several: bool, alone: Iterable[str]) -> None:
        super().__init__()
        offered = [*options, (OWN, own)]
        self.options: Choice | Exclusive = Exclusive(offered, alone) if several else Choice(offered)
        self.words = TextField(width=440)
        box = column(self, (0, 0, 0, 0), 4)
        box.addWidget(self.options)
        box.addWidget(self.words)
        self.words.setVisible(False)
        self._fields = [self.options, self.words]
        self.options.edited.connect(self._chosen)
        self.words.edited.connect(self.edited.emit)
        self.words.done.connect(self.done.emit)
        self.words.setAccessibleName(text("assessment.own_words", label=label))

    def first(self) -> QWidget:
        return self.options.first()

    def chosen(self) -> tuple[str, ...]:
        """The codes of what is chosen, own words left out."""
        value = self.options.value()
        codes = value if isinstance(value, frozenset) else {value} if value else set()
        return tuple(code for code in sorted(codes) if code != OWN)

    def own(self) -> str:
        """The own words, where they are asked for."""
        return self.words.value() if self._asks() else ""

    def show_answer(self, codes: Iterable[str], own: str | None) -> None:
        """Shows options and own words; nothing is signalled."""
        on = {*codes, *([OWN] if own is not None else [])}
        if isinstance(self.options, Exclusive):
            self.options.set_value(on)
        else:
            self.options.set_value(next(iter(on), None))
        self.words.setVisible(own is not None)
        if own is not None and self.words.value() != own:
            self.words.set_value(own)

    def value(self) -> str:
        return self.own()

    def _asks(self) -> bool:
        value = self.options.value()
        return OWN in value if isinstance(value, frozenset) else value == OWN

    def _chosen(self) -> None:
        asks = self._asks()
        self.words.setVisible(asks)
        if asks and not self.words.value():
            self.words.setFocus()
        else:
            self.done.emit()
