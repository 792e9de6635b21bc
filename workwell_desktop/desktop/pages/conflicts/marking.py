"""Marks on the fields of a page that is about no participant: of a session, of a service, of who works here."""

from collections.abc import Callable, Sequence
from functools import partial

from workwell_desktop.desktop.kit import Page
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.records import Id
from workwell_desktop.services.safekeeping import conflicts
from workwell_desktop.store import ConflictPlace


def show_marks(page: Page, found: Sequence[ConflictPlace], **where: str) -> None:
    """Each field that was written in two ways says so itself; ``where`` is what the way to the choice begins with."""
    page.set_apart(
        {
            (str(one.record), one.field): partial(page.go, "conflict", **where, record=str(one.record), field=one.field)
            for one in found
        }
    )


def mark_session(page: Page, session: Id) -> None:
    """Reads what two people wrote differently at one session, and marks it."""
    desk = page.context.desk
    _mark(page, lambda: conflicts.marks_of_session(desk, session), session=str(session))


def mark_rest(page: Page) -> None:
    """The same of what is about no participant and no session."""
    desk = page.context.desk
    _mark(page, lambda: conflicts.marks_of_the_rest(desk), rest="1")


def _mark(page: Page, read: Callable[[], Sequence[ConflictPlace]], **where: str) -> None:
    # a page that somebody may see without reading records has no marks, and nobody is refused anything
    if page.context.desk.may(Act.READ):
        page.run(read, lambda found: show_marks(page, found, **where))


__all__ = ["mark_rest", "mark_session", "show_marks"]
