"""Joins the parts; the only file that knows them all.

    command line ──▶ cli ──(Screen)──▶ desktop ──(Gate)──▶ services ──▶ store

The gate tells the first page who may sign in from one small file; SQLAlchemy, SQLCipher and the services are imported
on a thread of their own once that page has been painted.
"""

import gc
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from workwell_desktop.catalogue import SOURCE_LANGUAGE
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.domain.screen import text
from workwell_desktop.services.safekeeping import places

if TYPE_CHECKING:
    from collections.abc import Callable

    from workwell_desktop.desktop.gate import Begun, GateFacts, Invited, Join, NewStore
    from workwell_desktop.domain.clock import Clock
    from workwell_desktop.services.desk import Desk


def main() -> int:
    """The ``workwell`` command. The window alone is opened without the command line, which it would wait for."""
    words, screen = sys.argv[1:], DesktopScreen()
    if not words or (len(words) == 2 and words[0] == "--store" and not words[1].startswith("-")):
        try:
            return screen.open_window(Path(words[1]) if words else None, SystemClock())
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - each has its sentence
            from workwell_desktop import cli

            return cli.stopped_by(error)
    from workwell_desktop import cli

    return cli.main(words, screen)


_WANTED_FIRST = (
    "workwell_desktop.store.entry",
    "workwell_desktop.services.safekeeping.opening",
    "workwell_desktop.store.store",
    "workwell_desktop.desktop.shell.workspace",
    "workwell_desktop.desktop.pages.caseload.today",
    "workwell_desktop.desktop.standing",
    "workwell_desktop.desktop.reminding",
    "workwell_desktop.desktop.spelling",
    "workwell_desktop.desktop.phrases",
)
"""In the order in which somebody who unlocks comes to need them: what tries the passphrase before all else."""


class DesktopScreen:
    """The window's side of the command line."""

    def open_window(self, store: Path | None, clock: "Clock") -> int:
        """Opens the window on ``store``, or on the last used one."""
        # nothing begun before the first paint is rubbish; the program turns collecting on when the page stands
        gc.disable()
        from workwell_desktop.desktop.begin import open_window

        # the window may begin in another folder
        gate = StoreGate(store.absolute() if store is not None else places.last_store(), clock)
        try:
            return open_window(gate, clock)
        finally:
            gate.close()

    def draw_main_pages(self, desk: "Desk", out: Path) -> Sequence[Path]:
        """Draws the main pages as the person of the desk sees them."""
        _without_screen()
        from workwell_desktop.desktop.pictures import draw_pages

        return draw_pages(StoreGate(desk.store.path, desk.clock), desk, out, desk.clock, every_look=False)

    def draw_every_page(self, out: Path, clock: "Clock", *, guide: bool = False, language: str = "") -> Sequence[Path]:
        """Draws every page with demonstration data, made in a throw-away encrypted store; or the guide's pictures."""
        _without_screen()
        from workwell_desktop.desktop.guide_pictures import draw_guide
        from workwell_desktop.desktop.pictures import draw_pages
        from workwell_desktop.services import demo
        from workwell_desktop.services.demo.apart import two_answers

        with tempfile.TemporaryDirectory(prefix="workwell-") as folder:
            path = Path(folder) / "rehearsal.workwell"
            desk = demo.make_store(path, clock=clock)
            try:
                if guide:
                    return draw_guide(StoreGate(path, clock), desk, out, clock)
                two_answers(desk, Path(folder))
                return draw_pages(StoreGate(path, clock), desk, out, clock, every_look=True, language=language)
            finally:
                desk.lock()


def _without_screen() -> None:
    """Pictures need no screen; on Linux Qt has to be told so."""
    if sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class StoreGate:
    """What stands before the pages, on the store at ``path``; None until somebody begins or opens one."""

    def __init__(self, path: Path | None, clock: "Clock") -> None:
        self._path = path
        self._clock = clock
        self._desk: Desk | None = None
        self._locks_after = 10
        self._joining: Path | None = None
        """A store that is being made from an invitation; what has come so far is kept for the next try."""

    def facts(self) -> "GateFacts | None":
        """Who may sign in, from the small file beside the store."""
        from workwell_desktop.desktop.gate import GateFacts, GatePerson
        from workwell_desktop.errors import StoreNotFound
        from workwell_desktop.store.face import read_face

        if self._path is None:
            return None
        try:
            header = read_face(self._path)
        except StoreNotFound:
            return None
        last = max(header.people, key=lambda one: one.last_opened or "", default=None)
        only_here, synced = self._standing()
        return GateFacts(
            partnership=header.partnership,
            people=[
                GatePerson(
                    one.person,
                    one.name,
                    text(f"first_run.profession.{one.profession}"),
                    datetime.fromisoformat(one.last_opened) if one.last_opened else None,
                )
                for one in header.people
            ],
            rehearsal=header.rehearsal,
            only_here=only_here,
            synced=synced,
            lock_minutes=self._pace_of(self._desk),
            last_person=last.person if last is not None else "",
        )

    def _standing(self) -> tuple[str, str]:
        """What may be said of syncing without a key, as it stood when the store was closed."""
        from workwell_desktop.desktop.days import moment_words
        from workwell_desktop.domain.clock import LONDON

        found = places.standing_of(self._known())
        if found is None:
            return text("standing.only_here"), ""
        changes, papers = found.get("changes"), found.get("papers")
        if isinstance(changes, int):
            words = text("standing.unlock_waits", count=changes) if changes else text("standing.unlock_sent")
            if papers and not changes:
                words = text("standing.unlock_papers", count=papers)
        else:
            words = text("standing.unlock_unknown")
        last = found.get("last")
        when = moment_words(datetime.fromisoformat(last).astimezone(LONDON), self._clock.today()) if last else ""
        return words, text("standing.synced", when=when) if when else ""

    def language(self) -> str:
        """What the window spoke last on this computer, where that language is still there; else English."""
        from workwell_desktop import assets

        noted = places.last_language() or SOURCE_LANGUAGE
        there = {file.stem for file in assets.resource("text").glob("*.toml")}
        return noted if noted in there else SOURCE_LANGUAGE

    def spoken(self, language: str) -> None:
        """Noted beside the stores, for the next start: the language and nobody's name."""
        places.remember_language(language)

    def preload(self) -> None:
        """Everything that unlocking and Today need; the documents' slow libraries wait until Today is shown."""
        for name in _WANTED_FIRST:
            import_module(name)
        from workwell_desktop.services.administration.site_in_use import GENERIC, site_named
        from workwell_desktop.store.reading.projection import fingerprint

        fingerprint()
        site_named(GENERIC)

    def problem(self, passphrase: str, name: str) -> str | None:
        """Why a new passphrase will not do."""
        from workwell_desktop.domain.passphrases import passphrase_problem

        found = passphrase_problem(passphrase, name)
        return text(f"errors.field.passphrase_{found}") if found else None

    def areas(self) -> Sequence[tuple[str, str]]:
        """Every site pack that a store may begin with."""
        from workwell_desktop.domain.site_areas import areas

        return areas()

    def unlock(self, person: str, passphrase: str) -> "Desk":
        """Opens the store; one that is open is closed before, whoever worked in it."""
        from workwell_desktop.store.entry import try_slot

        tried = try_slot(self._known(), person, passphrase, clock=self._clock)
        # only now: the first half takes half a second, in which the second is loaded
        from workwell_desktop.services.safekeeping import opening

        self.close()
        self._desk = opening.enter(self._known(), tried, clock=self._clock)
        places.remember(self._known(), _standing_of(self._desk, closed=False))
        return self._desk

    def rescue(self, person: str, passphrase: str) -> "Desk":
        """Saves what can be read of a damaged store into a new one beside it, and opens that."""
        from workwell_desktop.domain.records import Id
        from workwell_desktop.services.safekeeping import rescue

        self.close()
        target = rescue.beside_it(self._known())
        self._desk = rescue.save(self._known(), Id(person), passphrase, target, clock=self._clock)
        self._path = target
        places.remember(target)
        return self._desk

    def recover(self, code: str, person: str, passphrase: str) -> "Desk":
        """Opens with the recovery code and gives the person a new passphrase."""
        from workwell_desktop.domain.records import Id
        from workwell_desktop.services.safekeeping import opening

        self.close()
        self._desk = opening.recover(self._known(), code, Id(person), passphrase, clock=self._clock)
        return self._desk

    def create(self, new: "NewStore") -> "Begun":
        """Makes a store at the usual place with its first person."""
        from workwell_desktop.desktop.gate import Begun
        from workwell_desktop.domain.people import Profession
        from workwell_desktop.services.safekeeping import opening

        self.close()
        path = places.fresh_store()
        first = opening.FirstRun(
            partnership=new.partnership,
            team=new.team,
            name=new.name,
            profession=Profession(new.profession),
            passphrase=new.passphrase,
            registration_number=new.registration_number or None,
            rehearsal=new.rehearsal,
            site=new.site,
        )
        self._desk, code = opening.create(path, first, clock=self._clock)
        self._path = path
        places.remember(path)
        return Begun(self._desk, code.groups, code.matches)

    def demo(self) -> "Desk":
        """Makes the rehearsal store where there is none yet, and opens it."""
        from workwell_desktop.domain.records import Id
        from workwell_desktop.services import demo
        from workwell_desktop.services.safekeeping import opening
        from workwell_desktop.store import beside, read_slots

        self.close()
        path = places.rehearsal_store()
        if beside.is_whole(path):
            first = Id(read_slots(path).people[0].person)
            self._desk = opening.unlock(path, first, demo.PASSPHRASE, clock=self._clock)
        else:
            self._desk = demo.make_store(path, clock=self._clock)
        self._path = path
        places.remember(path)
        return self._desk

    def invited(self, invitation: Path, code: str) -> "Invited":
        """Whom an invitation is for."""
        from workwell_desktop.desktop.gate import Guest, Invited
        from workwell_desktop.services.syncing import invitations, joining

        found = joining.look(invitations.read(invitation), code)
        guests = [Guest(one.person, one.name, one.chooses, one.brings) for one in found.people]
        return Invited(found.partnership, guests, found.by_hub)

    def join(self, told: "Join", progress: "Callable[[int, int], None]") -> "Begun":
        """Makes the store of a new computer at the usual place. Cut short, the same again goes on from there."""
        from workwell_desktop.desktop.gate import Begun
        from workwell_desktop.services.syncing import invitations, joining
        from workwell_desktop.services.syncing.joining import Joining

        self.close()
        self._joining = self._joining or places.fresh_store()
        asked = Joining(
            invitations.read(told.invitation),
            told.code,
            told.passphrase,
            told.person,
            keys=told.keys,
            bundle=told.first_copy,
        )
        done = joining.join(self._joining, asked, clock=self._clock, progress=lambda count: progress(count, 0))
        self._desk, self._path, self._joining = done.desk, self._joining, None
        places.remember(self._path)
        return Begun(self._desk, done.code.groups, done.code.matches)

    def choose(self, path: Path) -> "GateFacts":
        """Another store becomes the one that is used."""
        from workwell_desktop.store.slots import read_slots

        read_slots(path)
        self.close()
        self._path = path
        places.remember(path)
        return self._known_facts()

    def restore(self, backup: Path, path: Path) -> "GateFacts":
        """A store comes back from a backup file into ``path``."""
        from workwell_desktop.services.safekeeping import upkeep

        upkeep.restore(backup, path)
        return self.choose(path)

    def close(self) -> None:
        """Closes the store that is open."""
        desk, self._desk = self._desk, None
        if desk is not None and not desk.store.closed:
            self._locks_after = self._pace_of(desk)
            standing = _standing_of(desk, closed=True)
            if standing:
                places.remember(desk.store.path, standing)
            desk.lock()

    def _pace_of(self, desk: "Desk | None") -> int:
        """Minutes of rest before the lock, as the site of the open store says, or of the one that was open last."""
        return desk.site.pace.lock_after_minutes if desk is not None else self._locks_after

    def _known(self) -> Path:
        from workwell_desktop.errors import StoreNotFound

        if self._path is None:
            raise StoreNotFound
        return self._path

    def _known_facts(self) -> "GateFacts":
        facts = self.facts()
        if facts is None:
            from workwell_desktop.errors import StoreNotFound

            raise StoreNotFound
        return facts


def _standing_of(desk: "Desk", *, closed: bool) -> "dict[str, object] | None":
    """What the unlock page says next time; while the store is open nobody can know how much will be only here."""
    from workwell_desktop.services.syncing import here

    found = here.look(desk)
    if found.only_here is None:
        return None
    last = found.last.isoformat() if found.last else None
    waits = {"changes": found.only_here.changes, "papers": found.only_here.papers}
    return {"last": last, **(waits if closed else {})}


if __name__ == "__main__":
    sys.exit(main())
