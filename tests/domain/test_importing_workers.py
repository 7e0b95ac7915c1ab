"""Names in one cell, parted by blanks: several where it is plain, else one, and never untold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.importing.workers import several_names
from tests.domain.tables import told
from tests.domain.test_importing_cases import KEY, cases, row

ONE = (
    "王 伟",
    "王　伟",
    "张 小 三",
    "欧阳 娜娜",
    "J. Smith",
    "Mary Ann Lee",
    "王伟 Tom",
    "阿依古丽·吐尔逊",
    "王伟",
)


def workers(plan):
    return [party.name for party in plan.cases[0].incoming.case.parties]


def said(plan):
    return [words for words in told(plan.problems) if "空格" in words]


@pytest.mark.parametrize("name", ONE)
def test_one_name_stays_whole_and_nobody_is_asked(name):
    plan = cases(row(当事人=f"{name}、刘备"))

    assert workers(plan) == [name, "刘备"]
    assert said(plan) == []


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张三 李四", ["张三", "李四"]),
        ("张三　李四  王小五", ["张三", "李四", "王小五"]),
        ("欧阳娜娜 司马光", ["欧阳娜娜", "司马光"]),
        ("阿依古丽·吐尔逊 买买提·艾力", ["阿依古丽·吐尔逊", "买买提·艾力"]),
        ("张三 李四、刘备 3000", ["张三", "李四", "刘备"]),
    ],
)
def test_names_that_are_plainly_several_are_and_it_is_told(cell, names):
    plan = cases(row(当事人=cell))

    assert workers(plan) == names
    assert plan.blocking == ()
    (words,) = said(plan)
    assert words.startswith("案件台账 第 2 行“当事人”：空格隔开的按 ")


@pytest.mark.parametrize(
    "cell", ["艾则孜 麦麦提江", "王 伟 李娜", "王伟 李", "吐尔逊 买买提", "张三 李四 等"]
)
def test_what_may_be_several_stays_one_and_is_told(cell):
    plan = cases(row(当事人=cell))

    assert workers(plan) == [cell]
    assert plan.blocking == ()
    assert said(plan) == [
        f"案件台账 第 2 行“当事人”：有空格，按一位记：{cell}；是几位的，分开写（用顿号）再导入"
    ]


def test_whose_an_amount_is_behind_two_names_is_not_guessed():
    plan = cases(row(当事人="张三 李四 3000"))

    assert workers(plan) == ["张三 李四"]
    assert len(said(plan)) == 1


def test_two_names_in_a_row_of_workers_are_told():
    plan = cases(row(), parties=[(KEY, "张三 李四", 3_000, "", "")])

    assert workers(plan) == ["张三 李四"]
    assert said(plan)[0].startswith("当事人明细 第 2 行“姓名”：有空格，按一位记：张三 李四")


@given(st.lists(st.sampled_from(("张三", "李小四", "欧阳娜娜", "阿迪力·江")), min_size=2))
def test_plain_names_come_apart_as_they_were_put_together(names):
    assert list(several_names(" ".join(names))) == names
