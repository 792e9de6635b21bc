"""Agenda and minutes of a session, for the team: what was asked and decided, within what each person agreed to."""

from dataclasses import replace
from datetime import date

from workwell_desktop.catalogue import has, text
from workwell_desktop.documents.blocks import PaperStyle
from workwell_desktop.documents.facts import (
    ActionFact,
    AgendaFacts,
    AttendanceFact,
    ContributionFact,
    MinutesFacts,
    PaperHead,
    SessionCase,
    SignatoryFact,
    TellFact,
)
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.participants import Participant, Party
from workwell_desktop.domain.people import Partnership, Person, Team
from workwell_desktop.domain.plans import Action, ActionStatus, OwnerKind, SignatoryRole
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import (
    AgendaItem,
    Attendance,
    Contribution,
    Discussion,
    Lane,
    Presence,
    Session,
    Topics,
)
from workwell_desktop.domain.site import QuorumRule, RoleCode, Site
from workwell_desktop.errors import BadInput
from workwell_desktop.services._session_cards import in_lanes
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.paper_facts import partnership_line, statement_of, title_of
from workwell_desktop.services.paper_making import Made, document_id, words_hash
from workwell_desktop.services.quorum import quorum
from workwell_desktop.store import Reader


def make_minutes(reader: Reader, site: Site, session: Id, key: str | None = None) -> Made:
    """The record of a session; ``key`` is the key print of its chair, given when it is to be signed."""
    from workwell_desktop.documents import compose

    found, people = reader.get(Session, session), staff(reader)
    if found.starts_at is None:
        raise BadInput("not_found")
    lines = reader.list(Attendance, session=session)
    chair = people.get(found.chair) if found.chair else None
    document = document_id(session, PaperKind.MINUTES)
    signer = SignatoryFact(
        role=SignatoryRole.CHAIR,
        name=name_of(people, found.chair),
        title=title_of(chair),
        registration=chair.registration_number if chair else None,
        key=key,
        statement=statement_of(SignatoryRole.CHAIR, ""),
    )
    facts = MinutesFacts(
        head=_head(reader, site, document, london_day(found.starts_at)),
        team=_team(reader, found),
        starts_at=found.starts_at,
        chair=name_of(people, found.chair),
        ended_at=found.locked_at,
        place=found.place,
        note_taker=name_of(people, found.note_taker) or None,
        quorum_rule=_rule(site.quorum),
        quorum_met=quorum(site.quorum, found, lines, people).met,
        attendance=tuple(
            _attendance(line, people, site) for line in sorted(lines, key=lambda one: (one.name or "", one.id))
        ),
        cases=tuple(_cases(reader, session, people)),
        signatories=(signer,),
    )
    composition = compose.minutes(facts)
    team = _team(reader, found)
    return Made(
        PaperKind.MINUTES, document, Party.TEAM, team, composition, words_hash(composition), PaperStyle.STANDARD
    )


def make_agenda(reader: Reader, site: Site, session: Id, today: date) -> Made:
    """What a session will talk about; actions that are overdue head it. It carries no signature."""
    from workwell_desktop.documents import compose

    found, people = reader.get(Session, session), staff(reader)
    if found.starts_at is None:
        raise BadInput("not_found")
    document = document_id(session, PaperKind.AGENDA)
    lines = sorted(reader.list(Attendance, session=session), key=lambda one: (one.name or "", one.id))
    facts = AgendaFacts(
        head=_head(reader, site, document, today),
        team=_team(reader, found),
        starts_at=found.starts_at,
        chair=name_of(people, found.chair) or None,
        place=found.place,
        invited=tuple(_attendance(line, people, site) for line in lines),
        overdue=tuple(_overdue(reader, session, people, today)),
        cases=tuple(_cases(reader, session, people, said=False)),
    )
    composition = compose.agenda(facts)
    team = _team(reader, found)
    return Made(PaperKind.AGENDA, document, Party.TEAM, team, composition, words_hash(composition), PaperStyle.STANDARD)


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


def _attendance(line: Attendance, people: dict[Id, Person], site: Site) -> AttendanceFact:
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


def _cases(reader: Reader, session: Id, people: dict[Id, Person], *, said: bool = True) -> list[SessionCase]:
    """Cases in their order. Somebody who did not agree to be discussed is left out altogether."""
    cases = []
    for item in in_lanes(reader.list(AgendaItem, session=session)):
        found = reader.find(Discussion, item.discussion) if item.discussion else None
        person = reader.find(Participant, item.participant) if item.participant else None
        if found is None or person is None or found.topics is Topics.NO:
            continue
        cases.append(_case(reader, item, found, person, people, said=said))
    return cases


def _case(
    reader: Reader, item: AgendaItem, found: Discussion, person: Participant, people: dict[Id, Person], *, said: bool
) -> SessionCase:
    before = SessionCase(
        name=person.name,
        question=found.question
        or text("paper_words.no_question" if item.lane is Lane.NOTE else "paper_words.no_question_yet"),
        lane=item.lane or Lane.DISCUSS,
        date_of_birth=person.birth_date,
        presenter=name_of(people, item.presenter) or None,
        minutes=item.minutes,
        topics=found.topics,
        topics_limits=found.topics_limits,
    )
    if not said:
        return before
    tells = name_of(people, found.tell_owner)
    return replace(
        before,
        own_words=found.own_words,
        view_how=_coded("view", found.view_how),
        since_last=found.since_last,
        contributions=tuple(
            ContributionFact(
                author=name_of(people, one.author),
                title=title_of(people.get(one.author) if one.author else None),
                facts=one.facts,
                opinion=one.opinion,
            )
            for one in reader.list(Contribution, order_by="at", discussion=found.id)
        ),
        options=found.options,
        decision=found.decision,
        rationale=found.rationale,
        dissent=found.dissent,
        provisional=bool(found.provisional),
        outcome=found.outcome,
        actions=tuple(
            ActionFact(owner=_owner(one, person, people), text=one.text or "", by=one.due)
            for one in reader.list(Action, order_by="position", discussion=found.id)
        ),
        tell=TellFact(who=tells, how=_coded("tell", found.tell_how), by=found.tell_by) if tells else None,
        next_review=found.next_review,
    )


def _owner(one: Action, person: Participant, people: dict[Id, Person]) -> str:
    if one.owner_kind is OwnerKind.PARTICIPANT:
        return person.name
    return name_of(people, one.owner) or one.owner_name or ""


def _overdue(reader: Reader, session: Id, people: dict[Id, Person], today: date) -> list[ActionFact]:
    """Actions of the people on the agenda that nobody has finished in time."""
    on_it = {item.participant for item in reader.list(AgendaItem, session=session) if item.participant}
    if not on_it:
        return []
    found = reader.list(Action, order_by="due", scope=on_it, status=ActionStatus.OPEN, due__lt=today)
    persons = {one.id: one for one in reader.list(Participant, id=on_it)}
    return [ActionFact(owner=_owner(one, persons[one.scope], people), text=one.text or "", by=one.due) for one in found]


def _coded(group: str, code: Code | None) -> str | None:
    key = f"paper_words.{group}.{code}"
    return text(key) if code and has(key) else None
