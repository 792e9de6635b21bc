"""Papers in other languages and scripts: what is read from the file is what was written, and in which language."""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.documents import examples, stages, taken
from tests.judges import judges
from workwell_desktop import documents
from workwell_desktop.documents import compose
from workwell_desktop.documents.blocks import Heading, Run
from workwell_desktop.documents.layout import lines, order, shaping
from workwell_desktop.documents.layout.wrap import wrap
from workwell_desktop.documents.words import shared
from workwell_desktop.domain.language_packs import packs
from workwell_desktop.domain.reading_age import reading
from workwell_desktop.errors import MissingGlyph

LANGUAGES = ("ar", "bn", "cy", "pa", "pl", "ro", "ur")
RIGHT_TO_LEFT = ("ar", "ur")
NAMES = {
    "ar": "مريم عبد الرحمن",
    "bn": "ক্ষমা শক্তি কিন্তু",
    "pa": "ਹਰਪ੍ਰੀਤ ਸਿੰਘ",
    "he": "רות שָׁלוֹם",
    "hi": "राजेश्वरी शर्मा",
}
_UNSEEN = re.compile(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Letters alone: readers of files put spaces and marks of direction where they see fit."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))


def poppler(pdf: bytes, folder: Path) -> str:
    """What pdftotext reads."""
    if shutil.which("pdftotext") is None:
        judges.missing("pdftotext", "apt-get install poppler-utils")
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True, timeout=60).stdout.decode()


def tongues(pdf: bytes) -> Iterator[tuple[str, str]]:
    """(tag, language) of each element that says its language."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        waiting = [opened.Root.StructTreeRoot.K[0]]
        while waiting:
            element = waiting.pop()
            if "/Lang" in element:
                yield str(element.S), str(element.Lang)
            waiting += [kid for kid in element.K if kid.get("/Type") == "/StructElem"]


def test_there_is_a_pack_for_each_language_and_none_says_that_it_was_checked() -> None:
    assert tuple(sorted(pack.language for pack in packs())) == LANGUAGES
    assert all(pack.draft for pack in packs())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_in_each_language_is_read_as_it_was_written(language: str, tmp_path: Path) -> None:
    words = shared(language)
    composition = compose.participant_plan(examples.PLAN, words)
    pdf = stages.translated(language)[0]
    assert pdf == documents.render(composition)
    by_eye = [plain(page) for page in taken.page_texts(pdf)]
    by_poppler = plain(poppler(pdf, tmp_path))
    headings = [composition.title, *(block.text for block in composition.blocks if isinstance(block, Heading))]
    leave = words.text("papers.plan.leave")
    for said in (*headings, words.text("papers.crisis.heading"), *leave.split(". ")):
        assert plain(said) in by_poppler
        assert plain(said) in "".join(by_eye)
    for page in by_eye:
        assert plain(composition.draft) in page
        assert "Drafttranslation,notchecked" in page
    # the crisis lines stand there in English too, and no number has its halves exchanged
    for said in ("Ifthingsgetworse", "Mentalhealthcrisis,atanytime:111,option2", "01632960142"):
        assert said in by_eye[0]
        assert said in by_poppler
    assert "96014201632" not in "".join(by_eye) + by_poppler
    by_structure = [plain(node.text) for node in taken.structure(pdf).walk() if node.tag in ("H1", "H2")]
    assert [one for one in by_structure if one in map(plain, headings)] == list(map(plain, headings))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == language
    assert documents.verify(stages.translated(language)[1], stages.TRUST).valid
    found = list(tongues(pdf))
    assert ("/P", "en-GB") in found
    assert {tongue for _, tongue in found} == {"en-GB"}


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_a_page_that_begins_at_the_right_is_mirrored(language: str) -> None:
    """Dots, tables and the weeks begin at the right; a paragraph in English begins at the left as ever."""
    turned = _places(stages.translated(language)[0])
    straight = _places(stages.stages("plan")[0])
    assert straight["•"][0] < straight["Sleep through"][0] < 150
    assert turned["•"][1] > turned["Sleep through"][1] > 400
    assert turned["Walk for"][1] < turned["You"][0]
    assert straight["Walk for"][0] > straight["You"][1]
    assert abs(turned["Life in danger"][0] - straight["Life in danger"][0]) < 2


def _places(pdf: bytes) -> dict[str, tuple[float, float]]:
    """Where words stand: the left and right edge of the first stretch of text that begins with them."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    found: dict[str, tuple[float, float]] = {}
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        reader = page.get_textpage()
        for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            left, _, right, _ = thing.get_bounds()
            size = pdfium.FPDFTextObj_GetText(thing.raw, reader.raw, None, 0)
            buffer = (pdfium.FPDF_WCHAR * (size // 2))()
            pdfium.FPDFTextObj_GetText(thing.raw, reader.raw, buffer, size)
            said = bytes(buffer).decode("utf-16-le").rstrip("\0")
            for word in ("•", "Sleep through", "Walk for", "You", "Life in danger"):
                if said.startswith(word) and (len(word) > 3 or said.strip() == word):
                    found.setdefault(word, (left, right))
    document.close()
    return found


def test_names_in_other_scripts_stand_on_an_english_paper(tmp_path: Path) -> None:
    matters = "\n".join(f"{name}, 12 (two)" for name in NAMES.values())
    facts = replace(examples.PLAN, name=NAMES["ar"], what_matters=matters)
    pdf = documents.render(compose.participant_plan(facts))
    seen, read = plain(taken.page_texts(pdf)[0]), plain(poppler(pdf, tmp_path))
    for name in NAMES.values():
        assert plain(name) in seen
        assert plain(name) in read
    with pikepdf.open(BytesIO(pdf)) as opened:
        content = opened.pages[0].Contents.read_bytes().decode("latin-1")
    for language in NAMES:
        assert f"/Lang ({language})" in content
    assert "/ReversedChars BMC" in content


def test_the_name_of_whoever_signs_is_drawn_in_its_own_script() -> None:
    composition = compose.participant_plan(
        replace(examples.PLAN, signatories=(replace(examples.PARTICIPANT, name=NAMES["pa"]),))
    )
    before = documents.render(composition)
    after = stages.sign_next(before, composition)
    page = documents.pages(before) - 1
    assert documents.page_png(before, page, 200) != documents.page_png(after, page, 200)
    assert documents.verify(after, stages.TRUST).valid


def test_what_would_turn_a_line_is_taken_out_and_what_joins_letters_is_kept() -> None:
    turned = wrap(((Run("Ali\u202egnp.exe می\u200cخواهم")),), 14, 500)
    said = "".join(piece.text for line in turned for piece in line.pieces)
    assert "\u202e" not in said
    assert "می\u200cخواهم" in said


def test_numbers_run_from_the_left_whatever_stands_around_them() -> None:
    said = "اتصل +44 1632 960142 أو 24/11/2026 (14:30)".replace("4 1", "4\u00a01").replace("2 9", "2\u00a09")
    levels = order.levels(said, rtl=True)
    for number in ("+44\u00a01632\u00a0960142", "24/11/2026", "14:30"):
        at = said.index(number)
        assert {level % 2 for level in levels[at : at + len(number)]} == {0}
    assert order.visual([1, 1, 2, 2, 1]) == [4, 2, 3, 1, 0]


def test_a_point_after_a_latin_name_stands_after_it() -> None:
    (line,) = wrap((Run("إلى "), Run("Dani", True), Run(". تاريخ")), 14, 500, "ar")
    assert [piece.text for piece in line.pieces] == [". تاريخ", "Dani", "إلى "]
    assert [piece.language for piece in line.pieces] == [None, "en-GB", None]
    (brackets,) = wrap((Run("(Dani)، (مريم)"),), 14, 500, "ar")
    first = shaping.clusters("Arab", "(", True)[0]
    assert [piece.text for piece in brackets.pieces][-1] == "("
    assert first.glyphs == shaping.clusters("Arab", ")", False)[0].glyphs


def test_a_sentence_that_a_pack_lacks_is_english_throughout() -> None:
    from workwell_desktop.documents.translated import Translated
    from workwell_desktop.domain.language_packs import pack_of

    arabic = pack_of("ar")
    assert arabic is not None
    poorer = {name: words for name, words in arabic.words.items() if name not in ("plan", "weeks")}
    composition = compose.participant_plan(examples.PLAN, Translated(replace(arabic, words=poorer)))
    heading = next(block for block in composition.blocks if isinstance(block, Heading))
    assert heading.text == "What you want"
    assert "Monday, Wednesday and Friday" in str(composition.blocks)
    assert "For " in composition.byline[0].text
    assert "Tuesday 24 November 2026" in composition.byline[-1].text
    assert {run.lang for run in composition.byline} == {"en-GB"}
    assert "ديسمبر" in str(composition.blocks)


def test_letters_that_trade_places_are_one_thing_with_all_their_letters() -> None:
    for face, word in (("Beng", "ক্তি"), ("Guru", "ਸਿੰ"), ("Deva", "र्मि")):
        assert "".join(one.text for one in shaping.clusters(face, word, False)) == word
    assert len(shaping.clusters("Beng", "কি", False)) == 1
    backwards = shaping.clusters("Arab", "سلام", True)
    assert "".join(one.text for one in backwards) == "سلام"[::-1]
    assert all(one.advance > 0 for one in backwards)
    assert lines.has_right_to_left("a م")


def test_a_script_without_a_face_is_refused_before_there_is_a_file() -> None:
    for letter, script in (("漢", "Cjk"), ("ሀ", "Ethiopic"), ("ა", "Georgian")):
        with pytest.raises(MissingGlyph) as caught:
            documents.render(compose.participant_plan(replace(examples.PLAN, name=letter)))
        assert str(caught.value.params["letter"]).startswith(f"U+{ord(letter):04X} ({script}")


def test_only_words_in_latin_letters_have_a_reading_age() -> None:
    assert reading("We will look at this plan together and say what helps you most at work.").age is not None
    assert reading(f"{shared('ur').text('papers.plan.leave')} {shared('ur').text('papers.plan.to_read')}").age is None
