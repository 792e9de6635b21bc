"""Collecting what is wrong with a questionnaire, as codes that the catalogue puts into words."""

from workwell_desktop.domain.screen import text
from workwell_desktop.forms.model import Issue, Problem

MAX_PROBLEMS = 500


class Problems:
    """Problems in the order they were met; the same one on the same item is kept once, and there is an end to them."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self._seen: set[tuple[str, str | None, str]] = set()

    def error(self, code: str, link_id: str | None = None, **params: object) -> None:
        """The form cannot be trusted to run."""
        self._add("error", code, link_id, params)

    def warning(self, code: str, link_id: str | None = None, **params: object) -> None:
        """The form runs, and something in it is not used or not as its author may think."""
        self._add("warning", code, link_id, params)

    def _add(self, severity: str, code: str, link_id: str | None, params: dict[str, object]) -> None:
        message = text(f"forms.problem.{code}", **{name: short(value) for name, value in params.items()})
        key = (code, link_id, message)
        if key not in self._seen and len(self.found) < MAX_PROBLEMS:
            self._seen.add(key)
            self.found.append(Problem(severity, code, link_id, message))

    @property
    def refused(self) -> bool:
        """Whether any of them refuses the form."""
        return any(problem.severity == "error" for problem in self.found)


def short(value: object, most: int = 200) -> object:
    """A piece of the questionnaire as it may stand in a sentence."""
    if isinstance(value, int):
        return value
    words = " ".join(str(value).split())
    return words if len(words) <= most else words[: most - 1] + "…"


def issue(
    severity: str,
    code: str,
    link_id: str | None,
    path: str | None = None,
    sentence: str | None = None,
    **params: object,
) -> Issue:
    """An issue with its sentence, which the form itself may give (``sentence``)."""
    message = sentence or text(f"forms.issue.{code}", **{name: short(value) for name, value in params.items()})
    return Issue(severity, code, link_id, message, path)
