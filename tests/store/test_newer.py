"""What a newer program wrote is kept and passed on by an older one, is not shown by it, and is there after the update.

The older program is this one in a process of its own that does not know a kind, a field and a word of a closed list.
"""

import pickle
import subprocess
import sys
from pathlib import Path

import cbor2

from tests.store.conftest import PASSPHRASE, House, content
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.left_out import LeftOut, Reason
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import new_id
from workwell_desktop.store import Exchange, Store, unlock

ROOT = Path(__file__).parents[2]
_OLDER = """
import pickle, sys
from pathlib import Path
from workwell_desktop.domain import kinds, records
from workwell_desktop.domain.left_out import Reason
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
del kinds.KINDS["left_out"]
known = records.fields_of
records.fields_of = lambda cls: tuple(one for one in known(cls) if (cls, one.name) != (Participant, "pronouns"))
for words, one in ((AuditKind, "broke_glass"),):
    del words._value2member_map_[one]
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.domain.episodes import Response
from workwell_desktop.store import unlock
path, person, passphrase, sent, back = sys.argv[1:]
store, anna = unlock(Path(path), person, passphrase, clock=SystemClock())
report = store.apply(pickle.loads(Path(sent).read_bytes()))
assert report.refused == () and report.forks == () and report.applied > 5, report
with store.read() as reader:
    (kim,) = reader.list(Participant)
    (response,) = reader.list(Response)
    assert kim.given_name == "Kim" and kim.pronouns is None and response.status is None, (kim, response)
    assert reader.answers(response.id) == {"q1": 3}, reader.answers(response.id)
    assert [one.kind.value for one in reader.events()] == ["printed"], reader.events()
    assert reader.count_conflicts() == 0
with store.unit(anna) as unit:
    unit.set(Participant, kim.id, town="York")
store.rebuild()
assert store.check().problems == (), store.check().problems
Path(back).write_bytes(pickle.dumps(store.changes_since({})))
store.close()
"""


def older(path: Path, house: House, sent: Exchange) -> Exchange:
    """Lets the older program open this store, take in what was sent, and hand on all that it has."""
    given, back = path.with_suffix(".given"), path.with_suffix(".back")
    given.write_bytes(pickle.dumps(sent))
    arguments = [str(path), house.anna.person, PASSPHRASE, str(given), str(back)]
    run = subprocess.run(
        [sys.executable, "-c", _OLDER, *arguments], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr
    found: Exchange = pickle.loads(back.read_bytes())  # noqa: S301 - written by this very test
    return found


def of_the_future(house: House) -> tuple[str, str]:
    """A kind, a field, a word of a list, an event and a type of value that the older program has never heard of."""
    kim, response, left = new_id(), new_id(), new_id()
    with house.store.unit(house.anna) as unit:
        unit.add(Participant(id=kim, scope=kim, given_name="Kim", pronouns="they"))
        unit.add(Response(id=response, scope=kim, form_title="PHQ-4"))
        unit.answer(response, "q1", 3)
        unit.add(LeftOut(id=left, scope=kim, response=response, path="q2", reason=Reason.RATHER_NOT))
        unit.event(AuditEvent(kind=AuditKind.PRINTED, participant=kim))
        unit.event(AuditEvent(kind=AuditKind.BROKE_GLASS, participant=kim))
        # what this very program does not know either
        unit._write("response", response, kim, "status", cbor2.dumps(["k", "dictated"]))
        unit._write("response", response, kim, "answer/q9", cbor2.dumps(["z", {"a": 1}]))
        unit._write("mood_ring", new_id(), kim, "colour", cbor2.dumps(["z", 7, None]))
        unit._write("mood_ring", new_id(), kim, "@deleted", cbor2.dumps(["b", True]))
    return kim, left


def test_an_older_program_keeps_and_passes_on_what_it_does_not_know(house: House) -> None:
    away, _anna = house.twin("older")
    third, _ = house.twin("third")
    path = away.path
    away.close()
    kim, left = of_the_future(house)
    back = older(path, house, house.store.changes_since({}))
    # somebody who gets everything from the older program alone has all of it
    assert third.apply(back).refused == ()
    house.store.apply(back)
    assert content(third) == content(house.store)
    shows(third, kim, left)
    # and after the update the older one shows it too, with nothing read again
    updated, _ = unlock(path, house.anna.person, PASSPHRASE, clock=house.clock)
    house.close_later.append(updated)
    assert content(updated) == content(third)
    shows(updated, kim, left)


def shows(store: Store, kim: str, left: str) -> None:
    with store.read() as reader:
        (person,) = reader.list(Participant)
        (found,) = reader.list(LeftOut)
        assert (person.id, person.pronouns, person.town) == (kim, "they", "York")
        assert (found.id, found.reason) == (left, Reason.RATHER_NOT)
        assert {one.kind for one in reader.events()} >= {AuditKind.PRINTED, AuditKind.BROKE_GLASS}
    assert store.check().problems == ()
