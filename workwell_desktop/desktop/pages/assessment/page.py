"""The assessment: parts at the left, one column of questions, the answer from last time beside each.

    leaving a field ──▶ Saving.answered ──worker──▶ assessments.answer ──▶ (Saved, Snapshot) ──▶ column, foot

The running form lives on the worker alone; the window draws snapshots of it.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from workwell_desktop.desktop.kit import Change, Foot, PageAct, Params, outlined, quiet, text
from workwell_desktop.desktop.pages.assessment import moving
from workwell_desktop.desktop.pages.assessment.asked import focus_target
from workwell_desktop.desktop.pages.assessment.choose import Chooser, Offers, offers
from workwell_desktop.desktop.pages.assessment.lines import parts_of
from workwell_desktop.desktop.pages.assessment.question import QuestionBlock
from workwell_desktop.desktop.pages.assessment.sheet import AssessmentSheet
from workwell_desktop.desktop.pages.assessment.snapshot import Opened, Place, opened
from workwell_desktop.desktop.pages.person_banner import show_person
from workwell_desktop.desktop.shell.focus import focus_again, focus_key
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.left_out import Reason
from workwell_desktop.domain.records import Id
from workwell_desktop.services.assessing import assessments
from workwell_desktop.services.assessing.form_signatures import Signing

REST = 600
"""Milliseconds of rest after which the place in the form is kept."""
AGAIN = 5000
"""Milliseconds after which an answer that could not be saved is tried again."""


class AssessmentPage(AssessmentSheet):
    """``participant`` alone: choose a form. With ``response``: go on with it, or read it. With ``form``: begin it."""

    route = "assessment"
    nav = "participants"
    help_topic = "assessment"

    def build(self) -> None:
        super().build()
        self._begin_at: QuestionBlock | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._keep_place)
        self._retrying = QTimer(self)
        self._retrying.setSingleShot(True)
        self._retrying.setInterval(AGAIN)
        self._retrying.timeout.connect(self.retry)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def enter(self, params: Params) -> None:
        who, response = Id(params["participant"]), params.get("response")
        if response:
            self.run(lambda: opened(self.context.desk, who, Id(response)), self._opened)
        elif params.get("form"):
            self._start(params["form"], Mode(params.get("mode", Mode.INTERVIEW.value)))
        else:
            done = params.get("done")
            self.run(lambda: offers(self.context.desk, who, Id(done) if done else None), self._choose)

    # Choosing

    def _choose(self, found: Offers) -> None:
        self.clear_body()
        show_person(self, found.head)
        self.set_title(text("assessment.title"))
        self.add(Chooser(found, self.context.today(), self._start, self._open))
        self.add_end()
        buttons = [outlined(text("assessment.to_record"), self.to_record)]
        if self.context.desk.may(Act.IMPORT_CASE, Response):
            buttons.insert(0, quiet(text("assessment.bring_in"), self.bring_in, "file-plus"))
        self.set_foot(Foot(*buttons))
        self.ready()

    def _start(self, url: str, mode: Mode) -> None:
        who = Id(self.params["participant"])
        self.run(lambda: assessments.start(self.context.desk, who, url, mode), lambda made: self._open(made.response))

    def _open(self, response: Id) -> None:
        self.context.navigator.replace("assessment", participant=self.params["participant"], response=response)

    # Opening

    def _opened(self, state: Opened) -> None:
        self.state, self.shot = state, state.shot
        self.saving.begin(state)
        self.parts = parts_of(state.filling.form)
        self._asked_now = None
        self.part = min(self.part, self.last())
        if self.part not in (*self.order().asked, self.last()):
            self.part = self.order().asked[0]
        self._columns = {}
        self._side = None
        self._signatures = None
        self._headed = self._panelled = None
        self._titled = None
        self._was_narrow = self.narrow()
        if state.place is not None and state.shot.status is ResponseStatus.IN_PROGRESS:
            self._go_back_to(state.place)
        else:
            self.draw()
        self.ready()
        if self._begin_at is not None and state.place is not None:
            cursor = state.place.cursor
            QTimer.singleShot(0, self._begin_at, lambda: self._put_cursor(cursor))
        self.context.frame.acts_changed()

    def _go_back_to(self, place: Place) -> None:
        """Goes on where somebody was: the same part, question and cursor."""
        if place.part == self.last() or place.part in self.order().asked:
            self.part = place.part
        self.draw()
        made = self._columns.get(self.part)
        if made is not None and place.path:
            self._begin_at = made.find_question(place.path)

    def _put_cursor(self, cursor: int) -> None:
        question, self._begin_at = self._begin_at, None
        if question is not None:
            question.field.focus()
            question.set_caret(cursor)

    def recall(self, memory: dict[str, Any]) -> None:
        if self.state is not None and memory.get("part") is not None:
            self.show_part(min(int(memory["part"]), self.last()), focus=False)

    def remember(self) -> dict[str, Any]:
        return {"part": self.part}

    def show_part(self, part: int, *, focus: bool = True) -> None:
        self.flush()
        if part != self.part and self.part < len(self.parts):
            self._checked.add(self.part)
        self.part = part
        self.errors.show_links([])
        self.draw()
        if self.scroller is not None:
            self.scroller.verticalScrollBar().setValue(0)
        if focus:
            # what was just laid out is in sight with the next turn of the event loop
            QTimer.singleShot(0, self, self._focus_first)

    def _focus_first(self) -> None:
        target = self.first_focus()
        if target is not None:
            target.setFocus()

    # Going on

    def next_part(self) -> None:
        if self.checked():
            self.show_part(self.order().after(self.part))

    def checked(self) -> bool:
        """Whether one may go on from this part: what is missing is shown once, and keeps nobody the second time."""
        self.flush()
        first_time = self.part not in self._checked
        self._checked.add(self.part)
        self.refresh()
        return not (self.show_errors() and first_time)

    def turn_grid(self) -> None:
        self.flush()
        self.grids = not self.grids
        self.draw()
        QTimer.singleShot(0, self, self._focus_first)

    def part_before(self) -> None:
        before = self.order().before(self.part)
        if before is not None:
            self.show_part(before)
        else:
            self.flush()
            self.to_record()

    def _title_acts(self) -> tuple[QWidget, ...]:
        state, shot = self.state, self.shot
        filling_themselves = state is not None and state.mode is Mode.SELF
        if not filling_themselves or shot is None or shot.status is not ResponseStatus.IN_PROGRESS:
            return ()
        return (outlined(text("assessment.hand_over"), self.hand_over, "laptop"),)

    def hand_over(self) -> None:
        """The participant gets the laptop, with this form and nothing else."""
        filling = self.filling
        if filling is None or not self.saving.may_answer:
            return
        self.flush()
        desk = self.context.desk

        def done(_none: object) -> None:
            self.context.frame.hand_over(str(filling.participant), str(filling.response))

        self.run(lambda: assessments.hand_over(desk, filling), done)

    def save_file(self) -> None:
        """The finished assessment, answers and scores, as a FHIR file."""
        if self.filling is not None and self.may_export():
            moving.save(self, self.filling.response, self.filling.form.title)

    def bring_in(self) -> None:
        """An assessment from a FHIR file, into this person's record."""
        who = Id(self.params["participant"])
        moving.bring_in(self, who, lambda: self.run(lambda: offers(self.context.desk, who, None), self._choose))

    def talk(self, risk: Id) -> None:
        self.go("risk", participant=self.params["participant"], risk=risk)

    def to_record(self) -> None:
        self.go("record", participant=self.params["participant"])

    def show_errors(self) -> bool:
        """For what is wrong or missing in this part, or in all of them at the end."""
        state, shot = self.state, self.shot
        if state is None or shot is None:
            return False
        everywhere = self.part >= len(self.parts)
        pages = None if everywhere else self.parts[self.part].pages
        by_path = {one.path: one for one in shot.rows}
        links = []
        seen: set[str] = set()
        for issue in shot.issues:
            row = by_path.get(issue.path or "")
            if issue.path in seen or (pages is not None and (row is None or row.page not in pages)):
                continue
            seen.add(issue.path or "")
            name = (row.item.short_text or row.text) if row is not None else ""
            links.append((name or issue.message, self._going(issue.path)))
        if self.signs_here():
            for one in shot.unsigned():
                links.append((text("assessment.signature_of", what=one.need.label), self._signing(one)))
        self.errors.show_links(links)
        return bool(links)

    def _going(self, path: str | None) -> Callable[[], None]:
        def go() -> None:
            if path is not None and self.shot is not None:
                page = next(one.page for one in self.shot.rows if one.path == path)
                part = next(place for place, one in enumerate(self.parts) if page in one.pages)
                if part != self.part:
                    self.show_part(part, focus=False)
                self._columns[part].focus(path)

        return go

    def _signing(self, one: Signing) -> Callable[[], None]:
        def go() -> None:
            if self._signatures is not None:
                self._signatures.focus((one.need.path, one.need.code))

        return go

    def finish_it(self) -> None:
        self.flush()
        if self.part < len(self.parts):
            self._checked.add(self.part)
            self.refresh()
        if self.show_errors():
            return
        self.saving.complete()

    def completed(self, response: Id) -> None:
        self.context.navigator.replace("assessment", participant=self.params["participant"], done=response)

    def flush(self) -> None:
        self._pause.stop()
        made = self._columns.get(self.part)
        if made is not None:
            made.flush()

    def rest(self) -> None:
        made = self._columns.get(self.part)
        if made is not None:
            made.rest()

    def typing(self) -> None:
        """Somebody types: after a pause it is saved."""
        self._pause.start()

    def leave(self) -> None:
        self._keep_place()
        self.flush()

    def retry_later(self) -> None:
        """An answer could not be saved: it is tried again by itself."""
        self._retrying.start()

    def retry(self) -> None:
        """Tries again to save what stands in the fields and is not saved."""
        self._retrying.stop()
        for made in self._columns.values():
            made.retry()

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        made = self._columns.get(self.part)
        if now is not None and made is not None and self.isAncestorOf(now):
            made.follow()
            self._rest.start()

    def _keep_place(self) -> None:
        """So that somebody who stops here, or is stopped, goes on here."""
        self._rest.stop()
        if self.shot is None or self.shot.status is not ResponseStatus.IN_PROGRESS:
            return
        made = self._columns.get(self.part)
        question = made.question_in_focus() if made is not None else None
        path = (made.path_in_focus() if made is not None else None) or ""
        self.saving.keep_place(Place(self.part, path, question.caret() if question is not None else -1))

    def changed(self, records: frozenset[Change]) -> None:
        """Sync, undo or a colleague changed this person's record: look whether the answers are others now."""
        state = self.state
        if state is not None and any(scope == state.filling.participant for _kind, _record, scope in records):
            self.saving.heard(records)

    def reopened(self, state: Opened) -> None:
        self.flush()
        self.state, self.shot = state, state.shot
        self.saving.begin(state)
        # the columns stay, with cursor and focus; each block takes what is other now
        if self.part < len(self.parts):
            self.show_risk()
            self.redraw_foot()
            self.refresh()
        else:
            self.draw()
        self.context.frame.acts_changed()

    def focus_instance(self, path: str) -> None:
        """A new instance begins with its first question."""
        made = self._columns.get(self.part)
        if made is not None:
            made.focus_below(path)

    def risks_changed(self) -> None:
        """A conversation was opened or recorded."""
        self.show_risk()
        self.redraw_foot()
        self.refresh()

    def focus_after(self, path: str) -> None:
        """The next question of the part, or the button that goes on."""
        made = self._columns.get(self.part)
        if made is not None and not made.focus_after(path):
            button = self.filled_button() or self.next_button
            if button is not None:
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def first_focus(self) -> QWidget | None:
        if self._begin_at is not None:
            return focus_target(self._begin_at.asked.control)
        if self._signatures is not None and self.part >= len(self.parts):
            return self.filled_button() or super().first_focus()  # one reads from the top before one signs
        made = self._columns.get(self.part) if self.part < len(self.parts) else None
        return (made.first_open() if made is not None else None) or super().first_focus()

    def acts(self) -> tuple[PageAct, ...]:
        if self.state is None:
            return ()

        def there() -> bool:
            return self.state is not None

        def open_now() -> bool:
            shot = self.shot
            return shot is not None and shot.status is ResponseStatus.IN_PROGRESS and self.saving.may_answer

        return (
            PageAct(text("assessment.next_open"), self.next_open, "Ctrl+J", enabled=open_now),
            PageAct(text("assessment.leave_rather_not"), self._leave_out(Reason.RATHER_NOT), "Ctrl+Shift+R", "edit"),
            PageAct(
                text("assessment.leave_not_applicable"), self._leave_out(Reason.NOT_APPLICABLE), "Ctrl+Shift+N", "edit"
            ),
            PageAct(text("assessment.turn_previous"), self._turn_previous, "Ctrl+Shift+L", enabled=there),
            PageAct(text("assessment.hand_over"), self.hand_over, "Ctrl+Shift+H", enabled=open_now),
            PageAct(text("assessment.next_part"), self._step(1), "Ctrl+PgDown", enabled=there),
            PageAct(text("assessment.part_before"), self._step(-1), "Ctrl+PgUp", enabled=there),
            PageAct(text("assessment.clear"), self._clear, menu="edit", enabled=there),
            PageAct(text("assessment.save_file"), self.save_file, menu="file", enabled=self.may_export),
            PageAct(text("assessment.withdraw"), self.saving.withdraw, enabled=lambda: self.saving.may_amend),
        )

    def _step(self, step: int) -> Callable[[], None]:
        def go() -> None:
            wanted = self.order().after(self.part) if step > 0 else self.order().before(self.part)
            if wanted is not None and wanted <= self.last() and wanted != self.part:
                self.show_part(wanted)

        return go

    def next_open(self) -> None:
        """The next question without an answer, first one that must have one; from here on, and round."""
        self.flush()
        shot = self.shot
        if shot is None:
            return
        waiting = [
            row
            for row in shot.rows
            if row.shown and row.enabled and row.item.is_question and not row.read_only and row.value is None
        ]
        asked = [row for row in waiting if row.path not in shot.left_out]
        needed = [row for row in asked if row.path in shot.missing]
        made = self._columns.get(self.part)
        here = (made.path_in_focus() if made is not None else None) or ""
        places = {row.path: place for place, row in enumerate(shot.rows)}
        at = places.get(here, -1)
        wanted = needed or asked
        following = [row for row in wanted if places[row.path] > at] or [row for row in wanted if row.path != here]
        if following:
            self._going(following[0].path)()
        else:
            self.show_part(self.last())

    def _leave_out(self, reason: Reason) -> Callable[[], None]:
        def leave() -> None:
            made = self._columns.get(self.part)
            path = made.path_in_focus() if made is not None else None
            if path is not None and self.saving.may_answer:
                self.saving.leave_out(path, reason.value)

        return leave

    def _turn_previous(self) -> None:
        self.show_previous = not self.show_previous
        self.refresh()

    def _clear(self) -> None:
        made = self._columns.get(self.part)
        block = made.question_in_focus() if made is not None else None
        if block is not None:
            block.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.state is not None and self.narrow() != self._was_narrow:
            self._was_narrow = self.narrow()
            key = focus_key(self)
            self.draw()
            if key is not None:
                QTimer.singleShot(0, self, lambda: focus_again(self, key))
