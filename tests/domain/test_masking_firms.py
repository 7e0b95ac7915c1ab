"""Firms and people of a text whom no field names."""

import pytest

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.masking import mask_among

CALLER = Caller(name="董小红", phone="13800005678", employer="日照蓝海物业有限公司")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "由日照蓝天劳务派遣有限公司派到日照蓝海物业有限公司干保洁",
            "由某劳务公司派到某物业公司干保洁",
        ),
        ("五莲县鑫源机械厂也欠", "某机械厂也欠"),
        ("我去蓝天劳务派遣有限公司应聘", "我去某劳务公司应聘"),
        ("单位叫长河有限责任公司", "单位叫某公司"),
        ("蓝海的老板赖账", "某物业公司的老板赖账"),
        ("法定代表人：张大海", "法定代表人：张某"),
        ("职工反映山东大海有限公司拖欠工资", "职工反映某公司拖欠工资"),
        ("本人于2025年3月入职阳光有限公司做保洁", "本人于2025年3月入职某公司做保洁"),
        ("12月15日阳光有限公司支付了工资", "12月15日某公司支付了工资"),
        ("日照海月有限公司欠薪", "某公司欠薪"),
        ("中铁十四局集团有限公司欠薪", "某公司欠薪"),
        ("职工反映山东旭日建筑公司欠薪", "职工反映某建筑公司欠薪"),
        ("山东建筑设计院有限公司欠薪", "某建筑公司欠薪"),
        ("小红说下周给", "某某说下周给"),
    ],
)
def test_whoever_stands_in_a_text_by_a_full_name_is_masked(text, masked):
    assert mask_among(text, [CALLER], employers=[CALLER.employer]) == masked


@pytest.mark.parametrize(
    "text",
    [
        "劳动者和日照公司签了合同",
        "根据公司法第三条",
        "日照的物业公司不给钱",
        "可向东港区劳动保障监察大队投诉，公司应当支付",
        "在五莲打工时公司没交社保",
        "由日照市人民医院鉴定后公司赔偿",
        "日照、临沂的工厂",
        "联系人：公司前台",
        "某建筑公司欠薪",
        "东港区人社局要求物业公司三日内付清工资",
        "五莲县仲裁委裁决建筑公司支付双倍工资",
        "日照市总工会帮助物业公司职工讨薪",
        "山东省规定建筑公司要存工资保证金",
        "一人有限责任公司的股东不能证明财产独立",
        "工会律师认为有限公司股东应当承担责任",
        "济南培训时说物业公司可以不交",
        "在日照一家物业公司干了三年",
        "法院已受理股份有限公司破产案",
        "日照有很多劳务公司不签合同",
        "双方与有限公司协商",
        "注册的有限公司和股份有限公司都要交社保",
    ],
)
def test_what_names_nobody_stays_readable(text):
    assert mask_among(text, [CALLER], employers=[CALLER.employer]) == text


@pytest.mark.parametrize("text", ["1" * 100_000, "1-" * 50_000, "a" * 100_000, "日照一" * 30_000])
def test_a_long_text_without_an_end_is_masked_as_well(text):
    assert mask_among(text)
