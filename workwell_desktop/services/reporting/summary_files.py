"""The service summary as files: a table of numbers for a spreadsheet, and what each number means."""

from collections.abc import Callable, Iterator
from datetime import date
from errno import EDQUOT, ENOSPC
from pathlib import Path

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.errors import BadInput, DiskFull, ReadOnlyFolder
from workwell_desktop.services import tables, whole_files
from workwell_desktop.services.assessing.measures import published
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.reporting._summary_cases import Progress
from workwell_desktop.services.reporting._summary_specs import ACTIONS, CHANGES, OBSTACLES
from workwell_desktop.services.reporting.summary import summarise
from workwell_desktop.services.reporting.summary_cuts import CUTS
from workwell_desktop.services.reporting.summary_hiding import Shown
from workwell_desktop.services.reporting.summary_views import ALL, Figure, Summary, SummaryTable

NUMBERS, DICTIONARY = "service-summary.csv", "data-dictionary.csv"
Say = Callable[..., str]
_HEAD = ("from", "to", "partnership", "team", "table", "row", "number", "value", "shown", "percent", "words")
_HEAD_DICTIONARY = ("table", "name", "number", "numerator", "denominator", "period", "source", "missing", "hiding")
_FULL = {ENOSPC, EDQUOT}
_OWN_ITEMS = {OBSTACLES, ACTIONS, CHANGES}


def report(desk: Desk, first: date, last: date, folder: Path, progress: Progress | None = None) -> Summary:
    """Writes ``service-summary.csv`` and ``data-dictionary.csv`` into ``folder``, which is made where it is missing.

    Both appear whole or not at all. Raises BadInput for a period that cannot be or a folder that is none,
    ReadOnlyFolder and DiskFull where nothing can be written.
    """
    desk.allow(Act.REPORT)
    summary = summarise(desk, first, last, progress)
    contents = {NUMBERS: _encoded(_numbers(summary)), DICTIONARY: _encoded(_dictionary(summary))}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        whole_files.write(folder, contents)
    except (FileExistsError, NotADirectoryError):
        raise BadInput("is_a_file") from None
    except OSError as trouble:
        if trouble.errno in _FULL:
            raise DiskFull from None
        raise ReadOnlyFolder from None
    desk.noted(AuditKind.EXPORTED, detail="service_summary")
    return summary


def name_of_table(table: SummaryTable, text: Say = text) -> str:
    """What a table is called: "How people came to us", "PHQ-9, change"; ``text`` says it in another language."""
    if table.code.startswith("measure_"):
        measure = next(
            one.name for one in published() if table.code in (f"measure_{one.code}", f"measure_{one.code}_change")
        )
        return text(f"summary.name.{table.words}", name=measure)
    if table.words == "action_status":
        kind = table.of[1] if table.of else ""
        return text("summary.name.action_status", kind=text(f"summary.row.action.{kind}"))
    return text(f"summary.name.{table.code}")


def name_of_row(table: SummaryTable, row: str, text: Say = text) -> str:
    """What a row is called; a month as "June 2026"; ``text`` says it in another language."""
    if table.of is None:
        return text(f"summary.row.all.{table.code}")
    if table.words == "month":
        year, _, month = row.partition("-")
        return text("summary.month", month=text(f"dates.months.m{int(month)}"), year=year) if month else year
    return text(f"summary.row.{table.words}.{row}")


def _numbers(summary: Summary) -> Iterator[tuple[str, ...]]:
    yield _HEAD
    teams = {ALL: text("summary.all_teams")} | {code: name or text("summary.no_team") for code, name in summary.teams}
    period = (summary.period.first.isoformat(), summary.period.last.isoformat(), summary.partnership)
    for table in summary.tables.values():
        for row in table.rows:
            for column in summary.columns if table.by_team else (ALL,):
                figure, share = table.figure(row, column), table.share(row, column)
                words = ": ".join((name_of_table(table), name_of_row(table, row)))
                percent = "" if share is None or table.of is None else str(share)
                yield (*period, teams[column], table.code, row, "count", *_value(figure), percent, words)
    for (code, row, what, column), average in summary.averages.items():
        table = summary.tables[code]
        if column == ALL or table.by_team:
            shown = Shown.YES if average is not None else Shown.HIDDEN
            words = ": ".join((name_of_table(table), name_of_row(table, row), text(f"summary.number.{what}")))
            value = "" if average is None else str(average)
            yield (*period, teams[column], code, row, what, value, shown.value, "", words)
    for cross in summary.crosses:
        cut, beside = summary.tables[cross.cut], summary.tables[cross.table]
        for (row, other), count in (cross.counts or {}).items():
            words = ": ".join((name_of_row(cut, row), name_of_table(beside), name_of_row(beside, other)))
            place = f"{cross.cut}_by_{cross.table}", f"{row}/{other}"
            yield (*period, teams[ALL], *place, "count", str(count), Shown.YES.value, "", words)


def _value(figure: Figure) -> tuple[str, str]:
    return ("" if figure.value is None else str(figure.value), figure.mark.value)


def _dictionary(summary: Summary) -> Iterator[tuple[str, ...]]:
    yield _HEAD_DICTIONARY
    hiding = text("summary.hiding")
    for table in summary.tables.values():
        yield (table.code, name_of_table(table), "count", *_meaning(summary, table), hiding)
    for code, row, what in dict.fromkeys(key[:3] for key in summary.averages):
        table = summary.tables[code]
        name = ": ".join((name_of_table(table), name_of_row(table, row)))
        denominator = text("summary.average_of", name=name)
        source, missing = text(f"summary.source.{what}"), text(f"summary.missing.{what}")
        period = text("summary.period.as_table")
        yield (code, name, what, text(f"summary.counts.{what}"), denominator, period, source, missing, hiding)
    for cross in summary.crosses:
        names = [name_of_table(summary.tables[one]) for one in (cross.cut, cross.table)]
        yield (
            f"{cross.cut}_by_{cross.table}",
            text("summary.crossed", first=names[0], second=names[1]),
            "count",
            text("summary.counts.cross"),
            text("summary.of.people"),
            text("summary.period.as_table"),
            text("summary.source.cross"),
            text("summary.missing.cross"),
            text("summary.hiding_cross"),
        )


def _meaning(summary: Summary, table: SummaryTable) -> tuple[str, str, str, str, str]:
    """Numerator, denominator, rule of the period, source, and what stands where the record does not say."""
    words = table.words
    if table.of is None:
        denominator = text("summary.of.none")
    elif table.of[0] in {"people", *_OWN_ITEMS}:
        denominator = text(f"summary.of.{table.of[0]}")
    else:
        parent = summary.tables[table.of[0]]
        denominator = text("summary.of.row", table=name_of_table(parent), row=name_of_row(parent, table.of[1]))
    rule = _RULES.get(words, "people")
    return (
        text(f"summary.counts.{words}"),
        denominator,
        text(f"summary.period.{rule}"),
        text(f"summary.source.{words}"),
        text(f"summary.missing.{words}"),
    )


_RULES = {
    "came_in": "came_in",
    "source": "came_in",
    "meeting": "came_in",
    "wait": "came_in",
    "month": "came_in",
    "reason": "closed",
    "side": "closed",
    "status": "status",
    "discussed": "during",
    "funded": "during",
    "work": "last_day",
    "evidence": "last_day",
    "employer": "last_day",
    "agreement": "last_day",
    "plan": "last_day",
    "plan_type": "last_day",
    "measure": "last_day",
    "measure_change": "last_day",
    "obstacles": "episode",
    "obstacle": "episode",
    "actions": "episode",
    "action": "episode",
    "action_status": "episode",
    "changes": "episode",
    "change": "episode",
} | dict.fromkeys((cut.code for cut in CUTS), "last_day")
"""When something must have happened to be counted, by the words of a table."""


def _encoded(rows: Iterator[tuple[str, ...]]) -> bytes:
    return tables.as_csv([tables.plain(cell) for cell in row] for row in rows)
