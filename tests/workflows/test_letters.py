"""The register of 一函两书 on a real ledger: numbers, answers, and back by undo."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.casework.due import due_letters
from hotline_desk.domain.casework.letters import (
    Letter,
    LetterKind,
    Reply,
    next_number,
    pattern_text,
    read_pattern,
)
from hotline_desk.errors import CaseNotFound, CourseRefused, LetterNumberTaken, RecordNotFound
from hotline_desk.settings import Settings
from hotline_desk.workflows import case_course, letters
from tests.domain.cases import CALENDAR
from tests.workflows.casework import BY, FRIDAY, MONDAY, TUESDAY, WEDNESDAY, finished

PATTERN = Settings().letter_number
PAPER = Letter(kind=LetterKind.REMINDER, number="", recipient="某物业公司", sent_on=FRIDAY)


def register(ledger, **given):
    return letters.register(ledger, replace(PAPER, **given), pattern=PATTERN, by=BY)


def test_each_kind_and_year_has_its_own_run_of_numbers(ledger):
    numbers = [
        register(ledger, **given).number
        for given in (
            {},
            {},
            {"kind": LetterKind.OPINION},
            {"sent_on": date(2027, 1, 4)},
            {"number": "工法提示函〔2026〕9号"},
            {"number": "旧文号"},
            {},
        )
    ]

    assert numbers == [
        "工法提示函〔2026〕1号",
        "工法提示函〔2026〕2号",
        "工法意见书〔2026〕1号",
        "工法提示函〔2027〕1号",
        "工法提示函〔2026〕9号",
        "旧文号",
        "工法提示函〔2026〕10号",
    ]
    assert len(letters.listed(ledger, year=2026)) == 6


@given(st.text(max_size=10), st.sampled_from(LetterKind), st.integers(2000, 2099))
def test_any_pattern_gives_numbers_that_follow_each_other(pattern, kind, year):
    first = next_number([], kind, year, pattern=pattern)
    second = next_number([replace(PAPER, number=first)], kind, year, pattern=pattern)

    assert first != second
    assert next_number([replace(PAPER, number=second)], kind, year, pattern=pattern) not in {
        first, second,
    }  # fmt: skip


def test_a_number_is_given_once(ledger):
    register(ledger, number="工法〔2026〕1号")

    with pytest.raises(LetterNumberTaken):
        register(ledger, number=" 工法〔2026〕1号 ")

    assert len(letters.listed(ledger)) == 1


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"recipient": " "}, CourseRefused),
        ({"answer_by": WEDNESDAY}, CourseRefused),
        ({"case_id": 99}, CaseNotFound),
    ],
)
def test_a_paper_to_nobody_or_of_no_case_is_refused(ledger, given, error):
    with pytest.raises(error):
        register(ledger, **given)

    assert letters.listed(ledger) == []


def test_a_paper_is_not_sent_before_its_case_was_received(ledger, case):
    early = replace(PAPER, number="旧1号", case_id=case.id, sent_on=case.received - timedelta(1))
    imported = ledger.keep(early, by=BY)
    sent = register(ledger, case_id=case.id)

    with pytest.raises(CourseRefused, match="早于接收日"):
        register(ledger, case_id=case.id, sent_on=early.sent_on)
    with pytest.raises(CourseRefused, match="早于接收日"):
        letters.amend(ledger, sent.id, sent_on=early.sent_on, by=BY)

    assert letters.amend(ledger, imported.id, subject="欠薪", by=BY).sent_on == early.sent_on
    assert sent in letters.listed(ledger)


def test_a_paper_of_a_round_before_is_registered_late(ledger, case):
    closed = finished(ledger, case)
    case_course.again(ledger, case.id, on=TUESDAY, by=BY)

    assert register(ledger, case_id=case.id, sent_on=closed.received).case_id == case.id


def test_an_answer_is_noted_and_taken_back(ledger, case):
    sent = register(ledger, case_id=case.id, answer_by=MONDAY)

    answered = letters.answer(ledger, sent.id, on=MONDAY, answer=" 已补发 ", by=BY)

    assert (answered.answered_on, answered.answer) == (MONDAY, "已补发")
    assert sent.is_overdue(MONDAY + timedelta(days=1))
    assert not answered.is_overdue(MONDAY + timedelta(days=1))
    assert letters.of_case(ledger, case.id) == [answered]
    with pytest.raises(CourseRefused):
        letters.answer(ledger, sent.id, on=WEDNESDAY, answer="", by=BY)
    ledger.undo(by=BY)
    assert letters.listed(ledger) == [sent]


def test_a_void_paper_stays_in_the_register_and_its_number_is_not_given_again(ledger, case):
    register(ledger)
    sent = register(ledger, case_id=case.id, answer_by=FRIDAY)

    with pytest.raises(CourseRefused, match="理由"):
        letters.void(ledger, sent.id, reason=" ", on=MONDAY, by=BY)
    void = letters.void(ledger, sent.id, reason="登记重了", on=MONDAY, by=BY)

    assert letters.listed(ledger)[1] == void
    assert (void.voided_on, void.voided_for) == (MONDAY, "登记重了")
    assert void.reply(TUESDAY) is Reply.VOID
    assert not void.is_overdue(TUESDAY)
    assert due_letters([sent], [case], TUESDAY, calendar=CALENDAR) != []
    assert due_letters([void], [case], TUESDAY, calendar=CALENDAR) == []
    with pytest.raises(LetterNumberTaken):
        register(ledger, number=sent.number)
    assert register(ledger).number.endswith("3号")
    for deed in (
        lambda: letters.void(ledger, sent.id, reason="又一次", on=MONDAY, by=BY),
        lambda: letters.amend(ledger, sent.id, subject="欠薪", by=BY),
        lambda: letters.answer(ledger, sent.id, on=MONDAY, answer="已付", by=BY),
    ):
        with pytest.raises(CourseRefused, match="已经作废"):
            deed()


def test_a_void_paper_comes_back_by_undo(ledger):
    sent = register(ledger)
    letters.void(ledger, sent.id, reason="登记重了", on=MONDAY, by=BY)

    ledger.undo(by=BY)

    assert letters.listed(ledger) == [sent]
    assert ledger.examine() == []


def test_a_paper_is_amended(ledger):
    sent = register(ledger)
    other = register(ledger)

    letters.answer(ledger, sent.id, on=MONDAY, answer="已补发", by="同事")
    amended = letters.amend(ledger, sent.id, subject="欠薪", by=BY)
    with pytest.raises(LetterNumberTaken):
        letters.amend(ledger, sent.id, number=other.number, by=BY)

    answered = replace(sent, subject="欠薪", answered_on=MONDAY, answer="已补发")
    assert letters.listed(ledger) == [amended, other] == [answered, other]
    with pytest.raises(RecordNotFound):
        letters.amend(ledger, 99, subject="欠薪", by=BY)


def _written(pattern):
    try:
        return read_pattern(pattern)
    except ValueError:
        return None


@given(st.lists(st.sampled_from(["{种类}", "{年}", "{号}", "{n}", "{x}", "{", "工法", "〔", "号"])))
def test_a_pattern_that_is_taken_numbers_and_is_shown_as_it_was_written(parts):
    words = "".join(parts)
    pattern = _written(words)

    if pattern is None:
        assert parts.count("{号}") != 1 or not {"{n}", "{x}", "{"}.isdisjoint(parts)
    else:
        assert pattern_text(pattern) == words
        assert next_number([], LetterKind.OPINION, 2026, pattern=pattern).count("1") >= 1
        assert "{" not in next_number([], LetterKind.OPINION, 2026, pattern=pattern)


@pytest.mark.parametrize("words", ["", "工法", "{号}{号}", "{号}{月}", "{号" + "法" * 60 + "}"])
def test_no_other_pattern_is_taken(words):
    with pytest.raises(ValueError, match="文号里写一个"):
        read_pattern(words)
