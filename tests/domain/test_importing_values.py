"""What cells of other people's tables mean: days, times, amounts and numbers in all their forms."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.amounts import said
from hotline_desk.domain.importing.tables import DATES_FROM
from hotline_desk.domain.importing.values import (
    CellNotUnderstood,
    is_rough,
    read_count,
    read_day,
    read_fen,
    read_moment,
    read_phone,
    read_text,
    read_time,
    words_of,
)

DAY = date(2026, 3, 5)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "written",
    ["2026-03-05", "2026/3/5", "2026.3.5", "2026年3月5日", "2026年3月5号", "20260305", 20260305,
     "２０２６－０３－０５", " 2026-3-5 ", "2026-03-05 00:00:00", "2026年3月5日 星期四",
     46086, 46086.0, "46086", datetime.fromisoformat("2026-03-05")],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written):
    assert read_day(written) == DAY


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-03-05 10:20", time(10, 20)),
        ("2026/3/5 9:05:59", time(9, 5)),
        ("2026年3月5日 下午3点", time(15)),
        ("2026-03-05T10:20:30+08:00", time(10, 20)),
        ("2026-03-05 03:20 PM", time(15, 20)),
        (46086.4375, time(10, 30)),
        (datetime.fromisoformat("2026-03-05 10:20:59"), time(10, 20)),
        ("2026-03-05", None),
        ("2026-03-05 下午", None),
    ],
)
def test_a_moment_has_its_time_of_day(written, at):
    assert read_moment(written) == (DAY, at)


@pytest.mark.parametrize(
    ("written", "said_of_it"),
    [
        ("3月5日", "没有年份"),
        ("24-2-29", "分不清年、月、日"),
        ("3/5/2024", "分不清年、月、日"),
        ("2026-02-30", "没有这一天"),
        ("2026-13-01", "没有这一天"),
        ("1999-12-31", "2000 年到 2099 年"),
        (-3, "看不懂"),
        (10**9, "看不懂"),
        ("上周三", "看不懂"),
        ("2026-03-05 25:00", "看不懂"),
        ("#REF!", "错误值 #REF!"),
    ],
)
def test_what_is_no_day_says_why(written, said_of_it):
    with pytest.raises(CellNotUnderstood, match=said_of_it):
        read_moment(written)


@given(
    days,
    st.sampled_from(
        [
            "{0:%Y-%m-%d}",
            "{0.year}.{0.month}.{0.day}",
            "{0:%Y%m%d}",
            "{0.year}年{0.month}月{0.day}日",
            "{0.year}/{0.month:02}/{0.day}",
        ]
    ),
)
def test_any_day_of_the_century_comes_back(day, form):
    assert read_day(form.format(day)) == day
    assert read_day((day - DATES_FROM).days) == day


@given(days, st.integers(0, 24 * 60 - 1))
def test_any_minute_comes_back_from_excels_number(day, minute):
    number = (day - DATES_FROM).days + minute / (24 * 60)
    at = time(minute // 60, minute % 60)

    assert read_moment(number) == (day, at if minute else None)
    assert read_time(minute / (24 * 60)) == at


def test_a_workbook_that_counts_from_1904_is_read_so():
    assert read_day(0 + 44624, dates_from=date(1904, 1, 1)) == date(1904, 1, 1) + timedelta(44624)


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("3.3万", 3_300_000), ("3.3 万元", 3_300_000), ("33,000元", 3_300_000),
        ("33，000", 3_300_000), ("￥33000.00", 3_300_000), ("人民币33000元整", 3_300_000),
        ("三万三千", 3_300_000), ("三万三千元整", 3_300_000), (33_000, 3_300_000),
        (33000.5, 3_300_050), ("0", 0), (0, 0), ("12.345", 1234), ("", None), (None, None),
        ("无", None), ("—", None), ("/", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_written(written, fen):
    assert read_fen(written) == fen


@pytest.mark.parametrize(
    "written",
    ["约8000", "8000左右", "大约 8,000 元", "8000元左右", "约八千", "0.8万上下", "近8000"],
)
def test_an_amount_that_is_not_exact_is_the_one_named(written):
    assert read_fen(written) == 800_000
    assert is_rough(written)


def test_an_exact_amount_is_not_rough():
    assert not any(map(is_rough, ["8000", 8000, None, "八千元", "3.3万"]))


def test_a_column_in_myriads_counts_so_unless_the_cell_says_its_own():
    assert read_fen("3.3", times=10_000) == 3_300_000
    assert read_fen(3.3, times=10_000) == 3_300_000
    assert read_fen("3.3万", times=10_000) == 3_300_000


@pytest.mark.parametrize("written", [-5, "-5元", "约", "12万5", "1e30", 1e30, "很多", "3-5万"])
def test_what_is_no_amount_is_told(written):
    with pytest.raises(CellNotUnderstood):
        read_fen(written)


@given(st.integers(0, 10**11))
def test_any_amount_comes_back(fen):
    yuan = f"{fen // 100:,}.{fen % 100:02}"

    assert read_fen(yuan) == read_fen(f"{yuan}元") == fen
    if fen < 10**13 / 100:
        assert read_fen(fen / 100) == fen


@given(st.integers(100, 10**8))
def test_any_amount_that_is_said_comes_back(yuan):
    assert {read_fen(f"{words}元") for words in said(yuan)} == {yuan * 100}


@pytest.mark.parametrize(
    ("written", "people"),
    [(11, 11), (11.0, 11), ("11人", 11), ("11 名", 11), ("十一人", 11), ("十余人", 10), ("", None)],
)
def test_a_number_of_people_is_read(written, people):
    assert read_count(written) == people


@pytest.mark.parametrize("written", [-1, 2.5, "几个", 10**9])
def test_what_is_no_number_of_people_is_told(written):
    with pytest.raises(CellNotUnderstood):
        read_count(written)


@pytest.mark.parametrize(
    ("written", "phone"),
    [(13800005678, "13800005678"), (13800005678.0, "13800005678"),
     ("0633-8781234", "0633-8781234"),
     ("１３８００００５６７８", "13800005678"), ("138****5678", "138****5678"),
     ("无", ""), ("", "")],
)  # fmt: skip
def test_a_number_stays_as_it_is_written(written, phone):
    assert read_phone(written) == phone


@pytest.mark.parametrize(
    "written",
    ["1.38E+10", "1.38000E+10", "张三", 1.1e17],
)
def test_what_is_no_number_is_told(written):
    with pytest.raises(CellNotUnderstood):
        read_phone(written)


def test_a_number_of_an_order_that_excel_has_cut_is_told():
    assert read_text("202603051234567890") == "202603051234567890"
    with pytest.raises(CellNotUnderstood, match="15 位"):
        read_text(202603051234567890)


def test_words_of_a_list_are_parted_however_they_are():
    assert words_of("农民工、女职工，困难职工; 实习生/超龄") == [
        "农民工", "女职工", "困难职工", "实习生", "超龄",
    ]  # fmt: skip


@given(st.none() | st.text() | st.integers() | st.floats() | st.datetimes() | st.times())
def test_whatever_a_cell_holds_is_read_or_told(cell):
    for read in (read_text, read_moment, read_time, read_fen, read_count, read_phone):
        with suppress(CellNotUnderstood):
            read(cell)
