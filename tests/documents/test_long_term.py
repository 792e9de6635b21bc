"""What outlasts a certificate: levels, lists of what was taken back, and second timestamps."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from tests.documents import authority, examples, stages
from tests.documents.forger import FORGERIES
from tests.documents.forger_known import _appended, _size
from tests.documents.test_timestamps import token
from tests.documents.timestamps import StampAuthority
from workwell_desktop import documents
from workwell_desktop.documents.kinds import Verdict
from workwell_desktop.documents.stamping import stamp

pytestmark = pytest.mark.usefixtures("openssl")

CA = stages.CA
NOW = datetime.now(UTC).replace(microsecond=0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RUTH = stages.SIGNERS["Ruth Adeyemi"]


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> StampAuthority:
    return StampAuthority(tmp_path_factory.mktemp("tsa"))


@cache
def signed(at: datetime = NOW - HOUR, signer: authority.KeySigner = RUTH) -> bytes:
    """Minutes that their chair signed."""
    composition = examples.ALL["minutes"]
    (field,) = composition.fields
    pdf = documents.render(composition)
    return documents.sign(pdf, field.field, signer, at=at, name=field.name, role=field.title)


def stamped(pdf: bytes, tsa: StampAuthority, *crls: bytes) -> bytes:
    return stamp(pdf, lambda digest: token(tsa, digest), [CA.der], crls)


def judged(pdf: bytes, *roots: bytes, crls: Sequence[bytes] = (), now: datetime | None = None) -> Verdict:
    return documents.verify(pdf, stages.TRUST, stamps=roots, crls=crls, now=now)


def said(verdict: Verdict) -> tuple[str, str, str]:
    (one,) = verdict.signatures
    return verdict.status, one.level, one.note or one.reason


def crl(ends_with_return: bool, moment: datetime) -> bytes:
    """A list whose signature happens to end so; one in 256 ends with a carriage return."""
    return next(der for der in iter(lambda: CA.crl({}, moment), b"") if der.endswith(b"\r") == ends_with_return)


GOOD = crl(ends_with_return=False, moment=NOW - DAY)


def test_each_level_is_said_of_what_is_there(tsa: StampAuthority) -> None:
    plain = signed()
    assert said(judged(plain, tsa.root)) == ("complete", "B-B", "")
    assert said(judged(stamped(plain, tsa), tsa.root)) == ("complete", "B-T", "")
    long = stamped(plain, tsa, GOOD)
    assert said(judged(long, tsa.root)) == ("complete", "B-LT", "")
    again = stamped(long, tsa, CA.crl({}, NOW - HOUR))
    assert again.startswith(long)
    assert said(judged(again, tsa.root)) == ("complete", "B-LTA", "")
    assert said(judged(stamped(again, tsa), tsa.root))[:2] == ("complete", "B-LTA")


@pytest.mark.parametrize("kind", ["stranger", "old", "to_come"])
def test_a_list_that_does_not_answer_raises_nothing(kind: str, tsa: StampAuthority) -> None:
    lists = {
        "stranger": authority.authority().crl({}, NOW - DAY),
        "old": CA.crl({}, NOW - 200 * DAY),
        "to_come": CA.crl({}, NOW + 3 * DAY),
    }
    assert said(judged(stamped(signed(), tsa, lists[kind]), tsa.root))[:2] == ("complete", "B-T")


def test_an_authority_that_nobody_knows_is_named_and_raises_nothing(tsa: StampAuthority) -> None:
    note = "There is a timestamp by an authority that this computer does not know."
    assert said(judged(stamped(signed(), tsa, GOOD))) == ("complete", "B-B", note)


def test_a_certificate_that_was_taken_back_counts_where_a_timestamp_is_older(tsa: StampAuthority) -> None:
    late = CA.crl({RUTH.certificate: NOW + DAY}, NOW + DAY)
    early = CA.crl({RUTH.certificate: NOW - DAY}, NOW)
    held = stamped(signed(), tsa)
    status, level, note = said(judged(held, tsa.root, crls=[late]))
    assert (status, level) == ("complete", "B-T")
    assert note.startswith("The certificate was taken back on")
    assert note.endswith("This signature is older.")
    for pdf, crl in ((held, early), (signed(), late), (signed(), early)):
        verdict = judged(pdf, tsa.root, crls=[crl])
        assert (verdict.status, verdict.code) == ("not_trusted", "revoked")
        assert "was taken back on" in verdict.reason
    # nobody who does not know the authority of the timestamp can go by it
    assert judged(held, crls=[late]).code == "revoked"


def test_a_list_in_the_file_itself_counts_too(tsa: StampAuthority) -> None:
    """Whoever brings a true list harms nobody but a signature that is not good."""
    taken = CA.crl({RUTH.certificate: NOW - DAY}, NOW - HOUR)
    assert judged(stamped(signed(), tsa, taken), tsa.root).code == "revoked"


def test_a_list_of_somebody_else_takes_nothing_back() -> None:
    same_name = authority.authority("Calder Valley partnership root")
    assert judged(signed(), crls=[same_name.crl({RUTH.certificate: NOW - DAY}, NOW), b"rubbish"]).valid


class _Register:
    """Keeps one file since a moment."""

    def __init__(self, file: bytes, since: datetime, back: datetime | None = None) -> None:
        self.file, self.since, self.back = file, since, back

    def superseded_on(self, content_hash: str) -> date | None:
        return None

    def newer_version(self, content_hash: str) -> int | None:
        return None

    def files(self, content_hash: str) -> Sequence[bytes]:
        return (self.file,)

    def kept_since(self, content_hash: str, start: bytes) -> datetime | None:
        return self.since if self.file.startswith(start) else None

    def revoked(self) -> Sequence[tuple[bytes, int, datetime]]:
        from cryptography import x509

        serial = x509.load_der_x509_certificate(RUTH.certificate).serial_number
        return [(CA.der, serial, self.back)] if self.back is not None else []


def test_the_register_proves_a_time_as_well() -> None:
    before, after = _Register(signed(), NOW, NOW + DAY), _Register(signed(), NOW, NOW - DAY)
    assert documents.verify(signed(), stages.TRUST, before).status == "complete"
    assert documents.verify(signed(), stages.TRUST, after).code == "revoked"
    other = _Register(signed(NOW - 2 * HOUR), NOW, NOW + DAY)
    assert documents.verify(signed(), stages.TRUST, other).code == "revoked"


def test_a_certificate_that_ran_out_since_changes_nothing(tsa: StampAuthority) -> None:
    short = CA.signer("Ruth Adeyemi", start=NOW - 3 * DAY, days=4)
    pdf, later = signed(NOW - HOUR, short), NOW + 30 * DAY
    assert said(judged(pdf, now=NOW)) == ("complete", "B-B", "")
    alone = "The certificate has run out since. That it was signed before that, only the signature itself says."
    assert said(judged(pdf, now=later)) == ("complete", "B-B", alone)
    shown = "Signed while the certificate was valid. It has run out since."
    assert said(judged(stamped(pdf, tsa), tsa.root, now=later)) == ("complete", "B-T", shown)
    kept = documents.verify(pdf, stages.TRUST, _Register(pdf, NOW), now=later)
    assert said(kept) == ("complete", "B-B", shown)


def test_a_clock_that_was_wrong_is_said(tsa: StampAuthority) -> None:
    ahead = stamped(signed(NOW + 5 * DAY), tsa)
    note = "A timestamp is older than the time that this signature gives. The clock of that computer was wrong."
    assert said(judged(ahead, tsa.root)) == ("complete", "B-T", note)


def test_the_other_signature_that_fits_counts_where_the_register_keeps_it() -> None:
    """Papers from before one of the two alone was written; without the register nobody can tell who wrote the other."""
    old = FORGERIES["the_other_signature_that_fits"]
    pdf = stages.complete()
    other = old(pdf)
    verdict = judged(other)
    assert (verdict.status, verdict.code) == ("not_trusted", "rewritten")
    assert documents.verify(other, stages.TRUST, _Register(other, NOW)).valid
    assert documents.verify(other, stages.TRUST, _Register(pdf, NOW)).code == "rewritten"


# What a stranger may bring beside a timestamp of their own: nothing


def _with_store(pdf: bytes, tsa: StampAuthority, part: bytes) -> bytes:
    """A true timestamp over a store that holds something of one's own."""
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader

    made = stamp(pdf, lambda digest: token(tsa, digest), [CA.der], [GOOD])
    start = made[: len(pdf)]
    old = PdfFileReader(BytesIO(made)).root["/DSS"]["/CRLs"][0].data
    assert made.count(old) == 1
    assert len(part) <= len(old)
    forged = made.replace(old, part.ljust(len(old), b"\0"))
    # the digest of what the timestamp covers is asked for anew
    return _restamped(forged, start, tsa)


def _restamped(made: bytes, start: bytes, tsa: StampAuthority) -> bytes:
    import hashlib

    from tests.documents.forger_bytes import _hole

    assert made.startswith(start)
    number = made.count(b"/ByteRange") - 1
    begin, end = _hole(made, number)
    fresh = token(tsa, hashlib.sha256(made[:begin] + made[end:]).digest()).hex().upper().encode()
    return made[: begin + 1] + fresh.ljust(end - begin - 2, b"0") + made[end - 1 :]


def test_the_store_holds_nothing_of_a_stranger(tsa: StampAuthority) -> None:
    plain = signed()
    assert _restamped(stamped(plain, tsa, GOOD), plain, tsa)
    assert judged(stamped(plain, tsa, GOOD), tsa.root).valid
    stranger = authority.authority("Elsewhere").crl({}, NOW)
    for part in (b"hello", stranger):
        verdict = judged(_with_store(plain, tsa, part), tsa.root)
        assert (verdict.status, verdict.valid) == ("changed", False)
    foreign = stamp(plain, lambda digest: token(tsa, digest), [CA.der])
    assert judged(foreign, tsa.root).valid


def test_a_list_that_ends_with_a_carriage_return_is_kept_so_that_its_length_is_plain(tsa: StampAuthority) -> None:
    """ISO 19005-3, 6.1.7.1: its length would be read in two ways; nothing else may be said in another spelling."""
    plain = signed()
    ending = crl(ends_with_return=True, moment=NOW - DAY)
    made = stamped(plain, tsa, ending)
    assert b"\r\nendstream" not in made
    assert ending.hex().encode() + b">" in made
    assert said(judged(made, tsa.root)) == ("complete", "B-LT", "")
    assert said(judged(stamped(made, tsa, crl(ends_with_return=True, moment=NOW - HOUR)), tsa.root))[1] == "B-LTA"
    other = made.replace(ending.hex().encode() + b">", ending.hex().upper().encode() + b">")
    assert other != made
    assert judged(_restamped(other, plain, tsa), tsa.root).status == "changed"


@pytest.mark.parametrize("kind", ["between", "after", "no_store", "other_name"])
def test_a_change_around_a_second_timestamp_is_found(kind: str, tsa: StampAuthority) -> None:
    once = stamped(signed(), tsa, GOOD)
    if kind == "between":
        forged = stamped(_appended(once, {_size(once): b"<< >>"}), tsa)
    elif kind == "after":
        forged = _appended(stamped(once, tsa), {_size(once) + 40: b"<< >>"})
    elif kind == "no_store":
        twice = stamped(once, tsa, CA.crl({}, NOW - HOUR))
        place = twice.rindex(b"/CRLs")
        forged = _restamped(twice[:place] + b"/XRLs" + twice[place + 5 :], once, tsa)
    else:
        twice = stamped(once, tsa)
        forged = _restamped(twice.replace(b"(timestamp2)", b"(timestamp1)"), once, tsa)
    assert not judged(forged, tsa.root).valid
