"""One person's way from a self-referral to the end, under the pack of an area, by keyboard in the real window."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.journeys.hands import CONTROL, Hands
from tests.journeys.steps import (
    WORDS,
    add_the_chair,
    ask_about_work,
    begin_a_store,
    meet,
    note_what_gets_in_the_way,
    plan_and_sign,
    take_the_referral,
)
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Contact, ContactStatus, Episode, EpisodeStatus
from workwell_desktop.domain.participants import WorkSituation, WorkStatus
from workwell_desktop.domain.people import Partnership

AREA = "North Central London"
REASON = "Dani is staying in work"


@pytest.mark.timeout(120)
def test_from_a_self_referral_to_the_end_under_the_pack_of_an_area(hands: Hands) -> None:
    begin_a_store(hands)
    take_the_pack(hands)
    add_the_chair(hands)
    take_the_referral(hands, source="Themselves")
    ask_about_work(hands)
    note_what_gets_in_the_way(hands)
    meet(hands)
    plan_and_sign(hands)
    to_the_record(hands)
    hands.key(Qt.Key.Key_Tab, modifier=CONTROL, times=2)
    assert "Thrive at work" in hands.says(), "the plan goes by the name that the area gives it"
    follow_up(hands, 7, "She is back for half days.", work="Returned")
    follow_up(hands, 14, "All is well at work.", work="Working")
    finish(hands)
    desk = hands.page.context.desk
    with desk.read() as reader:
        (partnership,) = reader.list(Partnership)
        (episode,) = reader.list(Episode)
        talks = reader.list(Contact, order_by="done_at", status=ContactStatus.DONE)
        told = reader.list(WorkSituation)
    assert partnership.site == "north_central_london"
    assert (episode.status, episode.own_view) == (EpisodeStatus.CLOSED, "I was listened to.")
    assert [one.note for one in talks] == ["She is back for half days.", "All is well at work."]
    assert {one.status for one in told} >= {WorkStatus.RETURNED, WorkStatus.WORKING}


def take_the_pack(hands: Hands) -> None:
    hands.key(Qt.Key.Key_7, modifier=CONTROL)
    hands.page.context.navigator.go("settings", section="partnership")
    hands.rest()
    hands.press("See the site packs")
    assert hands.page.route == "site"
    hands.to("Show the pack of")
    hands.write(AREA)
    hands.go_on()
    assert f"“{AREA}” is in use now." in hands.says()


def follow_up(hands: Hands, days: int, words: str, *, work: str) -> None:
    """Some days later, after the laptop was locked: the talk is recorded from the person's record."""
    clock = hands.program.clock
    assert isinstance(clock, FixedClock)
    hands.key(Qt.Key.Key_L, modifier=CONTROL)
    clock.set(clock.moment + timedelta(days=days))
    hands.fill("Passphrase", WORDS)
    hands.key(Qt.Key.Key_Return)
    to_the_record(hands)
    hands.do("Plan or record a talk")
    assert hands.page.route == "contact", hands.says()
    hands.fill("What it is for", "How it goes")
    hands.fill("What was said", words)
    hands.fill("How long (if you want)", "15")
    hands.fill("Work now", work)
    hands.go_on()
    assert hands.page.route == "record", hands.says()


def finish(hands: Hands) -> None:
    hands.do("Finish with this person")
    assert hands.page.route == "ending"
    hands.choose(REASON)
    hands.fill("How it was for Dani", "I was listened to.")
    hands.go_on()
    assert hands.page.route == "record", hands.says()


def to_the_record(hands: Hands) -> None:
    hands.key(Qt.Key.Key_2, modifier=CONTROL)
    hands.write("marsh")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return)
    assert hands.page.route == "record"
