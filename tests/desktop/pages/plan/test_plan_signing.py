"""Signing: declining is an outcome, a wrong passphrase is said at its field and signs nothing, versions follow."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop.conftest import settle
from tests.desktop.pages import planning
from tests.desktop.pages.at_work import NOW, AtWork
from tests.desktop.pages.planning import BOTH, PRIYA, click, documents, draw, ready, say_yes, view
from tests.desktop.reader import Role, find, find_all, says, typed
from tests.services.conftest import PASSPHRASE
from workwell_desktop.desktop.kit import InkField
from workwell_desktop.domain.papers import PaperStatus
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import PlanStatus, SignatoryRole, SignatureOutcome
from workwell_desktop.services.employment import work as work_now
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.planning import plans, signatories, signing

STATEMENT = "I have read this plan, or it was read to me. I agree with it. I can change my mind."
MAYA = "Passphrase of Maya Okafor"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("signing") / "made.workwell"
    planning.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with planning.begin(made, tmp_path) as found:
        yield found


@pytest.fixture
def struggling(work: AtWork) -> AtWork:
    """A plan to stay in work: a clinician may sign it, and need not."""
    work_now.record(work.desk, work.dani, WorkDetails(WorkStatus.STRUGGLING, employer="Northgate Parcels"))
    return work


def ink(page: QWidget) -> InkField:
    return next(one for one in page.findChildren(InkField) if one.accessibleName() == "Danielle Marsh signs here")


def outcome(work: AtWork, role: SignatoryRole) -> SignatureOutcome:
    return next(one.outcome for one in view(work).signatories if one.role is role)


def test_declining_is_an_outcome_with_a_reason(struggling: AtWork) -> None:
    work = struggling
    ready(work)
    page = work.go("plan", step="sign")
    click(page, Role.Button, "Dani would rather not sign")
    typed(page, MAYA, PASSPHRASE)
    click(page, Role.Button, "Sign and make the paper")
    assert "Say why, in the person’s words if you can." in says(page)
    assert view(work).status is PlanStatus.DRAFT
    typed(page, "Reason", "I do not sign things")
    click(page, Role.Button, "Sign and make the paper")
    assert view(work).status is PlanStatus.SIGNED
    assert outcome(work, SignatoryRole.PARTICIPANT) is SignatureOutcome.DECLINED
    (paper,) = documents(work)
    assert (paper.status, paper.present) == (PaperStatus.COMPLETE, frozenset({"coach"}))
    assert "Would rather not sign. Reason: I do not sign things" in says(page)
    assert "GP summary was not made: they were not asked yet." in says(page)


def test_a_wrong_passphrase_is_said_at_its_field_and_signs_nothing(struggling: AtWork) -> None:
    work = struggling
    ready(work)
    page = work.go("plan", step="sign")
    draw(ink(page))
    find(page, Role.CheckBox, STATEMENT).click()  # type: ignore[attr-defined]
    typed(page, MAYA, "not the right one")
    click(page, Role.Button, "Sign and make the paper")
    assert "That is not the passphrase of this person. Nothing was signed." in says(page)
    assert (view(work).status, documents(work)) == (PlanStatus.DRAFT, [])
    assert not ink(page).empty
    assert find(page, Role.CheckBox, STATEMENT).isChecked()  # type: ignore[attr-defined]
    find(page, Role.EditableText, MAYA).clear()  # type: ignore[attr-defined]
    typed(page, MAYA, PASSPHRASE)
    click(page, Role.Button, "Sign and make the paper")
    assert view(work).status is PlanStatus.SIGNED
    assert not find_all(page, Role.EditableText, MAYA)


def test_ink_stays_while_an_answer_is_noted_and_goes_when_the_plan_changes(struggling: AtWork) -> None:
    work = struggling
    ready(work)
    page = work.go("plan", step="sign")
    draw(ink(page))
    click(page, Role.Button, "Note the answer: GP summary")
    click(page, Role.RadioButton, "In the room")
    click(page, Role.Button, "Dani agrees")
    assert "Agreed 10:42am" in says(page)
    assert not ink(page).empty
    plans.add_goal(work.desk, work.dani, "Sleep well")
    settle()
    assert ink(page).empty


def test_nobody_signs_without_ink_statement_and_passphrase(struggling: AtWork) -> None:
    work = struggling
    ready(work)
    page = work.go("plan", step="sign")
    click(page, Role.Button, "Sign and make the paper")
    assert "Ask them to read this, or read it out, and tick it." in says(page)
    find(page, Role.CheckBox, STATEMENT).click()  # type: ignore[attr-defined]
    click(page, Role.Button, "Sign and make the paper")
    assert "Sign in the box, type a name instead" in says(page)
    assert "Give the passphrase" in says(page)
    assert view(work).status is PlanStatus.DRAFT


def test_the_clinician_that_the_site_asks_for_signs_later(work: AtWork) -> None:
    plan = ready(work)
    say_yes(work, plan, *BOTH)
    page = work.go("plan", step="sign")
    click(page, Role.Button, "Type a name instead")
    typed(page, "Name, typed by Dani", "Danielle Marsh")
    find(page, Role.CheckBox, STATEMENT).click()  # type: ignore[attr-defined]
    typed(page, MAYA, PASSPHRASE)
    click(page, Role.Button, "Sign and make the 3 papers")
    assert "This kind of plan is signed by a clinician too. The plan is kept." in says(page)
    combo = find(page, Role.ComboBox, "Clinician who signs too")
    combo.setCurrentText(PRIYA)  # type: ignore[attr-defined]
    combo.activated.emit(combo.currentIndex())  # type: ignore[attr-defined]
    click(page, Role.Button, "Sign and make the 3 papers")
    assert view(work).status is PlanStatus.SIGNING
    assert "Next to sign: Priya Nair." in says(page)
    assert [one.status for one in documents(work)].count(PaperStatus.AWAITING) == 2

    page = work.go("plan", step="sign")
    typed(page, "Passphrase of Priya Nair", "not hers")
    click(page, Role.Button, "Sign as Priya Nair")
    assert "That is not the passphrase of this person. Nothing was signed." in says(page)
    find(page, Role.EditableText, "Passphrase of Priya Nair").clear()  # type: ignore[attr-defined]
    typed(page, "Passphrase of Priya Nair", PASSPHRASE)
    click(page, Role.Button, "Sign as Priya Nair")
    assert view(work).status is PlanStatus.SIGNED


def test_a_signed_plan_stays_as_it_is_and_a_new_version_begins(struggling: AtWork) -> None:
    work = struggling
    plan = ready(work)
    signatories.settle_signatories(work.desk, plan, declined="no")
    signing.sign_as_coach(work.desk, plan, PASSPHRASE)
    page = work.go("plan")
    assert "Version 1 was agreed on" in says(page)
    assert not find_all(page, Role.Button, "Add an obstacle")
    assert not find_all(page, Role.Button, "Change what matters to Dani")
    assert not [one for one in find_all(page, Role.EditableText) if not one.isReadOnly()]  # type: ignore[attr-defined]
    work.clock.set(NOW + timedelta(minutes=5))
    click(page, Role.Button, "Begin a new version")
    assert (view(work).version, view(work).status) == (2, PlanStatus.DRAFT)
    assert find(work.page, Role.Button, "Add an obstacle")
    page = work.go("plan", plan=str(plan))
    assert "This is version 1. A newer one took its place, or is being written." in says(page)
    click(page, Role.Button, "Open the newest version")
    assert find(work.page, Role.Button, "Add an obstacle")


def test_who_may_only_read_is_shown_the_plan_and_no_button(work: AtWork) -> None:
    ready(work)
    work.desk.person.roles = frozenset({"chair"})
    page = work.go("plan")
    assert not find_all(page, Role.Button, "Change what matters to Dani")
    assert not [one for one in find_all(page, Role.EditableText) if not one.isReadOnly()]  # type: ignore[attr-defined]
    assert not find_all(page, Role.Button, "Add an obstacle")
    page = work.go("plan", step="sign")
    assert not [one for one in find_all(page, Role.Button) if one.accessibleName().startswith("Sign")]
