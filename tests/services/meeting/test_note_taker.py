"""The coordinator prepares a session and takes its notes: nothing that the role may not see stands in the way."""

from collections.abc import Callable

from tests.services.case_help import agreed, phq9, session_with
from workwell_desktop.domain.people import Profession
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import case_pages, session_pages


def test_a_case_opens_for_who_takes_the_notes_without_its_scores(
    desk: Desk, refer: Callable[..., Referred], colleague: Callable[..., Desk]
) -> None:
    chair = colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    participant = refer().participant
    phq9(desk, participant, "110000000")
    session, item, discussion = session_with(desk, chair, participant)
    agreed(desk, discussion)
    seen = case_pages.view_case(desk, item)
    assert seen.visible
    assert seen.measures
    noted = case_pages.view_case(jo, item)
    assert (noted.visible, noted.question, noted.measures) == (True, seen.question, ())
    assert [line.name for line in session_pages.view_session(jo, session).agenda] == [seen.name]
