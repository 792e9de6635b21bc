"""Referrals as a CSV file holds them: letters, separators, header, days, limits; nothing crashes the reading."""

import csv
import io
import json
from datetime import date

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workwell_desktop import assets
from workwell_desktop.domain import referral_rows
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.referral_rows import (
    MOST_LETTERS,
    Sheet,
    day_of,
    header,
    read_sheet,
    template,
    written_rows,
)

SCHEMA = json.loads(assets.resource("schemas", "referrals.schema.json").read_text(encoding="utf-8"))
EXAMPLE = assets.resource("schemas", "examples", "referrals.csv")
COLIN = {
    "given_name": "Colin",
    "family_name": "Hart",
    "birth_date": "03/05/1979",
    "source": "self",
    "reason": "Anxious about going back.",
}


def said(sheet: Sheet) -> list[tuple[int, str]]:
    return [(one.line, one.field) for one in (*sheet.faults, *(fault for row in sheet.rows for fault in row.faults))]


def test_the_example_is_as_the_schema_says_and_reads_without_a_fault() -> None:
    rows = list(csv.DictReader(io.StringIO(EXAMPLE.read_text(encoding="utf-8"))))
    jsonschema.validate(rows, SCHEMA)
    (row,) = read_sheet(EXAMPLE.read_bytes()).rows
    assert row.faults == ()
    assert (row.source, row.person_knows) == (ReferralSource.EMPLOYER, True)
    assert row.days == {"birth_date": date(1979, 5, 3), "received_on": date(2026, 11, 20)}


def test_the_empty_file_holds_the_header_and_nobody() -> None:
    sheet = read_sheet(template())
    assert (sheet.rows, sheet.faults, sheet.encoding) == ((), (), "utf-8-sig")
    assert template().decode("utf-8-sig").strip().split(",") == [column.name for column in header()]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_separators_and_letters_are_found_out(separator: str, encoding: str) -> None:
    written = written_rows([{**COLIN, "family_name": "O’Neill-Müller"}], separator).decode("utf-8-sig")
    sheet = read_sheet(written.encode(encoding))
    assert [row.values["family_name"] for row in sheet.rows] == ["O’Neill-Müller"]
    assert sheet.separator == separator
    assert sheet.encoding == ("cp1252" if encoding == "cp1252" else "utf-8-sig")


def test_columns_may_stand_in_any_order_and_be_named_as_people_do() -> None:
    data = b"Reason,Source,Birth date,Family-Name,GIVEN_NAME\nHis back,Jobcentre Plus,1979-05-03,Hart,Colin\n"
    (row,) = read_sheet(data).rows
    assert (row.faults, row.source, row.days["birth_date"]) == ((), ReferralSource.JOBCENTRE, date(1979, 5, 3))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("24/11/2026", date(2026, 11, 24)),
        ("4.1.2026", date(2026, 1, 4)),
        ("04-01-2026", date(2026, 1, 4)),
        ("2026-01-04", date(2026, 1, 4)),
        ("2026-01-04T09:30:00+01:00", date(2026, 1, 4)),
        ("11/24/2026", None),
        ("31/02/2026", None),
        ("24/11/26", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_days_are_day_first_or_iso_and_nothing_is_guessed(written: str, found: date | None) -> None:
    assert day_of(written) == found


def test_each_wrong_cell_is_named_by_line_and_column() -> None:
    rows = [
        {**COLIN, "reason": "Two\nlines"},
        {**COLIN, "birth_date": "11/24/1979", "source": "a friend", "person_knows": "perhaps"},
        {"given_name": "Ruth"},
        {**COLIN, "reason": "x" * (MOST_LETTERS + 1)},
        {**COLIN, "given_name": "Co\u202elin"},
    ]
    sheet = read_sheet(written_rows(rows))
    assert said(sheet) == [
        (4, "birth_date"),
        (4, "source"),
        (4, "person_knows"),
        (5, "family_name"),
        (5, "birth_date"),
        (5, "source"),
        (5, "reason"),
        (6, "reason"),
        (7, "given_name"),
    ]
    assert sheet.rows[0].values["reason"] == "Two\nlines", "a cell of two lines moves the numbers of those below it"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing in the file"),
        (b"\n\n  \n", "nothing in the file"),
        (b"given_name\0", "not a text file"),
        (b"PK\x03\x04\0\0", "not a text file"),
        (b'given_name,"family_name\n', "quotation mark"),
        (b"given_name,family_name,birth_date,source,reason,shoe_size\n", "not in the published header"),
        (b"given_name,given_name,family_name,birth_date,source,reason\n", "there twice"),
        (b"given_name,family_name\n", "is missing"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_one_sentence(data: bytes, words: str) -> None:
    sheet = read_sheet(data)
    assert sheet.rows == ()
    assert words in sheet.faults[0].message


def test_a_file_beyond_the_limits_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referral_rows, "MOST_ROWS", 3)
    assert "more than 3 rows" in read_sheet(written_rows([COLIN] * 4)).faults[0].message
    assert len(read_sheet(written_rows([COLIN] * 3)).rows) == 3
    monkeypatch.setattr(referral_rows, "MOST_BYTES", 100)
    assert "bigger than" in read_sheet(written_rows([COLIN])).faults[0].message


def test_a_cell_too_many_is_told_and_empty_ones_at_the_end_are_not() -> None:
    head = b"given_name,family_name,birth_date,source,reason\n"
    assert said(read_sheet(head + b"Colin,Hart,3/5/1979,self,His back,and more\n")) == [(2, "")]
    assert said(read_sheet(head + b"Colin,Hart,3/5/1979,self,His back,,\n")) == []


NAMES = [column.name for column in header()]
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=30)
PLAIN = st.sampled_from([name for name in NAMES if name not in ("birth_date", "received_on", "source", "person_knows")])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(PLAIN, WORDS), max_size=4), st.sampled_from(",;\t|"))
def test_what_is_written_by_the_template_is_read_back(rows: list[dict[str, str]], separator: str) -> None:
    sheet = read_sheet(written_rows(rows, separator))
    kept = [{name: " ".join(words.split()) for name, words in row.items() if words.strip()} for row in rows]
    read = [{name: " ".join(words.split()) for name, words in one.values.items()} for one in sheet.rows]
    assert read == [row for row in kept if row]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_change_to_a_file_crashes_the_reading(data: st.DataObject) -> None:
    source = bytearray(EXAMPLE.read_bytes())
    for _time in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(source) - 1))
        what = data.draw(st.sampled_from(["put", "drop", "double", "cut"]))
        if what == "put":
            source[place:place] = data.draw(st.binary(max_size=4))
        elif what == "drop" and len(source) > 1:
            del source[place]
        elif what == "double":
            source[place:place] = source[: place // 2]
        else:
            del source[max(1, place) :]
    sheet = read_sheet(bytes(source))
    assert sheet.rows or sheet.faults or b"\n" not in bytes(source).strip() or not bytes(source).splitlines()[1:]
    for one in (*sheet.faults, *(fault for row in sheet.rows for fault in row.faults)):
        assert one.message


def test_the_guide_names_every_column() -> None:
    guide = assets.resource("guide", "referral-file.md").read_text(encoding="utf-8")
    assert [column.name for column in header() if f"`{column.name}`" not in guide] == []
    assert all(source.value in guide for source in ReferralSource)
