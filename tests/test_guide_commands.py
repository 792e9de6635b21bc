"""Every command that the guide and the first page quote is one that there is; what costs little is run as it stands."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools import commands
from tests.support.tree import ROOT, none
from tests.test_cli import NoScreen
from workwell_desktop import cli
from workwell_desktop.errors import BadInput

GUIDE = ROOT / "resources" / "guide"
PAGES = [ROOT / "README.md", *sorted(GUIDE.rglob("*.md"))]
NAMES = set(cli.KNOWN)
SPAN = re.compile(r"`([^`\n]+)`")
LINE = re.compile(r"^(?: {4}|\$ )(\S.*)$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
OURS = re.compile(r"^(?:\.venv/bin/)?workwell(?: (.*))?$")
DEV = re.compile(r"^python3 packaging/dev\.py (\S+)")


def quoted(words: str) -> Iterator[str]:
    """What stands in code quotes or on a line of its own as code, without a remark behind it."""
    words = FENCED.sub("", words)
    for found in [*SPAN.findall(words), *LINE.findall(words)]:
        yield re.split(r"\s{2,}#|\s+#\s", found)[0].strip()


def unknown(words: str) -> Iterator[str]:
    """Commands of ours that the program would not take."""
    for line in quoted(words):
        if dev := DEV.match(line):
            if dev[1] not in commands.COMMANDS:
                yield line
        elif (ours := OURS.match(line)) and not is_taken(shlex.split(ours[1] or "")):
            yield line


def is_taken(words: list[str]) -> bool:
    """Whether the parser takes it; the bare name of a command is a mention, and needs no file behind it."""
    if len(words) == 1 and words[0] in NAMES:
        return True
    try:
        cli._parser().parse_args(words)
    except BadInput:
        return False
    except SystemExit as left:
        return left.code == 0
    return True


def test_each_command_is_one_that_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    none(f"{page.name}: {line}" for page in PAGES for line in unknown(page.read_text(encoding="utf-8")))
    found = {line for page in PAGES for line in quoted(page.read_text(encoding="utf-8")) if OURS.match(line)}
    assert len(found) > 20
    assert capsys.readouterr().err == ""


def test_a_command_that_there_is_not_is_found() -> None:
    words = "`workwell sing` `workwell hub` `workwell repair`\n\n    workwell verify --trusted a.pem a.pdf\n"
    words += "\n    python3 packaging/dev.py fly  # away\n\n`workwell hub min-version` `workwell.fork`\n"
    assert list(unknown(words)) == [
        "workwell sing",
        "workwell verify --trusted a.pem a.pdf",
        "python3 packaging/dev.py fly",
    ]


def test_the_form_of_the_guide_is_one_that_can_be_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (GUIDE / "making-a-form.md").read_text(encoding="utf-8")
    form = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert form is not None
    monkeypatch.chdir(tmp_path)
    Path("sleep.json").write_text(form[1], encoding="utf-8")
    (line,) = (one for one in quoted(page) if "check-form" in one)
    assert cli.main([*shlex.split(line)[1:], "--json"], NoScreen()) == 0
    (row,) = json.loads(capsys.readouterr().out)["forms"]
    assert (row["status"], row["problems"]) == ("ready", [])
    # a sentence of the page: one question more than it could run, and nothing of it comes in
    Path("sleep.json").write_text(form[1].replace('"integer"', '"whole number"', 1), encoding="utf-8")
    assert cli.main([*shlex.split(line)[1:], "--json"], NoScreen()) == 1


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["hub", "--help"]], ids=" ".join)
def test_what_tells_of_itself_runs(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words, NoScreen())
    assert left.value.code == 0
    assert capsys.readouterr().out.strip()
