"""Words that somebody typed and that are no answer yet: kept on this computer, for that person alone, not in the log.

A number that is no number, a conversation half written down: going away and coming back finds them as they were.
"""

import json
from collections.abc import Mapping

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk


def keep(desk: Desk, record: Id, field: str, words: str) -> None:
    """Keeps what was typed into a field of a record; empty words forget it."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    key = f"{_start(desk, record)}{field}"
    if words:
        desk.store.drafts.put(key, words)
    elif desk.store.drafts.get(key) is not None:
        desk.store.drafts.clear(key)


def of(desk: Desk, record: Id) -> dict[str, str]:
    """By field: what the acting person typed into a record and did not finish."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    start = _start(desk, record)
    found = {}
    for key in desk.store.drafts.keys():  # noqa: SIM118 - a list of the store, no mapping
        if key.startswith(start):
            found[key.removeprefix(start)] = desk.store.drafts.get(key) or ""
    return found


def keep_form(desk: Desk, record: Id, form: str, values: Mapping[str, object]) -> None:
    """Keeps what stands in a form that is not sent yet, at once; no values forget it.

    Values are words, yes or no, or several codes.
    """
    desk.allow(Act.EDIT_OWN_SETTINGS)
    held = {
        name: sorted(value) if isinstance(value, frozenset | set | tuple) else value for name, value in values.items()
    }
    keep(desk, record, form, json.dumps(held, ensure_ascii=False) if held else "")


def form_of(desk: Desk, record: Id, form: str) -> dict[str, object]:
    """What stood in a form when it was left, by field; empty where nothing is kept."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    words = desk.store.drafts.get(f"{_start(desk, record)}{form}")
    found = json.loads(words) if words else {}
    return found if isinstance(found, dict) else {}


def forget(desk: Desk, record: Id) -> None:
    """The record is finished: nothing typed for it stays."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    for field in of(desk, record):
        desk.store.drafts.clear(f"{_start(desk, record)}{field}")


def _start(desk: Desk, record: Id) -> str:
    return f"typed/{desk.me}/{record}/"
