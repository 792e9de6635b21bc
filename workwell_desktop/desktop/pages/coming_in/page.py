"""One referral that waits: what was said, the first talk, whether this is the right place, who helps from here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Columns,
    Empty,
    Foot,
    PageAct,
    SummaryList,
    Tag,
    clock_words,
    filled,
    long_day,
    outlined,
    quiet,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.coming_in.decision import DecisionCard
from workwell_desktop.desktop.pages.coming_in.first_talk import FirstTalk
from workwell_desktop.desktop.pages.coming_in.letter import LetterCard
from workwell_desktop.desktop.pages.coming_in.part import Part
from workwell_desktop.desktop.pages.coming_in.questions import QuestionsCard
from workwell_desktop.desktop.pages.coming_in.referrals import first_talk_words
from workwell_desktop.desktop.pages.keeping import Keeping
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.coming_in import EligibilityAnswer, Helper, Said
from workwell_desktop.domain.episodes import Contact, Episode, Referral
from workwell_desktop.domain.participants import AgreementKind, Need, PaperFormat
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in import eligibility, participants, referrals, triage, tries, waiting
from workwell_desktop.services.coming_in.eligibility import Questions
from workwell_desktop.services.coming_in.triage import Decision
from workwell_desktop.services.coming_in.tries import Tried
from workwell_desktop.services.coming_in.waiting import Line
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.signposting import suggesting
from workwell_desktop.services.signposting.suggesting import Suggestion

KEPT = ("helper", "coach", "question", "note", "told_how", "ask_on", "reason")
"""Fields of the decision that are kept while they are typed; what is ticked belongs to the answers above it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that the page shows, read at once on the worker."""

    line: Line
    referral: Referral
    tried: Tried
    questions: Questions
    decision: Decision | None
    coaches: tuple[tuple[Id, str], ...]
    services: tuple[Suggestion, ...]
    large: bool
    kept: dict[str, object]
    """What was typed here before and not recorded."""


class ComingInPage(PersonForm):
    """Takes ``participant``, who waits."""

    route = "coming-in"
    nav = "today"
    help_topic = "referral"

    def build(self) -> None:
        super().build()
        self.found: Found | None = None
        self.talk: FirstTalk | None = None
        self.asked: QuestionsCard | None = None
        self.decision: DecisionCard | None = None
        self._keeping = Keeping(self, "coming-in")

    def leave(self) -> None:
        self._keeping.keep()

    def read(self, desk: Desk, params: Any) -> Found | None:
        line = waiting.line_of(desk, self.who)
        if line is None:
            return None
        one = line.one
        person = participants.get(desk, self.who)
        large = person.paper_format is PaperFormat.LARGE or Need.LARGE_PRINT.value in person.needs
        return Found(
            line=line,
            referral=referrals.get(desk, one.referral),
            tried=tries.view(desk, one.episode),
            questions=eligibility.view(desk, one.referral),
            decision=triage.current(desk, self.who, one.referral),
            coaches=triage.coaches(desk) if desk.may(Act.EDIT_EPISODE, Episode) else (),
            services=suggesting.everything(desk),
            large=large,
            kept=self._keeping.read(desk, one.referral),
        )

    def acts(self) -> tuple[PageAct, ...]:
        if self.talk is None:
            return ()
        spoke, not_reached = partial(self._note_try, True), partial(self._note_try, False)
        return (
            PageAct(text("referrals.act_spoke"), spoke, "Ctrl+Shift+Y"),
            PageAct(text("referrals.act_not_reached"), not_reached, "Ctrl+Shift+M"),
        )

    def first_focus(self) -> QWidget | None:
        """How somebody was tried: the way, then the button."""
        if self.talk is not None and self.talk.way.isVisible():
            first: QWidget = self.talk.way.control.first()
            return first
        return super().first_focus()

    def lay(self, found: Found | None) -> None:
        self._keeping.drop()
        self.found, self.talk, self.asked, self.decision = found, None, None, None
        if found is None:
            name = self.head.banner.called if self.head is not None else ""
            self.set_title(text("referrals.the_referral"))
            line = text("referrals.waits_no_more_line")
            self.add(Empty(text("referrals.waits_no_more", name=name), line, icon_name="inbox"))
            self.add_end()
            self.set_foot(Foot(self._back(), filled(text("referrals.open_record"), self.to_record, "arrow-right")))
            return
        desk, today = self.context.desk, self.context.today()
        by = found.line.one.by
        when, tint = first_talk_words(found.line, short_day(by, today, weekday=True) if by else "")
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("referrals.page_title", name=called), "", *([Tag(when, tint)] if when else []))
        may_end = desk.may(Act.CLOSE_EPISODE, Episode)
        self.talk = FirstTalk(
            self._try, self._write_letter, self._end if may_end else None, today=today,
            may=desk.may(Act.RECORD_CONTACT, Contact),
        )  # fmt: skip
        self.talk.show_tries(found.tried)
        self.asked = QuestionsCard(
            self._answer,
            self._go_on,
            today=today,
            may_answer=desk.may(Act.CREATE_REFERRAL, EligibilityAnswer),
            may_carry_on=desk.may(Act.EDIT_EPISODE, EligibilityAnswer),
        )
        self.asked.show_questions(found.questions)
        self.letter = Part()
        left, right = Part(gap=12, end=True), Part(gap=12, end=True)
        left.fill(self._said(found, called), self.talk, self.letter)
        cards: list[Any] = [self.asked]
        if desk.may(Act.EDIT_EPISODE, Episode):
            self.decision = DecisionCard(
                self._decide, name=called, coaches=found.coaches, services=found.services, today=today
            )
            self.decision.show_decision(found.decision)
            self.decision.suggest(found.questions.suggestions)
            cards.append(self.decision)
        right.fill(*cards)
        self.add(Columns([(left, 1), (right, 1)]))
        self.add_end()
        self._draw_foot(found)
        self._hold(found)

    def _hold(self, found: Found) -> None:
        """What is typed is kept on this computer, for whoever types it alone, until it is recorded."""
        held = {"try_note": self.talk.word} if self.talk is not None else {}
        if self.decision is not None:
            held.update({name: self.decision.fields[name] for name in KEPT})
        self._keeping.hold(found.line.one.referral, held, found.kept)
        if self.decision is not None:
            self.decision.follow()

    def _forget(self, desk: Desk, one: Found) -> None:
        self._keeping.forget(desk, one.line.one.referral)

    def _said(self, found: Found, called: str) -> Card:
        """What came with the referral."""
        today, one, sent = self.context.today(), found.line.one, found.referral
        card = Card(text("referrals.the_referral"), gap=8)
        if sent.person_knows is False:
            title = text("referrals.knows_title", name=called)
            card.add(Alert(title, text("referrals.knows_line", name=called), "due"))
        source = text(f"referral.source_of.{one.source.value}") if one.source else ""
        received = ""
        if one.received_on is not None:
            day, days = long_day(one.received_on, today), (today - one.received_on).days
            received = (
                text("referrals.waited", day=day, count=days) if days else text("referrals.waited_today", day=day)
            )
        agreed = [text(f"agreement.kind.{kind.value}") for kind in AgreementKind if kind in one.agreed]
        who = ", ".join(part for part in (sent.referrer_name, sent.referrer_role) if part)
        rows = [
            (text("referrals.from_whom"), ", ".join(part for part in (source, sent.organisation) if part)),
            (text("referrals.who_sent"), who),
            (text("referrals.reach_referrer"), sent.referrer_contact or ""),
            (text("referrals.reference"), sent.reference or ""),
            (text("referrals.heard_from"), sent.heard_from or ""),
            (text("referrals.reason"), one.reason),
            (text("referrals.received"), received),
            (text("referrals.first_by"), long_day(one.by, today) if one.by else ""),
            (text("referrals.agreed"), ", ".join(agreed) or text("referrals.nothing_agreed")),
        ]
        return card.add(SummaryList([(name, words) for name, words in rows if words], ruled=True))

    def _draw_foot(self, found: Found) -> None:
        one, desk = found.line.one, self.context.desk
        record = quiet(text("referrals.open_record"), self.to_record, "arrow-right")
        parts: list[Any] = [self._back()]
        if desk.may(Act.EDIT_EPISODE, Episode):
            if not one.read:
                parts.append(outlined(text("referrals.mark_read"), self._mark_read, "check"))
            if AgreementKind.TAKE_PART in one.agreed:
                parts.append(filled(text("referrals.take_on", name=one.name), self._take_on, "user-plus"))
            else:
                ask = partial(self.go, "agreement", participant=str(self.who), kind="take_part", party="participant")
                parts.append(filled(text("referrals.note_agreement"), ask, "pen-line"))
        self.set_foot(Foot(*parts, left=record))

    def _back(self) -> Any:
        return outlined(text("referrals.back"), lambda: self.context.navigator.replace("referrals"), "arrow-left")

    # Acts, each kept at once

    def _note_try(self, reached: bool) -> None:
        if self.talk is not None:
            self.talk.note_try(reached=reached)

    def _try(self, way: str, reached: bool, note: str) -> None:
        def act(desk: Desk, one: Found) -> Tried:
            tries.record(desk, one.line.one.episode, way, reached=reached, note=note)
            return tries.view(desk, one.line.one.episode)

        def shown(tried: Tried) -> None:
            if self.talk is not None:
                self.talk.show_tries(tried)

        self._do(act, shown)

    def _answer(self, answers: Mapping[str, Said]) -> None:
        self._ask_place(lambda desk, referral: eligibility.record(desk, referral, answers))

    def _go_on(self, reason: str) -> None:
        self._ask_place(lambda desk, referral: eligibility.go_on(desk, referral, reason))

    def _ask_place(self, answer: Callable[[Desk, Id], object]) -> None:
        """What follows from an answer is shown; the questions stay as they are, and so does the focus."""
        if self.asked is not None:
            self.fields = dict(self.asked.fields)

        def act(desk: Desk, one: Found) -> Questions:
            answer(desk, one.line.one.referral)
            return eligibility.view(desk, one.line.one.referral)

        def shown(found: Questions) -> None:
            if self.asked is not None:
                self.asked.show_state(found)
            if self.decision is not None:
                self.decision.suggest(found.suggestions)

        self._do(act, shown)

    def _decide(self, helper: Helper) -> None:
        card = self.decision
        if card is None:
            return
        for field in card.fields.values():
            field.show_error("")
        self.fields = card.faulty()
        if not self.check(card.shown()):
            return
        reason, told = card.fields["reason"].control.value(), card.elsewhere()
        coach = Id(card.fields["coach"].control.value() or self.context.desk.me)
        question = card.fields["question"].control.value()

        def act(desk: Desk, one: Found) -> None:
            episode = one.line.one.episode
            if helper is Helper.SIGNPOST:
                triage.signpost(desk, episode, reason, told)
            elif helper is Helper.COACH:
                triage.to_coach(desk, episode, reason, coach)
            else:
                triage.to_meeting(desk, episode, reason, question)
            self._forget(desk, one)

        def done(_nothing: object) -> None:
            self._keeping.drop()
            if helper is Helper.SIGNPOST:
                self._told()
            else:
                self._decided(helper, dict(card.coaches).get(coach, ""))

        self._do(act, done)

    def _decided(self, helper: Helper, coach: str) -> None:
        """The page is read anew; the bar says what follows."""
        words = "referrals.to_coach_done" if helper is Helper.COACH else "referrals.to_meeting_done"
        self._ask()
        self.say(Alert("", text(words, coach=coach), "done", on_close=self.unsay))

    def _told(self) -> None:
        """The referral has ended: what was suggested, to be printed."""
        found, desk, who = self.found, self.context.desk, self.who
        if found is None:
            return
        called = self.head.banner.called if self.head is not None else ""

        def shown(words: str) -> None:
            self.clear_body()
            self.talk = self.asked = self.decision = None
            title = text("referrals.told_done", name=called)
            self.add(Alert(title, text("referrals.ended_done"), "done"))
            self.add(LetterCard(text("referrals.sheet_to_print"), words, large=found.large, printed=self._printed))
            self.add_end()
            record = outlined(text("referrals.open_record"), self.to_record, "arrow-right")
            list_again = filled(text("referrals.back"), partial(self.context.navigator.replace, "referrals"), "check")
            self.set_foot(Foot(record, list_again))
            self.context.frame.acts_changed()

        self.run(lambda: triage.handout(desk, who, found.line.one.referral), shown)

    def _printed(self) -> None:
        if self.found is not None:
            desk, who, referral = self.context.desk, self.who, self.found.line.one.referral
            self.run(lambda: triage.printed(desk, who, referral), lambda _nothing: None)

    def _write_letter(self) -> None:
        found, desk = self.found, self.context.desk
        if found is None:
            return

        def shown(words: str) -> None:
            card = LetterCard(text("referrals.letter_to_print"), words, large=found.large, printed=self._printed)
            self.letter.fill(card)
            card.words.focus()

        self.run(lambda: tries.letter(desk, found.line.one.episode), shown)

    def _end(self) -> None:
        def ended(_nothing: object) -> None:
            self.context.navigator.replace("referrals")

        self._do(lambda desk, one: tries.end(desk, one.line.one.episode), ended)

    def _mark_read(self) -> None:
        def read(_nothing: object) -> None:
            self._ask()

        self._do(lambda desk, one: referrals.mark_read(desk, one.line.one.referral), read)

    def _take_on(self) -> None:
        def taken(_nothing: object) -> None:
            self.to_record()

        self._do(lambda desk, one: referrals.accept(desk, one.line.one.episode, one.line.one.coach), taken)

    def _do(self, act: Callable[[Desk, Found], Any], done: Callable[[Any], None]) -> None:
        """Does it on the worker; the foot says when it is durable, and a refusal leaves what was typed."""
        desk, found = self.context.desk, self.found
        if found is None:
            return

        def finished(result: Any) -> None:
            if self.foot is not None:
                self.foot.saved(
                    text("referrals.try_saved", time=clock_words(self.context.clock.now().astimezone(LONDON)))
                )
            done(result)

        self.unsay()
        self.run(lambda: act(desk, found), finished, self.refused)
