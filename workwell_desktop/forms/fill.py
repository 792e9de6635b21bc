"""Running a form on a response, and checking files of questionnaires: what the command line prints."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.values import Coding
from workwell_desktop.forms.answers import parsed
from workwell_desktop.forms.assembly import Beside, assembled, dumped
from workwell_desktop.forms.build import alike_option
from workwell_desktop.forms.compile import CheckReport, check_form, compile_form
from workwell_desktop.forms.conditions import ordered
from workwell_desktop.forms.emit import response as emitted
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.model import Form, Issue
from workwell_desktop.forms.problems import issue
from workwell_desktop.forms.read import Reading, read_response
from workwell_desktop.forms.run import Run
from workwell_desktop.forms.signed import unsigned
from workwell_desktop.forms.source import NotJson, load
from workwell_desktop.forms.validate import label

_OWN = (
    *("id", "language", "identifier", "basedOn", "partOf", "status"),
    *("subject", "encounter", "authored", "author", "source"),
)
"""The elements of a QuestionnaireResponse beside its answers."""


def fill(source: bytes, response: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Runs the form in ``source`` on ``response``: the object that ``workwell fill --json`` promises. Raises
    FormRefused. Numbers are Decimal or int; ``plain`` makes them ready for ``json``."""
    form = compile_form(source)
    reading = read_response(form, response)
    own = {name: response[name] for name in _OWN if name in response}
    moment = _day_of(response, now)
    run = Run(form, now=moment, answers=reading.answers, repeats=reading.repeats, head=own)
    wrong = {one.link_id for one in reading.issues if one.code == "invalidAnswerType"}
    # an answer that could not be read is wrong; it is not missing as well
    rest = [one for one in run.issues() if one.code != "required" or one.link_id not in wrong]
    unsigned_now = unsigned(run, reading.signatures, reading.absent)
    if response.get("status") in _UNFINISHED:  # R4: "required" is of a completed response
        rest = [replace(one, severity="warning") if one.code in ("required", "minCount") else one for one in rest]
    found = [
        *reading.issues,
        *_of_form(form, response),
        *_differing(run, reading),
        *_not_enabled(run),
        *rest,
        *unsigned_now,
    ]
    authored = response.get("authored")
    status = str(response.get("status") or "in-progress")
    made = emitted(run, status, None, originals=reading.originals, signed=reading.signatures)
    if reading.signatures.get(""):
        made["extension"] = list(reading.signatures[""])
    made.pop("authored")  # nobody said when: the same answers give the same response
    if isinstance(authored, str):
        made["authored"] = authored
    for name in ("subject", "encounter", "author", "source", "id"):
        if name in response:
            made[name] = response[name]
    return {
        "enabled": run.enabled(),
        "response": made,
        "scores": [{"linkId": one.link_id, "value": one.value, "unit": one.unit} for one in run.scores()],
        "issues": [
            {"severity": one.severity, "code": one.code, "linkId": one.link_id, "message": one.message}
            for one in _once(found)
        ],
    }


_UNFINISHED = ("in-progress", "stopped")


def _once(found: list[Issue]) -> list[Issue]:
    return list({(one.code, one.link_id, one.message, one.path): one for one in found}.values())


def _is_of(named: str, form: Form) -> bool:
    """Whether ``url|version`` is that of the form; who tells no version means any."""
    url, _, version = named.partition("|")
    return url == form.url and (not version or not form.version or version == form.version)


def _of_form(form: Form, response: Mapping[str, Any]) -> list[Issue]:
    found: list[Issue] = []
    named = response.get("questionnaire")
    if isinstance(named, str) and form.url and not named.startswith("#") and not _is_of(named, form):
        found.append(issue("warning", "questionnaireNotFound", None, url=named))
    if form.status == "draft":
        found.append(issue("warning", "questionnaireDraft", None))
    elif form.status == "retired":
        found.append(issue("warning", "questionnaireRetired", None))
    period = form.data.get("effectivePeriod")
    authored = _moment(response.get("authored"))
    if isinstance(period, dict) and authored is not None:
        start, end = _moment(period.get("start")), _moment(period.get("end"))
        if (start is not None and authored.compared(start) == -1) or (end is not None and authored.compared(end) == 1):
            found.append(issue("warning", "questionnaireInactive", None))
    return found


def _day_of(response: Mapping[str, Any], now: datetime) -> datetime:
    """The moment that ``today()`` stands at: of a finished response, the one at which it was written."""
    written = response.get("authored")
    if response.get("status") in ("completed", "amended") and isinstance(written, str):
        try:
            made = parsed("DateTime", written)
        except (ValueError, OverflowError):
            return now
        if isinstance(made, datetime):
            return made
        if made.precision == 3:  # noon, which is the same day wherever it was written
            return datetime.combine(made.first_day(), time(12), LONDON)
    return now


def _moment(written: Any) -> Temporal | None:
    try:
        return Temporal.parse("dateTime", written) if isinstance(written, str) else None
    except ValueError:
        return None


def _differing(run: Run, reading: Reading) -> list[Issue]:
    """Calculated items are worked out afresh; a response that says otherwise is told so."""
    found: list[Issue] = []
    for path, value in reading.given.items():
        place = run.place(path)
        if place is None or place.item is None or not place.enabled:
            continue
        if not _same(value, place.result):
            found.append(issue("warning", "calculatedValueDiffers", place.item.link_id, path, label=label(place.item)))
    return found


def _same(given: Any, worked: Any) -> bool:
    if isinstance(given, tuple) and isinstance(worked, tuple):
        return len(given) == len(worked) and all(_same(a, b) for a, b in zip(given, worked, strict=True))
    if isinstance(given, Coding) and isinstance(worked, Coding):  # whatever words stand beside a code
        return alike_option(given, worked)
    if isinstance(given, Decimal) and isinstance(worked, Decimal):
        return abs(given - worked) <= Decimal("1E-8") * max(abs(given), Decimal(1))
    return bool(given == worked) or ordered(given, worked) == 0


def _not_enabled(run: Run) -> list[Issue]:
    """Answers that the other answers rule out: kept, and left out of the response."""
    return [
        issue("error", "itemNotEnabled", place.item.link_id, place.path, label=label(place.item))
        for place in run.all_places()
        if place.item is not None and not place.enabled and place.value is not None and not place.item.calculated
    ]


def check(source: bytes, path: str, beside: Beside | None = None) -> list[dict[str, Any]]:
    """The rows of ``check-form`` for one file: one for a questionnaire, one for each in a Bundle. ``beside`` gives the
    files in which a modular questionnaire may find its parts."""
    try:
        found = load(source)
    except NotJson:
        found = None
    if isinstance(found, dict) and found.get("resourceType") == "Bundle":
        entries = found.get("entry")
        resources = (
            [one.get("resource") for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
        )
        forms = [one for one in resources if isinstance(one, dict) and one.get("resourceType") == "Questionnaire"]
        if forms:
            return [check_form(assembled(dumped(one), beside=beside, near=resources)).row(path) for one in forms]
    report: CheckReport = check_form(assembled(source, beside=beside))
    return [report.row(path)]


def plain(value: Any) -> Any:
    """JSON-ready: exact decimals as numbers that lose nothing where they can, dates as text."""
    if isinstance(value, dict):
        return {name: plain(below) for name, below in value.items()}
    if isinstance(value, list | tuple):
        return [plain(below) for below in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 10**15 else float(value)
    return value
