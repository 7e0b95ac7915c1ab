"""Lines break as Chinese setting wants it, and no text is lost."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.reports.linebreak import (
    NEVER_FIRST,
    NEVER_LAST,
    break_lines,
    squeezed,
    stretchable,
)

SIZE = 10.0

_words = st.sampled_from(
    ["拖欠工资", "我们", "十一个保洁员", "33,000 元", "1,500.50元", "第三十条", "劳动合同法",
     "GHFL-2026-190-03", "138****5678", "00:03:12–00:05:40", "App", "OK", "2026年11月25日", "50%",
     "人社部发〔2021〕56 号", "𠮷", "䶮", "——", "……", "（", "）", "《", "》", "“", "”", "，", "。",
     "？", "！", "：", "；", "、", "【", "】", "％", " "]
)  # fmt: skip
_texts = st.lists(_words, max_size=60).map("".join)


def widths_of(text: str) -> list[float]:
    return [SIZE / 2 if character.isascii() else SIZE for character in text]


def broken(text: str, limit: float) -> list[str]:
    return [text[line.start : line.shown] for line in break_lines(text, widths_of(text), limit)]


def has_good_place(text: str, start: int, end: int) -> bool:
    """Return whether a line of these characters need not break the rules: not in a row of signs."""
    return any(
        text[place] not in NEVER_FIRST | {" "} and text[place - 1] not in NEVER_LAST | {" "}
        for place in range(start + 1, end + 1)
    )


@settings(max_examples=800)
@given(text=_texts, limit=st.sampled_from([180.0, 245.0, 393.0, 483.0]))
def test_no_line_begins_or_ends_on_a_forbidden_sign_and_nothing_is_lost(text, limit):
    lines = break_lines(text, widths_of(text), limit)

    assert "".join(text[line.start : line.end] for line in lines) == text
    for before, after in pairwise(lines):
        if has_good_place(text, before.start, before.end):
            assert text[after.start] not in NEVER_FIRST
            assert text[before.shown - 1] not in NEVER_LAST
    assert all(line.width <= limit + 1e-3 for line in lines)


def test_amounts_and_words_stay_whole():
    text = "他们一共被拖欠了 33,000 元工资，台账编号是 GHFL-2026-190-03。"

    for limit in range(100, 300, 5):
        lines = broken(text, limit)
        assert sum("33,000 元" in line for line in lines) == 1
        assert sum("GHFL-2026-190-03" in line for line in lines) == 1


def test_a_word_wider_than_a_line_is_broken_rather_than_run_out():
    lines = broken("x" * 100, 200.0)

    assert [len(line) for line in lines] == [40, 40, 20]


def test_a_closing_sign_hangs_with_its_empty_half():
    assert broken("一二三四，五", 45.0) == ["一二三四，", "五"]


def test_the_space_at_a_break_is_not_drawn():
    assert broken("一二三 四五六", 35.0) == ["一二三", "四五六"]


def test_a_line_feed_ends_a_paragraph():
    lines = break_lines("一\n\n二", [SIZE, 0, 0, SIZE], 100.0)

    assert [(line.start, line.end, line.ends_paragraph) for line in lines] == [
        (0, 1, True), (2, 2, True), (3, 4, True)
    ]  # fmt: skip


def test_space_goes_between_characters_and_around_words_only():
    text = "共33,000 元钱"

    assert [text[place] for place in stretchable(text)] == ["共", "元"]


def test_signs_that_meet_share_their_empty_halves():
    text = "说：“（钱。”）"

    assert [text[place] for place in sorted(squeezed(text))] == ["：", "“", "。", "”"]
    assert [line.width for line in break_lines(text, widths_of(text), 100.0)] == [55.0]


def test_an_opening_sign_at_a_line_s_start_hangs_with_its_empty_half():
    assert broken("“一二三四", 45.0) == ["“一二三四"]
