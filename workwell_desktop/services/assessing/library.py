"""The partnership's questionnaires: shipped ones are brought in pinned by their bytes, others imported as they are."""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass

from workwell_desktop import assets
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import FormStatus, FormVersion, Partnership
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, UnknownForm
from workwell_desktop.forms import Form, compile_form
from workwell_desktop.services.assessing.rights import rights_in
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.fhir.fhir_parts import derived
from workwell_desktop.store import Reader, Unit

MEDIA_TYPE = "application/fhir+json"
KEPT = 24


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One version of a form on the library's shelf."""

    form: Id
    url: str
    version: str | None
    title: str
    digest: str
    status: FormStatus

    @property
    def active(self) -> bool:
        """Whether it is offered."""
        return self.status is FormStatus.ACTIVE


class _Compiled:
    """Compiled forms by the digest of their bytes; a form is immutable, so one is enough for everybody."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, Form] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, digest: str) -> Form | None:
        with self._guard:
            form = self._forms.get(digest)
            if form is not None:
                self._forms.move_to_end(digest)
            return form

    def put(self, digest: str, form: Form) -> None:
        with self._guard:
            self._forms[digest] = form
            while len(self._forms) > KEPT:
                self._forms.popitem(last=False)


_compiled = _Compiled()


def list_forms(desk: Desk, *, retired: bool = False) -> list[FormEntry]:
    """The forms on offer: the site's own order first, then by title; the newest version of each url.

    With ``retired`` every version that was ever here.
    """
    desk.allow(Act.READ, FormVersion)
    with desk.read() as reader:
        entries = [entry_of(one) for one in reader.list(FormVersion)]
    if not retired:
        newest: dict[str, FormEntry] = {}
        for entry in sorted(entries, key=lambda one: (version_key(one.version), one.form)):
            if entry.active:
                newest[entry.url] = entry
        entries = list(newest.values())
    order = {url: place for place, url in enumerate(desk.site.measures)}
    return sorted(entries, key=lambda one: (order.get(one.url, len(order)), one.title, one.version or ""))


def open_form(desk: Desk, url: str, *, version: str | None = None, digest: str | None = None) -> Form:
    """The compiled form: by digest (what a response is pinned to), by version, or the newest one on offer.

    ``url`` may carry its version as ``url|version``. Raises UnknownForm.
    """
    desk.allow(Act.READ, FormVersion)
    with desk.read() as reader:
        return form_in(reader, url, version=version, digest=digest)


def bring_in_shipped(desk: Desk) -> int:
    """Takes the shipped questionnaires into the library and gives how many were new; pinned by digest."""
    desk.allow(Act.IMPORT_FORM, FormVersion)
    with desk.unit() as unit:
        unit.undoable = False
        known = {one.digest for one in unit.reader.list(FormVersion)}
        scope = _partnership(unit.reader)
        return sum(_brought(unit, scope, source, known) for source in shipped())


def take_in_new(desk: Desk) -> tuple[FormEntry, ...]:
    """What a newer program brought with it and this store never had, held until somebody offers it: what is offered
    stays so. Nothing is written where nothing is new.

    Two computers that do this before they hear of each other make one and the same record.
    """
    desk.allow(Act.IMPORT_FORM, FormVersion)
    with desk.read() as reader:
        known = {one.digest for one in reader.list(FormVersion)}
    new = [source for source in shipped() if hashlib.sha256(source).hexdigest() not in known]
    if not new:
        return ()
    with desk.unit() as unit:
        unit.undoable = False
        scope = _partnership(unit.reader)
        known = {one.digest for one in unit.reader.list(FormVersion)}
        digests = {
            hashlib.sha256(source).hexdigest()
            for source in new
            if _brought(unit, scope, source, known, FormStatus.HELD, shared=True)
        }
        return tuple(entry_of(one) for one in unit.reader.list(FormVersion) if one.digest in digests)


def offer_shipped(desk: Desk) -> int:
    """Offers what came with the program, is held, and has no other version on offer; gives how many."""
    desk.allow(Act.MANAGE_FORMS, FormVersion)
    digests = {hashlib.sha256(source).hexdigest() for source in shipped()}
    with desk.unit() as unit:
        offered = {one.url for one in unit.reader.list(FormVersion, status=FormStatus.ACTIVE)}
        held = [
            one
            for one in unit.reader.list(FormVersion, status=FormStatus.HELD)
            if one.digest in digests and one.url not in offered and rights_in(unit.reader, one.url or "").words_shown
        ]
        for one in held:
            unit.set(FormVersion, one.id, status=FormStatus.ACTIVE)
        return len(held)


def import_form(desk: Desk, source: bytes, status: FormStatus = FormStatus.ACTIVE) -> FormEntry:
    """Takes a questionnaire into the library as its bytes are: offered at once, or ``held`` until somebody tried it.

    Raises FormRefused where it cannot be trusted to run. What is here already stays as it is.
    """
    desk.allow(Act.IMPORT_FORM, FormVersion)
    with desk.unit() as unit:
        known = {one.digest for one in unit.reader.list(FormVersion)}
        _brought(unit, _partnership(unit.reader), source, known, status)
        digest = hashlib.sha256(source).hexdigest()
        return entry_of(unit.reader.list(FormVersion, digest=digest)[0])


def activate_form(desk: Desk, form: Id) -> FormEntry:
    """Offers one version of a form and no other; what was begun on another goes on there, to its end.

    Raises BadInput ``wording_not_licensed`` where its words may not be shown.
    """
    desk.allow(Act.MANAGE_FORMS, FormVersion)
    with desk.unit() as unit:
        chosen = unit.reader.get(FormVersion, form)
        if not rights_in(unit.reader, chosen.url or "").words_shown:
            raise BadInput("wording_not_licensed")
        _retire_others(unit, chosen.url, form)
        unit.set(FormVersion, form, status=FormStatus.ACTIVE)
        return entry_of(unit.reader.get(FormVersion, form))


def retire_form(desk: Desk, form: Id) -> None:
    """No longer offered; responses given on it stay readable."""
    desk.allow(Act.MANAGE_FORMS, FormVersion)
    with desk.unit() as unit:
        unit.set(FormVersion, form, status=FormStatus.RETIRED)


def form_in(reader: Reader, url: str, *, version: str | None = None, digest: str | None = None) -> Form:
    """The same as ``open_form`` inside a read."""
    plain, _, pinned = url.partition("|")
    if digest is not None and (ready := _compiled.get(digest)) is not None:
        return ready
    if digest is not None:
        found = reader.list(FormVersion, digest=digest)
    else:
        found = reader.list(FormVersion, url=plain, status=FormStatus.ACTIVE)
        if version or pinned:
            found = [one for one in reader.list(FormVersion, url=plain) if one.version == (version or pinned)]
    chosen = max(found, key=lambda one: (version_key(one.version), one.id), default=None)
    if chosen is None or chosen.definition is None or chosen.digest is None:
        raise UnknownForm(url)
    ready = _compiled.get(chosen.digest)
    if ready is None:
        ready = compile_form(reader.blob(chosen.definition))
        _compiled.put(chosen.digest, ready)
    return ready


def shipped() -> list[bytes]:
    """The questionnaires that come with the program, by file name."""
    return [path.read_bytes() for path in sorted(assets.resource("instruments").glob("*.json"))]


def _brought(
    unit: Unit,
    scope: Id,
    source: bytes,
    known: set[str | None],
    status: FormStatus = FormStatus.ACTIVE,
    *,
    shared: bool = False,
) -> int:
    digest = hashlib.sha256(source).hexdigest()
    if digest in known:
        return 0
    form = compile_form(source)
    _compiled.put(digest, form)
    offered = unit.reader.list(FormVersion, url=form.url, status=FormStatus.ACTIVE)
    if any(version_key(one.version) > version_key(form.version) for one in offered):
        # somebody chose a later version: an earlier one that comes in takes nothing from it
        status = FormStatus.HELD
    elif status is FormStatus.ACTIVE:
        _retire_others(unit, form.url)
    unit.add(
        FormVersion(
            id=derived(scope, f"form {digest}") if shared else new_id(),
            scope=scope,
            url=form.url,
            version=form.version,
            title=form.title,
            digest=digest,
            definition=unit.blob(source, MEDIA_TYPE, scope),
            status=status,
        )
    )
    known.add(digest)
    return 1


def _retire_others(unit: Unit, url: str | None, but: Id | None = None) -> None:
    """One version of a form is offered at a time."""
    for other in unit.reader.list(FormVersion, url=url, status=FormStatus.ACTIVE):
        if other.id != but:
            unit.set(FormVersion, other.id, status=FormStatus.RETIRED)


def _partnership(reader: Reader) -> Id:
    return reader.list(Partnership)[0].scope


def entry_of(one: FormVersion) -> FormEntry:
    """A record as the lists show it."""
    return FormEntry(
        one.id, one.url or "", one.version, one.title or "", one.digest or "", one.status or FormStatus.RETIRED
    )


def version_key(version: str | None) -> tuple[tuple[int, str], ...]:
    """1.10 after 1.9; words by their letters."""
    parts = (version or "").replace("-", ".").split(".")
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
