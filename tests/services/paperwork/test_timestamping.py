"""A timestamp server that an administrator sets up: offered to nobody else, and gone when it is taken away."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.documents.test_timestamps import _say, serving
from tests.documents.timestamps import PlayedStamps, StampAuthority
from tests.services.case_help import ready_plan
from tests.services.conftest import PASSPHRASE
from workwell_desktop.documents.kinds import Verdict
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import Document, PaperKind
from workwell_desktop.domain.people import Profession
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import register, timestamping
from workwell_desktop.services.planning import signing

pytestmark = pytest.mark.usefixtures("openssl")


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(BadInput) as caught:
        act()
    return caught.value.reason


def test_a_paper_is_stamped_once_a_server_is_set_up(
    desk: Desk, refer: Callable[..., Referred], colleague: Callable[..., Desk], tmp_path: Path
) -> None:
    tsa = StampAuthority(tmp_path)
    pem = (tmp_path / "ca.pem").read_bytes()
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    plan = ready_plan(desk, refer().participant, clinician=tom.me)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    signing.take_typed_name(desk, plan, "Danielle Marsh")
    with desk.read() as reader:
        paper = next(one.id for one in reader.list(Document, plan=plan) if one.kind is PaperKind.PARTICIPANT_PLAN)
    assert timestamping.server(desk) is None
    assert refused(lambda: timestamping.stamp_paper(desk, paper)) == "no_timestamp_server"
    with pytest.raises(NoPermission):
        timestamping.set_up(tom, "http://127.0.0.1/", pem)
    assert refused(lambda: timestamping.set_up(desk, "ftp://127.0.0.1/", pem)) == "timestamp_address"
    assert refused(lambda: timestamping.set_up(desk, "http://127.0.0.1/", b"hello")) == "not_a_certificate"
    with serving(lambda handler, asked: _say(handler, tsa.answer(asked))) as address:
        timestamping.set_up(desk, address, pem)
        assert refused(lambda: timestamping.stamp_paper(desk, paper)) == "not_complete_yet"
        signing.sign_as_clinician(desk, plan, tom.me, PASSPHRASE)
        before = register.paper_bytes(desk, paper)
        timestamping.set_up(desk, "http://127.0.0.1:1/", pem)
        assert refused(lambda: timestamping.stamp_paper(desk, paper)) == "timestamp_failed"
        assert register.paper_bytes(desk, paper) == before
        timestamping.set_up(desk, address, pem)
        assert timestamping.stamp_paper(desk, paper) == timestamping.NewStamp("B-T", clock_wrong=True)
    after = register.paper_bytes(desk, paper)
    assert after.startswith(before)
    verdict = register.verify_paper(desk, after)
    assert (verdict.valid, {row.level for row in verdict.signatures}) == (True, {"B-T"})
    timestamping.set_up(desk, " ", b"")
    assert timestamping.server(desk) is None
    assert {row.level for row in register.verify_paper(desk, after).signatures} == {"B-T"}


def test_a_paper_lasts_and_lasts_longer_with_a_second_timestamp(
    desk: Desk, clock: FixedClock, refer: Callable[..., Referred], colleague: Callable[..., Desk]
) -> None:
    """The list of what was taken back goes with the first; a year later another one is offered."""
    start = clock.now()
    tsa = PlayedStamps(start, start + timedelta(days=4000))
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    plan = ready_plan(desk, refer().participant, clinician=tom.me)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    signing.take_typed_name(desk, plan, "Danielle Marsh")
    signing.sign_as_clinician(desk, plan, tom.me, PASSPHRASE)
    with desk.read() as reader:
        paper = next(one.id for one in reader.list(Document, plan=plan) if one.kind is PaperKind.PARTICIPANT_PLAN)

    def judged() -> Verdict:
        return register.verify_paper(desk, register.paper_bytes(desk, paper))

    assert not timestamping.wants_another(desk, judged())
    with serving(lambda handler, asked: _say(handler, tsa.answer(asked))) as address:
        timestamping.set_up(desk, address, tsa.pem)
        assert timestamping.wants_another(desk, judged())
        assert timestamping.stamp_paper(desk, paper) == timestamping.NewStamp("B-LT", clock_wrong=False)
        assert not timestamping.wants_another(desk, judged())
        tsa.now += timedelta(days=366)
        clock.set(tsa.now)
        assert timestamping.wants_another(desk, judged())
        tsa.now -= timedelta(minutes=30)
        assert timestamping.stamp_paper(desk, paper) == timestamping.NewStamp("B-LTA", clock_wrong=True)
    assert judged().valid
    assert not timestamping.wants_another(desk, judged())
    # years on nothing that was signed is called changed
    clock.set(start + timedelta(days=3650))
    assert judged().valid
    assert {one.note for one in judged().signatures} == {
        "Signed while the certificate was valid. It has run out since."
    }
