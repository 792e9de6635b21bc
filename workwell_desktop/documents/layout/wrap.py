"""Breaking text into lines, left aligned. No word is split unless it alone is wider than the line."""

import re
import unicodedata

from workwell_desktop.catalogue import SOURCE_LANGUAGE
from workwell_desktop.documents.blocks import Run, Text
from workwell_desktop.documents.layout import fonts, order, shaping
from workwell_desktop.documents.layout.lines import Line, Setting, has_right_to_left, line

_Word = list[Run]
_STRETCH = re.compile(r"[^ \n]+|[ \n]")


def wrap(text: Text, size: float, room: float, language: str = SOURCE_LANGUAGE) -> list[Line]:
    """``text`` of a paper in ``language`` in lines of at most ``room`` points; at least one line."""
    lines: list[Line] = []
    paragraphs = _paragraphs(text)
    for number, words in enumerate(paragraphs):
        last = number == len(paragraphs) - 1
        lines += _wrapped(words, room, Setting(size, language, _is_turned(words, language)), ends=last)
    return lines or [Line((), 0)]


def widest(text: Text, size: float, language: str = SOURCE_LANGUAGE) -> float:
    """How wide the widest word of a text is, in points: less room splits it."""
    setting = Setting(size, language, rtl=False)
    return max((_width(word, setting) for words in _paragraphs(text) for word in words), default=0.0)


def _is_turned(words: list[_Word], language: str) -> bool:
    """Whether a paragraph runs from right to left: as its paper does, but for one in Latin letters alone, whose figures
    and points would else stand at the wrong end."""
    if not order.is_right_to_left(language):
        return False
    letters = "".join(run.text for word in words for run in word)
    return has_right_to_left(letters) or not any(letter.isalpha() for letter in letters)


def is_foreign(text: Text, language: str) -> bool:
    """Whether all of a text of a right-to-left paper is known to be in a language that begins at the left."""
    known = all(run.lang and not order.is_right_to_left(run.lang) for run in text)
    return order.is_right_to_left(language) and known and not any(has_right_to_left(run.text) for run in text)


def _paragraphs(text: Text) -> list[list[_Word]]:
    """Words of each forced line; a word is a list of runs, since emphasis may change within it."""
    paragraphs: list[list[_Word]] = [[]]
    word: _Word = []
    for run in text:
        letters = fonts.tidy(run.text)
        for found in _STRETCH.finditer(letters):
            stretch = found.group()
            if stretch == " " and word and _glued(letters, found.start()):
                word[-1] = Run(word[-1].text + stretch, word[-1].strong, word[-1].lang)
            elif stretch in " \n":
                if word:
                    paragraphs[-1].append(word)
                word = []
                if stretch == "\n" and paragraphs[-1]:
                    paragraphs.append([])
            elif word and (word[-1].strong, word[-1].lang) == (run.strong, run.lang):
                word[-1] = Run(word[-1].text + stretch, run.strong, run.lang)
            else:
                word.append(Run(stretch, run.strong, run.lang))
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


def _width(word: _Word, setting: Setting) -> float:
    if len(word) == 1:  # nearly every word; this is asked for each of them
        return fonts.width(word[0].text, word[0].strong, setting.size, setting.language)
    return sum(fonts.width(run.text, run.strong, setting.size, setting.language) for run in word)


def _wrapped(words: list[_Word], room: float, setting: Setting, *, ends: bool) -> list[Line]:
    rows: list[list[_Word]] = [[]]
    used = 0.0
    blank = {strong: fonts.width(" ", strong, setting.size) for strong in (False, True)}
    for word, wide in [part for whole in words for part in _fitting(whole, room, setting)]:
        space = blank[rows[-1][-1][-1].strong] if rows[-1] else 0.0
        if rows[-1] and used + space + wide > room:
            rows.append([word])
            used = wide
        else:
            rows[-1].append(word)
            used += space + wide
    return [_line(row, setting, trail=not ends or index < len(rows) - 1) for index, row in enumerate(rows)]


def _line(row: list[_Word], setting: Setting, *, trail: bool) -> Line:
    """A row of words with its spaces: as few runs as there are weights and languages."""
    joined: list[Run] = []
    said: list[str] = []
    before: Run | None = None
    for index, word in enumerate(row):
        for run in word:
            if before is not None and (before.strong != run.strong or before.lang != run.lang):
                joined.append(Run("".join(said), before.strong, before.lang))
                said = []
            said.append(run.text)
            before = run
        if index < len(row) - 1 or trail:
            said.append(" ")
    if before is not None:
        joined.append(Run("".join(said), before.strong, before.lang))
    return line(joined, setting)


def _fitting(word: _Word, room: float, setting: Setting) -> list[tuple[_Word, float]]:
    """The word whole, or in pieces where it alone is wider than the line: cut text would be worse. With its width."""
    whole = _width(word, setting)
    if whole <= room:
        return [(word, whole)]
    parts: list[_Word] = [[]]
    used = 0.0
    for run in word:
        for letter in _whole_letters(run.text):
            wide = fonts.width(letter, run.strong, setting.size, setting.language)
            if used + wide > room and parts[-1]:
                parts.append([])
                used = 0.0
            parts[-1].append(Run(letter, run.strong, run.lang))
            used += wide
    return [(part, _width(part, setting)) for part in parts]


def _whole_letters(text: str) -> list[str]:
    """Letters with the marks that belong to them."""
    found: list[str] = []
    for letter in text:
        if found and (letter in shaping.JOINERS or unicodedata.category(letter) in ("Mn", "Mc")):
            found[-1] += letter
        else:
            found.append(letter)
    return found
