"""Computers of the hub: which are let in, since when and for whom; letting one in, and showing a lost one out."""

from functools import partial
from typing import TYPE_CHECKING, Any

from workwell_desktop.desktop.aside import run_aside
from workwell_desktop.desktop.kit import (
    Alert,
    Button,
    Card,
    Clear,
    Columns,
    Empty,
    Field,
    Page,
    Params,
    RowFacts,
    RowList,
    SummaryList,
    TextField,
    Words,
    column,
    filled,
    moment_words,
    outlined,
    short_day,
    text,
)
from workwell_desktop.desktop.pages import lost_computer
from workwell_desktop.desktop.pages.devices.letting_in import LettingIn
from workwell_desktop.desktop.pages.sync.words import emptied
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import Person
from workwell_desktop.services.administration.lost import AtHub

if TYPE_CHECKING:
    from workwell_desktop.services.syncing.hub import Office
    from workwell_desktop.services.syncing.hub_office import Computer, HubView


class DevicesPage(Page):
    """No parameters. The password of the hub's administrator is asked at each visit and kept nowhere."""

    route = "devices"
    nav = "settings"
    help_topic = "devices"

    def build(self) -> None:
        self.set_title(text("devices.title"))
        self._office: Office | None = None
        self._known: Any = None
        self._holder = Clear()
        self._box = column(self._holder, (0, 0, 0, 0), 10)
        self.add(self._holder)
        self.add_end()

    def enter(self, params: Params) -> None:
        desk = self.context.desk
        if not desk.may(Act.MANAGE_PEOPLE, Person):
            self._box.addWidget(Empty(text("devices.not_yours"), text("devices.not_yours_line"), icon_name="lock"))
            self.ready()
            return

        def read() -> Any:
            # on the worker: what reaches a hub takes long to load
            from workwell_desktop.services.syncing import hub_office

            return hub_office.known_address(desk)

        self.run(read, self._ask)

    # Signing in at the hub

    def _ask(self, known: Any) -> None:
        self._known = known
        if known is None:
            card = Card(flush=True)
            read = outlined(text("devices.read_how"), partial(self.go, "help", topic="devices"), "info")
            card.add(Empty(text("devices.no_hub"), text("devices.no_hub_line"), read, icon_name="laptop"))
            self._box.addWidget(card)
            self.ready()
            return
        address, login = known
        card = Card(text("devices.sign_in"), gap=8)
        card.add(Words(text("devices.sign_in_line", host=address.host), "note", "soft"))
        self._login, self._password = TextField(login), TextField(secret=True)
        self._password.returnPressed.connect(self._sign_in)
        card.add(Field(text("devices.login"), self._login), Field(text("devices.password"), self._password))
        self._enter = filled(text("devices.show"), self._sign_in, "lock-open")
        card.add_left(self._enter)
        self._box.addWidget(card)
        self.ready()

    def _sign_in(self) -> None:
        if not self._login.value().strip():
            self._login.setFocus()
            return
        from workwell_desktop.services.syncing.hub import Office

        self._office = Office(self._known[0], self._login.value().strip(), self._password.value() or None)
        self._look()

    def _look(self) -> None:
        desk, office = self.context.desk, self._office
        if office is None:
            return

        def work() -> "HubView":
            from workwell_desktop.services.syncing import hub_office

            return hub_office.look(desk, office)

        self.ask_hub(work, self._show)

    def ask_hub(self, work: Any, done: Any) -> None:
        """Beside the store's thread: nobody who writes waits for a hub that does not answer."""
        self.unsay()
        for one in self._holder.findChildren(Button):
            one.setEnabled(False)

        def ended(found: Any) -> None:
            self._enabled()
            done(found)

        def failed(error: Exception) -> None:
            self._enabled()
            self.fail(error)

        run_aside(self.context.operations, self, work, ended, failed)

    def _enabled(self) -> None:
        for one in self._holder.findChildren(Button):
            one.setEnabled(True)

    # What the hub says

    def _show(self, found: "HubView") -> None:
        emptied(self._box)
        left, right = Clear(), Clear()
        first, second = column(left, (0, 0, 0, 0), 10), column(right, (0, 0, 0, 0), 10)
        first.addWidget(self._computers(found))
        if found.without:
            card = Card(text("devices.without"), gap=6)
            card.add(Words(", ".join(found.without)), Words(text("devices.without_line"), "note", "soft"))
            first.addWidget(card.end())
        first.addStretch(1)
        if self._office is not None:
            second.addWidget(LettingIn(self, self._office, self._look))
        second.addWidget(self._rules(found))
        second.addStretch(1)
        self._box.addWidget(Columns([(left, 3), (right, 2)]))
        self.ready()

    def _computers(self, found: "HubView") -> Card:
        card = Card(text("devices.computers"), flush=True)
        there = [self._row(one) for one in found.computers if one.revoked is None]
        gone = [self._row(one) for one in found.computers if one.revoked is not None]
        if not found.computers:
            card.add(Empty(text("devices.none"), text("devices.none_line"), icon_name="laptop"))
            return card
        groups = [(text("devices.let_in"), there), (text("devices.shown_out"), gone)]
        card.add(RowList([one for one in groups if one[1]], name=text("devices.computers")))
        return card

    def _row(self, one: "Computer") -> RowFacts:
        today = self.context.today()
        since = text("devices.since", day=short_day(one.since.astimezone(LONDON).date(), today))
        seen = (
            text("devices.seen", when=moment_words(one.seen.astimezone(LONDON), today))
            if one.seen
            else text("devices.never_seen")
        )
        version = text("devices.version", version=one.version) if one.version else ""
        people = ", ".join(one.people)
        name = one.name or text("sync.nameless")
        title = text("devices.this_one", name=name) if one.here else name
        act = None if one.revoked or one.here else partial(self._ask_revoke, one)
        gone = text("devices.waits") if one.lost else ""
        if one.revoked:
            gone = text("devices.out_on", day=short_day(one.revoked.astimezone(LONDON).date(), today))
        heard = text("devices.not_emptied") if one.lost and one.revoked else ""
        if one.emptied:
            heard = text("devices.emptied", when=moment_words(one.emptied.astimezone(LONDON), today))
        return RowFacts(
            title=title,
            line=". ".join(part for part in (people, since, seen, version, heard) if part),
            icon="laptop",
            when=gone,
            when_tint="risk" if gone else "",
            act=text("devices.show_out") if act else "",
            on_act=act,
        )

    def _rules(self, found: "HubView") -> Card:
        card = Card(text("devices.hub"), gap=8)
        state = found.state
        rows = [
            (text("devices.address"), self._office.address.host if self._office is not None else ""),
            (text("devices.changes"), str(state.position)),
            (text("devices.codes"), str(state.codes)),
        ]
        card.add(SummaryList(rows, ruled=True))
        if state.forks:
            card.add(Alert("", text("devices.forks", count=state.forks), "risk", icon_name="circle-alert"))
        self._least = TextField(state.min_client)
        card.add(Field(text("devices.least"), self._least, hint=text("devices.least_hint")))
        card.add_left(outlined(text("devices.set_least"), self._set_least, "check"))
        return card.end()

    def _set_least(self) -> None:
        desk, office, version = self.context.desk, self._office, self._least.value().strip()
        if office is None:
            return

        def work() -> None:
            from workwell_desktop.services.syncing import hub

            hub.set_min_client(desk, office, version)

        def done(_none: object) -> None:
            self.say(Alert("", text("devices.least_set", version=version), "done", on_close=self.unsay))

        self.ask_hub(work, done)

    # A lost laptop

    def _ask_revoke(self, one: "Computer") -> None:
        self.unsay()
        name = one.name or text("sync.nameless")
        alert, sure = lost_computer.question(name, partial(self._revoke, one), self.unsay)
        self.say(alert)
        sure.setFocus()

    def _revoke(self, one: "Computer") -> None:
        desk, office = self.context.desk, self._office
        if office is None:
            return

        def work() -> "HubView":
            from workwell_desktop.services.syncing import hub, hub_office

            hub.revoke(desk, office, one.id)
            return hub_office.look(desk, office)

        def done(found: "HubView") -> None:
            self._show(found)
            lost_computer.done(self, one.name or text("sync.nameless"), AtHub.CLOSED)

        self.ask_hub(work, done)
