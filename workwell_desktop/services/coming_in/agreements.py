"""What the person agreed to, each separately; withdrawing is one act and says what was given already."""

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import Document, Release
from workwell_desktop.domain.participants import Agreement, AgreementKind, Participant, Party
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import FieldsInvalid, Locked
from workwell_desktop.services._reads import staff_names, standing
from workwell_desktop.services.administration import grants
from workwell_desktop.services.coming_in.participant_views import AgreementDetails, AgreementState, Given
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader

QUESTIONS = (
    (AgreementKind.TAKE_PART, Party.PARTICIPANT),
    (AgreementKind.DISCUSS, Party.TEAM),
    (AgreementKind.CONTACT, Party.GP),
    (AgreementKind.SHARE, Party.GP),
    (AgreementKind.CONTACT, Party.EMPLOYER),
    (AgreementKind.SHARE, Party.EMPLOYER),
    (AgreementKind.SHARE, Party.JOBCENTRE),
    (AgreementKind.SHARE, Party.EVALUATION),
)
"""What everybody is asked. Attendance is not agreement: each is asked and answered."""

_AT_THE_TABLE = frozenset({AgreementKind.TAKE_PART, AgreementKind.DISCUSS})
"""Without either of these nobody is talked about by name."""
HOW = frozenset({"in_room", "phone", "paper", "online"})


def record(desk: Desk, participant: Id, said: AgreementDetails) -> Id:
    """Writes down what the person said to one question. An earlier answer stays in the history."""
    desk.allow(Act.RECORD_AGREEMENT, Agreement)
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        if said.kind in _AT_THE_TABLE and not said.given:
            grants.no_longer_discussed(desk, unit, participant)
        return unit.add(agreement_of(desk, participant, said))


def withdraw(desk: Desk, agreement: Id) -> tuple[Given, ...]:
    """Takes an agreement back and gives the papers that went out under it: those cannot be called back."""
    desk.allow(Act.RECORD_AGREEMENT, Agreement)
    with desk.unit() as unit:
        now = unit.reader.get(Agreement, agreement)
        if now.withdrawn_at is not None:
            raise Locked()
        unit.set(Agreement, agreement, withdrawn_at=desk.clock.now(), withdrawn_by=desk.me)
        if now.kind in _AT_THE_TABLE:
            grants.no_longer_discussed(desk, unit, now.scope)
        return _given(unit.reader, now.scope, now.party, now.party_name or "")


def current(desk: Desk, participant: Id) -> tuple[AgreementState, ...]:
    """Where each question stands: what everybody is asked first, then what else was asked."""
    desk.allow(Act.READ, Agreement)
    with desk.read() as reader:
        newest = standing(reader.list(Agreement, scope=participant))
        names = staff_names(reader)
    usual = [(kind, party, "") for kind, party in QUESTIONS]
    others = sorted(key for key in newest if key not in usual)
    return tuple(_state(key, newest.get(key), names) for key in [*usual, *others])


def history(desk: Desk, participant: Id) -> tuple[Agreement, ...]:
    """Every answer ever given, newest first."""
    desk.allow(Act.READ, Agreement)
    with desk.read() as reader:
        return tuple(reader.list(Agreement, order_by=("-at", "id"), scope=participant))


def allowed(desk: Desk, participant: Id, kind: AgreementKind, party: Party, party_name: str = "") -> bool:
    """Whether the person agreed, and has not taken it back. A question that nobody asked is a no."""
    desk.allow(Act.READ, Agreement)
    with desk.read() as reader:
        found = standing(reader.list(Agreement, scope=participant, kind=kind, party=party))
    one = found.get((kind, party, party_name if party is Party.SERVICE else ""))
    return one is not None and bool(one.given) and one.withdrawn_at is None


def already_given(desk: Desk, participant: Id, party: Party, party_name: str = "") -> tuple[Given, ...]:
    """The papers that a party has had, newest first; shown before an agreement is taken back. Taking part is behind
    everything that went to anybody but the person."""
    desk.allow(Act.READ, Release)
    with desk.read() as reader:
        return _given(reader, participant, party, party_name)


def agreement_of(desk: Desk, participant: Id, said: AgreementDetails) -> Agreement:
    """The record of an answer, for an act that writes it in its own unit of work. Raises FieldsInvalid."""
    desk.allow(Act.RECORD_AGREEMENT, Agreement)
    if said.how not in HOW:
        raise FieldsInvalid((("how", "how_unknown"),))
    if said.party is Party.SERVICE and not (said.party_name or "").strip():
        raise FieldsInvalid((("party_name", "name_missing"),))
    return Agreement(
        id=new_id(),
        scope=participant,
        kind=said.kind,
        party=said.party,
        party_name=said.party_name or None,
        given=said.given,
        limits=said.limits or None,
        how=Code(said.how),
        said=said.said or None,
        at=desk.clock.now(),
        recorded_by=desk.me,
    )


def _state(key: tuple[AgreementKind, Party, str], one: Agreement | None, names: dict[Id, str]) -> AgreementState:
    kind, party, name = key
    withdrawn = one is not None and one.withdrawn_at is not None
    at = None if one is None else one.withdrawn_at or one.at
    return AgreementState(
        kind=kind,
        party=party,
        party_name=name or (one.party_name or "" if one else ""),
        given=None if one is None else bool(one.given) and not withdrawn,
        withdrawn=withdrawn,
        agreement=one.id if one else None,
        limits=one.limits or "" if one else "",
        said=one.said or "" if one else "",
        how=str(one.how or "") if one else "",
        on=london_day(at) if at else None,
        recorded_by=names.get(one.recorded_by, "") if one and one.recorded_by else "",
    )


def _given(reader: Reader, participant: Id, party: Party | None, party_name: str) -> tuple[Given, ...]:
    releases = [
        one
        for one in reader.list(Release, order_by=("-at", "id"), scope=participant)
        if (one.recipient is party if party is not Party.PARTICIPANT else one.recipient is not Party.PARTICIPANT)
        and (party is not Party.SERVICE or one.recipient_name == party_name)
    ]
    papers = {one.id: one for one in reader.list(Document, scope=participant)}
    brought = {one.id: one for one in reader.list(Attachment, scope=participant)}
    given: list[Given] = []
    for one in releases:
        paper = papers.get(one.document) if one.document else None
        if one.at is None or one.recipient is None:
            continue
        kind = paper.kind.value if paper and paper.kind else ""
        how = one.how.value if one.how else ""
        content = paper.content or "" if paper else ""
        passed_on = brought.get(one.document) if one.document else None
        if passed_on is not None and passed_on.file is not None:
            content = passed_on.file.sha256
        given.append(
            Given(
                one.id,
                kind,
                one.recipient,
                one.recipient_name or "",
                london_day(one.at),
                how,
                content,
                brought=passed_on.kind.value if passed_on and passed_on.kind else "",
            )
        )
    return tuple(given)
