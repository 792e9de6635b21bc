"""The libraries' own logs are off: they quote what a file holds, and no stack trace reaches a person."""

import logging

_NOISY = ("pyhanko", "pyhanko_certvalidator", "pikepdf", "fontTools", "PIL")


def silence() -> None:
    """Once, before a library reads a file that somebody gave us."""
    for name in _NOISY:
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
