"""The site packs: one beside the one in use, what would change, and taking it into use. From Settings > Partnership."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Clear,
    Columns,
    DropDown,
    Empty,
    Field,
    Foot,
    Heading,
    Page,
    PageAct,
    Params,
    SummaryList,
    Words,
    column,
    fault_words,
    filled,
    outlined,
    quiet,
    rule,
    text,
)
from workwell_desktop.desktop.pages.settings.site_parts import affected_lines, change_cards
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.site_reading import SiteProblem
from workwell_desktop.errors import BadInput
from workwell_desktop.services.administration import site_packs
from workwell_desktop.services.administration.site_packs import Choice, Looked, PackView

MOST = 40
"""Problems shown at once."""
FILE = "@file"
"""Stands in the list for a file that was looked at."""
_ABOUT: frozenset[str] = frozenset({"partnership", "person", "episode", "work_situation"})


class SitePage(Page):
    """``pack`` (optional) is the code of the pack that is shown first; without one, that in use."""

    route = "site"
    nav = "settings"
    help_topic = "site"

    def build(self) -> None:
        self.view: PackView | None = None
        self.file = ""
        self.may = False
        self.choice: DropDown | None = None
        self._code = ""
        self._head: tuple[Sequence[Choice], str] | None = None
        self._sheets: QBoxLayout | None = None

    def enter(self, params: Params) -> None:
        self.clear_body()
        self._head = None
        desk = self.context.desk
        self.may = desk.may(Act.MANAGE_SITE, Partnership)
        self._code = self._code or params.get("pack", "")
        if not desk.may(Act.READ, Partnership):
            self.set_title(text("sitepack.title"))
            self.add(Empty(text("settings.no_partnership"), text("settings.no_partnership_line"), icon_name="lock"))
            self.ready()
            return
        self._read()

    def remember(self) -> dict[str, Any]:
        return {"pack": self._code}

    def recall(self, memory: dict[str, Any]) -> None:
        code = memory.get("pack", "")
        if code and code != self._code:
            self._show_pack(code)

    def changed(self, records: frozenset[Change]) -> None:
        """A file that was looked at stays in sight; it is asked about again when it is used."""
        if {kind for kind, _record, _scope in records} & _ABOUT and (self.view is None or self.view.data is None):
            self._read()

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(text("sitepack.file"), self._ask_file, "Ctrl+O", menu="file", enabled=lambda: self.may),)

    # Reading

    def _read(self) -> None:
        desk, code = self.context.desk, self._code

        def read() -> tuple[Sequence[Choice], PackView]:
            found = site_packs.choices(desk)
            known = code if any(one.code == code for one in found) else desk.site.code
            return found, site_packs.view(desk, known)

        self.run(read, self._show)

    def _show_pack(self, code: str | None) -> None:
        if not code:
            return
        self._code = code
        self.unsay()
        self._read()

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, text("sitepack.file"), "", text("sitepack.file_kinds"))
        if name:
            self.look(Path(name))

    def look(self, path: Path) -> None:
        """Checks a file and shows what it would change; nothing comes in."""
        desk = self.context.desk
        self.unsay()
        self.run(lambda: (site_packs.choices(desk), site_packs.look(desk, path)), self._looked)

    # Showing

    def _looked(self, found: tuple[Sequence[Choice], Looked]) -> None:
        choices, looked = found
        self.file = looked.file
        if looked.view is not None:
            self._show((choices, looked.view))
            return
        self.view = None
        self._draw_head(choices, None)
        self.say(Alert("", text("sitepack.problems", count=len(looked.problems), file=looked.file), "risk"))
        self._put(_problem_card(looked.problems))
        self._draw_foot()
        self.ready()

    def _show(self, found: tuple[Sequence[Choice], PackView]) -> None:
        choices, view = found
        self.view = view
        self._code = "" if view.data is not None else view.site.code
        self._draw_head(choices, view)
        about = self._about(view)
        if view.in_use:
            about.add(rule(), Words(text("sitepack.used")))
            self._put(about.end())
        else:
            changes = self._changes(view)
            self._put(Columns([(changes, 3), (about.end(), 2)], first_when_one=changes))
        self._draw_foot()
        self.ready()

    def _draw_head(self, choices: Sequence[Choice], view: PackView | None) -> None:
        """The list of packs stays as it is while somebody goes through it with the arrows; what is below is new."""
        file = self.file if view is None or view.data is not None else ""
        if self._head != (choices, file):
            self._head = (choices, file)
            self.clear_body()
            using = next((one.name for one in choices if one.in_use), self.context.desk.site.name)
            taking = [outlined(text("sitepack.file"), self._ask_file, "file-plus")] if self.may else []
            self.set_title(text("sitepack.title"), text("sitepack.note", name=using), *taking)
            options = [(FILE, file)] if file else []
            self.choice = DropDown([*options, *((one.code, _choice_words(one)) for one in choices)])
            self.choice.edited.connect(self._chosen)
            hint = text("sitepack.choose_hint") if self.may else ""
            self.add(Card().add(Field(text("sitepack.choose"), self.choice, hint=hint)))
            holder = Clear()
            self._sheets = column(holder, (0, 0, 0, 0), 12)
            self.add(holder)
            self.add_end()
        while self._sheets is not None and self._sheets.count():
            item = self._sheets.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        if self.choice is not None:
            self.choice.set_value(FILE if file else view.site.code if view is not None else None)
        if not self.may:
            self.say(Alert("", text("sitepack.asks"), "info"))

    def _put(self, sheet: QWidget) -> None:
        if self._sheets is not None:
            self._sheets.addWidget(sheet)

    def _chosen(self) -> None:
        code = self.choice.value() if self.choice is not None else None
        if code and code not in (FILE, self._code):
            self._show_pack(code)

    def _about(self, view: PackView) -> Card:
        site = view.site
        rows = [(text("sitepack.version"), site.version)]
        if site.ods_code:
            rows.append((text("sitepack.ods"), site.ods_code))
        if site.successor:
            rows.append((text("sitepack.successor"), site.successor))
        if view.data is not None:
            rows.append((text("sitepack.from_file"), self.file))
        if view.sha256:
            rows.append((text("sitepack.hash"), " ".join(view.sha256[at : at + 8] for at in range(0, 64, 8))))
        card = Card(site.name, gap=10)
        card.add(SummaryList(rows))
        card.add(rule(), Heading(text("sitepack.differs"), "section"))
        for line in site.differs or (text("sitepack.no_differs"),):
            card.add(Words(line))
        return card

    def _changes(self, view: PackView) -> Clear:
        """What changes for people, then each group of differences."""
        if view.refusal and self.may:
            self.say(Alert(text("sitepack.cannot"), fault_words(BadInput(view.refusal)), "due"))
        people = Card(text("sitepack.people"), gap=8)
        for line in affected_lines(view.affected):
            people.add(Words(line))
        people.add(Words(text("sitepack.stays"), "note", "soft"))
        if self.may:
            people.add(Words(text("sitepack.undo"), "note", "soft"))
        count = len(view.differences)
        heading = Heading(text("sitepack.changes"), "heading")
        heading.setAccessibleName(f"{heading.text()}, {text('sitepack.changes_count', count=count)}")
        holder = Clear()
        box = column(holder, (0, 0, 0, 0), 12)
        for part in (people.end(), heading, *change_cards(view.differences)):
            box.addWidget(part)
        if not view.differences:
            box.addWidget(Words(text("sitepack.same")))
        box.addStretch(1)
        return holder

    def _draw_foot(self) -> None:
        back = quiet(text("settings.part.partnership"), self._back, "arrow-left")
        buttons = [back]
        if self.may and self.view is not None and not self.view.in_use and not self.view.refusal:
            buttons.append(filled(text("sitepack.use"), self._use, "check"))
        self.set_foot(Foot(*buttons))

    def _back(self) -> None:
        self.go("settings", section="partnership")

    # Taking into use

    def _use(self) -> None:
        view, desk, file = self.view, self.context.desk, self.file
        if view is None:
            return
        data, code = view.data, view.site.code
        self.run(
            lambda: site_packs.use(desk, code) if data is None else site_packs.use_own(desk, data, file),
            lambda site: self._used(site.name),
        )

    def _used(self, name: str) -> None:
        self._code, self.view = "", None
        said = Alert(text("sitepack.is_used", name=name), text("sitepack.is_used_note"), "done")
        self.say(said)
        self._read()


def _choice_words(one: Choice) -> str:
    if one.own:
        return text("sitepack.own_in_use_mark" if one.in_use else "sitepack.own_mark", name=one.name)
    return text("sitepack.in_use_mark", name=one.name) if one.in_use else one.name


def _problem_card(problems: Sequence[SiteProblem]) -> Card:
    card = Card(text("sitepack.problems_title"), flush=False, gap=10)
    for one in problems[:MOST]:
        holder = Clear()
        box = column(holder, (0, 0, 0, 0), 2)
        where = text("sitepack.problem_at", line=one.line) if one.line else text("sitepack.problem_file")
        said = text("sitepack.problem_line", field=one.field, message=one.message) if one.field else one.message
        box.addWidget(Words(where, "label"))
        box.addWidget(Words(said))
        card.add(holder)
    if len(problems) > MOST:
        card.add(Words(text("sitepack.more_problems", count=len(problems) - MOST), "note", "soft"))
    return card.end()
