"""A 节目纪要 tells its episode in the figures of the statistics page."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.statistics.episode_figures import category_shares, episode_figures
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period
from tests.domain.books import TODAY, asked, opened, reckoned
from tests.domain.cases import MONDAY
from tests.reports.sample_episodes import a_call

DAYS = st.dates(date(2026, 11, 1), date(2026, 11, 20))
LATER = date(2026, 11, 10)


def counted(*records, calls=(), aired=(), until=TODAY, **given):
    return episode_figures(reckoned(*records, **given), 190, calls, aired=aired, until=until)


def test_calls_are_counted_by_what_became_of_them():
    calls = [
        a_call(1),
        a_call(2, state=CallState.OFFLINE),
        a_call(3, state=CallState.ON_AIR),
        a_call(4, state=CallState.DROPPED),
    ]

    told = counted(calls=calls, aired={1})

    assert (told.calls, told.aired, told.offline) == (4, 2, 1)


def test_three_questions_of_eleven_cleaners_are_one_visit_one_case_one_dispute():
    rows = [asked(number, MONDAY, call_id=7, case_id=1, episode=190) for number in (1, 2, 3)]
    case = opened(1, MONDAY + timedelta(days=1), questions=(1, 2, 3), people=11)

    told = counted(*rows, case, asked(4, MONDAY, episode=189), asked(5, MONDAY))

    assert (told.questions, told.consultations) == (3, 1)
    assert (told.cases, told.collective) == (1, 1)


def test_an_episode_without_anything_counts_nothing():
    told = counted()

    assert (told.questions, told.consultations, told.cases, told.collective) == (0, 0, 0, 0)
    assert all(share.count == share.share == share.total_share == 0 for share in told.categories)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(DAYS, st.sampled_from(CATEGORIES), st.sampled_from([None, 189, 190])),
             max_size=12),
    st.dictionaries(st.sampled_from(["category.工资", "category.工伤"]), st.integers(1, 500)),
    st.dictionaries(st.sampled_from(CATEGORIES), st.sampled_from(["工资", "其他"]), max_size=3),
)  # fmt: skip
def test_categories_are_those_of_the_statistics_page(asked_of, openings, published):
    rows = [
        asked(number, day, category=category.value, episode=episode)
        for number, (day, category, episode) in enumerate(asked_of, 1)
    ]
    reckoning = reckoned(*rows, openings=openings, published=published)
    page = reckoning.counted(Period.of_day(LATER))
    groups = {row.value: row.numbers for row in
              reckoning.groups(Period.of_day(TODAY).since_start, Group.EPISODE)}  # fmt: skip

    told = episode_figures(reckoning, 190, [], aired=(), until=LATER)

    assert told.opening == sum(openings.values())
    for share in told.categories:
        key = f"category.{share.heading}"
        assert share.total == page[key].columns.total
        assert share.count == groups.get("190", {}).get(key, 0)
    assert sum(share.count for share in told.categories) == told.questions


def test_shares_begin_with_what_is_always_published_and_leave_out_what_nobody_asked():
    rows = [
        asked(1, MONDAY, category=Category.UNION.value, episode=190),
        asked(2, MONDAY, episode=190),
        asked(3, MONDAY, episode=190),
        asked(4, MONDAY, category=Category.PENDING.value, episode=190),
    ]

    shares = counted(*rows, openings={"category.工资": 6}).categories

    assert [share.heading for share in shares] == [
        "工资", "社保缴纳", "劳动合同", "工伤", "工会与集体协商", "待定",
    ]  # fmt: skip
    assert (shares[0].count, shares[0].share) == (2, 0.5)
    assert (shares[0].total, shares[0].total_share) == (8, 0.8)
    assert (shares[1].count, shares[1].share) == (0, 0.0)


def test_no_questions_have_no_shares():
    assert all(share.share == share.total_share == 0 for share in category_shares({}, {"工资": 0}))
