"""What waits while somebody has to choose between two answers: signing, and whatever goes to an employer."""

from workwell_desktop.domain.apart import holds_papers
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.screen import has, text
from workwell_desktop.errors import BadInput
from workwell_desktop.store import Reader


def held_by(reader: Reader, participant: Id) -> tuple[str, ...]:
    """The names of the delicate fields of one person that were written in two ways; none where nothing waits."""
    found = [one for one in reader.conflict_places(participant) if holds_papers(one.kind, one.field)]
    return tuple(dict.fromkeys(_words(one.kind, one.field) for one in found))


def refuse_held(reader: Reader, participant: Id) -> None:
    """Raises BadInput ``answers_apart`` while one of them waits for a choice."""
    fields = held_by(reader, participant)
    if fields:
        raise BadInput("answers_apart", fields=", ".join(fields))


def _words(kind: str, field: str) -> str:
    for key in (f"fields.of.{kind}.{field}", f"conflict.kind.{kind}"):
        if has(key):
            return text(key)
    return text("conflict.kind.other")


__all__ = ["held_by", "refuse_held"]
