"""Order among siblings as a field: a key of digits between two others, so that two people can insert apart."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def key_between(before: str | None, after: str | None) -> str:
    """A key that sorts (by code point) after ``before`` and before ``after``; None stands for the end of the list.

    Raises ValueError where ``before`` does not sort before ``after``.
    """
    low, high = before or "", after
    if high is not None and low >= high:
        raise ValueError("keys out of order")
    key = ""
    place = 0
    while True:
        floor = _DIGITS.index(low[place]) if place < len(low) else 0
        ceiling = _DIGITS.index(high[place]) if high is not None and place < len(high) else len(_DIGITS)
        if ceiling - floor > 1:
            return key + _DIGITS[(floor + ceiling) // 2]
        key += _DIGITS[floor]
        if ceiling > floor:
            high = None
        place += 1


def keys_for(count: int) -> list[str]:
    """Keys for a list that is made at once, in order and of even length."""
    width = 1
    while len(_DIGITS) ** width <= count + 1:
        width += 1
    step = len(_DIGITS) ** width // (count + 1)
    return [_written(step * (index + 1), width) for index in range(count)]


def _written(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, rest = divmod(number, len(_DIGITS))
        digits = _DIGITS[rest] + digits
    return digits.rstrip("0") or "1"
