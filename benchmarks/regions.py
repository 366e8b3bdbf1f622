"""The regions that benchmarks run on: folders, or the generator's recipes with seeds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from instances.generate import generate, recipe_names
from roster.files import read
from roster.instance import Instance


@dataclass(frozen=True)
class Region:
    """An instance, what it is called in tables, and the seed: of the generator for a recipe, else of the searches."""

    name: str
    seed: int
    instance: Instance


def regions(names: Iterable[str], seeds: int) -> Iterator[Region]:
    """Each name, a recipe's or a folder's, with the seeds from 1. What is both is the recipe: write ``./pilot``.

    Raises InvalidInput where a name is neither or the folder has faults.
    """
    for name in names:
        for seed in range(1, seeds + 1):
            if name in recipe_names():
                yield Region(f"{name}, seed {seed}", seed, generate(name, seed))
            else:
                yield Region(_called(Path(name).resolve().name, seed, seeds), seed, read(Path(name)).valid())


def _called(folder: str, seed: int, seeds: int) -> str:
    return folder if seeds == 1 else f"{folder}, search {seed}"
