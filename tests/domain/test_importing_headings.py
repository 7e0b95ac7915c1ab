"""Which column of another office's table is which field."""

import pytest

from hotline_desk.domain.importing.headings import _headings, find_table, propose, propose_for
from hotline_desk.domain.importing.tables import Sheet, TableKind

QUESTIONS = ("接收日期", "来源渠道", "来电人", "诉求要点")


def fields_of(*headings, words=(), kind=TableKind.QUESTIONS):
    rows = [(1, headings), *((2 + n, row) for n, row in enumerate(words))]
    table = find_table(Sheet(name="旧", rows=tuple(rows)))
    assert table.kind is kind
    return dict(zip(headings, propose_for(table), strict=True))


@pytest.mark.parametrize("heading", ["办理情况", "处理情况", "处理结果", "办理结果", "结果"])
def test_what_was_answered_is_known_by_its_usual_headings(heading):
    assert fields_of(*QUESTIONS, heading)[heading] == "解答要点"


def test_a_result_is_how_a_case_ended_where_all_its_words_say_so():
    headings = (*QUESTIONS, "办理情况", "结果")

    ended = [["2025-03-04", "12351 热线", "某", "欠薪", "已调解", "调解成功"]]
    assert fields_of(*headings, words=ended)["结果"] == "办结方式"
    told = [["2025-03-04", "12351 热线", "某", "欠薪", "已调解", "单位答应月底付"]]
    assert fields_of(*headings, words=told)["结果"] == ""


def test_money_of_a_case_is_known_in_a_table_of_questions():
    found = fields_of(
        *QUESTIONS, "联系电话", "问题类别", "诉求金额", "协议金额", "到账金额", "付款期限"
    )

    assert found["协议金额"] == "协议或裁决金额（元）"
    assert found["到账金额"] == "已到账金额（元）"
    assert found["付款期限"] == "约定付款日"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("办理方式（当场答复 / 立案 / 转办）", "办理方式"),
        ("联系电话(手机)", "联系电话"),
        ("工作单位（必填）（全称）", "工作单位"),
        ("来访人（签字）", "来电人"),
        ("说不清（随便）", ""),
        ("日期（C 列）", ""),
        ("C 列（没有表头）", ""),
    ],
)
def test_a_heading_is_known_without_what_stands_in_brackets_after_it(heading, field):
    assert propose((heading, "问题原话"), TableKind.QUESTIONS) == (field, "问题原话")


def test_a_heading_that_is_known_whole_goes_before_one_with_brackets():
    headings = ("涉及金额（大写）", "涉及金额（元）")

    assert propose(headings, TableKind.QUESTIONS) == ("", "涉及金额")


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        ("接报时间 来电渠道 投诉人 反映电话 被反映企业 反映事项 处理情况及结果 接线人员",
         "接收日期 来源渠道 来电人 联系电话 工作单位 诉求要点 解答要点 登记人"),
        ("工单ID 呼入时间 诉求来源 市民姓名 呼入号码 诉求区域 诉求大类 内容摘要 诉求详情 处置结果",
         "外部工单号 接收日期 来源渠道 来电人 联系电话 所在区县街道 问题类别 诉求要点 问题原话"
         " 解答要点"),
        ("来访时间 接待方式 来访人姓名 来访事由 反映情况 律师答复 接待律师 法律法规",
         "接收日期 来源渠道 来电人 诉求要点 问题原话 解答要点 解答人 法律依据"),
        ("收件日期 来源途径 信访人 信访事项 属地 涉及企业 办理意见",
         "接收日期 来源渠道 来电人 诉求要点 所在区县街道 工作单位 解答要点"),
    ],
)  # fmt: skip
def test_the_tables_that_offices_keep_of_questions_are_known(headings, fields):
    found = fields_of(*headings.split())

    assert list(found.values()) == fields.split()


def test_the_tables_that_offices_keep_of_cases_are_known():
    headings = "案号 立案时间 申请人姓名 被申请方 争议内容 援助律师 调解结果 追回金额 已付金额"

    found = fields_of(*headings.split(), "满意程度", kind=TableKind.CASES)

    assert list(found.values()) == [
        "案件编号", "接收日期", "当事人", "用人单位", "案由", "承办人", "办结方式",
        "协议或裁决金额（元）", "已到账金额（元）", "满意度",
    ]  # fmt: skip


def test_a_second_column_of_times_is_the_time_of_day():
    headings = ("日期", "时间", "反映事项")

    assert fields_of(*headings, words=[["2024-03-05", "上午9点", "a"]])["时间"] == "接收时间"
    assert fields_of(*headings, words=[["2024-03-05", "2024-03-07", "a"]])["时间"] == ""


@pytest.mark.parametrize("kind", TableKind)
def test_no_heading_is_usual_for_two_fields(kind):
    names = [name for field, others in _headings()[kind].items() for name in (field, *others)]

    assert len(names) == len(set(names))
