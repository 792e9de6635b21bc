"""What a paper of ours never holds, whoever signed it: things that act, that hide, or that are fetched from elsewhere.

A signature says that nobody changed a file since. It does not say that the file had no trap in it before the first
person signed: layers that show one thing today and another tomorrow, scripts, forms that fill themselves.
"""

import re
import zlib
from io import BytesIO
from typing import Any

import pikepdf

_NEVER = frozenset(
    {
        "/AA",
        "/Alternates",
        "/Collection",
        "/DA",
        "/Encrypt",
        "/FDecodeParms",
        "/FFilter",
        "/JS",
        "/JavaScript",
        "/NeedAppearances",
        "/NeedsRendering",
        "/OC",
        "/OCProperties",
        "/OpenAction",
        "/OPI",
        "/PageLabels",
        "/Ref",
        "/RichMediaContent",
        "/Threads",
        "/XFA",
    }
)
_ROOT = frozenset(
    "/AF /AcroForm /Lang /MarkInfo /Metadata /Names /OutputIntents /Pages /Perms /StructTreeRoot /Type "
    "/ViewerPreferences /Outlines /PageMode /DSS /Extensions".split()
)
_ANNOTATIONS = frozenset({"/Widget", "/Link"})
_LINKS = re.compile(r"(https?://|mailto:|tel:|sms:)")
_DEEP = 40
_UNPACKED = 192 * 1024 * 1024
_STREAM = re.compile(rb"stream\r?\n")
_MOST_STREAMS = 20_000
_PACKED = frozenset({b"\x08", b"\x18", b"\x28", b"\x38", b"\x48", b"\x58", b"\x68", b"\x78"})
_TWICE = 1024 * 1024
"""More than this that begins as packed data once more is a bomb in a bomb."""


def laid(pdf: bytes) -> bool:
    """Whether a file holds what no paper of ours does. Opens it with pikepdf, so the outside is checked before."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        if set(opened.Root.keys()) - _ROOT:
            return True
        names = opened.Root.get("/Names")
        if names is not None and set(names.keys()) - {"/EmbeddedFiles"}:
            return True
        form = opened.Root.get("/AcroForm")
        if form is not None and set(form.keys()) - {"/Fields", "/SigFlags"}:
            return True
        if any(field.get("/FT") != "/Sig" or "/Kids" in field for field in (form.Fields if form is not None else ())):
            return True
        return any(_acts(each, 0) for each in opened.objects)


def _acts(value: Any, depth: int) -> bool:
    if depth > _DEEP:
        return True
    if isinstance(value, pikepdf.Array):
        return any(_acts(one, depth + 1) for one in value if isinstance(one, pikepdf.Object) and not one.is_indirect)
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    keys = set(value.keys())
    if keys & _NEVER:
        return True
    if isinstance(value, pikepdf.Stream) and "/F" in keys:
        return True
    if value.get("/Type") == "/Annot" and value.get("/Subtype") not in _ANNOTATIONS:
        return True
    if "/A" in keys and isinstance(value.A, pikepdf.Dictionary) and "/S" in value.A and not _leads(value.A):
        return True
    for key in keys:
        held = value[key]
        if isinstance(held, pikepdf.Object) and not held.is_indirect and _acts(held, depth + 1):
            return True
    return False


def _leads(action: pikepdf.Dictionary) -> bool:
    """Whether an action does no more than open an address that is printed, or is none but an attribute's name."""
    if action.S == "/URI":
        return bool(_LINKS.match(str(action.get("/URI", "")))) and "/Next" not in action
    return False


def light(pdf: bytes) -> bool:
    """Whether the packed parts of any file, ours or not, come to a size that may be unpacked."""
    total = 0
    for count, found in enumerate(_STREAM.finditer(pdf)):
        if count > _MOST_STREAMS:
            return False
        if pdf[found.end() : found.end() + 1] not in _PACKED:
            continue
        upto = pdf.find(b"endstream", found.end())
        try:
            unpacked = zlib.decompressobj().decompress(pdf[found.end() : upto], _UNPACKED - total + 1)
        except zlib.error:
            continue
        total += len(unpacked)
        if unpacked[:1] in _PACKED and len(unpacked) > _TWICE:
            return False
        if total > _UNPACKED:
            return False
    return True
