"""One person's record."""

from workwell_desktop.desktop.pages.record.page import RecordPage

__all__ = ["RecordPage"]
