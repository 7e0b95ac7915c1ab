"""Nothing that tells who called leaves the desk."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.calls import Caller, Gender
from hotline_desk.domain.masking import (
    mask_among,
    mask_caller,
    mask_employer,
    mask_name,
    mask_numbers,
)
from hotline_desk.domain.surnames import surnames

SPOKEN = "零幺二三四五六七八九"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("董小红", "董某"),
        ("董", "董某"),
        ("董某", "董某"),
        ("董女士", "董女士"),
        ("董小红女士", "董女士"),
        ("张师傅", "张师傅"),
        ("欧阳文静", "欧阳某"),
        ("欧阳女士", "欧阳女士"),
        ("老张", "老张"),
        ("老张师傅", "老张师傅"),
        ("𠮷田", "𠮷某"),
        ("阿依古丽·买买提", "阿某"),
        ("匿名当事人 2", "匿名当事人 2"),
        ("", ""),
    ],
)
def test_a_person_keeps_the_surname_only(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("代码91371100MA3C1234XX，", "代码******************，"),
        ("统一社会信用代码：91371100ma3c1234xx", "统一社会信用代码：******************"),
        ("电话138-1234-5678", "电话138****5678"),
        ("手机：138 1234 5678。", "手机：138****5678。"),
        ("电话8781-2345", "电话*****45"),
        ("找匿名当事人 2", "找匿名当事人 2"),
    ],
)
def test_firms_and_hyphened_numbers_are_masked(text, masked):
    told = mask_among(text, [Caller(name="匿名当事人 2")])

    assert told == masked
    assert mask_among(told) == masked


@pytest.mark.parametrize(
    ("caller", "spoken"),
    [
        (Caller(name="董小红", title=Gender.WOMAN), "董女士"),
        (Caller(name="董", title=Gender.WOMAN), "董女士"),
        (Caller(name="欧阳文静", title=Gender.MAN), "欧阳先生"),
        (Caller(name="董小红"), "董某"),
        (Caller(name="董"), "董某"),
        (Caller(name="张师傅"), "张师傅"),
        (Caller(), "未留姓名"),
    ],
)
def test_a_caller_is_addressed_without_the_given_name(caller, spoken):
    assert mask_caller(caller).spoken_name == spoken


def test_a_caller_keeps_district_and_trade_and_loses_the_rest():
    caller = Caller(
        name="董小红",
        phone="13800125678",
        district="日照市东港区石臼街道海曲路",
        employer="日照市阳光物业服务有限公司",
    )

    masked = mask_caller(caller)

    assert masked.phone == "138****5678"
    assert masked.district == "日照市东港区"
    assert masked.employer == "某物业公司"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("日照市阳光物业服务有限公司", "某物业公司"),
        ("阳光物业", "某物业公司"),
        ("某物业公司", "某物业公司"),
        ("莒县人民医院", "某人民医院"),
        ("海曲幼儿园", "某幼儿园"),
        ("岚山兴业机械厂", "某机械厂"),
        ("华信集团", "某公司"),
        ("华信", "某单位"),
        ("", ""),
    ],
)
def test_an_employer_keeps_the_kind_of_trade(name, masked):
    assert mask_employer(name) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13800125678。", "电话138****5678。"),
        ("138 0012 5678", "138****5678"),
        ("+86-138-0012-5678", "+86-138****5678"),
        ("身份证371102198001011234", "身份证371***********1234"),
        ("37110219800101123X", "371***********123X"),
        ("卡号6222 0212 3456 7890 123", "卡号6222***********0123"),
        ("座机0633-8781234", "座机0633-*****34"),
        ("（0633）8781234", "（0633）*****34"),
        ("打8781234", "打*****34"),
        ("0633 878 1234", "0633 *****34"),
        ("010-87812345", "010-******45"),
        ("0108781234", "010*****34"),
        ("座机878-1234", "座机*****34"),
        ("１３８００１２５６７８", "138****5678"),
        ("1 3 8 0 0 1 2 5 6 7 8", "138****5678"),
        ("138—0012—5678", "138****5678"),
        ("138.0012.5678", "138****5678"),
        ("13800 125678", "138****5678"),
        ("371102 19800101 1234", "371***********1234"),
        (
            "身份证３７１１０２１９８００１０１１２３Ｘ".replace("Ｘ", "X"),
            "身份证371***********123X",
        ),
        ("微信号 wx_dong123，加我", "微信号 w****，加我"),
        ("我微信是dong-xh88", "我微信是d****"),
        ("QQ：123456", "QQ：1****"),
        ("发到dongxh@example.com吧", "发到***吧"),
        ("车牌鲁L·8A6K2", "车牌鲁L*****"),
        ("鲁LD12345新能源", "鲁L*****新能源"),
        ("每月3000-5000元，2026-11-25 10:03签的", "每月3000-5000元，2026-11-25 10:03签的"),
        ("微信转账3000元", "微信转账3000元"),
        ("我电话幺三八零零一二五六七八", "我电话138****5678"),
        ("幺三八，零零一二，嗯五六七八", "138****5678"),
        ("身份证三七一一零二一九八零零一零一一二三四", "身份证371***********1234"),
        ("拖欠33,000元，一共1500000元", "拖欠33,000元，一共1500000元"),
        ("二零二六年十一月", "二零二六年十一月"),
        ("请打12333或12348", "请打12333或12348"),
        ("第三十条、第四十七条", "第三十条、第四十七条"),
    ],
)
def test_numbers_of_persons_are_starred_and_amounts_stay(text, masked):
    assert mask_numbers(text) == masked


def test_what_the_record_names_is_masked_in_free_text():
    caller = Caller(name="董小红", employer="日照市阳光物业服务有限公司")
    text = "我叫董晓红在阳光物业公司上班，董小红是我，日照市阳光物业服务有限公司欠我钱，阳光很好。"

    masked = mask_among(text, [caller])

    assert masked == "我叫董某在某物业公司上班，董某是我，某物业公司欠我钱，阳光很好。"


@pytest.mark.parametrize("name", ["董小红", "董小红女士", "董小红师傅"])
def test_a_full_name_is_masked_however_it_is_recorded_and_said(name):
    masked = mask_among("我是董小红，姓董叫小红，小红花很好", [Caller(name=name)])

    assert masked == "我是董某，姓董叫某某，小红花很好"


@pytest.mark.parametrize(
    ("name", "text", "masked"),
    [
        (
            "阿依古丽·吐尔逊",
            "阿依古丽·吐尔逊（阿依古丽）和吐尔逊、阿依古丽 吐尔逊",
            "阿某（阿某）和阿某、阿某",
        ),
        ("艾则孜 麦麦提江", "麦麦提江说艾则孜没来", "艾某说艾某没来"),
        ("买买提·艾力（女）", "艾力欠薪", "买某欠薪"),
        ("Wang Wei", "wang wei and Wei, Weihai, ＷＡＮＧ", "W某 and W某, Weihai, W某"),
        ("王伟、李娜", "王伟和李娜都来了，李 娜先到", "王某和李某都来了，李某先到"),
        ("黄 晓 明", "黄晓明来过，晓明很好", "黄某来过，晓明很好"),
    ],
)
def test_the_parts_of_a_name_tell_the_person_too(name, text, masked):
    assert mask_among(text, [Caller(name=name)]) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我叫买买提·艾力，打工", "我叫买某，打工"),
        ("我叫 John Smith in 日照", "我叫 J某 in 日照"),
        ("姓名：阿依古丽·吐尔逊", "姓名：阿某"),
        ("姓名：王小明", "姓名：王某"),
    ],
)
def test_who_says_a_name_of_parts_is_masked_unknown(text, masked):
    assert mask_among(text) == masked


@pytest.mark.parametrize("surname", [*sorted(surnames()[0]), *sorted(surnames()[1])])
def test_whatever_the_surname_an_own_name_is_masked(surname):
    assert mask_among(f"你好，我叫{surname}小红。") == f"你好，我叫{surname}某。"
    assert mask_name(f"{surname}小红") == f"{surname}某"


@pytest.mark.parametrize(
    "text",
    [
        "我叫了一个工友",
        "名字是公司的",
        "他们叫我来",
        "这个叫做劳务派遣，那个叫做劳动关系",
        "叫做年休假",
        "叫做单方解除",
        "叫做经济补偿",
    ],
)
def test_what_is_no_name_stays(text):
    assert mask_among(text) == text


@pytest.mark.parametrize("name", ["董", "董女士", "老张", "张师傅", ""])
def test_without_a_full_name_nothing_is_taken_out(name):
    text = "董事长张师傅说老张和董女士来过"

    assert mask_among(text, [Caller(name=name)]) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我在华信上班", "我在某物业公司上班"),
        ("华信拖欠工资", "某物业公司拖欠工资"),
        ("日照华信的人", "某物业公司的人"),
        ("华信这个词", "华信这个词"),
    ],
)
def test_an_employer_is_masked_by_its_short_name_where_it_is_one(text, masked):
    assert (
        mask_among(text, employers=["日照市华信物业服务有限公司".replace("日照市", "日照")])
        == masked
    )


@pytest.mark.parametrize("employer", ["物业公司", "超市", "医院", "某物业公司", "工地"])
def test_an_employer_without_a_name_of_its_own_changes_nothing(employer):
    text = "超市旁边的物业公司和医院，工地上"

    assert mask_among(text, employers=[employer]).count("某某") == 0
    assert mask_among(mask_among(text, employers=[employer]), employers=[employer]) == mask_among(
        text, employers=[employer]
    )


_words = st.text(alphabet="我的电话是，。一个月工资元欠三十00 1589-Xx嗯", max_size=12)
_mobile = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(
    before=_words,
    after=_words,
    number=_mobile,
    said=st.sampled_from(
        ["plain", "grouped", "dashed", "spaced", "dotted", "wide", "spoken", "spoken with pauses"]
    ),
)
def test_no_run_of_a_phone_number_survives(before, after, number, said):
    spoken = "".join(SPOKEN[int(digit)] for digit in number)
    form = {
        "plain": number,
        "grouped": f"{number[:3]} {number[3:7]} {number[7:]}",
        "dashed": f"{number[:3]}-{number[3:7]}-{number[7:]}",
        "spaced": " ".join(number),
        "dotted": f"{number[:3]}.{number[3:7]}.{number[7:]}",
        "wide": number.translate(WIDE),
        "spoken": spoken,
        "spoken with pauses": f"{spoken[:3]}，{spoken[3:7]}嗯{spoken[7:]}",
    }[said]

    masked = mask_among(f"{before}☎{form}☏{after}")

    number_left = masked.split("☎")[1].split("☏")[0]
    assert not re.search(r"(\d[-. ]?){5,}", number_left)
    assert form not in masked


@given(
    parts=st.lists(
        st.one_of(
            _words,
            _mobile,
            st.from_regex(r"[0-9]{3,20}", fullmatch=True),
            st.text(alphabet=SPOKEN + "，", max_size=14),
            st.sampled_from(
                ["董小红", "我叫董晓红", "阳光物业", "阳光", "阳光物业管理公司", "物业"]
            ),
        ),
        max_size=6,
    )
)
def test_masking_twice_is_masking_once(parts):
    caller = Caller(name="董小红", employer="阳光物业有限公司")
    once = mask_among("".join(parts), [caller])

    assert mask_among(once, [caller]) == once
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", once)
    assert "董小红" not in once
    assert "阳光物业" not in once


@given(
    before=_words,
    kind=st.sampled_from(
        [
            st.from_regex(r"0[1-9][0-9]{1,2}-?[2-8][0-9]{6,7}", fullmatch=True),
            st.from_regex(r"[1-9][0-9]{5}19[0-9]{2}0[1-9][0-2][0-9][0-9]{3}[0-9X]", fullmatch=True),
            st.from_regex(r"鲁[A-HJ-NP-Z][A-HJ-NP-Z][0-9]{5}", fullmatch=True),
            st.from_regex(r"微信[a-z][a-z0-9_-]{5,15}", fullmatch=True),
        ]
    ).flatmap(lambda form: form),
)
def test_of_what_tells_a_person_little_is_left(before, kind):
    masked = mask_among(f"{before}☎{kind}☏").split("☎")[1].split("☏")[0]

    assert kind not in masked
    assert not re.search(r"\d{5,}", masked)
    assert mask_among(masked) == masked


@pytest.mark.parametrize("field", ["name", "district", "phone"])
def test_a_number_typed_into_any_field_of_the_caller_is_masked(field):
    masked = mask_caller(Caller(**{field: "13812345678"}))

    assert "12345" not in str(masked)


@pytest.mark.parametrize(
    ("name", "employer", "text"),
    [
        ("职工", "", "职工反映公司拖欠职工工资"),
        ("本人", "单位", "本人反映单位拖欠本人工资"),
        ("匿名", "工地", "匿名来电，工地负责人失联"),
        ("", "", "入职20250301，离职20251103，住一座三百户的小区"),
    ],
)
def test_words_for_nobody_leave_the_text_as_it_is(name, employer, text):
    caller = Caller(name=name, employer=employer)

    assert mask_among(text, [caller], employers=[employer]) == text
    assert mask_caller(caller).name == name


@pytest.mark.parametrize("names", [("王明", "王明华"), ("王明华", "王明")])
def test_of_two_names_the_longer_one_is_masked_first(names):
    persons = [Caller(name=name) for name in names]

    assert mask_among("王明华和王明、欧阳", persons) == "王某和王某、欧阳"
