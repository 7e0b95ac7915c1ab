"""每月汇总 as a PDF: ten parts, each figure in seven columns with its 口径 beneath."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak

from hotline_desk.domain.statistics.figures import Part, figure, rate_text
from hotline_desk.domain.statistics.monthly_sheet import UNIT_FIGURES
from hotline_desk.domain.statistics.periods import month_text
from hotline_desk.domain.summary import DISCLAIMER, INTERNAL_USE
from hotline_desk.domain.times import short_day_text
from hotline_desk.reports import tokens
from hotline_desk.reports.layout import (
    ACROSS,
    Margins,
    Panel,
    grid,
    heading,
)
from hotline_desk.reports.sheet_parts import (
    EMPTY,
    META,
    figure_table,
    notes_of,
    print_sheet,
    seven_cells,
    shared_widths,
    sheet_head,
    signatures,
)
from hotline_desk.reports.text import Run, Style, Typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportlab.platypus import Flowable

    from hotline_desk.domain.statistics.monthly_sheet import MonthlySheet
    from hotline_desk.domain.statistics.period_figures import CountedFigure

TITLE = "每月汇总"
NOTHING = "本月无"
_VERSION = "  内部版"
_NUMERALS = "一二三四五六七八九十"
_WIDTH = ACROSS.text_width
_FIGURE_SHARES = (250, 60, 60, 74, 60, 74, 70, 80)
_UNIT_SHARES = (150, *[44] * 8, 78, 78)
_CAUTION = Style(size=tokens.BODY, colour=tokens.CAUTION)
_SENTENCE = Style(indent=18.0, after=tokens.S1)
_LEAST = 136.0
"""What must fit below a part's heading: the columns' headings and two figures, in points."""


def print_monthly(sheet: MonthlySheet, path: Path, *, union: str) -> int:
    """Write *sheet* to *path*; return the pages. Errors are those of `print_sheet`."""
    month = month_text(sheet.month)
    return print_sheet(
        path,
        lambda setter: _Paper(sheet, union, setter).story(),
        title=f"{sheet.unit}{TITLE}",
        subject=month,
        union=union,
        margins=Margins(
            head=f"{sheet.unit}  {TITLE}{_VERSION * sheet.internal}",
            head_right=INTERNAL_USE if sheet.internal else month,
            foot=DISCLAIMER,
        ),
    )


class _Paper:
    """One paper's parts, as the PDF library's flowables."""

    def __init__(self, sheet: MonthlySheet, union: str, setter: Typesetter) -> None:
        self._sheet, self._union, self._setter = sheet, union, setter
        self._numerals = iter(_NUMERALS)

    def story(self) -> Iterator[Flowable]:
        """Yield the whole paper."""
        sheet = self._sheet
        says = f"{sheet.unit}  {month_text(sheet.month)}"
        if sheet.internal:
            says += f"  ｜{_VERSION}  {INTERNAL_USE}"
        yield from sheet_head(self._union, TITLE, says, self._setter)
        yield self._names()
        for fault in sheet.counted.faults:
            text = self._setter.text(fault, _CAUTION)
            yield Panel(text, ground=tokens.CAUTION_GROUND, before=tokens.S3)
        for part in Part:
            yield from self._figures(part, sheet.part(part))
        yield from self._units()
        yield from self._typical()
        yield from self._adjustments()
        names = (("填报人", sheet.prepared_by), ("审核人", sheet.reviewed_by),
                 ("签发人", sheet.signed_by), ("上报日期", self._reported))  # fmt: skip
        yield from signatures(names, _WIDTH, self._setter)

    @property
    def _reported(self) -> str:
        day = self._sheet.reported_on
        return "" if day is None else day.isoformat()

    def _names(self) -> Flowable:
        sheet = self._sheet
        named = (
            ("填报单位", sheet.unit), ("月份", month_text(sheet.month)),
            ("填报人", sheet.prepared_by), ("审核人", sheet.reviewed_by),
            ("签发人", sheet.signed_by), ("上报日期", self._reported or "尚未月结"),
        )  # fmt: skip
        cells = [
            self._setter.text([Run(f"{words}\n"), Run(name or EMPTY, colour=tokens.TEXT)], META)
            for words, name in named
        ]
        return grid([cells], shared_widths(_WIDTH, (3, 2, 2, 2, 2, 2)))

    def _part(self, title: str, body: Sequence[Flowable]) -> Iterator[Flowable]:
        numbered = f"{next(self._numerals)}、{title}"
        if not body:
            yield heading(numbered, self._setter, aside=NOTHING)
            return
        yield CondPageBreak(_LEAST)
        yield heading(numbered, self._setter)
        yield from body

    def _figures(self, part: Part, counted: Sequence[CountedFigure]) -> Iterator[Flowable]:
        shared = any(each.share is not None for each in counted)
        columns = list(self._sheet.counted.column_headings)
        shares = list(_FIGURE_SHARES)
        if shared:
            columns.insert(1, "占比")
            shares.insert(2, 56)
        table = figure_table(
            [["指标", *columns]],
            [self._row(each, shared=shared) for each in counted],
            shared_widths(_WIDTH, shares),
            self._setter,
            notes=notes_of(counted),
        )
        yield from self._part(part.value, [table])

    def _row(self, counted: CountedFigure, *, shared: bool) -> list[str]:
        cells = seven_cells(counted, month=True)
        if shared:
            cells.insert(2, "" if counted.share is None else rate_text(counted.share))
        return cells

    def _units(self) -> Iterator[Flowable]:
        told = [figure(key) for key in UNIT_FIGURES]
        rows = self._sheet.units
        table = figure_table(
            [["填报单位", *(each.title_in(month=True) for each in told)]],
            [
                [f"{'　' * row.line.level}{row.line.words}{'（零报告）' if row.is_zero else ''}",
                 *(each.text(row.numbers[each.key]) for each in told)]
                for row in rows
            ],
            shared_widths(_WIDTH, _UNIT_SHARES),
            self._setter,
            more=[
                ("BACKGROUND", (0, at), (-1, at), tokens.PAGE)
                for at, row in enumerate(rows, 1)
                if row.line.is_sum
            ],
        )  # fmt: skip
        yield from self._part("分单位表", [table] if rows else [])

    def _typical(self) -> Iterator[Flowable]:
        emerging = [
            f"{each.employer}：{short_day_text(each.first, each.last)}至"
            f"{short_day_text(each.last, each.last)}共 {each.matters} 件"
            for each in self._sheet.emerging
        ]
        body = [
            *([self._setter.text(self._sheet.cases_now, META)] if self._sheet.cases_now else []),
            *self._sentences("典型案例", [each.words for each in self._sheet.typical]),
            *self._sentences("苗头性问题（同一单位 30 日内多件）", emerging),
        ]
        yield from self._part("典型案例和苗头性问题", body)

    def _sentences(self, title: str, sentences: Sequence[str]) -> Iterator[Flowable]:
        if sentences:
            yield self._setter.text(title, Style(bold=True, before=tokens.S2, after=tokens.S1))
        for number, sentence in zip(count(1), sentences):
            label = self._setter.text(f"{number}", META)
            yield self._setter.text(sentence, _SENTENCE, label=label)

    def _adjustments(self) -> Iterator[Flowable]:
        rows = [
            [month_text(each.month) if each.month else "以前",
             each.figure.title_in(month=True), each.figure.text(each.reported),
             each.figure.text(each.present), _signed(each.figure.text(each.difference))]
            for each in self._sheet.adjustments
        ]  # fmt: skip
        table = figure_table(
            [["月份", "指标", "上报数", "现在", "调整"]],
            rows,
            shared_widths(_WIDTH, (90, 340, 100, 100, 100)),
            self._setter,
            words=(0, 1),
        )
        yield from self._part("上月调整说明", [table] if rows else [])


def _signed(text: str) -> str:
    return text if text.startswith("-") else f"+{text}"
