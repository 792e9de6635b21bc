"""What a finished response makes of itself by the templates of its form."""

from collections.abc import Callable

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.forms.make import SDC, item, source
from workwell_desktop.domain.episodes import Mode
from workwell_desktop.errors import BadInput, FormRefused
from workwell_desktop.services import assessments, library
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.referrals import Referred
from workwell_desktop.services.response_records import extract_records

VALUE = SDC + "questionnaire-templateExtractValue"


def form(expression: str) -> bytes:
    template = {
        "resourceType": "Observation",
        "id": "t",
        "status": "final",
        "code": {"text": "Pain"},
        "subject": {"extension": [{"url": VALUE, "valueString": "%resource.subject"}]},
        "_valueInteger": {"extension": [{"url": VALUE, "valueString": expression}]},
    }
    marked = {
        "url": SDC + "questionnaire-templateExtract",
        "extension": [{"url": "template", "valueReference": {"reference": "#t"}}],
    }
    return source(item("pain", "integer", marked), contained=[template])


def test_records_come_of_a_finished_response_alone(desk: Desk, refer: Callable[..., Referred]) -> None:
    library.import_form(desk, form("answer.value"))
    participant = refer().participant
    filling = assessments.start(desk, participant, "http://example.org/form", Mode.PHONE)
    assessments.answer_all(desk, filling, {"pain": 4})
    with pytest.raises(BadInput) as caught:
        extract_records(desk, filling.response)
    assert caught.value.reason == "response_unfinished"
    assessments.complete(desk, filling)
    made = extract_records(desk, filling.response)
    get_fhir_model_class("Bundle").model_validate(made)
    (entry,) = made["entry"]
    assert entry["fullUrl"].startswith("urn:uuid:")
    assert (entry["resource"]["valueInteger"], entry["request"]["method"]) == (4, "POST")
    assert participant.replace("-", "") in entry["resource"]["subject"]["reference"].replace("-", "")


def test_a_template_that_cannot_be_followed_makes_nothing(desk: Desk, refer: Callable[..., Referred]) -> None:
    library.import_form(desk, form("answer.value.unheard()"))
    filling = assessments.start(desk, refer().participant, "http://example.org/form", Mode.PHONE)
    assessments.answer_all(desk, filling, {"pain": 4})
    assessments.complete(desk, filling)
    with pytest.raises(FormRefused):
        extract_records(desk, filling.response)
