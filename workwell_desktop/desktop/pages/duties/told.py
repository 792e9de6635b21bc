"""Told without agreement: serious harm, safeguarding, court or law; never an employer."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Columns,
    DropDown,
    Field,
    Foot,
    LongText,
    TextField,
    moment_words,
    text,
)
from workwell_desktop.desktop.pages.duties import glass
from workwell_desktop.desktop.pages.duties.safeguarding import why_when_not_told
from workwell_desktop.desktop.pages.duties.sheet import DutySheet, Work, rows, told_choice, yes_or_no
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.duties import Disclosure, DisclosureReason
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import people
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import disclosures
from workwell_desktop.services.duties.disclosures import PARTIES, DisclosureView, Told
from workwell_desktop.services.paperwork import register


def read(desk: Desk, who: Id) -> Any:
    """What may be read, and for the form the people who decide and the papers that are made."""
    may = desk.may(Act.DISCLOSE)
    staff = people.everyone(desk) if may and desk.may(Act.READ, Person) else ()
    made = register.list_papers(desk, who) if may and desk.may(Act.READ, Document) else []
    papers = [one for one in made if one.present and one.recipient is not Party.EMPLOYER]
    return disclosures.of_participant(desk, who), may, staff, papers, glass.broken(desk, who, Disclosure)


def lay(page: DutySheet, found: Any, kept: dict[str, object]) -> None:
    """That this is the exception stands first."""
    known, may, staff, papers, seen = found
    page.add(Alert(text("duties.tell.exception"), text("duties.tell.exception_line"), "due"))
    glass.lay_broken(page, seen)
    earlier = page.listed(
        text("duties.tell.earlier"), [_line(page, one) for one in known.mine], text("duties.tell.none"), "lock"
    )
    if not may:
        page.add(Alert("", text("duties.tell.who_may"), "info"), earlier)
        if known.others:
            glass.lay(page, Disclosure, partial(_line, page))
        page.add_end()
        page.set_foot(Foot(page.back_button()))
        return
    page.add(Columns([(_form(page, staff, papers, kept), 3), (earlier, 2)]))
    if known.others:
        glass.lay(page, Disclosure, partial(_line, page))
    page.add_end()
    page.send(text("duties.tell.record"), partial(_gathered, page), text("duties.tell.done"), "lock")


def _form(page: DutySheet, staff: Any, papers: Any, kept: dict[str, object]) -> Card:
    reasons = [(one.value, text(f"duties.tell.reason.{one.value}")) for one in DisclosureReason]
    parties = [(one.value, text(f"duties.tell.party.{one.value}")) for one in PARTIES]
    here = [(str(one.id), one.name or "") for one in staff]
    made = [
        (str(one.document), text("duties.tell.paper", kind=text(f"papers_list.kind.{one.kind.value}"), n=one.version))
        for one in papers
    ]
    fields = {
        "reason": Field(text("duties.tell.reason_why"), Choice(reasons, columns=2)),
        "why": Field(text("duties.tell.why"), LongText(lines=2)),
        "party": Field(text("duties.tell.to"), Choice(parties, PARTIES[0].value)),
        "party_name": Field(text("duties.tell.name"), TextField(), hint=text("duties.tell.name_hint")),
        "what": Field(text("duties.tell.what"), LongText(lines=2), hint=text("duties.tell.what_hint")),
        "decided_by": Field(
            text("duties.tell.decided"), DropDown(here, str(page.context.desk.me), empty=text("duties.tell.choose"))
        ),
        "told": Field(text("duties.told", name=page.called), told_choice()),
        "not_told_why": Field(text("duties.not_told_why"), LongText(lines=2), hint=text("duties.not_told_hint")),
    }
    if made:
        options = DropDown(made, empty=text("duties.tell.no_paper"))
        fields["document"] = Field(text("duties.tell.document"), options, optional=True)
    card = page.form(text("duties.tell.new"), "", fields, kept)
    why_when_not_told(fields)
    return card.end()


def _gathered(page: DutySheet) -> Work | None:
    reason, who = page.value("reason"), page.who
    if not reason:
        page.missing("reason", "choice_unknown")
        return None
    document = page.value("document") if "document" in page.fields else None
    said = Told(
        reason=DisclosureReason(reason),
        why=page.value("why"),
        party=Party(page.value("party")),
        party_name=page.value("party_name"),
        what=page.value("what"),
        decided_by=Id(page.value("decided_by") or ""),
        told=yes_or_no(page.value("told")),
        not_told_why=page.value("not_told_why"),
        document=Id(document) if document else None,
    )
    return lambda desk: disclosures.disclose(desk, who, said)


def _line(page: DutySheet, one: DisclosureView) -> Any:
    when = moment_words(one.at.astimezone(LONDON), page.context.today()) if one.at else ""
    told = {True: text("duties.yes"), False: text("duties.no_because", why=one.not_told_why), None: ""}[one.told]
    paper = text(f"papers_list.kind.{one.paper}") if one.paper else ""
    return rows(
        [
            (text("duties.tell.reason_why"), text(f"duties.tell.reason.{one.reason.value}")),
            (text("duties.tell.why"), one.why),
            (text("duties.tell.to"), one.party_name),
            (text("duties.tell.what"), one.what),
            (text("duties.tell.document"), text("duties.print", paper=paper, hash=one.content[:12]) if paper else ""),
            (text("duties.tell.decided"), one.decided_by),
            (text("duties.told", name=page.called), told),
            (text("duties.tell.when"), text("duties.by", name=one.by_name, day=when)),
            (text("fields.of.disclosure.chosen_why"), one.chosen_why),
        ]
    )
