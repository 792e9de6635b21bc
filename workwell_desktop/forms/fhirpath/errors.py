"""What can be wrong with an expression: at import with a position, or when it is run."""


class PathError(Exception):
    """An expression that is refused at import. ``reason`` is ``syntax``, ``function``, ``arguments``, ``type``,
    ``variable``, ``element`` (such as ``valueX``), ``order``, ``pattern`` or ``limit``; ``position`` counts
    characters from 0; ``what`` is the word that was met."""

    def __init__(self, reason: str, position: int, what: str) -> None:
        super().__init__(f"{reason} at {position}: {what}")
        self.reason = reason
        self.position = position
        self.what = what


class EvaluationError(Exception):
    """FHIRPath says that this evaluation has no result, such as two items where one is needed. The text names the
    rule and never holds an answer."""
