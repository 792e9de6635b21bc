"""How a thing that waits is said: on Today, in the caseload's "what next" and on the record."""

from datetime import date, datetime

from workwell_desktop.desktop.kit import clock_words, long_day, short_day, text, weekday
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.plans import OwnerKind
from workwell_desktop.domain.screen import has
from workwell_desktop.services.caseload.today_views import TodayItem, Urgency
from workwell_desktop.services.coming_in.tries import Reach

ICONS = {
    "risk": "shield-alert",
    "red_flag": "stethoscope",
    "concern": "lock",
    "glass": "lock-open",
    "contact": "phone",
    "action": "circle-check",
    "adjustment_review": "building-2",
    "plan_to_sign": "pen-line",
    "plan_review": "calendar",
    "tell": "message-circle",
    "referral": "inbox",
    "referrals": "inbox",
    "evidence": "hourglass",
    "conflict": "git-compare-arrows",
    "session_case": "users-round",
    "case_question": "users-round",
    "agenda": "mail",
    "loop": "map-pin",
    "apart": "git-compare-arrows",
}


def what_words(one: TodayItem) -> str:
    """One line of what it is: "Return to work plan ready to sign, Room 2"."""
    words = dict(one.words)
    if one.kind == "referrals":
        return _list(one.names)
    if one.kind == "contact":
        place = str(words["place"] or "")
        said = (
            str(words["purpose"] or "") or text(f"today.mode.{words['mode']}")
            if words["mode"]
            else str(words["purpose"])
        )
        return f"{said}, {place}" if place else said
    if one.kind == "action":
        if words["owner_kind"] == OwnerKind.PARTICIPANT.value:  # whose name stands beside it
            return text("today.what.action_own", text=words["text"])
        key = "today.what.action_mine" if words["mine"] else "today.what.action_theirs"
        owner = words["owner"] or text(f"today.owner.{words['owner_kind']}")
        return text(key, text=words["text"], owner=owner)
    if one.kind == "plan_to_sign":
        said = text("today.what.plan_to_sign", label=words["label"])
        return f"{said}, {words['place']}" if words["place"] else said
    if one.kind == "referral":
        source = text(f"today.source.{words['source']}") if words["source"] else ""
        if words["reach"] == Reach.REACHED.value:
            return text("today.what.referral_reached", source=source).strip()
        if words["tries"]:
            return text("today.what.referral_tried", count=words["tries"], source=source).strip()
        return text("today.what.referral", source=source)
    if one.kind == "evidence":
        return text("today.what.evidence", evidence=text(f"today.evidence.{words['evidence'] or 'other'}"))
    if one.kind == "tell":
        decided = words["decided_at"]
        day = decided.astimezone(LONDON).date() if isinstance(decided, datetime) else None
        return text("today.what.tell", day=short_day(day, date(1, 1, 1)) if day else "")
    if one.kind in ("agenda", "apart"):
        starts = words["starts_at"]
        local = starts.astimezone(LONDON) if isinstance(starts, datetime) else None
        when = f"{long_day(local.date(), local.date())}, {clock_words(local)}" if local else ""
        return text(f"today.what.{one.kind}", count=words["count"], when=when)
    if one.kind == "conflict":
        field = f"fields.of.{words['record_kind']}.{words['field']}"
        return text("today.what.conflict", field=text(field) if has(field) else text("today.a_field"))
    return text(f"today.what.{one.kind}", **words)


def headline(one: TodayItem) -> str:
    """A few words for a column: "Sign the plan"."""
    if one.kind == "contact" and one.words["purpose"]:
        return str(one.words["purpose"])
    if one.kind == "action" and one.words["mine"]:
        return str(one.words["text"])
    return text(f"today.short.{one.kind}", **{name: one.words[name] for name in ("number",) if name in one.words})


def act_words(one: TodayItem) -> str:
    """The verb on its button: "Record the call"."""
    if one.kind == "contact":
        mode = one.words["mode"]
        return text("today.act.call") if mode in ("phone", "video", "") else text("today.act.talk")
    return text(f"today.act.{one.kind}")


def due_words(one: TodayItem, today: date) -> tuple[str, str]:
    """When, and the tint of its tag where it is late: ("4 days overdue", "due")."""
    if one.urgency is Urgency.OVERDUE:
        return text("today.overdue", count=-one.days), "due"
    if one.urgency is Urgency.RISK:
        return text("today.now"), "risk"
    if one.at is not None:
        at = one.at.astimezone(LONDON)
        if at.date() == today:
            return clock_words(at), ""
        return text("today.on_at", day=long_day(at.date(), today), time=clock_words(at)), ""
    if one.due is None or one.due == today:
        return text("today.any_time"), ""
    return text("today.by_day", day=long_day(one.due, today) if one.days > 6 else weekday(one.due)), ""


def _list(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names)
    return text("today.and", first=", ".join(names[:-1]), last=names[-1])
