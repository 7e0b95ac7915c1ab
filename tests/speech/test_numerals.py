"""Money and numbers in spoken Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.speech.numerals import amounts, value


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("一共欠我们三万三千元", [33_000]),
        ("两个月三千块十一个人一共三万三", [3_000, 33_000]),
        ("时薪十八块五一小时", [18.5]),
        ("三百零五块八毛", [305.8]),
        ("要3.5万元", [35_000]),
        ("赔33,000元", [33_000]),
        ("三点五万元", [35_000]),
        ("一个月三千一个月发", [3_000]),
        ("欠了三万三一共", [33_000]),
        ("三万多块钱", [30_000]),
        ("押金五百", [500]),
        ("三千八一个月的工资", [3_800]),
        ("十八万六的赔偿", [186_000]),
        ("￥3,000", [3_000]),
        ("拖欠工资31500元", [31_500]),
        ("五毛钱一个", [0.5]),
    ],
)
def test_amounts_are_found_with_their_worth(text, yuan):
    assert [amount.fen / 100 for amount in amounts(text)] == yuan


@pytest.mark.parametrize(
    "text",
    [
        "三四千块钱",
        "好几万块",
        "万一公司不给",
        "二零二六年三月五号",
        "电话幺三八零零",
        "干了一百天",
        "根据第八十二条",
        "公司一共三百人",
        "工资表三十页",
        "一百公里",
        "十分着急",
        "第一百块",
    ],
)
def test_estimates_and_other_numbers_are_no_amounts(text):
    assert list(amounts(text)) == []


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_number_said_in_full_is_worth_itself(number):
    assert value(_spoken(number)) == number


@given(
    st.text(alphabet="零〇一二两三四五六七八九十百千万亿点元块毛多个月0123456789,.", max_size=20)
)
def test_no_string_of_numerals_is_too_odd(text):
    assert all(amount.fen > 0 for amount in amounts(text))


def _spoken(number: int) -> str:
    """Say *number* by the school's rule, independently of the library."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]

    def below_myriad(part: int) -> str:
        said, zero = "", False
        for place in (3, 2, 1, 0):
            digit = part // 10**place % 10
            if digit:
                said += ("零" if zero and said else "") + digits[digit] + units[place]
                zero = False
            else:
                zero = True
        return said

    high, low = divmod(number, 10_000)
    if not high:
        return below_myriad(low)
    gap = "零" if 0 < low < 1_000 else ""
    return below_myriad(high) + "万" + gap + below_myriad(low)
