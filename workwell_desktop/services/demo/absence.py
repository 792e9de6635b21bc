"""Papers for being off work of a made-up participant, and what they brought."""

from typing import TYPE_CHECKING

from workwell_desktop import assets
from workwell_desktop.domain.attachments import Brought
from workwell_desktop.domain.evidence import Fitness, Issuer
from workwell_desktop.domain.participants import Evidence
from workwell_desktop.domain.records import Id
from workwell_desktop.services.employment import evidence
from workwell_desktop.services.employment.evidence_views import EvidenceDetails
from workwell_desktop.services.person import attachments
from workwell_desktop.services.person.attachments import AttachmentDetails

if TYPE_CHECKING:
    from workwell_desktop.services.demo.making import Maker, Row


def make_papers(maker: "Maker", row: "Row", participant: Id) -> None:
    """Each paper on its first day, or on the day the person came where it is older."""
    for one in row.get("papers", ()):
        maker.at(max(one["first"], row["begun"]), "10:45")
        evidence.record(
            maker.desk,
            participant,
            EvidenceDetails(
                Evidence(one["kind"]),
                maker.day(one["first"]),
                maker.day(one["last"]),
                issuer=Issuer(one["issuer"]) if "issuer" in one else None,
                fitness=Fitness(one["fitness"]) if "fitness" in one else None,
                options=frozenset(one.get("options", ())),
                function=one.get("function"),
            ),
        )
    for one in row.get("brought", ()):
        maker.at(one["day"], "10:50")
        plain = attachments.look_into(maker.desk, assets.resource("demo", one["file"]).read_bytes())
        given = AttachmentDetails(Brought(one["kind"]), dated=maker.day(one["dated"]))
        attachments.attach(maker.desk, participant, plain, given)
