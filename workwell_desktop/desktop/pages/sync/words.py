"""What waits and what stands in the way, in words."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout

from workwell_desktop.desktop.kit import Alert, moment_words, text
from workwell_desktop.domain.screen import has

if TYPE_CHECKING:
    from workwell_desktop.services.syncing.outcome import Outcome
    from workwell_desktop.services.syncing.overview import Overview, Waits

_MINUTE = 60
_WEIGHT = ("risk", "due", "info")


def what(one: "Waits") -> str:
    """12 answers, one contact, one paper."""
    said = [text("standing.answers", count=one.answers)] if one.answers else []
    rest = 0
    for kind, many in one.kinds:
        if has(f"sync.kind.{kind}"):
            said.append(text(f"sync.kind.{kind}", count=many))
        else:
            rest += many
    if rest:
        said.append(text("sync.kind.other" if said else "sync.kind.some", count=rest))
    if one.papers:
        said.append(text("sync.files", count=one.papers))
    line = ", ".join(said)
    return line[:1].upper() + line[1:]


def troubles(found: "Overview") -> list[Alert]:
    """One bar for each thing that stands in the way, with what can be done about it."""
    alerts: list[Alert] = []
    if found.erased is not None:
        more = text("retention.lately_unsent") if found.erased.unsent else ""
        alerts.append(Alert(text("retention.lately", count=found.erased.records), more, "info"))
    last = found.outcome
    if last is None:
        return alerts
    if last.trouble is not None:
        alerts.append(Alert(text("sync.not_gone"), _trouble(last), "due"))
    if last.restored:
        alerts.append(Alert("", text("sync.restored"), "info", icon_name="history"))
    if last.gone:
        alerts.append(Alert("", text("sync.gone", count=last.gone), "info"))
    if last.healed:
        alerts.append(Alert("", text("sync.healed"), "info", icon_name="git-compare-arrows"))
    if last.forks:
        alerts.append(Alert("", text("sync.forks"), "risk", icon_name="circle-alert"))
    for code, many in last.refused:
        if code != "fork":
            known = has(f"sync.refused.{code}")
            why = text(f"sync.refused.{code}") if known else text("sync.refused_else")
            alerts.append(Alert(text("sync.not_taken", count=many), why, "due"))
    if last.kept_back:
        alerts.append(Alert("", text("sync.kept_back", count=last.kept_back), "info"))
    if last.clock_off:
        minutes = round(abs(last.clock_off) / _MINUTE)
        alerts.append(Alert("", text("sync.clock", count=minutes), "due"))
    # what asks for somebody stands above what is only told
    return sorted(alerts, key=lambda one: _WEIGHT.index(one.property("tint")))


def when(moment: datetime, today: date) -> str:
    """A moment with a capital at its beginning, as it stands by itself."""
    said = moment_words(moment, today)
    return said[:1].upper() + said[1:]


def emptied(box: QBoxLayout) -> None:
    """Takes everything out of a layout."""
    while box.count():
        item = box.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def _trouble(last: "Outcome") -> str:
    if has(f"sync.trouble.{last.trouble}"):
        return text(f"sync.trouble.{last.trouble}")
    known = has(f"errors.{last.trouble}")
    return text(f"errors.{last.trouble}", **dict(last.params)) if known else text("errors.hub_trouble")
