"""The person's agreement to be discussed, with its limits, and their own words; used before and in the session."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workwell_desktop.desktop.kit import Choice, Clear, Columns, DropDown, Field, LongText, Page, column, text
from workwell_desktop.desktop.pages.session.saving import Saving
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Topics
from workwell_desktop.services.meeting import discussions

HOW = ("in_person", "told_coach", "written", "not_asked")


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """What is known so far."""

    discussion: Id
    called: str
    topics: Topics | None
    limits: str | None
    own_words: str | None
    view_how: Code | None


class VoiceFields(Clear):
    """Each part is saved when it is left."""

    def __init__(self, page: Page, facts: VoiceFacts, saved: Callable[[Any], Any]) -> None:
        super().__init__()
        self._page, self._facts = page, facts
        box = column(self, (0, 0, 0, 0), 8)
        name = facts.called
        self.topics = Choice(
            [(one.value, text(f"session.topics.{one.value}")) for one in Topics],
            facts.topics.value if facts.topics else None,
            columns=3,
        )
        self.limits = LongText(facts.limits or "", lines=2)
        self.words = LongText(facts.own_words or "", lines=2)
        self.how = DropDown(
            [(code, text(f"session.how.{code}", name=name)) for code in HOW],
            str(facts.view_how) if facts.view_how else None,
            empty=True,
        )
        box.addWidget(Field(text("session.topics_label", name=name), self.topics))
        self._limits_field = Field(text("session.limits_label"), self.limits, hint=text("session.limits_hint"))
        box.addWidget(self._limits_field)
        how = Clear()
        at_top = column(how)
        at_top.addWidget(Field(text("session.how_label"), self.how))
        at_top.addStretch(1)
        box.addWidget(
            Columns(
                [
                    (Field(text("session.own_words_label", name=name), self.words), 3),
                    (how, 2),
                ],
                one_below=700,
            )
        )
        self._agreement = Saving(page, [self.topics, self.limits], self._agree, saved)
        self._view = Saving(page, [self.words, self.how], self._say, saved)
        self.topics.edited.connect(self._show_limits)
        self._show_limits()

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._agreement.dirty or self._view.dirty

    def flush(self) -> None:
        """Saves what is being typed."""
        self._agreement.flush()
        self._view.flush()

    def set_read_only(self) -> None:
        """Locked: shown, not changed."""
        for control in (self.topics, self.limits, self.words, self.how):
            control.set_read_only()

    def _show_limits(self) -> None:
        self._limits_field.setVisible(self.topics.value() == Topics.SOME.value or bool(self.limits.value()))

    def _agree(self) -> Callable[[], Any] | None:
        topics, limits = self.topics.value(), self.limits.value()
        if topics is None:
            return None
        desk, discussion = self._page.context.desk, self._facts.discussion
        return lambda: discussions.agree_to_discuss(desk, discussion, Topics(topics), limits=limits)

    def _say(self) -> Callable[[], Any] | None:
        words, how = self.words.value(), self.how.value()
        desk, discussion = self._page.context.desk, self._facts.discussion
        return lambda: discussions.set_own_words(desk, discussion, words, Code(how) if how else None)
