"""Every measure of one person over time: the value, what the change is held against, a picture, and the same as a
table of dates, values, ranges and changes."""

from dataclasses import dataclass
from decimal import Decimal

from workwell_desktop.desktop.kit import (
    Card,
    Cell,
    Clear,
    Column,
    Columns,
    Empty,
    Fixed,
    Foot,
    Page,
    Params,
    Table,
    TableRow,
    Words,
    alone,
    column,
    date_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person.measure_words import (
    because_words,
    change_words,
    direction_words,
    held_against,
)
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head, show_person
from workwell_desktop.desktop.pages.session.measures import measure_facts
from workwell_desktop.desktop.widgets.measure import Trend
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.records import Id
from workwell_desktop.services.assessing import measures
from workwell_desktop.services.assessing.measure_views import MeasureView, Taken
from workwell_desktop.services.desk import Desk

_COLUMNS = (("day", 2, 150), ("value", 1, 110), ("range", 4, 230), ("change", 4, 230), ("how", 3, 170))
PICTURE = 344


@dataclass(frozen=True, slots=True)
class Shown:
    """Who it is about, and every measure that was taken."""

    head: PersonHead
    found: tuple[MeasureView, ...]


class MeasuresPage(Page):
    """``participant``."""

    route = "measures"
    nav = "participants"
    help_topic = "measures"

    def enter(self, params: Params) -> None:
        who = Id(params["participant"])
        self.run(lambda: read(self.context.desk, who), self._show)

    def _show(self, shown: Shown) -> None:
        self.clear_body()
        show_person(self, shown.head)
        self.set_title(text("measures.title"), text("measures.title_note"))
        for one in shown.found:
            self.add(self._card(one))
        if not shown.found:
            self.add(Empty(text("measures.none"), text("measures.none_note"), icon_name="chart-column"))
        self.add_end()
        self.set_foot(Foot(outlined(text("measures.to_record"), self._to_record, "arrow-left")))
        self.ready()

    def _to_record(self) -> None:
        self.go("record", participant=self.params["participant"])

    def _card(self, one: MeasureView) -> Card:
        card = Card(one.name, direction_words(one))
        facts = measure_facts(one)
        told = Clear()
        box = column(told, (0, 0, 0, 0), 4)
        box.addWidget(Words(facts.value or text("parts.not_calculated"), "page" if facts.value else "label"))
        for words, tone in _sentences(one, facts.value):
            box.addWidget(Words(words, "body" if not tone else "note", tone))
        box.addStretch(1)
        if one.points:
            card.add(Columns([(told, 1), (Trend(facts), Fixed(PICTURE))], gap=16, one_below=700))
        else:
            card.add(told)
        table = WholeTable([Column(text(f"measures.column.{name}"), share, least) for name, share, least in _COLUMNS])
        table.setAccessibleName(text("measures.table", name=one.name))
        table.show_rows([_row(one, taken) for taken in reversed(one.taken)])
        return card.add(table)


class WholeTable(Table):
    """A table that shows all of its rows: the page scrolls, not the table."""

    def __init__(self, columns: list[Column]) -> None:
        super().__init__(columns, name="")

    def show_rows(self, rows: object) -> None:
        super().show_rows(rows)  # type: ignore[arg-type]
        self._fit()

    def _share(self) -> None:
        super()._share()
        self._fit()

    def _fit(self) -> None:
        head = self.horizontalHeader()
        above = 0 if head.isHidden() else head.height()
        tall = above + self.verticalHeader().defaultSectionSize() * self.model().rowCount() + 2
        if self.height() != tall or self.minimumHeight() != tall:
            self.setFixedHeight(tall)


def read(desk: Desk, participant: Id) -> Shown:
    """On the worker."""
    return Shown(person_head(desk, participant), measures.measures(desk, participant))


def _sentences(one: MeasureView, value: str) -> list[tuple[str, str]]:
    """The lines below the number, with their tone."""
    lines: list[tuple[str, str]] = []
    if not value:
        lines.append((because_words(one.missing, one.needs, one.because), ""))
    elif one.band:
        lines.append((text("measures.in_range", band=text(one.band)), ""))
    if one.change is not None and one.since is not None:
        change = text("measures.since", change=change_words(one, one.change), day=date_words(one.since))
        lines.append((" ".join(part for part in (change, held_against(one, one.reliable)) if part), ""))
    if one.note:
        lines.append((one.note, "soft"))
    lines.append((text("measures.source", source=one.source), "soft"))
    return lines


def _row(one: MeasureView, taken: Taken) -> TableRow:
    day = date_words(london_day(taken.at))
    how = text(f"measures.mode.{taken.mode.value}") if taken.mode else ""
    if taken.value is None:
        why = because_words(taken.missing, one.needs, taken.because)
        cells = [
            Cell(day, strong=True),
            Cell(text("measures.no_value")),
            Cell(why),
            Cell(),
            Cell(how, taken.author or ""),
        ]
        return TableRow(day, cells, spoken=f"{day}: {why}")
    change = change_words(one, taken.change) or text("measures.first")
    passes = text("measures.passes" if taken.passes else "measures.below") if taken.passes is not None else ""
    band = text(f"session.band.{taken.band.rpartition('.')[2]}") if taken.band else ""
    value = _out_of(one, taken.value)
    cells = [
        Cell(day, strong=True),
        Cell(value),
        Cell(alone(band)),
        Cell(change, passes),
        Cell(how, taken.author or ""),
    ]
    return TableRow(day, cells, spoken=", ".join(part for part in (day, value, band, change, passes, how) if part))


def _out_of(one: MeasureView, value: Decimal) -> str:
    if one.highest is None or not one.out_of:
        return one.shown(value)
    return text("measures.value", value=one.shown(value), highest=one.shown(one.highest))
