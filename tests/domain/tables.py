"""Small tables as they come in from files, and what is read of them."""

from hotline_desk.domain.importing.headings import find_tables
from hotline_desk.domain.importing.known import Known
from hotline_desk.domain.importing.plan import settle
from hotline_desk.domain.importing.reading import read_incoming
from hotline_desk.domain.importing.tables import Matching, Sheet
from tests.domain.cases import CALENDAR, LIMITS

UNION = "日照市总工会"


def sheet(name, *rows, **given):
    return Sheet(name=name, rows=tuple(enumerate(map(tuple, rows), 1)), **given)


def read(*sheets, **matching):
    return read_incoming(
        find_tables(sheets),
        Matching(**matching),
        union=UNION,
        on_progress=lambda _done, _total: None,
        cancelled=lambda: False,
    )


def planned(incoming, known=None, *, on, left_out=frozenset()):
    return settle(
        incoming, known or Known(), on=on, calendar=CALENDAR, limits=LIMITS, left_out=left_out
    )


def told(problems):
    return [problem.told for problem in problems]
