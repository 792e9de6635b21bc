"""What a bundle carries and what it leaves out. Read by `workwell.spec`; the standard library alone.

Left out, and why: Qt Virtual Keyboard is under the GPL; Qt Quick, QML, OpenGL, networking and SQL of Qt are not used;
nor are the widgets of Tk, the tests of libraries, and what makes or checks the program. The library of the
printing system is the system's own: it has to fit the printers that are set up there.
"""

import json
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from devtools import ROOT

IDENTIFIER = "uk.workwell.desktop"
PACKAGE = "workwell_desktop"

EXCLUDED_MODULES = (
    "tkinter",
    "_tkinter",
    "idlelib",
    "lib2to3",
    "pydoc_data",
    "ensurepip",
    "venv",
    "pip",
    "setuptools",
    "pkg_resources",
    "distutils",
    "PyInstaller",
    "pytest",
    "_pytest",
    "hypothesis",
    "mypy",
    "mypyc",
    "ruff",
    "pydantic",
    "pydantic_core",
    "lxml.objectify",
    "lxml.isoschematron",
    "lxml.html",
    "fhir",
    "numpy",
    "PIL.ImageTk",
    "PIL._imagingtk",
    "PIL.ImageQt",
    "PIL._avif",
    "PIL.AvifImagePlugin",
    "sqlite3",
    "_sqlite3",
    "PySide6.QtNetwork",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtQuickWidgets",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PySide6.QtXml",
    "PySide6.QtUiTools",
    "PySide6.QtDesigner",
    "PySide6.QtHelp",
    "PySide6.QtConcurrent",
)

_UNWANTED = re.compile(
    r"""(?ix)
    virtualkeyboard
    | Qt6?(Qml|Quick|Labs|Lottie|Shader|Sql|Test|Network|Designer|Help|Concurrent|Xml(?!Patterns)|OpenGLWidgets|UiTools)
    | (^|/)(qml|translations|networkinformation|tls|sqldrivers|qmltooling|designer|egldeviceintegrations)/
    | plugins/(platforms/libq(vnc|linuxfb|eglfs|vkkhrdisplay|minimalegl|minimal)|generic/|platformthemes/libqgtk3)
    | plugins/imageformats/.*q(pdf|tga|tiff|wbmp|icns|webp|gif|ico)
    | plugins/platforminputcontexts/.*virtualkeyboard
    | Qt6?EglF[sS]
    | (^|/)opengl32sw\.dll$
    | (^|/)libcups\.so
    | reportlab/(fonts|graphics/barcode/.*\.ttf)
    | tzdata/zoneinfo/(right|posix)/
    | (^|/)(tests?|testing)/.*\.(pdf|png|json|xml)$
    """
)

_RESOURCE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1,
                    subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable('080904B0', [
      StringStruct('CompanyName', 'The WorkWell Desktop contributors'),
      StringStruct('FileDescription', 'WorkWell Desktop'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('LegalCopyright', 'Apache License 2.0: see LICENSE'),
      StringStruct('ProductName', 'WorkWell Desktop'),
      StringStruct('ProductVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [2057, 1200])])
  ]
)
"""


def version() -> str:
    """The one place where the version stands is the package itself."""
    source = (ROOT / PACKAGE / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', source, re.MULTILINE)
    if found is None:
        raise ValueError("the package names no version")
    return found[1]


def hidden_imports() -> list[str]:
    """Every module of the program: pages, migrations and libraries are imported by name, which no analysis sees."""
    own = [_dotted(path) for path in sorted((ROOT / PACKAGE).rglob("*.py"))]
    return [*own, "alembic.context", "alembic.op", "logging.config"]


def _dotted(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def data_files() -> list[tuple[str, str]]:
    """(file, folder inside the bundle): as a wheel carries them, the migrations, which Alembic reads as files, and the
    tables of the hub."""
    named = [(ROOT / "ui", f"{PACKAGE}/_ui"), (ROOT / "resources", f"{PACKAGE}/_resources")]
    for folder in (ROOT / PACKAGE / "store" / "migrations", ROOT / PACKAGE / "sync" / "hub" / "sql"):
        named.append((folder, folder.relative_to(ROOT).as_posix()))
    found = [(str(ROOT / name), ".") for name in ("LICENSE", "NOTICE", "CHANGELOG.md")]
    for source, target in named:
        for path in sorted(source.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                inside = Path(target) / path.relative_to(source).parent
                found.append((str(path), inside.as_posix()))
    return found


def is_wanted(inside: str) -> bool:
    """Whether a file that a library brings is one that the program uses; ``inside`` is its path in the bundle."""
    place = inside.replace("\\", "/")
    return place.startswith(f"{PACKAGE}/") or not _UNWANTED.search(place)


def without_orphans(
    binaries: Iterable[tuple[str, str, str]], needs: Callable[[str], Iterable[str]]
) -> list[tuple[str, str, str]]:
    """Drops what only a dropped plugin needed. ``needs`` names the libraries that a file asks the loader for.

    Top-level entries alone may go: what lies in a package's own folder is found by that package.
    """
    kept = list(binaries)
    asked = {source: {Path(name).name for name in needs(source)} for _inside, source, _kind in kept}
    while True:
        wanted = set().union(*(asked[source] for _inside, source, _kind in kept))
        left = [one for one in kept if not _may_go(one[0]) or Path(one[0]).name in wanted]
        if len(left) == len(kept):
            return left
        kept = left


def needed_by(file: str) -> list[str]:
    """The libraries that a file itself asks for, not those that these ask for in turn; none where it is no library."""
    said = subprocess.run(["objdump", "-p", file], check=False, capture_output=True, text=True).stdout
    return re.findall(r"(?m)^\s+NEEDED\s+(\S+)", said)


def _may_go(inside: str) -> bool:
    return "/" not in inside.replace("\\", "/") and inside.startswith("lib") and not inside.startswith("libpython")


def note_binaries(binaries: Iterable[tuple[str, str, str]], work: str) -> None:
    """Writes down where each shared library came from, so that the component list can name its package."""
    rows = [[inside, source] for inside, source, _kind in binaries]
    Path(work, "binaries.json").write_text(json.dumps(sorted(rows)), encoding="utf-8")


def property_list() -> dict[str, object]:
    """What macOS wants to know of an application."""
    return {
        "NSHighResolutionCapable": True,
        "LSMinimumSystemVersion": "13.0",
        "LSApplicationCategoryType": "public.app-category.medical",
        "CFBundleDocumentTypes": [
            {"CFBundleTypeName": "WorkWell store", "CFBundleTypeExtensions": ["workwell"], "CFBundleTypeRole": "Editor"}
        ],
    }


def version_resource() -> str:
    """What Windows shows under a program's properties, in PyInstaller's form."""
    given = [int(part) for part in version().split(".") if part.isdigit()]
    return _RESOURCE.format(version=version(), numbers=tuple([*given, 0, 0, 0, 0][:4]))
