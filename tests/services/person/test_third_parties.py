"""Names of others in what is written about a case, by what the records of the store know."""

from collections.abc import Callable

import pytest

from tests.services.case_help import agreed, session_with
from workwell_desktop.domain.participants import WorkSituation
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import ObstacleKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.third_parties import Mention, Third
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import projecting, sessions
from workwell_desktop.services.person import obstacles, third_parties

Refer = Callable[..., Referred]
Join = Callable[..., Desk]


@pytest.fixture
def chair(colleague: Join) -> Desk:
    """Dr Helen Frost, chair, a doctor."""
    return colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")


def with_a_contact(desk: Desk, who: Id, line: str) -> None:
    with desk.unit() as unit:
        for one in unit.reader.list(WorkSituation, scope=who):
            unit.set(WorkSituation, one.id, employer="Northgate Parcels", employer_person=line)


def test_another_participant_and_the_contact_at_work_are_named(desk: Desk, chair: Desk, refer: Refer) -> None:
    who, other = refer().participant, refer("Sam", "Okoro").participant
    participants.edit(desk, other, preferred_name="Sammy")
    with_a_contact(desk, who, "Sue Hartley, depot manager")
    session, _item, discussion = session_with(desk, chair, who)
    sessions.invite_guest(desk, session, "Olive Reed", role=None, organisation=None)

    def named(text: str) -> list[Mention]:
        return list(third_parties.named(desk, discussion, text))

    assert named("Sammy Okoro did it so, Sam Okoro too.") == [
        Mention("Sammy Okoro", Third.PARTICIPANT),
        Mention("Sam Okoro", Third.PARTICIPANT),
    ]
    assert named("as sam okoro does") == [Mention("sam okoro", Third.PARTICIPANT)]
    assert named("Samuel OKORO, samantha okoro") == [
        Mention("Samuel OKORO", Third.PARTICIPANT),
        Mention("samantha okoro", Third.PARTICIPANT),
    ]
    assert named("Sue allows it") == [Mention("Sue", Third.AT_WORK)]
    assert named("Her manager Dave allows it") == [Mention("Dave", Third.AT_WORK)]
    for quiet in (
        "Danielle Marsh rings Helen Frost",
        "her colleague Olive",
        "Sam, Okoro",
        "their manager Northgate",
        "",
    ):
        assert named(quiet) == [], quiet


def test_the_room_does_not_read_who_speaks_for_the_employer(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    with_a_contact(desk, who, "Sue Hartley, depot manager")
    _session, item, discussion = session_with(desk, chair, who, question="Does Sue Hartley, the depot manager, agree?")
    agreed(desk, discussion)
    obstacles.add_obstacle(desk, who, ObstacleKind.WORKPLACE, "Sue is away")
    seen = projecting.project(desk, item)
    assert seen.question == "Does somebody else, the depot manager, agree?"
    assert "Sue" not in repr(seen)
