"""Nothing that tells where somebody lives leaves the desk but the district."""

import pytest

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.masking import mask_among, mask_caller


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("住海曲小区3号楼2单元501", "住海曲小区某处"),
        ("住海曲小区 3 号楼 2 单元 501 室", "住海曲小区 某处"),
        ("家在三号楼东单元二楼西户", "家在某处二楼西户"),
        ("东港区2栋1203，", "东港区某处，"),
        ("我家5单元302室", "我家某处"),
        ("在3号楼干活，5号楼500人", "在3号楼干活，5号楼500人"),
        ("2单元的活 300元", "2单元的活 300元"),
    ],
)
def test_homes_are_masked_and_places_of_work_stay(text, masked):
    assert mask_among(text) == masked
    assert mask_among(masked) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我住海曲路12号3单元501室。", "我住某处。"),
        ("我住海曲路 12号 3单元501室。", "我住某处。"),
        ("海曲路１２号的邻居", "某处的邻居"),
        ("海曲路修路", "海曲路修路"),
        ("东港区的事", "东港区的事"),
    ],
)
def test_a_callers_address_is_masked_as_the_column_is(text, masked):
    caller = Caller(name="董小红", district="日照市东港区海曲路12号3单元501室")

    assert mask_among(text, [caller]) == masked
    assert mask_among(masked, [caller]) == masked


@pytest.mark.parametrize(
    "text", ["住海曲中路87号", "住秦楼街道海曲中路 87 号", "住秦楼街道海曲中路87号3单元"]
)
def test_of_an_address_the_street_alone_is_masked_too(text):
    caller = Caller(name="董小红", district="东港区秦楼街道海曲中路87号3单元")

    assert mask_among(text, [caller]).removesuffix("3单元") == "住某处"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("日照市东港区海曲路12号", "日照市东港区"),
        ("山东省日照市莒县招贤镇张家村18号", "山东省日照市莒县"),
        ("日照经济技术开发区", "日照经济技术开发区"),
        ("东港区海曲市场5号", "东港区"),
        ("东港区阳光小区3号楼", "东港区"),
        ("秦楼街道海曲路5号", "秦楼街道"),
        ("阳光小区3号楼", ""),
        ("海曲中路87号", ""),
        ("石臼", "石臼"),
    ],
)
def test_of_a_place_the_district_is_told_and_no_street(place, told):
    assert mask_caller(Caller(district=place)).district == told
