"""Count what the ledger holds, for the figures that the union reports."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.casework.letters import Letter
from hotline_desk.domain.categories import Category
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.statistics.closings import MonthClosing, Opening, PublishedCategory
from hotline_desk.domain.statistics.counted import Book
from hotline_desk.domain.statistics.reckoning import Reckoning
from hotline_desk.domain.statistics.tallies import added
from hotline_desk.domain.times import studio_now
from hotline_desk.domain.units import Units
from hotline_desk.paths import resource
from hotline_desk.workflows.limits import read_calendar, read_limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hotline_desk.domain.workdays import Calendar
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace


def reckon(
    ledger: Ledger,
    workspace: Workspace,
    *,
    on: date | None = None,
    calendar: Calendar | None = None,
) -> Reckoning:
    """Read everything that is counted, as it is now.

    About a second for 100,000 questions: read it once and ask it often, in the ledger's lane.

    Args:
        ledger: belongs to this thread.
        workspace: whose settings, calendar and limits hold.
        on: what is today; the studio's day unless given.
        calendar: the working days; by the office's calendar unless given.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LedgerError: the ledger cannot be read.
    """
    settings = office.load(workspace.settings)
    with ledger.at_one_moment():
        questions, cases = ledger.counted_questions(), ledger.cases()
        book = Book(
            questions=questions,
            cases=cases,
            episodes=ledger.episodes(),
            letters=[letter for letter in ledger.kept(Letter) if letter.stands],
            publications=ledger.kept(Publication),
            openings=added(*({each.figure: each.value} for each in ledger.kept(Opening))),
            published=published_categories(ledger),
            closings=ledger.kept(MonthClosing),
            units=Units(
                settings.union,
                ledger.kept(ServicePoint),
                unregistered={each.unit for each in questions} | {each.unit for each in cases},
            ),
            calendar=calendar or read_calendar(workspace),
            limits=read_limits(settings),
            on=on or studio_now().date(),
        )
    return Reckoning(book)


def published_categories(ledger: Ledger) -> Mapping[Category, str]:
    """Return 统计口径: the heading each category is published under, its own where none is.

    What the office has written comes before what is shipped.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    shipped = tomllib.loads(resource("categories/published.toml").read_text(encoding="utf-8"))
    headings = {each.value: each.value for each in Category} | shipped["published"]
    written = {each.category: each.published for each in ledger.kept(PublishedCategory)}
    return {Category(name): heading for name, heading in headings.items()} | written
