"""The certificate of an erasure as PDF: with the name while somebody has just erased, by its number ever after."""

from datetime import date
from pathlib import Path

from workwell_desktop import documents
from workwell_desktop.catalogue import text
from workwell_desktop.documents.erasure_facts import ErasureFacts
from workwell_desktop.documents.facts import PaperHead
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind, PaperKind
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import NotFound
from workwell_desktop.services import whole_files
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.paper_facts import partnership_line
from workwell_desktop.services.paperwork.paper_formats import STANDARD
from workwell_desktop.services.safekeeping import erasing
from workwell_desktop.services.safekeeping.erasing import HeldBy


def certificate(desk: Desk, case: Id, name: str = "", held: tuple[HeldBy, ...] | None = None) -> bytes:
    """The paper, held in memory. ``name`` and the backups that hold the record are known to whoever has just erased;
    later the log tells the last day of those that go by rule, and the folders what nobody has taken away yet. Raises
    NotFound for a case that nobody erased."""
    desk.allow(Act.ERASE)
    found = next((one for one in erasing.log(desk) if one.case == case), None)
    if found is None or found.at is None:
        raise NotFound("erasure")
    if held is None:
        last = found.backups_until
        backups: tuple[tuple[str, date | None], ...] = ((text("papers.erasure.all_backups"), last),) if last else ()
        if found.on_this:
            backups += tuple((one, None) for one in erasing.by_hand(desk, found.at))
    else:
        backups = tuple((one.name, one.until) for one in held)
    with desk.read() as reader:
        partnership = reader.list(Partnership)[0]
    rules = {one.code: f"{one.label}. {one.source}." for one in desk.site.retention.rules}
    facts = ErasureFacts(
        head=PaperHead(
            document=found.erasure,
            partnership=partnership_line(desk.site, partnership),
            dated=desk.clock.today(),
            controller=partnership.controller or desk.site.service.controller,
        ),
        case=found.case,
        name=name,
        at=found.at,
        reason=text(f"retention.reason.{found.reason.value}") if found.reason is not None else "",
        rule=rules.get(found.rule, found.rule),
        decided_by=found.decided_by,
        second=found.second,
        changes=found.changes,
        papers=found.papers,
        minutes=found.minutes,
        backups=backups,
        hub_at=found.hub_at,
        hub=found.hub,
    )
    from workwell_desktop.documents import compose

    return documents.render(compose.erasure_certificate(facts), STANDARD.style, rehearsal=desk.rehearsal)


def save_certificate(desk: Desk, case: Id, place: Path, name: str = "", held: tuple[HeldBy, ...] | None = None) -> None:
    """Writes it to a file that the person chose. Raises as ``certificate``, and ReadOnlyFolder."""
    desk.allow(Act.ERASE)

    def make() -> bytes:
        made = certificate(desk, case, name, held)
        desk.noted(AuditKind.EXPORTED, detail=PaperKind.ERASURE_CERTIFICATE.value)
        return made

    whole_files.write_chosen(place, make)
