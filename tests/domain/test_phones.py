"""Several numbers in one field are each found; what is one number stays one."""

import pytest

from hotline_desk.domain.phones import numbers_in
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
