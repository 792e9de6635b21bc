"""Lays out the caseload of ``resources/demo/caseload.toml`` around a day."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from workwell_desktop import assets
from workwell_desktop.domain import nhs_number
from workwell_desktop.domain.clock import LONDON, PlayedClock
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import partnership, people, teams
from workwell_desktop.services.assessing import library
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import Argon2Profile

Row = Mapping[str, Any]


class Maker:
    """One making. ``desk`` is the coach's; ``ids`` holds people of the service, ``who`` participants, by key."""

    def __init__(self, path: Path, today: date, passphrase: str, profile: Argon2Profile) -> None:
        self.data: Row = tomllib.loads(assets.resource("demo", "caseload.toml").read_text(encoding="utf-8"))
        self.today = today
        self.passphrase = passphrase
        self.clock = PlayedClock(datetime(2000, 1, 1, tzinfo=UTC), timedelta(seconds=7))
        self.ids: dict[str, Id] = {}
        self.teams: dict[str, Id] = {}
        self.who: dict[str, Id] = {}
        self.at(-200)
        self.desk = self._begin(path, profile)

    def everything(self) -> None:
        """People, participants, sessions; the clock ends in the morning of the day."""
        from workwell_desktop.services.demo.meetings import make_meetings
        from workwell_desktop.services.demo.participant import make_participant
        from workwell_desktop.services.demo.services import make_services

        self._staff()
        library.bring_in_shipped(self.desk)
        for number, row in enumerate(self.data["participants"]):
            self.who[row["key"]] = make_participant(self, row, _numbers()[number])
        make_services(self)
        make_meetings(self)

    def at(self, days: int, at: str = "09:00") -> None:
        """Sets the clock to a time of a day, counted from the day of the making."""
        moment = datetime.combine(self.day(days), time.fromisoformat(at), LONDON)
        self.clock.set(moment.astimezone(UTC))

    def day(self, days: int) -> date:
        """A day counted from the day of the making."""
        return self.today + timedelta(days=days)

    def moment(self, days: int, at: str) -> datetime:
        """A moment in London on such a day."""
        return datetime.combine(self.day(days), time.fromisoformat(at), LONDON).astimezone(UTC)

    def colleague(self, key: str) -> Desk:
        """A desk of somebody else on the same store."""
        store = self.desk.store
        identity = store.identity(self.ids[key], self.passphrase)
        person = next(one for one in people.everyone(self.desk) if one.id == self.ids[key])
        return Desk(store, identity, person, clock=self.clock, site=self.desk.site, rehearsal=True)

    def _begin(self, path: Path, profile: Argon2Profile) -> Desk:
        first, team = self.data["people"][0], self.data["teams"][0]
        begins = opening.FirstRun(
            partnership=self.data["partnership"],
            team=team["name"],
            name=first["name"],
            profession=Profession(first["profession"]),
            passphrase=self.passphrase,
            place=team["place"],
            rehearsal=True,
        )
        desk, _code = opening.create(path, begins, clock=self.clock, profile=profile, unfinished=True)
        self.ids[first["key"]] = desk.me
        self.teams[team["key"]] = Id(min(desk.person.teams))
        return desk

    def _staff(self) -> None:
        data = self.data
        partnership.change(self.desk, controller=data["controller"], phone=data["phone"], hours=data["hours"])
        for row in data["teams"][1:]:
            self.teams[row["key"]] = teams.add(self.desk, row["name"], row["place"])
        first, *others = data["people"]
        people.change(self.desk, self.desk.me, phone=first["phone"])
        for row in others:
            new = people.NewPerson(
                name=row["name"],
                profession=Profession(row["profession"]),
                roles=frozenset(row["roles"]),
                passphrase=self.passphrase,
                registration_number=row.get("registration"),
                teams=frozenset({self.teams[row["team"]]}),
                phone=row.get("phone"),
            )
            self.ids[row["key"]] = people.add(self.desk, new)


def _numbers() -> list[str]:
    """Valid NHS numbers of the 999 range, the first of them 999 000 0018."""
    found: list[str] = []
    number = 1
    while len(found) < 40:
        for last in range(10):
            whole = f"999{number:06d}{last}"
            if nhs_number.is_valid(whole):
                found.append(whole)
        number += 1
    return found
