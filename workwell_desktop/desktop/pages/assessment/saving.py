"""What a person does in the column, made durable: one service call for each act, on the worker, in order."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from workwell_desktop.desktop.kit import Change, announce, text
from workwell_desktop.desktop.pages.assessment.snapshot import PLACE, Opened, Place, Snapshot, after, opened, risks_of
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.left_out import Reason
from workwell_desktop.services.assessing import assessments, form_signing, risk
from workwell_desktop.services.assessing.filling import Filling, Saved
from workwell_desktop.services.assessing.form_signing import Ink
from workwell_desktop.services.assessing.risk import RiskView
from workwell_desktop.services.planning import typed

if TYPE_CHECKING:
    from workwell_desktop.desktop.pages.assessment.sheet import AssessmentSheet


class _Own:
    """An act of this page that is under way; ``told`` once the store has told of a change."""

    told = False


class Saving:
    """The hearer of the columns. ``failed`` says that the last act is not durable."""

    def __init__(self, page: "AssessmentSheet") -> None:
        self._page = page
        self.failed = False
        self.typed: dict[str, str] = {}
        self.risks: tuple[RiskView, ...] = ()
        self.all_risks: tuple[RiskView, ...] = ()
        self.may_answer = True
        self.may_amend = False
        self._kinds: set[str] = set()
        self._place: Place | None = None
        self._own: list[_Own] = []

    def begin(self, state: Opened) -> None:
        """Another response is on the page, or the same anew."""
        self.typed = dict(state.typed)
        self._place = state.place
        self.risks, self.all_risks = state.risks, state.head.risks
        self.may_answer = self._page.context.desk.may(Act.ASSESS, Response)
        self.may_amend = state.may_amend
        self.failed = False

    # The column

    def answered(self, path: str, value: Any) -> None:
        """An answer was given, changed or taken back."""
        filling = self._filling()
        if filling is None or filling.status is not ResponseStatus.IN_PROGRESS:
            return
        desk = self._page.context.desk
        had_words = self.typed.pop(path, "")

        def work() -> tuple[Saved, Snapshot]:
            saved = after(filling, lambda: assessments.answer(desk, filling, path, value))
            if had_words:
                typed.keep(desk, filling.response, path, "")
            return saved

        def done(found: tuple[Saved, Snapshot]) -> None:
            self._saved(found)
            self._page.settled(path, value)

        def failed(error: Exception) -> None:
            self._page.settled(path, value)
            self._went_wrong(error)

        self._act(work, done, failed)

    def attached(self, path: str, file: Path, media_type: str) -> None:
        """A file was chosen for an answer."""
        filling = self._filling()
        if filling is not None:
            desk = self._page.context.desk

            def attach() -> Saved:
                return assessments.attach(desk, filling, path, file.read_bytes(), media_type)

            self._act(lambda: after(filling, attach), self._saved)

    def half_typed(self, path: str, words: str) -> None:
        """Words that are no answer: kept beside the log, and found again."""
        filling = self._filling()
        if filling is None or words == self.typed.get(path, ""):
            return
        desk = self._page.context.desk
        if words:
            self.typed[path] = words
        else:
            self.typed.pop(path, None)
        self._page.run(lambda: typed.keep(desk, filling.response, path, words))

    def typing(self) -> None:
        """A pause will save it."""
        self._page.typing()

    def add_instance(self, path: str) -> None:
        """One more instance of a repeating group."""
        self._change(lambda desk, filling: assessments.add_repeat(desk, filling, path), self._added)

    def remove_instance(self, path: str) -> None:
        """One instance less."""
        self._change(lambda desk, filling: assessments.remove_repeat(desk, filling, path), self._shown)

    def leave_out(self, path: str, reason: str) -> None:
        """The person would rather not answer, or it does not apply; without a reason the question is open again."""
        chosen = Reason(reason) if reason else None
        self._change(lambda desk, filling: assessments.leave_out(desk, filling, path, chosen), self._shown)

    def onward(self, path: str) -> None:
        """The next question, once everything before is drawn: the worker does one thing after another."""
        self._page.run(lambda: None, lambda _none: self._page.focus_after(path))

    def keep_place(self, place: Place) -> None:
        """Where somebody is in the form, so that they find it again here."""
        filling = self._filling()
        if filling is None or place == self._place:
            return
        self._place = place
        desk = self._page.context.desk
        self._page.run(lambda: typed.keep(desk, filling.response, PLACE, place.written()), failed=lambda _error: None)

    def signed(self, path: str, kind: str, name: str, ink: Ink) -> None:
        """Somebody signed."""
        self._change(lambda desk, filling: form_signing.sign(desk, filling, path, kind, name, ink), self._shown)

    def not_signed(self, path: str, kind: str, name: str, outcome: str, reason: str) -> None:
        """Somebody would not or could not sign, and why."""

        def note(desk: Any, filling: Filling) -> None:
            form_signing.not_signed(desk, filling, path, kind, name, outcome, reason)

        self._change(note, self._shown)

    # The response

    def complete(self) -> None:
        """The response is done."""
        filling = self._filling()
        if filling is None:
            return

        def done(_result: object) -> None:
            self._page.completed(filling.response)

        self._change(assessments.complete, done)

    def reopen(self) -> None:
        """Something was entered wrongly."""
        self._change(assessments.reopen, lambda _result: self._read())

    def withdraw(self) -> None:
        """Entered for the wrong person, or on the wrong form."""
        self._change(lambda desk, filling: assessments.withdraw(desk, filling.response), lambda _result: self._read())

    def heard(self, records: frozenset[Change]) -> None:
        """The store changed. An act of this page brings one notice while it is under way, which is passed over. If
        somebody else's came first, the next one is looked at, with the next turn of the event loop."""
        mine = next((one for one in self._own if not one.told), None)
        if mine is not None:
            mine.told = True
            return
        if not self._kinds:
            QTimer.singleShot(0, self._page, self._look_again)
        self._kinds |= {kind for kind, _record, _scope in records}

    def _look_again(self) -> None:
        """Reads the store where it may say something else than the page."""
        kinds, self._kinds = self._kinds, set()
        filling = self._filling()
        if filling is None:
            return
        desk = self._page.context.desk

        def work() -> tuple[bool, tuple[tuple[RiskView, ...], tuple[RiskView, ...]] | None]:
            asked = "risk" in kinds
            risks = (risks_of(desk, filling), risk.open_ones(desk, filling.participant)) if asked else None
            return assessments.differs(desk, filling), risks

        def done(found: tuple[bool, tuple[tuple[RiskView, ...], tuple[RiskView, ...]] | None]) -> None:
            differs, risks = found
            if differs:
                self._read()
            elif risks is not None and risks != (self.risks, self.all_risks):
                self.risks, self.all_risks = risks
                self._page.risks_changed()

        self._page.run(work, done)

    def _read(self) -> None:
        self._page.flush()
        filling = self._filling()
        if filling is not None:
            desk = self._page.context.desk
            self._page.run(lambda: opened(desk, filling.participant, filling.response), self._page.reopened)

    def _filling(self) -> Filling | None:
        return self._page.filling

    def _change(self, act: Callable[[Any, Filling], Any], done: Callable[[tuple[Any, Snapshot]], None]) -> None:
        filling = self._filling()
        if filling is not None:
            desk = self._page.context.desk
            self._act(lambda: after(filling, lambda: act(desk, filling)), done)

    def _act(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Does an act of this page; what the store tells of it is no news here."""
        own = _Own()
        self._own.append(own)

        def end() -> None:
            self._own.remove(own)

        def succeeded(found: Any) -> None:
            end()
            done(found)

        def went_wrong(error: Exception) -> None:
            end()
            (failed or self._went_wrong)(error)

        self._page.run(work, succeeded, went_wrong)

    def _went_wrong(self, error: Exception) -> None:
        """Nothing typed is lost: it still stands in the field, and the foot says that it is not saved."""
        again, self.failed = self.failed, True
        if not again:
            self._page.fail(error)
        self._page.refresh()
        self._page.retry_later()

    def _saved(self, found: tuple[Saved, Snapshot]) -> None:
        saved, shot = found
        there_is_room = self.failed
        self._show(shot)
        if there_is_room:
            self._page.retry()
        filling = self._filling()
        if saved.risk is not None and filling is not None:
            desk = self._page.context.desk

            def work() -> tuple[tuple[RiskView, ...], tuple[RiskView, ...]]:
                return risks_of(desk, filling), risk.open_ones(desk, filling.participant)

            self._page.run(work, self._raised)

    def _raised(self, found: tuple[tuple[RiskView, ...], tuple[RiskView, ...]]) -> None:
        self.risks, self.all_risks = found
        if self.risks and self._page.tells_risk:
            one = self.risks[-1]
            words = text("assessment.risk_why", called=one.called, answer=one.answer, question=one.question)
            announce(f"{text('assessment.risk_title')}. {words}", self._page, at_once=True)
        # it is said at once and shown with the next turn of the event loop: the answer itself is not kept waiting
        QTimer.singleShot(0, self._page, self._page.risks_changed)

    def _shown(self, found: tuple[Any, Snapshot]) -> None:
        self._show(found[1])

    def _added(self, found: tuple[Any, Snapshot]) -> None:
        path, shot = found
        self._show(shot)
        self._page.focus_instance(str(path))

    def _show(self, shot: Snapshot) -> None:
        if self.failed:
            self.failed = False
            self._page.unsay()
        self._page.shot = shot
        self._page.refresh()
