"""What stands in the command line: how an argument is declared, and how each kind is read."""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hotline_desk.domain.days import SPAN, is_meant

_MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Option:
    """One argument of a command, as argparse takes it."""

    names: tuple[str, ...]
    settings: dict[str, Any]


def day(text: str) -> date:
    """Read a day that an office can mean, as 2026-02-13."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        wanted = f"不是日期（写成 2026-02-13 这样）：{text}"
        raise argparse.ArgumentTypeError(wanted) from error
    if not is_meant(day):
        raise argparse.ArgumentTypeError(f"只能写 {SPAN}的日期：{text}")
    return day


def month(text: str) -> str:
    """Read a month of such days, as 2026-11."""
    first = day(f"{text}-01") if len(text) == len("2026-11") else None
    if first is None:
        raise argparse.ArgumentTypeError(f"不是月份（写成 2026-11 这样）：{text}")
    return text


def table_file(text: str) -> Path:
    """Read where a table is to be written; the ending says as what."""
    path = place(text)
    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise argparse.ArgumentTypeError(f"文件名要以 .xlsx 或 .csv 结尾：{text}")
    return path


def pdf_file(text: str) -> Path:
    """Read where a PDF is to be written."""
    path = place(text)
    if path.suffix.lower() != ".pdf":
        raise argparse.ArgumentTypeError(f"文件名要以 .pdf 结尾：{text}")
    return path


def word(text: str) -> str:
    """Read a word to be looked for."""
    if not text.strip():
        raise argparse.ArgumentTypeError("要写出查找的词")
    return text


def count(text: str) -> int:
    """Read a number of one or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"要写 1 或更大的整数：{text}")
    return int(text)


def days(text: str) -> int:
    """Read a number of days, up to a hundred years."""
    if count(text) > _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"最多写 {_MOST_DAYS} 天：{text}")
    return int(text)


def positive(text: str) -> float:
    """Read a number above zero."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"要写大于 0 的数：{text}")
    return number


def seconds(text: str) -> float:
    """Read a length of time, zero or more."""
    return 0.0 if text.strip("0") in {"", "."} and text else positive(text)


def place(text: str) -> Path:
    """Read the name of a folder or a file; ~ is the home."""
    try:
        if text:
            path = Path(text).expanduser().absolute()
            path.exists()  # a name that is too long for any file
            return path
    except (RuntimeError, OSError):  # or nobody's home, or the folder that we stand in is gone
        pass
    raise argparse.ArgumentTypeError(f"没有这个位置：{text}")


def option(*names: str, **settings: Any) -> Option:  # noqa: ANN401  argparse's own variety
    """Return an argument of a command, declared as for argparse."""
    return Option(names, settings)
