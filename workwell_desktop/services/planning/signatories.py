"""Who signs a plan, settled before the first signature."""

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.ordering import keys_for
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Plan, PlanStatus, PlanType, Signatory, SignatoryRole, SignatureOutcome
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput, Locked
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff, words_or_none
from workwell_desktop.services.paperwork.paper_facts import statement_of
from workwell_desktop.services.paperwork.paper_views import SignatureAsk, Signers
from workwell_desktop.services.planning.plan_pages import missing_in
from workwell_desktop.services.planning.signing_order import next_of
from workwell_desktop.services.safekeeping._holding import refuse_held
from workwell_desktop.store import Reader, Unit


def settle_signatories(
    desk: Desk,
    plan: Id,
    *,
    coach: Id | None = None,
    clinician: Id | None = None,
    declined: str | None = None,
    unable: str | None = None,
) -> tuple[Id, ...]:
    """Says who signs, before the first signature: coach, participant, and a clinician where the site or a person asks.

    ``coach`` is the episode's own, or whoever acts where that is nobody. ``declined`` or ``unable``: the participant
    will not or cannot sign, with the reason; then there is no field for them but a printed line. BadInput
    ``plan_not_ready`` while the plan lacks something, ``answers_apart`` while a part of it waits for a choice,
    ``clinician_missing`` where the site asks for one and none is named, ``may_not_sign`` for a person whose role does
    not sign as that.
    """
    desk.allow(Act.EDIT_PLAN, Signatory)
    with desk.unit() as unit:
        found = unit.reader.get(Plan, plan)
        settled = unit.reader.list(Signatory, plan=plan)
        if found.status not in (PlanStatus.DRAFT, PlanStatus.SIGNING) or any(_has_signed(one) for one in settled):
            raise Locked()
        if missing_in(unit.reader, found):
            raise BadInput("plan_not_ready")
        refuse_held(unit.reader, found.scope)
        episode = unit.reader.find(Episode, found.episode)
        first = coach or (episode.coach if episode else None) or desk.me
        _may_sign(desk, unit.reader, first, SignatoryRole.COACH)
        rule = desk.site.plans[found.type or PlanType.STAY_IN_WORK]
        if clinician is None and SignatoryRole.CLINICIAN in rule.required:
            raise BadInput("clinician_missing")
        if clinician is not None:
            _may_sign(desk, unit.reader, clinician, SignatoryRole.CLINICIAN)
        for one in settled:
            unit.delete(Signatory, one.id)
        made = _added(unit, found, first, clinician, declined, unable)
        unit.set(Plan, plan, status=PlanStatus.SIGNING, agreed_on=desk.clock.today())
    return made


def will_not_sign(
    desk: Desk,
    plan: Id,
    reason: str,
    *,
    role: SignatoryRole = SignatoryRole.PARTICIPANT,
    outcome: SignatureOutcome = SignatureOutcome.DECLINED,
) -> None:
    """Somebody would rather not sign, or cannot, and why: an outcome, not an error. Before the first signature."""
    desk.allow(Act.TAKE_SIGNATURE, Signatory)
    if not reason.strip():
        raise BadInput("reason_missing")
    if outcome not in (SignatureOutcome.DECLINED, SignatureOutcome.UNABLE) or role is SignatoryRole.COACH:
        raise BadInput("no_such_field")
    with desk.unit() as unit:
        settled = unit.reader.list(Signatory, plan=plan)
        if any(_has_signed(one) for one in settled):
            raise Locked()
        for one in settled:
            if one.role is role:
                unit.set(Signatory, one.id, outcome=outcome, reason=reason.strip())


def next_signature(desk: Desk, plan: Id) -> SignatureAsk | None:
    """Who signs next, and the words they put their name to; None when nobody is awaited."""
    desk.allow(Act.READ, Signatory)
    with desk.read() as reader:
        return ask_in(reader, plan)


def who_may_sign(desk: Desk, plan: Id) -> Signers:
    """Who can be chosen to sign: the person who acts where they may, else the episode's coach; and the clinicians."""
    desk.allow(Act.READ, Signatory)
    with desk.read() as reader:
        found = reader.get(Plan, plan)
        people = staff(reader)
        settled = next((one for one in reader.list(Signatory, plan=plan) if one.role is SignatoryRole.COACH), None)
        episode = reader.find(Episode, found.episode)
    coach = episode.coach if episode else None
    if settled is not None and _has_signed(settled):
        coach = settled.person
    elif desk.site.may_sign_as(desk.person.roles, SignatoryRole.COACH):
        coach = desk.me
    rule = desk.site.plans[found.type or PlanType.STAY_IN_WORK]
    clinicians = [
        (one.id, one.name or "")
        for one in people.values()
        if one.active is not False and desk.site.may_sign_as(one.roles, SignatoryRole.CLINICIAN)
    ]
    return Signers(
        coach=coach,
        coach_name=name_of(people, coach),
        mine=coach == desk.me,
        clinicians=tuple(sorted(clinicians, key=lambda one: (one[1], one[0]))),
        clinician_needed=SignatoryRole.CLINICIAN in rule.required,
        cards=frozenset(one.id for one in people.values() if one.card is not None),
    )


def ask_in(reader: Reader, plan: Id) -> SignatureAsk | None:
    """The same inside a read."""
    one = next_of(reader.list(Signatory, plan=plan))
    if one is None or one.role is None:
        return None
    person = reader.find(Person, one.person)
    participant = reader.get(Participant, one.scope)
    return SignatureAsk(
        role=one.role,
        person=one.person,
        name=one.name or "",
        profession=Code(person.profession.value) if person and person.profession else None,
        registration=person.registration_number if person else None,
        statement=statement_of(one.role, participant.called),
    )


def _has_signed(one: Signatory) -> bool:
    return one.outcome is SignatureOutcome.SIGNED


def _may_sign(desk: Desk, reader: Reader, person: Id, role: SignatoryRole) -> None:
    if not desk.site.may_sign_as(reader.get(Person, person).roles, role):
        raise BadInput("may_not_sign")


def _added(
    unit: Unit, plan: Plan, coach: Id, clinician: Id | None, declined: str | None, unable: str | None
) -> tuple[Id, ...]:
    participant = unit.reader.get(Participant, plan.scope)
    outcome = SignatureOutcome.AWAITED
    if declined is not None:
        outcome = SignatureOutcome.DECLINED
    elif unable is not None:
        outcome = SignatureOutcome.UNABLE
    wanted = [
        (SignatoryRole.COACH, coach, unit.reader.get(Person, coach).name, SignatureOutcome.AWAITED, None),
        (SignatoryRole.PARTICIPANT, None, participant.name, outcome, words_or_none(declined or unable)),
    ]
    if clinician is not None:
        name = unit.reader.get(Person, clinician).name
        wanted.append((SignatoryRole.CLINICIAN, clinician, name, SignatureOutcome.AWAITED, None))
    made = []
    for (role, person, name, stands, reason), position in zip(wanted, keys_for(len(wanted)), strict=True):
        one = Signatory(
            id=new_id(),
            scope=plan.scope,
            plan=plan.id,
            role=role,
            person=person,
            name=name,
            outcome=stands,
            reason=reason,
            position=position,
        )
        made.append(unit.add(one))
    return tuple(made)
