"""The participant's plan in the format that they need, and in any other to read."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.services.case_help import ready_plan, say_yes
from tests.services.conftest import PASSPHRASE
from tests.services.paperwork.test_papers import STRUGGLING, words_of
from workwell_desktop.documents import PaperStyle
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import Document, PaperKind, Release, ReleaseHow
from workwell_desktop.domain.participants import Need, PaperFormat, Participant
from workwell_desktop.domain.plans import Plan
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, MissingGlyph
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import reading_copies, register, wording
from workwell_desktop.services.paperwork.paper_formats import Format, chosen, format_for
from workwell_desktop.services.planning import signatories, signing

Refer = Callable[..., Referred]
PLAN = PaperKind.PARTICIPANT_PLAN


@pytest.mark.parametrize(
    ("wish", "needs", "expected"),
    [
        (None, (), Format(False, PaperStyle.STANDARD)),
        (None, (Need.LARGE_PRINT,), Format(False, PaperStyle.LARGE)),
        (PaperFormat.SIMPLE, (), Format(True, PaperStyle.SIMPLE)),
        (PaperFormat.STANDARD, (Need.SIMPLE_WORDS,), Format(True, PaperStyle.SIMPLE)),
        (PaperFormat.SIMPLE, (Need.LARGE_PRINT,), Format(True, PaperStyle.LARGE)),
        (PaperFormat.HIGH_CONTRAST, (Need.LARGE_PRINT,), Format(False, PaperStyle.LARGE_HIGH_CONTRAST)),
        (PaperFormat.CREAM, (Need.SIMPLE_WORDS,), Format(True, PaperStyle.CREAM)),
    ],
)
def test_no_need_is_lost_to_another(wish: PaperFormat | None, needs: tuple[Need, ...], expected: Format) -> None:
    person = Participant(id=Id("0" * 32), scope=Id("0" * 32), paper_format=wish, needs=frozenset(needs))
    assert format_for(person, PLAN) == expected
    assert format_for(person, PaperKind.EMPLOYER_SUMMARY) == chosen(PaperFormat.STANDARD)


def signed(desk: Desk, participant: Id) -> Id:
    plan = ready_plan(desk, participant)
    signatories.will_not_sign(desk, plan, "Rather not")
    say_yes(desk, plan, PLAN)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    (line,) = [one for one in register.list_papers(desk, participant) if one.kind is PLAN]
    return line.document


def test_the_recorded_need_chooses_the_format_of_what_is_signed(desk: Desk, refer: Refer) -> None:
    who = refer(work=STRUGGLING).participant
    with desk.unit() as unit:
        unit.set(Participant, who, needs=frozenset({Need.SIMPLE_WORDS.value}))
    said = words_of(register.paper_bytes(desk, signed(desk, who)))
    assert "simple version" in said
    assert "You do not have to say why." in said
    assert "Easy Read" not in said


@pytest.mark.parametrize("look", list(PaperFormat))
def test_a_copy_in_another_format_says_the_same_and_has_no_place_to_sign(
    desk: Desk, refer: Refer, look: PaperFormat
) -> None:
    who = refer(work=STRUGGLING).participant
    document = signed(desk, who)
    assert reading_copies.may_copy(desk, document)
    pdf = reading_copies.give_copy(desk, document, look, ReleaseHow.PRINTED)
    said = words_of(pdf)
    for part in ("This is a copy to read", "Back with my team", "Ask about shorter shifts", "116 123"):
        assert part in said
    assert "Signatures" not in said
    assert "Lumbago" not in said
    assert ("simple version" in said) is (look is PaperFormat.SIMPLE)
    with desk.read() as reader:
        (given,) = reader.list(Release, document=document)
        assert reader.get(Document, document).content is not None
    assert (given.how, given.recipient_name) == (ReleaseHow.PRINTED, "Danielle Marsh")


def test_a_copy_is_refused_once_the_records_say_something_else(desk: Desk, refer: Refer) -> None:
    who = refer(work=STRUGGLING).participant
    document = signed(desk, who)
    with desk.read() as reader:
        plan = reader.get(Document, document).plan
    assert plan is not None
    with desk.unit() as unit:
        unit.set(Plan, plan, strengths="Something that nobody signed")
    with pytest.raises(BadInput) as refused:
        reading_copies.reading_copy(desk, document, PaperFormat.LARGE)
    assert refused.value.reason == "paper_changed"


def test_a_letter_that_cannot_be_printed_is_named_before_anybody_signs(desk: Desk, refer: Refer) -> None:
    who = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, who)
    with desk.unit() as unit:
        unit.set(Plan, plan, strengths="\u6f22")
    signatories.will_not_sign(desk, plan, "Rather not")
    with pytest.raises(MissingGlyph) as caught:
        signing.sign_as_coach(desk, plan, PASSPHRASE)
    assert "U+6F22" in str(caught.value.params)
    assert register.list_papers(desk, who) == []


def test_another_paper_has_no_copy_to_read(desk: Desk, refer: Refer) -> None:
    who = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, who)
    say_yes(desk, plan, PaperKind.GP_SUMMARY)
    signatories.will_not_sign(desk, plan, "Rather not")
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    (gp,) = [one for one in register.list_papers(desk, who) if one.kind is PaperKind.GP_SUMMARY]
    assert not reading_copies.may_copy(desk, gp.document)
    with pytest.raises(BadInput):
        reading_copies.reading_copy(desk, gp.document, PaperFormat.LARGE)


def test_a_copy_keeps_the_words_of_its_plan_when_the_partnership_changes_its_letters(
    desk: Desk, refer: Refer, clock: FixedClock
) -> None:
    wording.write(desk, "plan", {"next": "Then"})
    document = signed(desk, refer(work=STRUGGLING).participant)
    clock.set(clock.now() + timedelta(hours=1))
    wording.write(desk, "plan", {"next": "From now on", "goals": "Hopes"})
    said = words_of(reading_copies.reading_copy(desk, document, PaperFormat.LARGE))
    assert "Then" in said
    assert "From now on" not in said
    assert "Hopes" not in said
