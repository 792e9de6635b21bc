"""Stores that earlier versions of the program made, each by its own code, about a made-up person.

    VERSION.zip: ``store``, the encrypted file, and ``keys``, the slots beside it; the passphrase is ``PASSPHRASE``

They are small: most of the tables that every version makes anew from the log were taken out before the file was
packed, a few stand under their old names. ``python -m tests.store.earlier.make`` adds one of this version; a release
asks for it.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
PASSPHRASE = "marigold half sun"
STORES = tuple(sorted(FOLDER.glob("*.zip")))
