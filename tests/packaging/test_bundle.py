"""What a bundle carries and leaves out, what is said about its parts, and that taking it away leaves every store."""

import io
import json
import plistlib
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from devtools import ROOT, environment
from devtools.bundle import archives, components, contents, linux, macos, windows
from devtools.bundle.build import Built
from tests.support.tree import none
from workwell_desktop import __version__
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.services.safekeeping import places

LEFT_OUT = [
    "PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
    "PySide6/plugins/platforminputcontexts/qtvirtualkeyboardplugin.dll",
    "PySide6/Qt/lib/libQt6Qml.so.6",
    "PySide6/Qt6Quick.dll",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/Qt/translations/qtbase_de.qm",
    "PySide6/opengl32sw.dll",
    "libcups.so.2",
    "PySide6/Qt/lib/libQt6EglFsKmsSupport.so.6",
]
KEPT = [
    "PySide6/Qt/lib/libQt6Widgets.so.6",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/plugins/platforms/qwindows.dll",
    "PySide6/plugins/styles/qmodernwindowsstyle.dll",
    "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
    "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
    "sqlcipher3/_sqlite3.cpython-311-x86_64-linux-gnu.so",
]


def test_what_is_not_used_or_not_ours_to_give_stays_out() -> None:
    none(name for name in LEFT_OUT if contents.is_wanted(name))
    none(name for name in KEPT if not contents.is_wanted(name))


def test_everything_of_the_programs_own_goes_in() -> None:
    files = {Path(target, Path(source).name).as_posix() for source, target in contents.data_files()}
    assert {"LICENSE", "NOTICE", "workwell_desktop/_ui/tokens.toml", "workwell_desktop/_resources/brand.toml"} <= files
    assert {"workwell_desktop/store/migrations/env.py", "workwell_desktop/sync/hub/sql/steps/0001.sql"} <= files
    none(name for name in files if not contents.is_wanted(name) or "__pycache__" in name)
    modules = contents.hidden_imports()
    assert "workwell_desktop.desktop.pages.help.about" in modules
    assert "workwell_desktop.store.migrations.versions.0001_the_log" in modules
    assert contents.version() == __version__


def test_what_only_a_dropped_plugin_needed_goes_too() -> None:
    needs = {"plugin": ["liba.so"], "liba.so": ["libb.so"], "kept": ["libc.so"], "libc.so": []}
    rows = [
        ("PySide6/kept.so", "kept", "BINARY"),
        *((name, name, "BINARY") for name in ("liba.so", "libb.so", "libc.so")),
    ]
    left = contents.without_orphans(rows, lambda file: needs.get(file, []))
    assert [inside for inside, _source, _kind in left] == ["PySide6/kept.so", "libc.so"]


def test_every_library_has_a_licence_and_its_words() -> None:
    found = components.libraries(environment.packages() if environment.PYTHON.exists() else Path())
    if not found:
        pytest.skip("the libraries of this run are not in .venv")
    none(f"{one.name} {one.licence}" for one in found if not one.licence or not one.texts)
    licences = {one.name: one.licence for one in found}
    assert licences["pyside6-essentials"] == "LGPL-3.0-only"
    none(f"{name} {licence}" for name, licence in licences.items() if re.match(r"A?GPL", licence))
    assert "pyinstaller" not in licences


def test_the_list_of_parts_is_for_programs_and_for_people(tmp_path: Path) -> None:
    words = tmp_path / "LICENSE"
    words.write_text("Do what you like.", encoding="utf-8")
    parts = [
        components.Component("one", "1.0", "MIT OR Apache-2.0", purl="pkg:pypi/one@1.0", texts=(words,)),
        components.Component("two", "2.0", "see its text", purl="pkg:deb/debian/two@2.0", texts=(words,)),
    ]
    listed = json.loads(components.cyclonedx(parts))
    assert (listed["bomFormat"], listed["metadata"]["component"]["version"]) == ("CycloneDX", __version__)
    assert [row["licenses"] for row in listed["components"]] == [
        [{"expression": "MIT OR Apache-2.0"}],
        [{"license": {"name": "see its text"}}],
    ]
    said = components.readable(parts)
    assert "one 1.0: MIT OR Apache-2.0" in said
    assert "PyInstaller" in said


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian package around a program of one line."""
    folder = tmp_path / "workwell-desktop"
    folder.mkdir()
    (folder / "workwell").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "workwell").chmod(0o755)
    (folder / "COMPONENTS.txt").write_text("parts\n", encoding="utf-8")
    (folder / "libneeds.so").write_bytes(b"\x7fELF\0GLIBC_2.17\0GLIBC_2.41\0")
    icons = tmp_path / "work" / "icons"
    icons.mkdir(parents=True)
    for name in ("workwell.svg", *(f"{size}.png" for size in linux.SIZES)):
        (icons / name).write_bytes(b"picture")
    monkeypatch.setattr(linux, "WORK", tmp_path / "work")
    monkeypatch.setattr(linux, "DIST", tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    return linux.debian_package(Built(folder, "9.1.0", 4096), "x86_64")


def members(package: Path) -> dict[str, bytes]:
    data, at, found = package.read_bytes(), 8, {}
    assert data[:8] == b"!<arch>\n"
    while at < len(data):
        name, size = data[at : at + 16].decode().strip(), int(data[at + 48 : at + 58])
        found[name] = data[at + 60 : at + 60 + size]
        at += 60 + size + size % 2
    return found


def test_the_package_has_no_script_that_could_touch_a_store(package: Path) -> None:
    found = members(package)
    assert list(found) == ["debian-binary", "control.tar.xz", "data.tar.xz"]
    with tarfile.open(fileobj=io.BytesIO(found["control.tar.xz"])) as control:
        assert control.getnames() == [".", "./control", "./md5sums"]
    with tarfile.open(fileobj=io.BytesIO(found["data.tar.xz"])) as data:
        names = [one.name.removeprefix("./") for one in data if not one.isdir()]
        assert {one.mode for one in data if one.name.endswith("workwell-desktop/workwell")} == {0o755}
        assert all((one.uid, one.gid) == (0, 0) for one in data)
    none(name for name in names if not name.startswith("usr/"))
    assert {"usr/bin/workwell", "usr/share/applications/workwell-desktop.desktop"} <= set(names)


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg here")
def test_dpkg_reads_the_package(package: Path) -> None:
    said = subprocess.run(["dpkg-deb", "--field", package], check=True, capture_output=True, text=True).stdout
    assert "Version: 9.1.0" in said
    assert "Architecture: amd64" in said
    assert "libc6 (>= 2.41)" in said
    listed = subprocess.run(["dpkg-deb", "--contents", package], check=True, capture_output=True, text=True).stdout
    assert "./usr/bin/workwell -> ../lib/workwell-desktop/workwell" in listed


def test_the_same_files_make_the_same_package(package: Path) -> None:
    before = archives.sha256(package)
    again = linux.debian_package(Built(package.parent / "workwell-desktop", "9.1.0", 4096), "x86_64")
    assert archives.sha256(again) == before


def test_the_windows_installer_is_one_persons_and_deletes_nothing_but_its_own(
    monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> None:
    text = windows.setup_text("9.1.0", "FOLDER", "ICONS", "OUT")
    assert "PrivilegesRequired=lowest" in text
    assert r'DestDir: "{app}\9.1.0"' in text
    assert "AppId={{6B0F3C1E" in text
    assert not re.search(r"UninstallDelete|UninstallRun|InstallDelete|\[Code\]", text)
    monkeypatch.delenv("WORKWELL_HOME", raising=False)
    # the store's folder there is the local data folder's own; the program's lies below Programs
    assert r"DefaultDirName={localappdata}\Programs" in text
    assert places.home().name.lower().replace("-", " ") == "workwell desktop"


def test_where_no_compiler_is_the_definitions_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "workwell-desktop"
    folder.mkdir()
    (folder / "workwell.exe").write_bytes(b"MZ")
    monkeypatch.setenv("PATH", str(tmp_path))
    for module in (windows, macos):
        monkeypatch.setattr(module, "DIST", tmp_path)
    packed, definition = windows.make(Built(folder, "9.1.0", 2))
    with zipfile.ZipFile(packed) as found:
        assert found.namelist() == ["WorkWellDesktop-9.1.0/workwell.exe"]
    assert definition.read_text(encoding="utf-8-sig").startswith("; Inno Setup")
    (image,) = macos.make(Built(folder, "9.1.0", 2))
    assert plistlib.loads(image.read_bytes())["format"] == "UDZO"


def test_the_disk_image_holds_the_application_and_nothing_else() -> None:
    given = macos.settings("9.1.0", "/somewhere/WorkWell Desktop.app", "/somewhere/image.dmg")
    assert given["files"] == ["/somewhere/WorkWell Desktop.app"]
    assert given["volume"] == "WorkWell Desktop 9.1.0"


def test_the_windows_programs_bear_the_version() -> None:
    said = contents.version_resource()
    numbers = tuple([*(int(part) for part in __version__.split(".")), 0, 0][:4])
    assert f"filevers={numbers}" in said
    assert compile(said, "version", "eval")


def test_a_licence_that_goes_along_is_there() -> None:
    none(name for name in ("LGPL-3.0.txt", "GPL-3.0.txt", "SQLCipher.txt") if not (components.TEXTS / name).is_file())
    assert (ROOT / "packaging" / "workwell.spec").is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's loader alone reads these names")
@pytest.mark.parametrize(("before", "handed_on"), [("", None), ("/opt/own", "/opt/own")])
def test_what_the_program_starts_gets_the_systems_libraries(tmp_path: Path, before: str, handed_on: str | None) -> None:
    package = tmp_path / contents.PACKAGE
    package.mkdir()
    (package / "__init__.py").touch()
    told = "import json, os\n\n\ndef main():\n    print(json.dumps(os.environ.get('LD_LIBRARY_PATH')))\n    return 0\n"
    (package / "app.py").write_text(told, encoding="utf-8")
    given = {"PYTHONPATH": str(tmp_path), "LD_LIBRARY_PATH": "/bundle/_internal"}
    given |= {"LD_LIBRARY_PATH_ORIG": before} if before else {}
    command = [sys.executable, str(ROOT / "packaging" / "start.py")]
    said = subprocess.run(command, env=given, check=True, capture_output=True, text=True).stdout
    assert json.loads(said) == handed_on
