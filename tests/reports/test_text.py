"""A text that crosses pages loses nothing and leaves no line alone."""

import pytest

from hotline_desk.reports.fonts import find_faces
from hotline_desk.reports.text import Run, Style, Typesetter

WIDTH, SIZE = 105.0, 10.0
LEADING = 15.0


@pytest.fixture
def setter():
    return Typesetter(find_faces())


def a_text(setter, lines: int):
    return setter.text("工" * (10 * lines), Style(size=SIZE, before=3, after=4))


@pytest.mark.parametrize(
    ("fitting", "parts"), [(1.9, []), (2.5, [2, 4]), (4, [4, 2]), (5.9, [4, 2])]
)
def test_two_lines_stay_on_either_side(setter, fitting, parts):
    text = a_text(setter, 6)

    split = text.split(WIDTH, fitting * LEADING)

    assert [round(part.wrap(WIDTH, 0)[1] / LEADING) for part in split] == parts
    if split:
        assert "".join(part.text for part in split) == text.text
        assert [part.spaceBefore for part in split] == [3, 0]
        assert [part.spaceAfter for part in split] == [0, 4]


def test_three_lines_are_not_split(setter):
    assert a_text(setter, 3).split(WIDTH, 2.5 * LEADING) == []


def test_runs_keep_their_weight_and_break_as_one_text(setter):
    runs = [Run("工资", bold=True), Run("33,0"), Run("00 元", bold=True)]

    text = setter.text(runs, Style(size=SIZE))

    assert text.text == "工资33,000 元"
    assert text.wrap(WIDTH, 0)[1] == LEADING


def test_what_has_no_shape_is_left_out(setter):
    assert setter.text("工\u200d资\ufe0f\x00\r\n一\t二", Style()).text == "工资\n一 二"
