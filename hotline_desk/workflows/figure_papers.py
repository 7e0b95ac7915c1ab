"""The sheets of figures as files: PDF to print, Excel to pass on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.sheets import INTERNAL_VERSION, MASKED_VERSION, Change, Points, Rate
from hotline_desk.domain.statistics.daily_sheet import DAILY_HEADINGS
from hotline_desk.domain.statistics.figures import NOTHING, FigureKind, figure
from hotline_desk.domain.statistics.grouping import parted_by
from hotline_desk.domain.statistics.monthly_sheet import UNIT_FIGURES
from hotline_desk.ledger import Ledger
from hotline_desk.reports.daily_sheet import print_daily
from hotline_desk.reports.monthly_sheet import print_monthly
from hotline_desk.reports.statistics_sheet import Chart, print_statistics
from hotline_desk.reports.workbook import new_workbook
from hotline_desk.workflows.accesses import note_access

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from hotline_desk.domain.sheets import Cell
    from hotline_desk.domain.statistics.daily_sheet import DailySheet
    from hotline_desk.domain.statistics.figures import Figure, Number
    from hotline_desk.domain.statistics.monthly_sheet import MonthlySheet
    from hotline_desk.domain.statistics.period_figures import Group, GroupRow, PeriodFigures
    from hotline_desk.paths import Workspace

_ADJUSTMENT_HEADINGS = ("月份", "指标", "上报数", "现在", "调整")


def print_figures(
    counted: PeriodFigures, chart: Chart | None, workspace: Workspace, *, union: str
) -> Path:
    """Write 统计 as a PDF into the workspace; return where.

    Raises:
        PrintError: the PDF cannot be made or written.
    """
    path = workspace.paper(f"统计 {counted.unit} {counted.period.words}")
    print_statistics(counted, chart, path, union=union)
    return path


def print_day(sheet: DailySheet, workspace: Workspace, *, union: str) -> Path:
    """Write 每日台账 as a PDF into the workspace; return where.

    Raises:
        PrintError: the PDF cannot be made or written.
    """
    path = workspace.paper(f"每日台账 {sheet.unit} {sheet.period.words}")
    print_daily(sheet, path, union=union)
    return path


def print_month(
    sheet: MonthlySheet, workspace: Workspace, *, union: str, who: str = "", why: str = ""
) -> Path:
    """Write 每月汇总 as a PDF into the workspace; return where.

    An internal one is noted in 访问记录: *who* took it out, and *why*.

    Raises:
        LedgerError: the access cannot be noted.
        PrintError: the PDF cannot be made or written.
    """
    path = workspace.paper(sheet.name)
    _note(sheet, workspace, "打印", who, why)
    print_monthly(sheet, path, union=union)
    return path


def write_figures(
    counted: PeriodFigures,
    groups: Mapping[Group, Sequence[GroupRow]],
    path: Path,
    workspace: Workspace,
) -> None:
    """Write 统计 to *path* as an Excel file: all figures, and a sheet for each grouping.

    Raises:
        ExportUnwritable: the file cannot be written.
        NoRoomForFile: the disk is full.
    """
    told = [each.figure for each in counted.figures]
    with new_workbook(path, drafts=workspace.drafts) as book:
        book.add_sheet("统计", ("部分", "指标", *counted.column_headings, "占比", "口径"),
                       _figure_rows(counted))  # fmt: skip
        for group, rows in groups.items():
            book.add_sheet(
                f"按{group.value}",
                (group.value, *(each.title_in(month=False) for each in told)),
                ([row.words, *(_cell(each, row.numbers.get(each.key)) for each in told)]
                 for row in rows),
            )  # fmt: skip
        parted = [f"按{each.value}：{words}" for each in groups if (words := parted_by(each))]
        book.add_notes("填报说明与口径", [*_notes(counted), *parted])


def write_day(sheet: DailySheet, path: Path, workspace: Workspace) -> None:
    """Write 每日台账 to *path* as an Excel file.

    Raises:
        ExportUnwritable: the file cannot be written.
        NoRoomForFile: the disk is full.
    """
    with new_workbook(path, drafts=workspace.drafts) as book:
        book.add_sheet("每日台账", DAILY_HEADINGS, sheet.cells())
        book.add_notes("填报说明与口径", sheet.notes)


def write_month(
    sheet: MonthlySheet, path: Path, workspace: Workspace, *, who: str = "", why: str = ""
) -> None:
    """Write 每月汇总 to *path* as an Excel file: a sheet for its figures, its units, its rest.

    An internal one is noted in 访问记录: *who* took it out, and *why*.

    Raises:
        ExportUnwritable: the file cannot be written.
        LedgerError: the access cannot be noted.
        NoRoomForFile: the disk is full.
    """
    _note(sheet, workspace, "导出", who, why)
    told = [figure(key) for key in UNIT_FIGURES]
    with new_workbook(path, drafts=workspace.drafts) as book:
        book.add_sheet(
            "每月汇总",
            ("部分", "指标", *sheet.counted.column_headings, "占比", "口径"),
            _figure_rows(sheet.counted),
        )
        book.add_sheet(
            "分单位表",
            ("填报单位", *(each.title_in(month=True) for each in told), "零报告"),
            ([row.line.words, *(_cell(each, row.numbers[each.key]) for each in told),
              "零报告" if row.is_zero else ""] for row in sheet.units),
        )  # fmt: skip
        book.add_sheet(
            "上月调整说明",
            _ADJUSTMENT_HEADINGS,
            ([each.month or "以前", each.figure.title_in(month=True),
              *(_cell(each.figure, value)
                for value in (each.reported, each.present, each.difference))]
             for each in sheet.adjustments),
        )  # fmt: skip
        book.add_notes("典型案例和苗头性问题", _typical(sheet))
        version = INTERNAL_VERSION if sheet.internal else MASKED_VERSION
        notes = (*_signed(sheet), f"版本：{version}", *_notes(sheet.counted))
        book.add_notes("填报说明与口径", notes)


def _note(sheet: MonthlySheet, workspace: Workspace, did: str, who: str, why: str) -> None:
    """Note an internal version before it is written: no file is there without its note."""
    if sheet.internal:
        with Ledger.open(workspace.ledger) as ledger:
            note_access(ledger, f"{did}{sheet.name}", who=who, why=why)


def _figure_rows(counted: PeriodFigures) -> Iterator[list[Cell]]:
    month = bool(counted.period.month)
    for each in counted.figures:
        told, columns = each.figure, each.columns
        yield [
            told.part.value,
            told.title_in(month=month),
            _cell(told, columns.present),
            _cell(told, columns.previous),
            _change(told, each.change),
            _cell(told, columns.last_year),
            _change(told, each.year_change),
            _cell(told, columns.this_year),
            _cell(told, columns.total),
            "" if each.share is None else Rate(each.share),
            told.note,
        ]


def _cell(told: Figure, value: Number) -> Cell:
    """Return a number as a cell: yuan with two decimals, a rate as a percentage."""
    if value is None:
        return NOTHING
    if told.kind is FigureKind.RATE:
        return Rate(value)
    return value / 100 if told.unit == "元" else value


def _change(told: Figure, change: float | None) -> Cell:
    if change is None:
        return NOTHING
    return Points(change * 100) if told.kind is FigureKind.RATE else Change(change)


def _notes(counted: PeriodFigures) -> list[str]:
    return [
        f"填报单位：{counted.unit}",
        f"时段：{counted.period.words}",
        *(f"核对：{fault}" for fault in counted.faults),
        *(f"{each.figure.title_in(month=bool(counted.period.month))}：{each.figure.note}"
          for each in counted.figures),
    ]  # fmt: skip


def _typical(sheet: MonthlySheet) -> list[str]:
    return [
        *filter(None, [sheet.cases_now]),
        *(f"典型案例：{each.words}" for each in sheet.typical),
        *(f"苗头性问题：{each.employer}，{each.first.isoformat()} 至 {each.last.isoformat()}"
          f"共 {each.matters} 件" for each in sheet.emerging),
    ]  # fmt: skip


def _signed(sheet: MonthlySheet) -> list[str]:
    reported = sheet.reported_on.isoformat() if sheet.reported_on else "尚未月结"
    return [
        f"填报人：{sheet.prepared_by}", f"审核人：{sheet.reviewed_by}",
        f"签发人：{sheet.signed_by}", f"上报日期：{reported}",
    ]  # fmt: skip
