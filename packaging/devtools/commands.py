"""The commands of `packaging/dev.py`: each sets up what it needs, then hands over to the program behind it."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from devtools import ROOT, SetUpError, environment, lockfile, system

HELP = (Path(__file__).parent.parent / "dev.py").read_text(encoding="utf-8").split('"""')[1]
AT_MOST = 4  # workers of the suite: more than this wait for each other on one disk
SHARED = ("--dist=loadfile", "--no-loadscope-reorder")  # what a file makes once is made once; the longest come first


def run(rest: Sequence[str]) -> int:
    headless = "--headless" in rest
    screen = headless or not sys.platform.startswith("linux") or _has_screen()
    if not screen:
        raise SetUpError(
            "There is no screen here. Nothing was changed. "
            "Add --headless: the whole job then runs without one, and leaves its papers and pictures in a folder."
        )
    system.provide(system.wanted(screen=not headless, tests=False))
    environment.prepare(tests=False)
    return _hand_over(["-c", environment.START, "demo", *rest])


def test(rest: Sequence[str]) -> int:
    system.provide(system.wanted(screen=True, tests=True))
    environment.prepare(tests=True)
    chosen = any((ROOT / word.partition("::")[0]).exists() for word in rest if not word.startswith("-"))
    workers = [] if chosen else [f"--numprocesses={min(AT_MOST, os.cpu_count() or 1)}", *SHARED]
    return _hand_over(["-m", "pytest", *workers, *rest])


def lint(rest: Sequence[str]) -> int:
    environment.prepare(tests=True)
    fix = ["--fix"] if "--fix" in rest else []
    check = [] if "--fix" in rest else ["--check", "--output-format=concise"]
    steps = (["ruff", "check", *fix], ["ruff", "format", *check], ["mypy"])
    return max(_hand_over(["-m", *step, *(["."] if step[0] == "ruff" else [])]) for step in steps)


def bench(rest: Sequence[str]) -> int:
    system.provide(system.wanted(screen=True, tests=True))
    environment.prepare(tests=True)
    return _hand_over(["-m", "tests.benchmarks.run", *rest])


def bundle(rest: Sequence[str]) -> int:
    from devtools.bundle import command

    return command.bundle(rest)


def release(rest: Sequence[str]) -> int:
    from devtools import release as releasing
    from devtools.bundle import command

    return releasing.release(rest, lint, test, command.build_and_try)


def lock(rest: Sequence[str]) -> int:
    lockfile.write(environment.SCRIPTS, upgrade="--upgrade" in rest)
    return 0


def components(_rest: Sequence[str]) -> int:
    from devtools import assurance

    environment.prepare(tests=False)
    assurance.write(environment.packages())
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "bundle": bundle,
    "release": release,
    "lock": lock,
    "components": components,
}


def main(words: Sequence[str]) -> int:
    """Exit code of the program behind the command; 2 for a word that is no command, or a set-up that cannot go on."""
    command = COMMANDS.get(words[0]) if words else None
    if command is None:
        print(HELP.strip(), file=sys.stderr)
        return 0 if words and words[0] in {"-h", "--help", "help"} else 2
    try:
        return command(words[1:])
    except SetUpError as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _hand_over(arguments: Sequence[str]) -> int:
    sys.stdout.flush()
    return subprocess.run([environment.PYTHON, *arguments], cwd=ROOT, check=False).returncode
