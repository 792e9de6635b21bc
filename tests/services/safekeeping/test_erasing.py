"""What is due by the rules, keeping it longer, and erasing it: two people, a certificate, and no way back."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.services.case_help import session_with
from tests.services.conftest import PASSPHRASE
from tests.services.paperwork.test_papers import words_of
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.duties import Group, MainCondition
from workwell_desktop.domain.episodes import ClosureReason, Episode, EpisodeStatus, Referral
from workwell_desktop.domain.erasure import KeptLonger
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import AgendaItem
from workwell_desktop.domain.site import KeepReason
from workwell_desktop.errors import BadInput, FieldsInvalid, NoPermission, NotFound, WrongPassphrase
from workwell_desktop.services.administration import audit, people
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import agenda
from workwell_desktop.services.paperwork import erasure_papers
from workwell_desktop.services.safekeeping import backups, erasing, own_entries, retention
from workwell_desktop.services.safekeeping.erasing import Decision
from workwell_desktop.services.travel import case_import
from workwell_desktop.services.travel.bundle import export_case
from workwell_desktop.store import Reader
from workwell_desktop.store.safekeeping import keeping, raw_pages

LATER = datetime(2035, 3, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def old(desk: Desk, refer: Callable[..., Referred]) -> Id:
    """Somebody whose programme ended on 24 November 2026."""
    made = refer()
    with desk.unit() as unit:
        for one in unit.reader.list(Episode, scope=made.participant):
            unit.set(
                Episode,
                one.id,
                status=EpisodeStatus.CLOSED,
                closed_on=date(2026, 11, 24),
                closure_reason=ClosureReason.RETURNED_TO_WORK,
            )
    return made.participant


@pytest.fixture
def lead(colleague: Callable[..., Desk]) -> Desk:
    return colleague("Lee Adeyemi", Profession.COACH, "team_lead", None)


def test_what_is_due_says_why_and_nothing_goes_by_itself(desk: Desk, old: Id, clock: FixedClock) -> None:
    assert retention.review(desk).aged == ()
    clock.set(LATER)
    (one,) = retention.review(desk).aged
    assert (one.case, one.rule, one.last, one.until) == (old, "adult", date(2026, 11, 24), date(2034, 11, 24))
    assert one.due(clock.today())
    assert "Records Management Code" in one.source
    with pytest.raises(FieldsInvalid) as wrong:
        retention.keep_longer(desk, old, date(2035, 3, 1), "because")
    assert wrong.value.problems == (("until", "keep_until_past"), ("reason", "choose_one"))
    with pytest.raises(FieldsInvalid) as wrong:
        retention.keep_longer(desk, old, date(2036, 1, 1), "other", " ")
    assert wrong.value.problems == (("words", "keep_words_missing"),)
    own = replace(desk.site.retention, keep=(KeepReason("flood", "Our papers were flooded"),))
    desk.site = replace(desk.site, retention=own)
    retention.keep_longer(desk, old, date(2036, 1, 1), "flood", "Her letters are drying")
    (one,) = retention.review(desk).aged
    assert not one.due(clock.today())
    assert one.kept is not None
    assert (one.kept.until, one.kept.by) == (date(2036, 1, 1), "Maya Okafor")
    assert (one.kept.reason, one.kept.words) == ("Our papers were flooded", "Her letters are drying")
    with desk.read() as reader:
        (decision,) = reader.list(KeptLonger)
        assert decision.reason == "flood", "where everybody reads, a code of the list alone"
    clock.set(LATER.replace(year=2036))
    assert retention.review(desk).aged[0].due(clock.today())
    with desk.unit() as unit:
        unit.add(MainCondition(id=new_id(), scope=old, main=Group.MENTAL_HEALTH))
    assert retention.review(desk).aged == ()
    with desk.read() as reader:
        assert reader.find(Participant, old) is not None


def test_many_records_are_looked_at_in_as_many_statements_as_one(
    desk: Desk, refer: Callable[..., Referred], clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for name in ("list", "columns", "newest"):
        real = getattr(Reader, name)

        def counted(*given: Any, _real: Any = real, **how: Any) -> Any:
            asked.append(_real.__name__)
            return _real(*given, **how)

        monkeypatch.setattr(Reader, name, counted)
    counts = []
    for number in range(4):
        made = refer("Person", f"Number{number}")
        with desk.unit() as unit:
            for one in unit.reader.list(Episode, scope=made.participant):
                unit.set(Episode, one.id, status=EpisodeStatus.CLOSED, closed_on=date(2026, 11, 24))
        clock.set(LATER)
        asked.clear()
        assert retention.review(desk).due == number + 1
        counts.append(len(asked))
        clock.set(datetime(2026, 11, 24, 10, tzinfo=UTC))
    assert len(set(counts)) == 1
    monkeypatch.setattr(retention, "MOST", 3)
    clock.set(LATER)
    found = retention.review(desk)
    assert (len(found.aged), found.due, found.more) == (3, 4, 1)


def test_two_people_erase_and_the_certificate_tells_what_remains(
    desk: Desk, lead: Desk, old: Id, clock: FixedClock, tmp_path: Path
) -> None:
    bundle = json.dumps(export_case(desk, old), default=str).encode()
    backups.now(desk)
    folder = backups.state(desk).folder
    former = folder / keeping.file_name(desk.store.header.store, clock.now(), "before_0002")
    former.write_bytes(b"from before a migration: no rule takes it away")
    goes = erasing.look(desk, old)
    assert (goes.name, goes.helped, goes.second, goes.rule, goes.may) == ("Danielle Marsh", False, True, "", True)
    assert goes.entries > 10
    held, left = sorted(goes.backups, key=lambda one: one.until is None)
    assert (left.name, left.until) == (former.name, None)
    assert held.until is not None
    assert date(2027, 4, 1) < held.until < date(2027, 6, 30)
    assert erasing.seconds(desk) == ((lead.me, "Lee Adeyemi"),)
    wrong: list[tuple[Desk, Decision, type[Exception]]] = [
        (lead, Decision("request", desk.me, PASSPHRASE), NoPermission),
        (desk, Decision("", lead.me, PASSPHRASE), FieldsInvalid),
        (desk, Decision("request"), FieldsInvalid),
        (desk, Decision("request", desk.me, PASSPHRASE), FieldsInvalid),
        (desk, Decision("request", lead.me, "not that one"), WrongPassphrase),
        (desk, Decision("retention", lead.me, PASSPHRASE), BadInput),
    ]
    for who, decision, refusal in wrong:
        with pytest.raises(refusal):
            erasing.erase(who, old, decision)
    assert [one.detail for one in audit.of_person(desk, lead.me) if one.kind is AuditKind.REFUSED] == ["erase"]
    clock.set(LATER)
    entry = erasing.erase(desk, old, Decision("retention", lead.me, PASSPHRASE))
    assert (entry.rule, entry.decided_by, entry.second) == ("adult", "Maya Okafor", "Lee Adeyemi")
    opened = {one.name: one.last_opened or "" for one in desk.store.header.people}
    assert max(opened, key=lambda name: opened[name]) == "Maya Okafor", "who agrees did not open the store"
    assert (entry.on_this, entry.hub_at, entry.changes) == (True, None, goes.entries)
    paper = tmp_path / "certificate.pdf"
    erasure_papers.save_certificate(desk, old, paper, goes.name, goes.backups)
    said = "".join(words_of(paper.read_bytes()).split())
    for words in (
        "Danielle Marsh",
        "Maya Okafor",
        "Lee Adeyemi",
        f"{goes.entries} entries",
        held.name,
        "Adult health record",
    ):
        assert "".join(words.split()) in said, words
    later = words_of(erasure_papers.certificate(desk, old))
    assert former.name in "".join(later.split()), "still there, and said until somebody deletes it"
    assert "The computer where it was erased has no hub" in later
    assert "Danielle" not in later
    assert old[:8] in later
    # it is gone, the log names nobody, and nothing brings it back unasked
    with pytest.raises(NotFound):
        erasing.look(desk, old)
    with pytest.raises(BadInput) as refused:
        case_import.import_case(desk, bundle)
    assert refused.value.reason == "case_erased"
    with desk.read() as reader:
        assert reader.list(Referral) == []
        assert reader.list(Participant) == []
    assert desk.store.check().problems == ()


def test_why_a_case_was_not_reached_goes_with_the_person(
    desk: Desk, lead: Desk, refer: Callable[..., Referred], clock: FixedClock
) -> None:
    who, older = refer().participant, refer("Sam", "Okoro").participant
    session, item, _discussion = session_with(desk, lead, who)
    second = agenda.add_case(desk, session, older)
    agenda.carry_to_next(desk, item, "Zebra was at the door")
    with desk.unit() as unit:
        unit.set(AgendaItem, second, carried_reason="Zebra of an older version")
    for case in (who, older):
        erasing.erase(desk, case, Decision("request", lead.me, PASSPHRASE))
    with desk.read() as reader:
        items = [reader.get(AgendaItem, one) for one in (item, second)]
        assert [(one.carried, one.carried_reason) for one in items] == [(True, None)] * 2
        said = [str(one.value) for each in (item, second) for one in reader.history(each)]
        assert [one for one in said if "door" in one] == []
    raw = raw_pages.read(desk.store.path, desk.store._key)
    pages = [*raw.pages.values(), *(page for _number, page in raw.older)]
    assert [one for one in pages if b"was at the door" in one] == [], "in no page of the file, free ones too"


def test_everything_that_one_of_us_wrote_goes_into_a_file(desk: Desk, lead: Desk, old: Id, tmp_path: Path) -> None:
    with lead.unit() as unit:
        unit.set(Participant, old, town="=Hebden Bridge")
    mine = own_entries.save(lead, tmp_path / "mine.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "mine.csv").read_text("utf-8-sig"))))
    assert len(rows) == mine
    towns = [row for row in rows if row["field"] == "town"]
    assert [(row["whose"], row["value"]) for row in towns] == [("Danielle Marsh", "'=Hebden Bridge")]
    assert not [row for row in rows if row["field"] == "family_name"], "others wrote that"
    assert own_entries.save(desk, tmp_path / "hers.csv") > 20
    people.deactivate(desk, lead.me)
    for roles, name, said in (
        (("team_lead",), "Danielle Marsh", "'=Hebden Bridge"),
        (("administrator",), "", "(not for whoever made this file)"),
    ):
        other = replace(desk.person, roles=frozenset(roles))
        by = Desk(desk.store, desk.identity, other, clock=desk.clock, site=desk.site)
        assert own_entries.may_save(by, lead.me)
        assert own_entries.save(by, tmp_path / "left.csv", lead.me) == mine
        rows = list(csv.DictReader(io.StringIO((tmp_path / "left.csv").read_text("utf-8-sig"))))
        assert [(row["whose"], row["value"]) for row in rows if row["field"] == "town"] == [(name, said)]
    coach = Desk(
        desk.store, desk.identity, replace(other, roles=frozenset({"coach"})), clock=desk.clock, site=desk.site
    )
    assert not own_entries.may_save(coach, lead.me)
    with pytest.raises(NoPermission):
        own_entries.save(coach, tmp_path / "left.csv", lead.me)
