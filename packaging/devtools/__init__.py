"""What `packaging/dev.py` is made of; standard library only, so that it runs before anything is installed."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class SetUpError(Exception):
    """A sentence for the person at the terminal: what is missing, what was kept, and what to do."""
