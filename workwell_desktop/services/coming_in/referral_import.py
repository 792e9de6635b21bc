"""Referrals from a file: looked at first, each row with what is wrong or who it may be; then what is good comes in.

    file ──look──▶ rows: ready · to decide · to mend        (nothing is written)
         ──bring_in(decisions)──▶ one unit of work: all of the chosen rows, or none; undone as one

Nobody is put together by itself: a row that may be somebody who is here waits for a person's decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from workwell_desktop.domain import nhs_number
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import EpisodeStatus, Referral, ReferralSource
from workwell_desktop.domain.likeness import SURE, Index, Likeness, Named
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.referral_rows import MOST_BYTES, Fault, FileRow, Sheet, read_sheet, template
from workwell_desktop.domain.screen import text
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services import whole_files
from workwell_desktop.services.coming_in import participants, referrals
from workwell_desktop.services.coming_in.participant_views import Like, ParticipantDetails
from workwell_desktop.services.coming_in.referral_fhir import looks_like_fhir, read_fhir
from workwell_desktop.services.coming_in.referrals import NewReferral, Referred
from workwell_desktop.services.desk import Desk

_WORDS = ("preferred_name", "phone", "email", "address", "town", "postcode", "contact_note")
_SENT = ("organisation", "referrer_name", "referrer_role", "referrer_contact", "reference", "heard_from")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided for a row: ``new``, ``same`` (``participant`` is who), or ``out``."""

    what: Literal["new", "same", "out"]
    participant: Id | None = None


@dataclass(frozen=True, slots=True)
class LookedRow:
    """One row. ``likes`` are people here who may be the same; ``same_as`` is a line of the file that may be so."""

    line: int
    name: str
    row: FileRow
    new: NewReferral | None
    faults: tuple[Fault, ...]
    likes: tuple[Like, ...] = ()
    same_as: int = 0

    @property
    def to_decide(self) -> bool:
        """Whether a person has to say who it is."""
        return not self.faults and (self.same_as > 0 or any(one.why in SURE for one in self.likes))

    @property
    def ready(self) -> bool:
        return not self.faults and not self.to_decide


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at. ``fhir``: lines are entries of a Bundle. ``faults`` are those of the whole file."""

    file: str
    rows: tuple[LookedRow, ...]
    faults: tuple[Fault, ...]
    fhir: bool
    encoding: str = ""
    separator: str = ""

    def to_mend(self) -> tuple[Fault, ...]:
        """Every fault of the file, in its order."""
        return (*self.faults, *(fault for row in self.rows for fault in row.faults))


@dataclass
class _Seen:
    """People of the rows before, by what would make two rows one person."""

    numbers: dict[str, int] = field(default_factory=dict)
    people: Index = field(default_factory=lambda: Index(()))
    lines: dict[Id, int] = field(default_factory=dict)

    def before(self, one: Named) -> int:
        """The first line that may be the same person, as somebody who is here may be; 0 for none."""
        return min((self.lines[own] for own, why in self.people.find(one) if why in SURE), default=0)

    def add(self, line: int, one: Named) -> None:
        own = Id(str(line))
        self.lines[own] = line
        self.people.add(own, one)


def look(desk: Desk, place: Path) -> Looked:
    """Looks at a file; nothing comes in. Raises BadInput ``file_missing``, ``unreadable_file``."""
    desk.allow(Act.CREATE_REFERRAL, Referral)
    try:
        with place.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise BadInput("file_missing") from None
    except OSError:
        raise BadInput("unreadable_file") from None
    return look_at(desk, data, place.name)


def look_at(desk: Desk, data: bytes, file: str) -> Looked:
    """``look`` for bytes; ``file`` is the name by which they are told of."""
    desk.allow(Act.CREATE_REFERRAL, Referral)
    fhir = looks_like_fhir(data)
    sheet: Sheet = read_fhir(data) if fhir else read_sheet(data)
    seen = _Seen()
    rows = tuple(_looked(desk, one, seen, whole=not fhir) for one in sheet.rows)
    return Looked(file, rows, sheet.faults, fhir, sheet.encoding, sheet.separator)


def would_come(looked: Looked, decisions: Mapping[int, Decision]) -> tuple[LookedRow, ...]:
    """The rows that come in with these decisions: those ready and not left out, and those decided."""
    return tuple(row for row in looked.rows if _decided(row, decisions).what != "out")


def bring_in(desk: Desk, looked: Looked, decisions: Mapping[int, Decision]) -> tuple[Referred, ...]:
    """Brings in what ``would_come``, all in one unit, in the order of the file.

    Raises BadInput ``row_refused``, which names the line, where somebody takes part by now or a number is taken; then
    nothing came in.
    """
    desk.allow(Act.CREATE_REFERRAL, Referral)
    made: list[Referred] = []
    with desk.unit() as unit:
        for row in would_come(looked, decisions):
            if row.new is None:
                continue
            decision = _decided(row, decisions)
            new = row.new
            if decision.what == "same":
                new = _for_somebody_here(new, decision.participant)
            try:
                made.append(referrals.written(desk, unit, new, referrals.checked(desk, new)))
            except BadInput as trouble:
                raise BadInput("row_refused", line=row.line) from trouble
    return tuple(made)


def may_be(row: LookedRow) -> tuple[Like, ...]:
    """The people here whom a row may be, without those who take part already: no referral can be added to them."""
    return tuple(one for one in row.likes if one.line.episode_status in ("", EpisodeStatus.CLOSED.value))


def may_be_new(row: LookedRow) -> bool:
    """Whether a row can be somebody new: a number that is here already is never somebody else's."""
    return all(one.why is not Likeness.SAME_NUMBER for one in row.likes)


def save_template(desk: Desk, place: Path) -> None:
    """Writes the empty file with the published header. Raises ReadOnlyFolder."""
    desk.allow(Act.CREATE_REFERRAL, Referral)
    whole_files.write_chosen(place, template)


def _decided(row: LookedRow, decisions: Mapping[int, Decision]) -> Decision:
    if row.faults:
        return Decision("out")
    return decisions.get(row.line, Decision("out" if row.to_decide else "new"))


def _for_somebody_here(new: NewReferral, participant: Id | None) -> NewReferral:
    """The same referral for a person who is here: nothing of theirs is changed by a file."""
    return NewReferral(
        source=new.source,
        reason=new.reason,
        participant=participant,
        received_on=new.received_on,
        person_knows=new.person_knows,
        whole=new.whole,
        **{name: getattr(new, name) for name in _SENT},
    )


def _looked(desk: Desk, one: FileRow, seen: _Seen, *, whole: bool) -> LookedRow:
    values, faults = one.values, list(one.faults)
    name = " ".join(values.get(part, "") for part in ("given_name", "family_name")).strip()
    named = {fault.field for fault in faults}
    # of a source that cannot be read nothing more is asked, and the person is looked at all the same
    new = _new(one, whole=whole and one.source is not None)
    try:
        referrals.checked(desk, new)
    except FieldsInvalid as trouble:
        faults += [
            Fault(one.line, where, text(f"errors.field.{reason}"))
            for where, reason in trouble.problems
            if where not in named
        ]
    number = values.get("nhs_number", "")
    digits = nhs_number.parse(number) if nhs_number.is_valid(number) else None
    if digits is not None and digits in seen.numbers:
        words = text("referral_file.number_in_file", line=seen.numbers[digits])
        faults.append(Fault(one.line, "nhs_number", words))
    born = one.days.get("birth_date")
    named_so = Named(
        values.get("given_name", ""), values.get("family_name", ""), values.get("preferred_name", ""), born, digits
    )
    if faults:
        return LookedRow(one.line, name, one, None, tuple(faults))
    same_as = seen.before(named_so)
    if digits is not None:
        seen.numbers.setdefault(digits, one.line)
    seen.add(one.line, named_so)
    likes = participants.like(desk, named_so.given, named_so.family, born, digits)
    return LookedRow(one.line, name, one, new, (), likes, same_as)


def _new(one: FileRow, *, whole: bool) -> NewReferral:
    values = one.values
    who = ParticipantDetails(
        given_name=values.get("given_name", ""),
        family_name=values.get("family_name", ""),
        birth_date=one.days.get("birth_date"),
        nhs_number=values.get("nhs_number"),
        **{name: values.get(name) for name in _WORDS},  # type: ignore[arg-type]
    )
    return NewReferral(
        source=one.source or ReferralSource.OTHER,
        reason=values.get("reason", ""),
        who=who,
        received_on=one.days.get("received_on"),
        person_knows=one.person_knows,
        whole=whole,
        **{name: values.get(name) for name in _SENT},  # type: ignore[arg-type]
    )


__all__ = [
    "Decision",
    "Looked",
    "LookedRow",
    "bring_in",
    "look",
    "look_at",
    "may_be",
    "may_be_new",
    "save_template",
    "would_come",
]
