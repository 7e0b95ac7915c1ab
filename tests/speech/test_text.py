"""Readable Chinese, and the way back to what was heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.speech.text import Kind, readable, reading


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("老板拖欠我们十一个人三万三千元", "老板拖欠我们 11 个人 33,000 元。"),
        ("二零二六年三月五号在车间受伤了", "2026 年 3 月 5 号在车间受伤了。"),
        ("我的电话是幺三八零零一三八零零零", "我的电话是 13800138000。"),
        ("公上认定怎么办", "工伤认定怎么办？"),
        ("我能要双倍工资吗请您讲一讲", "我能要双倍工资吗？请您讲一讲。"),
        ("百分之三十的工资", "30% 的工资。"),
        ("根据劳动合同法第八十二条", "根据劳动合同法第 82 条。"),
        ("两个月没发", "两个月没发。"),
        ("三万多块钱", "三万多块钱。"),
        ("没什么", "没什么。"),
        ("工资没发，怎么办？", "工资没发，怎么办？"),
        ("", ""),
    ],
)
def test_words_read_as_people_write_them(heard, written):
    assert readable(heard) == written


@given(
    st.text(
        alphabet="公上认定工伤一二三十百千万零幺个人元块钱年月号百分之第条吗什么，。", max_size=50
    )
)
def test_every_change_can_be_turned_back(heard):
    assert reading(heard).heard() == heard


def test_one_change_can_be_turned_back_alone():
    found = reading("公上认定赔三千元")
    term = next(change for change in found.changes if change.kind is Kind.TERM)

    assert found.text == "工伤认定赔 3,000 元。"
    assert found.without(term).text == "公上认定赔 3,000 元。"


def test_pauses_become_punctuation():
    spoken = [
        _utterance(1.0, ("公司", 1.0, 1.4), ("不发", 1.4, 1.8), ("工资", 2.3, 2.7)),
        _utterance(3.3, ("怎么办", 3.3, 3.9)),
        _utterance(5.5, ("谢谢", 5.5, 5.9)),
    ]

    assert reading(spoken).text == "公司不发，工资，怎么办？谢谢。"
    assert reading(spoken).heard() == "公司不发工资怎么办谢谢"


def test_a_term_is_never_cut_out_of_other_words():
    # 集体|和|同事: the last word goes beyond the sound of 集体合同
    apart = [_utterance(0.0, ("劳动", 0, 0.4), ("和", 0.4, 0.6), ("同事们", 0.6, 1.2))]
    together = [_utterance(0.0, ("劳动", 0, 0.4), ("和同", 0.4, 0.8))]

    assert readable(apart) == "劳动和同事们。"
    assert readable(together) == "劳动合同。"


def _utterance(start: float, *words: tuple[str, float, float]) -> Utterance:
    heard = tuple(Word(word, begin, end, 1.0) for word, begin, end in words)
    return Utterance("来电", start, heard[-1].end, "".join(w.word for w in heard), heard)
