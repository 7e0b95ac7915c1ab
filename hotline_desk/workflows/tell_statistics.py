"""Tell the union's figures: of any days, 每日台账, 每月汇总; and close a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from hotline_desk import settings as office
from hotline_desk.domain.statistics.daily_sheet import DAILY_HEADINGS, daily_sheet
from hotline_desk.domain.statistics.figures import Part, rate_text
from hotline_desk.domain.statistics.grouping import parted_by
from hotline_desk.domain.statistics.monthly_sheet import UNIT_FIGURES, month_name, monthly_sheet
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period, month_text
from hotline_desk.errors import (
    PeriodReversed,
    PeriodToCome,
    StatisticsNotAsked,
    UnitNotFound,
)
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.workflows.accesses import note_access, reason_of, who_is_it
from hotline_desk.workflows.closings import close_month
from hotline_desk.workflows.statistics import reckon
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hotline_desk.domain.statistics.figures import Figure, Number
    from hotline_desk.domain.statistics.monthly_sheet import MonthlySheet
    from hotline_desk.domain.statistics.period_figures import (
        Adjustment,
        CountedFigure,
        GroupRow,
        PeriodFigures,
    )
    from hotline_desk.domain.statistics.reckoning import Reckoning
    from hotline_desk.settings import Settings

    _Told = Callable[[argparse.Namespace, Period, Reckoning, Settings], Iterator[Line]]

_GROUPED = ("consultations", "questions", "cases.new", "cases.closed", "people", "agreed",
            "received")  # fmt: skip
"""What is printed of each group; as JSON there is every figure."""


def stats(args: argparse.Namespace) -> Iterator[Line]:
    """Yield what ``args.what`` asks for: the figures of a period, a sheet, or a closed month.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LedgerError: the ledger cannot be opened, read or, to close a month, written.
        PeriodReversed, PeriodToCome: the days are the wrong way round, or have not come.
        StatisticsNotAsked: the days are not given.
        UnitNotFound: nobody knows ``args.unit``.
        WorkspaceNotFound: the place is no workspace.
    """
    period = _period(args)
    workspace = existing(args.workspace)
    settings = office.load(workspace.settings)
    with Ledger.open(workspace.ledger) as ledger:
        if args.what == "close":
            closed = close_month(
                ledger,
                workspace,
                args.month,
                prepared_by=args.prepared_by or settings.prepared_by,
                reviewed_by=args.reviewed_by or settings.reviewed_by,
                signed_by=args.signed_by or settings.signed_by,
                by=settings.prepared_by or settings.operator or "命令行",
            )
            told = f"{month_text(closed.month)}已月结，以后的改动记在下一个月的上月调整里。"
            yield Line(told, {"month": closed.month, "reported_on": closed.reported_on.isoformat()})
            return
        reckoning = reckon(ledger, workspace)
        if period.first > reckoning.on:
            raise PeriodToCome(period.words)
        if args.internal and args.what == "monthly":
            unit = args.unit or reckoning.units.union
            what = month_name(period.month, unit, internal=True)
            note_access(ledger, what, who=who_is_it(settings), why=reason_of(args))
    if args.unit and args.unit not in reckoning.units.names:
        raise UnitNotFound(args.unit)
    yield from _TOLD[args.what](args, period, reckoning, settings)


def _period(args: argparse.Namespace) -> Period:
    """Return the days that are asked for."""
    by_month = args.what in {"monthly", "close"}
    if args.month:
        return Period.of_month(args.month)
    if not by_month and args.on:
        return Period.of_day(args.on)
    if not by_month and args.since and args.until:
        if args.since > args.until:
            raise PeriodReversed(args.since, args.until)
        return Period(args.since, args.until)
    options = "--month" if by_month else "--from 和 --to，或者 --on、--month"
    raise StatisticsNotAsked(_NAMES[args.what], options)


def _tell_period(
    args: argparse.Namespace, period: Period, counted: Reckoning, _settings: Settings
) -> Iterator[Line]:
    found = counted.counted(period, unit=args.unit)
    by = Group[args.by.upper()] if args.by else None
    groups = counted.groups(period, by, unit=args.unit) if by else ()
    words = [f"{found.unit}  {period.words}", *_figure_lines(found, found.figures)]
    if by:
        lines = _group_lines(by, groups, counted.figures)
        words += ["", by.value, *lines, *filter(None, [parted_by(by)])]
    facts = _facts(found)
    if by:
        facts["groups"] = [{"value": row.value, **_rounded(row.numbers)} for row in groups]
    yield Line("\n".join([*words, *_notes(found)]), facts)


def _tell_daily(
    args: argparse.Namespace, period: Period, counted: Reckoning, settings: Settings
) -> Iterator[Line]:
    sheet = daily_sheet(
        counted,
        Period(period.first, min(period.last, counted.on)),
        unit=args.unit,
        prepared_by=settings.prepared_by or settings.operator,
        reviewed_by=settings.reviewed_by,
    )
    if not args.json:
        rows = [[str(cell) for cell in row] for row in sheet.cells()]
        table = _table([DAILY_HEADINGS, *rows], words=2)
        yield Line("\n".join([*table, "", "口径：", *sheet.notes]), {})
        return
    for row in sheet.rows:
        unit = {"unit": row.line.words, "level": row.line.level, "sum": row.line.is_sum}
        yield Line("", {"day": row.day.isoformat(), **unit, "zero": row.is_zero, **row.numbers})


def _tell_monthly(
    args: argparse.Namespace, period: Period, counted: Reckoning, settings: Settings
) -> Iterator[Line]:
    sheet = monthly_sheet(
        counted,
        period.month,
        unit=args.unit,
        internal=args.internal,
        prepared_by=settings.prepared_by or settings.operator,
        reviewed_by=settings.reviewed_by,
        signed_by=settings.signed_by,
    )
    state = f"{sheet.reported_on.isoformat()} 上报" if sheet.reported_on else "还没有月结"
    words = [f"{sheet.unit}  {month_text(sheet.month)}每月汇总  {state}"]
    for place, part in enumerate(Part, 1):
        words += ["", f"{place} {part}", *_figure_lines(sheet.counted, sheet.part(part))]
    words += ["", "8 分单位", *_unit_lines(sheet, counted.figures)]
    emerging = [
        f"{each.employer}：{each.first.isoformat()} 至 {each.last.isoformat()} {each.matters} 件"
        for each in sheet.emerging
    ]
    typical = [*filter(None, [sheet.cases_now]), *(each.words for each in sheet.typical)]
    words += ["", "9 典型案例和苗头性问题", *([*typical, *emerging] or ["无"])]
    words += ["", "10 上月调整", *([*map(_adjustment_words, sheet.adjustments)] or ["无"])]
    yield Line("\n".join([*words, *_notes(sheet.counted)]), _facts(sheet.counted) | _more(sheet))


_TOLD: dict[str, _Told] = {
    "period": _tell_period,
    "daily": _tell_daily,
    "monthly": _tell_monthly,
}
_NAMES = {"period": "统计", "daily": "每日台账", "monthly": "每月汇总", "close": "月结"}


def _figure_lines(found: PeriodFigures, figures: Sequence[CountedFigure]) -> list[str]:
    month = bool(found.period.month)
    rows = [["", "单位", *found.column_headings, "占比"]]
    for each in figures:
        told = each.figure
        name = told.words_in(month=month)
        rows.append([
            f"  {name}" if told.is_part else name,
            told.unit,
            *each.texts,
            "" if each.share is None else rate_text(each.share),
        ])  # fmt: skip
    return _table(rows, words=2)


def _group_lines(by: Group, rows: Sequence[GroupRow], figures: Sequence[Figure]) -> list[str]:
    shown = [each for each in figures if each.key in _GROUPED]
    heads = [each.words_in(month=False) for each in shown]
    body = [[row.words, *(each.text(row.numbers[each.key]) for each in shown)] for row in rows]
    return _table([[by.value, *heads], *body], words=1)


def _unit_lines(sheet: MonthlySheet, figures: Sequence[Figure]) -> list[str]:
    shown = {each.key: each for each in figures if each.key in UNIT_FIGURES}
    rows = [["填报单位", *(shown[key].words for key in UNIT_FIGURES)]]
    for row in sheet.units:
        name = "  " * row.line.level + row.line.words + ("（零报告）" if row.is_zero else "")
        rows.append([name, *(shown[key].text(row.numbers[key]) for key in UNIT_FIGURES)])
    return _table(rows, words=1)


def _adjustment_words(each: Adjustment) -> str:
    month = month_text(each.month) if each.month else "以前月份和期初数"
    told, now = each.figure.text(each.reported), each.figure.text(each.present)
    return f"{month}  {each.figure.words}：上报 {told}，现在 {now}"


def _notes(found: PeriodFigures) -> list[str]:
    month = bool(found.period.month)
    notes = [
        f"{each.figure.words_in(month=month)}：{each.figure.note}。"
        for each in found.figures
        if not each.figure.share_of  # whose name says it
    ]
    return ["", *found.faults, "口径：", *notes]


def _table(rows: Sequence[Sequence[str]], *, words: int) -> list[str]:
    """Return *rows* in columns: the first *words* of them to the left, the others to the right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell))
            if place < words
            else " " * (width - _width(cell)) + cell
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def _facts(found: PeriodFigures) -> dict[str, Any]:
    return {
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "unit": found.unit,
        "reported_on": found.reported_on.isoformat() if found.reported_on else None,
        "figures": {each.figure.key: _figure_facts(each) for each in found.figures},
        "adjustments": [
            {
                "month": each.month,
                "figure": each.figure.key,
                "reported": each.reported,
                "present": each.present,
            }
            for each in found.adjustments
        ],
        "faults": list(found.faults),
    }


def _figure_facts(each: CountedFigure) -> dict[str, Any]:
    figure, values = each.figure, each.columns
    return {
        "words": figure.words,
        "unit": "分" if figure.unit == "元" else figure.unit,
        "note": figure.note,
        **_rounded({
            "present": values.present,
            "previous": values.previous,
            "change": each.change,
            "last_year": values.last_year,
            "year_change": each.year_change,
            "this_year": values.this_year,
            "total": values.total,
            "share": each.share,
        }),
    }  # fmt: skip


def _more(sheet: MonthlySheet) -> dict[str, Any]:
    return {
        "month": sheet.month,
        "prepared_by": sheet.prepared_by,
        "reviewed_by": sheet.reviewed_by,
        "signed_by": sheet.signed_by,
        "units": [
            {"unit": row.line.words, "level": row.line.level, "zero": row.is_zero, **row.numbers}
            for row in sheet.units
        ],
        "typical": [each.words for each in sheet.typical],
        "emerging": [
            {
                "employer": each.employer,
                "matters": each.matters,
                "from": each.first.isoformat(),
                "to": each.last.isoformat(),
            }
            for each in sheet.emerging
        ],
    }


def _rounded(numbers: Mapping[str, Number]) -> dict[str, Number]:
    """Return rates to four places; whole numbers stay."""
    return {
        key: round(value, 4) if isinstance(value, float) else value
        for key, value in numbers.items()
    }
