"""Stores for measuring on: real ones, with the passphrase cost of a release, and synthetic people."""

from datetime import UTC, date, datetime
from pathlib import Path

from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.participants import AgreementKind, Party, WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.services import library, opening, referrals
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.participant_views import AgreementDetails, ParticipantDetails
from workwell_desktop.services.referrals import NewReferral
from workwell_desktop.services.work_views import WorkDetails
from workwell_desktop.store import Argon2Profile

MOMENT = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
PASSPHRASE = "orchard lantern seven pebbles"


def made_desk(folder: Path) -> Desk:
    """A new store, open, with one person at work in it."""
    first = opening.FirstRun("Benchmark", "North", "Morgan Ellis", Profession.COACH, PASSPHRASE)
    path = folder / "benchmark.workwell"
    desk, _ = opening.create(path, first, clock=FixedClock(MOMENT), profile=Argon2Profile.floor())
    library.bring_in_shipped(desk)
    return desk


def made_store(folder: Path) -> Path:
    """A new store, closed again."""
    made_desk(folder).store.close()
    return folder / "benchmark.workwell"


def referred(desk: Desk) -> Id:
    """Somebody who does not exist, taken in."""
    taken = referrals.create(
        desk,
        NewReferral(
            source=ReferralSource.GP,
            reason="Off work with her back.",
            who=ParticipantDetails(given_name="Danielle", family_name="Marsh", birth_date=date(1984, 3, 14)),
            agreements=(AgreementDetails(AgreementKind.TAKE_PART, Party.PARTICIPANT, given=True, how="in_room"),),
            work=WorkDetails(WorkStatus.OFF_SICK, since=date(2026, 1, 12)),
            accept=True,
        ),
    )
    return taken.participant
