"""Where a bundled program begins. Windows gives one without a terminal nothing to write to."""

import os
import sys

if sys.stdout is None or sys.stderr is None:
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it stands until the process ends
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere

from workwell_desktop.app import main

raise SystemExit(main())
