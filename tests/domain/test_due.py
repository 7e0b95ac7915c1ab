"""今日待办: each open case once for its clock, once for its money, the most pressing first."""

from dataclasses import replace
from datetime import datetime

import pytest

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import Case, Satisfaction
from hotline_desk.domain.casework.course import ClosingWay, Course, Promise
from hotline_desk.domain.casework.deadlines import Card
from hotline_desk.domain.casework.due import (
    Stage,
    by_person,
    due,
    due_lapses,
    due_letters,
    due_questions,
    following,
    in_order,
    working_days_left,
)
from hotline_desk.domain.casework.lapses import Limit, Unit, lapses
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Handling, Kind, Question, Span
from hotline_desk.domain.times import STUDIO_ZONE
from tests.domain.cases import (
    CALENDAR,
    LIMITS,
    MONDAY,
    a_case,
    after,
    called,
    closed,
    paused,
    planned,
)
from tests.domain.published import DAY


def case(number=1, **given):
    events = given.pop("events", a_case())
    return Case(id=number, number=f"AJ-2026-{number:04}", received=MONDAY, events=events, **given)


def found(*cases, on=MONDAY):
    items = due(cases, on, calendar=CALENDAR, limits=LIMITS, call_back_days=400)
    return [(item.case.id, item.stage, item.day, item.left, item.card) for item in items]


def test_a_new_case_is_to_be_contacted_and_warns_on_its_last_day():
    assert found(case()) == [(1, Stage.CONTACT, after(1), 1, Card.NONE)]
    assert found(case(), on=after(1)) == [(1, Stage.CONTACT, after(1), 0, Card.YELLOW)]
    assert found(case(), on=after(2)) == [(1, Stage.CONTACT, after(1), -1, Card.RED)]


def test_the_next_step_follows_the_one_that_is_done():
    spoken = case(events=a_case(contacts=(called(MONDAY),)))
    told = case(events=a_case(contacts=(called(MONDAY),), plan=planned(MONDAY)))

    assert found(spoken) == [(1, Stage.PLAN, after(3), 3, Card.NONE)]
    assert found(told) == [(1, Stage.CLOSE, after(7), 5, Card.NONE)]


def test_a_finished_case_has_nothing_to_do():
    assert found(case(course=Course.FINISHED)) == []


def test_while_the_clock_stands_only_the_expected_day_is_told():
    stands = case(events=a_case(pauses=(paused(MONDAY, after(4)),)))

    stands = replace(stands, owner="干部甲")
    assert found(stands, on=after(3)) == []
    assert found(stands, on=after(4)) == [(1, Stage.RESUME, after(4), 0, Card.NONE)]
    assert found(stands, on=after(9))[0][3] == -3


def test_what_was_late_when_the_clock_was_stopped_stays_late_as_much():
    late = case(events=a_case(pauses=(paused(after(2), after(4)),)))

    for day in (2, 3):
        assert found(late, on=after(day)) == [(1, Stage.CONTACT, after(1), -1, Card.RED)]
    assert found(late, on=after(7)) == [
        (1, Stage.CONTACT, after(1), -1, Card.RED), (1, Stage.RESUME, after(4), -1, Card.NONE),
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "left"), [(4, 3), (7, 2), (9, 0), (10, -1)])
def test_promised_money_is_followed_after_the_clock_has_ended(day, left):
    owed = case(
        events=a_case(closing=closed(MONDAY)),
        course=Course.MEDIATED,
        promise=Promise(agreed_fen=3_300_000, pay_by=after(9)),
    )

    assert found(owed, on=after(day)) == [(1, Stage.FULFIL, after(9), left, Card.NONE)]


def test_money_that_has_come_or_is_far_off_is_not_told():
    closing = a_case(closing=closed(MONDAY))
    paid = Promise(agreed_fen=100, pay_by=after(1), received_fen=100)

    assert found(case(events=closing, promise=paid), on=after(9)) == []
    assert found(case(events=closing, promise=replace(paid, received_fen=0)), on=after(9))
    assert found(case(events=closing, promise=Promise(agreed_fen=100, pay_by=after(11)))) == []


def test_an_agreement_without_a_day_of_payment_is_asked_after_in_a_week():
    owed = case(events=a_case(closing=closed(MONDAY)), promise=Promise(agreed_fen=100))

    assert found(owed) == []
    assert found(owed, on=after(7)) == [(1, Stage.FULFIL, after(7), 0, Card.NONE)]


def stages(*cases, on):
    return [
        (item.stage, item.day, item.left)
        for item in due(cases, on, calendar=CALENDAR, limits=LIMITS, call_back_days=5)
    ]


@pytest.mark.parametrize("course", [Course.MEDIATED, Course.FINISHED])
def test_the_worker_is_called_back_after_closing_until_somebody_has(course):
    done = case(events=a_case(closing=closed(MONDAY)), course=course)
    asked = replace(done, satisfaction=Satisfaction.SATISFIED, called_back_on=after(4))

    assert stages(done, on=after(1)) == []
    assert stages(done, on=after(4)) == [(Stage.CALL_BACK, after(7), 1)]
    assert stages(done, on=after(8)) == [(Stage.CALL_BACK, after(7), -1)]
    assert stages(asked, on=after(8)) == []
    assert stages(replace(done, closing=ClosingWay.UNREACHABLE), on=after(8)) == []


def test_red_cards_stand_above_what_is_later_than_they():
    old = case(1, events=a_case(closing=closed(MONDAY)))
    red = case(2, events=a_case(contacts=(called(MONDAY),)))

    items = due([old, red], after(20), calendar=CALENDAR, limits=LIMITS, call_back_days=1)

    assert [(item.case.id, item.card) for item in items] == [(2, Card.RED), (1, Card.NONE)]
    assert items[0].left > items[1].left


@pytest.mark.parametrize("course", [Course.MEDIATED, Course.FINISHED])
def test_a_worker_who_was_not_reached_is_called_again_until_somebody_has(course):
    done = case(events=a_case(closing=closed(MONDAY)), course=course)
    tried = replace(done, satisfaction=Satisfaction.UNREACHED, called_back_on=after(7))

    assert stages(done, on=after(400))
    assert stages(tried, on=after(7)) == [(Stage.CALL_BACK, after(8), 1)]
    assert stages(tried, on=after(400))
    assert stages(tried, on=after(4)) == []
    assert stages(replace(tried, satisfaction=Satisfaction.NO_ANSWER), on=after(400)) == []


def test_what_was_received_later_has_nothing_to_do_yet():
    assert found(case(), on=after(-1)) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"course": Course.MEDIATED, "closing": ClosingWay.MEDIATED}, "已办结，还没有结案"),
        ({"course": Course.ARBITRATION}, "等仲裁结果"),
        ({"course": Course.LAWSUIT}, "等诉讼结果"),
        (
            {"promise": Promise(agreed_fen=100, pay_by=after(30))},
            "等用人单位付款，约定 12月2日 周三",
        ),
    ],
)
def test_an_open_case_without_a_limit_is_followed_on_and_comes_last(given, words):
    done = case(events=a_case(closing=closed(MONDAY)), satisfaction=Satisfaction.SATISFIED, **given)

    assert found(done, on=after(1)) == []
    row = following(done, after(1))
    assert (row.stage, row.words, row.left_words) == (Stage.FOLLOW, words, "没有期限")
    assert not row.has_limit
    late = due([case(2)], MONDAY, calendar=CALENDAR, limits=LIMITS)
    assert in_order([row, *late]) == [*late, row]


def test_a_case_whose_clock_stands_says_for_what():
    stands = case(events=a_case(pauses=(paused(MONDAY, after(4)),)), owner="干部甲")

    assert following(stands, after(1)).words.startswith("暂停计时，")


def test_a_dissatisfied_worker_waits_for_the_case_to_be_taken_up_again():
    done = case(
        events=a_case(closing=closed(MONDAY)),
        course=Course.FINISHED,
        satisfaction=Satisfaction.DISSATISFIED,
        called_back_on=after(2),
    )

    assert stages(done, on=after(3)) == [(Stage.AGAIN, after(3), 0)]
    assert stages(replace(done, course=Course.MEDIATED), on=after(3)) == [
        (Stage.AGAIN, after(3), 0)
    ]


def test_a_case_of_nobody_is_told_where_nothing_else_tells_of_it():
    stands = a_case(pauses=(paused(MONDAY, after(9)),))

    (item,) = due([case(events=stands)], after(2), calendar=CALENDAR, limits=LIMITS)

    assert (item.stage, item.words, item.owner) == (Stage.ASSIGN, "还没有承办人", "")
    assert found(case(events=stands, owner="干部甲"), on=after(2)) == []


def a_row(day=MONDAY, **given):
    at = datetime(day.year, day.month, day.day, 10, tzinfo=STUDIO_ZONE)
    fields = {"id": 7, "number": "GHFL-2026-M11-007", "caller": Caller(), "episode": None, "at": at}
    return Question(**fields | {"category": Category.WAGES} | given)


def of_questions(*questions, on, **given):
    return [
        (item.stage, item.day, item.left, item.card, item.number)
        for item in due_questions(questions, on, calendar=CALENDAR, limits=LIMITS, **given)
    ]


@pytest.mark.parametrize("kind", [Kind.REQUEST, Kind.COMPLAINT])
def test_a_request_for_which_no_case_was_opened_runs_on_its_clock(kind):
    row = a_row(kind=kind)
    told = (Stage.OPEN, after(1), 1, Card.NONE, row.number)

    assert of_questions(row, on=MONDAY) == [told]
    assert of_questions(row, on=after(2))[0][2:4] == (-1, Card.RED)
    assert of_questions(row, on=after(2), with_case={7}) == []
    assert of_questions(replace(row, handling=Handling.PASSED_ON), on=after(2)) == []
    assert of_questions(replace(row, kind=Kind.ADVICE), on=after(2)) == []


def test_a_question_without_a_category_is_told_from_its_day_on():
    row = a_row(category=Category.PENDING)

    assert of_questions(row, on=after(1)) == [(Stage.CATEGORY, MONDAY, -1, Card.NONE, row.number)]
    assert of_questions(replace(row, asked=Span(line="来电", start=1.0)), on=after(1)) == []
    assert of_questions(row, on=after(-1)) == []


def test_a_paper_waits_for_its_answer_from_three_days_before():
    paper = Letter(
        id=3, kind=LetterKind.REMINDER, number="工法提示函〔2026〕1号", case_id=1,
        recipient="某物业公司", sent_on=MONDAY, answer_by=after(9), subject="欠薪",
    )  # fmt: skip
    owned = case(owner="干部甲")

    def told(on, letter=paper):
        return due_letters([letter], [owned], on, calendar=CALENDAR)

    (item,) = told(after(4))
    assert told(after(3)) == []
    assert (item.stage, item.left, item.number) == (Stage.ANSWER, 3, paper.number)
    assert (item.employer, item.owner, item.words) == (
        "某物业公司", "干部甲", "提示函等某物业公司答复",
    )  # fmt: skip
    assert told(after(10))[0].left == -1
    assert told(after(10), replace(paper, answered_on=after(9))) == []
    assert told(after(10), replace(paper, answer_by=None)) == []


def test_a_limit_of_the_law_stands_here_for_a_month_before_and_after_its_end():
    limit = Limit(what="申请鉴定", who="职工", start="离职", count=15, unit=Unit.DAY, source="某法")
    days = {"离职": MONDAY}
    (lapse,) = lapses([limit], days, calendar=CALENDAR)

    def told(on):
        return due_lapses(case(owner="干部甲"), [lapse], on, calendar=CALENDAR)

    (item,) = told(MONDAY)
    assert (item.stage, item.day, item.left_words) == (Stage.LAPSE, after(15), "还有 15 天")
    assert item.words == "申请鉴定（职工），某法，供律师核对"
    assert told(lapse.last - 31 * DAY) == told(lapse.last + 31 * DAY) == []
    assert told(lapse.last + 3 * DAY)[0].left_words == "可能已过 3 天"


def test_rows_are_told_apart_and_go_by_whom_they_wait_for():
    mine, nobodys = case(1, owner="干部甲"), case(2)
    rows = due([nobodys, mine], MONDAY, calendar=CALENDAR, limits=LIMITS)

    assert len({row.key for row in rows}) == len(rows) == 2
    assert [(owner, [row.number for row in own]) for owner, own in by_person(rows)] == [
        ("干部甲", ["AJ-2026-0001"]),
        ("", ["AJ-2026-0002"]),
    ]


def test_what_presses_most_comes_first():
    late = case(1, events=a_case(received=after(-4)))
    new, urgent = case(2), case(3, events=a_case(received=after(-3)))
    items = found(new, replace(urgent, received=after(-3)), replace(late, received=after(-4)))

    assert [item[0] for item in items] == [1, 3, 2]


def test_working_days_are_counted_both_ways():
    assert working_days_left(after(7), MONDAY, CALENDAR) == 5
    assert working_days_left(MONDAY, after(7), CALENDAR) == -5
    assert working_days_left(MONDAY, MONDAY, CALENDAR) == 0
