from datetime import date

import pytest

from hotline_desk.domain.episodes import Episode, episode_at_hand

LAST, PRESENT, NEXT, AFTER = (
    Episode(number=number, on=date(2026, 11, day))
    for number, day in ((188, 11), (189, 18), (190, 25), (191, 30))
)


@pytest.mark.parametrize(
    ("known", "at_hand"),
    [
        ([AFTER, NEXT, PRESENT, LAST], PRESENT),
        ([AFTER, NEXT, LAST], NEXT),
        ([LAST], LAST),
        ([], None),
    ],
)
def test_todays_episode_is_at_hand_else_the_next_else_the_last(known, at_hand):
    assert episode_at_hand(known, date(2026, 11, 18)) == at_hand


@pytest.mark.parametrize("today", [date(2026, 11, 18), date(2026, 11, 17), date(2026, 11, 19)])
def test_of_two_on_one_day_the_later_number_is_at_hand(today):
    again = Episode(number=190, on=PRESENT.on)

    assert episode_at_hand([PRESENT, again, LAST], today) == again
