"""A mutation run: changes each rule on purpose and sees whether its tests notice.

    python -m tests.mutation.mutate [--jobs 2] [--every N] [FILE ...]

Each mutant is written into a copy of the project in a temporary folder, never into the project itself. The tests
of its rule have to fail; where they pass, so has the agreement of the rule over every roster of the quick tiny worlds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

import pytest

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = (".git", ".venv", ".hypothesis", ".*_cache", "docs", "benchmarks")
SECONDS = 60.0
"""After so long a test run counts as failed."""
FORKS = multiprocessing.get_context("forkserver")
"""Test runs start from a process that has the libraries, but no rule, in memory: most of a short run is that."""
PRELOADED = ["numpy", "pandas", "pytest", "roster.decisions", "roster.search.problem"]
QUICK_WORLDS = "(edges or interpreters or long or published)"


def rule_files() -> list[Path]:
    """The files of all rules and prices, from the root of the project."""
    return [p.relative_to(ROOT) for p in sorted((ROOT / "models").rglob("*.py")) if p.name != "__init__.py"]


def commands(file: Path) -> tuple[list[str], list[str]]:
    """What pytest is given to run the tests of the rule, and then its agreement."""
    name = file.stem
    agreement = f"(((one_rule or a_price_in_the_model) and {name}) or compromise) and {QUICK_WORLDS}"
    return [f"tests/rules/test_{name}.py"], ["tests/test_agreement.py", "-k", agreement]


def passes(copy: Path, arguments: Sequence[str]) -> bool:
    """Whether the tests pass in the copy. Raises RuntimeError where pytest finds no test to run."""
    process = FORKS.Process(target=_pytest, args=(copy, ["-x", "-q", "-p", "no:cacheprovider", *arguments]))
    process.start()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        return False
    if process.exitcode in (pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.USAGE_ERROR):
        raise RuntimeError(f"pytest {' '.join(arguments)} found no test to run.")
    return process.exitcode == pytest.ExitCode.OK


def _pytest(copy: Path, arguments: Sequence[str]) -> None:
    """What ``python -m pytest`` does in the copy, in a process that ends with its exit code."""
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    sys.dont_write_bytecode = True
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        sys.exit(int(pytest.main(list(arguments))))


def survives(copy: Path, file: Path, mutant: Mutant) -> bool:
    """Whether every test passes in the copy with the mutant in the place of the file. Puts the file back."""
    place, source = copy / file, (ROOT / file).read_text(encoding="utf-8")
    place.write_text(mutant.source, encoding="utf-8")
    try:
        return all(passes(copy, arguments) for arguments in commands(file))
    finally:
        place.write_text(source, encoding="utf-8")


def copied(target: Path) -> Path:
    """A copy of the project in the folder. Compiled rules stay behind: two mutants may look alike to them."""
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*LEFT_OUT), dirs_exist_ok=True)
    for compiled in (target / "models").rglob("__pycache__"):
        shutil.rmtree(compiled)
    return target


def report(file: Path, tried: Sequence[Mutant], alive: Sequence[Mutant]) -> None:
    """Writes the numbers of a file and a line for each survivor."""
    sys.stdout.write(f"{file}: {len(tried)} mutants, {len(tried) - len(alive)} killed\n")
    for mutant in alive:
        sys.stdout.write(f"    {file}:{mutant.line}: {mutant.before}  ->  {mutant.after}\n")
    sys.stdout.flush()


def run(files: Sequence[Path], jobs: int, every: int) -> int:
    """Tries every n-th mutant of the files, reports, and returns the number of survivors."""
    tried = {file: mutants((ROOT / file).read_text(encoding="utf-8"))[::every] for file in files}
    copies: SimpleQueue[Path] = SimpleQueue()
    with ExitStack() as stack:
        for _ in range(jobs):
            copies.put(copied(Path(stack.enter_context(TemporaryDirectory(prefix="mutation-")))))
        first = copies.get()
        if not passes(first, sorted({name for file in files for name in commands(file)[0]})):
            raise RuntimeError("The tests of the rules fail before anything is changed.")
        copies.put(first)

        def lives(file: Path, mutant: Mutant) -> bool:
            copy = copies.get()
            try:
                return survives(copy, file, mutant)
            finally:
                copies.put(copy)

        pool = stack.enter_context(ThreadPoolExecutor(jobs))
        asked = {file: [(m, pool.submit(lives, file, m)) for m in found] for file, found in tried.items()}
        left = 0
        for file, answers in asked.items():
            alive = [mutant for mutant, answer in answers if answer.result()]
            report(file, tried[file], alive)
            left += len(alive)
    number = sum(map(len, tried.values()))
    sys.stdout.write(f"Total: {number} mutants in {len(files)} files, {number - left} killed, {left} survive\n")
    return left


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Change the rules on purpose and see whether a test notices.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="rules to change; all where none is given")
    parser.add_argument("--jobs", type=int, default=2, help="how many mutants are tried at the same time")
    parser.add_argument("--every", type=int, default=1, help="try only every n-th mutant of each file")
    given = parser.parse_args()
    files = [file.resolve().relative_to(ROOT) for file in given.files]
    FORKS.set_forkserver_preload(PRELOADED)
    run(files or rule_files(), given.jobs, given.every)


if __name__ == "__main__":
    main()
