"""Pages of further support that a form names for a question or a text."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from workwell_desktop.desktop.kit import Button, Clear, column, text
from workwell_desktop.forms import Item


class Links(Clear):
    """Each opens in the browser of this computer."""

    def __init__(self, links: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        box = column(self, (0, 0, 0, 0), 2)
        for url, words in links:
            address = QUrl(url)
            button = Button(words, lambda address=address: QDesktopServices.openUrl(address), kind="link")  # type: ignore[misc]
            button.setAccessibleDescription(url)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def links_of(item: Item) -> list[tuple[str, str]]:
    """Address and words of each page of support; only what a browser opens as a page."""
    found = []
    for link in item.links:
        parts = urlsplit(link.url)
        if parts.scheme in ("http", "https") and parts.netloc:
            words = link.label if link.label != link.url else parts.netloc
            found.append((link.url, text("assessment.support", site=words)))
    return found
