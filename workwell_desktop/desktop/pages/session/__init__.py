"""The MDT session as the room works in it (picture 06)."""

from workwell_desktop.desktop.pages.session.page import SessionPage

__all__ = ["SessionPage"]
