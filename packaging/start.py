"""Where a bundled program begins: what a bundle would hand on to the program and to its children is put right first."""

import os
import sys

# Windows gives a program without a terminal nothing to write to
if sys.stdout is None or sys.stderr is None:
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it stands until the process ends
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere

# The bundle's libraries are for this program alone: a mail program or a server that it starts has its own. The loader
# has read the list already.
if sys.platform.startswith("linux"):
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before

# the program beside this one that looks at signatures (store/exchange/signatures.py) needs nothing of the rest
if sys.argv[1:] == ["--signatures"]:
    from workwell_desktop.store.exchange.signatures import main
else:
    from workwell_desktop.app import main

raise SystemExit(main())
