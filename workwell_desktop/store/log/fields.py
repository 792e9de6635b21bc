"""Values as they stand in the log (canonical CBOR with a type) and in a column of an ordinary table.

In the log a value is null or a list that begins with the letter of its type:

    t text · k code · I id · b yes or no · i whole number · d decimal as text · D date with its precision
    m moment (ISO, UTC, microseconds) · T time of day · c coding · q quantity · B blob · s set · l list
"""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

import cbor2

from workwell_desktop.domain.dates import in_reach
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.records import FieldSpec, FieldType, fields_of
from workwell_desktop.domain.values import BlobRef, Coding, PartialDate, Quantity, Value
from workwell_desktop.errors import BadInput

DELETED = "@deleted"
"""The field that says a record is deleted; its change names every head that the deleter had seen."""

EVENT = "@event"
"""The one field of an audit event."""

EVENT_KIND = "audit_event"
ANSWER = "answer/"
Column = str | int | None

_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
_LETTERS = {FieldType.CODE: "k", FieldType.ID: "I"}
NULL = cbor2.dumps(None)


@cache
def specs_of(kind: str) -> dict[str, FieldSpec]:
    """The fields of a kind by name; none for a kind of a later version."""
    cls = KINDS.get(kind)
    return {} if cls is None else {spec.name: spec for spec in fields_of(cls)}  # type: ignore[arg-type]


def answer_field(path: str) -> str:
    """The field of a response that holds the answer at ``path``."""
    return ANSWER + path


def encode(value: Any, holds: FieldType | None = None) -> bytes:
    """Raises TypeError for what no field can hold, ValueError for a moment without a time zone, and BadInput for text
    with half a letter, as a damaged file or a clipboard can hold."""
    if value is None:
        return NULL
    try:
        return cbor2.dumps(_tree(value, _LETTERS.get(holds) if holds else None))
    except UnicodeEncodeError:
        raise BadInput("broken_letter") from None  # the first error carries the text itself


def _tree(value: Any, letter: str | None = None) -> list[Any]:
    tree = _ENCODERS.get(type(value))
    if tree is not None:
        found = tree(value)
        if letter is not None:
            found[0] = letter
        return found
    for known, encoder in _ENCODERS.items():
        if isinstance(value, known):
            found = encoder(value)
            if letter is not None:
                found[0] = letter
            return found
    raise TypeError(f"no field holds a {type(value).__name__}")


def _moment(value: datetime) -> list[Any]:
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone")
    in_reach(value)
    return ["m", value.astimezone(UTC).strftime(_MOMENT)]


_ENCODERS: dict[type[Any], Callable[[Any], list[Any]]] = {
    bool: lambda value: ["b", value],
    str: lambda value: ["t", str(value)],
    int: lambda value: ["i", value],
    Decimal: lambda value: ["d", str(value)],
    datetime: _moment,
    date: lambda value: ["D", value.isoformat()],
    PartialDate: lambda value: ["D", str(value)],
    time: lambda value: ["T", value.isoformat()],
    Coding: lambda value: ["c", value.system, value.code, value.display],
    Quantity: lambda value: [
        "q",
        None if value.value is None else str(value.value),
        value.unit,
        value.system,
        value.code,
    ],
    BlobRef: lambda value: ["B", value.sha256, value.size, value.media_type],
    frozenset: lambda value: ["s", sorted(str(one) for one in value)],
    set: lambda value: ["s", sorted(str(one) for one in value)],
    tuple: lambda value: ["l", [_tree(one) for one in value]],
    list: lambda value: ["l", [_tree(one) for one in value]],
}


def decode(written: bytes | None) -> Value | None:
    """The counterpart of ``encode``. Raises ValueError for a type of a later version."""
    if written is None or written == NULL:
        return None
    try:
        found: Value = _value(cbor2.loads(written))
    except (cbor2.CBORDecodeError, KeyError, TypeError, IndexError, ArithmeticError) as trouble:
        raise ValueError("a value of a later version") from trouble
    return found


def content(written: bytes | None) -> Value | None:
    """As ``decode``; what a later version wrote is None."""
    try:
        return decode(written)
    except ValueError:
        return None


def refs_in(written: bytes | None) -> list[BlobRef]:
    """The blobs that a value of the log refers to."""
    if written is None or _BLOB_MARK not in written:
        return []
    found: Any = content(written)
    return [one for one in (found if isinstance(found, tuple) else (found,)) if isinstance(one, BlobRef)]


_BLOB_MARK = cbor2.dumps("B")


def _value(tree: list[Any]) -> Any:
    return _DECODERS[tree[0]](*tree[1:])


def moment(written: str) -> datetime:
    """From the form of the log: the one that ``_MOMENT`` writes, read many times faster than by it."""
    if len(written) != 27 or not written.endswith("Z") or not "1" <= written < "9":
        raise ValueError("not a moment of the log")
    return datetime.fromisoformat(written)


def _is(kind: type[Any]) -> Callable[[Any], Any]:
    """What a later version may write otherwise under the same letter is not read as if it were the same."""

    def check(payload: Any) -> Any:
        if type(payload) is not kind:
            raise ValueError("another type")
        return payload

    return check


def decimal(written: str) -> Decimal:
    """A number that can be written out and reckoned with: neither endless nor thousands of digits long."""
    found = Decimal(written)
    if not found.is_finite() or abs(found.adjusted()) > _MOST_DIGITS or len(written) > _MOST_DIGITS:
        raise ValueError("not a number of the log")
    return found


_MOST_DIGITS = 1000


def _blob_ref(sha256: Any, size: Any, media_type: Any) -> BlobRef:
    if not (type(sha256) is type(media_type) is str and type(size) is int and 0 <= size < 2**63):
        raise ValueError("not a blob of the log")
    return BlobRef(sha256, size, media_type)


def _words(*payload: Any) -> tuple[str | None, ...]:
    if not all(one is None or type(one) is str for one in payload):
        raise ValueError("another type")
    return payload


def _words_of_set(payload: Any) -> frozenset[str]:
    if type(payload) is not list or not all(type(one) is str for one in payload):
        raise ValueError("another type")
    return frozenset(payload)


_DECODERS: dict[str, Callable[..., Any]] = {
    "b": _is(bool),
    "t": _is(str),
    "k": _is(str),
    "I": _is(str),
    "i": _is(int),
    "d": decimal,
    "D": PartialDate.parse,
    "m": moment,
    "T": time.fromisoformat,
    "c": lambda *payload: Coding(*_words(*payload)),
    "q": lambda value, *rest: Quantity(None if value is None else decimal(value), *_words(*rest)),
    "B": _blob_ref,
    "s": _words_of_set,
    "l": lambda values: tuple(_value(one) for one in values),
}


def column(spec: FieldSpec, written: bytes | None) -> Column:
    """What the column of a field holds for a value of the log; None for one that does not fit the field."""
    if written is None or written == NULL:
        return None
    try:
        tree = cbor2.loads(written)
        return _COLUMNS[spec.holds](spec, *tree)
    except (cbor2.CBORDecodeError, ValueError, TypeError, KeyError, ArithmeticError):
        return None


def _plain(letter: str, kind: type[Any]) -> Callable[..., Column]:
    def check(_spec: FieldSpec, found: str, payload: Any) -> Column:
        if found != letter or type(payload) is not kind:
            raise ValueError("another type")
        return payload  # type: ignore[no-any-return]

    return check


def _code(spec: FieldSpec, found: str, payload: Any) -> Column:
    if found != "k" or not isinstance(payload, str):
        raise ValueError("another type")
    return payload if spec.enum is None else spec.enum(payload).value


def _flag(_spec: FieldSpec, found: str, payload: Any) -> Column:
    if found != "b" or not isinstance(payload, bool):
        raise ValueError("another type")
    return int(payload)


def _integer(_spec: FieldSpec, found: str, payload: Any) -> Column:
    if found != "i" or type(payload) is not int or not -(2**63) <= payload < 2**63:
        raise ValueError("another type")
    return payload


def _decimal(_spec: FieldSpec, found: str, payload: Any) -> Column:
    if found != "d":
        raise ValueError("another type")
    return str(decimal(payload))


def _day(_spec: FieldSpec, found: str, payload: Any) -> Column:
    if found != "D":
        raise ValueError("another type")
    return in_reach(date.fromisoformat(payload)).isoformat()


def _partial(_spec: FieldSpec, found: str, payload: Any) -> Column:
    if found != "D":
        raise ValueError("another type")
    return str(PartialDate.parse(payload))


def _moment_column(_spec: FieldSpec, found: str, payload: Any) -> Column:
    if found != "m":
        raise ValueError("another type")
    moment(payload)
    return str(payload)


def _set(spec: FieldSpec, found: str, payload: Any) -> Column:
    if found != "s":
        raise ValueError("another type")
    known = _words_of_set(payload) - later_codes(spec, payload)
    return json.dumps(sorted(known), separators=(",", ":"), ensure_ascii=False)


def later_codes(spec: FieldSpec, codes: Iterable[str]) -> frozenset[str]:
    """Those codes of a set that its closed list lacks: a record leaves them out, and who saves it keeps them."""
    return frozenset() if spec.enum is None else frozenset(codes) - {one.value for one in spec.enum}


def _blob(_spec: FieldSpec, found: str, sha256: Any, size: Any, media_type: Any) -> Column:
    if found != "B":
        raise ValueError("another type")
    return blob_column(_blob_ref(sha256, size, media_type))


def blob_column(ref: BlobRef) -> str:
    return f"{ref.sha256} {ref.size} {ref.media_type}"


def blob_of(written: str) -> BlobRef:
    sha256, size, media_type = written.split(" ", 2)
    return BlobRef(sha256, int(size), media_type)


_COLUMNS: dict[FieldType, Callable[..., Column]] = {
    FieldType.TEXT: _plain("t", str),
    FieldType.CODE: _code,
    FieldType.ID: _plain("I", str),
    FieldType.FLAG: _flag,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.DATE: _day,
    FieldType.PARTIAL_DATE: _partial,
    FieldType.MOMENT: _moment_column,
    FieldType.SET: _set,
    FieldType.BLOB: _blob,
}
