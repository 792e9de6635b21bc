"""Words on a page that came neither through the catalogue nor out of the record: literals, found on the real screen.

With the screen in a pseudo-language every sentence of the catalogue has accents. What has none is looked up in all
that the record, the instruments, the site and the guide say; what is not there either was written into the code.
"""

import re
from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from workwell_desktop import assets
from workwell_desktop.catalogue import keys, text
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.screen_packs import packs
from workwell_desktop.services.desk import Desk

_PLAIN = re.compile(r"[A-Za-z]{3,}(?:[ '’-]+[A-Za-z]{2,})*")
_SAID_BY_OTHERS = ("adjustments", "brand.toml", "demo", "guide", "instruments", "letters", "names", "services", "sites")
_TAGS = re.compile(r"<[^>]*>|&\w+;|</")


class Known:
    """Everything that is not a sentence of the program."""

    def __init__(self, desk: Desk) -> None:
        said = [str(desk.store.path)] + [
            path.read_text(encoding="utf-8")
            for name in (*_SAID_BY_OTHERS, "value-sets")
            for path in [assets.resource(name), *sorted(assets.resource(name).rglob("*"))]
            if path.is_file() and path.suffix in (".toml", ".md", ".json", ".txt", ".csv")
        ]
        with desk.read() as reader:
            for one in reader.list(Participant):
                said.append(f"{one.called} {one.family_name}, {one.given_name} {one.family_name}")
            for kind in KINDS.values():
                said += [repr(each) for each in reader.list(kind)]
            said += [repr(reader.answers(each.id)) for each in reader.list(Response)]
        said += [one.own_name for one in packs()]
        said += [text(f"letters.{name}") for name in keys("letters") if name.startswith("sample.")]
        self._said = _flat(" ".join(said))

    def has(self, words: str) -> bool:
        return _flat(words) in self._said


def _flat(words: str) -> str:
    return re.sub(r"[^a-z]+", " ", words.casefold())


def shown(root: QWidget) -> Iterator[str]:
    """Every text in sight, and what a screen reader says in its place."""
    for one in root.findChildren(QWidget):
        if not one.isVisible():
            continue
        yield one.accessibleName()
        yield one.accessibleDescription()
        yield one.toolTip()
        if isinstance(one, QLabel | QAbstractButton):
            yield one.text()
        elif isinstance(one, QLineEdit | QPlainTextEdit):
            yield one.placeholderText()
        elif isinstance(one, QComboBox):
            yield from (one.itemText(place) for place in range(one.count()))


def literals(root: QWidget, known: Known) -> Iterator[str]:
    """What is plain English and nobody's data."""
    for words in dict.fromkeys(shown(root)):
        for plain in _PLAIN.finditer(_TAGS.sub(" ", words)):
            if not known.has(plain[0]):
                yield f"{plain[0]!r} in {words[:120]!r}"
