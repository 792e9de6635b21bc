"""An appointment as a calendar file (RFC 5545) that anybody at home or at work may see: no word of health in it.

Times are London's, with the rules of its clock changes in the file. The same appointment has the same UID in every
file, so that a moved or cancelled one takes the place of the one before it.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.appointments import Appointment
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.employer_words import first_in
from workwell_desktop.domain.episodes import ContactStatus
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.services import whole_files
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import appointments
from workwell_desktop.services.person.appointments import AppointmentView

WIDTH = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""
_HEALTH = re.compile(
    r"\b(?:health\w*|ill\w*|sick\w*|medic\w*|clinic\w*|hospital\w*|surger\w*|doctor\w*|\bgps?\b|nhs|therap\w*|physio\w*|"
    r"mental\w*|pain\w*|counsel\w*|psych\w*|occupational|disab\w*|wellbeing|well-being|workwell|rehab\w*|patient\w*)",
    re.IGNORECASE,
)
_TIMEZONE = (
    "BEGIN:VTIMEZONE", "TZID:Europe/London",
    "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST",
    "DTSTART:19810329T010000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT",
    "DTSTART:19961027T020000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip


def make(desk: Desk, contact: Id) -> bytes:
    """The file of one appointment, which cancels it where it was called off. Raises BadInput ``no_moment``."""
    desk.allow(Act.READ, Appointment)
    found = appointments.view(desk, contact)
    if found is None:
        raise BadInput("no_moment")
    return as_calendar(found, desk.site.service.neutral_name, desk.site.service.phone, desk.clock.now())


def save(desk: Desk, contact: Id, place: Path) -> None:
    """Writes it to a file that the person chose. Raises as ``make``, and ReadOnlyFolder."""
    desk.allow(Act.READ, Appointment)
    whole_files.write_chosen(place, lambda: make(desk, contact))
    desk.noted(AuditKind.EXPORTED, record=contact, detail="calendar")


def as_calendar(one: AppointmentView, neutral_name: str, phone: str, now: datetime) -> bytes:
    """The bytes. A place or a name with a word of health in it is left out: it stands on the person's card."""
    talk, held = one.contact, one.appointment
    if talk.at is None or one.ends is None:
        raise BadInput("no_moment")
    off = talk.status is ContactStatus.CANCELLED
    name = neutral_name if _neutral(neutral_name) else ""
    summary = text("appointment.calendar.with", name=name) if name else text("appointment.calendar.alone")
    place = (talk.place or "") if talk.mode in ("room", "home") and _neutral(talk.place or "") else ""
    if talk.mode in ("phone", "video"):
        place = text(f"appointment.calendar.{talk.mode}")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Appointments//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if off else 'PUBLISH'}",
        *_TIMEZONE,
        "BEGIN:VEVENT",
        f"UID:{talk.id}@appointments.example",
        f"SEQUENCE:{held.sequence or 0}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/London:{talk.at.astimezone(LONDON):%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/London:{one.ends.astimezone(LONDON):%Y%m%dT%H%M%S}",
        f"SUMMARY:{_escaped(summary)}",
        *([f"LOCATION:{_escaped(place)}"] if place else []),
        f"DESCRIPTION:{_escaped(text('appointment.calendar.change', phone=phone))}",
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _neutral(words: str) -> bool:
    return _HEALTH.search(words) is None and first_in(words) is None


def _escaped(words: str) -> str:
    """TEXT of RFC 5545, 3.3.11."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, gone on after a line end and a blank; no letter is cut in two."""
    parts: list[bytes] = []
    now = b""
    for letter in line:
        octets = letter.encode()
        if len(now) + len(octets) > (WIDTH if not parts else WIDTH - 1):
            parts.append(now)
            now = b""
        now += octets
    return b"\r\n ".join([*parts, now]) + b"\r\n"
