"""The MDT session as the room works in it."""

from workwell_desktop.desktop.pages.session.page import SessionPage

__all__ = ["SessionPage"]
