"""A new referral: who, how to reach them, how they came and why, what they agree to; one act, then the record.

People who may be the same are shown as one types, so that nobody is registered twice. What is typed is kept on this
computer, for whoever types it alone, until the referral is taken or thrown away.
"""

from typing import Any

from PySide6.QtCore import QTimer

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Check,
    Checks,
    Choice,
    Clear,
    Columns,
    DateField,
    DropDown,
    Field,
    Foot,
    LongText,
    Page,
    Params,
    TextField,
    column,
    filled,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.coming_in.referral_likes import LikesCard
from workwell_desktop.desktop.pages.coming_in.referral_source import SourceFields
from workwell_desktop.desktop.pages.keeping import Keeping
from workwell_desktop.desktop.pages.record.event_words import agreement_words
from workwell_desktop.domain.coming_in import FIELDS
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.participants import Need, NumberStatus, WorkStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in import agreements, participants, referrals
from workwell_desktop.services.coming_in.participant_views import AgreementDetails, Like, ParticipantDetails, PersonLine
from workwell_desktop.services.coming_in.referrals import NewReferral, Referred
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.planning import typed

LEFT = ("given_name", "family_name", "preferred_name", "pronouns", "birth_date", "nhs_number", "nhs_number_status")
REACH = ("address", "town", "postcode", "phone", "email", "contact_note", "needs", "language")
CAME = ("source", *FIELDS, "received_on", "reason")
WORK = ("status", "since", "job_title", "employer")
DAYS = ("birth_date", "received_on", "since")
HINTS = {"family_name": "family_hint", "nhs_number": "nhs_hint", "reason": "reason_hint"}
REST_MS = 250


class ReferralPage(Page):
    """Takes nothing, or ``participant`` for somebody who is here already."""

    route = "referral"
    nav = "participants"
    help_topic = "referral"

    def build(self) -> None:
        self.known: PersonLine | None = None
        self.fields: dict[str, Field] = {}
        self._about = Id("")
        self._asked = 0
        self._keeping = Keeping(self, "referral")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask_likes)

    def enter(self, params: Params) -> None:
        self._keeping.drop()
        self.known = None
        self._about = Id(params.get("participant", ""))
        desk, about = self.context.desk, self._about

        def read() -> tuple[dict[str, object], PersonLine | None]:
            kept = self._keeping.read(desk, about)
            known = str(kept.get("known") or about)
            return kept, participants.line(desk, Id(known)) if known else None

        self.run(read, lambda found: self._lay(*found))

    def _lay(self, kept: dict[str, object], known: PersonLine | None) -> None:
        self.clear_body()
        self.fields = {}
        self.set_title(text("referral.title"))
        who = self._part("referral.who", LEFT)
        self.likes_card = LikesCard(self._choose)
        reach = self._part("referral.contact", REACH)
        came = self._part("referral.came", CAME)
        work = self._part("referral.work", WORK)
        # beside what is typed, so that nothing moves under the hands when somebody is found
        beside = Clear()
        right = column(beside, (0, 0, 0, 0), 12)
        right.addWidget(self.likes_card)
        right.addWidget(reach, 1)
        self.add(Columns([(who, 1), (beside, 1)]), Columns([(came, 1), (work, 1)]), self._agreements())
        self.add_end()
        for name in ("given_name", "family_name", "birth_date", "nhs_number"):
            self.fields[name].control.edited.connect(self._rest.start)
        back = outlined(text("referral.cancel"), self.context.navigator.back)
        away = quiet(text("referral.throw_away"), self._throw_away, "trash-2")
        self.set_foot(Foot(back, filled(text("referral.take"), self._take, "check"), left=away))
        again = self._keeping.hold(self._about, self.fields, kept, self._beside)
        self.sent_by.follow(self.fields["source"])
        self.begin.setChecked(kept.get("begin") is True)
        self.begin.toggled.connect(lambda _on: self._keeping.rest())
        if again or kept.get("known"):
            self.say(Alert("", text("referral.again"), "info", on_close=self.unsay))
        if known is not None:
            self._choose(known)
        else:
            self._ask_likes()
        self.ready()

    def _beside(self) -> dict[str, object]:
        """What belongs to the form and stands in no field."""
        chosen = str(self.known.participant) if self.known is not None and not self._about else ""
        return {"known": chosen, "begin": self.begin.isChecked()}

    def _throw_away(self) -> None:
        """Everything typed goes; one press brings it back."""
        held = {**{name: field.control.value() for name, field in self.fields.items()}, **self._beside()}
        desk, about = self.context.desk, self._about
        self._keeping.drop()

        def thrown(_nothing: object) -> None:
            self.unsay()
            self.enter(self.params)
            back = outlined(text("referral.bring_back"), lambda: self._bring_back(held), "undo-2")
            self.say(Alert("", text("referral.thrown_away"), "info", act=back))

        self.run(lambda: self._keeping.forget(desk, about), thrown)

    def _bring_back(self, held: dict[str, object]) -> None:
        desk, about = self.context.desk, self._about
        self._keeping.drop()

        def kept(_nothing: object) -> None:
            self.unsay()
            self.enter(self.params)

        self.run(lambda: typed.keep_form(desk, about, "referral", held), kept)

    def first_focus(self) -> Any:
        return self.fields["given_name"].control

    def leave(self) -> None:
        self._rest.stop()
        self._keeping.keep()

    def _part(self, title: str, names: tuple[str, ...]) -> Card:
        card = Card(text(title), gap=10)
        optional = {"preferred_name", "pronouns", "nhs_number"}
        if title == "referral.came":
            self.sent_by = SourceFields()
        for name in names:
            if name in FIELDS:
                field = self.sent_by.fields[name]
                self.fields[name] = field
                card.add(field)
                continue
            label = {"nhs_number_status": "number_status", "status": "work"}.get(name, name)
            hint = text(f"referral.{HINTS[name]}") if name in HINTS else ""
            field = Field(text(f"referral.{label}"), self._control(name), hint=hint, optional=name in optional)
            self.fields[name] = field
            card.add(field)
        return card.end()

    def _control(self, name: str) -> Any:
        today = self.context.today()
        if name in DAYS:
            return DateField(today if name == "received_on" else None, today=today, past=True)
        if name == "nhs_number_status":
            options = [(one.value, text(f"referral.number.{one.value}")) for one in NumberStatus]
            return Choice(options, NumberStatus.GIVEN.value)
        if name == "needs":
            return Checks([(one.value, text(f"person.needs.{one.value}")) for one in Need], columns=2)
        if name == "source":
            return DropDown(
                [(one.value, text(f"referral.source_of.{one.value}")) for one in ReferralSource], empty=True
            )
        if name == "status":
            options = [(one.value, text(f"participants.status.{one.value}")) for one in WorkStatus]
            return DropDown(options, empty=text("referral.not_asked"))
        return LongText(lines=3) if name == "reason" else TextField()

    def _agreements(self) -> Card:
        card = Card(text("referral.agreements"), text("agreement.ask_first"), gap=10)
        options = [("yes", text("agreement.yes")), ("no", text("agreement.no")), ("", text("referral.not_asked"))]
        left: list[Field] = []
        right: list[Field] = []
        for place, (kind, party) in enumerate(agreements.QUESTIONS):
            field = Field(agreement_words(kind.value, party.value), Choice(options, "", columns=3))
            self.fields[f"agree_{kind.value}_{party.value}"] = field
            (left if place % 2 == 0 else right).append(field)
        for one, other in zip(left, right, strict=True):
            card.add(Columns([(one, 1), (other, 1)]))
        how = [(one, text(f"agreement.how_said.{one}")) for one in ("in_room", "phone", "paper", "online")]
        self.fields["how"] = Field(text("referral.how"), DropDown(how, "in_room", width=240))
        self.begin = Check(text("referral.begin"))
        return card.add(self.fields["how"]).rule().add(self.begin)

    # People who may be the same

    def _ask_likes(self) -> None:
        self._rest.stop()
        given, family = self.fields["given_name"].control.value(), self.fields["family_name"].control.value()
        born, number = self.fields["birth_date"].control.day(), self.fields["nhs_number"].control.value()
        self._asked += 1
        asked, desk = self._asked, self.context.desk
        if self.known is not None:
            return
        named = len(given) > 1 and len(family) > 1
        if not named and not number and not (born is not None and given and family):
            self.likes_card.show_likes(())
            return

        def show(found: tuple[Like, ...]) -> None:
            if asked == self._asked and self.known is None:
                self.likes_card.show_likes(found)

        self.run(lambda: participants.like(desk, given, family, born, number or None), show)

    def _choose(self, one: PersonLine) -> None:
        """The referral is for somebody who is here: nothing of theirs is asked or changed."""
        self.known = one
        self.likes_card.show_known(one, self._not_them if not self._about else None)
        self._keeping.rest()
        for name in (*LEFT, *REACH):
            self.fields[name].setEnabled(False)

    def _not_them(self) -> None:
        self.known = None
        self._keeping.rest()
        for name in (*LEFT, *REACH):
            self.fields[name].setEnabled(True)
        self._ask_likes()

    # Taking it

    def _words(self, name: str) -> str | None:
        return self.fields[name].control.value() or None

    def _who(self) -> ParticipantDetails:
        return ParticipantDetails(
            given_name=self._words("given_name") or "",
            family_name=self._words("family_name") or "",
            birth_date=self.fields["birth_date"].control.day(),
            nhs_number_status=NumberStatus(self._words("nhs_number_status") or NumberStatus.GIVEN),
            needs=frozenset(self.fields["needs"].control.value()),
            preferred_name=self._words("preferred_name"),
            pronouns=self._words("pronouns"),
            nhs_number=self._words("nhs_number"),
            address=self._words("address"),
            town=self._words("town"),
            postcode=self._words("postcode"),
            phone=self._words("phone"),
            email=self._words("email"),
            contact_note=self._words("contact_note"),
            language=self._words("language"),
        )

    def _said(self) -> tuple[AgreementDetails, ...]:
        how = self._words("how") or "in_room"
        found = []
        for kind, party in agreements.QUESTIONS:
            answer = self._words(f"agree_{kind.value}_{party.value}")
            if answer:
                found.append(AgreementDetails(kind, party, given=answer == "yes", how=how))
        return tuple(found)

    def _take(self) -> None:
        for field in self.fields.values():
            field.show_error("")
        source, status = self._words("source"), self._words("status")
        if source is None:
            self.fields["source"].show_error(text("referral.source_missing"))
        if not self.check(list(self.fields.values())):
            return
        told = None
        if status is not None:
            told = WorkDetails(
                WorkStatus(status),
                since=self.fields["since"].control.day(),
                job_title=self._words("job_title"),
                employer=self._words("employer"),
            )
        new = NewReferral(
            source=ReferralSource(source or ""),
            reason=self._words("reason") or "",
            who=self._who() if self.known is None else None,
            participant=Id(self.known.participant) if self.known is not None else None,
            received_on=self.fields["received_on"].control.day(),
            whole=True,
            **self.sent_by.told(source),
            agreements=self._said(),
            work=told,
            accept=self.begin.value(),
        )
        desk, about = self.context.desk, self._about
        self._keeping.keep()

        def take() -> Referred:
            made = referrals.create(desk, new)
            self._keeping.forget(desk, about)
            return made

        self.run(take, self._taken, self._refused)

    def _taken(self, made: Referred) -> None:
        self._keeping.drop()
        self.fields = {}
        self.context.navigator.replace("record", participant=str(made.participant))

    def _refused(self, error: Exception) -> None:
        """What is said of the agreements stands at the first of them."""
        first = "agree_take_part_participant"
        self.fail_at({"agreements" if name == first else name: field for name, field in self.fields.items()}, error)
