"""Words of the plan written from what was chosen, for a person to change; and how easily its paper reads."""

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.employer_words import first_in
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.plans import Action, ActionStatus, Adjustment, Goal, OwnerKind, Plan
from workwell_desktop.domain.reading_age import Reading, reading
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.reference import load_adjustments, load_barriers
from workwell_desktop.errors import BadInput
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff

WRITTEN = ("function", "if_worse")
"""The texts that can be written from the choices."""

OF_WORK = ("POS", "LFT", "MOB", "HND", "SEN", "COG", "COM", "FTG", "TRV", "DEM", "CTL", "ROL", "CHG", "FLU")
"""Barriers that say what is hard at work and name no condition: the only ones that are written for an employer."""


def written(desk: Desk, plan: Id, field: str) -> str:
    """A text for ``field``, one of WRITTEN, from the changes at work and the actions that the plan holds; empty where
    they say nothing. Nothing is saved: the person who writes looks at it first. What is written for an employer names
    no condition (domain.md 0, error 10)."""
    desk.allow(Act.EDIT_PLAN, Plan)
    if field not in WRITTEN:
        raise BadInput("no_such_field")
    return _function(desk, plan) if field == "function" else _if_worse(desk, plan)


def paper_reading(desk: Desk, plan: Id) -> Reading:
    """How easily the participant's paper reads, of all that we wrote into it; their own words are not measured."""
    desk.allow(Act.READ, Plan)
    with desk.read() as reader:
        found = reader.get(Plan, plan)
        actions = reader.list(Action, episode=found.episode)
        lines = [found.strengths, found.if_worse]
        lines += [one.text for one in reader.list(Goal, episode=found.episode)]
        lines += [one.text for one in actions if one.status is not ActionStatus.NOT_NEEDED]
        lines += [one.text for one in reader.list(Adjustment, episode=found.episode)]
    return reading("\n".join(line for line in lines if line))


def _function(desk: Desk, plan: Id) -> str:
    hard = {one.code: one.words for one in load_barriers()}
    rows = {row.code: row for row in load_adjustments()}
    with desk.read() as reader:
        found = reader.get(Plan, plan)
        called = reader.get(Participant, found.scope).called
        codes = [one.code for one in reader.list(Adjustment, order_by="position", episode=found.episode)]
    met = {barrier for code in codes if code in rows for barrier in rows[code].barriers}
    words = [hard[code] for code in OF_WORK if code in met and first_in(hard[code]) is None]
    return text("plan_words.function", name=called, hard=_listed([word.lower() for word in words])) if words else ""


def _if_worse(desk: Desk, plan: Id) -> str:
    with desk.read() as reader:
        found = reader.get(Plan, plan)
        own = [
            one.text
            for one in reader.list(Action, order_by="position", episode=found.episode)
            if one.owner_kind is OwnerKind.PARTICIPANT and one.text
        ]
        episode = present_episode(reader, found.scope)
        coach = name_of(staff(reader), episode.coach) if episode else ""
    service = desk.site.service
    lines = [text("plan_words.first_steps", step=own[0].rstrip(".")) if own else ""]
    lines.append(text("plan_words.call", name=coach or service.name, phone=service.phone, hours=service.hours))
    lines.append(text("plan_words.again"))
    return "\n".join(line for line in lines if line)


def _listed(words: list[str]) -> str:
    *first, last = words
    return text("plan_words.listed", first=", ".join(first), last=last) if first else last
