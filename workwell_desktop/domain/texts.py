"""What may stand in a text that somebody typed or pasted.

Text from a web page or a damaged file can carry characters that nobody sees and that turn words round on a screen or a
paper ("Trojan source": Unicode bidirectional overrides, UTS 55). What is only litter is swept away at the door; what
changes how words are read is refused, because taking it out would leave other words than the person saw.
"""

import re
import unicodedata

from workwell_desktop.errors import BadInput

_LINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_LITTER = frozenset({"\u00ad", "\u200b", "\u2060", "\ufeff"})
"""Soft hyphen, no-width spaces and the byte order mark: they come along when text is copied."""
_NEEDED = frozenset("\u061c\u06dd\u070f\u0890\u0891\u08e2\u200c\u200d\u200e\u200f\U000110bd\U000110cd") | frozenset(
    chr(code) for code in range(0x600, 0x606)
)
"""Joiners and marks that names in Arabic, Persian or Indic letters are written with, and signs that show."""


def clean(text: str) -> str:
    """``text`` without litter, and with one kind of line break.

    Raises BadInput ``hidden_letter`` (``letter`` as ``U+202E``) for a character that turns the words around it or has
    no meaning in text. What is clean already comes back unchanged; half a letter is left to whoever writes it down.
    """
    if text.isprintable():
        return text
    kept = []
    for letter in _LINES.sub("\n", text):
        if letter in "\n\t" or letter in _NEEDED:
            kept.append(letter)
        elif unicodedata.category(letter) == "Cc" or letter in _LITTER:
            continue
        elif unicodedata.category(letter) == "Cf" or _no_character(ord(letter)):
            raise BadInput("hidden_letter", letter=f"U+{ord(letter):04X}")
        else:
            kept.append(letter)
    return "".join(kept)


def _no_character(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
