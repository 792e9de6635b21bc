"""A computer that is lost: one question and one answer, wherever it is begun."""

from collections.abc import Callable
from datetime import datetime

from workwell_desktop.desktop.kit import Alert, Button, Page, long_day, outlined, text
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.services.administration.lost import AtHub


def question(name: str, act: Callable[[], object], close: Callable[[], None]) -> tuple[Alert, Button]:
    """Says plainly what happens, and asks once. The button wants the focus once the question stands."""
    sure = outlined(text("devices.show_out_now"), act, "lock")
    title, line = text("devices.lost", name=name), text("devices.lost_line")
    return Alert(title, line, "risk", act=sure, on_close=close), sure


def done(page: Page, name: str, at_hub: AtHub) -> None:
    """What was done, and what waits; the hub is told at once where there is a way to it."""
    tint = "due" if at_hub is AtHub.WAITS else "done"
    line = text(f"devices.out_{at_hub.value}")
    page.say(Alert(text("devices.out", name=name), line, tint, on_close=page.unsay))
    if page.context.syncing is not None:
        page.context.syncing.sync_now()


def stands(page: Page, since: datetime, at_hub: AtHub) -> str:
    """The line beside a computer that was said to be lost."""
    day = long_day(since.astimezone(LONDON).date(), page.context.today())
    return text(f"devices.at_{at_hub.value}", day=day)
