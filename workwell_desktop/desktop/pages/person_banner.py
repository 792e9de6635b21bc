"""The head of every page about one person: the banner, the tabs where there are some, and an open risk conversation.

A page reads ``person_head`` on the worker together with what it shows, and hands it to ``show_person`` in the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    BannerFacts,
    Clear,
    Page,
    RiskBar,
    column,
    long_day,
    moment_words,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.widgets.apart import Marks
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import RiskConversation
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.screen import has
from workwell_desktop.services.assessing import risk
from workwell_desktop.services.assessing.risk import RiskView
from workwell_desktop.services.coming_in import needs
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import red_flags
from workwell_desktop.services.duties.red_flags import Pause
from workwell_desktop.services.person import record
from workwell_desktop.services.person.record_views import BannerView
from workwell_desktop.services.safekeeping import conflicts
from workwell_desktop.store import ConflictPlace

_FEW = 3
"""Fields that a bar names."""


@dataclass(frozen=True, slots=True)
class PersonHead:
    """Who this is, and what stays on every page of the record until a named person records what was done."""

    banner: BannerView
    risks: tuple[RiskView, ...]
    pause: Pause | None = None
    """Work planning waits until somebody has seen the person."""
    apart: tuple[ConflictPlace, ...] = ()
    """Everything that was written in two ways."""
    held: bool = False
    """Whether signing, and papers for an employer, wait for a choice among them."""
    amended: bool = False
    """Whether something that was signed stands for one of two answers."""


def person_head(desk: Desk, participant: Id) -> PersonHead:
    """Read on the worker."""
    banner = record.banner(desk, participant)
    shown = banner.open_risks and desk.may(Act.READ, RiskConversation)
    talks = risk.open_ones(desk, participant) if shown else ()
    apart = conflicts.marks(desk, participant)
    held = bool(apart) and conflicts.holds(desk, participant)
    amended = bool(apart) and conflicts.amends(desk, participant)
    return PersonHead(banner, talks, red_flags.pause(desk, participant), apart, held, amended)


def banner_facts(view: BannerView) -> BannerFacts:
    """The banner's words. Needs come first, then how to get in touch; adjustments stand apart."""
    talking = [text(f"person.needs.{code}") for code in needs.talking(view.needs)]
    helping = [text(f"person.needs.{code}") for code in needs.adjustments(view.needs)]
    said = ". ".join(part.rstrip(".") for part in (*talking, view.contact_note) if part)
    return BannerFacts(
        name=view.name,
        preferred=view.called if view.called not in (view.name, view.name.split(" ")[0]) else "",
        born=view.birth_date,
        nhs_number=view.nhs_number.replace(" ", ""),
        pronouns=view.pronouns,
        needs=f"{said}." if said else "",
        adjustments=f"{'. '.join(helping)}." if helping else "",
        week=view.programme.week,
        weeks=view.programme.weeks,
        ends=view.programme.ends_on,
    )


def show_person(page: Page, head: PersonHead, below: QWidget | None = None, *, risk_bar: bool = True) -> None:
    """Puts the banner on a page, then ``below`` (the tabs of the record), then a bar for each open conversation.

    ``risk_bar`` is False on the page that shows the conversation itself.
    """
    parts: list[QWidget] = [below] if below is not None else []
    if risk_bar:
        parts += [risk_words_bar(page, one) for one in head.risks]
    if head.pause is not None and page.route != "duties":
        parts.append(pause_bar(page, head.banner, head.pause))
    if head.apart and page.route != "conflict":
        parts.append(apart_bar(page, head))
    holder: QWidget | None = None
    if parts:
        holder = Clear()
        box = column(holder, (0, 0, 0, 0), 0)
        for part in parts:
            box.addWidget(part)
    page.set_banner(banner_facts(head.banner), holder)
    page.set_apart(marks_of(page, head.banner.participant, head.apart))


def marks_of(page: Page, participant: Id, apart: Sequence[ConflictPlace]) -> Marks:
    """The way from each field of a page to where its answer is chosen."""

    def choose(record: Id, field: str) -> None:
        page.go("conflict", participant=str(participant), record=str(record), field=field)

    return {(str(one.record), one.field): partial(choose, one.record, one.field) for one in apart}


def _named(apart: Sequence[ConflictPlace]) -> str:
    """The first few of the fields, by name."""
    keys = (f"fields.of.{one.kind}.{one.field}" for one in apart)
    kinds = (f"conflict.kind.{one.kind}" for one in apart)
    names = [text(key) if has(key) else text(kind) if has(kind) else "" for key, kind in zip(keys, kinds, strict=True)]
    few = list(dict.fromkeys(name for name in names if name))
    return ", ".join(few[:_FEW]) + (text("conflict.and_more") if len(few) > _FEW else "")


def apart_bar(page: Page, head: PersonHead) -> QWidget:
    """How much of this person was written in two ways, and what waits for it."""
    keys = [key for key, holds in (("bar_amended", head.amended), ("bar_held", head.held)) if holds]
    said = " ".join(text(f"conflict.{key}") for key in keys)

    def opened() -> None:
        page.go("conflict", participant=str(head.banner.participant))

    holder = Clear()
    make = quiet if page.narrow() else outlined
    bar = Alert(
        text("conflict.bar", count=len(head.apart), fields=_named(head.apart)),
        said,
        "due",
        act=make(text("conflict.choose"), opened),
        icon_name="git-compare-arrows",
    )
    column(holder, (24, 8, 24, 0), 0).addWidget(bar)
    return holder


def risk_words_bar(page: Page, one: RiskView) -> RiskBar:
    """Who and why in words, and the red button that leads to the conversation."""
    when = moment_words(one.raised_at.astimezone(LONDON), page.context.today()) if one.raised_at else ""
    key = "person.risk_why_short" if page.narrow() else "person.risk_why"
    words = text(key, called=one.called, answer=one.answer, form=one.form_title, question=one.question, when=when)
    if one.handed_to_name:
        words = f"{words} {text('person.risk_handed', name=one.handed_to_name)}"
    title = text("person.risk_title", name=one.name)
    return RiskBar(title, words, lambda: page.go("risk", participant=one.participant, risk=one.risk))


def pause_bar(page: Page, view: BannerView, pause: Pause) -> QWidget:
    """That work planning waits, whom the person is to see and by when; never why."""
    words = f"{pause_words(pause, view.called, page.context.today())} {text('person.pause_goes_on')}"

    def opened() -> None:
        page.go("duties", participant=view.participant, part="red_flags")

    holder = Clear()
    act = outlined(text("person.pause_open"), opened) if not page.narrow() else quiet(text("person.pause_open"), opened)
    column(holder, (24, 8, 24, 0), 0).addWidget(Alert(text("person.pause_title"), words, "due", act=act))
    return holder


def pause_words(pause: Pause, called: str, today: date) -> str:
    """Whom the person is to see, and by when."""
    whom = pause.see_whom or text("person.pause_clinician")
    if pause.see_by is None:
        return text("person.pause", name=called, whom=whom)
    return text("person.pause_day", name=called, whom=whom, day=long_day(pause.see_by, today))


__all__ = [
    "PersonHead",
    "apart_bar",
    "banner_facts",
    "marks_of",
    "pause_bar",
    "pause_words",
    "person_head",
    "risk_words_bar",
    "show_person",
]
