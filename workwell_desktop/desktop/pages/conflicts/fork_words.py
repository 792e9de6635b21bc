"""What is said of a laptop of which there are two. Today says it too, before anything of one record is loaded."""

from datetime import date

from workwell_desktop.desktop.kit import Alert, Button, moment_words, text
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.services.safekeeping.forks import ForkView


def fork_bar(one: ForkView, act: Button) -> Alert:
    """In a line, for a page that leads to the whole of it."""
    if one.healed:
        return Alert(text("conflict.healed"), text("conflict.healed_short"), "info", act=act)
    device = one.device_name
    short = text("conflict.fork_short", device=device) if device else text("conflict.fork_short_here")
    return Alert(text("conflict.fork"), short, "risk", act=act)


def fork_words(one: ForkView, today: date) -> str:
    """What happened with a laptop of which there are two, what was kept, and what to do."""
    when = moment_words(one.last.astimezone(LONDON), today)
    if one.healed:
        return text("conflict.healed_line", count=one.changes, when=when)
    if one.at_hub:
        return text("conflict.fork_hub", count=one.changes, when=when)
    key = "conflict.fork_here" if one.here else "conflict.fork_there"
    device = one.device_name or text("conflict.elsewhere")
    return text(key, device=device, count=one.changes, people=", ".join(one.people), when=when)
