"""Regular expressions that cannot hang: all ways through the pattern are followed at once, so that the work is
bounded by the length of the text times the size of the pattern. What needs going back (back-references, looking
around, except a look ahead at the very beginning) is refused.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from workwell_desktop.forms.pattern_syntax import Alternatives, Class, Edge, Part, PatternError, Repeat, Sequence, parse

MAX_STATES = 4_000
MAX_TEXT = 200_000
MAX_WORK = 2_000_000
_CACHE = 20_000

_Set: TypeAlias = frozenset[int]


@dataclass
class _Automaton:
    """State ``n`` reads a character by ``reads[n]`` and goes to ``n_next``, or goes on freely along ``free[n]``;
    ``edges[n]`` must hold at this place (``^`` or ``$``) for going on."""

    reads: list[tuple[Class, int] | None] = field(default_factory=list)
    free: list[list[int]] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)

    def state(self) -> int:
        if len(self.reads) >= MAX_STATES:
            raise PatternError("too large")
        self.reads.append(None)
        self.free.append([])
        self.edges.append("")
        return len(self.reads) - 1

    def build(self, part: Part, into: int) -> int:
        """Adds ``part`` before state ``into``; gives the state it begins at."""
        if isinstance(part, Class):
            begin = self.state()
            self.reads[begin] = (part, into)
            return begin
        if isinstance(part, Edge):
            begin = self.state()
            self.edges[begin] = part.sign
            self.free[begin] = [into]
            return begin
        if isinstance(part, Sequence):
            for each in reversed(part.parts):
                into = self.build(each, into)
            return into
        if isinstance(part, Alternatives):
            begin = self.state()
            self.free[begin] = [self.build(each, into) for each in part.parts]
            return begin
        return self._repeat(part, into)

    def _repeat(self, part: Repeat, into: int) -> int:
        if part.most is None:
            loop = self.state()
            body = self.build(part.part, loop)
            self.free[loop] = [into, body] if part.lazy else [body, into]
            begin = loop
        else:
            begin = into
            for _ in range(part.most - part.least):
                choice = self.state()
                body = self.build(part.part, begin)
                self.free[choice] = [into, body] if part.lazy else [body, into]
                begin = choice
        for _ in range(part.least):
            begin = self.build(part.part, begin)
        return begin


class Pattern:
    """A compiled pattern. ``Pattern.of`` raises PatternError where it is not supported."""

    def __init__(self, source: str, *, lines: bool) -> None:
        looks, body = parse(source, lines=lines)
        self._looks = [(_Matcher(part, anchored=True), wanted) for part, wanted in looks]
        self._anchored = bool(looks)
        self._full = _Matcher(body, anchored=True)
        self._within = _Matcher(body, anchored=self._anchored)

    @staticmethod
    def of(source: str, *, lines: bool = True) -> "Pattern":
        """The pattern, made once for each source; ``lines`` as in ``pattern_syntax.parse``."""
        return _made(source, lines)

    def is_all_of(self, text: str) -> bool:
        """Whether the whole text is of this form. PatternError where that would take too much work to tell."""
        return self._ahead(text) and self._full.runs(text, whole=True)

    def found_in(self, text: str) -> bool:
        """Whether a part of the text is of this form. PatternError as above."""
        return self._ahead(text) and self._within.runs(text, whole=False)

    def replaced_in(self, text: str, by: str) -> str:
        """The text with each match, from left to right, replaced. PatternError as above."""
        if len(text) > MAX_TEXT:
            raise PatternError("too long a text")
        made: list[str] = []
        at = 0
        while at <= len(text):
            span = self._full.first_from(text, at)
            if span is None:
                break
            begin, end = span
            made += (text[at:begin], by)
            if end == begin:
                made.append(text[end : end + 1])
                end += 1
            at = end
        return "".join(made) + text[at:]

    def _ahead(self, text: str) -> bool:
        return all(matcher.runs(text, whole=False) == wanted for matcher, wanted in self._looks)


@lru_cache(maxsize=512)
def _made(source: str, lines: bool) -> Pattern:
    return Pattern(source, lines=lines)


class _Matcher:
    def __init__(self, part: Part, *, anchored: bool) -> None:
        self._automaton = _Automaton()
        self._end = self._automaton.state()
        self._begin = self._automaton.build(part, self._end)
        self._anchored = anchored
        self._steps: dict[tuple[_Set, str], _Set] = {}

    def runs(self, text: str, *, whole: bool) -> bool:
        if len(text) > MAX_TEXT:
            raise PatternError("too long a text")
        work = MAX_WORK
        now = self._closed({self._begin}, start=True, end=not text)
        for place, letter in enumerate(text):
            if not whole and self._end in now:
                return True
            if not now:
                return False
            last = place == len(text) - 1
            key = (now, letter)
            following = None if last else self._steps.get(key)
            if following is None:
                work -= len(now) + 1
                if work < 0:
                    raise PatternError("too much work")
                following = self._step(now, letter, end=last)
                if not last:
                    if len(self._steps) > _CACHE:
                        self._steps.clear()
                    self._steps[key] = following
            now = following
        return self._end in now

    def first_from(self, text: str, at: int) -> tuple[int, int] | None:
        """Begin and end of the first match at or after ``at``: the one that going back would find first."""
        reads = self._automaton.reads
        work = MAX_WORK // 5
        for begin in range(at, len(text) + 1):
            now = self._ranked([self._begin], begin == 0, begin == len(text))
            end: int | None = None
            place = begin
            while now:
                if self._end in now:
                    end = place
                    now = now[: now.index(self._end)]
                if place == len(text):
                    break
                work -= len(now) + 1
                if work < 0:
                    raise PatternError("too much work")
                reached = [read[1] for read in (reads[state] for state in now) if read and read[0].has(text[place])]
                place += 1
                now = self._ranked(reached, False, place == len(text))
            if end is not None:
                return begin, end
        return None

    def _ranked(self, states: list[int], start: bool, end: bool) -> list[int]:
        """The free closure in order of preference."""
        free, edges = self._automaton.free, self._automaton.edges
        holds = {"": True, "^": start, "$": end}
        found: dict[int, None] = {}
        waiting = list(reversed(states))
        while waiting:
            state = waiting.pop()
            if state in found or not holds[edges[state]]:
                continue
            found[state] = None
            waiting += reversed(free[state])
        return list(found)

    def _step(self, now: _Set, letter: str, *, end: bool) -> _Set:
        reads = self._automaton.reads
        reached = {read[1] for read in (reads[state] for state in now) if read is not None and read[0].has(letter)}
        if not self._anchored:
            reached.add(self._begin)
        return self._closed(reached, start=False, end=end)

    def _closed(self, states: set[int], *, start: bool, end: bool) -> _Set:
        free, edges = self._automaton.free, self._automaton.edges
        found: set[int] = set()
        waiting = list(states)
        holds: dict[str, bool] = {"": True, "^": start, "$": end}
        while waiting:
            state = waiting.pop()
            if state in found or not holds[edges[state]]:
                continue
            found.add(state)
            waiting += free[state]
        return frozenset(found)
