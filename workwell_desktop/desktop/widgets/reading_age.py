"""How easily what is being written reads, below the text; nothing while it says too little to tell."""

from PySide6.QtCore import QTimer

from workwell_desktop.desktop.widgets.fields import LongText
from workwell_desktop.desktop.widgets.words import Words
from workwell_desktop.domain.reading_age import Reading, reading
from workwell_desktop.domain.screen import text

_PAUSE = 400
"""Milliseconds after the last key: a figure that runs along with every letter would only disturb."""


class ReadingAge(Words):
    """The line below one text. It is read with the field, and never announced by itself."""

    def __init__(self, field: LongText) -> None:
        super().__init__("", "note", "soft")
        self._field = field
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.measure)
        field.textChanged.connect(self._timer.start)
        self.say(reading_words(reading(field.value())))

    def measure(self) -> None:
        """Reads the text as it stands."""
        self.say(reading_words(reading(self._field.value())))
        self.setVisible(bool(self.plain()))


def reading_words(found: Reading) -> str:
    """ "Reading age 12: papers aim at 9 to 11. 1 sentence is over 20 words." Nothing for a few plain words."""
    parts = []
    if found.age is not None:
        parts.append(text("plan_words.age.young" if found.plain else "plan_words.age.older", age=found.age))
    if found.long_sentences:
        parts.append(text("plan_words.age.long", count=len(found.long_sentences)))
    return ". ".join(parts)
