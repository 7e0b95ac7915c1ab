"""A person is found in any text, however name and number are written, and nobody else is."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.traces import NUMBER_GONE, SOMEBODY, Traces

PERSON = Traces(["董小红女士"], ["138-0012-5678"])


@pytest.mark.parametrize(
    "text",
    [
        "董小红", "我叫董小红。", "董 小 红", "董\u3000小红", "董小红女士",
        "13800125678", "138 0012 5678", "138-0012-5678", "138.0012.5678", "+86 13800125678",
        "008613800125678", "１３８００１２５６７８", "幺三八零零一二五六七八",
        "幺三八，零零一二，嗯五六七八", "一三八〇〇一二五六七八", "1 3 8 0 0 1 2 5 6 7 8",
        "董\n小红", "董\u200b小\u200b红", "138\n00125678", "138*0012*5678", "138~0012:5678",
        "138\u20110012\u20115678", "(+86)138/0012/5678", "138|0012|5678", "138 - 0012 - 5678",
    ],
)  # fmt: skip
def test_every_way_of_writing_is_found_and_taken_out(text):
    assert PERSON.are_in(f"前面{text}后面")
    left = PERSON.out_of(f"前面{text}后面")
    assert not PERSON.are_in(left)
    assert left.startswith("前面")
    assert left.endswith("后面")


def test_a_name_and_a_number_across_a_line_break_are_found_in_json_within_json():
    for text in (
        "董\n小红",
        "董\r\n小红",
        "138\n00125678",
        "138\t0012\t5678",
        "第一行\n13800125678",
    ):
        once = json.dumps(text, ensure_ascii=False)
        assert PERSON.are_in(once)
        assert PERSON.are_in(json.dumps([once], ensure_ascii=False))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("董 小红", ["董小红", "董　小红"]),
        ("张　三", ["张三", "张 三"]),
        ("阿依古丽·买买提",
         ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽 买买提", "阿依古丽买买提",
          "阿依古丽.买买提", "阿依古丽・买买提", "阿依古丽-买买提", "阿依古丽\n·买买提"]),
        ("阿依古丽 买买提", ["阿依古丽买买提", "阿依古丽　买买提"]),
        ("Anna Maria",
         ["ANNA MARIA", "anna  maria", "AnnaMaria", "Ａｎｎａ　Ｍａｒｉａ", "Anna·Maria",
          "Anna-Maria"]),
        ("阿依古丽-买买提", ["阿依古丽·买买提", "阿依古丽买买提", "阿依古丽—买买提"]),
        ("阿依古丽 买买提", ["阿依古丽·买买提", "阿依古丽–买买提", "阿依古丽 — 买买提"]),
        ("Mary-Jane O'Brien",
         ["Mary Jane O'Brien", "Mary–Jane O’Brien", "MARY\u2010JANE O'BRIEN",
          "Mary\u2011Jane O'Brien", "MaryJane O'Brien", "Mary·Jane-O'Brien",
          "Mary\\nJane O'Brien"]),
        ("Mary–Jane O’Brien", ["Mary-Jane O'Brien", "mary jane obrien"]),
        ("O'Neil", ["O’Neil", "o'neil"]),
        ("José", ["JOSÉ", "josé"]),
        ("José María", ["José-María", "José·María", "JoséMaría", "José  María"]),
        ("王伟（女）", ["王伟", "王伟（女）", "王 伟"]),
        ("王伟女士 (外省)", ["王伟", "王伟女士"]),
    ],
)  # fmt: skip
def test_a_name_is_found_however_its_parts_are_set_apart(name, texts):
    person = Traces([name])
    for text in texts:
        assert person.are_in(f"我叫{text}。"), text


@pytest.mark.parametrize("name", ["··", "董·", "A'", "'·'", "- -"])
def test_dots_alone_are_no_name(name):
    assert not Traces([name]).are_in("A董 -,.'甲")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("王 明", "小王—明天再来，老王-明天不来"),
        ("Mary-Jane", "Mary, Jane"),
        ("Mary-Jane", "RosemaryJane Mary-Janet"),
        ("（匿名）", "匿名"),
        ("王（女）", "王师傅（女）"),
    ],
)
def test_what_only_looks_like_a_name_in_parts_is_none(name, text):
    assert not Traces([name]).are_in(text)


@given(
    name=st.sampled_from([["Mary", "Jane", "O'Brien"], ["José", "María"], ["阿依古丽", "买买提"]]),
    entered=st.sampled_from("-–—‐‑ ·.•－"),
    written=st.sampled_from([*"-–—‐‑ ·.•－", "", " - "]),
)
def test_whatever_parts_a_name_every_other_way_is_found(name, entered, written):
    person = Traces([entered.join(name)])

    assert person.out_of(f"，{written.join(name)}，") == f"，{SOMEBODY}，"


def test_a_part_of_a_name_goes_from_the_own_texts():
    person = Traces(["阿依古丽·买买提"])

    assert person.out_of_own("阿依古丽说买买提来", ["阿依古丽·买买提"]) == "某某说某某来"


@pytest.mark.parametrize(
    "text",
    ["董女士", "小红花", "138001256781", "213800125678", "13800125679", "董小", "董某", "", "138"],
)
def test_others_are_left_alone(text):
    assert not PERSON.are_in(text)
    assert PERSON.out_of(text) == text


@pytest.mark.parametrize("name", ["董", "董女士", "老张", "张师傅", "", " "])
def test_a_surname_alone_is_no_trace(name):
    assert not Traces([name])


def test_a_longer_name_of_another_one_stays():
    person = Traces(["王明"], apart=["王明华", "王明"])

    assert person.out_of("王明和王明华来了") == f"{SOMEBODY}和王明华来了"
    assert person.spans("王明华") == []


@pytest.mark.parametrize(
    ("phone", "text"),
    [
        ("0633-8781234", "打8781234"),
        ("0633-8781234", "（0633）878 1234"),
        ("06338781234", "0633-8781234"),
        ("010 6878 1234", "68781234"),
        ("8781234", "我的8781234"),
        ("wx_dong88", "微信wx_dong88"),
    ],
)
def test_landlines_and_accounts_are_found(phone, text):
    assert Traces([], [phone]).are_in(text)
    assert not Traces([], [phone]).are_in(Traces([], [phone]).out_of(text))


def test_a_number_and_an_account_are_found_each_by_itself():
    both = Traces([], ["13800125678", "wx_dong88"])

    assert both.are_in("微信wx_dong88")
    assert both.are_in("幺三八零零一二五六七八")


def test_what_can_only_mean_the_person_goes_from_the_own_texts():
    text = "董女士您好，小红说老董也在，董小红的电话13800125678"

    assert PERSON.out_of_own(text, ["董小红", "老董"]) == (
        f"{SOMEBODY}您好，{SOMEBODY}说{SOMEBODY}也在，{SOMEBODY}的电话{NUMBER_GONE}"
    )


def test_a_name_is_found_as_it_stands_in_json():
    odd = Traces(['阿"依\\古丽'])

    once = json.dumps({"name": '阿"依\\古丽'}, ensure_ascii=False)
    assert odd.are_in(once)
    assert odd.are_in(json.dumps([once], ensure_ascii=False))


_names = st.text(alphabet="王李欧阳𠮷𪚥明华小红A·", min_size=2, max_size=5)


@pytest.mark.parametrize("before", ["\n", "\t", "第一行\r\n", "\x0b", "\x00", "\x11"])
@pytest.mark.parametrize("trace", ["Anna Maria", "13800005678"])
def test_what_stands_behind_an_escaped_character_is_found(before, trace):
    traces = Traces(["Anna Maria"], ["13800005678"])
    assert traces.are_in(json.dumps(before + trace, ensure_ascii=False))


@given(
    name=_names,
    number=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    parts=st.lists(st.sampled_from(["NAME", "NUMBER", "，", "我叫", "3000元", "。\n"]), max_size=8),
)
@settings(deadline=None)
def test_nothing_is_left_and_the_rest_stays(name, number, parts):
    person = Traces([name], [number])
    text = "|".join({"NAME": name, "NUMBER": number}.get(part, part) for part in parts)

    left = person.out_of(text)

    assert not person.are_in(left)
    assert number not in left
    assert person.out_of(left) == left
    for full in person.names:
        assert full not in left
