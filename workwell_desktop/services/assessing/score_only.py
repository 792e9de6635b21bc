"""Where the words of a form may not be shown, the form for its score alone: what it adds up to, and nothing it asks.

The words are our own. A question that opens the talk about risk is not lost with the others: whoever enters the score
says whether the answer on the paper asks for that talk.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from workwell_desktop.catalogue import text
from workwell_desktop.domain.people import FormStatus, FormVersion
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.site import RiskTrigger, Site
from workwell_desktop.domain.values import Coding, Value
from workwell_desktop.forms import Form, Item, compile_form
from workwell_desktop.store import Unit

SUFFIX = "/score-only"
_FHIR = "http://hl7.org/fhir/StructureDefinition/"
_TALK = "https://workwell-desktop.example/codes/risk-talk"
_TYPES = ("integer", "decimal", "quantity")
_NONE = "none"
NO_SCORE = "no-score"
"""The linkId, or the end of it, of the question why there is no score."""
_WHY = "https://workwell-desktop.example/codes/no-score"
_WHYS = ("missing-answers", "would-rather-not", "not-at-hand")
MEDIA_TYPE = "application/fhir+json"


def base_url(url: str) -> str:
    """The url of the form itself, of it or of its form for the score."""
    return url.partition("|")[0].removesuffix(SUFFIX)


def offer(unit: Unit, site: Site, url: str) -> None:
    """Offers the form for the score of ``url`` instead of the form itself, made of its latest version."""
    versions = [one for one in unit.reader.list(FormVersion, url=url) if one.definition is not None]
    latest = max(versions, key=lambda one: (one.status is FormStatus.ACTIVE, _order(one.version), one.id), default=None)
    if latest is None or latest.definition is None:
        return
    source = made_of(compile_form(unit.reader.blob(latest.definition)), site)
    digest = hashlib.sha256(source).hexdigest()
    there = unit.reader.list(FormVersion, digest=digest)
    withdraw(unit, url)
    if there:
        unit.set(FormVersion, there[0].id, status=FormStatus.ACTIVE)
        return
    form = compile_form(source)
    unit.add(
        FormVersion(
            id=new_id(),
            scope=latest.scope,
            url=form.url,
            version=form.version,
            title=form.title,
            digest=digest,
            definition=unit.blob(source, MEDIA_TYPE, latest.scope),
            status=FormStatus.ACTIVE,
        )
    )


def withdraw(unit: Unit, url: str) -> None:
    """The form itself may be asked again: its form for the score is no longer offered."""
    for one in unit.reader.list(FormVersion, url=f"{url}{SUFFIX}", status=FormStatus.ACTIVE):
        unit.set(FormVersion, one.id, status=FormStatus.RETIRED)


def _order(version: str | None) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else -1 for part in (version or "").split("."))


def compiled(form: Form, site: Site) -> Form:
    """The form for the score, ready to run."""
    return compile_form(made_of(form, site))


def made_of(form: Form, site: Site) -> bytes:
    """The questionnaire for the score of ``form``, the same bytes each time."""
    url = form.url or ""
    items: list[dict[str, Any]] = [
        {"linkId": "score-only-intro", "text": text("score_only.intro", title=form.title), "type": "display"},
        *(scores := list(_scores(form))),
        _no_score([str(one["linkId"]) for one in scores]),
        *_talks(form, site),
    ]
    made = {
        "resourceType": "Questionnaire",
        "language": "en-GB",
        "url": f"{url}{SUFFIX}",
        "version": form.version or "1.0",
        "title": text("score_only.title", title=form.title),
        "status": "active",
        "description": text("score_only.description", title=form.title),
        "copyright": form.copyright or text("score_only.holder_unknown"),
        "item": items,
    }
    return json.dumps(made, ensure_ascii=False, indent=2).encode()


def _scores(form: Form) -> Iterator[dict[str, Any]]:
    """What the form works out; one number where it works out nothing."""
    found = [item for item in form.items if item.calculated and not item.hidden and item.type in _TYPES]
    found = [item for item in found if not any(around.multiple for around in _around(item))]
    for number, item in enumerate(found, 1):
        words = text("score_only.score", title=form.title) if len(found) == 1 else ""
        made: dict[str, Any] = {
            "linkId": item.link_id,
            "text": words or text("score_only.score_of", title=form.title, number=number, of=len(found)),
            "type": item.type,
        }
        if item.code:
            made["code"] = [{"system": one.system, "code": one.code} for one in item.code]
        if limits := list(_limits(item)):
            made["extension"] = limits
        yield made
    if not found:
        yield {"linkId": "score", "text": text("score_only.score", title=form.title), "type": "decimal"}


def _no_score(scores: list[str]) -> dict[str, Any]:
    """Asked and needed while no score is entered: a form for a score says why there is none, or is not complete."""
    return {
        "linkId": NO_SCORE,
        "text": text("score_only.no_score"),
        "type": "open-choice",
        "required": True,
        "enableWhen": [{"question": one, "operator": "exists", "answerBoolean": False} for one in scores],
        "enableBehavior": "all",
        "answerOption": [
            {"valueCoding": {"system": _WHY, "code": code, "display": text(f"score_only.why.{code}")}} for code in _WHYS
        ],
    }


def why_none(answers: Mapping[str, Value]) -> str:
    """Why there is no score, in the words that were chosen or given; empty where nobody said."""
    for path, value in answers.items():
        if path == NO_SCORE or path.endswith(f"-{NO_SCORE}"):
            return (value.display or "") if isinstance(value, Coding) else str(value)
    return ""


def _limits(item: Item) -> Iterator[dict[str, Any]]:
    for name, limit in (("minValue", item.limits.minimum), ("maxValue", item.limits.maximum)):
        if isinstance(limit, int | Decimal) and item.type in ("integer", "decimal"):
            kind = "valueInteger" if item.type == "integer" else "valueDecimal"
            yield {"url": _FHIR + name, kind: int(limit) if item.type == "integer" else float(limit)}


def _around(item: Item) -> Iterator[Item]:
    one = item.parent
    while one is not None:
        yield one
        one = one.parent


def asking(site: Site, form: Form) -> Iterator[tuple[RiskTrigger, Item]]:
    """Each question of a form that can open the talk about risk, with the trigger of the site pack that says so."""
    url, done = base_url(form.url or ""), set()
    for trigger in site.risk.triggers:
        for item in form.items:
            named = trigger.form == url and trigger.link_id == item.link_id
            coded = item.code and any((code.system, code.code) == (trigger.form, trigger.link_id) for code in item.code)
            if (named or coded) and item.link_id not in done:
                done.add(item.link_id)
                yield trigger, item


def _talks(form: Form, site: Site) -> Iterator[dict[str, Any]]:
    """For each question that opens the talk, whether the answer on the paper asks for it; yes is coded as the first of
    the answers that do."""
    for trigger, item in asking(site, form):
        options = ((min(trigger.answers), text("score_only.talk_yes")), (_NONE, text("score_only.talk_no")))
        made: dict[str, Any] = {
            "linkId": item.link_id,
            "text": text("score_only.talk", question=trigger.question),
            "type": "choice",
            "required": True,
            "answerOption": [
                {"valueCoding": {"system": _TALK, "code": code, "display": words}} for code, words in options
            ],
        }
        if item.code:
            made["code"] = [{"system": one.system, "code": one.code} for one in item.code]
        yield made
