"""Who may be the same, as somebody types a new referral, among 2,000 and 59,000 people."""

import time
from datetime import date

from tests.benchmarks.rows import Row
from workwell_desktop.domain.likeness import Index, Named
from workwell_desktop.domain.records import Id

SIZES = (2_000, 59_000)
MOST_MS = 16.0
PARTS = ("mar", "tho", "wil", "son", "ber", "ket", "lyn", "har", "den", "ton", "bro", "smi", "cla", "ric", "wat")
ENDS = ("", "s", "er", "man")
GIVEN = [one + other for one in PARTS for other in PARTS]
FAMILY = [one + other + end for one in PARTS for other in PARTS for end in ENDS]
ASKED = 300


def measure_who_may_be_the_same_as_one_types() -> list[Row]:
    """Each key from the third letter of the family name on, then with the date of birth: the 95th of 100 questions."""
    rows = []
    for people in SIZES:
        start = time.perf_counter()
        index = Index((Id(f"{number:05d}"), _person(number)) for number in range(people))
        rows.append(Row(f"index of {people} people, made", (time.perf_counter() - start) * 1000, "ms"))
        taken = []
        for number in range(0, people, max(1, people // ASKED)):
            whole = _person(number)
            typed = [Named(whole.given, whole.family[:length]) for length in range(3, len(whole.family) + 1)]
            for asked in (*typed, whole, Named(whole.family, whole.given, born=whole.born)):
                begin = time.perf_counter()
                index.find(asked)
                taken.append((time.perf_counter() - begin) * 1000)
        taken.sort()
        value = taken[len(taken) * 95 // 100]
        rows.append(Row(f"who may be the same of {people}, p95", value, "ms", goal=MOST_MS))
    return rows


def _person(number: int) -> Named:
    """Names and births spread so that some are shared, as they are."""
    born = date(1957 + number % 48, 1 + number % 12, 1 + number % 28)
    return Named(GIVEN[number * number % len(GIVEN)], FAMILY[number * 31 % len(FAMILY)], born=born)
