"""What must not get out: safeguarding, red flags, capacity, equality, the main condition, and what was disclosed.

Each is written with a word that stands nowhere else; every way out of the store is looked through for it.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.services.case_help import agreed, ready_plan, say_yes, session_with
from tests.services.conftest import CHEAP, PASSPHRASE
from tests.services.conftest import FIRST as FIRST_RUN
from tests.services.summary_people import FIRST, LAST, NORTH, fill
from workwell_desktop.domain.duties import (
    CapacityOutcome,
    ConcernAbout,
    DisclosureReason,
    EqualityAnswers,
    Group,
    SafeguardingConcern,
    ScreenOutcome,
)
from workwell_desktop.domain.papers import AuditKind, PaperKind
from workwell_desktop.domain.participants import AgreementKind, Participant, Party, WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, NoPermission, NotFound
from workwell_desktop.services.caseload import search, today
from workwell_desktop.services.coming_in import agreements
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import capacity, disclosures, equality, red_flags, safeguarding
from workwell_desktop.services.duties.capacity import Assessed
from workwell_desktop.services.duties.disclosures import Told
from workwell_desktop.services.duties.red_flags import Screened
from workwell_desktop.services.duties.safeguarding import Concern
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.meeting import projecting
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.person import record
from workwell_desktop.services.reporting import summary
from workwell_desktop.services.safekeeping import conflicts, opening, undoing
from workwell_desktop.services.travel import bundle, case_import
from workwell_desktop.store import Conflict, Reader

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
TODAY = date(2026, 11, 24)
STRUGGLING = WorkDetails(WorkStatus.STRUGGLING, employer="Northgate Parcels")
WORDS = ("Quillfeather", "Mossgarden", "Tumblewick", "Brackenlow")
"""In the concern, the flag, the capacity record and the disclosure, in this order."""
SAFE, FLAG, MIND, TOLD = WORDS


@pytest.fixture
def lead(colleague: Join) -> Desk:
    return colleague("Nadia Cole", Profession.PHYSIOTHERAPIST, "team_lead", "PH1")


@pytest.fixture
def who(desk: Desk, refer: Refer, lead: Desk) -> Id:
    """Somebody about whom everything was written down, by the team lead."""
    one = refer(work=STRUGGLING).participant
    safeguarding.record(
        lead,
        one,
        Concern(ConcernAbout.ADULT, SAFE, f"{SAFE} council", TODAY, f"{SAFE}-1", told=True, follow_up_on=TODAY),
    )
    red_flags.record(lead, one, Screened(ScreenOutcome.RED, TODAY, FLAG, "GP", TODAY + timedelta(days=1)))
    capacity.record(lead, one, Assessed(MIND, MIND, MIND, CapacityOutcome.LACKS, TODAY, f"Dr {MIND}", MIND, MIND))
    disclosures.disclose(
        lead, one, Told(DisclosureReason.LAW, TOLD, Party.SERVICE, f"{TOLD} court", TOLD, lead.me, told=True)
    )
    equality.tell(desk, one, {"ethnicity": "asian_bangladeshi", "orientation": "bisexual", "religion": "sikh"})
    equality.tell_condition(desk, one, Group.NEURODIVERSITY)
    return one


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def clean(said: object, *more: str) -> None:
    found = [word for word in (*WORDS, "bangladeshi", "bisexual", "sikh", "neurodiversity", *more) if word in str(said)]
    assert not found


@pytest.mark.parametrize("kind", [PaperKind.EMPLOYER_SUMMARY, PaperKind.GP_SUMMARY, PaperKind.PARTICIPANT_PLAN])
def test_no_paper_of_a_plan_says_any_of_it(desk: Desk, who: Id, kind: PaperKind) -> None:
    clean(words_of(papers.preview(desk, ready_plan(desk, who), kind).pdf))


@pytest.mark.parametrize("reveal", [False, True])
def test_neither_the_agenda_nor_the_second_window_nor_the_minutes_say_any_of_it(
    desk: Desk, colleague: Join, who: Id, reveal: bool
) -> None:
    chair = colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")
    session, item, discussion = session_with(desk, chair, who)
    agreed(desk, discussion)
    clean(words_of(papers.preview_session(desk, session, PaperKind.AGENDA).pdf))
    clean(words_of(papers.preview_session(desk, session, PaperKind.MINUTES).pdf))
    clean(projecting.project(desk, item, reveal=reveal))


def test_nothing_that_lists_a_case_says_any_of_it(desk: Desk, who: Id) -> None:
    clean(record.overview(desk, who))
    clean(record.everything(desk, who))
    clean(today.view(desk))
    clean(search.find(desk))
    clean(undoing.next_undo(desk))
    for word in (*WORDS, "bangladeshi", "neurodiversity"):
        assert search.quick(desk, word) == ()
        assert search.find(desk, word).rows == ()


def test_whoever_may_not_read_a_restricted_note_is_told_at_most_that_there_is_one(
    desk: Desk, lead: Desk, colleague: Join, who: Id
) -> None:
    assert safeguarding.of_participant(desk, who) == safeguarding.Concerns((), others=True)
    assert disclosures.of_participant(desk, who) == disclosures.Disclosures((), others=True)
    assert safeguarding.of_participant(lead, who).mine[0].what == SAFE
    quiet = colleague("Ola Byrne", Profession.COACH, "coach", None)
    quiet.site = replace(quiet.site, duties=replace(quiet.site.duties, restricted_note=False))
    assert safeguarding.of_participant(quiet, who) == safeguarding.Concerns((), others=False)


def test_whoever_wrote_a_restricted_note_may_read_that_one_alone(desk: Desk, who: Id) -> None:
    safeguarding.record(
        desk, who, Concern(ConcernAbout.CHILD, "A child alone", "Children's social care", TODAY, told=True)
    )
    found = safeguarding.of_participant(desk, who)
    assert [one.what for one in found.mine] == ["A child alone"]
    assert found.others


def test_reading_a_restricted_note_is_written_down_and_so_is_being_refused(desk: Desk, lead: Desk, who: Id) -> None:
    (note,) = safeguarding.of_participant(lead, who).mine
    with pytest.raises(NoPermission):
        safeguarding.follow_up(desk, note.concern, "I heard")
    with desk.read() as reader:
        opened = reader.events(person=lead.me, participant=who, kinds=[AuditKind.OPENED])
        refused = reader.events(person=desk.me, participant=who, kinds=[AuditKind.REFUSED])
    assert (note.concern, "safeguarding") in [(one.record, one.detail) for one in opened]
    assert [(one.record, one.detail) for one in refused] == [(note.concern, "safeguarding")]


def test_the_history_of_a_restricted_note_is_for_those_who_may_read_it(desk: Desk, lead: Desk, who: Id) -> None:
    with desk.read() as reader:
        note = reader.list(SafeguardingConcern, scope=who)[0].id
        answers = reader.list(EqualityAnswers, scope=who)[0].id
    assert SAFE in {line.value for line in record.field_history(lead, who, note)}
    for desk_, one in ((desk, note), (desk, answers), (lead, answers)):
        with pytest.raises(NoPermission):
            record.field_history(desk_, who, one)


def test_two_versions_of_a_restricted_note_are_a_question_for_those_who_may_read_it(
    desk: Desk, lead: Desk, who: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.read() as reader:
        note = reader.list(SafeguardingConcern, scope=who)[0].id
    apart = Conflict(scope=who, kind="safeguarding", record=note, field="what", heads=())
    monkeypatch.setattr(Reader, "conflicts", lambda _self, scope=None: [apart])
    monkeypatch.setattr(Reader, "conflict", lambda _self, _key: apart)
    assert conflicts.of_participant(desk, who) == ()
    assert len(conflicts.of_participant(lead, who)) == 1
    assert not [one for one in today.view(desk).items if one.kind == "conflict"]
    with pytest.raises(NotFound):
        conflicts.settle(desk, note, "what", "Something else", "I know better")


def test_a_case_leaves_without_restricted_notes_unless_who_may_asks_for_them_by_name(
    desk: Desk, lead: Desk, who: Id
) -> None:
    usual = json.dumps(bundle.export_case(lead, who))
    assert FLAG in usual
    assert MIND in usual
    for word in (SAFE, TOLD, "bangladeshi", "bisexual"):
        assert word not in usual
    with pytest.raises(NoPermission):
        bundle.export_case(desk, who, frozenset({"safeguarding"}))
    with pytest.raises(BadInput):
        bundle.export_case(lead, who, frozenset({"plan"}))
    asked = bundle.export_case(lead, who, frozenset({"safeguarding", "disclosure", "equality"}))
    text = json.dumps(asked)
    for word in (SAFE, TOLD, "bangladeshi"):
        assert word in text
    get_fhir_model_class("Bundle").model_validate(json.loads(text))
    for entry in asked["entry"]:
        get_fhir_model_class(entry["resource"]["resourceType"]).model_validate(
            json.loads(json.dumps(entry["resource"]))
        )
    with desk.read() as reader:
        details = [one.detail for one in reader.events(participant=who, kinds=[AuditKind.EXPORTED])]
    assert {"safeguarding", "disclosure", "equality"} <= set(details)


@pytest.mark.parametrize("kinds", [frozenset[str](), frozenset({"safeguarding", "disclosure", "equality"})])
def test_a_case_with_its_duties_comes_in_elsewhere_as_it_was(
    lead: Desk, who: Id, kinds: frozenset[str], tmp_path: Path
) -> None:
    made = json.dumps(bundle.export_case(lead, who, kinds)).encode()
    other, _code = opening.create(tmp_path / "other.workwell", FIRST_RUN, clock=lead.clock, profile=CHEAP)
    try:
        done = case_import.import_case(other, made)
        assert done.problems == ()
        with other.read() as reader:
            assert reader.count(SafeguardingConcern, scope=who) == (1 if kinds else 0)
            assert reader.count(EqualityAnswers, scope=who) == (1 if kinds else 0)
    finally:
        other.store.close()


def test_equality_answers_are_counted_and_small_numbers_of_them_are_not_shown(desk: Desk) -> None:
    fill(desk, *NORTH, team=Id(min(desk.person.teams)))
    with desk.read() as reader:
        people = [one.id for one in reader.list(Participant, order_by="id")]
    before = desk.clock.now()
    for place, one in enumerate(people):
        sex = "female" if place < 8 else "male" if place < 16 else "rather_not"
        equality.tell(desk, one, {"sex": sex, "ethnicity": "asian_indian" if place % 2 else "asian_chinese"})
        equality.tell_condition(desk, one, Group.MENTAL_HEALTH, frozenset({"musculoskeletal"}))
    assert before == desk.clock.now()
    counted = summary.summarise(desk, FIRST, TODAY).tables
    sexes = {row: line["all"].value for row, line in counted["sex"].rows.items()}
    assert sexes["rather_not"] is None  # four people: hidden, and another number with them
    assert list(sexes.values()).count(None) >= 2
    assert counted["ethnicity"].rows["asian"]["all"].value == 20
    assert counted["condition"].rows["mental_health"]["all"].value == 20
    assert counted["condition_beside"].rows["musculoskeletal"]["all"].value == 20
    earlier = summary.summarise(desk, FIRST, LAST).tables
    assert earlier["ethnicity"].rows["not_recorded"]["all"].value == 20


def test_no_log_and_no_error_says_any_of_it(desk: Desk, lead: Desk, who: Id, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        plan = ready_plan(desk, who)
        say_yes(desk, plan, PaperKind.EMPLOYER_SUMMARY)
        safeguarding.of_participant(lead, who)
        for wrong in (
            lambda: safeguarding.record(desk, who, Concern(ConcernAbout.ADULT, SAFE, "", TODAY)),
            lambda: red_flags.record(lead, who, Screened(ScreenOutcome.RED, TODAY, FLAG)),
            lambda: equality.tell(desk, who, {"religion": SAFE}),
            lambda: lead.store.identity(lead.me, f"{PASSPHRASE}{SAFE}"),
        ):
            with pytest.raises(Exception) as refused:  # noqa: PT011 - whatever it is, it must not say it
                wrong()
            clean((str(refused.value), repr(refused.value), refused.value.args))
    clean(caplog.text)


def test_coming_to_a_meeting_is_no_agreement(desk: Desk, colleague: Join, who: Id) -> None:
    """Who was there, talked and was discussed has agreed to nothing that they were not asked."""
    chair = colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")
    _session, _item, discussion = session_with(desk, chair, who)
    agreed(desk, discussion)
    for party in (Party.GP, Party.EMPLOYER, Party.JOBCENTRE, Party.EVALUATION):
        assert not agreements.allowed(desk, who, AgreementKind.SHARE, party)


def test_whoever_reads_a_few_kinds_alone_is_told_that_work_waits_and_not_why(colleague: Join, who: Id) -> None:
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    for read in (red_flags.of_participant, capacity.of_participant, equality.condition):
        with pytest.raises(NoPermission):
            read(jo, who)
    pause = red_flags.pause(jo, who)
    assert pause is not None
    clean(pause)
    clean(record.everything(jo, who))
