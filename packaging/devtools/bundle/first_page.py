"""Follows the first page of the guide at the window, step by step, by what the page says and by nothing else.

Run by ``by_the_guide`` with the page and the place where the paper is to be kept; it says a line for each step and asks
for a picture by a line that begins with ``picture``. What the page says and the window does not is a fault.
"""

import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from devtools.bundle.assistive import Fault, Hands, listen

PROGRAM = "workwell"
PASSPHRASE = "harbour lantern mosaic thistle"  # noqa: S105 - of a made-up person's store
_SENTENCE = "I have read this plan, or it was read to me. I agree with it. I can change my mind."
_NAMED = re.compile(r"\*\*([^*]+)\*\*")


def begin(hands: Hands, _paper: str) -> None:
    hands.press("Begin a new store")
    hands.fill("Name of the partnership", "Calder Valley partnership")
    hands.fill("Name of your team", "Calder Valley team")
    hands.fill("Your name", "Maya Okafor")
    hands.fill("Your profession", "Work and Health Coach")
    hands.fill("Passphrase", PASSPHRASE)
    hands.fill("Passphrase again", PASSPHRASE)
    hands.press("For practice only: mark every page and paper as rehearsal")
    picture(hands, "store")
    hands.press("Make the store")
    # the page on which the code stands says it letter by letter to who listens
    code = hands.reads("Recovery code: ").removeprefix("Recovery code: ")
    hands.press("I have written it down")
    hands.fill("Recovery code", re.sub(r"[, ]", "", code))
    picture(hands, "code")
    hands.press("Finish")
    hands.reads("My list")


def take_in(hands: Hands, _paper: str) -> None:
    hands.key("ctrl+n")
    hands.met.add("Ctrl+N")
    hands.fill("First name", "Danielle")
    hands.fill("Family name", "Marsh")
    hands.fill("Date of birth", "14 3 1984")
    hands.fill("From whom", "Themselves")
    hands.fill("Why they come", "Low back pain, and finding it hard at work")
    hands.reads("What they agree to")
    hands.press_each("Yes", "radio button")
    hands.find("No", "radio button")
    hands.press("Begin the programme now, with me as coach")
    picture(hands, "referral")
    hands.press("Take the referral")
    hands.reads("Born 14 March 1984")


def ask(hands: Hands, _paper: str) -> None:
    hands.press("Begin an assessment")
    hands.fill("Questions", "GAD-7")
    hands.press("Begin the assessment")
    hands.reads("0 of 7 answered")
    hands.write("2123110")
    hands.reads("7 of 7 answered")
    picture(hands, "questions")
    hands.press("Complete GAD-7")
    hands.reads("GAD-7 is complete and saved.")
    hands.press("Open the record")
    hands.reads("What gets in the way")
    hands.press("Add or change an obstacle", shown="Add")
    hands.fill("What gets in the way", "Low back pain")
    hands.reads("Kind")
    hands.press("Person", "radio button")
    hands.press("Add the obstacle")


def plan(hands: Hands, _paper: str) -> None:
    hands.press("Open the plan")
    hands.press("Begin a plan")
    hands.fill("What matters to Danielle", "Being back with my team before the summer.")
    hands.met.add("What matters")
    hands.press("Add an action for Low back pain", shown="Add an action")
    hands.fill("Action for Low back pain: new action", "Walk for fifteen minutes a day")
    hands.key("Tab")
    hands.write("Danielle")
    hands.key("Tab")
    hands.write("+2w")
    hands.key("Tab")
    hands.reads("1 of 1 have one")
    picture(hands, "actions")
    hands.press("Next: Changes at work", shown="Next")
    hands.fill("Words for a change at work or for what gets in the way", "chair")
    hands.met.add("chair")
    hands.press("Ask for this: A supportive chair…", shown="Ask for this")
    hands.press("Next: Going back bit by bit", shown="Next")
    hands.go("Look at the plan again on", "text")
    hands.write("+6w")
    hands.key("Tab")
    hands.press("Next: Check and sign", shown="Next")


def sign(hands: Hands, _paper: str) -> None:
    hands.press("Note the answer: Danielle’s copy", shown="Note the answer")
    hands.press("In the room", "radio button")
    hands.press("Danielle has seen it", shown="… has seen it")
    hands.find("Type a name instead")
    hands.go("Danielle Marsh signs here", "canvas")
    hands.draw("Danielle Marsh signs here")
    hands.press(_SENTENCE, "check box")
    hands.fill("Passphrase of Maya Okafor", PASSPHRASE)
    picture(hands, "sign")
    hands.press("Sign and make the paper")
    hands.reads("Signed. 1 paper is in the register.")
    picture(hands, "signed")


def keep(hands: Hands, paper: str) -> None:
    hands.press("Open plans and papers")
    hands.go("Own copy of the plan, Danielle Marsh…", "list item")
    hands.key("Return")
    hands.press("Save as PDF")
    hands.fill("File name:", paper)
    hands.key("Return")
    hands.reads("Saved.")
    picture(hands, "paper")
    hands.key("ctrl+4")
    hands.met.add("Ctrl+4")
    hands.press("Check a paper")
    hands.press("Choose a file")
    hands.fill("File name:", paper)
    hands.key("Return")
    hands.reads("Nothing has changed since.")
    picture(hands, "verified")


def and_then(hands: Hands, _paper: str) -> None:
    hands.key("ctrl+l")
    hands.met.add("Ctrl+L")
    hands.find("Another store, a new one, or a backup")
    picture(hands, "locked")


STEPS: tuple[Callable[[Hands, str], None], ...] = (begin, take_in, ask, plan, sign, keep, and_then)


def picture(hands: Hands, name: str) -> None:
    """Waits until it is taken; and whoever listens must know every control that is on it."""
    found = hands.unnamed()
    if found:
        raise Fault(f"{name}: {'; '.join(found)}")
    print(f"picture {name}", flush=True)
    sys.stdin.readline()


def unmet(page: str, met: Iterable[str]) -> list[str]:
    """What the page tells to press, in bold, that was not there to be pressed."""
    return [name for name in _NAMED.findall(page) if name not in set(met)]


def main(page: str, paper: str) -> int:
    """0 when the paper is kept; 1 with what is wrong said on a line of its own."""
    listen()
    hands = Hands(PROGRAM)
    words = Path(page).read_text(encoding="utf-8")
    heads = re.findall(r"(?m)^## (.+)$", words)
    try:
        if len(heads) != len(STEPS):
            raise Fault(f"the page has {len(heads)} parts, and {len(STEPS)} are walked")
        for head, step in zip(heads, STEPS, strict=True):
            began = time.monotonic()
            step(hands, paper)
            print(f"{head}: {time.monotonic() - began:.0f} s", flush=True)
        left = unmet(words, hands.met)
        if left:
            raise Fault(f"the page names {', '.join(map(repr, left))}, and nobody came past it")
    except Fault as fault:
        print(f"fault {fault}", flush=True)
        return 1
    print(f"heard {' | '.join(hands.heard)}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
