"""A plan of three pages, tagged and archival, against the same words by bare ReportLab without tags (issue of papers:
at most 1.5 times as long and 15 ms)."""

from dataclasses import replace
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from tests.benchmarks.rows import Row, alternating_ms
from tests.documents import examples, taken
from workwell_desktop import documents
from workwell_desktop.documents import PaperStyle, compose
from workwell_desktop.documents.layout import fonts

ROUNDS = 15
SURPLUS = 15.0
"""Milliseconds that tags, metadata and the attachment may cost beside the ratio."""


def measure_three_pages() -> list[Row]:
    """Composed and set, unsigned; the bare one draws the lines of the finished pages with the same faces."""
    facts = replace(examples.PLAN, signatories=examples.PLAN.signatories[:1])
    pages = _lines(documents.render(compose.participant_plan(facts)))
    tagged, bare = alternating_ms(
        lambda: documents.render(compose.participant_plan(facts)), lambda: _bare(pages), ROUNDS
    )
    return [
        Row(f"plan of {len(pages)} pages, less {SURPLUS:g} ms", max(tagged - SURPLUS, 0.0), "ms", bare, 1.5),
        Row(f"plan of {len(pages)} pages", tagged, "ms"),
    ]


def measure_cost_of_a_page() -> list[Row]:
    """A page of a plan of a hundred pages against one of a plan of ten."""
    made = {}
    for actions in (40, 420):
        many = tuple(replace(examples.ACTIONS[0], text=f"Step {n}. " + "It goes on. " * 12) for n in range(actions))
        made[actions] = compose.participant_plan(replace(examples.PLAN, actions=many))
    few, most = (documents.pages(documents.render(one, PaperStyle.STANDARD)) for one in made.values())
    long, short = alternating_ms(lambda: documents.render(made[420]), lambda: documents.render(made[40]), 5)
    return [Row(f"a page of {most} pages, against one of {few}", long / most, "ms", short / few, 1.5)]


def _lines(pdf: bytes) -> list[list[str]]:
    """The words of each page, broken as a line of text would be."""
    found = []
    for text in taken.page_texts(pdf):
        words = text.split()
        found.append([" ".join(words[at : at + 11]) for at in range(0, len(words), 11)])
    return found


def _bare(pages: list[list[str]]) -> bytes:
    fonts.register()
    rl_config.invariant = 1
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1)
    for lines in pages:
        text = canvas.beginText(54, 780)
        text.setFont(fonts.REGULAR, 14, 20)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
