"""Stores for measuring on: real ones, with the passphrase cost of a release, and synthetic people."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.support.tree import ROOT
from workwell_desktop.domain.clock import FixedClock, SystemClock
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.participants import AgreementKind, Party, WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.services import demo
from workwell_desktop.services.assessing import library
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.participant_views import AgreementDetails, ParticipantDetails
from workwell_desktop.services.coming_in.referrals import NewReferral
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.safekeeping import opening
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


def calibrated_store(folder: Path) -> Path:
    """A new store as people make it: Argon2id takes about half a second on this computer. Closed again."""
    first = opening.FirstRun("Benchmark", "North", "Morgan Ellis", Profession.COACH, PASSPHRASE)
    path = folder / "own.workwell"
    desk, _ = opening.create(path, first, clock=SystemClock())
    desk.store.close()
    return path


def rehearsal(folder: Path) -> Path:
    """The rehearsal store with its caseload, closed again."""
    path = folder / "rehearsal.workwell"
    demo.make_store(path, clock=SystemClock()).store.close()
    return path


def unlocked(store: Path, passphrase: str, *words: object) -> dict[str, Any]:
    """What a process of its own found: see ``unlocking.py``."""
    command = [sys.executable, "-m", "tests.benchmarks.unlocking", str(store), passphrase, *map(str, words)]
    folder = str(store.parent)
    environment = os.environ | {"HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


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
