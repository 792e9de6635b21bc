"""The partnership's questions to everybody who comes in: who answered what and when, and where a no leads.

It is no assessment: it finds out whether this service or another one fits better, and a person may go on with a reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.coming_in import EligibilityAnswer, Said, moment_after, newest_answers
from workwell_desktop.domain.dates import age
from workwell_desktop.domain.episodes import Episode, EpisodeStatus, Referral
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.site import EligibilityQuestion, Site
from workwell_desktop.errors import FieldsInvalid, Locked
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.signposting import suggesting
from workwell_desktop.services.signposting.suggesting import Suggestion
from workwell_desktop.store import Unit


class State(StrEnum):
    """Where the questions stand for one referral."""

    NOTHING_ASKED = "nothing_asked"
    """The partnership asks nothing."""
    OPEN = "open"
    FITS = "fits"
    ELSEWHERE = "elsewhere"
    """An answer means that another service fits better."""
    CARRIED_ON = "carried_on"
    """The same, and a person wrote down why they go on with us."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One question as it stands. ``by_birth``: the date of birth answered it and nobody has to ask."""

    code: str
    question: str
    hint: str
    answer: Said | None
    by_birth: bool
    ends: bool
    carry_on: str
    by: str
    on: date | None
    suggestions: tuple[Suggestion, ...]
    """Services that fit better, where the answer ends it."""


@dataclass(frozen=True, slots=True)
class Questions:
    """All questions of one referral."""

    referral: Id
    lines: tuple[AskedLine, ...]
    state: State

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """The services of every answer that ends it, each once."""
        found = {one.key: one for line in self.lines if line.ends for one in line.suggestions}
        return tuple(found.values())


def view(desk: Desk, referral: Id) -> Questions:
    """The questions of the pack in use with what was said to them."""
    desk.allow(Act.READ, EligibilityAnswer)
    with desk.read() as reader:
        one = reader.get(Referral, referral)
        born = reader.get(Participant, one.scope).birth_date
        said = newest_answers(reader.list(EligibilityAnswer, scope=one.scope, referral=referral))
        staff = staff_names(reader)
    today = desk.clock.today()
    lines = tuple(_line(desk, asked, said.get(asked.code), born, today, staff) for asked in desk.site.eligibility)
    return Questions(referral, lines, state_of(desk.site, said, born, today))


def record(desk: Desk, referral: Id, answers: Mapping[str, Said], carry_on: str = "") -> State:
    """Writes down what was said; an answer that stays as it was is not written again. Gives where it stands now.

    What the date of birth answers is nobody's answer, and is written only with the reason to go on.

    ``carry_on``: why the person goes on with us although an answer means another service fits better; it is for who may
    take people on. Raises Locked where the episode is closed, and FieldsInvalid for a question that the pack does not
    ask.
    """
    desk.allow(Act.CREATE_REFERRAL, EligibilityAnswer)
    if carry_on.strip():
        desk.allow(Act.EDIT_EPISODE, EligibilityAnswer)
    asked = {one.code: one for one in desk.site.eligibility}
    unknown = sorted(answers.keys() - asked.keys())
    if unknown:
        raise FieldsInvalid(tuple((code, "question_unknown") for code in unknown))
    with desk.unit() as unit:
        one = unit.reader.get(Referral, referral)
        _refuse_closed(unit, one)
        born = unit.reader.get(Participant, one.scope).birth_date
        before = newest_answers(unit.reader.list(EligibilityAnswer, scope=one.scope, referral=referral))
        today = desk.clock.today()
        for code, question in asked.items():
            by_birth = _by_birth(question, born, today)
            if carry_on.strip() and by_birth is not None and by_birth.value in question.ends:
                now: Said | None = by_birth
            else:
                now = answers.get(code) or _answer(before.get(code))
            if now is None:
                continue
            ends = now.value in question.ends
            why = (carry_on.strip() or _why(before.get(code), now)) if ends else ""
            was = before.get(code)
            if was is not None and (was.answer, was.ends, was.carry_on or "") == (now, ends, why):
                continue
            made = EligibilityAnswer(
                id=new_id(),
                scope=one.scope,
                referral=referral,
                question=Code(code),
                asked=question.question,
                answer=now,
                ends=ends,
                carry_on=why or None,
                recorded_by=desk.me,
                at=moment_after(was, desk.clock.now()),
            )
            unit.add(made)
            before[code] = made
    return state_of(desk.site, before, born, today)


def go_on(desk: Desk, referral: Id, reason: str) -> State:
    """The person goes on with us although another service may fit better. Raises FieldsInvalid without a reason."""
    desk.allow(Act.EDIT_EPISODE, EligibilityAnswer)
    if not reason.strip():
        raise FieldsInvalid((("carry_on", "carry_on_missing"),))
    return record(desk, referral, {}, reason)


def state_of(site: Site, said: Mapping[str, EligibilityAnswer], born: date | None, today: date) -> State:
    """Where the questions stand, for lists too. An answer is held against the pack of today; words stay as given."""
    if not site.eligibility:
        return State.NOTHING_ASKED
    opened = carried = False
    for asked in site.eligibility:
        was = said.get(asked.code)
        now = _answer(was) or _by_birth(asked, born, today)
        if now is None:
            opened = True
        elif now.value in asked.ends:
            if was is None or not was.carry_on:
                return State.ELSEWHERE
            carried = True
    if opened:
        return State.OPEN
    return State.CARRIED_ON if carried else State.FITS


def _line(
    desk: Desk,
    asked: EligibilityQuestion,
    was: EligibilityAnswer | None,
    born: date | None,
    today: date,
    staff: Mapping[Id, str],
) -> AskedLine:
    by_birth = _by_birth(asked, born, today)
    now = _answer(was) or by_birth
    return AskedLine(
        code=asked.code,
        question=asked.question,
        hint=asked.hint,
        answer=now,
        by_birth=was is None and by_birth is not None,
        ends=now is not None and now.value in asked.ends,
        carry_on=was.carry_on or "" if was else "",
        by=staff.get(was.recorded_by, "") if was and was.recorded_by else "",
        on=london_day(was.at) if was and was.at else None,
        suggestions=suggesting.fitting(desk, asked.services, asked.areas),
    )


def _answer(was: EligibilityAnswer | None) -> Said | None:
    return was.answer if was is not None else None


def _why(was: EligibilityAnswer | None, now: Said) -> str:
    """A reason to go on stands while the answer does."""
    return was.carry_on or "" if was is not None and was.answer is now else ""


def _by_birth(asked: EligibilityQuestion, born: date | None, today: date) -> Said | None:
    if asked.least_age is None or born is None:
        return None
    return Said.YES if age(born, today) >= asked.least_age else Said.NO


def _refuse_closed(unit: Unit, referral: Referral) -> None:
    episodes: Iterable[Episode] = unit.reader.list(Episode, scope=referral.scope, referral=referral.id)
    if any(one.status is EpisodeStatus.CLOSED for one in episodes):
        raise Locked()
