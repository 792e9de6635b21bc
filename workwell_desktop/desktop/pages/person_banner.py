"""The head of every page about one person: the banner, the tabs where there are some, and an open risk conversation.

A page reads ``person_head`` on the worker together with what it shows, and hands it to ``show_person`` in the window.
"""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import BannerFacts, Clear, Page, RiskBar, column, moment_words, text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import RiskConversation
from workwell_desktop.domain.records import Id
from workwell_desktop.services import record, risk
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.record_views import BannerView
from workwell_desktop.services.risk import RiskView


@dataclass(frozen=True, slots=True)
class PersonHead:
    """Who this is, and what stays on every page of the record until a named person records what was done."""

    banner: BannerView
    risks: tuple[RiskView, ...]


def person_head(desk: Desk, participant: Id) -> PersonHead:
    """Read on the worker."""
    banner = record.banner(desk, participant)
    shown = banner.open_risks and desk.may(Act.READ, RiskConversation)
    return PersonHead(banner, risk.open_ones(desk, participant) if shown else ())


def banner_facts(view: BannerView) -> BannerFacts:
    """The banner's words. Needs come first, then how to get in touch."""
    needs = [text(f"person.needs.{code}") for code in view.needs]
    said = ". ".join(part.rstrip(".") for part in (*needs, view.contact_note) if part)
    return BannerFacts(
        name=view.name,
        preferred=view.called if view.called not in (view.name, view.name.split(" ")[0]) else "",
        born=view.birth_date,
        nhs_number=view.nhs_number.replace(" ", ""),
        pronouns=view.pronouns,
        needs=f"{said}." if said else "",
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
    holder: QWidget | None = None
    if parts:
        holder = Clear()
        box = column(holder, (0, 0, 0, 0), 0)
        for part in parts:
            box.addWidget(part)
    page.set_banner(banner_facts(head.banner), holder)


def risk_words_bar(page: Page, one: RiskView) -> RiskBar:
    """Who and why in words, and the red button that leads to the conversation."""
    when = moment_words(one.raised_at.astimezone(LONDON), page.context.today()) if one.raised_at else ""
    key = "person.risk_why_short" if page.narrow() else "person.risk_why"
    words = text(key, called=one.called, answer=one.answer, form=one.form_title, question=one.question, when=when)
    if one.handed_to_name:
        words = f"{words} {text('person.risk_handed', name=one.handed_to_name)}"
    title = text("person.risk_title", name=one.name)
    return RiskBar(title, words, lambda: page.go("risk", participant=one.participant, risk=one.risk))


__all__ = ["PersonHead", "banner_facts", "person_head", "risk_words_bar", "show_person"]
