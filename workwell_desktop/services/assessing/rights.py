"""The rights to each instrument: the record that comes with the program, and over it what the partnership wrote."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import FormRights, FormStatus, FormVersion, Partnership, Wording
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.rights import load_rights
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.assessing import score_only
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class RightsView:
    """What is known of the rights to one form. ``wording`` is None where nobody has written anything down.

    ``checked_on`` and ``checked_by`` (a name) are of a record that the partnership wrote. One that came with the
    program (``shipped``) says when it was ``written_on``, and in ``checked_on`` when its page was read, if ever.
    """

    wording: Wording | None = None
    holder: str = ""
    permitted: str = ""
    proof: str = ""
    text_source: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    shipped: bool = False
    written_on: date | None = None
    score_form: bool = False
    """Whether the form asks for the score alone, so that there are no words of the instrument in it."""

    @property
    def words_shown(self) -> bool:
        """Whether the words of the form may be shown; where not, its score is entered on another form."""
        return self.score_form or self.wording is not Wording.SCORE_ONLY


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
    """Writes down who holds the words and what allows them, as checked today by whoever is acting. A form whose words
    may not be shown is no longer offered; the form for its score is, in its place.

    Raises FieldsInvalid ``rights_wording_missing``, ``rights_holder_missing`` and, where the words are to be shown,
    ``rights_permitted_missing`` and ``rights_proof_missing``.
    """
    desk.allow(Act.MANAGE_FORMS, FormVersion)
    url = score_only.base_url(url)
    shown = given.wording is not Wording.SCORE_ONLY
    wanted = (
        ("wording", "rights_wording_missing", given.wording is None),
        ("holder", "rights_holder_missing", not given.holder.strip()),
        ("permitted", "rights_permitted_missing", shown and not given.permitted.strip()),
        ("proof", "rights_proof_missing", shown and not given.proof.strip()),
    )
    if wrong := tuple((name, reason) for name, reason, missing in wanted if missing):
        raise FieldsInvalid(wrong)
    with desk.unit() as unit:
        own = unit.reader.list(FormRights, order_by=("checked_on", "id"), url=url)
        scope = unit.reader.list(Partnership)[0].scope
        record = own[-1].id if own else unit.add(FormRights(id=new_id(), scope=scope, url=url))
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
        if not rights_in(unit.reader, url).words_shown:
            for one in unit.reader.list(FormVersion, url=url, status=FormStatus.ACTIVE):
                unit.set(FormVersion, one.id, status=FormStatus.RETIRED)
            score_only.offer(unit, desk.site, url)
        else:
            score_only.withdraw(unit, url)
    return of_form(desk, url)


def rights_in(reader: Reader, url: str) -> RightsView:
    """The same as ``of_form`` inside a read. ``url`` may carry its version."""
    return known_rights(reader)(url)


def known_rights(reader: Reader) -> Callable[[str], RightsView]:
    """Asks for the rights of many forms, read once. A form for the score alone has those of the form it stands for."""
    own: dict[str, FormRights] = {}
    # two computers may have begun a record each before they heard of each other: the newest counts
    for one in sorted(reader.list(FormRights), key=lambda each: (each.checked_on or date.min, each.id)):
        own[one.url or ""] = one
    names = staff(reader) if own else {}

    def ask(url: str) -> RightsView:
        plain = score_only.base_url(url)
        row, mine = load_rights().get(plain), own.get(plain)
        made = url.partition("|")[0] != plain
        score_form = made or (row is not None and row.wording is Wording.SCORE_ONLY)
        if mine is not None:
            return RightsView(
                mine.wording,
                mine.holder or "",
                mine.permitted or "",
                mine.proof or "",
                mine.text_source or "",
                mine.checked_on,
                name_of(names, mine.checked_by),
                score_form=score_form,
            )
        if row is None:
            return RightsView(score_form=score_form)
        told = (row.wording, row.holder, row.permitted, row.proof, row.text_source, row.page_read_on)
        return RightsView(*told, shipped=True, written_on=row.written_on, score_form=score_form)

    return ask
