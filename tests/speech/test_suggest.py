"""What callers' words propose: each sentence of sentences.toml, exactly."""

import json
import os
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.proposals import Proposals
from hotline_desk.speech.suggest import WAITS, suggest

CALL_DAY = date(2026, 11, 25)
SAID = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))["said"]


@pytest.mark.parametrize("said", SAID, ids=range(1, len(SAID) + 1))
def test_a_sentence_proposes_what_it_says_and_nothing_else(said):
    proposals = suggest(said["text"], today=CALL_DAY)

    assert (
        proposals.categories[0],
        [fen / 100 for fen in proposals.amounts_fen],
        proposals.people,
        list(proposals.dates),
        proposals.employer,
    ) == (
        Category(said["category"]),
        said.get("amounts", []),
        said.get("people"),
        said.get("dates", []),
        said.get("employer", ""),
    )
    assert len(proposals.categories) == 3
    assert 0 < len(proposals.point) <= 30


def test_the_sentences_touch_every_category():
    assert {Category(said["category"]) for said in SAID} == set(CATEGORIES)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        (
            "我们在一家家政公司干活我和四个大姐五个月没发工资一共欠两万六千元",
            "5 人被家政公司拖欠五个月工资，26,000 元",
        ),
        ("我每月工资四千二公司压了我两个月的", "被单位拖欠两个月工资"),
        ("我在纸箱厂干了三年没签合同也没交社保", "纸箱厂未签劳动合同，未缴社保"),
        ("十月九号在木材厂干活被锯伤了手厂里不管", "10 月 9 日在木材厂工作时受伤，单位不管"),
        ("班长天天骂我", "班长天天骂我"),
    ],
)
def test_the_point_says_who_what_and_how_much(text, point):
    assert suggest(text, today=CALL_DAY).point == point


def test_caller_and_district_are_proposed_where_they_are_said():
    proposals = suggest("您好我免贵姓谢住在岚山我们厂长姓李不发工资")

    assert (proposals.surname, proposals.district) == ("谢", "岚山区")


def test_terms_heard_wrongly_still_find_their_category():
    assert suggest("公上认定要到哪里申请").categories[0] is Category.INJURY


@pytest.mark.parametrize("text", ["", "   ", "喂你好听得见吗"])
def test_without_a_hint_nothing_is_proposed(text):
    assert suggest(text) == Proposals()


@given(
    st.text(
        alphabet="我们公司没发工资欠一二三十百千万个人月号元块摔伤签合同社保 ，。0123456789",
        max_size=60,
    )
)
def test_whatever_is_said_the_point_is_one_short_line_and_money_is_positive(text):
    proposals = suggest(text, today=CALL_DAY)

    assert len(proposals.point) <= 30
    assert "\n" not in proposals.point
    assert all(fen > 0 for fen in proposals.amounts_fen)
    assert len(proposals.categories) in (0, 3)


def test_the_command_names_what_it_found():
    done = subprocess.run(
        [sys.executable, "-m", "hotline_desk", "suggest"],
        input="我们十一个保洁员被拖欠工资三万三千元\n\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    first, blank = done.stdout.splitlines()
    assert first.startswith("类别：工资")
    assert "  金额：33,000 元  人数：11 人" in first
    assert "  诉求要点：" in first
    assert (blank, done.stderr) == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of another kind")
def test_somebody_at_a_keyboard_is_told_what_is_waited_for():
    ours, theirs = os.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "hotline_desk", "suggest"],
        stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    with child:
        assert child.stderr.readline() == WAITS % "Ctrl+D" + "\n"
        os.write(ours, b"\x04")
    os.close(ours)
    os.close(theirs)

    assert child.returncode == 0


def test_the_command_answers_each_line_with_one_blank_ones_too():
    done = subprocess.run(
        [sys.executable, "-m", "hotline_desk", "suggest", "--json"],
        input="公司拖欠我八千元工资\n\n我被裁了想领失业金\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["amounts_fen"] for answer in answers] == [[800_000], [], []]
    assert [(answer["categories"] or [""])[0] for answer in answers] == ["工资", "", "社保待遇"]
    assert list(answers[0]) == ["categories", "amounts_fen", "people", "dates", "employer", "point"]
