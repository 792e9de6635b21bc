"""Somebody wanted to bring a case that stands on the agenda already: a sentence above its line, and no word lost."""

from collections.abc import Callable
from typing import Any

from workwell_desktop.desktop.kit import Alert, Page, outlined, text
from workwell_desktop.services.meeting import agenda
from workwell_desktop.services.meeting.session_views import AgendaLine
from workwell_desktop.services.planning import typed


def say_already(page: Page, line: AgendaLine, saved: Callable[[Any], Any], *, may: bool) -> None:
    """Says so, with what was written on the page Bring, which one press adds to the question."""
    desk = page.context.desk

    def show(kept: dict[str, str]) -> None:
        words = kept.get("bring", "").strip()
        said = text("prepare.already" if may else "prepare.already_read", name=line.name, number=line.number)
        if words and words not in (line.question or ""):
            wrote = text("prepare.already_wrote", words=words)
            act = outlined(text("prepare.use_words"), lambda: use(words), "plus") if may else None
            page.say(Alert(said, wrote, "info", act=act))
        else:
            page.say(Alert("", said, "info"))

    def use(words: str) -> None:
        def work() -> None:
            agenda.add_to_question(desk, line.item, words)
            typed.keep(desk, line.participant, "bring", "")

        def done(result: None) -> None:
            page.unsay()
            saved(result)

        page.run(work, done)

    page.run(lambda: typed.of(desk, line.participant), show)
