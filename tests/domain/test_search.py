import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.search import excerpt, holds, terms

texts = st.text("工资社保，。 \n1aAé😀𠮷", max_size=80)


def test_blanks_of_every_kind_keep_terms_apart():
    assert terms(" 工资　社保\n") == ["工资", "社保"]
    assert terms("　") == []


def test_every_term_must_be_there_in_any_order_and_case():
    assert holds("社保和工资ABC", "工资 abc 社保")
    assert not holds("社保和工资", "工资 工伤")


def test_a_mobile_number_in_parts_is_one_term():
    assert terms("138 0000 5678 工资") == ["13800005678", "工资"]


@pytest.mark.parametrize(
    "words", ["33000", "33,000", "三万三千", "三万三", "3.3万元", "３３０００"]
)
@pytest.mark.parametrize("text", ["共计 33,000 元", "一共三万三千块钱", "要33000元", "欠三万三"])
def test_an_amount_is_held_however_it_is_written(words, text):
    assert holds(text, words)


@pytest.mark.parametrize("text", ["133,000 元", "三万三千五百元", "33,000,000 元", "二十三万三千"])
def test_an_amount_is_not_held_by_a_part_of_another(text):
    assert not holds(text, "33000元")


def test_the_amount_that_was_found_is_in_the_excerpt():
    assert "三万三千" in excerpt("前" * 50 + "三万三千元" + "后" * 50, "33000", width=20)


def test_a_short_passage_is_shown_whole():
    assert excerpt("我的工资两个月没发", "工资") == "我的工资两个月没发"


def test_a_long_passage_is_cut_around_the_words():
    shown = excerpt("前" * 50 + "工资" + "后" * 50, "工资", width=20)

    assert shown.startswith("…前")
    assert shown.endswith("后…")
    assert "工资" in shown
    assert len(shown) == 22


@given(texts, st.data())
def test_an_excerpt_holds_the_first_term_on_one_line(text, data):
    start = data.draw(st.integers(0, len(text)))
    words = text[start : start + 5]

    shown = excerpt(text, words)

    assert "\n" not in shown
    assert len(shown) <= 42
    if found := terms(words):
        assert any(term.casefold() in shown.casefold() for term in found)
