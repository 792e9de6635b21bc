"""An open filling knows when the store says something else; a file is an answer like another."""

import json
from collections.abc import Callable

from workwell_desktop.domain.values import BlobRef
from workwell_desktop.services.assessing import assessments, library
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk

FORM = {
    "resourceType": "Questionnaire",
    "status": "active",
    "url": "https://forms.example/again",
    "version": "1",
    "title": "Again",
    "item": [
        {"linkId": "word", "type": "string", "text": "Word"},
        {"linkId": "file", "type": "attachment", "text": "File"},
        {
            "linkId": "each",
            "type": "group",
            "repeats": True,
            "text": "Each",
            "item": [{"linkId": "inside", "type": "string", "text": "Inside"}],
        },
    ],
}


def test_it_differs_after_undo_and_after_somebody_elses_act_alone(desk: Desk, refer: Callable[..., Referred]) -> None:
    library.import_form(desk, json.dumps(FORM).encode())
    mine = assessments.start(desk, refer().participant, FORM["url"])  # type: ignore[arg-type]
    assessments.answer(desk, mine, "word", "one")
    assert not assessments.differs(desk, mine)
    path = assessments.add_repeat(desk, mine, "each")
    assessments.answer(desk, mine, f"{path.rpartition('/')[0]}/inside", "two")
    assessments.remove_repeat(desk, mine, path)
    assert not assessments.differs(desk, mine)
    theirs = assessments.open_response(desk, mine.response)
    assessments.answer(desk, theirs, "word", "other")
    assert assessments.differs(desk, mine)
    assert not assessments.differs(desk, theirs)
    assessments.withdraw(desk, mine.response)
    assert assessments.differs(desk, theirs)


def test_a_file_is_kept_with_the_answers(desk: Desk, refer: Callable[..., Referred]) -> None:
    library.import_form(desk, json.dumps(FORM).encode())
    filling = assessments.start(desk, refer().participant, FORM["url"])  # type: ignore[arg-type]
    assessments.attach(desk, filling, "file", b"a letter", "text/plain")
    again = assessments.open_response(desk, filling.response)
    kept = again.run.row("file").value
    assert isinstance(kept, BlobRef)
    assert (kept.size, kept.media_type) == (8, "text/plain")
    with desk.read() as reader:
        assert reader.blob(kept) == b"a letter"
