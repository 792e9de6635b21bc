"""A whole process that ends when its first window stands painted: `painted.py bare`, or `painted.py ours STORE`.

Qt paints a window while it handles its exposure, so a window that is exposed after the events were handled is painted.
"""

import os
import sys


def until_painted() -> int:
    """Stands in for the event loop: goes on until a window is exposed, then ends the process."""
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication.instance()
    assert app is not None
    while not any(window.isExposed() for window in QGuiApplication.topLevelWindows()):
        app.processEvents()
    app.processEvents()
    os._exit(0)


def bare() -> None:
    """The least that a desktop program in Qt can be: a window with one table."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QTableWidget(20, 5))
    window.resize(1200, 700)
    window.show()
    assert app is not None
    until_painted()


def ours(store: str) -> None:
    """The program as a person starts it, on a store that waits for its passphrase.

    The event loop is replaced when the window is about to be made: the program imports in its own order.
    """
    from workwell_desktop import app

    facts = app.StoreGate.facts

    def facts_of(gate: app.StoreGate) -> object:
        from PySide6.QtWidgets import QApplication

        QApplication.exec = staticmethod(until_painted)  # type: ignore[method-assign]
        return facts(gate)

    app.StoreGate.facts = facts_of  # type: ignore[method-assign,assignment]
    sys.argv = ["workwell", "--store", store]
    sys.exit(app.main())


if __name__ == "__main__":
    bare() if sys.argv[1] == "bare" else ours(sys.argv[2])
