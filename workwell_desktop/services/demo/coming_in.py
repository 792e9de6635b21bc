"""What made-up people said and were asked before anybody took them on."""

from typing import TYPE_CHECKING, Any

from workwell_desktop.domain.coming_in import FIELDS, Said
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in import eligibility, tries

if TYPE_CHECKING:
    from workwell_desktop.services.demo.making import Maker, Row


def sent_by(row: "Row") -> dict[str, Any]:
    """The fields of its source that a row has."""
    return {name: row[name] for name in FIELDS if name in row}


def make_coming_in(maker: "Maker", row: "Row", referral: Id, episode: Id) -> None:
    """Tries and answers, each on its day."""
    for day, way, reached in row.get("tries", ()):
        maker.at(day, "11:30")
        tries.record(maker.desk, episode, way, reached=reached)
    if "asked" in row:
        asked = dict(row["asked"])
        maker.at(asked.pop("day"), "11:40")
        eligibility.record(maker.desk, referral, {code: Said(said) for code, said in asked.items()})
