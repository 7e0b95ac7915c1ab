"""The statistics page on a real ledger: what is counted, what a number opens, keys."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication

from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.bars import MOST_IN_PICTURE, Bar
from hotline_desk.ui.kit.style import font
from hotline_desk.ui.statistics.figure_table import ROW
from hotline_desk.ui.statistics.figure_words import FIRST
from hotline_desk.ui.statistics.statistics_page import StatisticsPage
from hotline_desk.ui.statistics.usual_period import Usual
from hotline_desk.workflows.workspace import prepare
from tools.screenshots.month_filling import MonthFiller

PATIENCE = 30_000
BY = "值班员"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """The ledger's file of two months."""

    workspace = prepare(Workspace(tmp_path_factory.mktemp("statistics")))
    with Ledger.open(workspace.ledger) as ledger:
        filler = MonthFiller(ledger, workspace)
        filler.add_office()
        filler.fill(date(2026, 9, 1), date(2026, 10, 31), episode=181)
    return workspace.ledger.read_bytes()


@pytest.fixture
def page(qtbot, workspace, filled, open_desk, appearance):
    """The page, with October 2026 on it."""
    workspace.ledger.write_bytes(filled)
    made = StatisticsPage(open_desk(), appearance)
    qtbot.addWidget(made)
    made.resize(1290, 692)
    with qtbot.waitSignal(made._model.spread_changed, timeout=PATIENCE):
        made.show()
    show(qtbot, made, lambda: made._model.choose_days(date(2026, 10, 1), date(2026, 10, 31)))
    return made


def show(qtbot, page, choose):
    with qtbot.waitSignal(page._model.spread_changed, timeout=PATIENCE):
        choose()


def figures(page):
    return {row.key: row for row in page.figures.table.rows.records if row.cells}


@pytest.mark.parametrize("wide", [760, 1290, 1900])
def test_the_whole_basis_has_room_beneath_each_figure(qtbot, page, wide):
    table = page.figures.table
    page.resize(wide, 692)

    def cramped():
        metrics = QFontMetrics(font(tokens.META), table)
        place = QRect(0, 0, table.columnWidth(0) - tokens.INSET - tokens.TINY, 0)
        wrapped = Qt.TextFlag.TextWordWrap
        return {
            row.key: table.rowHeight(at)
            for at, row in enumerate(table.rows.records)
            if row.cells
            and table.rowHeight(at) - ROW // 2
            < metrics.boundingRect(place, wrapped, row.basis).height() - 1
        }

    qtbot.waitUntil(lambda: cramped() == {}, timeout=PATIENCE)
    heights = [table.rowHeight(at) for at, row in enumerate(table.rows.records) if row.cells]
    assert min(heights) == ROW


def test_the_large_figures_are_those_of_the_reckoning(page):
    counted = page._model.reckoning.counted(Period(date(2026, 10, 1), date(2026, 10, 31)))

    told = {cell.row.key: cell.row for cell in page.figures.cells}

    assert tuple(told) == FIRST
    for key in FIRST:
        assert told[key].value == counted[key].texts[0]
        assert counted[key].figure.note in told[key].basis


def test_every_figure_stands_with_its_meaning_and_seven_columns(page):
    rows = figures(page)

    assert set(rows) == {each.figure.key for each in page._model.figures.figures}
    for row in rows.values():
        assert row.basis
        assert len(row.cells) == 7


def test_arrows_go_through_the_months(qtbot, page):
    for key, month in ((Qt.Key.Key_Left, "2026-09"), (Qt.Key.Key_Right, "2026-10")):
        show(qtbot, page, lambda key=key: qtbot.keyClick(
            page.figures.table, key, Qt.KeyboardModifier.AltModifier))  # fmt: skip

        assert page._model.figures.period.month == month


def test_a_bar_opens_as_many_rows_as_it_says(qtbot, page):
    bars = page.figures.bars
    for at, bar in enumerate(bars.bars):
        with qtbot.waitSignal(page.questions_opened, timeout=PATIENCE) as opened:
            bars.setFocus()
            qtbot.keyClick(bars, Qt.Key.Key_Home)
            for _ in range(at):
                qtbot.keyClick(bars, Qt.Key.Key_Down)
            qtbot.keyClick(bars, Qt.Key.Key_Return)
        ids, words = opened.args
        assert len(ids) == bar.value
        assert bar.name in words


@pytest.mark.parametrize("group", list(Group))
def test_bars_add_up_to_the_figure_whatever_they_are_grouped_by(qtbot, page, group):
    show(qtbot, page, lambda: page._model.choose_group(group))

    whole = figures(page)["questions"].value

    assert f"{sum(bar.value for bar in page.figures.bars.bars):,.0f}" == whole


@pytest.mark.parametrize("key", ["questions", "consultations", "cases.new", "cases.open"])
def test_enter_on_a_figure_opens_its_rows(qtbot, page, key):
    opened = []
    page.questions_opened.connect(lambda ids, words: opened.append(ids))
    page.cases_opened.connect(lambda ids, words: opened.append(ids))
    page.figures.table.light(key)

    qtbot.keyClick(page.figures.table, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE)
    assert f"{len(opened[0]):,}" == figures(page)[key].value


def opened_by(qtbot, page, press):
    opened = []
    page.questions_opened.connect(lambda ids, words: opened.append((ids, words)))
    page.cases_opened.connect(lambda ids, words: opened.append((ids, words)))
    press()
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE)
    return opened[0]


@pytest.mark.parametrize(("column", "of"), [(1, "2026年9月"), (5, "2026-01-01"), (6, "开栏至")])
def test_every_column_opens_its_own_rows(qtbot, page, column, of):
    page.resize(1600, 692)
    table = page.figures.table
    table.light("questions")
    for _ in range(column + 1):
        qtbot.keyClick(table, Qt.Key.Key_Right)

    ids, words = opened_by(qtbot, page, lambda: qtbot.keyClick(table, Qt.Key.Key_Return))

    without_opening = page._model.reckoning.numbers(page._model.figures.column_periods[column])
    assert len(ids) == without_opening["questions"] > 0
    assert of in words
    table.light("cases.new")
    assert table.currentIndex().column() == column + 1


def test_a_rate_opens_what_fell_short_and_with_shift_all_of_it(qtbot, page):
    table, numbers = page.figures.table, page._model.reckoning.numbers(page._model.period)
    table.light("contact.rate")
    short = numbers["contact.due"] - numbers["contact.on_time"]
    assert f"未按期 {short} 件" in table.current().basis
    shift = Qt.KeyboardModifier.ShiftModifier

    fell_short, words = opened_by(qtbot, page, lambda: qtbot.keyClick(table, Qt.Key.Key_Return))
    every, _ = opened_by(qtbot, page, lambda: qtbot.keyClick(table, Qt.Key.Key_Return, shift))

    assert (len(fell_short), len(every)) == (short, numbers["contact.due"])
    assert f"未按期 {short} 件" in words


def test_the_large_rate_opens_what_fell_short_too(qtbot, page):
    cell = next(cell for cell in page.figures.cells if cell.row.key == "close.rate")

    _, words = opened_by(qtbot, page, lambda: qtbot.keyClick(cell, Qt.Key.Key_Return))

    assert "未按期" in words
    assert "Shift" in cell.toolTip()


def test_episodes_open_their_questions(qtbot, page):
    page.figures.table.light("episodes")

    with qtbot.waitSignal(page.questions_opened, timeout=PATIENCE) as opened:
        qtbot.keyClick(page.figures.table, Qt.Key.Key_Return)

    with Ledger.open(page.figures._model._office.workspace.ledger) as ledger:
        found = [ledger.question(each) for each in opened.args[0]]
    assert {each.at.month for each in found} == {10}
    assert all(each.episode for each in found)


def test_a_unit_counts_what_is_below_it(qtbot, page):
    units = page._model.units
    above = figures(page)["questions"].value

    show(qtbot, page, lambda: page._model.choose_unit("东港区总工会"))

    assert "石臼街道职工服务点" in units
    assert 0 < int(figures(page)["questions"].value) < int(above)


def test_it_is_said_which_categories_are_those_of_the_ledger(qtbot, page):
    titles = [row.title for row in page.figures.table.rows.records]

    assert "类别（按统计口径归并）" in titles
    assert "没有按统计口径归并" in page.figures._basis.text()
    show(qtbot, page, lambda: page._model.choose_group(Group.MONTH))
    assert "归并" not in page.figures._basis.text()


def test_the_usual_periods_begin_and_end_where_they_should(page):
    today = date(2026, 11, 18)
    counting = page._model.counting

    assert counting.usual(Usual.WEEK, today) == Period(date(2026, 11, 16), date(2026, 11, 22))
    assert counting.usual(Usual.MONTH, today).month == "2026-11"
    assert counting.usual(Usual.LAST_MONTH, today).month == "2026-10"
    assert counting.usual(Usual.QUARTER, today) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert counting.usual(Usual.YEAR, today) == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert counting.usual(Usual.SINCE_START, today).first == date(2026, 9, 1)
    assert counting.usual(Usual.EPISODE, today) == Period.of_day(date(2026, 10, 28))


def test_stepping_from_a_broadcast_goes_to_the_one_beside(qtbot, page):
    show(qtbot, page, lambda: page._model.choose_usual(Usual.EPISODE))
    at = page._model.period.first

    show(qtbot, page, lambda: page._model.step(-1))

    assert page._model.period == Period.of_day(at - timedelta(weeks=1))
    assert page._model.period_words.startswith("第188期  2026年10月21日")


def test_copied_figures_are_a_table(page):
    page.figures.copy_table()

    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "日照市总工会 2026年10月"
    table = [line.split("\t") for line in lines[1:]]
    assert table[0][:3] == ["指标", "本期", "上期"]
    questions = next(row for row in table if row[0] == "问题数（条）")
    assert questions[1] == figures(page)["questions"].value
    assert len(questions) == len(table[0])


def test_the_chart_is_copied_as_a_picture(page):
    page.figures.copy_chart()

    picture = QGuiApplication.clipboard().pixmap()
    assert picture.height() > len(page.figures.bars.bars) * 32


def test_the_picture_is_white_in_the_dark_too(page, appearance):
    appearance.choose("dark")

    picture = page.figures.bars.picture("标题", "口径").toImage()

    assert picture.pixelColor(2, 2).name() == tokens.LIGHT.surface.lower()
    appearance.choose("light")


def test_a_chart_too_long_for_paper_is_not_copied(qtbot, page):
    bars = page.figures.bars
    bars.show_bars(tuple(Bar(str(at), 1, "1") for at in range(MOST_IN_PICTURE + 1)), "很多")
    QGuiApplication.clipboard().setText("原来的")

    with qtbot.waitSignal(page._model.warned):
        page.figures.copy_chart()

    assert QGuiApplication.clipboard().text() == "原来的"


def test_what_is_typed_is_a_period_or_is_refused_in_words(qtbot, page):
    bar = page.figures.period
    bar._since.setText("2026-10-05")
    bar._since.setModified(True)
    bar._until.setText("10-20")
    bar._until.setModified(True)

    show(qtbot, page, bar._until.editingFinished.emit)

    assert page._model.period == Period(date(2026, 10, 5), date(2026, 10, 20))
    bar._until.setText("10-32")
    bar._until.setModified(True)
    with qtbot.waitSignal(page._model.warned):
        bar._until.editingFinished.emit()
    assert page._model.period.last == date(2026, 10, 20)


def test_what_changes_in_the_ledger_is_counted_while_one_looks(qtbot, page):
    office = page._model._office
    today = studio_now().date()
    show(qtbot, page, lambda: page._model.choose_days(today, today))
    before = figures(page)["episodes"].value

    office.ask(lambda ledger: ledger.save_episode(Episode(number=999, on=today), by=BY),
               owner=page, then=lambda _: office.rows_changed.emit())  # fmt: skip

    qtbot.waitUntil(lambda: figures(page)["episodes"].value != before, timeout=PATIENCE)
    assert (before, figures(page)["episodes"].value) == ("0", "1")


def test_everything_can_be_reached_by_tab(qtbot, page):
    page.activateWindow()
    page.figures.table.setFocus()
    reached = set()
    for _ in range(60):
        widget = page.focusWidget()
        reached.add(widget)
        page.focusNextChild()

    wanted = {
        page.figures.table, page.figures.bars, page.figures.group, page.figures.unit,
        *page.figures.cells, page.figures.period._since, page.leaves.tabBar(),
    }  # fmt: skip
    assert wanted <= reached
    assert reached & set(page.figures.period._buttons.values())  # arrows go on from there


def test_an_empty_ledger_says_what_to_do(qtbot, desk, appearance):
    page = StatisticsPage(desk, appearance)
    qtbot.addWidget(page)

    with qtbot.waitSignal(page._model.spread_changed, timeout=PATIENCE):
        page.show()

    assert "F7" in page.figures._none.text()
    assert {cell.row.value for cell in page.figures.cells} == {"0", "—"}
