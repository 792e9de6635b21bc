"""Where files were chosen is remembered by nobody: a folder may be called after a person.

Qt's own dialogs write the folders that were visited last into a file of settings that every program may read, and on
Windows and macOS into those of the system, also when the system's dialog was shown.
"""

import os
import sys

from PySide6.QtCore import QSettings

_NOTED = ("history", "lastVisited")


def remember_none() -> None:
    """On Linux the file is not made at all; asked once, before the first dialog."""
    if sys.platform == "linux":
        nowhere = f"{os.devnull}/none"
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, nowhere)


def forget() -> None:
    """Takes out what a dialog noted elsewhere: at the lock and at the end."""
    noted = QSettings(QSettings.Scope.UserScope, "QtProject")
    for name in _NOTED:
        noted.remove(f"FileDialog/{name}")
