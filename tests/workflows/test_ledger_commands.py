"""`hotline-desk ledger init|list|show|add|move`, on a real ledger."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import Caller, CallState, Gender
from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Interruption,
    Party,
    Route,
    Satisfaction,
)
from hotline_desk.domain.casework.clock_events import WHOLE_PLAN, Closing, Grade, Grading, Plan
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course, Promise
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.times import day_text, received_text
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import assign, case_clock, case_course, cases, letters
from tests.ledger.records import AT, EPISODE, a_call, a_question
from tests.workflows.casework import BY

RECEIVED = AT - timedelta(weeks=52)
"""What is moved along by a command has happened by today."""


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace(tmp_path / "台账")
    assert cli.run(["ledger", "init", "--workspace", str(workspace.root)]) == 0
    return workspace


@pytest.fixture
def run(workspace, capsys):
    """Run a command of the ledger; return what it says, or the objects with --json."""

    def ledger(*arguments, code=0):
        capsys.readouterr()
        given = ["ledger", *map(str, arguments), "--workspace", str(workspace.root)]
        assert cli.run(given) == code
        said = capsys.readouterr()
        if code:
            return said.err
        return list(map(json.loads, said.out.splitlines())) if "--json" in arguments else said.out

    return ledger


@pytest.fixture
def opened(workspace):
    """A case of two questions of somebody's, contacted, assigned and planned."""
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(EPISODE, by=BY)
        caller = Caller(name="董小红", title=Gender.WOMAN, phone="13800005678")
        call = ledger.add_call(a_call(caller=caller), by=BY)
        rows = [
            ledger.add_question(a_question(point=point, call_id=call.id, at=RECEIVED), by=BY)
            for point in ("拖欠工资", "没有合同")
        ]
        case = cases.open_case(ledger, [row.id for row in rows], by=BY)
        talk = Contact(at=RECEIVED, way=Way.CALL, reached=True, facts=ALL_FACTS, words="有考勤表")
        case_clock.note_contact(ledger, case.id, talk, by=BY)
        assign.assign(ledger, case.id, owner="干部甲", route=Route.CADRE, by=BY)
        grading = Grading(on=RECEIVED.date(), grade=Grade.ORDINARY)
        case_clock.grade(ledger, case.id, grading, by=BY)
        plan = Plan(on=RECEIVED.date(), parts=WHOLE_PLAN, told_on=RECEIVED.date())
        return case_clock.note_plan(ledger, case.id, plan, by=BY)


def test_a_row_is_added_with_its_caller_and_its_case(run, workspace):
    (added,) = run(
        "add", "拖欠两个月工资", "--category", "工资", "--kind", "求决", "--amount", "3.3万",
        "--people", "11", "--employer", "某物业公司", "--phone", "13800005678", "--name", "董",
        "--external-number", "W-7", "--case", "--json",
    )  # fmt: skip

    with Ledger.open(workspace.ledger) as ledger:
        question = ledger.question_numbered(added["number"])
        (case,) = ledger.cases()
        (call,) = ledger.calls()
    assert added["case"] == case.number
    assert (question.amount_fen, question.people, question.kind) == (3_300_000, 11, "求决")
    assert (question.caller.phone, question.external_number) == ("13800005678", "W-7")
    assert call.state is CallState.ENDED
    assert (case.employer, case.people) == ("某物业公司", 11)


def test_what_came_on_another_day_is_added_with_it_and_its_clock_runs_from_there(run, workspace):
    (added,) = run(
        "add", "拖欠工资", "--channel", "12345 转办", "--phone", "13800005678",
        "--on", "2026-03-06", "--case", "--json",
    )  # fmt: skip

    with Ledger.open(workspace.ledger) as ledger:
        question = ledger.question_numbered(added["number"])
        (case,) = ledger.cases()
    assert added["number"].startswith("GHFL-2026-M03-")
    assert received_text(question.at).endswith("03-06")
    assert case.received == date(2026, 3, 6)
    assert case.events.contacts == ()  # 12345 has spoken with the worker, nobody here


@pytest.mark.parametrize(
    ("amount", "fen"),
    [("50", 5_000), ("33,000 元", 3_300_000), ("3千", 300_000), ("三千", 300_000)],
)
def test_an_amount_is_read_as_in_the_window(run, workspace, amount, fen):
    (added,) = run("add", "拖欠工资", "--amount", amount, "--json")

    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.question_numbered(added["number"]).amount_fen == fen


def test_what_is_added_is_one_step_for_undo(run, workspace, monkeypatch):
    workspace.settings.write_text('operator = "甲"\n', encoding="utf-8")
    run("add", "拖欠工资", "--name", "董", "--case")

    with Ledger.open(workspace.ledger) as ledger:
        ledger.undo(by="甲")

        assert (ledger.questions(), ledger.cases(), ledger.calls()) == ([], [], [])


@pytest.mark.parametrize(
    "wrong",
    [
        ("--kind", "请求"),
        ("--category", "薪水"),
        ("--amount", "许多"),
        ("--amount", "-5"),
        ("--channel", "x"),
        ("--on", "2099-01-01"),
    ],
)
def test_a_word_that_is_none_is_wrong_usage_and_adds_nothing(run, wrong):
    assert "可以写" in run("add", "拖欠工资", *wrong, code=2)
    assert run("list", "--json") == []


def test_rows_and_cases_are_listed(run, opened):
    rows = run("list", "--json")
    assert [row["point"] for row in rows] == ["拖欠工资", "没有合同"]
    assert {row["case"] for row in rows} == {opened.number}
    assert [row["point"] for row in run("list", "合同", "--json")] == ["没有合同"]
    assert len(run("list", "--limit", "1", "--json")) == 1

    (case,) = run("list", "--open", "--json")
    assert (case["number"], case["course"], case["owner"]) == (
        opened.number, "方案已定", "干部甲",
    )  # fmt: skip
    assert run("list", "--cases", "--until", "2020-01-01", "--json") == []
    assert "没有符合的行" in run("list", "--episode", "7")
    assert "对调" in run("list", "--since", "2026-02-02", "--until", "2026-02-01", code=2)


def test_actions_and_papers_are_listed_as_registers(run, workspace, opened):
    with Ledger.open(workspace.ledger) as ledger:
        for day, kind in ((27, ActionKind.SUPERVISED), (26, ActionKind.CHECKED)):
            on = date(2026, 11, day)
            action = Action(on=on, kind=kind, words="查")
            case_course.take_action(ledger, opened.id, action, by=BY)
        for kind in LetterKind:
            paper = Letter(kind=kind, number="", case_id=opened.id, recipient="某公司", sent_on=on)
            letters.register(ledger, paper, pattern="{kind}{n}", by=BY)

    assert [item["kind"] for item in run("list", "--actions", "--json")] == ["督办", "质检"]
    assert run("list", "--actions", "--until", "2026-11-26").startswith(
        f"{day_text(date(2026, 11, 26))} 质检"
    )
    papers = run("list", "--letters", "--json")
    assert [item["number"] for item in papers] == ["提示函1", "意见书1", "建议书1"]
    assert {item["case"] for item in papers} == {opened.number}
    assert "没有符合的行" in run("list", "--letters", "--since", "2026-11-27")


def test_all_of_a_case_is_shown_and_nobody_is_named(run, opened):
    (case,) = run("show", opened.number.lower(), "--json")
    said = run("show", opened.number)

    assert case["questions"] == ["GHFL-2026-190-01", "GHFL-2026-190-02"]
    assert [step["stage"] for step in case["steps"]] == ["联系", "方案", "办结"]
    assert case["contacts"][-1]["words"] == "有考勤表"
    assert "电话：有考勤表" in said


def test_a_question_is_shown_with_its_caller_masked(run, opened):
    (row,) = run("show", "GHFL-2026-190-01", "--json")
    said = run("show", "ghfl-2026-190-01")

    assert row["caller"] == "董女士"
    assert "来电人：董女士" in said
    assert "13800005678" not in said
    assert "AJ-2026-0099" in run("show", "AJ-2026-0099", code=1)
    assert "GHFL-1" in run("show", "GHFL-1", code=1)


def test_what_is_shown_is_masked_unless_somebody_says_why_not(run, workspace, opened):
    with Ledger.open(workspace.ledger) as ledger:
        case, row = ledger.case(opened.id), ledger.question_numbered("GHFL-2026-190-01")
        noted = "董小红被海风物业欠薪，住海曲小区3号楼2单元501，电话138-1234-5678"
        parties = (Party(name="董小红", represents=True),)
        ledger.save_case(replace(case, matter=noted, notes=noted, parties=parties,
                                 employer="日照海风物业有限公司"), by=BY)  # fmt: skip
        ledger.save_question(replace(row, notes=noted, employer="日照海风物业有限公司"), by=BY)

    for number in (opened.number, "GHFL-2026-190-01"):
        said = run("show", number) + json.dumps(run("show", number, "--json"), ensure_ascii=False)
        whole = run("show", number, "--internal", "--why", "核对")
        assert ("（代表人）" in said) == (number == opened.number)
        for telling in ("小红", "海风", "2单元", "1234"):
            assert telling not in said
            assert telling in whole


def test_what_a_case_has_come_to_and_its_papers_are_shown_masked(run, workspace, opened):
    firm = "日照海风物业有限公司"
    with Ledger.open(workspace.ledger) as ledger:
        case = ledger.case(opened.id)
        day = case.received + timedelta(days=20)
        closed = replace(case.events, closing=Closing(on=day, told_on=day))
        settled = replace(
            case, parties=(Party(name="董小红"),), employer=firm, events=closed,
            course=Course.MEDIATED, closing=ClosingWay.MEDIATED, basis="与董小红的协议",
            promise=Promise(agreed_fen=3_300_000, agreed_on=day, pay_by=day), called_back_on=day,
            satisfaction=Satisfaction.MOSTLY, results="董小红补签了合同",
            interruptions=(Interruption(on=day, event="董小红申请仲裁", evidence="海风物业签收"),),
        )  # fmt: skip
        ledger.save_case(settled, by=BY)
        paper = Letter(kind=LetterKind.REMINDER, number="日工函〔2025〕1号", case_id=case.id,
                       recipient=firm, sent_on=day, subject="关于董小红的工资",
                       answered_on=day, answer="海风物业会付")  # fmt: skip
        ledger.keep(paper, by=BY)

    said = run("show", opened.number)
    (facts,) = run("show", opened.number, "--json")
    whole = run("show", opened.number, "--internal", "--why", "核对")

    for line in (
        "协议或裁决金额：33,000 元", "约定付款日：", "回访：基本满意", "其他成效：",
        "函件：日工函〔2025〕1号", "时效中断：", "依据：", "告知职工",
    ):  # fmt: skip
        assert line in said
    assert (facts["satisfaction"], facts["pay_by"]) == ("基本满意", day.isoformat())
    assert [each["number"] for each in facts["letters"]] == ["日工函〔2025〕1号"]
    for telling in ("小红", "海风"):
        assert telling not in said + json.dumps(facts, ensure_ascii=False)
        assert telling in whole


def test_a_case_is_moved_along_to_its_end_and_taken_up_again(run, opened):
    moved = [
        run("move", opened.number, *step, "--on", day, "--json")[0]["course"]
        for day, step in (
            ("2025-11-27", ("调解中",)),
            ("2025-11-28", ("办结", "--way", "调解不成并告知仲裁途径")),
            ("2025-11-29", ("结案", "--way", "调解不成")),
            ("2025-12-01", ("待联系",)),
        )
    ]

    assert moved == ["调解中", "调解不成", "结案", "待联系"]


@pytest.mark.parametrize(
    ("step", "code", "says"),
    [
        (("诉讼中",), 1, "只能到"),
        (("已联系",), 1, "自动改"),
        (("结案", "--way", "履行完毕"), 1, "结案的方式"),
        (("结案",), 2, "可以写"),
        (("了结",), 2, "调解中"),
        (("调解中", "--on", "2099-01-01"), 2, "今天和以前的日子"),
    ],
)
def test_what_the_course_forbids_is_said_and_changes_nothing(run, opened, step, code, says):
    assert says in run("move", opened.number, *step, code=code)
    assert run("list", "--cases", "--json")[0]["course"] == "方案已定"
