"""The versions of a form, and what changed from one to another, side by side in words."""

from workwell_desktop.desktop.kit import (
    Card,
    Clear,
    Columns,
    DropDown,
    Empty,
    Field,
    Page,
    RowFacts,
    RowList,
    Words,
    column,
    moment_words,
    quiet,
    rule,
    text,
)
from workwell_desktop.desktop.pages.library.forms_tab import status_words, version_words
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import FormStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.forms.compare import Difference
from workwell_desktop.services.assessing import form_views
from workwell_desktop.services.assessing.form_views import FormView, VersionView

AT_ONCE = 60
_TINTS = {FormStatus.ACTIVE: "done", FormStatus.HELD: "due", FormStatus.RETIRED: "neutral"}


class VersionsPart(Clear):
    """The list of versions, and below it two of them compared."""

    def __init__(self, page: Page, view: FormView) -> None:
        super().__init__()
        self._page, self._view = page, view
        self._found: tuple[Difference, ...] = ()
        box = column(self, (0, 0, 0, 0), 10)
        listed = Card(text("library.all_versions"), flush=True)
        listed.add(RowList([("", [self._row(one) for one in view.versions])], name=text("library.all_versions")))
        box.addWidget(listed)
        self._card = Card(text("library.compared"), gap=10)
        box.addWidget(self._card)
        if len(view.versions) < 2:
            self._card.add(Empty(text("library.one_version"), text("library.one_version_note"), icon_name="history"))
            return
        names = [(one.entry.form, self._name(one)) for one in view.versions]
        front = next(place for place, one in enumerate(view.versions) if one.entry.form == view.version.entry.form)
        earlier = front + 1 if front + 1 < len(names) else front
        later = front if earlier != front else front - 1
        self.earlier = DropDown(names, names[earlier][0])
        self.later = DropDown(names, names[later][0])
        for one in (self.earlier, self.later):
            one.done.connect(self._compare)
        fields = Columns(
            [(Field(text("library.earlier"), self.earlier), 1), (Field(text("library.later"), self.later), 1)]
        )
        self._below = column(None, (0, 0, 0, 0), 8)
        self._card.add(fields)
        self._card.body.addLayout(self._below)
        self._compare()

    def _name(self, one: VersionView) -> str:
        version = version_words(one.entry.version)
        return text(
            "library.version_came", version=version, when=self._came(one), status=status_words(one.entry.status)
        )

    def _came(self, one: VersionView) -> str:
        return moment_words(one.came_in.astimezone(LONDON), self._page.context.today()) if one.came_in else ""

    def _row(self, one: VersionView) -> RowFacts:
        line = text("library.came_by", when=self._came(one), name=one.by)
        given = text("library.given", given=one.given, begun=one.begun)
        here = one.entry.form == self._view.version.entry.form

        def open_it() -> None:
            self._page.context.navigator.replace("form", form=one.entry.form, tab="versions")

        version = version_words(one.entry.version)
        return RowFacts(
            version,
            f"{line}. {given}",
            "file-text",
            when=status_words(one.entry.status),
            when_tint=_TINTS[one.entry.status],
            act="" if here else text("library.open_version"),
            on_act=None if here else open_it,
            on_open=None if here else open_it,
        )

    def _compare(self) -> None:
        desk, earlier, later = self._page.context.desk, self.earlier.value(), self.later.value()
        if earlier and later:
            self._page.run(lambda: form_views.differences(desk, Id(earlier), Id(later)), self._show)

    def _show(self, found: tuple[Difference, ...]) -> None:
        self._found = found
        self._draw(AT_ONCE)

    def _draw(self, most: int) -> None:
        while self._below.count():
            item = self._below.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        if not self._found:
            self._below.addWidget(Words(text("library.nothing_changed"), "body"))
            return
        if not self._view.rights.words_shown:
            self._below.addWidget(Words(text("library.words_hidden"), "body"))
            return
        self._below.addWidget(Words(text("library.changed", count=len(self._found)), "label"))
        for one in self._found[:most]:
            self._below.addWidget(rule())
            self._below.addWidget(_difference(one))
        left = len(self._found) - most
        if left > 0:
            self._below.addWidget(quiet(text("library.more_changes", count=left), lambda: self._draw(most + 200)))


def _difference(one: Difference) -> Clear:
    """What happened at which question, over what it was and what it is now."""
    holder = Clear()
    box = column(holder, (0, 0, 0, 0), 3)
    box.addWidget(Words(one.message, "label"))
    if one.link_id is not None:
        box.addWidget(Words(text("library.at_question", words=one.question, link_id=one.link_id), "note", "soft"))
    box.addWidget(Columns([(_side(text("library.was"), one.was), 1), (_side(text("library.is_now"), one.now), 1)]))
    return holder


def _side(name: str, words: str) -> Clear:
    holder = Clear()
    box = column(holder, (0, 0, 0, 0), 0)
    box.addWidget(Words(name, "note", "soft"))
    box.addWidget(Words(words or text("library.not_there"), "body", "" if words else "soft"))
    box.addStretch(1)
    return holder
