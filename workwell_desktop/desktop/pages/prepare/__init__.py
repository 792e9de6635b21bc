"""Preparing a session: when, where, who; the cases, each with its question."""

from workwell_desktop.desktop.pages.prepare.page import PreparePage

__all__ = ["PreparePage"]
