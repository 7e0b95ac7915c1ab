"""每日台账, 每月汇总, closing a month, 期初数 and 统计口径 as leaves of the statistics page."""

from datetime import date, datetime

import openpyxl
import pytest
from PySide6.QtCore import Qt

from hotline_desk import settings as office_settings
from hotline_desk.domain.categories import Category
from hotline_desk.domain.masking import mask_employer
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.sheets import INTERNAL_VERSION
from hotline_desk.domain.statistics.closings import MonthClosing
from hotline_desk.domain.statistics.daily_sheet import DAILY_HEADINGS, ZERO_REPORT
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.ui.statistics.statistics_page import StatisticsPage
from hotline_desk.workflows.accesses import accesses
from hotline_desk.workflows.workspace import prepare
from tests.reports.pdf_reader import ReadPdf
from tools.screenshots.month_filling import MonthFiller

PATIENCE = 30_000


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """The ledger's file of two months."""
    workspace = prepare(Workspace(tmp_path_factory.mktemp("sheets")))
    with Ledger.open(workspace.ledger) as ledger:
        filler = MonthFiller(ledger, workspace)
        filler.add_office()
        filler.fill(date(2026, 9, 1), date(2026, 10, 31), episode=181)
    return workspace.ledger.read_bytes()


@pytest.fixture
def desk(workspace, filled, open_desk):
    workspace.ledger.write_bytes(filled)
    return open_desk()


@pytest.fixture
def page(qtbot, desk, appearance):
    """The page, counted."""
    made = StatisticsPage(desk, appearance)
    qtbot.addWidget(made)
    made.resize(1290, 692)
    with qtbot.waitSignals([desk.daily.shown, desk.monthly.shown, desk.bases.changed],
                           timeout=PATIENCE):  # fmt: skip
        made.show()
    return made


def day(qtbot, desk, first, last):
    with qtbot.waitSignal(desk.daily.shown, timeout=PATIENCE):
        desk.daily.choose_days(first, last)


def month(qtbot, desk, wanted):
    with qtbot.waitSignal(desk.monthly.shown, timeout=PATIENCE):
        desk.monthly.choose_month(wanted)


def figures(page):
    return {row.key: row for row in page.monthly.figures.rows.records if row.cells}


def type_into(field, text):
    field.setText(text)
    field.setModified(True)
    field.editingFinished.emit()


# 每日台账


def test_the_table_of_days_has_the_forms_columns_and_zero_reports(qtbot, desk, page):
    day(qtbot, desk, date(2026, 10, 3), date(2026, 10, 4))

    table = page.daily.table
    model = table.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert tuple(heads) == DAILY_HEADINGS
    assert len(table.shown) == 2 * len({row[1] for row in table.shown})
    assert all(row[2] == ZERO_REPORT for row in table.shown)


@pytest.mark.parametrize("column", range(2, len(DAILY_HEADINGS) - 2))
def test_each_number_of_a_day_opens_as_many_rows(qtbot, desk, page, column):
    day(qtbot, desk, date(2026, 10, 14), date(2026, 10, 14))
    opened = []
    desk.statistics.questions_found.connect(lambda ids, _: opened.append(len(ids)))
    desk.statistics.cases_found.connect(lambda ids, _: opened.append(len(ids)))
    desk.statistics.warned.connect(lambda _: opened.append(0))

    page.daily.table.setCurrentIndex(page.daily.table.model().index(0, column))
    qtbot.keyClick(page.daily.table, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE)
    assert opened[0] == int(page.daily.table.shown[0][column])


def test_who_answers_for_the_sheets_is_remembered(qtbot, desk, page, workspace):
    with qtbot.waitSignal(desk.daily.shown, timeout=PATIENCE) as shown:
        type_into(page.daily.prepared, "王台账")

    assert shown.args[0].prepared_by == "王台账"
    qtbot.waitUntil(
        lambda: office_settings.load(workspace.settings).prepared_by == "王台账", timeout=PATIENCE
    )


def test_too_many_days_are_refused_in_words(qtbot, desk):
    with qtbot.waitSignal(desk.daily.warned):
        desk.daily.choose_days(date(2020, 1, 1), date(2026, 1, 1))


# 每月汇总


def test_the_month_before_is_shown_first_and_arrows_go_on(qtbot, desk, page):
    page.leaves.setCurrentWidget(page.monthly)
    month(qtbot, desk, "2026-10")
    with qtbot.waitSignal(desk.monthly.shown, timeout=PATIENCE) as shown:
        qtbot.keyClick(page.monthly.figures, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert shown.args[0].month == "2026-09"


def test_a_month_of_units_opens_its_rows(qtbot, desk, page):
    month(qtbot, desk, "2026-10")
    table = page.monthly.units
    questions = 2

    with qtbot.waitSignal(desk.statistics.questions_found, timeout=PATIENCE) as opened:
        table.opened.emit(1, questions)

    assert len(opened.args[0]) == int(table.shown[1][questions])


def test_a_closed_month_stays_and_what_changes_is_told_by_the_next(qtbot, desk, page):
    month(qtbot, desk, "2026-09")
    reported = figures(page)["questions"].value
    for field, name in zip(page.monthly.names, ("王台账", "李主任", "张主席"), strict=True):
        type_into(field, name)
    page.monthly.close_month.click()
    assert reported in page.monthly.freezes.text()

    with qtbot.waitSignal(desk.monthly.told, timeout=PATIENCE):
        page.monthly._lock.click()
    qtbot.waitUntil(lambda: desk.monthly.is_closed, timeout=PATIENCE)
    late = NewQuestion(episode=None, category=Category.WAGES, point="补记",
                       at=page_time(date(2026, 9, 15)))  # fmt: skip
    desk.office.ask(lambda ledger: ledger.add_question(late, by=desk.office.by), owner=desk,
                    then=lambda _: desk.office.rows_changed.emit())  # fmt: skip
    month(qtbot, desk, "2026-10")
    qtbot.waitUntil(lambda: bool(page.monthly.adjusted.shown), timeout=PATIENCE)

    changed = {row[1]: row for row in page.monthly.adjusted.shown}
    assert changed["问题数（条）"][-1] in {"1", "+1"}
    at = page.monthly.adjusted.shown.index(changed["问题数（条）"])
    with qtbot.waitSignal(page.questions_opened, timeout=PATIENCE) as opened:
        page.monthly.adjusted.opened.emit(at, 2)
    assert len(opened.args[0]) == int(reported) + 1
    assert opened.args[1].endswith(f"（表上 {reported}，台账现在 {int(reported) + 1}）")
    month(qtbot, desk, "2026-09")
    assert figures(page)["questions"].value == reported
    assert [field.text() for field in page.monthly.names] == ["王台账", "李主任", "张主席"]
    assert not any(field.isEnabled() for field in page.monthly.names)
    assert page.monthly.close_month.isHidden()
    assert "按现在的台账" in page.monthly._says.text()
    day(qtbot, desk, date(2026, 9, 15), date(2026, 9, 15))
    assert "2026年9月已于" in page.daily._notes.text()


def page_time(day):
    return datetime(day.year, day.month, day.day, 10, tzinfo=STUDIO_ZONE)


def test_closing_is_taken_back_by_undo(qtbot, desk, page):
    month(qtbot, desk, "2026-09")
    with qtbot.waitSignal(desk.monthly.told, timeout=PATIENCE):
        desk.monthly.close("")

    done = []
    desk.office.ask(
        lambda ledger: (ledger.undo(by=desk.office.by), ledger.kept(MonthClosing)),
        owner=desk, then=done.append,
    )  # fmt: skip

    qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE)
    words, kept = done[0]
    assert "月结" in words
    assert kept == []


def test_a_month_that_is_not_over_cannot_be_closed(qtbot, desk, page):
    today = studio_now().date()

    month(qtbot, desk, f"{today.year:04}-{today.month:02}")

    assert not page.monthly.close_month.isEnabled()
    assert "没有过完" in page.monthly.close_month.toolTip()


def test_esc_leaves_a_month_open(qtbot, desk, page):
    month(qtbot, desk, "2026-09")
    page.leaves.setCurrentWidget(page.monthly)
    page.monthly.close_month.click()
    assert page.monthly.closing.isVisible()

    qtbot.keyClick(page.monthly._lock, Qt.Key.Key_Escape)

    assert page.monthly.closing.isHidden()
    assert not desk.monthly.is_closed


def test_what_leaves_the_desk_names_no_employer(qtbot, desk, page, fonts, tmp_path):
    month(qtbot, desk, "2026-10")
    employers = {each.employer for each in desk.monthly.sheet.emerging}
    shown = "".join(words for _, words in page.monthly.typical.shown)
    assert employers
    assert all(name in shown for name in employers)
    path = tmp_path / "月.xlsx"

    with qtbot.waitSignal(desk.monthly.told, timeout=PATIENCE):
        desk.monthly.export(str(path))
    with qtbot.waitSignal(desk.summary.made, timeout=PATIENCE) as made:
        desk.monthly.print_()

    book = openpyxl.load_workbook(path)
    cells = "".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    for text in (cells, ReadPdf.read(made.args[0].path).text):
        assert all(mask_employer(name) in text for name in employers)
        assert not any(name in text for name in employers)


def test_the_internal_month_names_them_says_so_and_is_noted(qtbot, desk, page, fonts, tmp_path):
    month(qtbot, desk, "2026-10")
    page.leaves.setCurrentWidget(page.monthly)
    employers = {each.employer for each in desk.monthly.sheet.emerging}
    page.monthly.version.choose(1)
    with qtbot.waitSignal(desk.monthly.warned):
        page.monthly._print()
    page.monthly.version.why.setText("上报省总")
    path = tmp_path / "月.xlsx"

    with qtbot.waitSignal(desk.monthly.told, timeout=PATIENCE):
        desk.monthly.export(str(path), internal=True, why="上报省总")
    with qtbot.waitSignal(desk.summary.made, timeout=PATIENCE) as made:
        page.monthly._print()

    book = openpyxl.load_workbook(path)
    cells = "".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    paper = ReadPdf.read(made.args[0].path).text
    assert "（内部版）" in made.args[0].path.name
    assert all(name in cells and name in paper for name in employers)
    assert INTERNAL_VERSION in cells
    assert "含个人信息，限内部使用" in paper
    with Ledger.open(desk.office.workspace.ledger) as ledger:
        noted = accesses(ledger)
    name = "每月汇总（内部版） 日照市总工会 2026年10月"
    assert [each.what for each in noted] == [f"打印{name}", f"导出{name}"]
    assert {each.why for each in noted} == {"上报省总"}


def test_a_month_that_was_left_is_masked_again(qtbot, desk, page):
    page.leaves.setCurrentWidget(page.monthly)
    page.monthly.version.choose(1)
    assert page.monthly.version.why.isVisible()

    page.leaves.setCurrentWidget(page.daily)
    page.leaves.setCurrentWidget(page.monthly)

    assert not page.monthly.version.internal
    assert not page.monthly.version.why.isVisible()


def test_a_case_worth_telling_opens_it(qtbot, desk, page):
    month(qtbot, desk, "2026-10")
    typical, emerging = desk.monthly.sheet.typical, desk.monthly.sheet.emerging
    assert typical
    assert emerging

    with qtbot.waitSignal(page.cases_opened, timeout=PATIENCE) as case:
        page.monthly.typical.opened.emit(0, 1)
    with qtbot.waitSignal(page.questions_opened, timeout=PATIENCE) as rows:
        page.monthly.typical.opened.emit(len(typical), 1)

    assert case.args[0] == (typical[0].case,)
    assert rows.args[0] == emerging[0].questions


def test_who_answers_for_a_closed_month_is_not_written_over(qtbot, desk, page, workspace):
    month(qtbot, desk, "2026-09")
    with qtbot.waitSignal(desk.monthly.told, timeout=PATIENCE):
        desk.monthly.close("")
    qtbot.waitUntil(lambda: desk.monthly.is_closed, timeout=PATIENCE)
    before = desk.office.settings

    desk.monthly.write_names(prepared_by="别人", reviewed_by="别人", signed_by="别人")

    assert desk.office.settings == before
    month(qtbot, desk, "2026-10")
    month(qtbot, desk, "2026-09")
    assert "别人" not in desk.monthly.names


# 期初数 and 统计口径


def opening(page, key):
    rows = page.bases.openings._rows.records
    at = next(at for at, row in enumerate(rows) if row.figure.key == key)
    page.bases.openings.selectRow(at)
    return at


def rewritten(qtbot, desk, write):
    with qtbot.waitSignals([desk.bases.changed, desk.monthly.shown], timeout=PATIENCE):
        write()


def test_what_came_before_is_in_the_total_alone(qtbot, desk, page):
    month(qtbot, desk, "2026-10")
    before = figures(page)["questions"]
    opening(page, "questions")

    rewritten(qtbot, desk, lambda: type_into(page.bases.value, "1,500"))

    told = figures(page)["questions"]
    assert told.cells[:6] == before.cells[:6]
    assert int(told.cells[6].replace(",", "")) == int(before.cells[6].replace(",", "")) + 1500


def test_money_that_came_before_is_written_in_yuan_and_taken_out_again(qtbot, desk, page):
    at = opening(page, "agreed")

    rewritten(qtbot, desk, lambda: type_into(page.bases.value, "33,000.50 元"))

    assert page.bases.openings._rows.records[at].opening.value == 3_300_050
    rewritten(qtbot, desk, lambda: type_into(page.bases.value, ""))
    assert page.bases.openings._rows.records[at].opening is None


@pytest.mark.parametrize("typed", ["很多", "-3", "1.5", "三千"])
def test_what_is_no_number_is_refused_in_words(qtbot, desk, page, typed):
    opening(page, "questions")

    with qtbot.waitSignal(desk.bases.warned):
        type_into(page.bases.value, typed)


def test_what_is_being_typed_stays_while_the_ledger_is_read_again(qtbot, desk, page):
    opening(page, "questions")
    page.bases.source.setText("2023 年工作总结")
    page.bases.source.setModified(True)

    with qtbot.waitSignal(desk.bases.changed, timeout=PATIENCE):
        desk.bases.refresh()

    assert page.bases.source.text() == "2023 年工作总结"


def test_a_heading_moves_a_category_and_clearing_it_moves_it_back(qtbot, desk, page):
    month(qtbot, desk, "2026-10")
    rows = page.bases.headings._rows.records
    at = next(at for at, row in enumerate(rows) if row.category is Category.HOURS)
    hours = int(figures(page)["category.工时休假"].value)
    wages = int(figures(page)["category.工资"].value)
    page.bases.headings.selectRow(at)

    rewritten(qtbot, desk, lambda: type_into(page.bases.heading, "工资"))

    assert hours
    assert int(figures(page)["category.工资"].value) == wages + hours
    assert "category.工时休假" not in figures(page)
    rewritten(qtbot, desk, lambda: type_into(page.bases.heading, ""))
    assert int(figures(page)["category.工资"].value) == wages
