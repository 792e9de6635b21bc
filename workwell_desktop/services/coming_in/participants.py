"""The people whom the service is for: registering, editing, and telling like people apart."""

from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any

from workwell_desktop.domain import intake, nhs_number
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.likeness import RANK, Index, Named
from workwell_desktop.domain.participants import NumberStatus, Participant
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services.caseload._caseload import Caseload, read_caseload
from workwell_desktop.services.coming_in.participant_views import Like, ParticipantDetails, PersonLine
from workwell_desktop.services.desk import Desk

EDITABLE = frozenset(field.name for field in dataclass_fields(ParticipantDetails))


def problems(desk: Desk, details: ParticipantDetails) -> tuple[intake.Problem, ...]:
    """What stands in the way of registering, a field and a reason each; empty when nothing does."""
    desk.allow(Act.CREATE_PARTICIPANT, Participant)
    found: list[intake.Problem | None] = [
        *intake.name_problems(details.given_name, details.family_name),
        intake.birth_problem(details.birth_date, desk.clock.today()),
        intake.number_problem(details.nhs_number),
    ]
    return tuple(one for one in found if one is not None)


def participant_of(desk: Desk, details: ParticipantDetails) -> Participant:
    """The record of a person, for an act that writes it in its own unit of work. Raises FieldsInvalid."""
    desk.allow(Act.CREATE_PARTICIPANT, Participant)
    wrong = problems(desk, details)
    if wrong:
        raise FieldsInvalid(wrong)
    fields = {name: _clean(getattr(details, name)) for name in EDITABLE}
    number = _digits(details.nhs_number)
    fields["nhs_number"] = number
    fields["nhs_number_status"] = details.nhs_number_status if number else None
    who = new_id()
    return Participant(id=who, scope=who, **fields, **_said(desk, fields.get("what_matters")))


def register(desk: Desk, details: ParticipantDetails) -> Id:
    """Makes the record of a person. Raises FieldsInvalid; somebody like them is asked for with ``like`` before."""
    desk.allow(Act.CREATE_PARTICIPANT, Participant)
    made = participant_of(desk, details)
    with desk.unit() as unit:
        _refuse_taken_number(unit.reader.list(Participant, nhs_number=made.nhs_number) if made.nhs_number else [], None)
        return unit.add(made)


def edit(desk: Desk, participant: Id, **fields: Any) -> Participant:
    """Sets fields of ``ParticipantDetails``; None or an empty text takes one away. Raises FieldsInvalid.

    ``what_matters`` notes when it was said and who wrote it down.
    """
    desk.allow(Act.EDIT_PARTICIPANT, Participant)
    unknown = fields.keys() - EDITABLE
    if unknown:
        raise TypeError(f"not a field of a participant: {sorted(unknown)}")
    clean = {name: _clean(value) for name, value in fields.items()}
    if "nhs_number" in clean and clean["nhs_number"] is None:
        clean["nhs_number_status"] = None
    with desk.unit() as unit:
        now = unit.reader.get(Participant, participant)
        wrong = _edit_problems(now, clean, desk.clock.today())
        if wrong:
            raise FieldsInvalid(tuple(wrong))
        if clean.get("nhs_number"):
            clean["nhs_number"] = _digits(clean["nhs_number"])
            if clean["nhs_number"] != now.nhs_number:  # what was matched was another number
                clean.setdefault("nhs_number_status", NumberStatus.GIVEN)
            _refuse_taken_number(unit.reader.list(Participant, nhs_number=clean["nhs_number"]), participant)
        if clean.get("what_matters", now.what_matters) != now.what_matters:
            clean.update(_said(desk, clean["what_matters"]))
        unit.set(Participant, participant, **clean)
    with desk.read() as reader:
        return reader.get(Participant, participant)


def get(desk: Desk, participant: Id) -> Participant:
    """One person. Opening the record on a page is ``record.overview``, which is written down."""
    desk.allow(Act.READ, Participant)
    with desk.read() as reader:
        return reader.get(Participant, participant)


def like(
    desk: Desk, given_name: str, family_name: str, birth_date: date | None = None, number: str | None = None
) -> tuple[Like, ...]:
    """People who are here already and may be the same: the same number first, then name and birth, then like names.

    Everybody is looked through once after a change of somebody; each question then looks at those alone who share
    something with what was typed.
    """
    desk.allow(Act.SEARCH, Participant)
    caseload = read_caseload(desk)
    index = desk.kept(
        "likeness", (Participant,), lambda: Index((one.id, named(one)) for one in caseload.people.values())
    )
    asked = Named(given_name, family_name, born=birth_date, number=_digits(number))
    found = [
        Like(_line(caseload.people[own], caseload), why) for own, why in index.find(asked) if own in caseload.people
    ]
    return tuple(sorted(found, key=lambda one: (RANK[one.why], one.line.name, one.line.participant)))


def named(one: Participant) -> Named:
    """What of a person is held against what somebody types."""
    given, family, preferred = one.given_name or "", one.family_name or "", one.preferred_name or ""
    return Named(given, family, preferred, one.birth_date, one.nhs_number)


def line(desk: Desk, participant: Id) -> PersonLine:
    """A person as any list shows them: name, date of birth, first line of address."""
    desk.allow(Act.READ, Participant)
    caseload = read_caseload(desk)
    if participant not in caseload.people:
        raise BadInput("not_found")
    return _line(caseload.people[participant], caseload)


def _line(one: Participant, caseload: Caseload) -> PersonLine:
    episode: Episode | None = caseload.episodes.get(one.id)
    return PersonLine(
        participant=one.id,
        name=one.name,
        called=one.called,
        birth_date=one.birth_date,
        address=one.address or "",
        nhs_number=intake.number_shown(one.nhs_number),
        episode_status=episode.status.value if episode and episode.status else "",
    )


def _edit_problems(now: Participant, after: dict[str, Any], today: date) -> list[intake.Problem]:
    found: list[intake.Problem | None] = []
    if "given_name" in after or "family_name" in after:
        found += intake.name_problems(
            after.get("given_name", now.given_name), after.get("family_name", now.family_name)
        )
    if "birth_date" in after:
        found.append(intake.birth_problem(after["birth_date"], today))
    if "nhs_number" in after:
        found.append(intake.number_problem(after["nhs_number"]))
    return [one for one in found if one is not None]


def _refuse_taken_number(holders: list[Participant], own: Id | None) -> None:
    """Two records with one number are one person twice: whose it is, is settled before anything is written."""
    if any(one.id != own for one in holders):
        raise FieldsInvalid((("nhs_number", "number_taken"),))


def _said(desk: Desk, words: str | None) -> dict[str, Any]:
    if not words:
        return {"what_matters_at": None, "what_matters_by": None}
    return {"what_matters_at": desk.clock.now(), "what_matters_by": desk.me}


def _digits(typed: str | None) -> str | None:
    """The digits of a number that passes the check; None for anything else, which is a problem told before."""
    return nhs_number.parse(typed) if typed and nhs_number.is_valid(typed) else None


def _clean(value: Any) -> Any:
    return value.strip() or None if type(value) is str else value
