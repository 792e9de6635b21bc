"""Undo and redo, with what a page needs to say them in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import get_args, get_type_hints

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.values import Coding, Value
from workwell_desktop.errors import UnknownForm
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Undone

ANSWER = "answer/"


@dataclass(frozen=True, slots=True)
class UndoView:
    """What would be, or was, undone or redone. ``field`` of an answer is ``answer/<path>``, of a record that goes or
    comes back ``@deleted``; ``fields`` counts all that change with it. From ``before`` to ``after``."""

    kind: str
    record: str
    field: str
    before: Value | None
    after: Value | None
    fields: int
    label: str = ""
    """The words of the question, for an answer."""
    shown: str = ""
    """The value that goes by an undo, or comes by a redo, as it would be shown; empty where it is not a short one."""


def next_undo(desk: Desk) -> UndoView | None:
    """What ``undo`` would do, or None: one's own last act, while nobody changed it since and nothing was signed."""
    desk.allow(Act.READ)
    return _view(desk, desk.store.next_undo(desk.identity))


def next_redo(desk: Desk) -> UndoView | None:
    """What ``redo`` would do, or None."""
    desk.allow(Act.READ)
    return _view(desk, desk.store.next_redo(desk.identity), again=True)


def undo(desk: Desk) -> UndoView | None:
    """Sets the person's own last act back, by new changes; None where it does not stand free any more."""
    desk.allow(Act.READ)
    return _view(desk, desk.store.undo(desk.identity))


def redo(desk: Desk) -> UndoView | None:
    """Does again what was undone last."""
    desk.allow(Act.READ)
    return _view(desk, desk.store.redo(desk.identity), again=True)


def _view(desk: Desk, undone: Undone | None, *, again: bool = False) -> UndoView | None:
    if undone is None:
        return None
    answer = undone.field.startswith(ANSWER)
    label = _question(desk, undone) if answer else ""
    # an answer is read beside its question or not at all: where there are no words for one, the other is not said
    readable = bool(label) if answer else _readable(undone.kind, undone.field)
    return UndoView(
        undone.kind,
        undone.record,
        undone.field,
        undone.before,
        undone.after,
        len(undone.lines),
        label,
        _shown(undone.after if again else undone.before) if readable else "",
    )


def _question(desk: Desk, undone: Undone) -> str:
    """The words of the question that an answer belongs to; empty where they are not here, or may not be shown."""
    with desk.read() as reader:
        response = reader.find(Response, undone.record)
    if response is None or response.form_url is None:
        return ""
    from workwell_desktop.forms import link_id_of  # Today asks what may be undone, and waits for no form
    from workwell_desktop.services.assessing.library import open_form
    from workwell_desktop.services.assessing.rights import of_form

    if not of_form(desk, response.form_url).words_shown:
        return ""
    path = undone.field.removeprefix(ANSWER)
    try:
        form = open_form(desk, response.form_url, digest=response.form_digest)
    except UnknownForm:
        return ""
    item = form.index.get(link_id_of(path))
    return item.text or "" if item is not None else ""


def _shown(value: Value | None) -> str:
    if isinstance(value, Coding):
        return value.display or value.code or ""
    return str(value) if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else ""


def _readable(kind: str, field: str) -> bool:
    """Whether a field holds words or a figure: what stands for a record, or for a word of ours, is nothing to read."""
    made = KINDS.get(kind)
    hint = get_type_hints(made).get(field) if made is not None else None
    return set(get_args(hint) or (hint,)) <= {str, int, Decimal, type(None)}
