"""Checking a signed paper: three signatures, and comparing what they show, a page at a time."""

import re

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.benchmarks.rows import Row, median_ms
from tests.documents import stages
from workwell_desktop import documents
from workwell_desktop.documents import looks

ROUNDS = 9
_BARE = 200
"""How many bare checks of an ECDSA signature the baseline is made of: about ten milliseconds on any computer."""


def measure_a_plan_with_three_signatures() -> list[Row]:
    """The whole check, and drawing one page of it; beside them a fixed amount of arithmetic in the same run."""
    pdf = stages.complete()
    pages = documents.pages(pdf)
    signer = stages.SIGNERS["Tom Reyes"]
    data = b"what is signed"
    signature, public = signer.sign(data), signer.key.public_key()

    def bare() -> None:
        for _ in range(_BARE):
            public.verify(signature, data, ec.ECDSA(hashes.SHA256()))

    found = re.findall(rb"/ByteRange \[ ?0 \d+ (\d+) (\d+)", pdf)
    ends = [(int(start) + int(length), None) for start, length in found]
    whole = median_ms(lambda: documents.verify(pdf, stages.TRUST), ROUNDS)
    compared = median_ms(lambda: looks.changed_pages(pdf, ends), ROUNDS)
    base = median_ms(bare, ROUNDS)
    return [
        Row("check three signatures, without comparing pages", whole - compared, "ms", goal=150),
        Row("compare what they show, per page", compared / pages, "ms", goal=60),
        Row("check three signatures against 200 bare ones", whole, "ms", baseline=base),
    ]
