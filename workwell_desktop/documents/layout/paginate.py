"""Putting slices on pages: nothing is cut, no heading is left alone, and the crisis box stays at the foot of page 1."""

from dataclasses import dataclass, field

from workwell_desktop.documents.layout.ops import BoxMark, Element, Placed, Slice


@dataclass
class Page:
    """The marks of one page, ``down`` counted from its top; ``starts`` are the elements that begin on it."""

    marks: list[Placed] = field(default_factory=list)
    starts: list[Element] = field(default_factory=list)
    used: float = 0


def paginate(slices: list[Slice], top: float, limits: tuple[float, float]) -> list[Page]:
    """Fills pages from ``top`` down to ``limits[0]`` on the first page and ``limits[1]`` on the others."""
    pages = [Page(used=top)]
    seen: set[int] = set()
    groups = _groups(slices)
    for index, group in enumerate(groups):
        limit = limits[0] if len(pages) == 1 else limits[1]
        fresh = pages[-1].used == top
        needed = _height(group, fresh)
        if group[0].whole and (not index or groups[index - 1][0].whole != group[0].whole):
            together = sum(_height(one, False) for one in groups[index:] if one[0].whole == group[0].whole)
            needed = together if together <= limits[1] - top else needed
        if not fresh and pages[-1].used + needed > limit:
            pages.append(Page(used=top))
        for piece in group:
            page = pages[-1]
            limit = limits[0] if len(pages) == 1 else limits[1]
            gap = 0 if page.used == top else piece.gap
            if page.used > top and page.used + gap + piece.height > limit:
                page = Page(used=top)
                pages.append(page)
                gap = 0
            page.used += gap
            if page.used == top and piece.above is not None:
                page.marks += [placed.lower(top) for placed in piece.above.marks]
                page.used += piece.above.height
            page.marks += [placed.lower(page.used) for placed in piece.marks]
            page.used += piece.height
            if piece.owner is not None and id(piece.owner) not in seen:
                seen.add(id(piece.owner))
                page.starts.append(piece.owner)
    for page in pages:
        page.marks = _merged(page.marks)
    return pages


def _groups(slices: list[Slice]) -> list[list[Slice]]:
    groups: list[list[Slice]] = [[]]
    for piece in slices:
        groups[-1].append(piece)
        if not piece.keep:
            groups.append([])
    return [group for group in groups if group]


def _height(group: list[Slice], fresh: bool) -> float:
    return sum(piece.height + piece.gap for piece in group) - (group[0].gap if fresh else 0)


def _merged(marks: list[Placed]) -> list[Placed]:
    """Grounds that touch become one, so that no hairline shows between them."""
    merged: list[Placed] = []
    open_boxes: dict[tuple[float, float, str], int] = {}
    for placed in marks:
        mark = placed.mark
        if isinstance(mark, BoxMark) and mark.fill and not mark.stroke and placed.element is None:
            key = (mark.x, mark.width, mark.fill)
            index = open_boxes.get(key)
            if index is not None:
                above = merged[index].mark
                if isinstance(above, BoxMark) and abs(above.down + above.height - mark.down) < 0.01:
                    whole = above.height + mark.height
                    merged[index] = Placed(BoxMark(mark.x, above.down, mark.width, whole, fill=mark.fill))
                    continue
            open_boxes[key] = len(merged)
        merged.append(placed)
    return merged
