"""What each figure counts, how figures spread, and which rows lie behind a number."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from hotline_desk.domain.calls import Channel
from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Party,
    Payment,
    Round,
    Route,
    Satisfaction,
)
from hotline_desk.domain.casework.clock_events import Advance, Grade
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.statistics.periods import Period
from tests.domain.books import NOVEMBER, asked, opened, reckoned
from tests.domain.cases import MONDAY, a_case, after, called, closed, extended, paused, planned

PERIOD = Period.of_month(NOVEMBER)
OCTOBER = Period.of_month("2026-10")
DAY = timedelta(days=1)


def november(*records, **given):
    return reckoned(*records, **given).numbers(PERIOD)


def counts(numbers, *keys):
    return tuple(numbers[key] for key in keys)


# Questions and visits


def test_three_questions_of_eleven_cleaners_stay_eleven_people_and_one_amount():
    rows = [asked(number, MONDAY, call_id=7, case_id=1) for number in (1, 2, 3)]
    case = opened(
        1,
        MONDAY,
        closed_on=after(3),
        questions=(1, 2, 3),
        people=11,
        closing=ClosingWay.MEDIATED,
        promise=Promise(agreed_fen=3_300_000, agreed_on=after(3)),
    )

    counted = november(*rows, case)

    assert counts(counted, "questions", "consultations", "cases.opened") == (3, 1, 1)
    assert counts(counted, "people", "cases.collective") == (11, 1)
    assert counts(counted, "agreed", "received") == (3_300_000, 0)


def test_a_case_without_a_number_of_people_has_as_many_as_are_named():
    case = opened(1, MONDAY, people=None, parties=(Party(name="董"), Party(name="王")))

    assert november(case)["people"] == 2


def test_a_driver_s_money_that_is_promised_has_not_come():
    promise = Promise(agreed_fen=500_000, agreed_on=after(2), received_fen=500_000)
    paid_later = (Payment(on=date(2026, 12, 3), fen=500_000),)
    case = opened(1, MONDAY, closed_on=after(2), promise=promise, payments=paid_later)
    reckoning = reckoned(case, on=date(2026, 12, 31))

    december = reckoning.numbers(Period.of_month("2026-12"))

    assert counts(reckoning.numbers(PERIOD), "agreed", "received") == (500_000, 0)
    assert counts(december, "agreed", "received") == (0, 500_000)


def test_money_that_came_without_an_agreement_is_no_more_than_what_was_confirmed():
    promise = Promise(received_fen=80_000)
    come = (Payment(on=after(4), fen=50_000), Payment(on=date(2026, 12, 3), fen=30_000))
    case = opened(1, MONDAY, promise=promise, payments=come)
    reckoning = reckoned(case, on=date(2026, 12, 31))

    assert counts(reckoning.numbers(PERIOD), "agreed", "received") == (50_000, 50_000)
    december = reckoning.numbers(Period.of_month("2026-12"))
    assert counts(december, "agreed", "received") == (30_000, 30_000)


def test_a_call_is_counted_on_the_day_and_in_the_channel_of_its_first_question():
    rows = [
        asked(1, PERIOD.last, call_id=7, channel=Channel.VISIT.value),
        asked(2, PERIOD.last + DAY, call_id=7, channel=Channel.APP.value),
    ]
    reckoning = reckoned(*rows, on=date(2026, 12, 31))

    assert counts(reckoning.numbers(PERIOD), "consultations", "visits", "online") == (1, 1, 0)
    assert reckoning.numbers(Period.of_month("2026-12"))["consultations"] == 0


def test_matters_that_are_no_labour_law_are_rows_like_all_others():
    counted = november(asked(1, MONDAY, category=Category.NOT_LABOUR.value))

    assert counts(counted, "questions", "category.非劳动法律问题") == (1, 1)


def test_categories_are_published_under_the_office_s_headings():
    published = {Category.DISMISSAL: "劳动合同"}
    rows = [
        asked(1, MONDAY, category=Category.DISMISSAL.value),
        asked(2, MONDAY, category=Category.CONTRACT.value),
    ]

    counted = november(*rows, published=published)

    assert counted["category.劳动合同"] == 2
    assert "category.解除终止与经济补偿" not in counted


# Cases


def test_a_case_closed_on_the_last_day_is_not_open_at_its_end():
    case = opened(1, OCTOBER.last, closed_on=PERIOD.last)

    numbers = reckoned(case, on=date(2026, 12, 31)).numbers(PERIOD)

    assert counts(numbers, "cases.carried", "cases.new", "cases.closed", "cases.open") == (
        1, 0, 1, 0,
    )  # fmt: skip


def test_taken_up_again_is_another_round_of_the_same_case():
    first = Round(
        received=date(2026, 10, 8),
        events=a_case(date(2026, 10, 8), closing=closed(date(2026, 10, 12))),
        closing=ClosingWay.MEDIATED,
        finish=None,
        finished_on=None,
        promise=Promise(agreed_fen=100, agreed_on=date(2026, 10, 12)),
        satisfaction=Satisfaction.DISSATISFIED,
    )
    case = opened(1, MONDAY, people=4, earlier=(first,), course=Course.MEDIATING)
    reckoning = reckoned(case)

    october, now = reckoning.numbers(OCTOBER), reckoning.numbers(PERIOD)

    keys = ("cases.opened", "people", "cases.new", "redone", "cases.closed", "agreed")
    assert counts(october, *keys) == (1, 4, 1, 0, 1, 100)
    assert counts(now, *keys) == (0, 0, 1, 1, 0, 0)
    assert counts(october, "rated", "satisfied", "satisfaction_rate") == (1, 0, 0.0)


def test_money_promised_again_counts_what_is_more():
    kept = Round(
        received=date(2026, 10, 8),
        events=a_case(date(2026, 10, 8)),
        closing=None,
        finish=None,
        finished_on=None,
        promise=Promise(agreed_fen=3_000, agreed_on=date(2026, 10, 12), received_fen=1_000),
        payments=(Payment(on=date(2026, 10, 20), fen=1_000),),
    )

    def agreed_in_november(fen):
        promise = Promise(agreed_fen=fen, agreed_on=after(3))
        return november(opened(1, MONDAY, earlier=(kept,), promise=promise))["agreed"]

    assert (agreed_in_november(2_000), agreed_in_november(2_500)) == (0, 500)


def test_steps_are_counted_where_their_limit_ends_and_once_they_are_decided():
    done = opened(
        1,
        MONDAY,
        events=a_case(MONDAY, contacts=(called(after(1)),), plan=planned(after(4)),
                      closing=closed(after(4))),
    )  # fmt: skip
    running = opened(2, date(2026, 11, 20))

    counted = november(done, running)

    assert counts(counted, "contact.due", "contact.on_time", "contact.rate") == (1, 1, 1.0)
    assert counts(counted, "plan.due", "plan.on_time", "plan.rate") == (1, 0, 0.0)
    assert counts(counted, "close.due", "close.on_time") == (1, 1)
    assert counts(counted, "complex.due", "complex.rate") == (0, None)


def test_closed_within_an_extension_is_not_on_time():
    late = opened(1, MONDAY, events=a_case(MONDAY, extension=extended(5), closing=closed(after(9))))

    counted = november(late)

    assert counts(counted, "close.due", "close.on_time", "extended", "extensions") == (1, 0, 1, 1)


def test_complex_cases_have_their_own_limit():
    case = opened(1, MONDAY, events=a_case(MONDAY, Grade.COMPLEX, closing=closed(after(8))))

    assert counts(november(case), "close.due", "complex.due", "complex.on_time") == (0, 1, 1)


def test_cards_and_pauses_are_those_of_the_end():
    late = opened(1, MONDAY)
    waiting = opened(2, MONDAY, events=a_case(MONDAY, pauses=(paused(MONDAY, after(60)),)))

    counted = november(late, waiting)

    assert counts(counted, "cases.open", "cases.red", "paused") == (2, 1, 1)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"closing": ClosingWay.BEFORE_CASE}, "mediated"),
        ({"route": Route.LEGAL_AID}, "legal_aid"),
        ({"closing": ClosingWay.LAWYER}, "legal_aid"),
        ({"helpers": "市仲裁院"}, "arbitration"),
        ({"course": Course.ARBITRATION}, "arbitration"),
        ({"helpers": "东港区人民法院"}, "court"),
        ({"course": Course.LAWSUIT}, "court"),
    ],
)
def test_results_are_counted_when_the_case_is_closed(given, key):
    assert november(opened(1, MONDAY, closed_on=after(2), **given))[key] == 1
    assert november(opened(1, MONDAY, **given))[key] == 0


def gone(*courses):
    """A round that is 办结 and has gone through *courses* by hand, one after the other."""
    places = (Course.PLANNED, *courses)
    steps = [Advance(on=after(1), start=a, to=b) for a, b in pairwise(places)]
    return a_case(MONDAY, closing=closed(after(2)), advances=tuple(steps))


@pytest.mark.parametrize("end", [Finish.WITHDRAWN, Finish.PASSED_ON, Finish.JUDGED])
def test_who_went_to_arbitration_or_court_was_there_however_the_case_went_on(end):
    """A case that goes on, is withdrawn or taken up again leaves the figures as they were."""
    gone_on = gone(Course.ARBITRATION, Course.LAWSUIT)
    ended = opened(1, MONDAY, events=gone_on, course=Course.FINISHED, finish=end)
    before = Round(
        received=MONDAY, events=gone(Course.ARBITRATION), closing=ClosingWay.LAWYER,
        finish=Finish.WITHDRAWN, finished_on=after(3),
    )  # fmt: skip
    again = opened(2, after(4), earlier=(before,))

    assert counts(november(ended), "arbitration", "court") == (1, 1)
    assert counts(november(again), "arbitration", "court") == (1, 0)


def test_who_was_not_reached_was_not_called_back():
    cases = [
        opened(1, MONDAY, closed_on=after(1), satisfaction=Satisfaction.UNREACHED),
        opened(2, MONDAY, closed_on=after(1), satisfaction=Satisfaction.NO_ANSWER),
        opened(3, MONDAY, closed_on=after(1), satisfaction=Satisfaction.MOSTLY),
        opened(4, MONDAY, closed_on=after(1)),
    ]

    counted = november(*cases)

    assert counts(counted, "called_back", "call_back_rate") == (2, 0.5)
    assert counts(counted, "rated", "satisfaction_rate") == (1, 1.0)


def test_every_supervision_counts():
    action = Action(on=after(4), kind=ActionKind.SUPERVISED)

    assert november(opened(1, MONDAY, actions=(action, action)))["supervised"] == 2


def test_money_without_a_day_came_when_the_case_was_closed():
    promise = Promise(agreed_fen=300, received_fen=200)
    case = opened(1, date(2026, 10, 30), closed_on=after(1), promise=promise,
                  payments=(Payment(on=None, fen=50),))  # fmt: skip

    assert counts(november(case), "agreed", "received") == (300, 200)


# What is neither


def test_episodes_that_have_not_been_broadcast_yet_are_not_counted():
    episodes = [
        Episode(number=190, on=after(2), listeners=200_000),
        Episode(number=191, on=after(23)),
    ]

    counted = november(episodes=episodes, on=after(10))

    assert counts(counted, "episodes", "listeners") == (1, 200_000)


def test_an_episode_is_uploaded_once():
    def put(on, place, **given):
        return Publication(item="音频", episode=190, place=place, published_on=on, **given)

    publications = [
        put(after(9), "职工大讲堂", id=3),
        put(after(3), "齐鲁工惠 APP", id=1),
        put(after(1), "电台网站", id=2),
        Publication(item="简报", place="职工大讲堂", published_on=after(3)),
    ]
    reckoning = reckoned(publications=publications)

    assert reckoning.numbers(PERIOD)["uploads"] == 1
    assert reckoning.behind("uploads", PERIOD).publications == (1,)


def test_a_paper_goes_with_its_case():
    def sent(**given):
        return Letter(kind=LetterKind.REMINDER, number="1", sent_on=after(5), **given)

    reckoning = reckoned(opened(1, MONDAY, unit="莒县总工会"), letters=[sent(case_id=1), sent()])

    assert reckoning.numbers(PERIOD)["letters"] == 2
    assert reckoning.numbers(PERIOD, unit="莒县总工会")["letters"] == 1
