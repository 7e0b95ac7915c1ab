"""Workers of a case as people write them down."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.casework.cases import Case, Party
from hotline_desk.domain.casework.clock_events import ClockEvents
from hotline_desk.domain.casework.course import Course
from hotline_desk.domain.casework.parties import (
    PartyNotUnderstood,
    read_parties,
    representatives_wanted,
)
from hotline_desk.domain.times import money_text

NAMES = ("王伟", "买买提·艾力", "J. Smith", "张 三", "欧阳娜娜", "艾则孜 麦麦提江", "某")


def told(text):
    return [(party.name, party.claimed_fen) for party in read_parties(text)]


@pytest.mark.parametrize(
    "text",
    [
        "王伟 3000", "王伟3000", "王伟3000元", "王伟，3000", "王伟、3000", "王伟：3,000.00",
        "王伟\t3,000.00", "1. 王伟 3000元", "（1）王伟 3000", "1、王伟3000", "王伟 ￥3000",
        "王伟 3000 元", "王伟,3000", "王伟 0.3万", "王伟0.3万", "12) 王伟 ¥3,000",
    ],
)  # fmt: skip
def test_an_amount_behind_a_name_is_what_he_is_owed(text):
    assert told(text) == [("王伟", 300_000)]


@pytest.mark.parametrize(
    "text", ["王伟、李娜、张三", "王伟，李娜,张三", "王伟\n李娜\n张三", "1、王伟、李娜；张三"]
)
def test_names_in_a_row_are_as_many_workers(text):
    assert told(text) == [("王伟", None), ("李娜", None), ("张三", None)]


def test_each_of_a_row_has_its_own_amount():
    assert told("王伟3,000、李娜 2000、张三") == [
        ("王伟", 300_000), ("李娜", 200_000), ("张三", None),
    ]  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, "工友1", "工友12"])
def test_a_name_alone_stays_as_it_is(name):
    assert told(name) == [(name, None)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("王伟 -3000", "金额是负数：王伟 -3000"),
        ("王伟-3000", "金额是负数：王伟-3000"),
        ("王伟\t3,000.00\t13812345678", "金额后面还有别的数字，一位只写姓名和金额："),
        ("王伟 3000 元 13812345678", "金额后面还有别的数字"),
        ("王伟 3000 已付一半", "看不懂这个金额：王伟 3000 已付一半"),
        ("王伟13812345678", "看不懂|金额太大"),
        ("3000", "没有写姓名：3000"),
    ],
)
def test_what_would_be_lost_is_told(text, why):
    with pytest.raises(PartyNotUnderstood, match=why):
        read_parties(f"李娜 2000\n{text}")


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 10**8)), max_size=6))
def test_what_the_desk_writes_it_reads(rows):
    text = "\n".join(f"{name} {money_text(fen)}" for name, fen in rows)

    assert told(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "@王伟 3000", "＠王伟3000元", "王伟@ 3000", "王伟@3000", "王伟（代表人） 3,000 元",
        "王伟(代表)3000", "1. @王伟 3000", "@ 王伟、3000", "王伟（代表人）、3000",
    ],
)  # fmt: skip
def test_who_represents_the_others_is_marked_at_the_name(text):
    assert read_parties(text) == (Party(name="王伟", claimed_fen=300_000, represents=True),)


@pytest.mark.parametrize("name", ["工友代表", "王代表", "王*", "**伟", "代表人"])
def test_a_name_alone_marks_nobody(name):
    assert read_parties(name) == (Party(name=name),)


def test_a_mark_without_a_name_is_told():
    with pytest.raises(PartyNotUnderstood, match="没有写姓名：@ 3000"):
        read_parties("@ 3000")


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.booleans()), max_size=6))
def test_who_is_told_to_represent_them_is_read_back(rows):
    parties = tuple(Party(name=name, represents=represents) for name, represents in rows)

    assert read_parties("\n".join(party.told for party in parties)) == parties


@pytest.mark.parametrize(("people", "wanted"), [(None, False), (9, False), (10, True), (11, True)])
def test_ten_workers_without_a_representative_are_told(people, wanted):
    day = date(2026, 11, 25)
    case = Case(id=1, number="AJ-2026-0001", received=day, events=ClockEvents(received=day),
                people=people, parties=(Party(name="董某"),))  # fmt: skip

    assert ("第七条，供律师核对" in representatives_wanted(case)) is wanted
    spoken_for = replace(case, parties=(*case.parties, Party(name="王某", represents=True)))
    assert representatives_wanted(spoken_for) == ""
    assert representatives_wanted(replace(case, course=Course.FINISHED)) == ""
