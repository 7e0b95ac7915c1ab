"""Invented records of some months, for properties that hold whatever an office has."""

from datetime import date

from hypothesis import strategies as st

from hotline_desk.domain.calls import Channel
from hotline_desk.domain.casework.cases import Route, Satisfaction
from hotline_desk.domain.categories import CATEGORIES
from tests.domain.books import POINTS, asked, opened


@st.composite
def rows(draw, question_id):
    return asked(
        question_id,
        draw(st.dates(date(2026, 10, 15), date(2026, 12, 15))),
        call_id=draw(st.none() | st.integers(1, 5)),
        category=draw(st.sampled_from(CATEGORIES)).value,
        channel=draw(st.sampled_from(Channel)).value,
        unit=draw(st.sampled_from(["", "没有这个", *(point.name for point in POINTS)])),
        lawyer=draw(st.sampled_from(["", "李律师", "王律师"])),
        district=draw(st.sampled_from(["", "东港区"])),
        episode=draw(st.sampled_from([None, 190, 9])),
    )


@st.composite
def some_records(draw):
    questions = [draw(rows(number)) for number in range(1, draw(st.integers(1, 12)) + 1)]
    received = st.dates(date(2026, 10, 1), date(2026, 11, 22))
    cases = [
        opened(
            number,
            draw(received),
            closed_on=draw(st.none() | st.dates(date(2026, 11, 22), date(2026, 12, 1))),
            questions=(draw(st.sampled_from(questions)).id,),
            unit=draw(st.sampled_from(["", *(point.name for point in POINTS)])),
            route=draw(st.none() | st.sampled_from(Route)),
            satisfaction=draw(st.none() | st.sampled_from(Satisfaction)),
        )
        for number in range(1, draw(st.integers(0, 4)) + 1)
    ]
    return [*questions, *cases]
