"""One form of the library with its versions: what a page shows of it, and what trying it out needs."""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.people import FormVersion
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.forms import Form, Run
from workwell_desktop.forms.compare import Difference, compare
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.filling import Filling
from workwell_desktop.services.library import FormEntry, entry_of, form_in, version_key
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.rights import RightsView, rights_in
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
        versions.sort(key=lambda one: (version_key(one.entry.version), one.entry.form), reverse=True)
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
    """The form as it would be asked, of nobody: there is no person and no response, and nothing of it is stored."""
    desk.allow(Act.READ, FormVersion)
    with desk.read() as reader:
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


def _form(reader: Reader, form: Id) -> Form:
    one = reader.get(FormVersion, form)
    return form_in(reader, one.url or "", digest=one.digest)
