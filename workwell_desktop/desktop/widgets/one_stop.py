"""Radio buttons that the Tab key takes as one: it comes to the chosen one, or to the first while none is chosen.

Qt gives a group its one stop only once the focus has been in it: the first visit would come to the first button.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton


def one_stop(buttons: Sequence[QAbstractButton]) -> None:
    """Called whenever another one of ``buttons`` may have been chosen by the program."""
    stop = next((one for one in buttons if one.isChecked()), buttons[0] if buttons else None)
    for one in buttons:
        one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is stop else Qt.FocusPolicy.ClickFocus)
