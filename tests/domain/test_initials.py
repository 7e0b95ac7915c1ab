import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.initials import NONE, initials, is_initials, lettered, spelled
from hotline_desk.domain.search import as_written, excerpt, holds, standing_for


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("劳动合同", "ldht"), ("人民调解员", "rmtjy"), ("调岗降薪", "dgjx"), ("银行会计", "yhkj"),
        ("长期加班", "cqjb"), ("厂长", "cz"), ("重新签合同", "cxqht"), ("APP打卡", "appdk"),
        ("工资3,000元", "gz|||||y"), ("", ""),
    ],
)  # fmt: skip
def test_each_character_gives_the_letter_it_is_read_with(words, letters):
    assert initials(words) == letters


@given(st.text("工资调解员银行会计长重新，。a Z9\n㐀𠮷😀"))
def test_there_is_one_letter_for_each_character(text):
    letters = initials(text)

    assert len(letters) == len(text)
    assert set(letters) <= set("abcdefghijklmnopqrstuvwxyz" + NONE)


@given(st.text("工资社保调解银行会计劳动合同", min_size=2), st.data())
def test_every_passage_is_found_by_its_initials(text, drawn):
    start = drawn.draw(st.integers(0, len(text) - 2))
    end = drawn.draw(st.integers(start + 2, len(text)))
    asked = initials(text)[start:end]

    at = initials(text).find(asked)
    assert spelled(text, asked) == text[at : at + len(asked)]
    assert holds(text, asked)


def test_no_passage_runs_across_the_ends_of_texts():
    assert lettered("工资", "社保") == "gz|sb|"
    assert "zs" not in lettered("工资", "社保")


def test_small_letters_alone_are_asked_for_as_initials():
    assert [
        term for term in ("ldht", "gz", "g", "LDHT", "gz1", "工资", "") if is_initials(term)
    ] == [
        "ldht",
        "gz",
    ]


def test_what_initials_stand_for_is_told_and_stands_in_the_excerpt():
    text = "我在工地上干了三年一直没有签劳动合同，也没有交社保，APP 也打不开"

    assert standing_for(text, "ldht 社保 app sb") == {"ldht": "劳动合同", "sb": "社保"}
    assert as_written(text, "ldht 社保") == "劳动合同 社保"
    assert "劳动合同" in excerpt(text, "ldht", width=12)
