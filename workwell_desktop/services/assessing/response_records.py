"""The other records that a finished response makes by the templates of its form (SDC ``templateExtract``).

They go out with the answers, as observations do; nothing of them is kept here, since they follow from the answers.
"""

import itertools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import FormRefused
from workwell_desktop.forms import Run
from workwell_desktop.forms.template import extracted, has_templates
from workwell_desktop.services.assessing.assessments import repeats_of
from workwell_desktop.services.assessing.launch import context_of, head_of, moment_of
from workwell_desktop.services.assessing.library import form_in
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.fhir import fhir_plan
from workwell_desktop.services.fhir.fhir_parts import Resource, derived

_URN = "urn:uuid:"


@dataclass(frozen=True, slots=True)
class RecordsMade:
    """What a form makes beside the answers: kind and name of each record, such as ("Observation", "Pain"); or, where a
    template cannot be followed, nothing and the sentences that say why."""

    records: tuple[tuple[str, str], ...] = ()
    refused: tuple[str, ...] = ()


def made_by(desk: Desk, response: Id) -> RecordsMade | None:
    """What a completed response makes beside itself; None where its form makes nothing, or it is not complete."""
    desk.allow(Act.READ, Response)
    with desk.read() as reader:
        found = reader.get(Response, response)
        if not _finished(found) or found.form_url is None:
            return None
        form = form_in(reader, found.form_url, digest=found.form_digest)
        if not has_templates(form):
            return None
        now = desk.clock.now()
        run = Run(
            form,
            now=moment_of(found, now),
            answers=reader.answers(found.id),
            repeats=repeats_of(reader, found.id),
            context=context_of(reader, found),
            head=head_of(found, now),
        )
        try:
            made = resources_of(found, run, fhir_plan.questionnaire_response(found, run))
        except FormRefused as refused:
            return RecordsMade(refused=tuple(str(one.message) for one in refused.problems))  # type: ignore[attr-defined]
    return RecordsMade(tuple((str(one["resourceType"]), _name(one)) for one in made))


def resources_of(response: Response, run: Run, sent: Mapping[str, Any]) -> list[Resource]:
    """The records of a completed response, none of any other. ``sent`` is the QuestionnaireResponse as it goes out.
    Their ids follow from the response, so that they are the same each time. Raises FormRefused where a template
    cannot be followed: they are made whole or not at all."""
    if not _finished(response) or not has_templates(run.form):
        return []
    numbers = itertools.count()
    bundle = extracted(run, sent, lambda: str(uuid.UUID(derived(response.id, f"template {next(numbers)}"))))
    made: list[Resource] = []
    for number, one in enumerate(bundle["entry"]):
        own = str(one.get("fullUrl") or "").removeprefix(_URN).replace("-", "")
        plain_id = len(own) == 32 and set(own) <= set("0123456789abcdef")
        made.append({**one["resource"], "id": own if plain_id else derived(response.id, f"record {number}")})
    return made


def _finished(response: Response) -> bool:
    return response.status in (ResponseStatus.COMPLETED, ResponseStatus.AMENDED)


def _name(made: Resource) -> str:
    """What a record is about, as it says itself."""
    for part in ("code", "description", "title", "name", "category"):
        found = made.get(part)
        one = found[0] if isinstance(found, list) and found else found
        if isinstance(one, str):
            return one
        if isinstance(one, Mapping):
            codings = one.get("coding")
            coding = codings[0] if isinstance(codings, list) and codings and isinstance(codings[0], Mapping) else {}
            if said := one.get("text") or coding.get("display") or coding.get("code"):
                return str(said)
    return ""
