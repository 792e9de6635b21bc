"""A working week of three laptops, a hub of PostgreSQL over TLS, and a stick: offline days, a meeting, answers apart.

Monday      the coach makes the hub and lets two colleagues in        Thursday   back at base: who differs is asked
Tuesday     home visits, nobody has a network                         Friday     the plan is signed on two laptops
Wednesday   a stick goes from hand to hand; the team meets            Saturday   a laptop is lost
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.case_help import agreed, phq9, say_yes
from tests.services.conftest import CHEAP, FIRST, PASSPHRASE, joining, taking_in
from tests.sync.conftest import hub, hub_server
from tests.sync.hubs import TestHub
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Contact, Response
from workwell_desktop.domain.papers import Document, PaperKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.plans import Action, ObstacleKind, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Contribution, Discussion, Lane, Outcome, Presence
from workwell_desktop.errors import ComputerLost, HubTrouble
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import agenda, discussions, sending, sessions
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.person import contacts, obstacles
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import plans, signatories, signing
from workwell_desktop.services.safekeeping import conflicts, opening, upkeep
from workwell_desktop.services.syncing import by_file, exchange
from workwell_desktop.services.syncing import hub as hub_office
from workwell_desktop.services.syncing.hub import Office
from workwell_desktop.services.syncing.joining import Joining, join
from workwell_desktop.sync.hub.local import SUPERUSER, LocalHub

__all__ = ["hub", "hub_server"]

CHOSEN = "four small brown teapots"
TOM, HELEN = "Tom Reid", "Helen Frost"


@dataclass
class Laptop:
    """Somebody's own computer. Each has a clock of its own, which is set by hand from day to day."""

    desk: Desk
    clock: FixedClock
    pushed: int = 0
    asked: list[str] = field(default_factory=list)

    def day(self, monday: datetime, number: int) -> None:
        self.clock.set(monday + timedelta(days=number))

    def sync(self) -> int:
        """Gives how many questions wait for a choice afterwards."""
        done = exchange.sync(self.desk)
        assert not done.report.refused, done.report.refused
        self.pushed += done.report.pushed
        return done.conflicts

    def choose(self) -> None:
        """Each question is put to the person, who keeps what was written first on the list, and says why."""
        for one in conflicts.of_everything(self.desk):
            assert len({repr(answer.value) for answer in one.answers}) > 1
            assert len({answer.author for answer in one.answers}) > 1, "who wrote each is said"
            self.asked.append(one.field)
            conflicts.settle(self.desk, one.record, one.field, one.answers[0].value, "We spoke about it")


@dataclass
class Week:
    maya: Laptop
    tom: Laptop
    helen: Laptop
    office: Office
    server: LocalHub
    folder: Path

    @property
    def laptops(self) -> tuple[Laptop, Laptop, Laptop]:
        return self.maya, self.tom, self.helen


def created(folder: Path, monday: datetime) -> Laptop:
    folder.mkdir()
    clock = FixedClock(monday)
    desk, _code = opening.create(folder / "own.workwell", FIRST, clock=clock, profile=CHEAP)
    return Laptop(desk, clock)


def invited(maya: Laptop, office: Office, name: str, folder: Path) -> Laptop:
    """A colleague sits down at a new computer with the invitation and the code, and chooses a passphrase."""
    folder.mkdir()
    given = hub_office.enrol(maya.desk, office, (name,), label=f"Laptop of {name}")
    maya.sync()
    clock = FixedClock(maya.clock.now())
    told = Joining(given.file, given.code, PASSPHRASE, new_passphrase=CHOSEN)
    joined = join(folder / "own.workwell", told, clock=clock, profile=CHEAP)
    assert joined.pulled > 0
    return Laptop(joined.desk, clock)


@pytest.fixture
def week(hub_server: object, hub: TestHub, tmp_path: Path) -> Iterator[Week]:
    """Monday: the first laptop, the hub, and two colleagues on laptops of their own."""
    monday = datetime.now(UTC).replace(microsecond=0)
    hub.server.database(name := f"{hub.database}_week")
    office = Office(hub.server.address(name), SUPERUSER, hub.server.password)
    maya = created(tmp_path / "maya", monday)
    join_in: Callable[..., Desk] = joining(maya.desk)
    join_in(TOM, Profession.OCCUPATIONAL_THERAPIST, "clinician", "OT123456")
    join_in(HELEN, Profession.DOCTOR, "chair", "7654321")
    hub_office.init(maya.desk, office)
    own = hub_office.enrol(maya.desk, office, (maya.desk.person.name or "",), label="Laptop of Maya")
    exchange.enrol(maya.desk, own.file, own.code)
    tom = invited(maya, office, TOM, tmp_path / "tom")
    helen = invited(maya, office, HELEN, tmp_path / "helen")
    made = Week(maya, tom, helen, office, hub.server, tmp_path)
    yield made
    if not hub.server.is_running:
        hub.server.start()
    for one in made.laptops:
        if not one.desk.store.closed:
            one.desk.store.close()


def until_quiet(week: Week) -> None:
    for _round in range(4):
        before = [one.pushed for one in week.laptops]
        for one in week.laptops:
            one.sync()
        if before == [one.pushed for one in week.laptops]:
            return
    pytest.fail("the laptops never come to rest")


def case(desk: Desk, who: Id) -> dict[str, object]:
    """All that is said of one person, by kind and record, as a laptop holds it."""
    found: dict[str, object] = {}
    with desk.read() as reader:
        for kind in (Participant, Contact, Response, Action, Discussion, Contribution, Document):
            for one in reader.list(kind, scope=who):
                found[f"{kind.__name__} {one.id}"] = repr(vars(one))
        for one in reader.list(Response, scope=who):
            found[f"answers {one.id}"] = repr(sorted(reader.answers(one.id).items()))
    return found


def week_session(desk: Desk, chair: Id, starts: datetime) -> Id:
    return sessions.create_session(
        desk, Id(min(desk.person.teams)), starts, place="Room 4", chair=chair, note_taker=desk.me
    )


def add(desk: Desk, session: Id, who: Id, people: dict[str | None, Id]) -> Id:
    """Brings a case with the agreement of the person, and asks both colleagues to come; gives the discussion."""
    item = agenda.add_case(desk, session, who, question="What next?", lane=Lane.DISCUSS)
    for name in (TOM, HELEN):
        sessions.invite(desk, session, people[name])
    with desk.read() as reader:
        discussion = reader.list(Discussion, agenda_item=item)[0].id
    agreed(desk, discussion)
    return discussion


def meet(desk: Desk, session: Id, discussion: Id, people: dict[str | None, Id]) -> None:
    """Round one laptop: who is there, what each brings, what is decided."""
    sessions.start_session(desk, session)
    for person in (desk.me, people[TOM], people[HELEN]):
        sessions.attend(desk, sessions.invite(desk, session, person), Presence.PRESENT)
    discussions.contribute(desk, discussion, opinion="Shorter shifts at first", author=people[TOM])
    discussions.decide(
        desk, discussion, decision="Go back bit by bit", rationale="She wants to", outcome=Outcome.CARRY_ON
    )


def planned(desk: Desk, who: Id, clinician: Id, review: date) -> Id:
    obstacle = obstacles.add_obstacle(desk, who, ObstacleKind.PERSON, "Low back pain, worse by night")
    owner = OwnedBy(OwnerKind.STAFF, desk.me)
    obstacles.add_action(desk, who, "Ask about shorter shifts", owner, review, obstacle=obstacle)
    plan = plans.open_plan(desk, who)
    plans.set_plan_text(desk, plan, "function", "Can stand and walk. Lifting is hard at the moment.")
    plans.set_plan_text(desk, plan, "gp_problem", "Low back pain")
    plans.set_review(desk, plan, review)
    signatories.settle_signatories(desk, plan, clinician=clinician)
    return plan


def verdict(desk: Desk, who: Id) -> str:
    """Of the plan that the person takes home, by what this laptop knows."""
    with desk.read() as reader:
        (paper,) = (one for one in reader.list(Document, scope=who) if one.kind is PaperKind.PARTICIPANT_PLAN)
        assert paper.file is not None
        return register.judged(desk, reader, reader.blob(paper.file)).status


def test_three_laptops_a_hub_and_a_stick_agree_after_a_week(week: Week) -> None:
    maya, tom, helen = week.laptops
    monday = maya.clock.now()
    today = monday.date()
    dani = taking_in(maya.desk)().participant
    sam = taking_in(maya.desk)("Sam", "Grey").participant
    phq9(maya.desk, dani, "111111110")
    with maya.desk.read() as reader:
        people = {one.name: one.id for one in reader.list(Person)}
    session = week_session(maya.desk, people[HELEN], monday + timedelta(days=2, hours=4))
    items = {who: add(maya.desk, session, who, people) for who in (dani, sam)}
    sending.send_agenda(maya.desk, session)
    until_quiet(week)
    for one in (tom, helen):
        assert case(one.desk, dani) == case(maya.desk, dani), "whoever is invited has the whole case"

    # Tuesday: home visits; the network is away, and everybody works on
    for one in week.laptops:
        one.day(monday, 1)
    week.server.stop()
    for one in week.laptops:
        with pytest.raises(HubTrouble):
            exchange.sync(one.desk)
    participants.edit(maya.desk, dani, what_matters="Back with my team", gp_practice="Hebble Street Surgery")
    participants.edit(tom.desk, dani, what_matters="To sleep through the night")
    participants.edit(maya.desk, sam, contact_note="Please text first")
    participants.edit(tom.desk, sam, contact_note="Please text first")
    visit = contacts.record(
        tom.desk, dani, ContactDetails("A visit at home", "home", due=tom.clock.now().date()), "Stairs"
    )
    assert exchange.stand(tom.desk).only_here.changes > 0, "what is on this laptop alone is told"

    # Wednesday: still no network; a stick goes from Tom to Maya and back, and the team meets round Maya's laptop
    for one in week.laptops:
        one.day(monday, 2)
    to_maya, to_tom = week.folder / "to-maya.bundle", week.folder / "to-tom.bundle"
    by_file.write(tom.desk, maya.desk.store.device, to_maya)
    assert by_file.read(maya.desk, to_maya).report.applied > 0
    assert by_file.read(maya.desk, to_maya).report.applied == 0, "twice does no harm"
    with maya.desk.read() as reader:
        assert reader.get(Contact, visit).note == "Stairs"
    meet(maya.desk, session, items[dani], people)
    by_file.write(maya.desk, tom.desk.store.device, to_tom)
    by_file.read(tom.desk, to_tom)

    # Thursday: the network is back; each question is asked of a person, and equal words of nobody
    for one in week.laptops:
        one.day(monday, 3)
    week.server.start()
    for one in week.laptops:
        one.sync()
    assert maya.sync() == 1
    maya.choose()
    assert maya.asked == ["what_matters"]
    until_quiet(week)
    for one in week.laptops:
        assert exchange.sync(one.desk).conflicts == 0
        words = participants.get(one.desk, dani)
        whose = {"Back with my team": maya.desk.me, "To sleep through the night": tom.desk.me}
        assert words.what_matters_by == whose[words.what_matters or ""], "who said it goes with what is kept"
        with one.desk.read() as reader:
            told = [line.value for line in reader.history(dani, "what_matters")]
        assert {"Back with my team", "To sleep through the night"} <= set(told), "no answer is lost"

    # Friday: the plan is signed by one on one laptop, and by the other on another
    for one in week.laptops:
        one.day(monday, 4)
    plan = planned(maya.desk, dani, people[TOM], today + timedelta(days=18))
    say_yes(maya.desk, plan, PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY)
    signing.sign_as_coach(maya.desk, plan, PASSPHRASE)
    signing.take_ink(maya.desk, plan, signing.Ink((signing.Stroke(((0.1, 0.1), (0.5, 0.2))),), 1.0, 0.3))
    until_quiet(week)
    signed = signing.sign_as_clinician(tom.desk, plan, tom.desk.me, CHOSEN)
    until_quiet(week)
    for one in week.laptops:
        assert verdict(one.desk, dani) == "complete"
        assert upkeep.check(one.desk).problems == ()
        for who in (dani, sam):
            assert case(one.desk, who) == case(maya.desk, who)
        assert exchange.stand(one.desk).only_here.changes == 0
    assert signed is not None

    # Saturday: Helen's laptop was left on a train
    hub_office.revoke(maya.desk, week.office, f"Laptop of {HELEN}")
    participants.edit(maya.desk, dani, contact_note="Not before ten")
    maya.sync()
    # whoever has it sees it empty itself, as soon as it finds the hub
    with pytest.raises(ComputerLost):
        exchange.sync(helen.desk)
    assert tom.sync() == 0
    assert participants.get(tom.desk, dani).contact_note == "Not before ten"
    with helen.desk.read() as reader:
        assert reader.list(Participant) == []
        assert reader.list(Person) != []
