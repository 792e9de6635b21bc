"""A new referral in one act, people who may be the same, and referrals that wait."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, focus, pick, tab_to, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find_all, says
from workwell_desktop.domain.coming_in import FIELDS
from workwell_desktop.domain.episodes import ClosureReason, Referral, ReferralSource
from workwell_desktop.domain.participants import AgreementKind, NumberStatus, Party
from workwell_desktop.services.coming_in import agreements, participants, referrals
from workwell_desktop.services.person import ending, record


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        with_pages(found)
        found.workspace.navigator.go("referral")
        settle()
        yield found


def fill(here: AtWork, **words: str) -> None:
    for name, value in words.items():
        here.page.fields[name].control.setFocus()
        write(value)


def take() -> None:
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()


def test_a_referral_is_taken_in_one_act_and_leads_to_the_record(here: AtWork) -> None:
    assert focus().accessibleName() == "First name"
    write("Colin")
    tab_to("Family name")
    write("Hart")
    fill(
        here, birth_date="3/5/1979", nhs_number="999 023 7573", reason="Anxious about going back.", address="2 Weir St"
    )
    pick(here.page.fields["nhs_number_status"].control, "matched")
    pick(here.page.fields["source"].control, "employer")
    fill(here, organisation="Northgate Parcels", referrer_name="Sam Pike")
    pick(here.page.fields["person_knows"].control, "yes")
    pick(here.page.fields["agree_take_part_participant"].control, "yes")
    pick(here.page.fields["agree_contact_employer"].control, "no")
    take()
    assert here.page.route == "record"
    who = here.page.who
    one = participants.get(here.desk, who)
    assert (one.name, one.nhs_number, one.nhs_number_status) == ("Colin Hart", "9990237573", NumberStatus.MATCHED)
    assert agreements.allowed(here.desk, who, AgreementKind.TAKE_PART, Party.PARTICIPANT)
    states = {(each.kind, each.party): each.given for each in agreements.current(here.desk, who)}
    assert states[AgreementKind.CONTACT, Party.EMPLOYER] is False
    assert states[AgreementKind.SHARE, Party.GP] is None
    with here.desk.read() as reader:
        (sent,) = reader.list(Referral, scope=who)
    assert (sent.organisation, sent.referrer_name, sent.person_knows) == ("Northgate Parcels", "Sam Pike", True)
    assert "Colin Hart" in says(here.page)


def test_each_source_has_its_own_few_fields(here: AtWork) -> None:
    fields = here.page.fields
    shown = lambda: {name for name in FIELDS if fields[name].isVisible()}  # noqa: E731
    assert shown() == set()
    fill(here, given_name="Colin", family_name="Hart", birth_date="3/5/1979", reason="His back")
    pick(fields["source"].control, "jobcentre")
    settle()
    assert shown() == {"organisation", "referrer_name", "referrer_contact", "reference", "person_knows"}
    assert fields["referrer_name"].label.startswith("Name of the work coach")
    fill(here, referrer_name="Al Reed")
    take()
    assert fields["person_knows"].error() == "Say whether the person knows of this and wants it."
    pick(fields["source"].control, "self")
    settle()
    assert shown() == {"heard_from"}
    take()
    with here.desk.read() as reader:
        (sent,) = reader.list(Referral, scope=here.page.who)
    assert (sent.source, sent.referrer_name) == (ReferralSource.SELF, None), "what was typed was of another source"


def test_days_that_cannot_be_are_said_at_their_field(here: AtWork) -> None:
    fill(here, given_name="Colin", family_name="Hart", birth_date="3/5/1979", reason="His back")
    pick(here.page.fields["source"].control, "self")
    pick(here.page.fields["status"].control, "off_sick")
    here.page.fields["received_on"].control.set_day(date(1979, 5, 1))
    here.page.fields["since"].control.set_day(date(1979, 5, 2))
    take()
    assert here.page.route == "referral"
    assert "a referral cannot come before it" in here.page.fields["received_on"].error()
    assert "work cannot begin before it" in here.page.fields["since"].error()


def test_what_is_missing_is_named_and_what_was_typed_stays(here: AtWork) -> None:
    fill(here, given_name="Colin", nhs_number="999 000 0017")
    pick(here.page.fields["source"].control, "gp")
    take()
    assert here.page.route == "referral"
    assert {name for name, field in here.page.fields.items() if field.wrong} >= {"family_name", "birth_date"}
    assert here.page.fields["given_name"].control.value() == "Colin"
    assert here.page.fields["nhs_number"].control.value() == "999 000 0017"
    assert here.page.errors.isVisible()
    assert referrals.waiting(here.desk) == ()


def test_somebody_who_may_be_the_same_is_shown_while_typing_and_can_be_taken(here: AtWork) -> None:
    fill(here, given_name="Danielle", family_name="Marsh", birth_date="14/3/1984")
    here.page._ask_likes()
    settle()
    words = says(here.page)
    assert "Same name and birth" in words
    assert "7 Mill Lane" in words
    assert "Takes part now" in words
    click(here.page, Role.Button, "Take this person: Danielle Marsh")
    settle()
    assert here.page.known is not None
    assert not here.page.fields["given_name"].isEnabled()
    fill(here, reason="Again")
    pick(here.page.fields["source"].control, "self")
    take()
    assert "takes part already" in says(here.page)
    assert here.page.fields["reason"].control.value() == "Again"


def test_what_was_typed_is_there_again_on_the_way_back(here: AtWork) -> None:
    fill(here, given_name="Colin", reason="His back")
    here.workspace.navigator.go("participants")
    settle()
    page = here.back()
    assert page.fields["given_name"].control.value() == "Colin"
    assert page.fields["reason"].control.value() == "His back"


def test_a_referral_that_waits_is_taken_on_once_the_person_agreed(here: AtWork) -> None:
    fill(here, given_name="Colin", family_name="Hart", birth_date="3/5/1979", reason="Anxious.")
    pick(here.page.fields["source"].control, "gp")
    take()
    who = here.page.who
    here.workspace.navigator.go("referrals")
    settle()
    assert "1 of 1 waiting" in says(here.page)
    here.page.table.opened.emit(str(who))
    settle()
    assert not find_all(here.page, Role.Button, "Take Colin Hart on")
    click(here.page, Role.Button, "Note what they agree to")
    settle()
    pick(here.page.fields["given"].control, "yes")
    click(here.page, Role.Button, "Record the answer")
    settle()
    here.workspace.navigator.go("coming-in", participant=str(who))
    settle()
    click(here.page, Role.Button, "Take Colin Hart on")
    settle()
    assert record.banner(here.desk, who).episode_status == "active"
    here.workspace.navigator.go("referrals")
    settle()
    assert "No referrals are waiting" in says(here.page)


def test_a_half_written_referral_survives_lock_and_a_crash(
    qapp: QApplication, made: Path, tmp_path: Path, here: AtWork
) -> None:
    fill(here, given_name="Colin", reason="His back", birth_date="3/5/1979")
    pick(here.page.fields["agree_take_part_participant"].control, "yes")
    here.page.fields["needs"].control.set_value(["large_print"])
    here.page._keeping.keep()  # the rest after typing
    assert here.page.foot is not None
    assert "Kept on this computer, 10:42am, and not recorded yet" in says(here.page)
    # nothing leaves the page: a new window finds what the store holds
    again = tmp_path / "again"
    again.mkdir()
    here.desk.store.close()
    with at_work.begin(here.desk.store.path, again) as found:
        with_pages(found).workspace.navigator.go("referral")
        settle()
        page = found.page
        values = {name: page.fields[name].control.value() for name in ("given_name", "reason", "birth_date")}
        assert values == {"given_name": "Colin", "reason": "His back", "birth_date": "3/5/1979"}
        assert page.fields["agree_take_part_participant"].control.value() == "yes"
        assert page.fields["needs"].control.value() == frozenset({"large_print"})
        assert "You began this referral before." in says(page)


def test_what_was_thrown_away_is_gone_until_it_is_brought_back(here: AtWork) -> None:
    fill(here, given_name="Colin", reason="His back")
    click(here.page, Role.Button, "Throw it away")
    settle()
    assert here.page.fields["given_name"].control.value() == ""
    assert not [key for key in here.desk.store.drafts.keys() if "referral" in key]  # noqa: SIM118
    click(here.page, Role.Button, "Bring it back")
    settle()
    assert here.page.fields["given_name"].control.value() == "Colin"
    assert here.page.fields["reason"].control.value() == "His back"


def test_nothing_is_kept_of_a_referral_that_was_taken(here: AtWork) -> None:
    fill(here, given_name="Colin", family_name="Hart", birth_date="3/5/1979", reason="His back")
    pick(here.page.fields["source"].control, "gp")
    here.page._keeping.keep()
    take()
    assert here.page.route == "record"
    here.workspace.navigator.go("referral")
    settle()
    assert here.page.fields["given_name"].control.value() == ""
    assert "You began this referral before." not in says(here.page)


def test_somebody_whose_programme_ended_is_referred_again_from_their_record(here: AtWork) -> None:
    (episode,) = [record.banner(here.desk, here.dani).episode]
    assert episode is not None
    ending.close(here.desk, episode, ClosureReason.MOVED_AWAY)
    here.go("record")
    click(here.page, Role.Button, "Take a new referral")
    settle()
    assert "The referral is for Danielle Marsh. Born 14 March 1984. 7 Mill Lane" in says(here.page)
    fill(here, reason="Back again")
    pick(here.page.fields["source"].control, "self")
    take()
    assert (here.page.route, here.page.who) == ("record", here.dani)
    assert record.banner(here.desk, here.dani).episode_status == "waiting"


def test_a_refused_referral_is_one_sentence_and_everything_typed_stays(here: AtWork) -> None:
    fill(here, given_name="Colin", family_name="Hart", birth_date="3/5/1979", reason="His back")
    pick(here.page.fields["source"].control, "gp")
    here.desk.person = replace(here.desk.person, roles=frozenset({"chair"}))
    take()
    assert "Please ask someone who may do it" in says(here.page)
    assert here.page.fields["reason"].control.value() == "His back"
    assert here.page.fields["family_name"].control.value() == "Hart"
