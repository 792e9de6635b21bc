"""The risk conversation: opened by an answer, closed only by a named person's record of what was done.

There is no act that dismisses one, and no grade anywhere (NICE NG225).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import RiskConversation, RiskStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.site import RiskTrigger, Site
from workwell_desktop.domain.values import Coding, Value
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked
from workwell_desktop.forms import Form
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.assessing.score_only import base_url
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader, Unit


@dataclass(frozen=True, slots=True)
class Talked:
    """What was done. ``steps`` are codes of the site pack."""

    asked: str
    agreed: str
    steps: frozenset[str] = frozenset()
    told: str = ""


@dataclass(frozen=True, slots=True)
class RiskView:
    """An open or recorded conversation, with names for a page to show."""

    risk: Id
    participant: Id
    name: str
    called: str
    pronouns: str
    form_title: str
    question: str
    answer: str
    raised_at: datetime | None
    open: bool
    handed_to: Id | None
    handed_to_name: str
    asked: str
    agreed: str
    steps: tuple[str, ...]
    told: str
    done_by_name: str
    done_at: datetime | None


def asked_for(site: Site, form: Form, link_id: str, value: Value | None) -> tuple[RiskTrigger, str] | None:
    """The trigger of the site pack that an answer meets, and the answer as it is shown; None where it meets none.

    A trigger names a form and a question, or a code system and a code: then every form's question with that code
    counts. An answer is known by the code of its option, and where an option has none by what it says: ``true`` and
    ``false``, a number, the words themselves.
    """
    places = [(base_url(form.url or ""), link_id)]
    item = form.index.get(link_id)
    if item is not None:
        places += [(code.system or "", code.code or "") for code in item.code]
    for code, shown in _said(value):
        for place, name in places:
            trigger = site.trigger_for(place, name, code)
            if trigger is not None:
                return trigger, shown
    return None


def _said(value: Value | None) -> Iterator[tuple[str, str]]:
    """Each answer as a trigger names it, and as people read it."""
    if isinstance(value, tuple):
        for one in value:
            yield from _said(one)
    elif isinstance(value, Coding):
        yield value.code or "", value.display or value.code or ""
    elif isinstance(value, bool):
        yield ("true", text("risk.answer.yes")) if value else ("false", text("risk.answer.no"))
    elif isinstance(value, int | Decimal):
        yield f"{value:f}" if isinstance(value, Decimal) else str(value), f"{value}"
    elif isinstance(value, str):
        yield value, value


def raise_in(
    desk: Desk, unit: Unit, participant: Id, *, response: Id, form_title: str, question: str, answer: str
) -> Id:
    """Opens the conversation inside the unit of work that saves the answer, so that neither is without the other.

    ``question`` is its place as people say it ("question 9"), ``answer`` as shown. Once for a response and a question
    while it is open; another answer that also counts is written into it.
    """
    desk.allow(Act.ASSESS, RiskConversation)
    same = unit.reader.list(
        RiskConversation, scope=participant, response=response, question=question, status=RiskStatus.OPEN
    )
    if same:
        unit.set(RiskConversation, same[0].id, answer=answer)
        return same[0].id
    unit.undoable = False  # taking the answer back must not take the conversation away
    return unit.add(
        RiskConversation(
            id=new_id(),
            scope=participant,
            response=response,
            form_title=form_title,
            question=question,
            answer=answer,
            raised_at=desk.clock.now(),
            status=RiskStatus.OPEN,
        )
    )


def open_ones(desk: Desk, participant: Id | None = None) -> tuple[RiskView, ...]:
    """Conversations that nobody has recorded yet, oldest first; of one person or of everybody."""
    desk.allow(Act.READ, RiskConversation)
    return _views(desk, participant, RiskStatus.OPEN)


def open_in(desk: Desk, reader: Reader, participant: Id) -> tuple[RiskView, ...]:
    """Those of one person inside a read."""
    desk.allow(Act.READ, RiskConversation)
    return _views_in(reader, participant, RiskStatus.OPEN)


def of_participant(desk: Desk, participant: Id) -> tuple[RiskView, ...]:
    """All of one person, oldest first."""
    desk.allow(Act.READ, RiskConversation)
    return _views(desk, participant, None)


def record(desk: Desk, risk: Id, talked: Talked) -> None:
    """Records what was done, by the person who acts. Raises FieldsInvalid where what was asked is not said."""
    desk.allow(Act.HANDLE_RISK, RiskConversation)
    problems: list[tuple[str, str]] = []
    if not talked.asked.strip():
        problems.append(("asked", "risk_asked_missing"))
    if not talked.agreed.strip():
        problems.append(("agreed", "risk_agreed_missing"))
    if not talked.steps <= {step.code for step in desk.site.risk.steps}:
        problems.append(("steps", "step_unknown"))
    if problems:
        raise FieldsInvalid(tuple(problems))
    with desk.unit() as unit:
        _open(unit.reader.get(RiskConversation, risk))
        unit.undoable = False
        unit.set(
            RiskConversation,
            risk,
            status=RiskStatus.DONE,
            asked=talked.asked.strip(),
            agreed=talked.agreed.strip(),
            steps=talked.steps,
            told=talked.told.strip() or None,
            done_by=desk.me,
            done_at=desk.clock.now(),
        )


def hand_to(desk: Desk, risk: Id, person: Id) -> None:
    """Asks a named person to have the conversation; it stays open, on their list and on the record."""
    desk.allow(Act.HANDLE_RISK, RiskConversation)
    with desk.unit() as unit:
        _open(unit.reader.get(RiskConversation, risk))
        if unit.reader.get(Person, person).active is False:
            raise BadInput("person_gone")
        unit.set(RiskConversation, risk, handed_to=person)


def _open(risk: RiskConversation) -> None:
    if risk.status is not RiskStatus.OPEN:
        raise Locked()


def _views(desk: Desk, participant: Id | None, status: RiskStatus | None) -> tuple[RiskView, ...]:
    with desk.read() as reader:
        return _views_in(reader, participant, status)


def _views_in(reader: Reader, participant: Id | None, status: RiskStatus | None) -> tuple[RiskView, ...]:
    chosen: dict[str, Any] = {}
    if participant is not None:
        chosen["scope"] = participant
    if status is not None:
        chosen["status"] = status
    found = reader.list(RiskConversation, order_by=("raised_at", "id"), **chosen)
    people = {one.id: one for one in reader.list(Participant, id={one.scope for one in found})}
    names = staff_names(reader) if found else {}
    return tuple(_view(one, people.get(one.scope), names) for one in found)


def _view(one: RiskConversation, who: Participant | None, names: dict[Id, str]) -> RiskView:
    return RiskView(
        risk=one.id,
        participant=one.scope,
        name=who.name if who else "",
        called=who.called if who else "",
        pronouns=who.pronouns or "" if who else "",
        form_title=one.form_title or "",
        question=one.question or "",
        answer=one.answer or "",
        raised_at=one.raised_at,
        open=one.status is RiskStatus.OPEN,
        handed_to=one.handed_to,
        handed_to_name=names.get(one.handed_to, "") if one.handed_to else "",
        asked=one.asked or "",
        agreed=one.agreed or "",
        steps=tuple(sorted(one.steps)),
        told=one.told or "",
        done_by_name=names.get(one.done_by, "") if one.done_by else "",
        done_at=one.done_at,
    )
