"""The pictures of the guide are drawn from the program of today, small, and leave nothing else in their folder."""

from pathlib import Path

from PySide6.QtGui import QImage

from tests.journeys.places import Rehearsal
from workwell_desktop.desktop.guide_pictures import MADE_BY, SHOWN, shoot


def test_each_is_drawn_small_and_says_what_it_is(rehearsal: Rehearsal, tmp_path: Path) -> None:
    wanted = [one for one in SHOWN if one.name in ("record", "today", "verify")]
    before = rehearsal.window.size()
    try:
        files = shoot(rehearsal.workspace, rehearsal.desk, tmp_path, wanted)
    finally:
        rehearsal.window.resize(before)
    assert sorted(files) == sorted(tmp_path.iterdir()), "nothing else is left behind"
    pictures = [QImage(str(file)) for file in files]
    assert [(one.width(), one.height()) for one in pictures] == [one.size for one in wanted]
    assert [one.text(MADE_BY) for one in pictures] == [one.mark for one in wanted]
    assert all(one.format() is QImage.Format.Format_Indexed8 for one in pictures)
    assert len({file.read_bytes() for file in files}) == len(wanted) == 3, "each of another page"
