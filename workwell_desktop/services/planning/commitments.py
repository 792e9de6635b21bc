"""What a decision commits to beside its actions: things that cost money, and drafts of advice on fitness for work.

Who may issue a fit note: doctors, nurses, occupational therapists, pharmacists and physiotherapists (Statutory Sick
Pay and Social Security (Medical Evidence) amendments of 1 July 2022). An AHP Health and Work Report is for allied
health professions. The program drafts words and never the form.
"""

from decimal import Decimal

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import Advice, AdviceKind, Funding
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting.sessions import open_discussion

MAY_ADVISE: dict[AdviceKind, frozenset[Profession]] = {
    AdviceKind.FIT_NOTE: frozenset(
        {
            Profession.DOCTOR,
            Profession.NURSE,
            Profession.OCCUPATIONAL_THERAPIST,
            Profession.PHARMACIST,
            Profession.PHYSIOTHERAPIST,
        }
    ),
    AdviceKind.AHP_REPORT: frozenset({Profession.OCCUPATIONAL_THERAPIST, Profession.PHYSIOTHERAPIST}),
}
MOST_POUNDS = Decimal(100_000)


def fund(desk: Desk, discussion: Id, what: str, cost: Decimal, approver: Id) -> Id:
    """Something that costs ``cost`` pounds, approved by one of ours. All three are needed."""
    desk.allow(Act.RECORD_DECISION, Funding)
    if not what.strip():
        raise BadInput("text_missing")
    if not cost.is_finite() or not 0 <= cost <= MOST_POUNDS or cost != cost.quantize(Decimal("0.01")):
        raise BadInput("cost_wrong")
    with desk.unit() as unit:
        found = open_discussion(unit.reader, discussion)
        unit.reader.get(Person, approver)
        return unit.add(
            Funding(
                id=new_id(),
                scope=found.scope,
                discussion=discussion,
                session=found.session,
                what=what.strip(),
                cost=cost,
                approver=approver,
                at=desk.clock.now(),
            )
        )


def remove_funding(desk: Desk, funding: Id) -> None:
    """Takes it away again, while the session is open."""
    desk.allow(Act.RECORD_DECISION, Funding)
    with desk.unit() as unit:
        found = unit.reader.get(Funding, funding)
        if found.discussion is not None:
            open_discussion(unit.reader, found.discussion)
        unit.delete(Funding, funding)


def advise(desk: Desk, discussion: Id, kind: AdviceKind, text: str, author: Id) -> Id:
    """The draft of one professional, one a kind and person; empty words take it away.

    Raises BadInput ``may_not_advise`` where the author's profession may not issue this.
    """
    desk.allow(Act.RECORD_CONTRIBUTION, Advice)
    with desk.unit() as unit:
        found = open_discussion(unit.reader, discussion)
        if unit.reader.get(Person, author).profession not in MAY_ADVISE[kind]:
            raise BadInput("may_not_advise")
        words = text.strip()
        for one in unit.reader.list(Advice, discussion=discussion, kind=kind, author=author):
            if words:
                unit.set(Advice, one.id, text=words, at=desk.clock.now())
            else:
                unit.delete(Advice, one.id)
            return one.id
        if not words:
            raise BadInput("text_missing")
        return unit.add(
            Advice(
                id=new_id(),
                scope=found.scope,
                discussion=discussion,
                session=found.session,
                kind=kind,
                author=author,
                text=words,
                at=desk.clock.now(),
            )
        )
