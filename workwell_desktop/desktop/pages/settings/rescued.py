"""What came over from a damaged store, and what did not."""

from datetime import date

from workwell_desktop.desktop.kit import Alert, Card, SummaryList, Words, long_day, text
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.services.safekeeping.rescue import Rescued


class RescuedCard(Card):
    """Stays for as long as the store does: whoever asks later is to know why something is missing."""

    def __init__(self, saved: Rescued, today: date) -> None:
        super().__init__(text("settings.rescued"), gap=8)
        day = long_day(saved.at.astimezone(LONDON).date(), today)
        if saved.whole:
            self.add(Alert("", text("settings.rescued_whole"), "done"))
        else:
            self.add(Alert(text("settings.rescued_lost"), text("settings.rescued_back"), "due"))
        lines = [
            (text("settings.rescued_on"), text("settings.rescued_from", day=day, file=saved.source)),
            (text("settings.rescued_over"), text("settings.rescued_entries", count=saved.changes)),
        ]
        if saved.entries:
            lines.append((text("settings.rescued_missing"), text("settings.rescued_entries", count=saved.entries)))
        if saved.values:
            lines.append((text("settings.rescued_values"), text("settings.rescued_entries", count=saved.values)))
        if saved.files:
            lines.append((text("settings.rescued_files"), str(saved.files)))
        if saved.cut:
            lines.append((text("settings.rescued_cut"), text("settings.rescued_cut_line")))
        if saved.names:
            lines.append((text("settings.rescued_names"), ", ".join(saved.names)))
        if saved.others:
            lines.append((text("settings.rescued_others"), text("settings.rescued_records", count=saved.others)))
        self.add(SummaryList(lines, ruled=True))
        if not saved.whole:
            self.add(Words(text("settings.rescued_keep"), "note", "soft"))
