"""One source for the look: tokens, scale, sheet, fonts; high contrast does without the sheet."""

import re

import pytest
from PySide6.QtGui import QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import Show
from workwell_desktop import assets
from workwell_desktop.desktop.theme import icons, sheet
from workwell_desktop.desktop.theme.scale import STEPS, Scale, nearest_step
from workwell_desktop.desktop.theme.theme import NO_SHEET, theme
from workwell_desktop.desktop.theme.tokens import tokens
from workwell_desktop.desktop.widgets.buttons import filled
from workwell_desktop.desktop.widgets.words import Words


def test_text_grows_fully_and_space_by_a_third() -> None:
    assert STEPS == (100, 120, 140, 160, 180, 200)
    assert Scale(200).px(44) == 88
    assert Scale(200).space(24) == 32
    assert Scale(100, wide=True).px(100) == 112
    assert Scale(200).larger().percent == 200
    assert Scale(100).smaller().percent == 100
    assert nearest_step(151) == 160


def test_every_size_and_colour_of_the_sheet_is_filled_in() -> None:
    for scheme in ("light", "dark"):
        made = sheet.render(sheet.template(), tokens().colours(scheme), Scale(140))
        assert not re.search(r"@\w|\b(?:px|sp)\(", made)
    with pytest.raises(KeyError):
        sheet.render("QLabel { color: @no_such_role; }", tokens().colours("light"), Scale())
    assert sheet.render("a { b: px(10) sp(12); }", {}, Scale(200)) == "a { b: 20px 16px; }"


def test_light_and_dark_have_the_same_roles_but_one() -> None:
    light, dark = tokens().colours("light"), tokens().colours("dark")
    assert set(light) == set(dark)


def test_figures_have_one_width_and_the_face_is_ours(qapp: QApplication) -> None:
    font = theme().font("body")
    assert QFontInfo(font).family() == "Atkinson Hyperlegible Next"
    metrics = QFontMetrics(font)
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


def test_the_sheet_leaves_the_fonts_alone(show: Show) -> None:
    words = Words("Record", "section")
    show(words)
    assert words.font().pixelSize() == 19
    theme().choose(percent=200)
    assert words.font().pixelSize() == 38


def test_high_contrast_drops_the_sheet_and_keeps_sizes(qapp: QApplication, show: Show) -> None:
    button = filled("Record the call")
    show(button, scheme="contrast")
    assert qapp.styleSheet() == NO_SHEET
    assert button.font().pixelSize() == 16
    assert button.minimumHeight() == 44
    theme().choose(scheme="dark")
    assert qapp.styleSheet() != NO_SHEET
    assert theme().colour("brand").name() == tokens().colour("dark", "brand")


def test_every_icon_is_bundled_with_its_licence() -> None:
    names = [path.stem for path in assets.resource("icons").glob("*.svg")]
    assert len(names) > 50
    assert "ISC" in assets.resource("icons", "LICENSE").read_text(encoding="utf-8")
    picture = icons.pixmap("lock", "risk", 20).toImage()
    colours = {
        picture.pixelColor(x, y).name() for x in range(20) for y in range(20) if picture.pixelColor(x, y).alpha() > 250
    }
    assert colours == {tokens().colour("light", "risk")}
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon")


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


WORDS = re.compile(r"text|text_soft|link|\w+_text(_soft)?|on_(brand|risk)")
"""Roles in which words stand; every other is of a part, a mark or an edge."""
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def _pairs_of_the_sheet() -> set[tuple[str, str]]:
    """Words and ground of every rule that sets both."""
    found = set()
    for _names, body in _RULE.findall(sheet.template()):
        ink, ground = (re.search(rf"(?:^|[;\s]){what}: @(\w+)", body) for what in ("color", "background"))
        if ink and ground and ":disabled" not in _names:
            found.add((ink[1], ground[1]))
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_parts_stand_out_from_their_ground(scheme: str) -> None:
    """WCAG 2.2: 4.5 for words, 3 for parts. Each pair written down is measured, and each that the sheet sets."""
    colours, written = tokens().table["colour"][scheme], tokens().table["contrast"][scheme]
    assert len(written) > 40
    # a role may itself be called on_brand: the pair whose both sides are roles
    pairs = {
        (name[:at], name[at + 4 :]): said
        for name, said in written.items()
        for at in (found.start() for found in re.finditer("_on_", name))
        if name[:at] in colours and name[at + 4 :] in colours
    }
    assert len(pairs) == len(written)
    assert len(_pairs_of_the_sheet()) > 10
    for ink, ground in pairs.keys() | _pairs_of_the_sheet():
        measured = _contrast(colours[ink], colours[ground])
        assert measured >= (4.5 if WORDS.fullmatch(ink) else 3), f"{ink} on {ground}: {measured:.2f}"
        assert pairs.get((ink, ground), measured) == pytest.approx(measured, abs=0.11), f"{ink} on {ground}"
