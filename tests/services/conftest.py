"""A real store for every test: made once, copied, opened with a cheap passphrase profile."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.participants import AgreementKind, Party, WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.participant_views import AgreementDetails, ParticipantDetails
from workwell_desktop.services.coming_in.referrals import NewReferral, Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import Argon2Profile, read_slots

CHEAP = Argon2Profile(memory=8, passes=1, lanes=1)
PASSPHRASE = "harbour lantern mosaic"
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""24 November 2026, 9am in London."""

FIRST = opening.FirstRun(
    partnership="Calder Valley partnership",
    team="Calder Valley team",
    name="Maya Okafor",
    profession=Profession.COACH,
    passphrase=PASSPHRASE,
    place="Room 4",
)


@pytest.fixture
def clock() -> FixedClock:
    """Stands still at 9am on Tuesday 24 November 2026."""
    return FixedClock(TUESDAY)


@pytest.fixture(scope="session")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with its first person."""
    path = tmp_path_factory.mktemp("made") / "made.workwell"
    desk, _code = opening.create(path, FIRST, clock=FixedClock(TUESDAY), profile=CHEAP)
    desk.lock()
    return path


def copied(made: Path, folder: Path) -> Path:
    """A copy of a closed store, in another folder."""
    for file in made.parent.iterdir():
        if file.name.startswith(made.name) and not file.name.endswith(".lock"):
            shutil.copy(file, folder / file.name)
    return folder / made.name


@contextmanager
def at_work(path: Path, clock: FixedClock) -> Iterator[Desk]:
    """The first person of a store, who has unlocked it."""
    first = Id(read_slots(path).people[0].person)
    opened = opening.unlock(path, first, PASSPHRASE, clock=clock, profile=CHEAP)
    with ExitStack() as leaving:
        leaving.callback(opened.store.close)
        yield opened


@pytest.fixture
def store_path(made_store: Path, tmp_path: Path) -> Path:
    """A copy of it, closed."""
    return copied(made_store, tmp_path)


@pytest.fixture
def desk(store_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """Maya Okafor, administrator and coach, at work."""
    with at_work(store_path, clock) as opened:
        yield opened


@pytest.fixture
def colleague(desk: Desk) -> Callable[..., Desk]:
    """Another person of the same store, at work beside Maya."""
    return joining(desk)


def joining(desk: Desk) -> Callable[..., Desk]:
    """What adds a colleague at a desk."""

    def join(
        name: str = "Priya Nair",
        profession: Profession = Profession.PHYSIOTHERAPIST,
        role: str = "clinician",
        number: str | None = "PH123456",
    ) -> Desk:
        added = people.add(
            desk,
            NewPerson(
                name=name,
                profession=profession,
                roles=frozenset({role}),
                passphrase=PASSPHRASE,
                registration_number=number,
                teams=desk.person.teams,
            ),
        )
        identity = desk.store.identity(added, PASSPHRASE)
        with desk.read() as reader:
            person = reader.get(type(desk.person), added)
        return Desk(desk.store, identity, person, clock=desk.clock, site=desk.site, profile=CHEAP)

    return join


TAKES_PART = AgreementDetails(AgreementKind.TAKE_PART, Party.PARTICIPANT, given=True, how="in_room")
OFF_SICK = WorkDetails(WorkStatus.OFF_SICK, since=date(2026, 10, 12), employer="Northgate Parcels")


def dani(**changes: object) -> ParticipantDetails:
    """Danielle Marsh, who does not exist."""
    told: dict[str, object] = {
        "given_name": "Danielle",
        "family_name": "Marsh",
        "birth_date": date(1984, 3, 14),
        "preferred_name": "Dani",
        "nhs_number": "999 000 0018",
        "address": "7 Mill Lane",
        "pronouns": "She, her",
    }
    return ParticipantDetails(**{**told, **changes})  # type: ignore[arg-type]


@pytest.fixture
def refer(desk: Desk) -> Callable[..., Referred]:
    """Takes somebody in, accepted by Maya unless told otherwise."""
    return taking_in(desk)


def taking_in(desk: Desk) -> Callable[..., Referred]:
    """What takes somebody in at a desk."""

    def take(given: str = "Danielle", family: str = "Marsh", **changes: object) -> Referred:
        preferred = "Dani" if given == "Danielle" else None
        number = changes.pop("nhs_number", None)
        who = dani(given_name=given, family_name=family, preferred_name=preferred, nhs_number=number)
        told: dict[str, object] = {
            "source": ReferralSource.GP,
            "reason": "Off work with her back.",
            "who": who,
            "agreements": (TAKES_PART,),
            "work": OFF_SICK,
            "accept": True,
        }
        return referrals.create(desk, NewReferral(**{**told, **changes}))  # type: ignore[arg-type]

    return take
