"""What a calendar file says: the State Council's notices, the festivals, an office's own days."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

_SATURDAY = 5
_LONGEST_HOLIDAY = timedelta(days=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One year's holidays and working weekends, as the State Council published them."""

    year: int
    source: str
    """Number and date of the notice: 国办发明电〔2025〕7号，2025年11月4日."""
    off: frozenset[date]
    """放假调休, weekends among them included."""
    worked: frozenset[date]
    """Saturdays and Sundays that are worked instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Festivals:
    """The statutory days of one year that are on another date each year."""

    new_year: date
    """正月初一."""
    qingming: date
    dragon_boat: date
    """端午."""
    mid_autumn: date
    """中秋."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPages:
    """All that one calendar file says."""

    notices: tuple[Notice, ...] = ()
    festivals: tuple[Festivals, ...] = ()
    office_off: frozenset[date] = frozenset()
    """Days on which the office is closed, on top of the statutory ones."""
    office_worked: frozenset[date] = frozenset()
    """Days on which the office works although it would be off."""


def read_pages(text: str) -> CalendarPages:
    """Return what a calendar file says.

    Args:
        text: TOML with ``[[notice]]`` (year, source, off as pairs of first and last day, worked),
            ``[[festivals]]`` (new_year, qingming, dragon_boat, mid_autumn) and ``[office]`` (off,
            worked), each as often as wanted or not at all.

    Raises:
        ValueError: it is not understood, or contradicts itself: no day is guessed.
    """
    found = tomllib.loads(text)
    office = _table(found.pop("office", {}), set())
    off, worked = _days(office.pop("off", [])), _days(office.pop("worked", []))
    if off & worked:
        raise ValueError(f"{min(off & worked)} is both off and worked")
    pages = CalendarPages(
        notices=tuple(_notice(table) for table in _list(found.pop("notice", []))),
        festivals=tuple(_festivals(table) for table in _list(found.pop("festivals", []))),
        office_off=off,
        office_worked=worked,
    )
    if unknown := found.keys() | office.keys():
        raise ValueError(f"unknown: {sorted(unknown)}")
    return pages


def _notice(value: object) -> Notice:
    table = _table(value, {"year", "source", "off", "worked"})
    year, source = table["year"], table["source"]
    if type(year) is not int or not isinstance(source, str) or not source:
        raise ValueError(f"year {year} and source {source} are not those of a notice")
    off = frozenset[date]().union(*(_stretch(pair) for pair in _list(table["off"])))
    worked = _days(table["worked"])
    for day in sorted(worked):
        if day in off or day.weekday() < _SATURDAY:
            raise ValueError(f"{day} is no Saturday or Sunday that can be worked")
    for day in sorted(off | worked):
        if day.year not in {year - 1, year}:
            raise ValueError(f"{day} is not of the notice's year")
    return Notice(year=year, source=source, off=off, worked=worked)


def _festivals(value: object) -> Festivals:
    table = _table(value, {"new_year", "qingming", "dragon_boat", "mid_autumn"})
    festivals = Festivals(**{name: _day(day) for name, day in table.items()})
    for day in (_day(day) for day in table.values()):
        if day.year != festivals.new_year.year:
            raise ValueError(f"{day} is not of the year of the festivals beside it")
    return festivals


def _stretch(value: object) -> frozenset[date]:
    days = [_day(day) for day in _list(value)]
    if len(days) != 2:
        raise ValueError(f"not a first and a last day: {', '.join(map(str, days))}")
    first, last = days
    if not timedelta(0) <= last - first <= _LONGEST_HOLIDAY:
        raise ValueError(f"no holiday is from {first} to {last}")
    return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))


def _days(value: object) -> frozenset[date]:
    return frozenset(_day(day) for day in _list(value))


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(f"{_told(value)} is not a day")  # noqa: TRY004  all that is wrong is one error
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{_told(value)} is not a list")  # noqa: TRY004  all that is wrong is one error
    return value


def _table(value: object, wanted: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or (wanted and value.keys() != wanted):
        raise ValueError(f"{_told(value)} is not what is wanted")
    return value


def _told(value: object) -> str:
    """Return days as a file has them, so that the place can be found."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_told(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    return str(value)
