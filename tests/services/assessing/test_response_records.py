"""What a finished response makes of itself by the templates of its form."""

import json
from collections.abc import Callable

from fhir.resources.R4B import get_fhir_model_class

from tests.forms.make import SDC, item, source
from workwell_desktop.domain.episodes import Mode
from workwell_desktop.services.assessing import assessments, library
from workwell_desktop.services.assessing.response_exchange import export_response
from workwell_desktop.services.assessing.response_records import RecordsMade, made_by
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.travel.bundle import export_case
from workwell_desktop.services.travel.case_import import import_case

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
    """They are named on the page, and go out with the answers: the same each time, and into another store."""
    library.import_form(desk, form("answer.value"))
    participant = refer().participant
    filling = assessments.start(desk, participant, "http://example.org/form", Mode.PHONE)
    assessments.answer_all(desk, filling, {"pain": 4})
    assert made_by(desk, filling.response) is None
    assert len(export_response(desk, filling.response)["entry"]) == 1
    assessments.complete(desk, filling)
    assert made_by(desk, filling.response) == RecordsMade((("Observation", "Pain"),))
    made = export_response(desk, filling.response)
    get_fhir_model_class("Bundle").model_validate(made)
    _answers, entry = made["entry"]
    assert entry["fullUrl"].startswith("urn:uuid:")
    assert entry["resource"]["valueInteger"] == 4
    assert participant.replace("-", "") in entry["resource"]["subject"]["reference"].replace("-", "")
    assert export_response(desk, filling.response) == made
    whole = export_case(desk, participant)
    assert [one["resource"]["id"] for one in whole["entry"]].count(entry["resource"]["id"]) == 1
    brought = import_case(desk, json.dumps(whole).encode())
    assert (brought.created, brought.problems) == (0, ())


def test_a_template_that_cannot_be_followed_makes_nothing_and_says_so(
    desk: Desk, refer: Callable[..., Referred]
) -> None:
    library.import_form(desk, form("answer.value.unheard()"))
    filling = assessments.start(desk, refer().participant, "http://example.org/form", Mode.PHONE)
    assessments.answer_all(desk, filling, {"pain": 4})
    assessments.complete(desk, filling)
    made = made_by(desk, filling.response)
    assert made is not None
    assert made.records == ()
    assert "unheard" in made.refused[0]
    assert len(export_response(desk, filling.response)["entry"]) == 1


def test_a_form_without_templates_says_nothing_of_records(desk: Desk, refer: Callable[..., Referred]) -> None:
    library.import_form(desk, source(item("pain", "integer")))
    filling = assessments.start(desk, refer().participant, "http://example.org/form", Mode.PHONE)
    assessments.complete(desk, filling)
    assert made_by(desk, filling.response) is None
