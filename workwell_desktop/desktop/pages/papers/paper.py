"""One paper of the register: every page as it is, who signed and who is awaited, to whom it was given."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Clear,
    Columns,
    Empty,
    Fixed,
    Foot,
    Page,
    PageAct,
    Params,
    Sheet,
    SummaryList,
    Tag,
    Words,
    column,
    date_words,
    filled,
    long_day,
    moment_words,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.papers.paper_apart import ApartCard
from workwell_desktop.desktop.pages.papers.paper_formats import FormatCard
from workwell_desktop.desktop.pages.papers.paper_given import WAYS, GivenCard
from workwell_desktop.desktop.pages.papers.papers_list import (
    TINTS,
    awaiting_words,
    given_words,
    made_words,
    state_words,
    title_words,
)
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head, show_person
from workwell_desktop.desktop.pages.printing import choose_printer, draw_pages, print_width
from workwell_desktop.documents.kinds import Verdict
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.papers import Approval, Document, PaperKind, ReleaseHow, TeamDocument
from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.plans import Plan, Signatory
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import (
    countersigning,
    languages,
    paper_checks,
    papers,
    reading_copies,
    register,
    timestamping,
)
from workwell_desktop.services.paperwork.languages import Language
from workwell_desktop.services.paperwork.paper_views import ApprovalView, PaperLine, ReleaseLine
from workwell_desktop.services.paperwork.timestamping import NewStamp
from workwell_desktop.services.planning import plans

WIDTH = 900
"""Pixels that a page is drawn wide; the window shows it smaller."""


@dataclass(frozen=True)
class Shown:
    """Everything about one paper, read at once."""

    head: PersonHead | None
    line: PaperLine
    pages: tuple[bytes, ...]
    verdict: Verdict | None
    approval: ApprovalView | None
    plan: Id | None
    may_go: bool
    held: bool = False
    """It waits because the person is to be seen by a clinician first."""
    formats: bool = False
    """It is the person's own plan, which can be given in another format to read."""
    tongues: tuple[Language, ...] = ()
    """Languages beside English in which that copy can be."""
    given: ReleaseLine | None = None
    """The copy whose very file is shown, in the place of the paper as it stands."""


def read(desk: Desk, document: Id, release: str = "") -> Shown:
    """Read on the worker; showing the file is written down as opened. ``release`` shows the file that went out then."""
    line = register.paper_line(desk, document)
    given = next((one for one in line.releases if one.release == release), None) if release else None
    if given is not None:
        pdf: bytes | None = register.given_bytes(desk, given.release)
    else:
        pdf = register.paper_bytes(desk, document) if line.made else None
    plan = register.plan_of(desk, document)
    approval = None
    may = desk.may(Act.READ, Plan) and desk.may(Act.READ, Approval)
    if plan is not None and may and plan == plans.newest_plan(desk, line.participant or Id("")):
        approval = next((one for one in papers.approvals(desk, plan) if one.kind is line.kind), None)
    return Shown(
        head=person_head(desk, line.participant) if line.participant else None,
        line=line,
        pages=tuple(register.page_images(desk, pdf, WIDTH)) if pdf else (),
        verdict=register.verify_paper(desk, pdf) if pdf and line.expected else None,
        approval=approval,
        plan=plan if may else None,
        may_go=line.made and register.may_release(desk, document),
        held=line.made and register.held_back(desk, document),
        formats=line.made and reading_copies.may_copy(desk, document),
        tongues=languages.offered(desk, line.participant) if line.participant and line.made else (),
        given=given,
    )


class PaperPage(Page):
    """``paper`` names the entry of the register; ``release`` (optional) a copy that was given, shown as it went out."""

    route = "paper"
    nav = "papers"
    help_topic = "paper"

    def build(self) -> None:
        self._shown: Shown | None = None

    def enter(self, params: Params) -> None:
        self._paper, self._release = Id(params["paper"]), params.get("release", "")
        self._read()

    def _read(self) -> None:
        desk, paper, release = self.context.desk, self._paper, self._release
        self.run(lambda: read(desk, paper, release), self._show)

    def changed(self, records: frozenset[Change]) -> None:
        if any(record == self._paper or kind in ("approval", "red_flag_screen") for kind, record, _scope in records):
            self._read()

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("paper.print"), self._print, "Ctrl+P", menu="file", enabled=self._may_print),
            PageAct(text("paper.save"), self._save, menu="file", enabled=self._may_give),
            *(self._way(how) for how in WAYS),
            PageAct(text("verify_page.take_in"), self._take_in, menu="participant", enabled=self._may_take_in),
            PageAct(text("verify_page.stamp"), self._stamp, menu="participant", enabled=self._may_stamp),
            PageAct(text("paper.open_plan"), self._open_plan, menu="participant", enabled=self._has_plan),
        )

    def _way(self, how: ReleaseHow) -> PageAct:
        words = text(f"paper.went.{how.value}")
        return PageAct(words, partial(self._went, how), menu="participant", enabled=self._may_give)

    def _may_print(self) -> bool:
        return self._may(Act.PRINT)

    def _may_give(self) -> bool:
        return self._may(Act.RELEASE_PAPERS)

    def _may(self, act: Act) -> bool:
        if self._shown is None or not self._shown.may_go or self._shown.given is not None:
            return False
        kind = TeamDocument if self._shown.line.participant is None else Document
        return self.context.desk.may(act, kind)

    def _may_take_in(self) -> bool:
        line = self._shown.line if self._shown is not None else None
        awaited = line is not None and line.participant is not None and bool(line.awaiting) and not line.superseded
        return awaited and self.context.desk.may(Act.TAKE_SIGNATURE, Signatory)

    def _has_plan(self) -> bool:
        return bool(self._shown and self._shown.plan is not None)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self.clear_body()
        if shown.head is not None:
            show_person(self, shown.head)
        day = shown.line.session_on
        title = title_words(shown.line)
        self.set_title(text("paper.title_of_session", title=title, day=date_words(day)) if day else title)
        if shown.given is not None:
            self._show_given(shown.given)
        elif shown.line.superseded:
            self.add(Alert(text("paper.superseded"), text("paper.superseded_line"), "due"))
        sheets = Clear()
        box = column(sheets, (0, 0, 0, 0), 12)
        for number, png in enumerate(shown.pages, 1):
            sheet = Sheet(text("paper.page", page=number, pages=len(shown.pages)))
            sheet.show_png(png)
            box.addWidget(sheet)
        if not shown.pages:
            line = shown.line.refused_reason
            why = text("paper.no_file_reason", reason=line) if line else text("paper.no_file_line")
            box.addWidget(Empty(text("paper.no_file"), why, icon_name="x"))
        box.addStretch(1)
        self.add(Columns([(sheets, 1), (self._facts(shown), Fixed(380))], first_when_one=None))
        self.add_end()
        self._set_foot(shown)
        self.context.frame.acts_changed()
        self.ready()

    def _set_foot(self, shown: Shown) -> None:
        buttons = []
        if self._may_give():
            buttons.append(outlined(text("paper.save"), self._save, "download"))
        if self._may_print():
            buttons.append(filled(text("paper.print"), self._print, "printer"))
        self.set_foot(Foot(*buttons))

    def _facts(self, shown: Shown) -> Clear:
        desk, line = self.context.desk, shown.line
        holder = Clear()
        box = column(holder, (0, 0, 0, 0), 12)
        card = Card(text("paper.state"))
        card.add_left(Tag(state_words(line), "" if line.superseded else TINTS[line.status]))
        facts = SummaryList([(text("paper.made"), made_words(desk, line))])
        if line.recipient_name:
            facts.add(text("paper.recipient"), line.recipient_name)
        for signature in shown.verdict.signatures if shown.verdict else ():
            when = moment_words(signature.time.astimezone(LONDON), self.context.today()) if signature.time else ""
            key = "paper.signature_time" if when else "paper.signature_line"
            said = {"when": when} if when else {}
            facts.add(text("paper.signed"), text(key, name=signature.name, role=signature.role, **said))
        if awaiting_words(line):
            facts.add(text("paper.awaits"), awaiting_words(line))
        facts.add(text("paper.agreed"), self._agreed(shown))
        card.add(facts)
        if self._may_take_in():
            card.add_left(quiet(text("verify_page.take_in"), self._take_in, "upload"))
        if self._may_stamp():
            card.add_left(quiet(text("verify_page.stamp"), self._stamp, "clock"))
        if shown.held and not line.superseded:
            name = shown.head.banner.called if shown.head else ""
            card.add(Alert("", text("paper.held", name=name), "due"))
        elif shown.pages and not shown.may_go and not line.superseded:
            name = shown.head.banner.called if shown.head else ""
            card.add(Alert("", text("paper.not_agreed", name=name, recipient=line.recipient_name or ""), "due"))
        if shown.plan is not None:
            card.add_left(quiet(text("paper.open_plan"), self._open_plan, "arrow-right"))
        box.addWidget(card)
        if shown.verdict is not None:
            check = Card(text("paper.check"))
            check.add(Words(text(f"paper.verdict.{shown.verdict.status}")))
            box.addWidget(check)
        if line.session is not None:
            card.add_left(quiet(text("paper.open_session"), self._open_session, "arrow-right"))
        if line.participant is not None:
            box.addWidget(ApartCard(self, line.document, self._again))
        if shown.formats and self._may_give():
            box.addWidget(
                FormatCard(
                    self,
                    line.document,
                    lambda key: self._given(key)(None),
                    may_print=self._may_print(),
                    tongues=shown.tongues,
                )
            )
        if line.participant is None and not given_words(desk, line):
            box.addStretch(1)
            return holder
        name = shown.head.banner.called if shown.head else ""
        withdrawn = name if shown.approval is not None and shown.approval.state == "withdrawn" else ""
        ways = self._went if self._may_give() else None
        given = GivenCard(desk, line, self._open_given, ways, shown=shown.given, withdrawn=withdrawn)
        box.addWidget(given)
        box.addStretch(1)
        return holder

    def _again(self) -> None:
        self.run(lambda: read(self.context.desk, self._paper), self._show)

    def _agreed(self, shown: Shown) -> str:
        line, view = shown.line, shown.approval
        if line.recipient is Party.PARTICIPANT:
            return text("paper.own_copy")
        if line.recipient is Party.TEAM:
            return text("paper.team_copy")
        name = shown.head.banner.called if shown.head else ""
        recipient = line.recipient_name or ""
        if view is not None and view.state == "agreed" and view.at is not None:
            day = long_day(view.at.astimezone(LONDON).date(), self.context.today())
            return text("paper.agreed_line", name=name, day=day, recipient=recipient)
        return text(f"papers_list.agreement.{view.state if view is not None else 'agreed' if shown.may_go else 'none'}")

    # Giving it out

    def _open_plan(self) -> None:
        shown = self._shown
        if shown is not None and shown.plan is not None and shown.line.participant is not None:
            self.go("plan", participant=str(shown.line.participant), plan=str(shown.plan))

    def _open_session(self) -> None:
        """The page that the session needs now: to come it is prepared, and afterwards signed."""
        shown = self._shown
        if shown is not None and shown.line.session is not None:
            agenda = shown.line.kind is PaperKind.AGENDA
            self.go("prepare" if agenda else "signoff", session=str(shown.line.session))

    def _print(self) -> None:
        printer = choose_printer(self, text("paper.print_title"))
        if printer is None:
            return
        desk, paper, width = self.context.desk, self._paper, print_width(printer)

        def work() -> list[bytes]:
            return register.page_images(desk, register.release(desk, paper, ReleaseHow.PRINTED), width)

        def done(pages: list[bytes]) -> None:
            draw_pages(printer, pages)
            self._given("paper.printed")(None)

        self.run(work, done)

    def _save(self) -> None:
        shown = self._shown
        if shown is None:
            return
        kind = text(f"papers_list.kind.{shown.line.kind.value}")
        name = text("paper.file_name", kind=kind, version=shown.line.version)
        chosen, _kind = QFileDialog.getSaveFileName(self, text("paper.save_title"), name, text("paper.save_kinds"))
        if chosen:
            desk, paper, place = self.context.desk, self._paper, Path(chosen)
            self.run(lambda: register.save_as(desk, paper, place), self._given("paper.saved"))

    def _take_in(self) -> None:
        """The file that somebody signed on another laptop takes the place of this one, with the signature on it."""
        name, _kind = QFileDialog.getOpenFileName(self, text("verify_page.take_in"), "", text("verify_page.kinds"))
        if name:
            desk, paper, place = self.context.desk, self._paper, Path(name)
            done = self._given("verify_page.took_in")

            def failed(error: Exception) -> None:
                self.fail(error)
                # where two signed apart there is something to choose now
                self._again()

            self.run(lambda: countersigning.take_in(desk, paper, paper_checks.file_bytes(desk, place)), done, failed)

    def _may_stamp(self) -> bool:
        """Everybody has signed, a server is set up, and there is no timestamp yet, or only an old one."""
        shown, desk = self._shown, self.context.desk
        if shown is None or shown.verdict is None or shown.line.participant is None:
            return False
        return desk.may(Act.TAKE_SIGNATURE, Signatory) and timestamping.wants_another(desk, shown.verdict)

    def _stamp(self) -> None:
        desk, paper = self.context.desk, self._paper

        def done(made: NewStamp) -> None:
            self._given("verify_page.stamped_clock" if made.clock_wrong else "verify_page.stamped")(made)

        self.run(lambda: timestamping.stamp_paper(desk, paper), done)

    def _went(self, how: ReleaseHow) -> None:
        """The person took it along, or somebody sent it by hand: the program sends nothing."""
        desk, paper = self.context.desk, self._paper
        self.run(lambda: register.release(desk, paper, how), self._given(f"paper.recorded.{how.value}"))

    def _open_given(self, release: Id) -> None:
        self.go("paper", **{**self._about(), "release": str(release)})

    def _about(self) -> dict[str, str]:
        participant = self._shown.line.participant if self._shown is not None else None
        return {"paper": str(self._paper), **({"participant": str(participant)} if participant else {})}

    def _show_given(self, given: ReleaseLine) -> None:
        """What is shown is the file of that day, whatever became of the paper since."""
        when = moment_words(given.at.astimezone(LONDON), self.context.today())
        act = outlined(text("paper.as_it_stands"), lambda: self.go("paper", **self._about()))
        self.add(Alert(text("paper.as_given"), text("paper.as_given_line", when=when), "info", act=act))

    def _given(self, key: str) -> Callable[[Any], None]:
        def done(_result: Any) -> None:
            self.unsay()
            self.say(Alert("", text(key), "done", on_close=self.unsay))
            self._read()

        return done
