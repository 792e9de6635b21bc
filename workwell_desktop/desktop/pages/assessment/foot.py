"""The foot of the assessment: what is saved at the left, where it goes on at the right."""

from typing import TYPE_CHECKING

from workwell_desktop.desktop.kit import Foot, clock_words, filled, moment_words, outlined, quiet, text
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import ResponseStatus

if TYPE_CHECKING:
    from workwell_desktop.desktop.pages.assessment.sheet import AssessmentSheet


def foot_of(sheet: "AssessmentSheet") -> Foot | None:
    """Back, the next act, and what else can be done with the form as it stands.

    While a conversation about risk is asked for, its red button is the only filled one.
    """
    if sheet.state is None or sheet.shot is None:
        return None
    left = None
    if sheet.has_grid():
        words = "assessment.show_list" if sheet.grids else "assessment.show_grid"
        left = quiet(text(words), sheet.turn_grid)
    back = outlined(text("assessment.back"), sheet.part_before, "arrow-left")
    sheet.next_button = None
    onward = outlined if sheet.saving.risks else filled
    completed = sheet.shot.status is not ResponseStatus.IN_PROGRESS
    buttons = [back]
    if left is not None:
        buttons.insert(0, left)
    if sheet.part < sheet.last():
        sheet.next_button = onward(next_words(sheet), sheet.next_part, "arrow-right")
        buttons.append(sheet.next_button)
    elif completed:
        if sheet.may_export() and not sheet.narrow():
            buttons.append(quiet(text("assessment.save_file"), sheet.save_file, "download"))
        if sheet.state.may_amend and sheet.shot.status is ResponseStatus.COMPLETED:
            buttons.append(outlined(text("assessment.reopen"), sheet.saving.reopen, "pen-line"))
        buttons.append(onward(text("assessment.to_record"), sheet.to_record))
    else:
        one = len(sheet.parts) == 1
        form = sheet.state.filling.form.title
        done = text("assessment.complete", form=form) if one else text("assessment.complete_all")
        buttons.append(onward(done, sheet.finish_it, "check"))
    return Foot(*buttons)


def next_words(sheet: "AssessmentSheet") -> str:
    """Which part follows as things stand now."""
    order = sheet.order()
    return text("assessment.next", part=dict(order.titled())[order.after(sheet.part)])


def say_saved(sheet: "AssessmentSheet") -> None:
    """Says what is durable, and nothing that is not."""
    if sheet.foot is None or sheet.shot is None or sheet.state is None:
        return
    if sheet.shot.status is ResponseStatus.ENTERED_IN_ERROR:
        sheet.foot.waiting(text("assessment.in_error"))
    elif sheet.shot.status is ResponseStatus.COMPLETED and sheet.shot.saved_at is not None:
        when = moment_words(sheet.shot.saved_at.astimezone(LONDON), sheet.context.today())
        sheet.foot.saved(text("assessment.completed_at", when=when))
    elif sheet.saving.failed:
        sheet.foot.waiting(text("assessment.not_saved"))
    elif sheet.shot.saved_at is not None:
        sheet.foot.saved(text("assessment.saved", time=clock_words(sheet.shot.saved_at)))
    else:
        given = any(row.value is not None and not row.read_only for row in sheet.shot.rows)
        sheet.foot.saved(text("assessment.all_saved" if given else "assessment.saves_itself"))
