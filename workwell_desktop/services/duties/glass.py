"""Breaking the glass: a restricted note is opened once, for a reason, by somebody whose role does not include it.

    restricted ──reason──▶ open, this once  ──▶  an event, and a line in Today of whoever may read these  ──▶  looked at

Nothing is opened before it is written down. Who may break which glass stands in the site pack (``break_glass:kind``);
the equality answers of one person are behind no glass, for nobody reads them.
"""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.duties import BrokenGlass, Disclosure, SafeguardingConcern
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Code, Id, Record, kind_of, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services._restricted import may_read
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import disclosures, safeguarding
from workwell_desktop.services.duties.disclosures import DisclosureView
from workwell_desktop.services.duties.safeguarding import ConcernView

LEAST = 10
"""Letters of a reason."""


@dataclass(frozen=True, slots=True)
class GlassView:
    """That somebody broke the glass. ``kind`` is the kind of record; ``seen_by`` is empty until somebody looked."""

    glass: Id
    kind: str
    by_name: str
    at: datetime | None
    reason: str
    seen_by: str
    seen_at: datetime | None


def open_concerns(desk: Desk, participant: Id, reason: str) -> tuple[ConcernView, ...]:
    """The safeguarding notes of a person that are not the acting person's to read, this once.

    Raises FieldsInvalid without a reason, BadInput ``nothing_behind_glass`` where there is none.
    """
    desk.allow(Act.BREAK_GLASS, SafeguardingConcern)
    with desk.read() as reader:
        found = reader.list(SafeguardingConcern, order_by=("-at", "id"), scope=participant)
        names = staff_names(reader)
    behind = [one for one in found if not may_read(desk, one)]
    _broken(desk, participant, SafeguardingConcern, [one.id for one in behind], reason)
    return tuple(safeguarding.view(one, names) for one in behind)


def open_disclosures(desk: Desk, participant: Id, reason: str) -> tuple[DisclosureView, ...]:
    """As ``open_concerns``, for what was told without agreement."""
    desk.allow(Act.BREAK_GLASS, Disclosure)
    with desk.read() as reader:
        found = reader.list(Disclosure, order_by=("-at", "id"), scope=participant)
        names = staff_names(reader)
        behind = [one for one in found if not may_read(desk, one)]
        views = tuple(disclosures.view(reader, one, names) for one in behind)
    _broken(desk, participant, Disclosure, [one.id for one in behind], reason)
    return views


def told(desk: Desk, kind: type[Record]) -> tuple[str, ...]:
    """Who is told when somebody breaks this glass, by name: whoever else works here with a role that reads it."""
    desk.allow(Act.BREAK_GLASS, kind)
    with desk.read() as reader:
        others = [one for one in reader.list(Person, order_by="name") if one.active is not False and one.id != desk.me]
    reads = kind_of(BrokenGlass)
    return tuple(one.name or "" for one in others if desk.site.allows(one.roles, Act.READ, reads))


def of_participant(desk: Desk, participant: Id) -> tuple[GlassView, ...]:
    """Who broke the glass of one person's record, the newest first."""
    desk.allow(Act.READ, BrokenGlass)
    with desk.read() as reader:
        found = reader.list(BrokenGlass, order_by=("-at", "id"), scope=participant)
        names = staff_names(reader) if found else {}
    return tuple(
        GlassView(
            glass=one.id,
            kind=str(one.kind or ""),
            by_name=names.get(one.recorded_by, "") if one.recorded_by else "",
            at=one.at,
            reason=one.reason or "",
            seen_by=names.get(one.seen_by, "") if one.seen_by else "",
            seen_at=one.seen_at,
        )
        for one in found
    )


def looked_at(desk: Desk, glass: Id) -> None:
    """Whoever is responsible has looked at it: it goes from Today. Nobody answers for themselves."""
    desk.allow(Act.READ, BrokenGlass)
    with desk.unit() as unit:
        one = unit.reader.get(BrokenGlass, glass)
        if one.recorded_by == desk.me:
            raise BadInput("own_glass")
        if one.seen_at is None:
            unit.undoable = False
            unit.set(BrokenGlass, glass, seen_by=desk.me, seen_at=desk.clock.now())


def _broken(desk: Desk, participant: Id, kind: type[Record], records: list[Id], reason: str) -> None:
    """Written down, durable, before anything is shown."""
    if len(reason.strip()) < LEAST:
        raise FieldsInvalid((("reason", "glass_reason_missing"),))
    if not records:
        raise BadInput("nothing_behind_glass")
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        unit.undoable = False
        unit.add(
            BrokenGlass(
                id=new_id(),
                scope=participant,
                kind=Code(kind_of(kind)),
                reason=reason.strip(),
                recorded_by=desk.me,
                at=desk.clock.now(),
            )
        )
        for one in records:
            unit.event(AuditEvent(AuditKind.BROKE_GLASS, participant, one, Code(kind_of(kind))))
