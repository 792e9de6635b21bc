"""What the second window shows of one case: the question, obstacles, measures and what is being decided; no identity.

    records ──▶ CaseView (the table) ──▶ mask ──▶ ProjectedCase (the room)

Nothing else about the person, and nothing about anybody else, is handed to that window, so that it cannot show it.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.likeness import forms_of
from workwell_desktop.domain.participants import Participant, WorkSituation
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Action, ActionStatus, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.screen import text
from workwell_desktop.domain.sessions import AgendaItem, Attendance, Discussion, Session
from workwell_desktop.domain.third_parties import Around, contact_name, family_names, mentions
from workwell_desktop.errors import BadInput
from workwell_desktop.services.assessing.measure_views import MeasureView
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import staff
from workwell_desktop.services.meeting.case_pages import view_case
from workwell_desktop.services.meeting.masking import Kind, Mask, Term, initials, mask
from workwell_desktop.services.meeting.session_pages import view_session
from workwell_desktop.services.meeting.session_views import CaseView, ObstacleLine
from workwell_desktop.services.paperwork.paper_facts import title_of
from workwell_desktop.services.person.third_parties import whole_names
from workwell_desktop.store import Reader

_NEAR = re.compile(r"(?<=[a-z,] )[^\W\d_a-z][^\W\d_]+")
"""A capital in the middle of whom somebody lives with: "my wife Sarah"."""
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame)\.?[ \t]+([^\W\d_a-z][\w'’-]*\w)")
_SHORTEST_PLACE = 4


@dataclass(frozen=True, slots=True)
class ProjectedAction:
    """What is to be done, by what kind of person, by when."""

    text: str
    owner: str
    due: date | None
    done: bool


@dataclass(frozen=True, slots=True)
class ProjectedCase:
    """One case for the room. ``name`` is None unless the chair reveals it; ``visible`` is false for somebody who did
    not agree to be discussed: then there is a number and nothing else."""

    number: int
    of: int
    visible: bool
    name: str | None
    question: str
    obstacles: tuple[ObstacleLine, ...]
    measures: tuple[MeasureView, ...]
    options: str
    decision: str
    rationale: str
    provisional: bool
    decided: bool
    actions: tuple[ProjectedAction, ...]
    tell_owner: str
    tell_by: date | None
    next_review: date | None
    quorum: bool


def project(desk: Desk, item: Id, *, reveal: bool = False) -> ProjectedCase:
    """The case as the room may see it. ``reveal`` shows the person's own name, by the chair's choice."""
    desk.allow(Act.READ, Discussion)
    case = view_case(desk, item)
    session = view_session(desk, case.session)
    if not case.visible:
        return _unseen(case, session.quorum.met)
    with desk.read() as reader:
        people = staff(reader)
        actions = reader.list(Action, order_by="position", discussion=case.discussion)
        said = [case.question, case.options, case.decision, case.rationale]
        said += [one.text for one in case.obstacles if not one.done] + [one.text for one in actions]
        words = _mask(reader, case, people, " \n".join(one for one in said if one), reveal=reveal)
    return ProjectedCase(
        number=case.number,
        of=case.of,
        visible=True,
        name=case.name if reveal else None,
        question=words.over(case.question),
        obstacles=tuple(
            ObstacleLine(one.obstacle, one.kind, words.over(one.text), one.done)
            for one in case.obstacles
            if not one.done
        ),
        measures=tuple(replace(one, author=None, response=None, missing=(), taken=()) for one in case.measures),
        options=words.over(case.options),
        decision=words.over(case.decision),
        rationale=words.over(case.rationale),
        provisional=case.provisional,
        decided=case.decided_at is not None,
        actions=tuple(
            ProjectedAction(words.over(one.text), _owner(one, people), one.due, one.status is ActionStatus.DONE)
            for one in actions
        ),
        tell_owner=title_of(people.get(case.tell_owner)) if case.tell_owner else "",
        tell_by=case.tell_by,
        next_review=case.next_review,
        quorum=session.quorum.met,
    )


def keep_off_screen(desk: Desk, discussion: Id, words: frozenset[str]) -> None:
    """Words of this case that the room must not read: a relative's name, a place, a nickname."""
    desk.allow(Act.RUN_SESSION, Session)
    with desk.unit() as unit:
        unit.reader.get(Discussion, discussion)
        kept = frozenset(one.strip() for one in words if one.strip())
        unit.set(Discussion, discussion, keep_off_screen=kept)


def _unseen(case: CaseView, quorum: bool) -> ProjectedCase:
    return ProjectedCase(
        number=case.number,
        of=case.of,
        visible=False,
        name=None,
        question="",
        obstacles=(),
        measures=(),
        options="",
        decision="",
        rationale="",
        provisional=False,
        decided=False,
        actions=(),
        tell_owner="",
        tell_by=None,
        next_review=None,
        quorum=quorum,
    )


def _mask(reader: Reader, case: CaseView, people: dict[Id, Person], said: str, *, reveal: bool) -> Mask:
    """Everything that the records know about who this is, who is near, and who else is on the agenda, or named in
    ``said``, which is all that the room may read of this case."""
    person = reader.get(Participant, case.participant)
    found = reader.get(Discussion, case.discussion)
    this, somebody, place = (text(f"projector.{one}") for one in ("this_person", "somebody", "a_place"))
    terms = [Term(one, somebody) for one in sorted(found.keep_off_screen)]
    if not reveal:
        known = (person.name, person.preferred_name, person.called, *whole_names(person))
        terms += [Term(one, this) for one in known if one]
        terms += [Term(one, this, Kind.CAPITALS) for one in initials(person.name)]
        terms += [Term(one, this) for one in sorted(forms_of(person.given_name or ""))]
    for work in reader.list(WorkSituation, scope=person.id):
        terms += [Term(work.employer, text("projector.the_employer"), Kind.FIRM)] if work.employer else []
        contact = contact_name(work.employer_person or "")
        terms += [Term(contact, somebody)] if contact else []
    terms += [Term(one, somebody) for one in _NEAR.findall(person.lives_with or "")]
    terms += [Term(person.gp_practice, place, Kind.FIRM)] if person.gp_practice else []
    whole = (person.town, person.postcode, person.phone, person.email, *_places(person.address))
    terms += [Term(one, place, Kind.PHRASE) for one in whole if one]
    terms += [Term(one.name, _staff_words(one)) for one in people.values() if one.name]
    terms += [
        Term(one.name, text("projector.a_guest"))
        for one in reader.list(Attendance, session=case.session, person=None)
        if one.name
    ]
    others = {item.participant for item in reader.list(AgendaItem, session=case.session)} - {person.id, None}
    beside = reader.list(Participant, id=others) if others else []
    for one in beside:
        terms += [Term(name, somebody) for name in (one.name, one.preferred_name) if name]
    # "her manager Dave", "Dr Patel": no record has the name, the words say that it is one
    terms += [Term(one.words, somebody) for one in mentions(said, Around())]
    terms += [Term(one, somebody) for one in _TITLED.findall(said)]
    families = family_names(said)
    for one in reader.list(Participant, family_name=sorted(families)) if families else ():
        if one.id != person.id:
            terms += [Term(name, somebody, Kind.PHRASE) for name in whole_names(one)]
    births = [one.birth_date for one in (person, *beside) if one.birth_date is not None]
    return mask(terms, number=text("projector.a_number"), births=births, a_date=text("projector.a_date"))


def _places(address: str | None) -> list[str]:
    """Each line of an address, and its street without the number."""
    lines = [one.strip() for one in re.split(r"[,\n]", address or "")]
    kept = [one for one in lines if len(one) >= _SHORTEST_PLACE]
    return [*kept, *(street for one in kept if len(street := one.lstrip("0123456789 ")) >= _SHORTEST_PLACE)]


def _staff_words(person: Person) -> str:
    title = title_of(person)
    return text("projector.the_staff", title=title if title.isupper() else title[:1].lower() + title[1:])


def _owner(one: Action, people: dict[Id, Person]) -> str:
    if one.owner_kind is OwnerKind.STAFF:
        return title_of(people.get(one.owner) if one.owner else None)
    if one.owner_kind is None:
        raise BadInput("not_found")
    return text(f"projector.owner.{one.owner_kind.value}")
