"""How long the long runs run: `dev.py soak` says so; in the gate they are short."""

import random
from dataclasses import dataclass

import pytest

from tests.benchmarks.conftest import figure, pytest_sessionfinish

__all__ = ["figure", "pytest_sessionfinish"]


def pytest_addoption(parser):
    parser.addoption("--write", action="store_true", help="write the figures into the README")
    parser.addoption("--minutes", type=float, help="of recording two lines with captions")
    parser.addoption("--kills", type=int, help="how many processes to kill")
    parser.addoption("--faults", type=int, help="how many other faults to make")
    parser.addoption("--writes", type=int, help="how many programs to kill while they write")
    parser.addoption("--seed", type=int, help="of the moments and kinds of kills and faults")


@dataclass(frozen=True)
class Lengths:
    """How much each long run does."""

    minutes: float
    kills: int
    faults: int
    writes: int


@pytest.fixture(scope="session")
def lengths(request):
    """Five of each where nothing is said, as in the gate."""

    def said(name, otherwise):
        found = request.config.getoption(name, default=None)
        return otherwise if found is None else found

    return Lengths(said("minutes", 0.3), said("kills", 5), said("faults", 5), said("writes", 5))


@pytest.fixture
def chance(request, say):
    """Chances that a seed repeats."""
    seed = request.config.getoption("seed", default=None)
    seed = random.randrange(10**6) if seed is None else seed
    say(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture
def say():
    """Print how far a long run is."""

    def print_line(words: str) -> None:
        print(words, flush=True)  # noqa: T201

    return print_line
