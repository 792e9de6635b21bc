"""The fields of a talk that took place: how, how long, work now, how each action went; and a time as people type it."""

from collections.abc import Mapping
from datetime import time

from workwell_desktop.desktop.kit import Choice, DropDown, Field, NumberField, plain_clock, text
from workwell_desktop.desktop.pages.person.contact_parts import action_words
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import WorkSituation, WorkStatus
from workwell_desktop.domain.plans import Action, ActionStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import follow_up
from workwell_desktop.services.person.follow_up import FollowUpView, Next, Went

MODES = ("phone", "video", "room", "home", "text")
MOST_ACTIONS = 5
"""Actions that are asked about here; the others stand in the plan."""
ACTION = "action "
"""How the name of the field of an action begins."""


def talked_fields(desk: Desk, view: FollowUpView, mode: str) -> dict[str, Field]:
    """What is asked of every talk that took place: how, how long, work now, how each action went."""
    modes = [(one, text(f"record.mode.{one}")) for one in MODES]
    fields = {
        "mode": Field(text("contact.mode"), Choice(modes, mode, columns=3)),
        "minutes": Field(
            text("contact.minutes"),
            NumberField(None, low=1, high=follow_up.LONGEST),
            unit=text("contact.unit"),
            optional=True,
        ),
    }
    if desk.may(Act.RECORD_WORK, WorkSituation):
        states = [(one.value, text(f"participants.status.{one.value}")) for one in WorkStatus]
        now = view.work.value if view.work is not None else None
        fields["work"] = Field(text("contact.work_now"), DropDown(states, now, empty=now is None, width=320))
    if desk.may(Act.EDIT_PLAN, Action):
        stands = [(one.value, text(f"contact.action.{one.value}")) for one in ActionStatus]
        for one in view.actions[:MOST_ACTIONS]:
            label = text("contact.action_label", action=action_words(one))
            fields[f"{ACTION}{one.action}"] = Field(label, DropDown(stands, ActionStatus.OPEN.value, width=320))
    return fields


def said(fields: Mapping[str, Field], view: FollowUpView, note: str, next_purpose: str) -> Went:
    """What stands in the form of a talk that took place."""
    minutes, work = fields["minutes"].control.number(), fields.get("work")
    status = work.control.value() if work is not None else None
    before = view.work.value if view.work is not None else None
    actions = {
        Id(name.removeprefix(ACTION)): (ActionStatus(field.control.value()), "")
        for name, field in fields.items()
        if name.startswith(ACTION) and field.control.value() not in (None, ActionStatus.OPEN.value)
    }
    purpose = fields["purpose"].control.value() if "purpose" in fields else ""
    day = fields["next"].control.day() if "next" in fields else None
    about = (purpose or next_purpose) if day is not None else ""
    return Went(
        mode=fields["mode"].control.value() or "phone",
        minutes=int(minutes) if minutes is not None else None,
        note=note,
        work=WorkStatus(status) if status and status != before else None,
        actions=actions,
        next=Next(day, about or text("contact.next_purpose")) if day is not None else None,
        purpose=purpose,
    )


def time_of(words: str) -> time | None:
    """A time of day as people type it: 11:30, 1130, 9.05, 2pm."""
    said = plain_clock(words.strip().lower()).replace(".", ":").replace(" ", "")
    later = said.endswith("pm")
    digits = said.removesuffix("am").removesuffix("pm")
    hour, _, minute = (
        digits.partition(":") if ":" in digits else (digits[:-2] or digits, "", digits[-2:] if len(digits) > 2 else "0")
    )
    if not (hour.isdigit() and minute.isdigit()):
        return None
    hours = int(hour) + (12 if later and int(hour) < 12 else 0)
    return time(hours, int(minute)) if hours < 24 and int(minute) < 60 else None
