"""The other tabs: assessments, plan, sessions, papers, agreements, everything by date."""

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
    Quote,
    RowFacts,
    RowList,
    SummaryList,
    Words,
    filled,
    long_day,
    moment_words,
    outlined,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.papers_list import papers_list
from workwell_desktop.desktop.pages.person_form import code_words, field_words, value_words
from workwell_desktop.desktop.pages.record.event_words import agreement_words, event_words
from workwell_desktop.desktop.pages.record.sheet import RecordSheet
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.plans import PlanStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services import agreements, assessments, library, record, record_lists, register
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paper_views import PaperLine
from workwell_desktop.services.participant_views import AgreementState
from workwell_desktop.services.record_views import EventView, FieldLine

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
        line=". ".join(part for part in (when, asked) if part),
        icon="list",
        when=status,
        when_tint="due" if going_on else "",
        act=text("record.go_on") if going_on else "",
        on_act=opened if going_on else None,
        on_open=opened,
    )


def read_plans(desk: Desk, who: Id) -> Any:
    """Versions of the plan."""
    return record_lists.plans_of(desk, who)


def lay_plans(page: RecordSheet, found: tuple[record_lists.PlanVersion, ...]) -> None:
    """The versions, the newest first."""
    today = page.context.today()
    card = Card(text("record.plans"), flush=True)
    if not found:
        begin = filled(text("record.begin_plan"), partial(page.open_page, "plan"), "pen-line")
        card.add(Empty(text("record.no_plan"), text("record.no_plan_line"), begin, icon_name="pen-line"))
        page.add(card.end())
        page.add_end()
        return
    rows = []
    for one in found:
        parts = []
        if one.agreed_on:
            parts.append(text("record.agreed_on", day=long_day(one.agreed_on, today)))
        if one.review_on:
            parts.append(text("record.review_on", day=long_day(one.review_on, today)))
        kind = text(f"record.plan_type.{one.type.value}") if one.type else text("record.plans")
        status = one.status or PlanStatus.DRAFT
        rows.append(
            RowFacts(
                title=text("record.plan_title", kind=kind, version=one.version),
                line=". ".join(parts),
                icon="file-text",
                when=text(f"record.plan_status.{status.value}"),
                when_tint={PlanStatus.SIGNING: "due", PlanStatus.SIGNED: "done"}.get(status, ""),
                on_open=partial(page.open_page, "plan", plan=str(one.plan)),
            )
        )
    card.add(RowList([("", rows)], name=text("record.plans")))
    page.add(card.end())
    newest = found[0]
    page.add(
        _left(filled(text("record.open_plan"), partial(page.open_page, "plan", plan=str(newest.plan)), "pen-line"))
    )
    page.add_end()


def _left(button: Any) -> Clear:
    holder = Clear()
    Flow(holder, 10).addWidget(button)
    return holder


def read_sessions(desk: Desk, who: Id) -> Any:
    """Decisions about this person."""
    return record_lists.decisions_of(desk, who)


def lay_sessions(page: RecordSheet, found: tuple[record_lists.Decided, ...]) -> None:
    """A card for each session."""
    today = page.context.today()
    if not found:
        page.add(Empty(text("record.no_sessions"), text("record.no_sessions_line"), icon_name="users-round"))
    for one in found:
        when = moment_words(one.decided_at.astimezone(LONDON), today) if one.decided_at else text("record.to_come")
        card = Card(text(f"record.outcome.{one.outcome.value}") if one.outcome else text("record.waits"), when)
        rows = [
            ("question", one.question),
            ("decision", one.decision),
            ("rationale", one.rationale),
            ("dissent", one.dissent),
        ]
        shown = [(text(f"record.{name}"), words) for name, words in rows if words]
        if one.decided_at:
            told = one.told_at.astimezone(LONDON) if one.told_at else None
            heard = moment_words(told, today) if told else text("record.not_told")
            if told and one.told_by:
                heard = text("record.told_by", when=heard, name=one.told_by)
            shown.append((text("record.told"), heard))
        for line in one.addenda:
            when = moment_words(line.at.astimezone(LONDON), today)
            shown.append((text("signoff.addendum_of", when=when, author=line.author), line.text))
        card.add(SummaryList(shown, ruled=True))
        if one.session is not None:
            card.add_left(outlined(text("record.open_session"), partial(page.go, "session", session=str(one.session))))
        if one.decided_at and not one.told_at:
            tell = partial(page.open_page, "tell", discussion=str(one.discussion))
            card.add_left(outlined(text("record.tell"), tell, "message-circle"))
        page.add(card)
    page.add_end()


def read_papers(desk: Desk, who: Id) -> Any:
    """The register."""
    return register.list_papers(desk, who)


def lay_papers(page: RecordSheet, found: list[PaperLine]) -> None:
    """The list of the register."""
    card = Card(text("record.tab.papers"), flush=True)
    card.add(papers_list(page.context.desk, found, lambda one: page.open_page("paper", paper=str(one.document))))
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


def read_everything(desk: Desk, who: Id) -> Any:
    """What happened."""
    return record.everything(desk, who)


def lay_everything(page: RecordSheet, found: tuple[EventView, ...]) -> None:
    """Newest first, by day; a line opens the history of its record."""
    today = page.context.today()
    card = Card(text("record.tab.everything"), text("record.everything_note"), flush=True)
    groups: dict[str, list[RowFacts]] = {}
    for one in found:
        opened = partial(ask_history, page, one)
        facts = RowFacts(event_words(one), one.by_name, on_open=opened, act=text("record.history"), on_act=opened)
        groups.setdefault(long_day(one.on, today), []).append(facts)
    if groups:
        card.add(RowList(list(groups.items()), name=text("record.tab.everything")))
    else:
        card.add(Empty(text("record.nothing_yet"), icon_name="history"))
    page.add(card.end())
    page.add_end()


def ask_history(page: RecordSheet, one: EventView) -> None:
    """Every value that the record of a line ever had."""
    desk, who = page.context.desk, page.who
    page.run(lambda: record.field_history(desk, who, one.record), lambda lines: _show_history(page, one, lines))


def _show_history(page: RecordSheet, one: EventView, lines: tuple[FieldLine, ...]) -> None:
    today = page.context.today()
    page.clear_body()
    card = Card(text("record.history_of", what=event_words(one)), text("record.history_note"))
    back = outlined(text("record.back_to_everything"), page.ask, "arrow-left")
    card.add_left(back)
    by_field: dict[str, list[FieldLine]] = {}
    for line in lines:
        if not (type(line.value) is str and _ID.fullmatch(line.value)):  # an id says nothing to anybody
            by_field.setdefault(line.field, []).append(line)
    for field, values in by_field.items():
        card.rule().add(Words(field_words(one.record_kind, field), "label"))
        for line in values:
            when = moment_words(line.at.astimezone(LONDON), today)
            note = text("record.history_line", by=line.by_name, when=when)
            now = text("record.history_now") if line.present else ""
            words = value_words(line.value, today, code_words(field))
            card.add(Quote(words, now, note))
    page.add(card.end())
    page.add_end()
    back.setFocus()
