"""Every kind, style and stage of signing before the judges: nothing may fail.

What a signature adds does not depend on the style, so the stages before the last are judged in the standard one alone;
in every style with `dev.py test --long`.
"""

import importlib.util
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.documents import examples, stages
from tests.documents.test_timestamps import token
from tests.documents.timestamps import PlayedStamps
from tests.judges import judges
from workwell_desktop.documents import PaperStyle
from workwell_desktop.documents.stamping import stamp
from workwell_desktop.domain.language_packs import packs

UNSIGNED = frozenset(kind for kind, paper in examples.ALL.items() if not paper.fields)


@pytest.fixture(scope="module")
def matrix(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of synthetic people: kind by style by stage, a rehearsal of each kind, each with timestamps, and a
    plan in each language."""
    every_stage = frozenset(PaperStyle) if pytestconfig.getoption("--long") else {PaperStyle.STANDARD}
    folder = tmp_path_factory.mktemp("papers")
    files = []
    for kind in examples.ALL:
        for style in stages.styles(kind):
            made = list(enumerate(stages.stages(kind, style)))
            for number, pdf in made if style in every_stage else made[-1:]:
                files.append(folder / f"{kind}-{style.value}-{number}.pdf")
                files[-1].write_bytes(pdf)
        files.append(folder / f"{kind}-rehearsal.pdf")
        files[-1].write_bytes(stages.stages(kind, rehearsal=True)[-1])
        if kind not in UNSIGNED:
            count = len(examples.ALL[kind].fields)
            for name, pdf in zip(("stamped", "lasting"), _stamped(stages.complete(kind)), strict=True):
                if name == "lasting" or kind == "plan":
                    files.append(folder / f"{kind}-{name}-{count}.pdf")
                    files[-1].write_bytes(pdf)
    for pack in packs():
        for number, pdf in zip((0, len(examples.ALL["plan"].fields)), stages.translated(pack.language), strict=True):
            files.append(folder / f"plan-{pack.language}-{number}.pdf")
            files[-1].write_bytes(pdf)
    return files


def _stamped(pdf: bytes) -> tuple[bytes, bytes]:
    """With a timestamp and the list of its day, and a year later with a second one over both."""
    lists = [stages.CA.crl({}, examples.AT), stages.CA.crl({}, examples.AT + timedelta(days=366))]
    made = []
    for crl, days in zip(lists, (1, 367), strict=True):
        _TSA.now = examples.AT + timedelta(days=days)
        pdf = stamp(pdf, lambda digest: token(_TSA, digest), [stages.CA.der], [crl])
        made.append(pdf)
    return made[0], made[1]


_TSA = PlayedStamps(examples.AT, examples.AT + timedelta(days=1000))


def test_verapdf_finds_nothing(matrix: list[Path]) -> None:
    ruling = judges.vera(matrix)
    assert ruling.failures == ()
    assert ruling.passed == 2 * len(matrix)


def test_page_validation_finds_nothing(matrix: list[Path]) -> None:
    if importlib.util.find_spec("page") is None:
        judges.missing("page-validation", "pip install page-validation==0.11.0")
    from page import ValidationProfile, validate_pdf_bytes

    found = []
    for file in matrix:
        for profile in (ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_3A):
            report = validate_pdf_bytes(file.read_bytes(), profile=profile)
            # its rule on byte ranges knows one signature a file only
            failed = [one.rule_id for one in report.failures if "BYTERANGE" not in one.rule_id]
            found += [(file.name, rule) for rule in failed]
    assert found == []


def test_pdfsig_accepts_each_signature(matrix: list[Path], tmp_path: Path) -> None:
    pem = tmp_path / "ca.pem"
    pem.write_bytes(stages.CA.root.public_bytes(Encoding.PEM))
    for file in matrix:
        if file.name.partition("-")[0] in UNSIGNED:
            continue
        signed = file.name.removesuffix(".pdf").rpartition("-")[2]
        said = judges.pdfsig(file, pem, tmp_path)
        expected = len(examples.ALL[file.name.partition("-")[0]].fields) if signed == "rehearsal" else int(signed)
        assert said.count("Signature is Valid.") == expected, file.name
        assert said.count("Certificate is Trusted.") == expected, file.name
