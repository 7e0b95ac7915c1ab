"""Cases of other people's tables: clocks that come to their days, people and money once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain import sheets
from hotline_desk.domain.casework.cases import ActionKind, Party, Satisfaction
from hotline_desk.domain.casework.clock_events import Grade
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Fulfilment
from hotline_desk.domain.casework.deadlines import Outcome, read_clock
from hotline_desk.domain.casework.noted import What, noted
from hotline_desk.domain.importing.call_back import AS_CLOSED
from tests.domain.cases import CALENDAR, LIMITS
from tests.domain.tables import planned, read, sheet, told

ON = date(2026, 11, 25)
HEADINGS = tuple(
    dict.fromkeys(
        (*sheets.CASE_HEADINGS, "反映日期", "当事人", "到账日期", "协议或裁决日期", "约定付款日")
    )
)
KEY = "AJ-2026-0031"
ENDED = {"办结日期": "2026-02-09", "办结方式": "调解成功", "结案日期": "2026-02-20"}


def row(**given):
    cells = dict.fromkeys(HEADINGS, "") | {"案件编号": KEY, "接收日期": "2026-02-05"} | given
    return [cells[heading] for heading in HEADINGS]


def cases(*rows, parties=(), questions=(), left_out=frozenset()):
    tables = [sheet("案件台账", HEADINGS, *rows)]
    if parties:
        tables.append(sheet("当事人明细", sheets.PARTY_HEADINGS, *parties))
    if questions:
        headings = ["台账编号", "接收日期", "来源渠道", "诉求要点", "案件编号", "涉及金额"]
        tables.append(sheet("问题台账", headings, *questions))
    return planned(read(*tables), on=ON, left_out=left_out)


def test_a_case_comes_with_its_clock_its_money_and_its_end():
    plan = cases(
        row(**{
            "涉及人数": "11人", "用人单位": "某物业", "案由": "拖欠工资", "一般/复杂": "复杂",
            "分流方式": "劳模调解员调解", "承办人": "丁", "首次联系时间": "2026-02-06",
            "方案日期": "2026-02-09",
            "暂停（起止、原因）": "2026-02-09 至 2026-02-11（等职工补充材料）",
            "延期（天数、批准人）": "3 天，张主任", "办结日期": "2026-02-27", "用时（工作日）": 8,
            "是否按期": "延期办结", "办结方式": "调解成功", "结案方式": "履行完毕",
            "结案日期": "2026-03-02", "诉求金额（元）": "3.3万", "协议或裁决金额（元）": 33_000,
            "已到账金额（元）": 33_000, "履行状态": "已履行",
            "一函两书文号": "日工提示函〔2026〕3号",
            "回访日期": "2026-03-05", "满意度": "满意", "备注": "记",
            "重办/督办": "督办 2026-02-20（主任：尽快）",
        })
    )  # fmt: skip

    (found,) = plan.cases
    case = found.incoming.case
    assert plan.blocking == ()
    assert (case.number, case.people, case.claimed_fen) == (KEY, 11, 3_300_000)
    assert (case.course, case.closing, case.finish) == (
        Course.FINISHED, ClosingWay.MEDIATED, Finish.FULFILLED,
    )  # fmt: skip
    assert case.events.grade is Grade.COMPLEX
    clock = read_clock(case.events, ON, calendar=CALENDAR, limits=LIMITS)
    assert [step.done for step in clock.steps] == [
        date(2026, 2, 6), date(2026, 2, 9), date(2026, 2, 27),
    ]  # fmt: skip
    assert case.promise.fulfilment(ON) is Fulfilment.FULFILLED
    assert [letter.number for letter in found.incoming.letters] == ["日工提示函〔2026〕3号"]
    assert [(each.kind, each.words) for each in case.actions] == [(ActionKind.SUPERVISED, "尽快")]
    assert [payment.fen for payment in case.payments] == [3_300_000]


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"首次联系时间": "2026-02-04"}, "早于接收日期"),
        ({"办结日期": "2026-03-05", "结案日期": "2026-03-01", "结案方式": "转办"}, "早于办结日期"),
        ({"结案日期": "2026-03-01", "办结日期": "2026-03-01"}, "没有结案方式"),
        ({**ENDED, "协议或裁决金额（元）": 9_000}, "没有结案方式"),
        ({"结案方式": "转办"}, "没有结案日期"),
        ({"暂停（起止、原因）": "停了一阵"}, "看不懂"),
        ({"暂停（起止、原因）": "2026-02-09 至 2026-02-11（等单位回复）"}, "看不懂"),
        ({"延期（天数、批准人）": "几天"}, "看不懂"),
        ({"接收日期": ""}, "没有接收日期"),
        ({"已到账金额（元）": -1}, "负数"),
    ],
)
def test_what_cannot_be_stands_in_the_way(given_, words):
    plan = cases(row(**given_))

    assert any(words in problem.words for problem in plan.blocking), told(plan.problems)


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"办结日期": "2026-02-09", "用时（工作日）": 9}, "表里用时 9 个工作日，按工作日历是 2 个"),
        ({"办结日期": "2026-03-30", "是否按期": "按期"}, "表里是按期，按工作日历是超期"),
        ({"结案日期": "2026-03-01", "结案方式": "转办"}, "按结案日期算办结"),
        ({"一般/复杂": "复杂"}, "哪种复杂情形"),
        ({"协议或裁决金额（元）": 5, "履行状态": "逾期未履行"}, "没有约定付款日"),
        ({"重办/督办": "督办两次"}, "没有导入"),
        ({"办结方式": "办理中"}, "没有办结日期，不算办结，没有导入：办理中"),
        (ENDED, "没有结案方式，按办结方式记作履行完毕"),
        (
            {
                **ENDED,
                "结案方式": "履行完毕",
                "协议或裁决金额（元）": 9_000,
                "已到账金额（元）": 3_000,
            },
            "结案了，还差 6,000 元没有写到账，导入后没有人再跟进，请核对",
        ),
    ],
)
def test_what_cannot_be_reproduced_is_said(given_, words):
    plan = cases(row(**given_))

    assert plan.blocking == ()
    assert any(words in problem.words for problem in plan.notices), told(plan.problems)


@pytest.mark.parametrize(
    "given_",
    [
        {"接收日期": "2026-11-26"},
        {"反映日期": "2026-11-26"},
        {"首次联系时间": "2026-11-26"},
        {"方案日期": "2026-11-26"},
        {"办结日期": "2026-11-26"},
        {"办结日期": "2026-11-25", "结案日期": "2026-11-26", "结案方式": "转办"},
        {"办结日期": "2026-11-25", "回访日期": "2026-11-26", "满意度": "满意"},
        {"协议或裁决金额（元）": 9, "协议或裁决日期": "2026-11-26"},
        {"已到账金额（元）": 9, "到账日期": "2026-11-26"},
        {"暂停（起止、原因）": "2026-11-20 至 2026-11-26（等职工补充材料）"},
        {"重办/督办": "督办 2026-11-26（主任：尽快）"},
    ],
)
def test_a_day_that_has_not_come_stands_in_the_way(given_):
    heading = next(name for name, text in given_.items() if "2026-11-26" in str(text))
    plan = cases(row(**given_))

    assert told(plan.blocking) == [
        f"案件台账 第 2 行“{heading}”：2026-11-26 晚于今天，到了那天再记"
    ]
    assert cases(row(**given_), left_out=frozenset({("案件台账", 2)})).blocking == ()


def test_what_is_meant_to_come_may_be_a_day_to_come():
    assert cases(row(**{"协议或裁决金额（元）": 9, "约定付款日": "2027-01-01"})).blocking == ()


@pytest.mark.parametrize(("written", "on"), [(0, date(2026, 2, 9)), ("", None)])
def test_that_none_is_owed_is_a_word_and_an_empty_cell_is_none(written, on):
    claimed = {"诉求金额（元）": 33_000, "协议或裁决金额（元）": written}
    closed = {"办结日期": "2026-02-09", "办结方式": "调解成功"}

    (found,) = cases(row(**closed, **claimed)).cases

    assert (found.incoming.case.promise.agreed_fen, found.incoming.case.promise.agreed_on) == (
        0, on,
    )  # fmt: skip


def test_money_and_a_question_of_a_day_to_come_stand_in_the_way_too():
    paid = cases(row(), parties=[(KEY, "王伟", 3_000, 3_000, "2026-11-26")])
    asked = cases(row(), questions=[("", "2026-11-26", "直播热线", "拖欠工资", "", "")])

    assert told(paid.blocking) == ["案件台账 第 2 行“到账日期”：2026-11-26 晚于今天，到了那天再记"]
    assert told(asked.blocking) == ["问题台账 第 2 行“接收日期”：2026-11-26 晚于今天，到了那天再记"]


def test_two_workers_of_one_name_in_a_case_stand_in_the_way():
    cell = cases(row(当事人="王伟 3000、李娜、王伟 2000"))
    rows = cases(row(), parties=[(KEY, "王伟", "", "", ""), (KEY, "王伟", "", "", "")])

    assert told(cell.blocking) == ["案件台账 第 2 行“当事人”：王伟有两位，请加字区分"]
    assert told(rows.blocking) == ["当事人明细 第 3 行“姓名”：王伟有两位，请加字区分"]


def test_a_call_back_without_its_word_is_told_and_kept_as_a_remark():
    plan = cases(row(办结日期="2026-02-09", 回访日期="2026-02-12", 备注="记"))

    (found,) = plan.cases
    case = found.incoming.case
    assert (case.called_back_on, case.satisfaction) == (None, None)
    assert case.notes == "记\n回访 2026-02-12，没有写满意度"
    assert plan.blocking == ()
    assert "案件台账 第 2 行“回访日期”：没有满意度，不算回访，记入备注" in told(plan.notices)


CLOSED = {"办结日期": "2026-02-09", "办结方式": "调解成功"}


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"回访日期": "2026-02-12", "满意度": "满意"}, "没有办结日期，办结了才回访"),
        (
            {**CLOSED, "回访日期": "2026-02-06", "满意度": "满意"},
            "2026-02-06 早于办结日期 2026-02-09",
        ),
        (
            {**CLOSED, "回访日期": "2026-02-01", "满意度": "满意"},
            "2026-02-01 早于接收日期 2026-02-05",
        ),
    ],
)
def test_a_call_back_before_the_end_stands_in_the_way(given_, words):
    plan = cases(row(**given_))

    assert told(plan.blocking) == [f"案件台账 第 2 行“回访日期”：{words}"]
    assert cases(row(**given_), left_out=frozenset({("案件台账", 2)})).blocking == ()


@pytest.mark.parametrize("ended", [{}, CLOSED])
def test_a_worker_s_word_without_its_day_is_told_and_kept_as_a_remark(ended):
    plan = cases(row(**ended, 满意度="满意", 备注="记"))

    case = plan.cases[0].incoming.case
    assert (case.called_back_on, case.satisfaction) == (None, None)
    assert case.notes == "记\n满意度：满意，没有写回访日期"
    assert plan.blocking == ()
    assert "案件台账 第 2 行“满意度”：没有回访日期，不算回访，记入备注" in told(plan.notices)
    asked = [(each.field, each.word, each.rows) for each in plan.asked if each.field == "回访日期"]
    assert asked == ([("回访日期", "", 1)] if ended else [])


def test_a_worker_s_word_is_of_the_day_of_the_end_where_somebody_says_so():
    rows = row(**CLOSED, 满意度="满意"), row(案件编号="", 满意度="满意")
    incoming = read(sheet("案件台账", HEADINGS, *rows), defaults={"回访日期": AS_CLOSED})
    plan = planned(incoming, on=ON)

    closed, open_ = (each.incoming.case for each in plan.cases)
    assert (closed.called_back_on, closed.satisfaction) == (
        date(2026, 2, 9),
        Satisfaction.SATISFIED,
    )
    assert (open_.called_back_on, open_.satisfaction) == (None, None)
    assert [each for each in noted(closed) if each.what is What.CALLED_BACK]


def test_that_nobody_said_anything_is_no_call_back():
    plan = cases(row(**CLOSED, 满意度="未评价"))

    case = plan.cases[0].incoming.case
    assert (case.called_back_on, case.satisfaction, case.notes) == (None, None, "")
    assert not [words for words in told(plan.problems) if "满意度" in words]


days = st.integers(0, 60).map(lambda back: date(2026, 2, 5) + timedelta(days=back))


@given(st.lists(days, min_size=3, max_size=3), st.sampled_from(["", "一般", "复杂"]))
def test_the_clock_comes_to_the_days_of_the_table(found, grade):
    contacted, plan_on, closed = sorted(found)
    plan = cases(
        row(**{"首次联系时间": contacted.isoformat(), "方案日期": plan_on.isoformat(),
               "办结日期": closed.isoformat(), "一般/复杂": grade, "涉及人数": 12})
    )  # fmt: skip

    (case,) = [each.incoming.case for each in plan.cases]
    clock = read_clock(case.events, ON, calendar=CALENDAR, limits=LIMITS)
    assert [step.done for step in clock.steps] == [contacted, plan_on, closed]
    assert clock.steps[-1].used == CALENDAR.workdays(case.received, closed)
    assert clock.outcome in Outcome


def test_money_of_workers_and_of_their_case_is_counted_once():
    plan = cases(
        row(
            **{"诉求金额（元）": 33_000, "已到账金额（元）": 5_000, "协议或裁决金额（元）": 33_000}
        ),
        parties=[(KEY, "董小红", 3_000, 3_000, "2026-03-01"), (KEY, "王明", 3_000, "", "")],
    )

    case = plan.cases[0].incoming.case
    assert (case.claimed_fen, case.promise.received_fen) == (3_300_000, 500_000)
    assert [party.name for party in case.parties] == ["董小红", "王明"]
    assert [(each.party, each.fen) for each in case.payments] == [
        ("董小红", 300_000), ("", 200_000),
    ]  # fmt: skip
    assert sum("以案件为准" in problem.words for problem in plan.notices) == 2


def test_three_questions_of_one_case_are_one_claim():
    plan = cases(
        row(),
        questions=[
            (f"GHFL-2026-190-0{n}", "2026-02-05", "直播热线", "拖欠工资", KEY, 33_000)
            for n in (1, 2, 3)
        ],
    )

    (found,) = plan.cases
    assert [place for _, place in found.rows] == [2, 3, 4]
    assert found.incoming.case.claimed_fen is None
    assert len(plan.questions) == 3


def test_a_case_that_only_questions_name_takes_the_largest_of_what_they_say():
    headings = ["接收日期", "来源渠道", "诉求要点", "案件编号", "涉及金额", "涉及人数"]
    rows = [("2026-02-06", "直播热线", "工资", KEY, 33_000, 11),
            ("2026-02-05", "直播热线", "合同", KEY, 33_000, 11)]  # fmt: skip

    plan = planned(read(sheet("问题台账", headings, *rows)), on=ON)

    (found,) = plan.cases
    case = found.incoming.case
    assert (case.people, case.claimed_fen, case.received) == (11, 3_300_000, date(2026, 2, 5))
    assert (case.number, len(found.rows)) == (KEY, 2)


def test_rows_that_are_question_and_case_agree_on_what_the_case_is():
    headings = ["接收日期", "来源渠道", "诉求要点", "案件编号", "承办人", "诉求金额（元）"]
    same = [("2026-02-05", "直播热线", "工资", KEY, "丁", "33,000元"),
            ("2026-02-05", "直播热线", "合同", KEY, "", 33_000)]  # fmt: skip
    other = [*same, ("2026-02-05", "直播热线", "社保", KEY, "戊", 30_000)]

    agreed = planned(read(sheet("表", headings, *same)), on=ON)
    apart = planned(read(sheet("表", headings, *other)), on=ON)

    (found,) = agreed.cases
    assert (found.incoming.case.owner, found.incoming.case.claimed_fen) == ("丁", 3_300_000)
    assert agreed.blocking == ()
    assert [problem.heading for problem in apart.blocking] == ["承办人", "诉求金额（元）"]


def test_a_case_that_stands_twice_and_a_worker_of_none_are_told():
    plan = cases(row(), row(), parties=[("AJ-2026-0099", "董", "", "", "")])

    assert told(plan.blocking) == [
        "案件台账 第 3 行“案件编号”：与第 2 行的案件编号重复",
        "当事人明细 第 2 行“案件编号”：没有编号是 AJ-2026-0099 的案件",
    ]


def test_a_case_that_stands_twice_is_told_with_the_sheet_where_it_stands_too():
    plan = planned(read(*(sheet(name, HEADINGS, row()) for name in ("一月", "二月"))), on=ON)

    assert told(plan.blocking) == ["二月 第 2 行“案件编号”：与“一月”第 2 行的案件编号重复"]


def test_workers_in_one_cell_come_in_with_what_each_is_owed_or_it_is_told():
    (found,) = cases(row(当事人="王伟3000、李娜 2,000、张三")).cases
    assert [(each.name, each.claimed_fen) for each in found.incoming.case.parties] == [
        ("王伟", 300_000), ("李娜", 200_000), ("张三", None),
    ]  # fmt: skip

    rows = [(KEY, "王伟（代表人）", 3_000, "", ""), (KEY, "李娜", "", "", "")]
    sheet_too = cases(row(), parties=rows)
    for plan in (cases(row(当事人="王伟（代表人）3000、李娜")), sheet_too):
        (found,) = plan.cases
        assert found.incoming.case.parties == (
            Party(name="王伟", claimed_fen=300_000, represents=True), Party(name="李娜"),
        )  # fmt: skip

    plan = cases(row(当事人="王伟\t3,000\t13812345678"))
    (problem,) = plan.blocking
    assert problem.told.startswith("案件台账 第 2 行“当事人”：金额后面还有别的数字")


def test_what_is_wrong_with_a_cell_is_told_once_though_its_row_is_question_and_case():
    headings = ["接收日期", "来源渠道", "诉求要点", "类型", "案件编号", "人数", "诉求金额",
                "办结日期", "填报单位", "一般/复杂"]  # fmt: skip
    wrong = ["2025-03-04", "电话来", "欠薪", "求决", KEY, "若干", "若干", "不知道", "莒县", "难"]
    plan = planned(read(sheet("问题台账", headings, wrong)), on=ON)

    cells = [(each.row, each.heading) for each in plan.problems if each.row is not None]
    assert len(cells) == len(set(cells)) == 5
