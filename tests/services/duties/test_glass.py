"""Behind glass: opened once, for a reason, written down before it is shown, and looked at by who answers for it."""

from collections.abc import Callable
from datetime import date

import pytest

from workwell_desktop.domain.duties import BrokenGlass, ConcernAbout, DisclosureReason, SafeguardingConcern
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid, NoPermission
from workwell_desktop.services.administration import audit
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import disclosures, glass, safeguarding
from workwell_desktop.services.duties.disclosures import Told
from workwell_desktop.services.duties.safeguarding import Concern

WHY = "She asked me on the phone whether she is safe at home."
SEEN = Concern(ConcernAbout.ADULT, "Bruises on both arms", "Adult services", date(2026, 11, 24), told=True)

Join = Callable[..., Desk]


@pytest.fixture
def dani(desk: Desk, colleague: Join, refer: Callable[..., Referred]) -> Id:
    """Of Maya's caseload, with a concern that Priya wrote and a telling without agreement."""
    who = refer().participant
    priya = colleague()
    safeguarding.record(priya, who, SEEN)
    told = Told(
        DisclosureReason.SAFEGUARDING, "Harm was close", Party.SERVICE, "Adult services", "The address", priya.me, True
    )
    disclosures.disclose(priya, who, told)
    return who


def lead(colleague: Join) -> Desk:
    return colleague("Lee Ash", Profession.COACH, "team_lead", None)


def test_it_opens_once_and_whoever_answers_for_it_is_told(desk: Desk, dani: Id, colleague: Join) -> None:
    assert glass.told(desk, SafeguardingConcern) == ()
    boss = lead(colleague)
    assert glass.told(desk, SafeguardingConcern) == ("Lee Ash",)
    assert safeguarding.of_participant(desk, dani).mine == ()
    (note,) = glass.open_concerns(desk, dani, WHY)
    assert note.what == "Bruises on both arms"
    assert safeguarding.of_participant(desk, dani).mine == (), "once is once"
    (event,) = audit.latest(desk, [AuditKind.BROKE_GLASS])
    assert (event.person, event.participant, event.record, event.detail) == (
        desk.me,
        dani,
        note.concern,
        "safeguarding",
    )
    (waits,) = [one for one in today.view(boss).items if one.kind == "glass"]
    assert (waits.participant, waits.words["by"]) == (dani, "Maya Okafor")
    assert not [one for one in today.view(desk).items if one.kind == "glass"]
    (seen,) = glass.of_participant(boss, dani)
    assert (seen.reason, seen.seen_by) == (WHY, "")
    glass.looked_at(boss, seen.glass)
    assert glass.of_participant(boss, dani)[0].seen_by == "Lee Ash"
    assert not [one for one in today.view(boss).items if one.kind == "glass"]
    assert len(glass.open_disclosures(desk, dani, WHY)) == 1


def test_without_a_reason_or_a_note_nothing_is_opened_or_written(desk: Desk, dani: Id, colleague: Join) -> None:
    with pytest.raises(FieldsInvalid):
        glass.open_concerns(desk, dani, " please ")
    boss = lead(colleague)
    with pytest.raises(NoPermission):
        # what the role includes lies behind no glass
        glass.open_concerns(boss, dani, WHY)
    with desk.unit() as unit:
        for one in unit.reader.list(SafeguardingConcern, scope=dani):
            unit.delete(SafeguardingConcern, one.id)
    with pytest.raises(BadInput) as refused:
        glass.open_concerns(desk, dani, WHY)
    assert refused.value.reason == "nothing_behind_glass"
    assert glass.of_participant(boss, dani) == ()
    assert audit.latest(desk, [AuditKind.BROKE_GLASS]) == ()


def test_nobody_looks_at_their_own_and_an_observer_breaks_nothing(desk: Desk, dani: Id, colleague: Join) -> None:
    from workwell_desktop.services.administration import people

    glass.open_concerns(desk, dani, WHY)
    with pytest.raises(NoPermission):
        glass.of_participant(desk, dani)
    people.change(desk, desk.me, roles=frozenset({"administrator", "coach", "team_lead"}))
    (mine,) = glass.of_participant(desk, dani)
    with pytest.raises(BadInput) as refused:
        glass.looked_at(desk, mine.glass)
    assert refused.value.reason == "own_glass"
    student = colleague("Sam Low", Profession.COACH, "observer", None)
    for act in (glass.open_concerns, glass.open_disclosures):
        with pytest.raises(NoPermission):
            act(student, dani, WHY)
    with desk.read() as reader:
        assert reader.count(BrokenGlass) == 1
