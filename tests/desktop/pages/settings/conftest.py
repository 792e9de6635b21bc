"""Settings through the whole program, unlocked by one person or another."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop.conftest import settle
from tests.desktop.laptop import MAYA, TOM, Laptop
from tests.desktop.reader import Role, find


@pytest.fixture
def at(at_laptop: Laptop) -> Laptop:
    return at_laptop


@pytest.fixture
def maya(at: Laptop) -> Laptop:
    at.unlock(MAYA)
    return at


@pytest.fixture
def tom(at: Laptop) -> Laptop:
    at.unlock(TOM)
    return at


def rewrite(at: Laptop, name: str, words: str) -> None:
    """Types other words over a field and leaves it by Tab."""
    field = find(at.window, Role.EditableText, name)
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    settle()
