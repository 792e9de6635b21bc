"""The waiting list: how long, how often tried, which day the first talk was promised for, and in which order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.coming_in import Helper, Said
from workwell_desktop.domain.records import Record
from workwell_desktop.services.administration import teams
from workwell_desktop.services.coming_in import eligibility, triage, tries, waiting
from workwell_desktop.services.coming_in.eligibility import State
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.coming_in.tries import Reach
from workwell_desktop.services.coming_in.waiting import Show, Sort
from workwell_desktop.services.desk import Desk

Refer = Callable[..., Referred]


@pytest.fixture
def three(refer: Refer) -> dict[str, Referred]:
    return {
        name: refer(name, family, accept=False, agreements=(), received_on=day, nhs_number=None)
        for name, family, day in (
            ("Amira", "Begum", date(2026, 11, 23)),
            ("Colin", "Hart", date(2026, 10, 1)),
            ("Ruth", "Vance", date(2026, 11, 12)),
        )
    }


def names(desk: Desk, show: Show = Show.ALL, sort: Sort = Sort.AGE) -> list[str]:
    return [line.one.name.split()[0] for line in waiting.view(desk, show, sort).lines]


def test_nobody_waits(desk: Desk) -> None:
    found = waiting.view(desk)
    assert (found.lines, found.of, found.teams) == ((), 0, ())


def test_who_has_waited_longest_stands_first_with_the_days(desk: Desk, three: dict[str, Referred]) -> None:
    assert [(line.one.name, line.days, line.late) for line in waiting.view(desk).lines] == [
        ("Colin Hart", 54, 50),
        ("Ruth Vance", 12, 8),
        ("Amira Begum", 1, 0),
    ]
    assert names(desk, sort=Sort.NAME) == ["Amira", "Colin", "Ruth"]
    assert names(desk, sort=Sort.FIRST_TALK) == ["Colin", "Ruth", "Amira"]
    tries.record(desk, three["Colin"].episode, "phone", reached=True)
    assert names(desk, sort=Sort.FIRST_TALK) == ["Ruth", "Amira", "Colin"], "who was reached is late no more"
    assert names(desk, Show.LATE) == ["Ruth"]


def test_the_promised_day_is_counted_in_working_days_of_the_pack(desk: Desk, clock: FixedClock, refer: Refer) -> None:
    refer("Amira", "Begum", accept=False, agreements=(), received_on=date(2026, 11, 20))
    (line,) = waiting.view(desk).lines
    assert line.one.by == date(2026, 11, 24), "from a Friday, two working days are Tuesday"
    assert line.late == 0
    clock.set(clock.now() + timedelta(days=1))
    assert waiting.view(desk).lines[0].late == 1


def test_each_line_says_tries_questions_and_decision_and_is_found_by_them(
    desk: Desk, clock: FixedClock, three: dict[str, Referred]
) -> None:
    colin, ruth = three["Colin"], three["Ruth"]
    for _time in range(3):
        clock.set(clock.now() + timedelta(hours=1))
        tries.record(desk, colin.episode, "phone", reached=False)
    eligibility.record(desk, ruth.referral, {"work": Said.NO})
    triage.to_coach(desk, ruth.episode, "Near Maya.")
    by_name = {line.one.name: line for line in waiting.view(desk).lines}
    assert (by_name["Colin Hart"].tries, by_name["Colin Hart"].reach) == (3, Reach.TRIED_ALL)
    assert by_name["Colin Hart"].questions is State.OPEN
    assert (by_name["Ruth Vance"].questions, by_name["Ruth Vance"].helper) == (State.ELSEWHERE, Helper.COACH)
    assert by_name["Ruth Vance"].coach == "Maya Okafor"
    assert names(desk, Show.TRIED_ALL) == ["Colin"]
    assert names(desk, Show.NOT_DECIDED) == ["Colin", "Amira"]
    assert names(desk, Show.QUESTIONS) == ["Colin", "Ruth", "Amira"]
    assert names(desk, Show.MINE) == ["Ruth"]
    assert waiting.view(desk, Show.MINE).of == 3


def test_one_team_is_picked_out(desk: Desk, refer: Refer, three: dict[str, Referred]) -> None:
    aire = teams.add(desk, "Aire Valley team")
    other = refer("Tomasz", "Zielinski", accept=False, agreements=(), nhs_number=None, team=aire)
    desk.person = replace(desk.person, teams=frozenset())  # belongs to none, and so sees every team
    found = waiting.view(desk, team=aire)
    assert [line.one.participant for line in found.lines] == [other.participant]
    assert [name for _own, name in found.teams] == ["Aire Valley team", "Calder Valley team"]


def test_the_line_of_one_person_is_there_while_they_wait(desk: Desk, three: dict[str, Referred]) -> None:
    line = waiting.line_of(desk, three["Ruth"].participant)
    assert line is not None
    assert line.one.episode == three["Ruth"].episode
    tries.record(desk, three["Ruth"].episode, "letter", reached=False)
    tries.end(desk, three["Ruth"].episode)
    assert waiting.line_of(desk, three["Ruth"].participant) is None


def test_five_hundred_lines_cost_as_many_reads_as_three(
    desk: Desk, three: dict[str, Referred], monkeypatch: pytest.MonkeyPatch
) -> None:
    from workwell_desktop.store import Reader

    calls: list[str] = []
    real = Reader.list

    def counted(self: Reader, cls: type[Record], **more: Any) -> list[Record]:
        calls.append(cls.__name__)
        return real(self, cls, **more)

    monkeypatch.setattr(Reader, "list", counted)
    waiting.view(desk)
    assert max(calls.count(name) for name in calls) == 2, "a kind is read for the list, and never for a line"
    assert len(calls) <= 10
