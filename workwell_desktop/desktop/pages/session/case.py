"""The case in the middle of the table: who, the question, their words, what happened, what is in the way, measures."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Button,
    Card,
    Clear,
    Columns,
    Field,
    KindHead,
    LongText,
    Page,
    Quote,
    Words,
    column,
    long_day,
    outlined,
    text,
    theme,
)
from workwell_desktop.desktop.pages.person_banner import risk_words_bar
from workwell_desktop.desktop.pages.session.case_head import CaseHead
from workwell_desktop.desktop.pages.session.measures import MOST, SmallMeasure
from workwell_desktop.desktop.pages.session.naming import NamedLine
from workwell_desktop.desktop.pages.session.order import drop, reading_order
from workwell_desktop.desktop.pages.session.picking import Pick
from workwell_desktop.desktop.pages.session.saving import Saving
from workwell_desktop.desktop.pages.session.still_to_do import StillToDo
from workwell_desktop.desktop.pages.session.tried import MOST_TRIED, tried_words
from workwell_desktop.desktop.pages.session.voice import VoiceFacts, VoiceFields
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import Agreement
from workwell_desktop.domain.plans import ObstacleKind
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import AgendaItem, Discussion, Lane, Topics
from workwell_desktop.services.meeting import agenda, discussions
from workwell_desktop.services.meeting.session_views import CaseView
from workwell_desktop.services.person.case_background import Background
from workwell_desktop.services.person.record_views import BannerView

NOBODY = "nobody"
THERE = (NOBODY, "person", "supporter", "both")


class CaseTable(Clear):
    """All but what each of us brings. While somebody edits a part, changes from elsewhere wait."""

    def __init__(self, page: Page, saved: Callable[[Any], Any], off_screen: Callable[[], Any]) -> None:
        super().__init__()
        self._page, self._saved, self._off_screen = page, saved, off_screen
        desk = page.context.desk
        self._may_ask = desk.may(Act.RECORD_AGREEMENT, Agreement) and desk.may(Act.RECORD_CONTRIBUTION, Discussion)
        self._may_decide = desk.may(Act.RECORD_DECISION, Discussion)
        self._people: list[tuple[str, str]] = []
        self._may_say = desk.may(Act.RECORD_CONTRIBUTION, Discussion)
        self._may_run = desk.may(Act.RUN_SESSION, AgendaItem)
        self._may_prepare = desk.may(Act.PREPARE_SESSION, Discussion)
        self._box = column(self, (0, 0, 0, 0), 8)
        self._shown: tuple[object, ...] = ()
        self._editing = False
        self._voice: VoiceFields | None = None
        self._spoken: Card | None = None
        self.there: Pick | None = None
        self._typing: list[Saving] = []
        self._view: CaseView | None = None
        self._banner: BannerView | None = None
        self._found: Background | None = None
        self._forward: Id | None = None
        self._summed_up: Id | None = None
        """The case whose summary was written at this table."""
        self._to_do: StillToDo | None = None

    def show_case(
        self,
        view: CaseView,
        banner: BannerView | None,
        people: Sequence[tuple[str, str]] = (),
        *,
        found: Background | None = None,
        anew: bool = False,
    ) -> None:
        """Shows a case; ``anew`` when it is another one. ``people`` may be given an action; ``found`` is what the
        record says of work and of what was tried."""
        self._people, self._found = list(people), found
        if anew:
            self._editing = False
        if self._editing:
            return
        facts = (
            view.item, view.visible, view.name, view.question, view.own_words, view.topics, view.topics_limits,
            view.since_last, view.obstacles, view.measures, view.risks, view.locked, view.withdrawn,
            view.open_actions, view.new_since, view.there, banner, found,
        )  # fmt: skip
        if facts == self._shown:
            return
        self._shown, self._view, self._banner = facts, view, banner
        self._build(view, banner)

    def bring_forward(self, action: Id) -> None:
        """The case that is shown next begins what is still to do with this action."""
        self._forward, self._shown = action, ()

    def in_front(self) -> QWidget | None:
        """What records that the action that was brought forward is done, once."""
        found, self._forward = self._forward, None
        return self._to_do.in_front if found is not None and self._to_do is not None else None

    def flush(self) -> None:
        """Saves what is being typed."""
        if self._voice is not None:
            self._voice.flush()
        for one in self._typing:
            one.flush()

    def _build(self, view: CaseView, banner: BannerView | None) -> None:
        held = self.there is not None and self.there.hasFocus()
        ticking = self._to_do is not None and any(one.hasFocus() for one in self._to_do.dones)
        self._forget()
        self._lay(view, banner)
        if ticking and self._to_do is not None and self._to_do.dones:
            self._to_do.dones[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif (held or ticking) and self.there is not None:
            self.there.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        drop(self._box)
        self._voice, self._spoken, self._typing, self.there, self._to_do = None, None, [], None, None

    def _lay(self, view: CaseView, banner: BannerView | None) -> None:
        self._box.addWidget(CaseHead(self._page, view, banner, self._found))
        if not view.visible:
            key = "not_discussed" if view.known else "not_here"
            words = text(f"session.{key}_words")
            self._box.addWidget(Alert(text(f"session.{key}"), words, "info", icon_name="eye-off"))
            if view.known and not view.locked and self._may_ask:
                self._box.addWidget(self._edit_voice(), 0, Qt.AlignmentFlag.AlignLeft)
            return
        for one in view.risks:
            self._box.addWidget(risk_words_bar(self._page, one))
        if view.withdrawn is not None:
            act = None if view.locked or not self._may_run else outlined(text("session.bring_back"), self._bring_back)
            why = text(f"session.withdrawn_why.{view.withdrawn.value}")
            self._box.addWidget(Alert(text("session.withdrawn"), why, "info", act=act))
        if view.there is not None:
            act = outlined(text("session.off_screen"), self._off_screen, "eye-off") if self._may_run else None
            self._box.addWidget(Alert(_there(view), text("session.there_words"), "due", act=act, icon_name="eye-off"))
        self._box.addWidget(self._question(view))
        if view.topics is None and not view.locked:
            act = outlined(text("session.note_agreement"), self._open_voice) if self._may_ask else None
            self._box.addWidget(Alert(text("session.not_asked", name=view.called), "", "due", act=act))
        self._spoken = self._words(view)
        self._box.addWidget(Columns([(self._spoken, 1), (self._since(view), 1)], gap=10, one_below=760))
        self._box.addWidget(self._obstacles(view))
        if view.open_actions:
            self._box.addWidget(self._still_to_do(view))
        if view.measures:
            self._box.addWidget(self._measures(view))
        if view.last_decision and view.last_decided_on and theme().scale.wide:
            day = long_day(view.last_decided_on, self._page.context.today()).split(" ", 1)[1]
            card = Card(text("session.last_decision", day=day))
            self._box.addWidget(card.add(Words(view.last_decision, reading=True)))

    def _question(self, view: CaseView) -> QWidget:
        if view.question or view.locked or not self._may_prepare:
            return Quote(view.question or text("session.no_question"), text("session.question"))
        control = LongText("", lines=2)
        desk = self._page.context.desk
        self._typing.append(self._typed(control, lambda words: agenda.set_question(desk, view.item, words)))
        optional = view.lane is Lane.NOTE
        return Field(text("session.question"), control, hint="" if optional else text("session.question_hint"))

    def _words(self, view: CaseView) -> Card:
        card = Card(
            text("session.in_words", name=view.called),
            corner=self._edit_voice() if self._may_ask and not view.locked else None,
        )
        card.add(Words(text("session.quoted", words=view.own_words) if view.own_words else text("session.no_words"),
                       "body", "" if view.own_words else "soft", reading=bool(view.own_words)))  # fmt: skip
        if view.topics is not None and view.agreed_on:
            said = text("session.agreed_on", day=long_day(view.agreed_on, self._page.context.today()))
            if view.topics is Topics.SOME and view.topics_limits:
                said = f"{said} {text('session.not_about', limits=view.topics_limits.rstrip('.'))}"
            card.add(Words(said, "note", "soft"))
        if self._may_say and not view.locked:
            card.add(self._who_is_there(view))
        return card.end()

    def _who_is_there(self, view: CaseView) -> Pick:
        """Who of the person's side is in the room; each line is a whole sentence, so that it needs no label."""
        options = [(code, text(f"session.there.{code}", name=view.called)) for code in THERE]
        made = Pick(options, str(view.there or NOBODY), on_leaving=True)
        made.setAccessibleName(text("session.there_whole", name=view.called))
        desk, discussion = self._page.context.desk, view.discussion

        def chosen() -> None:
            who = made.value()
            code = None if who in (None, NOBODY) else Code(who)
            self._page.run(lambda: discussions.set_there(desk, discussion, code), self._saved)

        made.done.connect(chosen)
        self.there = made
        return made

    def _since(self, view: CaseView) -> Card:
        title = (
            text("session.since_day", day=long_day(view.since, self._page.context.today()).split(" ", 1)[1])
            if view.since
            else text("session.since")
        )
        card = Card(title)
        if view.new_since:
            said = [text(f"session.new.{one.kind}", count=one.count) for one in view.new_since]
            card.add(Words(text("session.new_here", what=", ".join(said)), "note", "soft"))
        if self._found is not None and self._found.tried:
            tried = [tried_words(one).rstrip(".") for one in self._found.tried[:MOST_TRIED]]
            card.add(Words(text("session.tried_here", what="; ".join(tried)), "note", "soft"))
        if view.since_last or view.locked or not self._may_prepare:
            card.add(Words(view.since_last or text("session.nothing_noted"), reading=True))
            if view.since_last and self._summed_up == view.item:
                named = NamedLine(self._page)
                card.add(named)
                named.look(view.discussion, view.since_last)
            return card.end()
        control = LongText("", lines=2)
        control.setAccessibleName(title)
        desk = self._page.context.desk
        self._summed_up = view.item
        self._typing.append(self._typed(control, lambda words: agenda.set_since_last(desk, view.item, words)))
        return card.add(control).end()

    def _obstacles(self, view: CaseView) -> Card:
        card = Card()
        columns: list[tuple[QWidget, int]] = []
        for kind in ObstacleKind:
            holder = Clear()
            box = column(holder, (0, 0, 0, 0), 2)
            box.addWidget(KindHead("around" if kind is ObstacleKind.CONTEXT else kind.value))
            found = [one for one in view.obstacles if one.kind is kind]
            for one in found:
                words = text("session.obstacle_done", text=one.text) if one.done else one.text
                box.addWidget(Words(words, "note", "soft" if one.done else ""))
            if not found:
                box.addWidget(Words(text("session.no_obstacle"), "note", "soft"))
            box.addStretch(1)
            columns.append((holder, 1))
        return card.add(Columns(list(columns), gap=18, one_below=600))

    def _still_to_do(self, view: CaseView) -> Card:
        people = self._people if self._may_decide and not view.locked else []
        self._to_do = StillToDo(self._page, view, people, self._saved, self._forward)
        return self._to_do

    def _bring_back(self) -> None:
        view, desk = self._view, self._page.context.desk
        if view is not None:
            self._page.run(lambda: agenda.bring_back(desk, view.item), self._saved)

    def _measures(self, view: CaseView) -> Card:
        shown = [one for one in view.measures if one.value is not None] or list(view.measures)
        return Card().add(Columns([(SmallMeasure(one), 1) for one in shown[:MOST]], gap=16, one_below=760))

    def _edit_voice(self) -> QWidget:
        made = Button(text("session.change_words"), self._open_voice, kind="link")
        made.setAccessibleName(text("session.change_words_whole"))
        return made

    def _open_voice(self) -> None:
        view = self._view
        if view is None:
            return
        self._editing = True
        facts = VoiceFacts(view.discussion, view.called, view.topics, view.topics_limits, view.own_words, view.view_how)
        self._voice = VoiceFields(self._page, facts, self._saved)
        card = Card(text("session.in_words", name=view.called))
        card.add(self._voice).add_left(outlined(text("session.voice_done"), self._close_voice))
        self._box.insertWidget(1, card)
        if self._spoken is not None:
            self._spoken.hide()
        reading_order(self._page)
        self._voice.topics.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_voice(self) -> None:
        if self._voice is not None:
            self._voice.flush()
        self._editing, self._shown = False, ()
        self._saved(None)

    def _typed(self, control: LongText, work: Callable[[str], Any]) -> Saving:
        self._editing_while(control)

        def save() -> Callable[[], Any]:
            words = control.value()
            return lambda: work(words)

        return Saving(self._page, [control], save, self._saved)

    def _editing_while(self, control: LongText) -> None:
        """The field stays while it is typed into; once left with words it becomes text."""
        control.edited.connect(lambda: setattr(self, "_editing", True))
        control.done.connect(lambda: setattr(self, "_editing", False))


def _there(view: CaseView) -> str:
    return f"{text(f'session.there.{view.there}', name=view.called)}."
