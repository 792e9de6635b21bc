"""The page of site packs through the whole program: looking, using, taking back, a file of one's own, refusals."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from tests.desktop.conftest import settle
from tests.desktop.laptop import MAYA, TOM, Laptop
from tests.desktop.reader import Role, click, find, find_all, says
from workwell_desktop.desktop.pages.settings.site import SitePage
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.plans import PlanType
from workwell_desktop.services.administration import site_packs

NCL, CORNWALL = "North Central London", "Cornwall and the Isles of Scilly"
OWN = 'extends = "generic"\ncode = "low_moor"\nname = "Low Moor"\nversion = "7"\n\n[clocks.off_sick]\nweeks = 4\n'


@pytest.fixture
def maya(at_laptop: Laptop) -> Laptop:
    at_laptop.unlock(MAYA)
    return at_laptop


def choice(at: Laptop) -> QComboBox:
    found = find(at.window, Role.ComboBox, "Show the pack of")
    assert isinstance(found, QComboBox)
    return found


def show(at: Laptop, name: str) -> None:
    """Chooses by typing the name, as in any list."""
    box = choice(at)
    box.setFocus()
    QTest.keyClicks(box, name)
    settle()
    assert box.currentText() == name


def kept(at: Laptop) -> Partnership:
    with at.desk.read() as reader:
        return reader.list(Partnership)[0]


def take_in(at: Laptop, path: Path, toml: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(toml, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    click(at.window, Role.Button, "Take in a pack from a file")
    settle()


def test_from_settings_to_another_pack_and_back_by_undo(maya: Laptop) -> None:
    maya.go("settings", section="partnership")
    assert "In use: A WorkWell partnership" in says(maya.window)
    click(maya.window, Role.Button, "See the site packs")
    settle()
    assert isinstance(maya.page, SitePage)
    assert "This is the pack in use. Choose another to see what would change." in says(maya.window)
    assert not find_all(maya.window, Role.Button, "Use this pack")
    show(maya, NCL)
    said = says(maya.window)
    for words in (
        "QMJ",
        "Plan to stay in work: name",
        "Now: Stay in work",
        "Then: Thrive at work",
        "What would change",
    ):
        assert words in said
    assert "Nobody’s programme gets longer or shorter." in said
    assert kept(maya).site == "generic"
    click(maya.window, Role.Button, "Use this pack")
    settle()
    assert f"“{NCL}” is in use now." in says(maya.window)
    assert kept(maya).site == "north_central_london"
    assert maya.desk.site.plans[PlanType.STAY_IN_WORK].label == "Thrive at work"
    maya.go("settings", section="partnership")
    assert f"In use: {NCL}" in says(maya.window)
    QTest.keyClick(maya.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert kept(maya).site == "generic"
    assert "In use: A WorkWell partnership" in says(maya.window)
    assert maya.desk.site.code == "generic"


def test_by_keyboard_alone(maya: Laptop) -> None:
    maya.go("site")
    box = choice(maya)
    assert maya.window.focusWidget() is box
    for _step in range(3):
        QTest.keyClick(box, Qt.Key.Key_Down)
        settle()
        assert maya.window.focusWidget() is choice(maya) is box
    name = box.currentText()
    assert name in says(maya.window)
    QTest.keyClick(maya.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert maya.desk.site.name == name
    assert kept(maya).site == maya.desk.site.code


def test_the_page_says_what_is_in_doubt_and_where_an_area_went(maya: Laptop) -> None:
    maya.go("site", pack="frimley")
    said = says(maya.window)
    assert "Thames Valley" in said
    assert "The ODS code is from memory" in said
    assert "Nothing that the program goes by would change, save the name of the area." in said


def test_error_4_the_page_of_work_says_what_the_pilot_expects(maya: Laptop) -> None:
    site_packs.use(maya.desk, "cornwall_and_the_isles_of_scilly")
    maya.go("site")
    assert f"{CORNWALL} (in use)" in choice(maya).currentText()
    with maya.desk.read() as reader:
        who = reader.list(Participant)[0].id
    maya.go("work", participant=str(who))
    assert "Do not ask them to get one first." in says(maya.window)


def test_a_file_is_looked_at_used_and_listed(maya: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maya.go("site")
    take_in(maya, tmp_path / "moor.toml", OWN, monkeypatch)
    said = says(maya.window)
    digest = hashlib.sha256(OWN.encode()).hexdigest()
    assert " ".join(digest[at : at + 8] for at in range(0, 64, 8)) in said
    assert "Then: 4 weeks, off sick" in said
    assert choice(maya).currentText() == "moor.toml"
    assert kept(maya).site_pack is None
    click(maya.window, Role.Button, "Use this pack")
    settle()
    assert choice(maya).currentText() == "Low Moor (our own, in use)"
    stored = kept(maya).site_pack
    assert stored is not None
    assert (stored.sha256, maya.desk.site.code) == (digest, "low_moor")
    show(maya, NCL)
    assert "Then: 12 weeks, off sick" in says(maya.window)


def test_a_file_with_wrong_lines_is_refused_line_by_line(
    maya: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maya.go("site")
    take_in(maya, tmp_path / "moor.toml", OWN.replace("weeks = 4", 'weeks = 0\nlabel = ""'), monkeypatch)
    said = says(maya.window)
    assert "2 lines of “moor.toml” need mending. Nothing was changed." in said
    assert "Line 7" in said
    assert "clocks.off_sick.weeks: This is too small: at least 1." in said
    assert not find_all(maya.window, Role.Button, "Use this pack")
    assert kept(maya).site == "generic"
    take_in(maya, tmp_path / "moor.toml", OWN, monkeypatch)
    assert "need mending" not in says(maya.window)
    assert find_all(maya.window, Role.Button, "Use this pack")


def test_a_pack_that_would_lock_everybody_out_is_not_offered(
    maya: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = OWN + (
        '[roles.administrator]\nmay = ["search:person"]\n[roles.owner]\nlabel = "Owner"\nsigns_as = []\n'
        'may = ["manage_site", "manage_people", "restore"]\n[first_person]\nroles = ["owner"]\n'
    )
    maya.go("site")
    take_in(maya, tmp_path / "stuck.toml", stuck, monkeypatch)
    assert "This pack cannot be used as it is" in says(maya.window)
    assert "Administrator may no longer" in says(maya.window)
    assert not find_all(maya.window, Role.Button, "Use this pack")


def test_a_coach_may_look_and_change_nothing(at_laptop: Laptop) -> None:
    at_laptop.unlock(TOM)
    at_laptop.go("site")
    show(at_laptop, NCL)
    said = says(at_laptop.window)
    assert "The administrator of the partnership can change which one is used." in said
    assert "Then: Thrive at work" in said
    for name in ("Use this pack", "Take in a pack from a file"):
        assert not find_all(at_laptop.window, Role.Button, name)
    QTest.keyClick(at_laptop.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert kept(at_laptop).site == "generic"


def test_who_may_not_read_the_partnership_is_told_whom_to_ask(maya: Laptop) -> None:
    maya.desk.person = replace(maya.desk.person, roles=frozenset({"observer"}))
    maya.go("site")
    assert "Your role does not include this" in says(maya.window)
    assert not find_all(maya.window, Role.ComboBox, "Show the pack of")


def test_a_refusal_in_the_middle_is_said_and_the_pack_stays(maya: Laptop) -> None:
    maya.go("site", pack="north_central_london")
    maya.desk.person = replace(maya.desk.person, roles=frozenset({"coach"}))
    click(maya.window, Role.Button, "Use this pack")
    settle()
    assert "Your role does not include this." in says(maya.window)
    assert kept(maya).site == "generic"
    assert choice(maya).currentText() == NCL


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut(maya: Laptop, percent: int) -> None:
    theme().choose(percent=percent)
    page: QWidget = maya.go("site", pack="lancashire_and_south_cumbria")
    maya.window.resize(1280, 642)
    settle()
    assert maya.window.width() == 1280
    assert page.width() <= 1280
