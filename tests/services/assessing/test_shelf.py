"""The lists of the library are found by what they say."""

from workwell_desktop.services.assessing import shelf
from workwell_desktop.services.desk import Desk


def test_a_change_is_found_by_its_words_and_by_what_it_helps_with(desk: Desk) -> None:
    every = shelf.changes(desk)
    found = shelf.changes(desk, "TIREDNESS hours")
    assert 0 < len(found) < len(every)
    for row, helps in found:
        said = f"{row.text} {row.note} {' '.join(helps)}".casefold()
        assert "tiredness" in said
        assert "hours" in said
