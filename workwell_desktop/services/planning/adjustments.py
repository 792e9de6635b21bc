"""Changes at work: chosen from the catalogue or in the person's own words, asked of the employer, who decides."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.plans import (
    Adjustment,
    AdjustmentStatus,
    Effect,
    EmployerAnswer,
    Obstacle,
    ObstacleStatus,
)
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services._reads import latest_work, present_episode, staff_names
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import after_birth, key_after, needed_episode, words_or_none
from workwell_desktop.services.planning.adjustment_catalogue import Row, rows, stems
from workwell_desktop.services.planning.plan_views import AdjustmentChoice, AdjustmentRow, ChangeTip

TIPS = 2
SAID_YES = (EmployerAnswer.AGREED, EmployerAnswer.AGREED_WITH_CHANGE, EmployerAnswer.TRIAL)
"""What the employer said when the change may be there."""


def find_adjustments(
    desk: Desk,
    participant: Id,
    words: str = "",
    *,
    barrier: str | None = None,
    group: str | None = None,
    box: str | None = None,
) -> list[AdjustmentChoice]:
    """Rows of the catalogue that hold every one of ``words``; those that fit the person's obstacles come first.

    ``barrier`` is a code of ``barriers.csv``, ``group`` one of ``CATEGORIES``, ``box`` one of
    ``domain.evidence.Option``; each narrows the list down.
    """
    desk.allow(Act.READ, Adjustment)
    with desk.read() as reader:
        episode = present_episode(reader, participant)
        obstacles = reader.list(Obstacle, order_by="position", scope=participant)
        chosen = {one.code for one in reader.list(Adjustment, scope=participant) if one.code} if episode else set()
    texts = [one.text or "" for one in obstacles if one.status is not ObstacleStatus.DONE]
    asked = words.lower().split()
    found = [
        _choice(row, texts, chosen)
        for row in rows()
        if all(word in row.searched for word in asked)
        and (barrier is None or barrier in row.barriers)
        and (group is None or group == row.group)
        and (box is None or box in row.boxes)
    ]
    return sorted(found, key=lambda one: not one.fits)


def tips(desk: Desk, participant: Id) -> tuple[ChangeTip, ...]:
    """For each open obstacle the changes at work that fit it and that others here asked for most; else the catalogue's.

    What is in this plan already is left out. Nobody is named or counted on screen.
    """
    desk.allow(Act.READ, Adjustment)
    fitting = find_adjustments(desk, participant)
    with desk.read() as reader:
        others = Counter(
            one.code for one in reader.list(Adjustment, scope__ne=participant) if one.code and one.scope != participant
        )
        open_ones = reader.list(Obstacle, order_by="position", scope=participant, status=ObstacleStatus.OPEN)
    found = []
    for one in open_ones:
        choices = [each for each in fitting if one.text in each.fits and not each.chosen]
        asked = sorted((each for each in choices if others[each.code]), key=lambda each: -others[each.code])
        shown = (asked or choices)[:TIPS]
        if shown:
            found.append(ChangeTip(one.id, one.text or "", tuple(each.text for each in shown), bool(asked)))
    return tuple(found)


def ask_for(
    desk: Desk,
    participant: Id,
    text: str,
    *,
    code: Code | None = None,
    reason: str | None = None,
    obstacle: Id | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    review_on: date | None = None,
    asked_by: Id | None = None,
) -> Id:
    """A change at work that will be asked for; ``code`` names the row of the catalogue that it came from.

    ``asked_by`` is who thought of it, the person who acts where nobody is named.
    """
    desk.allow(Act.EDIT_PLAN, Adjustment)
    if not text.strip():
        raise BadInput("text_missing")
    _check_days(starts_on, ends_on)
    with desk.unit() as unit:
        after_birth(unit.reader, participant, starts_on=starts_on, ends_on=ends_on, review_on=review_on)
        beside = unit.reader.list(Adjustment, scope=participant)
        return unit.add(
            Adjustment(
                id=new_id(),
                scope=participant,
                episode=needed_episode(unit.reader, participant).id,
                obstacle=obstacle,
                code=code,
                text=text.strip(),
                reason=words_or_none(reason),
                asked_by=asked_by or desk.me,
                starts_on=starts_on,
                ends_on=ends_on,
                review_on=review_on,
                position=key_after(one.position for one in beside),
            )
        )


def change_adjustment(
    desk: Desk,
    adjustment: Id,
    *,
    text: str | None = None,
    reason: str | None = None,
    obstacle: Id | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    review_on: date | None = None,
) -> None:
    """Other words or other dates; what is None stays. ``date.max`` as the end means no end."""
    desk.allow(Act.EDIT_PLAN, Adjustment)
    given: dict[str, Any] = {
        "text": words_or_none(text),
        "reason": words_or_none(reason),
        "obstacle": obstacle,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "review_on": review_on,
    }
    given = {name: value for name, value in given.items() if value is not None}
    if ends_on == date.max:
        given["ends_on"] = None
    with desk.unit() as unit:
        found = unit.reader.get(Adjustment, adjustment)
        _check_days(starts_on or found.starts_on, ends_on)
        after_birth(unit.reader, found.scope, starts_on=starts_on, ends_on=ends_on, review_on=review_on)
        unit.set(Adjustment, adjustment, **given)


def record_answer(
    desk: Desk,
    adjustment: Id,
    answer: EmployerAnswer | None,
    note: str | None = None,
    *,
    by: str | None = None,
    on: date | None = None,
) -> None:
    """What the employer said; ``agreed`` only when the employer says so. None: not asked yet.

    ``by`` is who said so and ``on`` when; an answer is of today where nobody says. An answer that is no yes takes
    back that the change is there.
    """
    desk.allow(Act.EDIT_PLAN, Adjustment)
    today = desk.clock.today()
    with desk.unit() as unit:
        found = unit.reader.get(Adjustment, adjustment)
        if on is not None and on > today:
            raise FieldsInvalid((("answered_on", "date_in_future"),))
        after_birth(unit.reader, found.scope, answered_on=on)
        answered = answer not in (None, EmployerAnswer.ASKED)
        given: dict[str, Any] = {"answer": answer, "answer_note": words_or_none(note)}
        if answer is not None and found.asked_on is None:
            given["asked_on"] = min(on or today, today)
        given["answered_on"] = (on or found.answered_on or today) if answered else None
        if by is not None or not answered:
            given["answered_by"] = words_or_none(by) if answered else None
        if answer not in SAID_YES and found.status is not None:
            given["status"] = None
        unit.set(Adjustment, adjustment, **given)


def record_how_it_goes(
    desk: Desk,
    adjustment: Id,
    *,
    status: AdjustmentStatus | None,
    effect: Effect | None = None,
    effect_note: str | None = None,
    funding: str | None = None,
    trial_until: date | None = None,
    review_on: date | None = None,
) -> None:
    """Whether the change is there, until when it is tried, who pays, and what the person says came of it.

    Raises FieldsInvalid where it is said to be there and the employer has not said yes.
    """
    desk.allow(Act.EDIT_PLAN, Adjustment)
    with desk.unit() as unit:
        found = unit.reader.get(Adjustment, adjustment)
        if status in (AdjustmentStatus.IN_PLACE, AdjustmentStatus.ENDED) and found.answer not in SAID_YES:
            raise FieldsInvalid((("status", "employer_has_not_agreed"),))
        if trial_until is not None and found.starts_on is not None and trial_until < found.starts_on:
            raise FieldsInvalid((("trial_until", "ends_before_start"),))
        unit.set(
            Adjustment,
            adjustment,
            status=status,
            effect=effect,
            effect_note=words_or_none(effect_note),
            funding=words_or_none(funding),
            trial_until=trial_until,
            review_on=review_on,
        )


def find(desk: Desk, adjustment: Id) -> AdjustmentRow:
    """One change at work."""
    desk.allow(Act.READ, Adjustment)
    with desk.read() as reader:
        return adjustment_row(reader.get(Adjustment, adjustment))


@dataclass(frozen=True, slots=True)
class Around:
    """A change with what is known around it, in words."""

    one: AdjustmentRow
    asked_by: str
    employer: str
    obstacle: str


def around(desk: Desk, adjustment: Id) -> Around:
    """One change at work, who of ours thought of it, for which obstacle, and of whom it is asked."""
    desk.allow(Act.READ, Adjustment)
    with desk.read() as reader:
        found = reader.get(Adjustment, adjustment)
        work = latest_work(reader, found.scope)
        about = reader.find(Obstacle, found.obstacle) if found.obstacle else None
        names = staff_names(reader)
    asked_by = names.get(found.asked_by, "") if found.asked_by else ""
    employer = work.employer or "" if work is not None else ""
    return Around(adjustment_row(found), asked_by, employer, (about.text or "") if about is not None else "")


def remove_adjustment(desk: Desk, adjustment: Id) -> None:
    """Takes it out of the plan."""
    desk.allow(Act.EDIT_PLAN, Adjustment)
    with desk.unit() as unit:
        unit.delete(Adjustment, adjustment)


def adjustment_row(one: Adjustment) -> AdjustmentRow:
    """A record as pages are shown it."""
    return AdjustmentRow(
        adjustment=one.id,
        code=one.code,
        text=one.text or "",
        reason=one.reason,
        obstacle=one.obstacle,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        review_on=one.review_on,
        answer=one.answer,
        answer_note=one.answer_note,
        asked_by=one.asked_by,
        asked_on=one.asked_on,
        answered_by=one.answered_by,
        answered_on=one.answered_on,
        trial_until=one.trial_until,
        funding=one.funding,
        status=one.status,
        effect=one.effect,
        effect_note=one.effect_note,
    )


def _choice(row: Row, obstacles: list[str], chosen: set[Code]) -> AdjustmentChoice:
    fits = tuple(text for text in obstacles if row.helps & stems(text))
    return AdjustmentChoice(row.code, row.text, row.group, row.note, fits, row.code in chosen, row.boxes)


def _check_days(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise FieldsInvalid((("ends_on", "ends_before_start"),))
