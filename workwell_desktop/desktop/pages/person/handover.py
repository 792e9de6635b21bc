"""Handing a case to another coach: who takes over, whether the person knows, and what the next coach should know."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Columns,
    DropDown,
    Empty,
    Field,
    Foot,
    LongText,
    SummaryList,
    Words,
    filled,
    long_day,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.keeping import Keeping
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import ending
from workwell_desktop.services.person.ending import HandoverView

Found = tuple[HandoverView, dict[str, object]]


class HandoverPage(PersonForm):
    """``participant``."""

    route = "handover"
    help_topic = "ending"

    def build(self) -> None:
        super().build()
        self.one: HandoverView | None = None
        self._keeping = Keeping(self, "handover")

    def read(self, desk: Desk, params: Any) -> Found:
        return ending.handover_view(desk, self.who), self._keeping.read(desk, self.who)

    def leave(self) -> None:
        self._keeping.keep()

    def lay(self, found: Found) -> None:
        self._keeping.drop()
        one, kept = found
        self.one = one
        name = self._name
        now = text("handover.now", name=one.coach_name) if one.coach_name else text("handover.nobody_now")
        self.set_title(text("handover.title", name=name), now if one.episode is not None else "")
        if one.episode is None or not one.colleagues:
            what = "not_running" if one.episode is None else "nobody"
            self.add(Empty(text(f"handover.{what}"), text(f"handover.{what}_line"), icon_name="users"))
            self.set_foot(Foot(self.back_button()))
            return
        side = [self._goes(one)]
        if one.earlier:
            side.append(self._earlier(one))
        if not self.context.desk.may(Act.EDIT_EPISODE, Episode):
            self.add(Alert("", text("handover.may_not"), "info"), *side)
            self.add_end()
            self.set_foot(Foot(self.back_button()))
            return
        people = [(str(each.person), ", ".join((each.name, *each.teams))) for each in one.colleagues]
        knows = [("yes", text("handover.told_yes")), ("no", text("handover.told_no"))]
        self.fields = {
            "coach": Field(text("handover.to"), DropDown(people, empty=True)),
            "team": Field(text("handover.team"), DropDown(list(one.teams), empty=text("handover.same_team"))),
            "told": Field(text("handover.told", name=name), Choice(knows)),
            "note": Field(text("handover.note"), LongText(lines=4), hint=text("handover.note_hint")),
        }
        self._tell_first = Words(text("handover.tell_first", name=name), "note", "soft")
        form = Card(gap=10).add(self.fields["coach"])
        if len(one.teams) > 1:
            form.add(self.fields["team"])
        else:
            del self.fields["team"]
        form.add(self.fields["told"], self._tell_first, self.fields["note"])
        beside = Card(gap=0) if not side else side[0]
        self.add(Columns([(form.end(), 3), (beside, 2)]), *side[1:])
        self.add_end()
        self.fields["told"].control.done.connect(self._told_chosen)
        self.set_foot(Foot(self.back_button(), filled(text("handover.hand_over"), self._hand_over, "arrow-right")))
        self._keeping.hold(self.who, self.fields, kept)
        self._told_chosen()

    @property
    def _name(self) -> str:
        return self.head.banner.called if self.head is not None else ""

    def _told_chosen(self) -> None:
        self._tell_first.setVisible(self.fields["told"].control.value() == "no")

    def _goes(self, one: HandoverView) -> Card:
        card = Card(text("handover.goes"), gap=6)
        card.add(Words(text("handover.talks", count=one.talks) if one.talks else text("handover.no_talks")))
        if one.actions:
            card.add(Words(text("handover.actions", count=one.actions, name=one.coach_name)))
            card.add_left(
                quiet(text("handover.open_plan"), partial(self.go, "plan", participant=str(self.who)), "pen-line")
            )
        else:
            card.add(Words(text("handover.no_actions")))
        return card.end()

    def _earlier(self, one: HandoverView) -> Card:
        today = self.context.today()
        rows = []
        for each in one.earlier:
            key = "handover.earlier_line" if each.giver else "handover.earlier_first"
            said = text(key, giver=each.giver, taker=each.taker) if each.giver else text(key, taker=each.taker)
            rows.append(
                (long_day(each.on, today) if each.on else "", ". ".join(part for part in (said, each.note) if part))
            )
        return Card(text("handover.earlier")).add(SummaryList(rows, ruled=True))

    def _hand_over(self) -> None:
        name = self._name
        for key, words in (("coach", text("handover.to_missing")), ("told", text("handover.told_missing", name=name))):
            missing = self.fields[key].control.value() is None
            self.fields[key].show_error(words if missing else "")
        if self.wrong() or self.one is None or self.one.episode is None:
            return
        value = {key: field.control.value() for key, field in self.fields.items()}
        team = Id(value["team"]) if value.get("team") else None
        self._keeping.keep()
        desk, who, episode = self.context.desk, self.who, self.one.episode

        def act() -> None:
            ending.hand_over(desk, episode, Id(value["coach"]), team, note=value["note"], told=value["told"] == "yes")
            self._keeping.forget(desk, who)

        self.run(act, self._done, self.refused)

    def _done(self, _nothing: object) -> None:
        self._keeping.drop()
        self.to_record()
