"""The cases on the papers of a session, within what each person agreed to: who said no has a number alone."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from workwell_desktop.catalogue import has, text
from workwell_desktop.documents.facts import (
    ActionFact,
    AddedFact,
    AdviceFact,
    ContributionFact,
    FundingFact,
    SessionCase,
    TellFact,
    UnnamedCase,
)
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Action, ActionStatus, OwnerKind
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import (
    Addendum,
    Advice,
    AgendaItem,
    Contribution,
    Discussion,
    Funding,
    Lane,
    SessionAddendum,
    Topics,
    Why,
    Withdrawn,
)
from workwell_desktop.services._reads import of_now
from workwell_desktop.services.lookup import name_of
from workwell_desktop.services.meeting._session_cards import in_lanes
from workwell_desktop.services.paperwork.paper_facts import title_of
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class Found:
    """One case that may be named: its line, what was said, and who it is about."""

    number: int
    item: AgendaItem
    said: Discussion
    person: Participant


def found_cases(reader: Reader, session: Id) -> list[Found | UnnamedCase]:
    """In the order of the agenda. A case goes by its number where the person said no or took their agreement back, and
    where their record is not here."""
    items = in_lanes(reader.list(AgendaItem, session=session))
    said = {one.id: one for one in reader.list(Discussion, session=session)}
    people = {one.id: one for one in reader.list(Participant, id={one.participant for one in items if one.participant})}
    cases: list[Found | UnnamedCase] = []
    for number, item in enumerate(items, start=1):
        discussion = said.get(item.discussion) if item.discussion else None
        person = people.get(item.participant) if item.participant else None
        if discussion is None or person is None:
            cases.append(UnnamedCase(number=number, lane=_lane(item), why=text("paper_words.unnamed.elsewhere")))
        elif item.withdrawn is Withdrawn.PERSON_ASKED:
            cases.append(UnnamedCase(number=number, lane=_lane(item), why=text("paper_words.unnamed.withdrawn")))
        elif discussion.topics is Topics.NO:
            cases.append(UnnamedCase(number=number, lane=_lane(item), why=text("paper_words.unnamed.no")))
        else:
            cases.append(Found(number, item, discussion, person))
    return cases


def asked(reader: Reader, session: Id, people: dict[Id, Person]) -> tuple[SessionCase | UnnamedCase, ...]:
    """What each case brings to the table, for the agenda. Own words stand there where the person set no limits."""
    return tuple(one if isinstance(one, UnnamedCase) else _asked(one, people) for one in found_cases(reader, session))


def recorded(
    reader: Reader, session: Id, people: dict[Id, Person], *, alone: Id | None = None
) -> tuple[SessionCase | UnnamedCase, ...]:
    """What was said and decided, for the minutes; with ``alone`` the one agenda item and what was added to it."""
    cases: list[SessionCase | UnnamedCase] = []
    for one in found_cases(reader, session):
        if isinstance(one, UnnamedCase):
            cases += [] if alone else [one]
        elif alone is None or one.item.id == alone:
            cases.append(_recorded(reader, one, people))
    return tuple(cases)


def overdue(reader: Reader, session: Id, people: dict[Id, Person], today: date) -> tuple[ActionFact, ...]:
    """Actions of the people who are named on the agenda that nobody has finished in time."""
    named = {one.person.id: one.person for one in found_cases(reader, session) if isinstance(one, Found)}
    if not named:
        return ()
    found = reader.list(Action, order_by="due", scope=set(named), status=ActionStatus.OPEN, due__lt=today)
    return tuple(
        ActionFact(
            owner=_owner(one, named[one.scope], people),
            text=text("paper_words.overdue_of", name=named[one.scope].name, text=one.text or ""),
            by=one.due,
        )
        for one in of_now(reader, found)
    )


def added(lines: Iterable[Addendum | SessionAddendum], people: dict[Id, Person]) -> tuple[AddedFact, ...]:
    """Dated lines after the lock."""
    return tuple(
        AddedFact(author=name_of(people, one.author), at=one.at, text=one.text or "")
        for one in lines
        if one.at is not None
    )


def _asked(one: Found, people: dict[Id, Person]) -> SessionCase:
    head = _head(one, people)
    return replace(head, own_words=one.said.own_words if one.said.topics is Topics.YES else None)


def _head(one: Found, people: dict[Id, Person]) -> SessionCase:
    item, said = one.item, one.said
    nothing_asked = "paper_words.no_question" if item.lane is Lane.NOTE else "paper_words.no_question_yet"
    why = ", ".join(text(f"paper_words.why.{each.value}") for each in Why if each.value in item.why)
    return SessionCase(
        name=one.person.name,
        number=one.number,
        question=said.question or text(nothing_asked),
        lane=_lane(item),
        late=bool(item.late),
        why=why[:1].upper() + why[1:] or None,
        date_of_birth=one.person.birth_date,
        presenter=name_of(people, item.presenter) or None,
        minutes=item.minutes,
        topics=said.topics,
        topics_limits=said.topics_limits,
    )


def _recorded(reader: Reader, one: Found, people: dict[Id, Person]) -> SessionCase:
    item, said = one.item, one.said
    tells, decided = name_of(people, said.tell_owner), said.decided_at is not None
    return replace(
        _head(one, people),
        minutes_used=math.ceil(item.seconds_used / 60) if item.seconds_used else None,
        there=_coded("there", said.there),
        withdrawn=_coded("withdrawn", Code(item.withdrawn.value) if item.withdrawn else None),
        carried=said.carried_reason or item.carried_reason,
        own_words=said.own_words,
        view_how=_coded("view", said.view_how),
        since_last=said.since_last,
        contributions=tuple(
            ContributionFact(
                author=name_of(people, each.author),
                title=_title(people, each.author),
                facts=each.facts,
                opinion=each.opinion,
            )
            for each in reader.list(Contribution, order_by="at", discussion=said.id)
        ),
        options=said.options,
        decision=said.decision if decided else None,
        rationale=said.rationale if decided else None,
        dissent=said.dissent if decided else None,
        provisional=decided and bool(said.provisional),
        outcome=said.outcome if decided else None,
        actions=tuple(
            ActionFact(owner=_owner(each, one.person, people), text=each.text or "", by=each.due)
            for each in reader.list(Action, order_by="position", discussion=said.id)
        ),
        funding=tuple(
            FundingFact(what=each.what or "", cost=each.cost, approver=name_of(people, each.approver))
            for each in reader.list(Funding, order_by="at", discussion=said.id)
            if each.cost is not None
        ),
        advice=tuple(
            AdviceFact(
                kind=text(f"paper_words.advice.{each.kind.value}"),
                author=name_of(people, each.author),
                title=_title(people, each.author),
                text=each.text or "",
            )
            for each in reader.list(Advice, order_by="at", discussion=said.id)
            if each.kind is not None
        ),
        tell=TellFact(who=tells, how=_coded("tell", said.tell_how), by=said.tell_by) if tells and decided else None,
        next_review=said.next_review if decided else None,
        added=added(reader.list(Addendum, order_by="at", about=said.id), people),
    )


def _lane(item: AgendaItem) -> Lane:
    return item.lane or Lane.DISCUSS


def _title(people: dict[Id, Person], who: Id | None) -> str:
    return title_of(people.get(who) if who else None)


def _owner(one: Action, person: Participant, people: dict[Id, Person]) -> str:
    if one.owner_kind is OwnerKind.PARTICIPANT:
        return person.name
    if one.owner_kind is OwnerKind.EMPLOYER:
        return one.owner_name or text("paper_words.the_employer")
    return name_of(people, one.owner) or one.owner_name or ""


def _coded(group: str, code: Code | None) -> str | None:
    key = f"paper_words.{group}.{code}"
    return text(key) if code and has(key) else None
