"""How many workers, who calls, from where, and for whom they work."""

import pytest

from hotline_desk.speech.employers import employer
from hotline_desk.speech.persons import district, people, surname


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("我和十个工友都没拿到工资", 11),
        ("我们十一个保洁员", 11),
        ("我们班组一共七个人", 7),
        ("除了我还有五个人没发", 6),
        ("连我一共十二个人", 12),
        ("我和另外一个同事", 2),
        ("我们夫妻俩都在那干", 2),
        ("拖欠十五名农民工工资", 15),
        ("还有十个工友也没发", 11),
        ("我和我们班的九个姐妹", 10),
        ("公司裁了五十个人", 50),
        ("我们一共二十多个人", 20),
        ("我们十八个人都没签合同", 18),
        ("我和妻子两个人都在那上班", 2),
        ("我和两个工友", 3),
        ("我和我妹妹还有三个老乡都没拿到", 5),
        ("我带着五个徒弟干活都没给钱", 6),
        ("我们三个都没签合同", 3),
    ],
)
def test_people_are_counted_with_the_caller(text, count):
    assert people(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "公司一共有两百个人",
        "我们两个月没发工资",
        "三个人的活我一个人干",
        "十几个人",
        "我一个人",
        "干了三个月",
    ],
)
def test_other_numbers_are_no_people(text):
    assert people(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("你好我姓董", "董"),
        ("免贵姓王", "王"),
        ("我叫欧阳明", "欧阳"),
        ("我是李师傅", "李"),
        ("叫我小张就行", "张"),
        ("老板姓李", ""),
        ("我不想透露姓名", ""),
        ("我是老兵", ""),
    ],
)
def test_only_the_callers_own_surname_counts(text, name):
    assert surname(text) == name


def test_a_district_is_written_in_full():
    assert [district(text) for text in ("我在东港", "五莲的", "莒县这边", "青岛")] == [
        "东港区",
        "五莲县",
        "莒县",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我在一家物业公司干保洁", "物业公司"),
        ("我在某物业上班", "某物业"),
        ("我是日照海天物业有限公司的员工", "日照海天物业有限公司"),
        ("在一家做海鲜加工的厂子", "做海鲜加工的厂子"),
        ("我在医院当护工", "医院"),
        ("我在岚山区机械厂当操作工", "机械厂"),
        ("劳务公司把我派到汽车厂", "劳务公司"),
        ("我们在小区干保洁物业公司拖欠", "物业公司"),
        ("我在食品加工厂", "食品加工厂"),
        ("我们公司不给交社保", ""),
        ("送到医院花了三千", ""),
        ("保险公司不赔", ""),
        ("厂里不发工资", ""),
    ],
)
def test_the_employer_is_named_as_the_caller_does(text, name):
    assert employer(text) == name
