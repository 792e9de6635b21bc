"""The lists of the library are found by what they say."""

from workwell_desktop.services import shelf
from workwell_desktop.services.desk import Desk


def test_a_change_is_found_by_its_words_and_by_what_it_helps_with(desk: Desk) -> None:
    every = shelf.changes(desk)
    found = shelf.changes(desk, "TIREDNESS hours")
    assert 0 < len(found) < len(every)
    for row, helps in found:
        said = f"{row.text} {row.note} {' '.join(helps)}".casefold()
        assert "tiredness" in said
        assert "hours" in said


def test_help_at_once_stays_first(desk: Desk) -> None:
    assert [row.code for row in shelf.services(desk, "nothing says this")] == ["999", "111-2", "samaritans", "shout"]
    found = shelf.services(desk, "debt")
    assert [row.code for row in found[:4]] == ["999", "111-2", "samaritans", "shout"]
    assert all("debt" in f"{row.name} {row.need} {row.route}".casefold() for row in found[4:])
