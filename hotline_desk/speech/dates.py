"""Days named in a text that may start a time limit: an accident, a leaving, an award."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hotline_desk.speech.numerals import DIGITS, value

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALL = rf"(?:[0-9]{{1,2}}|[{DIGITS}]?十[{DIGITS}]?|[{DIGITS}])"
_DAY = re.compile(
    rf"(?:(?P<year>[0-9]{{4}}|[0-9]{{2}}|[{DIGITS}]{{4}}|[{DIGITS}]{{2}}|今|去|前|大前)年(?:的)?)?"
    rf"(?:(?P<month>{_SMALL})月(?:份?的|份)?|(?P<near>上上个?|上个?|这个?|本)月的?)"
    rf"(?P<day>{_SMALL})[日号]"
)
_FIGURES = re.compile(r"(?P<year>[12][0-9]{3})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})")
_NEAR_DAY = re.compile(r"大前天|前天|昨天|昨晚|今天|今早")
_DAYS_AGO = {"大前天": 3, "前天": 2, "昨天": 1, "昨晚": 1, "今天": 0, "今早": 0}
_YEARS_AGO = {"今": 0, "去": 1, "前": 2, "大前": 3}
_MONTHS_AGO = {"上上": 2, "上": 1, "这": 0, "本": 0}

_BEGINNING = re.compile(
    r"入职|入的职|进厂|进的厂|进公司|进单位|进的公司|来的公司|到岗|报到|参加工作|开始上班|来上班|去上班"
    r"|(?:就|开始)(?:在|到|去).{0,10}(?:干活|打工|工作)(?!时|中|期间)"
    r"|上的班|开始(?:干|工作)|签的?(?:劳动)?合同|签了[^，。]{0,3}(?:劳动)?合同|到的(?:公司|单位|厂)|来的(?:单位|厂)|签订|出生|生人|的生日|结婚|(?:干|做|工作|上班)到"
)
_EVENT = re.compile(
    r"伤|摔|砸|撞|压断|夹|骨折|事故|车祸|出事|辞退|开除|解除|离职|辞职|走人|被裁|裁员|终止|到期|期满|收到|裁决|判决"
    r"|仲裁|认定|鉴定|诊断|确诊|查出|不用来|别来|不让|没发|没给|停发|欠|断缴|停工|倒闭"
)
_PROMISE = re.compile(r"(?:答应|承诺|保证|说好|约好|约定|推到|拖到|预约|下个?)[^，。]{0,4}$")
_LUNAR = re.compile(r"(?:农历|阴历|正月|腊月)[^，。]{0,4}$")
_CLAUSE = 12
"""How many characters after a date say what happened on it."""


@dataclass(frozen=True, slots=True)
class SpokenDay:
    """A day in a text; *year* is None where it was neither said nor can be told."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    @property
    def iso(self) -> str:
        """``2026-03-05``, or ``03-05`` without a year."""
        short = f"{self.month:02}-{self.day:02}"
        return short if self.year is None else f"{self.year:04}-{short}"


def spoken_days(text: str, *, today: date | None) -> list[SpokenDay]:
    """Return the days named in *text* in their order; *today* gives 去年 and 昨天 their year."""
    found = [*_full_days(text, today), *_figures(text)]
    if today is not None:
        for near in _NEAR_DAY.finditer(text):
            day = today - timedelta(days=_DAYS_AGO[near[0]])
            found.append(SpokenDay(*near.span(), day.year, day.month, day.day))
    found.sort(key=lambda day: day.start)
    return found


def starting_days(text: str, *, today: date | None = None) -> tuple[str, ...]:
    """Return the days that may start a time limit, as ISO dates, or MM-DD without a year.

    Days of entry, birth and promise are left out; 昨天 counts only where something happened.
    """
    days = spoken_days(text, today=today)
    starting = []
    for number, day in enumerate(days):
        next_start = days[number + 1].start if number + 1 < len(days) else len(text)
        after = text[day.end : min(day.end + _CLAUSE, next_start)]
        before = text[: day.start]
        if _LUNAR.search(before) or _PROMISE.search(before) or _begins_work(after):
            continue
        if _NEAR_DAY.fullmatch(text, day.start, day.end) and not _EVENT.search(after):
            continue
        starting.append(day.iso)
    return tuple(dict.fromkeys(starting))


def _begins_work(after: str) -> bool:
    beginning, event = _BEGINNING.search(after), _EVENT.search(after)
    return beginning is not None and (event is None or beginning.start() < event.start())


def _full_days(text: str, today: date | None) -> Iterator[SpokenDay]:
    year_said: int | None = None
    last_end = 0
    for found in _DAY.finditer(text):
        year = _year(found["year"], today)
        if year is None and re.fullmatch(r".{0,4}[到至]", text[last_end : found.start()]):
            year = year_said
        if found["near"]:
            if today is None:
                continue
            year, month = _months_back(today, _MONTHS_AGO[found["near"].removesuffix("个")])
        else:
            month = _small(found["month"])
        day = _small(found["day"])
        if _exists(year, month, day):
            year_said, last_end = year, found.end()
            yield SpokenDay(*found.span(), year, month, day)


def _figures(text: str) -> Iterator[SpokenDay]:
    for found in _FIGURES.finditer(text):
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
        if _exists(year, month, day):
            yield SpokenDay(*found.span(), year, month, day)


def _year(said: str | None, today: date | None) -> int | None:
    if said is None:
        return None
    if said in _YEARS_AGO:
        return None if today is None else today.year - _YEARS_AGO[said]
    year = _small(said)
    if year >= 1000:
        return year
    return (2000 if year < 70 else 1900) + year


def _months_back(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return year, month + 1


def _small(text: str) -> int:
    if len(text) > 1 and all(digit in DIGITS for digit in text):
        return int("".join(str("零一二三四五六七八九".index(_one(digit))) for digit in text))
    worth = value(text)
    return 0 if worth is None else int(worth)


def _one(digit: str) -> str:
    return {"〇": "零", "两": "二"}.get(digit, digit)


def _exists(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2000, month, day)  # 2000 is a leap year: 02-29 may have been meant
    except ValueError:
        return False
    return True
