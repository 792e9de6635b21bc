"""Choosing a form: what was begun, what can be asked now, and what was done before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Clear,
    Columns,
    Empty,
    Field,
    Fixed,
    RowFacts,
    RowList,
    Words,
    alone,
    column,
    filled,
    moment_words,
    text,
)
from workwell_desktop.desktop.pages.assessment.finish import records_card
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.forms import Score
from workwell_desktop.services.assessing import assessments, library, response_records
from workwell_desktop.services.assessing.library import FormEntry
from workwell_desktop.services.assessing.response_records import RecordsMade
from workwell_desktop.services.assessing.score_only import base_url
from workwell_desktop.services.desk import Desk

MOST_BEFORE = 8
MODES = (Mode.INTERVIEW, Mode.SELF, Mode.PHONE)


@dataclass(frozen=True, slots=True)
class Offers:
    """``suggested`` are the forms that the site offers after what was just completed; a person decides."""

    head: PersonHead
    forms: tuple[FormEntry, ...]
    begun: tuple[Response, ...]
    before: tuple[Response, ...]
    suggested: tuple[FormEntry, ...]
    done: Response | None
    may_assess: bool
    records: RecordsMade | None = None
    """What the form that was just completed makes beside its answers."""


def offers(desk: Desk, participant: Id, done: Id | None) -> Offers:
    """Read on the worker."""
    head = person_head(desk, participant)
    forms = tuple(library.list_forms(desk))
    responses = assessments.list_responses(desk, participant)
    finished = next((one for one in responses if one.id == done), None)
    return Offers(
        head=head,
        forms=forms,
        begun=tuple(one for one in responses if one.status is ResponseStatus.IN_PROGRESS),
        before=tuple(one for one in responses if one.status is not ResponseStatus.IN_PROGRESS),
        suggested=_suggested(desk, finished, forms) if finished is not None else (),
        done=finished,
        may_assess=desk.may(Act.ASSESS, Response),
        records=response_records.made_by(desk, finished.id) if finished is not None else None,
    )


def _suggested(desk: Desk, done: Response, forms: tuple[FormEntry, ...]) -> tuple[FormEntry, ...]:
    """What the site pack offers after the scores of this response."""
    rules = [offer for offer in desk.site.offers if offer.after == base_url(done.form_url or "")]
    if not rules:
        return ()
    filling = assessments.open_response(desk, done.id)
    scores: dict[str, Score] = {score.link_id: score for score in filling.scores()}
    wanted = {
        offer.form
        for offer in rules
        if (score := scores.get(offer.link_id)) is not None
        and score.value is not None
        and score.value >= offer.at_least
    }
    return tuple(one for one in forms if base_url(one.url) in wanted)


class Chooser(Clear):
    """The body of the page; ``start(url, mode)`` and ``open_one(response)`` are the page's."""

    def __init__(
        self, found: Offers, today: date, start: Callable[[str, Mode], object], open_one: Callable[[Id], object]
    ) -> None:
        super().__init__()
        self._start, self._open, self._today = start, open_one, today
        box = column(self, (0, 0, 0, 0), 10)
        if found.done is not None:
            box.addWidget(self._say_done(found))
        if found.records is not None:
            box.addWidget(records_card(found.records))
        if not found.may_assess:
            box.addWidget(Alert(text("assessment.may_not"), text("assessment.may_not_note"), "info"))
        left = column(None, (0, 0, 0, 0), 10)
        if found.begun and found.may_assess:
            left.addWidget(self._listed("begun", found.begun))
        if found.may_assess:
            left.addWidget(self._modes())
            left.addWidget(self._forms(found))
        left.addStretch(1)
        holder = Clear()
        holder.setLayout(left)
        right = Clear()
        side = column(right, (0, 0, 0, 0), 10)
        side.addWidget(self._listed("before", found.before[:MOST_BEFORE]))
        side.addStretch(1)
        box.addWidget(Columns([(holder, 1), (right, Fixed(400))]))
        box.addStretch(1)

    def _modes(self) -> Card:
        self.mode = Choice(
            [(mode.value, text(f"assessment.mode.{mode.value}")) for mode in MODES], MODES[0].value, columns=3
        )
        return Card().add(Field(text("assessment.mode_label"), self.mode))

    def _say_done(self, found: Offers) -> Alert:
        title = text("assessment.completed", form=found.done.form_title or "" if found.done else "")
        if not found.suggested:
            return Alert(title, text("assessment.completed_note"), "done")
        one = found.suggested[0]
        act = filled(text("assessment.start_form", form=one.title), lambda: self._begin(one.url), "arrow-right")
        named = ", ".join(each.title for each in found.suggested)
        return Alert(title, text("assessment.suggested", forms=named), "done", act=act)

    def _forms(self, found: Offers) -> Card:
        card = Card(text("assessment.choose_form"), flush=True)
        if not found.forms:
            card.add(Empty(text("assessment.no_forms"), text("assessment.no_forms_note"), icon_name="library"))
            return card
        rows = [self._form(one) for one in found.forms]
        card.add(RowList([("", rows)], name=text("assessment.choose_form")))
        return card

    def _form(self, one: FormEntry) -> RowFacts:
        def begin() -> None:
            self._begin(one.url)

        version = text("assessment.version", version=one.version) if one.version else ""
        act = text("assessment.start")
        return RowFacts(one.title, version, "file-text", act=act, on_act=begin, on_open=begin)

    def _begin(self, url: str) -> None:
        self._start(url, Mode(self.mode.value() or MODES[0].value))

    def _listed(self, kind: str, responses: tuple[Response, ...]) -> Card:
        card = Card(text(f"assessment.{kind}"), flush=True)
        if not responses:
            holder = Clear()
            column(holder, (15, 0, 15, 6)).addWidget(Words(text("assessment.none_before"), "note", "soft"))
            return card.add(holder)
        return card.add(
            RowList([("", [self._response(kind, one) for one in responses])], name=text(f"assessment.{kind}"))
        )

    def _response(self, kind: str, one: Response) -> RowFacts:
        def go_on() -> None:
            self._open(one.id)

        at = one.completed_at or one.started_at
        when = moment_words(at.astimezone(LONDON), self._today) if at is not None else ""
        if kind == "begun":
            line = text("assessment.started", when=when)
            act = text("assessment.go_on")
        else:
            wrong = one.status is ResponseStatus.ENTERED_IN_ERROR
            line = text("assessment.in_error") if wrong else alone(when)
            act = text("assessment.read")
        return RowFacts(
            one.form_title or "",
            line,
            "clock" if kind == "begun" else "file-check",
            act=act,
            on_act=go_on,
            on_open=go_on,
        )
