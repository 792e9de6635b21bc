"""What people tell for counts alone: equality answers by their own choice, and what stands in the way of work most.

Equality answers can be given and taken back here, and are read by nobody for one person: the service summary counts
them (``summary_cuts``) and hides small numbers. The group of the main condition is in the person's own judgement; it
stands on no paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.duties import EQUALITY, RATHER_NOT, EqualityAnswers, Group, MainCondition
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class ConditionView:
    """The group that the person named last."""

    main: Group
    beside: tuple[str, ...]
    told_on: date | None
    by_name: str


def tell(desk: Desk, participant: Id, answers: Mapping[str, str]) -> Id:
    """Keeps what the person chose to say: codes of ``EQUALITY``, ``RATHER_NOT``, or nothing for a question left out.

    Later answers take the place of earlier ones. Raises FieldsInvalid for a code that there is not.
    """
    desk.allow(Act.RECORD_EQUALITY)
    said = {name: code for name, code in answers.items() if code}
    unknown = [
        (name, "choice_unknown") for name, code in said.items() if code not in (*EQUALITY.get(name, ()), RATHER_NOT)
    ]
    if unknown:
        raise FieldsInvalid(tuple(unknown))
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        unit.undoable = False  # undo would say in words what was undone
        return unit.add(
            EqualityAnswers(
                id=new_id(),
                scope=participant,
                **{name: Code(code) for name, code in said.items()},
                told_on=desk.clock.today(),
                recorded_by=desk.me,
                at=desk.clock.now(),
            )
        )


def take_back(desk: Desk, participant: Id) -> int:
    """The person wants their answers gone: they count no more. Gives how many there were."""
    desk.allow(Act.RECORD_EQUALITY)
    with desk.unit() as unit:
        unit.undoable = False
        found = unit.reader.list(EqualityAnswers, scope=participant)
        for one in found:
            unit.delete(EqualityAnswers, one.id)
        return len(found)


def asked_on(desk: Desk, participant: Id) -> date | None:
    """The day on which the person answered last, or None; never what."""
    desk.allow(Act.RECORD_EQUALITY)
    with desk.read() as reader:
        found = reader.list(EqualityAnswers, order_by=("-at", "id"), scope=participant, limit=1)
    return found[0].told_on if found else None


def tell_condition(desk: Desk, participant: Id, main: Group, beside: frozenset[str] = frozenset()) -> Id:
    """Keeps which group of conditions stands in the way of work most, as the person tells it, and which others do."""
    desk.allow(Act.EDIT_PARTICIPANT, MainCondition)
    if not beside <= {one.value for one in Group}:
        raise FieldsInvalid((("beside", "choice_unknown"),))
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        return unit.add(
            MainCondition(
                id=new_id(),
                scope=participant,
                main=main,
                beside=beside - {main.value},
                told_on=desk.clock.today(),
                recorded_by=desk.me,
                at=desk.clock.now(),
            )
        )


def condition(desk: Desk, participant: Id) -> ConditionView | None:
    """What the person said last, or None."""
    desk.allow(Act.READ, MainCondition)
    with desk.read() as reader:
        found = reader.list(MainCondition, order_by=("-at", "id"), scope=participant, limit=1)
        names = staff_names(reader) if found else {}
    if not found or found[0].main is None:
        return None
    one = found[0]
    by = names.get(one.recorded_by, "") if one.recorded_by else ""
    return ConditionView(found[0].main, tuple(sorted(one.beside)), one.told_on, by)
