"""What a page says of a result: the number, the range as published, the change, and which way is better."""

from datetime import timedelta
from decimal import Decimal

from tests.desktop.pages.at_work import SEVERAL, AtWork, begun
from tests.desktop.reader import Role, find_all, says
from workwell_desktop.desktop.kit import Matrix


def test_which_way_is_better_is_said_at_the_first_time_too(work: AtWork) -> None:
    filling = work.filled("phq-15", {f"phq15-{number}": SEVERAL for number in range(1, 16)})
    page = work.go("assessment", response=filling.response)
    assert "in the range often called" in says(page)
    assert "Lower is better." in says(page)
    assert "Was " not in says(page)


def test_a_score_entered_from_paper_has_its_range_and_change(work: AtWork) -> None:
    now = work.clock.moment
    work.clock.set(now - timedelta(days=14))
    work.filled("wsas-score", {"wsas-total": Decimal(25)})
    work.clock.set(now)
    filling = work.filled("wsas-score", {"wsas-total": Decimal(15)})
    page = work.go("assessment", response=filling.response)
    said = says(page)
    assert "of 40, in the range" in said
    assert "down 10" in said
    assert "Lower is better." in said
    assert find_all(page, Role.EditableText)


def test_before_a_score_is_entered_nothing_is_said_of_it(work: AtWork) -> None:
    begun(work, "wsas-score")
    assert "better" not in says(work.page)


def test_the_checklist_with_seven_answers_is_a_grid(work: AtWork) -> None:
    begun(work, "icf-work-brief")
    grids = [one for one in work.page.findChildren(Matrix) if one.isVisibleTo(work.page)]
    assert len(grids) == 2
    assert len(find_all(grids[0], Role.RadioButton)) == 6 * 7
