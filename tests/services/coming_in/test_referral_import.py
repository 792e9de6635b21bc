"""Referrals from a file: looked at without writing, decided one by one, brought in whole and undone as one."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workwell_desktop import assets
from workwell_desktop.domain.episodes import ClosureReason, Episode, EpisodeStatus, Referral, ReferralSource
from workwell_desktop.domain.likeness import Likeness
from workwell_desktop.domain.participants import Agreement, Participant
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.referral_rows import written_rows
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.coming_in import referral_fhir, referral_import
from workwell_desktop.services.coming_in.referral_import import Decision, Looked
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import ending
from workwell_desktop.services.safekeeping import undoing
from workwell_desktop.services.travel import bundle

Refer = Callable[..., Referred]
COLIN = {
    "given_name": "Colin",
    "family_name": "Hart",
    "birth_date": "03/05/1979",
    "source": "self",
    "reason": "Anxious about going back.",
}
HERE = {**COLIN, "birth_date": "14/03/1984"}
RUTH = {**COLIN, "given_name": "Ruth", "family_name": "Vance", "birth_date": "1990-02-01"}


def look(desk: Desk, *rows: dict[str, str]) -> Looked:
    return referral_import.look_at(desk, written_rows(list(rows)), "referrals.csv")


def count(desk: Desk) -> tuple[int, int, int]:
    with desk.read() as reader:
        return reader.count(Participant), reader.count(Referral), reader.count(Episode)


def test_looking_writes_nothing_and_the_good_rows_come_in(desk: Desk) -> None:
    wrong = {**RUTH, "nhs_number": "0000000000", "received_on": "25/11/2026"}
    looked = look(desk, COLIN, wrong, RUTH)
    assert count(desk) == (0, 0, 0)
    assert [row.ready for row in looked.rows] == [True, False, True]
    assert {(one.line, one.field) for one in looked.to_mend()} == {(3, "received_on"), (3, "nhs_number")}
    made = referral_import.bring_in(desk, looked, {})
    assert len(made) == 2
    with desk.read() as reader:
        (sent,) = reader.list(Referral, scope=made[0].participant)
        assert (sent.source, sent.received_on) == (ReferralSource.SELF, date(2026, 11, 24))
        assert {one.status for one in reader.list(Episode)} == {EpisodeStatus.WAITING}


def test_error_16_a_number_of_one_digit_ten_times_is_never_an_nhs_number(desk: Desk) -> None:
    for number, words in (
        ("0000000000", "same digit"),
        ("999 000 0017", "Check each digit"),
        ("9.99E+09", "10 digits"),
    ):
        (fault,) = look(desk, {**COLIN, "nhs_number": number}).to_mend()
        assert fault.field == "nhs_number"
        assert words in fault.message


def test_error_18_coming_in_a_file_is_no_consent(desk: Desk) -> None:
    row = {**COLIN, "source": "employer", "organisation": "Northgate Parcels", "person_knows": "yes"}
    (made,) = referral_import.bring_in(desk, look(desk, row), {})
    with desk.read() as reader:
        assert reader.count(Agreement, scope=made.participant) == 0
        assert reader.get(Episode, made.episode).status is EpisodeStatus.WAITING


def test_what_an_employer_has_to_say_is_asked_of_a_file_too(desk: Desk) -> None:
    faults = look(desk, {**COLIN, "source": "employer"}).to_mend()
    assert {one.field for one in faults} == {"organisation", "person_knows"}


def test_days_before_a_birth_and_people_too_young_are_told_at_their_field(desk: Desk) -> None:
    faults = look(desk, {**COLIN, "birth_date": "01/12/2026"}, {**COLIN, "received_on": "02/05/1979"}).to_mend()
    assert [(one.line, one.field) for one in faults] == [
        (2, "birth_date"),
        (3, "received_on"),
    ]


def test_somebody_who_may_be_here_waits_for_a_decision(desk: Desk, refer: Refer) -> None:
    here = refer("Colin", "Hart", nhs_number=None)
    ending.close(desk, here.episode, ClosureReason.RETURNED_TO_WORK)
    looked = look(desk, {**HERE, "given_name": "Collin", "phone": "01632 960 999"}, RUTH)
    first = looked.rows[0]
    assert first.to_decide
    assert [(one.line.participant, one.why) for one in first.likes] == [
        (here.participant, Likeness.SAME_NAME_AND_BIRTH)
    ]
    assert len(referral_import.bring_in(desk, looked, {})) == 1, "who is not decided stays out"
    assert count(desk)[0] == 2
    (again,) = referral_import.bring_in(
        desk, look(desk, {**HERE, "phone": "01632 960 999"}), {2: Decision("same", here.participant)}
    )
    assert again.participant == here.participant
    assert count(desk)[0] == 2
    with desk.read() as reader:
        assert reader.get(Participant, here.participant).phone != "01632 960 999", "a file changes nobody's record"


def test_somebody_else_of_the_same_name_may_come_in(desk: Desk, refer: Refer) -> None:
    refer("Colin", "Hart", nhs_number=None)
    referral_import.bring_in(desk, look(desk, HERE), {2: Decision("new")})
    assert count(desk)[0] == 2


def test_a_number_that_is_here_is_never_somebody_elses(desk: Desk, refer: Refer) -> None:
    here = refer("Ruth", "Vance", nhs_number="9990000018")
    (row,) = look(desk, {**COLIN, "nhs_number": "999 000 0018"}).rows
    assert ([one.why for one in row.likes], referral_import.may_be_new(row)) == ([Likeness.SAME_NUMBER], False)
    assert row.likes[0].line.participant == here.participant
    (other,) = look(desk, COLIN).rows
    assert referral_import.may_be_new(other)
    with pytest.raises(BadInput) as trouble:
        referral_import.bring_in(desk, look(desk, {**COLIN, "nhs_number": "999 000 0018"}), {2: Decision("new")})
    assert trouble.value.reason == "row_refused"


def test_a_like_name_of_another_birth_holds_nothing_up(desk: Desk, refer: Refer) -> None:
    refer("Colin", "Hart", nhs_number=None)
    (row,) = look(desk, COLIN).rows
    assert (row.ready, [one.why for one in row.likes]) == (True, [Likeness.LIKE_NAME])


def test_who_takes_part_already_is_not_offered_and_stops_all_of_it(desk: Desk, refer: Refer) -> None:
    here = refer("Colin", "Hart", nhs_number=None)
    looked = look(desk, RUTH, HERE)
    assert referral_import.may_be(looked.rows[1]) == ()
    before = count(desk)
    with pytest.raises(BadInput) as trouble:
        referral_import.bring_in(desk, looked, {3: Decision("same", here.participant)})
    assert (trouble.value.reason, trouble.value.params["line"]) == ("row_refused", 3)
    assert count(desk) == before, "nothing by halves"


@pytest.mark.parametrize(
    "again",
    [
        {"birth_date": "05/03/1979"},
        {"family_name": "Harte", "given_name": "COLLIN "},
        {"given_name": "Cólin"},
        {"given_name": "Hart", "family_name": "Colin"},
        {"family_name": "Hart-Vance"},
    ],
    ids=["turned date", "sound and capitals", "accent", "turned names", "double name"],
)
def test_one_person_written_in_two_ways_in_a_file_waits_for_a_decision(desk: Desk, again: dict[str, str]) -> None:
    looked = look(desk, RUTH, COLIN, {**COLIN, **again})
    assert [row.same_as for row in looked.rows] == [0, 0, 3]
    assert len(referral_import.bring_in(desk, looked, {})) == 2, "who is not decided stays out"


def test_two_people_of_one_name_in_a_file_are_two(desk: Desk) -> None:
    looked = look(desk, COLIN, {**COLIN, "birth_date": "09/10/1991"})
    assert all(row.ready for row in looked.rows)


def test_one_person_twice_in_a_file_is_seen(desk: Desk) -> None:
    looked = look(desk, COLIN, COLIN, {**RUTH, "nhs_number": "9990000018"}, {**RUTH, "nhs_number": "999 000 0018"})
    assert [row.same_as for row in looked.rows[:2]] == [0, 2]
    assert looked.rows[1].to_decide
    (fault,) = looked.to_mend()
    assert (fault.line, fault.field) == (5, "nhs_number")
    assert len(referral_import.bring_in(desk, looked, {})) == 2


def test_all_of_it_is_undone_as_one(desk: Desk) -> None:
    referral_import.bring_in(desk, look(desk, COLIN, RUTH), {})
    assert count(desk) == (2, 2, 2)
    undoing.undo(desk)
    assert count(desk) == (0, 0, 0)


def test_only_who_may_take_referrals_in_looks_at_a_file(desk: Desk, colleague: Callable[..., Desk]) -> None:
    chair = colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")
    with pytest.raises(NoPermission):
        look(chair, COLIN)


def test_a_path_that_leads_nowhere_is_said(desk: Desk, tmp_path: Path) -> None:
    for place, reason in ((tmp_path / "gone.csv", "file_missing"), (tmp_path, "unreadable_file")):
        with pytest.raises(BadInput) as trouble:
            referral_import.look(desk, place)
        assert trouble.value.reason == reason
    referral_import.save_template(desk, tmp_path / "empty.csv")
    found = referral_import.look(desk, tmp_path / "empty.csv")
    assert (found.rows, found.faults) == ((), ())


# FHIR

PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"}],
    "name": [{"use": "official", "family": "Hart", "given": ["Colin"]}, {"use": "usual", "text": "Col"}],
    "telecom": [{"system": "phone", "value": "01632 960 171"}],
    "birthDate": "1979-05-03",
    "address": [{"line": ["2 Weir Street"], "city": "Hebble", "postalCode": "HX7 8AA"}],
}
REQUEST: dict[str, Any] = {
    "resourceType": "ServiceRequest",
    "status": "active",
    "intent": "order",
    "identifier": [{"value": "NP-0042"}],
    "subject": {"reference": "Patient/p1"},
    "authoredOn": "2026-11-20T10:00:00+00:00",
    "requester": {"reference": "PractitionerRole/r1"},
    "reasonCode": [{"text": "Anxious about going back."}],
}
ROLE = {
    "resourceType": "PractitionerRole",
    "id": "r1",
    "practitioner": {"display": "Dr Amin"},
    "organization": {"reference": "Organization/o1"},
    "code": [{"text": "GP"}],
}
PRACTICE = {"resourceType": "Organization", "id": "o1", "name": "Hebble Street Surgery"}


def bundle_of(*resources: dict[str, Any]) -> bytes:
    entry = [{"resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entry}).encode()


def test_a_bundle_gives_a_referral_with_the_person_and_who_sends_them(desk: Desk) -> None:
    category = [{"coding": [{"system": referral_fhir.SOURCE_SYSTEM, "code": "gp"}]}]
    data = bundle_of(PATIENT, {**REQUEST, "category": category}, ROLE, PRACTICE)
    looked = referral_import.look_at(desk, data, "x.json")
    assert looked.to_mend() == ()
    (made,) = referral_import.bring_in(desk, looked, {})
    with desk.read() as reader:
        who, (sent,) = reader.get(Participant, made.participant), reader.list(Referral, scope=made.participant)
    assert (who.name, who.preferred_name, who.nhs_number, who.town) == ("Colin Hart", "Col", "9990000018", "Hebble")
    assert (sent.source, sent.organisation, sent.referrer_name, sent.referrer_role) == (
        ReferralSource.GP,
        "Hebble Street Surgery",
        "Dr Amin",
        "GP",
    )
    assert (sent.reference, sent.received_on, sent.reason) == (
        "NP-0042",
        date(2026, 11, 20),
        "Anxious about going back.",
    )


def test_one_request_alone_holds_its_person(desk: Desk) -> None:
    request = {**REQUEST, "contained": [PATIENT], "subject": {"reference": "#p1"}, "requester": {"reference": "#p1"}}
    looked = referral_import.look_at(desk, json.dumps(request).encode(), "x.json")
    assert looked.to_mend() == ()
    assert looked.rows[0].row.source is ReferralSource.SELF


@pytest.mark.parametrize(
    ("resources", "field"),
    [
        ([REQUEST], "subject"),
        ([PATIENT, {**REQUEST, "status": "revoked"}], "status"),
        ([PATIENT, {**REQUEST, "authoredOn": "20 Nov"}], "received_on"),
        ([PATIENT, {**REQUEST, "reasonCode": []}], "reason"),
    ],
)
def test_what_is_wrong_in_a_bundle_is_named_by_entry_and_field(
    desk: Desk, resources: list[dict[str, Any]], field: str
) -> None:
    faults = referral_import.look_at(desk, bundle_of(*resources), "x.json").to_mend()
    assert (len(resources), field) in {(one.line, one.field) for one in faults}


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"resourceType": "Bundle"}', b'{"a": ' * 200 + b"1" + b"}" * 200])
def test_json_that_is_no_referral_is_said_in_one_sentence(desk: Desk, data: bytes) -> None:
    looked = referral_import.look_at(desk, data, "x.json")
    assert looked.rows == ()
    assert looked.faults[0].message


def test_what_goes_out_of_another_partnership_comes_in_here(desk: Desk, refer: Refer) -> None:
    """Source, place and reference stand in the ServiceRequest that a case goes out with, for others to read."""
    case = refer(organisation="Hebble Street Surgery", reference="HS-7", person_knows=True)
    sent = next(
        one["resource"]
        for one in bundle.export_case(desk, case.participant)["entry"]
        if one["resource"]["resourceType"] == "ServiceRequest"
    )
    assert sent["identifier"][0]["value"] == "HS-7"
    assert "Hebble Street Surgery" in sent["requester"]["display"]


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(st.text(max_size=8), below, max_size=3)),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_to_a_bundle_crashes_the_reading(data: st.DataObject) -> None:
    resources = json.loads(json.dumps([PATIENT, REQUEST, ROLE, PRACTICE]))
    for _time in range(3):
        one = data.draw(st.sampled_from(resources))
        key = data.draw(st.sampled_from(sorted(one))) if one else "id"
        one[key] = data.draw(VALUES)
    sheet = referral_fhir.read_fhir(bundle_of(*resources))
    assert sheet.rows or sheet.faults


def test_the_example_that_ships_comes_in(desk: Desk) -> None:
    example = assets.resource("schemas", "examples", "referrals.csv")
    looked = referral_import.look(desk, example)
    assert looked.to_mend() == ()
    assert len(referral_import.bring_in(desk, looked, {})) == 1
