"""For Linux: an AppDir for one person, and a Debian package for a computer.

The Debian package has no scripts of its own at all: nothing runs when it is taken away, so nothing can touch a store,
which lies in a person's own folder. Menus, icons and kinds of file are brought up by the system's own triggers.
"""

import hashlib
import re
import shutil
from pathlib import Path

from devtools import ROOT
from devtools.bundle import archives, contents
from devtools.bundle.archives import Entry
from devtools.bundle.build import DIST, WORK, Built, moment
from devtools.bundle.icons_sizes import SIZES

NAME = "workwell-desktop"
HOME = f"usr/lib/{NAME}"
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}

# What stays with the system because it must fit its C library, its screen driver or its fonts.
DEPENDS = "libegl1, libgl1, libcups2, libwayland-cursor0, libwayland-egl1, fontconfig-config"
RECOMMENDS = "desktop-file-utils, shared-mime-info, hicolor-icon-theme"

_MENU = """[Desktop Entry]
Type=Application
Name=WorkWell Desktop
GenericName=Work and health plans
Comment=Structured work-and-health assessments, team sessions and signed plans, offline
Exec=workwell
Icon={name}
Terminal=false
Categories=Office;MedicalSoftware;
StartupWMClass=workwell
Keywords=work;health;plan;assessment;
"""
_OPENS = """[Desktop Entry]
Type=Application
Name=WorkWell Desktop
Exec=workwell --store %f
Icon={name}
Terminal=false
NoDisplay=true
MimeType=application/x-workwell-store;
"""
_KIND = """<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-workwell-store">
    <comment>WorkWell store</comment>
    <icon name="{name}"/>
    <glob pattern="*.workwell"/>
  </mime-type>
</mime-info>
"""
_ABOUT = """<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{identifier}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>Apache-2.0</project_license>
  <name>WorkWell Desktop</name>
  <summary>Work-and-health assessments, sessions and signed plans, offline</summary>
  <description><p>Carries a coach and a participant from the referral to a plan that both have signed. Independent
  software, not a government service.</p></description>
  <launchable type="desktop-id">{name}.desktop</launchable>
  <provides><binary>workwell</binary></provides>
  <content_rating type="oars-1.1"/>
  <releases><release version="{version}"/></releases>
</component>
"""
_START = """#!/bin/sh
# The folder may lie anywhere and be moved: everything is found from where this file is.
here=$(dirname "$(readlink -f "$0")")
exec "$here/{home}/workwell" "$@"
"""


def _shared(version: str) -> list[Entry]:
    """What the desktop reads, the same in the AppDir and in the package."""
    words = {"name": NAME, "version": version, "identifier": contents.IDENTIFIER}
    found = [
        Entry(f"usr/share/applications/{NAME}.desktop", data=_MENU.format(**words).encode()),
        Entry(f"usr/share/applications/{NAME}-open.desktop", data=_OPENS.format(**words).encode()),
        Entry(f"usr/share/mime/packages/{NAME}.xml", data=_KIND.format(**words).encode()),
        Entry(f"usr/share/metainfo/{contents.IDENTIFIER}.metainfo.xml", data=_ABOUT.format(**words).encode()),
        Entry(f"usr/share/icons/hicolor/scalable/apps/{NAME}.svg", source=WORK / "icons" / "workwell.svg"),
    ]
    for size in SIZES:
        place = f"usr/share/icons/hicolor/{size}x{size}/apps/{NAME}.png"
        found.append(Entry(place, source=WORK / "icons" / f"{size}.png"))
    return found


def app_dir(built: Built, machine: str) -> Path:
    """The AppDir, as a folder and as the archive in which it travels; gives the archive."""
    folder = DIST / f"WorkWellDesktop-{built.version}-{machine}.AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(built.folder, folder / HOME, symlinks=True)
    start = _START.format(home=HOME).encode()
    menu = _MENU.format(name=NAME).encode()
    extra = [
        *_shared(built.version),
        Entry("AppRun", data=start, mode=0o755),
        Entry(f"{NAME}.desktop", data=menu),
        Entry(f"{NAME}.png", source=WORK / "icons" / "256.png"),
        Entry(".DirIcon", link=f"{NAME}.png"),
    ]
    for one in extra:
        path = folder / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if one.link is not None:
            path.symlink_to(one.link)
        else:
            path.write_bytes(one.data if one.data is not None else one.source.read_bytes() if one.source else b"")
            path.chmod(one.mode)
    archive = folder.with_suffix(".AppDir.tar.gz")
    archive.write_bytes(archives.gz(archives.tar(archives.entries_of(folder, folder.name), moment())))
    return archive


def package_entries(built: Built) -> list[Entry]:
    """Everything that the Debian package puts on a computer; nothing of it lies under /home or /var."""
    own = archives.entries_of(built.folder, HOME)
    documents = f"usr/share/doc/{NAME}"
    copyright_words = (ROOT / "NOTICE").read_bytes() + b"\n" + (built.folder / "COMPONENTS.txt").read_bytes()
    return [
        *own,
        *_shared(built.version),
        Entry("usr/bin/workwell", link=f"../lib/{NAME}/workwell"),
        Entry(f"{documents}/copyright", data=copyright_words),
        Entry(f"{documents}/changelog.gz", data=archives.gz((ROOT / "CHANGELOG.md").read_bytes())),
    ]


def c_library_of(folder: Path) -> int:
    """The newest 2.x of the C library that anything in the bundle asks for: what it was built on decides that."""
    asked = {34}
    for file in folder.rglob("*"):
        if file.is_file() and (".so" in file.name or file.name == "workwell"):
            asked |= {int(minor) for minor in re.findall(rb"GLIBC_2\.(\d{1,2})\0", file.read_bytes())}
    return max(asked)


def control(built: Built, machine: str) -> str:
    """The package's card. ``Installed-Size`` is in KiB."""
    return (
        f"Package: {NAME}\n"
        f"Version: {built.version}\n"
        f"Architecture: {MACHINES[machine]}\n"
        "Maintainer: the WorkWell Desktop contributors <workwell-desktop@localhost>\n"
        f"Installed-Size: {built.size // 1024}\n"
        f"Depends: libc6 (>= 2.{c_library_of(built.folder)}), {DEPENDS}\n"
        f"Recommends: {RECOMMENDS}\n"
        "Section: misc\n"
        "Priority: optional\n"
        "Description: work-and-health assessments, team sessions and signed plans, offline\n"
        " Carries a coach and a participant from the referral to a plan that both have signed,\n"
        " with no network. Everything is in one encrypted file. Independent software, not a\n"
        " government service.\n"
    )


def debian_package(built: Built, machine: str) -> Path:
    """The .deb: three members, no maintainer scripts."""
    entries, when = package_entries(built), moment()
    sums = "".join(
        f"{hashlib.md5(_bytes(one), usedforsecurity=False).hexdigest()}  {one.name}\n"
        for one in sorted(entries, key=lambda one: one.name)
        if one.link is None
    )
    card = [Entry("control", data=control(built, machine).encode()), Entry("md5sums", data=sums.encode())]
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.xz", archives.xz(archives.tar(card, when, prefix="./"))),
        ("data.tar.xz", archives.xz(archives.tar(entries, when, prefix="./"))),
    ]
    file = DIST / f"{NAME}_{built.version}_{MACHINES[machine]}.deb"
    file.write_bytes(archives.ar(members, when))
    return file


def _bytes(one: Entry) -> bytes:
    if one.data is not None:
        return one.data
    return one.source.read_bytes() if one.source is not None else b""
