"""Who must be here for a decision that is more than information; the rule is the site's."""

from collections.abc import Iterable
from dataclasses import dataclass

from workwell_desktop.domain.people import REGISTERED, Person
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Attendance, Outcome, Presence, Session
from workwell_desktop.domain.site import QuorumRule

HERE = frozenset({Presence.PRESENT, Presence.REMOTE, Presence.PART})


@dataclass(frozen=True, slots=True)
class QuorumView:
    """Whether the site's rule is met by those who are here. ``lacking`` holds codes such as ``chair``."""

    met: bool
    lacking: tuple[Code, ...]
    here: int
    invited: int
    apologies: int


def is_here(line: Attendance) -> bool:
    """In the room, on the line, or for a part of the time."""
    return line.presence in HERE and line.left_at is None


def quorum(
    rule: QuorumRule,
    session: Session,
    lines: Iterable[Attendance],
    people: dict[Id, Person],
    knows: frozenset[Id] | None = None,
    *,
    expected: bool = False,
) -> QuorumView:
    """Whether the rule is met, by those here, or with ``expected`` by those invited who sent no apologies.

    ``knows`` are the people who know the person of one case; None asks about the session as a whole.
    """
    lines = list(lines)
    away = (Presence.APOLOGIES, Presence.ABSENT)
    counted = [line for line in lines if (line.presence not in away if expected else is_here(line))]
    persons = {line.person for line in counted if line.person is not None}
    clinicians = sum(1 for one in persons if one in people and people[one].profession in REGISTERED)
    lacking: list[Code] = []
    if rule.chair and session.chair not in persons:
        lacking.append(Code("chair"))
    if clinicians < rule.clinicians:
        lacking.append(Code("clinicians"))
    if rule.knows_the_person and knows is not None and not knows & persons:
        lacking.append(Code("knows_the_person"))
    return QuorumView(
        met=not lacking,
        lacking=tuple(lacking),
        here=_heads(counted),
        invited=_heads(lines),
        apologies=_heads(line for line in lines if line.presence is Presence.APOLOGIES),
    )


def _heads(lines: Iterable[Attendance]) -> int:
    """Persons and guests: somebody with two roles, or whom two laptops have invited apart, is one."""
    return len({line.person or line.id for line in lines})


def allowed_outcomes(view: QuorumView) -> tuple[Outcome, ...]:
    """Below the quorum a case is for information alone."""
    return tuple(Outcome) if view.met else (Outcome.INFORMATION,)
