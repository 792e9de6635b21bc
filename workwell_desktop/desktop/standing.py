"""What stands around every page: the counts of the rail, people in Ctrl+K, the words of undo."""

from collections.abc import Sequence
from dataclasses import replace

from workwell_desktop.desktop import sync_words
from workwell_desktop.desktop.days import date_words
from workwell_desktop.desktop.shell.navigator import Navigator
from workwell_desktop.desktop.shell.palette import Found
from workwell_desktop.desktop.shell.rail import RailFacts
from workwell_desktop.desktop.shell.workspace import Undoing
from workwell_desktop.desktop.sync_words import NOTHING, Now
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.screen import has, text
from workwell_desktop.services.caseload import search, today
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import undoing as acts
from workwell_desktop.services.safekeeping.undoing import UndoView
from workwell_desktop.services.syncing import here


def rail_facts(desk: Desk, now: Now = NOTHING) -> RailFacts:
    """Read on the worker after changes. Whoever may read no case has nothing to count, and is refused nothing."""
    counts = {}
    if desk.may(Act.READ, Episode):
        view = today.view(desk)
        signing = sum(1 for one in view.items if one.kind == "plan_to_sign")
        counts = {"today": len(view.items) + len(view.risks), "papers": signing}
    return replace(here_facts(desk, now), counts=counts)


def here_facts(desk: Desk, now: Now = NOTHING) -> RailFacts:
    """What is only on this computer, and when it was agreed with the hub; cheap."""
    return sync_words.facts(here.look(desk), now, desk.clock.now())


def find_people(desk: Desk, navigator: Navigator, words: str) -> Sequence[Found]:
    """People for Ctrl+K; like names are told apart by date of birth and first line of address."""
    found: list[Found] = []
    for hit in search.quick(desk, words):
        born = text("standing.born", day=date_words(hit.birth_date)) if hit.birth_date else ""
        note = ". ".join(part for part in (born, hit.address) if part)
        found.append(
            Found(hit.name, note, lambda who=hit.participant: navigator.go("record", participant=who), "user")  # type: ignore[misc]
        )
    return found


def undoing(desk: Desk) -> Undoing:
    """The store's undo, said in words: "Undo: work ability 6"."""

    def words() -> tuple[str, str]:
        return undo_words(acts.next_undo(desk)), undo_words(acts.next_redo(desk))

    return Undoing(words, lambda: acts.undo(desk), lambda: acts.redo(desk))


def undo_words(view: UndoView | None) -> str:
    """What would change: the field's name, and what it holds now where that is short."""
    if view is None:
        return ""
    field = view.label or _field(view)
    shown = view.shown
    return text("standing.field_value", field=field, value=shown) if shown and len(shown) <= 40 else field


def _field(view: UndoView) -> str:
    if view.kind == "participant" and view.field.startswith("@"):
        return text("standing.person")
    if view.fields > 1 or view.field.startswith("@"):
        return _kind(view.kind)
    key = f"fields.of.{view.kind}.{view.field}"
    return text(key) if has(key) else _kind(view.kind)


def _kind(kind: str) -> str:
    """What a newer computer wrote, and came here by file, has no words here."""
    return text(f"standing.kind.{kind}") if has(f"standing.kind.{kind}") else text("conflict.kind.other")
