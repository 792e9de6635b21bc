"""The code on a printed sheet: read from the picture of the page, and proved with the computer's key alone."""

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
import segno
from PIL import Image

from tests.services.case_help import agreed, ready_plan, session_with
from tests.services.conftest import PASSPHRASE
from workwell_desktop import documents
from workwell_desktop.documents.code import Seal, read_code
from workwell_desktop.documents.layout.pictures import CODE_SIZE
from workwell_desktop.documents.layout.style import A4, style
from workwell_desktop.domain.papers import Document, TeamDocument
from workwell_desktop.domain.people import Device, Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Outcome
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import discussions, sessions, signing_minutes
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.planning import signing

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
_WIDE = 2480
"""Pixels of an A4 page at 300 dots per inch."""


Squares = tuple[tuple[int, ...], ...]


def squares_of(said: str) -> Squares:
    """The dark and light squares of a code by a library that does not draw ours."""
    return tuple(tuple(row) for row in segno.make(said, error="m", boost_error=False, micro=False).matrix)


LIKE = squares_of("WW1:" + "A" * 186)
"""A code of the length that ours have: their size, and the pattern in their corners."""


def printed_codes(pdf: bytes) -> list[Squares]:
    """The squares of each code of a file, taken from the pictures of its pages."""
    pictures = (Image.open(BytesIO(documents.page_png(pdf, page, _WIDE))) for page in range(documents.pages(pdf)))
    return [found for picture in pictures for found in _codes(picture.convert("L"))]


def _codes(picture: Image.Image) -> list[Squares]:
    """Looks down the left margin for the three corners of a code that is as wide as ours."""
    points = picture.width / A4[0]
    left, step = style(documents.PaperStyle.STANDARD).margin * points, CODE_SIZE * points / len(LIKE)
    whole = range(len(LIKE))

    def corner(down: float) -> bool:
        return all(_dark(picture, left, down, step, x, y) == LIKE[y][x] for x in range(7) for y in range(7))

    down, found = 0, []
    while down < picture.height - len(LIKE) * step:
        first = down
        while corner(down):
            down += 1
        if down > first:
            middle = (first + down - 1) / 2
            found.append(tuple(tuple(_dark(picture, left, middle, step, x, y) for x in whole) for y in whole))
            down += int(len(LIKE) * step)
        down += 1
    return found


def _dark(picture: Image.Image, left: float, down: float, step: float, x: int, y: int) -> int:
    return int(cast(int, picture.getpixel((int(left + (x + 0.5) * step), int(down + (y + 0.5) * step)))) < 128)


@pytest.fixture
def plan(desk: Desk, refer: Refer, colleague: Join) -> Id:
    """A plan that is ready to be signed, with a clinician."""
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    return ready_plan(desk, refer().participant, clinician=tom.me)


@pytest.fixture
def signed(desk: Desk, plan: Id) -> list[Document]:
    """The register after the coach has signed a plan."""
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    with desk.read() as reader:
        return [one for one in reader.list(Document, plan=plan) if one.file is not None]


def test_every_signed_paper_carries_a_code_that_the_computers_key_proves(desk: Desk, signed: list[Document]) -> None:
    with desk.read() as reader:
        [public] = [bytes.fromhex(one.verify_key or "") for one in reader.list(Device)]
        files = {one.id: reader.blob(one.file) for one in signed if one.file}
    assert files
    for entry in signed:
        [squares] = printed_codes(files[entry.id])
        seal = Seal(desk.identity.device_public, desk.identity.sign_as_device)
        said = seal.said(entry.id, entry.content or "")
        assert squares == squares_of(said)
        verdict = read_code(said, [public])
        assert verdict.genuine
        assert (verdict.document, verdict.content_hash) == (entry.id, entry.content)


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="no reader of codes on this computer")
def test_a_reader_of_codes_finds_it_on_the_page(desk: Desk, signed: list[Document], tmp_path: Path) -> None:
    with desk.read() as reader:
        keys = [bytes.fromhex(one.verify_key or "") for one in reader.list(Device)]
        files = [(one, reader.blob(one.file)) for one in signed if one.file]
    for entry, pdf in files:
        said = []
        for page in range(documents.pages(pdf)):
            place = tmp_path / "page.png"
            place.write_bytes(documents.page_png(pdf, page, 1240))
            made = subprocess.run(["zbarimg", "-q", "--raw", str(place)], capture_output=True, text=True, check=False)
            said += made.stdout.split()
        [code] = said
        assert read_code(code, keys).content_hash == entry.content
        assert read_code(code, keys).genuine


def test_the_minutes_carry_one_too(desk: Desk, refer: Refer, colleague: Join) -> None:
    chair = colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")
    session, _item, discussion = session_with(desk, chair, refer().participant)
    agreed(desk, discussion)
    discussions.contribute(desk, discussion, opinion="A rest day", facts="Sleeps badly")
    discussions.decide(desk, discussion, decision="Go on", rationale="It helps", outcome=Outcome.CARRY_ON)
    sessions.lock_session(chair, session)
    made = signing_minutes.sign_minutes(chair, session, PASSPHRASE)
    with chair.read() as reader:
        entry = reader.get(TeamDocument, made)
        assert entry.file is not None
        assert len(printed_codes(reader.blob(entry.file))) == 1


def test_a_preview_carries_no_code_that_would_pass_as_signed(desk: Desk, plan: Id) -> None:
    for view in papers.approvals(desk, plan):
        shown = papers.preview(desk, plan, view.kind)
        assert printed_codes(shown.pdf) == []
