"""Changes at work: chosen from the catalogue or in the person's own words, asked of the employer, who decides."""

from collections import Counter
from datetime import date
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.plans import Adjustment, EmployerAnswer, Obstacle, ObstacleStatus
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.adjustment_catalogue import Row, rows, stems
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import key_after, needed_episode, words_or_none
from workwell_desktop.services.plan_views import AdjustmentChoice, ChangeTip

TIPS = 2


def find_adjustments(desk: Desk, participant: Id, words: str = "") -> list[AdjustmentChoice]:
    """Rows of the catalogue that hold every one of ``words``; those that fit the person's obstacles come first."""
    desk.allow(Act.READ, Adjustment)
    with desk.read() as reader:
        episode = present_episode(reader, participant)
        obstacles = reader.list(Obstacle, order_by="position", scope=participant)
        chosen = {one.code for one in reader.list(Adjustment, scope=participant) if one.code} if episode else set()
    texts = [one.text or "" for one in obstacles if one.status is not ObstacleStatus.DONE]
    asked = words.lower().split()
    found = [_choice(row, texts, chosen) for row in rows() if all(word in row.searched for word in asked)]
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
        unit.set(Adjustment, adjustment, **given)


def record_answer(desk: Desk, adjustment: Id, answer: EmployerAnswer | None, note: str | None = None) -> None:
    """What the employer said; ``agreed`` only when the employer says so. None: not asked yet."""
    desk.allow(Act.EDIT_PLAN, Adjustment)
    with desk.unit() as unit:
        unit.reader.get(Adjustment, adjustment)
        unit.set(Adjustment, adjustment, answer=answer, answer_note=words_or_none(note))


def remove_adjustment(desk: Desk, adjustment: Id) -> None:
    """Takes it out of the plan."""
    desk.allow(Act.EDIT_PLAN, Adjustment)
    with desk.unit() as unit:
        unit.delete(Adjustment, adjustment)


def _choice(row: Row, obstacles: list[str], chosen: set[Code]) -> AdjustmentChoice:
    fits = tuple(text for text in obstacles if row.helps & stems(text))
    return AdjustmentChoice(row.code, row.text, row.group, row.note, fits, row.code in chosen)


def _check_days(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise FieldsInvalid((("ends_on", "ends_before_start"),))
