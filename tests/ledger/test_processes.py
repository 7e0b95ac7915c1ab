"""Several programs on one ledger, and programs that are killed: with real processes."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.ledger import Ledger
from tests.ledger.records import EPISODE

ROOT = Path(__file__).resolve().parents[2]
ALL = QuestionQuery(episode=EPISODE.number, limit=10_000)


def writer(path, who, writes):
    command = [sys.executable, "-m", "tests.ledger.writer", str(path), who, str(writes)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


@pytest.mark.slow
def test_two_programs_write_without_error_gap_or_double(ledger, path):
    writers = {who: writer(path, who, 500) for who in ("甲", "乙")}
    said = {who: program.communicate(timeout=300) for who, program in writers.items()}

    assert [errors for _, errors in said.values()] == ["", ""]
    assert [program.returncode for program in writers.values()] == [0, 0]
    questions = ledger.questions(ALL)
    assert [question.number for question in questions] == [
        f"GHFL-2026-190-{sequence:02}" for sequence in range(1, 501)
    ]
    for who, (numbers, _) in said.items():
        own = {question.number for question in questions if question.answer == who}
        assert own == set(numbers.split()) - {"open"}
        assert len(own) == 250
    assert ledger.examine() == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_killed_program_leaves_nothing_half_written(ledger, path, seed):
    program = writer(path, "甲", 100_000)
    assert program.stdout.readline() == "open\n"
    time.sleep(random.Random(seed).uniform(0.0, 0.6))
    program.kill()
    # not communicate(): it would pass over what readline() has taken beyond its line
    told = program.stdout.read()
    program.communicate()

    numbers = list(dict.fromkeys(told.split("\n")[:-1]))  # a torn last line was not told
    kept = [question.number for question in ledger.questions(ALL)]
    assert ledger.examine() == []
    assert kept[: len(numbers)] == numbers
    assert len(kept) - len(numbers) in {0, 1}
    for question in ledger.questions(ALL):
        assert question.articles == "甲\n乙"
        assert len(ledger.history("questions", question.id)) == (3 if question.answer else 1)


@pytest.mark.slow
def test_programs_that_start_at_once_make_one_ledger(path):
    path.parent.mkdir()
    programs = [writer(path, who, 0) for who in ("甲", "乙", "丙")]

    assert [program.communicate(timeout=60) for program in programs] == [("open\n", "")] * 3

    with Ledger.open(path) as ledger:
        assert ledger.examine() == []
        assert list(path.parent.glob("backups/*")) == []
