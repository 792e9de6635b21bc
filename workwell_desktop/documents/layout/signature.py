"""The words and the ink inside a signature field, measured before anybody signs so that each field has room for them.

A field is as high as what will stand in it at the size of the paper's own text; a signature is then drawn at that
size. In large print the ink stands above the words, because beside it a line would hold three of them.
"""

import math
from dataclasses import dataclass

from workwell_desktop.documents.blocks import SignatureField, Text, plain, strong
from workwell_desktop.documents.layout.style import Style
from workwell_desktop.documents.layout.wrap import wrap
from workwell_desktop.documents.words import Words

LEADING = 1.3
PAD = 10.0
_BESIDE = 0.42


@dataclass(frozen=True)
class Room:
    """How a field of ``width`` is divided: the words at ``left`` and ``words_width`` wide, ``above`` them the ink in
    large print; all in points. ``size`` is the least size of the words."""

    size: float
    left: float
    words_width: float
    above: float
    ink_width: float

    def height(self, texts: list[Text]) -> float:
        """Of a field in which ``texts`` stand at the paper's own size."""
        rows = sum(len(wrap(text, self.size, self.words_width)) for text in texts)
        return math.ceil(rows * self.size * LEADING + self.above + 2 * PAD)


def room(width: float, size: float, *, ink: bool, stacked: bool) -> Room:
    """The division of a field that is ``width`` points wide; ``stacked`` puts the ink above the words."""
    inner = width - 2 * PAD
    if not ink:
        return Room(size, PAD, inner, 0, 0)
    if stacked:
        return Room(size, PAD, inner, size * 7, inner * 0.75)
    beside = width * _BESIDE
    return Room(size, beside + 2 * PAD, width - beside - 3 * PAD, 0, beside)


def texts(lines: tuple[str, ...]) -> list[Text]:
    """The lines of a signature, the first one emphasised; empty ones are left out."""
    return [strong(lines[0]), *(plain(line) for line in lines[1:] if line)]


def field_height(style: Style, words: Words, field: SignatureField) -> float:
    """Enough for whoever signs ``field``: who, in which role, the longest day there is, and what they put their name
    to; never less than a hand needs that signs with a pen."""
    divided = room(style.width, style.least, ink=field.device, stacked=style.cards)
    lines = (words("signatures.signed_by", name=field.name), field.title, words.longest_moment(), field.statement)
    least = style.field_height + (style.ink_room if field.device and not style.cards else 0)
    return max(least, divided.height(texts(lines)))
