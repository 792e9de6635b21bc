"""Tables are parsed once and kept as modules are; what is kept never outlives its source."""

import os
import sys
import tomllib
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from workwell_desktop import assets


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "words.toml"
    path.write_text('one = "first"\n[below]\ntwo = { one = "a", other = "b" }\n', encoding="utf-8")
    return path


def kept(path: Path) -> Path:
    return Path(cache_from_source(str(path))).with_suffix(".table")


def test_a_table_reads_the_same_parsed_and_kept(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = assets.table(source)
    assert parsed == {"one": "first", "below": {"two": {"one": "a", "other": "b"}}}
    assert [one.name for one in kept(source).parent.iterdir()] == [kept(source).name]
    monkeypatch.setattr(tomllib, "loads", None)
    assert assets.table(source) == parsed


def test_an_edited_file_is_read_anew(source: Path) -> None:
    assets.table(source)
    before = source.stat()
    source.write_text('one = "other"\n', encoding="utf-8")
    assert assets.table(source) == {"one": "other"}
    source.write_text('one = "again"\n', encoding="utf-8")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert assets.table(source) == {"one": "again"}


@pytest.mark.parametrize("written", [b"", b"\0", b"rubbish", b"7", b"[1, 2]", b"[1]"])
def test_what_is_kept_and_damaged_is_made_anew(source: Path, written: bytes) -> None:
    parsed = assets.table(source)
    kept(source).write_bytes(written)
    assert assets.table(source) == parsed
    assert kept(source).read_bytes() != written


def test_what_cannot_be_kept_is_parsed_each_time(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source.write_text("day = 2026-11-22\n", encoding="utf-8")
    assert assets.table(source) == assets.table(source)
    assert not kept(source).exists()
    source.write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert assets.table(source) == {"one": 1}
    assert not kept(source).exists()
    kept(source).parent.mkdir()
    kept(source).mkdir()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert assets.table(source) == {"one": 1}
