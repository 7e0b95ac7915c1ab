"""Rows of other people's tables: which heading is which field, what a row says, what is wrong."""

from datetime import date

import pytest

from hotline_desk.domain import sheets
from hotline_desk.domain.calls import Channel, Gender, PersonLabel
from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.importing.choices import known_columns, matched_columns, strange_words
from hotline_desk.domain.importing.headings import find_table, find_tables, match, nearest
from hotline_desk.domain.importing.plan import place_of
from hotline_desk.domain.importing.questions import caller_name
from hotline_desk.domain.importing.tables import Matching, TableKind
from hotline_desk.domain.questions import Handling, Kind
from tests.domain.tables import planned, read, sheet, told

ON = date(2026, 11, 25)
HEADINGS = ("接收日期", "来源渠道", "诉求要点")
ROW = ("2026-03-05", "12351 热线", "拖欠工资")


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (sheets.QUESTION_HEADINGS, TableKind.QUESTIONS),
        (sheets.CASE_HEADINGS, TableKind.CASES),
        (sheets.PARTY_HEADINGS, TableKind.PARTIES),
    ],
)
def test_the_forms_own_headings_are_known_by_themselves(headings, kind):
    table = find_table(sheet("表", ["二〇二六年"], [], headings, ["1"]))

    assert (table.kind, table.heading_row) == (kind, 3)
    assert match(table, Matching()) == tuple("" if h == "序号" else h for h in headings)
    assert [number for number, _ in table.rows] == [4]


def test_what_other_platforms_call_a_field_is_known():
    table = find_table(
        sheet("导出", ["工单编号", "受理时间", "诉求人", "联系方式", "诉求标题", "诉求内容",
                       "诉求分类", "派单时间", "乱七八糟"])
    )  # fmt: skip

    assert match(table, Matching()) == (
        "外部工单号", "接收日期", "来电人", "联系电话", "诉求要点", "问题原话", "问题类别", "", "",
    )  # fmt: skip


def test_a_sheet_without_headings_is_no_table():
    notes = sheet("说明", ["口径：……"], ["问题数（条）：台账的行数"])
    assert find_tables([notes]) == ()

    strange = sheet("导出", ["某平台"], ["单号", "什么时候"], ["A1", "2026-03-05"])
    assert [table.heading_row for table in find_tables([notes, strange])] == [2]
    known = sheet("表", HEADINGS, ROW)
    assert [table.name for table in find_tables([strange, known])] == ["表"]


def test_only_the_forms_own_headings_are_taken_without_a_word():
    table = find_table(sheet("表", ["接收日期", "来源渠道", "诉求标题"], ROW))

    assert known_columns(table) == {"接收日期": "接收日期", "来源渠道": "来源渠道", "诉求标题": ""}
    columns = matched_columns(table, Matching(columns=known_columns(table)), ())
    assert [(each.field, each.proposal) for each in columns] == [
        ("接收日期", ""), ("来源渠道", ""), ("", "诉求要点"),
    ]  # fmt: skip
    assert table.samples(2) == ("拖欠工资",)


def test_a_person_decides_which_column_is_which():
    table = find_table(sheet("表", HEADINGS, ROW))

    matched = match(table, Matching(columns={"诉求要点": "备注", "来源渠道": ""}))

    assert matched == ("接收日期", "", "备注")


@pytest.mark.parametrize(
    ("word", "ours"),
    [("劳动报酬", "工资"), ("工资问题", "工资"), ("拖欠农民工工资", "工资"), ("社 保", "社保缴纳"),
     ("解除合同", "解除终止与经济补偿"), ("工伤保险待遇", "工伤"), ("天气", "")],
)  # fmt: skip
def test_the_nearest_category_is_proposed(word, ours):
    assert nearest("问题类别", word, CATEGORIES) == ours


@pytest.mark.parametrize(
    ("written", "name", "title"),
    [("董女士", "董", Gender.WOMAN), ("董小红女士", "董小红", Gender.WOMAN),
     ("张师傅", "张", Gender.MASTER), ("董某", "董", Gender.UNKNOWN),
     ("匿名", "", Gender.UNKNOWN), ("未留姓名", "", Gender.UNKNOWN),
     ("欧阳某某", "欧阳某某", Gender.UNKNOWN), ("女士", "女士", Gender.UNKNOWN)],
)  # fmt: skip
def test_a_caller_is_known_by_name_and_title(written, name, title):
    assert caller_name(written) == (name, title)


def test_a_row_says_all_that_the_form_has():
    incoming = read(
        sheet(
            "问题台账", sheets.QUESTION_HEADINGS,
            [1, "GHFL-2026-190-03", "第190期", "2026.3.5", "10:03", "直播热线", "W-1",
             "莒县服务站", "董小红女士", "家属", "农民工、女职工", 13800005678, "是", "否", "莒县",
             "某物业", "物业", "工资", "劳动合同、工伤", "求决", "=cmd()", "可以\n申请",
             "第三十条\n第八十条", "李律师", "立案", "AJ-2026-0031", "", "接线员甲", "x" * 4000],
        )
    )  # fmt: skip

    (row,) = incoming.questions
    question, call = row.question, row.call
    assert incoming.problems == ()
    assert (question.number, question.episode, row.case_number) == (
        "GHFL-2026-190-03", 190, "AJ-2026-0031",
    )  # fmt: skip
    assert f"{question.at:%Y-%m-%d %H:%M %z}" == "2026-03-05 10:03 +0800"
    assert question.channel is call.channel is Channel.ON_AIR
    assert (question.external_number, question.unit) == ("W-1", "莒县服务站")
    assert call.caller.labels == (PersonLabel.MIGRANT, PersonLabel.WOMAN)
    assert (call.caller.phone, call.caller.industry) == ("13800005678", "物业")
    assert (call.may_call_back, call.consent.secret_from_employer) == (True, False)
    assert question.other_categories == (Category.CONTRACT, Category.INJURY)
    assert (question.kind, question.handling) == (Kind.REQUEST, Handling.CASE)
    assert (question.point, question.articles) == ("=cmd()", "第三十条\n第八十条")
    assert (question.recorded_by, len(question.notes)) == ("接线员甲", 4000)
    assert not question.confirmed


def test_a_point_is_the_first_sentence_where_nobody_wrote_one():
    incoming = read(
        sheet("表", ["受理时间", "来源渠道", "诉求内容"],
              ["2026-03-05 09:10", "12345 转办", "公司拖欠工资。已经两个月了"])
    )  # fmt: skip

    (row,) = incoming.questions
    assert row.question.point == "公司拖欠工资"
    assert (row.question.text, row.question.text_typed) == ("公司拖欠工资。已经两个月了", True)
    assert f"{row.question.at:%H:%M}" == "09:10"


def test_every_problem_is_told_by_row_and_column():
    incoming = read(
        sheet(
            "表", ["接收日期", "来源渠道", "问题类别", "诉求要点", "电话", "涉及金额", "期号"],
            ["3月5日", "12351 热线", "工资", "a", "138", 5, ""],
            ["2026-03-05", "电话", "劳动报酬", "b", "1.38E+10", "-5", "x"],
        )
    )  # fmt: skip

    assert told(incoming.problems) == [
        "表 第 2 行“接收日期”：没有年份，请在表里补上再打开：3月5日",
        "表 第 2 行“电话”：不像能打通的电话（手机 11 位，座机 7、8 位），照原样记，请核对：138",
        "表 第 3 行“电话”：号码成了科学计数法，位数已经丢失：1.38E+10",
        "表 第 3 行“期号”：看不懂这个期号：x",
        "表 第 3 行“来源渠道”：没有这一项：电话（建议：12351 热线）",
        "表 第 3 行“问题类别”：没有这一项：劳动报酬（建议：工资）",
        "表 第 3 行“涉及金额”：金额是负数：-5",
    ]
    plan = planned(incoming, on=ON)
    assert {place_of(problem) for problem in plan.blocking} == {("表", 2), ("表", 3)}
    words = [(each.word, each.rows, each.proposal) for each in strange_words(plan.blocking)]
    assert words == [("电话", 1, "12351 热线"), ("劳动报酬", 1, "工资")]


@pytest.mark.parametrize("phone", ["138", "12351", "0633-8781234转2", "wx_138abc"])
def test_a_telephone_stays_as_it_is_written_whatever_it_looks_like(phone):
    incoming = read(sheet("表", [*HEADINGS, "电话"], [*ROW, phone]), columns={"电话": "联系电话"})

    assert [row.call.caller.phone for row in incoming.questions] == [phone]
    assert not [each for each in incoming.problems if each.blocks]


@pytest.mark.parametrize("phones", ["13800125678、13955556666", "138 0012 5678/0633-8888888"])
def test_several_numbers_of_a_caller_are_kept_as_the_desk_keeps_them(phones):
    incoming = read(sheet("表", [*HEADINGS, "联系电话"], [*ROW, phones]))

    assert [row.call.caller.phone for row in incoming.questions] == [phones]
    assert f"表 第 2 行“联系电话”：一格里有几个号码，照原样都记：{phones}" in told(
        incoming.problems
    )
    assert not [each for each in incoming.problems if each.blocks]


def test_names_and_numbers_that_are_masked_are_told_once():
    headings = [*HEADINGS, "来电人", "联系电话"]
    rows = [[*ROW, "董某", "138****5678"], [*ROW, "董**", ""], [*ROW, "王明", "13800005678"]]

    incoming = read(sheet("表", headings, *rows))

    (told_,) = [words for words in told(incoming.problems) if "脱敏" in words]
    assert told_.startswith("表：2 行的姓名或电话是脱敏的，照原样记")
    assert not [each for each in incoming.problems if each.blocks]


def test_a_word_that_somebody_decided_on_is_known():
    incoming = read(
        sheet("表", [*HEADINGS, "问题类别"], [*ROW, "欠薪"], [*ROW, "欠薪"]),
        words={"问题类别": {"欠薪": "工资"}},
    )

    assert incoming.problems == ()
    assert {row.question.category for row in incoming.questions} == {Category.WAGES}


def test_a_column_that_is_missing_is_told_once_and_a_default_stands_for_it():
    rows = sheet("表", ["接收日期", "诉求要点"], ["2026-03-05", "a"], ["2026-03-06", "b"])

    (problem,) = [each for each in read(rows).problems if each.blocks]
    assert (problem.row, problem.field) == (None, "来源渠道")
    assert read(rows).questions == ()

    incoming = read(rows, defaults={"来源渠道": "12345 转办"})
    assert {row.question.channel for row in incoming.questions} == {Channel.CITY_HOTLINE}
    assert not [each for each in incoming.problems if each.blocks]


def test_a_number_of_another_office_becomes_the_external_one():
    incoming = read(sheet("表", [*HEADINGS, "台账编号"], [*ROW, "2025-001"]))

    (row,) = incoming.questions
    assert (row.question.number, row.question.external_number) == ("", "2025-001")
    assert any("另外编号" in problem.words for problem in incoming.problems)


def test_a_formula_without_a_value_is_told():
    incoming = read(sheet("表", HEADINGS, (None, *ROW[1:]), without_value=frozenset({(2, 0)})))

    assert any("公式没有存下结果" in problem.words for problem in incoming.problems)


def test_a_row_without_a_caller_has_a_call_unless_the_form_says_there_was_none():
    (row,) = read(sheet("表", HEADINGS, ROW)).questions
    (own,) = read(sheet("表", [*HEADINGS, "对单位保密"], [*ROW, ""])).questions

    assert row.call is not None
    assert row.call.consent.secret_from_employer
    assert own.call is None


def test_a_row_that_stands_twice_comes_in_once():
    headings = [*HEADINGS, "外部工单号"]
    incoming = read(
        sheet("表", headings, [*ROW, "W-1"], [*ROW, "W-1"], [*ROW[:2], "另一问", "W-1"])
    )

    plan = planned(incoming, on=ON)

    assert [row.row for row in plan.questions] == [2, 4]
    assert told(plan.notices)[-2:] == [
        "表 第 3 行：与第 2 行相同，只导入一次",
        "表 第 4 行“外部工单号”：与第 2 行是同一个外部工单号 W-1，诉求不同，作为另一条问题导入",
    ]


def test_a_number_that_stands_twice_with_other_words_is_told():
    headings = [*HEADINGS, "台账编号"]
    incoming = read(
        sheet("表", headings, [*ROW, "GHFL-2026-M03-001"], [*ROW[:2], "另", "GHFL-2026-M03-001"])
    )

    plan = planned(incoming, on=ON)

    assert [problem.row for problem in plan.blocking] == [3]
    assert planned(incoming, on=ON, left_out=plan.can_be_left_out).blocking == ()


def test_episodes_that_are_missing_begin_on_the_day_of_their_first_row():
    incoming = read(
        sheet("表", [*HEADINGS, "期号"], ["2026-03-11", *ROW[1:], 12], ["2026-03-04", *ROW[1:], 12])
    )

    (episode,) = planned(incoming, on=ON).episodes
    assert (episode.number, episode.on) == (12, date(2026, 3, 4))


@pytest.mark.parametrize(
    ("heading", "words", "field"),
    [("问题类型", ["社保", "工资", "拖欠工资"], "问题类别"),
     ("问题类型", ["咨询", "投诉", "求决"], "类型"),
     ("工单分类", ["咨询", "投诉", "求助"], "类型"),
     ("问题类型", ["甲", "乙"], "类型"),
     ("类型", ["社保", "工资"], "类型")],
)  # fmt: skip
def test_what_stands_in_a_column_tells_category_from_kind(heading, words, field):
    rows = [[*ROW, word] for word in words]

    assert match(find_table(sheet("表", [*HEADINGS, heading], *rows)), Matching())[3] == field


def test_two_columns_whose_words_are_each_others_are_exchanged():
    headings = [*HEADINGS, "工单类型", "问题分类"]
    table = find_table(sheet("表", headings, [*ROW, "社保", "咨询"], [*ROW, "工资", "投诉"]))

    assert match(table, Matching())[3:] == ("问题类别", "类型")


@pytest.mark.parametrize("heading", ["答复情况", "答复内容", "处理结果"])
def test_an_answer_is_known_by_what_others_call_it(heading):
    table = find_table(sheet("表", [*HEADINGS, heading], [*ROW, "可以申请"]))

    assert match(table, Matching())[3] == "解答要点"


def test_an_amount_that_is_not_exact_comes_in_with_a_reminder():
    headings = [*HEADINGS, "涉及金额", "涉及人数"]
    incoming = read(sheet("表", headings, [*ROW, "约8000", "20人左右"], [*ROW, "8000", 20]))

    assert [(row.question.amount_fen, row.question.people) for row in incoming.questions] == [
        (800_000, 20)
    ] * 2
    assert [each for each in told(incoming.problems) if "约数" in each] == [
        "表 第 2 行“涉及人数”：是约数，按 20 人记：20人左右",
        "表 第 2 行“涉及金额”：是约数，按 8,000 元记：约8000",
    ]
    assert not any(problem.blocks for problem in incoming.problems)


@pytest.mark.parametrize("total", [["合计"], ["", "总 计："], ["小计", "", 3]])
def test_a_total_is_no_row(total):
    incoming = read(sheet("表", HEADINGS, ROW, total, ROW))

    assert [row.row for row in incoming.questions] == [2, 4]
    (problem,) = [each for each in incoming.problems if each.row == 3]
    assert (problem.words, problem.blocks) == ("是合计行，不导入", False)
