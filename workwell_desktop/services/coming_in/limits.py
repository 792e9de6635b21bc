"""When we may have to tell others without asking: said at the start, in the words of the partnership."""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.duties import LimitsSaid
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.coming_in.agreements import HOW
from workwell_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class LimitsView:
    """``same``: the words of the site are still those that were said."""

    on: date | None
    by_name: str
    words: str
    same: bool


def words(desk: Desk) -> tuple[str, ...]:
    """What is said, a sentence each."""
    desk.allow(Act.READ, Participant)
    return desk.site.confidentiality


def say(desk: Desk, participant: Id, how: str) -> Id:
    """Writes down that the person who acts said it, and in which words. Raises FieldsInvalid for a way unknown."""
    desk.allow(Act.RECORD_AGREEMENT, LimitsSaid)
    if how not in HOW:
        raise FieldsInvalid((("how", "how_unknown"),))
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        return unit.add(
            LimitsSaid(
                id=new_id(),
                scope=participant,
                words="\n".join(desk.site.confidentiality),
                how=Code(how),
                at=desk.clock.now(),
                said_by=desk.me,
            )
        )


def said(desk: Desk, participant: Id) -> LimitsView | None:
    """When it was said last, by whom and in which words; None where nobody said it."""
    desk.allow(Act.READ, Participant)
    with desk.read() as reader:
        found = reader.list(LimitsSaid, order_by=("-at", "id"), scope=participant, limit=1)
        names = staff_names(reader) if found else {}
    if not found:
        return None
    one = found[0]
    return LimitsView(
        on=london_day(one.at) if one.at else None,
        by_name=names.get(one.said_by, "") if one.said_by else "",
        words=one.words or "",
        same=one.words == "\n".join(desk.site.confidentiality),
    )
