"""Three laptops write and choose apart: a choice is a person's, ends in one answer everywhere, and loses nothing."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.case_help import option, phq9
from tests.services.conftest import CHEAP, PASSPHRASE, TUESDAY, at_work, copied, joining, taking_in
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Contact, RiskConversation, RiskStatus
from workwell_desktop.domain.participants import Participant, Settling, WorkSituation
from workwell_desktop.domain.plans import Action, ActionStatus, Obstacle, ObstacleKind, OwnerKind, Plan, PlanStatus
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.values import PartialDate, Value
from workwell_desktop.errors import BadInput, FieldsInvalid, NoPermission
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import record
from workwell_desktop.services.planning import plans
from workwell_desktop.services.safekeeping import conflicts, digest, forks, opening
from workwell_desktop.services.safekeeping._holding import held_by, refuse_held
from workwell_desktop.store import slots


@dataclass
class Laptops:
    """``desks`` are Maya's, Priya's and Sam's, each on a store of its own."""

    desks: tuple[Desk, Desk, Desk]
    who: Id
    take: Callable[[str], Id]

    def refer(self, given_name: str) -> Id:
        """Somebody new, of whom everybody has heard."""
        made = self.take(given_name)
        self.meet()
        return made

    def give(self, giver: int, taker: int) -> None:
        there, here = self.desks[giver].store, self.desks[taker].store
        here.apply(there.changes_since(here.vector()))

    def meet(self) -> None:
        """Everything reaches everybody."""
        for giver, taker in ((0, 1), (1, 2), (2, 0), (0, 1), (1, 2), (2, 0)):
            self.give(giver, taker)

    def apart(self, cls: type, which: Id, *values: dict[str, Any]) -> None:
        """Each laptop, from the first, sets its own values; then all meet."""
        for desk, given_ in zip(self.desks, values, strict=False):
            with desk.unit() as unit:
                unit.set(cls, which, **given_)
        self.meet()


def copy_of(desk: Desk, person: Id, folder: Path) -> Desk:
    folder.mkdir()
    path = desk.store.path
    desk.store.backup(folder / "copy")
    for file in path.parent.glob(f"{path.name}*"):
        if not file.name.endswith((".lock", "-wal", "-shm")):
            shutil.copy(file, folder / file.name)
    other = folder / path.name
    slots.save(other, replace(slots.load(other), renew=True))
    return opening.unlock(other, person, PASSPHRASE, clock=desk.clock, profile=CHEAP)


@pytest.fixture(scope="module")
def laptops(made_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptops]:
    folder = tmp_path_factory.mktemp("laptops")
    with at_work(copied(made_store, folder), FixedClock(TUESDAY)) as maya:
        refer = taking_in(maya)
        who = refer().participant
        priya = joining(maya)()
        sam = joining(maya)("Sam Hill", role="chair", number="PH654321")
        there, yonder = copy_of(maya, priya.me, folder / "b"), copy_of(maya, sam.me, folder / "c")
        try:
            yield Laptops((maya, there, yonder), who, lambda given_: refer(given_, "Example").participant)
        finally:
            there.store.close()
            yonder.store.close()


def contact(laptops: Laptops, **values: object) -> Id:
    with laptops.desks[0].unit() as unit:
        made = unit.add(Contact(id=new_id(), scope=laptops.who, purpose="Review call", **values))  # type: ignore[arg-type]
    laptops.meet()
    return made


def only(desk: Desk, which: Id, field: str) -> conflicts.ConflictView:
    found = [one for one in conflicts.of_everything(desk) if (one.record, one.field) == (which, field)]
    assert len(found) == 1
    return found[0]


def waits(desk: Desk, which: Id) -> int:
    return sum(one.record == which for one in conflicts.of_everything(desk))


def test_three_answers_say_who_had_not_seen_whose_and_all_of_them_can_be_kept(laptops: Laptops) -> None:
    talk = contact(laptops, note="Before")
    laptops.apart(Contact, talk, {"note": "Slept badly"}, {"note": "Pain is less"}, {"note": "Wants to work"})
    maya = laptops.desks[0]
    view = only(maya, talk, "note")
    assert {one.value for one in view.answers} == {"Slept badly", "Pain is less", "Wants to work"}
    assert view.before is not None
    assert view.before.value == "Before"
    of = {one.by_name: one.unseen for one in view.answers}
    assert of["Maya Okafor"] == ("Priya Nair", "Sam Hill")
    assert view.mergeable
    assert not view.sensitive
    conflicts.keep_both(maya, talk, "note", [one.by_name for one in view.answers])
    with maya.read() as reader:
        kept = (reader.get(Contact, talk).note or "").split("\n")
    assert set(kept) == {"Slept badly (Maya Okafor)", "Pain is less (Priya Nair)", "Wants to work (Sam Hill)"}
    laptops.meet()
    assert [waits(desk, talk) for desk in laptops.desks] == [0, 0, 0]


def test_answers_to_different_questions_before_say_what_each_had_seen(laptops: Laptops) -> None:
    talk = contact(laptops, note="First")
    with laptops.desks[0].unit() as unit:
        unit.set(Contact, talk, note="Second")
    laptops.apart(Contact, talk, {"note": "From the second"}, {"note": "From the first"})
    view = only(laptops.desks[0], talk, "note")
    assert view.before is None
    seen = {one.by_name: one.before.value if one.before else None for one in view.answers}
    assert seen == {"Maya Okafor": "Second", "Priya Nair": "First"}


def test_sets_are_kept_together(laptops: Laptops) -> None:
    who = laptops.who
    laptops.apart(Participant, who, {"needs": frozenset({"audio"})}, {"needs": frozenset({"large_print", "audio"})})
    conflicts.keep_both(laptops.desks[1], who, "needs", ["", ""])
    laptops.meet()
    with laptops.desks[2].read() as reader:
        assert reader.get(Participant, who).needs == {"audio", "large_print"}


@pytest.mark.parametrize(
    ("cls", "field", "one", "other"),
    [
        (Contact, "note", "Caf\u00e9  at noon ", "Cafe\u0301 at noon"),
        (WorkSituation, "usual_hours", Decimal("24"), Decimal("24.0")),
        (Contact, "note", None, "  "),
    ],
)
def test_what_says_the_same_is_asked_of_nobody_and_an_edit_replaces_all_of_it(
    laptops: Laptops, cls: type, field: str, one: object, other: object
) -> None:
    before = {"note": "Before", "usual_hours": Decimal(37)}[field]
    with laptops.desks[0].unit() as unit:
        which = unit.add(cls(id=new_id(), scope=laptops.who, **{field: before}))
    laptops.meet()
    laptops.apart(cls, which, {field: one}, {field: other})
    assert [waits(desk, which) for desk in laptops.desks] == [0, 0, 0]
    with laptops.desks[2].unit() as unit:
        values: dict[str, Any] = {field: {"note": "After", "usual_hours": Decimal(30)}[field]}
        unit.set(cls, which, **values)
    laptops.meet()
    assert [waits(desk, which) for desk in laptops.desks] == [0, 0, 0]
    assert laptops.desks[1].store.check().ok


def test_a_capital_letter_is_a_difference(laptops: Laptops) -> None:
    talk = contact(laptops)
    laptops.apart(Contact, talk, {"place": "May house"}, {"place": "may house"})
    assert only(laptops.desks[0], talk, "place").answers


def test_two_choices_made_apart_are_asked_about_again_and_end(laptops: Laptops) -> None:
    talk = contact(laptops, note="Before")
    laptops.apart(Contact, talk, {"note": "A walk"}, {"note": "A swim"})
    conflicts.settle(laptops.desks[0], talk, "note", "A walk")
    conflicts.settle(laptops.desks[1], talk, "note", "A swim")
    laptops.meet()
    view = only(laptops.desks[2], talk, "note")
    assert [one.settled for one in view.answers] == [True, True]
    conflicts.settle(laptops.desks[2], talk, "note", "Both, in turn", "They said so")
    sam = laptops.desks[2]
    assert sam.store.undo(sam.identity) is None, "undone, one answer would stand that nobody chose"
    laptops.meet()
    for desk in laptops.desks:
        assert waits(desk, talk) == 0
        said = {line.value for line in record.field_history(desk, laptops.who, talk, "note")}
        assert said >= {"Before", "A walk", "A swim", "Both, in turn"}
        with desk.read() as reader:
            assert reader.list(Settling, of=talk)[0].why == "They said so"


def test_a_delicate_field_needs_a_role_and_a_reason(laptops: Laptops) -> None:
    maya, priya, sam = laptops.desks
    who = laptops.refer("Rowan")
    with maya.unit() as unit:
        step = unit.add(Obstacle(id=new_id(), scope=who, kind=ObstacleKind.PERSON, text="Pain"))
    laptops.meet()
    laptops.apart(Obstacle, step, {"text": "Pain at night"}, {"text": "Pain by day"})
    assert [only(desk, step, "text").may for desk in laptops.desks] == [True, True, False]
    assert only(sam, step, "text").answers, "who may read but not change sees both"
    with pytest.raises(NoPermission):
        conflicts.settle(sam, step, "text", "Pain at night", "I know")
    with pytest.raises(FieldsInvalid):
        conflicts.settle(priya, step, "text", "Pain at night", " ")
    conflicts.settle(priya, step, "text", "Pain at night", "Seen together")
    assert waits(priya, step) == 0


def test_the_person_of_a_number_and_a_day_of_birth_is_chosen_with_a_reason(laptops: Laptops) -> None:
    who = laptops.refer("Ash")
    laptops.apart(Participant, who, {"birth_date": date(1980, 1, 2)}, {"birth_date": date(1980, 2, 1)})
    with pytest.raises(FieldsInvalid):
        conflicts.settle(laptops.desks[0], who, "birth_date", PartialDate(1980, 1, 2))
    with laptops.desks[0].read() as reader:
        assert held_by(reader, who) == ("Date of birth",)


def test_an_answer_that_opens_the_talk_of_risk_is_chosen_by_who_may_hold_it(laptops: Laptops) -> None:
    maya, priya, sam = laptops.desks
    who = laptops.refer("Willow")
    filling = phq9(maya, who, "0", finish=False)
    response, worst = filling.response, option(filling, "phq9-9", "LA6571-9")
    laptops.meet()
    for desk, given_answer in ((maya, option(filling, "phq9-9", "LA6568-5")), (priya, worst)):
        with desk.unit() as unit:
            unit.answer(response, "phq9-9", given_answer)
    laptops.meet()
    view = only(sam, response, "answer/phq9-9")
    assert [words for _value, words in view.others] == ["Several days", "More than half the days"]
    assert view.sensitive
    assert "better off dead" in view.what
    with pytest.raises(FieldsInvalid):
        conflicts.settle(priya, response, view.field, worst)
    conflicts.settle(priya, response, view.field, worst, "Asked again in the room")
    with priya.read() as reader:
        (talk,) = reader.list(RiskConversation, scope=who)
    assert (talk.status, talk.response) == (RiskStatus.OPEN, response)


def test_signing_and_the_employers_paper_wait_and_say_for_what(laptops: Laptops) -> None:
    maya = laptops.desks[0]
    who = laptops.refer("Hazel")
    plan = plans.open_plan(maya, who)
    laptops.meet()
    laptops.apart(Plan, plan, {"what_matters": "Being with my team"}, {"what_matters": "Earning again"})
    assert conflicts.holds(maya, who)
    with maya.read() as reader, pytest.raises(BadInput) as refused:
        refuse_held(reader, who)
    assert refused.value.reason == "answers_apart"
    with maya.unit() as unit:
        unit.set(Plan, plan, status=PlanStatus.SIGNING)
    from workwell_desktop.services.planning.signing import sign_as_coach

    with pytest.raises(BadInput) as refused:
        sign_as_coach(maya, plan, PASSPHRASE)
    assert refused.value.reason == "answers_apart"
    conflicts.settle(maya, plan, "what_matters", "Being with my team", "Asked again")
    assert not conflicts.holds(maya, who)


def test_what_was_signed_counts_as_amended_while_another_answer_stands_beside_it(laptops: Laptops) -> None:
    maya = laptops.desks[0]
    who = laptops.refer("Linden")
    plan = plans.open_plan(maya, who)
    laptops.meet()
    with maya.unit() as unit:
        unit.set(Plan, plan, strengths="Knows the line")
        covers = unit.reader.heads_of(plan)
        unit.set(Plan, plan, covers=covers, status=PlanStatus.SIGNED)
        assert not unit.reader.amended(covers) - unit.reader.amended(covers)
    with laptops.desks[1].unit() as unit:
        unit.set(Plan, plan, strengths="Good with people")
    with maya.read() as reader:
        before = reader.amended(covers)
    laptops.meet()
    with maya.read() as reader:
        assert len(reader.amended(covers) - before) == 1
    assert only(maya, plan, "strengths").amends


def test_delete_against_edit_is_asked(laptops: Laptops) -> None:
    talk = contact(laptops, note="Before")
    with laptops.desks[0].unit() as unit:
        unit.delete(Contact, talk)
    with laptops.desks[1].unit() as unit:
        unit.set(Contact, talk, note="After")
    laptops.meet()
    (view,) = [one for one in conflicts.of_everything(laptops.desks[2]) if one.record == talk]
    assert view.deletion
    assert {one.value for one in view.answers} == {True, False}
    conflicts.settle(laptops.desks[2], talk, view.field, False)
    laptops.meet()
    assert [waits(desk, talk) for desk in laptops.desks] == [0, 0, 0]


def test_a_plan_that_was_written_apart_is_asked_from_end_to_end(laptops: Laptops) -> None:
    who = laptops.refer("Birch")
    maya = laptops.desks[0]
    with maya.unit() as unit:
        steps = [
            unit.add(
                Action(id=new_id(), scope=who, text=f"Step {n}", owner_kind=OwnerKind.PARTICIPANT, position=f"{n}")
            )
            for n in (1, 2)
        ]
    laptops.meet()
    for desk, word, key in ((maya, "walk", "3"), (laptops.desks[1], "swim", "0")):
        with desk.unit() as unit:
            unit.set(Action, steps[0], text=f"A {word}", due=date(2026, 12, len(word) + int(key)), position=key)
            unit.set(Action, steps[1], status=ActionStatus.DONE if key == "3" else ActionStatus.NOT_NEEDED)
    laptops.meet()
    views = conflicts.of_participant(maya, who)
    assert [one.place for one in views] == [1, 2, 3, 4]
    assert [one.record for one in views] in ([steps[0]] * 3 + [steps[1]], [steps[1]] + [steps[0]] * 3)
    order = next(one for one in views if one.field == "position")
    assert {answer.value: behind for answer, behind in zip(order.answers, order.places, strict=True)} == {
        "3": "Step 2",
        "0": "",
    }
    for view in views:
        conflicts.settle(maya, view.record, view.field, view.answers[0].value, "Gone through together")
    assert conflicts.of_participant(maya, who) == ()


def test_a_fork_is_named_with_its_laptop_and_its_people(laptops: Laptops, tmp_path: Path) -> None:
    maya = laptops.desks[0]
    talk = contact(laptops)
    clone = copy_of(laptops.desks[1], laptops.desks[1].me, tmp_path / "clone")
    clone.store.close()
    other = tmp_path / "clone" / maya.store.path.name
    slots.save(other, replace(slots.load(other), renew=False))
    clone = opening.unlock(other, laptops.desks[1].me, PASSPHRASE, clock=maya.clock, profile=CHEAP)
    # as a copied disk would, it goes on under the name of the first
    clone.store._counter.incarnation = laptops.desks[1].store._counter.incarnation
    try:
        for desk, words in ((laptops.desks[1], "One"), (clone, "Other")):
            with desk.unit() as unit:
                unit.set(Contact, talk, note=words)
        laptops.give(1, 0)
        maya.store.apply(clone.store.changes_since({}))
    finally:
        clone.store.close()
    (fork,) = forks.waiting(maya)
    assert (fork.people, fork.changes, fork.at_hub) == (("Priya Nair",), 1, False)
    forks.see_to(maya)
    assert forks.waiting(maya) == ()
    forks.note_refused(maya, 3)
    assert [(one.changes, one.at_hub, one.here) for one in forks.waiting(maya)] == [(3, True, True)]
    forks.note_refused(maya, 0)
    assert [one.seen for one in forks.view(maya)] == [True]


def test_the_digest_says_who_changed_what_since_i_last_looked(laptops: Laptops) -> None:
    maya, priya, sam = laptops.desks
    who, other = laptops.refer("Juniper"), laptops.refer("Alder")
    laptops.meet()
    digest.look_at_all(maya)
    digest.look_at_all(maya)
    assert digest.of_mine(maya).cases == ()
    with maya.unit() as unit:
        unit.set(Participant, who, town="Mine is no news")
    with priya.unit() as unit:
        unit.set(Participant, who, phone="01632 960 111")
        unit.add(Contact(id=new_id(), scope=who, purpose="Called in"))
    with sam.unit() as unit:
        unit.set(Participant, other, phone="01632 960 112")
    laptops.meet()
    assert digest.unread(maya) == 2
    assert digest.unread(priya) == 0, "none of them is her case"
    found = {one.participant: one for one in digest.of_mine(maya).new}
    (by,) = found[who].by
    assert (by.name, {one.kind for one in by.what}) == ("Priya Nair", {"participant", "contact"})
    assert next(one.fields for one in by.what if one.kind == "participant") == ("phone",)
    digest.look_at(maya, who)
    assert [one.participant for one in digest.of_mine(maya).new] == [other]
    digest.look_at_all(maya)
    shown = digest.of_mine(maya)
    assert shown.new == ()
    assert {one.participant for one in shown.cases} == {who, other}, "what was seen last stays in sight"
    with sam.unit() as unit:
        unit.set(Participant, who, phone="01632 960 113")
    laptops.meet()
    assert [one.participant for one in digest.of_mine(maya).new] == [who]


def test_the_digest_reads_what_is_new_and_not_the_whole_log(laptops: Laptops) -> None:
    maya = laptops.desks[0]
    with maya.read() as reader:
        last = reader.last_change()
        plan = reader._connection.exec_driver_sql(
            "explain query plan select n from change where n > ? and author != ? order by n desc limit 9", (last, "x")
        ).all()
    assert "SEARCH change USING INTEGER PRIMARY KEY (rowid>?)" in str(plan)


_STEPS = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(["write", "choose", "third", "both", "give", "give"]), st.integers(0, 5)
    ),
    min_size=3,
    max_size=14,
)


@settings(max_examples=8)
@given(steps=_STEPS)
def test_any_order_of_choosing_ends_equal_and_loses_nothing(
    laptops: Laptops, steps: list[tuple[int, str, int]]
) -> None:
    chosen_apart(laptops, steps)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(max_examples=300)
@given(steps=_STEPS)
def test_many_orders_of_choosing_end_equal_and_lose_nothing(
    laptops: Laptops, steps: list[tuple[int, str, int]]
) -> None:
    chosen_apart(laptops, steps)


def chosen_apart(laptops: Laptops, steps: list[tuple[int, str, int]]) -> None:
    talk = contact(laptops, note="Before")
    written = {"Before"}
    for count, (at, act, value) in enumerate(steps):
        desk = laptops.desks[at]
        if act == "give":
            laptops.give(at, value % 3)
            continue
        if act == "write":
            with desk.unit() as unit:
                unit.set(Contact, talk, note=f"Words {count}")
            written.add(f"Words {count}")
            continue
        with desk.read() as reader:
            found = reader.conflict(f"{talk}/note")
        if found is None:
            continue
        if act == "both":
            conflicts.keep_both(desk, talk, "note", [f"{place}" for place in range(len(found.heads))])
        else:
            kept: Value | None = f"Third {count}" if act == "third" else found.heads[value % len(found.heads)].value
            conflicts.settle(desk, talk, "note", kept)
    laptops.meet()
    if waits(laptops.desks[1], talk):
        with laptops.desks[1].read() as reader:
            last = reader.conflict(f"{talk}/note")
        assert last is not None
        conflicts.settle(laptops.desks[1], talk, "note", last.heads[0].value)
        laptops.meet()
    shown = set()
    for desk in laptops.desks:
        assert waits(desk, talk) == 0
        with desk.read() as reader:
            shown.add(reader.get(Contact, talk).note)
            assert {line.value for line in reader.history(talk, "note")} >= written
    assert len(shown) == 1
