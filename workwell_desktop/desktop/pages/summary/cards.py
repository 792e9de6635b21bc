"""The cards of the service summary: each a chart, or the same rows as a table."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Card,
    Cell,
    Clear,
    Column,
    Columns,
    TableRow,
    Words,
    column,
    row,
    text,
)
from workwell_desktop.desktop.pages.person.measures import WholeTable
from workwell_desktop.desktop.widgets.charts import Bar, BarChart, ColumnChart, SplitChart
from workwell_desktop.services.assessing.measures import published
from workwell_desktop.services.reporting.summary_cuts import NOT_RECORDED
from workwell_desktop.services.reporting.summary_files import name_of_row, name_of_table
from workwell_desktop.services.reporting.summary_hiding import Shown
from workwell_desktop.services.reporting.summary_views import ALL, Figure, Summary, SummaryTable
from workwell_desktop.services.reporting.summary_views import Column as Team

SEVERAL = (
    *("status", "source", "meeting", "wait", "plan_type", "discussed", "action", "change", "reason", "closed_to"),
    *("agreement", "evidence", "employer", "age", "needs", "funded"),
    *("condition", "condition_beside", "sex", "ethnicity", "disability", "caring", "gender", "religion", "orientation"),
)
"""The tables below the pictures, two beside each other."""


class Cards:
    """Makes the cards of one summary for one team; ``tables`` says that charts are shown as tables."""

    def __init__(self, found: Summary, team: Team, *, tables: bool) -> None:
        self._found, self._team, self._tables = found, team, tables

    def everything(self) -> list[QWidget]:
        """From the top of the page down."""
        parts: list[QWidget] = [self._numbers()]
        parts.append(Columns([(self.of("obstacle"), 1), (self._work(), 1)]))
        parts.append(Columns([(self._months(), 5), (self._small(), 2)]))
        rest: list[QWidget] = [self.of(code) for code in SEVERAL if self._says_something(code)]
        if measures := self._measures():
            rest.append(measures)
        for place in range(0, len(rest), 2):
            pair = rest[place : place + 2]
            parts.append(Columns([(one, 1) for one in pair]))
        return parts

    def _says_something(self, code: str) -> bool:
        """Whether anybody was asked: a card that says "not recorded" of everybody says nothing. The file has it."""
        rows = self._found.tables[code].rows
        return NOT_RECORDED not in rows or any(
            line[ALL].value != 0 for row, line in rows.items() if row != NOT_RECORDED
        )

    def column(self, table: SummaryTable) -> Team:
        """The team's, where the table is shown by team."""
        return self._team if table.by_team else ALL

    def of(self, code: str) -> Card:
        """One table as bars."""
        table = self._found.tables[code]
        card = self._card(name_of_table(table, text), table)
        if self._hidden(card, table):
            return card
        bars = [self._bar(table, one) for one in table.rows]
        if self._tables:
            return card.add(_table(name_of_table(table, text), bars)).end()
        return card.add(BarChart(name_of_table(table, text), bars)).end()

    def _card(self, name: str, table: SummaryTable) -> Card:
        total = table.totals[self.column(table)].value
        key = "of_people" if self._is_people(table) else "of_items"
        note = text(f"summary.{key}", count=total) if total is not None else ""
        if self._team != ALL and not table.by_team:
            note = text("summary.all_teams")
        return Card(name, note)

    def _is_people(self, table: SummaryTable) -> bool:
        while table.of is not None:
            table = self._found.tables[table.of[0]]
        return table.code == "people"

    def _hidden(self, card: Card, table: SummaryTable) -> bool:
        if table.not_shown:
            card.add(Words(text("summary.table_hidden"), "label"))
            card.add(Words(text("summary.table_hidden_line"), "note", "soft")).end()
        return table.not_shown

    def _bar(self, table: SummaryTable, line: str) -> Bar:
        figure = table.figure(line, self.column(table))
        share = table.share(line, self.column(table))
        return Bar(name_of_row(table, line, text), number_words(figure), share_words(share), size=_size(figure))

    def _numbers(self) -> Card:
        tables, team = self._found.tables, self._team
        plan, back = tables["plan"], tables["closed_to"]
        share = plan.share("signed", self.column(plan))
        plans_line = (
            text("summary.card.plans_line", share=_whole(share))
            if share is not None
            else text("summary.card.plans_line_hidden")
        )
        of = back.totals[self.column(back)].value
        back_line = (
            text("summary.card.back_line", count=of) if of is not None else text("summary.card.back_line_hidden")
        )
        met = tables["meeting"]
        wait = self._found.averages["meeting", "met", "median_wait", self.column(met)]
        people = tables["people"].rows[ALL][team if tables["people"].by_team else ALL]
        lines = (
            (number_words(people), text("summary.card.people"), text("summary.card.people_line")),
            (number_words(plan.figure("signed", self.column(plan))), text("summary.card.plans"), plans_line),
            (number_words(back.figure("in_work", self.column(back))), text("summary.card.back"), back_line),
            (
                text("summary.hidden") if wait is None else f"{wait.normalize():f}",
                text("summary.card.wait"),
                text("summary.card.wait_line"),
            ),
        )
        card = Card()
        return card.add(Columns([(_number(*one), 1) for one in lines], gap=16, one_below=700))

    def _work(self) -> Card:
        first, last = self._found.tables["work_start"], self._found.tables["work_now"]
        name = text("summary.card.work")
        card = self._card(name, first)
        heads = (text("summary.before_head"), text("summary.now_head"))
        sides = [[self._part(table, one) for one in table.rows] for table in (first, last)]
        if self._tables:
            rows = [
                TableRow(
                    before.name,
                    [Cell(before.name, strong=True), Cell(before.number), Cell(after.number)],
                    spoken=f"{before.name}: {before.number}, {after.number}",
                )
                for before, after in zip(*sides, strict=True)
            ]
            return card.add(_whole_table(name, (name, *heads), rows)).end()
        return card.add(SplitChart(name, heads, sides[0], sides[1])).end()

    def _part(self, table: SummaryTable, line: str) -> Bar:
        figure = table.figure(line, self.column(table))
        total = table.totals[self.column(table)].value
        size = figure.value / total if figure.value is not None and total else None
        return Bar(name_of_row(table, line, text), number_words(figure), size=size)

    def _months(self) -> Card:
        table = self._found.tables["month"]
        name = text("summary.name.wait")
        period = self._found.period
        card = self._card(name, table)
        if self._hidden(card, table):
            return card
        bars = []
        for line in table.rows:
            average = self._found.averages["month", line, "median_wait", self.column(table)]
            figure = table.figure(line, self.column(table))
            empty = figure.value == 0
            words = "0" if empty else text("summary.hidden")
            if average is not None:
                words = text("summary.days", count=f"{average.normalize():f}")
            said = name_of_row(table, line, text)
            bars.append(
                Bar(said if period.first.year != period.last.year else said.split()[0], words, size=_of(average))
            )
        if self._tables:
            return card.add(_table(name, bars, text("summary.wait_head"))).end()
        return card.add(ColumnChart(name, bars)).end()

    def _small(self) -> Card:
        card = Card(text("summary.card.small"))
        few, more = self._found.hidden_few, self._found.hidden_more
        words = text("summary.card.small_none")
        if few:
            counted = text("summary.card.small_few", count=few)
            key = "small_more" if more else "small_alone"
            words = (
                text("summary.card.small_more", words=counted, count=more)
                if key == "small_more"
                else text("summary.card.small_alone", words=counted)
            )
        card.add(Words(words))
        return card.add(Words(text("summary.card.small_keys"), "note", "soft")).end()

    def _measures(self) -> Card | None:
        rows = []
        for entry in published():
            table = self._found.tables.get(f"measure_{entry.code}")
            if table is None or table.not_shown:
                continue
            column_ = self.column(table)
            first, last = (self._found.averages[table.code, "both", what, column_] for what in _MEANS)
            both = number_words(table.figure("both", column_))
            once = number_words(table.figure("first", column_))
            means = [text("summary.hidden") if one is None else f"{one}" for one in (first, last)]
            spoken = ", ".join((entry.name, both, once, *means))
            cells = [Cell(entry.name, strong=True), Cell(both), Cell(once), Cell(means[0]), Cell(means[1])]
            rows.append(TableRow(entry.code, cells, spoken=spoken))
        if not rows:
            return None
        name = text("summary.card.measures")
        heads = (
            name,
            text("summary.row.measure.both"),
            text("summary.row.measure.first"),
            text("summary.number.mean_first"),
            text("summary.number.mean_last"),
        )
        return Card(name).add(_whole_table(name, heads, rows)).end()


_MEANS = ("mean_first", "mean_last")


def number_words(figure: Figure) -> str:
    """The number, "Fewer than 5", or that it is not shown."""
    if figure.value is not None:
        return f"{figure.value:,}"
    return text("summary.few" if figure.mark is Shown.FEW else "summary.hidden")


def share_words(share: Decimal | None) -> str:
    """A whole per cent; nothing where it is not shown."""
    return "" if share is None else text("summary.percent", share=_whole(share))


def _whole(share: Decimal) -> str:
    return f"{share.quantize(Decimal(1))}"


def _size(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)


def _of(average: Decimal | None) -> float | None:
    return None if average is None else float(average)


def _number(number: str, what: str, line: str) -> Clear:
    holder = Clear()
    box = column(holder, (0, 0, 0, 0), 2)
    top = row(None, (0, 0, 0, 0), 10)
    is_number = number[:1].isdigit()
    top.addWidget(Words(number, "display" if is_number else "heading", wrap=not is_number))
    top.addWidget(Words(what))
    top.addStretch(1)
    box.addLayout(top)
    box.addWidget(Words(line, "note", "soft"))
    box.addStretch(1)
    return holder


def _table(name: str, bars: Sequence[Bar], head: str = "") -> WholeTable:
    shares = any(one.share for one in bars)
    rows = [
        TableRow(
            one.name,
            [Cell(one.name, strong=True), Cell(one.number), *([Cell(one.share)] if shares else [])],
            spoken=", ".join(part for part in (one.name, one.number, one.share) if part),
        )
        for one in bars
    ]
    heads = (name, head or text("summary.number_head"), *([text("summary.share_head")] if shares else []))
    return _whole_table(name, heads, rows)


def _whole_table(name: str, heads: Sequence[str], rows: Sequence[TableRow]) -> WholeTable:
    made = WholeTable([Column(head, 1 if place else 2, 60 if place else 150) for place, head in enumerate(heads)])
    made.setAccessibleName(name)
    made.show_rows(rows)
    return made
