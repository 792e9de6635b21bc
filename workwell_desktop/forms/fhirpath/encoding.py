"""Text in other clothes: ``encode``, ``decode``, ``escape`` and ``unescape`` (FHIRPath 3, 5.6)."""

import base64
import binascii
import json
import re
from collections.abc import Callable
from html import escape, unescape

from workwell_desktop.forms.fhirpath.conversions import require_text
from workwell_desktop.forms.fhirpath.registry import function
from workwell_desktop.forms.fhirpath.types import Coll, Environment

_BARE = re.compile(r'(?<!\\)"')
_Clothing = dict[str, Callable[[str], str]]
_ENCODE: _Clothing = {
    "hex": lambda text: text.encode().hex(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "urlbase64": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
}
_DECODE: _Clothing = {
    "hex": lambda text: bytes.fromhex(text).decode(),
    "base64": lambda text: base64.b64decode(text, validate=True).decode(),
    "urlbase64": lambda text: base64.b64decode(text, altchars=b"-_", validate=True).decode(),
}
_ESCAPE: _Clothing = {"html": escape, "json": lambda text: json.dumps(text, ensure_ascii=False)[1:-1]}
_UNESCAPE: _Clothing = {"html": unescape, "json": lambda text: str(json.loads('"' + _BARE.sub(r'\\"', text) + '"'))}


def _clothes(name: str, known: _Clothing) -> None:
    def run(env: Environment, items: Coll, kind: Coll) -> Coll:
        text, wanted = require_text(items), require_text(kind)
        if text is None or wanted not in known:
            return []
        try:
            return [known[wanted](text)]
        except (ValueError, binascii.Error):
            return []

    function(name, 1)(run)


_clothes("encode", _ENCODE)
_clothes("decode", _DECODE)
_clothes("escape", _ESCAPE)
_clothes("unescape", _UNESCAPE)
