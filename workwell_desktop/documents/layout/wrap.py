"""Breaking text into lines, left aligned. No word is split unless it alone is wider than the line."""

import re
from dataclasses import dataclass

from workwell_desktop.documents.blocks import Run, Text
from workwell_desktop.documents.layout import fonts


@dataclass(frozen=True)
class Line:
    """Drawable pieces (font, text). All but the last line of a paragraph end with a space, so that text taken from
    the file keeps its words apart."""

    pieces: tuple[tuple[str, str], ...]
    width: float


_Word = list[Run]
_STRETCH = re.compile(r"[^ \n]+|[ \n]")


def wrap(text: Text, size: float, room: float) -> list[Line]:
    """``text`` in lines of at most ``room`` points; at least one line."""
    lines: list[Line] = []
    paragraphs = _paragraphs(text)
    for number, words in enumerate(paragraphs):
        last = number == len(paragraphs) - 1
        lines += _wrapped(words, size, room, ends=last)
    return lines or [Line((), 0)]


def _paragraphs(text: Text) -> list[list[_Word]]:
    """Words of each forced line; a word is a list of runs, since emphasis may change within it."""
    paragraphs: list[list[_Word]] = [[]]
    word: _Word = []
    for run in text:
        letters = fonts.tidy(run.text)
        for found in _STRETCH.finditer(letters):
            stretch = found.group()
            if stretch == " " and word and _glued(letters, found.start()):
                word[-1] = Run(word[-1].text + stretch, word[-1].strong)
            elif stretch in " \n":
                if word:
                    paragraphs[-1].append(word)
                word = []
                if stretch == "\n" and paragraphs[-1]:
                    paragraphs.append([])
            elif word and word[-1].strong == run.strong:
                word[-1] = Run(word[-1].text + stretch, run.strong)
            else:
                word.append(Run(stretch, run.strong))
    if word:
        paragraphs[-1].append(word)
    return [words for words in paragraphs if words]


def _glued(letters: str, place: int) -> bool:
    """A short number stays with what it counts, and the groups of a telephone number stay together."""
    after = letters[place + 1 : place + 2]
    before = letters[:place].rpartition(" ")[2]
    if not before.isdigit() or not after.isalnum():
        return False
    return after.isdigit() or len(before) <= 2


def _width(word: _Word, size: float) -> float:
    return sum(fonts.width(run.text, run.strong, size) for run in word)


def _wrapped(words: list[_Word], size: float, room: float, *, ends: bool) -> list[Line]:
    rows: list[list[_Word]] = [[]]
    used = 0.0
    for word in [part for whole in words for part in _fitting(whole, size, room)]:
        space = fonts.width(" ", rows[-1][-1][-1].strong, size) if rows[-1] else 0.0
        wide = _width(word, size)
        if rows[-1] and used + space + wide > room:
            rows.append([word])
            used = wide
        else:
            rows[-1].append(word)
            used += space + wide
    return [_line(row, size, trail=not ends or index < len(rows) - 1) for index, row in enumerate(rows)]


def _line(row: list[_Word], size: float, *, trail: bool) -> Line:
    runs: list[Run] = []
    for index, word in enumerate(row):
        space = " " if index < len(row) - 1 or trail else ""
        runs += word[:-1]
        runs.append(Run(word[-1].text + space, word[-1].strong))
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].strong == run.strong:
            joined[-1] = Run(joined[-1].text + run.text, run.strong)
        else:
            joined.append(run)
    pieces = tuple(piece for run in joined for piece in fonts.runs(run.text, run.strong))
    return Line(pieces, sum(fonts.width(run.text, run.strong, size) for run in joined))


def _fitting(word: _Word, size: float, room: float) -> list[_Word]:
    """The word whole, or in pieces where it alone is wider than the line: cut text would be worse."""
    if _width(word, size) <= room:
        return [word]
    parts: list[_Word] = [[]]
    used = 0.0
    for run in word:
        for letter in run.text:
            wide = fonts.width(letter, run.strong, size)
            if used + wide > room and parts[-1]:
                parts.append([])
                used = 0.0
            parts[-1].append(Run(letter, run.strong))
            used += wide
    return parts
