"""Drafts of advice beside the plan: by who may issue the paper, marked as drafts, and in no paper unless chosen."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tests.services.case_help import ready_plan
from tests.services.paperwork.test_papers import words_of
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import EmployerAnswer
from workwell_desktop.domain.sessions import AdviceKind
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import advice
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.person import going_back
from workwell_desktop.services.planning import adjustments, commitments

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
STRUGGLING = WorkDetails(WorkStatus.STRUGGLING, employer="Northgate Parcels", usual_hours=Decimal(40))


def test_error_8_only_who_may_issue_a_paper_drafts_for_it(desk: Desk, refer: Refer, colleague: Join) -> None:
    who = refer().participant
    doctor = colleague("Helen Frost", Profession.DOCTOR, "clinician", "7000001")
    therapist = colleague("Aisha Rahman", Profession.PSYCHOLOGICAL_THERAPIST, number=None)
    found = {one.name: one.kinds for one in advice.advisers(desk)}
    assert found == {"Helen Frost": {AdviceKind.FIT_NOTE}}
    for kind in AdviceKind:
        for author in (therapist.me, desk.me):
            with pytest.raises(BadInput) as wrong:
                advice.draft(desk, who, kind, "Lighter work", author)
            assert wrong.value.reason == "may_not_advise"
    with pytest.raises(BadInput):
        advice.draft(desk, who, AdviceKind.AHP_REPORT, "Lighter work", doctor.me)
    advice.draft(desk, who, AdviceKind.FIT_NOTE, "Lighter work", doctor.me)
    assert [(one.author_name, one.text) for one in advice.drafts(desk, who)] == [("Helen Frost", "Lighter work")]


def test_a_draft_is_written_again_until_it_is_right_and_taken_out(desk: Desk, refer: Refer, colleague: Join) -> None:
    who, tom = refer().participant, colleague()
    first = advice.draft(desk, who, AdviceKind.FIT_NOTE, "Lighter work", tom.me)
    assert advice.draft(desk, who, AdviceKind.FIT_NOTE, " Later starts ", tom.me) == first
    assert [one.text for one in advice.drafts(desk, who)] == ["Later starts"]
    advice.remove_draft(desk, first)
    assert advice.drafts(desk, who) == ()


@pytest.mark.parametrize(("words", "reason"), [("  ", "text_missing"), ("x" * 1001, "draft_too_long")])
def test_what_is_no_draft_is_refused(desk: Desk, refer: Refer, colleague: Join, words: str, reason: str) -> None:
    tom = colleague()
    with pytest.raises(BadInput) as wrong:
        advice.draft(desk, refer().participant, AdviceKind.FIT_NOTE, words, tom.me)
    assert wrong.value.reason == reason


def test_who_may_not_write_the_plan_writes_no_draft(desk: Desk, refer: Refer, colleague: Join) -> None:
    tom, jo = colleague(), colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    who = refer().participant
    with pytest.raises(NoPermission):
        advice.draft(jo, who, AdviceKind.FIT_NOTE, "Lighter work", tom.me)
    with pytest.raises(NoPermission):
        advice.drafts(jo, who)


def test_error_7_a_draft_is_in_no_paper_unless_it_is_chosen_and_then_says_that_it_is_a_draft(
    desk: Desk, refer: Refer, colleague: Join
) -> None:
    who, tom = refer(work=STRUGGLING).participant, colleague()
    advice.draft(desk, who, AdviceKind.FIT_NOTE, "Quartz wording", tom.me)
    advice.draft(desk, who, AdviceKind.AHP_REPORT, "Basalt wording", tom.me, for_gp=True)
    plan = ready_plan(desk, who)
    kinds = (PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY)
    for kind in kinds:
        said = words_of(papers.preview(desk, plan, kind).pdf)
        assert "Quartz" not in said
        assert "Basalt" not in said
    advice.draft(desk, who, AdviceKind.FIT_NOTE, "Quartz wording", tom.me, for_gp=True)
    shown = {kind: words_of(papers.preview(desk, plan, kind).pdf) for kind in kinds}
    assert [kind for kind in kinds if "Quartz" in shown[kind]] == [PaperKind.GP_SUMMARY]
    gp = shown[PaperKind.GP_SUMMARY]
    assert "Draft advice for a fit note Quartz wording" in gp
    assert "This is a draft. Whoever issues a fit note decides what it says." in gp


def test_the_first_wording_comes_from_the_plan_and_says_nothing_that_was_refused(desk: Desk, refer: Refer) -> None:
    who = refer(work=STRUGGLING).participant
    assert advice.words_from_plan(desk, who) == ""
    choice = {one.code: one for one in adjustments.find_adjustments(desk, who)}
    for code in ("D04", "E01"):
        adjustments.ask_for(desk, who, choice[code].text, code=choice[code].code, reason="because of lumbago")  # type: ignore[index]
    refused = adjustments.ask_for(desk, who, "Quartz hours")
    adjustments.record_answer(desk, refused, EmployerAnswer.REFUSED)
    going_back.fill_weeks(desk, who, starts_on=date(2026, 11, 30), weeks=4)
    ready_plan(desk, who)
    said = advice.words_from_plan(desk, who)
    assert "going back bit by bit, other duties, changes to the workplace" in said
    assert "Going back in 4 steps, from 30 November 2026." in said
    assert "Lifting is hard at the moment." in said
    assert [word for word in ("Quartz", "lumbago", "pain", "depression") if word in said] == []


def test_drafts_of_a_session_stand_beside_and_are_changed_there(desk: Desk, refer: Refer, colleague: Join) -> None:
    from tests.services.case_help import session_with

    who, tom = refer().participant, colleague()
    chair = colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")
    _session, _item, discussion = session_with(desk, chair, who)
    made = commitments.advise(desk, discussion, AdviceKind.AHP_REPORT, "Shorter shifts", tom.me)
    (one,) = advice.drafts(desk, who)
    assert (one.advice, one.of_session) == (made, True)
    with pytest.raises(BadInput) as wrong:
        advice.remove_draft(desk, made)
    assert wrong.value.reason == "draft_of_a_session"
