"""What a person would call one record among others of its kind: by its own words, else by one of its fields.

An action, a talk or a service has words; an agreement, a week or a session is told from another by what it is about,
or by when it is, and the page says that field as it says every value.
"""

from collections.abc import Mapping

from workwell_desktop.domain.appointments import Appointment
from workwell_desktop.domain.directory import LocalService, ServiceLoop
from workwell_desktop.domain.episodes import Contact
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import FieldType, Id, Record, fields_of
from workwell_desktop.domain.sessions import AgendaItem, Attendance, Contribution
from workwell_desktop.domain.values import Value
from workwell_desktop.store import Reader

_WORDS = ("text", "purpose", "form_title", "title", "question", "what", "decision", "name")
CALLED = {
    "absence_evidence": "starts_on", "advice": "kind", "agreement": "kind", "approval": "recipient",
    "attachment": "kind", "broken_glass": "at", "cosignature": "person", "document": "kind",
    "eligibility_answer": "question", "erasure": "at", "grant": "person", "handover": "after", "kept_longer": "until",
    "limits_said": "at", "main_condition": "told_on", "national_check": "code", "red_flag_screen": "done_on",
    "referral": "source", "release": "recipient", "return_week": "starts_on", "revocation": "at",
    "service_loop": "national", "session": "starts_at", "signatory": "role", "team_document": "kind",
    "work_situation": "told_on",
}  # fmt: skip
"""By kind, the field by which one is told from another where it has no words."""


def named(reader: Reader, record: Record | None, people: Mapping[Id, Person]) -> str:
    """Its own words; empty where it has none."""
    if isinstance(record, Attendance):
        person = people.get(record.person) if record.person else None
        return (person.name if person else record.name) or ""
    if isinstance(record, Contribution):
        return (people[record.author].name or "") if record.author and record.author in people else ""
    if isinstance(record, AgendaItem):
        who = reader.find(Participant, record.participant) if record.participant else None
        return who.name if who else ""
    if isinstance(record, Appointment):
        return named(reader, reader.find(Contact, record.contact) if record.contact else None, people)
    if isinstance(record, ServiceLoop) and record.service:
        return named(reader, reader.find(LocalService, record.service), people)
    if record is None or isinstance(record, Participant):
        return ""
    texts = {one.name for one in fields_of(type(record)) if one.holds is FieldType.TEXT}  # type: ignore[arg-type]
    said = (getattr(record, name) for name in _WORDS if name in texts)
    return next((str(words) for words in said if words), "")


def called(kind: str, field: str, record: Record | None) -> tuple[str, Value] | None:
    """The field, and what it holds, by which one without words is told from others; None for the field itself."""
    by = CALLED.get(kind)
    value = getattr(record, by, None) if by is not None and by != field else None
    return (by, value) if by is not None and value is not None else None


__all__ = ["CALLED", "called", "named"]
