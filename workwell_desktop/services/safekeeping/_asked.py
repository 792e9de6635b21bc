"""An answer of a form that was given in two ways: which question it is, and whether one asks for the risk talk."""

from typing import TYPE_CHECKING

from workwell_desktop.domain.episodes import Response, RiskConversation
from workwell_desktop.domain.values import Value
from workwell_desktop.errors import UnknownForm
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Conflict, Reader, Unit

if TYPE_CHECKING:
    from workwell_desktop.forms import Item

ANSWER = "answer/"


def question_of(reader: Reader, one: Conflict) -> str:
    """The words of the question; empty for what is no answer, or where they are not here or may not be shown."""
    item = item_of(reader, one)
    return item.text or "" if item is not None else ""


def item_of(reader: Reader, one: Conflict) -> "Item | None":
    """The question itself; None for what is no answer, or where its words are not here or may not be shown."""
    if not one.field.startswith(ANSWER):
        return None
    from workwell_desktop.forms import link_id_of  # Today asks what waits for a choice, and waits for no form
    from workwell_desktop.services.assessing.library import form_in
    from workwell_desktop.services.assessing.rights import rights_in

    response = reader.find(Response, one.record)
    if response is None or response.form_url is None or not rights_in(reader, response.form_url).words_shown:
        return None
    try:
        form = form_in(reader, response.form_url, digest=response.form_digest)
    except UnknownForm:
        return None
    return form.index.get(link_id_of(one.field.removeprefix(ANSWER)))


def bounds_of(reader: Reader, one: Conflict) -> tuple[Value | None, Value | None]:
    """The least and the most that the question takes; None where it has no bound, or is no question."""
    item = item_of(reader, one)
    return (None, None) if item is None else (item.limits.minimum, item.limits.maximum)


def stands_alone(reader: Reader, one: Conflict) -> bool:
    """Whether one of the answers has an option that goes with no other, such as none of these."""
    item = item_of(reader, one)
    alone = [option.value for option in item.options if option.exclusive] if item is not None else []
    return any(value in alone for head in one.heads if isinstance(head.value, tuple) for value in head.value)


def opens_risk(desk: Desk, reader: Reader, one: Conflict) -> bool:
    """Whether one of the answers opens the risk conversation: then it is chosen by somebody who may hold it."""
    return any(_asked(desk, reader, one, head.value) is not None for head in one.heads)


def raise_risk(desk: Desk, unit: Unit, one: Conflict, value: Value | None) -> None:
    """The answer that was chosen opens the conversation, unless that question of the response has one already."""
    asked = _asked(desk, unit.reader, one, value)
    if asked is None:
        return
    from workwell_desktop.services.assessing.risk import raise_in

    title, question, shown = asked
    if not unit.reader.count(RiskConversation, scope=one.scope, response=one.record, question=question):
        raise_in(desk, unit, one.scope, response=one.record, form_title=title, question=question, answer=shown)


def _asked(desk: Desk, reader: Reader, one: Conflict, value: Value | None) -> tuple[str, str, str] | None:
    """Title of the form, place of the question and the answer as shown, where the site's list has it."""
    if not one.field.startswith(ANSWER) or value is None:
        return None
    from workwell_desktop.forms import link_id_of
    from workwell_desktop.services.assessing.library import form_in
    from workwell_desktop.services.assessing.risk import asked_for

    response = reader.find(Response, one.record)
    if response is None or response.form_url is None:
        return None
    try:
        form = form_in(reader, response.form_url, digest=response.form_digest)
    except UnknownForm:
        return None
    found = asked_for(desk.site, form, link_id_of(one.field.removeprefix(ANSWER)), value)
    return None if found is None else (form.title, found[0].question, found[1])


__all__ = ["bounds_of", "item_of", "opens_risk", "question_of", "raise_risk", "stands_alone"]
