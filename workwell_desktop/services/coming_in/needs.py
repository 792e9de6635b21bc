"""How somebody is best told things, reached and helped to take part: asked first, before any agreement.

Identify, record, flag, share, meet and review (Accessible Information Standard, DAPB1605; reasonable adjustments,
DAPB4019). What stands here is in the banner of every page about the person, and lays out their own papers.
"""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import ADJUSTMENTS, Need, PaperFormat, Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none

TALKS_IN_TEXT, TALKS_BY_PHONE = Need.TEXT_ONLY.value, Need.PHONE_ONLY.value


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person said. ``needs`` are codes of ``Need``; none at all is an answer too."""

    needs: frozenset[str] = frozenset()
    language: str = ""
    paper_format: PaperFormat | None = None
    contact_note: str = ""


@dataclass(frozen=True, slots=True)
class NeedsView:
    """``asked_on`` is None where nobody has asked. ``talking`` and ``adjustments`` are the two halves of the needs."""

    needs: frozenset[str]
    talking: tuple[str, ...]
    adjustments: tuple[str, ...]
    language: str
    paper_format: PaperFormat | None
    contact_note: str
    asked_on: date | None
    asked_by: str


def record(desk: Desk, participant: Id, asked: Asked) -> None:
    """Writes down what the person said, and that they were asked today. Raises FieldsInvalid for a code unknown here,
    and for an interpreter without a language."""
    desk.allow(Act.EDIT_PARTICIPANT, Participant)
    problems = []
    if not asked.needs <= {one.value for one in Need}:
        problems.append(("needs", "choice_unknown"))
    if Need.INTERPRETER.value in asked.needs and not asked.language.strip():
        problems.append(("language", "language_missing"))
    if problems:
        raise FieldsInvalid(tuple(problems))
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        unit.set(
            Participant,
            participant,
            needs=asked.needs,
            language=words_or_none(asked.language),
            paper_format=asked.paper_format,
            contact_note=words_or_none(asked.contact_note),
            needs_asked_on=desk.clock.today(),
            needs_asked_by=desk.me,
        )


def view(desk: Desk, participant: Id) -> NeedsView:
    """What stands now, and when it was asked last."""
    desk.allow(Act.READ, Participant)
    with desk.read() as reader:
        one = reader.get(Participant, participant)
        by = staff_names(reader).get(one.needs_asked_by, "") if one.needs_asked_by else ""
    return NeedsView(
        needs=one.needs,
        talking=talking(one.needs),
        adjustments=adjustments(one.needs),
        language=one.language or "",
        paper_format=one.paper_format,
        contact_note=one.contact_note or "",
        asked_on=one.needs_asked_on,
        asked_by=by,
    )


def talking(needs: frozenset[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Codes of how somebody is told things and reached, in the order of ``Need``."""
    return tuple(one.value for one in Need if one.value in needs and one not in ADJUSTMENTS)


def adjustments(needs: frozenset[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Codes of what makes it possible to come and take part, in the order of ``Need``."""
    return tuple(one.value for one in Need if one.value in needs and one in ADJUSTMENTS)


def first_mode(needs: frozenset[str] | tuple[str, ...], otherwise: str = "phone") -> str:
    """The way of talking to offer first: the one that the person can use alone, where they said so."""
    if TALKS_IN_TEXT in needs:
        return "text"
    return "phone" if TALKS_BY_PHONE in needs else otherwise
