"""About: the name, the version, whose work is in it and under which licences."""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from PySide6.QtCore import Qt

from workwell_desktop import __version__, assets
from workwell_desktop.desktop.kit import (
    Card,
    Clear,
    Columns,
    Fixed,
    Foot,
    Page,
    PageAct,
    Params,
    Words,
    column,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.read_only import ReadOnlyText
from workwell_desktop.desktop.widgets.mark import Mark


class AboutPage(Page):
    """Opened with ``show`` LICENSE, NOTICE or, in a bundle, its list of parts, it shows that text."""

    route = "about"
    help_topic = "what-is-stored"

    def enter(self, params: Params) -> None:
        brand = assets.table(assets.resource("brand.toml"))
        self.clear_body()
        self.set_title(text("about.title", name=brand["name"]))
        if params.get("show") in FILES:
            self._show_file(params["show"])
        else:
            self._show_about(str(brand["name"]), str(brand["statement"]))
            self.add_end()
        self.ready()

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(text("about.diagnostics"), lambda: self.go("diagnostics"), menu="go"),)

    def _show_about(self, name: str, statement: str) -> None:
        left = Card(gap=8)
        left.body.addWidget(Mark(52), 0, Qt.AlignmentFlag.AlignLeft)
        left.add(
            Words(name, "page"),
            Words(text("about.version", version=__version__)),
            Words(text("about.statement", statement=statement), "label"),
            Words(text("about.for_whom"), reading=True),
        )
        left.end()
        right = Clear()
        box = column(right, (0, 0, 0, 0), 10)
        licence = Card(text("about.licence"), gap=8)
        licence.add(Words(text("about.licence_words"), reading=True))
        licence.add_left(outlined(text("about.read_licence"), lambda: self.go("about", show="LICENSE"), "file-text"))
        notices = Card(text("about.notices"), gap=8)
        notices.add(Words(text("about.notices_words"), reading=True))
        notices.add_left(outlined(text("about.read_notices"), lambda: self.go("about", show="NOTICE"), "file-text"))
        if licence_text(PARTS):
            notices.add_left(outlined(text("about.read_parts"), lambda: self.go("about", show=PARTS), "list"))
        network = Card(text("about.network"), gap=8)
        network.add(Words(text("about.network_words"), reading=True))
        network.add_left(
            quiet(text("about.what_is_stored"), lambda: self.go("help", topic="what-is-stored"), "arrow-right")
        )
        for card in (licence, notices, network):
            box.addWidget(card)
        box.addStretch(1)
        self.add(Columns([(left, Fixed(430)), (right, 1)]))

    def _show_file(self, name: str) -> None:
        title = text("about.file.parts" if name == PARTS else f"about.file.{name}")
        card = Card(title, gap=8)
        card.add(ReadOnlyText(licence_text(name) or text("about.not_here"), title), stretch=1)
        self.add(card, stretch=1)
        self.set_foot(Foot(outlined(text("about.back"), self.context.navigator.back, "arrow-left")))


PARTS = "COMPONENTS.txt"
"""What an installed bundle is made of; a checkout has the lock instead."""
FILES = frozenset({"LICENSE", "NOTICE", PARTS})


def licence_text(name: str) -> str:
    """One of ``FILES``: beside the package in a checkout or a bundle, among the metadata of a wheel; else empty."""
    beside = Path(assets.__file__).resolve().parents[1] / name
    if beside.is_file():
        return beside.read_text(encoding="utf-8")
    try:
        return distribution("workwell-desktop").read_text(f"licenses/{name}") or ""
    except PackageNotFoundError:
        return ""
