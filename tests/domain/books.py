"""Small books to be counted: questions, cases and units made up for the tests."""

from dataclasses import replace
from datetime import date

from hotline_desk.domain.calls import Channel
from hotline_desk.domain.casework.cases import Case, Route
from hotline_desk.domain.categories import Category
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.statistics.closings import MonthClosing
from hotline_desk.domain.statistics.counted import Book, CountedQuestion
from hotline_desk.domain.statistics.freezing import frozen
from hotline_desk.domain.statistics.reckoning import Reckoning
from hotline_desk.domain.units import Units
from tests.domain.cases import CALENDAR, LIMITS, a_case, closed

UNION = "市总工会"
TODAY = date(2026, 11, 22)
NOVEMBER = "2026-11"
POINTS = (
    ServicePoint(name="东港区总工会"),
    ServicePoint(name="石臼街道服务点", parent="东港区总工会"),
    ServicePoint(name="莒县总工会"),
)


def asked(question_id, day, **given):
    """A row of the ledger; alone, on the hotline, about wages, unless something else is given."""
    plain = CountedQuestion(
        id=question_id,
        day=day.isoformat() if isinstance(day, date) else day,
        episode=None,
        call_id=None,
        case_id=None,
        channel=Channel.HOTLINE.value,
        category=Category.WAGES.value,
        unit="",
        employer="",
        route="",
        district="",
        lawyer="",
    )
    return plain._replace(**given)


def opened(case_id, received, *, closed_on=None, events=None, **given):
    """A case of one worker; *closed_on* is the day of 办结."""
    events = events or a_case(received, closing=closed(closed_on) if closed_on else None)
    plain = Case(
        id=case_id,
        number=f"AJ-2026-{case_id:04}",
        received=received,
        events=events,
        people=1,
        route=Route.CADRE,
    )
    return replace(plain, **given)


def a_book(*records, on=TODAY, points=POINTS, **given):
    """Return the book of rows and cases, in any order."""
    questions = [record for record in records if isinstance(record, CountedQuestion)]
    plain = Book(
        questions=sorted(questions, key=lambda row: (row.day, row.id)),
        cases=[record for record in records if isinstance(record, Case)],
        episodes=(),
        letters=(),
        publications=(),
        openings={},
        published={},
        closings=(),
        units=Units(UNION, points),
        calendar=CALENDAR,
        limits=LIMITS,
        on=on,
    )
    return replace(plain, **given)


def reckoned(*records, **given):
    return Reckoning(a_book(*records, **given))


def with_month_closed(book, month, *, on=TODAY):
    """Return the book with one more closed month."""
    closing = MonthClosing(
        month=month, unit=UNION, figures=frozen(Reckoning(book), month), reported_on=on
    )
    return replace(book, closings=(*book.closings, closing))
