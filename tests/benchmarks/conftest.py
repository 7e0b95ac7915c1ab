"""Benchmarks print ratios and percentiles; --write puts what they measured into the README."""

import platform
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.ledger_filler import Filler

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"

EPISODES, QUESTIONS, UTTERANCES = 1_000, 100_000, 600_000

_rows: list[tuple[str, str, str]] = []


def pytest_addoption(parser):
    parser.addoption("--write", action="store_true", help="write the figures into the README")


@pytest.fixture
def figure():
    """Report one measured figure: what it is, what was measured, what DESIGN.md wants."""

    def report(what: str, measured: str, target: str = "") -> None:
        _rows.append((what, measured, target))
        print(f"{what}: {measured}" + (f" (target {target})" if target else ""))  # noqa: T201

    return report


@pytest.fixture(scope="session")
def years(tmp_path_factory):
    """The ledger of many years; who writes in it copies it first."""
    path = tmp_path_factory.mktemp("years") / "ledger.db"
    Filler().fill(path, episodes=EPISODES, questions=QUESTIONS, utterances=UTTERANCES)
    return path


def pytest_sessionfinish(session):
    if not session.config.getoption("--write") or not _rows:
        return
    head, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    old, _, tail = rest.partition(END)
    table = dict(line.strip("| ").split(" | ", 1) for line in old.splitlines() if " | " in line)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, check=True, text=True
    ).stdout.strip()
    when = f"{date.today().isoformat()} {commit}"  # noqa: DTZ011  the builder's own day
    for what, measured, target in _rows:
        table[what] = f"{measured} | {target or '—'} | {when}"
    for heading in ("what", "---"):
        table.pop(heading, None)
    lines = [
        f"Linux, {platform.machine()}, Python {platform.python_version()}, two cores.",
        "",
        "| what | measured | target | when |",
        "| --- | --- | --- | --- |",
        *(f"| {what} | {rest} |" for what, rest in sorted(table.items())),
    ]
    block = "\n".join([BEGIN, *lines, END])
    README.write_text(head + block + tail, encoding="utf-8")
