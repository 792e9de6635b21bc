"""Sets up a computer and runs, tests or measures the product. Needs the standard library alone.

    python3 packaging/dev.py run      set up, then `workwell demo` (without a screen: --headless)
    python3 packaging/dev.py test     set up, then the whole test suite (--long adds the longer proofs)
    python3 packaging/dev.py lint     ruff and strict types alone (--fix mends what ruff can)
    python3 packaging/dev.py bench    the benchmarks, as ratios where there is a baseline
    python3 packaging/dev.py bundle   what people install, for this system (--smoke installs and tries it)
    python3 packaging/dev.py release  checks, tests, bundles, sums and tags this version; pushes nothing (--check)
    python3 packaging/dev.py lock     writes requirements.lock afresh (--upgrade takes newer releases)
    python3 packaging/dev.py components  writes the list of components for assurance from the lock

What follows the command goes to the program behind it: `dev.py run --headless`, `dev.py test tests/forms -x`.
"""

import sys

OLDEST, NEWEST = (3, 11), (3, 14)

if not OLDEST <= sys.version_info[:2] <= NEWEST:
    sys.exit(
        "WorkWell Desktop needs Python {}.{} to {}.{}; this one is {}.{}. Nothing was changed. "
        "Install one of those and start this command with it, for example: python3.12 packaging/dev.py run".format(
            *OLDEST, *NEWEST, *sys.version_info[:2]
        )
    )

from devtools.commands import main  # noqa: E402 - an older Python cannot even read what this imports

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
