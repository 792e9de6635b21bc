"""Papers for being off work, and work over time: what is worth a second look, and what is never asked of anybody."""

from datetime import date, timedelta

import pytest

from workwell_desktop.domain.evidence import (
    MAY_ISSUE,
    AbsenceEvidence,
    Hint,
    Issuer,
    hints,
    months_after,
    standing,
)
from workwell_desktop.domain.participants import Evidence, WorkSituation, WorkStatus
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.work_history import Stretch, stretches

TODAY = date(2026, 11, 24)
WHO = Id("a" * 32)


def paper(kind: Evidence, first: str, last: str | None) -> AbsenceEvidence:
    return AbsenceEvidence(
        id=new_id(),
        scope=WHO,
        kind=kind,
        starts_on=date.fromisoformat(first),
        ends_on=date.fromisoformat(last) if last else None,
    )


def note(first: str, last: str | None) -> AbsenceEvidence:
    return paper(Evidence.FIT_NOTE, first, last)


def told(on: str, status: WorkStatus, since: str | None = None) -> WorkSituation:
    begun = date.fromisoformat(since) if since else None
    return WorkSituation(id=new_id(), scope=WHO, told_on=date.fromisoformat(on), status=status, since=begun)


def off(since: str) -> tuple[Stretch, ...]:
    return stretches([told(since, WorkStatus.OFF_SICK, since)])


def codes(found: list[Hint]) -> list[str]:
    return [one.code for one in found]


def days(found: list[Hint], code: str) -> list[tuple[date, date]]:
    return [(one.starts_on, one.ends_on) for one in found if one.code == code]


# --- work over time ---------------------------------------------------------------------------------------------------


def test_tellings_of_one_situation_are_one_stretch() -> None:
    found = stretches(
        [
            told("2026-09-03", WorkStatus.STRUGGLING),
            told("2026-10-01", WorkStatus.STRUGGLING),
            told("2026-10-20", WorkStatus.OFF_SICK, "2026-10-12"),
        ]
    )
    assert [(one.status, one.since, one.until, one.exact) for one in found] == [
        (WorkStatus.STRUGGLING, date(2026, 9, 3), date(2026, 10, 11), False),
        (WorkStatus.OFF_SICK, date(2026, 10, 12), None, True),
    ]
    assert found[1].days(TODAY) == 44


def test_somebody_off_sick_twice_has_two_stretches() -> None:
    found = stretches(
        [
            told("2026-03-02", WorkStatus.OFF_SICK, "2026-03-01"),
            told("2026-04-06", WorkStatus.RETURNED, "2026-04-06"),
            told("2026-10-12", WorkStatus.OFF_SICK, "2026-10-10"),
        ]
    )
    assert [one.until for one in found] == [date(2026, 4, 5), date(2026, 10, 9), None]


def test_who_is_off_again_without_a_telling_between_has_two_stretches_too() -> None:
    found = stretches(
        [
            told("2026-03-02", WorkStatus.OFF_SICK, "2026-03-01"),
            told("2026-10-12", WorkStatus.OFF_SICK, "2026-10-10"),
        ]
    )
    assert [one.since for one in found] == [date(2026, 3, 1), date(2026, 10, 10)]


def test_a_later_telling_corrects_when_it_began() -> None:
    found = stretches([told("2026-10-20", WorkStatus.OFF_SICK), told("2026-10-27", WorkStatus.OFF_SICK, "2026-10-12")])
    assert [(one.since, one.exact) for one in found] == [(date(2026, 10, 12), True)]


# --- papers -----------------------------------------------------------------------------------------------------------


def test_papers_that_follow_each_other_leave_nothing_to_look_at() -> None:
    papers = [
        paper(Evidence.SELF_CERTIFIED, "2026-10-12", "2026-10-18"),
        note("2026-10-19", "2026-11-15"),
        note("2026-11-16", "2026-12-06"),
    ]
    assert hints(papers, off("2026-10-12"), TODAY) == []
    found = standing(papers, TODAY)
    assert found is not None
    assert found.ends_on == date(2026, 12, 6)


def test_a_gap_between_two_papers_is_named_by_its_days() -> None:
    papers = [note("2026-10-12", "2026-10-25"), note("2026-11-02", "2026-12-06")]
    found = hints(papers, off("2026-10-12"), TODAY)
    assert days(found, "gap") == [(date(2026, 10, 26), date(2026, 11, 1))]


def test_days_at_work_between_two_absences_are_no_gap() -> None:
    between = stretches(
        [
            told("2026-03-02", WorkStatus.OFF_SICK, "2026-03-02"),
            told("2026-04-06", WorkStatus.RETURNED, "2026-04-06"),
            told("2026-11-02", WorkStatus.OFF_SICK, "2026-11-02"),
        ]
    )
    assert hints([note("2026-03-02", "2026-04-05"), note("2026-11-02", "2026-11-30")], between, TODAY) == []


def test_a_gap_that_is_known_to_have_no_paper_is_not_asked_about() -> None:
    papers = [
        note("2026-10-12", "2026-10-25"),
        note("2026-11-02", "2026-12-06"),
        paper(Evidence.NONE, "2026-10-26", "2026-11-01"),
    ]
    assert hints(papers, off("2026-10-12"), TODAY) == []


def test_two_papers_for_the_same_days_are_named() -> None:
    papers = [note("2026-10-12", "2026-11-08"), note("2026-11-02", "2026-12-06")]
    found = hints(papers, off("2026-10-12"), TODAY)
    assert days(found, "overlap") == [(date(2026, 11, 2), date(2026, 11, 8))]


def test_a_paper_that_ran_out_is_named_while_the_person_is_off() -> None:
    found = hints([note("2026-10-12", "2026-11-15")], off("2026-10-12"), TODAY)
    assert days(found, "run_out") == [(date(2026, 11, 16), TODAY)]


def test_a_paper_that_ends_today_has_not_run_out() -> None:
    assert hints([note("2026-10-12", "2026-11-24")], off("2026-10-12"), TODAY) == []


@pytest.mark.parametrize(("last", "named"), [("2026-10-18", False), ("2026-10-19", True)])
def test_a_self_certificate_for_more_than_seven_days_is_named(last: str, named: bool) -> None:
    found = hints([paper(Evidence.SELF_CERTIFIED, "2026-10-12", last)], (), TODAY)
    assert ("self_certificate_long" in codes(found)) is named


@pytest.mark.parametrize(("last", "named"), [("2027-01-11", False), ("2027-01-12", True)])
def test_more_than_three_months_in_the_first_six_is_a_hint(last: str, named: bool) -> None:
    found = hints([note("2026-10-12", last)], off("2026-10-12"), TODAY)
    assert ("over_three_months" in codes(found)) is named


def test_after_six_months_a_fit_note_may_be_longer() -> None:
    papers = [note("2026-01-05", "2026-04-04"), note("2026-07-06", "2026-12-31")]
    assert "over_three_months" not in codes(hints(papers, off("2026-01-05"), TODAY))


def test_months_end_on_the_day_before_and_never_on_the_31st_of_june() -> None:
    assert months_after(date(2026, 3, 5), 3) == date(2026, 6, 4)
    assert months_after(date(2026, 3, 31), 3) == date(2026, 6, 29)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 27)
    assert months_after(date(2026, 10, 1), 3) == date(2026, 12, 31)


# --- what would be embarrassing ---------------------------------------------------------------------------------------


def test_error_4_nobody_is_presumed_to_have_a_fit_note() -> None:
    """No paper at all is no gap, and where people come without a fit note the first weeks are none either."""
    assert hints([], off("2026-09-01"), TODAY) == []
    late = [paper(Evidence.PILOT_PLAN, "2026-10-19", None)]
    assert codes(hints(late, off("2026-09-01"), TODAY)) == ["gap"]
    assert hints(late, off("2026-09-01"), TODAY, fit_note_expected=False) == []


def test_error_4_where_a_fit_note_comes_first_it_is_asked_about_after_seven_days_and_once_it_is_there_no_more() -> None:
    first = TODAY - timedelta(days=6)
    assert hints([], off(first.isoformat()), TODAY, fit_note_first=True) == []
    assert codes(hints([], off("2026-11-17"), TODAY, fit_note_first=True)) == ["fit_note_first"]
    assert hints([note("2026-11-17", "2026-12-06")], off("2026-11-17"), TODAY, fit_note_first=True) == []


def test_error_8_five_professions_issue_fit_notes_and_others_do_not() -> None:
    assert MAY_ISSUE[Evidence.FIT_NOTE] == {
        Issuer.DOCTOR,
        Issuer.NURSE,
        Issuer.OCCUPATIONAL_THERAPIST,
        Issuer.PHARMACIST,
        Issuer.PHYSIOTHERAPIST,
    }
    assert Issuer.PODIATRIST in MAY_ISSUE[Evidence.AHP_REPORT]
    assert Issuer.DOCTOR not in MAY_ISSUE[Evidence.AHP_REPORT]


# --- what stands ------------------------------------------------------------------------------------------------------


def test_the_paper_that_counts_is_the_last_without_a_gap_from_today_on() -> None:
    papers = [note("2026-10-12", "2026-11-27"), note("2026-11-28", "2026-12-20"), note("2027-01-10", "2027-02-01")]
    found = standing(papers, TODAY)
    assert found is not None
    assert found.ends_on == date(2026, 12, 20)


def test_a_paper_without_an_end_does_not_run_out() -> None:
    found = standing([note("2026-10-12", "2026-11-15"), paper(Evidence.PILOT_PLAN, "2026-11-01", None)], TODAY)
    assert found is not None
    assert (found.kind, found.ends_on) == (Evidence.PILOT_PLAN, None)


def test_a_paper_without_an_end_leaves_no_gap_after_it() -> None:
    papers = [paper(Evidence.PILOT_PLAN, "2026-10-12", None), note("2026-11-02", "2026-11-08")]
    assert codes(hints(papers, off("2026-10-12"), TODAY)) == ["overlap"]


def test_where_only_no_paper_is_known_that_stands() -> None:
    found = standing([paper(Evidence.NONE, "2026-10-12", None)], TODAY)
    assert found is not None
    assert found.kind is Evidence.NONE
    assert standing([], TODAY) is None
