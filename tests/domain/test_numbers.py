"""How 台账编号 and 案件编号 are written, and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain import numbers

_years = st.integers(2000, 2099)
_series = st.one_of(
    st.builds("{}-M{:02}".format, _years, st.integers(1, 12)),
    st.builds("{}-{}".format, _years, st.integers(1, 9999)),
)


@given(_series, st.integers(1, 99_999))
def test_the_number_of_a_row_is_read_as_it_was_written(series, sequence):
    number = numbers.question_number(series, sequence)

    assert numbers.is_question_number(number)
    assert numbers.parts(number) == (numbers.QUESTION, series, sequence)
    assert numbers.as_written(f" {number.lower()}\n") == number
    assert not numbers.is_of_case(number)


@given(_years, st.integers(1, 99_999))
def test_the_number_of_a_case_is_read_as_it_was_written(year, sequence):
    number = numbers.case_number(year, sequence)

    assert numbers.is_case_number(number)
    assert numbers.parts(number) == (numbers.CASE, str(year), sequence)
    assert numbers.is_of_case(number.lower())


def test_rows_are_counted_by_episode_and_outside_one_by_month():
    assert numbers.question_series("2026-11-25", 190) == "2026-190"
    assert numbers.question_series("2026-11-25", None) == "2026-M11"


@pytest.mark.parametrize(
    "number",
    ["", "GHFL-2026-190-3", "GHFL-2026-190-00", "GHFL-2026-M13-001", "GHFL-2026-M11-01",
     "ghfl-2026-190-03", "GHFL-2026-0190-03", "GHFL-2026-190-003", "WX-2026-190-03"],
)  # fmt: skip
def test_what_the_desk_writes_otherwise_is_no_number_of_a_row(number):
    assert not numbers.is_question_number(number)


@pytest.mark.parametrize("number", ["", "AJ-2026-031", "AJ-2026-00031", "aj-2026-0031", "AJ-26-31"])
def test_what_the_desk_writes_otherwise_is_no_number_of_a_case(number):
    assert not numbers.is_case_number(number)
