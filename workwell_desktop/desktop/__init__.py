"""The window: pages, parts, theme. The only folder that imports PySide6."""

import builtins

import shiboken6

# PySide6 puts an import of its own before Python's, to serve ``from __feature__ import snake_case``: it reads the
# source of every module that is imported afterwards, and keeps it. Nobody here asks for such features, so the reading
# on the way to the first paint and the kept text (tens of megabytes, once SQLAlchemy is in) are spared.
if shiboken6 and hasattr(builtins, "__orig_import__"):
    builtins.__import__ = builtins.__orig_import__
