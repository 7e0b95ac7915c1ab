"""An episode is counted as its 口径 says."""

from collections import Counter
from datetime import timedelta

from hotline_desk.domain.calls import Caller, CallState, Channel
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Handling
from hotline_desk.domain.statistics import category_shares, count_categories, figures
from tests.reports.sample_episodes import TEN, a_call, a_question


def test_calls_are_counted_by_what_became_of_them():
    calls = [
        a_call(1),
        a_call(2, state=CallState.OFFLINE),
        a_call(3, state=CallState.ON_AIR),
        a_call(4, state=CallState.DROPPED),
    ]

    counted = figures(calls, [], aired={1})

    assert (counted.calls, counted.aired, counted.offline) == (4, 2, 1)


def test_three_questions_of_eleven_cleaners_are_one_visit_one_case_one_dispute():
    questions = [
        a_question(number, call_id=7, handling=Handling.CASE, people=11) for number in (1, 2, 3)
    ]

    counted = figures([a_call(7)], questions, aired={7})

    assert (counted.questions, counted.consultations) == (3, 1)
    assert (counted.cases, counted.collective) == (1, 1)


def test_ten_workers_are_a_collective_dispute_and_nine_are_not():
    questions = [a_question(1, people=9), a_question(2, people=10), a_question(3, people=None)]

    assert figures([], questions, aired=()).collective == 1


def test_a_visitor_s_questions_of_one_day_are_one_visit():
    visitor = {"call_id": None, "channel": Channel.VISIT, "caller": Caller(name="董")}
    questions = [
        a_question(1, **visitor),
        a_question(2, **visitor),
        a_question(3, **visitor | {"at": TEN + timedelta(days=1)}),
        a_question(4, **visitor | {"channel": Channel.APP}),
        a_question(5, call_id=None, caller=Caller()),
        a_question(6, call_id=None, caller=Caller()),
    ]

    assert figures([], questions, aired=()).consultations == 5


def test_shares_begin_with_the_published_categories_and_leave_out_what_nobody_asked():
    questions = [
        a_question(1, category=Category.UNION),
        a_question(2, category=Category.WAGES),
        a_question(3, category=Category.WAGES),
        a_question(4, category=Category.PENDING),
    ]
    present = count_categories(questions)

    shares = category_shares(present, present + Counter({Category.WAGES: 6}))

    assert [share.category for share in shares] == [
        Category.WAGES, Category.INSURANCE, Category.CONTRACT, Category.INJURY, Category.UNION,
        Category.PENDING,
    ]  # fmt: skip
    assert (shares[0].count, shares[0].share) == (2, 0.5)
    assert (shares[0].total, shares[0].total_share) == (8, 0.8)
    assert (shares[1].count, shares[1].share) == (0, 0.0)


def test_an_episode_without_questions_has_no_shares():
    assert all(share.share == share.total_share == 0 for share in category_shares({}, {}))
