"""Numbers, addresses and dates in free text that give somebody away, whoever they are; read in plain letters."""

import re
from collections.abc import Iterator
from datetime import date

NUMBERS = re.compile(
    r"""
    [\w.+'-]+\s?@\s?[\w-]+(?:\.[\w-]+)*                             # an e-mail address
    | [\w.+'-]+\s\(?at\)?\s[\w-]+(?:\s\(?dot\)?\s[\w-]+)+            # the same, said aloud
    | (?<!\w)@\w{3,}                                                # a name on the web
    | (?<![A-Z0-9])[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}(?![A-Z0-9])     # a postcode
    | (?<![A-Z0-9])[A-Z]{2}\s?(?:\d{2}\s?){3}[A-D](?![A-Z0-9])       # a National Insurance number
    | (?<!\d)\d{3}[ ./-]{0,2}\d{3}[ ./-]{0,2}\d{4}(?!\d)             # an NHS number, 3-3-4
    | (?<!\d)\+?\(?(?:0|44)(?:[ ().-]{0,3}\d){9,12}(?!\d)            # a telephone number of this country
    | (?<!\d)(?!\d{4}-\d\d-\d\d)\+?\d(?:[ ()-]?\d){9,13}(?!\d)                       # and of another
    | (?<![£\w])[A-Z]{0,3}\d{6,}(?!\w)                              # any other long number
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY, _END = r"(?<!\d)(?P<day>\d{1,2})", r"(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"'?(?P<year>\d{4}|\d{2})(?!\d)"
_BETWEEN = r"(?:\s*[./,-]\s*|\s+)"
_DATES = tuple(
    re.compile(one, re.IGNORECASE)
    for one in (
        rf"{_DAY}{_BETWEEN}(?P<month>\d{{1,2}}){_BETWEEN}{_YEAR}",
        rf"(?<!\d)(?P<year>\d{{4}}){_BETWEEN}(?P<month>\d{{1,2}}){_BETWEEN}(?P<day>\d{{1,2}})(?!\d)",
        rf"{_DAY}{_END}[\s./,-]*(?:of\s+)?{_MONTH}[\s./,-]*{_YEAR}",
        rf"(?<![a-z]){_MONTH}[\s./,-]*(?:the\s+)?(?P<day>\d{{1,2}}){_END}[\s./,-]+{_YEAR}",
        rf"(?<![a-z]){_MONTH}[\s,-]*'?(?P<year>\d{{4}})(?!\d)",
    )
)
_BORN = re.compile(
    r"(?<![a-z])(?:born|birthday|birth\s?date|date\s+of\s+birth|dob|d\.\s?o\.\s?b\.?)(?![a-z])"
    r"(?:\W|\bis\b|\bon\b|\bin\b|\bthe\b|\bof\b|\bwas\b){0,6}"
    rf"(?P<when>\d{{1,2}}{_END}[\s./,-]*(?:of\s+)?(?:{_MONTH}(?:[\s./,-]*'?(?:\d{{4}}|\d{{2}})(?!\d))?"
    r"|\d{1,2}\s*[./ -]\s*(?:\d{4}|\d{2}))|(?:19|20)\d\d|'\d\d)",
    re.IGNORECASE,
)


def birth_dates(plain: str, births: frozenset[date]) -> Iterator[tuple[int, int]]:
    """Where one of ``births`` stands, in whatever way it is written, or its month and year; and what "born" announces.

    Ways may overlap; the first that begins counts.
    """
    found = [one.span("when") for one in _BORN.finditer(plain)]
    if births:
        found += [one.span() for form in _DATES for one in form.finditer(plain) if _is_of(one, births)]
    until = 0
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= until:
            until = end
            yield start, end


def _is_of(found: re.Match[str], births: frozenset[date]) -> bool:
    """Read as day and month, and the other way about, as elsewhere."""
    said = found.groupdict()
    year = int(said["year"])
    month = _MONTHS.index(said["name"][:3].lower()) + 1 if said.get("name") else int(said["month"])
    for one in births:
        if year != (one.year if len(said["year"]) == 4 else one.year % 100):
            continue
        if not said.get("day"):
            if month == one.month:
                return True
        elif (int(said["day"]), month) in {(one.day, one.month)} or (
            not said.get("name") and (month, int(said["day"])) == (one.day, one.month)
        ):
            return True
    return False
