"""A person's details: name, how to reach them, needs, papers. Each answer is saved when it is left."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Card,
    Checks,
    Choice,
    Columns,
    DateField,
    Field,
    Foot,
    TextField,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.intake import number_shown
from workwell_desktop.domain.participants import Need, NumberStatus, PaperFormat, Participant
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.desk import Desk

NAMES = ("given_name", "family_name", "preferred_name", "pronouns", "birth_date", "nhs_number", "nhs_number_status")
REACH = ("address", "town", "postcode", "phone", "email", "contact_note")
NEEDS = ("needs", "language", "paper_format", "gp_practice")


class DetailsPage(PersonForm):
    """``participant``."""

    route = "details"
    help_topic = "record"

    def read(self, desk: Desk, params: Any) -> Participant:
        return participants.get(desk, self.who)

    def lay(self, found: Participant) -> None:
        self._stored: dict[str, Any] = {name: getattr(found, name) for name in (*NAMES, *REACH, *NEEDS)}
        self.set_title(text("details.title", name=found.called), text("details.hint"))
        may = self.context.desk.may(Act.EDIT_PARTICIPANT, Participant)
        cards = []
        for title, names in (("details.names", NAMES), ("details.contact", REACH), ("details.needs_title", NEEDS)):
            card = Card(text(title), gap=10)
            for name in names:
                field = Field(self._label(name), self._control(name, getattr(found, name)))
                self.fields[name] = field
                if may:
                    field.control.done.connect(partial(self._field_left, name))
                else:
                    field.control.set_read_only(True)
                card.add(field)
            cards.append(card.end())
        # a need of a newer program has no box here: leaving the page must not take it away
        self._stored |= {name: self._value(name) for name in self.fields}
        self.belong(self.who)
        self.add(Columns([(cards[0], 1), (cards[1], 1), (cards[2], 1)]))
        self.add_end()
        self.set_foot(Foot(self.back_button()))

    def leave(self) -> None:
        for name in self.fields:
            self._field_left(name)

    def _label(self, name: str) -> str:
        return text(
            f"details.{name}"
            if name in ("paper_format", "gp_practice")
            else f"referral.{'number_status' if name == 'nhs_number_status' else name}"
        )

    def _control(self, name: str, value: Any) -> Any:
        if name == "birth_date":
            return DateField(value, today=self.context.today(), past=True)
        if name == "nhs_number":
            return TextField(number_shown(value))
        if name == "nhs_number_status":
            return Choice([(one.value, text(f"referral.number.{one.value}")) for one in NumberStatus], value)
        if name == "needs":
            return Checks([(one.value, text(f"person.needs.{one.value}")) for one in Need], value or (), columns=1)
        if name == "paper_format":
            return Choice([(one.value, text(f"details.format.{one.value}")) for one in PaperFormat], value)
        return TextField(value or "")

    def _value(self, name: str) -> Any:
        control = self.fields[name].control
        if name == "birth_date":
            return control.day()
        value = control.value()
        if name == "nhs_number_status":
            return NumberStatus(value) if value else None
        if name == "paper_format":
            return PaperFormat(value) if value else None
        if name == "nhs_number":
            return "".join(value.split()) or None
        return value if name == "needs" else value or None

    def _field_left(self, name: str) -> None:
        if name not in self.fields or self.fields[name].control.fault():
            return
        value = self._value(name)
        if value == self._stored.get(name) or (name == "nhs_number_status" and not self._stored.get("nhs_number")):
            return
        before = self._stored[name]
        self._stored[name] = value
        desk, who = self.context.desk, self.who

        def failed(error: Exception) -> None:
            self._stored[name] = before
            self.refused(error)

        def kept(_one: object) -> None:
            if name in self.fields and self.fields[name].wrong:
                self.fields[name].show_error("")
                self.errors.show_fields(list(self.fields.values()))
            self.saved()

        self.run(lambda: participants.edit(desk, who, **{name: value}), kept, failed)
