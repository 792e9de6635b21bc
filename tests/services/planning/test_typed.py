"""Words that are no answer yet are kept for whoever typed them, and for nobody else."""

from collections.abc import Callable

from workwell_desktop.domain.records import new_id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.planning import typed


def test_words_are_found_again_until_they_are_taken_away(desk: Desk) -> None:
    record, other = new_id(), new_id()
    typed.keep(desk, record, "hours", "about 30")
    typed.keep(desk, other, "hours", "none")
    assert typed.of(desk, record) == {"hours": "about 30"}
    typed.keep(desk, record, "hours", "")
    assert typed.of(desk, record) == {}
    assert typed.of(desk, other) == {"hours": "none"}


def test_a_finished_record_leaves_nothing_behind(desk: Desk) -> None:
    record = new_id()
    typed.keep(desk, record, "asked", "Whether")
    typed.keep(desk, record, "agreed", "To call")
    typed.forget(desk, record)
    assert typed.of(desk, record) == {}


def test_a_colleague_on_the_same_computer_sees_none_of_it(desk: Desk, colleague: Callable[..., Desk]) -> None:
    record = new_id()
    typed.keep(desk, record, "asked", "Whether")
    assert typed.of(colleague(), record) == {}


def test_it_is_not_in_the_log(desk: Desk) -> None:
    before = desk.store.check().changes
    typed.keep(desk, new_id(), "asked", "Whether")
    assert desk.store.check().changes == before
