"""Who does an action, in words, also where no name was written down."""

from workwell_desktop.desktop.kit import text
from workwell_desktop.domain.plans import OwnerKind
from workwell_desktop.services.meeting.session_views import ActionLine, OverdueLine


def owner_words(line: ActionLine | OverdueLine, called: str) -> str:
    """The name; without one ``called`` for what the person does, "the employer" and "somebody else" for the rest."""
    if line.owner_name:
        return line.owner_name
    return text(f"session.owner.{(line.owner_kind or OwnerKind.PARTICIPANT).value}", name=called)
