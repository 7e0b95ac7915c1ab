"""The sheets of figures as an office reads them: printed, and in Excel."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest

from hotline_desk.domain.statistics.daily_sheet import (
    DAILY_COLUMNS,
    DAILY_HEADINGS,
    DAILY_NOTES,
    ZERO_REPORT,
    daily_sheet,
)
from hotline_desk.domain.statistics.figures import NOTHING, FigureKind, Part, figure
from hotline_desk.domain.statistics.grouping import basis_of
from hotline_desk.domain.statistics.monthly_sheet import UNIT_FIGURES, monthly_sheet
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.domain.summary import DISCLAIMER
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.reports.statistics_sheet import Chart
from hotline_desk.workflows.figure_papers import (
    print_day,
    print_figures,
    print_month,
    write_day,
    write_figures,
    write_month,
)
from hotline_desk.workflows.statistics import reckon
from hotline_desk.workflows.workspace import prepare
from tests.reports.pdf_reader import ReadPdf, without_space
from tools.screenshots.month_filling import POINTS, MonthFiller

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
TODAY = date(2026, 11, 2)
ZERO_DAY = date(2026, 10, 4)
"""A Sunday of the holidays."""


@pytest.fixture(scope="module", autouse=True)
def printing(fonts):
    """Let nothing be printed before there are fonts."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A month of an office, counted."""
    workspace = prepare(Workspace(tmp_path_factory.mktemp("month") / "工会法律在线"))
    with Ledger.open(workspace.ledger) as ledger:
        filler = MonthFiller(ledger, workspace)
        filler.add_office()
        filler.fill(FIRST, LAST, episode=190)
        reckoning = reckon(ledger, workspace, on=TODAY)
    return SimpleNamespace(workspace=workspace, reckoning=reckoning, union=reckoning.units.union)


@pytest.fixture
def month(office):
    return monthly_sheet(office.reckoning, "2026-10", prepared_by="王台账")


@pytest.fixture
def read(qapp):
    return ReadPdf.read


def cells(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


# 每日台账


def test_a_day_is_printed_with_the_forms_columns(office, read):
    sheet = daily_sheet(office.reckoning, Period.of_day(LAST), prepared_by="王台账")

    paper = read(print_day(sheet, office.workspace, union=office.union))

    for heading in DAILY_HEADINGS:
        assert without_space(heading.removeprefix("其中：")) in paper.text
    assert "其中" in paper.text
    assert all(point.name in paper.text for point in POINTS)
    assert "王台账" in paper.text
    assert without_space(DISCLAIMER) in paper.text
    for note in DAILY_NOTES:
        assert without_space(note) in paper.text


def test_a_day_with_nothing_is_a_zero_report_for_everybody(office, read):
    sheet = daily_sheet(office.reckoning, Period.of_day(ZERO_DAY))

    paper = read(print_day(sheet, office.workspace, union=office.union))

    assert paper.text.count(ZERO_REPORT) == len(sheet.rows) + DAILY_NOTES[-1].count(ZERO_REPORT)


def test_headings_are_repeated_on_every_page(office, read):
    sheet = daily_sheet(office.reckoning, Period(FIRST, LAST))

    paper = read(print_day(sheet, office.workspace, union=office.union))

    assert len(paper.pages) > 2
    for number, page in enumerate(paper.pages, 1):
        assert ("填报单位" in without_space(page)) == ("2026-10-" in page)
        assert f"第{number}页共{len(paper.pages)}页" in without_space(page)


def test_a_days_excel_has_the_forms_headings_and_numbers(office, tmp_path):
    sheet = daily_sheet(office.reckoning, Period(FIRST, LAST), reviewed_by="李主任")
    path = tmp_path / "日.xlsx"

    write_day(sheet, path, office.workspace)

    head, *rows = cells(openpyxl.load_workbook(path)["每日台账"])
    assert tuple(head) == DAILY_HEADINGS
    assert len(rows) == len(sheet.rows)
    open_at = head.index("在办")
    for row, told in zip(rows, sheet.rows, strict=True):
        assert row[open_at] == told.numbers["cases.open"]
        assert (row[2] == ZERO_REPORT) == told.is_zero
        assert row[-1] == "李主任"


def test_a_days_parts_make_its_questions(office):
    sheet = daily_sheet(office.reckoning, Period(FIRST, LAST))

    for row in sheet.rows:
        parts = [row.numbers[key] for _, key in DAILY_COLUMNS if key.startswith("category.")]
        assert sum(parts) == row.numbers["questions"]


# 每月汇总


def test_a_month_is_printed_in_ten_parts_with_every_meaning(office, month, read):
    paper = read(print_month(month, office.workspace, union=office.union))

    titles = [*(part.value for part in Part), "分单位表", "典型案例和苗头性问题", "上月调整说明"]
    numbered = [f"{numeral}、{title}"
                for numeral, title in zip("一二三四五六七八九十", titles, strict=True)]  # fmt: skip
    assert [mark.title for mark in paper.bookmarks] == numbered
    for each in month.counted.figures:
        assert without_space(each.figure.title_in(month=True)) in paper.text
        assert without_space(each.figure.note) in paper.text
    for heading in ("本月", "上月", "环比", "上年同期", "同比", "本年累计", "开栏累计"):
        assert heading in paper.text
    for words in ("填报人", "审核人", "签发人", "上报日期", "王台账", "2026年10月"):
        assert words in paper.text


def test_a_closed_month_says_that_its_cases_are_of_today(office, month, read, tmp_path):
    closed = replace(month, reported_on=date(2026, 11, 3))
    told = "2026-11-03上报时的，以下案例和苗头按现在的台账"
    assert closed.typical

    assert told in read(print_month(closed, office.workspace, union=office.union)).text
    assert told not in read(print_month(month, office.workspace, union=office.union)).text
    write_month(closed, tmp_path / "月.xlsx", office.workspace)
    book = openpyxl.load_workbook(tmp_path / "月.xlsx")
    assert told in without_space(str(cells(book["典型案例和苗头性问题"])))


def test_a_printed_month_balances(month):
    told = {each.figure.key: each.columns.present for each in month.counted.figures}

    assert not month.counted.faults
    assert told["cases.carried"] + told["cases.new"] - told["cases.closed"] == told["cases.open"]


def test_no_paper_runs_over_its_margins(office, month, read):
    sheet = daily_sheet(office.reckoning, Period(FIRST, LAST), prepared_by="欧阳某某",
                        reviewed_by="司马某某")  # fmt: skip
    for path in (
        print_month(month, office.workspace, union=office.union),
        print_day(sheet, office.workspace, union=office.union),
    ):
        for left, right in read(path).extents:
            assert left >= 55
            assert right <= 842 - 55


def test_a_months_excel_has_every_figure_and_unit(office, month, tmp_path):
    path = tmp_path / "月.xlsx"

    write_month(month, path, office.workspace)

    book = openpyxl.load_workbook(path)
    head, *rows = cells(book["每月汇总"])
    assert head[2:9] == list(month.counted.column_headings)
    for row, told in zip(rows, month.counted.figures, strict=True):
        assert row[1] == told.figure.title_in(month=True)
        assert row[-1] == told.figure.note
        if told.figure.kind is not FigureKind.RATE:
            yuan = 100 if told.figure.unit == "元" else 1
            assert row[2] == told.columns.present / yuan
    units = cells(book["分单位表"])
    assert len(units) == 1 + len(month.units)
    assert len(units[0]) == len(UNIT_FIGURES) + 2


# 统计


def test_figures_are_printed_with_their_chart(office, read):
    counted = office.reckoning.counted(Period(FIRST, LAST))
    rows = office.reckoning.groups(counted.period, Group.CATEGORY)
    told = figure("questions")
    bars = [(row.words, float(row.numbers["questions"]), f"{row.numbers['questions']} 条")
            for row in rows]  # fmt: skip

    chart = Chart("问题数，按问题类别", basis_of(Group.CATEGORY, told), bars)

    paper = read(print_figures(counted, chart, office.workspace, union=office.union))

    assert paper.bookmarks[0].title == "问题数，按问题类别"
    for name, _, words in bars:
        assert without_space(name) in paper.text
        assert without_space(words) in paper.text
    assert without_space(told.note) in paper.text
    assert "没有按统计口径归并" in paper.text


def test_a_chart_of_many_bars_goes_on_on_the_next_page(office, read):
    counted = office.reckoning.counted(Period(FIRST, LAST))
    bars = [(f"第 {number} 期", float(number), str(number)) for number in range(1, 120)]

    paper = read(
        print_figures(counted, Chart("问题数，按期号", "口径：台账行数", bars),
                      office.workspace, union=office.union)
    )  # fmt: skip

    assert "第119期" in paper.text


def test_figures_in_excel_spread_by_everything(office, tmp_path):
    counted = office.reckoning.counted(Period(FIRST, LAST))
    groups = {by: office.reckoning.groups(counted.period, by) for by in Group}
    path = tmp_path / "统计.xlsx"

    write_figures(counted, groups, path, office.workspace)

    book = openpyxl.load_workbook(path)
    for by in Group:
        head, *rows = cells(book[f"按{by.value}"])
        questions = head.index("问题数（条）")
        assert sum(row[questions] for row in rows) == counted["questions"].columns.present
        assert {"期末在办（件）", "红牌（件）", "办结（一般）：按期率"} <= set(head)
        assert all(any(isinstance(cell, int | float) and cell for cell in row) for row in rows)
    notes = str(cells(book["填报说明与口径"]))
    assert "按问题类别：" in notes
    assert "按解答人、承办人：这里问题和人次按解答人分，案件按承办人分" in notes


def test_comparisons_and_rates_are_numbers_that_excel_can_count_with(office, tmp_path):
    counted = office.reckoning.counted(Period(date(2026, 10, 16), LAST))
    told = {each.figure.title_in(month=False): each for each in counted.figures}
    path = tmp_path / "统计.xlsx"

    write_figures(counted, {}, path, office.workspace)

    sheet = openpyxl.load_workbook(path)["统计"]
    forms = set()
    for row in sheet.iter_rows(min_row=2):
        each = told[row[1].value]
        points = 100 if each.figure.kind is FigureKind.RATE else 1
        for cell, number in ((row[4], each.change), (row[6], each.year_change)):
            expected = NOTHING if number is None else pytest.approx(number * points)
            assert cell.value == expected
            forms.add(cell.number_format)
    assert "+0.0%;-0.0%;0.0%" in forms
    rate = next(row for row in sheet.iter_rows(min_row=2) if row[1].value.endswith("按期率"))
    assert rate[2].number_format == "0.0%"


def test_an_empty_office_reports_nothing_at_all(tmp_path, read):
    workspace = prepare(Workspace(tmp_path / "空"))
    with Ledger.open(workspace.ledger) as ledger:
        reckoning = reckon(ledger, workspace, on=TODAY)
    sheet = monthly_sheet(reckoning, "2026-10")

    paper = read(print_month(sheet, workspace, union=reckoning.units.union))

    assert ZERO_REPORT in paper.text
    assert paper.text.count("本月无") == 2


def test_a_sign_that_no_face_has_is_owned_up_to(office, read):
    sheet = daily_sheet(office.reckoning, Period.of_day(LAST), prepared_by="王\U0002b8b9")

    paper = read(print_day(sheet, office.workspace, union=office.union))

    assert "王〓" in paper.text
    assert "本机字体没有的字" in paper.text
