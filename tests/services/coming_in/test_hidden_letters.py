"""Characters that nobody sees are stopped at the door, wherever a text comes in, and nothing else changes."""

from collections.abc import Callable

import pytest

from tests.services.conftest import dani
from workwell_desktop.domain.episodes import Referral
from workwell_desktop.domain.participants import Participant
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services.assessing import assessments
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk

Refer = Callable[..., Referred]
TURNED = "Marsh\u202ehsraM"


def test_a_name_that_is_turned_round_is_refused_at_its_field(desk: Desk, refer: Refer) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        refer(family=TURNED)
    assert ("family_name", "hidden_letter") in refused.value.problems
    with pytest.raises(FieldsInvalid) as refused:
        refer(given="Danielle\nMarsh")
    assert ("given_name", "more_lines") in refused.value.problems
    with pytest.raises(FieldsInvalid) as refused:
        refer(given="\u200b\u00ad")
    assert ("given_name", "given_name_missing") in refused.value.problems
    with desk.read() as reader:
        assert reader.count(Participant) == 0


def test_any_other_text_is_refused_with_a_sentence_and_nothing_of_the_act_stays(desk: Desk, refer: Refer) -> None:
    with pytest.raises(BadInput) as refused:
        refer(reason="Off work \u2066with her back\u2069")
    assert refused.value.reason == "hidden_letter"
    with desk.read() as reader:
        assert (reader.count(Participant), reader.count(Referral)) == (0, 0)
    who = refer().participant
    with pytest.raises(BadInput):
        participants.edit(desk, who, what_matters="To be \u202ekcab")
    assert participants.get(desk, who).what_matters is None


def test_an_answer_is_cleaned_too(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    response = assessments.start(desk, who, "https://workwell-desktop.example/forms/work-and-health").response
    with pytest.raises(BadInput) as refused, desk.unit() as unit:
        unit.answer(response, "job", "Packer\u202d")
    assert refused.value.reason == "hidden_letter"
    with desk.unit() as unit:
        unit.answer(response, "job", "\ufeffPacker\r\nat night")
    with desk.read() as reader:
        assert reader.answers(response)["job"] == "Packer\nat night"


def test_litter_from_a_web_page_is_swept_away(desk: Desk, refer: Refer) -> None:
    who = refer(who=dani(address="7 Mill\u200b Lane\u00ad")).participant
    assert participants.get(desk, who).address == "7 Mill Lane"
