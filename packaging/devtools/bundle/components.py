"""What the bundle is made of: each part's name, release and licence, with the licence's own words beside it.

Written as CycloneDX 1.6 JSON for programs and as plain text for people. The libraries are those of the lock that are
installed here; what the system lent is named by its Debian package. A part without a licence stops the making.
"""

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path

from devtools import ROOT, SetUpError, lockfile
from devtools.bundle import contents

TEXTS = ROOT / "packaging" / "licences"
LICENCES, LIST, MACHINE = "licences", "COMPONENTS.txt", "components.cdx.json"
_LGPL = ("LGPL-3.0.txt", "GPL-3.0.txt")

# What the metadata of a library leaves unsaid or says by a phrase; each was read in the library's own licence file.
_SAID = {
    "aiosignal": "Apache-2.0",
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "python-bidi": "LGPL-3.0-or-later",
    "reportlab": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "spylls": "MPL-2.0",
    "sqlcipher3": "Zlib AND BSD-3-Clause",
    "uharfbuzz": "Apache-2.0",
}
# Words that a library's own files leave out: SQLCipher is compiled into this one.
_ALSO = {"sqlcipher3": (TEXTS / "SQLCipher.txt",)}
_NAMES = re.compile(r"(?i)licen[cs]e|copying|notice|authors")
_PACKER = (
    "The bundle's starter comes from PyInstaller: GPL-2.0-or-later with an exception that lets what it starts be "
    "distributed under any licence."
)


@dataclass(frozen=True, slots=True)
class Component:
    """``licence`` is an SPDX expression; ``texts`` are the files in which it can be read."""

    name: str
    version: str
    licence: str
    kind: str = "library"
    purl: str = ""
    texts: tuple[Path, ...] = field(default=(), compare=False)


def libraries(packages: Path) -> list[Component]:
    """The product's part of the lock, as far as it is installed in ``packages``: what another system needs is not."""
    installed = {_plain(one.metadata["Name"]): one for one in distributions(path=[str(packages)])}
    locked = {_plain(re.split(r"[\[=]", pin)[0]) for pin in lockfile.entries(lockfile.part(tests=False))}
    found = []
    for name in sorted(locked & installed.keys()):
        one = installed[name]
        licence = _licence_of(name, one)
        lent = tuple(TEXTS / text for text in _LGPL) if "LGPL" in licence else ()
        texts = (_texts_of(one) or lent) + _ALSO.get(name, ())
        found.append(Component(name, one.version, licence, purl=f"pkg:pypi/{name}@{one.version}", texts=texts))
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence_of(name: str, one: Distribution) -> str:
    said = _named(one, "License-Expression") or _SAID.get(name) or _named(one, "License")
    return said.strip().splitlines()[0] if said.strip() else ""


def _named(one: Distribution, field: str) -> str:
    return str((one.metadata.get_all(field) or [""])[0])


def _texts_of(one: Distribution) -> tuple[Path, ...]:
    """The licence files among a library's metadata."""
    names = [file for file in one.files or () if ".dist-info" in file.parts[0]]
    kept = [file for file in names if "licenses" in file.parts or _NAMES.search(file.name)]
    return tuple(path for path in (Path(str(one.locate_file(file))) for file in kept) if path.is_file())


def language() -> Component:
    """Python itself, as the environment has it."""
    places = [Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)]
    texts = tuple(place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file())[:1]
    version = ".".join(map(str, sys.version_info[:3]))
    return Component("python", version, "PSF-2.0", "platform", f"pkg:generic/python@{version}", texts)


def lent_by_the_system(binaries: Sequence[Sequence[str]]) -> list[Component]:
    """The Debian packages whose libraries went in; nothing where the system keeps no such books."""
    files = [source for _inside, source in binaries if source.startswith(("/usr/lib/", "/lib/"))]
    if not files or shutil.which("dpkg-query") is None:
        return []
    found = {}
    for file in sorted({str(Path(file).resolve()) for file in files} | set(files)):
        told = subprocess.run(["dpkg-query", "--search", file], check=False, capture_output=True, text=True)
        if told.returncode == 0:
            package = told.stdout.split(": ")[0].split(",")[0]
            found[package.split(":")[0]] = package
    return [_debian(plain, package) for plain, package in sorted(found.items())]


def _debian(plain: str, package: str) -> Component:
    show = ["dpkg-query", "--show", "--showformat=${Version}", package]
    version = subprocess.run(show, check=True, capture_output=True, text=True).stdout
    text = Path("/usr/share/doc", plain, "copyright")
    words = text.read_text(encoding="utf-8", errors="replace") if text.is_file() else ""
    licences = sorted(set(re.findall(r"(?m)^License:[ \t]*(\S.*?)\s*$", words)))
    said = "; ".join(licences) or "see its text"
    return Component(plain, version, said, purl=f"pkg:deb/debian/{plain}@{version}", texts=(text,) if words else ())


def all_of(packages: Path, binaries: Sequence[Sequence[str]]) -> list[Component]:
    """Every part. Raises SetUpError naming those whose licence is not known or not at hand."""
    found = [language(), *libraries(packages), *lent_by_the_system(binaries)]
    bare = [one.name for one in found if not one.licence or not one.texts]
    if bare:
        raise SetUpError(f"No licence, or no text of it, was found for: {', '.join(bare)}. No bundle was made.")
    return found


def cyclonedx(parts: Iterable[Component]) -> str:
    """The list for programs. The same parts give the same text: no time and no serial number stands in it."""
    rows = [
        {
            "type": one.kind,
            "bom-ref": one.purl,
            "name": one.name,
            "version": one.version,
            "purl": one.purl,
            "licenses": [_said(one.licence)],
        }
        for one in parts
    ]
    product = {"type": "application", "name": "workwell-desktop", "version": contents.version()}
    product_licence = {"licenses": [{"expression": "Apache-2.0"}]}
    found = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": product | product_licence},
        "components": rows,
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _said(licence: str) -> dict[str, object]:
    is_expression = re.fullmatch(r"[\w.+-]+(?: (?:AND|OR|WITH) [\w.+-]+)*", licence)
    return {"expression": licence} if is_expression else {"license": {"name": licence}}


def readable(parts: Sequence[Component]) -> str:
    """The list for people."""
    lines = [f"What WorkWell Desktop {contents.version()} is made of", ""]
    lines += [f"{one.name} {one.version}: {one.licence}" for one in parts]
    lines += ["", f"The words of each licence lie in the folder {LICENCES}, by the same names. {_PACKER}"]
    lines += ["Fonts, icons, dictionary and country names: see NOTICE.", ""]
    return "\n".join(lines)


def write(folder: Path, packages: Path, binaries: Sequence[Sequence[str]]) -> list[Component]:
    """Both lists and every licence text into ``folder``."""
    parts = all_of(packages, binaries)
    (folder / MACHINE).write_text(cyclonedx(parts), encoding="utf-8")
    (folder / LIST).write_text(readable(parts), encoding="utf-8")
    for one in parts:
        place = folder / LICENCES / one.name
        place.mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(one.texts):
            name = text.name if not (place / text.name).exists() else f"{number}-{text.name}"
            shutil.copyfile(text, place / name)
    return parts
