"""Reading a questionnaire: from bytes to a form that can be run, or to the reasons why it cannot."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workwell_desktop.errors import FormRefused
from workwell_desktop.forms import extensions as ext
from workwell_desktop.forms import template
from workwell_desktop.forms.assembly import Parts, assemble
from workwell_desktop.forms.build import Builder, signatures
from workwell_desktop.forms.expressions import Expressions
from workwell_desktop.forms.graph import plan
from workwell_desktop.forms.model import Form, Item, Page, Problem
from workwell_desktop.forms.problems import Problems
from workwell_desktop.forms.rules import Plan
from workwell_desktop.forms.source import questionnaire


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What ``check-form`` says of one questionnaire: ``status`` is ``ready`` or ``refused``."""

    url: str | None
    version: str | None
    title: str | None
    status: str
    problems: tuple[Problem, ...]

    def row(self, path: str) -> dict[str, Any]:
        """As ``workwell check-form --json`` promises it."""
        return {
            "path": path,
            "url": self.url,
            "version": self.version,
            "title": self.title,
            "status": self.status,
            "problems": [
                {"severity": one.severity, "code": one.code, "linkId": one.link_id, "message": one.message}
                for one in self.problems
            ],
        }


def compile_form(source: bytes) -> Form:
    """The form in ``source`` (FHIR R4 Questionnaire JSON; STU3 and R5 where they convert). Raises FormRefused."""
    form, problems = _compiled(source)
    if form is None:
        raise FormRefused(tuple(problems.found))
    return form


def check_form(source: bytes) -> CheckReport:
    """Whether ``source`` can be used, and what there is to say about it."""
    form, problems = _compiled(source)
    head = form.data if form is not None else _head(source)
    status = "ready" if form is not None else "refused"
    return CheckReport(_word(head, "url"), _word(head, "version"), _title(head), status, tuple(problems.found))


def _head(source: bytes) -> Mapping[str, Any]:
    return questionnaire(source, Problems()) or {}


def _compiled(source: bytes) -> tuple[Form | None, Problems]:
    problems = Problems()
    try:
        return _read(source, problems), problems
    except RecursionError:  # expressions within expressions, deeper than anybody would write
        problems.error("tooDeep")
        return None, problems


def _read(source: bytes, problems: Problems) -> Form | None:
    resource = questionnaire(source, problems)
    if resource is None:
        return None
    resource = assemble(resource, Parts(resource), problems)
    _of_form(resource, problems)
    builder = Builder(resource, problems)
    builder.build()
    items = tuple(builder.items)
    if not items:
        problems.error("noItems")
    _extensions(resource, items, problems)
    expressions = Expressions(resource, items, builder.index, problems)
    expressions.collect()
    made = plan(expressions, problems)
    template.check(resource, items, expressions, problems)
    if problems.refused:
        return None
    return _form(source, resource, items, builder.index, made, problems)


def _form(
    source: bytes,
    resource: Mapping[str, Any],
    items: tuple[Item, ...],
    index: dict[str, Item],
    made: Plan,
    problems: Problems,
) -> Form:
    pages = tuple(_pages(items))
    numbers = {link_id: page.number for page in pages for link_id in page.items}
    return Form(
        _word(resource, "url"),
        _word(resource, "version"),
        _title(resource) or "",
        hashlib.sha256(source).hexdigest(),
        items,
        pages,
        tuple(problems.found),
        _word(resource, "copyright"),
        _word(resource, "status") or "",
        resource,
        index,
        made,
        tuple(numbers[item.link_id] for item in items),
        signatures(resource),
    )


def _of_form(resource: Mapping[str, Any], problems: Problems) -> None:
    if isinstance(resource.get("modifierExtension"), list) and resource["modifierExtension"]:
        one = resource["modifierExtension"][0]
        problems.error("modifierExtension", url=str(one.get("url") if isinstance(one, dict) else None))
    if resource.get("implicitRules"):
        problems.error("implicitRules", rules=str(resource["implicitRules"]))
    if resource.get("status") == "retired":
        problems.warning("retired")


def _extensions(resource: Mapping[str, Any], items: tuple[Item, ...], problems: Problems) -> None:
    """What is not supported; of what only decorates, once for the whole form."""
    told: set[str] = set()
    for data, link_id in [(resource, None), *((item.data, item.link_id) for item in items)]:
        for one in ext.extensions(data):
            url = one["url"]
            if url in ext.REFUSED:
                problems.error(ext.REFUSED[url], link_id)
            elif url in ext.UNUSED:
                problems.warning(ext.UNUSED[url], link_id)
            elif ext.steers_elsewhere(url) or _unknown_expression(one, url):
                problems.error("steersElsewhere", link_id, url=url)
            elif url not in told and _passed_over(one, url):
                told.add(url)
                problems.warning("extensionUnused", link_id, url=url)


_OF_HL7 = ("http://hl7.org/fhir/", "https://hl7.org/fhir/")


def _unknown_expression(extension: Mapping[str, Any], url: str) -> bool:
    """Whether it is an expression under an address of HL7 that nobody knows, so that it may gate or score."""
    named = ext.bare(url)
    known = ext.QUIET.fullmatch(named) is not None or named == "contextExpression"
    return url.startswith(_OF_HL7) and not known and isinstance(extension.get("valueExpression"), dict)


def _passed_over(extension: Mapping[str, Any], url: str) -> bool:
    """Whether an extension says something that is not done here: any expression, and what HL7 has and we have not."""
    if url.startswith(_OF_HL7):
        return ext.QUIET.fullmatch(ext.bare(url)) is None
    return isinstance(extension.get("valueExpression"), dict)


def _pages(items: tuple[Item, ...]) -> list[Page]:
    """Items of control ``page``, else the groups at the top; what stands between them makes a page of its own."""
    tops = [item for item in items if item.parent is None]
    if len(tops) == 1 and tops[0].control == "tab-container":
        return _cut(tops[0].children, tops[0])
    if len(tops) == 1 and any(item.control == "page" for item in tops[0].children):
        return _cut(tops[0].children, tops[0])
    return _cut(tuple(tops), None)


def _cut(parts: tuple[Item, ...], around: Item | None) -> list[Page]:
    pages: list[Page] = []
    loose: list[str] = [around.link_id] if around is not None else []
    for part in parts:
        below = [item.link_id for item in _down(part)]
        if part.type != "group":
            loose += below
            continue
        if loose:
            pages.append(Page(len(pages), "", None, tuple(loose)))
            loose = []
        pages.append(Page(len(pages), part.short_text or part.text, part.link_id, tuple(below)))
    if loose:
        pages.append(Page(len(pages), "", None, tuple(loose)))
    if around is not None and len(pages) > 1 and pages[0].items == (around.link_id,):
        first = Page(0, pages[1].title, pages[1].link_id, pages[0].items + pages[1].items)
        pages = [first, *(Page(page.number - 1, page.title, page.link_id, page.items) for page in pages[2:])]
    return pages


def _down(item: Item) -> list[Item]:
    found = [item]
    for child in item.children:
        found += _down(child)
    return found


def _word(resource: Mapping[str, Any], name: str) -> str | None:
    found = resource.get(name)
    return found if isinstance(found, str) else None


def _title(resource: Mapping[str, Any]) -> str | None:
    return _word(resource, "title") or _word(resource, "name") or _word(resource, "id")
