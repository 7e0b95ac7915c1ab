"""Employers' names compared, as a 利益冲突核查 needs it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.employers import Likeness, likeness

names = st.text(
    st.sampled_from("日照港市山东海蓝物业管理服务有限责任公司集团（）() ＡA"), max_size=14
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("日照海蓝物业有限公司", "日照海蓝物业有限公司"),
        ("日照海蓝物业有限公司", " 日照海蓝物业有限责任公司 "),
        ("日照海蓝物业公司", "日照海蓝物业股份有限公司"),
        ("日照（海蓝）物业", "日照(海蓝)物业有限公司"),
        ("ＡＢＣ电子有限公司", "abc 电子"),
    ],
)
def test_width_brackets_spaces_and_legal_form_make_no_difference(one, other):
    assert likeness(one, other) is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海蓝物业", "日照市海蓝物业管理有限公司"),
        ("海蓝", "山东海蓝物业服务有限公司"),
        ("日照港", "日照港集团有限公司岚山分公司"),
        ("中石化", "中国石油化工股份有限公司"),
        ("第二建筑工程公司", "日照二建筑公司"),
    ],
)
def test_short_names_within_long_ones_may_be_the_same(one, other):
    assert likeness(one, other) is Likeness.MAYBE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海蓝物业", "海青物业"),
        ("日照某机械厂", "日照某食品厂"),
        ("", "海蓝物业"),
        ("日照物业有限公司", "海蓝物业服务有限公司"),
        ("医院", "日照市人民医院"),
        ("有限公司", ""),
        ("蓝", "海蓝物业"),
    ],
)
def test_others_are_not_the_same(one, other):
    assert likeness(one, other) is Likeness.NO


@given(names, names)
def test_which_one_is_named_first_makes_no_difference(one, other):
    assert likeness(one, other) is likeness(other, one)


@given(names.filter(str.strip))
def test_a_name_of_its_own_is_itself(name):
    expected = Likeness.SAME if any(sign.isalnum() for sign in name) else Likeness.NO

    assert likeness(name, f" {name}") is expected
