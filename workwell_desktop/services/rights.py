"""The rights to each instrument: the record that comes with the program, and over it what the partnership wrote."""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import FormRights, FormVersion, Partnership, Wording
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.rights import load_rights
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class RightsView:
    """What is known of the rights to one form. ``wording`` is None where nobody has written anything down;
    ``checked_by`` is a name, empty for a record that came with the program (``shipped``)."""

    wording: Wording | None = None
    holder: str = ""
    permitted: str = ""
    proof: str = ""
    text_source: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    shipped: bool = False

    @property
    def words_shown(self) -> bool:
        """Whether the questions may be shown; False sends whoever asks to entering the score."""
        return self.wording is not Wording.SCORE_ONLY


@dataclass(frozen=True, slots=True)
class RightsGiven:
    """What somebody writes down of the rights."""

    wording: Wording | None
    holder: str
    permitted: str
    proof: str
    text_source: str = ""


def of_form(desk: Desk, url: str) -> RightsView:
    """The record that counts for a form."""
    desk.allow(Act.READ, FormVersion)
    with desk.read() as reader:
        return rights_in(reader, url)


def record_rights(desk: Desk, url: str, given: RightsGiven) -> RightsView:
    """Writes down who holds the words and what allows them, as checked today by whoever is acting.

    Raises FieldsInvalid ``rights_wording_missing``, ``rights_holder_missing`` and, where the words are to be shown,
    ``rights_permitted_missing`` and ``rights_proof_missing``.
    """
    desk.allow(Act.MANAGE_FORMS, FormVersion)
    shown = given.wording is not Wording.SCORE_ONLY
    wanted = (
        ("wording", given.wording is None),
        ("holder", not given.holder.strip()),
        ("permitted", shown and not given.permitted.strip()),
        ("proof", shown and not given.proof.strip()),
    )
    if wrong := tuple((name, f"rights_{name}_missing") for name, missing in wanted if missing):
        raise FieldsInvalid(wrong)
    with desk.unit() as unit:
        own = _own(unit.reader, url)
        if own is None:
            scope = unit.reader.list(Partnership)[0].scope
            record = unit.add(FormRights(id=new_id(), scope=scope, url=url))
        else:
            record = own.id
        unit.set(
            FormRights,
            record,
            wording=given.wording,
            holder=given.holder.strip(),
            permitted=given.permitted.strip(),
            proof=given.proof.strip(),
            text_source=given.text_source.strip(),
            checked_on=desk.clock.today(),
            checked_by=desk.me,
        )
    return of_form(desk, url)


def rights_in(reader: Reader, url: str) -> RightsView:
    """The same as ``of_form`` inside a read. ``url`` may carry its version."""
    plain = url.partition("|")[0]
    own = _own(reader, plain)
    if own is not None:
        return RightsView(
            own.wording,
            own.holder or "",
            own.permitted or "",
            own.proof or "",
            own.text_source or "",
            own.checked_on,
            name_of(staff(reader), own.checked_by),
        )
    row = load_rights().get(plain)
    if row is None:
        return RightsView()
    return RightsView(row.wording, row.holder, row.permitted, row.proof, row.text_source, row.checked_on, shipped=True)


def _own(reader: Reader, url: str) -> FormRights | None:
    """The newest; two computers may have begun one each before they heard of each other."""
    found = reader.list(FormRights, url=url)
    return max(found, key=lambda one: (one.checked_on or date.min, Id(one.id)), default=None)
