"""Services that a made-up partnership knows, and one that was chosen."""

from typing import TYPE_CHECKING

from workwell_desktop.domain.directory import Capacity, Way
from workwell_desktop.services.signposting import directory, service_loops
from workwell_desktop.services.signposting.directory_views import OWN, ServiceDetails
from workwell_desktop.services.signposting.service_loops import Chosen

if TYPE_CHECKING:
    from workwell_desktop.services.demo.making import Maker, Row


def make_services(maker: "Maker") -> None:
    """Each entry of the directory, and what was chosen of them."""
    keys = {row["code"]: OWN + directory.add(maker.desk, _details(maker, row)) for row in maker.data["services"]}
    for one in maker.data["loops"]:
        maker.at(one["day"], "11:30")
        service_loops.choose(
            maker.desk, maker.who[one["who"]], keys[one["service"]], Chosen(Way.REFERRAL, one["asked"])
        )


def _details(maker: "Maker", row: "Row") -> ServiceDetails:
    texts = {name: row.get(name, "") for name in ("code", "name", "area", "how", "contact", "phone")}
    return ServiceDetails(
        **texts,
        helps=frozenset(row["helps"]),
        way=Way(row["way"]),
        wait_weeks=row.get("wait_weeks"),
        capacity=Capacity(row.get("capacity", "open")),
        closed_until=maker.day(row["closed_until"]) if "closed_until" in row else None,
        access=frozenset(row.get("access", ())),
        checked_on=maker.day(row["checked"]),
    )
