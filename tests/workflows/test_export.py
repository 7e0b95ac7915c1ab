"""The Excel 台账, opened again by another library: headings, cells, masking, no formula."""

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from hotline_desk import cli
from hotline_desk.domain import sheets
from hotline_desk.domain.calls import Caller, Gender, NewCall
from hotline_desk.domain.casework.cases import NewCase, Party, Route
from hotline_desk.domain.casework.course import Promise
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import Kind, NewQuestion, QuestionQuery
from hotline_desk.domain.summary import DUMPED, REFUSED
from hotline_desk.ledger import Ledger, opening
from hotline_desk.paths import Workspace
from hotline_desk.system import FileLock
from hotline_desk.take.marks import Mark, MarkKind, add_mark
from hotline_desk.workflows import consent
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.case_money import note_payment
from hotline_desk.workflows.cases import open_case
from tests.ended_takes import make_take

AT = datetime.fromisoformat("2026-11-25T10:03:20+08:00")
BY = "台账管理员"
TAKE = "episodes/2026-11-25-第190期/take-100220"
SAID, ADVISED = "单位拖欠两个月工资", "可以申请仲裁"
FORMULA = "=cmd|'/c calc'!A1"


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace(tmp_path)
    caller = Caller(
        name="董小红", title=Gender.WOMAN, phone="13800005678", employer="日照某某物业有限公司"
    )
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25)), by=BY)
        call = ledger.add_call(NewCall(episode=190, caller=caller, at=AT), by=BY)
        question = ledger.add_question(NewQuestion(episode=190, call_id=call.id, at=AT), by=BY)
        question = ledger.save_question(
            replace(
                question,
                category=Category.WAGES,
                kind=Kind.REQUEST,
                point="我是董小红，被拖欠两个月工资",
                answer="可以申请仲裁",
                confirmed=True,
            ),
            by=BY,
        )
        ledger.add_question(
            NewQuestion(episode=None, point=FORMULA, at=AT + timedelta(days=9)), by=BY
        )
        case = ledger.add_case(
            NewCase(
                received=AT.date(),
                questions=(question.id,),
                employer="日照某某物业有限公司",
                matter="拖欠工资",
                people=11,
                claimed_fen=3_300_000,
                route=Route.MODEL_WORKER,
                owner="劳模调解员丁",
            ),
            by=BY,
        )
        ledger.save_case(
            replace(
                case,
                promise=Promise(agreed_fen=3_300_000, pay_by=date(2099, 1, 1)),
                parties=(Party(name="董小红", claimed_fen=300_050),),
            ),
            by=BY,
        )
    return workspace


def run(capsys, workspace, path, *arguments):
    place = ["-o", str(path), "--workspace", str(workspace.root)]
    code = cli.run(["ledger", "export", *place, "--json", *arguments])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


def table(sheet):
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_a_workbook_has_the_forms_sheets_and_headings(capsys, workspace, tmp_path):
    code, told, _ = run(capsys, workspace, tmp_path / "台账.xlsx")

    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    assert (code, told["questions"], told["cases"]) == (0, 2, 1)
    assert book.sheetnames == [sheets.QUESTIONS, sheets.CASES, sheets.PARTIES, sheets.NOTES]
    found = [tuple(cell.value for cell in book[name][1]) for name in book.sheetnames[:3]]
    assert found == [sheets.QUESTION_HEADINGS, sheets.CASE_HEADINGS, sheets.PARTY_HEADINGS]
    assert all(book[name].freeze_panes == "C2" for name in book.sheetnames[:3])
    assert book[sheets.QUESTIONS].auto_filter.ref == "A1:AC3"


def test_nothing_that_tells_who_it_is_leaves_the_desk(capsys, workspace, tmp_path):
    run(capsys, workspace, tmp_path / "台账.xlsx")

    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    written = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert not [cell for cell in written if "小红" in cell or "00005" in cell or "某某" in cell]
    row = table(book[sheets.QUESTIONS])[-1]
    assert row["来电人"] in {"董女士", "董某"}
    assert row["联系电话"] == "138****5678"
    assert row["对单位保密"] == "是"
    assert row["案件编号"] == "AJ-2026-0001"


def test_nobody_of_a_case_is_named_by_its_questions(capsys, workspace, tmp_path):
    with Ledger.open(workspace.ledger) as ledger:
        (case,) = ledger.cases()
        ledger.save_case(replace(case, parties=(*case.parties, Party(name="李红霞"))), by=BY)
        question = ledger.question(case.questions[0])
        said = "同事李红霞也是，工单 WX-13800125678"
        ledger.save_question(
            replace(question, point=said, notes=said, external_number="WX-13800125678"), by=BY
        )

    run(capsys, workspace, tmp_path / "台账.xlsx")

    row = table(openpyxl.load_workbook(tmp_path / "台账.xlsx")[sheets.QUESTIONS])[-1]
    assert row["诉求要点"] == row["备注"] == "同事李某也是，工单 WX-138****5678"
    assert row["外部工单号"] == "WX-138****5678"


def test_the_other_platform_s_own_number_stays_so_that_it_knows_the_row(
    capsys, workspace, tmp_path
):
    with Ledger.open(workspace.ledger) as ledger:
        question = ledger.questions()[-1]
        ledger.save_question(replace(question, external_number="12345-202611200047"), by=BY)

    run(capsys, workspace, tmp_path / "台账.xlsx")

    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    numbers = {row["外部工单号"] for row in table(book[sheets.QUESTIONS])}
    assert "12345-202611200047" in numbers


def test_without_a_note_of_who_takes_it_out_there_is_no_internal_version(
    capsys, workspace, tmp_path, monkeypatch
):
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(workspace.ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        path = tmp_path / "台账.xlsx"
        arguments = ["ledger", "export", "-o", str(path), "--internal", "--why", "核对"]
        assert cli.run([*arguments, "--workspace", str(workspace.root)]) == 1

    assert "占用" in capsys.readouterr().err
    assert not path.exists()


def test_the_internal_version_masks_nothing(capsys, workspace, tmp_path):
    run(capsys, workspace, tmp_path / "台账.xlsx", "--internal", "--why", "核对")

    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    row = table(book[sheets.QUESTIONS])[-1]
    assert row["联系电话"] == "13800005678"
    assert row["工作单位"] == "日照某某物业有限公司"
    assert table(book[sheets.PARTIES]) == [
        {"案件编号": "AJ-2026-0001", "姓名": "董小红", "金额": 3000.5, "到账": None, "日期": None}
    ]
    assert "未脱敏" in "".join(str(cell.value) for (cell,) in book[sheets.NOTES].iter_rows())


def test_a_case_is_told_with_its_money_and_its_limit(capsys, workspace, tmp_path):
    run(capsys, workspace, tmp_path / "台账.xlsx")

    (row,) = table(openpyxl.load_workbook(tmp_path / "台账.xlsx")[sheets.CASES])
    assert row["台账编号"] == "GHFL-2026-190-01"
    assert row["办结期限"] == "2026-12-02"
    assert row["诉求金额（元）"] == 33_000
    assert row["履行状态"] == "待履行"
    assert row["是否集体争议"] == "是"
    assert row["分流方式"] == "劳模调解员调解"


def test_money_that_came_is_told_without_the_workers_name(capsys, workspace, tmp_path):
    with Ledger.open(workspace.ledger) as ledger:
        (case,) = ledger.cases()
        note_payment(ledger, case.id, 100_000, on=AT.date(), party="董小红", by=BY)

    run(capsys, workspace, tmp_path / "台账.xlsx")

    (row,) = table(openpyxl.load_workbook(tmp_path / "台账.xlsx")[sheets.CASES])
    assert row["已到账金额（元）"] == 1_000
    assert "小红" not in "".join(str(cell) for cell in row.values())


def test_what_was_typed_is_text_and_never_a_formula(capsys, workspace, tmp_path):
    run(capsys, workspace, tmp_path / "台账.xlsx")
    run(capsys, workspace, tmp_path / "台账.csv")

    sheet = openpyxl.load_workbook(tmp_path / "台账.xlsx")[sheets.QUESTIONS]
    points = [row[sheets.QUESTION_HEADINGS.index("诉求要点")] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in points} == {"s"}
    assert points[0].value == FORMULA
    with (tmp_path / "台账.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["诉求要点"] == f"'{FORMULA}"


def test_each_sheet_is_a_csv_beside_the_others(capsys, workspace, tmp_path):
    _, told, _ = run(capsys, workspace, tmp_path / "出.csv", "--internal", "--why", "核对")
    run(capsys, workspace, tmp_path / "出.xlsx", "--internal", "--why", "核对")

    book = openpyxl.load_workbook(tmp_path / "出.xlsx")
    assert (told["questions"], told["cases"]) == (2, 1)
    assert len(list(tmp_path.glob("出*.csv"))) == 4
    for name in (sheets.CASES, sheets.PARTIES):
        with (tmp_path / f"出-{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = [[cell.removesuffix(".0") for cell in row] for row in csv.reader(file)]
        assert rows == [
            ["" if cell is None else str(cell) for cell in row] for row in values(book[name])
        ]
    with (tmp_path / f"出-{sheets.NOTES}.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row for (row,) in csv.reader(file)] == [
            sheets.NOTES, *(row for (row,) in values(book[sheets.NOTES])),
        ]  # fmt: skip


def values(sheet):
    return sheet.iter_rows(values_only=True)


def test_only_the_period_asked_for_is_exported(capsys, workspace, tmp_path):
    _, told, _ = run(capsys, workspace, tmp_path / "a.xlsx", "--since", "2026-12-01")
    _, both, _ = run(capsys, workspace, tmp_path / "b.xlsx", "--until", "2026-11-30")

    assert (told["questions"], told["cases"]) == (1, 0)
    assert (both["questions"], both["cases"]) == (1, 1)


def test_a_file_that_cannot_be_written_is_one_sentence(capsys, workspace, tmp_path):
    (tmp_path / "台账.xlsx").mkdir()

    code, _, err = run(capsys, workspace, tmp_path / "台账.xlsx")

    assert (code, err.count("\n")) == (1, 1)
    assert not list(tmp_path.glob(".*.new"))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_bad_places_are_one_sentence_and_leave_nothing(capsys, workspace, tmp_path, ending):
    for place in ("/etc/passwd/a", str(tmp_path / ("长" * 100)), "/proc/a"):
        try:
            code, _, err = run(capsys, workspace, f"{place}.{ending}")
        except SystemExit as refused:  # no system has a name so long
            code, err = refused.code, capsys.readouterr().err.splitlines()[-1] + "\n"

        assert (code in {1, 2}, err.count("\n")) == (True, 1), place
    assert not [path for path in workspace.root.rglob("*") if path.name.endswith(".new")]
    assert not (workspace.root / "drafts").exists()


def test_what_a_killed_export_left_is_deleted_by_the_next(capsys, workspace, tmp_path):
    left, own, written = (workspace.root / "drafts" / name for name in
                          ("export-x", "自己的", "export-y"))  # fmt: skip
    for folder in (left, own, written):
        folder.mkdir(parents=True)
        (folder / "words").write_text("来电人的话", encoding="utf-8")
    at_work = FileLock(written.with_suffix(".lock"))
    assert at_work.acquire()

    run(capsys, workspace, tmp_path / "台账.xlsx")

    assert not left.exists()
    assert (own / "words").exists()
    assert (written / "words").exists()
    at_work.release()


def test_a_table_may_be_written_where_drafts_lie(capsys, workspace):
    path = workspace.root / "drafts" / "台账.xlsx"

    run(capsys, workspace, path)

    assert path.exists()


@pytest.mark.parametrize("formula", [" =cmd()", "\n=cmd()", "＝cmd()", "\t+1", "-1", "@x"])
def test_no_cell_of_a_csv_begins_like_a_formula(capsys, workspace, tmp_path, formula):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.add_question(
            NewQuestion(episode=None, point=formula, at=AT + timedelta(days=99)), by=BY
        )

    run(capsys, workspace, tmp_path / "台账.csv")

    with (tmp_path / "台账.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["诉求要点"].startswith("'")


def test_a_name_without_an_ending_is_wrong_usage(workspace, tmp_path):
    with pytest.raises(SystemExit) as error:
        cli.run(["ledger", "export", "-o", str(tmp_path / "台账")])

    assert error.value.code == 2


@pytest.fixture
def recorded(workspace):
    """A call from 60 s of a take, whose row has what the captions proposed."""
    take = make_take(workspace.root / TAKE, began=AT)
    with Ledger.open(workspace.ledger) as ledger:
        desk = CallDesk(ledger, workspace, episode=190, by=BY)
        desk.follow(take)
        call = desk.ring(at=60.0)
        question = desk.mark_question(call, at=65.0)
        question = desk.mark_answer(question, at=80.0)
        ledger.save_question(replace(question, point=SAID, answer=ADVISED, confirmed=True), by=BY)
        yield take, desk, call


def told(capsys, workspace, folder, *arguments):
    """Return 诉求要点 and 解答要点 of the row with sound, from the Excel file and the CSV."""
    run(capsys, workspace, folder / "台账.xlsx", *arguments)
    run(capsys, workspace, folder / "台账.csv", *arguments)
    book = openpyxl.load_workbook(folder / "台账.xlsx")
    with (folder / "台账.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [*table(book[sheets.QUESTIONS]), *csv.DictReader(file)]
    found = [(row["诉求要点"], row["解答要点"] or "") for row in rows if row["录音位置"]]
    assert len(found) == 2
    return set(found)


def test_what_was_dumped_on_the_air_is_not_exported(capsys, workspace, recorded, tmp_path):
    take, _, _ = recorded
    assert told(capsys, workspace, tmp_path) == {(SAID, ADVISED)}

    add_mark(take, Mark(kind=MarkKind.DUMP, at=95.0, wall=AT))

    assert told(capsys, workspace, tmp_path) == {(DUMPED, DUMPED)}
    assert told(capsys, workspace, tmp_path, "--internal", "--why", "核对") == {(SAID, ADVISED)}


def test_what_somebody_said_who_refused_is_not_exported(capsys, workspace, recorded, tmp_path):
    _, desk, call = recorded

    consent.refuse(desk, call, at=95.0)

    assert told(capsys, workspace, tmp_path) == {(REFUSED, "")}
    assert told(capsys, workspace, tmp_path, "--internal", "--why", "核对") == {(SAID, "")}


def test_a_case_does_not_say_what_its_row_may_not(capsys, workspace, recorded, tmp_path):
    take, desk, call = recorded
    (question,) = desk.ledger.questions(QuestionQuery(call_id=call.id))
    case = open_case(desk.ledger, [question.id], by=BY)
    assert case.matter == SAID
    add_mark(take, Mark(kind=MarkKind.DUMP, at=95.0, wall=AT))

    run(capsys, workspace, tmp_path / "台账.xlsx")

    cases = table(openpyxl.load_workbook(tmp_path / "台账.xlsx")[sheets.CASES])
    assert {row["案由"] for row in cases if row["案件编号"] == case.number} == {DUMPED}


def test_rows_of_several_pages_are_written_once_each_the_newest_day_first(
    capsys, workspace, tmp_path
):
    with Ledger.open(workspace.ledger) as ledger, ledger.together():
        for at in range(1100):
            ledger.add_question(
                NewQuestion(episode=None, point=f"第{at}条", at=AT - timedelta(days=at % 3)), by=BY
            )
    with Ledger.open(workspace.ledger) as ledger:
        wanted = [each.number for each in ledger.questions(QuestionQuery(limit=2000))]

    run(capsys, workspace, tmp_path / "台账.csv")

    with (tmp_path / "台账.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["台账编号"] for row in rows] == wanted
    assert [row["序号"] for row in rows] == [str(at) for at in range(1, 1103)]
