"""What the page Plan reads before it draws anything."""

from dataclasses import dataclass, field

from workwell_desktop.desktop.kit import text
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head
from workwell_desktop.desktop.pages.plan import drafts
from workwell_desktop.desktop.pages.plan.check import SignFacts, sign_facts
from workwell_desktop.desktop.pages.plan.drafts import Typed
from workwell_desktop.documents.blocks import PaperStyle
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import reading_copies
from workwell_desktop.services.paperwork.paper_formats import Format
from workwell_desktop.services.planning import plan_pages, plans
from workwell_desktop.services.planning.plan_views import PlanView

STEPS = ("actions", "changes", "return", "sign")
PAPER_PAGES = (0, 1, 1, 0)
"""The page of the person's paper that each step is about."""


@dataclass(frozen=True)
class Shown:
    """A plan as it stands; ``view`` is None where there is none yet."""

    head: PersonHead
    view: PlanView | None
    newest: Id | None
    signing: SignFacts | None
    typed: dict[str, Typed] = field(default_factory=dict)
    """Actions that were begun, by obstacle."""
    look: str = ""
    """The format of their own paper in words; nothing for standard print."""


def read(desk: Desk, participant: Id, plan: Id | None, *, signing: bool) -> Shown:
    """Read on the worker."""
    newest = plans.newest_plan(desk, participant)
    wanted = plan or newest
    view = plan_pages.view_plan(desk, wanted) if wanted is not None else None
    facts = sign_facts(desk, wanted, participant) if wanted is not None and signing else None
    typed = drafts.kept(desk, [one.obstacle for one in view.obstacles]) if view is not None and not signing else {}
    look = look_words(reading_copies.own_format(desk, participant)) if desk.may(Act.READ, Document) else ""
    return Shown(person_head(desk, participant), view, newest, facts, typed, look)


def look_words(look: Format) -> str:
    """Such as "simple version, large print"; nothing for standard print and standard words."""
    plain = (PaperStyle.STANDARD, PaperStyle.SIMPLE)
    style = text(f"plan.look.{look.style.value}") if look.style not in plain else ""
    return ", ".join(part for part in (text("plan.look.simple") if look.simple else "", style) if part)
