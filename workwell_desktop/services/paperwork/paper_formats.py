"""In which format a participant's own papers are made: by what they need, or as somebody chooses for one print.

What a paper says and how it looks are two choices: the simple version can be in large print or in high contrast too.
Papers for anybody else are in standard print.
"""

from dataclasses import dataclass

from workwell_desktop.documents.blocks import PaperStyle
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.participants import Need, PaperFormat, Participant

OWN = frozenset(
    {
        PaperKind.PARTICIPANT_PLAN,
        PaperKind.APPOINTMENT,
        PaperKind.PHASED_RETURN,
        PaperKind.SERVICE_CARD,
        PaperKind.ACCESS_COPY,
    }
)
"""Papers that are the participant's own."""

_LOOKS = {
    PaperFormat.STANDARD: PaperStyle.STANDARD,
    PaperFormat.LARGE: PaperStyle.LARGE,
    PaperFormat.SIMPLE: PaperStyle.SIMPLE,
    PaperFormat.HIGH_CONTRAST: PaperStyle.HIGH_CONTRAST,
    PaperFormat.CREAM: PaperStyle.CREAM,
}


@dataclass(frozen=True, slots=True)
class Format:
    """``simple``: the simple version of the words. ``style`` is how it looks."""

    simple: bool
    style: PaperStyle


STANDARD = Format(False, PaperStyle.STANDARD)


def chosen(one: PaperFormat) -> Format:
    """What somebody picks for one print."""
    return Format(one is PaperFormat.SIMPLE, _LOOKS[one])


def format_for(person: Participant, kind: PaperKind) -> Format:
    """The format of the person's own papers by what is recorded; standard print for papers to anybody else.

    A need is never lost to a choice of look: who needs large print and chose high contrast has both, and who needs
    simple words has them in the look that was chosen.
    """
    if kind not in OWN:
        return STANDARD
    wish = person.paper_format or PaperFormat.STANDARD
    simple = wish is PaperFormat.SIMPLE or Need.SIMPLE_WORDS.value in person.needs
    large = wish is PaperFormat.LARGE or Need.LARGE_PRINT.value in person.needs
    if wish in (PaperFormat.HIGH_CONTRAST, PaperFormat.CREAM):
        return Format(simple, PaperStyle.LARGE_HIGH_CONTRAST if large else _LOOKS[wish])
    if large:
        return Format(simple, PaperStyle.LARGE)
    return Format(simple, PaperStyle.SIMPLE if simple else PaperStyle.STANDARD)
