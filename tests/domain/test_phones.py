"""Several numbers in one field are each found; what is one number stays one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.phones import can_be_called, numbers_in
from hotline_desk.domain.traces import Traces


@pytest.mark.parametrize(
    ("field", "numbers"),
    [
        ("13800125678、13955556666", ("13800125678", "13955556666")),
        ("13800125678/139 5555 6666", ("13800125678", "139 5555 6666")),
        ("13800125678 13955556666", ("13800125678", "13955556666")),
        ("13800125678或0633-8888888转12", ("13800125678", "0633-8888888")),
        ("0633-8888888转12", ("0633-8888888",)),
        ("138 0012 5678", ("138 0012 5678",)),
        ("+86 138-0012-5678", ("+86 138-0012-5678",)),
        ("0633 8888888", ("0633 8888888",)),
        ("wx/abc123", ("wx/abc123",)),
        ("", ()),
    ],
)
def test_the_numbers_of_a_field(field, numbers):
    assert numbers_in(field) == numbers


@pytest.mark.parametrize("text", ["13800125678", "139 5555 6666", "13800125678、13955556666"])
def test_each_of_them_is_a_trace(text):
    traces = Traces((), ["13800125678、13955556666"])

    assert traces.are_in(f"电话{text}。")
    assert not traces.are_in(traces.out_of(f"电话{text}。"))


@pytest.mark.parametrize(
    "field",
    [
        "13800125678", "138 0012 5678", "+86 138-0012-5678", "8613800125678", "013800125678",
        "138****5678", "13800125678（妻子）", "微信 13800125678", "0633-8781234", "(0633)8781234",
        "0633 8781234 转 102", "0633-8781234-102", "8781234", "010-87812345", "87812345",
        "400-123-4567", "+852 9123 4567",
    ],
)  # fmt: skip
def test_a_mobile_number_and_a_landline_can_be_called(field):
    assert can_be_called(field)


@pytest.mark.parametrize(
    "field",
    ["138", "110", "12351", "0633-12345", "1380012567", "138001256789", "138-800-0567",
     "0633-878123", "12300125678", "wx_138abc", "371102199001011234", ""],
)  # fmt: skip
def test_a_service_number_and_one_that_lacks_figures_cannot(field):
    assert not can_be_called(field)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(0, 10))
def test_of_a_mobile_number_no_figure_may_be_missing(number, at):
    assert can_be_called(number)
    assert not can_be_called(number[0] + number[1:].replace(number[at or 1], "", 1)[:9])
