"""From the rows of a form to the lines of a page: what stands below what, and which groups are shown as a grid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workwell_desktop.forms import Form, Item, Row, around, split_path

_HELPERS = frozenset({"lower", "upper", "unit", "help", "flyover"})
_TABLES = frozenset({"table", "gtable", "htable", "atable", "grid"})
MOST_COLUMNS = 7
"""Answers beside each other in a grid: seven, as in “no difficulty … not possible, not known, does not apply”."""
MOST_FIELDS = 6
"""Questions beside each other in a table."""
MOST_CELLS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the column. ``kind`` is group, text, question, score, grid, table, repeat (the head of an instance)
    or add.

    ``rows`` are the questions of a grid or the cells of a table, ``heads`` the rows of a table that they stand in;
    ``around`` are the groups around it that can be closed; ``ends`` the words at the ends of a ruler; ``number`` counts
    instances and ``may_remove`` says whether this one may go.
    """

    kind: str
    key: str
    row: Row
    rows: tuple[Row, ...] = ()
    ends: tuple[str, str] = ("", "")
    number: int = 0
    may_remove: bool = False
    indent: int = 0
    heads: tuple[Row, ...] = ()
    around: tuple[str, ...] = ()

    @property
    def ruler(self) -> bool:
        """Whether every number has a cell of its own: from 0 to at most 10."""
        row = self.row
        whole = row.item.type == "integer" and row.item.control == "slider"
        return whole and row.minimum == 0 and isinstance(row.maximum, int) and row.maximum <= MOST_CELLS


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the assessment: its title and the pages of the form that are in it."""

    title: str
    pages: tuple[int, ...]


def parts_of(form: Form) -> tuple[Part, ...]:
    """The pages of a form; what stands between groups, without a title of its own, joins the part before it."""
    made: list[Part] = []
    for page in form.pages:
        if made and not page.title:
            made[-1] = Part(made[-1].title, (*made[-1].pages, page.number))
        else:
            made.append(Part(page.title or form.title, (page.number,)))
    if len(made) == 1:
        return (Part(form.title, made[0].pages),)
    return tuple(made)


def lines_of(form: Form, rows: Sequence[Row], *, most: int = MOST_COLUMNS) -> list[Line]:
    """The lines of one part, from its rows in document order. A grid has at most ``most`` columns; with 0 every
    question stands by itself."""
    shown = [row for row in rows if row.shown]
    return list(_Liner(form, shown, most).lines())


class _Liner:
    def __init__(self, form: Form, rows: Sequence[Row], most: int) -> None:
        self._rows = rows
        self._most = most
        self._title = form.title
        self._pages = {
            page.link_id for page in form.pages if page.link_id and form.index[page.link_id].control not in _TABLES
        }
        self._last: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        for place, row in enumerate(rows):
            for series in _series(row):
                self._last[series] = place
            if row.item.multiple:
                own = _own_series(row)
                self._counts[own] = self._counts.get(own, 0) + 1

    def lines(self) -> Iterator[Line]:
        used: set[str] = set()
        numbers: dict[str, int] = {}
        instances: dict[str, Row] = {}
        for place, row in enumerate(self._rows):
            if row.item.multiple:
                own = _own_series(row)
                instances[own] = row
                numbers[own] = numbers.get(own, 0) + 1
            if row.path not in used:
                outside = _foldable(row)
                for line in self._line(row, numbers):
                    used |= {one.path for one in (*line.rows, *line.heads)}
                    yield replace(line, around=outside) if outside else line
            for series in reversed(_series(row)):
                if self._last[series] == place:
                    for line in self._add(series, instances[series]):
                        yield replace(line, around=_foldable(instances[series]))

    def _line(self, row: Row, numbers: Mapping[str, int]) -> Iterator[Line]:
        item = row.item
        indent = min(len(_series(row)) + (1 if _under_a_question(item) else 0), 2)
        if item.multiple and item.type == "group" and item.control in _TABLES:
            heads = [one for one in self._rows if one.item is item and _own_series(one) == _own_series(row)]
            cells = [one for head in heads for one in self._below(head)]
            if self._tabular(item, cells):
                key = f"table:{_own_series(row)}"
                yield Line("table", key, row, rows=tuple(cells), indent=indent - 1, heads=tuple(heads))
                return
        own = _own_series(row) if item.multiple else ""
        least = max(1, item.limits.min_occurs)
        # one answer alone needs no head: the question's own words stand above it
        if item.multiple and not row.read_only and (item.type == "group" or self._counts[own] > least):
            yield Line(
                "repeat",
                f"head:{row.path}",
                row,
                number=numbers[own],
                may_remove=self._counts[own] > least,
                indent=indent - 1,
            )
        if item.type == "group":
            yield from self._group(row, indent)
        elif item.type == "display":
            if item.control not in _HELPERS:
                yield Line("text", row.path, row, indent=indent)
        elif item.calculated and row.read_only:
            yield Line("score", row.path, row, indent=indent)
        else:
            yield Line("question", row.path, row, ends=_ends(item), indent=indent)

    def _group(self, row: Row, indent: int) -> Iterator[Line]:
        item = row.item
        holds_pages = any(child.link_id in self._pages for child in item.children)
        if item.link_id in self._pages or item.multiple or (holds_pages and row.text == self._title):
            return
        below = self._below(row)
        lines = [one for one in below if one.item.type == "group"]
        cells = [one for head in lines for one in self._below(head)]
        if item.control in _TABLES and _alike(below, self._most):
            yield Line("grid", row.path, row, rows=tuple(below), indent=indent)
        elif item.control == "grid" and lines == below and all(self._tabular(one.item, cells) for one in lines):
            yield Line("table", f"table:{row.path}", row, rows=tuple(cells), indent=indent, heads=tuple(lines))
        elif row.text:
            yield Line("group", row.path, row, indent=indent)

    def _below(self, row: Row) -> list[Row]:
        """The rows that stand directly in a group."""
        return [one for one in self._rows if one.item.parent is row.item and _prefix(one) == _prefix(row)]

    def _tabular(self, group: Item, cells: Sequence[Row]) -> bool:
        """Whether a group makes a line of a table: plain questions, and no more than stand beside each other."""
        plain = all(one.item.is_question and not one.item.children and not one.item.multiple for one in cells)
        columns = sum(1 for one in group.children if one.is_question)
        return bool(cells) and plain and columns <= MOST_FIELDS <= self._most

    def _add(self, series: str, instance: Row) -> Iterator[Line]:
        most = instance.item.limits.max_occurs
        if not instance.read_only and (most is None or self._counts[series] < most):
            yield Line("add", f"add:{series}", instance)


def _alike(rows: Sequence[Row], most: int) -> bool:
    """Whether rows are one-answer questions with the same few answers, so that a grid can hold them."""
    if len(rows) < 2 or any(row.item.type != "choice" or row.item.several or row.read_only for row in rows):
        return False
    first = [option.label for option in rows[0].options]
    if not 2 <= len(first) <= most or any(row.item.children for row in rows):
        return False
    return all([option.label for option in row.options] == first for row in rows)


def _ends(item: Item) -> tuple[str, str]:
    """The words at the ends of a ruler, from the displays below it."""
    return item.lower or "", item.upper or ""


def _under_a_question(item: Item) -> bool:
    return item.parent is not None and item.parent.is_question


def _foldable(row: Row) -> tuple[str, ...]:
    """The groups around a row that can be closed, by path."""
    ids = list(split_path(row.path)[0])
    if row.item.multiple:
        ids = ids[:-1]
    found = []
    item = row.item.parent
    while item is not None:
        if item.multiple:
            ids = ids[:-1]
        elif item.collapsible and item.type == "group":
            found.append("/".join([*ids, item.link_id]))
        item = item.parent
    return tuple(found)


def _prefix(row: Row) -> str:
    return around(row.path)


def _series(row: Row) -> list[str]:
    """The repeating series that a row stands in, outer ones first: ``<ids before>/linkId``."""
    ids = list(split_path(row.path)[0])
    chain: list[Item] = []
    item: Item | None = row.item
    while item is not None:
        if item.multiple:
            chain.insert(0, item)
        item = item.parent
    return ["/".join([*ids[:place], each.link_id]) for place, each in enumerate(chain)]


def _own_series(row: Row) -> str:
    return _series(row)[-1]
