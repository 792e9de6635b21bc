"""The other records that a finished response makes by the templates of its form, as one FHIR R4 transaction."""

import uuid

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput
from workwell_desktop.forms import Run, plain
from workwell_desktop.forms.template import extracted
from workwell_desktop.services import fhir_plan
from workwell_desktop.services.assessments import repeats_of
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.fhir_parts import Resource
from workwell_desktop.services.launch import context_of, moment_of
from workwell_desktop.services.library import form_in


def extract_records(desk: Desk, response: Id) -> Resource:
    """A transaction Bundle of what the templates of the form make of ``response``, written down as exported; it has no
    entries where the form has no templates. Raises BadInput ``response_unfinished`` before the response is complete,
    and FormRefused, with the reason, where a template cannot be followed whole."""
    desk.allow(Act.EXPORT, Response)
    with desk.read() as reader:
        found = reader.get(Response, response)
        if found.status not in (ResponseStatus.COMPLETED, ResponseStatus.AMENDED) or found.form_url is None:
            raise BadInput("response_unfinished")
        run = Run(
            form_in(reader, found.form_url, digest=found.form_digest),
            now=moment_of(found, desk.clock.now()),
            answers=reader.answers(found.id),
            repeats=repeats_of(reader, found.id),
            context=context_of(reader, found),
        )
        made = extracted(run, fhir_plan.questionnaire_response(found, run), lambda: str(uuid.UUID(new_id())))
    desk.noted(AuditKind.EXPORTED, found.scope, response)
    return plain(made)  # type: ignore[no-any-return]
