"""What in the copy of everything was said by others or names them, for a person to decide on before it is given.

The law lets a controller hold back what would tell of another person who did not agree, where it is not reasonable to
tell it all the same (Data Protection Act 2018, Schedule 2, paragraph 16). People of the service are no third parties
here (paragraph 17). It marks what is plain; nobody is told that a copy is free of names.
"""

from dataclasses import dataclass

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.third_parties import mentions
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.access_copies import SECOND, entries_of
from workwell_desktop.services.person.third_parties import around

BY_OTHERS = frozenset(
    {
        "adjustment.answer_note",
        "adjustment.answered_by",
        "participant.lives_with",
        "referral.heard_from",
        "referral.reason",
        "work_situation.employer_person",
    }
)
"""Fields that hold what somebody outside the service said, or who they are."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the copy to decide on. ``names`` as they stand in it; none where it was said by somebody else."""

    record: Id
    field: str
    kind: str
    title: str
    label: str
    words: str
    names: tuple[str, ...]
    by_others: bool


def marks(desk: Desk, participant: Id) -> tuple[Mark, ...]:
    """Everything that is marked, in the order of the copy. Needs Act EXPORT beside the register."""
    desk.allow(Act.READ, Document)
    desk.allow(Act.EXPORT)
    with desk.read() as reader:
        entries, _apart = entries_of(desk, reader, participant)
        said = "\n".join(row.words for one in entries for row in one.rows)
        known = around(desk, reader, participant, said)
    found = []
    for one in entries:
        for row in one.rows:
            by_others = row.field.partition(SECOND)[0] in BY_OTHERS
            names = tuple(each.words for each in mentions(row.words, known))
            if by_others or names:
                found.append(Mark(one.record, row.field, one.kind, one.title, row.label, row.words, names, by_others))
    return tuple(found)
