"""统计 as a PDF: a period's figures with what they are compared with, and how some spread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak

from hotline_desk.domain.statistics.figures import Part, rate_text
from hotline_desk.domain.statistics.period_figures import PERIOD_COLUMNS
from hotline_desk.domain.summary import DISCLAIMER
from hotline_desk.reports import tokens
from hotline_desk.reports.charts import FigureBars
from hotline_desk.reports.layout import ACROSS, Margins, Panel, heading
from hotline_desk.reports.sheet_parts import (
    META,
    figure_table,
    print_sheet,
    seven_cells,
    shared_widths,
    sheet_head,
)
from hotline_desk.reports.text import Style, Typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportlab.platypus import Flowable

    from hotline_desk.domain.statistics.period_figures import CountedFigure, PeriodFigures

TITLE = "统计"
_WIDTH = ACROSS.text_width
_SHARES = (250, 60, 60, 74, 60, 74, 70, 80)
_LEAST = 136.0
_CAUTION = Style(size=tokens.BODY, colour=tokens.CAUTION)


@dataclass(frozen=True, slots=True)
class Chart:
    """How one figure spreads."""

    title: str
    basis: str
    """口径, to stand beneath."""
    bars: Sequence[tuple[str, float, str]]
    """Name, value, and the value as it is read."""


def print_statistics(
    counted: PeriodFigures,
    chart: Chart | None,
    path: Path,
    *,
    union: str,
) -> int:
    """Write the figures of *counted* to *path*; return the pages.

    Errors are those of `print_sheet`.
    """
    period = counted.period.words
    return print_sheet(
        path,
        partial(_story, counted, chart, union),
        title=f"{counted.unit}{TITLE}",
        subject=period,
        union=union,
        margins=Margins(head=f"{counted.unit}  {TITLE}", head_right=period, foot=DISCLAIMER),
    )


def _story(
    counted: PeriodFigures, chart: Chart | None, union: str, setter: Typesetter
) -> Iterator[Flowable]:
    yield from sheet_head(union, TITLE, f"{counted.unit}  {counted.period.words}", setter)
    for fault in counted.faults:
        yield Panel(setter.text(fault, _CAUTION), ground=tokens.CAUTION_GROUND, after=tokens.S2)
    if chart is not None and chart.bars:
        yield heading(chart.title, setter)
        yield FigureBars(chart.bars, setter)
        yield setter.text(chart.basis, Style(
            size=META.size, colour=META.colour, before=tokens.S2))  # fmt: skip
    for part in Part:
        told = [each for each in counted.figures if each.figure.part is part]
        if told:
            yield CondPageBreak(_LEAST)
            yield heading(part.value, setter)
            yield figure_table(
                [["指标", *PERIOD_COLUMNS]],
                [seven_cells(each, month=False) for each in told],
                shared_widths(_WIDTH, _SHARES),
                setter,
                notes=[_note(each) for each in told],
            )


def _note(counted: CountedFigure) -> str:
    share = "" if counted.share is None else f"占比 {rate_text(counted.share)}；"
    return f"{'　' * counted.figure.is_part}{share}{counted.figure.note}"
