"""A list of papers, for the page Plans and papers and for the tab Papers of a record."""

from collections.abc import Callable, Sequence

from workwell_desktop.desktop.days import age
from workwell_desktop.desktop.kit import Empty, RowFacts, RowList, date_words, moment_words, short_day, text
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.papers import PaperKind, PaperStatus
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.paper_views import PaperLine, PersonPaper

Open = Callable[[PaperLine], object]

TINTS = {
    PaperStatus.DRAFT: "",
    PaperStatus.AWAITING: "due",
    PaperStatus.COMPLETE: "done",
    PaperStatus.SUPERSEDED: "",
    PaperStatus.REFUSED: "",
}
ICONS = {
    PaperStatus.COMPLETE: "file-check",
    PaperStatus.REFUSED: "x",
    PaperStatus.SUPERSEDED: "history",
}


def title_words(paper: PaperLine) -> str:
    """What it is and for whom: "GP summary, Hebble Street Surgery"."""
    of_case = paper.kind is PaperKind.MINUTES and paper.participant is not None
    kind = text("papers_list.minutes_of_case" if of_case else f"papers_list.kind.{paper.kind.value}")
    return text("papers_list.title", kind=kind, recipient=paper.recipient_name) if paper.recipient_name else kind


def state_words(paper: PaperLine) -> str:
    """How far it has come: "2 of 3 signed", "Everybody has signed", "Refused"."""
    if paper.superseded:
        return text("papers_list.state.superseded")
    if paper.status is PaperStatus.AWAITING:
        return text("papers_list.state.awaiting", present=paper.present, expected=paper.expected)
    if paper.status is PaperStatus.COMPLETE and not paper.expected:
        return text("papers_list.state.sent" if paper.kind is PaperKind.AGENDA else "papers_list.state.made")
    return text(f"papers_list.state.{paper.status.value}")


def awaiting_words(paper: PaperLine) -> str:
    """Who is still to sign, or nothing."""
    if not paper.awaiting or paper.superseded:
        return ""
    roles = text("papers_list.and").join(text(f"papers_list.role.{role.value}") for role in paper.awaiting)
    return text("papers_list.awaits", roles=roles)


def made_words(desk: Desk, paper: PaperLine) -> str:
    """Version, when and by whom."""
    if paper.made_at is None:
        return text("papers_list.version", version=paper.version)
    when = moment_words(paper.made_at.astimezone(LONDON), desk.clock.today())
    return text("papers_list.made", version=paper.version, when=when, by=paper.made_by)


def paper_row(desk: Desk, paper: PaperLine, on_open: Open) -> RowFacts:
    """One paper as a row."""
    refused = text("papers_list.reason", reason=paper.refused_reason) if paper.refused_reason else ""
    parts = (made_words(desk, paper), awaiting_words(paper), refused)
    return RowFacts(
        title=title_words(paper),
        line=". ".join(part for part in parts if part),
        icon=ICONS.get(paper.status, "file-text"),
        icon_role="done" if paper.status is PaperStatus.COMPLETE and not paper.superseded else "text_soft",
        when=state_words(paper),
        when_tint="" if paper.superseded else TINTS[paper.status],
        on_open=lambda: on_open(paper),
    )


def papers_list(desk: Desk, papers: Sequence[PaperLine], on_open: Open) -> RowList | Empty:
    """The papers of one person, newest first; an empty state where there are none."""
    if not papers:
        return Empty(text("papers_list.none"), text("papers_list.none_line"), icon_name="file-text")
    newest = [paper_row(desk, one, on_open) for one in papers if not one.superseded]
    older = [paper_row(desk, one, on_open) for one in papers if one.superseded]
    groups = [("", newest), (text("papers_list.older"), older)]
    return RowList(groups, name=text("papers_list.name"))


def people_list(desk: Desk, papers: Sequence[PersonPaper], on_open: Open) -> RowList:
    """The papers of several people, grouped by person; two of one name are told apart by their birth date."""
    names: dict[str, set[object]] = {}
    for one in papers:
        names.setdefault(one.name, set()).add(one.paper.participant)
    groups: dict[tuple[object, str], list[RowFacts]] = {}
    for one in papers:
        head = one.name
        if len(names[one.name]) > 1 and one.born is not None:
            years = age(one.born, desk.clock.today())
            head = text("papers_list.person_born", name=one.name, day=date_words(one.born), age=years)
        groups.setdefault((one.paper.participant, head), []).append(paper_row(desk, one.paper, on_open))
    return RowList([(head, rows) for (_who, head), rows in groups.items()], name=text("papers_list.name"))


def given_words(desk: Desk, paper: PaperLine) -> list[str]:
    """To whom it was given, how and when, a line each."""
    return [
        text(
            f"papers_list.given.{one.how.value}",
            recipient=one.recipient_name or (text(f"papers_list.party.{one.recipient.value}") if one.recipient else ""),
            when=short_day(one.at.astimezone(LONDON).date(), desk.clock.today(), weekday=False),
            by=one.by,
        )
        for one in paper.releases
    ]
