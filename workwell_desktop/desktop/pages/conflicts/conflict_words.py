"""What is said of two answers: which question it is, each answer in words, what its author knew, what hangs on it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Alert, moment_words, text
from workwell_desktop.desktop.pages.codes import code_words, codes_of
from workwell_desktop.desktop.pages.person_form import field_words, value_words
from workwell_desktop.domain.apart import both
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import KINDS, FieldType, fields_of
from workwell_desktop.domain.screen import has
from workwell_desktop.services.safekeeping.conflicts import Answer, ConflictView

_ID = re.compile("[0-9a-f]{32}")
UNITS = {"usual_hours": "hours", "hours": "hours", "minutes": "minutes", "wait_weeks": "weeks"}


def used_words(found: ConflictView) -> str:
    """Every place that uses the answer, in a sentence."""
    said = []
    for one in found.used_in:
        given: dict[str, Any] = {"words": one.words}
        if one.plan:
            given = {"plan": text(f"conflict.plan.{one.plan}"), "status": text(f"conflict.status.{one.status}")}
        elif one.weeks:
            given = {"count": one.weeks}
        said.append(text(f"conflict.used_in.{one.code}", **given))
    if len(said) < 2:
        return "".join(said)
    return text("conflict.used_and", first=", ".join(said[:-1]), last=said[-1])


def about(found: ConflictView, today: date) -> str:
    """Which question of which record it is, and that nothing is lost."""
    kind = text(f"conflict.kind.{found.record_kind if has(f'conflict.kind.{found.record_kind}') else 'other'}")
    which = _called(found, today)
    if found.deletion and found.what:
        return text("conflict.about_deleted", kind=kind, what=found.what)
    if found.deletion:
        return text("conflict.about_deleted_bare", kind=text("conflict.of", field=kind, what=which) if which else kind)
    if found.field.startswith("answer/"):
        return text("conflict.about_answer", what=found.what) if found.what else text("conflict.about", field=kind)
    # a field that has no name of its own is called by what it belongs to
    named = has(f"fields.of.{found.record_kind}.{found.field}")
    field = field_words(found.record_kind, found.field) if named else kind
    if found.places:
        field = text("conflict.order")
    same = any(one.value == found.what for one in found.answers)
    if found.what and not same:
        return text("conflict.about_one", field=field, what=found.what)
    if which and not found.what:
        field = text("conflict.of", field=field, what=which)
    return text("conflict.about", field=field)


def _called(found: ConflictView, today: date) -> str:
    """By what a record without words of its own is told from others of its kind."""
    if found.called is None:
        return ""
    field, value = found.called
    coded = code_words(field, found.record_kind)
    words = value_words(value, today, lambda code: found.names.get(code) or coded(code))
    key = f"conflict.called.{found.record_kind}"
    if _ID.fullmatch(words):
        return ""
    return text(key, value=words) if has(key) else begun(words)


def answer_words(found: ConflictView, value: Any, today: date) -> str:
    """One answer as people say it."""
    if found.deletion:
        return text("conflict.take_it_away" if value else "conflict.keep_it")
    if str(value) in found.names:
        said = found.names[str(value)]
        # nobody of ours: whoever else does it is a kind of person, where there is no name
        return said if value is not None else code_words("owner_kind", "action")(said)
    coded = code_words(found.field, found.record_kind)
    if isinstance(value, frozenset):
        order = {code: at for at, code in enumerate(codes_of(found.field, found.record_kind))}
        value = tuple(sorted(value, key=lambda one: (order.get(one, len(order)), one)))
    words = value_words(value, today, lambda code: found.names.get(code) or coded(code))
    if type(value) is str:
        words = _said(value, words)
    unit = unit_of(found)
    return text(f"conflict.{unit}", value=words) if unit and value is not None else words


def unit_of(found: ConflictView) -> str:
    """What a number counts: hours, minutes, weeks; empty where it is a number alone."""
    return UNITS.get(found.field, "")


def begun(words: str) -> str:
    """As it stands at the beginning of a line."""
    return words[:1].upper() + words[1:]


def _said(value: str, words: str) -> str:
    """A code begins as a line does; of a record whose name is not known, the kind is said, and never its id."""
    if words != value:
        return begun(words)
    return text("conflict.not_known") if _ID.fullmatch(value) else words


def place_words(behind: str) -> str:
    """Of an order: behind what the record would stand."""
    return text("conflict.after", what=behind) if behind else text("conflict.first")


def knew(found: ConflictView, one: Answer, today: date) -> Sequence[str]:
    """What stood there when they wrote, whose answer they could not see, and whether it was a choice itself."""
    said = []
    if one.before is not None and not found.places:
        said.append(text("conflict.knew", value=answer_words(found, one.before.value, today)))
    if one.unseen:
        said.append(text("conflict.unseen", names=", ".join(one.unseen)))
    if one.settled:
        said.append(text("conflict.was_settled"))
    return said


def joined(found: ConflictView, today: date) -> Any:
    """All answers in one: sets together, free words under one another with who wrote them."""
    return both(found.field, [one.value for one in found.answers], wrote(found, today))


def wrote(found: ConflictView, today: date) -> list[str]:
    """Of each answer, who wrote it and when."""
    return [
        text("conflict.wrote", name=one.by_name, when=moment_words(one.at.astimezone(LONDON), today))
        for one in found.answers
    ]


def others(found: ConflictView) -> list[tuple[Any, str]]:
    """What else the field may hold, in words, where it is one of a list; of a set every member that there may be."""
    if found.others:
        return list(found.others)
    kind = KINDS.get(found.record_kind)
    spec = next((one for one in fields_of(kind) if one.name == found.field), None) if kind is not None else None  # type: ignore[arg-type]
    if spec is None or spec.holds not in (FieldType.CODE, FieldType.SET):
        return []
    codes = [one.value for one in spec.enum] if spec.enum is not None else codes_of(found.field, found.record_kind)
    given = {str(one.value) for one in found.answers}
    said = code_words(found.field, found.record_kind)
    return [(code, begun(said(code))) for code in codes if code not in given]


def bars_below(found: ConflictView) -> list[QWidget]:
    """Where the answer is used, what hangs on it, and who may choose where the person who looks may not."""
    bars: list[QWidget] = []
    used = text("conflict.used", places=used_words(found)) if found.used_in else ""
    if found.held:
        bars.append(Alert("", " ".join(part for part in (used, text("conflict.held")) if part), "due"))
    elif used:
        bars.append(Alert("", used, "info", icon_name="file-text"))
    if found.amends:
        bars.append(Alert("", text("conflict.amends"), "due"))
    if not found.may:
        bars.append(Alert("", text("conflict.may_not"), "neutral", icon_name="lock"))
    return bars
