"""What each published instrument must add up to: least, most, both edges of every band."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Adding:
    """An instrument that adds up: ``highest`` of each question, the first value of each band, and its measure."""

    form: str
    prefix: str
    total: str
    lowest: tuple[int, ...]
    highest: tuple[int, ...]
    bands: tuple[int, ...]
    measure: str


ADDING = (
    Adding("phq-9", "phq9", "phq9-total", (0,) * 9, (3,) * 9, (0, 5, 10, 15, 20), "phq9"),
    Adding("phq-8", "phq8", "phq8-total", (0,) * 8, (3,) * 8, (0, 5, 10, 15, 20), "phq8"),
    Adding("phq-4", "phq4", "phq4-total", (0,) * 4, (3,) * 4, (0, 3, 6, 9), "phq4"),
    Adding("phq-2", "phq2", "phq2-total", (0,) * 2, (3,) * 2, (), "phq2"),
    Adding("phq-15", "phq15", "phq15-total", (0,) * 15, (2,) * 15, (0, 5, 10, 15), "phq15"),
    Adding("gad-7", "gad7", "gad7-total", (0,) * 7, (3,) * 7, (0, 5, 10, 15), "gad7"),
    Adding("gad-2", "gad2", "gad2-total", (0,) * 2, (3,) * 2, (), "gad2"),
    Adding("audit-c", "auditc", "auditc-total", (0,) * 3, (4,) * 3, (0, 5, 8, 11), "auditc"),
    Adding("loneliness-3", "lon", "lon-total", (1,) * 3, (3,) * 3, (3, 6), "loneliness"),
)

UNWEIGHTED = (
    ((0, 0, 0), "50.0000"),
    ((-1, -1, -1), "36.3069"),
    ((1, 0, -1), "50.0000"),
    ((1, 1, 0), "59.1287"),
    ((-1, -1, -2), "31.7426"),
    ((-2,), "30.0000"),
)
"""Levels of goals without weights, and T."""

WEIGHTED = (((2, 3, 1), (1, 2, 1), (-1, 1, 1)), "65.4228")
"""(level, importance, difficulty) of goals that weigh 3, 2 and 1, and T."""


def of_total(adding: Adding, total: int) -> list[int]:
    """Answers that add up to ``total``, from the first question on."""
    values = list(adding.lowest)
    left = total - sum(values)
    for place, most in enumerate(adding.highest):
        more = min(left, most - values[place])
        values[place] += more
        left -= more
    assert left == 0
    return values
