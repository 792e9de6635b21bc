"""One form: about this version, what changed between versions, and the rights to its words."""

from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Columns,
    Foot,
    Page,
    PageAct,
    Params,
    SummaryList,
    Tabs,
    Words,
    filled,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.library.blank import BlankPart
from workwell_desktop.desktop.pages.library.forms_tab import breakable, rights_words, status_words, version_words
from workwell_desktop.desktop.pages.library.problems import problem_card
from workwell_desktop.desktop.pages.library.rights_card import RightsPart
from workwell_desktop.desktop.pages.library.versions import VersionsPart
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import FormStatus, FormVersion
from workwell_desktop.domain.records import Id
from workwell_desktop.services.assessing import form_views, library
from workwell_desktop.services.assessing.form_views import FormView
from workwell_desktop.services.assessing.library import FormEntry

TABS = ("about", "versions", "rights")
_RECORDS = frozenset({"form", "form_rights", "response"})


class FormPage(Page):
    """``form`` is one version; ``tab`` is about, versions or rights; ``came`` says that it has just come in."""

    route = "form"
    nav = "library"
    help_topic = "library"

    def build(self) -> None:
        self.view: FormView | None = None
        self.tab = TABS[0]
        self.versions: VersionsPart | None = None
        self.rights: RightsPart | None = None

    def enter(self, params: Params) -> None:
        self.tab = params.get("tab", self.tab)
        if params.get("came"):
            self.say(Alert(text("library.came_in"), text("library.came_in_note"), "done", on_close=self.unsay))
        self.read()

    def remember(self) -> dict[str, Any]:
        return {"tab": self.tab}

    def recall(self, memory: dict[str, Any]) -> None:
        if memory.get("tab") in TABS and memory["tab"] != self.tab:
            self._choose(memory["tab"])

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in _RECORDS for kind, _record, _scope in records) and not self._writing():
            self.read()

    def leave(self) -> None:
        """A record of rights is kept as a whole, by its button; what is half written stays until the page goes."""

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("library.try"), self._try, menu="file", enabled=self._may_try),
            PageAct(text("library.offer"), self._offer, menu="file", enabled=self._may_offer),
            PageAct(text("library.retire"), self._retire, menu="file", enabled=self._may_retire),
        )

    def read(self) -> None:
        """Reads the form again."""
        desk, form = self.context.desk, Id(self.params["form"])
        self.run(lambda: form_views.view(desk, form), self._show)

    def _writing(self) -> bool:
        return self.rights is not None and self.rights.writing

    def _show(self, view: FormView) -> None:
        self.view = view
        one = view.version.entry
        version = version_words(one.version)
        self.set_title(one.title, text("library.version_status", version=version, status=status_words(one.status)))
        tabs = Tabs([(code, text(f"library.form_tab.{code}")) for code in TABS], self.tab, name=text("library.of_form"))
        tabs.chosen.connect(self._choose)
        self.set_tabs(tabs)
        self._draw()
        self.draw_foot()
        self.ready()
        self.context.frame.acts_changed()

    def _choose(self, tab: str) -> None:
        self.tab = tab
        self.errors.show_links([])
        self._draw()
        self.draw_foot()

    def _draw(self) -> None:
        if self.view is None:
            return
        self.clear_body()
        self.versions = self.rights = None
        if self.tab == "versions":
            self.versions = VersionsPart(self, self.view)
            self.add(self.versions)
        elif self.tab == "rights":
            self.rights = RightsPart(self, self.view, self.draw_foot, self.read)
            self.add(self.rights)
        else:
            self._draw_about(self.view)
        self.add_end()

    def _draw_about(self, view: FormView) -> None:
        if view.rights.wording is None:
            act = outlined(text("library.to_rights"), self._to_rights)
            self.add(Alert(text("library.rights_missing"), text("library.rights_missing_note"), "due", act=act))
        elif not view.rights.words_shown:
            self.add(Alert(text("library.words_hidden"), text("library.words_hidden_note"), "due"))
        shown = view.form.items if view.rights.words_shown else ()
        questions = {item.link_id: item.short_text or item.text for item in shown}
        problems = problem_card(text("library.to_know_about"), view.form.problems, questions)
        self.add(Columns([(self._about(view), 1), (problems, 1)]))

    def _to_rights(self) -> None:
        self.go("form", form=self.params["form"], tab="rights")

    def _about(self, view: FormView) -> Card:
        one = view.version
        today = self.context.today()
        came = moment_words(one.came_in.astimezone(LONDON), today) if one.came_in is not None else ""
        rows = [
            (text("library.fact.status"), status_words(one.entry.status)),
            (text("library.fact.words"), rights_words(view.rights)),
            (text("library.fact.size"), self._size(view)),
            (text("library.fact.given"), text("library.given", given=one.given, begun=one.begun)),
            (text("library.fact.came"), text("library.came_by", when=came, name=one.by)),
            (text("library.fact.address"), breakable(one.entry.url)),
            (text("library.fact.hash"), breakable(one.entry.digest[:32])),
        ]
        card = Card(text("library.about"), gap=8).add(SummaryList(rows, ruled=True))
        if view.form.copyright:
            card.add(Words(view.form.copyright, "note", "soft"))
        if view.rights.words_shown:
            card.add(BlankPart(self, one.entry.form, one.entry.title))
        return card.end()

    def _size(self, view: FormView) -> str:
        questions = text("library.questions", count=view.questions)
        pages = text("library.pages", count=len(view.form.pages))
        return text("library.size", questions=questions, pages=pages)

    def draw_foot(self) -> None:
        """What can be done now; while a record of rights is written, only that."""
        if self.rights is not None and self.rights.writing:
            leave = outlined(text("library.leave_rights"), self._leave_rights)
            self.set_foot(Foot(leave, filled(text("library.keep_rights"), self.rights.keep, "check")))
            return
        back = outlined(text("library.back"), lambda: self.go("library", tab="forms"), "arrow-left")
        buttons = [back]
        if self._may_retire():
            held = self.view is not None and self.view.version.entry.status is FormStatus.HELD
            words = "library.put_away" if held else "library.retire"
            buttons.append(outlined(text(words), self._retire, "archive"))
        if self._may_try():
            first = filled if not self._may_offer() else outlined
            buttons.append(first(text("library.try"), self._try, "eye"))
        if self._may_offer():
            buttons.append(filled(text("library.offer"), self._offer, "check"))
        self.set_foot(Foot(*buttons))

    def _leave_rights(self) -> None:
        if self.rights is not None:
            self.rights.show_record()
        self.errors.show_links([])
        self.draw_foot()

    # Acts

    def _may(self) -> bool:
        return self.view is not None and self.context.desk.may(Act.MANAGE_FORMS, FormVersion)

    def _may_try(self) -> bool:
        return self.view is not None and self.view.rights.words_shown

    def _may_offer(self) -> bool:
        view = self.view
        return self._may() and view is not None and view.rights.words_shown and not view.version.entry.active

    def _may_retire(self) -> bool:
        return self._may() and self.view is not None and self.view.version.entry.status is not FormStatus.RETIRED

    def _try(self) -> None:
        self.go("form-try", form=self.params["form"])

    def _offer(self) -> None:
        desk, form = self.context.desk, Id(self.params["form"])
        self.run(lambda: library.activate_form(desk, form), self._offered)

    def _offered(self, entry: FormEntry) -> None:
        self.unsay()
        begun = sum(one.begun for one in self.view.versions if one.entry.form != entry.form) if self.view else 0
        note = text("library.go_on", count=begun) if begun else ""
        self.say(Alert(text("library.offered_now", title=entry.title), note, "done", on_close=self.unsay))
        self.read()

    def _retire(self) -> None:
        desk, form = self.context.desk, Id(self.params["form"])
        self.run(lambda: library.retire_form(desk, form), self._retired)

    def _retired(self, _done: None) -> None:
        self.unsay()
        self.say(Alert(text("library.retired_now"), text("library.retired_note"), "done", on_close=self.unsay))
        self.read()
