"""Agenda and minutes of a session, for the team, and the paper of one case of it for whom it is about."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from workwell_desktop.catalogue import text
from workwell_desktop.documents.blocks import PaperStyle
from workwell_desktop.documents.facts import (
    AgendaFacts,
    AttendanceFact,
    MinutesFacts,
    PaperHead,
    SignatoryFact,
    StandsByFact,
)
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.participants import Participant, Party
from workwell_desktop.domain.people import Partnership, Person, Team
from workwell_desktop.domain.plans import SignatoryRole
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import (
    AgendaItem,
    Attendance,
    Cosignature,
    Presence,
    Session,
    SessionAddendum,
)
from workwell_desktop.domain.site import QuorumRule, RoleCode, Site
from workwell_desktop.errors import BadInput, NotApproved
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.meeting import minutes_cases
from workwell_desktop.services.meeting.masking import Kind, Mask, Term, mask
from workwell_desktop.services.meeting.quorum import quorum
from workwell_desktop.services.paperwork.paper_facts import partnership_line, statement_of, title_of
from workwell_desktop.services.paperwork.paper_making import Made, document_id, words_hash
from workwell_desktop.store import Reader

AnyFact = TypeVar("AnyFact")


def make_minutes(reader: Reader, site: Site, session: Id, key: str | None = None, *, version: int = 1) -> Made:
    """The record of a session; ``key`` is the key print of its chair, given when it is to be signed.

    A later ``version`` says what was added since, and who stands by it.
    """
    from workwell_desktop.documents import compose

    found, people = reader.get(Session, session), staff(reader)
    document = minutes_id(session, version)
    facts = replace(
        _meeting(reader, site, found, people, document, key, version),
        cases=minutes_cases.recorded(reader, session, people),
        added=minutes_cases.added(reader.list(SessionAddendum, order_by="at", about=session), people),
    )
    composition = compose.minutes(facts)
    return Made(
        PaperKind.MINUTES, document, Party.TEAM, facts.team, composition, words_hash(composition), PaperStyle.STANDARD
    )


def make_case_minutes(reader: Reader, site: Site, item: Id, key: str | None = None, *, version: int = 1) -> Made:
    """One case of the minutes, alone: nobody else who takes part is named in it, whatever somebody typed.

    Raises NotApproved where the case goes by its number: there is nobody whose paper it could be.
    """
    from workwell_desktop.documents import compose

    line = reader.get(AgendaItem, item)
    if line.session is None:
        raise BadInput("not_found")
    found, people = reader.get(Session, line.session), staff(reader)
    document = minutes_id(item, version)
    cases = minutes_cases.recorded(reader, found.id, people, alone=item)
    if not cases:
        raise NotApproved()
    # what was declared may be about somebody else's case
    meeting = replace(
        _meeting(reader, site, found, people, document, key, version), cases=cases, alone=True, conflicts_declared=None
    )
    facts = _without_others(meeting, _others(reader, line, people))
    composition = compose.minutes(facts)
    return Made(
        PaperKind.MINUTES, document, Party.TEAM, facts.team, composition, words_hash(composition), PaperStyle.STANDARD
    )


def make_agenda(reader: Reader, site: Site, session: Id, today: date, *, version: int = 1) -> Made:
    """What a session will talk about; actions that are overdue head it. It carries no signature.

    Sent again, it is the next ``version`` and says so.
    """
    from workwell_desktop.documents import compose

    found, people = reader.get(Session, session), staff(reader)
    if found.starts_at is None:
        raise BadInput("not_found")
    document = document_id(session, PaperKind.AGENDA)
    facts = AgendaFacts(
        head=replace(_head(reader, site, document, today), version=version),
        team=_team(reader, found),
        starts_at=found.starts_at,
        chair=name_of(people, found.chair) or None,
        place=found.place,
        invited=_attendance(_lines(reader, session), people, site),
        overdue=minutes_cases.overdue(reader, session, people, today),
        cases=minutes_cases.asked(reader, session, people),
    )
    composition = compose.agenda(facts)
    team = _team(reader, found)
    return Made(PaperKind.AGENDA, document, Party.TEAM, team, composition, words_hash(composition), PaperStyle.STANDARD)


def minutes_id(owner: Id, version: int) -> Id:
    """The register entry of one version of the minutes of a session, or of a case of it."""
    return document_id(owner if version == 1 else Id(f"{owner}/{version}"), PaperKind.MINUTES)


def _meeting(
    reader: Reader, site: Site, found: Session, people: dict[Id, Person], document: Id, key: str | None, version: int
) -> MinutesFacts:
    """What stands at the head and at the foot; the cases come to it."""
    if found.starts_at is None:
        raise BadInput("not_found")
    lines = _lines(reader, found.id)
    chair = people.get(found.chair) if found.chair else None
    signer = SignatoryFact(
        role=SignatoryRole.CHAIR,
        name=name_of(people, found.chair),
        title=title_of(chair),
        registration=chair.registration_number if chair else None,
        key=key,
        statement=statement_of(SignatoryRole.CHAIR, ""),
    )
    return MinutesFacts(
        head=replace(_head(reader, site, document, london_day(found.starts_at)), version=version),
        team=_team(reader, found),
        starts_at=found.starts_at,
        started_at=found.started_at,
        ended_at=found.locked_at,
        chair=name_of(people, found.chair),
        chair_before=_chair_before(reader, found, people),
        place=found.place,
        note_taker=name_of(people, found.note_taker) or None,
        quorum_rule=_rule(site.quorum),
        quorum_met=_met(site.quorum, found, lines, people),
        confidentiality_read=found.confidentiality_read,
        recorded=found.recorded,
        conflicts_declared=found.interests,
        attendance=_attendance(lines, people, site),
        stand_by=tuple(
            StandsByFact(name=name_of(people, one.person), title=title_of(people.get(one.person)), at=one.at)
            for one in reader.list(Cosignature, order_by="at", session=found.id)
            if one.person is not None and one.at is not None
        ),
        signatories=(signer,),
    )


def _met(rule: QuorumRule, found: Session, lines: list[Attendance], people: dict[Id, Person]) -> bool | None:
    """By everybody who came, also for a part; None where nobody wrote down who did."""
    came = [replace(one, presence=Presence.PRESENT, left_at=None) for one in lines if one.came_at is not None]
    return quorum(rule, found, came, people).met if came else None


def _chair_before(reader: Reader, found: Session, people: dict[Id, Person]) -> str | None:
    """Who had the chair when the meeting began, where a deputy has taken it since."""
    if found.started_at is None:
        return None
    held = sorted(reader.history(found.id, "chair"), key=lambda one: one.at)
    at_start = [one.value for one in held if one.at <= found.started_at]
    first = Id(str(at_start[-1])) if at_start else None
    return name_of(people, first) or None if first != found.chair else None


def _others(reader: Reader, line: AgendaItem, people: dict[Id, Person]) -> Mask:
    """Takes out the names of everybody else on the agenda. A name that this person or one of ours has too stays."""
    items = reader.list(AgendaItem, session=line.session)
    persons = {one.id: one for one in reader.list(Participant, id={one.participant for one in items})}
    own = persons.pop(line.participant) if line.participant in persons else None
    kept = [own.name, own.preferred_name or ""] if own else []
    kept += [one.name or "" for one in people.values()]
    terms = [Term(part, part, Kind.PHRASE) for name in kept for part in (name, *name.split())]
    instead = text("paper_words.somebody_else")
    terms += [Term(name, instead) for one in persons.values() for name in (one.name, one.preferred_name) if name]
    return mask(terms, number=None)


def _without_others(fact: AnyFact, others: Mask) -> AnyFact:
    """The same facts, every text in them without the names of others."""
    return _masked(fact, others) if others.pattern is not None else fact


def _masked(value: Any, others: Mask) -> Any:
    if isinstance(value, PaperHead):
        return value
    if type(value) is str:
        return others.over(value)
    if isinstance(value, tuple):
        return tuple(_masked(one, others) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _masked(getattr(value, one.name), others) for one in fields(value)})
    return value


def _head(reader: Reader, site: Site, document: Id, dated: date) -> PaperHead:
    partnership = reader.list(Partnership)[0]
    return PaperHead(
        document=document,
        partnership=partnership_line(site, partnership),
        dated=dated,
        controller=partnership.controller or site.service.controller,
    )


def _team(reader: Reader, session: Session) -> str:
    team = reader.find(Team, session.team)
    return (team.name or "") if team else ""


def _rule(rule: QuorumRule) -> str:
    """The site's rule in words: the chair, somebody who knows the person, 1 registered clinician."""
    parts = []
    if rule.chair:
        parts.append(text("paper_words.quorum_chair"))
    if rule.knows_the_person:
        parts.append(text("paper_words.quorum_knows"))
    if rule.clinicians:
        parts.append(text("paper_words.quorum_clinicians", count=rule.clinicians))
    return text("paper_words.quorum", rules=", ".join(parts))


def _lines(reader: Reader, session: Id) -> list[Attendance]:
    return sorted(reader.list(Attendance, session=session), key=lambda one: (one.name or "", one.id))


def _attendance(lines: list[Attendance], people: dict[Id, Person], site: Site) -> tuple[AttendanceFact, ...]:
    return tuple(_attended(line, people, site) for line in lines)


def _attended(line: Attendance, people: dict[Id, Person], site: Site) -> AttendanceFact:
    person = people.get(line.person) if line.person else None
    return AttendanceFact(
        name=(person.name if person else line.name) or "",
        title=title_of(person) if person else _guest_title(line, site),
        presence=line.presence or Presence.INVITED,
        organisation=line.organisation,
        registration=person.registration_number if person else None,
        came_at=line.came_at if line.presence is Presence.PART else None,
        left_at=line.left_at,
    )


def _guest_title(line: Attendance, site: Site) -> str:
    """What a guest is here as, in the site's words."""
    role = site.roles.get(RoleCode(line.role)) if line.role else None
    return role.label if role is not None else title_of(None)
