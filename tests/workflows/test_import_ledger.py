"""An existing ledger comes in: all of it or nothing, and out again as it was."""

import json
import tomllib
from datetime import date

import openpyxl
import pytest

from hotline_desk import cli
from hotline_desk.domain import sheets
from hotline_desk.domain.calls import CallQuery
from hotline_desk.domain.importing.tables import Matching
from hotline_desk.domain.work_orders import question_text
from hotline_desk.errors import Cancelled, LedgerChanged, MatchingNotUnderstood
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.import_ledger import NOBODY, read_rules, take_in
from hotline_desk.workflows.import_matching import (
    fitting,
    read_matching,
    save_matching,
    saved_matchings,
)
from hotline_desk.workflows.import_plan import open_tables, plan, read_rows
from hotline_desk.workflows.workspace import prepare

HEADINGS = ["接收日期", "来源渠道", "诉求要点", "外部工单号", "来电人", "联系电话"]
ROWS = [
    ["2026.3.5", "12351 热线", "拖欠两个月工资", "W-1", "董小红女士", 13800005678],
    [46087, "12345 转办", "没有签合同", "W-2", "王师傅", "0633-8781234"],
]


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def table(tmp_path):
    def write(*rows, name="旧台账.xlsx"):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def run(capsys, workspace):
    def run_(*arguments):
        code = cli.run([*arguments, "--workspace", str(workspace.root), "--json"])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return run_


def ledger_of(workspace):
    return Ledger.open(workspace.ledger)


def test_what_comes_in_is_in_the_ledger_with_its_callers(run, workspace, table):
    code, lines, _ = run("ledger", "import", str(table(HEADINGS, *ROWS)))

    assert (code, lines[-1]["imported"]["questions"]) == (0, 2)
    with ledger_of(workspace) as ledger:
        second, first = ledger.questions()
        assert first.caller.spoken_name == "董小红女士"
        assert first.caller.phone == "13800005678"
        assert second.at.date() == date(2026, 3, 6)
        assert {row.number for row in (first, second)} == {
            "GHFL-2026-M03-001", "GHFL-2026-M03-002",
        }  # fmt: skip
        assert ledger.examine() == []


def test_a_dry_run_writes_nothing_and_lists_every_problem(run, workspace, table):
    path = table(HEADINGS, *ROWS, ["3月9日", "电话", "c", "W-3", "", ""])

    code, lines, _ = run("ledger", "import", str(path), "--dry-run")

    problems = [line for line in lines if line.get("blocks")]
    assert [(each["row"], each["column"]) for each in problems] == [
        (4, "接收日期"),
        (4, "来源渠道"),
    ]
    assert problems[1]["proposal"] == "12351 热线"
    assert lines[-1]["blocking"] == 2
    assert code == 1
    with ledger_of(workspace) as ledger:
        assert ledger.questions() == []


def test_a_problem_stands_in_the_way_of_all_until_its_row_is_left_out(run, workspace, table):
    path = table(HEADINGS, *ROWS, ["3月9日", "12351 热线", "c", "W-3", "", ""])

    code, _, err = run("ledger", "import", str(path))
    with ledger_of(workspace) as ledger:
        assert (code, ledger.questions()) == (1, [])
    assert "1 处问题，什么也没有导入" in err.splitlines()[-1]

    code, lines, _ = run("ledger", "import", str(path), "--skip")
    assert (code, lines[-1]["imported"]["questions"]) == (0, 2)


def test_one_undo_takes_all_of_it_back_and_it_can_come_in_again(run, workspace, table):
    own = [[*row, f"GHFL-2026-190-0{n}", 190] for n, row in enumerate(ROWS, 3)]
    path = table([*HEADINGS, "台账编号", "期号"], *own)
    run("ledger", "import", str(path))

    with ledger_of(workspace) as ledger:
        ledger.undo(by=NOBODY)
        assert ledger.questions() == ledger.calls() == ledger.episodes() == []
        assert ledger.examine() == []

    run("ledger", "import", str(path))
    with ledger_of(workspace) as ledger:
        assert [row.number for row in ledger.questions()] == [
            "GHFL-2026-190-04", "GHFL-2026-190-03",
        ]  # fmt: skip
        assert ledger.examine() == []


def test_a_row_that_is_there_already_is_the_same_or_stands_in_the_way(run, workspace, table):
    run("ledger", "import", str(table(HEADINGS, *ROWS)))

    _, again, _ = run("ledger", "import", str(table(HEADINGS, *ROWS)))
    changed = [[*ROWS[0][:2], "别的诉求", *ROWS[0][3:]], ROWS[1]]
    code, lines, _ = run("ledger", "import", str(table(HEADINGS, *changed)))

    assert (again[-2]["same"], again[-1]["imported"]["questions"]) == (2, 0)
    (problem,) = [line for line in lines if line.get("blocks")]
    assert (code, problem["row"]) == (1, 2)
    assert problem["problem"] == (
        "台账里已有 GHFL-2026-M03-001，内容不同：诉求要点；是同一件就跳过这一行，是另一件就改工单号"
    )


def test_several_questions_of_one_call_are_one_call(run, workspace, table):
    headings = [*HEADINGS[:3], *HEADINGS[4:]]
    rows = [["2026-03-05", "12351 热线", point, "董小红", "13800005678"] for point in "甲乙丙"]

    run("ledger", "import", str(table(headings, *rows)))

    with ledger_of(workspace) as ledger:
        assert len(ledger.questions()) == 3
        assert len(ledger.calls(CallQuery())) == 1


def test_another_platforms_table_comes_in_by_its_map(run, workspace, table, tmp_path):
    path = table(
        ["单号", "什么时候", "谁", "说了什么", "归类"], ["A1", "2026/3/5", "董", "欠薪", "讨薪"]
    )
    matching = tmp_path / "平台.toml"
    matching.write_text(
        '[columns]\n"单号" = "外部工单号"\n"什么时候" = "接收日期"\n"谁" = "来电人"\n'
        '"说了什么" = "诉求要点"\n"归类" = "问题类别"\n'
        '[words."问题类别"]\n"讨薪" = "工资"\n[defaults]\n"来源渠道" = "12345 转办"\n',
        encoding="utf-8",
    )

    code, _, err = run("ledger", "import", str(path))
    assert (code, "什么也没有导入" in err) == (1, True)
    code, lines, _ = run("ledger", "import", str(path), "--map", str(matching))

    assert (code, lines[-1]["imported"]["questions"]) == (0, 1)
    with ledger_of(workspace) as ledger:
        (row,) = ledger.questions()
        assert (row.external_number, row.category, row.channel) == ("A1", "工资", "12345 转办")


def test_a_map_that_was_kept_is_used_by_itself(run, workspace, table):
    columns = {"单号": "外部工单号", "什么时候": "接收日期", "说了什么": "诉求要点"}
    kept = Matching(name="12345 平台", columns=columns, defaults={"来源渠道": "12345 转办"})
    assert tomllib.loads(save_matching(kept, workspace).read_text(encoding="utf-8"))
    assert saved_matchings(workspace) == [kept]
    assert fitting([kept], ["单号", "别的"]) == Matching()

    _, lines, _ = run(
        "ledger", "import", str(table([*columns, "别的"], ["A1", "2026-03-05", "欠薪", "x"]))
    )

    assert lines[-1]["imported"]["questions"] == 1


def workbook_of_two(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "问题"
    book.active.append(["日期", "来源渠道", "诉求要点", "职工姓名"])
    book.active.append(["2026-03-05", "12351 热线", "拖欠工资", "董小红"])
    cases = book.create_sheet("案件")
    cases.append(["接收日期", "日期", "职工姓名", "用人单位", "案由", "进程"])
    cases.append(["2026-03-06", "记事", "董小红", "某物业", "拖欠工资", "待联系"])
    book.save(tmp_path / "两张表.xlsx")
    return tmp_path / "两张表.xlsx"


def test_a_heading_means_in_each_sheet_what_was_decided_there(run, workspace, tmp_path):
    matching = tmp_path / "对照.toml"
    matching.write_text(
        'name = "两张表"\n[tables."问题"]\n"日期" = "接收日期"\n"职工姓名" = "来电人"\n'
        '[tables."案件"]\n"日期" = ""\n"职工姓名" = "当事人"\n',
        encoding="utf-8",
    )

    code, lines, _ = run("ledger", "import", str(workbook_of_two(tmp_path)), "--map", str(matching))

    assert (code, lines[-1]["imported"]["questions"], lines[-1]["imported"]["cases"]) == (0, 1, 1)
    kept = read_matching(matching)
    assert read_matching(save_matching(kept, workspace)) == kept
    assert fitting([kept], ["日期", "职工姓名", "别的"]) == kept
    assert fitting([kept], ["日期"]) == Matching()


def test_a_column_that_nobody_knows_is_told_with_the_file_that_says_it(capsys, workspace, table):
    path = table([*HEADINGS, "说不清"], [*ROWS[0], "什么"])
    arguments = ["ledger", "import", str(path), "--workspace", str(workspace.root), "--dry-run"]

    assert cli.run(arguments) == 0
    told = "".join(capsys.readouterr())

    assert "没有认出的列，不导入：说不清" in told
    assert "--map" in told
    shown = tomllib.loads(
        "\n".join(line.strip() for line in told.splitlines() if line.strip().startswith(("[", '"')))
    )
    assert shown == {"tables": {"Sheet": {"说不清": ""}}}


def test_a_row_without_a_time_goes_out_without_one(run, workspace, table, tmp_path):
    rows = [["2026-03-05", "", *ROWS[0][1:]], ["2026-03-06", "10:03", *ROWS[1][1:]]]
    run("ledger", "import", str(table([HEADINGS[0], "接收时间", *HEADINGS[1:]], *rows)))
    path = tmp_path / "导出.xlsx"

    run("ledger", "export", "-o", str(path), "--internal", "--why", "核对")

    book = openpyxl.load_workbook(path)
    headings, *told = book[sheets.QUESTIONS].iter_rows(values_only=True)
    at = headings.index("接收时间")
    assert sorted(row[at] or "" for row in told) == ["", "10:03"]
    with ledger_of(workspace) as ledger:
        untimed = ledger.questions()[-1]
        assert "接收时间：2026年3月5日 周四\n" in question_text(
            untimed, None, case_number="", internal=True
        )


@pytest.mark.parametrize(
    "text", ["[columns", '[columns]\n"a" = 3\n', "columns = 3", "[words]\na = 3"]
)
def test_a_map_that_is_wrong_is_told(tmp_path, text):
    path = tmp_path / "坏.toml"
    path.write_text(text, encoding="utf-8")

    for each in (path, tmp_path / "没有.toml"):
        with pytest.raises(MatchingNotUnderstood):
            read_matching(each)


def test_cancelled_means_that_nothing_is_written(workspace, table):
    path = table(HEADINGS, *[[*ROWS[0][:3], f"W-{n}", "", ""] for n in range(500)])
    rules = read_rules(workspace)
    seen = []
    with ledger_of(workspace) as ledger:
        made = plan(ledger, read_rows(open_tables(path), Matching(), rules), rules)

        with pytest.raises(Cancelled):
            take_in(
                ledger, made, rules, by=NOBODY,
                on_progress=lambda done, total: seen.append((done, total)),
                cancelled=lambda: len(seen) > 3,
            )  # fmt: skip

        assert seen[-1] == (300, 500)
        assert ledger.questions() == ledger.calls() == []
        assert ledger.examine() == []


@pytest.mark.parametrize("headings", [HEADINGS, HEADINGS[:3]])
def test_a_file_that_comes_in_from_two_desks_comes_in_once(workspace, table, headings):
    rules = read_rules(workspace)
    rows = [row[: len(headings)] for row in ROWS]
    incoming = read_rows(open_tables(table(headings, *rows)), Matching(), rules)
    with ledger_of(workspace) as first, ledger_of(workspace) as second:
        plans = [plan(each, incoming, rules) for each in (first, second)]

        came = [
            take_in(each, made, rules, by=NOBODY, on_progress=lambda *_: None,
                    cancelled=lambda: False).questions
            for each, made in zip((first, second), plans, strict=True)
        ]  # fmt: skip

        assert came == [2, 0]
        assert len(first.questions()) == 2


def test_a_plan_that_the_ledger_has_overtaken_writes_nothing(workspace, table):
    rules = read_rules(workspace)
    other = [[*ROWS[0][:2], "别的诉求", *ROWS[0][3:]], ROWS[1]]
    with ledger_of(workspace) as ledger:
        plans = [
            plan(ledger, read_rows(open_tables(table(HEADINGS, *rows)), Matching(), rules), rules)
            for rows in (ROWS, other)
        ]

        take_in(ledger, plans[0], rules, by=NOBODY, on_progress=lambda *_: None,
                cancelled=lambda: False)  # fmt: skip
        with pytest.raises(LedgerChanged):
            take_in(ledger, plans[1], rules, by=NOBODY, on_progress=lambda *_: None,
                    cancelled=lambda: False)  # fmt: skip

        assert len(ledger.questions()) == 2


def test_a_file_that_is_none_leaves_no_ledger_behind(run, workspace, tmp_path):
    path = tmp_path / "台账.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    code, _, err = run("ledger", "import", str(path))

    assert (code, "另存为 .xlsx" in err) == (1, True)
    assert not workspace.ledger.exists()
