"""The end of a programme: why, work now, who carries on, how it was; blameless, and open to coming back."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Checks,
    Choice,
    Clear,
    Columns,
    DropDown,
    Empty,
    Field,
    Foot,
    IconMark,
    LongText,
    SummaryList,
    Words,
    filled,
    long_day,
    outlined,
    quiet,
    row,
    text,
)
from workwell_desktop.desktop.pages.keeping import Keeping
from workwell_desktop.desktop.pages.person.ending_outcome import outcome_card
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import ClosureReason, Episode, EpisodeStatus, Onward, Response
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import Goal
from workwell_desktop.errors import BadInput
from workwell_desktop.services.assessing import outcome
from workwell_desktop.services.assessing.outcome import Outcome
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import ending
from workwell_desktop.services.person.ending import Ending, EndingView
from workwell_desktop.services.planning import plans

LEVELS = {-2: "minus_2", -1: "minus_1", 0: "zero", 1: "plus_1", 2: "plus_2"}
GONE = frozenset({ClosureReason.DIED.value})
"""Reasons after which nobody is asked how it was."""
Found = tuple[EndingView | None, dict[str, object], tuple[Outcome, ...] | None]
"""With what is being written, and what came of it for whoever may see scores."""


class EndingPage(PersonForm):
    """``participant``; ``reason`` where the person's own choice brought us here."""

    route = "ending"
    help_topic = "ending"

    def build(self) -> None:
        super().build()
        self.one: EndingView | None = None
        self._keeping = Keeping(self, "ending")

    def read(self, desk: Desk, params: Any) -> Found:
        try:
            found = ending.view(desk, self.who)
        except BadInput:
            return None, {}, None
        numbers = outcome.from_start(desk, self.who) if desk.may(Act.READ_SCORES, Response) else None
        return found, self._keeping.read(desk, self.who), numbers

    def leave(self) -> None:
        self._keeping.keep()

    def lay(self, found: Found) -> None:
        self._keeping.drop()
        self.one, kept, numbers = found
        name = self._name
        if self.one is None:
            self.set_title(text("ending.title", name=name))
            self.add(Empty(text("ending.no_episode"), text("ending.no_episode_line"), icon_name="flag"))
            self.set_foot(Foot(self.back_button()))
            return
        if self.one.episode.status is EpisodeStatus.CLOSED:
            self._lay_ended(self.one, numbers)
            return
        self.set_title(text("ending.title", name=name), text("ending.hint", name=name))
        if self.one.risk_open:
            self.add(Alert("", text("ending.risk_first"), "due"))
        may = self.context.desk.may(Act.CLOSE_EPISODE, Episode)
        if not may:
            self.add(Alert("", text("ending.may_not"), "info"), self._look(self.one))
            self.add_end()
            self.set_foot(Foot(self.back_button()))
            return
        self.fields = self._made(self.one)
        why = Card(gap=10).add(self.fields["reason"], self.fields["work"]).end()
        after = Card(gap=10).add(*(self.fields[each] for each in ("own_view", "onward", "onward_note", "follow_up")))
        self.add(Columns([(why, 1), (after.end(), 1)]))
        self.add(Columns([(self._look(self.one), 1), (self._goals(self.one), 1)]))
        if numbers is not None:
            self.add(outcome_card(numbers, self.one.goals, self.context.today()))
        self.add_end()
        self.fields["reason"].control.done.connect(self._reason_chosen)
        self.set_foot(Foot(self.back_button(), filled(text("ending.close"), self._close, "check")))
        self._keeping.hold(self.who, self.fields, kept)
        self._reason_chosen()

    @property
    def _name(self) -> str:
        return self.head.banner.called if self.head is not None else ""

    def _made(self, one: EndingView) -> dict[str, Field]:
        name = self._name
        reasons = [(each.value, text(f"ending.because.{each.value}", name=name)) for each in ClosureReason]
        work = [(each.value, text(f"participants.status.{each.value}")) for each in WorkStatus]
        onward = [(each.value, text(f"ending.who.{each.value}")) for each in Onward]
        days = [long_day(day, self.context.today()) for day in one.follow_up_on]
        said = text("ending.and", first=", ".join(days[:-1]), last=days[-1]) if len(days) > 1 else "".join(days)
        later = text("ending.follow_up", count=len(days), name=name, days=said)
        return {
            "reason": Field(text("ending.reason"), Choice(reasons, self.params.get("reason"))),
            "work": Field(text("ending.work"), DropDown(work, one.work.value if one.work else None, empty=True)),
            "own_view": Field(text("ending.own_view", name=name), LongText(lines=3), hint=text("ending.own_view_hint")),
            "onward": Field(text("ending.onward", name=name), Checks(onward, columns=2)),
            "onward_note": Field(text("ending.onward_note"), LongText(lines=2)),
            "follow_up": Field(text("ending.later"), Checks([("yes", later)])),
        }

    def _reason_chosen(self) -> None:
        """After a death nobody is asked how it was, nor later."""
        gone = self.fields["reason"].control.value() in GONE
        for name in ("own_view", "onward", "onward_note", "work", "follow_up"):
            self.fields[name].setVisible(not gone and (name != "follow_up" or bool(self.one and self.one.follow_up_on)))

    def _look(self, one: EndingView) -> Card:
        """What is open, each with the page where it is settled."""
        card = Card(text("ending.look"), gap=4)
        today = self.context.today()
        if one.measured_on is not None:
            measured = text("ending.measured", day=long_day(one.measured_on, today))
        else:
            measured = text("ending.never_measured")
        self._line(card, "chart-column", measured, "ending.measure_again", partial(self._record, "assessments"))
        if one.open_actions:
            words = text("ending.actions_open", count=one.open_actions)
            self._line(card, "flag", words, "ending.open_plan", self._plan)
        elif one.plan_unsigned:
            self._line(card, "pen-line", text("ending.plan_unsigned"), "ending.open_plan", self._plan)
        if one.planned_talks:
            self._line(card, "calendar", text("ending.talks_planned", count=one.planned_talks), "", None)
        return card.end()

    def _line(self, card: Card, icon: str, words: str, act: str, go: Any) -> None:
        line = Clear()
        box = row(line, (0, 0, 0, 0), 8)
        box.addWidget(IconMark(icon, "text_soft", 18))
        box.addWidget(Words(words), 1)
        if act:
            box.addWidget(quiet(text(act), go))
        card.add(line)

    def _goals(self, one: EndingView) -> Card:
        card = Card(text("ending.goals", name=self._name), gap=8)
        may = self.context.desk.may(Act.EDIT_PLAN, Goal)
        options = [(str(level), text(f"ending.level.{key}")) for level, key in LEVELS.items()]
        for goal in one.goals:
            level = str(goal.level) if goal.level is not None else None
            control = DropDown(options, level, empty=text("ending.level.none"))
            control.set_read_only(not may)
            control.done.connect(partial(self._rate, goal, control))
            card.add(Field(goal.text or "", control))
        if not one.goals:
            card.add(Words(text("ending.no_goals"), tone="soft"))
        return card.end()

    def _rate(self, goal: Goal, control: DropDown) -> None:
        desk, level = self.context.desk, control.value()
        if level is not None:
            self.run(lambda: plans.change_goal(desk, goal.id, level=int(level)), lambda _none: self.saved())

    def _record(self, tab: str) -> None:
        self.go("record", participant=str(self.who), tab=tab)

    def _plan(self) -> None:
        self.go("plan", participant=str(self.who))

    def _close(self) -> None:
        for field in self.fields.values():
            field.show_error("")
        chosen = self.fields["reason"].control.value()
        if chosen is None:
            self.fields["reason"].show_error(text("ending.reason_missing", name=self._name))
        if self.wrong() or self.one is None or chosen is None:
            return
        value = {name: field.control.value() for name, field in self.fields.items()}
        said = Ending()
        if chosen not in GONE:
            said = Ending(
                work=WorkStatus(value["work"]) if value["work"] else None,
                onward=frozenset(Onward(code) for code in value["onward"]),
                onward_note=value["onward_note"],
                own_view=value["own_view"],
                follow_up=bool(value["follow_up"]),
            )
        self._keeping.keep()
        desk, who, episode, reason = self.context.desk, self.who, self.one.episode.id, ClosureReason(chosen)

        def act() -> None:
            ending.close(desk, episode, reason, said)
            self._keeping.forget(desk, who)

        self.run(act, self._ended, self.refused)

    def _ended(self, _nothing: object) -> None:
        self._keeping.drop()
        self.to_record()

    def _lay_ended(self, one: EndingView, numbers: tuple[Outcome, ...] | None) -> None:
        name, episode = self._name, one.episode
        self.set_title(text("ending.title_done", name=name))
        reason = text(f"ending.because.{episode.closure_reason.value}", name=name) if episode.closure_reason else ""
        day = long_day(episode.closed_on, self.context.today()) if episode.closed_on else ""
        self.add(Alert("", text("ending.ended", day=day, reason=reason, by=one.closed_by), "info"))
        work = text(f"participants.status.{episode.closed_work.value}") if episode.closed_work else ""
        onward = ", ".join(text(f"ending.who.{code}") for code in sorted(episode.onward))
        rows = [
            (text("ending.work"), work),
            (text("ending.after"), ". ".join(part for part in (onward, episode.onward_note or "") if part)),
            (text("ending.own_view", name=name), episode.own_view or ""),
        ]
        for goal in one.goals:
            rows.append((goal.text or "", text(f"ending.level.{LEVELS.get(goal.level, 'none')}")))  # type: ignore[arg-type]
        listed = SummaryList([(label, value or text("ending.not_said")) for label, value in rows], ruled=True)
        self.add(Card(text("ending.ended_title")).add(listed))
        if numbers is not None:
            self.add(outcome_card(numbers, one.goals, self.context.today()))
        self.add_end()
        again = outlined(
            text("ending.new_referral", name=name), lambda: self.go("referral", participant=str(self.who)), "user-plus"
        )
        self.set_foot(Foot(self.back_button(), again))
