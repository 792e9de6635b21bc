"""Lists that a partnership may replace: shipped ones are whole, a wrong line is named by file, line and field."""

from pathlib import Path

import pytest

from workwell_desktop import assets
from workwell_desktop.catalogue import text
from workwell_desktop.domain.reference import CRISIS, load_adjustments, load_barriers, load_services
from workwell_desktop.errors import BadInput

ADJUSTMENTS = assets.resource("adjustments", "adjustments.csv").read_text(encoding="utf-8")
SERVICES = assets.resource("services", "national.csv").read_text(encoding="utf-8")


def refused(path: Path, content: str, load: object) -> dict[str, object]:
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput) as found:
        load(path)  # type: ignore[operator]
    assert found.value.reason == "list_line"
    assert text("errors.reason.list_line", **found.value.params)
    return found.value.params


def test_there_are_sixty_changes_at_work_in_seven_kinds() -> None:
    rows = load_adjustments()
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.category] = counts.get(row.category, 0) + 1
    assert counts == {
        "hours": 10,
        "duties": 12,
        "environment": 12,
        "equipment": 9,
        "support": 11,
        "travel": 3,
        "communication": 3,
    }


def test_every_barrier_is_helped_by_something() -> None:
    rows = load_adjustments()
    for barrier in load_barriers():
        assert any(barrier.code in row.barriers for row in rows), barrier.code


def test_a_row_for_any_barrier_helps_with_each() -> None:
    (row,) = [row for row in load_adjustments() if row.code == "D11"]
    assert row.helps_with("PAIN")
    assert row.helps_with("SEI")


def test_the_crisis_lines_come_first_and_every_number_was_looked_at_on_a_day() -> None:
    rows = load_services()
    assert [row.code for row in rows[:4]] == list(CRISIS)
    assert [row.number for row in rows[:4]] == ["999", "111, option 2", "116 123", "85258"]
    assert all(row.checked_on.year >= 2026 for row in rows)


@pytest.mark.parametrize("code", CRISIS)
def test_a_list_without_a_crisis_line_is_refused(tmp_path: Path, code: str) -> None:
    left = "".join(line for line in SERVICES.splitlines(keepends=True) if not line.startswith(f"{code},"))
    assert refused(tmp_path / "services.csv", left, load_services)["field"] == "code"


def test_a_crisis_line_that_is_not_pinned_is_refused(tmp_path: Path) -> None:
    content = SERVICES.replace("crisis,yes", "crisis,no")
    lines = [line.replace(",yes,", ",no,") if line.startswith("shout,") else line for line in content.splitlines()]
    assert "shout" in str(refused(tmp_path / "services.csv", "\n".join(lines), load_services)["problem"])


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("H02,hours,", "H02,ours,", 3, "category"),
        ("H02,hours,", "H01,hours,", 3, "code"),
        ("H02,hours,Start later or finish earlier", "H02,hours,", 3, "text"),
        ("SLP MED PAIN TRV,H", "SLP MEDS PAIN TRV,H", 3, "barriers"),
        ("SLP MED PAIN TRV,H", "SLP MED PAIN TRV,X", 3, "fit_note_boxes"),
        ("SLP MED PAIN TRV,H", "SLP MED PAIN TRV", 3, "note"),
        ("code,category", "code,kind", 1, "category"),
    ],
)
def test_a_wrong_line_of_changes_is_named(tmp_path: Path, old: str, new: str, line: int, field: str) -> None:
    assert old in ADJUSTMENTS
    said = refused(tmp_path / "own.csv", ADJUSTMENTS.replace(old, new, 1), load_adjustments)
    assert (said["file"], said["line"], said["field"]) == ("own.csv", line, field)


@pytest.mark.parametrize(
    ("old", "new", "field"), [("2026-11-21", "21/11/2026", "checked_on"), (",seen,", ",sure,", "confidence")]
)
def test_a_wrong_line_of_services_is_named(tmp_path: Path, old: str, new: str, field: str) -> None:
    said = refused(tmp_path / "own.csv", SERVICES.replace(old, new, 1), load_services)
    assert (said["line"], said["field"]) == (2, field)


def test_a_list_that_is_not_there_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as missing:
        load_services(tmp_path / "none.csv")
    assert missing.value.reason == "file_missing"


def test_an_empty_file_lacks_its_header(tmp_path: Path) -> None:
    assert refused(tmp_path / "own.csv", "", load_adjustments)["line"] == 1
