"""Tables as offices have kept them: 咨询 stays 咨询, no column is lost, no number is doubled."""

import csv
import json
from datetime import date

import pytest
import xlsxwriter

from hotline_desk import cli
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.import_ledger import NOBODY
from hotline_desk.workflows.workspace import prepare

OLD = ["接收日期", "来源渠道", "诉求要点", "问题类别", "类型"]
ADVICE = ["2024-03-05", "12351 热线", "咨询年假", "工时休假", "咨询"]


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def bring(capsys, workspace, tmp_path):
    """Import rows of a CSV through the command; return its code and its lines."""

    def bring_(*rows, arguments=(), path=None):
        if path is None:
            path = tmp_path / "旧台账.csv"
            with path.open("w", encoding="gb18030", newline="") as file:
                csv.writer(file).writerows(rows)
        place = ("--workspace", str(workspace.root), "--json")
        code = cli.run(["ledger", "import", str(path), *arguments, *place])
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return bring_


def the_ledger(workspace):
    return Ledger.open(workspace.ledger)


def told(lines):
    return [line["problem"] for line in lines if "problem" in line]


def blocking(lines):
    return [(line["row"], line["problem"]) for line in lines if line.get("blocks")]


def summed(lines):
    return next(line for line in lines if "dry_run" in line)


# 咨询 has no clock


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("满意度", "满意"), ("承办人", "丁"), ("回访日期", "2024-03-09"), ("办结日期", "2024-03-06"),
     ("进程", "结案"), ("是否按期", "按期"), ("首次联系时间", "2024-03-05")],
)  # fmt: skip
def test_advice_that_was_answered_opens_no_case(bring, workspace, heading, cell):
    code, lines = bring([*OLD, heading], [*ADVICE, cell])

    assert (code, summed(lines)["cases"]) == (0, 0)
    assert any("不立案" in words and heading in words for words in told(lines))
    with the_ledger(workspace) as ledger:
        (row,) = ledger.questions()
        assert (row.kind, ledger.cases()) == ("咨询", [])
        assert row.notes == f"{heading}：{cell}"


def test_a_row_that_does_not_say_what_it_is_opens_no_case_for_who_answered_it(bring, workspace):
    headings = [*OLD[:4], "承办人", "回访日期", "备注", "答复"]
    row = [*ADVICE[:4], "丁", "2024-03-09", "原有备注", "已申请仲裁"]

    assert bring(headings, row)[0] == 0

    with the_ledger(workspace) as ledger:
        (found,) = ledger.questions()
        assert (ledger.cases(), found.answer) == ([], "已申请仲裁")
        assert found.notes == "原有备注\n承办人：丁；回访日期：2024-03-09"
    assert bring(headings, row)[1][-1]["imported"]["questions"] == 0


@pytest.mark.parametrize(
    ("said", "cells"),
    [(["案件编号"], ["AJ-2024-0031"]), (["方案日期"], ["2024-03-06"]), (["进程"], ["调解中"]),
     (["办结方式"], ["调解成功"]), (["协议或裁决金额（元）"], [3000]),
     (["分流方式"], ["法律援助"])],
)  # fmt: skip
def test_a_row_that_says_what_only_a_case_has_is_one(bring, workspace, said, cells):
    code, lines = bring([*OLD[:4], *said], [*ADVICE[:4], *cells])

    assert (code, summed(lines)["cases"]) == (0, 1)
    with the_ledger(workspace) as ledger:
        assert len(ledger.cases()) == 1
        assert ledger.questions()[0].kind == "求决"


def test_what_a_request_says_of_its_owner_makes_it_a_case_and_the_dry_run_says_how_it_stands(bring):
    headings = [*OLD, "承办人", "办结日期"]
    stands = (("求决", ""), ("求决", "2024-03-06"), ("投诉举报", ""))
    rows = [[*ADVICE[:4], kind, "丁", closed] for kind, closed in stands]

    _, lines = bring(headings, *rows, arguments=["--dry-run"])

    found = summed(lines)
    assert (found["cases"], found["open"], found["overdue"]) == (3, 2, 2)
    (words,) = [each for each in told(lines) if "今日待办" in each]
    assert words.startswith("新案件 3 件，其中 2 件没有办结日期")
    assert "2 件已经超期" in words


# Every column that has something in it is told


def two_heading_rows(tmp_path, upper, lower, *rows):
    path = tmp_path / "两行表头.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("登记")
        sheet.write(0, 0, "二〇二四年来访登记")
        for number, cells in enumerate((upper, lower, *rows), 2):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(number, column, cell)
    return path


def test_two_heading_rows_that_are_not_merged_are_read_as_one(bring, workspace, tmp_path):
    path = two_heading_rows(
        tmp_path,
        ["日期", "来访人", None, "诉求", None, "来源渠道"],
        [None, "姓名", "电话", "类别", "内容", None],
        ["2024-03-05", "董小红", "13800005678", "工资", "拖欠两个月工资", "现场来访"],
    )

    code, lines = bring(path=path)

    assert code == 0, told(lines)
    assert lines[0]["heading_row"] == 4
    with the_ledger(workspace) as ledger:
        (row,) = ledger.questions()
        assert (row.caller.name, row.caller.phone) == ("董小红", "13800005678")
        assert (row.category, row.text) == ("工资", "拖欠两个月工资")
        assert row.at.date() == date(2024, 3, 5)


def test_a_column_without_a_heading_and_one_headed_twice_are_in_the_list(bring, tmp_path):
    path = two_heading_rows(
        tmp_path,
        ["接收日期", "来源渠道", "诉求要点", None, "备注", "备注", None],
        ["2024-03-05", "12351 热线", "欠薪", None, "甲", "乙", None, "丙"],
        *[["2024-03-05", "12351 热线", f"欠薪{n}"] for n in range(600)],
        ["2024-03-05", "12351 热线", "欠薪", "丁"],
    )

    _, lines = bring(path=path, arguments=["--dry-run"])

    (unknown,) = [line["unknown_columns"] for line in lines if "unknown_columns" in line]
    assert unknown == ["D 列（没有表头）", "备注（F 列）", "H 列（没有表头）"]


# Numbers


@pytest.mark.parametrize("heading", ["外部工单号", "台账编号", "案件编号"])
def test_a_number_of_which_excel_lost_the_digits_stands_in_the_way(bring, heading):
    code, lines = bring([*OLD, heading], [*ADVICE, "2.02503E+11"])

    assert code == 1
    assert blocking(lines) == [(2, "编号成了科学计数法，位数已经丢失：2.02503E+11")]


ORDER = [*OLD, "外部工单号", "联系电话", "处理结果", "解答人"]


def order(*, number="W-1", answer="", by="", point="咨询年假", day="2024-03-05"):
    return [day, "12345 转办", point, "工时休假", "咨询", number, "13800005678", answer, by]


def test_the_next_export_of_a_platform_fills_what_is_empty(bring, workspace):
    bring(ORDER, order(), order(number="W-2", answer="打过电话"))

    code, lines = bring(
        ORDER, order(answer="五天"), order(number="W-2", answer="", by="李律师"),
        order(number="W-3"),
    )  # fmt: skip

    assert (code, summed(lines)["questions"], summed(lines)["filled"]) == (0, 1, 2)
    with the_ledger(workspace) as ledger:
        rows = {row.external_number: row for row in ledger.questions()}
        assert (rows["W-1"].answer, len(rows)) == ("五天", 3)
        assert (rows["W-2"].answer, rows["W-2"].answered_by) == ("打过电话", "李律师")
        ledger.undo(by=NOBODY)
        assert {row.external_number: row.answer for row in ledger.questions()} == {
            "W-1": "", "W-2": "打过电话",
        }  # fmt: skip
        assert ledger.examine() == []


def test_what_is_learned_of_a_caller_is_filled_in_and_a_platforms_notes_grow(bring, workspace):
    headings = [*OLD, "外部工单号", "来电人", "联系电话", "所在区县街道", "承办人", "满意度"]
    told_first = ["W-1", "", "13800005678", "", "丁", ""]
    bring(headings, [*ADVICE, *told_first])

    bring(headings, [*ADVICE, "W-1", "董女士", "13800005678", "莒县", "丁", "满意"])

    with the_ledger(workspace) as ledger:
        (row,) = ledger.questions()
        assert (row.caller.spoken_name, row.caller.district) == ("董女士", "莒县")
        assert row.notes == "承办人：丁；满意度：满意"
        assert len(ledger.calls()) == 1


def test_a_row_that_stands_twice_is_one_case(bring, workspace):
    row = [*ADVICE[:4], "求决", "W-1", "丁"]

    bring([*OLD, "外部工单号", "承办人"], row, row)

    with the_ledger(workspace) as ledger:
        assert (len(ledger.questions()), len(ledger.cases())) == (1, 1)


def test_what_people_wrote_stays_and_is_told(bring, workspace):
    bring(ORDER, order(answer="五天"))

    code, lines = bring(ORDER, order(answer="十天", by="李律师"))

    assert code == 0
    assert "与台账里的 GHFL-2024-M03-001 不同，台账的不改：解答要点" in told(lines)
    with the_ledger(workspace) as ledger:
        (row,) = ledger.questions()
        assert (row.answer, row.answered_by) == ("五天", "李律师")


@pytest.mark.parametrize("other", [{"point": "欠薪"}, {"day": "2024-03-06"}])
def test_another_matter_under_a_known_number_stands_in_the_way(bring, other):
    bring(ORDER, order())

    code, lines = bring(ORDER, order(**other))

    assert code == 1
    ((row, words),) = blocking(lines)
    assert row == 2
    assert words.startswith("台账里已有 GHFL-2024-M03-001，内容不同：")


def test_one_order_that_stands_twice_in_a_file_is_told(bring):
    _, lines = bring(
        ORDER, order(), order(answer="五天"), order(point="另一问"), arguments=["--dry-run"]
    )

    assert blocking(lines) == [(3, "与第 2 行的外部工单号 W-1 重复，内容不同，请只留一行")]
    assert "与第 2 行是同一个外部工单号 W-1，诉求不同，作为另一条问题导入" in told(lines)


def test_a_table_of_questions_with_cases_comes_in_once(bring, workspace):
    headings = [*ORDER, "办结时间", "类型"]
    headings[4] = "无关"
    row = [*order(answer="已付"), "2024-03-07", "求决"]

    first = bring(headings, row)
    again = bring(headings, row)

    assert (first[0], summed(first[1])["cases"]) == (0, 1)
    assert (again[0], blocking(again[1]), again[1][-1]["imported"]["cases"]) == (0, [], 0)
    with the_ledger(workspace) as ledger:
        (case,) = ledger.cases()
        assert case.events.closed_on == date(2024, 3, 7)


def test_the_number_that_a_case_had_elsewhere_is_told(bring, workspace, capsys):
    _, lines = bring([*OLD[:4], "案件编号", "办结方式"], [*ADVICE[:4], "2023-017", "调解成功"])

    assert "不是本台的编号，记作外部工单号，另外编号：2023-017" in told(lines)
    assert cli.run(["ledger", "show", "AJ-2024-0001", "--workspace", str(workspace.root)]) == 0
    assert "外部工单号：2023-017" in capsys.readouterr().out


def test_an_order_that_became_a_case_since_is_one_and_later_news_of_it_are_told(bring, workspace):
    headings = [*OLD, "外部工单号", "办结时间"]
    bring(headings, [*ADVICE[:4], "求决", "W-1", ""])

    _, lines = bring(headings, [*ADVICE[:4], "求决", "W-1", "2024-03-07"])
    _, again = bring(headings, [*ADVICE[:4], "求决", "W-1", "2024-03-08"])

    assert (summed(lines)["questions"], summed(lines)["cases"]) == (0, 1)
    assert "AJ-2024-0001 已在台账里，不改，请在台账里办：办结日期" in told(again)
    with the_ledger(workspace) as ledger:
        (case,), (row,) = ledger.cases(), ledger.questions()
        assert (case.questions, case.events.closed_on) == ((row.id,), date(2024, 3, 7))
        ledger.undo(by=NOBODY)
        assert (ledger.cases(), len(ledger.questions())) == ([], 1)
        assert ledger.examine() == []


# Little things


def test_a_note_below_the_rows_is_no_record(bring, tmp_path):
    path = tmp_path / "带注.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate((OLD, ADVICE)):
            sheet.write_row(number, 0, cells)
        sheet.merge_range(2, 0, 2, 4, "注：本表由值班律师填写，每月五日前报送")
        sheet.write_row(3, 0, ["填表人：", "王某", "", "审核人：", "李某"])

    code, lines = bring(path=path)

    assert (code, lines[-1]["imported"]["questions"]) == (0, 1)
    assert [line["row"] for line in lines if "是说明" in line.get("problem", "")] == [3, 4]


def test_who_signed_in_the_column_of_the_days_is_no_record(bring):
    headings = ["序号", *OLD]

    _, lines = bring(headings, [1, *ADVICE], ["审核人：", "某主任"], ["备注", "3月5日"])

    assert [line["row"] for line in lines if "是说明" in line.get("problem", "")] == [3]
    assert [row for row, _ in blocking(lines)] == [4, 4]


def test_merged_headings_are_not_counted_among_merged_cells(bring, tmp_path):
    path = tmp_path / "合并.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 4, "登记")
        sheet.write_row(1, 0, OLD)
        sheet.merge_range(2, 0, 3, 0, ADVICE[0])
        for row in (2, 3):
            sheet.write_row(row, 1, ADVICE[1:])

    _, lines = bring(path=path)

    assert "有 1 格是合并单元格的一部分，各行都按合并的值读" in told(lines)


def test_rows_that_wait_for_a_column_are_counted(bring):
    code, lines = bring(["日期", "反映事项"], ["2024-03-05", "欠薪"], ["2024-03-06", "欠薪"])

    assert (code, summed(lines)["rows"], summed(lines)["unread"]) == (1, 0, 2)


def test_one_cause_is_told_once_where_a_row_is_question_and_case(bring):
    _, lines = bring(
        [*OLD, "办结日期", "涉及金额"],
        ["三月五日", *ADVICE[1:4], "求决", "2024-03-06", "若干"],
        [*ADVICE[:4], "求决", "2024-03-06", "若干"],
    )

    assert [row for row, _ in blocking(lines)] == [2, 2, 3]


def test_a_year_of_two_figures_is_understood(bring, workspace):
    assert bring(OLD, ["24年3月5日", *ADVICE[1:]])[0] == 0

    with the_ledger(workspace) as ledger:
        assert ledger.questions()[0].at.date() == date(2024, 3, 5)


def test_a_unit_that_is_not_registered_is_told_once_and_can_be_mapped(bring, workspace, tmp_path):
    matching = tmp_path / "对照.toml"
    matching.write_text('[words."填报单位"]\n"五莲县总工会" = "日照市总工会"\n', encoding="utf-8")
    rows = [[*OLD, "填报单位"], [*ADVICE, "五莲县总工会"], [*ADVICE, "五莲县总工会"]]

    code, lines = bring(*rows, arguments=["--dry-run"])

    assert code == 0
    (words,) = [each for each in told(lines) if "五莲县总工会" in each]
    assert "2 行" in words
    assert "服务点" in words
    bring(*rows, arguments=["--map", str(matching)])
    with the_ledger(workspace) as ledger:
        assert {row.unit for row in ledger.questions()} == {""}
