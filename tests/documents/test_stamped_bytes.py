"""The bytes of a timestamp itself, which no digest covers, and what a stranger puts beside one."""

from datetime import UTC, datetime, timedelta

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name

from tests.documents import stages
from tests.documents.forger import FORGERIES
from tests.documents.forger_bytes import _hole
from tests.documents.test_timestamps import token
from tests.documents.timestamps import StampAuthority
from workwell_desktop import documents
from workwell_desktop.documents import stamping
from workwell_desktop.documents.stamping import stamp

pytestmark = pytest.mark.usefixtures("openssl")

CRL = stages.CA.crl({}, datetime.now(UTC) - timedelta(days=1))
_ROLLED_BACK = {"rolled_back_to_two", "rolled_back_to_none"}


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> StampAuthority:
    return StampAuthority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def stamped(tsa: StampAuthority) -> bytes:
    return stamp(stages.complete(), lambda digest: token(tsa, digest), [stages.CA.der], [CRL])


def test_every_byte_of_a_timestamp_counts(tsa: StampAuthority) -> None:
    made = stamp(stages.complete("minutes"), lambda digest: token(tsa, digest), [stages.CA.der], [CRL])
    assert documents.verify(made, stages.TRUST).valid
    start, end = _hole(made, 1)
    hole = made[start + 1 : end - 1]
    size = 4 + int(hole[4:8], 16)
    survived = []
    for place in [*range(0, size, 31), *range(size, len(hole) // 2, 3001)]:
        other = bytearray(bytes.fromhex(hole.decode()))
        other[place] ^= 1
        forged = made[: start + 1] + bytes(other).hex().upper().encode() + made[end - 1 :]
        if documents.verify(forged, stages.TRUST).valid:
            survived.append(place)
    assert survived == []


@pytest.mark.parametrize("name", sorted(FORGERIES.keys() - _ROLLED_BACK)[::8])
def test_every_eighth_forgery_of_a_stamped_paper_is_found(name: str, stamped: bytes, tsa: StampAuthority) -> None:
    forged = FORGERIES[name](stamped)
    assert not documents.verify(forged, stages.TRUST, stamps=(tsa.root,)).valid


def test_nothing_lies_beside_a_timestamp(tsa: StampAuthority, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stranger's own timestamp is no change; whatever else comes with it is one."""
    real = stamping._held

    def more(*given: object) -> list[generic.PdfObject]:
        writer = given[1]
        writer.add_object(generic.StreamObject({pdf_name("/Note"): pdf_name("/x")}, stream_data=b"smuggled"))  # type: ignore[attr-defined]
        return real(*given)  # type: ignore[arg-type]

    pdf = stages.complete("minutes")
    assert documents.verify(stamp(pdf, lambda digest: token(tsa, digest), [stages.CA.der]), stages.TRUST).valid
    monkeypatch.setattr(stamping, "_held", more)
    forged = stamp(pdf, lambda digest: token(tsa, digest), [stages.CA.der])
    assert documents.verify(forged, stages.TRUST).status == "changed"
    assert b"smuggled" in forged
