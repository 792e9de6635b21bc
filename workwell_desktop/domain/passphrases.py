"""What a passphrase must be: long, and not one that everybody tries first (NCSC: length over mixtures of signs)."""

LEAST = 12
"""Characters. Argon2id makes each guess dear; length makes the guesses many."""

FEWEST_DIFFERENT = 5

_COMMON = frozenset(
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
    if len(passphrase.strip()) < LEAST:
        return "too_short"
    plain = "".join(letter for letter in passphrase.casefold() if letter.isalnum())
    if len(set(plain)) < FEWEST_DIFFERENT:
        return "too_plain"
    core = plain.strip("0123456789")
    if not core or _is_common(core):
        return "too_common"
    own = [part for part in name.casefold().split() if len(part) >= 3]
    rest = plain
    for part in own:
        rest = rest.replace(part, "")
    if own and len(rest) < LEAST // 2:
        return "holds_name"
    return None


def _is_common(core: str) -> bool:
    """A common word, or one said twice or more."""
    if core in _COMMON:
        return True
    return any(core == word * (len(core) // len(word)) for word in _COMMON if len(core) >= len(word))
