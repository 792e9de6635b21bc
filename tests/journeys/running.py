"""A process that prepares a session of eight cases by keyboard in the real window and runs it until it is killed.

It prints ``AT <number>`` once the case of that number is in front and what was written for it is called saved:
``python -m tests.journeys.running STORE``.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt

from tests.desktop.pages.at_work import BEFORE, NOW, focus
from tests.desktop.reader import says
from tests.journeys.hands import CONTROL, SHIFT, Hands
from tests.services.conftest import CHEAP, FIRST, OFF_SICK, PASSPHRASE, TAKES_PART, dani
from workwell_desktop.app import StoreGate
from workwell_desktop.desktop.begin import application, program_for
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.referrals import NewReferral
from workwell_desktop.services.meeting import bringing
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import read_slots

STAFF = (
    ("Helen Frost", Profession.DOCTOR, frozenset({"chair", "clinician"}), "7000001"),
    ("Priya Nair", Profession.PHYSIOTHERAPIST, frozenset({"clinician"}), "PH123456"),
    ("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, frozenset({"clinician"}), "OT123456"),
)
CASES = (
    ("Ava", "Ashworth", "Ready for full days?"),
    ("Ben", "Price", "Fund driving lessons?"),
    ("Cem", "Demir", "Is this the right service?"),
    ("Dani", "Tallis", "Can Dani work four days?"),
    ("Eva", "Qureshi", "Which trigger first?"),
    ("Finn", "Bennett", "Refer to the sleep clinic?"),
    ("Gita", "Hughes", "Who asks the depot?"),
    ("Hal", "Adeyemi", "Back since November"),
)
"""In the order of the alphabet, as the rules of the site bring them."""
DAY, TIME = "24 11", "2pm"


def make(path: Path) -> None:
    """A closed store: a team of four, and eight people of whom each asks for something."""
    desk, _code = opening.create(path, FIRST, clock=FixedClock(BEFORE), profile=CHEAP)
    for name, profession, roles, number in STAFF:
        new = NewPerson(
            name=name, profession=profession, roles=roles, passphrase=PASSPHRASE, registration_number=number,
            teams=desk.person.teams,
        )  # fmt: skip
        people.add(desk, new)
    for given, family, question in CASES:
        who = dani(given_name=given, family_name=family, preferred_name=None, nhs_number=None)
        taken = referrals.create(
            desk,
            NewReferral(
                source=ReferralSource.GP, reason="Off work.", who=who, agreements=(TAKES_PART,), work=OFF_SICK,
                accept=True,
            ),
        )  # fmt: skip
        bringing.ask_for(desk, taken.participant, question)
    desk.lock()


def person(path: Path, name: str) -> Id:
    """One of the team, as the sign-in knows them."""
    return Id(next(one.person for one in read_slots(path).people if one.name == name))


def prepare(hands: Hands) -> None:
    """From the caseload by the site's rules; agreement and own words of each."""
    hands.key(Qt.Key.Key_3, modifier=CONTROL)
    hands.press("New session")
    hands.fill("Day", DAY)
    hands.fill("Time", TIME)
    hands.fill("Chair", "Helen")
    hands.fill("Note-taker (if you want)", "Maya")
    hands.go_on()
    hands.key(Qt.Key.Key_F, modifier=CONTROL | SHIFT)
    hands.press("Add 8 to the agenda")
    assert focus().accessibleName() == "Question for the team", focus().accessibleName()
    for number, (given, family, question) in enumerate(CASES, start=1):
        editor = hands.page.editor
        assert f"{number} {given} {family}" in says(editor), says(editor)
        assert editor.question.value() == question
        if given == "Hal":
            hands.press("To note")
        if given == "Cem":
            hands.press("No")
        else:
            hands.press("Yes")
        if given not in ("Cem", "Dani"):
            hands.fill(f"What {given} says about the question", f"{given} wants to go back.")
            hands.fill("How we know", f"{given} told")
        hands.key(Qt.Key.Key_Tab)
        if number < len(CASES):
            hands.key(Qt.Key.Key_PageDown, modifier=CONTROL)
    for name in ("Priya Nair", "Tom Reid"):
        hands.page._open_part("invited")
        hands.fill("One more of ours", name[:5])
        hands.key(Qt.Key.Key_Return)
        assert name in hands.says()
    hands.go_on()


def decide(hands: Hands, decision: str, why: str, outcome: str) -> None:
    """What the team decides; the record holds it once it is agreed."""
    hands.key(Qt.Key.Key_D, modifier=CONTROL | SHIFT)
    hands.write(decision)
    hands.fill("Why", why)
    hands.key(Qt.Key.Key_Tab)
    hands.choose(outcome)


def act(hands: Hands, words: str, owner: str, due: str) -> None:
    """An action with its one owner and its one date."""
    hands.key(Qt.Key.Key_A, modifier=CONTROL | SHIFT)
    hands.write(words)
    hands.key(Qt.Key.Key_Tab)
    hands.write(owner)
    hands.fill("By when", due)
    hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Return)


def bring(hands: Hands, first: str, name: str, facts: str, opinion: str) -> None:
    """What one discipline brings."""
    hands.press(f"Add what {first} brings")
    hands.write(facts)
    hands.fill(f"Opinion of {name}", opinion)
    hands.key(Qt.Key.Key_Tab)


def in_front(hands: Hands) -> str:
    """The first words of the case at the table."""
    return says(hands.page.case).splitlines()[0]


def run_to_the_fifth(hands: Hands) -> None:
    """Decided, withdrawn, not discussed, decided for the time being; and the fifth half written."""
    assert focus().accessibleName() == "Everybody invited is here", focus().accessibleName()
    hands.key(Qt.Key.Key_Return)
    hands.press("Back to the case")
    assert "4 of 4 here, quorum met" in hands.says()
    bring(hands, "Helen", "Helen Frost", "The scan is clear.", "Full days are safe.")
    bring(hands, "Priya", "Priya Nair", "Lifts ten kilos.", "Two more visits.")
    decide(hands, "Full days from Monday.", "The scan is clear.", "Carry on")
    act(hands, "Ask the depot for early shifts", "Priya", "tomorrow")
    hands.go_on()
    assert in_front(hands) == "Ben Price"
    hands.do("Withdraw the case: It is not ready")
    assert in_front(hands) == "Case 3", in_front(hands)
    hands.do("Withdraw the case: The person asked for it")
    assert in_front(hands) == "Dani Tallis"
    decide(hands, "Four days until spring.", "A rest day fits.", "Step up support")
    act(hands, "Write to the employer", "Maya", "+2d")
    hands.go_on()
    assert in_front(hands) == "Eva Qureshi"
    bring(hands, "Tom", "Tom Reid", "Bright lamps.", "Softer ones first.")
    decide(hands, "Ask for softer lamps.", "They start it.", "Carry on")
    hands.key(Qt.Key.Key_Tab)
    act(hands, "Look at the lamps", "Tom", "+1w")
    hands.rest()


def main(path: Path) -> None:
    """Until somebody kills it."""
    application()
    clock = FixedClock(NOW)
    desk = opening.unlock(path, person(path, "Maya Okafor"), PASSPHRASE, clock=clock, profile=CHEAP)
    program = program_for(StoreGate(path, clock), clock)
    program.window.resize(1366, 768)
    program.start()
    program.enter(desk)
    program.window.activateWindow()
    hands = Hands(program)
    hands.rest()
    prepare(hands)
    run_to_the_fifth(hands)
    assert "Saved on this computer" in hands.says()
    print("AT 5", flush=True)
    while True:
        hands.rest()
        time.sleep(0.05)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
