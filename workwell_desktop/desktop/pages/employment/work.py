"""Where somebody stands with work, as told today, each answer saved when it is left; beside it papers and time."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Card,
    Change,
    Checks,
    Choice,
    Clear,
    Columns,
    DateField,
    DropDown,
    Field,
    Foot,
    NumberField,
    PageAct,
    TextField,
    Words,
    column,
    text,
)
from workwell_desktop.desktop.pages.employment.absence import over_time, papers
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.employment import Contract, EmployerSize, Sector
from workwell_desktop.domain.evidence import AbsenceEvidence
from workwell_desktop.domain.participants import EmployerContact, WorkSituation, WorkStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.reference import load_barriers
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import evidence, work
from workwell_desktop.services.employment.evidence_views import AbsenceView
from workwell_desktop.services.employment.work_views import WorkDetails, WorkView

NOW = ("status", "since", "job_title", "employer", "employer_person", "employer_contact")
JOB = ("usual_hours", "usual_pattern", "contract", "sector", "employer_size")
DEMANDS = ("demands", "demands_words")
LISTS = {"contract": Contract, "sector": Sector, "employer_size": EmployerSize, "employer_contact": EmployerContact}


@dataclass(frozen=True)
class Found:
    """Everything of the page, read at once; ``absence`` is None for who may not read papers."""

    now: WorkView | None
    absence: AbsenceView | None


class WorkPage(PersonForm):
    """``participant``."""

    route = "work"
    help_topic = "work"

    def build(self) -> None:
        super().build()
        self._every_paper = False

    def read(self, desk: Desk, params: Any) -> Found:
        may = desk.may(Act.READ, AbsenceEvidence) and desk.may(Act.READ, Attachment)
        return Found(work.current(desk, self.who), evidence.view(desk, self.who) if may else None)

    def changed(self, records: frozenset[Change]) -> None:
        """What is being typed stays; the cards beside it are read again."""
        super().changed(records)
        mine = {kind for kind, _record, scope in records if scope == self.who}
        if self.fields and mine & {"absence_evidence", "attachment", "work_situation"}:
            desk = self.context.desk
            self.run(lambda: self.read(desk, self.params), self._beside)

    def acts(self) -> tuple[PageAct, ...]:
        may = self.context.desk.may(Act.RECORD_WORK, AbsenceEvidence)
        return (
            PageAct(text("absence.add"), self.add_paper, menu="participant", enabled=lambda: may),
            PageAct(text("absence.files"), self.open_files, menu="participant"),
        )

    def lay(self, found: Found) -> None:
        told = found.now.details if found.now is not None else None
        self._told = told
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("work.title", name=called), text("work.hint"))
        may = self.context.desk.may(Act.RECORD_WORK, WorkSituation)
        cards = []
        for title, names in (("work.now", NOW), ("work.job_card", JOB)):
            card = Card(text(title), gap=10)
            for name in names:
                card.add(self._field(name, getattr(told, name) if told else None, may=may))
            cards.append(card.end())
        if told is None:
            cards[0].add(Words(text("work.status_first"), "note", "soft"))
        demands = Card(text("work.demands_title"), text("work.demands_note"), gap=10)
        for name in DEMANDS:
            demands.add(self._field(name, getattr(told, name) if told else None, may=may))
        left = Clear()
        box = column(left, (0, 0, 0, 0), 12)
        box.addWidget(Columns([(cards[0], 1), (cards[1], 1)]))
        box.addWidget(demands.end())
        box.addStretch(1)
        self._side = Clear()
        self._side_box = column(self._side, (0, 0, 0, 0), 12)
        self._stored = {name: self._value(name) for name in self.fields}
        if found.now is not None:
            self.belong(found.now.record)
        self._beside(found)
        self.add(Columns([(left, 2), (self._side, 1)]))
        self.add_end()
        self.set_foot(Foot(self.back_button()))

    def leave(self) -> None:
        if self.fields:
            self._field_left("")

    # Papers and work over time

    def _beside(self, found: Found) -> None:
        while self._side_box.count():
            empty(self._side_box.takeAt(0))
        if found.absence is not None:
            self._side_box.addWidget(papers(self, found.absence, every=self._every_paper))
            self._side_box.addWidget(over_time(self, found.absence))
        self._side_box.addStretch(1)

    def show_every_paper(self) -> None:
        """The whole list, where it is long."""
        self._every_paper = True
        desk = self.context.desk
        self.run(lambda: self.read(desk, self.params), self._beside)

    def add_paper(self) -> None:
        """To the page where a paper is written down."""
        self.go("evidence", participant=str(self.who))

    def open_paper(self, paper: Id) -> None:
        """To one that was written down."""
        self.go("evidence", participant=str(self.who), evidence=str(paper))

    def open_files(self) -> None:
        """To what was brought."""
        self.go("attachments", participant=str(self.who))

    # Fields

    def _field(self, name: str, value: Any, *, may: bool) -> Field:
        hint = text("work.pattern_hint") if name == "usual_pattern" else ""
        unit = text("work.hours_unit") if name == "usual_hours" else ""
        field = Field(text(f"work.{name}"), self._control(name, value), hint=hint, unit=unit)
        self.fields[name] = field
        if may:
            field.control.done.connect(partial(self._field_left, name))
        else:
            field.control.set_read_only(True)
        return field

    def _control(self, name: str, value: Any) -> Any:
        if name == "since":
            return DateField(value, today=self.context.today(), past=True)
        if name == "usual_hours":
            return NumberField(value, low=0, high=168, places=2)
        if name == "status":
            return Choice([(one.value, text(f"participants.status.{one.value}")) for one in WorkStatus], value)
        if name in LISTS:
            words = "contact" if name == "employer_contact" else f"{name}_of"
            options = [(one.value, text(f"work.{words}.{one.value}")) for one in LISTS[name]]
            return DropDown(options, value, empty=True)
        if name == "demands":
            return Checks([(one.code, one.words) for one in load_barriers()], value or (), columns=3)
        return TextField(value or "")

    def _value(self, name: str) -> Any:
        control = self.fields[name].control
        if name == "since":
            return control.day()
        if name == "usual_hours":
            return control.number()
        return control.value() if name == "demands" else control.value() or None

    def _field_left(self, _name: str) -> None:
        """All of it is one telling of today: one record, told again until it is right."""
        if any(field.control.fault() for field in self.fields.values()):
            return
        values = {name: self._value(name) for name in self.fields}
        if values == self._stored:
            return
        if values["status"] is None:
            self.fields["status"].show_error(text("work.status_first"))
            return
        before, self._stored = self._stored, values
        known = self._told
        listed: dict[str, Any] = {name: kind(values[name]) if values[name] else None for name, kind in LISTS.items()}
        plain: dict[str, Any] = {name: values[name] for name in (*NOW[1:5], "usual_hours", "usual_pattern", *DEMANDS)}
        told = WorkDetails(
            status=WorkStatus(values["status"]),
            **plain,
            **listed,
            # told in a referral or a form, and asked nowhere here: papers are written down by themselves
            evidence=known.evidence if known is not None else None,
            evidence_until=known.evidence_until if known is not None else None,
        )
        desk, who = self.context.desk, self.who

        def failed(error: Exception) -> None:
            self._stored = before
            self.refused(error)

        def kept(_id: object) -> None:
            for field in self.fields.values():
                field.show_error("")
            self.errors.show_links([])
            self.saved()

        self.run(lambda: work.record(desk, who, told), kept, failed)
