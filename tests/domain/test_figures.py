"""How figures are said, and under which headings categories are published."""

import pytest

from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.statistics.figures import (
    PUBLISHED,
    category_figure,
    change_text,
    figure,
    headings,
    rate_text,
)
from hotline_desk.domain.statistics.period_figures import Columns, CountedFigure


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("questions", 1234, "1,234"),
        ("agreed", 3_300_000, "33,000"),
        ("agreed", 3_300_050, "33,000.50"),
        ("received", -50, "-0.50"),
        ("satisfaction_rate", 0.313, "31.3%"),
        ("satisfaction_rate", None, "—"),
    ],
)
def test_a_value_is_printed_in_its_unit(key, value, text):
    assert figure(key).text(value) == text


@pytest.mark.parametrize(
    ("key", "present", "previous", "text"),
    [
        ("questions", 9, 8, "+12.5%"),
        ("questions", 0, 8, "-100.0%"),
        ("questions", 8, 0, "—"),
        ("satisfaction_rate", 0.5, 0.45, "+5.0 个百分点"),
        ("satisfaction_rate", 0.5, None, "—"),
    ],
)
def test_a_change_is_relative_and_that_of_a_rate_is_in_points(key, present, previous, text):
    columns = Columns(present=present, previous=previous, last_year=0, this_year=0, total=0)
    counted = CountedFigure(figure=figure(key), columns=columns)

    assert change_text(counted.figure, counted.change) == text


def test_what_is_said_of_a_month_is_not_said_of_a_week():
    assert figure("cases.new").words_in(month=True) == "本月新收"
    assert figure("cases.open").words_in(month=False) == "期末在办"
    assert figure("cases.carried").words_in(month=False) == "上期结转"


def test_headings_begin_with_those_that_are_published_and_hold_every_category():
    published = {Category.DISMISSAL: "劳动合同", Category.HOURS: "其他劳动问题"}

    found = headings(published)

    assert found[:4] == PUBLISHED
    assert len(set(found)) == len(found) == len(CATEGORIES) + 1 - 2


def test_a_heading_has_a_key_of_its_own():
    assert figure("category.劳动合同") == category_figure("劳动合同")
    with pytest.raises(KeyError):
        figure("没有这个")


def test_a_rate_without_a_whole_is_none():
    assert rate_text(None) == "—"
