"""What a passphrase must be: long, and not one that everybody tries first (NCSC: length over mixtures of signs).

Tried first are the passwords of a list of 21,000 (``resources/passphrases``), some words of our own, each of them said
twice or more, with digits around it, or with the signs that everybody puts for letters.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache

from workwell_desktop import assets

LEAST = 12
"""Characters. Argon2id makes each guess dear; length makes the guesses many."""

FEWEST_DIFFERENT = 5

_LIST = ("passphrases", "common.sha256")
_HASH = 5
"""Bytes of each hash in the list."""
_DIGITS = "0123456789"
_SIGNS = str.maketrans({"@": "a", "4": "a", "0": "o", "3": "e", "1": "i", "!": "i", "5": "s", "$": "s", "7": "t"})

_OWN = frozenset(
    [
        "password",
        "passphrase",
        "passwort",
        "letmein",
        "welcome",
        "changeme",
        "default",
        "secret",
        "administrator",
        "administration",
        "correcthorsebatterystaple",
        "qwertyuiop",
        "qwerty",
        "asdfghjkl",
        "zxcvbnm",
        "iloveyou",
        "sunshine",
        "princess",
        "football",
        "liverpool",
        "arsenal",
        "chelsea",
        "manchester",
        "england",
        "monkey",
        "dragon",
        "shadow",
        "master",
        "superman",
        "batman",
        "starwars",
        "trustno",
        "mustang",
        "hospital",
        "nhspassword",
        "workwell",
        "workwelldesktop",
        "participant",
        "mypassword",
        "thisismypassword",
        "newpassword",
        "yourpassword",
        "abcdefghijkl",
        "abcdefghijklm",
        "abcdefghijklmnop",
        "mypassphrase",
        "opensesame",
        "summer",
        "winter",
        "spring",
        "autumn",
        "january",
        "february",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "charlie",
        "thomas",
        "jessica",
        "ashley",
        "michael",
        "daniel",
    ]
)


def passphrase_problem(passphrase: str, name: str = "") -> str | None:
    """Why ``passphrase`` will not do for somebody called ``name``, or None: ``too_short``, ``too_plain``,
    ``too_common``, ``holds_name``.

    Codes: the sentence is ``errors.field.passphrase_<code>``.
    """
    if len(unicodedata.normalize("NFC", passphrase).strip()) < LEAST:
        return "too_short"
    typed = _bare(passphrase)
    plain = _letters(typed)
    signs = set("".join(typed.split())) - set(plain)
    if len(set(plain) | signs) < FEWEST_DIFFERENT:
        return "too_plain"
    # signs and pictures alone are nobody's first guess; digits between the same few of them are
    words = plain.strip(_DIGITS) or len(signs) < FEWEST_DIFFERENT
    if words and (_is_common(plain) or _is_common(_letters(typed.translate(_SIGNS)))):
        return "too_common"
    own = [part for part in map(_letters, _bare(name).split()) if len(part) >= 3]
    rest = plain
    for part in own:
        rest = rest.replace(part, "")
    if rest != plain and len(rest) < LEAST // 2:
        return "holds_name"
    return None


def _bare(words: str) -> str:
    """Small letters without their accents, in whichever of the ways that Unicode has for one letter they were typed."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def _letters(words: str) -> str:
    return "".join(letter for letter in words if letter.isalnum())


def _is_common(plain: str) -> bool:
    """A common word, or one said twice or more, whatever digits stand around it."""
    core = plain.strip(_DIGITS)
    return not core or any(part in _OWN or _hashed(part) in _tried_first() for part in (*_said(core), *_said(plain)))


def _said(words: str) -> Iterator[str]:
    """The words, and what they repeat where they are one thing said again and again."""
    for part in range(3, len(words) + 1):
        times, rest = divmod(len(words), part)
        if not rest and words == words[:part] * times:
            yield words[:part].strip(_DIGITS)


def _hashed(word: str) -> bytes:
    return hashlib.sha256(word.encode()).digest()[:_HASH]


@cache
def _tried_first() -> frozenset[bytes]:
    written = assets.resource(*_LIST).read_bytes()
    return frozenset(written[at : at + _HASH] for at in range(0, len(written), _HASH))
