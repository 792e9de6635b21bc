"""One paper for being off work: written down anew, or changed field by field."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Checks,
    Choice,
    Columns,
    DateField,
    DropDown,
    Field,
    Foot,
    LongText,
    TextField,
    Words,
    alone,
    filled,
    long_day,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.employment.absence import hint_words
from workwell_desktop.desktop.pages.keeping import Keeping
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.evidence import (
    ISSUED,
    MAY_ISSUE,
    SAYS_FITNESS,
    AbsenceEvidence,
    Fitness,
    Issuer,
    Option,
)
from workwell_desktop.domain.participants import Evidence
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import evidence
from workwell_desktop.services.employment.evidence_views import AbsenceView, EvidenceDetails, EvidenceLine

Found = tuple[AbsenceView, dict[str, object]]
OF_THE_ISSUER = ("issuer", "issuer_name", "issued_on", "function")
OF_FITNESS = ("fitness", "seen_again")


class EvidencePage(PersonForm):
    """``participant`` and, to change one, ``evidence``."""

    route = "evidence"
    help_topic = "work"

    def build(self) -> None:
        super().build()
        self.one: EvidenceLine | None = None
        self._keeping = Keeping(self, "evidence")

    def read(self, desk: Desk, params: Any) -> Found:
        return evidence.view(desk, self.who), self._keeping.read(desk, self.who)

    def lay(self, found: Found) -> None:
        self._keeping.drop()
        view, kept = found
        self.one = next((one for one in view.lines if str(one.evidence) == self.params.get("evidence")), None)
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(
            text("absence.change_title") if self.one else text("absence.page_title", name=called),
            text("absence.page_note"),
        )
        told = self.one.details if self.one is not None else None
        self._may = self.context.desk.may(Act.RECORD_WORK, AbsenceEvidence)
        for hint in view.hints:
            if self.one is not None and hint.evidence == self.one.evidence:
                self.add(Alert("", hint_words(hint, self.context.today()), "due"))
        what = Card(text("absence.what"), gap=10)
        about = Card(text("absence.about"), text("absence.about_note"), gap=10)
        self._make(told)
        for name in ("kind", "starts_on", "ends_on", "issuer", "issuer_name", "issued_on"):
            what.add(self.fields[name])
        for name in ("fitness", "options", "function", "seen_again", "note"):
            about.add(self.fields[name])
        self._kind_line = Words("", "note", "soft")
        what.body.insertWidget(2, self._kind_line)
        self._about = about
        self.add(Columns([(what.end(), 1), (self._aside(about), 1)]))
        self.add_end()
        self.fields["kind"].control.done.connect(self._kind_changed)
        self.fields["fitness"].control.done.connect(self._kind_changed)
        if self.one is None:
            self._keeping.hold(self.who, self.fields, kept)
            save = filled(text("absence.save"), self._save, "check")
            self.set_foot(Foot(self._back(), save) if self._may else Foot(self._back()))
        else:
            self._stored = self._given()
            for field in self.fields.values():
                if self._may:
                    field.control.done.connect(self._change)
                else:
                    field.control.set_read_only(True)
            self.set_foot(Foot(self._back(), left=self._remove_button()))
        self._kind_changed()

    def leave(self) -> None:
        self._keeping.keep()
        if self.one is not None and self.fields and self._may:
            self._change()

    # What stands on the page

    def _make(self, told: EvidenceDetails | None) -> None:
        today = self.context.today()
        kinds = [(one.value, text(f"absence.kind.{one.value}")) for one in Evidence]
        fitness = [(one.value, alone(text(f"absence.fitness.{one.value}"))) for one in Fitness]
        options = [(one.value, text(f"absence.option.{one.value}")) for one in Option]
        again = [(one, text(f"absence.seen_again.{one}")) for one in ("yes", "no")]
        seen = None if told is None or told.seen_again is None else "yes" if told.seen_again else "no"
        issuer = told.issuer.value if told is not None and told.issuer is not None else None

        def was(name: str) -> Any:
            return getattr(told, name) if told is not None else None

        self.fields = {
            "kind": Field(text("absence.kind_label"), Choice(kinds, told.kind.value if told else None, columns=2)),
            "starts_on": Field(text("absence.starts_on"), DateField(was("starts_on"), today=today)),
            "ends_on": Field(
                text("absence.ends_on"), DateField(was("ends_on"), today=today), hint=text("absence.ends_hint")
            ),
            "issuer": Field(text("absence.issuer_label"), DropDown(self._issuers(None), issuer, empty=True)),
            "issuer_name": Field(text("absence.issuer_name"), TextField(was("issuer_name") or ""), optional=True),
            "issued_on": Field(
                text("absence.issued_on"), DateField(was("issued_on"), today=today, past=True), optional=True
            ),
            "fitness": Field(text("absence.fitness_label"), Choice(fitness, was("fitness"), columns=2)),
            "options": Field(text("absence.options_label"), Checks(options, was("options") or (), columns=2)),
            "function": Field(
                text("absence.function"), LongText(was("function") or "", lines=3), hint=text("absence.function_hint")
            ),
            "seen_again": Field(text("absence.seen_again_label"), Choice(again, seen, columns=2)),
            "note": Field(text("absence.note"), TextField(was("note") or ""), optional=True),
        }

    def _aside(self, about: Card) -> Card:
        """What is known of one that is there already stands under it."""
        if self.one is None:
            return about.end()
        if self.one.recorded_on is not None:
            day = long_day(self.one.recorded_on, self.context.today())
            about.rule().add(Words(text("absence.noted_by", day=day, name=self.one.recorded_by), "note", "soft"))
        about.add(Words(text("absence.saved_already"), "note", "soft"))
        evidence_id = str(self.one.evidence)
        if self.one.brought:
            shown = text("absence.see_scans", count=self.one.brought)
            about.add_left(
                quiet(shown, partial(self.go, "attachments", participant=str(self.who)), "paperclip"),
            )
        if self._may:
            add = partial(self.go, "attachment", participant=str(self.who), evidence=evidence_id)
            about.add_left(outlined(text("absence.scan"), add, "paperclip"))
        return about.end()

    def _issuers(self, kind: Evidence | None) -> list[tuple[str, str]]:
        may = MAY_ISSUE.get(kind, frozenset(Issuer)) if kind is not None else frozenset(Issuer)
        return [(one.value, text(f"absence.issuer.{one.value}")) for one in Issuer if one in may]

    def _kind_changed(self) -> None:
        """Only what such a paper can say is asked for."""
        chosen = self.fields["kind"].control.value()
        kind = Evidence(chosen) if chosen else None
        self._kind_line.say(text(f"absence.kind_line.{kind.value}") if kind is not None else "")
        self._kind_line.setVisible(kind is not None)
        issuer, offered = self.fields["issuer"].control, self._issuers(kind)
        was = issuer.value()
        issuer.set_options(offered, was if was in dict(offered) else None)
        issued = kind in ISSUED
        for name in OF_THE_ISSUER:
            self.fields[name].setVisible(issued)
        for name in OF_FITNESS:
            self.fields[name].setVisible(kind in SAYS_FITNESS)
        may_be = self.fields["fitness"].control.value() == Fitness.MAY_BE_FIT
        self.fields["options"].setVisible(kind in SAYS_FITNESS and may_be)
        self.context.frame.acts_changed()

    # Keeping it

    def _given(self) -> EvidenceDetails | None:
        """What stands in the fields; None without a kind, or where a field cannot be read."""
        control = {name: field.control for name, field in self.fields.items()}
        if not control["kind"].value() or any(one.fault() for one in control.values()):
            return None
        again = control["seen_again"].value()
        fitness, issuer = control["fitness"].value(), control["issuer"].value()
        return EvidenceDetails(
            kind=Evidence(control["kind"].value()),
            starts_on=control["starts_on"].day(),
            ends_on=control["ends_on"].day(),
            issued_on=control["issued_on"].day(),
            issuer=Issuer(issuer) if issuer else None,
            issuer_name=control["issuer_name"].value(),
            fitness=Fitness(fitness) if fitness else None,
            options=control["options"].value(),
            function=control["function"].value(),
            seen_again=again == "yes" if again else None,
            note=control["note"].value(),
        )

    def _clear(self) -> None:
        for field in self.fields.values():
            field.show_error("")
        self.errors.show_links([])

    def _save(self) -> None:
        self._clear()
        if not self.fields["kind"].control.value():
            self.fields["kind"].show_error(text("absence.kind_missing"))
        if not self.errors.show_fields(list(self.fields.values())) or self.wrong():
            return
        given = self._given()
        if given is None:
            return
        desk, who = self.context.desk, self.who
        self._keeping.keep()

        def save() -> Id:
            made = evidence.record(desk, who, given)
            self._keeping.forget(desk, who)
            return made

        def saved(_made: Id) -> None:
            self._keeping.drop()
            self.context.navigator.replace("work", participant=str(who))

        self.run(save, saved, self.refused)

    def _change(self) -> None:
        given = self._given()
        if self.one is None or given is None or given == self._stored:
            return
        before, self._stored = self._stored, given
        desk, which = self.context.desk, self.one.evidence

        def failed(error: Exception) -> None:
            self._stored = before
            self.refused(error)

        def kept(_nothing: object) -> None:
            self._clear()
            self.saved()

        self.run(lambda: evidence.change(desk, which, given), kept, failed)

    def _remove_button(self) -> Any:
        if not self._may or self.one is None:
            return None
        desk, which = self.context.desk, self.one.evidence

        def gone(_nothing: object) -> None:
            self.one, self.fields = None, {}
            self.context.navigator.replace("work", participant=str(self.who))

        return quiet(
            text("absence.remove"),
            lambda: self.run(lambda: evidence.remove(desk, which), gone, self.refused),
            "trash-2",
        )

    def _back(self) -> Any:
        back = partial(self.context.navigator.replace, "work", participant=str(self.who))
        return outlined(text("absence.back"), back, "arrow-left")
