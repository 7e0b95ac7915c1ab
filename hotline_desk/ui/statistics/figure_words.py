"""How figures are said on the statistics page: rows of the table, bars, and text to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.statistics.figures import FigureKind, Part, rate_text
from hotline_desk.ui.kit.bars import Bar
from hotline_desk.ui.statistics.figure_table import FigureRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hotline_desk.domain.statistics.figures import Figure
    from hotline_desk.domain.statistics.period_figures import CountedFigure, GroupRow, PeriodFigures

FIRST = ("consultations", "questions", "cases.opened", "close.rate", "agreed", "received")
"""The figures that are read from afar, in their order."""
PUBLISHED = "类别（按统计口径归并）"
"""Above the figures by category: one may hold several of the ledger's 问题类别."""


def figure_row(told: PeriodFigures, counted: CountedFigure, *, month: bool) -> FigureRow:
    """Return one figure of *told* with its seven columns."""
    figure = counted.figure
    return FigureRow(
        key=figure.key,
        title=f"{'　' * figure.is_part}{figure.title_in(month=month)}",
        name=figure.words_in(month=month),
        unit=figure.unit,
        cells=counted.texts,
        basis=f"{'　' * figure.is_part}{_basis(told, counted)}",
        opens=tuple(
            bool(number) or (figure.kind is FigureKind.RATE and number is not None)
            for number in counted.numbers
        ),
        short=figure.short,
        whole=figure.of[1],
    )


def figure_rows(counted: PeriodFigures, *, month: bool) -> tuple[FigureRow, ...]:
    """Return all figures, each part under its heading; *month* says 本月 instead of 本期."""
    rows: list[FigureRow] = []
    part = None
    for each in counted.figures:
        if each.figure.part is not part:
            part = each.figure.part
            title = PUBLISHED if part is Part.CATEGORIES else part
            rows.append(FigureRow(key=f"part.{part}", title=title, cells=(), basis=""))
        rows.append(figure_row(counted, each, month=month))
    return tuple(rows)


def first_rows(counted: PeriodFigures) -> tuple[FigureRow, ...]:
    """Return the figures that are read from afar."""
    known = {each.figure.key: each for each in counted.figures}
    return tuple(figure_row(counted, known[key], month=False) for key in FIRST if key in known)


def rows_telling(rows: Iterable[GroupRow], figure: Figure) -> tuple[GroupRow, ...]:
    """Return those of *rows* in which *figure* is anything."""
    return tuple(row for row in rows if row.numbers.get(figure.key))


def bars_of(rows: Sequence[GroupRow], figure: Figure) -> tuple[Bar, ...]:
    """Return a bar for each of *rows*, with its share where the figure adds up."""
    whole = sum(row.numbers[figure.key] or 0 for row in rows) or 1
    return tuple(_bar(row, figure, whole) for row in rows)


def as_text(table: Sequence[FigureRow], headings: Sequence[str], title: str) -> str:
    """Return the figures as a table that office programs take from the clipboard."""
    lines = [title, "\t".join(("指标", *headings, "口径"))]
    for row in table:
        cells = (row.title.strip(), *row.cells, row.basis.strip()) if row.cells else (row.title,)
        lines.append("\t".join(cells))
    return "\n".join(lines)


def _bar(row: GroupRow, figure: Figure, whole: float) -> Bar:
    value = row.numbers[figure.key] or 0
    words = figure.text(value)
    if figure.kind is FigureKind.FLOW:
        words += f"  {rate_text(value / whole)}"
    return Bar(row.words, float(value), words)


def _basis(told: PeriodFigures, counted: CountedFigure) -> str:
    figure = counted.figure
    if counted.share is not None:
        return f"占比 {rate_text(counted.share)}；{figure.note}"
    if figure.kind is FigureKind.RATE and counted.columns.present is not None:
        above, below = (told[key].columns.present or 0 for key in figure.of)
        return f"{figure.note}；{figure.short} {below - above:,} 件"
    return figure.note
