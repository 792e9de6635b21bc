"""Telling somebody what the team decided: the words are kept, then stand in the record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, says
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import Discussion, Outcome
from workwell_desktop.services.person import record, record_lists


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def decided(here: AtWork) -> Id:
    with here.desk.unit() as unit:
        return unit.add(
            Discussion(
                id=new_id(),
                scope=here.dani,
                question="Is lifting safe?",
                decision="Lift up to 5 kg for four weeks.",
                outcome=Outcome.CARRY_ON,
                decided_at=here.clock.now(),
                provisional=True,
            )
        )


def test_what_they_say_is_kept_then_recorded(here: AtWork) -> None:
    one = decided(here)
    page = here.go("tell", discussion=str(one))
    assert "Lift up to 5 kg for four weeks." in says(page)
    page.fields["words"].control.setFocus()
    write("That is fair.")
    here.workspace.navigator.go("today")
    settle()
    page = here.go("tell", discussion=str(one))
    assert page.fields["words"].control.value() == "That is fair."
    click(page, Role.Button, "Record that they were told")
    settle()
    assert here.page.route == "record"
    (found,) = record_lists.decisions_of(here.desk, here.dani)
    assert found.told_at is not None
    assert any(("text", "That is fair.") in line.words for line in record.everything(here.desk, here.dani))
    assert "They were told" in says(here.go("tell", discussion=str(one)))


def test_without_a_decision_it_says_so(here: AtWork) -> None:
    assert "There is no decision to tell" in says(here.go("tell"))
