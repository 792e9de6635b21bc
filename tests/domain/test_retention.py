"""Until when a record is kept, by the rules of the generic pack."""

from datetime import date

import pytest

from workwell_desktop.domain.retention import Facts, kept_until
from workwell_desktop.domain.site_reading import generic_pack, load_site

RULES = load_site(generic_pack()).retention.rules


@pytest.mark.parametrize(
    ("facts", "rule", "day"),
    [
        (Facts(date(2018, 3, 1)), "adult", date(2026, 3, 1)),
        (Facts(date(2016, 2, 29)), "adult", date(2024, 2, 29)),
        (Facts(date(2016, 2, 29), conditions=("mental_health",)), "mental_health", date(2036, 2, 29)),
        (Facts(date(2018, 3, 1), conditions=("musculoskeletal",)), "adult", date(2026, 3, 1)),
        # ten years after a death are longer than the eight of an adult's record and shorter than twenty
        (Facts(date(2018, 3, 1), died=True, conditions=("mental_health",)), "mental_health", date(2028, 3, 1)),
        (Facts(date(2018, 3, 1), died=True), "adult", date(2026, 3, 1)),
        # sixteen at the last contact: the 25th birthday; seventeen: the 26th; eighteen that day: an adult
        (Facts(date(2018, 3, 1), born=date(2001, 5, 5)), "young", date(2026, 5, 5)),
        (Facts(date(2018, 3, 1), born=date(2000, 5, 5)), "young", date(2026, 5, 5)),
        (Facts(date(2018, 3, 1), born=date(2000, 2, 29)), "adult", date(2026, 3, 1)),
        (Facts(date(2018, 2, 28), born=date(2000, 2, 29)), "young", date(2026, 3, 1)),
    ],
)
def test_the_rule_that_keeps_longest_counts(facts: Facts, rule: str, day: date) -> None:
    found = kept_until(RULES, facts)
    assert found is not None
    assert (found.rule.code, found.day) == (rule, day)


def test_every_rule_says_where_it_is_written_and_without_rules_nothing_is_due() -> None:
    assert all(rule.source for rule in RULES)
    assert kept_until((), Facts(date(1990, 1, 1))) is None
