"""The language of somebody's screen changes no paper, no file and no stored word."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.documents import taken
from tests.services.conftest import CHEAP, TUESDAY
from tests.support.tree import ROOT, imports, modules
from workwell_desktop import documents
from workwell_desktop.domain import screen
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.pseudo_language import LONG
from workwell_desktop.domain.sessions import Session, SessionStatus
from workwell_desktop.services import demo
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import minutes
from workwell_desktop.services.paperwork.letter_samples import _MAKERS, compose_of, facts_of
from workwell_desktop.services.reporting import summary_files

LETTERS = sorted(_MAKERS)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    screen.speak()


def _in_both(make: Callable[[], object]) -> tuple[object, object]:
    screen.speak()
    plain = make()
    screen.speak(LONG)
    assert screen.text("shell.lock") != "Lock"
    return plain, make()


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_has_the_same_bytes_whatever_the_screen_speaks(letter: str) -> None:
    def paper() -> bytes:
        return documents.render(compose_of(letter)(facts_of(letter, date(2026, 11, 24)), None))

    plain, heard = _in_both(paper)
    assert plain == heard


def _store(path: Path) -> Desk:
    path.mkdir()
    return demo.make_store(path / "rehearsal.workwell", clock=FixedClock(TUESDAY), profile=CHEAP)


def _stored(desk: Desk) -> list[str]:
    with desk.read() as reader:
        return [repr(one) for kind in KINDS.values() for one in reader.list(kind, order_by="id")]


def _files(desk: Desk, out: Path) -> dict[str, bytes]:
    """What goes out of a store: every paper that it keeps, the minutes, the tables of the summary."""
    summary_files.report(desk, date(2026, 4, 1), date(2026, 11, 24), out)
    found = {one.name: one.read_bytes() for one in out.iterdir()}
    with desk.read() as reader:
        for paper in reader.list(Document, order_by="id"):
            if paper.file is not None:
                # packed bytes hold any two by chance: what a paper says is looked at (ƒ is a byte of a signature)
                found[str(paper.id)] = taken.everything(reader.blob(paper.file)).encode()
    return found


def _meeting(desk: Desk) -> list[object]:
    found: list[object] = []
    with desk.read() as reader:
        for session in reader.list(Session, order_by="id", status=SessionStatus.LOCKED)[:1]:
            found.append(minutes.make_minutes(reader, desk.site, session.id).composition)
        for session in reader.list(Session, order_by="id")[:1]:
            found.append(minutes.make_agenda(reader, desk.site, session.id, date(2026, 11, 24)).composition)
    return found


def test_what_is_stored_and_given_out_is_the_same_whatever_the_screen_speaks(tmp_path: Path) -> None:
    """The rehearsal store is made by the acts that pages use: no accent of the screen is in it, nor in its papers."""
    screen.speak(LONG)
    desk = _store(tmp_path / "long")
    try:
        odd = [one for one in _stored(desk) if any(letter in one for letter in "ŧƒĝķ")]
        assert not odd
        plain, heard = _in_both(lambda: _meeting(desk))
        assert plain == heard
        assert isinstance(plain, list)
        assert len(plain) == 2
        files = _files(desk, tmp_path / "out-long")
        assert files
        assert not [name for name, data in files.items() if any(one.encode() in data for one in "ŧĝķ")]
    finally:
        desk.lock()


SPOKEN_ON_PAGES = {
    # what is wrong with a file that was brought, and what a check of a paper found: shown, never kept
    "services.administration.site_packs",
    "services.assessing.form_files",
    "services.coming_in.referral_fhir",
    "services.coming_in.referral_import",
    "services.meeting.carried",
    "services.meeting.projecting",
    "services.paperwork.paper_checks",
    "services.person._events",
    "services.safekeeping._holding",
    "services.signposting.directory_files",
    "services.travel.case_import",
    "services.travel.case_records",
}
"""Services that say something on a page in the language of the screen. Everything else that they say is English."""


def test_only_what_is_shown_asks_the_screen_for_words() -> None:
    """Papers, files and stored words are said by ``catalogue``, pages by ``domain.screen``: nobody asks the other."""
    house, shown = "workwell_desktop.", "workwell_desktop.domain.screen."
    asks = {one.name.removeprefix(house): {name for _node, name in imports(one)} for one in modules(ROOT)}
    speaks = {name for name, asked in asks.items() if any(one.startswith(shown) for one in asked)}
    below = {name for name in speaks if name.startswith(("documents", "services", "store", "sync"))}
    assert below == SPOKEN_ON_PAGES
    english = {f"{house}catalogue.{one}" for one in ("text", "has", "sentence")}
    assert not [name for name, asked in asks.items() if name.startswith("desktop") and asked & english]
