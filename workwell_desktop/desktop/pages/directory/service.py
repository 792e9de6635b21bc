"""One entry of the directory: what is to be known, how to reach it, and choosing it with somebody."""

from dataclasses import dataclass

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Choice,
    Columns,
    DateField,
    Field,
    Foot,
    LongText,
    Page,
    PageAct,
    Params,
    SummaryList,
    date_words,
    filled,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.codes import code_words
from workwell_desktop.desktop.pages.directory.words import checked_words, mark_alerts, need_words, wait_words
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head, show_person
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.directory import LocalService, Way
from workwell_desktop.domain.plans import Action
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.signposting import directory, service_loops
from workwell_desktop.services.signposting import service_loops as loops
from workwell_desktop.services.signposting.directory_views import Entry


@dataclass(frozen=True)
class Shown:
    """What the page needs, read at once."""

    entry: Entry
    choice: loops.Choice | None
    head: PersonHead | None


class ServicePage(Page):
    """``service`` is the key of the entry; ``participant`` and ``obstacle`` where it may be chosen with somebody."""

    route = "service"
    nav = "library"
    help_topic = "services"

    def build(self) -> None:
        self.fields: dict[str, Field] = {}
        self.entry: Entry | None = None

    def enter(self, params: Params) -> None:
        self.key, self.who = params["service"], params.get("participant", "")
        self._ask()

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in ("local_service", "national_check") for kind, _record, _scope in records) and not self.who:
            self._ask()

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("directory.change"), self._change, menu="file", enabled=self._may_change),
            PageAct(text("directory.looked_at"), self._looked_at, menu="file", enabled=self._may_look),
        )

    def _may_look(self) -> bool:
        return self.context.desk.may(Act.MANAGE_SERVICES, LocalService) and self.entry is not None

    def _may_change(self) -> bool:
        return self._may_look() and self.entry is not None and not self.entry.pinned

    def _ask(self) -> None:
        desk, key, who = self.context.desk, self.key, self.who
        self.run(lambda: _read(desk, key, who), self._show)

    def _show(self, shown: Shown) -> None:
        entry = self.entry = shown.entry
        self.fields = {}
        self.clear_body()
        if shown.head is not None:
            show_person(self, shown.head)
        buttons = []
        if not self.who and self._may_change():
            buttons.append(outlined(text("directory.change"), self._change, "pen-line"))
        if not self.who and self._may_look() and not entry.pinned:
            buttons.append(outlined(text("directory.looked_at"), self._looked_at, "check"))
        self.set_title(entry.name, "", *buttons)
        for one in mark_alerts(entry, self.context.today()):
            self.add(one)
        if entry.note:
            self.add(Alert("", entry.note, "info"))
        facts = self._facts(entry)
        choosing = shown.choice is not None and self.context.desk.may(Act.EDIT_PLAN, Action)
        if shown.choice is not None and choosing:
            self.add(Columns([(self._choosing(shown.choice), 3), (facts, 2)]))
        else:
            self.add(facts)
        self.add_end()
        back = outlined(text("directory.back"), self._back, "arrow-left")
        choose = [filled(text("loops.choose"), self._choose, "check")] if choosing else []
        self.set_foot(Foot(back, *choose))
        self.context.frame.acts_changed()
        self.ready()

    def _facts(self, entry: Entry) -> Card:
        card = Card(text("directory.about"))
        access = ", ".join(map(code_words("access", "local_service"), sorted(entry.access)))
        rows = [
            ("directory.need", need_words(entry)),
            ("directory.field.phone", entry.phone),
            ("directory.field.email", entry.email),
            ("directory.field.web", entry.web),
            ("directory.field.how", entry.how),
            ("directory.field.way", text(f"directory.way.{entry.way.value}") if entry.way else ""),
            ("directory.field.contact", entry.contact),
            ("directory.field.area", entry.area or text("directory.everywhere")),
            ("directory.field.eligibility", entry.eligibility),
            ("directory.field.wait_weeks", wait_words(entry)),
            ("directory.field.access", access),
            ("directory.field.expires_on", date_words(entry.expires_on) if entry.expires_on else ""),
            ("directory.field.checked_on", checked_words(entry)),
        ]
        card.add(SummaryList([(text(key), value) for key, value in rows if value], ruled=True))
        if entry.pinned:
            card.add(Alert("", text("directory.pinned_line"), "info"))
        if self._may_change() and entry.own and not self.who:
            card.add_left(quiet(text("directory.remove"), self._remove, "trash-2"))
        return card.end()

    def _choosing(self, choice: loops.Choice) -> Card:
        card = Card(text("loops.choose_title"), gap=10)
        if choice.lacks:
            lacks = ", ".join(text(f"directory.access.{one.value}") for one in choice.lacks)
            card.add(Alert(text("loops.lacks"), lacks, "due"))
        if choice.open_already:
            card.add(Alert("", text("loops.open_already"), "info"))
        ways = [(one.value, text(f"loops.way.{one.value}")) for one in (Way.SELF, Way.REFERRAL)]
        today = self.context.today()
        self.fields = {
            "way": Field(text("loops.way_label"), Choice(ways, choice.way.value)),
            "asked": Field(text("loops.asked"), LongText("", lines=3), hint=text("loops.asked_hint"), optional=True),
            "due": Field(text("loops.due"), DateField(None, today=today, earliest=today), optional=True),
        }
        return card.add(*self.fields.values()).end()

    def _choose(self) -> None:
        for field in self.fields.values():
            field.show_error("")
        if not self.check(list(self.fields.values())):
            return
        desk, who, key = self.context.desk, Id(self.who), self.key
        way = Way(self.fields["way"].control.value() or Way.SELF.value)
        asked, due = self.fields["asked"].control.value(), self.fields["due"].control.day()
        obstacle = Id(self.params["obstacle"]) if self.params.get("obstacle") else None
        chosen = loops.Chosen(way, asked, due=due, obstacle=obstacle)

        def done(loop: Id) -> None:
            self.context.navigator.replace("loops", participant=str(who), loop=str(loop))

        self.run(lambda: service_loops.choose(desk, who, key, chosen), done, self._refused)

    def _refused(self, error: Exception) -> None:
        self.fail_at(self.fields, error)

    def _change(self) -> None:
        self.go("service-edit", service=self.key)

    def _looked_at(self) -> None:
        desk, key = self.context.desk, self.key
        self.run(lambda: directory.looked_at(desk, key), lambda _no: self._ask())

    def _remove(self) -> None:
        desk, key = self.context.desk, self.key
        self.run(lambda: directory.remove(desk, key), lambda _no: self._back())

    def _back(self) -> None:
        about = {name: self.params[name] for name in ("participant", "obstacle") if self.params.get(name)}
        self.go("services", **about)


def _read(desk: Desk, key: str, who: str) -> Shown:
    if not who:
        return Shown(directory.entry(desk, key), None, None)
    choice = service_loops.look(desk, Id(who), key)
    return Shown(choice.entry, choice, person_head(desk, Id(who)))
