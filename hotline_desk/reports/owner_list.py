"""按承办人清单 as a PDF: the open cases of each 承办人, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reportlab.platypus import PageBreak

from hotline_desk.domain.times import long_day_text
from hotline_desk.reports import tokens
from hotline_desk.reports.layout import ACROSS, Margins, grid, heading
from hotline_desk.reports.sheet_parts import (
    CELL,
    FIGURE,
    FIGURE_HEADING,
    HEADING,
    print_sheet,
    shared_widths,
    sheet_head,
)
from hotline_desk.reports.text import Run, Style, Typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from reportlab.platypus import Flowable

TITLE = "按承办人清单"
INTERNAL = "内部版，未脱敏，限承办人使用"
MASKED = "已脱敏"
SECRET = "对单位保密"  # noqa: S105  words on the paper

_HEADINGS = ("案件编号", "接收", "用人单位", "案由", "人数", "进程", "下一步", "到期日", "金额")
_SHARES = (80, 68, 118, 158, 36, 56, 128, 68, 98)
_STEP = _HEADINGS.index("下一步")
_MATTER = _HEADINGS.index("案由")
_FIGURES = frozenset({_HEADINGS.index("人数"), _HEADINGS.index("金额")})
_NOTHING = Style(size=tokens.META, colour=tokens.QUIET)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """One row; every text is ready to be read."""

    number: str
    received: str
    employer: str
    matter: str
    people: str
    course: str
    step: str
    """What is next, and how long is left."""
    late: bool
    due: str
    money: str
    secret: bool
    """对单位保密."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerList:
    """The open cases of one 承办人."""

    owner: str
    about: str
    """Team, how many cases are in hand, how many followed on, how many of all late."""
    rows: tuple[ListedCase, ...]
    in_hand: int
    """How many of them are 在办; the others are 办结 and followed on until 结案."""


def print_owner_lists(
    lists: Sequence[OwnerList], on: date, path: Path, *, union: str, internal: bool
) -> int:
    """Write *lists* to *path*; return the pages. Errors are those of `print_sheet`."""
    day = long_day_text(on)
    version = INTERNAL if internal else MASKED
    return print_sheet(
        path,
        partial(_story, lists, f"{day}  {version}", union),
        title=TITLE,
        subject=day,
        union=union,
        margins=Margins(head=f"{TITLE}  {day}", head_right=version, foot=version),
    )


def _story(
    lists: Sequence[OwnerList], about: str, union: str, setter: Typesetter
) -> Iterator[Flowable]:
    in_hand = sum(each.in_hand for each in lists)
    followed = sum(len(each.rows) for each in lists) - in_hand
    counted = f"在办 {in_hand} 件，已办结跟踪 {followed} 件"
    yield from sheet_head(union, TITLE, f"{about}  {counted}", setter)
    if not lists:
        yield setter.text("没有还没结案的案件。", _NOTHING)
    for at, each in enumerate(lists):
        if at:  # each is handed to its own 承办人
            yield PageBreak()
        yield heading(each.owner, setter, aside=each.about)
        yield _table(each.rows, setter)


def _table(rows: Sequence[ListedCase], setter: Typesetter) -> Flowable:
    cells = [[
        setter.text(words, FIGURE_HEADING if at in _FIGURES else HEADING)
        for at, words in enumerate(_HEADINGS)
    ]]  # fmt: skip
    cells += [_cells(row, setter) for row in rows]
    return grid(cells, shared_widths(ACROSS.text_width, _SHARES), headed=True)


def _cells(row: ListedCase, setter: Typesetter) -> list[Flowable]:
    words = [row.number, row.received, row.employer, row.matter, row.people, row.course,
             row.step, row.due, row.money]  # fmt: skip
    cells = [setter.text(text, FIGURE if at in _FIGURES else CELL) for at, text in enumerate(words)]
    if row.late:
        cells[_STEP] = setter.text([Run(row.step, bold=True, colour=tokens.CAUTION)], CELL)
    if row.secret:
        told = Run(f"  {SECRET}", bold=True, colour=tokens.CAUTION)
        cells[_MATTER] = setter.text([Run(row.matter), told], CELL)
    return cells
