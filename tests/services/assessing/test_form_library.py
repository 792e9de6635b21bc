"""The form library: looked at before it is taken in, tried, offered, compared, retired; and the rights to its words."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.case_help import FORMS, phq9
from tests.services.conftest import CHEAP, PASSPHRASE
from workwell_desktop import assets
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.people import FormStatus, FormVersion, Wording
from workwell_desktop.errors import BadInput, DiskFull, FieldsInvalid, NoPermission
from workwell_desktop.services.assessing import assessments, form_files, form_views, library, rights
from workwell_desktop.services.assessing.rights import RightsGiven
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening

OWN = "https://partnership.example/forms/own"


def questionnaire(version: str = "1", words: str = "Is the lift working?", **more: Any) -> dict[str, Any]:
    question = {"linkId": "lift", "type": "boolean", "text": words}
    head = {"resourceType": "Questionnaire", "status": "active", "url": OWN, "version": version, "title": "Our own"}
    return {**head, "item": [question], **more}


def written(folder: Path, name: str, content: object) -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def taken(desk: Desk, folder: Path, *versions: dict[str, Any]) -> list[library.FormEntry]:
    entries: list[library.FormEntry] = []
    for number, one in enumerate(versions):
        found = form_files.look(desk, [written(folder, f"own-{number}.json", one)])
        entries += form_files.take_in(desk, found).entries
    return entries


def test_a_folder_is_looked_at_before_anything_comes_in(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    (folder / "more").mkdir(parents=True)
    written(folder, "a.json", questionnaire())
    written(folder, "b.json", "no JSON at all")
    written(folder / "more", "twice.json", questionnaire())
    other = questionnaire(url=f"{OWN}2", title="Another")
    written(folder, "bundle.json", {"resourceType": "Bundle", "entry": [{"resource": other}, {"resource": {}}]})
    written(folder, "notes.txt", "not looked at")
    with desk.read() as reader:
        before = reader.count(FormVersion)
    found = form_files.look(desk, [folder])
    assert [(one.title, one.status) for one in found] == [
        ("Our own", "ready"),
        ("b.json", "refused"),
        ("Another", "ready"),
    ]
    assert found[1].problems[0].code == "notJson"
    with desk.read() as reader:
        assert reader.count(FormVersion) == before
    assert [one.status for one in form_files.take_in(desk, found).entries] == [FormStatus.HELD] * 2
    assert [one.status for one in form_files.look(desk, [folder])] == ["here", "refused", "here"]


@pytest.mark.parametrize(("make", "reason"), [("gone", "file_missing"), ("empty", "folder_without_forms")])
def test_a_path_with_nothing_to_look_at_says_so(desk: Desk, tmp_path: Path, make: str, reason: str) -> None:
    if make == "empty":
        (tmp_path / make).mkdir()
    with pytest.raises(BadInput) as refused:
        form_files.look(desk, [tmp_path / make])
    assert refused.value.reason == reason


def test_a_form_that_came_in_is_asked_of_nobody_until_it_is_offered(desk: Desk, tmp_path: Path) -> None:
    (first,) = taken(desk, tmp_path, questionnaire())
    assert OWN not in {one.url for one in library.list_forms(desk)}
    library.activate_form(desk, first.form)
    assert [one.form for one in library.list_forms(desk) if one.url == OWN] == [first.form]


def test_one_version_is_offered_at_a_time_and_an_earlier_one_can_come_back(desk: Desk, tmp_path: Path) -> None:
    first, second = taken(desk, tmp_path, questionnaire("1"), questionnaire("2"))
    for chosen, other in ((first, second), (second, first), (first, second)):
        library.activate_form(desk, chosen.form)
        assert library.open_form(desk, OWN).digest == chosen.digest
        assert form_views.view(desk, other.form).version.entry.status is not FormStatus.ACTIVE


def test_an_update_of_the_program_never_takes_the_place_of_a_later_version(desk: Desk) -> None:
    own = json.loads(assets.resource("instruments", "phq-9.json").read_text(encoding="utf-8"))
    later = library.import_form(desk, json.dumps({**own, "version": "99"}).encode())
    earlier = library.import_form(desk, json.dumps({**own, "version": "0.5"}).encode())
    assert (earlier.status, library.open_form(desk, f"{FORMS}phq-9").digest) == (FormStatus.HELD, later.digest)


def test_what_was_begun_goes_on_in_its_own_version(desk: Desk, refer: Callable[..., Referred], tmp_path: Path) -> None:
    first, second = taken(desk, tmp_path, questionnaire(), questionnaire("2", "Is the ramp clear?"))
    library.activate_form(desk, first.form)
    begun = assessments.start(desk, refer().participant, OWN)
    library.activate_form(desk, second.form)
    again = assessments.open_response(desk, begun.response)
    assert [row.text for row in again.rows()] == ["Is the lift working?"]
    assessments.answer(desk, again, "lift", True)
    assessments.complete(desk, again)
    fresh = assessments.start(desk, begun.participant, OWN)
    assert [row.text for row in fresh.rows()] == ["Is the ramp clear?"]
    view = form_views.view(desk, second.form)
    assert [(one.entry.version, one.given, one.begun) for one in view.versions] == [("2", 0, 1), ("1", 1, 0)]
    assert view.versions[0].by == "Maya Okafor"


def test_one_file_that_cannot_be_read_does_not_stop_the_others(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "a.json", questionnaire())
    locked = written(tmp_path, "b.json", questionnaire("2"))
    written(tmp_path, "c.json", questionnaire("3"))
    real = Path.open

    def guarded(self: Path, *given: Any, **named: Any) -> Any:
        if self == locked:
            raise PermissionError
        return real(self, *given, **named)

    monkeypatch.setattr(Path, "open", guarded)
    found = form_files.look(desk, [tmp_path])
    assert [(one.file.name, one.status) for one in found] == [
        ("a.json", "ready"),
        ("b.json", "refused"),
        ("c.json", "ready"),
    ]
    assert [one.code for one in found[1].problems] == ["unreadable"]
    assert len(form_files.take_in(desk, found).entries) == 2


def test_what_a_newer_program_brings_waits_and_takes_nothing_from_what_is_offered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.bring_in_shipped(desk)
    before = {one.url: one.version for one in library.list_forms(desk)}
    at = desk.store.vector()
    assert library.take_in_new(desk) == ()
    assert desk.store.vector() == at
    newer = json.loads(next(one for one in library.shipped() if b"/forms/phq-2" in one))
    came = [json.dumps({**newer, "version": "9.0"}).encode(), json.dumps(questionnaire()).encode()]
    monkeypatch.setattr(library, "shipped", lambda: came)
    assert {one.status for one in library.take_in_new(desk)} == {FormStatus.HELD}
    assert library.take_in_new(desk) == ()
    assert {one.url: one.version for one in library.list_forms(desk)} == before
    assert library.offer_shipped(desk) == 1
    assert {one.url: one.version for one in library.list_forms(desk)} == {**before, OWN: "1"}
    (own,) = [one for one in library.list_forms(desk) if one.url == OWN]
    library.retire_form(desk, own.form)
    assert library.take_in_new(desk) == ()
    assert library.offer_shipped(desk) == 0


def test_two_computers_that_take_in_the_same_form_make_one_record(
    desk: Desk, made_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "shipped", lambda: [json.dumps(questionnaire()).encode()])
    (here,) = library.take_in_new(desk)
    folder = tmp_path / "other"
    folder.mkdir()
    for file in made_store.parent.iterdir():
        if file.name.startswith(made_store.name) and not file.name.endswith(".lock"):
            shutil.copy(file, folder / file.name)
    other = opening.unlock(folder / made_store.name, desk.me, PASSPHRASE, clock=desk.clock, profile=CHEAP)
    try:
        (there,) = library.take_in_new(other)
    finally:
        other.store.close()
    assert there.form == here.form


def test_trying_a_form_out_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    (first,) = taken(desk, tmp_path, questionnaire())
    with desk.read() as reader:
        before = (reader.count(Response), desk.store.vector())
    trying = form_views.try_out(desk, first.form)
    trying.run.answer("lift", True)
    assert trying.run.answers() == {"lift": True}
    with desk.read() as reader:
        assert (reader.count(Response), desk.store.vector()) == before


def test_versions_are_compared_in_words(desk: Desk, tmp_path: Path) -> None:
    first, second = taken(desk, tmp_path, questionnaire(), questionnaire("2", "Is the ramp clear?"))
    (one,) = form_views.differences(desk, first.form, second.form)
    assert (one.code, one.was, one.now) == ("reworded", "Is the lift working?", "Is the ramp clear?")


def test_a_full_disk_in_the_middle_keeps_what_came_in(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [written(tmp_path, f"{n}.json", questionnaire(url=f"{OWN}{n}")) for n in range(3)]
    found = form_files.look(desk, files)
    real = library.import_form

    def full(desk: Desk, source: bytes, status: FormStatus) -> library.FormEntry:
        if source == found[1].source:
            raise DiskFull
        return real(desk, source, status)

    monkeypatch.setattr("workwell_desktop.services.assessing.form_files.import_form", full)
    done = form_files.take_in(desk, found)
    assert (len(done.entries), type(done.stopped)) == (1, DiskFull)
    assert [one.status for one in form_files.look(desk, files)] == ["here", "ready", "ready"]


def test_rights_come_with_the_program_and_may_be_written_over(desk: Desk) -> None:
    shipped = rights.of_form(desk, f"{FORMS}phq-9|1.0")
    assert (shipped.wording, shipped.shipped, shipped.words_shown) == (Wording.FREE, True, True)
    assert rights.of_form(desk, OWN).wording is None
    wrong = RightsGiven(Wording.LICENSED, " ", "", "")
    with pytest.raises(FieldsInvalid) as refused:
        rights.record_rights(desk, OWN, wrong)
    assert [name for name, _reason in refused.value.problems] == ["holder", "permitted", "proof"]
    given = RightsGiven(Wording.SCORE_ONLY, "A publisher", "", "")
    kept = rights.record_rights(desk, OWN, given)
    assert (kept.holder, kept.words_shown, kept.checked_by) == ("A publisher", False, "Maya Okafor")
    assert kept.checked_on == desk.clock.today()
    rights.record_rights(desk, OWN, RightsGiven(Wording.LICENSED, "A publisher", "Here", "Letter of 3 May"))
    assert rights.of_form(desk, OWN).words_shown


def test_words_without_a_licence_are_not_offered(desk: Desk, tmp_path: Path) -> None:
    (first,) = taken(desk, tmp_path, questionnaire())
    library.activate_form(desk, first.form)
    rights.record_rights(desk, OWN, RightsGiven(Wording.SCORE_ONLY, "A publisher", "", ""))
    assert OWN not in {one.url for one in library.list_forms(desk)}
    with pytest.raises(BadInput) as refused:
        library.activate_form(desk, first.form)
    assert refused.value.reason == "wording_not_licensed"
    (instead,) = [row for row in form_views.list_rows(desk, OWN) if row.entry.active]
    assert (instead.rights.holder, instead.rights.score_form, instead.rights.words_shown) == ("A publisher", True, True)
    rights.record_rights(desk, OWN, RightsGiven(Wording.LICENSED, "A publisher", "Here", "Letter of 3 May"))
    assert library.activate_form(desk, first.form).active


def test_who_may_not_manage_forms_changes_none(
    desk: Desk, colleague: Callable[..., Desk], refer: Callable[..., Referred], tmp_path: Path
) -> None:
    (first,) = taken(desk, tmp_path, questionnaire())
    phq9(desk, refer().participant, "1", finish=False)
    other = colleague()
    for act in (
        lambda: form_files.look(other, [tmp_path]),
        lambda: form_files.take_in(other, ()),
        lambda: library.activate_form(other, first.form),
        lambda: rights.record_rights(other, OWN, RightsGiven(Wording.FREE, "We", "All", "Here")),
    ):
        with pytest.raises(NoPermission):
            act()
    assert form_views.view(other, first.form).questions == 1
