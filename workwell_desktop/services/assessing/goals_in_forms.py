"""A form that asks about the goals of the plan: it begins with them, and gives back the level that each has reached.

Nothing here knows a form by name. A repeating group takes part where its questions are coded, in the system
``RECORD``: ``goal`` for the record that an instance stands for, ``goal.text`` for its words, ``goal.level`` for where
it stands, weighed from -2 to +2 (goal attainment scaling).
"""

from decimal import Decimal

from workwell_desktop.domain.goals import LEVELS
from workwell_desktop.domain.plans import Goal
from workwell_desktop.domain.records import Id
from workwell_desktop.forms import Form, Item, Run, split_path
from workwell_desktop.store import Reader, Unit

RECORD = "https://workwell-desktop.example/codes/record"


def begin_with_goals(reader: Reader, run: Run, episode: Id | None) -> None:
    """An instance for each goal of the episode, with its words; nothing where the form asks about none."""
    found = _coded(run.form)
    record, words = found.get("goal"), found.get("goal.text")
    if episode is None or record is None or words is None or words.parent is None or not words.parent.multiple:
        return
    group = words.parent.link_id
    for number, goal in enumerate(reader.list(Goal, order_by=("position", "id"), episode=episode)):
        if number:
            run.add_repeat(group)
        place = [row.path for row in run.rows() if row.link_id == group][-1].rpartition("/")[0]
        run.answer(f"{place}/{record.link_id}", goal.id)
        if goal.text:
            run.answer(f"{place}/{words.link_id}", goal.text)


def keep_levels(unit: Unit, run: Run, participant: Id) -> None:
    """Writes the level of each instance to the goal that it stands for, where the person still has that goal."""
    found = _coded(run.form)
    record, level = found.get("goal"), found.get("goal.level")
    if record is None or level is None:
        return
    answers = run.answers()
    own = {goal.id: goal for goal in unit.reader.list(Goal, scope=participant)}
    for row in run.rows():
        if row.item is not level or not row.enabled or row.value is None:
            continue
        around, _link = split_path(row.path)
        goal = own.get(Id(str(answers.get("/".join([*around, record.link_id])))))
        reached = next((option.weight for option in row.options if option.value == row.value), None)
        if goal is not None and isinstance(reached, int | Decimal) and int(reached) in LEVELS:
            unit.set(Goal, goal.id, level=int(reached))


def _coded(form: Form) -> dict[str, Item]:
    return {
        code.code: item for item in form.items for code in item.code if code.system == RECORD and code.code is not None
    }
