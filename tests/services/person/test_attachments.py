"""Files that people bring: looked into by their content, made plain, kept in the record, given to nobody."""

import base64
import json
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from tests.services.case_help import ready_plan
from tests.services.conftest import CHEAP, PASSPHRASE
from tests.services.paperwork.test_papers import words_of
from workwell_desktop.catalogue import sentence
from workwell_desktop.documents import brought
from workwell_desktop.domain.attachments import LIMIT, MOST_PAGES, Attachment, Brought
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import AuditKind, PaperKind
from workwell_desktop.domain.participants import Evidence
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid, NoPermission
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import evidence
from workwell_desktop.services.employment.evidence_views import EvidenceDetails
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.person import attachments, record
from workwell_desktop.services.person.attachments import AttachmentDetails
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.services.travel import bundle, case_import

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
TODAY = date(2026, 11, 24)
LETTER = AttachmentDetails(Brought.OH_LETTER, "Letter of occupational health", dated=date(2026, 11, 3))
GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def encoded(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def photo(size: tuple[int, int] = (60, 40)) -> bytes:
    """Taken with the camera on its side at a known place: a red corner that belongs at the top right."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 3, size[1] // 3), fill="red")
    notes = Image.Exif()
    notes[ORIENTATION] = 6
    notes[MAKER] = "Quartzcam"
    notes.get_ifd(GPS)[2] = (53.0, 43.0, 12.0)
    return encoded(picture, "JPEG", exif=notes.tobytes(), quality=95)


def pdf(pages: int = 1, **how: object) -> bytes:
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page(page_size=(595, 842))
    out = BytesIO()
    made.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def shown(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def refused(data: bytes) -> str:
    with pytest.raises(BadInput) as wrong:
        brought.made_plain(data)
    assert sentence(wrong.value)
    return wrong.value.reason


def tried(data: bytes) -> str | None:
    """Why a file is refused, or None where its first page can be drawn."""
    try:
        plain = brought.made_plain(data)
        brought.page_png(plain.data, plain.media_type, 0, 80)
    except BadInput as wrong:
        return wrong.reason
    return None


@pytest.fixture
def elsewhere(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """Another partnership's store."""
    first = opening.FirstRun("Low Moor partnership", "Low Moor team", "Ann Bell", Profession.COACH, PASSPHRASE)
    made, _code = opening.create(tmp_path / "elsewhere.workwell", first, clock=clock, profile=CHEAP)
    with ExitStack() as leaving:
        leaving.callback(made.store.close)
        yield made


# --- looking into a file ----------------------------------------------------------------------------------------------


def test_a_photo_loses_its_place_and_stands_upright() -> None:
    plain = brought.made_plain(photo())
    assert (plain.media_type, plain.pages) == ("image/jpeg", 1)
    assert b"Quartzcam" not in plain.data
    assert b"Exif" not in plain.data
    picture = Image.open(BytesIO(plain.data))
    assert dict(picture.getexif()) == {}
    assert picture.size == (40, 60)
    red, green, _blue = picture.convert("RGB").getpixel((37, 3))  # type: ignore[misc]
    assert red > 200
    assert green < 100


def test_a_large_photo_becomes_small_enough_and_a_clear_ground_white() -> None:
    plain = brought.made_plain(encoded(Image.new("RGBA", (5000, 1000), (0, 0, 0, 0)), "PNG"))
    picture = Image.open(BytesIO(plain.data))
    assert picture.size == (brought.LONG_SIDE, 720)
    assert picture.convert("RGB").getpixel((9, 9)) == (255, 255, 255)


def test_words_in_a_png_do_not_come_along() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Comment", "Quartz Street 7")
    plain = brought.made_plain(encoded(Image.new("L", (30, 30)), "PNG", pnginfo=notes))
    assert b"Quartz" not in plain.data
    assert plain.media_type == "image/png"


def test_a_pdf_stays_as_it_is_for_it_may_be_signed() -> None:
    data = pdf(3)
    plain = brought.made_plain(data)
    assert (plain.data, plain.media_type, plain.pages) == (data, "application/pdf", 3)


def huge_png() -> bytes:
    """A picture of 30,000 by 30,000 in a few bytes."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "attachment_empty"),
        (b"MZ\x90\x00 this is a program called letter.pdf", "attachment_type"),
        (b"<html><script>alert(1)</script>", "attachment_type"),
        (b"GIF89a" + bytes(40), "attachment_type"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "attachment_heic"),
        (photo()[:300], "attachment_damaged"),
        (b"\xff\xd8\xff" + bytes(200), "attachment_damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "attachment_damaged"),
        (huge_png(), "attachment_too_many_pixels"),
        (pdf()[:120], "attachment_damaged"),
        (b"%PDF-1.7\n" + b"x" * 500, "attachment_damaged"),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "attachment_locked"),
        (pdf(MOST_PAGES + 1), "attachment_many_pages"),
        (b"\xff\xd8\xff" + bytes(brought.LARGEST_GIVEN), "attachment_too_big"),
        (b"%PDF-1.7\n" + pdf() + bytes(LIMIT), "attachment_too_big"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_it_cannot_be_is_said_in_a_sentence(data: bytes, reason: str) -> None:
    assert refused(data) == reason


@pytest.mark.parametrize("whole", [photo((200, 150)), encoded(Image.effect_noise((80, 80), 60), "PNG"), pdf(2)])
def test_a_file_cut_short_or_with_wrong_bytes_never_does_more_than_be_refused(whole: bytes) -> None:
    """At every twentieth place it is cut, and a byte is turned: a sentence, or a file that can be drawn."""
    for place in range(1, len(whole), max(1, len(whole) // 20)):
        turned = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        for data in (whole[:place], turned):
            reason = tried(data)
            assert reason is None or reason.startswith("attachment_")


def test_a_page_is_drawn_as_wide_as_asked_and_never_wider_than_memory_bears() -> None:
    assert shown(brought.page_png(pdf(2), "application/pdf", 1, 300)).size == (300, 425)
    assert shown(brought.page_png(brought.made_plain(photo()).data, "image/jpeg", 0, 200)).size == (200, 300)
    made = pikepdf.new()
    made.add_blank_page(page_size=(10, 14_000))
    out = BytesIO()
    made.save(out)
    wide, high = shown(brought.page_png(out.getvalue(), "application/pdf", 0, 2000)).size
    assert wide * high <= brought.DRAWN_PIXELS * 1.1


@pytest.mark.parametrize(
    ("data", "media_type", "page"),
    [(pdf(1), "application/pdf", 5), (b"<html>", "text/html", 0), (photo(), "application/pdf", 0)],
    ids=["page", "type", "other"],
)
def test_what_cannot_be_drawn_is_refused(data: bytes, media_type: str, page: int) -> None:
    """A case that came from elsewhere may hold anything under any name."""
    with pytest.raises(BadInput) as wrong:
        brought.page_png(data, media_type, page, 300)
    assert wrong.value.reason == "attachment_damaged"


# --- keeping it -------------------------------------------------------------------------------------------------------


def keep(desk: Desk, who: Id, data: bytes | None = None, given: AttachmentDetails = LETTER) -> Id:
    return attachments.attach(desk, who, attachments.look_into(desk, data or photo()), given)


def test_it_is_kept_with_kind_day_and_who_saw_it(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    made = keep(desk, who)
    (line,) = attachments.listed(desk, who)
    assert (line.attachment, line.pages, line.media_type) == (made, 1, "image/jpeg")
    assert line.details == replace(LETTER, seen_by=desk.me, seen_on=TODAY)
    assert (line.seen_by, line.added_by) == ("Maya Okafor", "Maya Okafor")
    assert shown(attachments.page(desk, made, 0, 80)).size == (80, 120)
    assert {one.kind for one in record.everything(desk, who)} >= {"brought"}


def test_looking_at_it_is_written_down(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    made = keep(desk, who)
    attachments.page(desk, made, 0, 80)
    with desk.read() as reader:
        seen = [one for one in reader.events(participant=who) if one.kind is AuditKind.OPENED and one.record == made]
    assert len(seen) == 1


def test_it_lies_in_the_store_in_no_readable_form(desk: Desk, refer: Refer, store_path: Path) -> None:
    data = pdf(1)
    keep(desk, refer().participant, data)
    for file in store_path.parent.iterdir():
        assert data[100:160] not in file.read_bytes()


def test_a_file_of_the_computer_is_read_and_nothing_else_is(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf(2))
    assert attachments.look_into_file(desk, file).pages == 2
    for path, reason in ((tmp_path / "none.pdf", "file_missing"), (tmp_path, "is_a_folder")):
        with pytest.raises(BadInput) as wrong:
            attachments.look_into_file(desk, path)
        assert wrong.value.reason == reason


def test_what_is_said_of_it_is_changed_and_the_file_stays(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    made = keep(desk, who)
    note = evidence.record(desk, who, EvidenceDetails(Evidence.FIT_NOTE, date(2026, 10, 19), date(2026, 12, 6)))
    attachments.change(desk, made, AttachmentDetails(Brought.FIT_NOTE, "", date(2026, 10, 19), evidence=note))
    found = attachments.find(desk, made)
    assert (found.details.kind, found.details.title, found.details.evidence) == (Brought.FIT_NOTE, None, note)
    assert found.pages == 1
    assert [one.brought for one in evidence.view(desk, who).lines] == [1]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (replace(LETTER, kind=None), ("kind", "brought_kind_missing")),
        (replace(LETTER, dated=TODAY + timedelta(days=1)), ("dated", "date_in_future")),
        (replace(LETTER, dated=date(1980, 1, 1)), ("dated", "evidence_before_birth")),
        (replace(LETTER, seen_on=TODAY + timedelta(days=1)), ("seen_on", "date_in_future")),
        (replace(LETTER, seen_by=Id("f" * 32)), ("seen_by", "seen_by_unknown")),
        (replace(LETTER, evidence=Id("f" * 32)), ("evidence", "evidence_unknown")),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    desk: Desk, refer: Refer, given: AttachmentDetails, problem: tuple[str, str]
) -> None:
    who = refer().participant
    with pytest.raises(FieldsInvalid) as wrong:
        keep(desk, who, given=given)
    assert wrong.value.problems == (problem,)
    assert attachments.listed(desk, who) == ()


def test_another_persons_paper_is_not_its_paper(desk: Desk, refer: Refer) -> None:
    who, other = refer().participant, refer("Sam", "Hill").participant
    theirs = evidence.record(desk, other, EvidenceDetails(Evidence.NONE, date(2026, 10, 19)))
    with pytest.raises(FieldsInvalid):
        keep(desk, who, given=replace(LETTER, evidence=theirs))


def test_it_is_taken_away_for_a_reason_and_the_log_keeps_it(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    made = keep(desk, who)
    with pytest.raises(BadInput):
        attachments.remove(desk, made, "  ")
    attachments.remove(desk, made, "It was somebody else’s letter")
    (line,) = attachments.listed(desk, who)
    assert (line.pages, line.removed_on, line.removed_by) == (0, TODAY, "Maya Okafor")
    assert line.removed_why == "It was somebody else’s letter"
    with pytest.raises(BadInput) as wrong:
        attachments.page(desk, made, 0, 80)
    assert wrong.value.reason == "attachment_gone"
    assert evidence.view(desk, who).brought == 0
    with desk.read() as reader:
        assert len(reader.history(made, "file")) == 2
    assert "brought_removed" in {one.kind for one in record.everything(desk, who)}


def test_taking_away_can_be_taken_back(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    made = keep(desk, who)
    attachments.remove(desk, made, "Wrong person")
    assert desk.store.undo(desk.identity) is not None
    (line,) = attachments.listed(desk, who)
    assert (line.pages, line.removed_on, line.removed_why) == (1, None, "")
    assert attachments.page(desk, made, 0, 80)


def test_who_may_not_read_it_does_not(desk: Desk, refer: Refer, colleague: Join) -> None:
    who = refer().participant
    made = keep(desk, who)
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    for act in (
        lambda: attachments.page(jo, made, 0, 80),
        lambda: attachments.listed(jo, who),
        lambda: attachments.look_into(jo, photo()),
        lambda: attachments.remove(jo, made, "why"),
    ):
        with pytest.raises(NoPermission):
            act()


# --- where it goes and where it does not ------------------------------------------------------------------------------


def test_no_paper_that_goes_out_has_it_or_its_words(desk: Desk, refer: Refer, colleague: Join) -> None:
    who = refer().participant
    keep(desk, who, given=replace(LETTER, title="Quartz letter"))
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    plan = ready_plan(desk, who, clinician=tom.me)
    with desk.read() as reader:
        kept = reader.list(Attachment, scope=who)[0].file
        assert kept is not None
        data = reader.blob(kept)
    for kind in (PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY):
        made = papers.preview(desk, plan, kind).pdf
        assert "Quartz" not in words_of(made)
        assert data[30:90] not in made
        with pikepdf.open(BytesIO(made)) as opened:
            held = [bytes(one.get_file().read_bytes()) for one in opened.attachments.values()]
        assert not [one for one in held if b"Quartz" in one or kept.sha256.encode() in one]
        document = pypdfium2.PdfDocument(made)
        pictures = [one for page in document for one in page.get_objects(filter=[3])]
        document.close()
        assert pictures == []


def test_it_travels_with_the_whole_case_and_comes_back_the_same(desk: Desk, refer: Refer, elsewhere: Desk) -> None:
    who = refer().participant
    note = evidence.record(desk, who, EvidenceDetails(Evidence.FIT_NOTE, date(2026, 10, 19), date(2026, 12, 6)))
    made = keep(desk, who, given=replace(LETTER, evidence=note))
    scan = keep(desk, who, pdf(2), given=replace(LETTER, kind=Brought.FIT_NOTE))
    sent = json.dumps(bundle.export_case(desk, who)).encode()
    (shows,) = (one for one in json.loads(sent)["entry"] if one["resource"]["id"] == made)
    assert shows["resource"]["resourceType"] == "DocumentReference"
    done = case_import.import_case(elsewhere, sent)
    assert done.problems == ()
    assert [replace(one, seen_by="", added_by="") for one in attachments.listed(elsewhere, who)] == [
        replace(one, seen_by="", added_by="") for one in attachments.listed(desk, who)
    ]
    for one in (made, scan):
        assert attachments.page(elsewhere, one, 0, 90) == attachments.page(desk, one, 0, 90)
    assert evidence.view(elsewhere, who).lines[0].details == evidence.view(desk, who).lines[0].details


def test_one_that_was_taken_away_is_not_handed_over(desk: Desk, refer: Refer, elsewhere: Desk) -> None:
    who = refer().participant
    made = keep(desk, who)
    with desk.read() as reader:
        kept = reader.get(Attachment, made).file
        assert kept is not None
        data = base64.b64encode(reader.blob(kept))
    assert data in json.dumps(bundle.export_case(desk, who)).encode()
    attachments.remove(desk, made, "Wrong person")
    sent = json.dumps(bundle.export_case(desk, who)).encode()
    assert data not in sent
    assert case_import.import_case(elsewhere, sent).problems == ()
    assert [one.removed_why for one in attachments.listed(elsewhere, who)] == ["Wrong person"]
