"""The State Council's notices as entered by hand in tests/fixtures/notices.txt, and plain counting.

Nothing here uses the program's calendar: it is what the calendar is held against.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "notices.txt"
WEEKDAYS = "一二三四五六日"
DAY = timedelta(days=1)


@dataclass
class Notice:
    year: int
    number: str
    off: set = field(default_factory=set)
    worked: set = field(default_factory=set)


def _days(text, year, month=None):
    for named_year, named_month, day, weekday in re.findall(
        r"(?:(\d{4})年)?(?:(\d+)月)?(\d+)日(?:周(.))?", text
    ):
        month = int(named_month) if named_month else month
        found = date(int(named_year or year), month, int(day))
        assert not weekday or WEEKDAYS[found.weekday()] == weekday, f"{found} is no 周{weekday}"
        yield found


def _read():
    notices = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and "|" in line:
            _, stretch, count, worked = (part.strip() for part in line.split("|"))
            notice = notices[-1]
            first, *last = _days(stretch, notice.year)
            length = ((last[0] if last else first) - first).days + 1
            assert count in {"-", str(length)}, line
            notice.off |= {first + n * DAY for n in range(length)}
            notice.worked |= set(_days(worked, notice.year))
        elif line and not line.startswith("#"):
            year, number = line.split()
            notices.append(Notice(int(year), number))
    return {notice.year: notice for notice in notices}


NOTICES = _read()
OFF = set().union(*(notice.off for notice in NOTICES.values()))
WORKED = set().union(*(notice.worked for notice in NOTICES.values()))


def is_worked(day):
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def days(first, last):
    return [first + n * DAY for n in range((last - first).days + 1)]


def days_of(year):
    return days(date(year, 1, 1), date(year, 12, 31))
