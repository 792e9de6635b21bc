"""Printing pages that were drawn as pictures, by the system's own dialog."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

MOST_DOTS = 300
"""Dots an inch: finer than an office printer shows, and a page stays under 10 million pixels."""


def choose_printer(parent: QWidget, title: str) -> QPrinter | None:
    """The system's dialog; None where it was cancelled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setWindowTitle(title)
    try:
        return printer if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


def print_width(printer: QPrinter) -> int:
    """How wide a page is to be drawn, in pixels."""
    inches: float = printer.paperRect(QPrinter.Unit.Inch).width()
    return round(inches * min(printer.resolution(), MOST_DOTS))


def chosen_pages(printer: QPrinter, pages: Sequence[bytes]) -> list[bytes]:
    """Those that the dialog asks for: a range (from 1) that ends with the last page at most, the last page first
    where it says so. Copies and two-sided printing are the printer's own."""
    chosen = list(pages)
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        chosen = chosen[printer.fromPage() - 1 : max(printer.fromPage(), printer.toPage())]
    return chosen[::-1] if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst else chosen


def draw_pages(printer: QPrinter, pages: Sequence[bytes]) -> None:
    """Each picture that was asked for on a sheet of its own, filling it as the PDF does."""
    chosen = chosen_pages(printer, pages)
    if not chosen:
        return
    painter = QPainter(printer)
    try:
        for place, png in enumerate(chosen):
            if place:
                printer.newPage()
            sheet: QRectF = printer.paperRect(QPrinter.Unit.DevicePixel)
            painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), QImage.fromData(png))
    finally:
        painter.end()
