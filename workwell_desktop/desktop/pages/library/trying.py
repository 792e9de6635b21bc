"""Trying a form out: the page of an assessment, of nobody. What is answered lives in the window alone and is gone with
it; nothing of it is stored, and no conversation is opened."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from workwell_desktop.desktop.kit import Alert, Change, Clear, PageAct, Params, column, quiet, text
from workwell_desktop.desktop.pages.assessment.page import AssessmentPage
from workwell_desktop.desktop.pages.assessment.saving import Saving
from workwell_desktop.desktop.pages.assessment.snapshot import Opened, Place, Snapshot, after, shot
from workwell_desktop.desktop.pages.person_banner import PersonHead
from workwell_desktop.domain.episodes import Mode, ResponseStatus
from workwell_desktop.domain.left_out import Reason
from workwell_desktop.domain.plans import SignatureOutcome
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.forms import link_id_of
from workwell_desktop.services.assessing import form_views, risk
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.assessing.form_signing import Ink
from workwell_desktop.services.assessing.form_views import TrialDesk
from workwell_desktop.services.caseload.search_views import ProgrammeView
from workwell_desktop.services.person.record_views import BannerView


class Trying(Saving):
    """Hears the columns as an assessment does, and answers the running form alone."""

    def begin(self, state: Opened) -> None:
        super().begin(state)
        self.may_answer = True

    def answered(self, path: str, value: Any) -> None:
        filling = self._filling()
        if filling is None or filling.status is not ResponseStatus.IN_PROGRESS:
            return
        self.typed.pop(path, None)

        def done(found: tuple[Any, Snapshot]) -> None:
            self._show(found[1])
            self._page.settled(path, value)
            self._say_risk(filling, path, value)

        self._act(lambda: after(filling, lambda: filling.run.answer(path, value)), done)

    def attached(self, path: str, file: Path, media_type: str) -> None:
        """The size is looked at, as the form may limit it; the bytes stay where they are."""
        self.answered(path, BlobRef("0" * 64, file.stat().st_size, media_type))

    def half_typed(self, path: str, words: str) -> None:
        if words:
            self.typed[path] = words
        else:
            self.typed.pop(path, None)

    def add_instance(self, path: str) -> None:
        self._change(lambda _desk, filling: filling.run.add_repeat(path, new_id()), self._added)

    def remove_instance(self, path: str) -> None:
        self._change(lambda _desk, filling: filling.run.remove_repeat(path), self._shown)

    def leave_out(self, path: str, reason: str) -> None:
        def leave(_desk: Any, filling: Filling) -> None:
            if reason:
                filling.left_out[path] = Reason(reason)
            else:
                filling.left_out.pop(path, None)

        self._change(leave, self._shown)

    def signed(self, path: str, kind: str, name: str, ink: Ink) -> None:
        self._sign(path, kind, name, SignatureOutcome.SIGNED, "")

    def not_signed(self, path: str, kind: str, name: str, outcome: str, reason: str) -> None:
        self._sign(path, kind, name, SignatureOutcome(outcome), reason)

    def _sign(self, path: str, kind: str, name: str, outcome: SignatureOutcome, reason: str) -> None:
        """What was drawn is nobody's, and is not kept."""
        now = self._page.context.clock.now()

        def sign(_desk: Any, filling: Filling) -> None:
            found = next(one.need for one in filling.signings() if (one.need.path, one.need.code) == (path, kind))
            made = filling.signature(found, name, outcome, at=now, by=new_id(), reason=reason or None)
            filling.signed.append(made)

        self._change(sign, self._shown)

    def keep_place(self, place: Place) -> None:
        """Whoever comes back begins anew."""

    def complete(self) -> None:
        filling = self._filling()
        if filling is not None:
            self._page.completed(filling.response)

    def reopen(self) -> None:
        """Nothing is ever complete here."""

    def withdraw(self) -> None:
        """Nothing was entered for anybody."""

    def heard(self, records: frozenset[Change]) -> None:
        """Nobody's record is on this page."""

    def _say_risk(self, filling: Filling, path: str, value: Any) -> None:
        """With a person this answer would open the conversation about risk."""
        if risk.asked_for(self._page.context.desk.site, filling.form, link_id_of(path), value) is None:
            return
        self._page.unsay()
        words = text("library.would_ask")
        self._page.say(Alert(text("library.would_ask_title"), words, "risk", on_close=self._page.unsay))


class TryPage(AssessmentPage):
    """``form`` is the version to try."""

    route = "form-try"
    nav = "library"
    help_topic = "library"

    def build(self) -> None:
        super().build()
        # whatever an assessment learns to write one day, from here it cannot
        self.context = replace(self.context, desk=TrialDesk(self.context.desk))
        self.saving = Trying(self)

    def enter(self, params: Params) -> None:
        desk, form = self.context.desk, Id(params["form"])

        def work() -> Opened:
            filling = form_views.try_out(desk, form)
            return Opened(
                filling=filling,
                head=PersonHead(_nobody(), ()),
                shot=shot(filling),
                risks=(),
                typed={},
                place=None,
                before={},
                may_see_scores=True,
                may_amend=False,
                mode=Mode.INTERVIEW,
            )

        self.run(work, self._begun)

    def _begun(self, state: Opened) -> None:
        self._mark()
        self._opened(state)

    def _mark(self) -> None:
        """Stays in sight on every part: no day of use may be taken for this."""
        bar = Alert(text("library.trying"), text("library.trying_note"), "due", icon_name="eye")
        holder = Clear()
        column(holder, (24, 8, 24, 0)).addWidget(bar)
        self.set_tabs(holder)

    def show_risk(self) -> None:
        """There is nobody to talk to."""

    def redraw_foot(self) -> None:
        super().redraw_foot()
        self._say_nothing_is_kept()

    def refresh(self) -> None:
        super().refresh()
        self._say_nothing_is_kept()

    def _say_nothing_is_kept(self) -> None:
        """Where an assessment says what is saved."""
        if self.foot is not None:
            self.foot.waiting(text("library.trying"))

    def completed(self, response: Id) -> None:
        """What would be complete is said, and the form stays as it is."""
        self.unsay()
        again = quiet(text("library.again"), self._again, "refresh-cw")
        self.say(Alert(text("library.could_finish"), text("library.could_finish_note"), "done", act=again))

    def to_record(self) -> None:
        """Back to the form in the library."""
        self.go("form", form=self.params["form"])

    def remember(self) -> dict[str, Any]:
        """Nothing: whoever comes back begins anew."""
        return {}

    def acts(self) -> tuple[PageAct, ...]:
        def there() -> bool:
            return self.state is not None

        steps: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("assessment.next_part", "Ctrl+PgDown", self._step(1)),
            ("assessment.part_before", "Ctrl+PgUp", self._step(-1)),
            ("assessment.clear", "", self._clear),
            ("library.again", "", self._again),
        )
        return tuple(PageAct(text(words), act, key, menu="edit", enabled=there) for words, key, act in steps)

    def _again(self) -> None:
        self.unsay()
        self.context.navigator.replace("form-try", form=self.params["form"])


def _nobody() -> BannerView:
    """The place of a person, empty; the page shows no banner."""
    programme = ProgrammeView(week=None, weeks=0, ends_on=None)
    return BannerView(
        participant=Id(""),
        name="",
        called="",
        initials="",
        birth_date=None,
        age=None,
        nhs_number="",
        nhs_number_status="",
        pronouns="",
        needs=(),
        contact_note="",
        paper_format="",
        programme=programme,
        episode=None,
        episode_status="",
        coach=None,
        coach_name="",
        open_risks=(),
    )
