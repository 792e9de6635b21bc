"""Reading a QuestionnaireResponse back into answers, with everything in it that does not fit the form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workwell_desktop.domain.values import Value
from workwell_desktop.forms.answers import absent_reason, parsed, typed_value
from workwell_desktop.forms.model import Form, Issue, Item, Path
from workwell_desktop.forms.pattern import Pattern
from workwell_desktop.forms.problems import issue
from workwell_desktop.forms.run import Repeat, first_ids
from workwell_desktop.forms.signed import parts_of, signatures_of
from workwell_desktop.forms.validate import label

MAX_ISSUES = 500
MAX_REPEATS = 1_000


_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?"
_WRITTEN = {
    "Time": Pattern.of(_CLOCK),
    "DateTime": Pattern.of(rf"[0-9]{{4}}(-[0-9]{{2}}(-[0-9]{{2}}(T{_CLOCK}(Z|[+-][0-9]{{2}}:[0-9]{{2}}))?)?)?"),
}
"""How FHIR writes a time and a moment (R4, datatypes): with seconds, and a moment with its offset. What is written
otherwise and can still be understood is kept, and told of."""


_OURS = Pattern.of("[0-9a-f]{32}")


@dataclass(slots=True)
class Reading:
    """What a response holds: ``answers`` and ``repeats`` as ``Run`` takes them, and what did not fit. ``given`` are the
    values of calculated items, ``originals`` the answers as they are written, without the items below them. ``absent``
    are codes of HL7's data-absent-reason, of questions that were put and have no answer. ``signatures`` are
    the extensions that say who signed, by the path of what they stand at, "" for the form as a whole."""

    answers: dict[Path, Value] = field(default_factory=dict)
    repeats: list[Repeat] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    given: dict[Path, Value] = field(default_factory=dict)
    originals: dict[Path, list[dict[str, Any]]] = field(default_factory=dict)
    absent: dict[Path, str] = field(default_factory=dict)
    signatures: dict[Path, list[Mapping[str, Any]]] = field(default_factory=dict)


def read_response(form: Form, response: Mapping[str, Any], *, ids: bool = False) -> Reading:
    """Reads ``response`` by the definition of ``form``. Answers to calculated items that may not be edited stand in
    ``given`` alone, for comparing. With ``ids`` an instance keeps the id that ``Run.response`` wrote for it."""
    reader = _Reader(form, ids)
    if response.get("resourceType") != "QuestionnaireResponse":
        reader.tell("notAResponse", None)
        return reader.found
    reader.signed("", response)
    reader.level(response.get("item"), None, "", None)
    return reader.found


class _Reader:
    def __init__(self, form: Form, ids: bool) -> None:
        self._form = form
        self._keeps = ids
        self._taken: set[str] = set()
        self.found = Reading()

    def tell(self, code: str, link_id: str | None, severity: str = "error", **params: object) -> None:
        if len(self.found.issues) < MAX_ISSUES:
            self.found.issues.append(issue(severity, code, link_id, None, None, **params))

    def level(self, listed: Any, parent: Item | None, prefix: str, repeat: str | None) -> None:
        """The items of one level, gathered by linkId so that instances are counted together."""
        gathered: dict[str, list[Mapping[str, Any]]] = {}
        for one in self._listed(listed, parent):
            link_id = one.get("linkId") if isinstance(one, dict) else None
            if isinstance(link_id, str):
                gathered.setdefault(link_id, []).append(one)
            else:
                self.tell("invalidLinkId", None, id="")
        for link_id, several in gathered.items():
            item = self._form.index.get(link_id)
            if item is None:
                self.tell("invalidLinkId", link_id, id=link_id)
            elif item.parent is not parent:
                self.tell("invalidNesting", link_id, label=label(item))
            else:
                self._item(item, several, prefix, repeat)

    def signed(self, path: Path, element: Mapping[str, Any]) -> None:
        """Keeps the signatures of the response or of an item; one that says itself where it belongs goes there."""
        for one in signatures_of(element):
            own = parts_of(one).get("path") if self._keeps else None
            self.found.signatures.setdefault(own if isinstance(own, str) else path, []).append(one)

    def _item(self, item: Item, several: list[Mapping[str, Any]], prefix: str, repeat: str | None) -> None:
        if not item.multiple:
            for one in several:
                self.signed(f"{prefix}{item.link_id}", one)
        if item.type == "display":
            if any(one.get("answer") for one in several):
                self.tell("displayAnswer", item.link_id, label=label(item))
            return
        if not item.is_question:
            self._groups(item, several, prefix, repeat)
            return
        answers = [answer for one in several for answer in self._answers(item, one)]
        if any(one.get("item") for one in several):
            self.tell("invalidNesting", item.link_id, label=label(item))
        if item.multiple:
            made = self._instances(item, answers, prefix, repeat)
            for one in several if made else ():  # answers of one item: which of them was signed, only ours say
                self.signed(f"{prefix}{made[0]}/{item.link_id}", one)
            return
        values: list[Any] = []
        for answer in answers:
            value = self._value(item, answer, f"{prefix}{item.link_id}")
            if value is not None:
                values.append(value)
        if len(values) > MAX_REPEATS:
            self.tell("maxCount", item.link_id, label=label(item), limit=MAX_REPEATS, count=len(values))
            values = values[:MAX_REPEATS]
        if len(values) > 1 and not item.several:
            self.tell("repeats", item.link_id, label=label(item), count=len(values))
        if values:
            self._put(item, f"{prefix}{item.link_id}", tuple(values) if item.several else values[0], answers)
        for answer in answers:
            if answer.get("item"):
                self.level(answer["item"], item, prefix, repeat)

    def _listed(self, items: Any, parent: Item | None) -> list[Any]:
        """What stands under ``item``; answers in another shape are told of, never dropped in silence."""
        if items is not None and not isinstance(items, list):
            self.tell("itemsNotAList", parent.link_id if parent is not None else None)
            return []
        return items or []

    def _answers(self, item: Item, one: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        listed = one.get("answer")
        if listed is None:
            return []
        if not isinstance(listed, list) or any(not isinstance(answer, dict) for answer in listed):
            self.tell("invalidAnswerType", item.link_id, label=label(item))
            return []
        return listed

    def _groups(self, item: Item, several: list[Mapping[str, Any]], prefix: str, repeat: str | None) -> None:
        if any(one.get("answer") for one in several):
            self.tell("groupShouldNotHaveAnswers", item.link_id, label=label(item))
        if not item.multiple:
            if len(several) > 1:
                self.tell("repeats", item.link_id, label=label(item), count=len(several))
            below = [each for one in several for each in self._listed(one.get("item"), item)]
            self.level(below, item, prefix, repeat)
            return
        for one, made in zip(several[:MAX_REPEATS], self._ids(item, prefix, several, repeat), strict=False):
            self.signed(f"{prefix}{made}/{item.link_id}", one)
            self.level(one.get("item"), item, f"{prefix}{made}/", made)

    def _instances(self, item: Item, answers: list[Mapping[str, Any]], prefix: str, repeat: str | None) -> list[str]:
        ids = self._ids(item, prefix, answers, repeat)
        for answer, made in zip(answers[:MAX_REPEATS], ids, strict=False):
            value = self._value(item, answer, f"{prefix}{made}/{item.link_id}")
            if value is not None:
                self._put(item, f"{prefix}{made}/{item.link_id}", value, [answer])
            self.level(answer.get("item"), item, f"{prefix}{made}/", made)
        return ids

    def _ids(self, item: Item, prefix: str, several: Sequence[Mapping[str, Any]], repeat: str | None) -> list[str]:
        count = len(several)
        if count > MAX_REPEATS:
            self.tell("maxCount", item.link_id, label=label(item), limit=MAX_REPEATS, count=count)
        made = [
            self._own(one, instead)
            for one, instead in zip(several, first_ids(item, prefix, min(count, MAX_REPEATS)), strict=False)
        ]
        self.found.repeats += [Repeat(item.link_id, one, repeat) for one in made]
        return made

    def _own(self, one: Mapping[str, Any], instead: str) -> str:
        """The id that an instance bears, where it is one of ours and stands once."""
        found = one.get("id")
        if self._keeps and isinstance(found, str) and _OURS.is_all_of(found) and found not in self._taken:
            self._taken.add(found)
            return found
        return instead

    def _value(self, item: Item, answer: Mapping[str, Any], path: Path) -> Any:
        typed = typed_value(answer)
        if sum(name.startswith("value") for name in answer) > 1:  # which of two was meant, nobody can tell
            self.tell("invalidAnswerType", item.link_id, label=label(item))
            return None
        if typed is None:
            reason = absent_reason(answer)
            if reason is not None:
                self.found.absent[path] = reason
            elif not answer.get("item"):
                self.tell("answerWithoutValue", item.link_id, label=label(item))
            return None
        try:
            if typed[0] not in item.takes:
                raise ValueError("not of the type of the item")
            value = parsed(*typed)
        except (ValueError, OverflowError):
            self.tell("invalidAnswerType", item.link_id, label=label(item))
            return None
        if typed[0] in _WRITTEN and not _WRITTEN[typed[0]].is_all_of(typed[1]):
            self.tell("invalidAnswerType", item.link_id, label=label(item))
        return value

    def _put(self, item: Item, path: Path, value: Any, answers: Iterable[Mapping[str, Any]]) -> None:
        self.found.originals[path] = [
            {key: part for key, part in one.items() if key != "item"} for one in answers if _readable(one)
        ]
        if item.calculated:
            self.found.given[path] = value
            if not item.editable:
                return
        self.found.answers[path] = value


def _readable(answer: Mapping[str, Any]) -> bool:
    typed = typed_value(answer)
    try:
        return typed is not None and parsed(*typed) is not None
    except (ValueError, OverflowError):
        return False
