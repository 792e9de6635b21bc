"""A compiled form: what a questionnaire is once it has been read, immutable and shared by all its runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from workwell_desktop.domain.values import Coding, Single

if TYPE_CHECKING:
    from workwell_desktop.forms.rules import Plan

Path: TypeAlias = str
"""Where an answer stands: ``linkId``, or ``<repeat id>/linkId``, or ``<repeat id>/<repeat id>/linkId``."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a questionnaire. ``severity`` is ``error`` (the form is refused) or ``warning``; ``code`` names the
    sentence ``forms.problem.<code>``; ``link_id`` is None for the form as a whole."""

    severity: str
    code: str
    link_id: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in an answer. ``severity`` is ``error``, ``warning`` or ``information``; ``path`` is None where the
    form has no such place."""

    severity: str
    code: str
    link_id: str | None
    message: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A permitted answer. ``weight`` is its score (ordinalValue, itemWeight), ``exclusive`` clears all others."""

    value: Single
    label: str
    weight: Any = None
    exclusive: bool = False
    initial: bool = False
    prefix: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer must keep to. ``minimum`` and ``maximum`` are plain values of the item's own type."""

    minimum: Any = None
    maximum: Any = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    entry_format: str | None = None
    decimals: int | None = None
    min_occurs: int = 0
    max_occurs: int | None = None
    max_size: int | None = None
    media_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """One ``enableWhen``; ``answer`` is a plain value, or True or False for ``exists``."""

    question: str
    operator: str
    answer: Any


@dataclass(frozen=True, slots=True)
class Link:
    """A page of further support: where it leads and what it says."""

    url: str
    label: str


@dataclass(eq=False, slots=True)
class Item:
    """One item of the definition. ``type`` is the R4 type (``choice`` with ``control`` for how it is shown).

    ``hint`` and ``help`` come from displays below it (flyover, help), ``lower`` and ``upper`` name the ends of a
    slider; such a display is a ``helper``: an item like any other, and not drawn by itself. ``html`` is cleaned
    markup of the text, or None. ``by_value`` finds an option, once one is looked for. ``unit`` is fixed, ``units``
    may be chosen, or any other too where ``units_open``, or codes of the system ``units_of``; ``unit_codes``
    (system, code) are those of a unit value set, or None. ``takes`` are the ``value[x]`` suffixes that an answer
    may have. ``calculated`` items are read-only unless ``editable``. ``multiple`` means that there are instances of
    it, each with an id (a repeating group, or a repeating question with items below); a repeating question without
    items below holds a tuple as its one value (``several``).
    """

    index: int
    link_id: str
    type: str
    text: str
    parent: "Item | None"
    depth: int
    prefix: str | None = None
    html: str | None = None
    short_text: str | None = None
    hint: str | None = None
    help: str | None = None
    lower: str | None = None
    upper: str | None = None
    helper: bool = False
    links: tuple[Link, ...] = ()
    control: str = ""
    orientation: str | None = None
    category: str | None = None
    open_label: str | None = None
    collapsible: str | None = None
    code: tuple[Coding, ...] = ()
    definition: str | None = None
    required: bool = False
    repeats: bool = False
    hidden: bool = False
    read_only: bool = False
    disabled_display: str = "hidden"
    calculated: bool = False
    editable: bool = False
    multiple: bool = False
    several: bool = False
    options: tuple[Option, ...] = ()
    by_value: dict[Any, Option] = field(default_factory=dict, repr=False)
    takes: tuple[str, ...] = ()
    open_choice: bool = False
    unit: Coding | None = None
    units: tuple[Coding, ...] = ()
    units_open: bool = False
    units_of: str | None = None
    unit_codes: frozenset[tuple[str | None, str | None]] | None = None
    step: Any = None
    limits: Limits = Limits()
    conditions: tuple[Condition, ...] = ()
    any_condition: bool = False
    initial: tuple[Any, ...] = ()
    signature: tuple[Coding, ...] = ()
    observation: bool = False
    children: tuple["Item", ...] = ()
    in_table: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_question(self) -> bool:
        """Whether it can hold an answer."""
        return self.type not in ("group", "display")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its title and the link ids of all items on it, in document order."""

    number: int
    title: str
    link_id: str | None
    items: tuple[str, ...]


@dataclass(eq=False, slots=True)
class Form:
    """A questionnaire ready for use. ``digest`` is the SHA-256 of its bytes in hex; ``problems`` are warnings."""

    url: str | None
    version: str | None
    title: str
    digest: str
    items: tuple[Item, ...]
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    copyright: str | None
    status: str
    data: Mapping[str, Any]
    index: Mapping[str, Item]
    plan: "Plan"
    page_numbers: tuple[int, ...]
    signature: tuple[Coding, ...] = ()
    """The kinds of signature that the form as a whole asks for."""

    @property
    def canonical(self) -> str | None:
        """``url|version``, as a response names its form."""
        if self.url is None:
            return None
        return f"{self.url}|{self.version}" if self.version else self.url

    @property
    def signed(self) -> bool:
        """Whether a signature is asked for anywhere."""
        return bool(self.signature) or any(item.signature for item in self.items)

    @property
    def tops(self) -> tuple[Item, ...]:
        """The items at the top level."""
        return tuple(item for item in self.items if item.parent is None)


@dataclass(frozen=True, slots=True)
class Notice:
    """What one answer changed: the paths of all rows that look or count differently now, in document order."""

    changed: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A calculated number. ``missing`` is None, or says why there is no value: ``answers``, ``expression``."""

    link_id: str
    value: Any
    unit: str | None
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page. ``value`` is what is shown: the answer, or the calculated value; ``calculated`` the
    calculated one beside an ``overridden`` answer. ``shown`` is False for hidden and disabled rows. ``text`` may
    differ from the item's where it is calculated; ``minimum`` and ``maximum`` likewise."""

    path: Path
    link_id: str
    item: Item
    enabled: bool
    shown: bool
    value: Any
    read_only: bool
    calculated: Any
    overridden: bool
    required: bool
    options: tuple[Option, ...]
    minimum: Any
    maximum: Any
    text: str
    issues: tuple[Issue, ...]
    page: int
    depth: int
    repeat: str | None
