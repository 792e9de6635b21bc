"""Every sentence that a person reads is in the catalogue, every entry there is read, and its places are filled."""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.catalogue import Entry, entries, languages
from tests.support.tree import ROOT, Module, called, docstrings, last_name, modules, none, plant

KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)+")
LOOKS_UP = {"text", "has", "_text", "sentence_for"}

# What shows its words to a person: Qt's setters and constructors, the terminal, and the blocks of a paper.
SHOWS = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QDockWidget",
    "setText", "setToolTip", "setStatusTip", "setWhatsThis", "setAccessibleName", "setAccessibleDescription",
    "setTitle", "setWindowTitle", "setPlaceholderText", "setHtml", "setPlainText", "setLabelText", "setPrefix",
    "setSuffix", "setInformativeText", "setDetailedText", "setHeaderData", "setHorizontalHeaderLabels", "addRow",
    "setVerticalHeaderLabels", "addAction", "addItem", "addItems", "addTab", "addMenu", "showMessage", "announce",
    "QMessageBox", "print", "input", "getpass",
}  # fmt: skip
# Parts whose first argument is words for people, and whose others name a look.
SHOWN_BY_NAME = {"help", "description", "epilog", "title", "text", "label", "placeholder", "hint", "words", "prompt"}
SHOWS_FIRST = {"Heading", "Words", "Paragraph", "Quote", "drawString"}
# An error of the programmer's, which no person is shown.
FOR_PROGRAMMERS = {
    "ValueError", "TypeError", "KeyError", "RuntimeError", "AssertionError", "LookupError", "AttributeError",
    "IndexError", "ImportError", "compile", "deprecated",
}  # fmt: skip
PROSE = re.compile(r"(?:^|[.:] )[A-Z][a-z’']*(?: [a-z’',–-]+){3,}")
MARKUP = re.compile(r"<[^>]*>?|^[^<]*>|&\w+;|^(?:(?:Ctrl|Alt|Shift)\+)+\w+$")
HAS_WORDS = re.compile(r"[A-Za-z]{2}")
# Words that are fixed by a format or drawn from nowhere else: file, and the beginning of the words.
FIXED_BY_A_FORMAT = {
    # what a field of the metadata means, for whoever reads the file with a tool (PDF/A, extension schemas)
    ("workwell_desktop/documents/layout/xmp.py", "The "),
    ("workwell_desktop/documents/layout/xmp.py", "Who is to sign"),
}


@dataclass
class Uses:
    """What the program asks the catalogue for."""

    keys: list[tuple[str, str, set[str] | None]] = field(default_factory=list)
    """Where, key, names of the parameters; None where they are not written out."""
    patterns: list[tuple[str, re.Pattern[str]]] = field(default_factory=list)
    """Keys that are put together: where, and what they can be."""
    words: set[str] = field(default_factory=set)
    """Every word in the code that has the shape of a key."""
    shapes: set[str] = field(default_factory=set)
    """Every text put together in the code that could be a key, as a pattern."""


def uses(root: Path) -> Uses:
    found = Uses()
    for module in modules(root):
        for node in module.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                found.words.add(node.value)
            elif isinstance(node, ast.JoinedStr) and _pattern(node) is not None:
                found.shapes.add(_pattern(node) or "")
            elif isinstance(node, ast.Call) and called(node) in LOOKS_UP and node.args:
                _look_up(found, module, node)
    return found


def _look_up(found: Uses, module: Module, node: ast.Call) -> None:
    for first in _choices(node.args[0]):
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and "." in first.value:
            names = {word.arg for word in node.keywords if word.arg}
            open_ended = any(word.arg is None for word in node.keywords)
            found.keys.append((module.line(node), first.value, None if open_ended else names))
        elif isinstance(first, ast.JoinedStr):
            pattern = _pattern(first)
            if pattern is not None:
                found.patterns.append((module.line(node), re.compile(pattern)))


def _choices(node: ast.expr) -> list[ast.expr]:
    """Both of ``a if x else b``."""
    return _choices(node.body) + _choices(node.orelse) if isinstance(node, ast.IfExp) else [node]


def _pattern(node: ast.JoinedStr) -> str | None:
    """What an f-string can be, where it begins with the name of a namespace; None for any other."""
    first = node.values[0] if node.values else None
    if not isinstance(first, ast.Constant) or not re.match(r"[a-z][a-z0-9_]*\.", str(first.value)):
        return None
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values)


def unknown_keys(root: Path, known: dict[str, Entry]) -> Iterator[str]:
    """Keys that nobody wrote a sentence for."""
    asked = uses(root)
    for where, key, _ in asked.keys:
        if key not in known:
            yield f"{where} {key}"
    for where, pattern in asked.patterns:
        if not any(pattern.fullmatch(key) for key in known):
            yield f"{where} {pattern.pattern}"


def unused_keys(root: Path, known: dict[str, Entry]) -> Iterator[str]:
    """Sentences that nothing asks for. ``errors.`` has a test of its own."""
    asked = uses(root)
    shapes = [re.compile(shape) for shape in asked.shapes]
    for key in known:
        if key.startswith("errors.") or key in asked.words or any(shape.fullmatch(key) for shape in shapes):
            continue
        yield key


def unfilled(root: Path, known: dict[str, Entry]) -> Iterator[str]:
    """Places of a sentence that a call does not fill, and parameters that no place takes."""
    for where, key, names in uses(root).keys:
        entry = known.get(key)
        if entry is None or names is None:
            continue
        for place in sorted(entry.places - names):
            yield f"{where} {key} leaves {{{place}}} empty"
        for name in sorted(names - entry.places - ({"count"} if entry.is_plural else set())):
            yield f"{where} {key} has no place for {name}"


def literals(root: Path) -> Iterator[str]:
    """Words for people that stand in the code."""
    for module in modules(root):
        silent = docstrings(module)
        for node in module.nodes:
            if isinstance(node, ast.Call) and called(node) in FOR_PROGRAMMERS:
                silent |= {id(inner) for inner in ast.walk(node)}
        shown = {
            id(inner)
            for node in module.nodes
            if isinstance(node, ast.Call) and called(node) in SHOWS | SHOWS_FIRST
            for argument in (node.args[:1] if called(node) in SHOWS_FIRST else node.args)
            for inner in _own_words(argument)
        }
        shown |= {
            id(word.value)
            for node in module.nodes
            if isinstance(node, ast.Call)
            for word in node.keywords
            if word.arg in SHOWN_BY_NAME and isinstance(word.value, ast.Constant) and " " in str(word.value.value)
        }
        for node in module.nodes:
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in silent:
                continue
            said = node.value
            is_fixed = any(module.where == file and said.startswith(start) for file, start in FIXED_BY_A_FORMAT)
            if not is_fixed and ((id(node) in shown and HAS_WORDS.search(MARKUP.sub("", said))) or PROSE.search(said)):
                yield f"{module.line(node)} {said[:60]!r}"


def _own_words(node: ast.AST) -> Iterator[ast.AST]:
    """The constants of an argument itself; what stands inside a call belongs to that call."""
    yield node
    if isinstance(node, ast.Call | ast.Subscript | ast.Attribute | ast.Compare):
        return
    for inner in ast.iter_child_nodes(node):
        yield from _own_words(inner)


@pytest.fixture(scope="module")
def source() -> dict[str, Entry]:
    return entries("en-GB")


def test_every_key_has_a_sentence(source: dict[str, Entry]) -> None:
    none(unknown_keys(ROOT, source))


def test_every_sentence_is_read(source: dict[str, Entry]) -> None:
    none(unused_keys(ROOT, source))


def test_every_place_is_filled(source: dict[str, Entry]) -> None:
    none(unfilled(ROOT, source))


def test_no_sentence_stands_in_the_code() -> None:
    none(literals(ROOT))


def strays(translation: dict[str, Entry], source: dict[str, Entry]) -> Iterator[str]:
    """What a translation says and the source does not, and places that only the translation has."""
    for key, entry in translation.items():
        if key not in source:
            yield f"{key} is not in the source"
        elif entry.places - source[key].places:
            yield f"{key} has places of its own"


def test_a_translation_says_what_the_source_says(source: dict[str, Entry]) -> None:
    for language in languages():
        none(f"{language}: {stray}" for stray in strays(entries(language), source))
    translation = {"a.two": Entry(("Dau",)), "a.one": Entry(("Un {peth}",)), "a.many": Entry(("{count} dydd",))}
    assert list(strays(translation, PLANTED)) == ["a.two is not in the source", "a.one has places of its own"]


def test_every_sentence_can_be_formatted(source: dict[str, Entry]) -> None:
    for key, entry in source.items():
        for form in entry.forms:
            names = {name for _, name, _, _ in string.Formatter().parse(form) if name is not None}
            assert all(name.isidentifier() for name in names), key


PLANTED = {
    "a.one": Entry(("One {thing}.",)),
    "a.many": Entry(("{count} day", "{count} days")),
    "a.kind.risk": Entry(("Risk",)),
    "a.never": Entry(("Never",)),
}


def test_keys_that_do_not_fit_are_found(tmp_path: Path) -> None:
    source = (
        "text('a.one', thing=1)\ntext('a.one')\ntext('a.one', thing=1, other=2)\ntext('a.many', count=2)\n"
        "text(f'a.kind.{kind}')\ntext(f'b.{kind}')\ntext('a.missing' if x else 'a.one', **more)\n"
    )
    plant(tmp_path, {"desktop/page.py": source})
    at = "workwell_desktop/desktop/page.py"
    assert list(unknown_keys(tmp_path, PLANTED)) == [f"{at}:7 a.missing", rf"{at}:6 b\..+"]
    assert list(unused_keys(tmp_path, PLANTED)) == ["a.never"]
    assert list(unfilled(tmp_path, PLANTED)) == [
        f"{at}:2 a.one leaves {{thing}} empty",
        f"{at}:3 a.one has no place for other",
    ]


def test_words_in_the_code_are_found(tmp_path: Path) -> None:
    source = (
        '"""The module says what it is for."""\n'
        "QLabel('Save')\nbutton.setText(f'Due {day}')\nbutton.setText(text('a.one'))\n"
        "note = 'Everything you wrote is kept'\nraise ValueError('The day is not in the calendar')\n"
        "button.setProperty('kind', 'primary button')\nlabel.setText('–')\nlabel.setText(names['given'])\n"
        "parser.add_argument('x', help='where to write', metavar='FILE OR FOLDER')\nmenu.addAction('Ctrl+K')\n"
    )
    plant(tmp_path, {"desktop/page.py": source})
    at = "workwell_desktop/desktop/page.py"
    assert sorted(literals(tmp_path)) == [
        f"{at}:10 'where to write'",
        f"{at}:2 'Save'",
        f"{at}:3 'Due '",
        f"{at}:5 'Everything you wrote is kept'",
    ]


def test_a_name_is_the_last_of_a_chain() -> None:
    call = ast.parse("self.page.title.setText('x')").body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert called(call.value) == last_name(call.value.func) == "setText"
