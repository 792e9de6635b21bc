"""Changes at work: chosen from the catalogue or in the person's own words, asked of the employer, who decides."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from workwell_desktop import assets
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.plans import Adjustment, EmployerAnswer, Obstacle
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import key_after, needed_episode
from workwell_desktop.services.plan_views import AdjustmentChoice


def find_adjustments(desk: Desk, participant: Id, words: str = "") -> list[AdjustmentChoice]:
    """Rows of the catalogue that hold every one of ``words``; those that fit the person's obstacles come first."""
    raise NotImplementedError


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
) -> Id:
    """A change at work that will be asked for; ``code`` names the row of the catalogue that it came from."""
    raise NotImplementedError


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
    """Other words or other dates."""
    raise NotImplementedError


def record_answer(desk: Desk, adjustment: Id, answer: EmployerAnswer | None, note: str | None = None) -> None:
    """What the employer said; ``agreed`` only when the employer says so. None: not asked yet."""
    raise NotImplementedError


def remove_adjustment(desk: Desk, adjustment: Id) -> None:
    """Takes it out of the plan."""
    raise NotImplementedError
