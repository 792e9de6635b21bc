"""What a person is told of an error, at the thing that failed; a trace never reaches them."""

from workwell_desktop.domain.screen import sentence, text
from workwell_desktop.errors import WorkWellError


def fault_words(error: BaseException) -> str:
    """What happened, what was kept and what to do."""
    if isinstance(error, WorkWellError):
        return sentence(error)
    if isinstance(error, OSError):
        return text("shell.file_trouble")
    return text("errors.unexpected")
