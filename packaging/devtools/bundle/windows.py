"""For Windows: a zip for who may install nothing, and an installer for one person without administrator's rights.

Made by the same script as what is tested on Linux, and itself untested: no Windows was at hand. Each version goes into
a folder of its own, so an update never writes over a program that runs. The store lies in
``%LOCALAPPDATA%\\WorkWell Desktop``, outside every folder that the installer knows: taking the program away leaves it.
"""

import shutil
import subprocess
from pathlib import Path

from devtools.bundle import archives
from devtools.bundle.build import DIST, WORK, Built

APP_ID = "6B0F3C1E-5A57-4B0E-9D0C-2F6D2C8E71A4"

_SETUP = r'''; Inno Setup 6.3 or newer. Made by `packaging/dev.py bundle`; untested.
[Setup]
AppId={{{{{app_id}}}
AppName=WorkWell Desktop
AppVersion={version}
AppVerName=WorkWell Desktop {version}
AppPublisher=The WorkWell Desktop contributors
VersionInfoVersion={version}
DefaultDirName={{localappdata}}\Programs\WorkWell Desktop
DisableDirPage=yes
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
LicenseFile={folder}\_internal\LICENSE
SetupIconFile={icons}\workwell.ico
UninstallDisplayIcon={{app}}\{version}\WorkWellDesktop.exe
OutputDir={out}
OutputBaseFilename=WorkWellDesktop-{version}-setup
Compression=lzma2
SolidCompression=yes
CloseApplications=yes
ChangesAssociations=yes

[Files]
Source: "{folder}\*"; DestDir: "{{app}}\{version}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{{userprograms}}\WorkWell Desktop"; Filename: "{{app}}\{version}\WorkWellDesktop.exe"

[Registry]
Root: HKCU; Subkey: "Software\Classes\.workwell"; ValueType: string; ValueData: "WorkWellStore"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\WorkWellStore"; ValueType: string; ValueData: "WorkWell store"; \
  Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\WorkWellStore\shell\open\command"; ValueType: string; \
  ValueData: """{{app}}\{version}\WorkWellDesktop.exe"" --store ""%1"""

[Run]
Filename: "{{app}}\{version}\WorkWellDesktop.exe"; Description: "Open WorkWell Desktop"; \
  Flags: postinstall nowait skipifsilent
'''


def setup_text(version: str, folder: str, icons: str, out: str) -> str:
    """The definition that Inno Setup compiles. Nothing in it deletes: what was put there alone is taken away."""
    return _SETUP.format(app_id=APP_ID, version=version, folder=folder, icons=icons, out=out)


def make(built: Built) -> list[Path]:
    """The zip, the definition, and the installer itself where Inno Setup's compiler is on the path."""
    name = f"WorkWellDesktop-{built.version}-windows"
    packed = DIST / f"{name}.zip"
    archives.zipped(built.folder, f"WorkWellDesktop-{built.version}", packed)
    definition = DIST / f"{name}.iss"
    text = setup_text(built.version, str(built.folder), str(WORK / "icons"), str(DIST))
    definition.write_text(text, encoding="utf-8-sig")
    compiler = shutil.which("iscc")
    if compiler is None:
        return [packed, definition]
    subprocess.run([compiler, "/Q", definition], check=True)
    return [packed, definition, DIST / f"WorkWellDesktop-{built.version}-setup.exe"]
