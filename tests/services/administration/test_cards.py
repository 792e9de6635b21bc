"""A smart card (SoftHSM stands in) that signs in the place of a passphrase, and what goes wrong with cards."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.judges import judges
from tests.services.case_help import ready_plan
from tests.services.conftest import PASSPHRASE
from workwell_desktop import documents
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.plans import Plan, PlanStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.administration import cards
from workwell_desktop.services.administration.cards import CardPin
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import countersigning, paper_checks, register
from workwell_desktop.services.planning import plans, signatories, signing
from workwell_desktop.services.planning.signing_together import Hands, sign_together
from workwell_desktop.store.keys import card as smart

PIN = "246813"
_PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/usr/lib/softhsm2/libsofthsm2.so")


class Readers:
    """The readers of this computer: cards are put in and taken out."""

    def __init__(self, folder: Path) -> None:
        self.module = next((Path(one) for one in _PLACES if Path(one).is_file()), Path("missing"))
        self._tokens, self._out = folder / "tokens", folder / "out"
        self._tokens.mkdir()
        self._out.mkdir()
        (folder / "softhsm2.conf").write_text(f"directories.tokendir = {self._tokens}\nlog.level = ERROR\n")

    def put_in(self, label: str, *, key: str = "EC:prime256v1") -> str:
        """A fresh card with one key; gives its serial number."""
        before = {one.serial for one in smart.cards(self.module)}
        init = ["--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "13572468"]
        subprocess.run(["softhsm2-util", *init], check=True, capture_output=True)
        (fresh,) = {one.serial for one in smart.cards(self.module)} - before
        if key:
            _make_key(self.module, fresh)
        return fresh

    def take_out(self) -> None:
        """Every card out of the readers."""
        for one in self._tokens.iterdir():
            one.rename(self._out / one.name)

    def put_back(self) -> None:
        for one in self._out.iterdir():
            one.rename(self._tokens / one.name)


def _make_key(module: Path, serial: str) -> None:
    import pkcs11

    token = next(token for card, token in smart._tokens(module) if card.serial == serial)
    with token.open(user_pin=PIN, rw=True) as session:
        curve = session.create_domain_parameters(
            pkcs11.KeyType.EC, {pkcs11.Attribute.EC_PARAMS: smart._P256}, local=True
        )
        curve.generate_keypair(store=True, id=b"\1", label="sign")


@pytest.fixture
def readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Readers]:
    folder = tmp_path / "cards"
    folder.mkdir()
    monkeypatch.setitem(os.environ, "SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
    found = Readers(folder)
    if shutil.which("softhsm2-util") is None or not found.module.is_file():
        judges.missing("SoftHSM2", "apt-get install softhsm2")
    yield found
    import pkcs11

    pkcs11.unload(str(found.module))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(BadInput) as caught:
        act()
    return caught.value.reason


@pytest.fixture
def tom(colleague: Callable[..., Desk]) -> Desk:
    return colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")


@pytest.fixture
def plan(desk: Desk, tom: Desk, refer: Callable[..., Referred]) -> Id:
    return ready_plan(desk, refer().participant, clinician=tom.me)


def state(desk: Desk, plan: Id) -> tuple[PlanStatus | None, int]:
    with desk.read() as reader:
        return reader.get(Plan, plan).status, len(reader.list(Document, plan=plan))


def test_a_card_signs_in_the_place_of_a_passphrase(
    desk: Desk,
    clock: FixedClock,
    tom: Desk,
    plan: Id,
    readers: Readers,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Maya's by the administrator that she is; Tom asks for his and she issues it."""
    cards.set_module(desk, str(readers.module))
    mine, his = readers.put_in("Maya"), readers.put_in("Tom")
    assert [one.label for one in cards.in_readers(desk)] == ["Maya", "Tom"]
    assert cards.enrol(desk, CardPin(PIN, mine))
    assert not cards.enrol(tom, CardPin(PIN, his))
    assert (cards.asked_for(desk, tom.me), cards.until(desk, tom.me)) == (True, None)
    with pytest.raises(NoPermission):
        cards.issue(tom, tom.me)
    assert cards.issue(desk, tom.me) == cards.until(desk, tom.me)

    signing.sign_as_coach(desk, plan, CardPin(PIN, mine))
    signing.take_typed_name(desk, plan, "Danielle Marsh")
    with desk.read() as reader:
        paper = next(one for one in reader.list(Document, plan=plan) if len(one.expected) == 3)
    assert paper_checks.check_bytes(tom, register.paper_bytes(desk, paper.id)).asked
    # on his own laptop Tom may take the card or the passphrase: the paper knows both keys
    for number, secret in enumerate((CardPin(PIN, his), PASSPHRASE)):
        place = tmp_path / f"{number}.pdf"
        countersigning.countersign(tom, register.paper_bytes(desk, paper.id), place, secret)
        assert register.verify_paper(desk, place.read_bytes()).valid
    signing.sign_as_clinician(desk, plan, tom.me, CardPin(PIN, his))
    pdf = register.paper_bytes(desk, paper.id)
    verdict = documents.verify(pdf, desk.store.trust())
    assert (verdict.valid, [one.name for one in verdict.signatures]) == (
        True,
        ["Maya Okafor", "Danielle Marsh", "Tom Reid"],
    )
    assert state(desk, plan)[0] is PlanStatus.SIGNED
    # the PIN is nowhere
    assert PIN not in repr(CardPin(PIN, mine)) + repr(Hands(coach_passphrase=CardPin(PIN)))
    assert PIN not in "".join(capfd.readouterr())
    assert all(PIN.encode() not in file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    clock.set(clock.now() + timedelta(minutes=5))
    cards.give_back(tom)
    assert cards.until(desk, tom.me) is None
    assert register.verify_paper(desk, pdf).valid
    assert documents.verify(pdf, desk.store.trust(), register_of(desk)).status == "not_trusted"


class register_of:  # noqa: N801 - stands in for a register that keeps no file
    """Knows what was taken back, and keeps nothing."""

    def __init__(self, desk: Desk) -> None:
        from workwell_desktop.services.administration import revocation

        with desk.read() as reader:
            self._known = revocation.known(reader)

    def superseded_on(self, content_hash: str) -> None:
        return None

    def kept_since(self, content_hash: str, start: bytes) -> None:
        return None

    def revoked(self) -> object:
        return self._known


def test_each_trouble_with_a_card_is_one_sentence_and_changes_nothing(
    desk: Desk, tom: Desk, plan: Id, readers: Readers
) -> None:
    before = state(desk, plan)
    assert refused(lambda: cards.in_readers(desk)) == "card_no_module"
    assert refused(lambda: cards.set_module(desk, str(Path(__file__)))) == "card_module_bad"
    with pytest.raises(NoPermission):
        cards.set_module(tom, str(readers.module))
    cards.set_module(desk, str(readers.module))
    assert refused(lambda: cards.enrol(desk, CardPin(PIN))) == "card_missing"
    assert refused(lambda: signing.sign_as_coach(desk, plan, CardPin(PIN))) == "card_not_enrolled"
    bare = readers.put_in("Bare", key="")
    assert refused(lambda: cards.enrol(desk, CardPin(PIN, bare))) == "card_no_key"
    readers.take_out()
    mine = readers.put_in("Maya")
    assert refused(lambda: cards.enrol(desk, CardPin("000000"))) == "card_pin_wrong"
    assert cards.enrol(desk, CardPin(PIN))
    assert refused(lambda: signing.sign_as_coach(desk, plan, CardPin("999999"))) == "card_pin_wrong"
    other = readers.put_in("Other")
    assert refused(lambda: signing.sign_as_coach(desk, plan, CardPin(PIN))) == "card_which"
    assert refused(lambda: signing.sign_as_coach(desk, plan, CardPin(PIN, other))) == "card_other_key"
    readers.take_out()
    assert refused(lambda: signing.sign_as_coach(desk, plan, CardPin(PIN, mine))) == "card_missing"
    assert state(desk, plan) == before
    readers.put_back()
    signing.sign_as_coach(desk, plan, CardPin(PIN, mine))
    assert state(desk, plan)[1] > 0


def test_a_card_pulled_out_while_signing_leaves_nothing_half_written(
    desk: Desk, tom: Desk, plan: Id, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was signed before it went is kept whole; the plan is a draft again where that is nothing."""
    cards.set_module(desk, str(readers.module))
    mine, his = readers.put_in("Maya"), readers.put_in("Tom")
    assert cards.enrol(desk, CardPin(PIN, mine))
    cards.enrol(tom, CardPin(PIN, his))
    cards.issue(desk, tom.me)
    before, times, gone = state(desk, plan), 0, 1
    real = smart.OpenCard.sign

    def sign(card: smart.OpenCard, data: bytes) -> bytes:
        nonlocal times
        times += 1
        if times == gone:
            # what the module says of a card that is gone: its session is no session any more
            card._private.session.close()
        return real(card, data)

    monkeypatch.setattr(smart.OpenCard, "sign", sign)
    assert refused(lambda: signing.sign_as_coach(desk, plan, CardPin(PIN, mine))) == "card_pulled_out"
    assert (times, state(desk, plan)) == (1, before)
    plans.change_the_plan(desk, plan)
    hands = Hands(
        coach_passphrase=CardPin(PIN, mine),
        typed="Danielle Marsh",
        clinician=tom.me,
        clinician_passphrase=CardPin(PIN, his),
    )
    times = 0
    assert refused(lambda: sign_together(desk, plan, hands)) == "card_pulled_out"
    assert state(desk, plan) == (PlanStatus.DRAFT, before[1])
    times, gone = 0, 2
    assert refused(lambda: sign_together(desk, plan, hands)) == "card_pulled_out"
    status, _papers = state(desk, plan)
    ask = signatories.next_signature(desk, plan)
    assert (status, ask and ask.person) == (PlanStatus.SIGNING, tom.me)
    gone = 0
    assert sign_together(desk, plan, hands).next is None
    assert state(desk, plan)[0] is PlanStatus.SIGNED


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("PinLocked", "card_pin_locked"), ("PinExpired", "card_pin_locked"), ("DeviceRemoved", "card_pulled_out")],
)
def test_what_a_card_says_is_said_in_our_words(fault: str, reason: str) -> None:
    """SoftHSM never locks a PIN."""
    import pkcs11

    assert smart._reason(getattr(pkcs11.exceptions, fault)(), "card_pulled_out") == reason


def test_a_request_that_its_key_did_not_sign_gets_no_certificate(desk: Desk, tom: Desk, readers: Readers) -> None:
    cards.set_module(desk, str(readers.module))
    readers.put_in("Tom")
    cards.enrol(tom, CardPin(PIN))
    with desk.unit() as unit:
        found = unit.reader.get(Person, tom.me)
        assert found.card_request is not None
        request = bytearray(unit.reader.blob(found.card_request))
        request[-1] ^= 1
        unit.set(Person, tom.me, card_request=unit.blob(bytes(request), "application/pkcs10", found.scope))
    assert refused(lambda: cards.issue(desk, tom.me)) == "card_request"
    assert cards.until(desk, tom.me) is None
