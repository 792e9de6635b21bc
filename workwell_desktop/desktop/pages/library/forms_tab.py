"""The forms of the library: one row for each, with its version, whether it is offered, and whether its words may be
shown."""

from workwell_desktop.desktop.kit import Cell, Column, TableRow, text
from workwell_desktop.desktop.widgets.words import NO_WIDTH
from workwell_desktop.domain.people import FormStatus
from workwell_desktop.services.assessing.form_views import FormRow
from workwell_desktop.services.assessing.rights import RightsView

_COLUMNS = (("title", 5, 280), ("version", 2, 120), ("offered", 2, 150), ("words", 2, 150))


def columns() -> list[Column]:
    """The heads of the list."""
    return [Column(text(f"library.column.{name}"), share, least) for name, share, least in _COLUMNS]


def row_of(row: FormRow) -> TableRow:
    """One form."""
    one = row.entry
    more = text("library.versions", count=row.versions) if row.versions > 1 else ""
    return TableRow(
        one.form,
        [
            Cell(one.title, one.url, strong=True),
            Cell(one.version or text("library.no_version"), more),
            Cell(status_words(one.status), text("library.one_waits") if row.waiting else "", tint="due"),
            Cell(rights_words(row.rights)),
        ],
    )


def status_words(status: FormStatus) -> str:
    """Whether a version is offered."""
    return text(f"library.status.{status.value}")


def rights_words(rights: RightsView) -> str:
    """Whether the words may be shown, in a word or three."""
    return text(f"library.rights.{rights.wording.value}") if rights.wording else text("library.rights.unknown")


def version_words(version: str | None) -> str:
    """A version as a person says it."""
    return text("library.version", version=version) if version else text("library.no_version")


def breakable(words: str) -> str:
    """A long address that may go on in the next line."""
    return words.replace("/", f"/{NO_WIDTH}")
