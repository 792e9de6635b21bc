"""The pages: tagged in the order of reading, complete, repeatable to the byte, and right at the edges."""

import unicodedata
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from tests.documents import examples, stages, taken
from workwell_desktop import documents
from workwell_desktop.documents import PaperStyle, compose
from workwell_desktop.documents.code import Seal, read_code
from workwell_desktop.documents.facts import ActionFact
from workwell_desktop.documents.layout.endings import steady
from workwell_desktop.documents.layout.style import A4, style
from workwell_desktop.errors import MissingGlyph

KINDS = sorted(examples.ALL)
STYLES = list(PaperStyle)
MAIN = (PaperStyle.STANDARD, PaperStyle.LARGE)


@pytest.mark.parametrize(("kind", "name"), stages.EVERY)
def test_equal_facts_give_equal_bytes(kind: str, name: PaperStyle) -> None:
    composition = examples.ALL[kind]
    assert documents.render(composition, name) == documents.render(composition, name)


@pytest.mark.parametrize(("kind", "name"), stages.EVERY)
def test_parent_tree_agrees_with_the_structure(kind: str, name: PaperStyle) -> None:
    pdf = stages.stages(kind, name)[-1]
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = {page.objgen: page for page in opened.pages}
        numbers = opened.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        seen: dict[int, set[int]] = {}
        widgets = 0
        waiting = list(opened.Root.StructTreeRoot.K)
        while waiting:
            element = waiting.pop()
            for kid in element.K:
                kind_of = kid.get("/Type")
                if kind_of == "/StructElem":
                    assert kid.P.objgen == element.objgen
                    waiting.append(kid)
                elif kind_of == "/MCR":
                    key = int(pages[kid.Pg.objgen].StructParents)
                    assert parents[key][int(kid.MCID)].objgen == element.objgen
                    seen.setdefault(key, set()).add(int(kid.MCID))
                else:
                    assert parents[int(kid.Obj.StructParent)].objgen == element.objgen
                    widgets += 1
        for key, mcids in seen.items():
            assert mcids == set(range(len(parents[key])))
        assert widgets == len(examples.ALL[kind].fields)


def test_the_plan_is_read_in_its_own_order() -> None:
    for name in STYLES:
        whole = taken.structure(stages.stages("plan", name)[0]).whole()
        order = [
            "Calder Valley partnership",
            "Your return to work plan",
            "Dani Marsh",
            "What matters to you",
            "back with my team",
            "What you want",
            "What we will each do",
            "Walk for 15 minutes",
            "By Friday 27 November",
            "Going back bit by bit",
            "Changes at work",
            "What happens next",
            "Signatures",
            "Is this paper genuine?",
        ]
        places = [whole.index(words) for words in order]
        assert places == sorted(places)


def test_words_at_the_ends_of_lines_stay_apart() -> None:
    whole = taken.structure(stages.stages("plan", PaperStyle.LARGE)[0]).whole()
    assert "Christmas, without being in pain every night" in whole


@pytest.mark.parametrize(("kind", "name"), stages.EVERY)
def test_everything_painted_is_tagged_or_an_artifact_and_inside_the_margins(kind: str, name: PaperStyle) -> None:
    pdf = stages.stages(kind, name)[0]
    margin = style(name).margin
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        textpage = page.get_textpage()
        for number in range(textpage.count_chars()):
            if textpage.get_text_range(number, 1).isspace():
                continue
            left, bottom, right, top = textpage.get_charbox(number)
            assert left >= margin - 2
            assert right <= A4[0] - margin + 2
            assert bottom >= 20
            assert top <= A4[1] - 20
    document.close()


def test_no_code_stands_for_no_letter() -> None:
    for kind in KINDS:
        with pikepdf.open(BytesIO(stages.stages(kind)[-1])) as opened:
            for obj in opened.objects:
                if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font":
                    assert b"<0000>" not in obj.ToUnicode.read_bytes()
                    assert obj.FontDescriptor.get("/FontFile2") is not None


@pytest.mark.parametrize("name", STYLES)
def test_crisis_lines_stand_at_the_foot_of_the_first_page(name: PaperStyle) -> None:
    first = taken.page_texts(stages.stages("plan", name)[0])[0]
    for words in ("Life in danger: 999", "111, option 2", "Samaritans 116 123", "SHOUT to 85258", "Maya: 01632 960142"):
        assert words in first
    assert first.index("Life in danger") > first.index("What we will each do")


def test_every_page_says_its_number_person_and_version() -> None:
    texts = taken.page_texts(stages.stages("plan")[0])
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}. Plan for Dani Marsh, version 1, 24 November 2026." in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_rehearsal_says_so_on_every_page(kind: str) -> None:
    pdf = stages.stages(kind, rehearsal=True)[0]
    texts = taken.page_texts(pdf)
    assert all("Rehearsal: not a real person" in text for text in texts)
    assert taken.structure(pdf).whole().startswith("Rehearsal: not a real person")
    assert "Rehearsal" in documents.verify(pdf, []).title


def test_what_is_too_long_for_one_line_or_page_is_not_cut() -> None:
    name = "Q" * 200
    action = " ".join(f"word{number}" for number in range(1000))
    many = tuple(replace(examples.ACTIONS[0], text=f"Action number {n} of a long plan") for n in range(700))
    facts = replace(examples.PLAN, name=name, actions=(replace(examples.ACTIONS[0], text=action), *many))
    for style_name in MAIN:
        pdf = documents.render(compose.participant_plan(facts), style_name)
        assert documents.pages(pdf) > 30
        whole = taken.structure(pdf).whole()
        assert whole.count("Q") >= 200
        assert "word999" in whole
        assert "Action number 699" in whole
        assert "Life in danger" in taken.page_texts(pdf)[0]


def test_a_plan_with_nothing_in_it_is_a_plan_all_the_same() -> None:
    facts = replace(
        examples.PLAN, what_matters=None, goals=(), actions=(), changes=(), weeks=(), strengths=None, if_worse=None
    )
    text = " ".join(taken.page_texts(documents.render(compose.participant_plan(facts))))
    assert "Changing this plan, or leaving" in text
    assert "999" in text


def test_a_letter_outside_the_face_falls_back_and_one_outside_all_is_named() -> None:
    facts = replace(examples.PLAN, name="Ξένια Ωμέγα")
    assert "Ξένια" in taken.page_texts(documents.render(compose.participant_plan(facts)))[0]
    with pytest.raises(MissingGlyph) as caught:
        documents.render(compose.participant_plan(replace(examples.PLAN, name="Dani 漢")))
    assert caught.value.params == {} or "Dani" not in str(caught.value.params)
    assert caught.value.args == ("missing_glyph",)


def test_what_is_typed_cannot_change_the_emphasis_or_break_out() -> None:
    facts = replace(examples.PLAN, name="A **B** {C} <D> & \u202e\u0007E", what_matters="line one\r\n\r\nline two")
    pdf = documents.render(compose.participant_plan(facts))
    text = taken.page_texts(pdf)[0]
    assert "A **B** {C} <D> & E" in text
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert "& E" in str(opened.docinfo["/Title"])
        assert "\u202e" not in str(opened.docinfo["/Title"])
    assert "line two" in text


def test_names_are_composed() -> None:
    facts = replace(examples.PLAN, name=unicodedata.normalize("NFD", "Zoë Núñez"))
    assert "Zoë Núñez" in taken.page_texts(documents.render(compose.participant_plan(facts)))[0]


def test_headings_never_stand_alone_at_the_foot_of_a_page() -> None:
    """Whatever the length above, what follows a heading begins on its page."""
    for lines in range(1, 40):
        actions = tuple(ActionFact(owner="You", text=f"Step {n}", by=date(2026, 12, 1)) for n in range(lines))
        facts = replace(examples.PLAN, actions=actions)
        pdf = documents.render(compose.participant_plan(facts))
        for text in taken.page_texts(pdf):
            before = text.partition("Page ")[0].rstrip()
            assert not before.endswith(("Going back bit by bit", "What happens next", "Signatures"))


def test_a_sheet_carries_a_code_that_proves_itself() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public = key.public_key().public_bytes_raw()
    composition = examples.ALL["plan"]
    seal = Seal(public, key.sign)
    said = seal.payload(composition)
    verdict = read_code(said, [public])
    assert verdict.genuine
    assert (verdict.document, verdict.content_hash) == (composition.document, composition.content_hash)
    assert not read_code(said[:-9] + ("A" if said[-9] != "A" else "B") + said[-8:], [public]).genuine
    assert not read_code(said, [bytes(32)]).genuine
    assert not read_code("anything", [public]).genuine
    pdf = documents.render(composition, seal=seal)
    figures = [node for node in taken.structure(pdf).walk() if node.tag == "Figure"]
    assert len(figures) == 2
    assert all(node.alt for node in figures)


def test_no_stream_ends_where_its_length_could_be_read_in_two_ways() -> None:
    """About one stream in 256 would: an end of line after the carriage return that ends its checksum."""
    ill = next(data for data in (b"%d" % n for n in range(100_000)) if zlib.compress(data).endswith(b"\r"))
    assert not zlib.compress(steady(ill)).endswith(b"\r")
    assert steady(b"plain") == b"plain"
    for kind in KINDS:
        for pdf in stages.stages(kind):
            assert b"\r\nendstream" not in pdf, kind


def test_a_page_can_be_looked_at() -> None:
    pdf = stages.complete()
    assert documents.page_png(pdf, 0, 300).startswith(b"\x89PNG")
    width, height, pixels = documents.page_rgba(pdf, 0, 300)
    assert width == 300
    assert len(pixels) == width * height * 4


def test_a_signature_is_as_large_as_the_paper_and_has_room_for_its_words() -> None:
    """Nobody's statement is set smaller than UKAAF's least size for the style, on any page."""
    for name, least in ((PaperStyle.STANDARD, 14.0), (PaperStyle.LARGE, 16.0)):
        pdf = stages.stages("plan", name)[-1]
        sizes = taken.signature_sizes(pdf)
        assert len(sizes) == len(examples.ALL["plan"].fields)
        assert set(sizes.values()) == {least}


def test_a_copy_that_nobody_sealed_keeps_the_place_of_the_code_empty() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    composition = examples.ALL["gp"]
    bare = documents.render(composition)
    sealed = documents.render(composition, seal=Seal(key.public_key().public_bytes_raw(), key.sign))
    assert documents.pages(bare) == documents.pages(sealed)
    assert taken.page_texts(bare) == taken.page_texts(sealed)
    assert taken.content_length(sealed) > taken.content_length(bare) + 5000


def test_no_row_of_a_table_stands_alone_at_the_foot_of_a_page() -> None:
    """The headings of the measures and one row of them are not what a GP turns the page from."""
    for lines in range(1, 24):
        facts = replace(examples.GP, problem="\n".join(f"Line {n}" for n in range(lines)))
        for text in taken.page_texts(documents.render(compose.gp_summary(facts))):
            if "Measure" in text:
                assert sum(measure.name in text for measure in facts.measures) != 1
