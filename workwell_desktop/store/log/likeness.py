"""When two values say the same: what two people wrote apart is asked of nobody where only its blanks differ.

Alike are texts that differ in blanks, line ends, or in how an accent is put together; numbers that differ in noughts at
their end; a cleared field and one that never held anything but blanks. A capital letter is a difference, and so is
everything else: it is a person who says that two names are one.
"""

import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from workwell_desktop.domain.apart import STAMPS
from workwell_desktop.domain.texts import clean
from workwell_desktop.errors import BadInput
from workwell_desktop.store.log import fields


def likeness(written: bytes | None) -> bytes | None:
    """The same for every value of the log that says the same; None for one that is erased or has not arrived."""
    if written is None or written == fields.NULL:
        return written
    found = fields.content(written)
    if type(found) is str:
        words = _words(found)
        return fields.encode(words) if words else fields.NULL
    if isinstance(found, Decimal):
        return fields.encode(_shortest(found))
    if isinstance(found, frozenset) and not found:
        return fields.NULL
    return written


def differ(kind: str, field: str, values: Iterable[bytes | None]) -> bool:
    """Whether these values of a field say more than one thing, so that a person is asked."""
    if (kind, field) in STAMPS:
        return False
    several = set(values)
    return len(several) > 1 and len({likeness(one) for one in several}) > 1


def _shortest(found: Decimal) -> Decimal:
    """Without noughts at its end; ``normalize`` would round to the digits that the program reckons with."""
    sign, digits, exponent = found.as_tuple()
    kept = "".join(map(str, digits)).rstrip("0")
    return Decimal(f"{'-' * sign}{kept}e{int(exponent) + len(digits) - len(kept)}") if kept else Decimal(0)


def _words(found: str) -> str:
    """Every run of blanks as one, each line by itself, without empty lines at the ends."""
    try:
        swept = clean(found)
    except BadInput:  # an older store may hold what is refused at the door today: it is like itself alone
        return found
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", swept).split("\n"))
    return "\n".join(lines).strip("\n")


__all__ = ["differ", "likeness"]
