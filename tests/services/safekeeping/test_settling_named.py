"""Two answers that are ids or codes of the site are said by name; why one of a restricted note was chosen is in it."""

import pytest

from tests.services.safekeeping.test_settling import Laptops, laptops, only
from workwell_desktop.domain.duties import ConcernAbout, SafeguardingConcern
from workwell_desktop.domain.episodes import RiskConversation
from workwell_desktop.domain.participants import Settling
from workwell_desktop.domain.plans import Action, Obstacle, ObstacleKind
from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.duties import safeguarding
from workwell_desktop.services.person import record
from workwell_desktop.services.safekeeping import conflicts

__all__ = ["laptops"]


def test_an_id_is_called_by_the_words_of_its_record_and_a_code_of_the_site_by_the_sites(laptops: Laptops) -> None:
    with laptops.desks[0].unit() as unit:
        sleep, bus = (
            unit.add(Obstacle(id=new_id(), scope=laptops.who, kind=ObstacleKind.PERSON, text=words))
            for words in ("Poor sleep", "No bus")
        )
        walk = unit.add(Action(id=new_id(), scope=laptops.who, text="Walk each day"))
        talk = unit.add(RiskConversation(id=new_id(), scope=laptops.who, question="question 9"))
    laptops.meet()
    laptops.apart(Action, walk, {"obstacle": sleep}, {"obstacle": bus})
    step, other = laptops.desks[0].site.risk.steps[:2]
    laptops.apart(RiskConversation, talk, {"steps": frozenset({step.code})}, {"steps": frozenset({other.code})})
    assert dict(only(laptops.desks[2], walk, "obstacle").names) == {sleep: "Poor sleep", bus: "No bus"}
    said = only(laptops.desks[2], talk, "steps").names
    assert dict(said) == {step.code: step.label, other.code: other.label}
    for which, field in ((walk, "obstacle"), (talk, "steps")):
        value = only(laptops.desks[0], which, field).answers[0].value
        conflicts.settle(laptops.desks[0], which, field, value, "Asked them")
    laptops.meet()


def test_why_a_restricted_note_says_what_it_says_stands_within_it(laptops: Laptops) -> None:
    maya, priya, _sam = laptops.desks
    with maya.unit() as unit:
        note = unit.add(
            SafeguardingConcern(
                id=new_id(), scope=laptops.who, about=ConcernAbout.ADULT, what="Said", recorded_by=maya.me
            )
        )
    laptops.meet()
    laptops.apart(SafeguardingConcern, note, {"passed_to": "The council"}, {"passed_to": "The police"})
    assert (only(maya, note, "passed_to").why_kept, only(maya, note, "passed_to").restricted) == (True, True)
    with pytest.raises(FieldsInvalid):
        conflicts.settle(maya, note, "passed_to", "The police")
    conflicts.settle(maya, note, "passed_to", "The police", "She told me herself")
    laptops.meet()
    (mine,) = safeguarding.of_participant(maya, laptops.who).mine
    assert (mine.passed_to, mine.chosen_why) == ("The police", "She told me herself")
    with priya.read() as reader:
        assert reader.list(Settling, of=note) == [], "where everybody reads it says nothing"
    assert not [one for one in record.everything(priya, laptops.who) if "herself" in str(one)]
