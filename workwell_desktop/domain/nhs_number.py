"""The NHS number: ten digits, the last a check digit of Modulus 11 (NHS Data Dictionary).

A right check digit proves nothing about whose number it is: ``NumberStatus`` says how sure we are. Ten equal digits
pass the sum and are refused by name. Numbers that begin with 999 are never issued and serve for made-up people.
"""

from workwell_desktop.errors import BadInput

LENGTH = 10
_SEPARATORS = str.maketrans("", "", " -.\u00a0\u2009\u202f\u2011")


def parse(typed: str) -> str:
    """The ten digits of a number as people type it, with spaces or dashes or none.

    Raises BadInput with reason ``nhs_number_digits``, ``nhs_number_same`` or ``nhs_number_check``.
    """
    digits = typed.strip().translate(_SEPARATORS)
    if len(digits) != LENGTH or not digits.isascii() or not digits.isdigit():
        raise BadInput("nhs_number_digits")
    if len(set(digits)) == 1:
        raise BadInput("nhs_number_same")
    if check_digit(digits[:-1]) != int(digits[-1]):
        raise BadInput("nhs_number_check")
    return digits


def is_valid(typed: str) -> bool:
    """Whether ``parse`` would take it."""
    try:
        parse(typed)
    except BadInput:
        return False
    return True


def check_digit(nine: str) -> int | None:
    """The tenth digit for nine others; None where there is none (the sum leaves 10)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    check = (11 - weighted % 11) % 11
    return None if check == 10 else check


def shown(digits: str) -> str:
    """As people read it, in groups of three, three and four."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def is_made_up(digits: str) -> bool:
    """Whether it is of the range that is never issued to anybody."""
    return digits.startswith("999")
