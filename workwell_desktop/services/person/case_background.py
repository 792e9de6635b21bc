"""What a case is prepared from, beside what ``case_pages`` reads: work as it stands, and what was tried already."""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import WorkSituation
from workwell_desktop.domain.plans import Action, ActionStatus, Adjustment
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Discussion
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.employment.work_views import WorkView


@dataclass(frozen=True, slots=True)
class Tried:
    """Something that ended or was answered. ``came`` is ``done``, ``not_needed``, ``blocked``, or for a change at work
    the employer's answer; ``effect`` is what came of it in somebody's words."""

    text: str
    came: Code
    effect: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Background:
    """``work`` is None where nobody has asked, or whoever prepares may not read it; ``tried`` has the latest first."""

    work: WorkView | None
    tried: tuple[Tried, ...]


def background(desk: Desk, participant: Id) -> Background:
    """What the record of the present programme says."""
    desk.allow(Act.READ, Discussion)
    stands = work.current(desk, participant) if desk.may(Act.READ, WorkSituation) else None
    tried: list[Tried] = []
    with desk.read() as reader:
        episode = present_episode(reader, participant)
        if episode is None:
            return Background(stands, ())
        if desk.may(Act.READ, Action):
            tried += [
                Tried(one.text or "", Code(one.status.value), one.effect or "", one.done_on)
                for one in reader.list(Action, episode=episode.id)
                if one.status is not None and one.status is not ActionStatus.OPEN
            ]
        if desk.may(Act.READ, Adjustment):
            tried += [
                Tried(one.text or "", Code(one.answer.value), one.answer_note or "", one.answered_on or one.asked_on)
                for one in reader.list(Adjustment, episode=episode.id)
                if one.answer is not None
            ]
    return Background(stands, tuple(sorted(tried, key=lambda one: (one.on or date.min, one.text), reverse=True)))
