"""The office's registers over all cases, on the screen's rows, as PDF and as Excel."""

from dataclasses import replace

import openpyxl
import pytest

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import Action, ActionKind, NewCase, Party
from hotline_desk.domain.casework.letters import Letter, LetterKind, Reply
from hotline_desk.domain.publications import Access
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.ledger import Ledger
from hotline_desk.settings import Settings
from hotline_desk.workflows import case_course, letters
from hotline_desk.workflows.case_merging import merge
from hotline_desk.workflows.case_registers import Register, letter_lines, register_rows
from hotline_desk.workflows.publications import Entry, PublicationRow
from hotline_desk.workflows.register_papers import (
    print_register,
    print_withdrawals,
    write_register,
)
from hotline_desk.workflows.statistics import reckon
from tests.ledger.records import a_call, a_question
from tests.reports.pdf_reader import ReadPdf, without_space
from tests.workflows.casework import BY, FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY

pytestmark = pytest.mark.usefixtures("qapp")

SETTINGS = Settings(operator="台账管理员")
PAPER = Letter(kind=LetterKind.REMINDER, number="", recipient="日照阳光物业服务有限公司",
               sent_on=THURSDAY, answer_by=FRIDAY, subject="拖欠董小红等人工资")  # fmt: skip


@pytest.fixture
def filled(workspace):
    """A case with a caller and a worker, three papers and every kind of action."""
    with Ledger.open(workspace.ledger) as ledger:
        caller = Caller(name="董小红", phone="13800005678")
        call = ledger.add_call(a_call(episode=None, caller=caller), by=BY)
        question = ledger.add_question(a_question(episode=None, call_id=call.id), by=BY)
        case = ledger.add_case(
            NewCase(received=WEDNESDAY, employer="阳光物业", questions=(question.id,)), by=BY
        )
        ledger.save_case(replace(case, parties=(Party(name="王明华"),)), by=BY)
        for paper in (
            PAPER,
            replace(PAPER, sent_on=FRIDAY, answer_by=None, recipient="日照市人社局", subject=""),
            replace(
                PAPER, kind=LetterKind.OPINION, answered_on=FRIDAY, answer="答应付王明华3000元"
            ),
        ):
            letters.register(ledger, replace(paper, case_id=case.id), pattern="{kind}{n}号", by=BY)
        for kind in (ActionKind.PASSED_ON, ActionKind.SUPERVISED, ActionKind.CHECKED,
                     ActionKind.URGED, ActionKind.REFERRED):  # fmt: skip
            done = Action(on=MONDAY, kind=kind, words=f"{kind}董小红的事，电话13800005678")
            case_course.take_action(ledger, case.id, done, by=BY)
        yield ledger


def rows(ledger, register=Register.ALL, on=TUESDAY):
    return tuple(row for row in register_rows(ledger, on) if register.holds(row))


def test_what_is_not_answered_in_time_stands_first_then_the_newest(filled):
    found = rows(filled)

    assert found[0].letter.number == "提示函1号"
    assert [row.reply for row in found if row.letter] == [
        Reply.OVERDUE, Reply.WAITING, Reply.ANSWERED,
    ]  # fmt: skip
    days = [row.on for row in found[1:]]
    assert days == sorted(days, reverse=True)
    assert rows(filled, on=FRIDAY)[0].reply is not Reply.OVERDUE


def counted_papers(ledger, workspace):
    november = Period.of_month(f"{MONDAY:%Y-%m}")
    return reckon(ledger, workspace, on=TUESDAY).numbers(november)["letters"]


def test_a_void_paper_is_shown_as_such_and_counts_nowhere(filled, workspace):
    (late, *_) = rows(filled, Register.LETTERS)
    before = counted_papers(filled, workspace)

    letters.void(filled, late.letter.id, reason="登记重了", on=TUESDAY, by=BY)

    shown = {row.letter.number: row.reply for row in rows(filled, Register.LETTERS)}
    assert shown[late.letter.number] is Reply.VOID
    (line,) = [
        line for line in letter_lines(filled, None, None)
        if line.facts["number"] == late.letter.number
    ]  # fmt: skip
    assert "作废：登记重了" in line.words
    after = counted_papers(filled, workspace)
    assert after == before - 1


def test_each_row_is_in_one_register_and_in_all_of_them(filled):
    parts = [rows(filled, each) for each in Register if each is not Register.ALL]

    assert [len(part) for part in parts] == [3, 1, 1, 1, 1, 1]
    assert sum(map(len, parts)) == len(rows(filled)) == len({row.key for row in rows(filled)})


def test_the_papers_of_a_case_that_was_merged_go_with_it(filled):
    [case] = {row.case.id for row in rows(filled)}
    other = filled.add_case(NewCase(received=WEDNESDAY), by=BY)
    merge(filled, case, into=other.id, by=BY)

    assert {row.case.id for row in rows(filled)} == {other.id}


def written(workspace, found, **version):
    path = workspace.root / "登记簿.xlsx"
    write_register(found, "全部", path, workspace, SETTINGS, **version)
    sheet = openpyxl.load_workbook(path)["登记簿"]
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_nobody_can_be_told_from_what_leaves_the_desk(filled, workspace):
    found = rows(filled)
    head, first, *others = written(workspace, found)
    text = str([first, *others])
    paper = print_register(found, "全部", workspace, SETTINGS)
    printed = without_space("".join(ReadPdf.read(paper).pages))

    assert head[:5] == ["状态", "文号", "种类", "收文单位", "内容"]
    assert first[:5] == ["逾期未答复", "提示函1号", "提示函", "某物业公司", "拖欠董某等人工资"]
    assert first[6] == found[0].case.number
    assert "日照市人社局" in text
    for known in ("董小红", "王明华", "阳光", "13800005678"):
        assert known not in text
        assert known not in printed
    assert "提示函1号" in printed
    assert not filled.kept(Access)


def test_the_internal_version_names_them_and_says_so(filled, workspace):
    found = rows(filled, Register.LETTERS)
    text = str(written(workspace, found, internal=True, why="督查"))
    paper = print_register(found, "一函两书", workspace, SETTINGS, internal=True, why="督查")

    assert "拖欠董小红等人工资" in text
    assert "内部版" in without_space(ReadPdf.read(paper).pages[0])
    assert [(each.who, each.what, each.why) for each in filled.kept(Access)] == [
        ("台账管理员", "导出登记簿（内部版），3 条", "督查"),
        ("台账管理员", "打印登记簿（内部版），3 条", "督查"),
    ]


def test_what_has_to_be_withdrawn_is_printed_and_nothing_else(workspace):
    entry = Entry(
        name="第 190 期音频", of="第 190 期", place="职工大讲堂", published_on=FRIDAY.isoformat()
    )
    gone = replace(entry, name="第 189 期音频", withdrawn_on=MONDAY.isoformat())
    why = ("GHFL-2026-190-03 的来电人不同意回放与公开",)
    path = print_withdrawals(
        [PublicationRow(entry, why), PublicationRow(gone)], workspace, union="日照市总工会"
    )

    text = without_space("".join(ReadPdf.read(path).pages))
    assert "撤下清单" in text
    assert "应撤下1处" in text
    assert without_space("第 190 期音频") in text
    assert "GHFL-2026-190-03" in text
    assert "第189期音频" not in text
