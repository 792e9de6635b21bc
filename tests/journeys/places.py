"""Where every route of the window leads in the rehearsal store: where there is most to see, and of two people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from tests.desktop.conftest import settle
from workwell_desktop.desktop.pages import routes
from workwell_desktop.desktop.shell.window import Window
from workwell_desktop.desktop.shell.workspace import Workspace
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.episodes import Episode, EpisodeStatus, Response, ResponseStatus, RiskConversation
from workwell_desktop.domain.evidence import AbsenceEvidence
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import FormVersion, Person
from workwell_desktop.domain.plans import Adjustment, Plan, PlanStatus
from workwell_desktop.domain.records import Id, Record
from workwell_desktop.domain.sessions import Session, SessionStatus
from workwell_desktop.services.desk import Desk

Params = dict[str, str]
Kind = TypeVar("Kind", bound=Record)


@dataclass
class Rehearsal:
    """The window on the rehearsal store."""

    path: Path
    desk: Desk
    window: Window
    workspace: Workspace
    program: Any = None

    @property
    def page(self) -> Any:
        return self.workspace.host.page

    def go(self, route: str, params: Params) -> Any:
        self.workspace.navigator.go(route, **params)
        settle()
        return self.page

    def all(self, kind: type[Kind], order: Sequence[str] = ("id",), **equals: Any) -> list[Kind]:
        with self.desk.read() as reader:
            return list(reader.list(kind, order_by=tuple(order), **equals))

    @cached_property
    def main(self) -> Id:
        """Whose plan is being signed."""
        return self.all(Plan, status=PlanStatus.SIGNING)[0].scope

    def participant(self, one: Id) -> Participant:
        with self.desk.read() as reader:
            return reader.get(Participant, one)

    def others(self) -> list[Id]:
        return [one.id for one in self.all(Participant) if one.id != self.main]

    def session(self, *, locked: bool) -> str:
        found = self.all(Session, ("starts_at", "id"))
        return str(next(one.id for one in found if (one.status is SessionStatus.LOCKED) is locked))


def _who(shop: Rehearsal) -> Params:
    return {"participant": str(shop.main)}


def _response(status: ResponseStatus) -> Callable[[Rehearsal], Params]:
    def found(shop: Rehearsal) -> Params:
        one = shop.all(Response, ("-started_at", "id"), status=status)[0]
        return {"participant": str(one.scope), "response": str(one.id)}

    return found


def _risk(shop: Rehearsal) -> Params:
    one = shop.all(RiskConversation, ("-raised_at", "id"))[0]
    return {"participant": str(one.scope), "risk": str(one.id)}


def _noted(shop: Rehearsal) -> Params:
    one = shop.all(AbsenceEvidence, ("-starts_on", "id"), scope=shop.main)[0]
    return {"participant": str(one.scope), "evidence": str(one.id)}


def _change(shop: Rehearsal) -> Params:
    one = shop.all(Adjustment, ("position", "id"), scope=shop.main)[0]
    return {"participant": str(one.scope), "adjustment": str(one.id)}


def _brought(shop: Rehearsal) -> Params:
    one = shop.all(Attachment, ("-added_at", "id"), scope=shop.main)[0]
    return {"participant": str(one.scope), "attachment": str(one.id)}


def _plan(status: PlanStatus, step: str = "") -> Callable[[Rehearsal], Params]:
    def found(shop: Rehearsal) -> Params:
        one = shop.all(Plan, status=status)[0]
        return {"participant": str(one.scope), "plan": str(one.id), **({"step": step} if step else {})}

    return found


def _session(*, locked: bool) -> Callable[[Rehearsal], Params]:
    return lambda shop: {"session": shop.session(locked=locked)}


def _paper(shop: Rehearsal) -> Params:
    one = shop.all(Document, ("-made_at", "id"))[0]
    return {"participant": str(one.scope), "paper": str(one.id)}


def _colleague(shop: Rehearsal) -> Params:
    return {"person": str(next(one.id for one in shop.all(Person) if one.id != shop.desk.me))}


def _form(shop: Rehearsal) -> Params:
    return {"form": str(shop.all(FormVersion, ("title", "id"))[0].id)}


def _waits(shop: Rehearsal) -> Params:
    return {"participant": str(shop.all(Episode, ("-id",), status=EpisodeStatus.WAITING)[0].scope)}


def _nothing(_shop: Rehearsal) -> Params:
    return {}


def _more(find: Callable[[Rehearsal], Params], **more: str) -> Callable[[Rehearsal], Params]:
    return lambda shop: {**find(shop), **more}


TABS = ("assessments", "plan", "sessions", "papers", "agreements", "everything")
STEPS = ("actions", "changes", "return", "sign")
SECTIONS = ("mine", "people", "teams", "partnership", "computer")

PLACES: dict[str, tuple[str, Callable[[Rehearsal], Params]]] = {
    "today": ("today", _nothing),
    "participants": ("participants", _nothing),
    "referral": ("referral", _nothing),
    "referrals": ("referrals", _nothing),
    "coming-in": ("coming-in", _waits),
    "referral-import": ("referral-import", _nothing),
    "summary": ("summary", _nothing),
    "verify": ("verify", _nothing),
    "record": ("record", _who),
    **{f"record-{tab}": ("record", _more(_who, tab=tab)) for tab in TABS},
    "measures": ("measures", _who),
    "contact": ("contact", _who),
    "work": ("work", _who),
    "evidence": ("evidence", _who),
    "evidence-noted": ("evidence", _noted),
    "attachments": ("attachments", _who),
    "advice": ("advice", _who),
    "attachment": ("attachment", _who),
    "attachment-kept": ("attachment", _brought),
    "change": ("change", _change),
    "agreement": ("agreement", _who),
    "obstacle": ("obstacle", _who),
    "tell": ("tell", _who),
    "handout": ("handout", _more(_who, kind="service_card")),
    "details": ("details", _who),
    "duties": ("duties", _who),
    **{f"duties-{part}": ("duties", _more(_who, part=part)) for part in ("safeguarding", "capacity", "counts", "told")},
    "ending": ("ending", _who),
    "handover": ("handover", _who),
    "case-out": ("case-out", _who),
    "case-in": ("case-in", _nothing),
    "bring": ("bring", _who),
    "conflict": ("conflict", _who),
    "conflict-all": ("conflict", _nothing),
    "digest": ("digest", _nothing),
    "assessment": ("assessment", _who),
    "assessment-begun": ("assessment", _response(ResponseStatus.IN_PROGRESS)),
    "assessment-done": ("assessment", _response(ResponseStatus.COMPLETED)),
    "risk": ("risk", _risk),
    "sessions": ("sessions", _nothing),
    "prepare": ("prepare", _session(locked=False)),
    "prepare-new": ("prepare", _nothing),
    "session": ("session", _session(locked=False)),
    "session-locked": ("session", _session(locked=True)),
    "signoff": ("signoff", _session(locked=False)),
    "signoff-locked": ("signoff", _session(locked=True)),
    "attendance": ("attendance", _nothing),
    **{f"plan-{step}": ("plan", _plan(PlanStatus.SIGNING, step)) for step in STEPS},
    "plan-signed": ("plan", _plan(PlanStatus.SIGNED)),
    "papers": ("papers", _nothing),
    "paper": ("paper", _paper),
    "library": ("library", _nothing),
    "services": ("services", _nothing),
    "services-of-one": ("services", _who),
    "service": ("service", _more(_nothing, service="national:mind")),
    "service-of-one": ("service", _more(_who, service="national:acas")),
    "service-edit": ("service-edit", _nothing),
    "service-correct": ("service-edit", _more(_nothing, service="national:mind")),
    "loops": ("loops", _who),
    "appointment": ("appointment", _who),
    "blocks": ("blocks", _who),
    **{f"form-{tab}": ("form", _more(_form, tab=tab)) for tab in ("about", "versions", "rights")},
    "form-import": ("form-import", _nothing),
    "form-try": ("form-try", _form),
    **{f"settings-{one}": ("settings", _more(_nothing, section=one)) for one in SECTIONS},
    "person": ("person", _colleague),
    "person-new": ("person", _nothing),
    "site": ("site", _nothing),
    "letters": ("letters", _more(_nothing, letter="employer")),
    "site-other": ("site", _more(_nothing, pack="north_central_london")),
    "sync": ("sync", _nothing),
    "devices": ("devices", _nothing),
    "events": ("events", _nothing),
    "retention": ("retention", _nothing),
    "erase": ("erase", _who),
    "help": ("help", _nothing),
    "keys": ("keys", _nothing),
    "diagnostics": ("diagnostics", _nothing),
    "about": ("about", _nothing),
}
"""Name of the place, its route, and what the route is opened with."""

THERE = sorted(name for name, (route, _find) in PLACES.items() if route in routes.table())
ABOUT_ONE = sorted(name for name in THERE if PLACES[name][1] is _who or name.startswith("record-"))
"""Places that open with a participant alone, so that anybody's may be opened."""
