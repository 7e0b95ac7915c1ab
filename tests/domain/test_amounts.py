import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.amounts import NotAnAmount, fen, pattern, said, typed_fen, writings
from hotline_desk.domain.times import money_text


@given(st.integers(100, 10**10 - 1))
def test_every_way_of_writing_an_amount_means_it(yuan):
    assert {fen(way) for way in writings(100 * yuan)} == {100 * yuan}


@given(st.integers(1, 10**12))
def test_what_is_shown_is_understood(amount):
    shown = money_text(amount).replace(" ", "")

    assert fen(shown) == (amount if amount < 10**12 else None)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("三万三", 33_000), ("一百五", 150), ("两千二百", 2_200), ("二万二", 22_000),
        ("三万零三百", 30_300), ("十五万", 150_000), ("一亿", 10**8), ("1,234.5元", 1234.5),
        ("¥800", 800), ("0.5万元", 5_000), ("十一块钱", 11), ("一千〇五十", 1_050),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_mean_them(text, yuan):
    assert fen(text) == yuan * 100


@pytest.mark.parametrize(
    "text", ["", "十一", "99", "万一", "百", "三三", "三百五千", "13800005678", "0元", "工资", "元"]
)
def test_what_is_no_amount_means_none(text):
    assert fen(text) is None


BESIDE = st.sampled_from(["{}", " {} ", "￥{}", "¥ {}", "人民币{}", "{}元", "{} 元整", "{}块钱"])


@given(st.integers(1, 10**10 - 1), BESIDE)
def test_whatever_is_an_amount_among_words_is_one_in_its_field(yuan, beside):
    for way in writings(100 * yuan):
        written = beside.format(way)
        assert typed_fen(written) == 100 * yuan
        assert fen(written) in {None, 100 * yuan}


@given(st.integers(0, 10**12 - 1))
def test_what_is_shown_is_read_as_it_was(amount):
    assert typed_fen(money_text(amount)) == amount


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("50", 50), ("0", 0), ("33,000 元", 33_000), ("３３，０００元", 33_000), ("3千", 3000),
        ("5百块", 500), ("1.2亿", 120_000_000), ("三千", 3000), ("十一", 11), ("¥300", 300),
        ("300元整", 300), ("3.3 万元", 33_000), ("rmb 12.5", 12.5),
    ],
)  # fmt: skip
def test_a_field_of_money_reads_what_people_type(text, yuan):
    assert typed_fen(text) == yuan * 100


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "看不懂"), ("元", "看不懂"), (".", "看不懂"), (",", "看不懂"), ("1e9", "看不懂"),
        ("约3万", "看不懂"), ("12万5", "看不懂"), ("3-5万", "看不懂"), ("三百五千", "看不懂"),
        ("33000 块左右", "看不懂"), ("-5", "负数"), ("-3.3万元", "负数"), ("1" * 400, "太大"),
        ("13800005678000", "太大"), ("100亿", "太大"),
    ],
)  # fmt: skip
def test_what_is_no_amount_in_a_field_says_why(text, why):
    with pytest.raises(NotAnAmount, match=why):
        typed_fen(text)


@given(st.text("0123456789０５,，.。-¥￥元块钱圆万千百亿零〇一二两三五十整 人民币约"))
def test_nothing_typed_is_below_nothing_or_beyond_all_measure(text):
    with suppress(NotAnAmount):
        assert 0 <= typed_fen(text) <= 10**12


def test_figures_in_a_column_of_myriads_count_so_unless_they_say_their_own():
    assert typed_fen("3.3", times=10_000) == typed_fen("3.3万", times=10_000) == 3_300_000
    assert typed_fen("5千", times=10_000) == typed_fen("五千", times=10_000) == 500_000
    with pytest.raises(NotAnAmount):
        typed_fen("三", times=10_000)


@given(st.integers(1, 10**8), st.integers(1, 10**8))
def test_another_amount_is_not_found(one, other):
    found = re.search(pattern(100 * one), f"共{said(other)[0]}元，即 {other:,} 元")

    assert bool(found) is (one == other)
