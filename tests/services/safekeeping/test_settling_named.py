"""Two answers that are ids or codes of the site are said by name; why one of a restricted note was chosen is in it."""

from datetime import date

import pytest

from tests.services.safekeeping.test_settling import Laptops, laptops, only
from workwell_desktop.domain.duties import ConcernAbout, SafeguardingConcern
from workwell_desktop.domain.episodes import Contact, Response, RiskConversation
from workwell_desktop.domain.participants import Settling
from workwell_desktop.domain.plans import Action, Obstacle, ObstacleKind, OwnerKind, ReturnWeek
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.values import Coding
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


def test_who_does_it_is_whoever_was_chosen_also_where_only_one_of_them_changed_the_kind(laptops: Laptops) -> None:
    maya, priya, sam = laptops.desks
    with maya.unit() as unit:
        walk = unit.add(Action(id=new_id(), scope=laptops.who, text="Walk", owner_kind=OwnerKind.STAFF, owner=maya.me))
    laptops.meet()
    laptops.apart(Action, walk, {"owner": priya.me}, {"owner_kind": OwnerKind.PARTICIPANT, "owner": None})
    found = only(sam, walk, "owner")
    assert found.names[str(None)] == "participant", "nobody of ours is whoever else does it"
    conflicts.settle(maya, walk, "owner", priya.me, "She offered")
    with maya.read() as reader:
        one = reader.get(Action, walk)
    assert (one.owner_kind, one.owner, one.owner_name) == (OwnerKind.STAFF, priya.me, None)
    laptops.meet()


def test_it_says_of_which_record_it_is_and_offers_what_else_there_may_be(laptops: Laptops) -> None:
    maya, _priya, sam = laptops.desks
    with maya.unit() as unit:
        week = unit.add(ReturnWeek(id=new_id(), scope=laptops.who, starts_on=date(2026, 12, 7)))
        talk = unit.add(Contact(id=new_id(), scope=laptops.who, purpose="Review call"))
        answers = unit.add(Response(id=new_id(), scope=laptops.who))
    laptops.meet()
    laptops.apart(ReturnWeek, week, {"duties": "Scanning"}, {"duties": "Labels"})
    laptops.apart(Contact, talk, {"owner": maya.me}, {"owner": sam.me})
    low, tired, sore = (Coding("s", code, code) for code in ("low", "tired", "sore"))
    for desk, told in ((maya, (low, tired)), (sam, (Coding("s", "tired", "Weary"), sore))):
        with desk.unit() as unit:
            unit.answer(answers, "q", told)
    laptops.meet()
    found = only(maya, week, "duties")
    assert (found.what, found.called) == ("", ("starts_on", date(2026, 12, 7)))
    assert found.whose
    found = only(maya, talk, "owner")
    assert found.what == "Review call"
    assert [words for _value, words in found.others] == ["Priya Nair"]
    both = only(maya, answers, "answer/q")
    assert both.mergeable
    conflicts.keep_both(maya, answers, "answer/q", ["", ""])
    with maya.read() as reader:
        (line,) = (one for one in reader.history(answers, "answer/q") if one.is_head)
    assert isinstance(line.value, tuple)
    assert {one.code for one in line.value if isinstance(one, Coding)} == {"low", "sore", "tired"}
    assert len(line.value) == 3
    for which, field, value in ((week, "duties", "Labels"), (talk, "owner", maya.me)):
        conflicts.settle(maya, which, field, value, "Asked")
    laptops.meet()
