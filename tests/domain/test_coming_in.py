"""What is asked of each source, and days that cannot be."""

from datetime import UTC, date, datetime

import pytest

from workwell_desktop.catalogue import has
from workwell_desktop.domain.coming_in import (
    ASKED,
    FIELDS,
    EligibilityAnswer,
    Helper,
    Said,
    Triage,
    day_problems,
    fields_of_source,
    newest_answers,
    newest_triage,
    source_problems,
    work_problems,
)
from workwell_desktop.domain.episodes import Referral, ReferralSource
from workwell_desktop.domain.records import Code, Id, fields_of

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("source", ReferralSource)
def test_every_source_has_its_few_fields_and_the_record_holds_them(source: ReferralSource) -> None:
    held = {spec.name for spec in fields_of(Referral)}
    assert 1 <= len(ASKED[source]) <= 5
    assert set(fields_of_source(source)) <= held
    assert all(has(f"referral.{name}") for name in fields_of_source(source))


def test_nobody_who_comes_by_themselves_is_asked_who_sent_them() -> None:
    assert fields_of_source(ReferralSource.SELF) == ("heard_from",)
    assert fields_of_source(None) == ()
    assert "heard_from" in FIELDS


def test_an_employer_says_which_one_and_whether_the_person_knows() -> None:
    """Error 18 of the domain: to be sent is no consent, so it is asked and never taken for granted."""
    assert source_problems(ReferralSource.EMPLOYER, {}) == [
        ("organisation", "organisation_missing"),
        ("person_knows", "person_knows_missing"),
    ]
    told = {"organisation": "Northgate Parcels", "person_knows": False}
    assert source_problems(ReferralSource.EMPLOYER, told) == []
    assert source_problems(ReferralSource.SELF, {}) == []


@pytest.mark.parametrize(
    ("received", "born", "reason"),
    [
        (date(2026, 11, 25), None, "referral_in_future"),
        (date(1984, 3, 13), date(1984, 3, 14), "referral_before_birth"),
        (date(1984, 3, 14), date(1984, 3, 14), ""),
        (TODAY, None, ""),
        (None, date(1984, 3, 14), ""),
    ],
)
def test_a_referral_came_after_a_birth_and_before_tomorrow(
    received: date | None, born: date | None, reason: str
) -> None:
    found = day_problems(received=received, born=born, today=TODAY)
    assert [each for _field, each in found] == ([reason] if reason else [])
    assert all(has(f"errors.field.{each}") for _field, each in found)


def test_work_began_after_a_birth_and_ends_after_it_began() -> None:
    born = date(1984, 3, 14)
    assert work_problems(since=date(1980, 1, 1), until=None, born=born) == [("since", "since_before_birth")]
    ends = work_problems(since=date(2026, 10, 2), until=date(2026, 10, 1), born=born)
    assert ends == [("evidence_until", "ends_before_start")]
    assert work_problems(since=date(2026, 10, 2), until=date(2026, 10, 2), born=born) == []


def answer(own: str, said: Said, hour: int, question: str = "area") -> EligibilityAnswer:
    at = datetime(2026, 11, 24, hour, tzinfo=UTC)
    return EligibilityAnswer(id=Id(own), scope=Id("p"), question=Code(question), answer=said, at=at)


def test_the_newest_answer_to_a_question_counts() -> None:
    found = newest_answers([answer("b", Said.YES, 10), answer("a", Said.NO, 9), answer("c", Said.NO, 9, "work")])
    assert {question: one.answer for question, one in found.items()} == {"area": Said.YES, "work": Said.NO}
    twins = [answer("a", Said.NO, 9), answer("b", Said.YES, 9)]
    assert newest_answers(twins)["area"].answer is newest_answers(twins[::-1])["area"].answer is Said.YES


def test_the_newest_decision_counts() -> None:
    early = Triage(id=Id("b"), scope=Id("p"), helper=Helper.MEETING, at=datetime(2026, 11, 20, tzinfo=UTC))
    late = Triage(id=Id("a"), scope=Id("p"), helper=Helper.COACH, at=datetime(2026, 11, 21, tzinfo=UTC))
    assert newest_triage([late, early]) is late
    assert newest_triage([]) is None
