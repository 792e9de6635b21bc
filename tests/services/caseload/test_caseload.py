"""What is kept of everybody between two keys pressed: mended for the few who changed, equal to what is read anew."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.participants import Participant, WorkStatus
from workwell_desktop.domain.plans import Action, OwnerKind
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.services.caseload import _caseload, today
from workwell_desktop.services.caseload._matching import Folded, Words, fold, fold_number, matches
from workwell_desktop.services.caseload._people_index import Entry, PeopleIndex
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy

Refer = Callable[..., Referred]

NAMES = st.text("abç é-O'", min_size=1, max_size=6).filter(str.strip)
ROWS = st.lists(st.tuples(NAMES, st.one_of(st.just(""), NAMES), st.one_of(st.just(""), NAMES)), max_size=8)
TYPED = st.text("abce -o9", min_size=1, max_size=5).filter(str.strip)


def plain(one: _caseload.Caseload) -> list[object]:
    """Its contents: two readings of a record are two objects."""
    people = {who: asdict(record) for who, record in one.people.items()}
    episodes = {who: asdict(record) for who, record in one.episodes.items()}
    work = {who: asdict(record) for who, record in one.work.items()}
    return [people, episodes, work, one.mine, one.team, one.closed, one.open]


def test_the_caseload_is_mended_and_not_read_anew(desk: Desk, refer: Refer, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = refer(), refer("Ruth", "Vance", accept=False)
    kept = _caseload.read_caseload(desk)
    assert plain(kept) == plain(_caseload._read(desk))
    monkeypatch.setattr(_caseload, "_read", lambda _desk: pytest.fail("everybody was read again"))
    work.record(desk, first.participant, WorkDetails(WorkStatus.RETURNED, since=date(2026, 11, 16)))
    participants.edit(desk, second.participant, preferred_name="Ruthie")
    third = refer("Emma", "Tallis")
    with desk.unit() as unit:
        unit.set(Episode, first.episode, coach=new_id())
    found = _caseload.read_caseload(desk)
    monkeypatch.undo()
    assert plain(found) == plain(_caseload._read(desk))
    assert third.participant in found.mine
    assert first.participant not in found.mine
    assert found.people[second.participant].preferred_name == "Ruthie"


def test_who_is_deleted_is_nowhere(desk: Desk, refer: Refer) -> None:
    one = refer()
    assert one.participant in _caseload.read_caseload(desk).mine
    with desk.unit() as unit:
        unit.delete(Participant, one.participant)
    assert plain(_caseload.read_caseload(desk)) == plain(_caseload._read(desk))
    assert one.participant not in _caseload.read_caseload(desk).open


def test_after_many_changes_everybody_is_read_again(desk: Desk, refer: Refer, monkeypatch: pytest.MonkeyPatch) -> None:
    one = refer()
    _caseload.read_caseload(desk)
    desk._note_changes({("participant", new_id(), new_id()) for _ in range(600)})
    monkeypatch.setattr(_caseload, "_again", lambda *_: pytest.fail("too much to mend"))
    assert one.participant in _caseload.read_caseload(desk).mine


def test_of_a_few_people_only_what_is_theirs_is_read(desk: Desk, refer: Refer) -> None:
    mine, other = refer().participant, refer("Ruth", "Vance").participant
    for who in (mine, other):
        obstacles.add_action(desk, who, "Walk", OwnedBy(OwnerKind.PARTICIPANT), date(2026, 12, 1))
    with desk.read() as reader:
        about = reader.about([mine])
        assert {one.scope for one in about.list(Action)} == {mine}
        assert about.count(Action) == 1
        assert about.list(Action, scope=other) == []
        assert reader.count(Action) == 2
    assert today.next_for(desk, [mine])[mine] == today.next_for(desk, [mine, other])[mine]


def entry(row: tuple[str, str, str]) -> tuple[Entry, dict[str, Folded]]:
    shown = dict(zip(("name", "called", "employer"), row, strict=True))
    number = fold_number("999 000 0018")
    made = Entry(Id(new_id()), shown, number)
    return made, {name: fold(words) for name, words in shown.items() if words} | {"nhs_number": number}


@given(ROWS, TYPED)
def test_the_index_finds_what_looking_at_everybody_finds(rows: list[tuple[str, str, str]], typed: str) -> None:
    """Those whose name begins so first, each group in the order given, and each person once."""
    words, people = Words.typed(typed), [entry(row) for row in rows]
    begun, others = [], []
    for one, fields in people:
        places = matches(words, fields)
        if places is None:
            continue
        starts = any(
            fields[name].letters.startswith(word)
            for word in words.words
            for name in ("name", "called")
            if name in fields
        )
        (begun if starts else others).append((one.who, places))
    assert list(PeopleIndex(one for one, _ in people).find(words)) == begun + others
