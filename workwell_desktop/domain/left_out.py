"""Why a question has no answer: not asked is nothing at all; these two were said by the person."""

from enum import StrEnum

from workwell_desktop.domain.records import Id, Record, Scope, record


class Reason(StrEnum):
    """What a person said instead of an answer."""

    RATHER_NOT = "rather_not"
    NOT_APPLICABLE = "not_applicable"

    @property
    def code(self) -> str:
        """Its code in HL7's data-absent-reason."""
        return "asked-declined" if self is Reason.RATHER_NOT else "not-applicable"


@record("left_out", Scope.PARTICIPANT)
class LeftOut(Record):
    """A question of a response that was put and not answered; ``path`` names it as an answer's path would."""

    response: Id | None = None
    path: str | None = None
    reason: Reason | None = None
