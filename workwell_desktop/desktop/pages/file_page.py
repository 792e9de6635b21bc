"""What the pages have in common that look at one file: it is typed or pasted, or chosen in a dialog."""

from pathlib import Path
from typing import ClassVar

from workwell_desktop.desktop.kit import Page, TextField, text
from workwell_desktop.desktop.pages.file_source import asked_path, written_path


class FilePage(Page):
    """A page that looks at one file. ``choose`` and ``kinds`` are the words of its dialog, by their keys."""

    choose: ClassVar[str]
    kinds: ClassVar[str]
    path: TextField
    """Where it is typed or pasted."""

    def look(self, place: Path) -> None:
        """Looks at a file; nothing comes in."""
        raise NotImplementedError

    def _look_at_path(self) -> None:
        place = written_path(self.path)
        if place is not None:
            self.look(place)

    def _ask_file(self) -> None:
        place = asked_path(self, self.path, text(self.choose), text(self.kinds))
        if place is not None:
            self.look(place)
