"""What it takes until the years that an office has are in the ledger: 20,000 rows, 2,000 cases."""

import time
from datetime import date, timedelta

import pytest
import xlsxwriter

from hotline_desk.domain import sheets
from hotline_desk.domain.exports import Request
from hotline_desk.domain.importing.tables import Matching
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings
from hotline_desk.workflows.export import export_ledger
from hotline_desk.workflows.import_ledger import read_rules, take_in
from hotline_desk.workflows.import_plan import open_tables, plan, read_rows
from hotline_desk.workflows.workspace import prepare
from tests.benchmarks.seat import seated, tell

ROWS = 20_000
BY = "台账管理员"
TARGET = "500 rows a second"


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("import") / "台账.xlsx"
    _write_book(path, map(_question, range(ROWS)))
    return path


@pytest.fixture(scope="module")
def wrong(tmp_path_factory):
    """The same table; each row has a day that is none and a word that nobody knows."""
    path = tmp_path_factory.mktemp("import") / "错的台账.xlsx"
    wrong = ({"接收日期": "那天", "问题类别": f"第{number % 200}类"} for number in range(ROWS))
    _write_book(path, (_question(number) | each for number, each in enumerate(wrong)))
    return path


def _write_book(path, questions):
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        _write(book, sheets.QUESTIONS, sheets.QUESTION_HEADINGS, questions)
        _write(book, sheets.CASES, sheets.CASE_HEADINGS, map(_case, range(0, ROWS, 10)))


def _write(book, name, headings, rows):
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, headings)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, [row.get(heading, "") for heading in headings])


def _day(number):
    return date(2022, 1, 5) + timedelta(days=number * 1500 // ROWS)


def _question(number):
    case = f"AJ-{_day(number).year}-{number // 10 + 1:04}" if number % 10 == 0 else ""
    return {
        "接收日期": _day(number).isoformat(), "接收时间": "10:03", "来源渠道": "12351 热线",
        "外部工单号": f"W-{number}", "来电人": "董小红女士", "身份": "职工本人",
        "联系电话": f"138{number:08}", "对单位保密": "是", "工作单位": "某物业", "问题类别": "工资",
        "类型": "求决" if case else "咨询", "诉求要点": "被拖欠两个月工资，要求公司支付",
        "解答要点": "可以向劳动监察投诉，也可以申请仲裁。" * 3, "法律依据": "劳动合同法 第三十条",
        "办理方式": "立案" if case else "当场答复", "案件编号": case, "登记人": "接线员甲",
    }  # fmt: skip


def _case(number):
    received = _day(number)
    return {
        "案件编号": f"AJ-{received.year}-{number // 10 + 1:04}", "接收日期": received.isoformat(),
        "涉及人数": 3, "用人单位": "某物业", "案由": "拖欠工资", "一般/复杂": "一般",
        "承办人": "丁", "首次联系时间": received.isoformat(),
        "方案日期": (received + timedelta(days=1)).isoformat(),
        "办结日期": (received + timedelta(days=3)).isoformat(), "办结方式": "调解成功",
        "诉求金额（元）": 3_000,
    }  # fmt: skip


def test_import(table, tmp_path, figure):
    workspace = prepare(Workspace(tmp_path / "工会法律在线"))
    rules = read_rules(workspace)
    began = time.perf_counter()
    incoming = read_rows(open_tables(table), Matching(), rules)
    read = time.perf_counter()
    with Ledger.open(workspace.ledger) as ledger:
        made = plan(ledger, incoming, rules)
        planned = time.perf_counter()
        take_in(ledger, made, rules, by=BY, on_progress=lambda *_: None, cancelled=lambda: False)
        written = time.perf_counter()
        ledger.undo(by=BY)
        undone = time.perf_counter()

    assert (len(made.questions), len(made.cases), made.blocking) == (ROWS, ROWS // 10, ())
    figure("import: check 20,000 rows and 2,000 cases", f"{planned - began:.1f} s")
    figure("import: of it read and understood", f"{ROWS / (read - began):,.0f} rows/s", TARGET)
    figure("import: written with history", f"{ROWS / (written - planned):,.0f} rows/s", TARGET)
    figure("import: taken back by one undo", f"{undone - written:.1f} s")


def test_window(table, wrong, tmp_path, qapp, figure):
    with seated(prepare(Workspace(tmp_path / "工会法律在线")), qapp) as seat:
        model, taken = seat.desk.incoming, []
        model.taken.connect(taken.append)
        seat.window.exchange.open_import()

        def checked():
            return model.plan is not None and not model.busy

        amiss = seat.act(lambda: model.open(wrong), checked)
        assert len(model.plan.blocking) >= 2 * ROWS
        skipped = seat.act(
            lambda: model.skip(skips=True), lambda: checked() and model.plan.left_out
        )
        model.close()
        read = seat.act(lambda: model.open(table), checked)
        written = seat.act(model.take_in, lambda: bool(taken))

    assert taken[0].questions == ROWS
    what = f"import of {ROWS:,} rows: "
    tell(figure, what + "read and checked", [read])
    tell(figure, what + "all of them wrong", [amiss])
    tell(figure, what + "the wrong ones left out", [skipped])
    tell(figure, what + "written", [written])


def test_export(years, tmp_path, figure):
    workspace = prepare(Workspace(tmp_path / "工会法律在线"))
    path = tmp_path / "台账.xlsx"
    with Ledger.open(years) as ledger:
        began = time.perf_counter()
        done = export_ledger(ledger, workspace, Settings(), Request(path=path))
        took = time.perf_counter() - began

    figure("export: rows of 100,000 questions as Excel", f"{done.questions / took:,.0f} rows/s")
