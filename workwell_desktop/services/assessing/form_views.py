"""One form of the library with its versions: what a page shows of it, and what trying it out needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.people import FormStatus, FormVersion
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, Locked
from workwell_desktop.forms import Form, Run
from workwell_desktop.forms.compare import Difference, compare
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.assessing.library import FormEntry, entry_of, form_in, version_key
from workwell_desktop.services.assessing.rights import RightsView, known_rights, rights_in
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version: when and by whom it came in, and how many responses were given and begun on it."""

    entry: FormEntry
    came_in: datetime | None
    by: str
    given: int
    begun: int


@dataclass(frozen=True, slots=True)
class FormRow:
    """One address in the list: the version in front (offered, else waiting, else the latest), how many versions there
    are, and whether another one waits to be tried."""

    entry: FormEntry
    versions: int
    waiting: bool
    rights: RightsView


_FRONT = {FormStatus.ACTIVE: 2, FormStatus.HELD: 1, FormStatus.RETIRED: 0}


@dataclass(frozen=True, slots=True)
class FormView:
    """One version in front, all versions of the same address with the latest first, and the rights to its words."""

    version: VersionView
    form: Form
    versions: tuple[VersionView, ...]
    rights: RightsView

    @property
    def questions(self) -> int:
        """How many questions it has, hidden and calculated ones too."""
        return sum(1 for item in self.form.items if item.is_question)


class TrialDesk(Desk):
    """The desk of somebody who tries a form out: it reads, and writes nothing at all."""

    def __init__(self, desk: Desk) -> None:
        self.__dict__.update(vars(desk))

    def unit(self) -> NoReturn:
        """Raises Locked."""
        raise Locked


def list_rows(desk: Desk, words: str = "") -> tuple[FormRow, ...]:
    """One row for each address whose title or address holds all of ``words``: what is offered first, by title."""
    desk.allow(Act.READ, FormVersion)
    with desk.read() as reader:
        by_url: dict[str, list[FormEntry]] = {}
        for one in reader.list(FormVersion):
            by_url.setdefault(one.url or "", []).append(entry_of(one))
        known = known_rights(reader)
    order = {url: place for place, url in enumerate(desk.site.measures)}
    rows = []
    for url, versions in by_url.items():
        front = max(versions, key=lambda one: (_FRONT[one.status], version_key(one.version), one.form))
        said = f"{front.title} {url}".casefold()
        if all(word in said for word in words.casefold().split()):
            waiting = front.active and any(one.status is FormStatus.HELD for one in versions)
            rows.append(FormRow(front, len(versions), waiting, known(url)))
    first = len(order)
    return tuple(
        sorted(rows, key=lambda row: (-_FRONT[row.entry.status], order.get(row.entry.url, first), row.entry.title))
    )


def view(desk: Desk, form: Id) -> FormView:
    """All that a page shows of one version."""
    desk.allow(Act.READ, FormVersion)
    with desk.read() as reader:
        chosen = reader.get(FormVersion, form)
        names = staff(reader)
        versions = []
        for one in reader.list(FormVersion, url=chosen.url):
            lines = reader.history(one.id)
            by = name_of(names, lines[0].author) if lines else ""
            responses = reader.list(Response, form_digest=one.digest)
            begun = sum(1 for each in responses if each.status is ResponseStatus.IN_PROGRESS)
            at = lines[0].at if lines else None
            versions.append(VersionView(entry_of(one), at, by, len(responses) - begun, begun))
        versions.sort(key=_age, reverse=True)
        front = next(one for one in versions if one.entry.form == form)
        return FormView(
            version=front,
            form=form_in(reader, front.entry.url, digest=front.entry.digest),
            versions=tuple(versions),
            rights=rights_in(reader, front.entry.url),
        )


def differences(desk: Desk, earlier: Id, later: Id) -> tuple[Difference, ...]:
    """What changed from one version to another."""
    desk.allow(Act.READ, FormVersion)
    with desk.read() as reader:
        return compare(_form(reader, earlier), _form(reader, later))


def try_out(desk: Desk, form: Id) -> Filling:
    """The form as it would be asked, of nobody: there is no person and no response, and nothing of it is stored.

    Raises BadInput ``wording_not_licensed`` where its words may not be shown.
    """
    desk.allow(Act.READ, FormVersion)
    with desk.read() as reader:
        if not rights_in(reader, reader.get(FormVersion, form).url or "").words_shown:
            raise BadInput("wording_not_licensed")
        compiled = _form(reader, form)
    now = desk.clock.now()
    return Filling(
        response=new_id(),
        participant=Id(""),
        form=compiled,
        run=Run(compiled, now=now),
        mode=Mode.INTERVIEW,
        status=ResponseStatus.IN_PROGRESS,
        started_at=now,
        previous={},
    )


def _age(one: VersionView) -> tuple[tuple[tuple[int, str], ...], float, str]:
    """By version, then by when it came in: some authors change a form and not its version."""
    came = one.came_in.timestamp() if one.came_in is not None else 0.0
    return version_key(one.entry.version), came, one.entry.form


def _form(reader: Reader, form: Id) -> Form:
    one = reader.get(FormVersion, form)
    return form_in(reader, one.url or "", digest=one.digest)
