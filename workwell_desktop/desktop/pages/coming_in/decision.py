"""Who helps from here: a coach, the team first, or other services; only the fields of what is chosen are in sight."""

from collections.abc import Callable, Sequence
from datetime import date

from workwell_desktop.desktop.kit import (
    Card,
    Checks,
    Choice,
    DateField,
    DropDown,
    Field,
    LongText,
    Words,
    outlined,
    short_day,
    text,
)
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.coming_in import Helper
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in.triage import Decision, Elsewhere
from workwell_desktop.services.signposting.suggesting import Suggestion

HOW = ("phone", "text", "letter", "room", "video", "home")
SHOWN: dict[Helper, tuple[str, ...]] = {
    Helper.COACH: ("coach", "reason"),
    Helper.MEETING: ("question", "reason"),
    Helper.SIGNPOST: ("services", "more", "note", "told_how", "ask_on", "reason"),
}


class DecisionCard(Card):
    """``fields`` by the names that the services use, so that a fault finds its field."""

    def __init__(
        self,
        record: Callable[[Helper], None],
        *,
        name: str,
        coaches: Sequence[tuple[Id, str]],
        services: Sequence[Suggestion],
        today: date,
    ) -> None:
        super().__init__(text("referrals.decide"), gap=10)
        self._record, self._today, self.coaches = record, today, tuple(coaches)
        self._services = {one.key: one for one in services if not one.pinned}
        self._offered: list[str] = []
        helpers = [(one.value, text(f"referrals.choose.{one.value}")) for one in SHOWN]
        ways = [(one, text(f"record.mode.{one}")) for one in HOW]
        others = [(key, one.name) for key, one in sorted(self._services.items(), key=lambda each: each[1].name)]
        self.said = Words("", "body")
        self.fields: dict[str, Field] = {
            "helper": Field(text("referrals.helper_field"), Choice(helpers)),
            "coach": Field(text("referrals.coach"), DropDown([(str(own), who) for own, who in coaches])),
            "question": Field(text("referrals.team_question"), LongText(lines=2)),
            "services": Field(text("referrals.services"), Checks([])),
            "more": Field(text("referrals.add_service"), DropDown(others, empty=True), optional=True),
            "note": Field(text("referrals.other_services"), LongText(lines=2), optional=True),
            "told_how": Field(text("referrals.told_how", name=name), DropDown(ways, empty=text("referrals.not_told"))),
            "ask_on": Field(
                text("referrals.ask_on"),
                DateField(None, today=today, earliest=today),
                hint=text("referrals.ask_on_hint", name=name),
                optional=True,
            ),
            "reason": Field(text("referrals.why"), LongText(lines=2)),
        }
        self.add(self.said, *self.fields.values())
        self.button = outlined(text("referrals.record_decision"), self._press, "check")
        self.add_left(self.button).end()
        self.fields["helper"].control.done.connect(self.follow)
        self.fields["more"].control.done.connect(self._add)
        self.follow()

    def show_decision(self, found: Decision | None) -> None:
        """What was decided before, which a new decision takes the place of."""
        self.said.setVisible(found is not None)
        if found is None or found.triage.helper is None:
            return
        made = found.triage
        helper = text(f"referrals.choose.{made.helper.value}") if made.helper else ""
        if found.coach:
            helper = text("referrals.helper.coach", name=found.coach)
        day = short_day(london_day(made.at), self._today) if made.at else ""
        self.said.say(text("referrals.decided", helper=helper, reason=made.reason or "", by=found.by, day=day))

    def suggest(self, found: Sequence[Suggestion]) -> None:
        """The services of the answers that lead elsewhere; those that were ticked stay ticked."""
        self._offer([one.key for one in found], ticked=self.fields["services"].control.value())

    def elsewhere(self) -> Elsewhere:
        """What the fields say of other services."""
        fields = self.fields
        return Elsewhere(
            services=frozenset(fields["services"].control.value()),
            note=fields["note"].control.value(),
            told_how=fields["told_how"].control.value(),
            ask_on=fields["ask_on"].control.day(),
        )

    def faulty(self) -> dict[str, Field]:
        """Where a fault is said: while no service is offered to be ticked, above the words that name another."""
        if self._offered:
            return dict(self.fields)
        return {
            **{name: field for name, field in self.fields.items() if name != "note"},
            "services": self.fields["note"],
        }

    def shown(self) -> list[Field]:
        """The fields in sight, to be checked."""
        chosen = self.fields["helper"].control.value()
        names = ("helper", *(SHOWN[Helper(chosen)] if chosen else ()))
        return [self.fields[name] for name in names]

    def _offer(self, keys: Sequence[str], ticked: frozenset[str]) -> None:
        wanted = list(dict.fromkeys([*keys, *sorted(ticked)]))
        if wanted == self._offered:
            return
        self._offered = wanted
        before = self.fields["services"]
        options = [(key, self._services[key].name) for key in wanted if key in self._services]
        made = Field(text("referrals.services"), Checks(options, ticked))
        place = self.body.indexOf(before)
        self.body.removeWidget(before)
        before.hide()
        before.deleteLater()
        self.body.insertWidget(place, made)
        self.fields["services"] = made
        self.follow()

    def _add(self) -> None:
        chosen = self.fields["more"].control.value()
        if chosen:
            ticked = self.fields["services"].control.value() | {chosen}
            self._offer([*self._offered, chosen], ticked)
            self.fields["services"].control.set_value(ticked)
            self.fields["more"].control.set_value(None)

    def follow(self) -> None:
        """Shows the fields of what is chosen, and no others."""
        chosen = self.fields["helper"].control.value()
        shown = SHOWN[Helper(chosen)] if chosen else ()
        for name, field in self.fields.items():
            empty = name == "services" and not self._offered
            field.setVisible(name == "helper" or (name in shown and not empty))
        self.button.setVisible(bool(chosen))
        ends = chosen == Helper.SIGNPOST.value
        self.button.say(text("referrals.end_and_tell" if ends else "referrals.record_decision"))

    def _press(self) -> None:
        chosen = self.fields["helper"].control.value()
        if chosen:
            self._record(Helper(chosen))
