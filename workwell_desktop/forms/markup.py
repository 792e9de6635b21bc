"""Markup that a form may carry, brought down to an allow-list: nothing in it can load, run or link by itself."""

import re
from html import escape
from html.parser import HTMLParser

_KEPT = frozenset("b strong i em u p br ul ol li table thead tbody tr td th h3 h4 sub sup span div".split())
_DROPPED = frozenset("script style iframe object embed svg math template noscript head title".split())
_EMPTY = frozenset(("br",))
MAX_LENGTH = 100_000


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[str] = []
        self._open: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._silent += 1
        elif tag in _KEPT and not self._silent and len(self._open) < 50:
            self.made.append(f"<{tag}>")
            if tag not in _EMPTY:
                self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY and not self._silent:
            self.made.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self._silent = max(self._silent - 1, 0)
        elif tag in self._open:
            while self._open:
                last = self._open.pop()
                self.made.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.made.append(escape(data, quote=False))

    def finished(self) -> str:
        while self._open:
            self.made.append(f"</{self._open.pop()}>")
        return "".join(self.made).strip()


def clean(xhtml: str) -> str:
    """The markup with only structure and emphasis left: no attribute survives, so no picture, link or style either."""
    cleaner = _Cleaner()
    cleaner.feed(xhtml[:MAX_LENGTH])
    cleaner.close()
    return cleaner.finished()


_RULES = (
    (re.compile(r"\*\*([^*\n]{1,2000})\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*([^*\n]{1,2000})\*"), r"<i>\1</i>"),
    (re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)"), r"\1"),
)


def from_markdown(written: str) -> str:
    """A plain reading of markdown: paragraphs, emphasis, lists and headings; a link keeps its words alone."""
    made: list[str] = []
    listing = False
    for line in escape(written[:MAX_LENGTH], quote=False).splitlines():
        words = line.strip()
        point = re.match(r"(?:[-*+]|\d{1,3}\.)\s+(.*)", words)
        if bool(point) != listing:
            made.append("<ul>" if point else "</ul>")
            listing = bool(point)
        words = (point.group(1) if point else words.lstrip("#").strip()) if words else ""
        for rule, by in _RULES:
            words = rule.sub(by, words)
        if words:
            made.append(f"<li>{words}</li>" if point else f"<p>{words}</p>")
    if listing:
        made.append("</ul>")
    return "".join(made)
