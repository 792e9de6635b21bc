"""What was tried already, in a line: the table and the page that prepares it say it alike."""

from workwell_desktop.desktop.kit import text
from workwell_desktop.services.person.case_background import Tried

MOST_TRIED = 2
"""Things tried that the table names; the record has all of them."""


def tried_words(one: Tried) -> str:
    """ "Later start: agreed by the employer. It helped"."""
    came = text(f"prepare_record.came.{one.came}")
    said = text("prepare_record.tried_line", what=one.text, came=came)
    return text("prepare_record.tried_effect", said=said, effect=one.effect) if one.effect else said
