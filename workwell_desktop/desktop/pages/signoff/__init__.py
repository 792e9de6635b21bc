"""Sign-off of a session, and what is read of it afterwards."""

from workwell_desktop.desktop.pages.signoff.page import SignOffPage

__all__ = ["SignOffPage"]
