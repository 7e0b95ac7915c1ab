"""台账编号 and 案件编号: GHFL-2026-190-03 (GHFL-2026-M11-007 outside an episode), AJ-2026-0031."""

from __future__ import annotations

import re

QUESTION, CASE = "GHFL", "AJ"
"""What the numbers of questions and of cases begin with."""

_QUESTION = re.compile(
    rf"{QUESTION}-(?P<series>20\d\d-(?:M(?:0[1-9]|1[0-2])|[1-9]\d{{0,3}}))-(?P<sequence>\d{{2,5}})"
)
_CASE = re.compile(rf"{CASE}-(?P<year>20\d\d)-(?P<sequence>\d{{4,5}})")


def as_written(typed: str) -> str:
    """Return a number as the desk writes it, however its letters were typed."""
    return typed.strip().upper()


def question_series(day: str, episode: int | None) -> str:
    """Return in which series the questions of an ISO *day* are counted: 2026-190, or 2026-M11."""
    return f"{day[:4]}-M{day[5:7]}" if episode is None else f"{day[:4]}-{episode}"


def question_number(series: str, sequence: int) -> str:
    """Return the number of a row, with two digits in an episode and three outside one."""
    return f"{QUESTION}-{series}-{sequence:0{3 if '-M' in series else 2}}"


def case_number(year: int, sequence: int) -> str:
    """Return the number of a case."""
    return f"{CASE}-{year}-{sequence:04}"


def parts(number: str) -> tuple[str, str, int]:
    """Return prefix, series and sequence: GHFL, 2026-190 and 3; the series of a case is its year.

    Raises:
        ValueError: *number* is none.
    """
    prefix, _, rest = number.partition("-")
    series, _, sequence = rest.rpartition("-")
    return prefix, series, int(sequence)


def is_of_case(typed: str) -> bool:
    """Return whether what was typed for a number means a case, not a question."""
    return as_written(typed).startswith(f"{CASE}-")


def is_question_number(number: str) -> bool:
    """Return whether *number* is a 台账编号 as the desk writes it."""
    found = _QUESTION.fullmatch(number)
    if found is None:
        return False
    sequence = int(found["sequence"])
    return sequence > 0 and question_number(found["series"], sequence) == number


def is_case_number(number: str) -> bool:
    """Return whether *number* is a 案件编号 as the desk writes it."""
    found = _CASE.fullmatch(number)
    return found is not None and f"{int(found['sequence']):04}" == found["sequence"]
