"""Translation packs: who stands by them, and what is wrong with one by file, line and field."""

from pathlib import Path

import pytest

from workwell_desktop import assets
from workwell_desktop.domain.language_packs import check_packs, pack_called, pack_of

POLISH = assets.resource("languages", "pl.toml")


def test_every_pack_that_is_shipped_is_in_order() -> None:
    reports = check_packs(assets.resource("languages"))
    assert len(reports) == 7
    assert [report.problems for report in reports if report.problems] == []


def test_a_pack_that_somebody_has_checked_is_no_draft(tmp_path: Path) -> None:
    file = tmp_path / "pl.toml"
    given = POLISH.read_text(encoding="utf-8")
    file.write_text(given.replace("draft =", 'checker = "Anna Nowak"\nchecked_on = 2026-12-01\ndraft ='), "utf-8")
    assert [report.status for report in check_packs(file)] == ["ready"]


@pytest.mark.parametrize(
    ("was", "put", "field", "said"),
    [
        ('translator = "The WorkWell Desktop contributors"', "", "pack.translator", "missing"),
        ("translated_on = 2026-11-22", 'translated_on = "lately"', "pack.translated_on", "A day is needed"),
        ('draft = "Wersja', 'checker = "A"\ndraft = "Wersja', "pack.checker", "go together"),
        ('language = "pl"', 'language = "de"', "pack.language", "name of the file, pl"),
        ("**999**", "**998**", "words.crisis.danger", "The number 999"),
        ("116 123", "116 132", "words.crisis.listening", "The number 116 123"),
        ("Dla: **{name}**", "Dla: **{nazwa}**", "words.plan.byline", "The place nazwa"),
        ("Dla: **{name}**", "Dla: **x**", "words.plan.byline", "The place name of the English"),
        ("Dla: **{name}**", "Dla: **{name}", "words.plan.byline", "Two stars"),
        ("Dla: **{name}**", "Dla: **{name}** {", "words.plan.byline", "curly bracket"),
        ('goals = "Czego', 'gaols = "Czego', "words.plan.gaols", "No sentence"),
        ('goals = "Czego chcesz"', "goals = 3", "words.plan.goals", "Words are needed"),
        ("Czego chcesz", "Czego \\u202echcesz", "words.plan.goals", "U+202E"),
        ('few = "{count} minuty"', 'fwe = "{count} minuty"', "words.card.minutes.fwe", "No sentence"),
        ('other = "{count} minuty"', 'two = "{count} minuty"', "words.card.minutes.other", "missing"),
        ('few = "{count} minuty"', 'few = "{count} {name}"', "words.card.minutes.few", "The place name"),
        ("[pack]", "[other]\nx = 1\n[pack]", "other", "No such part"),
    ],
)
def test_a_bad_pack_is_named_by_file_line_and_field(tmp_path: Path, was: str, put: str, field: str, said: str) -> None:
    file = tmp_path / "pl.toml"
    given = POLISH.read_text(encoding="utf-8")
    assert was in given
    file.write_text(given.replace(was, put, 1), "utf-8")
    (report,) = check_packs(file)
    assert report.status == "refused"
    (problem,) = [one for one in report.problems if said in one.message]
    assert (problem.file, problem.field) == (str(file), field)
    named = field.rpartition(".")[2]
    lines = file.read_text("utf-8").splitlines()
    assert problem.line is not None
    assert "missing" in said or named in lines[problem.line - 1]


@pytest.mark.parametrize(("data", "line"), [(b"[pack\n", 1), (b"x = '\xff'", 1), (b"x" * 600_000, None)])
def test_what_is_no_pack_is_refused(tmp_path: Path, data: bytes, line: int | None) -> None:
    file = tmp_path / "pl.toml"
    file.write_bytes(data)
    (report,) = check_packs(file)
    assert (report.status, report.problems[0].line) == ("refused", line)


def test_a_pack_without_its_tables_says_so(tmp_path: Path) -> None:
    file = tmp_path / "pl.toml"
    file.write_text("")
    assert [one.field for one in check_packs(file)[0].problems] == ["pack", "words"]
    assert check_packs(tmp_path / "none.toml")[0].status == "refused"


def test_a_language_is_found_as_somebody_wrote_it_down() -> None:
    polish = pack_of("pl")
    assert polish is not None
    for written in ("Polish", " polish ", "Polski", "pl"):
        assert pack_called(written) is polish
    assert pack_called("Klingon") is None
    assert pack_called(None) is None
    assert pack_called("Punjabi (spoken)") is pack_of("pa")
