import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.amounts import fen, pattern, said, writings
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


@given(st.integers(1, 10**8), st.integers(1, 10**8))
def test_another_amount_is_not_found(one, other):
    found = re.search(pattern(100 * one), f"共{said(other)[0]}元，即 {other:,} 元")

    assert bool(found) is (one == other)
