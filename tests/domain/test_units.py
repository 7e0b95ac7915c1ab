"""The tree of 填报单位."""

import pytest

from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.units import Units
from tests.domain.books import POINTS, UNION


def test_sums_go_from_the_point_to_the_district_to_the_city():
    lines = Units(UNION, POINTS).lines()

    assert [(line.level, line.words, line.is_sum) for line in lines] == [
        (0, "市总工会", True),
        (1, "市总工会本级", False),
        (1, "东港区总工会", True),
        (2, "东港区总工会本级", False),
        (2, "石臼街道服务点", False),
        (1, "莒县总工会", False),
    ]
    assert lines[0].units == {UNION, *(point.name for point in POINTS)}
    assert lines[2].units == {"东港区总工会", "石臼街道服务点"}


def test_every_row_is_somebody_s():
    units = Units(UNION, POINTS)

    assert units.home("莒县总工会") == "莒县总工会"
    assert units.home("") == units.home("撤销了的服务点") == UNION


def test_what_no_register_has_is_told_apart_while_it_has_rows():
    units = Units(UNION, POINTS, unregistered=["五莲县总工会", "", UNION, "莒县总工会"])

    line = units.lines()[-1]

    assert (line.level, line.words, line.name) == (1, "五莲县总工会（未登记）", "五莲县总工会")
    assert not line.is_active
    assert [each.words for each in units.lines()].count("莒县总工会") == 1
    assert line.units <= units.lines()[0].units
    assert units.home("五莲县总工会") == "五莲县总工会"


def test_a_union_without_points_is_one_line():
    (line,) = Units(UNION, ()).lines()

    assert (line.words, line.is_sum) == (UNION, False)


def test_points_that_report_to_each_other_or_to_nobody_are_the_union_s():
    above = {"甲": "乙", "乙": "甲", "丙": "没有这个", "丁": "丁"}
    ring = [ServicePoint(name=name, parent=parent) for name, parent in above.items()]

    units = Units(UNION, ring)

    assert set(units.names) == {UNION, "甲", "乙", "丙", "丁"}
    assert len(units.names) == 5


def test_a_unit_that_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        Units(UNION, POINTS).under("没有这个")
