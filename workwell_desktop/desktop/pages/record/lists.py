"""The other tabs: assessments, papers, agreements, everything by date."""

import re
from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Card,
    Clear,
    DropDown,
    Empty,
    Field,
    Flow,
    RowFacts,
    RowList,
    alone,
    filled,
    moment_words,
    outlined,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.papers.papers_list import papers_list
from workwell_desktop.desktop.pages.record.event_words import agreement_words
from workwell_desktop.desktop.pages.record.sheet import RecordSheet
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.assessing import assessments, library
from workwell_desktop.services.coming_in import agreements
from workwell_desktop.services.coming_in.participant_views import AgreementState
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import handouts, register
from workwell_desktop.services.paperwork.paper_views import PaperLine

_ID = re.compile("[0-9a-f]{32}")


def read_assessments(desk: Desk, who: Id) -> Any:
    """Forms that may be begun, and everything that was asked."""
    return library.list_forms(desk), assessments.list_responses(desk, who), desk.may(Act.ASSESS, Response)


def lay_assessments(page: RecordSheet, found: Any) -> None:
    """A form to begin above, what was asked below."""
    forms, responses, may = found
    if may and forms:
        card = Card(text("record.begin_title"), gap=10)
        form = DropDown([(one.url, one.title) for one in forms], empty=text("record.choose_form"), width=420)
        mode = DropDown(
            [(one.value, text(f"record.asked.{one.value}")) for one in Mode], Mode.INTERVIEW.value, width=220
        )
        asked = Field(text("record.form"), form)

        def begin() -> None:
            chosen = form.value()
            if chosen is None:
                asked.show_error(text("record.form_missing"))
                asked.focus()
                return
            page.open_page("assessment", form=chosen, mode=mode.value() or Mode.INTERVIEW.value)

        line = Clear()
        flow = Flow(line, 16)
        flow.addWidget(asked)
        flow.addWidget(Field(text("record.how_asked"), mode))
        card.add(line).add_left(filled(text("record.begin"), begin, "plus"))
        page.add(card)
    listed = Card(text("record.responses"), flush=True)
    rows = [_response(page, one) for one in responses]
    if rows:
        listed.add(RowList([("", rows)], name=text("record.responses")))
    else:
        listed.add(Empty(text("record.no_responses"), text("record.no_responses_line"), icon_name="list"))
    page.add(listed.end())
    page.add_end()


def _response(page: RecordSheet, one: Response) -> RowFacts:
    going_on = one.status is ResponseStatus.IN_PROGRESS
    at = one.completed_at or one.started_at
    when = moment_words(at.astimezone(LONDON), page.context.today()) if at else ""
    asked = text(f"record.asked.{one.mode.value}") if one.mode else ""
    status = text(f"record.response.{one.status.value.replace('-', '_')}") if one.status else ""
    opened = partial(page.open_page, "assessment", response=str(one.id))
    return RowFacts(
        title=one.form_title or "",
        line=alone(". ".join(part for part in (when, asked) if part)),
        icon="list",
        when=status,
        when_tint="due" if going_on else "",
        act=text("record.go_on") if going_on else "",
        on_act=opened if going_on else None,
        on_open=opened,
    )


def read_papers(desk: Desk, who: Id) -> Any:
    """The register, and what can be printed from what is on record."""
    return register.list_papers(desk, who), handouts.offered(desk, who)


def lay_papers(page: RecordSheet, found: tuple[list[PaperLine], tuple[PaperKind, ...]]) -> None:
    """Papers to print above, the list of the register below."""
    papers, offered = found
    make = Card(text("handout.make"), text("handout.make_note"))
    line = Clear()
    flow = Flow(line, 10)
    for kind in offered:
        opened = partial(page.open_page, "handout", kind=kind.value)
        flow.addWidget(outlined(text(f"papers_list.kind.{kind.value}"), opened, "printer"))
    page.add(make.add(line).end())
    card = Card(text("record.tab.papers"), flush=True)
    card.add(papers_list(page.context.desk, papers, lambda one: page.open_page("paper", paper=str(one.document))))
    page.add(card.end())
    page.add_end()


def read_agreements(desk: Desk, who: Id) -> Any:
    """Where each question stands."""
    return agreements.current(desk, who)


def lay_agreements(page: RecordSheet, found: tuple[AgreementState, ...]) -> None:
    """One row a question."""
    card = Card(text("record.agreements"), flush=True)
    card.add(RowList([("", [agreement_row(page, one) for one in found])], name=text("record.agreements")))
    page.add(card.end())
    page.add_end()


def agreement_row(page: RecordSheet, one: AgreementState) -> RowFacts:
    """The question, how it was answered, when and to whom."""
    state = "withdrawn" if one.withdrawn else {None: "not_asked", True: "yes", False: "no"}[one.given]
    parts = []
    if one.on:
        day = short_day(one.on, page.context.today(), weekday=False)
        parts.append(text("record.agreement_note", day=day, by=one.recorded_by))
    if one.limits:
        parts.append(text("record.agreement_limits", limits=one.limits))
    opened = partial(page.open_page, "agreement", kind=one.kind.value, party=one.party.value, party_name=one.party_name)
    return RowFacts(
        title=agreement_words(one.kind.value, one.party.value, one.party_name),
        line=". ".join(parts),
        icon="circle-check" if state == "yes" else "circle-dashed",
        icon_role="done" if state == "yes" else "text_soft",
        when=text(f"record.agreement.{state}"),
        when_tint={"yes": "done", "withdrawn": "due"}.get(state, ""),
        act=text("record.change_answer") if one.given is not None else text("record.ask"),
        on_act=opened,
        on_open=opened,
    )
