"""每日台账 as a PDF: a row a day and 填报单位, an empty day as 零报告."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.statistics.daily_sheet import (
    DAILY_COLUMNS,
    DAILY_HEADINGS,
    STOCKS,
    ZERO_REPORT,
)
from hotline_desk.domain.summary import DISCLAIMER
from hotline_desk.reports import tokens
from hotline_desk.reports.layout import ACROSS, Margins
from hotline_desk.reports.sheet_parts import (
    MEANINGS,
    figure_table,
    print_sheet,
    shared_widths,
    sheet_head,
    signatures,
)

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.platypus import Flowable

    from hotline_desk.domain.statistics.daily_sheet import DailySheet
    from hotline_desk.reports.text import Typesetter

TITLE = "每日台账"
_FIGURES = 2
"""The first column of them."""
_WORDS = (0, 1, 17, 18)
_PARTS = range(7, 12)
"""The columns under 其中."""
_SHARES = (61, 118, *[31] * 3, 32, 38, *[31] * 10, 47, 47)
_TWO_LINES = {"咨询人次": "咨询\n人次", "社保缴纳": "社保\n缴纳", "劳动合同": "劳动\n合同"}
_FLOWS = _FIGURES + len(DAILY_COLUMNS) - STOCKS - 1
"""The last column that a 零报告 stands across."""


def print_daily(sheet: DailySheet, path: Path, *, union: str) -> int:
    """Write *sheet* to *path*; return the pages. Errors are those of `print_sheet`."""
    period = sheet.period.words
    return print_sheet(
        path,
        partial(_story, sheet, union),
        title=f"{sheet.unit}{TITLE}",
        subject=period,
        union=union,
        margins=Margins(head=f"{sheet.unit}  {TITLE}", head_right=period, foot=DISCLAIMER),
    )


def _story(sheet: DailySheet, union: str, setter: Typesetter) -> list[Flowable]:
    rows = [
        [cells[0], f"{'　' * row.line.level}{cells[1]}", *cells[_FIGURES:]]
        for row, cells in zip(sheet.rows, sheet.cells(), strict=True)
    ]
    first = 2
    table = figure_table(
        _headings(),
        [list(map(_text, row)) for row in rows],
        shared_widths(ACROSS.text_width, _SHARES),
        setter,
        words=_WORDS,
        more=[
            ("SPAN", (_PARTS[0], 0), (_PARTS[-1], 0)),
            ("LEFTPADDING", (_WORDS[2], 0), (_WORDS[2], -1), tokens.S3),
            ("LINEBELOW", (_PARTS[0], 0), (_PARTS[-1], 0), tokens.HAIRLINE, tokens.LINE),
            *(
                ("SPAN", (column, 0), (column, 1))
                for column in range(len(DAILY_HEADINGS))
                if column not in _PARTS
            ),
            *(
                ("SPAN", (_FIGURES, first + at), (_FLOWS, first + at))
                for at, row in enumerate(rows)
                if row[_FIGURES] == ZERO_REPORT
            ),
            *(
                ("BACKGROUND", (0, first + at), (-1, first + at), tokens.PAGE)
                for at, row in enumerate(sheet.rows)
                if row.line.is_sum
            ),
            *(
                ("LINEABOVE", (0, first + at), (-1, first + at), 1.0, tokens.SINCE_START)
                for at in range(1, len(sheet.rows))
                if sheet.rows[at].day != sheet.rows[at - 1].day
            ),
        ],
    )
    return [
        *sheet_head(union, TITLE, f"{sheet.unit}  {sheet.period.words}", setter),
        table,
        *(setter.text(note, MEANINGS) for note in sheet.notes),
        *signatures(
            (("填报人", sheet.prepared_by), ("审核人", sheet.reviewed_by), ("上报日期", "")),
            ACROSS.text_width,
            setter,
        ),
    ]


def _headings() -> list[list[str]]:
    """Return two rows of headings: 其中 stands above the categories."""
    own = [heading.removeprefix("其中：") for heading in DAILY_HEADINGS]
    plain = [_TWO_LINES.get(heading, heading) for heading in own]
    upper = ["" if column in _PARTS else text for column, text in enumerate(plain)]
    upper[_PARTS[0]] = "其中"
    return [upper, [text if column in _PARTS else "" for column, text in enumerate(plain)]]


def _text(cell: str | int) -> str:
    return f"{cell:,}" if isinstance(cell, int) else cell
