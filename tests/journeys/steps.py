"""What people do at the window, one step of the way after the other, by keyboard."""

import io
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.desktop.pages.at_work import focus
from tests.desktop.reader import Role, find, name_of, tree
from tests.journeys.hands import CONTROL, SHIFT, Hands
from workwell_desktop.services.coming_in import agreements

WORDS, HELENS = "harbour lantern mosaic", "willow copper lantern"
"""Passphrases of Maya Okafor and of Helen Frost."""


def begin_a_store(hands: Hands) -> None:
    assert focus().accessibleName() == "Begin a new store"
    hands.key(Qt.Key.Key_Return)
    hands.fill("Name of the partnership", "Calder Valley partnership")
    hands.fill("Name of your team", "Calder Valley team")
    hands.fill("Your name", "Maya Okafor")
    hands.fill("Your profession", "Work")
    hands.fill("Passphrase", WORDS)
    hands.fill("Passphrase again", WORDS)
    hands.press("Make the store")
    (code,) = [name_of(one) for one in tree(hands.window) if name_of(one).startswith("Recovery code: ")]
    hands.press("I have written it down")
    hands.fill("Recovery code", "WRONG")
    hands.press("Finish")
    assert "That is not the code." in hands.says()
    field = find(hands.window, Role.EditableText, "Recovery code")
    field.selectAll()  # type: ignore[attr-defined]
    hands.fill("Recovery code", code.removeprefix("Recovery code: ").replace(", ", "-").replace(" ", ""))
    hands.press("Finish")
    assert hands.page.route == "today"


def add_the_chair(hands: Hands) -> None:
    hands.key(Qt.Key.Key_7, modifier=CONTROL)
    assert hands.page.route == "settings"
    hands.page.context.navigator.go("settings", section="people")
    hands.rest()
    hands.go_on()
    hands.fill("Name", "Helen Frost")
    hands.fill("Profession", "Doctor")
    hands.fill("Registration number", "7000001")
    hands.press("Clinician")
    hands.press("Chair of the team meeting")
    hands.fill("Their passphrase", HELENS)
    hands.fill("Their passphrase again", HELENS)
    hands.go_on()
    assert "Helen Frost was added." in hands.says()


def take_the_referral(hands: Hands, source: str = "GP") -> None:
    hands.key(Qt.Key.Key_N, modifier=CONTROL)
    assert focus().accessibleName() == "First name"
    hands.write("Danielle")
    hands.fill("Family name", "Marsh")
    hands.fill("Likes to be called (if you want)", "Dani")
    hands.fill("Date of birth", "14/3/1984")
    hands.fill("NHS number (if you want)", "999 000 0018")
    hands.fill("Address, first line", "7 Mill Lane")
    hands.fill("From whom", source)
    hands.fill("Why they come", "At work with low mood and back pain")
    hands.fill("Work now", "Working")
    hands.key(Qt.Key.Key_Down)
    hands.fill("Employer", "Northgate Parcels")
    for _question in agreements.QUESTIONS:
        hands.press("Yes")
        hands.key(Qt.Key.Key_Tab)
    hands.press("Begin the programme now, with me as coach")
    hands.go_on()
    assert hands.page.route == "record", hands.says()
    assert "Danielle Marsh" in hands.says()
    hands.do("Change name, contact and needs")
    hands.fill("GP practice", "Hebble Street Surgery")
    hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier)
    assert hands.page.route == "record"
    hands.press("Change what matters to Dani")
    hands.fill("What matters to Dani", "Cooking for my children again.")
    hands.key(Qt.Key.Key_Tab)


def ask_phq9(hands: Hands) -> None:
    hands.do("Begin an assessment")
    if hands.page.route != "assessment":
        hands.page.context.navigator.go("assessment", participant=hands.page.params["participant"])
        hands.rest()
    hands.press("Start: PHQ-9")
    assert focus().accessibleName().startswith("Little interest")
    for figure in "223212101":
        hands.write(figure)
    words = hands.says()
    assert "Stop and talk now" in words
    assert "Dani answered “Several days” to question 9" in words
    assert "Saved on this computer, 10:42am" in words
    who = hands.page.params["participant"]
    hands.go_on()
    # it stays wherever one goes
    hands.page.context.navigator.go("record", participant=who)
    hands.rest()
    find(hands.window, Role.Button, "Record what was done")
    hands.key(Qt.Key.Key_1, modifier=CONTROL)
    assert hands.page.route == "today"
    assert "Danielle Marsh" in hands.says()
    assert "isk conversation" in hands.says() or "Talk with" in hands.says()
    hands.page.context.navigator.go("record", participant=who)
    hands.rest()


def record_the_talk(hands: Hands) -> None:
    hands.press("Record what was done")
    assert hands.page.route == "risk"
    hands.fill("What you asked, and what they said", "Whether she thinks of ending her life. She does not.")
    hands.fill("What you agreed", "She calls her GP today.")
    hands.press("Arranged to be seen by the GP on the same day")
    hands.go_on()
    assert "What was done is recorded." in hands.says()
    hands.press("Open the record")
    assert hands.page.route == "record"
    assert "Record what was done" not in hands.says()


def ask_about_work(hands: Hands) -> None:
    who = hands.page.params["participant"]
    hands.page.context.navigator.go("assessment", participant=who)
    hands.rest()
    hands.press("Start: Work and health conversation")
    hands.choose("I am at work and finding it hard")
    hands.fill("What is your job, or the last job you had?", "Team leader")
    hands.fill("How many hours a week do you usually work?", "37.5")
    hands.key(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert hands.page.heading.plain() == "What the job asks and what I can do now"
    hands.key(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert "Saved on this computer, 10:42am" in hands.says()
    hands.page.context.navigator.go("record", participant=who)
    hands.rest()


def note_what_gets_in_the_way(hands: Hands) -> None:
    hands.do("Add or change an obstacle")
    assert hands.page.route == "obstacle"
    hands.fill("What gets in the way", "Low back pain")
    hands.key(Qt.Key.Key_Tab)
    hands.choose("Person")
    hands.go_on()
    assert "Low back pain" in hands.says()
    hands.press("Back to the record")


def meet(hands: Hands) -> None:
    hands.key(Qt.Key.Key_3, modifier=CONTROL)
    assert hands.page.route == "sessions"
    hands.to("New session")
    hands.key(Qt.Key.Key_Return)
    hands.fill("Day", "24 11")
    hands.fill("Time", "2pm")
    hands.fill("Chair", "Helen")
    hands.fill("Note-taker (if you want)", "Maya")
    hands.go_on()
    assert focus().accessibleName() == "Name from the caseload"
    hands.write("dani")
    hands.key(Qt.Key.Key_Return)
    hands.fill("Question for the team", "Can Dani do half days?")
    hands.press("Yes")
    hands.fill("What Dani says about the question", "I want to try.")
    hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Down, 2)
    hands.go_on()
    assert (hands.page.route, focus().accessibleName()) == ("session", "Everybody invited is here")
    hands.key(Qt.Key.Key_Return)
    hands.press("Back to the case")
    assert "2 of 2 here, quorum met" in hands.says()
    hands.press("Add what Helen brings")
    assert focus().accessibleName() == "Facts from Helen Frost"
    hands.write("Her scan is clear.")
    hands.fill("Opinion of Helen Frost", "Half days are safe.")
    hands.fill("Decision", "Half days from Monday.")
    hands.fill("Why", "It fits her week.")
    hands.key(Qt.Key.Key_Tab)
    hands.choose("Carry on")
    hands.key(Qt.Key.Key_A, modifier=CONTROL | SHIFT)
    assert focus().accessibleName() == "What is to be done"
    hands.write("Ask the depot for half days")
    hands.key(Qt.Key.Key_Tab)
    hands.write("Maya")
    hands.fill("By when", "+3d")
    hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Return)
    hands.go_on()
    assert (hands.page.route, focus().accessibleName()) == ("signoff", "Passphrase of Helen Frost")
    hands.write(HELENS)
    hands.go_on()
    assert "signed by the chair" in hands.says()


def plan_and_sign(hands: Hands) -> None:
    hands.key(Qt.Key.Key_2, modifier=CONTROL)
    assert hands.page.route == "participants"
    hands.write("marsh")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return)
    assert hands.page.route == "record"
    hands.do("Open the plan")
    assert hands.page.route == "plan"
    hands.press("Begin a plan")
    hands.press("Add an action for Low back pain")
    hands.write("Walk for 15 minutes a day")
    hands.key(Qt.Key.Key_Tab)
    hands.write("Dani")
    hands.key(Qt.Key.Key_Tab)
    hands.write("25 11")
    hands.key(Qt.Key.Key_Tab)
    assert "1 of 1 have one" in hands.says()
    hands.go_on()
    hands.fill("Words for a change at work or for what gets in the way", "chair")
    offered = [name_of(one) for one in tree(hands.window) if name_of(one).startswith("Ask for this")]
    assert offered, hands.says()
    hands.press(offered[0])
    hands.go_on()
    hands.fill("Look at the plan again on", "8 12")
    hands.key(Qt.Key.Key_Tab)
    hands.go_on()
    assert "Go to Actions" not in hands.says(), hands.says()
    for paper in ("Dani’s copy", "GP summary", "Employer copy"):
        hands.press(f"Note the answer: {paper}")
        hands.choose("In the room")
        hands.press("Dani has seen it" if paper.startswith("Dani") else "Dani agrees")
    hands.draw(Role.Canvas, "Danielle Marsh signs here")
    hands.press("I have read this plan, or it was read to me. I agree with it. I can change my mind.")
    hands.fill("Passphrase of Maya Okafor", WORDS)
    hands.go_on()
    assert "Signed. 3 papers are in the register." in hands.says(), hands.says()
    hands.press("Open plans and papers")
    assert hands.page.route == "papers"


def save_papers(hands: Hands, folder: Path, patch: pytest.MonkeyPatch) -> dict[str, Path]:
    saved: dict[str, Path] = {}
    kinds = {"Own": "Own copy of the plan", "Employer": "Employer copy"}
    for word, start in kinds.items():
        hands.key(Qt.Key.Key_4, modifier=CONTROL)
        assert hands.page.route == "papers"
        names = [name_of(one) for one in tree(hands.window) if one.role() is Role.ListItem]
        name = next((one for one in names if one.startswith(start)), "")
        assert name, names
        hands.to(name)
        hands.key(Qt.Key.Key_Return)
        assert hands.page.route == "paper"
        file = folder / f"{word}.pdf"
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_given, file=file: (str(file), ""))
        hands.press("Save as PDF")
        saved[word] = file
    return saved


def paper_words(pdf: bytes) -> str:
    """The text of every page."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as paper:
        return "\n".join(page.get_textpage().get_text_bounded() for page in paper)
