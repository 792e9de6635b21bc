"""What is made up says so: on every page of every paper of a rehearsal store, and in whatever is made of it."""

import io

import pypdfium2
import pytest

from tests.journeys.places import Rehearsal
from workwell_desktop.catalogue import text
from workwell_desktop.domain.papers import Document, PaperKind, TeamDocument
from workwell_desktop.domain.plans import Plan, PlanStatus
from workwell_desktop.services.paperwork import papers
from workwell_desktop.store import read_slots

MARK = text("papers.rehearsal")


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as paper:
        return [page.get_textpage().get_text_bounded() for page in paper]


def test_every_page_of_every_paper_in_the_register_is_marked(rehearsal: Rehearsal) -> None:
    found: list[Document | TeamDocument] = [*rehearsal.all(Document), *rehearsal.all(TeamDocument)]
    with_file = [one for one in found if one.file is not None]
    assert {one.kind for one in with_file} >= {PaperKind.PARTICIPANT_PLAN, PaperKind.MINUTES}
    with rehearsal.desk.read() as reader:
        for one in with_file:
            assert one.file is not None
            read = pages(reader.blob(one.file))
            assert read
            assert all(MARK in page for page in read), one.kind


@pytest.mark.parametrize(
    "kind", [PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY], ids=lambda kind: kind.value
)
def test_what_is_only_looked_at_is_marked_too(rehearsal: Rehearsal, kind: PaperKind) -> None:
    plan = rehearsal.all(Plan, status=PlanStatus.SIGNING)[0]
    read = pages(papers.preview(rehearsal.desk, plan.id, kind).pdf)
    assert read
    assert all(MARK in page for page in read)


def test_the_store_itself_says_so_before_anybody_signs_in(rehearsal: Rehearsal) -> None:
    assert read_slots(rehearsal.path).rehearsal
    assert rehearsal.desk.rehearsal
